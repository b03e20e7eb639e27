"""Disclosure: what may be published of a product group or cluster in a province, where few organisations contribute.

A figure is sensitive where few organisations stand behind it and it is known too precisely. It is then suppressed, and so are
further figures as long as it follows from what is left: whoever knows the published tables can solve the same linear programs.
What already follows from those tables alone cannot be protected here; that is reported, not hidden.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from upcm_analysis.method.allocation import Allocation
from upcm_analysis.method.figures import SUBJECT
from upcm_analysis.method.linear import LinearProgram

#: What becomes of a figure.
PUBLISHED, PRIMARY, SECONDARY, EXPOSED = "published", "primary", "secondary", "exposed"
KEY = ["indicator", *SUBJECT]


@dataclass(frozen=True)
class Rule:
    """When a figure is sensitive, and how wide an attacker's interval for it must be.

    `least`: of each size class, smallest first, the number of organisations that must contribute; fewer, unless none, is few.
    `largest_pct`: the part that one organisation may have of the figures of the largest class (dominance). What each has is not
    published: of n organisations alike it is 100 / n. `protection_pct`: how far an attacker's interval must reach to both
    sides, in percent of the figure.
    """

    least: dict[str, float]
    largest_pct: float
    protection_pct: float


def sensitive(table: pd.DataFrame, rule: Rule) -> pd.Series:
    """Of each figure whether few organisations contribute and its interval is narrower than the protection.

    `table` has `value`, `low` and `high` of every figure, the organisations by size class of the same subjects among them.
    """
    counts = table[table.indicator.isin(rule.least)].pivot_table(index=SUBJECT, columns="indicator", values="value")
    few = pd.Series(False, index=counts.index)
    for size_class, least in rule.least.items():
        few |= (counts[size_class] > 0) & (counts[size_class] < least)
    largest = counts[list(rule.least)[-1]]
    few |= (largest > 0) & (100 / largest.where(largest > 0) > rule.largest_pct)
    subjects = pd.MultiIndex.from_frame(table[SUBJECT])
    risky = few.reindex(subjects, fill_value=False).to_numpy(dtype=bool)
    return pd.Series(risky & ~_protected(table, table.low, table.high, rule), index=table.index)


def attack(
    program: Allocation, released: pd.DataFrame, targets: pd.DataFrame, unions: dict[str, list[str]]
) -> pd.DataFrame:
    """What anyone can find out of `targets` from the published tables and the released figures: `low` and `high` of each.

    `released` and `targets` have rows as figures have, about product groups, or clusters that are `unions`, in places.
    Besides the shares there is an amount of every product group in each place and column that is asked or released, within the
    rounding of its national figure times its share; released figures and the published figure of the place are sums of these.
    """
    if targets.empty:
        return targets[[*KEY, "low", "high"]].copy()
    size, (groups, places) = program.floor.size, program.shape
    cells = [_cell(program, one, unions) for one in (*released.itertuples(), *targets.itertuples())]
    columns = {column: number for number, column in enumerate(dict.fromkeys((p, k) for _, p, k in cells))}
    count = groups * len(columns)
    p, k = (np.repeat([column[side] for column in columns], groups) for side in (0, 1))
    g = np.tile(np.arange(groups), len(columns))
    own = sparse.csr_array((np.ones(count), (np.arange(count), g * places + p)), shape=(count, size))
    low, high = sparse.diags_array(program.low_groups[g, k]), sparse.diags_array(program.high_groups[g, k])

    def amounts(members, p, k):
        """The coefficients of figure k of these product groups in place p."""
        part = np.zeros((len(columns), groups))
        part[columns[p, k], members] = 1
        return part.ravel()

    totals = np.array([amounts(np.ones(groups, dtype=bool), *column) for column in columns]).reshape(-1, count)
    known = np.array([amounts(*cell) for cell in cells[: len(released)]]).reshape(-1, count)
    matrix, upper = program.rows
    unit, ones = sparse.eye_array(count), np.ones(groups)
    blocks = [
        [sparse.csr_array(np.vstack([program.sums, matrix])), None],
        [-low @ own, unit],
        [-high @ own, unit],
        [None, sparse.csr_array(np.vstack([totals, known]))],
    ]
    at = tuple(np.array(list(columns)).reshape(-1, 2).T)
    search = LinearProgram(
        sparse.block_array(blocks),
        np.r_[
            ones,
            np.full(len(upper), -np.inf),
            np.zeros(count),
            np.full(count, -np.inf),
            program.low_places[at],
            released.low,
        ],
        np.r_[ones, upper, np.full(count, np.inf), np.zeros(count), program.high_places[at], released.high],
        np.r_[program.floor.ravel(), np.zeros(count)],
        np.r_[program.ceiling.ravel(), np.full(count, np.inf)],
    )
    found = []
    for cell in cells[len(released) :]:
        cost = np.r_[np.zeros(size), amounts(*cell)]
        smallest, largest = search.minimise(cost), search.maximise(cost)
        if smallest is None:
            raise ValueError("the released figures contradict the published ones")
        found.append((smallest.value, largest.value))
    return targets[KEY].assign(**dict(zip(("low", "high"), np.array(found).reshape(-1, 2).T, strict=True)))


def suppressed(
    program: Allocation, table: pd.DataFrame, rule: Rule, unions: dict[str, list[str]], also: pd.Series | None = None
) -> pd.Series:
    """Of each figure its state: published, primary (sensitive), secondary (protects another) or exposed.

    `table` as in `sensitive`; its intervals are what would be released. `also` marks figures to suppress whatever the rule
    says. As long as an attacker comes closer to a sensitive figure than the protection, the figure of the same indicator that
    shares most with it is suppressed too. Exposed is a sensitive figure that follows from the published tables alone.
    """
    state = pd.Series(PUBLISHED, index=table.index)
    first = sensitive(table, rule) if also is None else sensitive(table, rule) | also
    state[first] = PRIMARY
    targets = table[first]
    public = attack(program, table.iloc[:0], targets, unions)
    state[targets.index[~_protected(targets, public.low, public.high, rule)]] = EXPOSED
    while True:
        open_ = table[state == PRIMARY]
        seen = attack(program, table[state == PUBLISHED], open_, unions)
        bare = open_[~_protected(open_, seen.low, seen.high, rule)]
        if bare.empty:
            return state
        for one in bare.itertuples():
            left = table[(state == PUBLISHED) & (table.indicator == one.indicator)]
            near = left[
                (left.place == one.place) | ((left.product_group == one.product_group) & (left.cluster == one.cluster))
            ]
            near = near if len(near) else table[state == PUBLISHED]
            if near.empty:
                return state
            narrowest = ((near.high - near.low) / near.high.where(near.high > 0)).idxmin()
            state[narrowest] = SECONDARY


def _protected(table: pd.DataFrame, low: pd.Series, high: pd.Series, rule: Rule) -> np.ndarray:
    """Whether an interval reaches far enough to both sides of each value."""
    margin = table.value * rule.protection_pct / 100
    return ((table.value - low >= margin) & (high - table.value >= margin)).to_numpy(dtype=bool)


def _cell(program: Allocation, row, unions: dict[str, list[str]]) -> tuple[np.ndarray, int, int]:
    groups = unions[row.cluster] if row.cluster else [row.product_group]
    return np.isin(program.groups, groups), program.places.index(row.place), program.indicators.index(row.indicator)
