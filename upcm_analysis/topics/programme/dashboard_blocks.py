"""The dashboard of the programme: of each of its indicators whether it is measured, and what reach is known.

A potential that is published is no measurement, and neither is a figure that is only related: the three are told apart.
"""

from collections import Counter
from typing import NamedTuple

import pandas as pd

from factpress.blocks import Board, Cell, Column, Data, Item, Lane, Row, Sentence, Spot, Table
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject, fact_id
from factpress.exhibits import cell
from factpress.facts import Fact, ids
from factpress.synthetic import marked
from factpress.texts import texts
from factpress.wording import Teller, amount, inside, label, number
from upcm_analysis.vocabulary.subjects import NL, clusters

#: What a value on a board is: measured for all that the page is about, for a part of it, only possible, or not there.
MEASURED, PARTLY, POTENTIAL, OPEN = "measured", "partly", "potential", "open"
STATES = (MEASURED, PARTLY, POTENTIAL, OPEN)
#: The indicators that rest on the innovation functions, and the one that is a list of materials.
STIMULATED, MATURITY, MATERIALS = "stimulated-functions", "motor-maturity", "supply"

WORDS = texts(__name__)


class Reading(NamedTuple):
    """What is known of an indicator: its code, its state, that in words, and the fact where it is one."""

    item: str
    state: str
    text: str
    fact: Fact | None = None


def readings(teller: Teller, motors: pd.DataFrame) -> list[Reading]:
    """What is known of every indicator of the dashboard. `motors` has a row a cluster and phase of what the page is about."""
    return [_reading(teller, item, row, motors) for item, row in entries("dashboard").items()]


def _reading(teller: Teller, item: str, row: dict, motors: pd.DataFrame) -> Reading:
    words = WORDS[teller.language]
    if item in (STIMULATED, MATURITY):
        return _of_motor(teller, item, motors)
    if item == MATERIALS and teller.about == NL:  # of clusters no source says which
        names = codelist("critical_materials")[f"name_{teller.language}"]
        return Reading(item, row["figure"], words["potential"].format(", ".join(names)))
    fact = teller.facts.get(row["indicator"], teller.about) if row["indicator"] else None
    if fact is None or fact.unknown:
        return Reading(item, OPEN, words["states"][OPEN], fact)
    said = amount(fact, teller.language)
    return Reading(item, row["figure"], words["potential"].format(said) if row["figure"] == POTENTIAL else said, fact)


def _of_motor(teller: Teller, item: str, motors: pd.DataFrame) -> Reading:
    """The functions that a cluster needs now: how many are stimulated, or how mature they are together."""
    words = WORDS[teller.language]
    asked = [teller.about] if teller.about.cluster else clusters()
    said, whole = [], set()
    for row in motors.itertuples():
        known = row.stimulated or row.not_stimulated if item == STIMULATED else not row.unscored
        if not known:
            continue
        phase = entries("phases")[row.phase][f"name_{teller.language}"]
        if not teller.about.cluster:
            phase = f"{_short(row.cluster, teller.language)}, {inside(phase)}"
        said.append(_stimulated(row, phase, words) if item == STIMULATED else _mature(row, phase, teller.language))
        if item == MATURITY or not row.unknown:
            whole.add(row.cluster)
    if not said:
        return Reading(item, OPEN, words["states"][OPEN])
    state = MEASURED if whole >= {one.cluster for one in asked} else PARTLY
    return Reading(item, state, "; ".join(said))


def _stimulated(row, phase: str, words: dict) -> str:
    least = len(row.stimulated.split())
    most = least + len(row.unknown.split())
    part = str(least) if least == most else words["to"].format(least, most)
    return words["of needed"].format(phase=phase, part=part, needed=int(row.needed))


def _mature(row, phase: str, language: str) -> str:
    ways = {"weakest": row.weakest_pct, "geometric": row.geometric_pct, "arithmetic": row.arithmetic_pct}
    said = {name: f"{number(pct, 0, language)}%" for name, pct in ways.items()}
    return WORDS[language]["maturity"].format(phase=phase, **said)


def _short(cluster: str, language: str) -> str:
    return Subject(cluster=cluster).name(language).partition(" (")[0]


def counts(found: list, language: str) -> dict[str, str]:
    """How many readings there are, and how many of each state, as a template has them: those in part with the measured."""
    words, number_of = WORDS[language], Counter(reading.state for reading in found)
    said = {state: str(number_of[state] or words["none"]) for state in (MEASURED, POTENTIAL, OPEN)}
    if number_of[PARTLY]:
        said[MEASURED] = words["and partly"].format(said[MEASURED], number_of[PARTLY])
    return {"indicators": str(len(found)), **said}


