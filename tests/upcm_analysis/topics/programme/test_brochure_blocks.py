"""The brochure, part by part: what it had, where that is now, and why a part is not there."""

import pytest

from factpress.codelists import codelist
from factpress.site import plan
from factpress.wording import Teller
from upcm_analysis.topics.programme import brochure_blocks
from upcm_analysis.vocabulary.subjects import NL


@pytest.fixture
def teller(edition):
    return lambda language="nl": Teller(edition.facts, NL, language)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_part_leads_to_a_publication_or_says_why_not(teller, language):
    there = {f"{one.kind}/{one.subject}" for one in plan.publications()}
    table = brochure_blocks.parts(teller(language), "titel")
    for row in table.data.rows:
        page = row.cells[2]
        assert page.href in there if page.href else page.text == "–"
        assert row.cells[3].text and "{" not in row.cells[3].text
    assert {"headline_jobs/nl", "organisations_0_50_pct/nl"} <= set(table.facts)


def test_the_message_counts_the_parts(monkeypatch):
    parts = codelist("brochure_parts")
    counts = brochure_blocks.counts("nl")
    assert int(counts["parts"]) == len(parts) and int(counts["not_kept"]) == (parts.state == "not-kept").sum()
    assert set(parts.state) <= set(codelist("brochure_states").index)
    assert "{there}" in brochure_blocks.text("headline")["nl"]
    monkeypatch.setattr(brochure_blocks, "entries", lambda name: {"one": {"state": "here"}})
    assert "{there}" not in brochure_blocks.text("headline")["nl"]


def test_organisations_have_credits(teller):
    rows = brochure_blocks.credits(teller(), "titel").data.rows
    assert [row.label for row in rows][:2] == ["TNO", "RVO"] and all(row.cells[0].text for row in rows)
