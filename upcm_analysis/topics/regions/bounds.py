"""Bounds: the smallest and the largest value that a quantity has over all allocations that fit the published figures.

Of a union U of product groups in place p, figure k is any t with

    sum over g in U of s[g, p] * (x - h)[g, k]  <=  t  <=  sum over g in U of s[g, p] * (x + h)[g, k]
    y - h - sum over g not in U of s[g, p] * (x + h)[g, k]  <=  t  <=  y + h - sum over g not in U of s[g, p] * (x - h)[g, k]

that is, t and what is left for the other product groups add to the published figure of the place. Minimum and maximum of t
are linear programs; of t / t' they are too, after the transformation of Charnes and Cooper (1962).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from factpress.methods import method
from upcm_analysis.topics.regions.allocation import Allocation
from upcm_analysis.topics.regions.conflicts import require
from upcm_analysis.topics.regions.linear import TOLERANCE, LinearProgram, Solution, Unbounded, attained
from upcm_analysis.vocabulary.figures import SUBJECT

BOUND = ["indicator", *SUBJECT, "low", "high"]


@dataclass(frozen=True, eq=False)
class Extremes:
    """The smallest and the largest value of a quantity, and of each a matrix of shares in which it is attained."""

    low: float
    high: float
    at_low: np.ndarray
    at_high: np.ndarray


@method("bounds", status="estimated", nl="alleen grenzen bekend", en="only bounds known")
def bounds(program: Allocation, unions: dict[str, list[str]], share: str) -> pd.DataFrame:
    """The bounds of everything: shares, and all figures of each product group and each union of them in each place.

    `unions` are clusters that consist of whole product groups. A row is one quantity: `indicator` (`share` for the share of a
    product group, in percent), its subject, `low` and `high`.
    """
    parts = {("", group): [group] for group in program.groups} | {(name, ""): groups for name, groups in unions.items()}
    require(program)
    search, member = Search(program), np.array([_members(program, groups) for groups in parts.values()])
    asked = [
        (p, part, number)
        for p in range(len(program.places))
        for part in range(len(parts))
        for number in range(len(program.indicators) + 1)  # the share first, of one product group
        if number or member[part].sum() == 1
    ]

    def extreme(at: tuple[int, int, int], largest: bool) -> Solution:
        """The end of a figure of a product group in a place, or of the share that it is of it."""
        p, part, number = at
        if number:
            return attained(search.figure(member[part], p, number - 1, largest))
        return attained(search.share(member[part], p, largest))

    # Nothing is negative: where one of the points that were found has none of a quantity, zero is its lower bound.
    high, none = {}, np.array(False)
    for at in asked:
        found = extreme(at, True)
        high[at] = found.value
        none = none | _none(program, member, found.point[: program.floor.size].reshape(program.shape))
    low = {at: 0.0 if none[at] else extreme(at, False).value for at in asked}
    names, codes, scale = list(parts), (share, *program.indicators), np.r_[100.0, np.ones(len(program.indicators))]
    rows = [
        (
            codes[number],
            program.places[p],
            *names[part],
            "",
            *(scale[number] * side[p, part, number] for side in (low, high)),
        )
        for p, part, number in asked
    ]
    return pd.DataFrame(rows, columns=BOUND)


def _none(program: Allocation, member: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """What can be zero with these shares: [place, part, share of its product groups and then each indicator]."""
    least, most = (shares[:, :, None] * sides[:, None, :] for sides in (program.low_groups, program.high_groups))
    own = np.tensordot(member, np.dstack([shares, least]), 1) <= TOLERANCE
    others = np.tensordot(~member, most, 1) >= program.low_places - TOLERANCE  # enough for the place without the part
    own[:, :, 1:] &= others
    return own.swapaxes(0, 1)


def share_extremes(program: Allocation, group: str, place: str) -> Extremes:
    """The bounds of the share of a product group in a place, as a fraction."""
    search, members, p = Search(program), _members(program, [group]), program.places.index(place)
    return _extremes(program, [search.share(members, p, largest) for largest in (False, True)])


def figure_extremes(program: Allocation, indicator: str, groups: list[str], place: str) -> Extremes:
    """The bounds of a figure of some product groups together in a place, in the unit of the figure."""
    search, members, p = Search(program), _members(program, groups), program.places.index(place)
    k = program.indicators.index(indicator)
    return _extremes(program, [search.figure(members, p, k, largest) for largest in (False, True)])


def ratio_extremes(
    program: Allocation, over: str, under: str, groups: list[str], place: str, factor: float = 1.0
) -> Extremes:
    """The bounds of factor * over / under of some product groups together in a place.

    `high` is infinite where the denominator may be zero; where it must be, neither bound is a number.
    """
    members, p = _members(program, groups), program.places.index(place)
    search = _Ratio(program, members, p, program.indicators.index(over), program.indicators.index(under))
    (low, at_low), (high, at_high) = (search.extreme(largest) for largest in (False, True))
    return Extremes(factor * low, factor * high, at_low, at_high)


@method("bounds-with-point-sources", status="estimated", nl="alleen grenzen bekend", en="only bounds known")
def weighted_extremes(program: Allocation, low: np.ndarray, high: np.ndarray, place: str) -> Extremes:
    """The bounds of the sum over g of w[g] * s[g, place], where each weight lies between `low` and `high`."""
    p, search = program.places.index(place), program.program()
    found = []
    for largest, weights in ((False, low), (True, high)):
        cost = np.zeros(program.shape)
        cost[:, p] = weights
        found.append(_best(search, cost.ravel(), largest))
    return _extremes(program, found)


@method("bounds-of-ratio", status="estimated", nl="alleen grenzen bekend", en="only bounds known")
def ratios(program: Allocation, unions: dict[str, list[str]], named: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    """The bounds of ratios of each union in each place. `named` has (name, over, under, factor) of each.

    Of a single product group a ratio is the same in every place, since one key divides all its figures.
    """
    rows = []
    for name, over, under, factor in named:
        for union, groups in unions.items():
            for place in program.places:
                found = ratio_extremes(program, over, under, groups, place, factor)
                rows.append((name, place, union, "", "", found.low, found.high))
    return pd.DataFrame(rows, columns=BOUND)


def margins_only(program: Allocation, groups: list[str], indicator: str, place: str) -> tuple[float, float]:
    """The Frechet bounds: what the two published totals of one column say alone, without a key.

    max(0, X + y - T) <= t <= min(X, y), X the total of these product groups, y that of the place, T that of everything.
    """
    members, k = _members(program, groups), program.indicators.index(indicator)
    p = program.places.index(place)
    rest = program.high_groups[~members, k].sum()
    low = max(0.0, program.low_groups[members, k].sum() - (program.high_places[:, k].sum() - program.high_places[p, k]))
    low = max(low, program.low_places[p, k] - rest, 0.0)
    return low, min(program.high_groups[members, k].sum(), program.high_places[p, k])


class Search:
    """One warm linear program over shares and one further variable, t, for any number of quantities."""

    def __init__(self, program: Allocation):
        self.program = program
        self.size = program.floor.size
        matrix, upper = program.rows
        sums, ones = program.sums, np.ones(len(program.groups))
        blocks = np.block([[sums], [matrix], [np.zeros((4, self.size))]])
        self.first = len(blocks) - 4
        self.lp = LinearProgram(
            np.hstack([blocks, np.r_[np.zeros(self.first), np.ones(4)][:, None]]),
            np.r_[ones, np.full(len(upper) + 4, -np.inf)],
            np.r_[ones, upper, np.full(4, np.inf)],
            np.r_[program.floor.ravel(), 0.0],
            np.r_[program.ceiling.ravel(), np.inf],
        )
        self.now: tuple | None = None

    def share(self, members: np.ndarray, p: int, largest: bool) -> Solution | None:
        """The share of the one member in place p."""
        cost = np.zeros(self.size + 1)
        cost[: self.size].reshape(self.program.shape)[members, p] = 1
        return _best(self.lp, cost, largest)

    def figure(self, members: np.ndarray, p: int, k: int, largest: bool) -> Solution | None:
        """Figure k of the members together in place p."""
        if (*members, p, k) != self.now:
            for row, (coefficients, low, high) in enumerate(limits_of_part(self.program, members, p, k)):
                self.lp.rewrite(self.first + row, np.r_[-coefficients, 1.0], low, high)
            self.now = (*members, p, k)
        return _best(self.lp, np.r_[np.zeros(self.size), 1.0], largest)


class _Ratio:
    """The transformation of Charnes and Cooper: shares times tau, tau, t and u, with tau such that the denominator u is 1."""

    def __init__(self, program: Allocation, members: np.ndarray, p: int, over: int, under: int):
        size, groups = program.floor.size, len(program.groups)
        self.shape = program.shape
        self.scales = [max(program.high_groups[members, k].sum(), 1.0) for k in (over, under)]
        matrix, upper = program.rows
        parts = [
            (coefficients, low, high, column)
            for column, k in enumerate((over, under))
            for coefficients, low, high in limits_of_part(program, members, p, k)
        ]
        own = np.array([part[0] for part in parts])
        least, most = (np.array([part[side] for part in parts]) for side in (1, 2))
        limit = np.where(np.isfinite(least), least, most)
        scaled = np.zeros((len(parts), 2))
        scaled[range(len(parts)), [part[3] for part in parts]] = [self.scales[part[3]] for part in parts]
        none = np.zeros
        rows = np.block(
            [
                [program.sums, -np.ones((groups, 1)), none((groups, 2))],
                [matrix, -upper[:, None], none((len(matrix), 2))],
                [np.eye(size), -program.floor.reshape(-1, 1), none((size, 2))],
                [np.eye(size), -program.ceiling.reshape(-1, 1), none((size, 2))],
                [-own, -limit[:, None], scaled],
            ]
        )
        below = [none(groups), np.full(len(matrix), -np.inf), none(size), np.full(size, -np.inf)]
        above = [none(groups), none(len(matrix)), np.full(size, np.inf), none(size)]
        low = np.concatenate([*below, np.where(np.isfinite(least), 0, -np.inf)])
        high = np.concatenate([*above, np.where(np.isfinite(most), 0, np.inf)])
        ends = [np.r_[none(size + 2), 1.0], np.r_[np.full(size + 2, np.inf), 1.0]]
        self.lp = LinearProgram(rows, low, high, *ends)
        self.cost = np.r_[none(size + 1), 1.0, 0.0]

    def extreme(self, largest: bool) -> tuple[float, np.ndarray]:
        """The smallest or largest ratio, and the shares where it is attained."""
        nowhere = np.full(self.shape, np.nan)
        try:
            found = _best(self.lp, self.cost, largest)
        except Unbounded:
            return np.inf, nowhere
        if found is None:
            return np.nan, nowhere
        shares, tau = found.point[:-3], found.point[-3]
        return found.value * self.scales[0] / self.scales[1], (shares / tau).reshape(self.shape)


def limits_of_part(program: Allocation, members: np.ndarray, p: int, k: int) -> list[tuple[np.ndarray, float, float]]:
    """What figure k of the product groups `members` in place p may be: rows (c, low, high) of low <= t - c . s <= high."""

    def at(values: np.ndarray) -> np.ndarray:
        """Coefficients of the shares in place p."""
        coefficients = np.zeros(program.shape)
        coefficients[:, p] = values
        return coefficients.ravel()

    low, high = program.low_groups[:, k], program.high_groups[:, k]
    return [
        (at(np.where(members, low, 0)), 0.0, np.inf),
        (at(np.where(members, high, 0)), -np.inf, 0.0),
        (at(np.where(members, 0, -high)), program.low_places[p, k], np.inf),
        (at(np.where(members, 0, -low)), -np.inf, program.high_places[p, k]),
    ]


def _best(lp: LinearProgram, cost: np.ndarray, largest: bool) -> Solution | None:
    return lp.maximise(cost) if largest else lp.minimise(cost)


def _members(program: Allocation, groups: list[str]) -> np.ndarray:
    """Of each product group whether it is one of these. Raises KeyError for one that the allocation does not have."""
    unknown = [group for group in groups if group not in program.groups]
    if unknown:
        raise KeyError(f"product groups that are not allocated: {', '.join(unknown)}")
    return np.isin(program.groups, groups)


def _extremes(program: Allocation, found: list[Solution | None]) -> Extremes:
    low, high = found
    if low is None or high is None:
        raise ValueError("no shares fit the published figures: see `conflicts.require`")
    size = program.floor.size
    return Extremes(low.value, high.value, *(one.point[:size].reshape(program.shape) for one in (low, high)))
