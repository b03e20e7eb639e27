"""A project in short: what documents say of it, and its own figures, as tags, a card, charts and tables.

Rows are texts as documents have them; their numbers are facts. What no document says is told as not known, never as nothing.
"""

import pandas as pd

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, KeyFigure, KeyFigures, Line, Row, Sentence, Table
from factpress.codelists import entries
from factpress.dimensions import Subject
from factpress.exhibits import cell
from factpress.facts import Fact, ids
from factpress.texts import texts
from factpress.wording import Teller, amount, header, in_prose, label, number
from upcm_analysis.topics.programme.form_blocks import (
    BETWEEN,
    READY,
    TOTAL,
    VALUE_ADDED,
    amounts,
    date_of,
    figure_of,
    known_fact,
    ladder_of,
    name_of,
    organisations,
    table_of,
    text_of,
)

WORDS = texts(__name__)
#: The money that is granted, and of how much that is.
GRANTED, NEEDED = "project_budget_granted_eur", "project_budget_needed_eur"


def tags(teller: Teller, project: dict) -> Sentence | None:
    """What a project is placed at, a tag each: steps of the R-ladder, cluster, team, and what it is a part of."""
    language, words = teller.language, WORDS[teller.language]
    cluster = Subject(cluster=project["cluster"]).name(language) if project["cluster"] else ""
    whole = name_of("projects", project["part_of"], language)
    found = [
        *filter(None, ladder_of(project["r_steps"], language).split(", ")),
        *filter(None, [cluster, name_of("teams", project["team"], language)]),
        *([words["part of"].format(whole)] if whole else []),
    ]
    return Sentence(language=language, text=" · ".join(found), tags=found) if found else None


def card(teller: Teller, project: dict, progress: pd.DataFrame) -> KeyFigures:
    """What is known of a project in a line: who, when, what money with its date, how far it is, and what is claimed.

    What no document says is left out: it is no key figure.
    """
    language, words = teller.language, WORDS[teller.language]
    items = [*_partners(project, words, language), *_term(project, progress, words, language)]
    used = []
    for code, context in (
        (GRANTED, _needed(teller, progress)),
        (READY, [words["progress"]]),
        (TOTAL, [words["claim"]]),
        (VALUE_ADDED, [words["claim"]]),
    ):
        if fact := known_fact(teller, code):
            head, _, unit = amount(fact, language).partition("\u00a0")
            used.append(fact)
            items.append(
                KeyFigure(
                    label=words["names"].get(code, label(code, language)),
                    figure=head,
                    unit=unit,
                    context=[Cell(text=text) for text in context],
                    fact=fact.fact_id,
                    value=in_prose(fact),
                )
            )
    # The first line is of words, the second of figures, where there are any.
    words_, figures = len(items) - len(used), len(used)
    lines = [Line(label=words["line"], count=words_), Line(label=words["figures"], count=figures)]
    return KeyFigures(language=language, items=items, lines=[one for one in lines if one.count], facts=ids(used))


def _partners(project: dict, words: dict, language: str) -> list[KeyFigure]:
    """The organisations that documents name, and their activities."""
    found = []
    named = organisations(project)
    done = [one for one in text_of(project, language, "activities").split(";") if one.strip()]
    for what, listed, context in (("who", named, ", ".join(named)), ("activities", done, "")):
        if listed:
            unit = words["many"][what][len(listed) != 1]
            said = [Cell(text=context)] if context else []
            count = number(len(listed), 0, language)
            found.append(KeyFigure(label=words["names"][what], figure=count, unit=unit, context=said, fact=""))
    return found


def _term(project: dict, progress: pd.DataFrame, words: dict, language: str) -> list[KeyFigure]:
    """The term of a project, and the period of its planning where a report has one."""
    if not project["term"]:
        return []
    periods = progress[progress.part == "period"].to_dict("records")
    said = [
        words["period"].format(date_of(row["planned"], language), date_of(row["value"], language))
        for row in periods
        if row["planned"] and row["value"]
    ]
    context = [Cell(text=text) for text in said]
    return [KeyFigure(label=words["names"]["term"], figure=project["term"], unit="", context=context, fact="")]


def _needed(teller: Teller, progress: pd.DataFrame) -> list[str]:
    """What money is granted of, and of when that is."""
    language, words = teller.language, WORDS[teller.language]
    needed = known_fact(teller, NEEDED)
    dated = next(iter(progress["value"][progress.part == "finance-date"]), "")
    return [
        *([words["of needed"].format(amount(needed, language))] if needed else []),
        words["dated"].format(date_of(dated, language)) if dated else words["undated"],
    ]


def beside(teller: Teller, title: str, claim: str, potential: str, cluster: str) -> Chart:
    """What a project claims beside the published potential of its whole cluster, on one scale; neither is part of the other."""
    language, words = teller.language, WORDS[teller.language]
    whole = Subject(cluster=cluster)
    facts = [teller.facts.get(claim, teller.about), teller.facts.get(potential, whole)]
    names = [words["this"], words["clustered"].format(whole.name(language))]
    return amounts(teller, title, words["beside"][potential], names, facts, [0.0, 0.0], set(), {0})


def stages(teller: Teller, title: str, progress: pd.DataFrame) -> Chart:
    """The phases of the project guide as dots on a line, with where the project is."""
    language, words = teller.language, WORDS[teller.language]
    names = {code: row[f"name_{language}"] for code, row in entries("guide_phases").items()}
    order, phase = list(names), next(iter(progress["value"][progress.part == "phase"]), "")
    now = order.index(phase) if phase in names else None
    done = {order.index(one) for one in progress["item"][progress.part == "finished"] if one in names}
    states = ["now" if at == now else "finished" if at in done else "open" for at in range(len(order))]
    rows = [
        Row(label=name, cells=[Cell(text=words["states"][state])])
        for name, state in zip(names.values(), states, strict=True)
    ]
    said = BETWEEN.join(f"{row.label}: {row.cells[0].text}" for row in rows)
    stub, column = words["stage"]
    return Chart(
        language=language,
        title=title,
        subtitle=words["stages"],
        alt=words["alt stages"].format(said),
        data=Data(stub=stub, columns=[Column(label=column, number=False)], rows=rows),
        facts=ids(teller.used),
        pictures=[charts.stages(list(names.values()), now, done)],
    )


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
