"""The crossing: what both margins, clusters and provinces, leave open about a cluster in a province.

A cluster that consists of whole product groups is a union of them, and has the bounds of one. The others are cut finer: which
part of a product group belongs to which cluster is not published, and may differ by province and by figure. So for
each figure k, besides the shares s of the allocation, there is an amount v[g, c, p] >= 0 of product group g in cluster c in
province p, with

    s[g, p] * (x - h)[g]  <=  sum over c of v[g, c, p]  <=  s[g, p] * (x + h)[g]
    sum over g and c of v[g, c, p]  is the published figure of province p, within rounding
    sum over g and p of v[g, c, p]  is the published figure of cluster c, within rounding

and the bounds of cluster c in province p are the extremes of the sum over g of v[g, c, p]. Whatever else is known (a finer
concordance, a register of establishments) is a sum of such amounts too, and tightens them.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from factpress.dimensions import Subject, fact_id
from factpress.errors import InputError
from factpress.methods import method
from upcm_analysis.topics.regions.allocation import Allocation, refuse_unknown, with_known
from upcm_analysis.topics.regions.bounds import BOUND
from upcm_analysis.topics.regions.conflicts import require
from upcm_analysis.topics.regions.linear import TOLERANCE, LinearProgram, attained
from upcm_analysis.vocabulary.figures import SUBJECT, each_row, of


@dataclass(frozen=True, eq=False)
class Crossing:
    """An allocation over provinces, and clusters whose parts of the product groups are open.

    `low_clusters`, `high_clusters`: [cluster, indicator], the published figures of the clusters. `pairs`: [product group,
    cluster], whether the product group may have a part in the cluster. `known`: figures with as much of place, cluster and
    product group filled in as is known; an empty cluster or product group, and place NL, stand for all of them.
    """

    program: Allocation
    clusters: tuple[str, ...]
    low_clusters: np.ndarray
    high_clusters: np.ndarray
    pairs: np.ndarray
    known: pd.DataFrame


def crossing(
    figures: pd.DataFrame,
    program: Allocation,
    whole: dict[str, list[str]],
    known: pd.DataFrame | None = None,
    parts: dict[str, list[str]] | None = None,
) -> Crossing:
    """The published figures of clusters beside an allocation over provinces.

    `whole` are the clusters that consist of whole product groups: these have no part in another cluster. `parts` are of the
    other clusters the product groups that may have a part in them; without it any may. Raises InputError for a known
    figure whose place, cluster, product group or indicator is unknown, or that contradicts `whole` or `parts`.
    """
    tables = [of(figures, code, "cluster") for code in program.indicators]
    clusters = tuple(tables[0].index.get_level_values("cluster"))
    low, high = (np.array([table[side].to_numpy(dtype=float) for table in tables]).T for side in ("low", "high"))
    pairs = np.ones((len(program.groups), len(clusters)), dtype=bool)
    for cluster, groups in whole.items():
        own = np.isin(program.groups, groups)
        pairs[own] = False
        pairs[~own, clusters.index(cluster)] = False
        pairs[own, clusters.index(cluster)] = True
    for cluster, groups in (parts or {}).items():
        pairs[~np.isin(program.groups, groups), clusters.index(cluster)] = False
    known = pd.DataFrame(columns=["indicator", *SUBJECT, "low", "high"]) if known is None else known
    made = Crossing(program, clusters, low, high, pairs, known.reset_index(drop=True))
    _refuse_unknown(made)
    return made


@method("bounds-of-cluster", status="estimated", nl="alleen grenzen bekend", en="only bounds known")
def bounds(made: Crossing, clusters: list[str] | None = None, indicators: list[str] | None = None) -> pd.DataFrame:
    """The bounds of figures of clusters in each province, one row a figure; all clusters and figures unless named.

    Raises InputError, with the known figures concerned, where nothing fits everything.
    """
    program = made.program
    require(program)
    rows = []
    for code in indicators or program.indicators:
        search = joint(made, [code])
        if search.lp.minimise(np.zeros(search.size)) is None:
            _refuse_contradiction(made, [code])
        abouts = [Subject(place, cluster) for cluster in clusters or made.clusters for place in program.places]
        costs = np.array([search.cost(code, about) for about in abouts])
        # Amounts are not negative: where one of the points that were found has none, zero is the lower bound.
        high, none = np.empty(len(abouts)), np.zeros(len(abouts), dtype=bool)
        for number, cost in enumerate(costs):
            found = attained(search.lp.maximise(cost))
            high[number], none = found.value, none | (costs @ found.point <= TOLERANCE)
        low = [
            0.0 if empty else attained(search.lp.minimise(cost)).value for cost, empty in zip(costs, none, strict=True)
        ]
        rows += [
            (code, about.place, about.cluster, "", "", *both) for about, *both in zip(abouts, low, high, strict=True)
        ]
    return pd.DataFrame(rows, columns=BOUND)


def extremes(made: Crossing, targets: pd.DataFrame, share: str) -> pd.DataFrame:
    """The bounds of some figures of product groups and clusters in provinces, from all that is known at once.

    A row of `targets` is an `indicator` (`share` for the share of a product group, in percent) and a subject; each gets `low`
    and `high`. Unlike `bounds` this takes the columns of all known figures into the program of each figure, and so is never
    wider. It is what anyone can find out who knows the published tables and the known figures.
    """
    program, known = made.program, set(made.known.indicator)
    found = pd.DataFrame(index=targets.index, columns=["low", "high"], dtype=float)
    own = targets.indicator.where(~targets.indicator.isin({share, *known}), "")
    for code, rows in targets.groupby(own, sort=False):  # those of the same columns are asked of one program
        codes = known | {code} - {""} or {program.indicators[0]}
        search = joint(made, [one for one in program.indicators if one in codes])
        for largest, side in ((False, "low"), (True, "high")):
            for row in each_row(rows):
                value = search.extreme(row.indicator, Subject(row.place, row.cluster, row.product_group), largest)
                found.loc[row.Index, side] = 100 * value if row.indicator == share else value
    return targets[["indicator", *SUBJECT]].join(found)


def of_groups(known: pd.DataFrame | None) -> pd.DataFrame | None:
    """The known figures of a product group in a province, which limit its share."""
    return None if known is None else known[_limits_share(known)]


def _limits_share(known: pd.DataFrame) -> pd.Series:
    return (known.product_group != "") & (known.cluster == "") & (known.place != "NL")


def tightened(made: Crossing) -> Crossing:
    """A crossing whose shares are limited by what is known of product groups: also in the columns that nothing is known of."""
    return replace(made, program=with_known(made.program, made.known[_limits_share(made.known)]))


def require_known(made: Crossing) -> None:
    """Raises InputError, with the smallest set of known figures concerned, where they do not fit the published ones."""
    require(made.program)
    codes = [code for code in made.program.indicators if code in set(made.known.indicator)]
    search = joint(made, codes)
    if codes and search.lp.minimise(np.zeros(search.size)) is None:
        _refuse_contradiction(made, codes)


def margins_only(made: Crossing, cluster: str, indicator: str, place: str) -> tuple[float, float]:
    """The Frechet bounds of a cluster in a province: what the two totals of one column say alone.

    max(0, Y + y - T) <= t <= min(Y, y), Y the figure of the cluster, y that of the province, T that of all provinces.
    """
    c, k, p = made.clusters.index(cluster), made.program.indicators.index(indicator), made.program.places.index(place)
    others = np.delete(made.program.high_places[:, k], p).sum()
    low = max(0.0, made.low_clusters[c, k] - others)
    return low, float(min(made.high_clusters[c, k], made.program.high_places[p, k]))


def judged(table: pd.DataFrame, limit_pct: float) -> pd.DataFrame:
    """The rows of a table with bounds, and of each whether its interval says enough to give an estimate.

    `spread_pct` = 100 * (high - low) / (high + low), half the width in percent of the middle: 0 where the value is known, 100
    where it may be zero or has no upper bound; at 50 the largest possible value is three times the smallest. `told`:
    spread_pct is at most the limit. An interval from zero to zero is known.
    """
    width, sum_ = table.high - table.low, table.high + table.low
    spread = (100 * width / sum_.where(sum_ > 0)).fillna(0.0).where(np.isfinite(table.high), 100.0)
    return table.assign(spread_pct=spread, told=spread <= limit_pct)


@method("part-of-whole", status="estimated", nl="deel van het geheel", en="part of the whole")
def part_of(table: pd.DataFrame, wholes: pd.DataFrame) -> pd.DataFrame:
    """Parts in percent of wholes: 100 * low / (y + h) to 100 * high / (y - h), at most 100; of the value 100 * value / y.

    A row of `table` is a part, a row of `wholes` the whole that it is part of, both with `value`, `low` and `high`. Part and
    whole are taken as free of each other, which is never too narrow; a part without a value has bounds alone.
    """
    value, low, high = (
        100 * part.to_numpy(dtype=float) / np.where(whole.to_numpy(dtype=float) > 0, whole, np.nan)
        for part, whole in ((table.value, wholes.value), (table.low, wholes.high), (table.high, wholes.low))
    )
    low, high = np.nan_to_num(low, nan=0.0), np.minimum(np.nan_to_num(high, nan=100.0), 100.0)
    return table.assign(low=low, high=high, value=pd.Series(value, table.index).clip(low, high))


@method(
    "ratio-of-estimates",
    status="estimated",
    nl="verhouding van twee schattingen, binnen de grenzen",
    en="ratio of two estimates, within the bounds",
)
def ratio_of(table: pd.DataFrame, estimates: pd.Series, named: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    """The ratio of two estimates, factor * over / under, kept within its own bounds.

    A row of `table` is a ratio with its bounds (see `bounds.ratios`, also for `named`); `estimates` are the amounts, indexed by
    indicator and subject. The two estimates belong to one allocation, so their ratio does too.
    """
    parts = {name: (over, under, factor) for name, over, under, factor in named}
    value = []
    for code, *about in table[["indicator", *SUBJECT]].itertuples(index=False, name=None):
        over, under, factor = parts[code]
        below = estimates[(under, *about)]
        value.append(factor * estimates[(over, *about)] / below if below > 0 else np.nan)
    return table.assign(value=pd.Series(value, table.index, dtype=float).clip(table.low, table.high))


@dataclass(frozen=True, eq=False)
class Joint:
    """The linear program of some figures together: shares first, then of each figure the amounts v by pair and place.

    Last, where the known figures may be missed (`slack`), by how much each is too small and too large. The known figures are
    its last rows.
    """

    made: Crossing
    codes: list[str]
    lp: LinearProgram
    size: int
    about: tuple[np.ndarray, np.ndarray, np.ndarray]
    known: pd.DataFrame

    def extreme(self, code: str, about: Subject, largest: bool) -> float:
        """The smallest or largest figure of a product group or cluster in a place; of its share, if no figure has this code."""
        cost = self.cost(code, about)
        found = self.lp.maximise(cost) if largest else self.lp.minimise(cost)
        if found is None:
            raise ValueError("the known figures cannot hold together with the published ones: see `require_known`")
        return found.value

    def cost(self, code: str, about: Subject) -> np.ndarray:
        """Of each variable whether it is part of a figure; of its share, if no figure has this code."""
        program, cost = self.made.program, np.zeros(self.size)
        if code in self.codes:
            start = program.floor.size + self.codes.index(code) * len(self.about[0])
            cost[start : start + len(self.about[0])] = _cells(self.made, about, *self.about)
        else:
            cell = program.groups.index(about.product_group), program.places.index(about.place)
            cost[np.ravel_multi_index(cell, program.shape)] = 1
        return cost


def joint(made: Crossing, codes: list[str], without: Collection[int] = (), slack: bool = False) -> Joint:
    """The program of some figures together, leaving out the known figures with these numbers."""
    program = made.program
    columns = [program.indicators.index(code) for code in codes]
    places, size = len(program.places), program.floor.size
    g, c = (np.repeat(ids, places) for ids in np.nonzero(made.pairs))
    p = np.tile(np.arange(places), made.pairs.sum())
    number, each = np.arange(len(g)), sparse.eye_array(len(columns))

    def adding(labels: np.ndarray, count: int) -> sparse.sparray:
        """The matrix that adds the amounts with the same label, of each figure."""
        return sparse.kron(each, sparse.csr_array((np.ones(len(g)), (labels, number)), shape=(count, len(g))))

    def times_shares(sides: np.ndarray) -> sparse.sparray:
        """The matrix of the national figures of the product groups times their shares, of each figure."""
        return sparse.vstack([sparse.diags_array(np.repeat(sides[:, k], places)) for k in columns])

    matrix, upper = program.rows
    into_shares, amounts = adding(g * places + p, size), len(columns) * len(g)
    own = made.known[made.known.indicator.isin(codes) & ~made.known.index.isin(without)]
    about = np.zeros((len(own), len(columns), len(g)))
    for row, one in enumerate(each_row(own)):
        about[row, codes.index(one.indicator)] = _cells(made, one, g, c, p)
    known = sparse.csr_array(about.reshape(len(own), amounts))
    blocks = [
        [sparse.csr_array(program.sums), None],
        [sparse.csr_array(matrix), None],
        [-times_shares(program.low_groups), into_shares],
        [-times_shares(program.high_groups), into_shares],
        [None, adding(p, places)],
        [None, adding(c, len(made.clusters))],
        *([[None, known]] if len(own) else []),
    ]
    if slack:
        unit = sparse.eye_array(len(own))
        blocks = [[*row, None] for row in blocks[:-1]] + [[None, known, sparse.hstack([unit, -unit])]]
    ones, free, none = np.ones(len(program.groups)), np.full(len(upper), np.inf), np.zeros(len(columns) * size)
    totals = [side[:, columns].T.ravel() for side in (program.low_places, made.low_clusters)]
    least = [ones, -free, none, np.full(len(none), -np.inf), *totals, own.low.to_numpy(dtype=float)]
    totals = [side[:, columns].T.ravel() for side in (program.high_places, made.high_clusters)]
    most = [ones, upper, np.full(len(none), np.inf), none, *totals, own.high.to_numpy(dtype=float)]
    further = amounts + 2 * len(own) * slack
    lp = LinearProgram(
        sparse.block_array(blocks),
        np.concatenate(least),
        np.concatenate(most),
        np.r_[program.floor.ravel(), np.zeros(further)],
        np.r_[program.ceiling.ravel(), np.full(further, np.inf)],
    )
    return Joint(made, codes, lp, size + further, (g, c, p), own)


def _cells(made: Crossing, row: Any, g: np.ndarray, c: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Of each amount whether it is part of a known figure."""
    part = np.ones(len(g), dtype=bool)
    if row.place != "NL":
        part &= p == made.program.places.index(row.place)
    if row.cluster:
        part &= c == made.clusters.index(row.cluster)
    if row.product_group:
        part &= g == made.program.groups.index(row.product_group)
    return part


