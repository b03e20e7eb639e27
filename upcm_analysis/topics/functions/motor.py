"""The motor: the functions that a phase needs, how mature they are together, and whether events follow one another so."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd

from upcm_analysis.topics.functions.panel import ITEM
from upcm_analysis.topics.functions.scores import BARRIER
from upcm_analysis.vocabulary.figures import each_group

#: What a project does for a function: it stimulates it, it does not, or nobody knows.
STIMULATED, NOT_STIMULATED, UNKNOWN = "stimulated", "not_stimulated", "unknown"
LEADING = "leading"


def needed(phases: pd.DataFrame, phase_functions: pd.DataFrame) -> pd.DataFrame:
    """The functions that each cluster needs now: `cluster`, `phase`, `scheme`, `function`, `role` (leading or supporting).

    `phases` has a row a `cluster` and `phase`, more than one for a cluster that is in several; `phase_functions` says which
    functions a phase needs.
    """
    return phases[["cluster", "phase"]].drop_duplicates().merge(phase_functions, on="phase")


def weak(needed: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """The leading functions that are a barrier: rows of `needed` with the `median` and the `barrier_pct` of their score."""
    leading = needed[needed.role == LEADING].merge(scores, on=ITEM)
    return leading[leading["judgement"] == BARRIER][[*needed.columns, "median", "barrier_pct"]].reset_index(drop=True)


def maturity(needed: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """How mature the functions are that a cluster needs in a phase, read in three ways: a row a cluster and phase, in percent.

    With x = (median - 1) / 4 of each of the n functions: `weakest_pct` = min x, `geometric_pct` = (product of x)^(1/n),
    `arithmetic_pct` = mean of x. None of the three where a function has no score: it may be the weakest; `unscored` names it.
    The means take scores as equally far apart, which ordinal scores need not be; the weakest link does not.
    """
    rows = []
    top = 4  # from the lowest score, 1, to the highest, 5
    for (cluster, phase), part in needed.merge(scores[[*ITEM, "median"]], on=ITEM, how="left").groupby(
        ["cluster", "phase"], sort=False
    ):
        part_of = (part["median"] - 1) / top
        unscored = part.function[part_of.isna()].tolist()
        values = part_of.to_numpy() if not unscored else np.array([np.nan])
        rows.append(
            {
                "cluster": cluster,
                "phase": phase,
                "functions": " ".join(part.function),
                "unscored": " ".join(unscored),
                "weakest_pct": 100 * values.min(),
                "geometric_pct": 100 * float(np.prod(values) ** (1 / len(values))),
                "arithmetic_pct": 100 * values.mean(),
            }
        )
    columns = ["cluster", "phase", "functions", "unscored", "weakest_pct", "geometric_pct", "arithmetic_pct"]
    return pd.DataFrame(rows, columns=columns)


def stimulated(needed: pd.DataFrame, contributions: pd.DataFrame, levels: list[str], unknown: str) -> pd.DataFrame:
    """Of each function that a cluster needs whether projects in it stimulate it: rows of `needed` with `state`.

    `stimulated` where the contribution of some project is one of `levels`; `unknown` where none is, and that of some project is
    unknown or no project says anything of it; else `not_stimulated`.
    """
    given = contributions.groupby(ITEM)["level"].agg(set)
    states = []
    for item in needed[ITEM].itertuples(index=False, name=None):
        said = given.get(item, {unknown})
        states.append(STIMULATED if said & set(levels) else UNKNOWN if unknown in said else NOT_STIMULATED)
    return needed.assign(state=states)


def ratio(stimulated: pd.DataFrame) -> pd.DataFrame:
    """Stimulated and needed over needed: a row a cluster and phase, `low_pct` to `high_pct`, with the members of each state.

    An unknown contribution may or may not stimulate: it is in the upper end and not in the lower one.
    """
    rows = []
    for (cluster, phase), part in stimulated.groupby(["cluster", "phase"], sort=False):
        members = {
            state: part.function[part.state == state].tolist() for state in (STIMULATED, NOT_STIMULATED, UNKNOWN)
        }
        low, maybe = len(members[STIMULATED]), len(members[UNKNOWN])
        rows.append(
            {
                "cluster": cluster,
                "phase": phase,
                "needed": len(part),
                **{state: " ".join(found) for state, found in members.items()},
                "low_pct": 100 * low / len(part),
                "high_pct": 100 * (low + maybe) / len(part),
            }
        )
    columns = ["cluster", "phase", "needed", STIMULATED, NOT_STIMULATED, UNKNOWN, "low_pct", "high_pct"]
    return pd.DataFrame(rows, columns=columns)


def agreed(events: pd.DataFrame) -> pd.DataFrame:
    """Events that all their coders coded alike, one row each, in order of date; those that are disputed are left out."""
    same = events.groupby("event")[["scheme", "function", "sign"]].transform("nunique").max(axis=1) == 1
    columns = ["event", "date", "cluster", "scheme", "function", "sign"]
    kept = events[same].drop_duplicates("event")[columns]
    return kept.sort_values(["date", "event"], kind="stable", ignore_index=True)


def cumulative(events: pd.DataFrame) -> pd.DataFrame:
    """The running total of signs of each function in a cluster: rows of `agreed` events with `total` up to and with each."""
    ordered = events.sort_values(["date", "event"], kind="stable", ignore_index=True)
    return ordered.assign(total=ordered.groupby(ITEM).sign.cumsum())


def sequences(events: pd.DataFrame, lag_days: float, draws: int, seed: int) -> pd.DataFrame:
    """How often one function is followed by another within so many days, against what chance would give.

    A row a cluster and a pair of functions `first`, `then`: `pairs` of strengthening events, the second on a later date, how
    many are `expected`, and `p`, the part of permutations with at least as many; `p_all` takes account of how many pairs of
    functions are looked at (the largest standardised count of each permutation). A permutation gives the same dates the same
    functions in another order.
    """
    rows = []
    for cluster, part in _histories(events):
        names, counts = _counts(part, lag_days, draws, seed)
        real, null = counts[0], counts[1:]
        mean, sd = null.mean(axis=0), null.std(axis=0)
        scaled = np.divide(counts - mean, sd, out=np.zeros_like(counts), where=sd > 0)
        largest = scaled[1:].max(axis=1)
        for place, (first, then) in enumerate(product(names, names)):
            rows.append(
                {
                    "cluster": cluster,
                    "first": first,
                    "then": then,
                    "pairs": int(real[place]),
                    "expected": mean[place],
                    "p": _part(null[:, place] >= real[place]),
                    "p_all": _part(largest >= scaled[0, place]),
                }
            )
    return pd.DataFrame(rows, columns=["cluster", "first", "then", "pairs", "expected", "p", "p_all"])


def motors(
    events: pd.DataFrame, functions: dict[str, list[str]], lag_days: float, draws: int, seed: int
) -> pd.DataFrame:
    """Whether the functions of a motor follow one another more often than chance would give: a row a cluster and motor.

    `functions` are those of each motor. `pairs` are two strengthening events within the lag of different functions, both of the
    motor; `expected` and `p` as in `sequences`. The functions of one motor are nearly those of the next, and a common trend
    in time looks like a sequence: this points to where to read the history, and does not show what caused what.
    """
    rows = []
    for cluster, part in _histories(events):
        names, counts = _counts(part, lag_days, draws, seed)
        for motor, members in functions.items():
            own = [first != then and {first, then} <= set(members) for first, then in product(names, names)]
            total = counts[:, own].sum(axis=1)
            rows.append(
                {
                    "cluster": cluster,
                    "motor": motor,
                    "pairs": int(total[0]),
                    "expected": total[1:].mean(),
                    "p": _part(total[1:] >= total[0]),
                }
            )
    return pd.DataFrame(rows, columns=["cluster", "motor", "pairs", "expected", "p"])


def _histories(events: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The strengthening events of each cluster that has two or more."""
    for cluster, part in each_group(events[events.sign > 0], "cluster"):
        if len(part) > 1:
            yield cluster, part


def _counts(events: pd.DataFrame, lag_days: float, draws: int, seed: int) -> tuple[list[str], np.ndarray]:
    """The functions, and how often each pair of them follows: first as it was, then in each permutation [draw, pair]."""
    label, names = pd.factorize(events.function, sort=True)
    days = (events.date - events.date.min()).dt.days.to_numpy()
    apart = days[None, :] - days[:, None]
    first, then = np.nonzero((apart > 0) & (apart <= lag_days))
    rng = np.random.default_rng(seed)
    labels = np.vstack([label, rng.permuted(np.tile(label, (draws, 1)), axis=1)])
    pairs = labels[:, first] * len(names) + labels[:, then]
    size = len(names) ** 2
    offset = pairs + size * np.arange(len(labels))[:, None]
    counts = np.bincount(offset.ravel(), minlength=size * len(labels)).reshape(len(labels), size)
    return list(names), counts.astype(float)


def _part(at_least: np.ndarray) -> float:
    """The part of permutations that are as extreme, what was seen among them: never zero."""
    return (1 + at_least.sum()) / (1 + len(at_least))
