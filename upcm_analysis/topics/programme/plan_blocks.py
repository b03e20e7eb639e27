"""The measurement plan: of every indicator of dashboard and roadmap what would measure it, who could, and what is needed first.

What the programme would measure is its own; who could and with what is a proposal, a row of the code list `measurement_plan`.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, Row, Table
from factpress.codelists import codelist, entries
from factpress.errors import InputError
from factpress.exhibits import cell
from factpress.facts import Fact, ids
from factpress.languages import LANGUAGES
from factpress.texts import texts
from factpress.wording import Teller, amount, label
from upcm_analysis.topics.programme import dashboard_blocks, roadmap_blocks
from upcm_analysis.topics.programme.dashboard_blocks import MEASURED, OPEN, PARTLY, POTENTIAL
from upcm_analysis.topics.programme.form_blocks import text_of

#: The two lists that indicators are from, and the efforts from the least to the most.
DASHBOARD, ROADMAP = "dashboard", "roadmap"
SOURCE, COUNT, DEFINITION = "source", "count", "definition"
EFFORTS = (SOURCE, COUNT, DEFINITION)
#: The parts of a message.
HEADLINE, LEAD, CHART = "headline", "lead", "chart"

WORDS = texts(__name__)


class Planned(NamedTuple):
    """An indicator with the list that it is from, its term, what is known of it, and the proposal of how to measure it."""

    page: str
    item: str
    name: dict[str, str]
    horizon: str
    state: str
    text: str
    fact: Fact | None
    proposal: Mapping[str, str]


def planned(board: list[dashboard_blocks.Reading], goals: list[roadmap_blocks.Reading]) -> list[Planned]:
    """Return every indicator with its proposal, those that take least first, and of those the nearest term first."""
    listed = entries("dashboard")
    found = [_planned(DASHBOARD, one.item, _names(listed[one.item], "name"), listed[one.item], one) for one in board]
    found += [_planned(ROADMAP, one.row["nl"], _names(one.row), one.row, one) for one in goals]
    terms = list(codelist("horizons").index)
    return sorted(found, key=lambda one: (EFFORTS.index(one.proposal["effort"]), terms.index(one.horizon)))


def _planned(page: str, item: str, name: dict, row: Mapping, reading) -> Planned:
    proposals = entries("measurement_plan")
    if (page, item) not in proposals:
        raise InputError(
            "an indicator has no proposal of how to measure it",
            file="measurement_plan.csv", row=page, found=item, expected="a row with its effort, who and what",
        )  # fmt: skip
    return Planned(page, item, name, row["horizon"], reading.state, reading.text, reading.fact, proposals[page, item])


def _names(row: Mapping, name: str = "") -> dict[str, str]:
    return {language: text_of(row, language, name) for language in LANGUAGES}


def rule(found: list[Planned]) -> str:
    """Return which message is true: of `none` of the indicators a value was found, of `some`, or of `all`."""
    valued = sum(one.state in (MEASURED, PARTLY) for one in found)
    return "none" if not valued else "all" if valued == len(found) else "some"


def counts(found: list[Planned], language: str) -> dict[str, str]:
    """Return what a message has words for: how many indicators there are, by list, state and effort."""
    pages, states = Counter(one.page for one in found), Counter(one.state for one in found)
    open_ = Counter(one.proposal["effort"] for one in found if one.state not in (MEASURED, PARTLY))
    numbers = {"indicators": len(found), "valued": states[MEASURED] + states[PARTLY], "potential": states[POTENTIAL]}
    numbers |= {page: pages[page] for page in (DASHBOARD, ROADMAP)} | {effort: open_[effort] for effort in EFFORTS}
    none = WORDS[language]["nothing"]
    return {name: str(number or none) for name, number in numbers.items()}


def text(found: list[Planned], part: str) -> dict[str, str]:
    """Return the template of a part of the message, in each language: the title of the chart is one."""
    return {language: WORDS[language]["rules"][rule(found)][part] for language in LANGUAGES}


def efforts(teller: Teller, title: str, found: list[Planned]) -> Chart:
    """A bar of all indicators, divided by what must be done first."""
    language, words = teller.language, WORDS[teller.language]
    number = Counter(one.proposal["effort"] for one in found)
    names = {effort: entries("plan_efforts")[effort][f"name_{language}"] for effort in EFFORTS}
    todo = {effort: entries("plan_efforts")[effort][f"todo_{language}"] for effort in EFFORTS}
    said = [words["bar"].format(number=number[effort], name=names[effort]) for effort in EFFORTS]
    rows = [
        Row(label=names[effort], cells=[Cell(text=todo[effort]), Cell(text=str(number[effort]), value=number[effort])])
        for effort in EFFORTS
    ]
    first, second = words["effort columns"]
    return Chart(
        language=language,
        title=title,
        subtitle=words["measure"],
        alt=words["alt"].format(all=len(found), rows="; ".join(said)),
        data=Data(
            stub=words["effort"],
            columns=[Column(label=first, number=False), Column(label=second, decimals=0)],
            rows=rows,
        ),
        facts=ids(teller.used),
        pictures=[
            charts.stack(
                [words["whole"].format(len(found))],
                [[100 * number[effort] / max(len(found), 1) for effort in EFFORTS]],
                [said],
            )
        ],
    )


def proposals(teller: Teller, title: str, found: list[Planned], effort: str) -> Table:
    """A row an indicator of this effort: its term, who could measure it, with what, what is needed first, and its list."""
    language, words = teller.language, WORDS[teller.language]
    rows = []
    for one in found:
        row = one.proposal
        if row["effort"] != effort:
            continue
        known = one.state if one.state != OPEN else ""
        rows.append(
            Row(
                label=words["known"][known].format(one.name[language]) if known else one.name[language],
                cells=[
                    Cell(text=_end(entries("horizons")[one.horizon][f"name_{language}"])),
                    Cell(text=f"{_who(row['measurer'], language)}: {row[f'source_{language}']}"),
                    Cell(text=row[f"step_{language}"]),
                    Cell(text=words["pages"][one.page]),
                ],
            )
        )
    columns = [Column(label=one, number=False) for one in words["columns"]]
    data = Data(stub=words["stub"], columns=columns, rows=rows)
    return Table(language=language, title=title, data=data, facts=ids(teller.used))


def _end(term: str) -> str:
    """The end of a term, for all begin now."""
    return term.rpartition("–")[2]


def _who(measurer: str, language: str) -> str:
    """An organisation, or a team of the programme."""
    named = entries("plan_measurers").get(measurer) or entries("teams")[measurer]
    return named[f"name_{language}"]


def reasons(teller: Teller, title: str, found: list[Planned]) -> Table:
    """A row a reason that proposals rest on: for how many indicators it was given, and what they need first."""
    language, words = teller.language, WORDS[teller.language]
    number = Counter((one.proposal["reason"], one.proposal["effort"]) for one in found)
    rows = [
        Row(
            label=row[f"text_{language}"],
            cells=[
                Cell(text=entries("plan_efforts")[effort][f"name_{language}"]),
                Cell(text=str(number[reason, effort]), value=number[reason, effort]),
            ],
        )
        for reason, row in entries("plan_reasons").items()
        for effort in EFFORTS
        if number[reason, effort]
    ]
    columns = [Column(label=words["effort"], number=False), Column(label=words["effort columns"][1], decimals=0)]
    data = Data(stub=words["reason"], columns=columns, rows=rows)
    return Table(language=language, title=title, data=data, facts=ids(teller.used))


def known(teller: Teller, title: str, found: list[Planned]) -> Table:
    """A row an indicator of which something is known: its value or its potential, and which of the two that is."""
    language, words = teller.language, WORDS[teller.language]
    rows, used = [], []
    for one in found:
        if one.state == OPEN:
            continue
        used += [one.fact] if one.fact else []
        value = cell(one.fact, language, amount) if one.fact else Cell(text=one.text)
        of = label(one.fact.indicator, language) if one.fact else words["in words"]
        rows.append(Row(label=one.name[language], cells=[Cell(text=of), value, Cell(text=words["states"][one.state])]))
    columns = [Column(label=one, number=False) for one in words["beside"]]
    data = Data(stub=words["stub"], columns=columns, rows=rows)
    return Table(language=language, title=title, data=data, facts=ids([*teller.used, *used]))
