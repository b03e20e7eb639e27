"""The indicators of the roadmap: a goal has a value only where there is the very figure."""

import pandas as pd
import pytest

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


def test_of_2020_no_goal_has_a_value(teller, edition):
    found = roadmap_blocks.readings(teller, edition.tables["roadmap"])
    assert len(found) == 55 and {reading.state for reading in found} == {OPEN}


def test_a_goal_with_a_fact_has_its_value(teller):
    found = roadmap_blocks.readings(teller, MADE_UP)
    assert [reading.state for reading in found] == [MEASURED, OPEN, OPEN]
    assert found[0].text == "24.170\u00a0kiloton CO₂" and found[2].fact is None
