"""The motor: the functions of a phase, maturity as its weakest link and as means, and sequences against chance."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always

from factpress.codelists import codelist
from upcm_analysis.topics.functions import contribution_sources, motor
from upcm_analysis.topics.programme import form_sources

SCHEME = "hekkert-mis"
PHASES = codelist("phase_functions").reset_index()


def scores(values, cluster="high-tech", classes=None):
    rows = [(cluster, SCHEME, code, value, 50.0) for code, value in values.items()]
    made = pd.DataFrame(rows, columns=["cluster", "scheme", "function", "median", "barrier_pct"])
    return made.assign(**{"judgement": [(classes or {}).get(code, "undecided") for code in values]})


def phase(*names, cluster="high-tech"):
    return motor.needed(pd.DataFrame({"cluster": cluster, "phase": names}), PHASES)


def test_a_phase_needs_its_leading_functions_and_those_that_support_them():
    found = phase("development")
    assert found.function.tolist() == ["F1", "F2", "F3", "F4", "F6"]
    assert found.role.tolist() == ["leading"] + ["supporting"] * 4
    assert phase("pre-development", "take-off").function.tolist() == ["F2", "F7", "F1", "F3", "F4", "F6"]


def test_a_weak_leading_function_is_one_that_is_a_barrier():
    made = scores(dict.fromkeys(["F1", "F2", "F7"], 2.0), classes={"F1": "barrier", "F2": "barrier", "F7": "undecided"})
    assert motor.weak(phase("development", "take-off"), made).function.tolist() == ["F1"]  # F2 only supports


def test_maturity_in_three_ways():
    row = motor.maturity(phase("development"), scores({"F1": 5, "F2": 5, "F3": 2, "F4": 3, "F6": 5})).iloc[0]
    assert row.weakest_pct == 25 and row.arithmetic_pct == 75
    assert np.isclose(row.geometric_pct, 100 * (1 * 1 * 0.25 * 0.5 * 1) ** 0.2)


@always
@given(st.lists(st.integers(1, 5), min_size=5, max_size=5))
def test_the_weakest_link_is_at_most_the_geometric_mean_and_that_at_most_the_arithmetic(values):
    row = motor.maturity(phase("development"), scores(dict(zip(["F1", "F2", "F3", "F4", "F6"], values, strict=True))))
    weakest, geometric, arithmetic = row[["weakest_pct", "geometric_pct", "arithmetic_pct"]].to_numpy()[0]
    assert weakest <= geometric + 1e-9 and geometric <= arithmetic + 1e-9


@pytest.mark.parametrize(
    "values", [{"F1": 5, "F2": 5, "F3": 2, "F4": 3}, {"F1": 5, "F2": 5, "F3": 2, "F4": 3, "F6": np.nan}]
)
def test_an_unknown_function_leaves_maturity_unknown(values):
    row = motor.maturity(phase("development"), scores(values)).iloc[0]
    assert row.unscored == "F6" and np.isnan([row.weakest_pct, row.geometric_pct, row.arithmetic_pct]).all()


def test_the_battery_project_and_its_unknowns():
    """Of what development needs the sheet says F2, F3, F4 and F6 high, and F1 unknown: 80 to 100 percent, not 80."""
    cited = contribution_sources.cited("2020", form_sources.forms("2020", form_sources.SHEET))
    sheet = cited[cited.kind == contribution_sources.CONTRIBUTION]
    about = phase("development", cluster="consumentenproducten")
    row = motor.ratio(motor.stimulated(about, sheet, ["Hoog", "Middel"], "Onbekend")).iloc[0]
    assert (row.stimulated, row.unknown, row.not_stimulated) == ("F2 F3 F4 F6", "F1", "")
    assert (row.low_pct, row.high_pct, row.needed) == (80, 100, 5)
    acceleration = phase("acceleration", cluster="consumentenproducten")
    row = motor.ratio(motor.stimulated(acceleration, sheet, ["Hoog", "Middel"], "Onbekend")).iloc[0]
    assert (row.not_stimulated, row.low_pct, row.high_pct) == ("F5", 0, 0)  # low is known, and not unknown


def test_a_function_that_no_sheet_mentions_is_unknown():
    row = motor.ratio(motor.stimulated(phase("acceleration"), pd.DataFrame(columns=["cluster", "scheme", "function", "level"]),
                                       ["Hoog"], "Onbekend")).iloc[0]  # fmt: skip
    assert (row.unknown, row.low_pct, row.high_pct) == ("F5", 0, 100)


def history(rows, cluster="high-tech"):
    made = [(f"e{number:03d}", pd.Timestamp("2015-01-01") + pd.Timedelta(days=day), cluster, SCHEME, code, sign)
            for number, (day, code, sign) in enumerate(rows)]  # fmt: skip
    return pd.DataFrame(made, columns=["event", "date", "cluster", "scheme", "function", "sign"])


def test_the_running_total_of_events():
    made = motor.cumulative(history([(0, "F1", 1), (5, "F2", -1), (9, "F1", 1), (12, "F1", -1)]))
    assert made[made.function == "F1"].total.tolist() == [1, 2, 1]


def test_events_that_coders_do_not_agree_on_are_left_out():
    one = history([(0, "F1", 1), (5, "F2", 1)]).assign(coder="a")
    other = one.assign(coder="b", function=["F1", "F3"])
    assert motor.agreed(pd.concat([one, other])).event.tolist() == ["e000"]


def planted(seed, cycle=("F4", "F6", "F2"), rounds=25):
    """Again and again the same functions one after another, ten days apart, among others at random."""
    rng = np.random.default_rng(seed)
    rows = [(100 * turn + 10 * step, code, 1) for turn in range(rounds) for step, code in enumerate(cycle)]
    rows += [(int(day), f"F{rng.integers(1, 9)}", 1) for day in rng.integers(0, 100 * rounds, 40)]
    return history(sorted(rows))


def test_a_planted_sequence_is_found_and_its_reverse_is_not():
    made = motor.sequences(planted(1), lag_days=15, draws=400, seed=1).set_index(["first", "then"])
    assert made.p_all["F4", "F6"] < 0.05 and made.p_all["F6", "F2"] < 0.05
    assert made.p["F6", "F4"] > 0.2 and made.pairs["F4", "F6"] >= 25


def test_without_a_sequence_few_are_found():
    """40 histories at random: about five in a hundred have a pair with p_all at most 0.05."""
    rng = np.random.default_rng(2)
    least = []
    for _ in range(40):
        days = np.sort(rng.integers(0, 2000, 60))
        made = motor.sequences(history([(int(day), f"F{rng.integers(1, 9)}", 1) for day in days]), 60, 200, 1)
        least.append(made.p_all.min())
    assert np.mean(np.array(least) <= 0.05) <= 0.15


def test_a_planted_motor_is_found_and_weakening_events_are_no_part_of_it():
    listed = codelist("motors").functions.str.split().to_dict()
    made = motor.motors(planted(3), listed, lag_days=15, draws=400, seed=1).set_index("motor")
    assert made.p["science-technology-push"] < 0.05
    weakening = motor.motors(planted(3).assign(sign=-1), listed, 15, 50, 1)
    assert weakening.empty
