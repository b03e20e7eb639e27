"""Uncertainty: what assumptions with a range leave open of what is calculated from them, and which of them matter most.

Works on any table of assumptions and any function of them. A row of `assumed` is one assumption, indexed by its name: `value`,
`low`, `high`, `distribution`, `direction` (1 where more of it gives more, -1 where less) and `tied` (assumptions with the same
name in it are drawn together; empty for none).

Draw number i of an assumption depends on the seed, on its name and on i alone. So results are the same however the draws
are divided over chunks and workers, and one more assumption changes no draw of the others.
"""

import math
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import betainc, ndtr, ndtri

from factpress.methods import method
from upcm_analysis.vocabulary.figures import each_row

#: Takes the drawn values by the name of the assumption; gives results by name, each with one number a draw.
Model = Callable[[Mapping[str, np.ndarray]], Mapping[str, np.ndarray]]
DISTRIBUTIONS = ("fixed", "uniform", "triangular", "pert", "lognormal")
#: Draws at a time: bounds the memory and changes no result.
CHUNK = 1 << 14
#: Points that a distribution without a formula for its quantiles is known at: to a millionth of its width.
POINTS = 1 << 13
#: What does not vary is counted this finely, as a part of it.
ALIKE = 1e-9
#: Numbers that one step of the counter of the generator gives.
STEP = 4


@dataclass(frozen=True)
class Settings:
    """How to draw: how many, from which seed, how much lies within the range, and how finely results are counted.

    `middle_pct` is the part of the draws between low and high; `lognormal_pct` that of a lognormal distribution between its
    bounds; `pert_weight` that of the value against the bounds, four in the classic formula; errors are half the width of an
    interval of `confidence_pct`; results are counted in `bins` steps, and `pilot` draws decide how wide these are.
    """

    draws: int
    seed: int
    middle_pct: float
    lognormal_pct: float
    pert_weight: float
    confidence_pct: float
    bins: int
    pilot: int


def at(row: Any, uniform: np.ndarray, settings: Settings) -> np.ndarray:
    """Values of an assumption at points of its distribution, `uniform` from 0 to 1.

    - uniform and triangular: between low and high, the latter highest at value
    - pert: beta on [low, high], alpha = 1 + w (value - low) / (high - low), beta = 1 + w (high - value) / (high - low)
    - lognormal: value is the median; low and high are the ends of its middle, so low * high = value ** 2
    """
    low, value, high = row.low, row.value, row.high
    match row.distribution:
        case "fixed":
            return np.full(uniform.shape, float(value))
        case "uniform":
            return low + (high - low) * uniform
        case "triangular":
            rising = (value - low) / (high - low)
            left = low + np.sqrt(uniform * (high - low) * (value - low))
            right = high - np.sqrt((1 - uniform) * (high - low) * (high - value))
            return np.where(uniform < rising, left, right)
        case "pert":
            weight, width = settings.pert_weight, high - low
            shape = 1 + weight * (value - low) / width, 1 + weight * (high - value) / width
            return low + width * np.interp(uniform, *_beta(*shape))
        case "lognormal":
            sigma = math.log(high / value) / ndtri((1 + settings.lognormal_pct / 100) / 2)
            return value * np.exp(sigma * ndtri(uniform))
    raise ValueError(f"unknown distribution {row.distribution!r}, known are {', '.join(DISTRIBUTIONS)}")


@cache
def _beta(alpha: float, beta: float) -> tuple[np.ndarray, np.ndarray]:
    """The beta distribution as points to interpolate between: far faster than its inverse, and as good to draw from."""
    points = np.linspace(0, 1, POINTS)
    return betainc(alpha, beta, points), points


def drawn(
    assumed: pd.DataFrame, start: int, count: int, settings: Settings, together: Mapping[str, float] | None = None
) -> dict[str, np.ndarray]:
    """Draws number `start` to `start + count` of every assumption, by name.

    `together` is the correlation, from 0 to 1, of what is tied: a Gaussian copula, z = sqrt(c) w + sqrt(1 - c) e with w shared,
    in the direction in which each gives more.
    """
    together, shared, found = together or {}, {}, {}
    for row in each_row(assumed):
        if row.distribution == "fixed":
            found[row.Index] = np.full(count, float(row.value))
            continue
        uniform = _uniform(row.Index, start, count, settings.seed)
        if weight := together.get(row.tied, 0.0):
            if row.tied not in shared:
                shared[row.tied] = ndtri(_uniform(f"tied {row.tied}", start, count, settings.seed))
            along = math.sqrt(weight) * shared[row.tied] + math.sqrt(1 - weight) * ndtri(uniform)
            uniform = ndtr(row.direction * along)
        found[row.Index] = at(row, uniform, settings)
    return found


