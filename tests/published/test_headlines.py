"""The figures of the brochure, and derived facts calculated by hand."""

import math
import statistics

import pytest


@pytest.mark.parametrize(
    ("name", "value", "unit", "row"),
    [
        ("headline_material_gkg", 277, "Gkg", "Materialen"),
        ("headline_value_added_geur", 51, "GEUR", "Toegevoegde waarde"),
        ("headline_jobs", 600_000, "job", "Banen"),
        ("newsletter_subscribers", 400, "subscriber", "Nieuwsbrief"),
        ("website_visitors", 1000, "visitor/month", "Website"),
        ("linkedin_followers", 1100, "follower", "LinkedIn"),
        ("symposia", 2, "meeting", "Symposia"),
        ("knowledge_meetings", 4, "meeting", "Kennisdelingsbijeenkomsten"),
        ("branch_manager_meetings", 3, "meeting", "Sessies voor branchemanagers"),
        ("circo_tracks", 12, "track", "CIRCO-tracks voor de maakindustrie"),
    ],
)
def test_the_brochure(facts, name, value, unit, row):
    fact = facts[f"{name}/nl"]
    assert (fact.value, fact.unit, fact.status) == (value, unit, "published")
    assert len(fact.inputs) == 1
    assert fact.inputs[0].startswith("feiten-en-cijfers/") and f"[{row} | " in fact.inputs[0]


@pytest.mark.parametrize("name", ["newsletter_subscribers", "website_visitors", "linkedin_followers"])
def test_more_than_is_a_lower_bound(facts, name):
    fact = facts[f"{name}/nl"]
    assert fact.at_least and fact.low == fact.value and math.isnan(fact.high)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("headline_material_gkg", 276.5, 277.5),
        ("headline_value_added_geur", 50.5, 51.5),
        ("headline_jobs", 550_000, 650_000),  # one significant digit
        ("symposia", 2, 2),  # counted, not rounded
        ("circo_tracks", 12, 12),
    ],
)
def test_what_a_round_figure_stands_for(facts, name, low, high):
    fact = facts[f"{name}/nl"]
    assert (fact.low, fact.high) == (low, high) and not fact.at_least


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("organisations/nl", 40_910 + 850 + 960, "organisation"),
        ("organisations/province/zeeland", 1272 + 24 + 26, "organisation"),
        ("co2_reduction_kt_without_38/nl", 2313 - 1103, "ktCO2"),
        ("co2_kt_without_38/nl", 24_170 - 7350, "ktCO2"),
        ("jobs_k_share/province/zuid-holland", 100 * 110 / 608, "percent"),
        ("co2_reduction_kt_share/product-group/38", 100 * 1103 / 2313, "percent"),
        ("organisations_over_100_pct/cluster/materialen", 100 * 265 / (3070 + 205 + 265), "percent"),
        # 1,355 million euro for 17 thousand jobs is so many thousand euro for each.
        ("value_added_per_job_keur/province/zeeland", 1355 / 17, "kEUR/job"),
        # 17 thousand jobs in 1,322 organisations.
        ("jobs_per_organisation/province/zeeland", 17_000 / 1322, "job/organisation"),
        ("value_added_per_organisation_meur/province/zeeland", 1355 / 1322, "MEUR/organisation"),
        # A kilotonne per million euro is a kilogram per euro.
        ("co2_per_value_added_kg_eur/province/zeeland", 770 / 1355, "kgCO2/EUR"),
        ("material_per_value_added_kg_eur/product-group/30", 117_512 / 1639, "kg/EUR"),
        ("co2_kt_per_job_relative/province/zeeland", (770 / 24_170) / (17 / 608), "ratio"),
        ("co2_kt_per_job_relative/product-group/38", (7350 / 24_170) / (25 / 608), "ratio"),
    ],
)
def test_derived_by_hand(facts, name, value, unit):
    fact = facts[name]
    assert fact.value == pytest.approx(value, rel=1e-12)
    assert (fact.unit, fact.status) == (unit, "allocated" if "/province/" in name else "derived")


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        # 1,355 ± 0.5 million euro over 17 ± 0.5 thousand jobs.
        ("value_added_per_job_keur/province/zeeland", 1354.5 / 17.5, 1355.5 / 16.5),
        ("jobs_k_share/province/zuid-holland", 100 * 109.5 / 608.5, 100 * 110.5 / 607.5),
        ("organisations/province/zeeland", 1322 - 3 * 0.5, 1322 + 3 * 0.5),
        ("organisations/product-group/24", 320 + 15 + 40 - 3 * 2.5, 320 + 15 + 40 + 3 * 2.5),
        ("co2_reduction_kt_without_38/nl", 2312.5 - 1103.5, 2313.5 - 1102.5),
    ],
)
def test_intervals_by_hand(facts, name, low, high):
    assert (facts[name].low, facts[name].high) == pytest.approx((low, high), rel=1e-12)


