"""Allocation: does one key per product group reproduce the published figures, and if not, which cannot hold together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always, by_group, by_province, changed, figure, figures

from factpress.errors import InputError
from upcm_analysis.topics.regions import allocation as allocations
from upcm_analysis.topics.regions import conflicts, single_key
from upcm_analysis.topics.regions.allocation import allocation
from upcm_analysis.vocabulary.published import PUBLISHED

#: Jobs and CO2 of two product groups, and of three provinces that a key of 50/30/20 and 10/20/70 percent gives.
CODES = ["jobs_k", "co2_kt"]
TRUE = np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7]])
SMALL = figures(
    *by_group("jobs_k", {"20": 1000, "24": 500}),
    *by_group("co2_kt", {"20": 200, "24": 4000}),
    *by_province("jobs_k", [550, 400, 550]),
    *by_province("co2_kt", [500, 860, 2840]),
)


def test_the_key_that_made_the_figures_is_found_to_fit():
    found = single_key.fit(allocation(SMALL, CODES))
    assert found.feasible and found.worst_pct == 0
    assert found.room == 1  # the figures are exact, so no part of the rounding is needed
    assert found.shares == pytest.approx(TRUE, abs=0.005)
    assert (found.cells.beyond == 0).all() and len(found.cells) == 6


def test_a_misfit_is_measured_and_located():
    """CO2 of Fryslan is 1000 too large, of 5200 in all: 999 beyond all rounding."""
    program = allocation(changed(SMALL, "co2_kt", 1000, place="PV21"), CODES)
    found = single_key.fit(program)
    assert not found.feasible and found.room == 0
    wrong = found.cells[found.cells.beyond != 0]
    assert set(wrong.indicator) == {"co2_kt"}
    # Jobs fix the shares to within rounding, so the sum of the column cannot be spread but has to be missed.
    assert 100 * 995 / 5200 < found.worst_pct < 100 * 999 / 1860
    assert wrong.beyond.sum() == pytest.approx(
        -997, abs=3
    )  # less the roundings of three provinces and two product groups


@always
@given(st.data())
def test_figures_that_a_key_made_always_fit(data):
    """Whatever key and figures: rounding is forgiven, and the key itself is among those that fit."""
    share = st.integers(1, 1000)
    weights = np.array(
        data.draw(st.lists(st.lists(share, min_size=4, max_size=4), min_size=3, max_size=3)), dtype=float
    )
    key = weights / weights.sum(axis=1, keepdims=True)
    amounts = np.array(
        data.draw(st.lists(st.lists(st.integers(0, 9999), min_size=3, max_size=3), min_size=2, max_size=2))
    )
    table = figures(
        *[
            row
            for code, x in zip(CODES, amounts, strict=True)
            for row in by_group(code, dict(zip("abc", x, strict=True)))
        ],
        *[row for code, x in zip(CODES, amounts, strict=True) for row in by_province(code, np.round(x @ key))],
    )
    program = allocation(table, CODES)
    assert program.misfit(key) <= 1e-12
    assert single_key.fit(program).feasible


def test_a_matrix_outside_the_set_misfits():
    program = allocation(SMALL, CODES)
    assert program.misfit(TRUE) == pytest.approx(0, abs=1e-12)
    assert program.misfit(TRUE[:, ::-1]) > 0.01  # other provinces
    assert program.misfit(TRUE * 1.1) == pytest.approx(0.1, rel=0.2)  # sums of 1.1
    assert program.misfit(TRUE + np.array([[0.6, -0.6, 0], [0, 0, 0]])) >= 0.3  # less than nothing


#: Of 100 jobs in either industry 10 and 1000 kt CO2: 50 jobs cannot emit 600 kt.
TORN = figures(
    *by_group("jobs_k", {"20": 100, "24": 100}),
    *by_group("co2_kt", {"20": 10, "24": 1000}),
    *by_province("jobs_k", [50, 70, 80]),
    *by_province("co2_kt", [600, 205, 205]),
)


def test_figures_that_cannot_hold_together_are_named():
    program = allocation(TORN, CODES)
    found = conflicts.conflict(program)
    assert list(found.fact_id) == ["jobs_k/province/groningen", "co2_kt/province/groningen"]
    # The totals of both columns are right, so two figures of a column must be wrong.
    assert len(conflicts.suspects(program, found)) == 0
    with pytest.raises(
        InputError, match=r"2 published figures cannot hold together[\s\S]*groningen 50[\s\S]*no single figure"
    ):
        conflicts.require(program)


def test_a_figure_that_alone_explains_a_conflict_is_named_with_what_it_should_be():
    program = allocation(changed(SMALL, "co2_kt", 1000, place="PV21"), CODES)
    alone = conflicts.suspects(program, conflicts.conflict(program)).set_index("fact_id")
    wrong = alone.loc["co2_kt/province/fryslan"]
    assert wrong.published == 1860 and 855 < wrong.low < 860 < wrong.high < 865
    assert "co2_kt/province/groningen" not in alone.index  # 500, and so not 1000 too large
    with pytest.raises(
        InputError, match=r"alone would explain it: .*co2_kt/province/fryslan 1860 \(the others allow 85"
    ):
        conflicts.require(program)


def test_a_wrong_figure_of_a_product_group_is_named_too():
    program = allocation(changed(SMALL, "co2_kt", 100, product_group="20"), CODES)  # 300 instead of 200
    alone = conflicts.suspects(program, conflicts.conflict(program)).set_index("fact_id")
    assert alone.loc["co2_kt/product-group/20", ["low", "high"]].tolist() == [198, 202]


def test_a_conflict_is_empty_where_all_fits():
    program = allocation(SMALL, CODES)
    assert len(conflicts.conflict(program)) == 0
    conflicts.require(program)


@pytest.fixture(scope="module")
def province_table(figures_2020):
    return allocation(figures_2020, PUBLISHED)


def test_one_key_reproduces_all_132_figures_of_the_provinces(province_table):
    assert province_table.shape == (13, 12)
    found = single_key.fit(province_table)
    assert found.feasible and len(found.cells) == 132
    assert province_table.misfit(found.shares) < 1e-8
    assert single_key.fit(allocations.as_printed(province_table)).room == pytest.approx(0.46, abs=0.01)


def test_what_the_cluster_table_allows(figures_2020):
    sets = {"all": PUBLISHED, "people": ["jobs_k", "labour_volume_k"], "money": ["turnover_meur", "value_added_meur"]}
    found = single_key.single_key(figures_2020, sets, "cluster").set_index("set")
    assert list(found.feasible) == [False, False, True]
    assert found.worst_pct["all"] == pytest.approx(62.2, abs=0.1)
    assert found.worst_pct["people"] == pytest.approx(3.27, abs=0.01)
    assert found.figures.to_dict() == {"all": 55, "people": 10, "money": 10}
    assert found.most_missed["people"] == "jobs_k/cluster/consumentenproducten"


def test_a_seeded_wrong_number_is_caught_by_name(figures_2020, province_table):
    """Two digits exchanged: 1.390 kt of CO2 in Utrecht becomes 3.190."""
    program = allocation(changed(figures_2020, "co2_kt", 1800, place="PV26"), PUBLISHED)
    assert not single_key.fit(program).feasible
    found = conflicts.conflict(program)
    assert "co2_kt/province/utrecht" in set(found.fact_id)
    for left_out in found.index:  # none can be missed
        cells = [
            program.places.index(row.place) * len(PUBLISHED) + PUBLISHED.index(row.indicator)
            for row in found.drop(left_out).itertuples()
        ]
        others = set(range(program.places_as_printed.size)) - set(cells)
        assert conflicts.fits_without(program, others)
    blamed = conflicts.suspects(program, found).set_index("fact_id").loc["co2_kt/province/utrecht"]
    assert blamed.low < 1390 < blamed.high < 3190


def test_power_falls_with_noise_and_repeats(province_table):
    one, again = (single_key.power(province_table, [0, 1, 5], draws=10, seed=1) for _ in range(2))
    pd.testing.assert_frame_equal(one, again)
    assert list(one.passed) == sorted(one.passed, reverse=True)
    assert one.passed_pct[0] == 100 and one.passed_pct[2] == 0
    crude = single_key.power(province_table, [1], draws=10, seed=1, keep_totals=False)
    assert crude.passed.item() == 0  # for its totals alone


@pytest.mark.parametrize("column", ["jobs_k", "labour_volume_k", "value_added_meur"])
def test_the_test_sees_at_once_that_people_or_value_added_are_no_allocation(province_table, column):
    assert single_key.power(province_table, [20], draws=40, seed=1, together=[column]).passed.item() == 0


def test_columns_that_are_shaken_together_have_one_factor_a_place_and_others_none():
    """Two columns that are the same but for their unit: together they stay so, and one key fits still."""
    rows = [*by_group("jobs_k", {"20": 100, "24": 900}), *by_group("co2_kt", {"20": 1000, "24": 9000})]
    shares = np.array([0.2, 0.3, 0.5])
    rows += [*by_province("jobs_k", 1000 * shares), *by_province("co2_kt", 10000 * shares)]
    alike = allocation(figures(*rows), CODES)
    both, one = (single_key.power(alike, [20], 40, 1, together=names).passed.item() for names in (CODES, CODES[:1]))
    assert both == 40 and one == 0
    assert single_key.power(alike, [20], 5, 1, together=[]).passed.item() == 5


def test_a_known_part_limits_its_share():
    known = figures(figure("co2_kt", 3000, place="PV22", product_group="24"))
    program = allocation(SMALL, CODES, known=known)
    assert program.floor[1, 2] == pytest.approx(2999.5 / 4000.5) and program.ceiling[1, 2] == pytest.approx(
        3000.5 / 3999.5
    )
    assert not single_key.fit(program).feasible  # 2800 was true
    fitting = figures(figure("co2_kt", 2800, place="PV22", product_group="24"))
    assert single_key.fit(allocation(SMALL, CODES, known=fitting)).feasible


@pytest.mark.parametrize(
    ("known", "message"),
    [
        (dict(place="PV99", product_group="24"), "place"),
        (dict(place="PV22", product_group="99"), "product_group"),
        (dict(place="PV22", product_group="20"), "larger than its product group"),
    ],
)
def test_a_known_part_that_cannot_be_is_refused(known, message):
    with pytest.raises(InputError, match=message):
        allocation(SMALL, CODES, known=figures(figure("co2_kt", 300, **known)))


def test_a_missing_figure_is_refused_by_name():
    holed = SMALL[~((SMALL.place == "PV21") & (SMALL.indicator == "co2_kt"))]
    with pytest.raises(InputError, match=r"1 figures cannot be allocated[\s\S]*co2_kt of PV21"):
        allocation(holed, CODES)
    unknown = SMALL.assign(value=np.nan, high=np.nan)
    with pytest.raises(InputError, match="cannot be allocated"):
        allocation(unknown, CODES)
