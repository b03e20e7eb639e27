"""The allocation: how the product groups are divided over places, as far as the published figures tell.

One key for all figures: product group g has the share s[g, p] of its jobs, its turnover, its CO2 and all else in
place p. A matrix of shares fits when

    s >= 0,   sum over p of s[g, p] = 1,
    sum over g of s[g, p] * (x - h)[g, k] <= (y + h)[p, k]   and   sum over g of s[g, p] * (x + h)[g, k] >= (y - h)[p, k]

for every published figure k, x of the product groups and y of the places, h half the last printed unit. A product group's
figure may so lie anywhere in its interval, and elsewhere for another place: the set of matrices that fit is never too
small. Places are the twelve provinces, or the five clusters, whose table has the same columns.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from factpress.dimensions import Subject
from factpress.errors import InputError
from upcm_analysis.topics.regions.linear import LinearProgram
from upcm_analysis.vocabulary.figures import of

#: A misfit of less than this many percent of a figure is arithmetic, not a finding.
NEGLIGIBLE_PCT = 1e-6


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

    def program(self, columns: np.ndarray | None = None, **limits: float) -> LinearProgram:
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


def allocation(
    figures: pd.DataFrame, indicators: Collection[str], over: str = "province", known: pd.DataFrame | None = None
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
        low_groups=sides["product-group", "low"].to_numpy(dtype=float),
        high_groups=sides["product-group", "high"].to_numpy(dtype=float),
        low_places=sides[over, "low"].to_numpy(dtype=float),
        high_places=sides[over, "high"].to_numpy(dtype=float),
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
    return None if found is None else found.point.reshape(program.shape)


def sizes(program: Allocation) -> np.ndarray:
    """[place, indicator]: what a misfit is a percentage of: the published figure, or its interval where that is zero."""
    size = np.maximum(program.places_as_printed, program.high_places - program.low_places)
    return np.where(size > 0, size, 1.0)


def weights(program: Allocation) -> np.ndarray:
    """Of each row of the program the size of its figure."""
    return np.repeat(sizes(program).ravel(), 2)


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
