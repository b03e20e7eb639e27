"""Crossing: what two margins leave open about a cluster in a province, and what a further table tells."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import PROVINCES, always, by_group, by_province, figure, figures

from factpress.errors import InputError
from upcm_analysis.topics.regions import bounds as extremes
from upcm_analysis.topics.regions import crossing as crossings
from upcm_analysis.topics.regions.allocation import allocation
from upcm_analysis.topics.regions.crossing import crossing
from upcm_analysis.vocabulary.figures import SUBJECT
from upcm_analysis.vocabulary.published import PUBLISHED

WHOLE = {"materialen": ["20", "22", "24", "38"]}
REST = ["verbruiksartikelen", "bouw-en-constructie", "high-tech", "consumentenproducten"]

#: Two product groups, 25 wholly in Materialen; the others share 28 between them. Half of everything is in each province.
TWO = figures(
    *by_group("jobs_k", {"24": 40, "28": 100}),
    *by_province("jobs_k", [70, 70]),
    *(
        figure("jobs_k", x, cluster=c)
        for c, x in {"materialen": 40, "high-tech": 80, "bouw-en-constructie": 20}.items()
    ),
)


def made(table, known=None, whole=None):
    return crossing(table, allocation(table, ["jobs_k"]), {"materialen": ["24"]} if whole is None else whole, known)


def found(table, place, cluster):
    (row,) = table[(table.place == place) & (table.cluster == cluster)].itertuples()
    return row.low, row.high


def test_margins_alone_bound_a_part_of_a_product_group():
    """28 has 100 jobs, 30 to 70 of them in a province of 70 that may hold all 40 of group 24, or none of them."""
    table = crossings.bounds(made(TWO))
    assert found(table, "PV20", "high-tech") == pytest.approx((80 - 70, 70), abs=2)
    assert found(table, "PV20", "bouw-en-constructie") == pytest.approx((0, 20), abs=1)
    assert found(table, "PV20", "materialen") == pytest.approx((0, 40), abs=1)


@always
@given(st.lists(st.integers(1, 300), min_size=2, max_size=4), st.lists(st.integers(1, 300), min_size=2, max_size=4))
def test_one_product_group_gives_the_frechet_bounds_of_cluster_and_province(parts, places):
    """Exact figures: max(0, Y + y - T) and min(Y, y)."""
    whole = float(sum(parts))
    y = np.array(places) * whole / sum(places)
    table = figures(
        *(figure("jobs_k", whole, 0, product_group=g) for g in ["28"]),
        *by_province("jobs_k", y, 0),
        *(figure("jobs_k", x, 0, cluster=c) for c, x in zip(REST, parts, strict=False)),
    )
    crossed = made(table, whole={})
    limits = crossings.bounds(crossed)
    for (c, x), (p, in_place) in itertools.product(enumerate(parts), enumerate(y)):
        expected = max(0, x + in_place - whole), min(x, in_place)
        assert found(limits, PROVINCES[p], REST[c]) == pytest.approx(expected, abs=1e-5)
        assert crossings.margins_only(crossed, REST[c], "jobs_k", PROVINCES[p]) == pytest.approx(expected, abs=1e-9)


def test_a_cluster_of_whole_product_groups_has_the_bounds_of_their_union(figures_2020):
    codes = ["jobs_k", "value_added_meur", "co2_kt"]
    program = allocation(figures_2020, codes)
    crossed = crossings.bounds(crossing(figures_2020, program, WHOLE), ["materialen"], ["co2_kt"])
    for place in ("PV20", "PV31"):
        union = extremes.figure_extremes(program, "co2_kt", WHOLE["materialen"], place)
        assert found(crossed, place, "materialen") == pytest.approx((union.low, union.high), rel=1e-3)


def test_of_the_other_clusters_the_published_tables_say_nothing(figures_2020):
    """All eleven columns, one of them asked: in no province is it sure that there is any of any of the four."""
    crossed = crossing(figures_2020, allocation(figures_2020, PUBLISHED), WHOLE)
    table = crossings.judged(crossings.bounds(crossed, REST, ["jobs_k"]), limit_pct=50)
    assert len(table) == 48 and (table.low < 1e-6).all() and (table.high > 1).all()
    assert not table.told.any() and (table.spread_pct > 99.9).all()


def known(*rows):
    """A user's own table: what is known of parts, in thousands of jobs."""
    return figures(*(figure("jobs_k", value, half, **about) for value, half, about in rows))


