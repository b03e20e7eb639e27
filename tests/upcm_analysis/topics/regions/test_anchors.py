"""Anchors: point sources at their place, by hand and against the published allocation."""

import numpy as np
import pandas as pd
import pytest
from make import by_group, by_province, figures

from factpress.errors import InputError
from upcm_analysis.topics.regions import estimate
from upcm_analysis.topics.regions.allocation import allocation
from upcm_analysis.topics.regions.anchors import anchored
from upcm_analysis.vocabulary.published import PUBLISHED

#: Group 24 emits 1000 kt, group 20 100; half of 24 and 30 percent of 20 are allocated to the first province.
TABLE = figures(*by_group("co2_kt", {"20": 100, "24": 1000}), *by_province("co2_kt", [530, 570]))
SHARES = np.array([[0.3, 0.7], [0.5, 0.5]])


def source(place, group, value, half=5.0):
    return dict(place=place, product_group=group, value=value, low=value - half, high=value + half)


def test_a_source_is_put_at_its_place_and_the_rest_is_divided():
    """800 of 1000 kt known in the first province: 800 + 200 * .5 + 100 * .3 = 930; there 170 are left."""
    result = anchored(allocation(TABLE, ["co2_kt"]), pd.DataFrame([source("PV20", "24", 800)]), SHARES)
    assert list(result.value) == pytest.approx([930, 170]) and list(result.known) == [800, 0]
    assert list(result.allocated) == [530, 570] and list(result.contradicted) == [True, False]
    assert result.value.sum() == pytest.approx(1100)  # nothing is lost
    assert ((result.low < result.value) & (result.value < result.high)).all()


def test_without_sources_the_allocation_stands():
    nothing = pd.DataFrame([source("PV20", "24", 0, 0)])
    result = anchored(allocation(TABLE, ["co2_kt"]), nothing, SHARES)
    assert list(result.value) == pytest.approx([530, 570]) and not result.contradicted.any()
    assert list(result.low) == pytest.approx([529.5, 569.5], abs=2) and list(result.high) == pytest.approx(
        [530.5, 570.5], abs=2
    )


def test_sources_larger_than_their_product_group_leave_no_rest_to_divide():
    sources = pd.DataFrame([source("PV20", "24", 800), source("PV21", "24", 300)])
    with pytest.raises(ValueError, match="more than the national co2_kt of product groups 24"):
        anchored(allocation(TABLE, ["co2_kt"]), sources, SHARES)
    for unknown in (source("PV99", "24", 1), source("PV20", "99", 1)):
        with pytest.raises(InputError, match="somewhere unknown"):
            anchored(allocation(TABLE, ["co2_kt"]), pd.DataFrame([unknown]), SHARES)


def test_one_steelworks_contradicts_the_published_allocation(figures_2020):
    program = allocation(figures_2020, PUBLISHED)
    found = estimate.most_even(program, estimate.prior(program, "jobs_k"))
    works = pd.DataFrame([source("PV27", "24", 5800, 50)])
    result = anchored(program, works, found.shares).set_index("place")
    assert list(result.index[result.contradicted]) == ["PV27"]
    assert result.allocated["PV27"] == 3391 and result.low["PV27"] > 5750
    assert result.value.sum() == pytest.approx(24170, abs=1)
    assert (result.value.drop("PV27") < result.allocated.drop("PV27")).all()
    with pytest.raises(ValueError, match="more than the national"):
        anchored(program, pd.DataFrame([source("PV27", "24", 11600, 50)]), found.shares)  # with the power plants
