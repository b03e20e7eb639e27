"""Sensitivity: whether the class of a function stays the same under other choices, and without any one respondent or type."""

from dataclasses import replace

import numpy as np
import pandas as pd

from upcm_analysis.topics.functions.panel import ITEM, Panel
from upcm_analysis.topics.functions.scores import TOO_FEW, WEIGHTS, Drawn, Rule, chance, classes, quantile, shares

#: What is varied.
SCORE, CHANCE, WEIGHING, RESPONDENT, TYPE = "barrier-score", "barrier-chance", "weights", "respondent", "type"
VARIED = (SCORE, CHANCE, WEIGHING, RESPONDENT, TYPE)


def flips(
    panel: Panel, draws: Drawn, rule: Rule, barrier_scores: list[float], barrier_pcts: list[float]
) -> pd.DataFrame:
    """Every variation that changes a judgement: a row a function in a cluster, what is `varied`, `to` what, the `judgement`.

    Varied are the barrier score; the chance that makes a barrier, with 100 less that chance for none; the weights; and who is
    left out: each respondent in turn, and each stakeholder type. The draws without a respondent are draws of the panel without
    that respondent (jackknife after bootstrap, Efron 1992), so nothing is drawn anew. The minimum of respondents is not asked
    for again: it would call every function fragile that just has it.
    """
    percent = chance(draws.medians, rule.barrier_score)
    enough = np.ones(len(panel.items), dtype=bool)
    base = classes(percent, enough, rule)
    made: list[tuple[str, str, np.ndarray]] = []
    for score in barrier_scores:
        made.append((SCORE, f"{score:g}", classes(chance(draws.medians, score), enough, rule)))
    for least in barrier_pcts:
        other = replace(rule, barrier_pct=least, open_pct=100 - least)
        made.append((CHANCE, f"{least:g}", classes(percent, enough, other)))
    for weights in WEIGHTS:
        if weights != rule.weights:
            other = replace(rule, weights=weights)
            medians = quantile(shares(panel, draws.times, other), 0.5)
            made.append((WEIGHING, weights, classes(chance(medians, rule.barrier_score), enough, rule)))
    for kind, name in enumerate(panel.kinds):
        without = np.where(panel.kind == kind, 0.0, draws.times)
        medians = quantile(shares(panel, without, rule), 0.5)
        made.append((TYPE, name, classes(chance(medians, rule.barrier_score), enough, rule)))
    for name, percents in zip(panel.respondents, _without_each(draws, rule.barrier_score), strict=True):
        made.append((RESPONDENT, name, classes(percents, enough, rule)))
    keys = panel.items.to_frame(index=False)
    # Nobody left who knows is no other class: it is no class.
    parts = [
        keys[found].assign(varied=varied, to=to, **{"judgement": other[found]})
        for varied, to, other in made
        if (found := (other != base) & (other != TOO_FEW)).any()
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*ITEM, "varied", "to", "judgement"])


def fragile(scores: pd.DataFrame, flips: pd.DataFrame) -> pd.DataFrame:
    """The scores with `fragile`: whether the class of a function flips in any variation; and `flips`, in which kinds of them.

    A function with too few answers has no class to flip.
    """
    kinds = flips.groupby(ITEM).varied.agg(lambda names: " ".join(one for one in VARIED if one in set(names)))
    named = kinds.reindex(pd.MultiIndex.from_frame(scores[ITEM])).fillna("").to_numpy()
    named = np.where(scores["judgement"] == TOO_FEW, "", named)
    return scores.assign(fragile=named != "", flips=named)


def _without_each(draws: Drawn, barrier_score: float) -> np.ndarray:
    """The chance to be a barrier [respondent, item] without each respondent: over the draws that it is not in."""
    out = (draws.times == 0).astype(float)
    have = ~np.isnan(draws.medians)
    low = out.T @ (have & (draws.medians <= barrier_score)).astype(float)
    count = out.T @ have.astype(float)
    return np.divide(100 * low, count, out=np.full_like(low, np.nan), where=count > 0)
