"""Refutation: what registered point sources say of the figures that the programme's distribution key can have given.

A key of one share s[g, p] a product group and place gives bounds. They answer what the key can have been, not where the
industry is. A source that emits more in a place than the key can have put there does not refute the key: it shows that the
figure is no picture of the place. With e[g, p] the known sources of g in p, and E[g] the largest national figure of g there is,

    e[g, p]  <=  CO2 of g in p  <=  E[g] - known sources of g in all other places

of a union of product groups their sums, and of the share of a product group the same in percent of E[g]. Nothing is said of
other figures: an installation is counted by its CO2, and not by its jobs.
"""

from typing import Any

import pandas as pd

from factpress.dimensions import Subject, fact_id
from factpress.methods import method
from upcm_analysis.vocabulary.figures import SUBJECT, each_row

CELL = ["indicator", *SUBJECT]
#: What is said of a cell that sources speak of: what the key can have given, and what the sources leave possible.
SPOKEN = [*CELL, "low", "value", "high", "least", "most"]


def possible(
    cells: pd.DataFrame,
    sources: pd.DataFrame,
    wholes: dict[str, float],
    unions: dict[str, list[str]],
    indicator: str,
    share: str,
) -> pd.DataFrame:
    """The cells that sources speak of, each with the `least` and the `most` that these leave possible.

    A row of `cells` is a figure of a product group or cluster in a place (`low`, `high`, and the estimate, if one is told, as
    `value`), a row of `sources` one source (`place`, `product_group`, `low`); `wholes` are the largest national figures of
    product groups. All in the unit of `indicator`, but `share`, in percent. Of a cluster that does not consist of whole
    product groups (`unions`) nothing is said.
    """
    rows = []
    for cell in each_row(cells[cells.indicator.isin([indicator, share])]):
        own = sources[sources.product_group.isin(_groups(cell, unions))]
        if own.empty:
            continue
        whole, here = sum(wholes[group] for group in _groups(cell, unions)), own.place == cell.place
        unit = 100 / whole if cell.indicator == share else 1.0
        least, most = unit * own.low[here].sum(), unit * max(0.0, whole - own.low[~here].sum())
        rows.append((*(getattr(cell, name) for name in SPOKEN[:-2]), least, most))
    return pd.DataFrame(rows, columns=SPOKEN)


@method(
    "refuted-by-source",
    status="refuted",
    nl="een geregistreerde bron spreekt het tegen",
    en="a registered source contradicts it",
)
def refuted(wrong: pd.DataFrame, sources: pd.DataFrame, unions: dict[str, list[str]]) -> pd.DataFrame:
    """The cells that sources contradict (of `possible`), each with the facts of those sources as its `inputs`.

    A cell that has too little is contradicted by the sources in its place, one that has too much by those elsewhere.
    """
    inputs: list[Any] = []  # of tuples: the types of pandas know no column of these
    for cell in each_row(wrong):
        own = sources[sources.product_group.isin(_groups(cell, unions))]
        little = cell.high < cell.least or cell.value < cell.least
        own = own[(own.place == cell.place) == little]
        inputs.append(
            tuple(fact_id(row.indicator, Subject(row.place, row.cluster, row.product_group)) for row in each_row(own))
        )
    return wrong[CELL].assign(inputs=inputs)


def _groups(cell: Any, unions: dict[str, list[str]]) -> list[str]:
    """The product groups that a figure is about, where that is known."""
    return [cell.product_group] if cell.product_group else unions.get(cell.cluster, [])
