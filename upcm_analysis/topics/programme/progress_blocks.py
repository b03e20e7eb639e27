"""The progress report of a project: its phases, criteria, moments and money, as charts and tables."""

import math

import pandas as pd

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, Row, Table
from factpress.codelists import codelist, entries
from factpress.facts import ids
from factpress.texts import texts
from factpress.wording import Teller, label, number
from upcm_analysis.topics.programme.form_blocks import BETWEEN, amounts, date_of, fact_of, name_of, said_in, table_of

WORDS = texts(__name__)
#: Where an amount of money begins that is left of another.
AFTER = {"lacking": "granted", "balance": "spent"}
NEEDED, SOURCES = "needed", "granted-"


def phases(teller: Teller, title: str, rows: pd.DataFrame) -> Table:
    """The five phases of the guide: which is finished, which is now, and how many of its criteria are reported as done."""
    language, words = teller.language, WORDS[teller.language]
    criteria, done = codelist("guide_criteria"), set(rows["item"][rows.part == "done"])
    finished, now = set(rows["item"][rows.part == "finished"]), set(rows["value"][rows.part == "phase"])
    made = []
    for phase in entries("guide_phases"):
        own = set(criteria.index[criteria.phase == phase])
        state = "finished" if phase in finished else "now" if phase in now else "open"
        counts = [Cell(text=number(n, 0, language), value=n) for n in (len(own & done), len(own))]
        made.append(
            Row(
                label=name_of("guide_phases", phase, language),
                cells=[Cell(text=words["states"][state]), *counts],
                role="own" if state == "now" else "",
            )
        )
    return table_of(teller, title, words["phase"], made, numbers=(2, 3))


def criteria(teller: Teller, title: str, rows: pd.DataFrame) -> Table:
    """Of the phases that the report is about: each criterion with what was done for it, and in one row those not reported."""
    language, words = teller.language, WORDS[teller.language]
    listed_, made = codelist("guide_criteria"), []
    done = rows[rows.part == "done"]
    by = {row["item"]: said_in(row, language) for row in done.to_dict("records")}
    about = {*rows["item"][rows.part == "finished"], *rows["value"][rows.part == "phase"]}
    about |= set(listed_.phase[listed_.index.isin(list(by))])
    for phase in entries("guide_phases"):
        own = listed_[listed_.phase == phase][f"name_{language}"] if phase in about else {}
        name = name_of("guide_phases", phase, language)
        made += [Row(label=f"{name}: {text}", cells=[Cell(text=by[code])]) for code, text in own.items() if code in by]
        if rest := [text for code, text in own.items() if code not in by]:
            count = number(len(rest), 0, language)
            made.append(Row(label=words["untold"].format(name, count), cells=[Cell(text=BETWEEN.join(rest))]))
    made += [
        Row(label=words["besides"], cells=[Cell(text=said_in(row, language))])
        for row in done[done["item"] == ""].to_dict("records")
    ]
    return table_of(teller, title, words["criterion"], made)


def timeline(teller: Teller, title: str, sheet: pd.DataFrame, report: pd.DataFrame) -> Chart:
    """Gates with their dates, the period of the planning, milestones of the sheet by year, and the dates of both forms."""
    language, words = teller.language, WORDS[teller.language]
    lines = [_gate(row, words, language) for row in report[report.part == "milestone"].to_dict("records")]
    periods = report[report.part == "period"].to_dict("records")
    lines += [_span(words["period"], row["planned"] or row["value"], row["value"], words, language) for row in periods]
    for row in sheet[sheet.part == "milestone"].to_dict("records"):
        first, _, last = row["item"].partition("-")
        lines.append(_span(said_in(row, language), first, last or first, words, language))
    for part, name in words["dates"].items():
        for day in [*sheet["value"][sheet.part == part], *report["value"][report.part == part]]:
            if day:
                lines.append({"name": name, "text": date_of(day, language), "done": pd.Period(day).start_time})
    days = [day for line in lines for key, day in line.items() if key not in ("name", "text")]
    start, end = pd.Period(str(min(days).year)).start_time, pd.Period(str(max(days).year)).end_time

    def place(day: pd.Timestamp | None) -> float:
        """Where a moment is on the axis, from 0 to 1."""
        return math.nan if day is None else (day - start) / (end - start)

    names, texts = [line["name"] for line in lines], [line["text"] for line in lines]
    picture = charts.gantt(
        names,
        texts,
        [(place(line.get("first")), place(line.get("last"))) for line in lines],
        [place(line.get("plan")) for line in lines],
        [place(line.get("done")) for line in lines],
        [(str(year), place(pd.Period(str(year)).start_time)) for year in range(start.year, end.year + 1)],
    )
    rows = [Row(label=name, cells=[Cell(text=text)]) for name, text in zip(names, texts, strict=True)]
    stub, column = words["moment"]
    return Chart(
        language=language,
        title=title,
        subtitle=words["time"],
        alt=words["alt time"].format(BETWEEN.join(f"{row.label}: {row.cells[0].text}" for row in rows)),
        data=Data(stub=stub, columns=[Column(label=column, number=False)], rows=rows),
        notes=[f"{text[:1].upper()}{text[1:]}." for text in (said_in(row, language) for row in periods) if text],
        facts=ids(teller.used),
        pictures=[picture],
    )


