"""Reliability: alpha as published, and an interval that covers it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always
from synthetic_panel import answers, simulated

from upcm_analysis.topics.functions import reliability
from upcm_analysis.topics.functions.reliability import NOMINAL, ORDINAL, alpha, alphas, by_function, meaning, of_events

#: Krippendorff (2011), Computing Krippendorff's alpha-reliability, section C: four observers, twelve units, missing data.
PUBLISHED = {
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
}


def rows(table=PUBLISHED):
    made = [(who, unit, value) for who, values in table.items() for unit, value in enumerate(values)]
    return pd.DataFrame(made, columns=["rater", "unit", "value"]).astype({"value": float})


def five(scores, last=None):
    """Five raters who give the same scores, but for the last one."""
    return rows({**{who: scores for who in "ABCD"}, "E": last or scores})


def found(table, measure, draws=200):
    return alpha(table, "rater", measure, draws, 1, 90, 5)


def of_all(table, draws):
    units = table.assign(unit=table.cluster + table.question, value=table.score)
    return alpha(units, "respondent", ORDINAL, draws, 1, 90, 5, "stakeholder_type")


@pytest.mark.parametrize(("measure", "value"), [(NOMINAL, 0.743), (ORDINAL, 0.815)])
def test_alpha_is_the_published_one(measure, value):
    made = found(rows(), measure)
    assert round(made["alpha"], 3) == value and (made["raters"], made["units"]) == (4, 11)


@pytest.mark.parametrize("measure", [NOMINAL, ORDINAL])
def test_our_weighted_form_is_alpha_where_all_count_once(measure):
    table = rows().dropna().pivot_table(index="rater", columns="unit", values="value")
    table = table.loc[:, table.notna().sum() > 1]
    given = (table.to_numpy()[:, :, None] == np.arange(1, 6)).astype(float)
    assert np.isclose(alphas(given, np.ones((1, 4)), measure)[0], found(rows(), measure)["alpha"])


def test_two_copies_of_a_rater_do_not_agree_with_each_other():
    """With raters who answer at random alpha is about zero, also where one is drawn several times."""
    rng = np.random.default_rng(1)
    table = rows({str(who): list(rng.integers(1, 6, 200)) for who in range(8)})
    made = found(table, ORDINAL)
    assert made["low"] < 0 < made["high"] and made["high"] < 0.1


def test_the_interval_covers_alpha_of_many_raters():
    effects = np.array([[1.5, -1.5, 0.5, -0.5, 1, -1, 0, 0.2]] * 2)
    whole, _ = simulated(effects, 800, seed=5)
    truth = of_all(whole, 1)["alpha"]
    panels = [of_all(simulated(effects, 15, seed=100 + seed)[0], 200) for seed in range(60)]
    covered = np.mean([one["low"] <= truth <= one["high"] for one in panels])
    assert 0.8 <= covered <= 1, covered


def test_full_agreement_is_one_and_nothing_that_differs_is_unknown():
    same = rows({"A": [1, 2, 3], "B": [1, 2, 3]})
    assert found(same, ORDINAL)["alpha"] == 1
    assert np.isnan(found(rows({"A": [1, 1], "B": [1, 1]}), ORDINAL)["alpha"])
    assert np.isnan(found(rows({"A": [1, 2]}), ORDINAL)["alpha"])  # a single rater


def test_one_of_five_who_differs_once_leaves_no_interval_beside_the_estimate():
    """In two of five draws that one is not drawn and nothing differs: the others alone would lie below the estimate."""
    made = found(five([3, 3, 3, 3], last=[3, 3, 3, 4]), ORDINAL, draws=2000)
    assert np.isnan(made["low"]) and np.isnan(made["high"])
    assert made["alpha"] == pytest.approx(0) and made["undrawn_pct"] == pytest.approx(100 * 0.8**4, abs=4)


def test_raters_of_one_mind_have_an_interval_where_units_differ_and_none_where_nothing_does():
    agreed = found(five([1, 3, 5]), ORDINAL)
    assert (agreed["alpha"], agreed["low"], agreed["high"]) == (1, 1, 1)
    assert agreed["undrawn_pct"] < 5  # draws of one rater alone
    same = found(five([3, 3, 3]), ORDINAL)
    assert all(np.isnan(same[name]) for name in ("alpha", "low", "high", "undrawn_pct"))


def test_few_draws_without_a_value_are_counted_and_leave_an_interval():
    drawn = np.array([np.nan] * 4 + list(np.linspace(0.2, 0.8, 96)))
    few, many = (reliability.interval(drawn, 0.5, 90, limit) for limit in (5, 3))
    assert (few["undrawn_pct"], many["undrawn_pct"]) == (4, 4)
    assert few["low"] < 0.5 < few["high"] and np.isnan(many["low"])
    assert np.isnan(reliability.interval(drawn, 0.9, 90, 5)["low"])  # which would lie beside it


@always
@given(st.integers(3, 12), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_an_interval_holds_its_estimate(raters, units, seed):
    rng = np.random.default_rng(seed)
    scores = np.tile(rng.integers(1, 6, units), (raters, 1))
    differs = rng.random(scores.shape) < 0.3
    scores[differs] = rng.integers(1, 6, differs.sum())
    made = found(rows({str(who): list(row) for who, row in enumerate(scores)}), ORDINAL, draws=100)
    assert np.isnan(made["low"]) or made["low"] - 1e-9 <= made["alpha"] <= made["high"] + 1e-9


def test_an_unknown_answer_is_no_pair():
    table = {**PUBLISHED, "E": [None] * 12}
    assert found(rows(table), ORDINAL)["alpha"] == found(rows(), ORDINAL)["alpha"]
    guessed = {**PUBLISHED, "E": [1] * 12}
    assert found(rows(guessed), ORDINAL)["alpha"] < found(rows(), ORDINAL)["alpha"]


def test_there_is_a_row_for_all_each_function_and_each_cluster():
    table = answers([(f"{who:02d}", "company", cluster, f"{code}-{n}", 1 + (who + n) % 5) for who in range(6)
                     for cluster in ("materialen", "high-tech") for code in ("F1", "F2") for n in (1, 2, 3)])  # fmt: skip
    made = by_function(table, 20, 1, 90, 5)
    assert list(zip(made.scope, made.name, strict=True)) == [
        ("all", ""), ("function", "F1"), ("function", "F2"), ("cluster", "materialen"), ("cluster", "high-tech"),
    ]  # fmt: skip
    assert made.units.tolist() == [12, 6, 6, 6, 6]


def test_the_parts_together_are_the_whole():
    """Summed over functions and clusters the draws are those of all units at once."""
    table, _ = simulated(np.array([[1.5, -1.5, 0, 1, 0, 0, -1, 0.5]] * 2), 12, seed=1, missing=0.1)
    whole, quick = of_all(table, 100), by_function(table, 100, 1, 90, 5).iloc[0]
    for name in ("alpha", "low", "high", "raters", "units"):
        assert np.isclose(whole[name], quick[name]), name


def test_coders_of_events_agree_by_function_and_by_sign():
    made = [("e0", "F1", 1), ("e1", "F2", -1), ("e2", "F3", 1), ("e3", "F2", 1)]
    coded = [(*one, coder) for one in made for coder in ("a", "b")]
    events = pd.DataFrame(coded, columns=["event", "function", "sign", "coder"])
    made = of_events(events, 20, 1, 90, 5).set_index("name")
    assert made.alpha.tolist() == [1, 1] and made.units.tolist() == [4, 4]
    events.loc[0, "function"] = "F8"
    assert of_events(events, 20, 1, 90, 5).set_index("name").alpha["function"] < 1


def test_what_a_value_means():
    means = [meaning(value, 0.8, 0.667) for value in (0.8, 0.7, 0.5, np.nan)]
    assert means == [reliability.RELIABLE, reliability.TENTATIVE, reliability.UNRELIABLE, reliability.UNKNOWN]
