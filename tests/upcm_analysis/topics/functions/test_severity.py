"""The ordinal model: finds what a panel was simulated with, agrees with statsmodels, and is refused where it cannot be told."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from statsmodels.miscmodels.ordinal_model import OrderedModel
from synthetic_panel import CLUSTERS, FUNCTIONS, RULE, answers, simulated

from upcm_analysis.topics.functions import severity
from upcm_analysis.topics.functions.panel import panel
from upcm_analysis.topics.functions.scores import EACH, drawn, scores
from upcm_analysis.topics.functions.severity import compared, model

EFFECTS = np.array([[1.5, -1.5, 0.5, -0.5, 1, -1, 0, 0.2], [0, 1, -1, 0.5, -0.5, 1.2, -1.2, 0]])


def made(table):
    return model(panel(table), 2, 90)


def by_item(items, column):
    """In the order of EFFECTS."""
    indexed = items.set_index(["cluster", "function"])[column]
    return np.array([[indexed[cluster, function] for function in FUNCTIONS] for cluster in CLUSTERS])


def test_it_recovers_the_effects_and_the_severities_of_a_simulated_panel():
    table, severities = simulated(EFFECTS, 80, seed=1, severity_sd=0.8, missing=0.1)
    found = made(table)
    assert found.reason == ""
    error = by_item(found.items, "strength") - (EFFECTS - EFFECTS.mean())
    assert np.abs(error).max() < 0.4 and error.std() < 0.15
    assert abs(found.diagnostics["severity_sd"] - severities.std()) < 0.15
    true = [severities[int(name.rpartition("-")[2])] for name in found.respondents.respondent]
    assert np.corrcoef(true, found.respondents.severity)[0, 1] > 0.93


def test_the_interval_of_a_fair_score_covers_it_about_as_often_as_it_says():
    cuts = np.array([-2.0, -0.7, 0.7, 2.0])
    truth = 5 - (1 / (1 + np.exp(-(cuts - EFFECTS[:, :, None])))).sum(axis=2)
    hits = []
    for seed in range(25):
        items = made(simulated(EFFECTS, 30, seed)[0]).items
        # The respondent in the middle of a panel is not the one in the middle of all: a common shift is taken out.
        shift = (by_item(items, "fair") - truth).mean()
        hits.append((by_item(items, "low") - shift <= truth) & (truth <= by_item(items, "high") - shift))
    assert 0.82 <= np.mean(hits) <= 0.98, np.mean(hits)


def test_without_a_limit_on_severities_it_is_the_model_of_statsmodels():
    """Respondents as fixed effects: an sd so large that it holds nothing back."""
    table, _ = simulated(EFFECTS[:, :3], 8, seed=4, functions=FUNCTIONS[:3])
    mine = panel(table)
    found = severity._maximum(severity._Counts.of(mine.given), _start(mine), sd=1e4)
    strength = severity._Counts.of(mine.given).spread(found.at)[1]
    item = table.cluster + table.function
    dummies = pd.get_dummies(pd.DataFrame({"item": item, "who": table.respondent}), drop_first=True, dtype=float)
    other = OrderedModel(table.score.astype(int), dummies, distr="logit").fit(method="bfgs", disp=False, maxiter=500)
    theirs = pd.Series({"item_" + min(item): 0.0, **other.params.filter(like="item_")})
    keys = ["item_" + cluster + function for cluster, _, function in mine.items]
    assert np.allclose(strength - strength.mean(), theirs[keys] - theirs[keys].mean(), atol=1e-3)


def _start(mine):
    counts = severity._Counts.of(mine.given)
    start = np.zeros(counts.shared + counts.respondents)
    start[: counts.scores - 1] = [-2, -0.7, 0.7, 2]
    return start


def test_derivatives_are_those_of_the_likelihood():
    mine = panel(simulated(EFFECTS[:, :2], 4, seed=2, functions=FUNCTIONS[:2])[0])
    counts, at = severity._Counts.of(mine.given), _start(mine) + 0.01 * np.arange(len(_start(mine)))
    gradient, _, shared, cross, own = severity._derivatives(counts, at, 0.7)
    steps = 1e-5 * np.eye(len(at))
    numeric = [
        (severity._likelihood(counts, at + h, 0.7) - severity._likelihood(counts, at - h, 0.7)) / 2e-5 for h in steps
    ]
    assert np.allclose(gradient, numeric, atol=1e-4)
    second = np.array([(severity._derivatives(counts, at + h, 0.7)[0] - severity._derivatives(counts, at - h, 0.7)[0]) / 2e-5
                       for h in steps])  # fmt: skip
    assert np.allclose(-second[: counts.shared, : counts.shared], shared, atol=1e-4)
    assert np.allclose(-second[counts.shared :, : counts.shared], cross, atol=1e-4)
    assert np.allclose(-second[counts.shared :, counts.shared :], np.diag(own), atol=1e-4)


def test_a_lenient_respondent_moves_the_raw_median_and_not_the_model():
    table, _ = simulated(EFFECTS, 10, seed=7)
    lenient, _ = simulated(EFFECTS + 6, 1, seed=1, severity_sd=0)
    planted = pd.concat([table, lenient.assign(respondent="synthetic-lenient")], ignore_index=True)
    rule = replace(RULE, weights=EACH)
    raw, fair = [], []
    for one in (table, planted):
        mine = panel(one)
        raw.append(scores(mine, drawn(mine, rule, 20, 1), rule)["median"].to_numpy())
        fair.append(by_item(model(mine, 2, 90).items, "fair").ravel())
    assert (raw[1] - raw[0]).max() >= 0.5 and (raw[1] >= raw[0]).all()
    assert np.abs(fair[1] - fair[0]).max() < 0.15


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("1", "company", "high-tech", "F1-1", 3), ("2", "company", "high-tech", "F1-1", 3)], "all scores are the same"),
        ([("1", "company", "high-tech", f"F1-{n}", n + 1) for n in (1, 2, 3)], "fewer than two"),
        (
            [(who, "company", cluster, f"F1-{n}", n + more) for who, cluster, more in
             (("1", "high-tech", 0), ("2", "high-tech", 1), ("3", "materialen", 1), ("4", "materialen", 2)) for n in (1, 2, 3)],
            "no respondent links all clusters",
        ),
    ],
)  # fmt: skip
def test_there_is_no_model_where_it_cannot_be_told_and_the_reason_is_given(rows, reason):
    found = made(answers(rows))
    assert reason in found.reason and found.items.empty
    assert compared(
        pd.DataFrame({"cluster": [], "scheme": [], "function": [], "median": [], "barrier_pct": []}), found
    ).empty


def test_it_does_not_converge_in_no_rounds_and_says_so(monkeypatch):
    monkeypatch.setattr(severity, "ROUNDS", 0)
    assert made(simulated(EFFECTS, 10, seed=1)[0]).reason == "the estimates do not converge"


def test_a_function_that_all_give_the_highest_score_is_left_out():
    table, _ = simulated(EFFECTS, 20, seed=1)
    table.loc[(table.function == "F1") & (table.cluster == "high-tech"), "score"] = 5
    found = made(table)
    assert found.reason == "" and len(found.items) == 15 and found.diagnostics["left_out"] == 1


def test_an_erratic_respondent_has_a_high_outfit():
    table, _ = simulated(EFFECTS, 30, seed=1, severity_sd=0.3)
    mine = table.respondent == table.respondent[0]
    table.loc[mine, "score"] = np.resize([1, 5], mine.sum())
    found = made(table).respondents.set_index("respondent").outfit
    assert found.idxmax() == table.respondent[0] and found.max() > 2


def test_plain_and_model_stand_side_by_side():
    table, _ = simulated(EFFECTS, 30, seed=1)
    mine = panel(table)
    beside = compared(scores(mine, drawn(mine, RULE, 100, 1), RULE), model(mine, 2, 90))
    assert len(beside) == 16 and (beside.difference.abs() <= 1).all()
    assert ((beside.fair_low < beside.fair) & (beside.fair < beside.fair_high)).all()
