"""Sensitivity: what hangs on one choice, one respondent or one type is called fragile."""

from dataclasses import replace

import numpy as np
import pytest
from synthetic_panel import RULE, answers, said, simulated

from upcm_analysis.topics.functions import sensitivity
from upcm_analysis.topics.functions.panel import panel
from upcm_analysis.topics.functions.scores import BARRIER, EACH, TOO_FEW, chance, drawn, quantile, scores, shares
from upcm_analysis.topics.functions.sensitivity import flips, fragile

EFFECTS = np.array([[-3.0, 3, -1, 0.2, 0, -0.7, -1.2, 1]])


def judged(table, rule=RULE, scores_=(1.5, 2.5), pcts=(80, 95), draws=400):
    mine = panel(table)
    drew = drawn(mine, rule, draws, seed=1)
    found = flips(mine, drew, rule, list(scores_), list(pcts))
    return fragile(scores(mine, drew, rule), found).set_index("function"), found


def one_cluster(respondents, seed=1):
    return simulated(EFFECTS, respondents, seed, clusters=["high-tech"])[0]


def test_what_is_clear_is_not_fragile_and_what_is_near_a_limit_is():
    made, found = judged(one_cluster(30))
    assert not made.fragile["F2"] and made.fragile.any()
    assert (made.flips[made.fragile] != "").all() and set(found.varied) <= set(sensitivity.VARIED)


def test_a_class_that_hangs_on_the_weights_is_fragile_by_the_weights():
    rows = said([5] * 40) + said([1] * 5, "knowledge", start=40) + said([1] * 5, "finance", start=50)
    made, found = judged(answers(rows))
    assert made["judgement"]["F1"] == BARRIER and "weights" in made.flips["F1"]
    assert found[found.varied == "weights"]["to"].tolist() == [EACH]


def test_a_class_that_hangs_on_one_type_is_fragile_by_that_type():
    rows = said([1] * 10) + said([5] * 10, "knowledge", start=10) + said([1] * 10, "finance", start=20)
    made, found = judged(answers(rows), pcts=(), scores_=())
    assert made["judgement"]["F1"] == BARRIER and "type" in made.flips["F1"]
    assert set(found[found.varied == "type"].to) == {"company", "finance"}


def test_the_draws_without_a_respondent_are_those_of_the_panel_without():
    """Jackknife after bootstrap against leaving each out for real."""
    table = one_cluster(18, seed=3)
    mine = panel(table)
    drew = drawn(mine, RULE, 6000, seed=1)
    quick = sensitivity._without_each(drew, RULE.barrier_score)
    for number in (0, 7, 17):
        left = panel(table[table.respondent != mine.respondents[number]])
        real = chance(drawn(left, RULE, 6000, seed=2).medians, RULE.barrier_score)
        assert np.abs(quick[number] - real).max() < 8  # two of thousands of draws, one with a stratum rescaled


def test_too_few_answers_have_no_class_to_flip():
    made, _ = judged(one_cluster(5))
    assert (made["judgement"] == TOO_FEW).all() and not made.fragile.any()


@pytest.mark.parametrize("rule", [RULE, replace(RULE, weights=EACH)])
def test_without_variations_nothing_of_a_clear_panel_flips(rule):
    rows = said([1] * 12) + said([1] * 12, "knowledge", start=12)
    made, found = judged(answers(rows), rule)
    assert found.empty and not made.fragile.any()


def test_leaving_out_a_type_takes_its_answers_out():
    mine = panel(one_cluster(12))
    times = np.ones((1, 12))
    without = shares(mine, np.where(mine.kind == 0, 0.0, times), RULE)
    assert np.isfinite(quantile(without, 0.5)).all() and not np.allclose(without, shares(mine, times, RULE))
