"""The single-key test: whether one key per product group gives every published figure, and how often that is seen."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from factpress.dimensions import Subject, fact_id
from factpress.methods import method
from upcm_analysis.topics.regions.allocation import NEGLIGIBLE_PCT, Allocation, allocation, sizes, weights
from upcm_analysis.topics.regions.linear import attained


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
    weight = weights(program)
    worst = attained(program.program(-weight[:, None]).minimise(np.r_[np.zeros(size), 1.0])).value
    halves = np.repeat((program.high_places - program.low_places).ravel() / 2, 2)
    room = attained(program.program(halves[:, None], floor=-np.inf).maximise(np.r_[np.zeros(size), 1.0]))
    elastic = attained(program.program(-np.diag(weight)).minimise(np.r_[np.zeros(size), np.ones(len(weight))]))
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
    percent = 100 * beyond / sizes(program)
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
        worst = missed.iloc[missed.beyond_pct.abs().argmax()] if len(missed) else None
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
    program: Allocation,
    noise_pct: Iterable[float],
    draws: int,
    seed: int,
    together: list[str] | None = None,
    keep_totals: bool = True,
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
