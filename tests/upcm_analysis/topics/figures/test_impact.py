"""Impact: sums, ratios, shares, quotients and places, each with the interval that rounding leaves."""

import math
import statistics

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always, by_province, figure, figures, printed, within

from factpress.dimensions import Subject
from upcm_analysis.topics.figures import impact
from upcm_analysis.vocabulary.subjects import NL

SLACK = 1e-9
#: A figure as printed and the value that was rounded to it.
known = st.tuples(printed, within).map(lambda pair: (pair[0], pair[0] + pair[1]))
few = st.lists(known, min_size=2, max_size=12)

SEVERAL = figures(
    figure("jobs_k", 600),
    figure("co2_kt", 2000),
    figure("organisations_0_50", 900),
    figure("organisations_51_100", 100),
    *by_province("jobs_k", [100, 200, 300]),
    *by_province("co2_kt", [500, 500, 1000]),
    *by_province("organisations_0_50", [300, 300, 300]),
    *by_province("organisations_51_100", [50, 50]),
    figure("co2_kt", 1500, product_group="38"),
)
#: Every function of the module, called on SEVERAL.
CALLS = {
    "total": lambda table: impact.total(table, ["organisations_0_50", "organisations_51_100"], "organisations"),
    "ratio": lambda table: impact.ratio(table, "co2_kt", "jobs_k", "co2_per_value_added_kg_eur"),
    "share": lambda table: impact.share(table, "co2_kt"),
    "per_job_relative": lambda table: impact.per_job_relative(table, "co2_kt"),
    "one_share_misfit": lambda table: impact.one_share_misfit(table, "co2_kt"),
    "rank": lambda table: impact.rank(table, "co2_kt", "province"),
    "without": lambda table: impact.without(table, "38", ["co2_kt"], [NL]),
}


def contains(row, value):
    return row.low * (1 - SLACK) - SLACK <= value <= row.high * (1 + SLACK) + SLACK


def values(result, *places):
    return [result[result.place == place].value.item() for place in places]


@pytest.mark.parametrize("name", CALLS)
def test_inputs_are_not_mutated(name):
    table = SEVERAL.copy(deep=True)
    CALLS[name](table)
    pd.testing.assert_frame_equal(table, SEVERAL)


@pytest.mark.parametrize("name", CALLS)
def test_every_interval_contains_its_value_and_every_figure_its_inputs(name):
    result = CALLS[name](SEVERAL)
    assert len(result) and ((result.low <= result.value) & (result.value <= result.high)).all()
    assert all(len(inputs) >= 2 for inputs in result.inputs)


def test_a_total_adds_values_and_intervals_of_subjects_that_have_all_parts():
    result = CALLS["total"](SEVERAL)
    assert list(result.place) == ["NL", "PV20", "PV21"]
    assert list(result.value) == [1000, 350, 350]
    assert (result.low[1], result.high[1]) == (349, 351)
    assert result.inputs[1] == ("organisations_0_50/province/groningen", "organisations_51_100/province/groningen")


def test_a_ratio_is_of_the_same_subject_with_the_factor_of_the_units():
    result = impact.ratio(SEVERAL, "co2_kt", "jobs_k", "co2_reduction_pct", factor=100)
    assert values(result, "PV20", "PV22") == pytest.approx([500, 100 * 1000 / 300])
    assert "38" not in set(result.product_group)  # which has no jobs here
    assert set(result.indicator) == {"co2_reduction_pct"}


@always
@given(known, known, st.sampled_from([1.0, 100.0, 0.001]))
def test_the_interval_of_a_ratio_contains_every_ratio_of_its_inputs(over, under, factor):
    table = figures(figure("co2_kt", over[0]), figure("jobs_k", under[0]))
    row = impact.ratio(table, "co2_kt", "jobs_k", "x", factor).iloc[0]
    assert contains(row, factor * over[1] / under[1])
    ends = factor * (over[0] - 0.5) / (under[0] + 0.5), factor * (over[0] + 0.5) / (under[0] - 0.5)
    assert (row.low, row.high) == pytest.approx(ends)  # and not a wider one


def test_a_ratio_by_what_may_be_zero_is_refused_by_name():
    table = figures(*by_province("co2_kt", [1, 1]), *by_province("jobs_k", [0, 5]))
    with pytest.raises(ZeroDivisionError, match=r"1 denominators .*: jobs_k/province/groningen$"):
        impact.ratio(table, "co2_kt", "jobs_k", "x")


@always
@given(few)
def test_shares_contain_the_true_shares_and_sum_to_100(parts):
    true_total = sum(true for _, true in parts)
    whole = round(true_total)
    table = figures(figure("co2_kt", whole), *by_province("co2_kt", [shown for shown, _ in parts]))
    result = impact.share(table, "co2_kt")
    assert len(result) == len(parts)
    assert all(
        contains(row, 100 * true / true_total) for row, (_, true) in zip(result.itertuples(), parts, strict=True)
    )
    assert result.low.sum() <= 100 + SLACK and result.high.sum() >= 100 - SLACK
    assert result.value.sum() == pytest.approx(100 * sum(shown for shown, _ in parts) / whole)


