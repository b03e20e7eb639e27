"""Each formula against an example by hand, its limits, and what more of each assumption does."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always

from factpress.codelists import codelist
from upcm_analysis.topics.scenarios import strategy
from upcm_analysis.topics.scenarios.strategy import ALL, LADDER

part = st.floats(0, 1)

#: Nothing is done: every strategy reaches nothing, and nothing comes back.
NOTHING = {
    ("use_ratio", "design"): 1.0,
    ("design_saving", "design"): 0.0,
    ("life_ratio", "life-extension"): 1.0,
    ("use_phase_penalty", "life-extension"): 0.0,
    ("collection", "recycling"): 0.0,
    ("output", "recycling"): 0.0,
    ("displacement", "recycling"): 0.0,
    ("factor_ratio", "recycling"): 1.0,
    **{("penetration", one): 0.0 for one in LADDER},
    **{("service_value_added", one): 0.0 for one in LADDER},
    **{(name, ALL): 0.0 for name in ("rebound", "share_abroad", "policy_overlap", "production_lost")},
}
#: Worked by hand: design 1 - 0.8 x 0.5 = 0.6, life 1 - 5/6 - 1/15 = 0.1, recycling 0.5 x 0.8 x 0.5 x 0.5 = 0.1.
BY_HAND = NOTHING | {
    ("use_ratio", "design"): 1.25,
    ("design_saving", "design"): 0.5,
    ("life_ratio", "life-extension"): 1.2,
    ("use_phase_penalty", "life-extension"): 1 / 15,
    ("collection", "recycling"): 0.5,
    ("output", "recycling"): 0.8,
    ("displacement", "recycling"): 0.5,
    ("factor_ratio", "recycling"): 0.5,
    ("penetration", "design"): 0.5,
    ("penetration", "life-extension"): 0.2,
    ("penetration", "recycling"): 0.3,
    ("service_value_added", "life-extension"): 0.4,
    ("rebound", ALL): 0.2,
    ("share_abroad", ALL): 0.25,
    ("policy_overlap", ALL): 0.1,
    ("production_lost", ALL): 0.5,
}


def test_a_life_one_fifth_longer_saves_a_sixth():
    assert strategy.life(10, 12) == pytest.approx(1 / 6)
    assert strategy.life(10, 12, 0.05) == pytest.approx(1 / 6 - 0.05)


def test_recycling_as_an_amount_and_as_a_part_are_the_same():
    """A fifth of 100 kt is collected more, nine tenths comes out, half displaces: 9 kt, each saving 4 - 1 = 3."""
    amount = strategy.recycled(100, 0.2, 0.9, 0.5, 4, 1)
    assert amount == pytest.approx(27)
    assert strategy.recycling(0.2, 0.9, 0.5, 1 / 4) * 100 * 4 == pytest.approx(amount)


def test_a_scenario_by_hand():
    """F = 1 - (1 - 0.3)(1 - 0.02)(1 - 0.03), of which 0.8 after rebound; a quarter abroad, a tenth of the rest overlaps."""
    found = strategy.shares(BY_HAND)
    total = 1 - 0.7 * 0.98 * 0.97
    assert found["nl"] == pytest.approx(total * 0.8 * 0.75 * 0.9)
    assert found["abroad"] == pytest.approx(total * 0.8 * 0.25)
    assert found["nl design"] == pytest.approx(0.3 * 0.54)
    assert found["nl life-extension"] == pytest.approx(0.7 * 0.02 * 0.54)
    assert found["nl recycling"] == pytest.approx(0.7 * 0.98 * 0.03 * 0.54)
    # Products, not emissions: life saves 1/6 and recycling 0.5 x 0.8 x 0.5 = 0.2 of them.
    lost = (1 - 0.7 * (1 - 0.2 / 6) * (1 - 0.3 * 0.2)) * 0.8 * 0.5
    assert found["gross"] == pytest.approx(0.2 * 0.4)
    assert found["net"] == pytest.approx(0.2 * 0.4 - lost)


def test_amounts_are_shares_of_the_product_group_s_own_figures():
    rows = [
        {"parameter": name, "strategy": one, "product_group": "", "value": value}
        for (name, one), value in BY_HAND.items()
    ]
    rows.append({"parameter": "penetration", "strategy": "design", "product_group": "24", "value": 0.0})
    base = pd.DataFrame({"co2_kt": [100.0, 50.0], "value_added_meur": [10.0, 20.0]}, index=["20", "24"])
    found = strategy.potential(pd.DataFrame(rows), base).set_index(["product_group", "measure"]).amount
    assert found["20", "nl"] == pytest.approx(100 * strategy.shares(BY_HAND)["nl"])
    own = strategy.shares(BY_HAND | {("penetration", "design"): 0.0})
    assert found["24", "nl"] == pytest.approx(50 * own["nl"])
    assert found["24", "gross"] == pytest.approx(20 * own["gross"])


def test_nothing_reached_is_nothing_saved():
    found = strategy.shares(BY_HAND | {("penetration", one): 0.0 for one in LADDER})
    assert all(value == 0 for value in found.values())
    assert strategy.shares(BY_HAND, 0.0) == found


def test_full_substitution_is_the_whole_flow():
    whole = NOTHING | {("design_saving", "design"): 1.0, ("penetration", "design"): 1.0}
    assert strategy.shares(whole)["nl"] == 1
    again = {("collection", "recycling"): 1.0, ("output", "recycling"): 1.0, ("displacement", "recycling"): 1.0}
    whole = NOTHING | again | {("factor_ratio", "recycling"): 0.0, ("penetration", "recycling"): 1.0}
    assert strategy.shares(whole)["nl"] == 1
    assert strategy.shares(whole | {("displacement", "recycling"): 0.0})["nl"] == 0


def test_a_penalty_larger_than_the_saving_raises_emissions():
    worse = BY_HAND | {("use_phase_penalty", "life-extension"): 0.5}
    assert strategy.shares(worse)["nl life-extension"] < 0


def test_what_all_is_abroad_is_not_here_and_the_ledgers_are_apart():
    found = strategy.shares(BY_HAND | {("share_abroad", ALL): 1.0})
    assert found["nl"] == 0 and found["abroad"] > 0


@always
@given(st.lists(part, max_size=6), st.randoms(use_true_random=False))
def test_the_order_matters_for_who_takes_what_and_not_for_the_whole(parts, random):
    mixed = random.sample(parts, len(parts))
    whole = 1 - np.prod([1 - one for one in parts])
    assert sum(strategy.stacked(parts)) == pytest.approx(whole, abs=1e-12)
    assert sum(strategy.stacked(mixed)) == pytest.approx(whole, abs=1e-12)
    assert -1e-12 <= whole <= min(1, sum(parts)) + 1e-12


def scenarios():
    """Scenarios in which every strategy saves rather than costs, as `given` of `shares`."""
    ends = {
        key: (float(row.least), float(row.most or 3)) for key, row in codelist("parameters").iterrows() if row.least
    }
    ends = {key: ends[key] for key in NOTHING} | {("use_phase_penalty", "life-extension"): (0.0, 0.0)}
    ends |= {("factor_ratio", "recycling"): (0.0, 1.0)}
    return st.fixed_dictionaries({key: st.floats(*end) for key, end in ends.items()})


@always
@given(scenarios(), st.sampled_from(sorted(NOTHING)), st.floats(0, 1))
def test_more_of_an_assumption_goes_its_way_only(given_, key, more):
    """The direction in the code list is true: it steers the copula and is told to analysts."""
    about = codelist("parameters").loc[key]
    most = 1.0 if key == ("factor_ratio", "recycling") else float(about.most or 3)
    changed = given_ | {key: given_[key] + more * (most - given_[key])}
    before, after = strategy.shares(given_), strategy.shares(changed)
    if key[0] not in ("service_value_added", "production_lost"):
        assert int(about.direction) * (after["nl"] - before["nl"]) >= -1e-12
    else:
        assert int(about.direction) * (after["net"] - before["net"]) >= -1e-12
    assert 0 <= after["nl"] + after["abroad"] <= 1 + 1e-12
    assert after["net"] <= after["gross"] + 1e-12


@always
@given(scenarios(), part, part)
def test_more_is_saved_as_more_is_adopted(given_, some, more):
    low, high = sorted((some, more))
    assert strategy.shares(given_, low)["nl"] <= strategy.shares(given_, high)["nl"] + 1e-12


def test_numbers_and_arrays_give_the_same():
    many = {key: np.array([value, value]) for key, value in BY_HAND.items()}
    for name, value in strategy.shares(BY_HAND).items():
        assert strategy.shares(many)[name].tolist() == [value, value]
