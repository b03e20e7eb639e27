"""Scores of innovation functions: medians of respondents who count once, on panels of known truth."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always
from pandas.testing import assert_frame_equal
from synthetic_panel import RULE, answers, said, simulated

from upcm_analysis.topics.functions import scores as function_scores
from upcm_analysis.topics.functions.panel import panel
from upcm_analysis.topics.functions.scores import BARRIER, EACH, OPEN, TOO_FEW, UNDECIDED, drawn, quantile, scores

KINDS = ["company", "knowledge", "government", "finance"]


def scored(table, rule=RULE, draws=400):
    made = panel(table)
    return scores(made, drawn(made, rule, draws, seed=1), rule)


def one(values, **more):
    """Half of the respondents are of one type and half of another."""
    half = len(values) // 2
    rows = said(values[:half], "company", **more) + said(values[half:], "knowledge", start=half, **more)
    return scored(answers(rows)).iloc[0]


def test_a_median_and_quartiles_are_those_of_the_scores():
    row = one([1, 2, 3, 4, 5, 1, 2, 3, 4, 5])
    assert (row["median"], row.lower_quartile, row.upper_quartile) == (3, 2, 4)
    assert row.respondents == 10 and row.unknown_pct == 0


def test_the_median_between_two_scores_is_their_middle():
    assert one([2] * 5 + [4] * 5)["median"] == 3
    assert quantile(np.array([0.5, 0.5, 0, 0, 0]), 0.5) == 1.5 and quantile(np.array([0.4, 0.6, 0, 0, 0]), 0.5) == 2


@always
@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
def test_with_each_the_same_the_quantile_is_the_usual_median(values):
    share = np.bincount(values, minlength=6)[1:] / len(values)
    assert quantile(share, 0.5) == np.median(values)


def test_unknown_is_not_a_number():
    """Unknown put down as any number changes the result: so it is counted as none."""
    base = [2, 2, 3, 3, 4, 4, 2, 3]
    unknown = one([*base, None, None, *base, None, None])
    assert unknown.respondents == 16 and unknown.unknown_pct == 20
    for number in (1, 5):
        other = one([*base, number, number, *base, number, number])
        assert not np.isclose(other[f"share_{number}"], unknown[f"share_{number}"]) and other.unknown_pct == 0


def test_an_answer_that_is_missing_altogether_was_not_asked():
    row = one([3] * 10)
    assert row.asked == 10 and row.unknown_pct == 0


def test_a_respondent_counts_once_however_many_questions_are_answered():
    rows = said([1] * 5) + said([5] * 4, "knowledge", start=5)
    rows += [(f"{who:03d}", "knowledge", "high-tech", f"F1-{number}", 5) for who in range(5, 9) for number in (2, 3)]
    row = scored(answers(rows), replace(RULE, weights=EACH)).iloc[0]
    assert row["median"] == 1 and np.isclose(row.share_5, 100 * 4 / 9)


def test_a_large_group_does_not_swamp_a_small_one():
    rows = said([5] * 40) + said([1] * 5, "knowledge", start=40) + said([1] * 5, "finance", start=50)
    assert scored(answers(rows)).iloc[0]["median"] == 1
    assert scored(answers(rows), replace(RULE, weights=EACH)).iloc[0]["median"] == 5


def test_a_group_that_is_too_small_counts_for_its_part():
    rows = said([5] * 8) + said([1], "knowledge", start=8) + said([5] * 8, "finance", start=10)
    assert np.isclose(scored(answers(rows)).iloc[0].share_1, 100 * (1 / 3) / (2 + 1 / 3))


@pytest.mark.parametrize(
    "rows",
    [said([1] * 7), said([1] * 30), said([1] * 20) + said([1] * 2, "knowledge", start=20), said([None] * 20)],
)
def test_too_few_answers_give_no_score(rows):
    row = scored(answers(rows)).iloc[0]
    assert row["judgement"] == TOO_FEW
    assert row[["median", "lower_quartile", "upper_quartile", "low", "high", "barrier_pct", "share_1"]].isna().all()


@pytest.mark.parametrize(
    ("values", "found"), [([1, 2] * 10, BARRIER), ([4, 5] * 10, OPEN), ([2, 3, 1, 4] * 5, UNDECIDED)]
)
def test_a_function_is_a_barrier_where_the_median_is_low_in_nearly_all_draws(values, found):
    assert one(values)["judgement"] == found


def test_names_and_order_of_respondents_change_nothing():
    table, _ = simulated(
        np.array([[0.5, -1, 0, 1, 0, 0, -0.5, 0], [0, 0, 1, 0, -1, 0, 0, 0.5]]), 25, seed=3, missing=0.1
    )
    names = table.respondent.unique()
    others = dict(zip(names, np.random.default_rng(1).permutation(names), strict=True))
    renamed = table.assign(respondent=table.respondent.map(others))
    # A name goes with its type and answers: what is permuted is who is called what.
    assert_frame_equal(scored(renamed.sample(frac=1, random_state=2)), scored(table))


def test_who_scored_several_clusters_is_drawn_once_for_all():
    """Two clusters on which everybody says the same have the same median in every draw: they are not independent."""
    rows = [row for cluster in ("materialen", "high-tech") for kind, start in (("company", 0), ("knowledge", 10))
            for row in said([1, 2, 3, 4, 5, 2, 3, 1, 4, 2], kind, cluster=cluster, start=start)]  # fmt: skip
    made = panel(answers(rows))
    medians = drawn(made, RULE, 200, seed=1).medians
    assert (medians[:, 0] == medians[:, 1]).all() and len(np.unique(medians[:, 0])) > 1


def test_draws_keep_the_number_of_each_type_and_one_alone_stays():
    rows = said([1] * 12) + said([2] * 5, "knowledge", start=12) + said([2], "finance", start=20)
    made = panel(answers(rows))
    times = drawn(made, RULE, 50, seed=1).times
    for kind, count in enumerate((12, 5, 1)):
        assert np.allclose(times[:, made.kind == kind].sum(axis=1), count)
    assert (times[:, made.kind == 2] == 1).all() and len(np.unique(times[:, made.kind == 0])) > 2


def test_the_interval_covers_the_true_median_at_least_as_often_as_it_says():
    """200 panels of 30 whose answers hang together by respondent; truth from 200,000 respondents of the same kind."""
    effect = np.array([[0.3]])
    many = np.random.default_rng(0)
    level = effect[0, 0] - many.normal(0, 0.8, 200_000)
    cuts = np.array([-2.0, -0.7, 0.7, 2.0])
    truth = np.median(1 + (many.logistic(size=200_000)[:, None] + level[:, None] > cuts).sum(axis=1))
    hits = []
    for seed in range(200):
        table, _ = simulated(effect, 30, seed, clusters=["high-tech"], functions=["F1"])
        row = scored(table, draws=200).iloc[0]
        hits.append(row.low <= truth <= row.high)
    assert 0.88 <= np.mean(hits) <= 1, np.mean(hits)


def test_groups_say_how_many_of_each_type_gave_a_score():
    table = function_scores.groups(panel(answers(said([1, None, 2]) + said([3], "finance", start=3))))
    assert dict(zip(table.stakeholder_type, table.respondents, strict=True)) == {"company": 2, "finance": 1}


def test_tables_that_go_in_are_left_as_they_are():
    table = answers(said([1, 2, 3]))
    before = table.copy()
    scored(table)
    assert_frame_equal(table, before)
    assert pd.isna(scored(table)["median"]).all()