def summary(teller: Teller, text: str, found: list[Reading]) -> Sentence:
    """How many indicators are measured, in a sentence for a hurried reader."""
    said = teller.say(text, **counts(found, teller.language))
    return Sentence(language=teller.language, text=said, lead=True, facts=ids(teller.used))


def board(teller: Teller, title: str, found: list[Reading], synthetic: bool) -> Board:
    """The dashboard as the programme draws it: a lane a pillar or kind of goal, a place a decision horizon."""
    language, words, listed = teller.language, WORDS[teller.language], entries("dashboard")
    name = f"name_{language}"
    used = {row["horizon"] for row in listed.values()}
    horizons = [code for code in codelist("horizons").index[::-1] if code in used]
    lanes = []
    for column, about in entries("dashboard_columns").items():
        at = {code: [] for code in horizons}
        for reading in found:
            row = listed[reading.item]
            if row["column"] == column:
                fact = reading.fact.fact_id if reading.fact else ""
                item = Item(label=row[name], text=reading.text, state=reading.state, fact=fact)
                at[row["horizon"]].append(item)
        lanes.append(Lane(label=about[name], spots=[Spot(items=items) for items in at.values()]))
    states = Counter(reading.state for reading in found)
    return Board(
        language=language,
        title=marked(title, synthetic, language),
        upright=True,
        places=[entries("horizons")[code][name] for code in horizons],
        lanes=lanes,
        key={state: f"{words['states'][state]}: {states[state]}" for state in STATES if states[state]},
        axes=words["axes"],
        nothing=words["nothing"],
        facts=ids([*teller.used, *(reading.fact for reading in found if reading.fact)]),
    )


def indicators(teller: Teller, title: str, found: list[Reading], sources: dict[str, str], synthetic: bool) -> Table:
    """A row an indicator: where it stands, its formula, value, source and date, what is related, what it takes to measure it.

    `sources` names, by fact, the publication that it is from; the others are from the dashboard itself.
    """
    language, words, listed = teller.language, WORDS[teller.language], entries("dashboard")
    name, rows, used = f"name_{language}", [], []
    for reading in found:
        row = listed[reading.item]
        source, date = "–", "–"
        if reading.state != OPEN:
            source = words["functions"] if reading.item in (STIMULATED, MATURITY) else row["citation"]
            source = sources[reading.fact.fact_id] if reading.fact else source
            date = words["undated"]
        beside, facts = related(teller, "dashboard", reading.item)
        used += [*facts, *([reading.fact] if reading.fact else [])]
        rows.append(
            Row(
                label=row[name],
                cells=[
                    Cell(text=entries("dashboard_columns")[row["column"]][name]),
                    Cell(text=entries("horizons")[row["horizon"]][name]),
                    Cell(text=row[f"formula_{language}"] or words["no formula"]),
                    Cell(text=reading.text, fact=reading.fact.fact_id if reading.fact else ""),
                    Cell(text=source),
                    Cell(text=date),
                    beside,
                    Cell(text=row[f"needs_{language}"]),
                ],
            )
        )
    columns = [Column(label=one, number=False) for one in words["columns"]]
    return Table(
        language=language,
        title=marked(title, synthetic, language),
        data=Data(stub=words["stub"], columns=columns, rows=rows),
        facts=ids([*teller.used, *used]),
    )


def related(teller: Teller, page: str, item: str) -> tuple[Cell, list[Fact]]:
    """The facts of the subject that are near an indicator of a page and are something else, each with how they differ."""
    language = teller.language
    said, facts = [], []
    for (where, about, code), row in entries("related").items():
        fact = teller.facts.find(fact_id(code, teller.about)) if (where, about) == (page, item) else None
        if fact and not fact.unknown:
            facts.append(fact)
            said.append(f"{label(code, language)}: {amount(fact, language)} ({row[f'differs_{language}']})")
    text = "; ".join(said) or WORDS[language]["nowhere"]
    return Cell(text=text, fact=facts[0].fact_id if facts else ""), facts


def reach(teller: Teller, title: str) -> Table:
    """Whom the programme reaches at the two dates that its documents give, and which figures can be compared."""
    language, words = teller.language, WORDS[teller.language]
    rows, used = [], []
    for row in entries("reach").values():
        facts = [teller.facts[row[moment]] if row[moment] else None for moment in ("first", "second")]
        used += [fact for fact in facts if fact]
        cells = [cell(fact, language) if fact else Cell(text=words["not stated"]) for fact in facts]
        rows.append(Row(label=row[f"name_{language}"], cells=[*cells, Cell(text=row[f"compared_{language}"])]))
    stub, *moments, compared = words["reach"]
    columns = [*(Column(label=moment, decimals=0) for moment in moments), Column(label=compared, number=False)]
    data = Data(stub=stub, columns=columns, rows=rows)
    return Table(language=language, title=title, data=data, facts=ids([*teller.used, *used]))
