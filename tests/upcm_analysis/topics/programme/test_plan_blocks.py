"""The measurement plan: every indicator has a proposal, and the message says no more than the documents do."""

import pytest

from factpress.codelists import codelist, entries
from factpress.errors import InputError
from factpress.wording import Teller
from upcm_analysis import publication
from upcm_analysis.topics.programme import dashboard_blocks, plan_blocks, roadmap_blocks
from upcm_analysis.topics.programme.dashboard_blocks import MEASURED, POTENTIAL
from upcm_analysis.vocabulary.subjects import NL


@pytest.fixture
def teller(edition):
    return Teller(edition.facts, NL, "nl")


@pytest.fixture
def found(teller, edition):
    board = dashboard_blocks.readings(teller, edition.tables["function_motor"])
    return plan_blocks.planned(board, roadmap_blocks.readings(teller, edition.tables["roadmap"]))


def test_every_indicator_has_a_proposal_and_every_proposal_an_indicator(found):
    assert {(one.page, one.item) for one in found} == set(entries("measurement_plan")) and len(found) == 82
    listed = codelist("measurement_plan")
    assert set(listed.effort) == set(plan_blocks.EFFORTS) == set(codelist("plan_efforts").index)
    assert set(listed.reason) == set(codelist("plan_reasons").index)
    assert set(listed.measurer) <= {*codelist("plan_measurers").index, *codelist("teams").index}
    assert set(codelist("plan_measurers").index) <= set(listed.measurer)


def test_what_takes_least_comes_first_and_then_the_nearest_term(found):
    terms = list(codelist("horizons").index)
    order = [(plan_blocks.EFFORTS.index(one.proposal["effort"]), terms.index(one.horizon)) for one in found]
    assert order == sorted(order)


def test_the_message_follows_from_what_is_known(found):
    assert plan_blocks.rule(found) == "none"
    counts = plan_blocks.counts(found, "nl")
    assert (counts["indicators"], counts["source"], counts["potential"]) == ("82", "38", "3")
    one = [found[0]._replace(state=MEASURED), *found[1:]]
    assert plan_blocks.rule(one) == "some" and plan_blocks.counts(one, "nl")["source"] == "37"
    assert plan_blocks.rule([each._replace(state=MEASURED) for each in found]) == "all"


def test_a_potential_is_no_value(found):
    assert plan_blocks.rule([one for one in found if one.state == POTENTIAL]) == "none"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_opening_is_short_enough_whatever_is_known(found, language, monkeypatch):
    page = publication.open("measurement-plan", "2020", language).programme
    for state in ({}, {0}, set(range(82))):
        told = [one._replace(state=MEASURED) if at in state else one for at, one in enumerate(found)]
        monkeypatch.setitem(vars(page._blocks), "_plan", told)
        assert page.plan_headline().text and page.plan_lead().text and page.plan_efforts().title


def test_the_bar_and_the_tables_count_the_same(teller, found):
    chart = plan_blocks.efforts(teller, "titel", found)
    rows = [len(plan_blocks.proposals(teller, "titel", found, one).data.rows) for one in plan_blocks.EFFORTS]
    assert [row.cells[1].value for row in chart.data.rows] == rows and sum(rows) == 82


def test_what_is_known_is_told_as_what_it_is(teller, found):
    rows = [[cell.text for cell in row.cells] for row in plan_blocks.known(teller, "titel", found).data.rows]
    assert len(rows) == 3 and all(cells[2].startswith("potentieel") for cells in rows)
    assert any("magnesium" in cells[1] for cells in rows)


def test_an_indicator_without_a_proposal_is_refused(teller):
    goal = roadmap_blocks.Reading({"nl": "Geluk", "en": "Happiness", "horizon": "0-5"}, "open", "", None)
    with pytest.raises(InputError, match="no proposal of how to measure it"):
        plan_blocks.planned([], [goal])
