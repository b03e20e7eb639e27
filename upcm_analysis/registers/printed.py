"""Figures as printed: what stands where one table, or several, print cells about the same."""

import math
from itertools import chain

import pandas as pd

from factpress.dimensions import Subject, fact_id
from factpress.errors import InputError
from factpress.methods import method_of
from upcm_analysis.registers import corrections, sources, tables
from upcm_analysis.registers.assumptions import PREVAILING, prevailing
from upcm_analysis.vocabulary.figures import FIGURE, SUBJECT


def figures(cells: pd.DataFrame) -> pd.DataFrame:
    """Figures from cells: one row a figure; what several tables print has the cells of all that stand as inputs.

    Where they print the same value and round it differently the widest interval stands. Rows of one table about the same,
    such as two point sources, are parts of it. Raises InputError where tables print different values; see `standing`.
    """
    keys = ["indicator", *SUBJECT]
    cells = cells.assign(scope="", inputs=tables.cell_names(cells))
    one_table = cells.groupby([*keys, "source"], sort=False).agg(
        value=("value", lambda value: value.sum(skipna=False)),  # with an unknown part the whole is unknown
        low=("low", lambda low: low.sum(skipna=False)),
        high=("high", lambda high: high.sum(skipna=False)),
        inputs=("inputs", tuple),
    )
    several = one_table[one_table.index.droplevel("source").duplicated(keep=False)]
    kept = {name for _, rows in several.groupby(keys, sort=False) for name in standing(rows, cells)}
    found = (
        one_table[~one_table.index.isin(several.index) | one_table.index.isin(list(kept))]
        .groupby(keys, sort=False)
        .agg(
            value=("value", "first"),
            low=("low", "min"),
            high=("high", lambda high: high.max(skipna=False)),
            inputs=("inputs", lambda parts: tuple(chain.from_iterable(parts))),
        )
        .reset_index()
    )
    found["method"] = method_of(tables.read).id
    return found[[*FIGURE, "method"]]


def standing(rows: pd.DataFrame, cells: pd.DataFrame) -> list[tuple]:
    """Of what several tables print of one figure, a row a table, the index of those that stand.

    Not those that do not know it, that another prevails over, or that print the same less precisely. Raises InputError where
    two that are left print different values: that is no rounding.
    """
    told = rows[rows[["value", "low", "high"]].notna().any(axis=1)]
    rows = told if len(told) else rows
    there = rows.index.get_level_values("source")
    rows = rows[~there.isin([over for source, over in prevailing().index if source in there])]
    ends = rows.assign(low=rows.low.fillna(-math.inf), high=rows.high.fillna(math.inf))
    ends["wide"] = ends.high - ends.low
    first, kept = ends.loc[ends.wide.idxmin()], []
    for name, other in ends.iterrows():
        same = other.value == first.value and math.isinf(other.high) == math.isinf(first.high)
        same = same or (other.low, other.high) == (first.low, first.high)
        within = [first.low, first.high] if pd.isna(first.value) else [first.value]
        if same:
            kept.append(name)
        elif other.wide <= first.wide * (1 + 1e-9) or not all(other.low <= end <= other.high for end in within):
            raise _contradicting(first.name, name, cells)
    return kept


def _contradicting(first: tuple, second: tuple, cells: pd.DataFrame) -> InputError:
    """The error of a figure of which two tables, each the last of a row's keys, print different values."""
    keys = ["indicator", *SUBJECT, "source"]
    found = cells.set_index(keys, append=True).reset_index(level=0, names="at").sort_index()
    one, other = sorted((found.loc[[name]].iloc[0] for name in (first, second)), key=lambda cell: cell["at"])

    def said(cell) -> str:
        """What a cell prints, and what that is."""
        value = "unknown" if pd.isna(cell["value"]) else f"{cell['value']:.12g}"
        return f"{value} {cell.unit}, printed as {cell.printed}"

    file, there = (tables.cell_file(cell.inputs) for cell in (other, one))
    code, *about = other.name[:-1]
    return InputError(
        f"two tables print different values of {fact_id(code, Subject(*about, other.project))}",
        file=file,
        row=f"{other.line} ({other['row']})",
        column=other["column"],
        found=said(other),
        expected=f"{said(one)} in {there}, row {one.line} ({one['row']}), column {one['column']}",
        remedy=f"say in {PREVAILING} which of the two prevails and why; correct a misprint in {corrections.FILE}; "
        f"or give the one that is not to be used the role '{sources.STORED}' in {sources.REGISTER}",
    )