@always
@given(few, st.data())
def test_relative_figures_per_job_weighted_by_jobs_average_to_one(co2, data):
    jobs = data.draw(st.lists(known, min_size=len(co2), max_size=len(co2)))
    total_co2, total_jobs = sum(x for x, _ in co2), sum(b for b, _ in jobs)
    table = figures(
        figure("co2_kt", total_co2),
        figure("jobs_k", total_jobs),
        *by_province("co2_kt", [x for x, _ in co2]),
        *by_province("jobs_k", [b for b, _ in jobs]),
    )
    result = impact.per_job_relative(table, "co2_kt")
    weights = [b / total_jobs for b, _ in jobs]
    assert sum(one * weight for one, weight in zip(result.value, weights, strict=True)) == pytest.approx(1)
    for row, (_, x), (_, b) in zip(result.itertuples(), co2, jobs, strict=True):
        assert contains(row, (x / total_co2) / (b / total_jobs))


def test_a_figure_per_job_is_relative_to_the_national_one():
    assert values(impact.per_job_relative(SEVERAL, "co2_kt"), "PV20", "PV22") == pytest.approx([1.5, 1.0])


def test_one_share_misses_by_the_median_over_provinces():
    """With shares of 1/6, 1/3 and 1/2 of 2000 there are 333, 667 and 1000, where the table has 500, 500 and 1000."""
    row = CALLS["one_share_misfit"](SEVERAL).iloc[0]
    assert (row.indicator, row.place, row.product_group) == ("co2_kt_one_share_misfit", "NL", "")
    assert row.value == pytest.approx(100 / 3)  # the middle of 0, a third less and a third more
    assert set(row.inputs) >= {"co2_kt/nl", "jobs_k/nl", "co2_kt/province/groningen", "jobs_k/province/drenthe"}


def test_one_share_that_fits_misses_by_nothing():
    table = figures(
        figure("co2_kt", 100),
        figure("jobs_k", 10),
        *by_province("co2_kt", [20, 30, 50]),
        *by_province("jobs_k", [2, 3, 5]),
    )
    row = impact.one_share_misfit(table, "co2_kt").iloc[0]
    assert (row.value, row.low) == (pytest.approx(0), 0) and row.high > 0


@always
@given(st.lists(st.tuples(known, known), min_size=1, max_size=12))
def test_the_true_misfit_of_one_share_lies_in_its_interval(pairs):
    co2, jobs = zip(*pairs, strict=True)
    true_co2, true_jobs = sum(true for _, true in co2), sum(true for _, true in jobs)
    table = figures(
        figure("co2_kt", round(true_co2)),
        figure("jobs_k", round(true_jobs)),
        *by_province("co2_kt", [shown for shown, _ in co2]),
        *by_province("jobs_k", [shown for shown, _ in jobs]),
    )
    true = statistics.median(
        100 * abs(true_co2 * b / true_jobs / x - 1) for (_, x), (_, b) in zip(co2, jobs, strict=True)
    )
    assert contains(impact.one_share_misfit(table, "co2_kt").iloc[0], true)


