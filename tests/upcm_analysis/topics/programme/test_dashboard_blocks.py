"""The indicators of the dashboard: a potential is no measurement, what nobody counted is not measured, answers appear."""

import pandas as pd
import pytest

from factpress.codelists import codelist, entries
from factpress.dimensions import Subject
from factpress.wording import Teller
from upcm_analysis.topics.programme import dashboard_blocks
from upcm_analysis.topics.programme.dashboard_blocks import MATURITY, MEASURED, OPEN, PARTLY, POTENTIAL, STIMULATED
from upcm_analysis.vocabulary.subjects import NL

CLUSTER = Subject(cluster="high-tech")
COLUMNS = [
    *("cluster", "phase", "functions", "unscored", "weakest_pct", "geometric_pct", "arithmetic_pct"),
    *("needed", "stimulated", "not_stimulated", "unknown", "low_pct", "high_pct"),
]
NOBODY = pd.DataFrame(columns=COLUMNS)


def motors(cluster="high-tech", unscored="", stimulated="F1", refused="F2", unknown="F3"):
    """One phase of a cluster: made up, and only here."""
    ways = (float("nan"),) * 3 if unscored else (25.0, 37.8, 41.7)
    row = (cluster, "development", "F1 F2 F3", unscored, *ways, 3, stimulated, refused, unknown, 33.3, 66.7)
    return pd.DataFrame([row], columns=COLUMNS)


@pytest.fixture
def teller(edition):
    return lambda about=NL, language="nl": Teller(edition.facts, about, language)


def read(teller, table=NOBODY):
    return {reading.item: reading for reading in dashboard_blocks.readings(teller, table)}


def test_every_indicator_of_the_dashboard_stands_in_a_column_that_is_drawn():
    listed, drawn = codelist("dashboard"), codelist("dashboard_columns")
    assert len(listed) == 27 and set(listed.column) == set(drawn.index)
    assert listed.groupby("column").size().to_dict() == {
        **dict.fromkeys(codelist("pillars").index, 6),
        "performance": 6,
        "effect": 3,
    }


def test_of_2020_nothing_is_measured_and_three_goals_have_a_potential(teller):
    found = read(teller())
    assert {reading.state for reading in found.values()} == {POTENTIAL, OPEN}
    assert [item for item, reading in found.items() if reading.state == POTENTIAL] == [
        "environment",
        "supply",
        "economy",
    ]
    assert found["environment"].fact.fact_id == "co2_reduction_kt/nl" and "2.313" in found["environment"].text
    assert "magnesium" in found["supply"].text and found["supply"].text.count(",") == 4
    assert found["followers"].text == "niet gemeten"


def test_a_cluster_has_its_own_potential_and_no_list_of_materials(teller):
    found = read(teller(CLUSTER))
    assert found["environment"].fact.fact_id == "co2_reduction_kt/cluster/high-tech"
    assert found["supply"].state == OPEN


def test_answers_and_phases_appear_as_soon_as_there_are_any(teller):
    found = read(teller(CLUSTER), motors(unknown=""))
    assert found[STIMULATED].state == found[MATURITY].state == MEASURED
    assert found[STIMULATED].text == "Ontwikkeling: 1 van 3"
    assert found[MATURITY].text == "Ontwikkeling: zwakste schakel 25%, meetkundig 38%, rekenkundig 42%"


def test_what_is_not_known_of_a_function_leaves_it_measured_in_part(teller):
    found = read(teller(CLUSTER), motors())
    assert found[STIMULATED] == ("stimulated-functions", PARTLY, "Ontwikkeling: 1 tot 2 van 3", None)
    found = read(teller(CLUSTER), motors(unscored="F2", stimulated="", refused="", unknown="F1 F2 F3"))
    assert found[STIMULATED].state == found[MATURITY].state == OPEN


def test_one_cluster_of_five_is_a_part_of_the_programme(teller):
    found = read(teller(), motors(unknown=""))
    assert found[MATURITY].state == PARTLY and found[MATURITY].text.startswith("High Tech, ontwikkeling: ")
    every = pd.concat([motors(slug, unknown="") for slug in codelist("clusters").index])
    assert read(teller(), every)[MATURITY].state == MEASURED


@pytest.mark.parametrize("language", ["nl", "en"])
def test_reach_is_at_two_dates_and_says_what_can_be_compared(teller, language):
    table = dashboard_blocks.reach(teller(language=language), "titel")
    rows = {code: row for code, row in zip(entries("reach"), table.data.rows, strict=True)}
    assert [cell.value for cell in rows["linkedin"].cells[:2]] == [800, 1100]
    assert [cell.text for cell in rows["website-visitors"].cells[:2]] == [
        {"nl": "niet vermeld", "en": "not stated"}[language],
        {"nl": "> 1.000", "en": "> 1,000"}[language],
    ]
    assert rows["website-may"].cells[0].value == 760 and rows["website-june"].cells[0].value == 706
    both = [code for code, row in rows.items() if all(cell.fact for cell in row.cells[:2])]
    assert both == ["linkedin"]  # users and visitors are never in one row
