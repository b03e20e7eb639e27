"""Concentration of production: published numbers, bounds that hold whatever was rounded, and what a change of places does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always

from upcm_analysis.topics.supply import concentration

MAGNESIUM, PHOSPHORUS = [89, 4, 3, 2, 1, 1], [74, 9, 9, 8]
BAUXITE = [28, 20, 13, 8, 8, 7, 3, 3, 3, 2]


@pytest.mark.parametrize(
    ("shares", "published"), [(MAGNESIUM, 0.7724), (PHOSPHORUS, 0.5224), (BAUXITE, 0.0811)], ids=["Mg", "P", "bauxite"]
)
def test_the_published_analysis_comes_out(shares, published):
    value, low, high = concentration.normalised(shares)
    assert round(value, 4) == published and low < value < high


def test_with_the_number_of_named_countries_it_does_not():
    assert round(concentration.normalised(MAGNESIUM, places=6)[0], 4) == 0.7542


def test_one_country_is_one_and_two_equal_ones_a_half():
    assert concentration.hhi([100])[0] == 1.0 and concentration.hhi([50, 50])[0] == 0.5
    assert concentration.normalised([100])[0] == pytest.approx(1.0)


def test_what_is_not_named_is_at_most_one_country_and_at_least_many():
    _, low, high = concentration.hhi([50])
    assert low == pytest.approx(0.495**2) and high == pytest.approx(0.505**2 + 0.495**2)


def test_countries_together_count_as_one_and_at_least_as_nothing():
    value, low, _ = concentration.hhi([60], others=40)
    assert value == pytest.approx(0.6**2 + 0.4**2) and low == pytest.approx(0.595**2)


@always
@given(st.lists(st.floats(0.6, 40), min_size=1, max_size=10), st.data())
def test_the_bounds_hold_whatever_was_rounded_and_not_named(sizes, data):
    """Of shares that may be anything, rounded to whole percents, with the rest in one country or spread thin."""
    whole = sum(sizes) * data.draw(st.floats(1.0, 1.2))
    true = [one / whole for one in sizes]
    printed = [round(100 * one) for one in true]
    rest = 1 - sum(true)
    thin = sum(one**2 for one in true)
    named = [one for one in printed if one > 0]
    unnamed = sum(one for one, said in zip(true, printed, strict=True) if said == 0)
    _, low, high = concentration.hhi(named)
    assert low - 1e-9 <= thin
    if not unnamed:
        assert thin + rest**2 <= high + 1e-9


def test_the_largest_share_and_recycling_have_the_interval_of_their_rounding():
    assert concentration.largest(MAGNESIUM) == (89, 88.5, 89.5)
    assert concentration.recycled(0.28) == pytest.approx((28, 27.5, 28.5)) and concentration.recycled(0.0)[1] == 0
