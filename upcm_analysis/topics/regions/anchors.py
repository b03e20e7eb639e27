"""Anchors: emissions of known point sources put at their place, and only the rest divided by shares.

    CO2[g, p] = sum of known sources of g in p + (E[g] - sum of all known sources of g) * s[g, p]

as CBS and Emissieregistratie do. A source belongs to a national total only where definition, scope and year agree; this module
cannot see that, so each source says what it counts. Nor can it see which sources are not registered: see `coverage`.
"""

import numpy as np
import pandas as pd

from factpress.methods import method
from upcm_analysis.topics.regions.allocation import Allocation, refuse_unknown
from upcm_analysis.topics.regions.bounds import weighted_extremes
from upcm_analysis.vocabulary.figures import each_row

ANCHORED = ["place", "known", "low", "value", "high", "allocated", "contradicted"]


@method(
    "point-sources-in-place",
    status="estimated",
    nl="puntbronnen op hun plaats, de rest verdeeld",
    en="point sources in place, the rest divided",
)
def anchored(program: Allocation, sources: pd.DataFrame, shares: np.ndarray, indicator: str = "co2_kt") -> pd.DataFrame:
    """An indicator by place, with known sources at theirs. One row a place, all in the unit of the indicator.

    `sources` has a row a source: `place`, `product_group`, `value`, `low`, `high`. `known`: the sources in the place; `value`:
    with these `shares` [product group, place] for the rest; `low`, `high`: over all shares that fit, and all roundings;
    `allocated`: the published figure; `contradicted`: the sources alone are more than the published figure allows.

    Raises InputError for a source of an unknown place or product group, and ValueError where the sources of a product group
    are more than its national total: then there is no rest to divide (see `coverage.sufficient`).
    """
    require_known(program, sources)
    k, size = program.indicators.index(indicator), program.shape
    at = [(program.groups.index(row.product_group), program.places.index(row.place)) for row in each_row(sources)]
    known = {side: np.zeros(size) for side in ("low", "value", "high")}
    for side, amounts in known.items():
        for cell, amount in zip(at, sources[side], strict=True):
            amounts[cell] += amount
    more = known["low"].sum(axis=1) > program.high_groups[:, k]
    if more.any():
        groups = ", ".join(np.array(program.groups)[more])
        raise ValueError(f"point sources are more than the national {indicator} of product groups {groups}")
    rest_low = np.maximum(program.low_groups[:, k] - known["high"].sum(axis=1), 0)
    rest_high = np.maximum(program.high_groups[:, k] - known["low"].sum(axis=1), 0)
    rest = np.maximum(program.groups_as_printed[:, k] - known["value"].sum(axis=1), 0)
    rows = []
    for p, place in enumerate(program.places):
        limits = weighted_extremes(program, rest_low, rest_high, place)
        here = {side: amounts[:, p].sum() for side, amounts in known.items()}
        low, high = here["low"] + limits.low, here["high"] + limits.high
        value = float(np.clip(here["value"] + rest @ shares[:, p], low, high))
        published = program.places_as_printed[p, k]
        rows.append((place, here["value"], low, value, high, published, bool(here["low"] > program.high_places[p, k])))
    return pd.DataFrame(rows, columns=ANCHORED)


def require_known(program: Allocation, sources: pd.DataFrame) -> None:
    """Raises InputError for a source of a place or product group that is not in the allocation."""
    lists = {"place": program.places, "product_group": program.groups}
    for number, row in enumerate(sources.to_dict("records"), start=1):
        refuse_unknown(number, row, lists, "a point source somewhere unknown")