def dated(sheet: pd.DataFrame, report: pd.DataFrame) -> bool:
    """Whether the forms tell any moment that can be drawn."""
    moments = report[report.part.isin(["milestone", "period"])]
    told_ = [*moments.planned, *moments.actual, *report["value"][report.part.isin(["period", "finance-date"])]]
    return any([*told_, *sheet["item"][sheet.part == "milestone"], *sheet["value"][sheet.part == "status-date"]])


def finance(teller: Teller, title: str, rows: pd.DataFrame, sums: dict[str, tuple[str, ...]]) -> Chart:
    """What is needed, granted by whom, spent, left and lacking; below it the `sums` that hold between them."""
    language, words = teller.language, WORDS[teller.language]
    facts = {row["item"]: fact_of(teller, "progress", row) for row in rows[rows.part == "finance"].to_dict("records")}
    facts = {item: fact for item, fact in facts.items() if fact}
    values = {item: fact.value for item, fact in facts.items()}
    starts, granted = [], 0.0
    for item, value in values.items():
        if item.startswith(SOURCES):
            starts.append(granted)
            granted += 0.0 if math.isnan(value) else value
        else:
            before = values.get(AFTER.get(item, ""), 0.0)
            starts.append(0.0 if math.isnan(before) else before)
    day = next(iter(rows["value"][rows.part == "finance-date"]), "")
    subtitle = words["money"].format(date_of(day, language) if day else words["no money date"])
    names = [label(fact.indicator, language) for fact in facts.values()]
    strong = {place for place, item in enumerate(facts) if item == NEEDED}
    made = amounts(teller, title, subtitle, names, list(facts.values()), starts, set(), strong)
    said = BETWEEN.join(_sums(values, sums, dict(zip(facts, names, strict=True)), language))
    made.notes = [words["sum"].format(said)] if said else []
    return made


def _sums(values: dict[str, float], sums: dict[str, tuple[str, ...]], names: dict, language: str) -> list[str]:
    """The sums of which all amounts are known, as they are read aloud: `Toegekend: 80.000 = 60.000 + 20.000`."""
    sources = tuple(item for item in values if item.startswith(SOURCES))
    found = []
    for whole, terms in {**sums, **({"granted": sources} if sources else {})}.items():
        known_ = [values.get(name, math.nan) for name in (whole, *(term.removeprefix("-") for term in terms))]
        if any(math.isnan(value) for value in known_):
            continue
        said = [number(value, 0, language) for value in known_]
        parts = "".join(f" {'−' if term[0] == '-' else '+'} {text}" for term, text in zip(terms, said[1:], strict=True))
        found.append(f"{names[whole]}: {said[0]} = {parts.removeprefix(' + ')}")
    return found


def _gate(row: dict, words: dict, language: str) -> dict:
    """A gate of the guide as a line of the timeline."""
    said = [words[kind].format(date_of(row[kind], language)) for kind in ("planned", "actual") if row[kind]]
    line = {"name": name_of("guide_gates", row["item"], language), "text": ", ".join(said) or words["no date"]}
    places = {"plan": row["planned"], "done": row["actual"]}
    return line | {key: pd.Period(text).start_time for key, text in places.items() if text}


def _span(name: str, first: str, last: str, words: dict, language: str) -> dict:
    """A period as a line of the timeline."""
    ends = [date_of(text, language) for text in dict.fromkeys((first, last))]
    return {
        "name": name,
        "text": f" {words['to']} ".join(ends),
        "first": pd.Period(first).start_time,
        "last": pd.Period(last).end_time,
    }
