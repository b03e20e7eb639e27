"""The allocation: how the product groups are divided over places, as far as the published figures tell.

One key for all figures: product group g has the share s[g, p] of its jobs, its turnover, its CO2 and all else in
place p. A matrix of shares fits when

    s >= 0,   sum over p of s[g, p] = 1,
    sum over g of s[g, p] * (x - h)[g, k] <= (y + h)[p, k]   and   sum over g of s[g, p] * (x + h)[g, k] >= (y - h)[p, k]

for every published figure k, x of the product groups and y of the places, h half the last printed unit. A product group's
figure may so lie anywhere in its interval, and elsewhere for another place: the set of matrices that fit is never too
small. Places are the twelve provinces, or the five clusters, whose table has the same columns.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from factpress.dimensions import Subject, fact_id
from factpress.errors import InputError
from factpress.methods import method
from upcm_analysis.topics.regions.linear import LinearProgram
from upcm_analysis.vocabulary.figures import of

#: A misfit of less than this many percent of a figure is arithmetic, not a finding.
NEGLIGIBLE_PCT = 1e-6
#: How many single explanations of a conflict a message names.
NAMED = 6


@dataclass(frozen=True, eq=False)
class Allocation:
    """The published figures that a matrix of shares must reproduce.

    `low_groups`, `high_groups`: [product group, indicator], the interval of each product group's national figure;
    `low_places`, `high_places`: [place, indicator]; `floor`, `ceiling`: [product group, place], what is known of the
    shares themselves. `over` is the kind of place: province or cluster.
    """

    over: str
    indicators: tuple[str, ...]
    groups: tuple[str, ...]
    places: tuple[str, ...]
    low_groups: np.ndarray
    high_groups: np.ndarray
    low_places: np.ndarray
    high_places: np.ndarray
    floor: np.ndarray
    ceiling: np.ndarray

    @property
    def shape(self) -> tuple[int, int]:
        """Number of product groups and of places."""
        return len(self.groups), len(self.places)

    @property
    def groups_as_printed(self) -> np.ndarray:
        """[product group, indicator]: the middle of each interval."""
        return (self.low_groups + self.high_groups) / 2

    @property
    def places_as_printed(self) -> np.ndarray:
        """[place, indicator]: the middle of each interval."""
        return (self.low_places + self.high_places) / 2

    @cached_property
    def rows(self) -> tuple[np.ndarray, np.ndarray]:
        """A and b of A s <= b, s by product group and then place: two rows a published figure of a place.

        Row 2 * (p * indicators + k) says that the figure is not too small for the shares, the next that it is not too
        large.
        """
        groups, places = self.shape
        matrix = np.zeros((places, len(self.indicators), 2, groups, places))
        for p in range(places):
            matrix[p, :, 0, :, p] = self.low_groups.T
            matrix[p, :, 1, :, p] = -self.high_groups.T
        limits = np.stack([self.high_places, -self.low_places], axis=-1)
        return matrix.reshape(-1, groups * places), limits.ravel()

    @cached_property
    def sums(self) -> np.ndarray:
        """The matrix of sum over p of s[g, p], for shares by product group and then place."""
        groups, places = self.shape
        return np.kron(np.eye(groups), np.ones(places))

    def place(self, p: int) -> Subject:
        """The subject that a place is."""
        name = self.places[p]
        return Subject(cluster=name) if self.over == "cluster" else Subject(place=name)

    def program(self, columns: np.ndarray | None = None, **limits) -> LinearProgram:
        """The set of shares that fit; `columns` are those of further variables in the rows of the published figures.

        `limits` are `floor` and `ceiling` of the further variables.
        """
        matrix, upper = self.rows
        count = 0 if columns is None else columns.shape[1]
        further = np.zeros((len(matrix), 0)) if columns is None else columns
        blocks = np.block([[self.sums, np.zeros((len(self.sums), count))], [matrix, further]])
        ones = np.ones(len(self.sums))
        return LinearProgram(
            blocks,
            np.concatenate([ones, np.full(len(upper), -np.inf)]),
            np.concatenate([ones, upper]),
            np.concatenate([self.floor.ravel(), np.full(count, limits.get("floor", 0.0))]),
            np.concatenate([self.ceiling.ravel(), np.full(count, limits.get("ceiling", np.inf))]),
        )

    def misfit(self, shares: np.ndarray) -> float:
        """How far a matrix of shares is from fitting: the largest excess of a row, relative to its largest coefficient."""
        matrix, upper = self.rows
        scale = np.abs(matrix).max(axis=1)
        scale[scale == 0] = 1.0
        outside = np.concatenate([self.floor - shares, shares - self.ceiling], axis=None).max()
        return max(
            float(((matrix @ shares.ravel() - upper) / scale).max()),
            float(np.abs(shares.sum(axis=1) - 1).max()),
            float(outside),
        )


@dataclass(frozen=True, eq=False)
class Fit:
    """What the single-key test found.

    `worst_pct`: the smallest percentage e for which shares exist that miss no figure by more than e percent beyond its
    rounding; 0 where all fit. `room`: where all fit, the part of the rounding of the places' figures that is not needed.
    `cells`: one row a published figure, with `fitted` and `beyond`, how far the fitted figure lies outside the interval, where
    the percentages beyond are smallest in sum. `shares`: that matrix.
    """

    feasible: bool
    worst_pct: float
    room: float
    cells: pd.DataFrame
    shares: np.ndarray


def allocation(
    figures: pd.DataFrame, indicators, over: str = "province", known: pd.DataFrame | None = None
) -> Allocation:
    """The published figures of product groups and places, as a program.

    `over` is province or cluster. `known` are further figures, of a product group in a place: they limit its share.
    Raises InputError where a figure is missing, has no interval or is negative.
    """
    tables = {kind: {code: of(figures, code, kind) for code in indicators} for kind in ("product-group", over)}
    level = {"product-group": "product_group", "province": "place", "cluster": "cluster"}
    codes = {
        kind: list(
            dict.fromkeys(code for table in tables[kind].values() for code in table.index.get_level_values(name))
        )
        for kind, name in level.items()
        if kind in tables
    }
    sides = {}
    for kind, by_code in tables.items():
        for side in ("low", "high"):
            columns = {
                code: table.set_axis(table.index.get_level_values(level[kind]))[side] for code, table in by_code.items()
            }
            sides[kind, side] = pd.DataFrame(columns).reindex(codes[kind]).astype(float)
        _refuse_unusable(sides[kind, "low"], sides[kind, "high"], level[kind])
    groups, places = codes["product-group"], codes[over]
    made = Allocation(
        over,
        tuple(indicators),
        tuple(groups),
        tuple(places),
        *(sides[kind, side].to_numpy(dtype=float) for kind in ("product-group", over) for side in ("low", "high")),
        floor=np.zeros((len(groups), len(places))),
        ceiling=np.ones((len(groups), len(places))),
    )
    return made if known is None else with_known(made, known)


def with_known(program: Allocation, known: pd.DataFrame) -> Allocation:
    """The allocation with what is known of product groups in places: low / (x + h) <= s <= high / (x - h).

    `known` has rows as figures have, with both a product group and a place (or cluster). Raises InputError for one that
    the allocation does not have.
    """
    floor, ceiling = program.floor.copy(), program.ceiling.copy()
    lists = {"indicator": program.indicators, "product_group": program.groups}
    lists["cluster" if program.over == "cluster" else "place"] = program.places
    for number, row in enumerate(known.to_dict("records"), start=1):
        refuse_unknown(number, row, lists, "a known figure that the published tables have no place for")
        k, g, p = (list(codes).index(row[name]) for name, codes in lists.items())
        low, high = program.low_groups[g, k], program.high_groups[g, k]
        if row["low"] > high:
            raise InputError(
                "a known part is larger than its product group",
                row=number,
                column="low",
                found=row["low"],
                expected=f"at most {high:g}, of {row['indicator']}/product-group/{row['product_group']}",
            )
        floor[g, p] = max(floor[g, p], row["low"] / high if high > 0 else 0.0)
        ceiling[g, p] = min(ceiling[g, p], row["high"] / low if low > 0 else 1.0)
    return replace(program, floor=floor, ceiling=ceiling)


def refuse_unknown(number: int, row: dict, lists: dict, problem: str) -> None:
    """Raises InputError where a row (the first is 1) has something in a column that is not in the list for that column."""
    for name, codes in lists.items():
        if row[name] not in codes:
            raise InputError(
                problem,
                row=number,
                column=name,
                found=row[name],
                expected="one of " + ", ".join(code for code in codes if code),
            )


def as_printed(program: Allocation) -> Allocation:
    """The allocation with the product groups' figures exactly as printed: a set inside the set of all that fit."""
    middle = program.groups_as_printed
    return replace(program, low_groups=middle, high_groups=middle)


