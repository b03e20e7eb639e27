"""Choices and known oddities: what no source gives, and findings that are known and explained."""

from collections.abc import Iterable
from functools import cache
from graphlib import CycleError, TopologicalSorter

import pandas as pd

from factpress.codelists import codelist
from factpress.editions import PUBLISHED
from factpress.errors import InputError, UnknownName
from factpress.home import home
from factpress.languages import LANGUAGES
from upcm_analysis.registers import sources

ASSUMPTIONS, ODDITIES, PREVAILING = "data/assumptions.csv", "data/oddities.csv", "data/prevailing.csv"
#: The unit of a choice that is no number but the name of an indicator, or of a way to weigh; that of several numbers ends so.
INDICATOR, WEIGHTS, EACH = "indicator", "weights", " each"
COLUMNS = (
    "id", "value", "unit", "source", "reason", "used_in",
    "scenario", "parameter", "product_group", "strategy", "low", "high", "distribution", "pedigree",
)  # fmt: skip
#: Why a finding or an order stands, in each language.
REASONS = tuple(f"reason_{one}" for one in LANGUAGES)
#: What only the assumptions of a scenario have, see `scenarios`.
OF_SCENARIOS = COLUMNS[6:]


class Numbers(dict):
    """Choices that are a number, by name. One that is asked for and is not there is said to be missing, and where."""

    def __missing__(self, name: str):
        raise InputError(
            "a formula lacks its assumption",
            file=ASSUMPTIONS,
            column="id",
            found=f"no row {name}",
            expected=name,
            remedy="add the row, with its value, unit, source and reason",
        )


@cache
def assumptions() -> pd.DataFrame:
    """The named choices that are a number, indexed by `id`: `value`, `unit`, `source`, `reason`, `used_in`."""
    table = choices()
    table = table[~table.unit.isin([INDICATOR, WEIGHTS]) & ~table.unit.str.endswith(EACH)]
    numbers = pd.to_numeric(table.value, errors="coerce")
    for key in table.index[numbers.isna()]:
        raise InputError(
            "an assumption is not a number", file=ASSUMPTIONS, row=key, column="value", found=table.value[key]
        )
    return table.assign(value=numbers)


def numbers() -> Numbers:
    """The same as numbers by name. Raises InputError for one that is asked for and is not in the register."""
    return Numbers(assumptions().value.astype(float))


def choices() -> pd.DataFrame:
    """All named choices as they stand in the register: `value` is text, also of those that are a number."""
    table = register()
    return table[table.scenario == ""].drop(columns=[*OF_SCENARIOS])


def register() -> pd.DataFrame:
    """The whole register as text, indexed by `id`: choices of this repository, and the assumptions of scenarios."""
    return _read(ASSUMPTIONS, COLUMNS, ("id",), OF_SCENARIOS)


def scenarios() -> list[str]:
    """Return the scenarios that there are: that of the published tables, and those of the register in their order."""
    return [PUBLISHED, *dict.fromkeys(name for name in register().scenario if name)]


def require_scenario(name: str) -> None:
    """Raise UnknownName, with the scenarios that there are, unless there is one of this name."""
    if name not in scenarios():
        raise UnknownName("scenario", name, scenarios(), file=ASSUMPTIONS, column="scenario")


def check_used(table: pd.DataFrame, where: str, known: Iterable[str]) -> None:
    """Check that each row of a table of assumptions names what uses it, by the `known` ids of methods, checks and topics.

    Raises InputError, with the place in the file `where`, for a name that is none of these.
    """
    for name, used_in in table.used_in.items():
        if not set(used_in.split()) <= set(known):
            raise InputError(
                "an assumption that nothing uses",
                file=where,
                row=name if isinstance(name, str) else " ".join(name),
                column="used_in",
                found=used_in,
                expected="the id of a method, of a check or of a topic; several with spaces between them",
                remedy="name what uses it, or take the row out",
            )


def chosen_indicator(name: str) -> str:
    """The indicator that a choice names. Raises UnknownName for one that there is none of."""
    value = choices().value[name]
    if value not in codelist("indicators").index:
        raise UnknownName("indicator", value, codelist("indicators").index, file=ASSUMPTIONS, row=name, column="value")
    return value


def chosen_numbers(name: str) -> list[float]:
    """The numbers, lowest first, that a choice gives with spaces between them."""
    value = choices().value[name]
    numbers = pd.to_numeric(pd.Series(value.split()), errors="coerce")
    if numbers.isna().any():
        raise InputError(
            "a choice is not a list of numbers", file=ASSUMPTIONS, row=name, column="value", found=value,
            expected="numbers with spaces between them",
        )  # fmt: skip
    return sorted(numbers.tolist())


def chosen_years(name: str) -> list[int]:
    """The same of years."""
    return [int(year) for year in chosen_numbers(name)]


def oddities(edition: str | None = None) -> pd.DataFrame:
    """Findings that are known, of all editions or of one: indexed by check, subject and indicator, with reasons.

    `edition` names each edition that it is found in, with spaces between them; then `REASONS`.
    """
    keys = ("check", "subject", "indicator")
    table = _read(ODDITIES, (*keys, "edition", *REASONS), keys)
    return table if edition is None else table[[edition in names.split() for names in table.edition]]


def odd_facts(edition: str) -> dict[str, dict[str, str]]:
    """The facts of an edition that a check found and that stand as they are, by id; with `REASONS`."""
    return {f"{code}/{path}": row for (_, path, code), row in oddities(edition).to_dict("index").items()}


def prevailing() -> pd.DataFrame:
    """Which source prevails `over` which other where they print different values of one figure: indexed by both, with reasons.

    Raises InputError for a source that is not registered, and for those that prevail over each other.
    """
    columns = ("source", "over")
    table, known = _read(PREVAILING, (*columns, *REASONS), columns), sources.register().index
    order = TopologicalSorter()
    for row, pair in enumerate(table.index, start=2):
        for column, name in zip(columns, pair, strict=True):
            if name not in known:
                raise UnknownName("source", name, known, file=PREVAILING, row=row, column=column)
        order.add(*pair)
    try:
        order.prepare()
    except CycleError as error:
        raise InputError(
            "sources that prevail over each other",
            file=PREVAILING,
            found=", ".join(dict.fromkeys(error.args[1])),
            expected="of two sources one",
            remedy="take one of their rows out",
        ) from None
    return table


@cache
def _read(file: str, columns: tuple[str, ...], keys: tuple[str, ...], empty: tuple[str, ...] = ()) -> pd.DataFrame:
    """A register as text; of its columns those in `empty` may be empty."""
    keys = list(keys)
    table = pd.read_csv(home() / file, dtype=str, keep_default_na=False).fillna("")
    if tuple(table.columns) != columns:
        raise InputError(
            "a register has other columns",
            file=file,
            row=1,
            found=", ".join(table.columns),
            expected=", ".join(columns),
        )
    needed = [name for name in columns if name not in empty]
    for row in table.index[table.duplicated(keys)]:
        raise InputError(
            "a row of a register is double",
            file=file,
            row=row + 2,
            column=", ".join(keys),
            found=", ".join(table.loc[row, keys]),
            expected="each once",
            remedy="give it another id, or take one of the two out",
        )
    for row in table.index[(table[needed] == "").any(axis=1)]:
        raise InputError(
            "a row of a register is incomplete",
            file=file,
            row=row + 2,
            column=", ".join(name for name in needed if table.loc[row, name] == ""),
            found=", ".join(table.loc[row, keys]) or "nothing",
            expected="a text",
        )
    return table.set_index(keys if len(keys) > 1 else keys[0])
