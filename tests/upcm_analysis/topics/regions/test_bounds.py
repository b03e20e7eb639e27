"""Bounds: extremes over all allocations that fit, against solutions by hand, the Frechet bounds and the published table."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import PROVINCES, always, by_province, changed, figure, figures
from scipy.optimize import linprog

from factpress.errors import InputError
from upcm_analysis.topics.regions import bounds as extremes
from upcm_analysis.topics.regions import single_key
from upcm_analysis.topics.regions.allocation import allocation
from upcm_analysis.topics.regions.linear import LinearProgram, Unbounded
from upcm_analysis.vocabulary.published import PUBLISHED

GROUPS = ["20", "22", "24", "38"]
MATERIALS = {"materialen": GROUPS}


def margins(half, **columns):
    """Figures from (product groups, places) by column."""
    rows = []
    for code, (groups, places) in columns.items():
        rows += [figure(code, x, half, product_group=g) for g, x in zip(GROUPS, groups, strict=False)]
        rows += by_province(code, places, half)
    return figures(*rows)


def row(table, **about):
    found = table[pd.concat([table[name] == value for name, value in about.items()], axis=1).all(axis=1)]
    assert len(found) == 1
    return found.iloc[0]


totals = st.integers(1, 500)


@always
@given(st.lists(totals, min_size=2, max_size=4), st.lists(totals, min_size=2, max_size=5), st.sampled_from([0.0, 0.5]))
def test_one_column_has_the_frechet_bounds_of_its_two_margins(groups, places, half):
    """max(0, x + y - T) and min(x, y), which for a single column are sharp."""
    whole = sum(groups)
    scaled = np.array(places) * whole / sum(places)
    program = allocation(margins(half, jobs_k=(groups, scaled)), ["jobs_k"])
    table = extremes.bounds(program, {}, "share")
    for (g, x), (p, y) in itertools.product(enumerate(groups), enumerate(scaled)):
        found = row(table, indicator="jobs_k", place=PROVINCES[p], product_group=GROUPS[g])
        low, high = extremes.margins_only(program, [GROUPS[g]], "jobs_k", PROVINCES[p])
        if half == 0:
            assert (low, high) == pytest.approx((max(0, x + y - whole), min(x, y)), abs=1e-6)
            assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)
        assert low - 1e-6 <= found.low and found.high <= high + 1e-6


def test_two_columns_pin_down_two_product_groups():
    """x = (10, 20) and (30, 10); a key of 40 and 75 percent gives y = (19, 11) and (19.5, 20.5), and nothing else does."""
    table = margins(0, jobs_k=([10, 20], [19, 11]), co2_kt=([30, 10], [19.5, 20.5]))
    program = allocation(table, ["jobs_k", "co2_kt"])
    found = extremes.bounds(program, {"both": ["20", "22"]}, "share")
    for group, share in (("20", 40), ("22", 75)):
        one = row(found, indicator="share", place="PV20", product_group=group)
        assert (one.low, one.high) == pytest.approx((share, share))
    assert row(found, indicator="co2_kt", place="PV21", product_group="20").low == pytest.approx(18)
    union = row(found, indicator="co2_kt", place="PV20", cluster="both")
    assert (union.low, union.high) == pytest.approx((19.5, 19.5))


def test_rounding_widens_by_what_it_leaves_open():
    """One product group: its share of 30 in 100 lies between 29.5/100.5 and 30.5/99.5."""
    program = allocation(margins(0.5, jobs_k=([100], [30, 70])), ["jobs_k"])
    table = extremes.bounds(program, {}, "share")
    share = row(table, indicator="share", place="PV20")
    assert (share.low, share.high) == pytest.approx((100 * 29.5 / 100.5, 100 * 30.5 / 99.5))
    jobs = row(table, indicator="jobs_k", place="PV20")
    assert (jobs.low, jobs.high) == pytest.approx((29.5, 30.5))  # the published figure itself, no wider


def test_a_ratio_by_hand():
    """CO2 per job of both groups together, from the shares of a column of jobs: 10 and 20 jobs, 30 and 10 kt, 19 jobs."""
    table = margins(0, jobs_k=([10, 20], [19, 11]))
    table = pd.concat([table, margins(15, co2_kt=([30, 10], [20, 20]))], ignore_index=True)  # CO2 of places nearly open
    exact = (table.indicator == "co2_kt") & (table.product_group != "")
    table.loc[exact, ["low", "high"]] = np.array([table.value[exact], table.value[exact]]).T
    program = allocation(table, ["jobs_k", "co2_kt"])
    found = extremes.ratio_extremes(program, "co2_kt", "jobs_k", ["20", "22"], "PV20")
    # 19 = 10 s + 20 t: from (0, .95), which has 9.5 kt, to (1, .45), which has 34.5 kt.
    assert (found.low, found.high) == pytest.approx((9.5 / 19, 34.5 / 19))
    assert found.at_high == pytest.approx(np.array([[1, 0], [0.45, 0.55]]), abs=1e-6)
    part = extremes.ratio_extremes(program, "co2_kt", "jobs_k", ["22"], "PV20", factor=10)
    assert (part.low, part.high) == pytest.approx((5, 5))  # of one product group the same everywhere


def test_ratios_have_a_row_each_and_a_wrong_number_moves_them():
    """80 and 4,000 kt over 80 and 40 jobs; the first place has all of the second group and a quarter of the first."""
    table = margins(0.5, jobs_k=([80, 40], [60, 60]), co2_kt=([80, 4000], [4020, 60]))
    named = [("co2_per_job", "co2_kt", "jobs_k", 1.0), ("jobs_per_co2_pct", "jobs_k", "co2_kt", 100.0)]

    def found(table):
        program = allocation(table, ["jobs_k", "co2_kt"])
        return extremes.ratios(program, {"both": ["20", "22"], "one": ["22"]}, named)

    made = found(table)
    assert len(made) == 2 * 2 * 2 and list(dict.fromkeys(made.indicator)) == ["co2_per_job", "jobs_per_co2_pct"]
    whole = row(made, indicator="co2_per_job", place="PV20", cluster="both")
    assert whole.low <= 4020 / 60 <= whole.high and whole.high / whole.low < 1.05
    turned = row(made, indicator="jobs_per_co2_pct", place="PV20", cluster="both")
    assert (turned.low, turned.high) == pytest.approx((100 / whole.high, 100 / whole.low))
    moved = row(found(changed(table, "co2_kt", 400, product_group="22").pipe(changed, "co2_kt", 400, place="PV20")),
                indicator="co2_per_job", place="PV20", cluster="both")  # fmt: skip
    assert moved.low > whole.high


def test_a_ratio_to_what_may_be_nothing_has_no_upper_bound():
    table = margins(5, jobs_k=([10, 20], [15, 15]), co2_kt=([30, 10], [20, 20]))
    program = allocation(table, ["jobs_k", "co2_kt"])
    free = extremes.ratio_extremes(program, "co2_kt", "jobs_k", ["20"], "PV20")
    assert free.low > 0 and free.high <= 7 + 1e-9  # 35 kt for 5 jobs: a key keeps the two together
    nothing = extremes.ratio_extremes(
        allocation(margins(5, jobs_k=([1, 20], [10, 11]), co2_kt=([30, 10], [20, 20])), ["jobs_k", "co2_kt"]),
        *("co2_kt", "jobs_k", ["20"], "PV20"),
    )
    assert nothing.high == np.inf


@pytest.fixture(scope="module")
def province_table(figures_2020):
    return allocation(figures_2020, PUBLISHED)


@pytest.mark.parametrize("largest", [False, True])
def test_the_extremes_of_the_published_table_are_those_of_another_solver(province_table, largest):
    """SciPy's own linear programming, cold and by the interior-point method, on the set as methods.md states it."""
    program = province_table
    matrix, upper = program.rows
    rng = np.random.default_rng(3)
    for cell in rng.choice(156, size=4, replace=False):
        cost = np.zeros(156)
        cost[cell] = -1 if largest else 1
        scale = np.abs(matrix).max(axis=1)
        expected = linprog(
            cost,
            A_ub=matrix / scale[:, None],
            b_ub=upper / scale,
            A_eq=program.sums,
            b_eq=np.ones(13),
            method="highs-ipm",
        )
        g, p = divmod(int(cell), 12)
        found = extremes.share_extremes(program, program.groups[g], program.places[p])
        assert (found.high if largest else found.low) == pytest.approx(expected.x[cell], abs=1e-6)