def fitting(program: Allocation) -> np.ndarray | None:
    """Some matrix of shares that fits, or None where there is none."""
    found = program.program().minimise(np.zeros(program.floor.size))
    return found and found.point.reshape(program.shape)


@method(
    "single-key-fit",
    status="derived",
    nl="toets of één sleutel per productgroep past",
    en="test whether one key per product group fits",
)
def fit(program: Allocation) -> Fit:
    """The single-key test: is there a matrix of shares that reproduces every published figure within rounding?

    Where there is none: the smallest misfit, and in which places and columns.
    """
    size = program.floor.size
    weight = _weights(program)
    worst = program.program(-weight[:, None]).minimise(np.r_[np.zeros(size), 1.0]).value
    halves = np.repeat((program.high_places - program.low_places).ravel() / 2, 2)
    room = program.program(halves[:, None], floor=-np.inf).maximise(np.r_[np.zeros(size), 1.0])
    elastic = program.program(-np.diag(weight)).minimise(np.r_[np.zeros(size), np.ones(len(weight))])
    shares = elastic.point[:size].reshape(program.shape)
    worst_pct = 100 * worst if 100 * worst > NEGLIGIBLE_PCT else 0.0
    return Fit(worst_pct == 0, worst_pct, min(1.0, max(0.0, room.value)), cells(program, shares), shares)


