"""Severity: scores of functions with the strictness of respondents taken out, by an ordinal model with many facets.

    logit P(score <= k) = cut[k] - (strength[i] - severity[r]),   severity[r] ~ N(0, sd^2)

for item i (a function in a cluster) and respondent r: the cumulative logit model with a random effect of the respondent. It
needs respondents that link the clusters; without these a strict panel and a weak cluster are the same.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.special import expit, ndtr, ndtri

from upcm_analysis.topics.functions.panel import ITEM, Panel
from upcm_analysis.vocabulary.figures import significant

#: Where a step no longer changes the log-likelihood of an answer, and the sd by more than this part, all has converged.
STEP, SETTLED = 1e-10, 1e-3
#: Most steps of Newton's method, and most rounds in which the sd is estimated anew.
STEPS, ROUNDS = 60, 200


@dataclass(frozen=True, eq=False)
class Model:
    """What the model gives: `items`, `respondents`, `diagnostics`; where there is none, all are empty but the `reason`.

    `items` has a row a function in a cluster: `strength`, `fair` (the mean score that the respondent in the middle of the panel
    by severity would give) with its interval `low` to `high`, the `median` that goes with it, and `barrier_pct`, the chance
    that it is at most the barrier score. `respondents` has `severity` (higher is stricter, 0 is the middle), its standard
    error `se`, and `outfit`, the mean squared standardised residual: about 1, more where the answers are erratic.
    """

    items: pd.DataFrame
    respondents: pd.DataFrame
    diagnostics: dict[str, float]
    reason: str = ""


def model(panel: Panel, barrier_score: float, interval_pct: float) -> Model:
    """The model of a panel; without one and with the `reason` where it cannot be told, or does not converge.

    Standard errors are those of clusters of answers (respondents), so that three questions of one respondent are no three
    independent answers.
    """
    kept, used = _usable(panel.given)
    if reason := _refused(panel.known[:, kept], used):
        return _none(reason)
    counts = _Counts.of(panel.given[:, kept][:, :, used])
    found, sd, rounds = _estimated(counts)
    if found is None:
        return _none("the estimates do not converge")
    cuts, strength, severity = counts.spread(found.at)
    middle = np.median(severity)
    low, fair, high, spread, distance = _fair(counts, found, used + 1, barrier_score, interval_pct, strength - middle)
    items = (
        panel.items[kept]
        .to_frame(index=False)
        .assign(
            strength=strength,
            fair=fair,
            low=low,
            high=high,
            median=(used + 1.0)[(cuts[None, :] < (strength - middle)[:, None]).sum(axis=1)],
            barrier_pct=100 * ndtr(distance / spread),
        )
    )
    outfit = _outfit(counts, found.at, used + 1)
    respondents = pd.DataFrame(
        {
            "respondent": panel.respondents,
            "severity": severity - middle,
            "se": np.sqrt(found.variance),
            "outfit": outfit,
        }
    )
    diagnostics = {
        "answers": float(counts.n.sum()),
        "respondents": float(len(severity)),
        "severity_sd": sd,
        "left_out": float((~kept).sum()),
        "rounds": float(rounds),
        "largest_gradient": significant(np.abs(found.gradient).max(), 2),
        "largest_outfit": float(np.nanmax(outfit)),
    }
    return Model(items, respondents, diagnostics)


def compared(scores: pd.DataFrame, made: Model) -> pd.DataFrame:
    """Plain medians beside what the model gives: a row a function in a cluster that has both.

    `median` and `barrier_pct` are the plain ones, `model_median`, `model_barrier_pct`, `fair` and its interval `fair_low` to
    `fair_high` those of the model; `difference` is the model's median less the plain one. Empty where there is no model.
    """
    names = {"median": "model_median", "barrier_pct": "model_barrier_pct", "low": "fair_low", "high": "fair_high"}
    of_model = [*ITEM, "model_median", "model_barrier_pct", "fair", "fair_low", "fair_high"]
    if made.items.empty:
        return pd.DataFrame(columns=[*ITEM, "median", "barrier_pct", *of_model[3:], "difference"])
    plain = scores[scores["median"].notna()][[*ITEM, "median", "barrier_pct"]]
    beside = plain.merge(made.items.rename(columns=names)[of_model], on=ITEM, validate="one_to_one")
    return beside.assign(difference=beside.model_median - beside["median"])


def _usable(given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which items can be told, and which scores were given to these.

    An item to which nobody gave a score, or all the lowest or all the highest that was given, has no finite strength.
    """
    kept = given.sum(axis=(0, 2)) > 0
    while True:
        used = np.flatnonzero(given[:, kept].sum(axis=(0, 1)) > 0)
        if len(used) < 2:
            return kept, used
        totals = given.sum(axis=0)
        at_an_end = (totals[:, used[[0, -1]]] == totals.sum(axis=1, keepdims=True)).any(axis=1)
        if not (kept & at_an_end).any():
            return kept, used
        kept = kept & ~at_an_end


