"""Roadmap 2.0: from goals in the long term back to actions now, and of each indicator what data there are.

A goal has a value only where the repository has the very figure that it asks for; one that is near is told apart.
"""

from collections import Counter
from typing import NamedTuple

import pandas as pd

from factpress import charts
from factpress.blocks import Board, Cell, Chart, Column, Data, Item, Lane, Row, Sentence, Spot, Table
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject, fact_id
from factpress.facts import Fact, ids
from factpress.texts import texts
from factpress.wording import Teller, amount
from upcm_analysis.topics.programme.dashboard_blocks import MEASURED, OPEN, counts, related
from upcm_analysis.topics.programme.form_blocks import text_of

#: The parts of the roadmap that have indicators; those of an effect; and the one that is about all effects together.
CAPITAL, ACTIVITIES = "capital", "activities"
EFFECTS = ("environment", "supply", "economy")
GOALS = ("performance", *EFFECTS, CAPITAL)
NOT_STATED = "not stated"

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


def summary(teller: Teller, text: str, found: list[Reading]) -> Sentence:
    """How many indicators have a value, and of how many it is known whether there are data."""
    said = teller.say(text, **counts(found, teller.language), data=str(_known(found) or WORDS[teller.language]["none"]))
    return Sentence(language=teller.language, text=said, lead=True, facts=ids(teller.used))


def _known(found: list[Reading]) -> int:
    """Of how many indicators it is known whether there are raw data."""
    return sum(reading.row["data"] != NOT_STATED for reading in found)


def _valued(found: list[Reading]) -> int:
    return sum(reading.state == MEASURED for reading in found)


def _horizons() -> list[str]:
    """From the far end back to now."""
    return list(codelist("horizons").index[::-1])


def _at(found: list[Reading], horizon: str, part: str) -> list[Reading]:
    return [one for one in found if (one.row["horizon"], one.row["part"]) == (horizon, part)]


def matrix(teller: Teller, title: str, found: list[Reading]) -> Chart:
    """Horizons by kinds of goals: how many indicators there are, have a value, and have a data status that is known."""
    language, words = teller.language, WORDS[teller.language]
    name, horizons = f"name_{language}", _horizons()
    grid = [[_at(found, horizon, part) for part in GOALS] for horizon in horizons]
    names = [entries("horizons")[horizon][name] for horizon in horizons]
    parts = [words["parts"][part] for part in GOALS]

    spoken = [
        f"{lane}: "
        + "; ".join(
            words["spoken"].format(part=part, **_numbers(spot)) for part, spot in zip(parts, row, strict=True) if spot
        )
        for lane, row in zip(names, grid, strict=True)
    ]
    picture = charts.heat(
        names,
        words["short"],
        [[words["of"].format(_valued(spot), len(spot)) if spot else "–" for spot in row] for row in grid],
        [[words["data"].format(_known(spot)) if spot else "" for spot in row] for row in grid],
        [[_shade(spot) for spot in row] for row in grid],
        [[bool(spot) and not _valued(spot) for spot in row] for row in grid],
        [[False for _ in row] for row in grid],
    )
    rows = [
        Row(
            label=lane,
            cells=[Cell(text=words["table"].format(**_numbers(spot)) if spot else "–") for spot in row],
        )
        for lane, row in zip(names, grid, strict=True)
    ]
    return Chart(
        language=language,
        title=title,
        subtitle=words["measure"],
        alt=words["alt"].format(". ".join(spoken)),
        data=Data(stub=words["axes"][1], columns=[Column(label=part, number=False) for part in parts], rows=rows),
        facts=ids(teller.used),
        pictures=[picture],
    )


def _numbers(spot: list[Reading]) -> dict[str, int]:
    return {"valued": _valued(spot), "all": len(spot), "known": _known(spot)}


def _shade(spot: list[Reading]) -> int | None:
    """Dark where all have a value, light where some have one."""
    valued = _valued(spot)
    return None if not valued else 3 if valued == len(spot) else 1