def cells(program: Allocation, shares: np.ndarray) -> pd.DataFrame:
    """The published figures of the places beside what shares make of them, one row a figure.

    `published`, `low`, `high`; `fitted`, the nearest to the published figure that the shares allow; `beyond`, how far that
    lies outside the interval (signed, in the unit of the figure), and `beyond_pct`, in percent of the published figure.
    """
    smallest, largest = shares.T @ program.low_groups, shares.T @ program.high_groups
    published = program.places_as_printed
    fitted = np.clip(published, smallest, largest)
    beyond = np.where(fitted > published, np.maximum(fitted - program.high_places, 0), 0.0)
    beyond = np.where(fitted < published, np.minimum(fitted - program.low_places, 0), beyond)
    percent = 100 * beyond / _sizes(program)
    negligible = np.abs(percent) <= NEGLIGIBLE_PCT
    percent, beyond = np.where(negligible, 0.0, percent), np.where(negligible, 0.0, beyond)
    rows = [
        {
            "place": program.place(p).place,
            "cluster": program.place(p).cluster,
            "indicator": code,
            "published": published[p, k],
            "low": program.low_places[p, k],
            "high": program.high_places[p, k],
            "fitted": fitted[p, k],
            "beyond": beyond[p, k],
            "beyond_pct": percent[p, k],
        }
        for p in range(len(program.places))
        for k, code in enumerate(program.indicators)
    ]
    return pd.DataFrame(rows)


def single_key(figures: pd.DataFrame, sets: dict[str, list[str]], over: str) -> pd.DataFrame:
    """The single-key test for several sets of columns, one row a set.

    `set`, `over`, `figures` (how many must be reproduced), `feasible`, `worst_pct` and `room` as in `Fit`, `missed` (figures
    beyond their rounding where the sum of percentages is smallest) and `most_missed` (the fact id of the worst of those).
    """
    rows = []
    for name, indicators in sets.items():
        program = allocation(figures, indicators, over)
        found = fit(program)
        missed = found.cells[found.cells.beyond != 0]
        worst = missed.loc[missed.beyond_pct.abs().idxmax()] if len(missed) else None
        rows.append(
            {
                "set": name,
                "over": over,
                "figures": len(found.cells),
                "feasible": found.feasible,
                "worst_pct": found.worst_pct,
                "room": found.room,
                "missed": len(missed),
                "most_missed": "" if worst is None else fact_id(worst.indicator, Subject(worst.place, worst.cluster)),
            }
        )
    return pd.DataFrame(rows)


