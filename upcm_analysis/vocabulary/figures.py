"""Figures: the long table that every calculation takes and gives.

A row is one figure: its `indicator`, its subject (`place`, `cluster`, `product_group`, `scope`), `value` with the interval
`low` to `high` that rounding in the source leaves, and `inputs`, the fact ids that it was calculated from.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, cast

import numpy as np
import pandas as pd

from factpress.dimensions import Subject, fact_id, from_path
from upcm_analysis.vocabulary.subjects import NL

SUBJECT = ["place", "cluster", "product_group", "scope"]
FIGURE = ["indicator", *SUBJECT, "value", "low", "high", "inputs"]
#: How many digits has what comes of linear algebra, logarithms and draws: far fewer than what the processor changes.
DIGITS = 6


def table(values: Mapping[str, Mapping[str, float]], half: float = 0.0) -> pd.DataFrame:
    """Return a table of figures from values by indicator and by what they are about, as in the id of a fact.

        table({"jobs_k": {"nl": 608, "province/zeeland": 17}}, half=0.5)

    `half` is half the unit of the last printed digit: a figure lies between its value less and plus that. Its input is itself.
    Raises UnknownName for a subject that there is none of.
    """
    rows = []
    for indicator, by_path in values.items():
        for path, value in by_path.items():
            about = from_path(path)
            inputs = (fact_id(indicator, about),)
            codes = [about.codes[name] for name in SUBJECT]
            rows.append((indicator, *codes, float(value), value - half, value + half, inputs))
    return pd.DataFrame(rows, columns=FIGURE)


def of(figures: pd.DataFrame, indicator: str, kind: str | None = None) -> pd.DataFrame:
    """The figures of one indicator, one row a subject: `value`, `low`, `high`, indexed by subject.

    With `kind` only the subjects of that kind, all of the Netherlands' parts. Raises KeyError where there is none.
    """
    table = figures[figures.indicator == indicator].set_index(SUBJECT)[["value", "low", "high"]]
    if kind:
        table = table[[subject(key).kind == kind and not subject(key).scope for key in table.index]]
    if table.empty:
        raise KeyError(f"no figures of {indicator}" + (f" per {kind}" if kind else ""))
    return table


def of_subject(table: pd.DataFrame, key: tuple[str, ...]) -> pd.Series:
    """`value`, `low` and `high` of one subject, of a table that is indexed by subject. Raises KeyError where it has none."""
    return cast("pd.Series", table.loc[key, :])


def each_row(table: pd.DataFrame) -> Iterator[Any]:
    """Return the rows of a table, with its columns as attributes; only the table knows of what type each is."""
    return table.itertuples()


def each_group(table: pd.DataFrame, by: str | list[str]) -> Iterator[tuple[Any, pd.DataFrame]]:
    """Return the rows of each value of a column, or of several, with that value; in the order of the first row of each."""
    return iter(table.groupby(by, sort=False))


def national(figures: pd.DataFrame, indicator: str) -> pd.Series:
    """`value`, `low` and `high` of the Netherlands as a whole, every product group included."""
    return of_subject(of(figures, indicator), (NL.place, NL.cluster, NL.product_group, NL.scope))


def rounded(table: pd.DataFrame) -> pd.DataFrame:
    """A table with its numbers, but for whole ones, to `DIGITS` significant digits, so that every processor gives the same."""
    columns = table.select_dtypes(np.floating)
    return table.assign(**{str(name): [significant(value) for value in columns[name]] for name in columns})


def significant(value: float, digits: int = DIGITS) -> float:
    """A number to so many significant digits."""
    return float(f"{value:.{digits}g}")


@cache
def subject(key: tuple) -> Subject:
    """The subject that an index key of `of` stands for."""
    return Subject(*key)


def ids(indicator: str, keys: Iterable[tuple[str, ...]]) -> list[str]:
    """The fact ids of one indicator for each of these subjects."""
    return [fact_id(indicator, subject(key)) for key in keys]


def made(indicator: str, table: pd.DataFrame, *inputs: list[str]) -> pd.DataFrame:
    """Figures of `indicator` from a table indexed by subject, with the fact ids each was calculated from."""
    named = table[["value", "low", "high"]].reset_index()
    named.insert(0, "indicator", indicator)
    named["inputs"] = [tuple(row) for row in zip(*inputs, strict=True)]
    return named[FIGURE]
