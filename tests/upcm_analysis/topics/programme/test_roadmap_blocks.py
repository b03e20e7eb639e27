"""The roadmap: a goal has a value where there is the very figure, projects are in their lanes, and nothing is lost."""

import pandas as pd
import pytest

from factpress.codelists import codelist
from factpress.wording import Teller
from upcm_analysis.topics.programme import roadmap_blocks
from upcm_analysis.topics.programme.dashboard_blocks import MEASURED, OPEN
from upcm_analysis.vocabulary.subjects import NL

COLUMNS = ["horizon", "part", "nl", "en", "data", "indicator", "source"]
#: Made up, and only here: a goal with a fact, one with known data, one with a name in one language.
MADE_UP = pd.DataFrame(
    [
        ("0-5", "environment", "Uitstoot", "Emissions", "available", "co2_kt", "a/b"),
        ("0-5", "environment", "Afval", "Waste", "not available", "", "a/b"),
        ("0-2", "supply", "", "Prices", "not stated", "no_such_indicator", "a/b"),
        ("0-2", "activities", "Doen", "Doing", "not stated", "", "a/b"),
    ],
    columns=COLUMNS,
)


@pytest.fixture
def teller(edition):
    return Teller(edition.facts, NL, "nl")


@pytest.fixture
def placed(edition):
    table = edition.tables["portfolio"]
    return table[table.dimension == "horizon"]


def test_of_2020_no_goal_has_a_value_and_of_none_the_data_are_known(teller, edition):
    found = roadmap_blocks.readings(teller, edition.tables["roadmap"])
    assert len(found) == 55 and {reading.state for reading in found} == {OPEN}
    said = roadmap_blocks.summary(teller, "{indicators}, {measured}, {data}", found)
    assert said.text == "55, geen, geen"


def test_a_goal_with_a_fact_has_its_value_and_counts_in_the_matrix(teller):
    found = roadmap_blocks.readings(teller, MADE_UP)
    assert [reading.state for reading in found] == [MEASURED, OPEN, OPEN]
    assert found[0].text == "24.170\u00a0kiloton CO₂" and found[2].fact is None
    chart = roadmap_blocks.matrix(teller, "titel", found)
    cells = {row.label: [cell.text for cell in row.cells] for row in chart.data.rows}
    assert cells["0–5 jaar"] == ["–", "1 van 2; data bekend: 2", "–", "–", "–"]
    assert "Milieu: 1 van 2 met een waarde" in chart.alt and roadmap_blocks._shade(found[:2]) == 1
    assert roadmap_blocks.summary(teller, "{measured} {data}", found).text == "1 2"


def test_every_goal_activity_and_action_is_in_a_lane_once(teller, edition, placed):
    table = edition.tables["roadmap"]
    board = roadmap_blocks.lanes(teller, "titel", table, roadmap_blocks.readings(teller, table), placed)
    assert [lane.label for lane in board.lanes][::7] == ["0–50 jaar", "0–1 maand"]
    spots = [spot for lane in board.lanes for spot in lane.spots]
    assert all(sum(spot.span for spot in lane.spots) == len(board.places) for lane in board.lanes)
    labels = [item.label for spot in spots for item in spot.items]
    assert all(labels.count(text) == 1 for text in table.nl)
    assert sum(item.state == OPEN for spot in spots for item in spot.items) == 55
    assert set(codelist("pillar_actions").name_nl) <= set(labels)


def test_projects_are_in_their_lanes_with_what_that_rests_on_and_those_without_a_horizon_are_named(
    teller, edition, placed
):
    table = edition.tables["roadmap"]
    board = roadmap_blocks.lanes(teller, "titel", table, roadmap_blocks.readings(teller, table), placed)
    here = {lane.label: {item.label: item.text for item in lane.spots[-1].items} for lane in board.lanes}
    assert here["0–2 jaar"] == {"Project Batterijen": "impactsheet"}
    assert here["0–10 jaar"]["Sectorale routekaarten"] == "team"
    assert any("Circulaire zonnepanelen" in note for note in board.notes)
    shown = {name for lane in here.values() for name in lane}
    assert len(shown) + 2 == placed.project.nunique()


def test_a_related_figure_is_never_the_value(teller, edition):
    found = roadmap_blocks.readings(teller, edition.tables["roadmap"])
    rows = {
        row.label: [cell.text for cell in row.cells]
        for row in roadmap_blocks.indicators(teller, "titel", found).data.rows
    }
    *_, data, value, beside = rows["CO₂-equivalenten"]
    assert (data, value) == ("niet vermeld", "geen waarde") and "24.170" in beside and "geen equivalenten" in beside
