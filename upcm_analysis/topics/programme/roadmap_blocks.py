"""Roadmap 2.0: of each of its indicators whether there is a value.

A goal has a value only where the repository has the very figure that it asks for; one that is near is told apart.
"""

from typing import NamedTuple

import pandas as pd

from factpress.dimensions import fact_id
from factpress.facts import Fact
from factpress.texts import texts
from factpress.wording import Teller, amount
from upcm_analysis.topics.programme.dashboard_blocks import MEASURED, OPEN

#: The part of the roadmap that has no indicators.
ACTIVITIES = "activities"

WORDS = texts(__name__)


class Reading(NamedTuple):
    """An indicator of the roadmap: its row, its state, that in words, and the fact where there is one."""

    row: dict
    state: str
    text: str
    fact: Fact | None


def readings(teller: Teller, roadmap: pd.DataFrame) -> list[Reading]:
    """What is known of every indicator of the roadmap; activities are none."""
    found = []
    for row in roadmap[roadmap.part != ACTIVITIES].to_dict("records"):
        fact = teller.facts.find(fact_id(row["indicator"], teller.about)) if row["indicator"] else None
        known = fact is not None and not fact.unknown
        text = amount(fact, teller.language) if known else WORDS[teller.language]["unvalued"]
        found.append(Reading(row, MEASURED if known else OPEN, text, fact if known else None))
    return found