def _refuse_unknown(made: Crossing) -> None:
    lists = {
        "indicator": made.program.indicators,
        "place": ("NL", *made.program.places),
        "cluster": ("", *made.clusters),
        "product_group": ("", *made.program.groups),
    }
    for number, row in enumerate(made.known.to_dict("records"), start=1):
        refuse_unknown(number, row, lists, "a known figure about something unknown")
        if not 0 <= row["low"] <= row["high"]:
            raise InputError(
                "a known figure without a usable interval",
                row=number,
                column="low, high",
                found=f"{row['low']:g} to {row['high']:g}",
                expected="0 <= low <= high",
            )
        if row["cluster"] and row["product_group"] and row["low"] > 0:
            pair = made.program.groups.index(row["product_group"]), made.clusters.index(row["cluster"])
            if not made.pairs[pair]:
                raise InputError(
                    "a known figure of a product group that is no part of its cluster",
                    row=number,
                    column="cluster, product_group",
                    found=f"{row['cluster']}, {row['product_group']}",
                    expected="a cluster that the product group may have a part in",
                )


def _refuse_contradiction(made: Crossing, codes: list[str]) -> None:
    """Raises InputError with the known figures that do not fit the published ones, or one another.

    They are those with a price where known figures may be missed, from which each is left out in turn that the
    contradiction does not need.
    """
    own = made.known.index[made.known.indicator.isin(codes)].tolist()

    def fits(kept: Collection[int], codes: list[str] = codes) -> bool:
        """Whether something fits when only these known figures are asked."""
        search = joint(made, codes, without=[row for row in own if row not in kept])
        return search.lp.minimise(np.zeros(search.size)) is not None

    for code in codes:
        if not fits([], [code]):
            raise InputError(
                f"the published figures of provinces and clusters cannot hold together in {code}",
                column=code,
                expected="parts of product groups that add to both, within rounding",
                remedy="compare the totals of the two tables, and the product groups that a cluster is said to consist of",
            )
    elastic = joint(made, codes, slack=True)
    sizes = np.maximum(elastic.known.high.where(np.isfinite(elastic.known.high), elastic.known.low), 1.0)
    cost = np.r_[np.zeros(elastic.size - 2 * len(own)), np.tile(1 / sizes, 2)]
    prices = np.abs(attained(elastic.lp.minimise(cost)).prices[-len(own) :] * sizes)
    needed = [row for row, price in zip(own, prices, strict=True) if price > 1e-9]
    if fits(needed):
        needed = own  # the prices were too small to tell
    for row in list(needed):
        if not fits([one for one in needed if one != row]):
            needed.remove(row)
    raise InputError(
        f"{len(needed)} known figures cannot hold together with the published ones",
        column=", ".join(dict.fromkeys(made.known.indicator[needed])),
        found=", ".join(_said(made.known, row) for row in needed),
        expected="figures of the same definition and year as the published tables",
        remedy="leave one of them out, or widen its interval",
    )


def _said(known: pd.DataFrame, row: int) -> str:
    """A known figure in words: where it stands, what it is about, and its interval."""
    one: Any = known.loc[row]
    at = one["where"] if "where" in known else f"row {row + 1}"
    # The id of a cluster or place tells nothing of a product group in it.
    of = f" of {one.product_group}" if one.product_group and (one.cluster or one.place != "NL") else ""
    return f"{at} ({fact_id(one.indicator, Subject(*one[SUBJECT]))}{of} {one.low:g} to {one.high:g})"