@method(
    "single-key-power",
    status="derived",
    nl="hoe vaak de toets slaagt als cijfers zijn veranderd",
    en="how often the test passes when figures were changed",
)
def power(
    program: Allocation, noise_pct, draws: int, seed: int, together: list[str] | None = None, keep_totals: bool = True
) -> pd.DataFrame:
    """How often the single-key test still passes when the places' figures are not an allocation, but nearly one.

    Each figure y becomes y * (1 + noise * z), z standard normal, rounded to its unit: every figure with a z of its own; or,
    with `together`, the figures of these indicators alone, with one z a place. With `keep_totals` each column is first scaled
    back to its sum, so that the test is not passed over for a total that is wrong. One row a noise level: `noise_pct`,
    `draws`, `passed`, `passed_pct`.
    """
    halves = (program.high_places - program.low_places) / 2
    published = program.places_as_printed
    shaken = np.isin(program.indicators, program.indicators if together is None else together)
    own = published.shape if together is None else (len(published), 1)
    test, groups = program.program(), len(program.groups)
    rows = []
    for level in noise_pct:
        random = np.random.default_rng([seed, round(1000 * level)])
        passed = 0
        for _ in range(draws):
            noisy = published * (1 + level / 100 * random.standard_normal(own) * shaken)
            if keep_totals:
                noisy *= published.sum(axis=0) / noisy.sum(axis=0)
            unit = np.where(halves > 0, 2 * halves, 1.0)
            noisy = np.maximum(np.where(halves > 0, np.round(noisy / unit) * unit, noisy), 0.0)
            limits = np.stack([noisy + halves, -(noisy - halves)], axis=-1).ravel()
            passed += test.within(np.full(len(limits), -np.inf), limits, groups) is not None
        rows.append({"noise_pct": level, "draws": draws, "passed": passed, "passed_pct": 100 * passed / draws})
    return pd.DataFrame(rows)


def conflict(program: Allocation) -> pd.DataFrame:
    """Published figures of places that cannot hold together, and none of which can be missed for that; empty where all fit.

    An irreducible infeasible subset: the figures with a price in the elastic relaxation, from which each is left out in
    turn that the contradiction does not need. A row a figure: `fact_id`, `place`, `cluster`, `indicator`, `published`.
    """
    size, weight = program.floor.size, _weights(program)
    elastic = program.program(-np.diag(weight)).minimise(np.r_[np.zeros(size), np.ones(len(weight))])
    if 100 * elastic.value <= NEGLIGIBLE_PCT:
        return _named(program, [])
    prices = np.abs(elastic.prices[len(program.groups) :] * weight).reshape(-1, 2).max(axis=1)
    members = [int(cell) for cell in np.argsort(prices) if prices[cell] > 1e-9]  # the least needed first
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
    for row in among.itertuples():
        p, k = program.places.index(row.cluster or row.place), indicators.index(row.indicator)
        cell = p * len(indicators) + k
        rest = _without(program, [cell])
        shares = np.zeros((2, *program.shape))
        shares[0, :, p], shares[1, :, p] = program.low_groups[:, k], program.high_groups[:, k]
        least, most = rest.minimise(shares[0].ravel()), rest.maximise(shares[1].ravel())
        if least is not None:
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
        f"{row.fact_id} {row.published:g} (the others allow {row.low:.6g} to {row.high:.6g})"
        for row in alone.itertuples()
    ]
    if len(said) > NAMED:
        said = [*said[:NAMED], f"and {len(said) - NAMED} more"]
    raise InputError(
        f"{len(names)} published figures cannot hold together, whatever the shares of the product groups",
        found=", ".join(f"{row.fact_id} {row.published:g}" for row in names.itertuples()),
        expected="one share per product group and place that reproduces every figure within rounding",
        remedy="check these in the source; "
        + (f"any one of these alone would explain it: {', '.join(said)}" if said else "no single figure explains it"),
    )


def fits_without(program: Allocation, left_out) -> bool:
    """Whether some shares fit when the figures with these numbers (place * indicators + indicator) are left out."""
    return _without(program, left_out).minimise(np.zeros(program.floor.size)) is not None


def _without(program: Allocation, left_out) -> LinearProgram:
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


def _sizes(program: Allocation) -> np.ndarray:
    """[place, indicator]: what a misfit is a percentage of: the published figure, or its interval where that is zero."""
    size = np.maximum(program.places_as_printed, program.high_places - program.low_places)
    return np.where(size > 0, size, 1.0)


def _weights(program: Allocation) -> np.ndarray:
    """Of each row of the program the size of its figure."""
    return np.repeat(_sizes(program).ravel(), 2)


def _refuse_unusable(low: pd.DataFrame, high: pd.DataFrame, level: str) -> None:
    wrong = low.isna() | high.isna() | ~np.isfinite(low) | ~np.isfinite(high) | (low < 0) | (high < low)
    if wrong.any(axis=None):
        found = [f"{code} of {name}" for code in wrong for name in wrong.index[wrong[code]]]
        raise InputError(
            f"{len(found)} figures cannot be allocated",
            column=level,
            found=", ".join(found[:5]),
            expected="for each a value with an interval, not negative",
            remedy="complete the table, or leave the column out of the allocation",
        )