def order(shown, half=0.5):
    result = impact.rank(figures(*by_province("co2_kt", shown, half)), "co2_kt", "province")
    return list(result[["value", "low", "high"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("shown", "half", "expected"),
    [
        ([30, 10, 20], 0.5, [(1, 1, 1), (3, 3, 3), (2, 2, 2)]),
        ([17, 31, 17, 15], 0.5, [(2, 2, 3), (1, 1, 1), (2, 2, 3), (4, 4, 4)]),  # a tie
        ([20, 19, 10], 1.0, [(1, 1, 2), (2, 1, 2), (3, 3, 3)]),  # different in print, overlapping
        ([20, 19, 18], 0.8, [(1, 1, 2), (2, 1, 3), (3, 2, 3)]),  # a chain of overlaps
        ([12, 12, 9], 0, [(1, 1, 2), (1, 1, 2), (3, 3, 3)]),  # exactly equal
    ],
)
def test_places_are_shared_where_rounding_leaves_the_order_open(shown, half, expected):
    assert order(shown, half) == expected


@always
@given(few)
def test_the_true_place_lies_between_the_best_and_the_worst(pairs):
    true = [value for _, value in pairs]
    for (value, low, high), mine in zip(order([shown for shown, _ in pairs]), true, strict=True):
        assert 1 <= low <= value <= high <= len(pairs)
        assert low <= 1 + sum(other > mine for other in true) <= high


@always
@given(few, st.randoms(use_true_random=False))
def test_places_do_not_depend_on_the_order_of_rows(pairs, random):
    rows = by_province("co2_kt", [shown for shown, _ in pairs])
    turned = random.sample(rows, len(rows))
    one, other = (impact.rank(figures(*table), "co2_kt", "province") for table in (rows, turned))
    columns = ["place", "value", "low", "high"]
    pd.testing.assert_frame_equal(one[columns], other[columns].sort_values("place", ignore_index=True))


def test_a_place_rests_on_all_figures_of_the_order():
    result = CALLS["rank"](SEVERAL)
    assert {frozenset(inputs) for inputs in result.inputs} == {
        frozenset({"co2_kt/province/groningen", "co2_kt/province/fryslan", "co2_kt/province/drenthe"})
    }
    assert result.inputs[1][0] == "co2_kt/province/fryslan"  # its own first


def test_a_missing_value_has_no_place():
    """And takes none from the others: the worst of two known ones is 2."""
    first, missing, last = order([30, float("nan"), 20])
    assert (first, last) == ((1, 1, 1), (2, 2, 2))
    assert all(math.isnan(place) for place in missing)


def test_without_a_product_group():
    table = figures(
        figure("co2_kt", 2000),
        figure("co2_kt", 1700, cluster="materialen"),
        figure("co2_kt", 1500, product_group="38"),
    )
    result = impact.without(table, "38", ["co2_kt"], [NL, Subject(cluster="materialen")])
    assert list(result.cluster) == ["", "materialen"] and set(result.scope) == {"without_38"}
    assert list(result[["value", "low", "high"]].itertuples(index=False, name=None)) == [
        (500, 499, 501),
        (200, 199, 201),
    ]
    assert list(result.inputs) == [
        ("co2_kt/nl", "co2_kt/product-group/38"),
        ("co2_kt/cluster/materialen", "co2_kt/product-group/38"),
    ]


def test_what_is_left_is_not_below_zero():
    table = figures(figure("co2_kt", 10), figure("co2_kt", 10, product_group="38"))
    assert impact.without(table, "38", ["co2_kt"], [NL]).low.item() == 0


@pytest.mark.parametrize("name", ["share", "per_job_relative"])
def test_the_whole_is_no_part_of_itself(name):
    result = CALLS[name](SEVERAL)
    assert ("NL", "") not in set(zip(result.place, result.product_group, strict=True))


def test_what_is_known_in_a_place_is_added_up_and_nowhere_else():
    table = figures(
        figure("co2_point_source_2020_mt", 5.8, 0.05, place="PV27", product_group="24"),
        figure("co2_point_source_2020_mt", 0.4, 0.05, place="PV27", product_group="20"),
        figure("co2_point_source_2020_mt", 2, 0.05, place="PV29", product_group="20"),
        figure("co2_point_source_2020_mt", 9, 0.05),
        figure("co2_kt", 1, place="PV29"),
    )
    result = impact.by_place(table, "co2_point_source_2020_mt", "co2_point_sources_kt", 1000, {})
    groups, result = result[result.product_group != ""], result[result.product_group == ""]
    assert dict(zip(groups.product_group, groups.value, strict=True)) == pytest.approx({"24": 5800, "20": 2400})
    assert set(groups.place) == {"NL"}
    assert list(result.place) == ["PV27", "PV29"] and list(result.value) == pytest.approx([6200, 2000])
    assert (list(result.low), list(result.high)) == (pytest.approx([6100, 1950]), pytest.approx([6300, 2050]))
    assert result.inputs[0] == tuple(
        f"co2_point_source_2020_mt/product-group-province/{group}-noord-holland" for group in ("24", "20")
    )
    assert impact.by_place(table, "jobs_k", "co2_point_sources_kt", 1, {"materialen": ["24"]}).empty


def test_what_is_known_of_a_cluster_is_that_of_its_product_groups_in_each_place_and_in_all():
    table = figures(
        figure("co2_point_source_2020_mt", 5.8, 0.05, place="PV27", product_group="24"),
        figure("co2_point_source_2020_mt", 0.4, 0.05, place="PV29", product_group="20"),
        figure("co2_point_source_2020_mt", 2, 0.05, place="PV29", product_group="28"),
    )
    unions = {"materialen": ["20", "24"], "high-tech": ["30"]}
    result = impact.by_place(table, "co2_point_source_2020_mt", "co2_point_sources_kt", 1000, unions)
    of_clusters = result[result.cluster != ""].set_index(["place", "cluster"])
    assert of_clusters.value.to_dict() == pytest.approx(
        {("PV27", "materialen"): 5800, ("PV29", "materialen"): 400, ("NL", "materialen"): 6200}
    )
    assert of_clusters.inputs["NL", "materialen"] == tuple(
        f"co2_point_source_2020_mt/product-group-province/{one}" for one in ("24-noord-holland", "20-zeeland")
    )
    assert result.value[(result.cluster == "") & (result.product_group == "")].sum() == pytest.approx(8200)
