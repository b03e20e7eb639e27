"""Anchors: emissions of known point sources put at their place, and only the rest divided by shares.

    CO2[g, p] = sum of known sources of g in p + (E[g] - sum of all known sources of g) * s[g, p]

as CBS and Emissieregistratie do. A source belongs to a national total only where definition, scope and year agree; this module
cannot see that, so each source says what it counts.
"""

import numpy as np
import pandas as pd

from upcm_analysis.method.allocation import Allocation, refuse_unknown
from upcm_analysis.method.bounds import weighted_extremes
from upcm_analysis.words.codelists import Subject, fact_id
from upcm_analysis.words.errors import InputError

ANCHORED = ["place", "known", "low", "value", "high", "allocated", "contradicted"]


def anchored(program: Allocation, sources: pd.DataFrame, shares: np.ndarray, indicator: str = "co2_kt") -> pd.DataFrame:
    """An indicator by place, with known sources at theirs. One row a place, all in the unit of the indicator.

    `sources` has a row a source: `place`, `product_group`, `value`, `low`, `high`. `known`: the sources in the place; `value`:
    with these `shares` [product group, place] for the rest; `low`, `high`: over all shares that fit, and all roundings;
    `allocated`: the published figure; `contradicted`: the sources alone are more than the published figure allows.

    Raises InputError for a source of an unknown place or product group, and where the sources of a product group are more
    than its national total; it names their `file` and `cell`, where there are those columns.
    """
    _refuse(program, sources, indicator)
    k, size = program.indicators.index(indicator), program.shape
    at = [(program.groups.index(row.product_group), program.places.index(row.place)) for row in sources.itertuples()]
    known = {side: np.zeros(size) for side in ("low", "value", "high")}
    for side, amounts in known.items():
        for cell, amount in zip(at, sources[side], strict=True):
            amounts[cell] += amount
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


def _refuse(program: Allocation, sources: pd.DataFrame, indicator: str) -> None:
    lists = {"place": program.places, "product_group": program.groups}
    for number, row in enumerate(sources.to_dict("records"), start=1):
        refuse_unknown(number, row, lists, "a point source somewhere unknown")
    k = program.indicators.index(indicator)
    for group, own in sources.groupby("product_group", sort=False):
        whole = program.high_groups[program.groups.index(group), k]
        if own.low.sum() > whole:
            raise InputError(
                "point sources are larger than the national total of their product group",
                file=", ".join(dict.fromkeys(own.get("file", []))) or None,
                row=", ".join(own.get("cell", [])) or None,
                column="value",
                found=f"at least {own.low.sum():g} of {group}, {len(own)} in {', '.join(dict.fromkeys(own.place))}",
                expected=f"at most {whole:g}, {fact_id(indicator, Subject(product_group=group))}",
                remedy="check unit, year and scope: power plants on a factory's gases, say, are in another national total",
            )