#: A concordance at three digits says which part of group 28 is high tech; a register counts it in Groningen.
CONCORDANCE = known((80, 1, dict(cluster="high-tech", product_group="28")))
REGISTER = known((35, 1, dict(place="PV20", cluster="high-tech")), (45, 1, dict(place="PV20", product_group="28")))


def test_a_table_of_establishments_tightens_the_bounds():
    before, after = (crossings.bounds(made(TWO, more)) for more in (None, REGISTER))
    assert found(after, "PV20", "high-tech") == pytest.approx((34, 36))
    assert found(after, "PV21", "high-tech") == pytest.approx((44, 46), abs=1)  # and so of the other province
    assert found(after, "PV20", "bouw-en-constructie") == pytest.approx((8, 12), abs=0.5)
    assert (after.low >= before.low - 1e-6).all() and (after.high <= before.high + 1e-6).all()
    limit = 15
    assert crossings.judged(before, limit).told.sum() == 0
    assert crossings.judged(after, limit).told.sum() >= 4


def test_a_concordance_that_adds_nothing_changes_nothing():
    before, after = (crossings.bounds(made(TWO, more)) for more in (None, CONCORDANCE))
    pd.testing.assert_frame_equal(before, after, atol=1e-4)


def test_known_figures_that_contradict_are_named():
    wrong = pd.concat([REGISTER, known((75, 1, dict(place="PV20", cluster="high-tech", product_group="28")))])
    with pytest.raises(InputError, match=r"cannot hold together[\s\S]*row 3 .*of 28 74 to 76") as raised:
        crossings.bounds(made(TWO, wrong))
    assert "row 2" not in str(raised.value) or "row 1" not in str(raised.value)  # only those that are needed


def test_clusters_and_provinces_that_differ_in_total_are_refused():
    torn = TWO.copy()
    torn.loc[torn.cluster == "high-tech", ["value", "low", "high"]] += 30
    with pytest.raises(InputError, match="provinces and clusters cannot hold together in jobs_k"):
        crossings.bounds(made(torn))


@pytest.mark.parametrize(
    ("about", "message"),
    [
        (dict(place="PV99"), "PV99"),
        (dict(cluster="hightech"), "hightech"),
        (dict(product_group="77"), "77"),
        (dict(cluster="high-tech", product_group="24"), "no part of its cluster"),
    ],
)
def test_a_known_figure_about_nothing_is_refused(about, message):
    with pytest.raises(InputError, match=message):
        made(TWO, known((10, 1, about)))
    with pytest.raises(InputError, match="without a usable interval"):
        made(TWO, known((10, -3, dict(place="PV20"))))


def test_an_interval_is_judged_by_its_width_relative_to_its_middle():
    table = pd.DataFrame({"low": [10.0, 10, 0, 0, 5], "high": [10.0, 30, 7, 0, 15.1]})
    result = crossings.judged(table, limit_pct=50)
    assert result.spread_pct.tolist() == pytest.approx([0, 50, 100, 0, 50.2], abs=0.1)
    assert result.told.tolist() == [True, True, False, True, False]
    assert crossings.judged(table, limit_pct=100).told.all()


def test_an_interval_without_an_upper_end_tells_nothing():
    open_ended = pd.DataFrame({"low": [1.0, 1, 0], "high": [np.inf, np.nan, np.inf]})
    result = crossings.judged(open_ended, limit_pct=50)
    assert result.spread_pct.tolist() == [100, 100, 100] and not result.told.any()


def test_a_ratio_of_estimates_by_hand_and_kept_within_its_bounds():
    """30 kt over 12 million euro is 2.5; of the second the bounds say at most 2; the third divides by nothing."""
    amounts = [by_province("co2_kt", [30, 30, 30]), by_province("value_added_meur", [12, 12, 0])]
    estimates = figures(*itertools.chain(*amounts)).set_index(["indicator", *SUBJECT]).value
    table = figures(*by_province("rate", [0, 0, 0])).assign(low=1.0, high=[4.0, 2.0, 9.0])
    found = crossings.ratio_of(table, estimates, [("rate", "co2_kt", "value_added_meur", 1.0)])
    assert found.value.tolist()[:2] == [2.5, 2.0] and np.isnan(found.value[2])
    halved = crossings.ratio_of(table, estimates, [("rate", "co2_kt", "value_added_meur", 0.5)])
    assert halved.value[0] == 1.25
