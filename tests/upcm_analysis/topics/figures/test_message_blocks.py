"""Messages: each rule speaks where it is true and only there, and what it says follows from the facts."""

import math

import pandas as pd
import pytest

from factpress.dimensions import Subject, subjects
from factpress.facts import Facts
from factpress.languages import LANGUAGES
from upcm_analysis.topics.figures import message_blocks
from upcm_analysis.topics.figures.message_blocks import MOST, RULES, message, said

#: The placeholder of names that a page has.
NAMES = {"point_sources": lambda: "Tata Steel IJmuiden"}


def changed(facts, **values):
    """The facts with other values, by fact id with the first dot for the slash."""
    table = facts.table.set_index("fact_id", drop=False)
    for name, (value, low, high) in values.items():
        table.loc[name, ["value", "low", "high"]] = value, low, high
    return Facts(table.reset_index(drop=True))


def every(edition):
    return [(about, message(edition.facts, about)) for kind in RULES for about in subjects(kind)]


def test_every_rule_that_speaks_is_short_enough_in_every_language(edition):
    for about, _ in every(edition):
        for language in LANGUAGES:
            headline, lead = said(edition.facts, about, language, NAMES)
            assert len(headline) <= 90 and len(lead.split()) <= 45 and "{" not in headline + lead, headline


def test_pages_of_a_kind_do_not_open_alike(edition):
    for kind in RULES:
        opened = [said(edition.facts, about, "nl", NAMES)[0] for about in subjects(kind)]
        assert len(set(opened)) == len(opened)


def test_the_indicator_of_a_cluster_is_the_furthest_from_its_jobs(edition):
    for about in subjects("cluster"):
        jobs = edition.facts.get("jobs_k_share", about).value
        ratio = {code: edition.facts.get(f"{code}_share", about).value / jobs for code in message_blocks.CANDIDATES}
        furthest = max(ratio, key=lambda code: abs(math.log(ratio[code])))
        found = message(edition.facts, about)
        share = edition.facts.get(f"{furthest}_share", about)
        assert found.names["nl"]["other"].marks[0][2] == share.fact_id
        assert found.rule.startswith("more" if ratio[furthest] > 1 else "less")


def test_what_rounding_can_explain_does_not_stand_out(edition):
    about = next(one for one in subjects("cluster"))
    jobs = edition.facts.get("jobs_k_share", about)
    ends = (jobs.value * 1.05, jobs.high * 0.99, jobs.high * 1.1)
    near = {f"{code}_share/{about.path}": ends for code in message_blocks.CANDIDATES}
    assert message(changed(edition.facts, **near), about).rule == "even"
    one = {f"turnover_meur_share/{about.path}": (jobs.value * 1.2, jobs.high * 1.01, jobs.high * 1.5)}
    assert (
        message(changed(edition.facts, **(near | one)), about)
        .names["en"]["other"]
        .marks[0][2]
        .startswith("turnover_meur")
    )


def test_the_published_potentials_are_in_other_groups(edition):
    """38, 24 and 20 are 85% of the CO2 gain; 28, 33 and 25 are 64% of the extra value."""
    assert message(edition.facts, Subject()).rule == "apart"
    _, lead = said(edition.facts, Subject(), "en")
    assert "85%^ of the CO₂ gain" in lead and "64%^ is in the machinery industry" in lead


def test_the_rule_of_the_whole_follows_the_groups(edition):
    gain = {one.product_group: edition.facts.get("co2_reduction_kt", one).value for one in subjects("product-group")}
    money = {f"value_added_potential_meur/product-group/{group}": (value,) * 3 for group, value in gain.items()}
    whole = {"value_added_potential_meur/nl": (sum(gain.values()),) * 3}
    assert message(changed(edition.facts, **money, **whole), Subject()).rule == "together"
    other = money | {"value_added_potential_meur/product-group/28": (2000.0,) * 3}
    whole = {"value_added_potential_meur/nl": (sum(gain.values()) + 2000,) * 3}
    assert message(changed(edition.facts, **other, **whole), Subject()).rule == "partly"
    flat = {name: (100.0,) * 3 for name in money}
    whole = {"value_added_potential_meur/nl": (100.0 * len(flat),) * 3}
    assert 3 / len(flat) < MOST and message(changed(edition.facts, **flat, **whole), Subject()).rule == "spread"