def test_each_bound_is_attained_by_shares_that_reproduce_the_published_table(province_table):
    program = province_table
    attained = {
        ("co2_kt", "PV29"): extremes.figure_extremes(program, "co2_kt", GROUPS, "PV29"),
        ("jobs_k", "PV31"): extremes.figure_extremes(program, "jobs_k", GROUPS, "PV31"),
        ("material_mkg", "PV21"): extremes.figure_extremes(program, "material_mkg", ["30"], "PV21"),
    }
    for (code, place), found in attained.items():
        members = np.isin(program.groups, ["30"] if code == "material_mkg" else GROUPS)
        k, p = program.indicators.index(code), program.places.index(place)
        for shares, value in ((found.at_low, found.low), (found.at_high, found.high)):
            assert program.misfit(shares) < 1e-8
            assert (single_key.cells(program, shares).beyond == 0).all()
            least = shares[members, p] @ program.low_groups[members, k]
            most = shares[members, p] @ program.high_groups[members, k]
            assert (
                least - 1e-6 <= value <= most + 1e-6
            )  # the shares make the bound, within the rounding of their figures
        assert found.low < found.high
    ratio = extremes.ratio_extremes(program, "co2_kt", "value_added_meur", GROUPS, "PV29")
    assert program.misfit(ratio.at_low) < 1e-8 and program.misfit(ratio.at_high) < 1e-8
    assert (ratio.low, ratio.high) == pytest.approx((1.05302, 3.78332), abs=1e-4)


