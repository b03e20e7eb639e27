"""A cluster beside its jobs and beside another source: titles say what the facts say, and nothing where they do not differ."""

import pytest

from factpress.dimensions import Subject, subjects
from factpress.languages import LANGUAGES
from upcm_analysis.topics.figures import cluster_blocks, message_blocks
from upcm_analysis.topics.figures.cluster_blocks import compared, deviation, times, title_beside


@pytest.mark.parametrize(
    ("bounds", "nl"),
    [
        ((4.98, 5.01, 5.04), "vijf keer"), ((5.1, 5.1, 5.1), "ongeveer vijf keer"), ((2.4, 2.4, 2.4), "2,4 keer"),
        ((0.49, 0.5, 0.51), "de helft"), ((0.081, 0.081, 0.081), "ongeveer een twaalfde"), ((0.7, 0.7, 0.7), "70%"),
    ],
)  # fmt: skip
def test_a_ratio_is_a_whole_number_only_near_one(bounds, nl):
    assert times(bounds, "nl") == nl


def test_the_title_is_about_the_share_that_stands_out(edition):
    for about in subjects("cluster"):
        template, names = deviation(edition.facts, about)
        for language in LANGUAGES:
            assert template[language] == "{deviation}"
            assert names[language]["deviation"].marks[0][2].startswith("co2_kt_share/")
    assert deviation(edition.facts, Subject(cluster="materialen"))[1]["nl"]["deviation"].startswith(
        "De CO₂ is vijf keer"
    )


def test_where_nothing_stands_out_the_title_says_so(edition, monkeypatch):
    monkeypatch.setattr(cluster_blocks, "furthest", lambda facts, about: None)
    template, names = deviation(edition.facts, Subject(cluster="materialen"))
    assert "wijkt" in template["nl"] and not names["nl"]
    assert message_blocks.even(edition.facts, Subject(cluster="materialen")).rule == "even"


def test_sources_that_agree_are_not_said_to_differ(edition):
    pairs = compared(edition.facts, Subject(cluster="materialen"))
    assert "{times}" in title_beside(pairs)[0]["nl"]
    alike = [pair for pair in pairs if pair[1] and pair[0].product_group in ("22", "24")]
    assert len(alike) == 2 and "{" not in title_beside(alike)[0]["nl"]
    assert compared(edition.facts, Subject(cluster="high-tech")) == []
