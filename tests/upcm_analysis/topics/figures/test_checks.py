"""The checks: each holds on the figures as published, and catches one wrong number."""

from dataclasses import dataclass, replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always, by_province, changed, figure, figures, printed, within

from factpress.codelists import codelist
from factpress.errors import InputError
from upcm_analysis.registers import tables
from upcm_analysis.registers.assumptions import oddities
from upcm_analysis.topics.figures import checks
from upcm_analysis.topics.figures.build import HEADLINES, SHARED_OUT
from upcm_analysis.topics.regions import refutation, region_checks
from upcm_analysis.topics.regions.build import BLIND
from upcm_analysis.vocabulary.findings import FINDING, judge
from upcm_analysis.vocabulary.published import PUBLISHED

ZEELAND, CHEMICALS, WASTE = dict(place="PV29"), dict(product_group="20"), dict(product_group="38")
SBI_20 = "product-group/20"
BASIC_METALS, SOURCES_OF_BASIC_METALS = dict(product_group="24"), ("product-group/24", "co2_point_sources_kt")
BASIC_METALS_IN_ZEELAND = dict(place="PV29", product_group="24")
ZEELAND_SHARE = ("product-group-province/24-zeeland", "group_share_pct")
MATERIAL_ALONE, MONEY_ALONE = "single_key_passed_material_pct", "single_key_passed_money_pct"
MATERIALS = ["20", "22", "24", "38"]
GROUPS = {"20", "22", "23", "24", "25", "26", "27", "28", "29", "30", "32", "33", "38"}


@dataclass(frozen=True)
class Data:
    """What the checks look at: cells as printed, all figures, figures of others, what is told of regions, and codes."""

    printed: pd.DataFrame
    figures: pd.DataFrame
    known: pd.DataFrame
    told: pd.DataFrame
    groups: frozenset = frozenset(GROUPS)

    def spoken(self):
        """What the steelworks leaves possible of what is told."""
        works = figures(figure("co2_point_source_2020_mt", 5800, 50, place="PV27", product_group="24"))
        whole = {"20": 18706.5, "22": 321.5, "24": 6966.5, "38": 7350.5}
        return refutation.possible(self.told, works, whole, {"materialen": MATERIALS}, "co2_kt", "group_share_pct")

    def of_others(self, start):
        return self.known[self.known.indicator.str.startswith(start)]


CHECKS = {
    "parts-and-totals": lambda d: checks.parts_and_totals(d.printed),
    "totals-agree": lambda d: checks.totals_agree(d.printed),
    "labour-at-most-jobs": lambda d: checks.at_most(
        d.figures, "labour_volume_k", "jobs_k", "labour-at-most-jobs", "kjob"
    ),
    "value-added-at-most-turnover": lambda d: checks.at_most(
        d.figures, "value_added_meur", "turnover_meur", "value-added-at-most-turnover", "MEUR"
    ),
    "cluster-of-product-groups": lambda d: checks.cluster_of_product_groups(
        d.figures, "materialen", MATERIALS, PUBLISHED
    ),
    "headline-figures": lambda d: checks.headline_figures(d.figures, HEADLINES),
    "billion-kg-is-megatonne": lambda d: checks.billion_kg_is_megatonne(
        d.figures, "headline_material_gkg", "material_mkg"
    ),
    "product-group-list": lambda d: checks.same_list("product-group-list", d.groups, GROUPS),
    "against-cbs": lambda d: checks.against_cbs(d.figures, d.of_others("co2_cbs_"), 25, "co2_cbs_2020_kt"),
    "concentration": lambda d: checks.concentration(d.figures, PUBLISHED, 40),
    "one-share": lambda d: checks.one_share(d.figures, SHARED_OUT, 15),
    "power-families": lambda d: region_checks.power_families(
        d.figures[d.figures.indicator.str.startswith("single_key_passed_")], BLIND, 50, 5
    ),
    "point-sources": lambda d: checks.at_least_known(
        d.figures, d.of_others("co2_point_source_"), "co2_kt", "point-sources"
    ),
    "sources-and-national": lambda d: checks.at_most(
        d.figures[d.figures.place == "NL"], "co2_point_sources_kt", "co2_kt", "sources-and-national", "ktCO2"
    ),
    "sources-and-key": lambda d: region_checks.sources_and_key(d.spoken()),
    "material-of-the-economy": lambda d: checks.at_most_known(
        d.figures, d.of_others("direct_material_input_"), "material_mkg", "material-of-the-economy"
    ),
    "potential-at-most-emissions": lambda d: checks.at_most(
        d.figures, "co2_reduction_kt", "co2_kt", "potential-at-most-emissions", "ktCO2"
    ),
    "one-percentage": lambda d: checks.one_percentage(d.figures),
    "potential-replicated": lambda d: checks.potential_replicated(d.figures),
}


@pytest.fixture(scope="module")
def data(edition, figures_2020):
    cells, table = edition.cells, edition.facts.table
    told = table[table.place.ne("NL") & table.high.notna()].reset_index(drop=True).assign(scope="")
    return Data(cells[cells.indicator.isin(PUBLISHED)], figures_2020, tables.cells("2020", "comparison"), told)


