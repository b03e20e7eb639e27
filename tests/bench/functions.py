"""What scoring innovation functions costs, on synthetic respondents, and how it grows. Part of `make bench`."""

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "helpers"))

from synthetic_panel import simulated

from factpress.codelists import codelist
from upcm_analysis.registers.assumptions import choices
from upcm_analysis.topics.functions import build as function_build
from upcm_analysis.topics.functions import reliability, scores, sensitivity, severity
from upcm_analysis.topics.functions.build import Evidence
from upcm_analysis.topics.functions.panel import panel

#: How many respondents score eight functions in five clusters: up to far more than any panel has.
RESPONDENTS = (50, 250, 1000)


def main() -> dict[str, dict[str, float]]:
    """Seconds of each step of scoring, for ever more respondents, with the draws that the register of assumptions asks for."""
    effects = np.random.default_rng(1).normal(0, 1, (5, 8))
    said, found = choices().value, {}
    numbers = {
        name: float(said[name]) for name in ("function_draws", "function_seed", "function_interval", "alpha_undrawn")
    }
    draws, seed, interval = int(numbers["function_draws"]), int(numbers["function_seed"]), numbers["function_interval"]
    limits = function_build.rule(said, said.where(said.str.fullmatch(r"[\d.]+")).astype(float))
    for count in RESPONDENTS:
        answers, _ = simulated(effects, count, seed=1, clusters=list(codelist("clusters").index))
        times, start = {}, time.perf_counter()

        def took(step, work, *given, times=times):
            begun = time.perf_counter()
            made = work(*given)
            times[step] = round(time.perf_counter() - begun, 2)
            return made

        of = took("panel", panel, answers)
        drawn = took("draws", scores.drawn, of, limits, draws, seed)
        took("scores", scores.scores, of, drawn, limits)
        took("model", severity.model, of, limits.barrier_score, interval)
        took("agreement", reliability.by_function, answers, draws, seed, interval, numbers["alpha_undrawn"])
        took("sensitivity", sensitivity.flips, of, drawn, limits, [1.5, 2.5], [80, 95])
        times["all"] = round(time.perf_counter() - start, 2)
        took("with all tables", function_build.innovation, Evidence.of(answers=answers), said)
        found[f"{count} respondents"] = times
        print(f"{times['all']:7.2f} s  {count} respondents, {len(answers)} answers, {draws} draws: {times}")
    return found


if __name__ == "__main__":
    main()
