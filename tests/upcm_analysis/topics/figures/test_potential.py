"""The whole percentage that fits a published potential: found where there is one, missing where there is none or always one."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always, by_group, figure, figures

from upcm_analysis.topics.figures import potential

BASELINE = st.integers(1, 60_000)


def interval(value):
    return pd.Series({"value": value, "low": max(0, value - 0.5), "high": value + 0.5})


def percentages_of(table):
    """The product groups that have a whole percentage of CO2 reduction."""
    found = potential.whole_percentages(table)
    return list(found[found.indicator == "co2_reduction_pct"].product_group)


def rounded(percentage, baseline):
    """round(percentage * baseline / 100), halves up, in whole numbers."""
    return (2 * percentage * baseline + 100) // 200


def both(co2, reduction, total=None):
    """Figures of two product groups with a value added of which 10% is potential."""
    return figures(
        *by_group("co2_kt", co2),
        *by_group("co2_reduction_kt", reduction),
        *by_group("value_added_meur", dict.fromkeys(co2, 1000)),
        *by_group("value_added_potential_meur", dict.fromkeys(co2, 100)),
        figure("co2_kt", sum(co2.values())),
        figure("co2_reduction_kt", total if total is not None else sum(reduction.values())),
        figure("value_added_meur", 1000 * len(co2)),
        figure("value_added_potential_meur", 100 * len(co2)),
    )


@pytest.mark.parametrize(("value", "expected"), [(1102.5, 1103), (2.5, 3), (0.5, 1), (31.32, 31), (0.49, 0), (7, 7)])
def test_halves_are_rounded_up(value, expected):
    assert potential.half_up(value) == expected


@always
@given(BASELINE, st.integers(0, 100))
def test_the_true_percentage_always_fits(baseline, percentage):
    assert percentage in potential.fitting_percentages(interval(baseline), interval(rounded(percentage, baseline)))


@always
@given(BASELINE, st.integers(0, 60_000))
def test_what_fits_is_what_rounding_of_both_allows(baseline, published):
    """The distance from p% of the baseline to the potential is at most half a unit, and p% of half a unit."""
    near = [p for p in range(101) if 2 * abs(p * baseline - 100 * published) <= 100 + p]
    assert potential.fitting_percentages(interval(baseline), interval(published)) == near


@pytest.mark.parametrize(
    ("baseline", "published", "fits"),
    [
        (6096, 305, [5]),
        (88, 5, [6]),
        (6096, 330, []),  # between 5 and 6 percent
        (10, 1, [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),  # too small to tell
        (100, 0, [0]),
        (100, 200, []),
    ],
)
def test_one_percentage_several_or_none(baseline, published, fits):
    assert potential.fitting_percentages(interval(baseline), interval(published)) == fits


def test_replication_rounds_the_sum_of_unrounded_parts():
    """15% of 1,010 is 151.5, printed as 152; the sum of both is 303, not 304."""
    table = both({"20": 1010, "24": 1010}, {"20": 152, "24": 152}, total=303)
    rows = potential.replication(table).set_index(["potential", "product_group"]).loc["co2_reduction_kt"]
    assert list(rows.replicated) == [152, 152, 303]
    assert list(rows.unrounded) == pytest.approx([151.5, 151.5, 303])
    assert list(rows.fits) == [(15,), (15,), ()]


def test_where_no_percentage_fits_nothing_is_replicated():
    table = both({"20": 6096, "24": 1000}, {"20": 330, "24": 80})
    rows = potential.replication(table).set_index(["potential", "product_group"]).loc["co2_reduction_kt"]
    assert math.isnan(rows.replicated["20"]) and math.isnan(rows.replicated[""])
    assert rows.replicated["24"] == 80 and not rows.always.any()
    assert percentages_of(table) == ["24"]


@pytest.mark.parametrize(("baseline", "published"), [(100, 12), (10, 1)], ids=["one fits", "several fit"])
def test_where_always_one_fits_there_is_no_percentage_and_the_total_has_what_was_published(baseline, published):
    table = both({"20": baseline, "24": 1000}, {"20": published, "24": 80})
    rows = potential.replication(table).set_index(["potential", "product_group"]).loc["co2_reduction_kt"]
    assert list(rows.always) == [True, False, False] and math.isnan(rows.pct["20"])
    assert rows.unrounded[""] == published + 80 and list(rows.leeway) == [0.5, 0, 0.5]
    assert percentages_of(table) == ["24"]


@always
@given(st.integers(0, 400), st.integers(0, 400))
def test_in_a_whole_point_some_percentage_fits_and_in_less_at_most_one(baseline, printed):
    base, published = interval(baseline), interval(printed)
    low, high = potential.possible_percentages(base, published)
    fits = potential.fitting_percentages(base, published)
    assert len(fits) >= 1 if high - low >= potential.POINT and high <= 100 else len(fits) <= 1 or high > 100


def test_whole_percentages_are_exact_and_know_their_inputs():
    found = potential.whole_percentages(both({"20": 6096, "24": 6966}, {"20": 305, "24": 557}))
    row = found[(found.indicator == "co2_reduction_pct") & (found.product_group == "24")].iloc[0]
    assert row.value == row.low == row.high == 8
    assert row.inputs == ("co2_reduction_kt/product-group/24", "co2_kt/product-group/24")


def test_inputs_are_not_mutated():
    table = both({"20": 6096, "24": 6966}, {"20": 305, "24": 557})
    before = table.copy(deep=True)
    potential.whole_percentages(table)
    pd.testing.assert_frame_equal(table, before)
