"""Conflicts: published figures that cannot hold together, and which of them alone would explain that."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from factpress.dimensions import Subject, fact_id
from factpress.errors import InputError
from upcm_analysis.topics.regions.allocation import NEGLIGIBLE_PCT, Allocation, fitting, weights
from upcm_analysis.topics.regions.linear import LinearProgram, attained
from upcm_analysis.vocabulary.figures import each_row

#: How many single explanations of a conflict a message names.
NAMED = 6


def conflict(program: Allocation) -> pd.DataFrame:
    """Published figures of places that cannot hold together, and none of which can be missed for that; empty where all fit.

    An irreducible infeasible subset: the figures with a price in the elastic relaxation, from which each is left out in
    turn that the contradiction does not need. A row a figure: `fact_id`, `place`, `cluster`, `indicator`, `published`.
    """
    size, weight = program.floor.size, weights(program)
    elastic = attained(program.program(-np.diag(weight)).minimise(np.r_[np.zeros(size), np.ones(len(weight))]))
    if 100 * elastic.value <= NEGLIGIBLE_PCT:
        return _named(program, [])
    prices = np.abs(elastic.prices[len(program.groups) :] * weight).reshape(-1, 2).max(axis=1)
    members = [int(cell) for cell in np.argsort(prices, kind="stable") if prices[cell] > 1e-9]  # the least needed first
    everything = list(range(len(prices)))
    if fits_without(program, [cell for cell in everything if cell not in members]):
        members = everything  # the prices were too small to tell
    for cell in list(members):
        rest = [one for one in members if one != cell]
        if not fits_without(program, [one for one in everything if one not in rest]):
            members = rest
    return _named(program, sorted(members))


def suspects(program: Allocation, among: pd.DataFrame) -> pd.DataFrame:
    """The published figures of which one alone, if it is wrong, explains a conflict; `among` is that conflict.

    A row a figure of a place in the conflict, or of a product group in one of its columns, without which all others fit:
    `fact_id`, `published`, and `low` and `high`, between which it would have to lie.
    """
    rows = []
    indicators = list(program.indicators)
    for row in each_row(among):
        p, k = program.places.index(row.cluster or row.place), indicators.index(row.indicator)
        cell = p * len(indicators) + k
        rest = _without(program, [cell])
        shares = np.zeros((2, *program.shape))
        shares[0, :, p], shares[1, :, p] = program.low_groups[:, k], program.high_groups[:, k]
        least, most = rest.minimise(shares[0].ravel()), rest.maximise(shares[1].ravel())
        if least is not None and most is not None:
            rows.append({"fact_id": row.fact_id, "published": row.published, "low": least.value, "high": most.value})
    for code in dict.fromkeys(among.indicator):
        k = indicators.index(code)
        for g, group in enumerate(program.groups):
            low, high = program.low_groups.copy(), program.high_groups.copy()
            # What the places leave for this product group; so its figure is not free, only another.
            low[g, k] = max(0.0, program.low_places[:, k].sum() - np.delete(program.high_groups[:, k], g).sum())
            high[g, k] = program.high_places[:, k].sum() - np.delete(program.low_groups[:, k], g).sum()
            if low[g, k] <= high[g, k] and fitting(replace(program, low_groups=low, high_groups=high)) is not None:
                name, published = fact_id(code, Subject(product_group=group)), program.groups_as_printed[g, k]
                rows.append({"fact_id": name, "published": published, "low": low[g, k], "high": high[g, k]})
    return pd.DataFrame(rows, columns=["fact_id", "published", "low", "high"])


def require(program: Allocation) -> None:
    """Raises InputError where no shares fit, naming the figures that cannot hold together and which alone would explain it."""
    if fitting(program) is not None:
        return
    names = conflict(program)
    alone = suspects(program, names)
    said = [
        f"{row.fact_id} {row.published:g} (the others allow {row.low:.6g} to {row.high:.6g})" for row in each_row(alone)
    ]
    if len(said) > NAMED:
        said = [*said[:NAMED], f"and {len(said) - NAMED} more"]
    raise InputError(
        f"{len(names)} published figures cannot hold together, whatever the shares of the product groups",
        found=", ".join(f"{row.fact_id} {row.published:g}" for row in each_row(names)),
        expected="one share per product group and place that reproduces every figure within rounding",
        remedy="check these in the source; "
        + (f"any one of these alone would explain it: {', '.join(said)}" if said else "no single figure explains it"),
    )


def fits_without(program: Allocation, left_out: Iterable[int]) -> bool:
    """Whether some shares fit when the figures with these numbers (place * indicators + indicator) are left out."""
    return _without(program, left_out).minimise(np.zeros(program.floor.size)) is not None


def _without(program: Allocation, left_out: Iterable[int]) -> LinearProgram:
    """The set of shares that fit all figures but these."""
    test = program.program()
    upper = program.rows[1].copy().reshape(-1, 2)
    upper[list(left_out)] = np.inf
    ones = np.ones(len(program.groups))
    test.limit(np.r_[ones, np.full(upper.size, -np.inf)], np.r_[ones, upper.ravel()])
    return test


def _named(program: Allocation, members: list[int]) -> pd.DataFrame:
    count = len(program.indicators)
    rows = [
        {
            "fact_id": fact_id(program.indicators[cell % count], program.place(cell // count)),
            "place": program.place(cell // count).place,
            "cluster": program.place(cell // count).cluster,
            "indicator": program.indicators[cell % count],
            "published": program.places_as_printed.ravel()[cell],
        }
        for cell in members
    ]
    return pd.DataFrame(rows, columns=["fact_id", "place", "cluster", "indicator", "published"])