def _uniform(name: str, start: int, count: int, seed: int) -> np.ndarray:
    """Numbers between 0 and 1, neither included, of a stream of its own for each name."""
    generator = np.random.Philox(key=[seed, zlib.crc32(name.encode())])
    generator.advance(start // STEP)
    whole = generator.random_raw(start % STEP + count)[start % STEP :]
    return ((whole >> np.uint64(12)) + 0.5) / 2.0**52


@method(
    "simulated",
    status="assumed",
    nl="aannames van een scenario, met trekkingen doorgerekend",
    en="assumptions of a scenario, calculated with draws",
)
def simulate(
    assumed: pd.DataFrame,
    model: Model,
    settings: Settings,
    together: Mapping[str, float] | None = None,
    chunk: int = CHUNK,
    workers: int = 1,
) -> pd.DataFrame:
    """Monte Carlo: what draws of the assumptions leave open of each result.

    A row is one result, by name: `low`, `median` and `high` (between the first and the last lies the middle
    `settings.middle_pct` of the draws), `low_error`, `median_error` and `high_error`, half the width of the interval in
    which as many such runs would end as the settings say (from the order of the draws), `width` of what is counted as one
    value, and `draws`. Results are counted in equal steps over the reach of the first draws, so memory does not grow with
    the number of draws.
    """
    names, scale = _scale(model(drawn(assumed, 0, min(settings.pilot, settings.draws), settings, together)), settings)

    def counted(start: int) -> np.ndarray:
        """How many draws of a chunk lie in each step, by result."""
        size = min(chunk, settings.draws - start)
        results = model(drawn(assumed, start, size, settings, together))
        return np.stack([_counts(results[name], *scale[name], settings.bins) for name in names])

    starts = range(0, settings.draws, chunk)
    total = np.zeros((len(names), settings.bins + 2), dtype=np.int64)
    if workers == 1:
        for start in starts:
            total += counted(start)
    else:
        with ThreadPoolExecutor(workers) as pool:
            for part in pool.map(counted, starts):
                total += part
    rows = [_told(counts, *scale[name], settings) for name, counts in zip(names, total, strict=True)]
    return pd.DataFrame(rows, index=pd.Index(names, name="result"))


def _scale(pilot: Mapping[str, np.ndarray], settings: Settings) -> tuple[list[str], dict[str, tuple[float, float]]]:
    """Of each result where counting begins, and the step: the reach of the first draws and as much again."""
    found = {}
    for name, values in pilot.items():
        least, most = float(np.min(values)), float(np.max(values))
        reach = (most - least) or ALIKE * (abs(most) or 1.0)
        found[name] = least - reach / 2, 2 * reach / settings.bins
    return list(pilot), found


def _counts(values: np.ndarray, begin: float, step: float, bins: int) -> np.ndarray:
    """How many values lie in each step; what lies outside is counted below the first or above the last."""
    index = np.clip(np.floor((values - begin) / step), -1, bins).astype(np.int64) + 1
    return np.bincount(index, minlength=bins + 2)


def _told(counts: np.ndarray, begin: float, step: float, settings: Settings) -> dict[str, float]:
    """The quantiles of counted values, each with its error."""
    n, tail = settings.draws, (1 - settings.middle_pct / 100) / 2
    below = np.cumsum(counts)

    def quantile(part: float) -> float:
        """The value that this part of the draws lies below."""
        rank = min(max(part * n, 0.5), n - 0.5)
        here = int(np.searchsorted(below, rank))
        within = (rank - (below[here] - counts[here])) / counts[here]
        return begin + (here - 1 + within) * step

    found = {}
    for name, part in (("low", tail), ("median", 0.5), ("high", 1 - tail)):
        reach = ndtri((1 + settings.confidence_pct / 100) / 2) * math.sqrt(part * (1 - part) / n)
        found[name] = quantile(part)
        found[f"{name}_error"] = (quantile(part + reach) - quantile(part - reach)) / 2
    return found | {"width": step, "draws": n}


def variance_shares(assumed: pd.DataFrame, model: Model, result: str, settings: Settings, samples: int) -> pd.DataFrame:
    """Which part of the variance of a result each assumption explains (Sobol), and what it does at its ends alone.

    A row is one assumption that has a range, by name, in the order of its total share: `first` (by itself) and `total` (with
    what it does together with others), each with `_error`, half the width of its interval; `at_low` and `at_high`, the
    result at its own low and high with all others at their value. `samples` is a power of two; the model is run that many
    times for each assumption and twice more. Assumptions are taken to be free of each other here.
    """
    from SALib.analyze import sobol  # here, because nothing else needs SALib, which takes half a second to load
    from SALib.sample import sobol as sequence  # here, because it takes long to load

    open_ones = assumed[assumed.distribution != "fixed"]
    columns = ["first", "first_error", "total", "total_error", "at_low", "at_high"]
    if open_ones.empty:
        return pd.DataFrame(columns=columns, index=pd.Index([], name="assumption"))
    names = list(open_ones.index)
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    points = sequence.sample(problem, samples, calc_second_order=False, seed=settings.seed)
    points = np.clip(points, np.finfo(float).eps, 1 - np.finfo(float).eps)
    fixed = {name: np.full(len(points), float(assumed.value[name])) for name in assumed.index.difference(names)}
    values = {row.Index: at(row, points[:, n], settings) for n, row in enumerate(each_row(open_ones))}
    results = np.asarray(model(fixed | values)[result])
    if np.ptp(results) == 0:  # nothing varies, so nothing explains it
        found = dict.fromkeys(("S1", "S1_conf", "ST", "ST_conf"), 0.0)
    else:
        level = settings.confidence_pct / 100
        found = sobol.analyze(problem, results, calc_second_order=False, conf_level=level, seed=settings.seed)
    table = pd.DataFrame(
        {"first": found["S1"], "first_error": found["S1_conf"], "total": found["ST"], "total_error": found["ST_conf"]},
        index=pd.Index(names, name="assumption"),
    )
    for side in ("low", "high"):
        table[f"at_{side}"] = [_alone(assumed, model, result, name, side) for name in names]
    return table.sort_values("total", ascending=False, kind="stable")[columns]


def _alone(assumed: pd.DataFrame, model: Model, result: str, name: str, side: str) -> float:
    """The result with one assumption at its low or high and all others at their value."""
    values = {str(one): np.array([float(value)]) for one, value in assumed.value.items()}
    return float(model(values | {name: np.array([float(assumed[side][name])])})[result][0])
