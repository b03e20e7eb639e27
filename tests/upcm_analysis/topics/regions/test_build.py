"""Regions: every part of the industry in a province has bounds, an estimate only where they tell something, and its origin."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always, by_group, by_province, figure, figures

from factpress.dimensions import Subject, fact_id
from factpress.errors import InputError
from factpress.provenance import Provenance
from upcm_analysis.registers import sources
from upcm_analysis.registers.assumptions import assumptions
from upcm_analysis.topics.regions import as_figures, crossing, disclosure, solving
from upcm_analysis.topics.regions import build as region_build
from upcm_analysis.topics.regions.allocation import allocation
from upcm_analysis.topics.regions.disclosure import Rule
from upcm_analysis.vocabulary.published import PUBLISHED, SIZE_CLASSES
from upcm_analysis.vocabulary.subjects import clusters, groups_of, product_groups, provinces

METHODS = {"estimate-within-bounds", "pro-rata", "bounds", "bounds-of-cluster"}
METHODS |= {"part-of-whole", "ratio-of-estimates", "bounds-of-ratio"}
OPEN = [one.cluster for one in clusters() if one.cluster != "materialen"]


@pytest.fixture(scope="module")
def crossed(edition):
    """The facts of product groups and clusters in provinces, but what is refuted."""
    # A point source is printed so, and their sum follows from nothing else.
    table = edition.facts.table.query("status not in ['published', 'refuted'] and indicator != 'co2_point_sources_kt'")
    return table[(table.place != "NL") & (table.cluster + table.product_group != "")]


@pytest.fixture(scope="module")
def plain(crossed):
    """Those without forms: one an indicator and subject."""
    return crossed[crossed.indicator.isin([*PUBLISHED, solving.SHARE])]


def test_every_crossing_has_bounds_a_status_and_a_method(plain, crossed):
    assert len(plain) == 12 * (13 * 12 + 5 * 11) - 5  # which a source refutes
    assert set(crossed.status) == {"estimated"} and set(crossed.method) == METHODS
    assert (crossed.low >= 0).all() and (crossed.high >= crossed.low).all() and np.isfinite(crossed.high).all()
    known = crossed[crossed.value.notna()]
    assert ((known.low <= known.value) & (known.value <= known.high)).all()


def test_an_estimate_is_there_exactly_where_the_interval_tells_something(plain):
    limit = assumptions().value["crossing_spread_limit"]
    spread = 100 * (plain.high - plain.low) / (plain.high + plain.low)
    told = (spread <= limit) & ~plain.cluster.isin(OPEN)
    assert (plain.value.notna() == told).all() and 40 < told.sum() < 200
    refused = plain[~told]
    assert set(refused.sign) == {"."} and refused.warnings.str.contains("refused").all()
    assert not plain[told].warnings.str.contains("refused").any()
    assert plain.warnings.str.contains("crossing").all()


def test_of_a_cluster_that_is_cut_finer_there_is_nothing_but_an_upper_bound(plain):
    rows = plain[plain.cluster.isin(OPEN)]
    assert len(rows) == 528 and rows.value.isna().all() and (rows.low == 0).all() and (rows.high > 0).all()


def test_a_part_of_a_whole_is_refused_where_its_figure_is(edition, crossed):
    facts = edition.facts
    for form in (as_figures.OF_PROVINCE, as_figures.OF_CLUSTER):
        rows = crossed[crossed.indicator.str.endswith(f"_{form}")]
        assert len(rows) == 60 * 11 - 2 and (rows.high <= 100).all() and (rows.low >= 0).all()
        for row in rows.itertuples():
            whole = facts[f"{row.indicator.removesuffix(f'_{form}')}/cluster-province/{row.fact_id.rpartition('/')[2]}"]
            assert math.isnan(row.value) == whole.unknown and ("refused" in row.warnings) == whole.unknown


def test_a_crossing_leads_over_the_test_to_every_printed_figure(edition):
    provenance = Provenance(edition.facts, edition.cells, sources.register(), edition.tables["methods"])
    for name in ("co2_kt/cluster-province/materialen-zeeland", "jobs_k/product-group-province/24-limburg"):
        assert edition.facts[name].inputs == ("single_key_misfit_pct/nl",)
        assert len(provenance.printed(name)) == 11 * (12 + 13)
    finer = edition.facts["jobs_k/cluster-province/high-tech-zeeland"]
    assert set(finer.inputs) == {"single_key_misfit_pct/nl", *(fact_id("jobs_k", one) for one in clusters())}
    test = edition.facts["single_key_misfit_pct/nl"]
    assert (test.value, test.status, test.method) == (0, "derived", "single-key-fit")


def test_shares_of_a_product_group_and_parts_of_a_province_can_add_up(edition):
    """The lower bounds are together no more than the whole, and the upper bounds no less; one that is refuted has none."""
    facts, added = edition.facts, 0
    for group in product_groups():
        abouts = [Subject(one.place, product_group=group.product_group) for one in provinces()]
        shares = facts.of(solving.SHARE, abouts)
        if all(one.bounded for one in shares):
            added += 1
            assert sum(one.low for one in shares) <= 100 <= sum(one.high for one in shares)
    for place in provinces():
        whole = facts.get("co2_kt", place)
        parts = [facts.get("co2_kt", Subject(place.place, product_group=one.product_group)) for one in product_groups()]
        if all(one.bounded for one in parts):
            added += 1
            assert sum(one.low for one in parts) <= whole.high and sum(one.high for one in parts) >= whole.low
    assert added == 12 + 11


def test_the_published_numbers_of_this_edition(edition):
    """Materialen: nine of twelve provinces have an estimate of CO2; none has one of jobs."""
    facts, here = edition.facts, [Subject(one.place, "materialen") for one in provinces()]
    told = [one for one in facts.of("co2_kt", here) if not one.unknown]
    assert len(told) == 9 and {one.place for one in told} == {one.place for one in here} - {"PV21", "PV24", "PV27"}
    assert all(one.unknown for one in facts.of("jobs_k", here))
    zeeland = facts["co2_kt/cluster-province/materialen-zeeland"]
    assert (round(zeeland.low), round(zeeland.value), round(zeeland.high)) == (383, 670, 726)
    fryslan = facts["group_share_pct/product-group-province/30-fryslan"]
    assert fryslan.value == pytest.approx(18.8, abs=0.05)


def test_tests_tell_which_tables_one_key_fits(edition):
    table = edition.tables["single_key"].set_index(["over", "set"])
    assert table.feasible.to_dict() == {
        ("province", "all"): True,
        ("province", "people"): True,
        ("province", "money"): True,
        ("cluster", "all"): False,
        ("cluster", "people"): False,
        ("cluster", "money"): True,
    }
    passed = edition.tables["power"].set_index(["set", "noise_pct"]).passed_pct
    assert passed["all", 0.5] == 100 and passed["all", 5] < 10 and passed["all"].is_monotonic_decreasing


def test_the_power_of_the_test_is_that_of_people_organisations_and_money(edition):
    """Each number as the method page and the documentation have it."""
    table = edition.tables["power"].query("set != 'all' and noise_pct >= 5")
    assert set(table.draws) == {100}
    assert table.pivot(index="noise_pct", columns="set", values="passed")[
        list(solving.FAMILIES)
    ].to_numpy().tolist() == [
        [94, 96, 99, 100, 100],
        [19, 20, 63, 100, 100],
        [2, 2, 3, 100, 90],
        [0, 0, 0, 93, 56],
    ]
    facts = {name: edition.facts[f"{as_figures.PASSED.format(name)}/nl"] for name in solving.FAMILIES}
    assert {name: fact.value for name, fact in facts.items()} == dict(
        people=0, organisations=0, money=0, co2=93, material=56
    )
    assert {(fact.status, fact.inputs) for fact in facts.values()} == {("derived", ("single_key_misfit_pct/nl",))}
    assert [code for codes in solving.FAMILIES.values() for code in codes] == PUBLISHED
    assert {as_figures.PASSED.format(name) for name in ("co2", "material")} == set(region_build.BLIND)
    checked = edition.findings.query("check == 'power-families'")
    assert set(checked.indicator + "/nl") == {fact.fact_id for fact in facts.values()}
    assert set(checked.state) == {"pass"}


def test_without_the_columns_that_cannot_be_tested_there_is_no_estimate(edition, figures_2020, plain):
    """Those of jobs and money too are there by the grace of CO2, its reduction and material."""
    untested = {*solving.FAMILIES["co2"], *solving.FAMILIES["material"]}
    columns = [code for code in PUBLISHED if code not in untested]
    unions = {"materialen": groups_of(Subject(cluster="materialen"))}
    without = solving.profile(figures_2020, columns, unions, "jobs_k")
    limit = assumptions().value["crossing_spread_limit"]
    assert not crossing.judged(without, limit).told.any() and plain.value.notna().sum() == 108
    both = without.merge(plain, on=["indicator", "place", "cluster", "product_group"])
    widths = both.assign(without=both.high_x - both.low_x, width=both.high_y - both.low_y).groupby("indicator")
    assert (widths.without.median() / widths.width.median()).between(1.7, 2.3).all()


def test_nothing_of_this_edition_is_sensitive(edition):
    """At the settings, and at stricter ones: what is known of few organisations is known too roughly to tell anything."""
    (found,) = edition.tables["disclosure"].to_dict("records")
    assert found == {"figures": 2532, "few": 2430, "primary": 0, "secondary": 0, "exposed": 0}
    assert not (edition.facts.table.status == "suppressed").any()
    table = edition.facts.table
    table = table[(table.place != "NL") & (table.cluster + table.product_group != "") & table.high.notna()]
    table = table[table.indicator.isin([*PUBLISHED, solving.SHARE])].reset_index(drop=True).assign(scope="")
    counts = {
        (least, protection): int(
            disclosure.sensitive(table, Rule(dict.fromkeys(SIZE_CLASSES, least), 50, protection)).sum()
        )
        for least in (3, 5, 10)
        for protection in (10, 20, 30)
    }
    assert counts == {
        (3, 10): 0, (3, 20): 0, (3, 30): 14,
        (5, 10): 0, (5, 20): 0, (5, 30): 16,
        (10, 10): 2, (10, 20): 3, (10, 30): 22,
    }  # fmt: skip


RATIOS = ["co2_per_value_added_kg_eur", "material_per_value_added_kg_eur", "value_added_per_job_keur"]
RATIOS += ["co2_reduction_pct", "value_added_potential_pct"]


def test_ratios_of_materialen_are_bounds_and_estimates_only_where_they_tell(edition, crossed):
    rows = crossed[crossed.indicator.isin(RATIOS)]
    assert len(rows) == 5 * 12 - 2 and set(rows.cluster) == {"materialen"} and np.isfinite(rows.high).all()
    told = 100 * (rows.high - rows.low) / (rows.high + rows.low) <= assumptions().value["crossing_spread_limit"]
    assert (rows.value.notna() == told).all() and (rows.warnings.str.contains("refused") == ~told).all()
    facts = edition.facts
    for code in RATIOS:  # what the whole cluster has lies between what its parts may have
        parts = facts.of(code, [Subject(one.place, "materialen") for one in provinces()])
        whole = facts.get(code, Subject(cluster="materialen"))
        assert min(one.low for one in parts) < whole.value < max(one.high for one in parts)
    zeeland = facts["co2_per_value_added_kg_eur/cluster-province/materialen-zeeland"]
    assert zeeland.unknown and (zeeland.low, zeeland.high) == pytest.approx((1.05302, 3.78332), rel=1e-4)
    limburg = facts["co2_per_value_added_kg_eur/cluster-province/materialen-limburg"]
    amounts = [facts.get(code, limburg.subject).value for code in ("co2_kt", "value_added_meur")]
    assert limburg.value == pytest.approx(amounts[0] / amounts[1])


def test_a_ratio_is_no_wider_than_what_two_intervals_give(edition):
    """Numerator and denominator belong to one allocation."""
    facts = edition.facts
    for about in (Subject(one.place, "materialen") for one in provinces() if one.place != "PV27"):
        over, under, ratio = (facts.get(c, about) for c in ("co2_kt", "value_added_meur", "co2_per_value_added_kg_eur"))
        assert over.low / under.high <= ratio.low * (1 + 1e-4) and ratio.high <= over.high / under.low * (1 + 1e-4)


STEELWORKS = "co2_point_source_2020_mt/product-group-province/24-noord-holland"
#: What the steelworks refutes: the CO2 of basic metals and of Materialen in Noord-Holland, what is divided with it, the share.
REFUTED = {f"{code}/product-group-province/24-noord-holland" for code in ("co2_kt", "co2_reduction_kt", solving.SHARE)}
REFUTED |= {
    f"{code}/cluster-province/materialen-noord-holland" for code in ("co2_per_value_added_kg_eur", "co2_reduction_pct")
}
REFUTED |= {
    f"{code}{form}/cluster-province/materialen-noord-holland"
    for code in ("co2_kt", "co2_reduction_kt")
    for form in ("", "_naive", "_of_province", "_of_cluster")
}


def test_what_a_source_refutes_is_withheld_with_all_that_is_made_of_it_and_nothing_else(edition):
    table = edition.facts.table
    refuted = table[table.status == "refuted"]
    assert set(refuted.fact_id) == REFUTED and set(refuted.sign) == {"."}
    assert refuted[["value", "low", "high"]].isna().all(axis=None)
    assert set(refuted.method) == {"refuted-by-source"}
    assert refuted.warnings.str.contains("refuted").all() and not refuted.warnings.str.contains("refused").any()
    assert {inputs.partition(" ; ")[0] for inputs in refuted.inputs} == {STEELWORKS}
    jobs = edition.facts["jobs_k/cluster-province/materialen-noord-holland"]
    assert jobs.bounded and jobs.status == "estimated"  # an installation is counted by its CO2, not by its jobs


def test_what_is_told_of_co2_fits_every_registered_source(edition):
    """By itself, from facts alone: no upper bound or value below the sources in the place."""
    facts = edition.facts
    for source in facts.table.query("indicator == 'co2_point_source_2020_mt'").itertuples():
        least, group = 1000 * source.low, source.product_group
        told = [facts.get("co2_kt", Subject(source.place, product_group=group))]
        told += [
            facts.get("co2_kt", Subject(source.place, one))
            for one in ("materialen",)
            if group in ("20", "22", "24", "38")
        ]
        assert all(math.isnan(one.high) or one.high >= least for one in told)
        whole = max(facts[f"co2_kt/product-group/{group}"].high, facts[f"co2_cbs_2020_kt/product-group/{group}"].high)
        share = facts.get(solving.SHARE, Subject(source.place, product_group=group))
        assert math.isnan(share.high) or share.high >= 100 * least / whole


def test_of_one_source_nothing_is_divided(edition):
    """Basic metals are covered, and hold 29% of what would be divided: no province gets an estimate from it."""
    facts = edition.facts
    assert not facts.table.indicator.str.startswith(as_figures.ANCHORED).any()
    covered = facts["co2_point_sources_coverage_pct/product-group/24"]
    assert (round(covered.low, 1), round(covered.value, 1)) == (94.8, 95.7)
    total = facts["co2_point_sources_kt/province/noord-holland"]
    assert (total.status, total.low, total.high) == ("derived", 5750, 5850) and total.inputs == (STEELWORKS,)
    assert total.low > facts["co2_kt/province/noord-holland"].high
    assert {
        one.place for one in facts.of("co2_kt", provinces()) if f"co2_point_sources_kt/{one.subject.path}" in facts
    } == {"PV27"}


def test_a_figure_with_power_plants_is_no_point_source_of_a_product_group(edition):
    """It is known, and in nothing that is calculated."""
    name = "co2_point_source_2021_with_power_mt/province/noord-holland"
    assert edition.facts[name].value == 11.6
    assert not edition.facts.table.inputs.str.contains(name, regex=False).any()


@always
@given(st.floats(1e-3, 1e9), st.sampled_from([-1, 1]))
def test_bounds_are_rounded_outward_and_to_few_digits(value, side):
    found = solving._outward(value, side)
    assert side * (found - value) > 0 and found == float(f"{found:.6g}")
    assert abs(found - value) <= 2e-5 * value
    # What differs in the last bits on another machine is the same number.
    near = {solving._outward(value * (1 + k * 1e-12), side) for k in range(-2, 3)}
    assert len(near) == 1 or max(near) - min(near) <= 1.01e-5 * value


def test_nothing_is_not_rounded_to_something():
    assert (solving._outward(0.0, 1), solving._outward(0.0, -1)) == (0.0, 0.0)


CHOICES = {
    "crossing_prior": "jobs_k", "crossing_spread_limit": 50.0, "power_draws": 4, "power_seed": 1,
    "disclosure_least": 3.0, "disclosure_largest": 50.0, "disclosure_protection": 15.0, "anchored_coverage": 80.0,
}  # fmt: skip
#: Two product groups in two provinces: all of 24 and a quarter of 28 is in the first.
SMALL = figures(
    *by_group("jobs_k", {"24": 40, "28": 80}),
    *by_group("co2_kt", {"24": 4000, "28": 80}),
    *by_province("jobs_k", [60, 60]),
    *by_province("co2_kt", [4020, 60]),
    *(figure("jobs_k", x, cluster=c) for c, x in {"materialen": 40, "high-tech": 80}.items()),
    *(figure("co2_kt", x, cluster=c) for c, x in {"materialen": 4000, "high-tech": 80}.items()),
)


#: A ratio of unions: name, over, under, factor.
RATIO = ("co2_per_value_added_kg_eur", "co2_kt", "jobs_k", 1.0)


def made(table, ratios=(), sources=None, known=region_build.Known(), **choices):  # noqa: B008 - frozen
    unions = {"materialen": ["24"]}
    every = CHOICES | choices
    return region_build.regions(
        table, ["jobs_k", "co2_kt"], unions, every, ([1.0], [5.0]), ratios, sources, known=known
    )


def works(place, group, value, enough=True):
    """A point source of so many kt, give or take five, of which nearly all or not enough is said to be registered."""
    found = figures(figure("co2_point_source_2020_mt", value, 5, place=place, product_group=group))
    groups = pd.DataFrame({"value": [4000, 80], "high": [4000.5, 80.5]}, index=["24", "28"])
    own = groups.index == group
    known, covered = np.where(own, value - 5, math.nan), np.where(own, 90.0 if enough else 79.0, math.nan)
    return region_build.Sources(found, groups.assign(known=known, covered=covered, largest=groups.high))


@pytest.fixture
def known_clusters(monkeypatch):
    """The clusters of the small tables."""
    monkeypatch.setattr(as_figures, "clusters", lambda: [Subject(cluster=one) for one in ("materialen", "high-tech")])
    monkeypatch.setattr(as_figures, "provinces", lambda: provinces()[:2])


def test_a_hand_made_allocation_is_found_again(repository, known_clusters):
    found = made(SMALL).figures.set_index(["indicator", "place", "cluster", "product_group"])
    row = found.loc[(solving.SHARE, "PV20", "", "24")]
    assert row.low <= 100 <= row.high + 1e-9 and row.low > 98 and row.value == pytest.approx(99, abs=1.1)
    assert found.loc[("co2_kt", "PV20", "materialen", ""), "value"] == pytest.approx(4000, rel=0.01)
    assert found.loc[("co2_kt_naive", "PV20", "materialen", ""), "value"] == pytest.approx(4000 * 4020 / 4080, rel=1e-3)


def test_a_hand_made_ratio_is_found_again(repository, known_clusters):
    """All of 24 has 100 kt for each thousand jobs, wherever it is."""
    found = made(SMALL, ratios=[RATIO]).figures
    (first, second) = found[found.indicator == "co2_per_value_added_kg_eur"].itertuples()
    assert first.value == pytest.approx(100, rel=0.02) and first.low < 100 < first.high
    assert second.low < 100 < second.high or math.isnan(second.high)


def test_a_point_source_by_hand(repository, known_clusters):
    """3,000 of the 4,000 kt of 24 are known to be in the second province, where 24 has next to no share of the rest."""
    placed = made(SMALL, sources=works("PV21", "24", 3000)).figures.query("indicator == 'co2_anchored_kt'")
    values = dict(zip(placed.place, placed.value, strict=True))
    assert values["PV20"] == pytest.approx(1000 + 20, rel=0.03) and values["PV21"] == pytest.approx(3000 + 60, rel=0.03)
    assert sum(values.values()) == pytest.approx(4080, rel=1e-4)
    assert (placed.low <= placed.value).all() and (placed.value <= placed.high).all()
    assert "co2_anchored_kt" not in set(made(SMALL).figures.indicator)
    assert "co2_anchored_kt" not in set(made(SMALL, sources=works("PV21", "24", 3000, enough=False)).figures.indicator)
    other = made(SMALL, sources=works("PV21", "24", 2000)).figures.query("indicator == 'co2_anchored_kt'")
    assert other.low.max() > values["PV20"]  # one wrong number, and the intervals are elsewhere


def test_a_source_that_the_key_has_elsewhere_is_found_and_what_it_refutes_is_withheld(repository, known_clusters):
    """By the key all of 24 is in the first province; 3,000 of its 4,000 kt were counted in the second."""
    found = made(SMALL, ratios=[RATIO], sources=works("PV21", "24", 3000, enough=False))
    wrong = found.findings[~found.findings.holds]
    parts = ("24-groningen", "24-fryslan"), ("materialen-groningen", "materialen-fryslan")
    paths = {f"product-group-province/{one}" for one in parts[0]} | {f"cluster-province/{one}" for one in parts[1]}
    assert set(wrong.subject) == paths and set(wrong.indicator) == {solving.SHARE, "co2_kt"}
    hidden = found.figures[found.figures.method == "refuted-by-source"]
    assert hidden[["value", "low", "high"]].isna().all(axis=None)
    assert {RATIO[0], solving.SHARE, "co2_kt", "co2_kt_naive", "co2_kt_of_cluster"} <= set(hidden.indicator)
    assert not hidden.indicator.str.startswith("jobs_k").any()
    agreeing = made(SMALL, ratios=[RATIO], sources=works("PV20", "24", 3000, enough=False))
    assert agreeing.findings.holds.all() and agreeing.figures.high.notna().sum() > found.figures.high.notna().sum()


def resting(known):
    """The indicators, without their forms, that rest on a table of a user, and those that do not."""
    found = made(SMALL, ratios=[RATIO], sources=works("PV20", "24", 3000), known=known).figures
    names = [set(found.indicator[[("own" in inputs) == named for inputs in found.inputs]]) for named in (True, False)]
    return [{name for name in some if not re.search("_(naive|of)", name)} for some in names]


def test_everything_that_known_figures_limit_names_their_table_and_nothing_else(repository, known_clusters):
    """Also ratios and point sources in place, whose shares they limit."""
    about = {"place": "PV20", "product_group": "24", "cluster": ""}
    groups = pd.DataFrame([{"indicator": "jobs_k", **about, "scope": "", "low": 39.6, "high": 40, "where": "here"}])
    crossed = {solving.SHARE, "jobs_k", "co2_kt", RATIO[0], as_figures.ANCHORED}
    tests = {as_figures.TEST, *map(as_figures.PASSED.format, ("people", "co2"))}
    assert resting(region_build.Known(groups, cells=("own",))) == [crossed, tests]
    clusters = groups.assign(place="NL", cluster="high-tech", product_group="28", low=79, high=81)
    finer = {"jobs_k", "co2_kt"}  # of High Tech alone, not of product groups
    assert resting(region_build.Known(clusters, cells=("own",))) == [finer, crossed | tests]
    assert resting(region_build.Known(cells=("own",))) == [set(), crossed | tests]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (("PV99", "24", 10), r"somewhere unknown[\s\S]*place[\s\S]*PV99"),
        (("PV21", "", 10), r"somewhere unknown[\s\S]*product_group"),
    ],
)
def test_a_point_source_that_does_not_hold_is_refused(repository, known_clusters, source, message):
    with pytest.raises(InputError, match=message):
        made(SMALL, sources=works(*source))


def test_the_limit_decides_what_is_refused(repository, known_clusters):
    told = [made(SMALL, crossing_spread_limit=limit).figures.value.notna().sum() for limit in (0.01, 50.0, 100.0)]
    assert told[0] < told[1] < told[2]


def test_it_is_calculated_once_and_read_back_the_same(repository, known_clusters, monkeypatch):
    first = made(SMALL)
    for name in ("profile", "cut_finer", "single_key", "power"):
        there = getattr(solving, name)
        replaced = lambda *of: pytest.fail("calculated again")  # noqa: E731
        replaced.__name__, replaced.__qualname__, replaced.__module__ = name, there.__qualname__, there.__module__
        monkeypatch.setattr(solving, name, replaced)
    again = made(SMALL)
    assert first.figures.equals(again.figures)
    assert all(first.tables[name].equals(again.tables[name]) for name in first.tables)
    with pytest.raises(pytest.fail.Exception, match="calculated again"):
        made(SMALL.assign(high=SMALL.high + 0.1))


def test_figures_that_cannot_hold_together_are_named_and_nothing_is_made(repository, known_clusters):
    torn = SMALL.copy()
    torn.loc[(torn.indicator == "co2_kt") & (torn.place == "PV21"), ["value", "low", "high"]] += 1940
    torn.loc[(torn.indicator == "co2_kt") & (torn.place == "PV20"), ["value", "low", "high"]] -= 1940
    torn.loc[(torn.indicator == "jobs_k") & (torn.place == "PV20"), ["value", "low", "high"]] += 55
    torn.loc[(torn.indicator == "jobs_k") & (torn.place == "PV21"), ["value", "low", "high"]] -= 55
    with pytest.raises(InputError, match=r"cannot hold together[\s\S]*co2_kt/province/fryslan"):
        made(torn)


def test_the_small_tables_fit_one_key():
    assert allocation(SMALL, ["jobs_k", "co2_kt"]).shape == (2, 2) and math.isfinite(SMALL.value.sum())


#: Two product groups and two columns without intervals: there is one key, 40 and 10 percent of them in the first province.
EXACT = figures(
    *(figure("jobs_k", x, 0, product_group=g) for g, x in {"20": 10, "24": 20}.items()),
    *(figure("co2_kt", x, 0, product_group=g) for g, x in {"20": 30, "24": 10}.items()),
    *by_province("jobs_k", [6, 24], 0),
    *by_province("co2_kt", [13, 27], 0),
)


def test_where_there_is_one_key_it_is_the_estimate():
    found = solving.profile(EXACT, ["jobs_k", "co2_kt"], {}, "jobs_k")
    shares = found.query("indicator == 'group_share_pct'").set_index(["product_group", "place"]).value
    assert shares.to_dict() == pytest.approx(
        {("20", "PV20"): 40, ("20", "PV21"): 60, ("24", "PV20"): 10, ("24", "PV21"): 90}, rel=1e-4
    )
