"""Reach: whether figures can lie as low and as high as they must, while known figures are released and withheld in turn.

Each figure asks that of a program, to either side, and again for whatever else is released. Each yes is a point of the set, and
a point that still fits what is released answers for every figure at once. So all points are kept, and a program is solved
only where none of them answers. A no is never taken from points: it is what the figure's own program says.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from factpress.dimensions import Subject
from upcm_analysis.topics.regions.crossing import Crossing, joint
from upcm_analysis.topics.regions.linear import TOLERANCE
from upcm_analysis.vocabulary.figures import SUBJECT


class Reach:
    """Figures that must be able to lie as low as `low` and as high as `high`, and the known figures besides.

    A row of `targets` is an `indicator` (`share` for the share of a product group, in percent) and a subject, with `low` and
    `high`. Each has the columns of all known figures in its program, whether these are released or not.
    """

    def __init__(self, made: Crossing, targets: pd.DataFrame, share: str):
        known = set(made.known.indicator)
        own = targets.indicator.where(~targets.indicator.isin({share, *known}), "")
        self.programs = []
        for code, rows in targets.groupby(own, sort=False):
            codes = known | {code} - {""} or {made.program.indicators[0]}
            self.programs.append(_Program(made, [one for one in made.program.indicators if one in codes], rows, share))

    def bare(self, released: np.ndarray, asked: pd.Index) -> Iterator:
        """The targets, of those that are asked, that cannot lie so low or so high when these known figures are released.

        One after another, in the order in which they are asked among those of the same columns.
        """
        for one in self.programs:
            yield from one.bare(released, asked[asked.isin(one.names)])


class _Program:
    """The targets of the same columns, their program, and of each point that was found the targets' values and what it fits."""

    def __init__(self, made: Crossing, codes: list[str], targets: pd.DataFrame, share: str):
        program = joint(replace(made, known=made.known.iloc[:0]), codes)

        def rows(table: pd.DataFrame) -> np.ndarray:
            keys = table[["indicator", *SUBJECT]].itertuples(index=False, name=None)
            return np.array([program.cost(code, Subject(*about)) for code, *about in keys]).reshape(-1, program.size)

        self.lp, self.names = program.lp, targets.index
        self.asked, self.known = rows(targets), rows(made.known)
        scale = np.where(targets.indicator == share, 100.0, 1.0)
        self.low, self.high = (targets[side].to_numpy(dtype=float) / scale for side in ("low", "high"))
        self.least, self.most = (made.known[side].to_numpy(dtype=float) for side in ("low", "high"))
        self.first = self.lp.add(np.vstack([self.known, self.asked]))
        self.values: list[np.ndarray] = []
        self.fits: list[np.ndarray] = []

    def bare(self, released: np.ndarray, asked: pd.Index) -> Iterator:
        fit = [values for values, fits in zip(self.values, self.fits, strict=True) if fits[released].all()]
        free = np.full(len(self.names), np.inf)
        lowest, highest = np.min([*fit, free], axis=0), np.max([*fit, -free], axis=0)
        for name, number in zip(asked, self.names.get_indexer(asked), strict=True):
            for most, least in ((self.low[number], -np.inf), (np.inf, self.high[number])):
                if lowest[number] <= most and highest[number] >= least:
                    continue
                point = self._point(released, int(number), least, most)
                if point is None:
                    yield name
                    break
                lowest, highest = np.minimum(lowest, self.values[-1]), np.maximum(highest, self.values[-1])

    def _point(self, released: np.ndarray, number: int, least: float, most: float) -> np.ndarray | None:
        """A point at which a target lies between these, kept for the others; None where there is none."""
        free = np.full(len(self.names), np.inf)
        lower, upper = (
            np.r_[np.where(released, self.least, -np.inf), -free],
            np.r_[np.where(released, self.most, np.inf), free],
        )
        lower[len(released) + number], upper[len(released) + number] = least, most
        point = self.lp.within(lower, upper, self.first)
        if point is not None:
            known = self.known @ point
            self.values.append(self.asked @ point)
            self.fits.append((known >= self.least - TOLERANCE) & (known <= self.most + TOLERANCE))
        return point