def totals(teller: Teller, title: str, found: list[Reading], placed: pd.DataFrame) -> Table:
    """A row a horizon: how many actions, indicators and projects there are, and how many of the indicators have a value."""
    language, words = teller.language, WORDS[teller.language]
    actions = codelist("pillar_actions").index.get_level_values("horizon")
    rows = []
    for horizon in _horizons():
        here = [reading for reading in found if reading.row["horizon"] == horizon]
        projects = placed.project[placed.code == horizon].nunique()
        numbers = [int((actions == horizon).sum()), len(here), _known(here), _valued(here), projects]
        cells = [Cell(text=str(one), value=one) for one in numbers]
        rows.append(Row(label=entries("horizons")[horizon][f"name_{language}"], cells=cells))
    columns = [Column(label=one, decimals=0) for one in words["lanes"]]
    data = Data(stub=words["axes"][1], columns=columns, rows=rows)
    return Table(language=language, title=title, data=data, facts=ids(teller.used), notes=_unplaced(placed, language))


def _unplaced(placed: pd.DataFrame, language: str) -> list[str]:
    names = [Subject(project=name).name(language) for name in placed.project[placed.code == ""]]
    return [WORDS[language]["unplaced"].format(", ".join(names))] if names else []


def lanes(teller: Teller, title: str, roadmap: pd.DataFrame, found: list[Reading], placed: pd.DataFrame) -> Board:
    """The roadmap: a lane a horizon, with activities, actions of the pillars, goals, and the projects that are placed there.

    `placed` says at which horizon each project is and on what that rests.
    """
    language, words = teller.language, WORDS[teller.language]
    name = f"name_{language}"
    actions, activities = codelist("pillar_actions").reset_index(), roadmap[roadmap.part == ACTIVITIES]
    made = []
    for horizon in _horizons():
        goals = {part: [_item(one, language) for one in _at(found, horizon, part)] for part in GOALS}
        effects = [Spot(items=goals[part]) for part in EFFECTS]
        if goals[CAPITAL]:  # of the far end the source names no goals by kind
            effects = [Spot(items=goals[CAPITAL], span=len(EFFECTS), label=words["capital"])]
        does = activities[activities.horizon == horizon].to_dict("records")
        acts = actions[actions.horizon == horizon].to_dict("records")
        here = placed[placed.code == horizon]
        made.append(
            Lane(
                label=entries("horizons")[horizon][name],
                about=entries("horizons")[horizon][f"sbi_{language}"],
                spots=[
                    Spot(items=[Item(label=text_of(row, language), text="") for row in does]),
                    Spot(items=[Item(label=row[name], text=entries("pillars")[row["pillar"]][name]) for row in acts]),
                    Spot(items=goals["performance"]),
                    *effects,
                    Spot(
                        items=[
                            Item(label=Subject(project=row.project).name(language), text=words["basis"][row.basis])
                            for row in here.itertuples()
                        ]
                    ),
                ],
            )
        )
    states = Counter(reading.state for reading in found)
    order = ("activities", "actions", "performance", *EFFECTS, "projects")
    return Board(
        language=language,
        title=title,
        upright=False,
        places=[words["parts"][part] for part in order],
        lanes=made,
        key={state: f"{said}: {states[state]}" for state, said in words["states"].items() if states[state]},
        axes=words["axes"],
        nothing=words["nothing"],
        facts=ids([*teller.used, *(one.fact for one in found if one.fact)]),
        notes=[words["bases"], *_unplaced(placed, language)],
    )


def _item(reading: Reading, language: str) -> Item:
    fact = reading.fact.fact_id if reading.fact else ""
    return Item(label=text_of(reading.row, language), text=reading.text, state=reading.state, fact=fact)


def indicators(teller: Teller, title: str, found: list[Reading]) -> Table:
    """A row an indicator: where it stands, whether there are raw data, its value, and what is near it."""
    language, words = teller.language, WORDS[teller.language]
    rows, used = [], []
    for reading in found:
        beside, facts = related(teller, "roadmap", reading.row["nl"])
        used += [*facts, *([reading.fact] if reading.fact else [])]
        cells = [
            Cell(text=entries("horizons")[reading.row["horizon"]][f"name_{language}"]),
            Cell(text=words["parts"][reading.row["part"]]),
            Cell(text=words["data states"][reading.row["data"]]),
            Cell(text=reading.text, fact=reading.fact.fact_id if reading.fact else ""),
            beside,
        ]
        rows.append(Row(label=text_of(reading.row, language), cells=cells))
    columns = [Column(label=one, number=False) for one in words["columns"]]
    data = Data(stub=words["stub"], columns=columns, rows=rows)
    return Table(language=language, title=title, data=data, facts=ids([*teller.used, *used]))