def caught(findings):
    """Subject and indicator of what does not hold."""
    return set(findings[~findings.holds][["subject", "indicator"]].itertuples(index=False, name=None))


def test_every_check_is_tested():
    assert set(CHECKS) == set(codelist("checks").index)


@pytest.mark.parametrize("check", CHECKS)
def test_the_published_figures_hold_but_for_known_oddities(data, check):
    findings = CHECKS[check](data)
    assert len(findings) and set(findings.check) == {check}
    assert caught(findings) == {name[1:] for name in oddities().index if name[0] == check}


#: One number of the data, moved as far as the check allows, then too far: check, table, indicator and subject of the
#: number, both distances, and what is caught.
SEEDS = [
    # 13 parts and a total, each rounded by 0.5, may differ by 7; the parts as printed are 2 above the total.
    ("parts-and-totals", "printed", "jobs_k", dict(product_group="20"), 5, 6, ("nl (product-groups)", "jobs_k")),
    ("parts-and-totals", "printed", "jobs_k", dict(product_group="20"), -9, -10, ("nl (product-groups)", "jobs_k")),
    ("totals-agree", "printed", "co2_kt", dict(source="werkwijze-upcm-20201016/provinces"), 0, 1, ("nl", "co2_kt")),
    # 15 thousand labour years in 17 thousand jobs, each ± 0.5.
    ("labour-at-most-jobs", "figures", "labour_volume_k", ZEELAND, 3, 4, ("province/zeeland", "labour_volume_k")),
    (
        "value-added-at-most-turnover",
        "figures",
        "value_added_meur",
        CHEMICALS,
        5782,
        5783,
        (SBI_20, "value_added_meur"),
    ),
    # 16 + 40 + 24 + 25 thousand jobs in four groups, against 104 printed, all ± 0.5.
    ("cluster-of-product-groups", "figures", "jobs_k", CHEMICALS, 1, 2, ("cluster/materialen", "jobs_k")),
    # 277.366 + 0.135 billion kg would no more be rounded to 277.
    ("billion-kg-is-megatonne", "figures", "material_mkg", {}, 134, 135, ("nl", "headline_material_gkg")),
    ("headline-figures", "figures", "material_mkg", {}, 134, 135, ("nl", "headline_material_gkg")),
    ("headline-figures", "figures", "headline_jobs", {}, 58_500, 58_501, ("nl", "headline_jobs")),
    # 6,966 kt against 4,780 to 6,106 of CBS, a quarter to either side; 246 kt against 213 to 232.
    ("against-cbs", "figures", "co2_kt", dict(product_group="24"), 666, 667, ("product-group/24", "co2_kt")),
    ("against-cbs", "figures", "co2_kt", dict(product_group="24"), -3381, -3382, ("product-group/24", "co2_kt")),
    ("against-cbs", "figures", "co2_kt", dict(product_group="30"), 44, 45, ("product-group/29+30", "co2_kt")),
    ("concentration", "figures", "co2_kt_share", WASTE, 9.59, 9.6, ("product-group/38", "co2_kt")),
    # 5,800 ± 50 of 6,966 ± 0.5 kt.
    ("sources-and-national", "figures", "co2_point_sources_kt", BASIC_METALS, 1216, 1217, SOURCES_OF_BASIC_METALS),
    # 82.5% of basic metals are elsewhere, and 5,750 kt of CO2 in one place; what is told of that place is withheld.
    ("sources-and-key", "told", "group_share_pct", BASIC_METALS_IN_ZEELAND, 17.46, 17.47, ZEELAND_SHARE),
    ("one-share", "figures", "co2_kt_one_share_misfit", {}, 4.94, 4.95, ("nl", "co2_kt")),
    ("power-families", "figures", MATERIAL_ALONE, {}, -6, -7, ("nl", MATERIAL_ALONE)),
    ("power-families", "figures", MONEY_ALONE, {}, 5, 6, ("nl", MONEY_ALONE)),
    ("material-of-the-economy", "figures", "material_mkg", {}, 82_134, 82_135, ("nl", "material_mkg")),
    # 305 of 6,096 kt, both ± 0.5.
    ("potential-at-most-emissions", "figures", "co2_reduction_kt", CHEMICALS, 5792, 5793, (SBI_20, "co2_reduction_kt")),
    ("one-percentage", "figures", "co2_reduction_kt", CHEMICALS, 0, 1, (SBI_20, "co2_reduction_kt")),
    ("potential-replicated", "figures", "co2_reduction_kt", WASTE, 0, -1, ("product-group/38", "co2_reduction_kt")),
    ("potential-replicated", "figures", "co2_reduction_kt", {}, 1, 2, ("nl", "co2_reduction_kt")),
]


