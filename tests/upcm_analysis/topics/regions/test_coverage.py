"""Coverage: how much of a product group its registered sources are, and when that is enough to divide the rest."""

import pandas as pd
import pytest
from make import by_group, figure, figures

from factpress.codelists import codelist
from upcm_analysis.topics.regions import build as region_build
from upcm_analysis.topics.regions import coverage
from upcm_analysis.topics.regions import sources as region_sources
from upcm_analysis.vocabulary.subjects import grounds_of

SOURCES, NAMED = "co2_point_sources_kt", "co2_point_sources_coverage_pct"


def ground(group, value, half=0.5):
    return (group, value - half, value, value + half, f"cell-{group}")


def covered(sources, *grounds):
    table = figures(*(figure(SOURCES, value, 50, product_group=group) for group, value in sources.items()))
    return coverage.coverage(table, pd.DataFrame(grounds, columns=region_sources.GROUND), SOURCES, NAMED)


def test_sources_are_divided_by_an_independent_figure():
    """6,000 ± 50 of 8,000 ± 0.5 kt are three quarters."""
    (found,) = covered({"24": 6000}, ground("24", 8000), ground("20", 18706)).itertuples()
    assert (found.indicator, found.place, found.product_group, found.value) == (NAMED, "NL", "24", 75.0)
    assert (found.low, found.high) == pytest.approx((100 * 5950 / 8000.5, 100 * 6050 / 7999.5))
    assert found.inputs == (f"{SOURCES}/product-group/24", "cell-24")


def test_there_is_no_coverage_without_a_source_or_without_a_ground():
    """Nothing registered is not zero, and what may not be compared is not covered."""
    assert covered({"24": 5800}, ground("20", 18706)).empty and covered({"38": 5800}).empty and covered({}).empty


#: Four product groups in the proportions of the tables: chemicals, basic metals, waste treatment, and what is small.
GROUPS = coverage.by_group(figures(*by_group("co2_kt", {"20": 6096, "24": 6966, "38": 7350, "28": 3758})), "co2_kt")


def enough(coverages, known=()):
    return coverage.sufficient(
        GROUPS.assign(known=pd.Series(dict(known), dtype=float), covered=pd.Series(coverages, dtype=float)), 80
    )


@pytest.mark.parametrize(
    ("coverages", "expected"),
    [
        ({"24": 94.8}, False),  # one product group, that holds 29% of what is divided
        ({"24": 94.8, "38": 81.0}, False),  # 59%
        ({"24": 94.8, "38": 81.0, "20": 79.9}, False),  # most of 20 is registered, and not enough of it
        ({"24": 94.8, "38": 81.0, "20": 80.0}, True),  # 84%; the rest is small, and may be divided
        ({"20": 80.0, "24": 94.8}, False),  # waste treatment is a third by itself
        ({}, False),
    ],
)
def test_it_is_enough_where_product_groups_that_are_covered_hold_most(coverages, expected):
    assert enough(coverages) is expected


@pytest.mark.parametrize(("known", "expected"), [(6096.5, True), (6096.6, False), (12074, False)])
def test_sources_of_another_scope_than_the_national_figure_are_never_enough(known, expected):
    """6,096 ± 0.5 kt of chemicals: with more than that in the sources it is not known what is left of it."""
    assert enough({"24": 94.8, "38": 81.0, "20": 80.0}, [("20", known)]) is expected


def test_waste_treatment_is_never_covered_by_what_emissions_trading_counts():
    """Waste incineration is not in it: a plant that is counted says nothing of those that are not."""
    row = codelist("coverage").loc[("co2_point_source_2020_mt", "38")]
    assert (row.national, row.industry) == ("", "") and "afvalverbranding" in row.reason_nl


#: Point sources of which the list says nothing.
UNLISTED = "co2_point_source_2021_with_power_mt"


def test_sources_of_which_nothing_is_listed_are_compared_with_nothing(figures_2020, monkeypatch):
    """No error where such sources are chosen: nothing is covered."""
    assert len(grounds_of("co2_point_source_2020_mt")) == 13 and grounds_of(UNLISTED).empty
    monkeypatch.setattr(region_sources, "chosen_indicator", lambda name: UNLISTED)
    grounds = region_sources.grounds("2020")
    assert grounds.empty and list(grounds.columns) == region_sources.GROUND
    registered = region_build.registered(figures_2020, grounds)
    assert not coverage.sufficient(registered.groups, 80)
