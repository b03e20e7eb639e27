"""The dashboard of the programme: of each of its indicators whether it is measured, and what reach is known.

A potential that is published is no measurement, and neither is a figure that is only related: the three are told apart.
"""

from typing import NamedTuple

import pandas as pd

from factpress.blocks import Cell, Column, Data, Row, Table
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject
from factpress.exhibits import cell
from factpress.exhibits.cells import short
from factpress.facts import Fact, ids
from factpress.texts import texts
from factpress.wording import Teller, amount, inside, number
from upcm_analysis.vocabulary.subjects import NL, clusters

#: What a value is: measured for all that the page is about, for a part of it, only possible, or not there.
MEASURED, PARTLY, POTENTIAL, OPEN = "measured", "partly", "potential", "open"
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
        return Reading(item, OPEN, words["open"], fact)
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
            phase = f"{short(Subject(cluster=row.cluster), teller.language)}, {inside(phase)}"
        said.append(_stimulated(row, phase, words) if item == STIMULATED else _mature(row, phase, teller.language))
        if item == MATURITY or not row.unknown:
            whole.add(row.cluster)
    if not said:
        return Reading(item, OPEN, words["open"])
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
