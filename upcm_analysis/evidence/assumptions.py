"""Choices and known oddities: what no source gives, and findings that are known and explained."""

from functools import cache

import pandas as pd

from upcm_analysis.words.codelists import codelist
from upcm_analysis.words.errors import InputError, UnknownName
from upcm_analysis.words.home import home

ASSUMPTIONS, ODDITIES = "data/assumptions.csv", "data/oddities.csv"
#: The unit of a choice that is no number but the name of an indicator, or of a way to weigh; that of several numbers ends so.
INDICATOR, WEIGHTS, EACH = "indicator", "weights", " each"


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


def choices() -> pd.DataFrame:
    """All named choices as they stand in the register: `value` is text, also of those that are a number."""
    return _read(ASSUMPTIONS, ("id", "value", "unit", "source", "reason", "used_in"), ("id",))


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


def oddities() -> pd.DataFrame:
    """Findings that are known: one row each, indexed by check, subject and indicator, with the reason in both languages."""
    keys = ("check", "subject", "indicator")
    return _read(ODDITIES, (*keys, "reason_nl", "reason_en"), keys)


@cache
def _read(file: str, columns: tuple[str, ...], keys: tuple[str, ...]) -> pd.DataFrame:
    keys = list(keys)
    table = pd.read_csv(home() / file, dtype=str, keep_default_na=False)
    if tuple(table.columns) != columns:
        raise InputError(
            "a register has other columns",
            file=file,
            row=1,
            found=", ".join(table.columns),
            expected=", ".join(columns),
        )
    empty = (table == "").any(axis=1) | table.duplicated(keys)
    for row in table.index[empty]:
        raise InputError(
            "a row of a register is incomplete or double", file=file, row=row + 2, found=", ".join(table.loc[row, keys])
        )
    return table.set_index(keys if len(keys) > 1 else keys[0])