def _refused(known: np.ndarray, used: np.ndarray) -> str:
    """Why there can be no model of who gave which item a score; empty where there can."""
    if len(used) < 2:
        return "all scores are the same"
    if (known.sum(axis=1) > 0).sum() < 2:
        return "fewer than two respondents gave a score"
    respondents, items = known.shape
    respondent, item = np.nonzero(known)
    size = respondents + items
    links = csr_array((np.ones(len(item)), (respondent, item + respondents)), shape=(size, size))
    if len(set(connected_components(links, directed=False)[1][respondents:])) > 1:
        return "no respondent links all clusters: a strict panel and a weak cluster cannot be told apart"
    return ""


def _none(reason: str) -> Model:
    return Model(pd.DataFrame(), pd.DataFrame(), {}, reason)


@dataclass(frozen=True, eq=False)
class _Counts:
    """How often (`n`) respondent `r` gave score number `k` to item `i`; and how many of each there are."""

    r: np.ndarray
    i: np.ndarray
    k: np.ndarray
    n: np.ndarray
    respondents: int
    items: int
    scores: int

    @classmethod
    def of(cls, given: np.ndarray) -> "_Counts":
        """From counts [respondent, item, score]."""
        r, i, k = np.nonzero(given)
        return cls(r, i, k, given[r, i, k], *given.shape)

    @property
    def shared(self) -> int:
        """How many parameters are not those of a respondent: the cuts, and the strengths less one, which sum to 0."""
        return self.scores - 1 + self.items - 1

    def spread(self, at: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Parameters as cuts, strengths (of which the last is what makes them sum to 0) and severities."""
        cuts, free = at[: self.scores - 1], at[self.scores - 1 : self.shared]
        return cuts, np.append(free, -free.sum()), at[self.shared :]

    @property
    def design(self) -> np.ndarray:
        """What the cuts and all strengths are of the shared parameters."""
        made = np.zeros((self.scores - 1 + self.items, self.shared))
        made[: self.shared, : self.shared] = np.eye(self.shared)
        made[-1, self.scores - 1 :] = -1
        return made


@dataclass(frozen=True, eq=False)
class _Found:
    """Where the penalised likelihood is largest, the covariance of the shared parameters, and the variance of severities."""

    at: np.ndarray
    covariance: np.ndarray
    variance: np.ndarray
    gradient: np.ndarray


def _estimated(counts: _Counts) -> tuple[_Found | None, float, int]:
    """Estimates with the sd of severity that goes with them, by expectation and maximisation (Laplace), and the rounds."""
    share = np.cumsum(np.bincount(counts.k, counts.n, counts.scores))[:-1] / counts.n.sum()
    at, sd = np.zeros(counts.shared + counts.respondents), 1.0
    at[: counts.scores - 1] = np.log(share / (1 - share))
    for rounds in range(1, ROUNDS + 1):
        found = _maximum(counts, at, sd)
        if found is None:
            return None, sd, rounds
        at, before = found.at, sd
        sd = float(np.sqrt((found.at[counts.shared :] ** 2 + found.variance).mean()))
        if abs(sd - before) <= SETTLED * before:
            return found, sd, rounds
    return None, sd, ROUNDS


def _maximum(counts: _Counts, at: np.ndarray, sd: float) -> _Found | None:
    """Newton's method on a concave function, each step halved until it climbs. None where that does not end."""
    value = _likelihood(counts, at, sd)
    for _ in range(STEPS):
        gradient, by_respondent, shared, cross, own = _derivatives(counts, at, sd)
        inverse = np.linalg.inv(shared - (cross.T / own) @ cross)
        step = np.empty_like(at)
        top, bottom = gradient[: counts.shared], gradient[counts.shared :]
        step[: counts.shared] = inverse @ (top - cross.T @ (bottom / own))
        step[counts.shared :] = (bottom - cross @ step[: counts.shared]) / own
        size, climbed = 1.0, -np.inf
        while size > STEP and not (climbed := _likelihood(counts, at + size * step, sd)) >= value:
            size /= 2
        if size <= STEP or climbed - value <= STEP * counts.n.sum():
            # Answers of one respondent are not independent of each other, of different respondents they are.
            meat = by_respondent.T @ by_respondent * counts.respondents / (counts.respondents - 1)
            half = cross / own[:, None]
            variance = 1 / own + np.einsum("rp,pq,rq->r", half, inverse, half)
            return _Found(at, inverse @ meat @ inverse, variance, gradient)
        at, value = at + size * step, climbed
    return None


def _edges(counts: _Counts, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each count the upper and the lower edge of its score, on the scale of the model; infinite at the ends."""
    cuts, strength, severity = counts.spread(at)
    edges = np.concatenate([[-np.inf], cuts, [np.inf]])
    level = strength[counts.i] - severity[counts.r]
    return edges[counts.k + 1] - level, edges[counts.k] - level


def _likelihood(counts: _Counts, at: np.ndarray, sd: float) -> float:
    """The log-likelihood of the answers and of the severities; -inf where the cuts are out of order."""
    upper, lower = _edges(counts, at)
    chance = expit(upper) - expit(lower)
    if (chance <= 0).any():
        return -np.inf
    return float(counts.n @ np.log(chance) - (at[counts.shared :] ** 2).sum() / (2 * sd**2))


def _derivatives(counts: _Counts, at: np.ndarray, sd: float) -> tuple[np.ndarray, ...]:
    """The gradient; its shared part by respondent; and minus the second derivatives: shared, crossed, and by severity."""
    upper, lower = _edges(counts, at)
    above, below = expit(upper), expit(lower)
    chance = above - below
    f, g = above * (1 - above), below * (1 - below)  # the density at both edges: 0 at the ends
    up, down = f / chance, g / chance
    d_up, d_down = counts.n * up, -counts.n * down
    uu = counts.n * (f * (1 - 2 * above) / chance - up**2)
    ll = counts.n * (-g * (1 - 2 * below) / chance - down**2)
    ul = counts.n * up * down
    cuts, size = counts.scores - 1, counts.scores - 1 + counts.items
    level, bend = -(d_up + d_down), uu + ll + 2 * ul
    has_up, has_down = counts.k < cuts, counts.k > 0
    r, k, place = counts.r, counts.k, cuts + counts.i

    slope = np.zeros((counts.respondents, size))
    np.add.at(slope, (r[has_up], k[has_up]), d_up[has_up])
    np.add.at(slope, (r[has_down], k[has_down] - 1), d_down[has_down])
    np.add.at(slope, (r, place), level)

    curve, cross = np.zeros((size, size)), np.zeros((counts.respondents, size))
    for has, at_k, own in ((has_up, k, uu), (has_down, k - 1, ll)):
        one, to_level = at_k[has], -(own + ul)[has]
        np.add.at(curve, (one, one), own[has])
        np.add.at(curve, (one, place[has]), to_level)
        np.add.at(curve, (place[has], one), to_level)
        np.add.at(cross, (r[has], one), -to_level)
    both = has_up & has_down
    np.add.at(curve, (k[both], k[both] - 1), ul[both])
    np.add.at(curve, (k[both] - 1, k[both]), ul[both])
    np.add.at(curve, (place, place), bend)
    np.add.at(cross, (r, place), -bend)
    own = np.bincount(r, bend, counts.respondents) - 1 / sd**2

    severity = -np.bincount(r, level, counts.respondents) - at[counts.shared :] / sd**2
    design = counts.design
    gradient = np.concatenate([slope.sum(axis=0) @ design, severity])
    return gradient, slope @ design, -design.T @ curve @ design, -cross @ design, -own


def _fair(
    counts: _Counts, found: _Found, scores: np.ndarray, barrier_score: float, interval_pct: float, strength: np.ndarray
) -> tuple[np.ndarray, ...]:
    """The fair score of each item with its interval, and how far the barrier lies above it with the error of that."""
    cuts, _, _ = counts.spread(found.at)
    under = expit(cuts[None, :] - strength[:, None])  # [item, cut]: the chance of a score at or below
    gaps = np.diff(scores)
    fair = scores[-1] - under @ gaps
    density = under * (1 - under) * gaps
    to_shared = np.zeros((counts.items, counts.scores - 1 + counts.items))
    to_shared[:, : counts.scores - 1] = -density
    to_shared[np.arange(counts.items), counts.scores - 1 + np.arange(counts.items)] = density.sum(axis=1)
    covariance = counts.design @ found.covariance @ counts.design.T
    error = np.sqrt(np.einsum("ip,pq,iq->i", to_shared, covariance, to_shared))
    reach = ndtri(0.5 + interval_pct / 200) * error
    low, high = np.clip(fair - reach, scores[0], scores[-1]), np.clip(fair + reach, scores[0], scores[-1])
    at_most = np.flatnonzero(scores <= barrier_score)
    if len(at_most) in (0, len(scores)):  # no score that was given lies on one of the sides
        return low, fair, high, np.ones(counts.items), np.full(counts.items, np.inf if len(at_most) else -np.inf)
    cut = at_most[-1]
    place = counts.scores - 1 + np.arange(counts.items)
    spread = np.sqrt(covariance[cut, cut] + covariance[place, place] - 2 * covariance[cut, place])
    return low, fair, high, spread, cuts[cut] - strength


def _outfit(counts: _Counts, at: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Of each respondent the mean squared distance of answers from what the model expects, in their standard deviations."""
    cuts, strength, severity = counts.spread(at)
    level = strength[None, :] - severity[:, None]
    under = expit(cuts[None, None, :] - level[:, :, None])
    chance = np.diff(np.concatenate([np.zeros((*level.shape, 1)), under, np.ones((*level.shape, 1))], axis=2), axis=2)
    mean = chance @ scores
    variance = chance @ scores**2 - mean**2
    squared = (scores[counts.k] - mean[counts.r, counts.i]) ** 2 / variance[counts.r, counts.i]
    answered = np.bincount(counts.r, counts.n, counts.respondents)
    total = np.bincount(counts.r, counts.n * squared, counts.respondents)
    return np.divide(total, answered, out=np.full(counts.respondents, np.nan), where=answered > 0)