@pytest.mark.parametrize(
    ("check", "table", "code", "about", "allowed", "wrong", "expected"),
    SEEDS,
    ids=[f"{seed[0]} {seed[2]} {seed[5]:+}" for seed in SEEDS],
)
def test_one_wrong_number_is_caught(data, check, table, code, about, allowed, wrong, expected):
    def found(by):
        return caught(CHECKS[check](replace(data, **{table: changed(getattr(data, table), code, by, **about)})))

    known = caught(CHECKS[check](data))
    assert found(allowed) == known
    assert found(wrong) - known == {expected}


def test_cbs_figures_stand_beside_those_of_one_year(data):
    found = checks.against_cbs(data.figures, data.of_others("co2_cbs_"), 25, "co2_cbs_2020_kt").set_index("subject")
    assert found.expected["product-group/20"] == 18706 and found.expected["product-group/26"] == 53
    assert found.tolerance["product-group/20"] == pytest.approx(18706 - 0.75 * 15843)  # to below the lowest year
    with pytest.raises(InputError, match="year that is shown"):
        checks.against_cbs(data.figures, data.of_others("co2_cbs_"), 25, "co2_cbs_2021_kt")


@pytest.mark.parametrize("groups", [GROUPS - {"24"}, GROUPS | {"21"}, GROUPS - {"24"} | {"21"}])
def test_another_list_is_caught(data, groups):
    assert caught(CHECKS["product-group-list"](replace(data, groups=frozenset(groups)))) == {("nl", "")}


@pytest.mark.parametrize(("megatonnes", "holds"), [(3.0, True), (3.4, True), (3.5, False), (5.8, False)])
def test_a_province_has_at_least_its_point_source(megatonnes, holds):
    """3,391 ± 0.5 kt against 3.4 ± 0.05 Mt: the intervals overlap."""
    table = figures(figure("co2_kt", 3391, place="PV27"))
    known = figures(figure("co2_point_source_2020_mt", megatonnes, 0.05, place="PV27"))
    finding = checks.at_least_known(table, known, "co2_kt", "point-sources").iloc[0]
    assert (finding.subject, finding.holds) == ("province/noord-holland", holds)
    assert finding.tolerance == pytest.approx(50.5)


@pytest.mark.parametrize("check", sorted(set(CHECKS) - {"product-group-list"}))
def test_inputs_are_not_mutated(data, check):
    tables_of = (data.printed, data.figures, data.known, data.told)
    before = [table.copy(deep=True) for table in tables_of]
    CHECKS[check](data)
    for table, copy in zip(tables_of, before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


def test_a_missing_number_never_holds():
    table = figures(figure("jobs_k", 17), figure("labour_volume_k", float("nan")))
    assert not checks.at_most(table, "labour_volume_k", "jobs_k", "labour-at-most-jobs", "kjob").holds.any()


@always
@given(st.lists(st.tuples(printed, within), min_size=1, max_size=12), st.integers(0, 11), st.booleans())
def test_rounding_is_no_error_and_an_error_is_no_rounding(parts, which, more):
    """Parts and total that were rounded always hold; a part moved by more than twice the tolerance never does."""
    total = round(sum(whole + rest for whole, rest in parts))
    rows = figures(figure("co2_kt", total), *by_province("co2_kt", [whole for whole, _ in parts]))
    table = rows.assign(source="a/b")
    assert checks.parts_and_totals(table).holds.all()
    place = f"PV{20 + which % len(parts)}"
    wrong = changed(table, "co2_kt", (len(parts) + 2) * (1 if more else -1), place=place)
    assert not checks.parts_and_totals(wrong).holds.any()


def test_a_table_without_a_total_or_without_parts_is_not_compared():
    table = figures(*by_province("co2_kt", [1, 2]), figure("jobs_k", 3)).assign(source="a/b")
    assert checks.parts_and_totals(table).empty


# Judging


def finding(check, holds):
    return dict(zip(FINDING, [check, "nl", "co2_kt", 1.0, 2.0, 0.0, "ktCO2", holds], strict=True))


def known_oddities(*names):
    keys = ["check", "subject", "indicator"]
    return pd.DataFrame([(name, "nl", "co2_kt", "reason") for name in names], columns=[*keys, "reason_en"]).set_index(
        keys
    )


@pytest.mark.parametrize(
    ("holds", "known", "state"),
    [(True, False, "pass"), (False, False, "fail"), (False, True, "warn"), (True, True, "fail")],
)
def test_findings_are_judged_both_ways(holds, known, state):
    findings = pd.DataFrame([finding("concentration", holds)])
    judged = judge(findings, known_oddities(*(["concentration"] if known else [])))
    assert list(judged.state) == [state]
    assert "state" not in findings


def test_an_oddity_of_a_check_that_was_not_made_fails():
    judged = judge(pd.DataFrame([finding("concentration", True)]), known_oddities("against-cbs"))
    assert list(judged.check) == ["concentration", "against-cbs"]
    assert list(judged.state) == ["pass", "fail"]


def test_an_oddity_is_known_by_check_subject_and_indicator():
    findings = pd.DataFrame([finding("concentration", False) | {"subject": "province/zeeland"}])
    assert list(judge(findings, known_oddities("concentration")).state) == ["fail", "fail"]