@pytest.fixture(scope="module")
def published_bounds(province_table):
    few = allocation_of(province_table, ["jobs_k", "co2_kt"])
    return few, extremes.bounds(few, MATERIALS, "share")


def allocation_of(program, indicators):
    """The same set of shares with fewer figures asked of it would be another set; so only the columns are chosen here."""
    from dataclasses import replace

    chosen = [program.indicators.index(code) for code in indicators]
    parts = ("low_groups", "high_groups", "low_places", "high_places")
    return replace(program, indicators=tuple(indicators), **{name: getattr(program, name)[:, chosen] for name in parts})


def test_more_columns_never_widen_a_bound(province_table, published_bounds):
    _, wide = published_bounds
    for group, place in (("20", "PV28"), ("38", "PV25"), ("29", "PV31")):
        share = row(wide, indicator="share", place=place, product_group=group)
        tight = extremes.share_extremes(province_table, group, place)
        assert share.low <= 100 * tight.low + 1e-6 and 100 * tight.high <= share.high + 1e-6
        assert 100 * (tight.high - tight.low) < share.high - share.low - 1  # and here they narrow it


def test_the_bounds_of_parts_hold_those_of_their_union(published_bounds):
    """The extremes of a sum lie within the sum of the extremes; shares lie within 0 to 100."""
    program, table = published_bounds
    assert len(table) == 12 * (13 * 3 + 2)
    assert (table.low <= table.high + 1e-9).all()
    shares = table[table.indicator == "share"]
    assert shares.low.min() >= 0 and shares.high.max() <= 100
    for place in program.places:
        parts = table[(table.indicator == "co2_kt") & (table.place == place) & table.product_group.isin(GROUPS)]
        whole = row(table, indicator="co2_kt", place=place, cluster="materialen")
        assert parts.low.sum() - 1e-6 <= whole.low and whole.high <= parts.high.sum() + 1e-6
        assert whole.high <= program.high_places[program.places.index(place), 1] + 1e-6


def test_figures_that_do_not_fit_have_no_bounds_but_names(figures_2020):
    torn = changed(figures_2020, "co2_kt", 1800, place="PV26")
    with pytest.raises(InputError, match=r"cannot hold together[\s\S]*co2_kt/province/utrecht"):
        extremes.bounds(allocation(torn, PUBLISHED), {}, "share")


def test_an_unknown_product_group_is_refused(province_table):
    with pytest.raises(KeyError, match="99"):
        extremes.figure_extremes(province_table, "co2_kt", ["20", "99"], "PV29")


def test_a_linear_program_says_what_it_cannot():
    half_line = LinearProgram([[1.0, -1.0]], 0.0, 0.0)
    assert half_line.minimise([1, 1]).value == 0
    with pytest.raises(Unbounded):
        half_line.maximise([1, 1])
    assert LinearProgram([[1.0]], 2.0, np.inf, ceiling=1.0).minimise([1]) is None
    moved = LinearProgram([[2.0]], 0.0, 4.0)
    assert moved.maximise([1]).value == pytest.approx(2)
    moved.limit(0.0, 6.0)
    assert moved.maximise([1]).value == pytest.approx(3)
    moved.rewrite(0, [10.0], 0.0, 20.0)
    assert moved.maximise([1]).value == pytest.approx(2)
