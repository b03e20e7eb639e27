"""What draws of a scenario cost: a second, in memory, beside plain NumPy, and as draws grow. Part of `make bench`.

The case is the largest there is: every product group with assumptions of its own for all three groups of strategies. The
floor does the same arithmetic on draws of NumPy's own generators, all results kept and sorted by `np.quantile`, without
correlation, and without results that are the same whatever the chunk.
"""

import math
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import ndtri

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "helpers"))

from upcm_analysis.registers.assumptions import numbers
from upcm_analysis.topics.scenarios import build as scenario_build
from upcm_analysis.topics.scenarios import strategy, uncertainty
from upcm_analysis.vocabulary.subjects import product_groups

GROUPS = [one.product_group for one in product_groups()]
#: How many draws are compared with the floor, how memory and time are seen to grow, and in how many rounds.
DRAWS, GROWTH, ROUNDS = 1_000_000, (100_000, 400_000, 1_600_000), 3
MEASURES = ("nl", "abroad", "net")


def everything_apart() -> tuple[pd.DataFrame, dict[str, float]]:
    """The assumptions of the central scenario, once for each product group; and what is drawn together."""
    central = scenario_build.scenario_of("central")
    shared = central.assumed
    parts = [
        shared.assign(product_group=group).set_axis([f"{name}|{group}" for name in shared.index]) for group in GROUPS
    ]
    return pd.concat(parts).rename_axis("assumption"), central.together


def model(assumed: pd.DataFrame):
    """The three ledgers of every product group as a function of the draws."""
    keys = {row.Index: (row.parameter, row.strategy) for row in assumed.itertuples()}

    def results(values):
        found = {}
        for group in GROUPS:
            given = {key: values[name] for name, key in keys.items() if name.endswith(f"|{group}")}
            made = strategy.shares(given)
            found |= {f"{measure}|{group}": made[measure] for measure in MEASURES}
        return found

    return results


def ours(settings: uncertainty.Settings, workers: int = 1) -> pd.DataFrame:
    """The quantiles as the pipeline makes them."""
    assumed, together = everything_apart()
    return uncertainty.simulate(assumed, model(assumed), settings, together, workers=workers)


def floor(settings: uncertainty.Settings) -> dict[str, np.ndarray]:
    """The same arithmetic in plain NumPy."""
    assumed, _ = everything_apart()
    random, run = np.random.default_rng(settings.seed), model(assumed)
    kept: dict[str, list[np.ndarray]] = {}
    for start in range(0, settings.draws, uncertainty.CHUNK):
        size = min(uncertainty.CHUNK, settings.draws - start)
        for name, values in run(
            {row.Index: _plain(random, row, size, settings) for row in assumed.itertuples()}
        ).items():
            kept.setdefault(name, []).append(values)
    tail = (1 - settings.middle_pct / 100) / 2
    return {name: np.quantile(np.concatenate(parts), [tail, 0.5, 1 - tail]) for name, parts in kept.items()}


def _plain(random: np.random.Generator, row, size: int, settings: uncertainty.Settings) -> np.ndarray:
    low, value, high, weight = row.low, row.value, row.high, settings.pert_weight
    match row.distribution:
        case "uniform":
            return random.uniform(low, high, size)
        case "triangular":
            return random.triangular(low, value, high, size)
        case "lognormal":
            return value * np.exp(random.normal(0, math.log(high / value) / ndtri(0.975), size))
        case "pert":
            shape = 1 + weight * (value - low) / (high - low), 1 + weight * (high - value) / (high - low)
            return low + (high - low) * random.beta(*shape, size)


def timed(work):
    """What some work gives, and how many seconds it took."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def apart(draws: int) -> tuple[float, float]:
    """Seconds, and the most memory in MB, of so many draws in a process of their own."""
    command = [sys.executable, __file__, str(draws)]
    took, most = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(took), float(most)


def main() -> dict:
    """Prints all of it, and gives it."""
    settings = replace(scenario_build.settings_of(numbers()), draws=DRAWS)
    rounds = [(timed(lambda: ours(settings))[1], timed(lambda: floor(settings))[1]) for _ in range(ROUNDS)]
    took, ratio = min(one for one, _ in rounds), sorted(one / plain for one, plain in rounds)[ROUNDS // 2]
    print(
        f"{took:7.1f} s  {DRAWS:,} draws x {len(GROUPS)} product groups x {len(strategy.LADDER)} groups of strategies"
    )
    print(f"{DRAWS / took:7,.0f} draws a second")
    print(f"{ratio:7.2f} times plain NumPy")
    both = timed(lambda: ours(settings, workers=2))[1]
    print(f"{took / both:7.2f} times as fast with two workers")
    found = {"seconds": round(took, 2), "times NumPy": round(ratio, 2), "two workers": round(took / both, 2)}
    for draws in GROWTH:
        found[f"{draws:,} draws"] = seconds, memory = apart(draws)
        print(f"{seconds:7.1f} s  at most {memory:.0f} MB: {draws:,} draws")
    return found


if __name__ == "__main__":
    settings = replace(scenario_build.settings_of(numbers()), draws=int(sys.argv[1]))
    took = timed(lambda: ours(settings))[1]
    print(round(took, 2), round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