#: Jobs (x 1,000), value added (million euro) and CO2 (kt) of the provinces, as printed.
PRINTED = [
    *((31, 2472, 1003), (17, 1397, 897), (17, 1381, 602), (46, 4027, 1806), (15, 1289, 506), (81, 6957, 3215)),
    *((37, 3052, 1390), (79, 6498, 3391), (110, 9070, 4067), (17, 1355, 770), (118, 10_166, 4348), (41, 3460, 2175)),
]
#: The same of the product groups, in the order of the table.
OF_GROUPS = {
    "value_added_meur": [3381, 3102, 2122, 2298, 7302, 4325, 3039, 12_387, 3132, 1639, 3788, 3610, 1000],
    "co2_kt": [6096, 321, 1774, 6966, 478, 88, 172, 274, 146, 100, 305, 100, 7350],
}


@pytest.mark.parametrize(("code", "column", "said"), [("value_added_meur", 1, 2.3), ("co2_kt", 2, 10.1)])
def test_one_share_of_every_product_group_nearly_gives_the_provinces_back(facts, code, column, said):
    """What the first caveat says: each product group divided by the share of jobs, added up, against the table."""
    off = []
    for row in PRINTED:
        share = row[0] / 608
        off.append(100 * abs(sum(share * group for group in OF_GROUPS[code]) / row[column] - 1))
    fact = facts[f"{code}_one_share_misfit/nl"]
    assert fact.value == pytest.approx(statistics.median(off), rel=1e-3)
    assert round(fact.value, 1) == said and fact.low < fact.value < fact.high
    assert (fact.unit, fact.status) == ("percent", "derived")


@pytest.mark.parametrize(
    ("name", "value", "low", "high"),
    [
        # Eight product groups have more; 27, 30 and 38 have 25 thousand each; 20 has 16.
        ("jobs_k_rank/product-group/30", 9, 9, 11),
        ("jobs_k_rank/product-group/20", 13, 13, 13),
        ("jobs_k_rank/product-group/25", 1, 1, 1),
        ("co2_reduction_pct_rank/product-group/33", 1, 1, 2),  # 15%, as has 38
        ("co2_reduction_pct_rank/product-group/38", 1, 1, 2),
        ("co2_reduction_pct_rank/product-group/20", 13, 13, 13),
    ],
)
def test_places_in_the_order(facts, name, value, low, high):
    fact = facts[name]
    assert (fact.value, fact.low, fact.high) == (value, low, high)


@pytest.mark.parametrize("kind", ["product-group", "province", "cluster"])
def test_shares_of_the_parts_make_up_the_whole_within_rounding(facts, kind):
    shares = facts.table[facts.table.indicator.str.endswith("_share") & facts.table.fact_id.str.contains(f"/{kind}/")]
    sums = shares.groupby("indicator")[["low", "high"]].sum()
    assert len(sums) == 12
    assert (sums.low <= 100).all() and (sums.high >= 100).all()
