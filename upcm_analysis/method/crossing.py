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

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from upcm_analysis.method.allocation import Allocation, refuse_unknown, require
from upcm_analysis.method.bounds import BOUND
from upcm_analysis.method.figures import SUBJECT, of
from upcm_analysis.method.linear import LinearProgram
from upcm_analysis.words.codelists import Subject, fact_id
from upcm_analysis.words.errors import InputError


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
    figures: pd.DataFrame, program: Allocation, whole: dict[str, list[str]], known: pd.DataFrame | None = None
) -> Crossing:
    """The published figures of clusters beside an allocation over provinces.

    `whole` are the clusters that consist of whole product groups: these have no part in another cluster. Raises InputError
    for a known figure whose place, cluster, product group or indicator is unknown, or that contradicts `whole`.
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
    known = pd.DataFrame(columns=["indicator", *SUBJECT, "low", "high"]) if known is None else known
    made = Crossing(program, clusters, low, high, pairs, known.reset_index(drop=True))
    _refuse_unknown(made)
    return made


def bounds(made: Crossing, clusters: list[str] | None = None, indicators: list[str] | None = None) -> pd.DataFrame:
    """The bounds of figures of clusters in each province, one row a figure; all clusters and figures unless named.

    Raises InputError, with the known figures concerned, where nothing fits everything.
    """
    program = made.program
    require(program)
    rows = []
    for code in indicators or program.indicators:
        k = program.indicators.index(code)
        search = _column(made, k)
        if search.lp.minimise(np.zeros(search.size)) is None:
            _refuse_contradiction(made, k)
        found = {
            (place, cluster, largest): _extreme(search, p, made.clusters.index(cluster), largest)
            for largest in (False, True)
            for cluster in clusters or made.clusters
            for p, place in enumerate(program.places)
        }
        rows += [
            (code, place, cluster, "", "", low, found[place, cluster, True])
            for (place, cluster, largest), low in found.items()
            if not largest
        ]
    return pd.DataFrame(rows, columns=BOUND)


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
class _Column:
    """The linear program of one figure: shares first, then the amounts v by pair and place."""

    lp: LinearProgram
    size: int
    first: int
    clusters: np.ndarray
    places: int


def _column(made: Crossing, k: int, without=()) -> _Column:
    """The program of figure k, leaving out the known figures with these numbers."""
    program = made.program
    places, size = len(program.places), program.floor.size
    g, c = (np.repeat(ids, places) for ids in np.nonzero(made.pairs))
    p = np.tile(np.arange(places), made.pairs.sum())
    number = np.arange(len(g))

    def adding(labels, count):
        """The matrix that adds the amounts with the same label."""
        return sparse.csr_array((np.ones(len(g)), (labels, number)), shape=(count, len(g)))

    matrix, upper = program.rows
    into_shares = adding(g * places + p, size)
    low, high = (np.repeat(values[:, k], places) for values in (program.low_groups, program.high_groups))
    own = made.known[(made.known.indicator == program.indicators[k]) & ~made.known.index.isin(without)]
    about = [_cells(made, row, g, c, p) for row in own.itertuples()]
    known = sparse.csr_array(np.array(about, dtype=float).reshape(len(about), len(g)))
    blocks = sparse.block_array(
        [
            [sparse.csr_array(program.sums), None],
            [sparse.csr_array(matrix), None],
            [-sparse.diags_array(low), into_shares],
            [-sparse.diags_array(high), into_shares],
            [None, adding(p, places)],
            [None, adding(c, len(made.clusters))],
            *([[None, known]] if len(about) else []),
        ]
    )
    ones, free = np.ones(len(program.groups)), np.full(len(upper), -np.inf)
    least = [ones, free, np.zeros(size), np.full(size, -np.inf), program.low_places[:, k], made.low_clusters[:, k]]
    most = [ones, upper, np.full(size, np.inf), np.zeros(size), program.high_places[:, k], made.high_clusters[:, k]]
    least, most = [*least, own.low.to_numpy(dtype=float)], [*most, own.high.to_numpy(dtype=float)]
    lp = LinearProgram(
        blocks,
        np.concatenate(least),
        np.concatenate(most),
        np.r_[program.floor.ravel(), np.zeros(len(g))],
        np.r_[program.ceiling.ravel(), np.full(len(g), np.inf)],
    )
    return _Column(lp, size + len(g), size, c, places)


def _extreme(column: _Column, p: int, c: int, largest: bool) -> float:
    cost = np.zeros(column.size)
    cost[column.first :][(column.clusters == c) & (np.arange(column.size - column.first) % column.places == p)] = 1
    return (column.lp.maximise(cost) if largest else column.lp.minimise(cost)).value


def _cells(made: Crossing, row, g, c, p) -> np.ndarray:
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


def _refuse_contradiction(made: Crossing, k: int) -> None:
    """Raises InputError with the known figures that do not fit the published ones, or one another."""
    own = made.known.index[made.known.indicator == made.program.indicators[k]].tolist()

    def fits(kept):
        """Whether something fits when only these known figures are asked."""
        column = _column(made, k, without=[row for row in own if row not in kept])
        return column.lp.minimise(np.zeros(column.size)) is not None

    code = made.program.indicators[k]
    if not fits([]):
        raise InputError(
            f"the published figures of provinces and clusters cannot hold together in {code}",
            column=code,
            expected="parts of product groups that add to both, within rounding",
            remedy="compare the totals of the two tables, and the product groups that a cluster is said to consist of",
        )
    needed = list(own)
    for row in own:
        if not fits([one for one in needed if one != row]):
            needed.remove(row)
    names = [
        f"row {row + 1} ({fact_id(code, Subject(*made.known.loc[row, SUBJECT]))}"
        f"{' of ' + made.known.product_group[row] if made.known.product_group[row] and made.known.place[row] != 'NL' else ''}"
        f" {made.known.low[row]:g} to {made.known.high[row]:g})"
        for row in needed
    ]
    raise InputError(
        f"{len(needed)} known figures cannot hold together with the published ones",
        column=code,
        found=", ".join(names),
        expected="figures of the same definition and year as the published tables",
        remedy="leave one of them out, or widen its interval",
    )
