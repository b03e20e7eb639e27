"""A project in short: what documents say of it, and its own figures, as a sentence, key figures and tables.

Rows are texts as documents have them; their numbers are facts. What no document says is told as not known, never as nothing.
"""

import pandas as pd

from factpress.blocks import Cell, KeyFigure, KeyFigures, Row, Sentence, Table
from factpress.codelists import entries
from factpress.dimensions import Subject, fact_id
from factpress.exhibits import cell
from factpress.facts import Fact, ids
from factpress.texts import texts
from factpress.wording import Teller, amount, header, in_prose, label
from upcm_analysis.topics.programme.form_blocks import (
    BETWEEN,
    POTENTIAL,
    REST,
    TOTAL,
    figure_of,
    known_fact,
    ladder_of,
    name_of,
    table_of,
    text_of,
)

WORDS = texts(__name__)


def lead(teller: Teller, project: dict) -> Sentence:
    """What the project is, who leads it, its term and its step on the R-ladder."""
    language, words = teller.language, WORDS[teller.language]
    unknown = words["not stated"]
    said = words["lead"].format(
        about=text_of(project, language, "about"),
        team=name_of("teams", project["team"], language) or unknown,
        term=project["term"] or unknown,
        ladder=ladder_of(project["r_steps"], language) or unknown,
    )
    return Sentence(language=language, text=said, lead=True)


def key_figures(teller: Teller, codes: list[str], cluster: str) -> KeyFigures:
    """A strip of the project's figures; with its claim what is not attributed, and the potential of its cluster."""
    language, words, items, used = teller.language, WORDS[teller.language], [], []
    whole = teller.facts.find(fact_id(POTENTIAL, Subject(cluster=cluster))) if cluster else None
    for code in codes:
        fact = teller.facts.get(code, teller.about)
        context = [Cell(text=words["claim" if "project-claim" in fact.warnings else "progress"])]
        if code == TOTAL and (rest := known_fact(teller, REST)):
            said = f"{label(REST, language).rpartition(': ')[2]}: {amount(rest, language)}"
            context.append(Cell(text=said, value=rest.value, fact=rest.fact_id))
            used.append(rest)
        if code == TOTAL and whole and not whole.unknown:
            said = words["clustered"].format(Subject(cluster=cluster).name(language), amount(whole, language))
            context.append(Cell(text=said, value=whole.value, fact=whole.fact_id))
            used.append(whole)
        head, _, unit = amount(fact, language).partition("\u00a0")
        used.append(fact)
        items.append(
            KeyFigure(
                label=words["names"].get(code, label(code, language)),
                figure=head,
                unit=unit,
                context=context,
                fact=fact.fact_id,
                value=in_prose(fact),
            )
        )
    return KeyFigures(language=language, items=items, facts=ids(used))


def in_short(
    teller: Teller, title: str, project: dict, placed: pd.DataFrame, parts: list[str], documents: list[str]
) -> Table:
    """The project in ten rows. `placed` are its rows of the portfolio, `parts` the projects that are a part of it."""
    language, words = teller.language, WORDS[teller.language]
    team = entries("teams").get(project["team"], {})
    named = [team.get(f"name_{language}", ""), name_of("pillars", team.get("pillar", ""), language)]
    horizons = placed[(placed.dimension == "horizon") & (placed.code != "")]
    order = list(entries("horizons"))
    spans = [name_of("horizons", code, language) for code in sorted(horizons.code, key=order.index)]
    cluster = project["cluster"]
    said = {
        "team": ", ".join(filter(None, named)),
        "horizon": f"{', '.join(spans)} ({words['basis'][horizons.basis.iloc[0]]})" if spans else "",
        "organisations": project["organisations"].replace(";", ","),
        "effect": text_of(project, language, "effect"),
        "term": project["term"],
        "ladder": _printed(project, language),
        "cluster": Subject(cluster=cluster).name(language) if cluster else "",
        "part_of": name_of("projects", project["part_of"], language),
        "parts": ", ".join(name_of("projects", part, language) for part in parts),
        "documents": BETWEEN.join(documents),
    }
    optional = ("part_of", "parts")  # of a project that is no part of another nothing is missing
    rows = [
        Row(label=words["rows"][name], cells=[Cell(text=text or words["not stated"])])
        for name, text in said.items()
        if text or name not in optional
    ]
    return table_of(teller, title, words["short"], rows)


def activities(teller: Teller, title: str, documents: pd.DataFrame, titles: dict[str, str]) -> Table:
    """A row an activity that a document names, with that document; `titles` are the short titles of sources."""
    language, told = teller.language, {}
    for row in documents.to_dict("records"):
        for activity in filter(None, text_of(row, language, "activities").split(";")):
            name = activity.strip()
            told.setdefault(name[:1].upper() + name[1:], []).append(titles[row["source"]])
    rows = [Row(label=name, cells=[Cell(text=BETWEEN.join(dict.fromkeys(by)))]) for name, by in told.items()]
    return table_of(teller, title, WORDS[language]["activity"], rows)


def own_figures(teller: Teller, title: str, facts: list[Fact]) -> Table:
    """A row a published figure of this project: its value, unit and what it means."""
    language = teller.language
    rows = [
        Row(
            label=label(fact.indicator, language),
            cells=[
                cell(fact, language, figure_of),
                Cell(text=header(fact.indicator, language)),
                Cell(text=fact.measure.explained[language]),
            ],
        )
        for fact in facts
    ]
    made = table_of(teller, title, WORDS[language]["figure"], rows, numbers=(1,))
    made.facts = ids([*teller.used, *facts])
    return made


def _printed(project: dict, language: str) -> str:
    """The steps of the R-ladder, and how the documents have them."""
    codes, printed = ladder_of(project["r_steps"], language), project["r_printed"]
    return WORDS[language]["printed"].format(codes=codes, printed=printed) if codes and printed else codes or printed
