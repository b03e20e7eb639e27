"""The innovation functions: how strong each is in a cluster according to respondents, and which is a barrier.

Scores are ordinal: what is told are medians, quartiles and shares, never a mean. A respondent counts once, however many
questions it answered, and is the unit that is drawn in the bootstrap, across all clusters together.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from factpress.methods import method
from upcm_analysis.topics.functions.panel import ITEM, Panel, resampled

#: What a function in a cluster is.
BARRIER, OPEN, UNDECIDED, TOO_FEW = "barrier", "no-barrier", "undecided", "too-few"
#: How respondents count: each the same, or each stakeholder type the same.
EACH, BY_TYPE = "each", "by-type"
WEIGHTS = (EACH, BY_TYPE)
#: Sums of shares differ from one half by less than this where they are one half.
GRAIN = 1e-9


@dataclass(frozen=True)
class Rule:
    """When there is a score, and when a function is a barrier.

    `least` respondents must know it, of at least `least_types` types with `least_of_type` each; `weights` is one of `WEIGHTS`.
    It is a barrier where the median is at most `barrier_score` in at least `barrier_pct` of the draws, and none where it is in
    at most `open_pct`. `interval_pct` of the draws lie in the interval.
    """

    least: int
    least_types: int
    least_of_type: int
    weights: str
    barrier_score: float
    barrier_pct: float
    open_pct: float
    interval_pct: float


@dataclass(frozen=True, eq=False)
class Drawn:
    """The bootstrap: `times` [draw, respondent] how often each counts, and the `medians` [draw, item] that follow."""

    times: np.ndarray
    medians: np.ndarray


def drawn(panel: Panel, rule: Rule, draws: int, seed: int) -> Drawn:
    """Draws respondents with replacement within their stakeholder type, and takes the medians of each draw."""
    times = resampled(panel.kind, draws, seed)
    return Drawn(times, quantile(shares(panel, times, rule), 0.5))


def shares(panel: Panel, times: np.ndarray, rule: Rule) -> np.ndarray:
    """The share of each score [draw, item, score], where respondents count so many `times` [draw, respondent].

        p[k] = sum over types t of w[t] p[t,k] / sum of w[t],   p[t,k] the mean over its respondents r of n[r,k] / n[r]

    with n[r,k] how many of its n[r] scores respondent r gave k. By type w[t] = min(1, m[t] / least_of_type), m[t] the number of
    respondents: a type that is too small counts for its part. With each the same w[t] = m[t]. NaN where nobody knows.
    """
    answered = panel.answered[:, :, None]
    own = np.divide(panel.given, answered, out=np.zeros_like(panel.given), where=answered > 0)
    total, weight = np.zeros(()), np.zeros(())
    for kind in range(len(panel.kinds)):
        of = panel.kind == kind
        summed = (times[:, of] @ own[of].reshape(of.sum(), -1)).reshape(len(times), *own.shape[1:])
        count = times[:, of] @ panel.known[of].astype(float)
        per = np.maximum(count, rule.least_of_type) if rule.weights == BY_TYPE else np.ones_like(count)
        total, weight = total + summed / per[:, :, None], weight + count / per
    weight = weight[:, :, None]
    return np.divide(total, weight, out=np.full_like(total, np.nan), where=weight > 0)


def quantile(shares: np.ndarray, part: float) -> np.ndarray:
    """The quantile of shares over scores (the last axis): the lowest score that so much lies at or below.

    Where exactly so much lies below a score, the middle of it and the next one that occurs. NaN where shares are NaN.
    """
    below = np.cumsum(shares, axis=-1)
    low = (below >= part - GRAIN).argmax(axis=-1) + 1
    high = (below > part + GRAIN).argmax(axis=-1) + 1
    return np.where(np.isnan(below[..., -1]), np.nan, (low + high) / 2)


@method("judgement-of-respondents", status="estimated", nl="oordeel van respondenten", en="judgement of respondents")
def scores(panel: Panel, draws: Drawn, rule: Rule) -> pd.DataFrame:
    """One row a function in a cluster: `respondents` who know it, `asked`, `unknown_pct` of the answers, and its state.

    Its state is `median`, `lower_quartile`, `upper_quartile`, the interval `low` to `high` of the median, `barrier_pct` (how
    often the median of a draw is at most the barrier score), and `judgement`. `share_1` to `share_5` are shares of the scores,
    in percent. Below the minimum of respondents there are none of these and the judgement is `too-few`.
    """
    share = shares(panel, np.ones((1, len(panel.kind))), rule)[0]
    count, answered, asked = panel.known.sum(axis=0), panel.answered.sum(axis=0), panel.asked.sum(axis=0)
    tail = (1 - rule.interval_pct / 100) / 2
    low, high = (_attained(draws.medians, part) for part in (tail, 1 - tail))
    percent = chance(draws.medians, rule.barrier_score)
    enough = is_enough(panel, rule)
    told = {
        "median": quantile(share, 0.5),
        "lower_quartile": quantile(share, 0.25),
        "upper_quartile": quantile(share, 0.75),
        "low": low,
        "high": high,
        "barrier_pct": percent,
        **{f"share_{number}": 100 * share[:, number - 1] for number in range(1, share.shape[1] + 1)},
    }
    table = panel.items.to_frame(index=False).assign(
        respondents=count, asked=(panel.asked > 0).sum(axis=0), unknown_pct=100 * (asked - answered) / asked
    )
    table = table.assign(**{name: np.where(enough, values, np.nan) for name, values in told.items()})
    return table.assign(**{"judgement": classes(percent, enough, rule)})


def groups(panel: Panel) -> pd.DataFrame:
    """How many respondents of each stakeholder type gave a score: a row a function in a cluster and a type."""
    parts = [
        panel.items.to_frame(index=False).assign(
            stakeholder_type=name, respondents=panel.known[panel.kind == kind].sum(axis=0)
        )
        for kind, name in enumerate(panel.kinds)
    ]
    return pd.concat(parts, ignore_index=True)[[*ITEM, "stakeholder_type", "respondents"]]


def is_enough(panel: Panel, rule: Rule) -> np.ndarray:
    """Of each item whether enough respondents of enough types gave a score."""
    of_type = np.array([panel.known[panel.kind == kind].sum(axis=0) for kind in range(len(panel.kinds))])
    return (of_type.sum(axis=0) >= rule.least) & ((of_type >= rule.least_of_type).sum(axis=0) >= rule.least_types)


def chance(medians: np.ndarray, barrier_score: float) -> np.ndarray:
    """Of each item in how many percent of the draws with a median this is at most the barrier score."""
    have = ~np.isnan(medians)
    count, low = have.sum(axis=0), (have & (medians <= barrier_score)).sum(axis=0)
    return np.divide(100 * low, count, out=np.full(len(count), np.nan), where=count > 0)


def classes(barrier_pct: np.ndarray, enough: np.ndarray, rule: Rule) -> np.ndarray:
    """The class that goes with each chance to be a barrier."""
    found = np.where(barrier_pct >= rule.barrier_pct, BARRIER, np.where(barrier_pct <= rule.open_pct, OPEN, UNDECIDED))
    return np.where(enough & ~np.isnan(barrier_pct), found, TOO_FEW)


def _attained(medians: np.ndarray, part: float) -> np.ndarray:
    """A quantile over draws that is a median that was drawn, not a number between two."""
    ordered = np.sort(medians, axis=0)  # NaN last
    count = (~np.isnan(medians)).sum(axis=0)
    place = np.clip(np.ceil(part * count - GRAIN).astype(int) - 1, 0, len(medians) - 1)
    return ordered[place, np.arange(medians.shape[1])]
