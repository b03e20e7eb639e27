"""A fact: a published or derived value with its unit, subject, interval, status, method and inputs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from factpress.codelists import codelist
from factpress.dimensions import Subject, fact_id, in_facts
from factpress.editions import PUBLISHED
from factpress.errors import InputError, UnknownName, nearest
from factpress.indicators import Indicator, indicator
from factpress.methods import PRINTED, SEPARATOR
from factpress.texts import texts

if TYPE_CHECKING:
    import pandera.pandas as pa

#: What every fact has besides what it is about; the columns of dimensions stand before, and those that were added after.
VALUES = ("value", "low", "high", "unit", "status", "sign", "method", "inputs", "edition", "warnings", "scenario")
WORDS = texts(__name__)
NUMBERS = ("value", "low", "high")
#: What is expected where an indicator is named.
INDICATOR = "a code of indicators.csv, or one in a form, such as _share"
STATUSES = ("published", "derived", "allocated", "estimated", "assumed", "refuted", "suppressed")
#: Those of which nothing is told: a source contradicts it, or it would tell too much.
WITHHELD = ("refuted", "suppressed")
#: The status of a figure of a place that was divided over places with a key, or follows from one; and the warning of whatever
#: rests on such figures, estimates and scenarios too.
ALLOCATED = "allocated"


def columns() -> list[str]:
    """Return the columns of a table of facts: those of dimensions beside the indicator, and at the end those added later."""
    first, added = ([one.dimension for one in in_facts(place)] for place in ("first", "added"))
    return ["fact_id", "indicator", *first, *VALUES, *added]


def _added() -> dict[str, str]:
    """Return the columns that an edition of before may not have, and what then stands there."""
    return {"scenario": PUBLISHED, **{one.dimension: one.whole for one in in_facts("added")}}


def described(language: str) -> dict[str, str]:
    """Return what stands in each column of a table of facts."""
    of_dimensions = {one.dimension: one.said("described", language) for one in in_facts()}
    return {name: of_dimensions.get(name) or WORDS[language]["columns"][name] for name in columns()}


def schema() -> "pa.DataFrameSchema":
    """What a table of facts must be, as a Pandera schema: the only definition of the columns of `facts.csv`."""
    import pandera.pandas as pa  # here, because a notebook that only tells facts need not pay for the import

    checks = {
        "status": pa.Check.isin(STATUSES),
        "sign": pa.Check.isin(["", *codelist("signs").index]),
        "method": pa.Check.str_matches(r"^[a-z0-9]+(-[a-z0-9]+)*$"),
        "inputs": pa.Check.str_length(min_value=1),
        "scenario": pa.Check.str_length(min_value=1),
        **{one.dimension: pa.Check.isin([one.whole, *one.codes()]) for one in in_facts()},
    }
    numbers = {name: pa.Column(float, nullable=True) for name in NUMBERS}
    return pa.DataFrameSchema(
        {
            name: numbers.get(name)
            or pa.Column(object, nullable=False, checks=checks.get(name), unique=name == "fact_id")
            for name in columns()
        },
        checks=[
            pa.Check(lambda t: ~((t.low > t.value + 1e-9) | (t.value > t.high + 1e-9)), error="low <= value <= high"),
            pa.Check(lambda t: t.value.notna() | (t.sign == "."), error="a missing value has the sign '.'"),
            pa.Check(
                lambda t: ~t.status.isin(WITHHELD) | t[["value", "low", "high"]].isna().all(axis=1),
                error="a fact that is withheld has no value and no bounds",
            ),
            pa.Check(_says_its_scenario, error="a fact of a scenario is assumed, and has the scenario in its id"),
        ],
        strict=True,
        ordered=True,
    )


def _says_its_scenario(table: pd.DataFrame) -> pd.Series:
    """Of each fact whether it can be taken for no other than it is: published, or of the scenario that it names."""
    ends = pd.Series([name.partition("@")[2] for name in table.fact_id], index=table.index)
    under = table.scenario != PUBLISHED
    return (ends == table.scenario.where(under, "")) & (~under | (table.status == "assumed"))


@dataclass(frozen=True)
class Fact:
    """One row of the table of facts."""

    fact_id: str
    indicator: str
    subject: Subject
    value: float
    low: float
    high: float
    unit: str
    status: str
    sign: str
    method: str
    inputs: tuple
    edition: str
    warnings: tuple
    scenario: str = PUBLISHED

    def __getattr__(self, name: str) -> str:
        """Return the code of a dimension of what the fact is about."""
        if name.startswith("_") or name == "subject":
            raise AttributeError(name)
        return getattr(self.subject, name)

    @property
    def row(self) -> dict:
        """The fact as a row of a table, by column."""
        return {name: getattr(self, name) for name in columns()}

    @property
    def measure(self) -> Indicator:
        """What the fact measures."""
        return indicator(self.indicator)

    @property
    def printed(self) -> bool:
        """It stands so in a source, whatever its status."""
        return self.method == PRINTED

    @property
    def allocated(self) -> bool:
        """It rests on figures that were divided over places with a key: it does not tell one place from another."""
        return ALLOCATED in self.warnings

    @property
    def at_least(self) -> bool:
        """The source gives only a lower bound: 'more than 400'."""
        return pd.isna(self.high) and self.low == self.value

    @property
    def unknown(self) -> bool:
        """There is no value, which is not the same as zero."""
        return pd.isna(self.value)

    @property
    def suppressed(self) -> bool:
        """There is a value that is not told, because it, or another that it gives away, is confidential."""
        return self.status == "suppressed"

    @property
    def refuted(self) -> bool:
        """A registered source contradicts what would be told."""
        return self.status == "refuted"

    @property
    def withheld(self) -> bool:
        """Nothing is told of it, which is said in a word: a figure that is merely unknown has a sign."""
        return self.status in WITHHELD

    @property
    def bounded(self) -> bool:
        """There is an interval that it lies in, also where there is no value."""
        return not (pd.isna(self.low) or pd.isna(self.high))


def ids(facts: Iterable[Fact]) -> list[str]:
    """The ids of facts, each once, in their order."""
    return list(dict.fromkeys(fact.fact_id for fact in facts))


def _nobody(name: str) -> None:
    """Who is told of names that are asked for where nobody wants to know."""


class Facts:
    """The facts of one edition."""

    def __init__(self, table: pd.DataFrame):
        self.table = table
        self._asked: Callable[[str], None] = _nobody
        self._made: dict[str, Fact] = {}  # those that were asked for, by id

    def telling(self, asked: Callable[[str], None]) -> "Facts":
        """The same facts, which say each name that is asked for, also of facts that there are none of."""
        made = Facts(self.table)
        made._asked, made._by_id, made._made = asked, self._by_id, self._made
        return made

    @classmethod
    def read(cls, path: Path) -> "Facts":
        """Facts from a `facts.csv`. Raises InputError where there is none."""
        if not Path(path).is_file():
            raise InputError("there are no facts yet", file=path, remedy="make them with the command 'data'")
        expected = columns()
        table = pd.read_csv(
            path,
            dtype={name: float if name in NUMBERS else object for name in expected},
            keep_default_na=False,
            na_values={name: [""] for name in NUMBERS},
        )
        missing = {name: text for name, text in _added().items() if name not in table.columns}
        if list(table.columns) == [name for name in expected if name not in missing]:
            table = table.assign(**missing)[expected]
        if list(table.columns) != expected:
            raise InputError(
                "a file does not hold facts",
                file=path,
                row=1,
                found=", ".join(table.columns),
                expected=", ".join(expected),
            )
        return cls(table)

    def write(self, path: Path) -> None:
        """The facts as CSV: full precision, a decimal point, an empty cell for a missing number."""
        self.table.to_csv(path, index=False, float_format="%.12g", lineterminator="\n")

    @cached_property
    def _by_id(self) -> dict:
        return {row["fact_id"]: row for row in self.table.to_dict("records")}

    @cached_property
    def scenario(self) -> str:
        """The scenario that facts of this table are under besides those that are published."""
        return next((name for name in self.table.scenario.unique() if name != PUBLISHED), PUBLISHED)

    @cached_property
    def indicators(self) -> frozenset[str]:
        """The indicators that there are facts of, as the first part of a fact id has them."""
        return frozenset(name.partition("/")[0] for name in self._by_id)

    def indicators_of(self, about: Subject) -> list[str]:
        """The indicators that there are facts of about one subject."""
        parts = (name.partition("@")[0].partition("/") for name in self._by_id)
        return [code for code, _, path in parts if path == about.path]

    def _named(self, name: str) -> str:
        """The id of a fact; of one of the scenario also without saying which, since a table has one."""
        under = f"{name}@{self.scenario}"
        return under if name not in self._by_id and under in self._by_id else name

    def __len__(self) -> int:
        return len(self.table)

    def __contains__(self, name: str) -> bool:
        return self.find(name) is not None

    def __getitem__(self, name: str) -> Fact:
        """The fact with this id. Raises InputError with the nearest ids."""
        name = self._named(name)
        self._asked(name)
        if name not in self._by_id:
            stem = name.partition("/")[0]
            near = [known for known in self._by_id if known.partition("/")[0] == stem] or list(self._by_id)
            error = UnknownName("fact", name, near)
            error.parts["expected"] = f"one of {len(self._by_id)} fact ids, see reports/<edition>/facts.csv"
            raise InputError(str(error).splitlines()[0], expected=error.parts["expected"])
        if name not in self._made:
            row = dict(self._by_id[name])
            row["inputs"] = tuple(part for part in row["inputs"].split(SEPARATOR) if part)
            row["warnings"] = tuple(part for part in row["warnings"].split(SEPARATOR) if part)
            about = Subject(**{one.dimension: row.pop(one.dimension) for one in in_facts()})
            self._made[name] = Fact(subject=about, **row)
        return self._made[name]

    def only(self, names: Iterable[str]) -> "Facts":
        """The facts with these ids, in the order of this table."""
        return Facts(self.table[self.table.fact_id.isin(list(names))])

    def find(self, name: str) -> Fact | None:
        """The fact with this id, or None where there is no such fact."""
        name = self._named(name)
        self._asked(name)
        return self[name] if name in self._by_id else None

    def known(self, code: str, about: Subject) -> Fact | None:
        """The fact of one indicator about one subject where there is one with a value, else None."""
        fact = self.find(fact_id(code, about))
        return None if fact is None or fact.unknown else fact

    def get(self, code: str, about: Subject) -> Fact:
        """The fact of one indicator about one subject. Raises InputError with the nearest indicators, or ids."""
        name = fact_id(code, about)
        if self._named(name) not in self._by_id:
            self._asked(name)
            if code not in self.indicators:
                near = nearest(code, self.indicators_of(about))
                hint = f" - did you mean {' or '.join(near)}?" if near else ""
                raise InputError(f"unknown indicator: {code!r}{hint}", found=code, expected=INDICATOR)
            kinds = sorted({known.split("/")[1] for known in self._by_id if known.partition("/")[0] == code})
            raise InputError(
                f"an indicator that is not known of this subject: {code!r}", found=about.path, expected=", ".join(kinds)
            )
        return self[name]

    def of(self, code: str, subjects: list[Subject]) -> list[Fact]:
        """The facts of one indicator about several subjects, in their order."""
        return [self.get(code, about) for about in subjects]
