"""Conditions: a publication exists where it has something to say, and an address that is gone leads on and says why.

In `publications.yml` an entry has `when`: how many of some figures of its subject must be known, or of some columns of a
processed table in the row of its subject. `moved` names addresses of earlier editions. Both have a reason in every language,
and the publication that a reader is led to `instead`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, PositiveInt, create_model, model_validator

from factpress import parquet
from factpress.codelists import entries
from factpress.dimensions import Subject, fact_id
from factpress.errors import InputError, UnknownName
from factpress.indicators import indicator
from factpress.languages import LANGUAGES
from factpress.publisher import FILE

#: A text in each language.
Words = create_model(
    "Words",
    __config__=ConfigDict(extra="forbid", str_strip_whitespace=True),
    **{one: (str, Field(min_length=1)) for one in LANGUAGES},
)


class Absence(BaseModel):
    """Why there is no publication, and which one its reader is led to `instead`."""

    model_config = ConfigDict(extra="forbid")
    reason: Words
    instead: str


class When(Absence):
    """How many of some `figures` of a subject, or of some `columns` of its row in a processed `table`, must be known."""

    known: PositiveInt
    figures: list[str] = []
    table: str = ""
    columns: list[str] = []

    @model_validator(mode="after")
    def _of_one_kind(self) -> "When":
        """Check that it counts figures or columns, and can be true."""
        counted = self.figures or self.columns
        if bool(self.figures) == bool(self.table and self.columns) or self.known > len(counted):
            raise ValueError("either figures, or a table with columns; and no fewer of them than must be known")
        return self

    def said(self) -> str:
        """Return why a publication is not there, in every language."""
        return " / ".join(getattr(self.reason, one) for one in LANGUAGES)

    def asked(self) -> str:
        """Return what must be known of a subject."""
        return f"at least {self.known} of {', '.join(self.figures or self.columns)}"


class Moved(Absence):
    """Addresses of earlier editions: publications of what `was` a kind, where their readers are led, and why."""

    was: str
    subjects: list[str]


@dataclass(frozen=True)
class Gone:
    """An address where there is no publication: the reason, and the publication that its reader is led to."""

    folder: str
    language: str
    title: str
    reason: str
    instead: str


def check(kind: str, when: When) -> None:
    """Raise InputError or UnknownName where a condition names a figure that there is none of."""
    for code in when.figures:
        try:
            indicator(code)
        except UnknownName:
            raise UnknownName("figure in a condition", code, entries("indicators"), file=FILE, row=kind) from None


def met(kind: str, when: When, about: Subject, tables: Path) -> bool:
    """Tell whether a subject has as much as its publication must have; `tables` is the folder of the processed tables."""
    if when.figures:
        values = _values(path := tables / "facts.parquet", path.stat().st_mtime_ns)
        return sum(fact_id(code, about) in values for code in when.figures) >= when.known
    table = _table(path := tables / f"{when.table}.csv", kind, path.stat().st_mtime_ns if path.is_file() else 0)
    if missing := [name for name in when.columns if name not in table]:
        raise UnknownName("column in a condition", missing[0], list(table), file=FILE, row=kind)
    key = about.parts[0][0].dimension
    if key not in table:
        raise InputError(
            "a condition on a table without a row for each subject",
            file=FILE, row=kind, found=", ".join(table), expected=f"a column {key}",
        )  # fmt: skip
    own = table[table[key] == about.codes[key]]
    return bool(len(own)) and int((own.iloc[0][when.columns] != "").sum()) >= when.known


@cache
def _values(path: Path, written: int) -> frozenset[str]:
    """The facts of an edition that have a value."""
    table = parquet.read(path)
    return frozenset(table.fact_id[table.value.notna()])


@cache
def _table(path: Path, kind: str, written: int) -> pd.DataFrame:
    """A processed table as text."""
    if not path.is_file():
        known = sorted(one.stem for one in path.parent.glob("*.csv"))
        raise UnknownName("table in a condition", path.stem, known, file=FILE, row=kind)
    return pd.read_csv(path, dtype=str, keep_default_na=False)