def test_a_province_is_contradicted_by_a_registered_source_alone(edition):
    found = {about.slug: message(edition.facts, about).rule for about in subjects("province")}
    assert found["noord-holland"] == "contradicted"
    assert {rule for name, rule in found.items() if name != "noord-holland"} == {"allocated"}
    less = changed(edition.facts, **{"co2_point_sources_kt/province/noord-holland": (3000.0, 2950.0, 3050.0)})
    assert message(less, next(one for one in subjects("province") if one.slug == "noord-holland")).rule == "allocated"


@pytest.mark.parametrize(
    ("percent", "nl"),
    [
        (17.1, "één op de zes banen"), (85.8, "zes van elke zeven banen"), (53.9, "ruim de helft van de banen"),
        (47.0, "bijna de helft van de banen"), (50.3, "de helft van de banen"), (33.2, "een derde van de banen"),
        (5.3, "5% van de banen"), (0.7, "0,7% van de banen"), (66.8, "twee derde van de banen"), 
        (35.5, "ruim een derde van de banen"),
    ],
)  # fmt: skip
def test_a_share_is_a_fraction_only_where_it_is_one(edition, percent, nl):
    share = changed(edition.facts, **{"jobs_k_share/cluster/materialen": (percent,) * 3}).get(
        "jobs_k_share", Subject(cluster="materialen")
    )
    assert message_blocks.part(share, "nl") == nl


def test_no_rule_is_never_true_and_none_but_the_last_always(edition):
    """Of the rules of a kind with several subjects, each but the last speaks of some and not of all."""
    counts = pd.Series([found.rule for about, found in every(edition) if about.kind == "province"]).value_counts()
    assert set(counts.index) == {"contradicted", "allocated"} and counts.min() >= 1


def test_where_a_potential_sits_is_told_of_its_largest_parts_and_not_where_it_is_not_known(edition):
    marked, words = message_blocks.where(edition.facts, "co2_reduction_kt")
    assert {one.product_group for one in marked} == {"38", "24", "20"}
    assert words["nl"]["count"] == "drie" and words["en"]["part"] == "85%^"
    unknown = changed(edition.facts, **{"co2_reduction_kt/nl": (math.nan, math.nan, math.nan)})
    assert message_blocks.where(unknown, "co2_reduction_kt")[0] == []


def test_the_main_source_of_a_gain_is_named_only_where_it_is_half_or_more(edition):
    about, name = Subject(cluster="materialen"), "co2_reduction_kt/product-group/38"
    assert message(edition.facts, about).rule == "more, mostly"
    assert "55%^ van afvalbehandeling en recycling" in said(edition.facts, about, "nl")[1]
    assert message(changed(edition.facts, **{name: (900.0, 899.5, 900.5)}), about).rule == "more"
    unknown = (math.nan,) * 3
    assert message(changed(edition.facts, **{name: unknown}), about).rule == "more"
    assert message_blocks.main_source(edition.facts, Subject(cluster="high-tech")) is None


def test_a_cluster_is_the_largest_only_where_rounding_leaves_no_other(edition):
    about = Subject(cluster="high-tech")
    assert message(edition.facts, about).rule == "less, largest"
    shared = {"jobs_k_rank/cluster/high-tech": (1.0, 1.0, 2.0), "jobs_k_rank/cluster/materialen": (1.0, 1.0, 2.0)}
    assert message(changed(edition.facts, **shared), about).rule == "less"
    others = [one for one in subjects("cluster") if one != about]
    assert not any(message_blocks.is_largest(edition.facts, one) for one in others)
