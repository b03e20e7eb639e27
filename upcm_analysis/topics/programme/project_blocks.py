"""Projects: what documents, the impact sheet and the progress report say of one project, as sentences, charts and tables.

Rows are texts as the forms have them; their numbers are facts. What a form does not say is told as not known, never as nothing.
"""

import math

import pandas as pd
from babel.dates import format_date

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, KeyFigure, KeyFigures, Note, Row, Sentence, Table
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject, fact_id
from factpress.exhibits import cell
from factpress.facts import Fact, ids
from factpress.indicators import indicator
from factpress.languages import LANGUAGES
from factpress.texts import texts
from factpress.wording import Teller, amount, between, figure, header, in_prose, inside, label, number

WORDS = texts(__name__)
#: What is claimed, and what of it is in no group of strategies.
TOTAL, REST, POTENTIAL = "project_co2_kt", "project_co2_unattributed_kt", "co2_reduction_kt"
READY = "project_ready_pct"
#: The code of a level of contribution that is not known; the others run from high to low.
UNKNOWN = "Onbekend"
#: Parts of a sheet that other documents may tell too: the part, and the column of the table of projects.
ELSEWHERE = {"cluster": "cluster", "activity": "activities_nl", "effect": "effects", "stakeholder": "organisations"}
#: Where an amount of money begins that is left of another.
AFTER = {"lacking": "granted", "balance": "spent"}
NEEDED, SOURCES = "needed", "granted-"
#: Between names or activities in one text.
BETWEEN = "; "


def lead(teller: Teller, project: dict) -> Sentence:
    """What the project is, who leads it, its term and its step on the R-ladder."""
    language, words = teller.language, WORDS[teller.language]
    unknown = words["not stated"]
    said = words["lead"].format(
        about=text_of(project, language, "about"),
        team=_name("teams", project["team"], language) or unknown,
        term=project["term"] or unknown,
        ladder=_ladder(project["r_steps"], language) or unknown,
    )
    return Sentence(language=language, text=said, lead=True)


def key_figures(teller: Teller, codes: list[str], cluster: str) -> KeyFigures:
    """A strip of the project's figures; with its claim what is not attributed, and the potential of its cluster."""
    language, words, items, used = teller.language, WORDS[teller.language], [], []
    whole = teller.facts.find(fact_id(POTENTIAL, Subject(cluster=cluster))) if cluster else None
    for code in codes:
        fact = teller.facts.get(code, teller.about)
        context = [Cell(text=words["claim" if "project-claim" in fact.warnings else "progress"])]
        if code == TOTAL and (rest := _known(teller, REST)):
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


def known(teller: Teller, codes: list[str]) -> list[str]:
    """Those of the indicators that there is a value of for this project."""
    return [code for code in codes if _known(teller, code)]


def in_short(
    teller: Teller, title: str, project: dict, placed: pd.DataFrame, parts: list[str], documents: list[str]
) -> Table:
    """The project in ten rows. `placed` are its rows of the portfolio, `parts` the projects that are a part of it."""
    language, words = teller.language, WORDS[teller.language]
    team = entries("teams").get(project["team"], {})
    named = [team.get(f"name_{language}", ""), _name("pillars", team.get("pillar", ""), language)]
    horizons = placed[(placed.dimension == "horizon") & (placed.code != "")]
    order = list(entries("horizons"))
    spans = [_name("horizons", code, language) for code in sorted(horizons.code, key=order.index)]
    cluster = project["cluster"]
    said = {
        "team": ", ".join(filter(None, named)),
        "horizon": f"{', '.join(spans)} ({words['basis'][horizons.basis.iloc[0]]})" if spans else "",
        "organisations": project["organisations"].replace(";", ","),
        "effect": text_of(project, language, "effect"),
        "term": project["term"],
        "ladder": _printed(project, language),
        "cluster": Subject(cluster=cluster).name(language) if cluster else "",
        "part_of": _name("projects", project["part_of"], language),
        "parts": ", ".join(_name("projects", part, language) for part in parts),
        "documents": BETWEEN.join(documents),
    }
    optional = ("part_of", "parts")  # of a project that is no part of another nothing is missing
    rows = [
        Row(label=words["rows"][name], cells=[Cell(text=text or words["not stated"])])
        for name, text in said.items()
        if text or name not in optional
    ]
    return _table(teller, title, words["short"], rows)


def activities(teller: Teller, title: str, documents: pd.DataFrame, titles: dict[str, str]) -> Table:
    """A row an activity that a document names, with that document; `titles` are the short titles of sources."""
    language, told = teller.language, {}
    for row in documents.to_dict("records"):
        for activity in filter(None, text_of(row, language, "activities").split(";")):
            name = activity.strip()
            told.setdefault(name[:1].upper() + name[1:], []).append(titles[row["source"]])
    rows = [Row(label=name, cells=[Cell(text=BETWEEN.join(dict.fromkeys(by)))]) for name, by in told.items()]
    return _table(teller, title, WORDS[language]["activity"], rows)


def own_figures(teller: Teller, title: str, facts: list[Fact]) -> Table:
    """A row a published figure of this project: its value, unit and what it means."""
    language = teller.language
    rows = [
        Row(
            label=label(fact.indicator, language),
            cells=[
                cell(fact, language, _figure),
                Cell(text=header(fact.indicator, language)),
                Cell(text=fact.measure.explained[language]),
            ],
        )
        for fact in facts
    ]
    made = _table(teller, title, WORDS[language]["figure"], rows, numbers=(1,))
    made.facts = ids([*teller.used, *facts])
    return made


def missing(language: str, title: str, form: str, rows: pd.DataFrame, project: dict) -> Note | None:
    """Which parts of a form there are not, and which of them other documents tell; nothing where the form is whole."""
    words, given = WORDS[language], set(rows.part)
    absent = [part for part in _parts(form) if part not in given]
    if not absent:
        return None
    elsewhere = [part for part in absent if form == "sheet" and project.get(ELSEWHERE.get(part, ""), "")]
    said = [words["gaps" if len(rows) else "missing"][form].format(_names(form, absent, language))]
    if elsewhere:
        said.append(words["elsewhere"].format(_names(form, elsewhere, language)))
    return Note(language=language, title=title, text=said)


def told(teller: Teller, title: str, rows: pd.DataFrame, form: str, parts: list[str]) -> Table:
    """A row a thing that a form says in words, part by part, with its number where there is one."""
    language, words = teller.language, WORDS[teller.language]
    heads = words["part" if form == "sheet" else "told"]
    valued = any(_number(teller, form, row).text for row in rows[rows.part.isin(parts)].to_dict("records"))
    made, used = [], []
    for part in parts:
        own, spec = rows[rows.part == part].to_dict("records"), entries("form_parts")[(form, part)]
        for row in own or [None]:
            fact = _fact(teller, form, row) if row else None
            text = _said(row, language) if row else words["not stated"]
            if row and spec["item"] == "year":
                text = f"{row['item'].replace('-', '–')}: {text}"
            cells = [Cell(text=text), _number(teller, form, row) if row else Cell(text="")]
            made.append(Row(label=_part(form, part, language), cells=cells[: 1 + valued]))
            used += [fact] if fact else []
    block = _table(teller, title, heads[: 2 + valued], made)
    block.facts = ids([*teller.used, *used])
    return block


def listed(teller: Teller, title: str, rows: pd.DataFrame, parts: list[str]) -> Table:
    """A row a part of the sheet, with all that it names in one line; codes of product groups and materials with their names."""
    language, words = teller.language, WORDS[teller.language]
    made = []
    for part in parts:
        own = rows[rows.part == part].to_dict("records")
        names = [_group(row["item"], language) if part == "product-group" else _said(row, language) for row in own]
        made.append(
            Row(label=_part("sheet", part, language), cells=[Cell(text=BETWEEN.join(names) or words["not stated"])])
        )
    return _table(teller, title, words["part"][:2], made)


def co2(teller: Teller, title: str, rows: pd.DataFrame) -> Chart:
    """The claim by group of strategies: parts one after the other up to the total, what is not attributed hatched."""
    language, words = teller.language, WORDS[teller.language]
    facts = [_fact(teller, "sheet", row) for row in rows[rows.part == "co2"].to_dict("records")]
    parts = [fact for fact in facts if fact and fact.indicator != TOTAL]
    rest, total = (teller.facts.find(fact_id(code, teller.about)) for code in (REST, TOTAL))
    shown = [*parts, *filter(None, [rest, total])]
    starts, reach = [], 0.0
    for fact in shown:
        starts.append(0.0 if fact is total else reach)
        reach += 0.0 if fact.unknown or fact is total else fact.value
    names = [words["total"] if fact is total else fact.measure.short[language] for fact in shown]
    names = [name[:1].upper() + name[1:] for name in names]
    marks = {place for place, fact in enumerate(shown) if fact is rest}, {len(shown) - 1} if total else set()
    return _amounts(teller, title, words["co2"], names, shown, starts, *marks)


def potential(teller: Teller, title: str, rows: pd.DataFrame, cluster: str) -> Chart:
    """The claim beside the published potentials of the product groups that the sheet names, and of the project's cluster."""
    language, words = teller.language, WORDS[teller.language]
    codes = list(dict.fromkeys(rows["item"][rows.part == "product-group"]))
    groups = list(dict.fromkeys(code.partition(".")[0] for code in codes))
    known_groups = [Subject(product_group=group) for group in groups if group in entries("product_groups")]
    abouts = [*known_groups, *([Subject(cluster=cluster)] if cluster else [])]
    claim = teller.facts.get(TOTAL, teller.about)
    facts = [claim, *teller.facts.of(POTENTIAL, abouts)]
    names = [words["claimed"], *(f"SBI {one.product_group} {one.name(language)}" for one in known_groups)]
    if cluster:
        names.append(words["cluster"].format(Subject(cluster=cluster).name(language)))
    made = _amounts(teller, title, words["potential"], names, facts, [0.0] * len(facts), set(), {0})
    strangers = [code for code in codes if code.partition(".")[0] not in entries("product_groups")]
    made.notes = [words["no sum"], *(f"{words['no group'].format(code)}." for code in strangers)]
    if cluster and not (claim.unknown or facts[-1].unknown) and claim.low > facts[-1].high:
        made.notes.append(words["beyond"])
    return made


def effects(teller: Teller, title: str, rows: pd.DataFrame) -> Table:
    """A row an effect goal that the sheet says something of, or says nothing of; and the decrease of the supply risk."""
    language, words = teller.language, WORDS[teller.language]
    own, made = rows[rows.part == "effect"], []
    for goal in entries("effect_goals"):
        for row in own[own["item"] == goal].to_dict("records") or [{}]:
            made.append(_goal("effect_goals", goal, row, _said(row, language) if row else "", language))
    risk = rows[rows.part == "supply-risk"].to_dict("records")
    text = _said(risk[0], language) if risk else words["not stated"]
    made.append(Row(label=_part("sheet", "supply-risk", language), cells=[Cell(text="–"), Cell(text=text)]))
    return _table(teller, title, words["goal"], made)


def performance(teller: Teller, title: str, rows: pd.DataFrame) -> Table:
    """A row a performance goal with its horizon and the contribution of the project: a level, or a number."""
    language, words = teller.language, WORDS[teller.language]
    own, made, used = rows[rows.part == "performance"], [], []
    for goal in entries("performance_goals"):
        row = next(iter(own[own["item"] == goal].to_dict("records")), {})
        fact = _fact(teller, "sheet", row) if row else None
        line = _goal("performance_goals", goal, row, _level(row, language), language)
        if fact:
            line.cells[-1] = cell(fact, language, _with_unit)
            used.append(fact)
        made.append(line)
    block = _table(teller, title, words["goal"], made)
    block.facts = ids([*teller.used, *used])
    return block


def functions(teller: Teller, title: str, rows: pd.DataFrame) -> Chart:
    """How much the project contributes to each innovation function; how many are at each level stands in words."""
    language, words = teller.language, WORDS[teller.language]
    own = {row["item"]: row for row in rows[rows.part == "function"].to_dict("records")}
    names = {code: f"{code} {row[f'name_{language}']}" for (_, code), row in entries("functions").items()}
    steps = [level for level in entries("contribution_levels") if level != UNKNOWN]
    reached = [len(steps) - steps.index(own[code]["value"]) if code in own and own[code]["value"] in steps else None
               for code in names]  # fmt: skip
    texts = [_level(own.get(code, {}), language) for code in names]
    counts = {text: texts.count(text) for text in dict.fromkeys(sorted(texts, key=_order(language).index))}
    said = ", ".join(f"{text} {number(count, 0, language)}" for text, count in counts.items())
    lines = [Row(label=name, cells=[Cell(text=text)]) for name, text in zip(names.values(), texts, strict=True)]
    return Chart(
        language=language,
        title=title,
        subtitle=words["levels"].format(count=number(len(texts), 0, language), said=said),
        alt=words["alt levels"].format(BETWEEN.join(f"{row.label}: {row.cells[0].text}" for row in lines)),
        data=Data(
            stub=words["function"][0],
            columns=[Column(label=words["function"][1], number=False)],
            rows=[*lines, *(Row(label=text, cells=[Cell(text=number(count, 0, language), value=count)], role="total")
                            for text, count in counts.items())],
        ),
        facts=ids(teller.used),
        pictures=[charts.levels(list(names.values()), reached, texts, len(steps))],
    )  # fmt: skip


def status(teller: Teller, rows: pd.DataFrame) -> Sentence:
    """In which phase the project is, how much is ready, its number, and of when that is."""
    language, words = teller.language, WORDS[teller.language]
    given = {
        row["part"]: row["value"]
        for row in rows.to_dict("records")
        if row["part"] in ("phase", "number", "finance-date")
    }
    ready = _known(teller, READY)
    said = words["status"].format(
        phase=_name("guide_phases", given.get("phase", ""), language) or words["not stated"],
        ready=words["ready"].format(amount(ready, language)) if ready else "",
        number=words["number"].format(given["number"]) if given.get("number") else "",
        dated=words["dated"].format(_day(given["finance-date"], language))
        if given.get("finance-date")
        else words["undated"],
    )
    return Sentence(language=language, text=said, facts=ids([ready] if ready else []))


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
                label=_name("guide_phases", phase, language),
                cells=[Cell(text=words["states"][state]), *counts],
                role="own" if state == "now" else "",
            )
        )
    return _table(teller, title, words["phase"], made, numbers=(2, 3))


def criteria(teller: Teller, title: str, rows: pd.DataFrame) -> Table:
    """Of the phases that the report is about: each criterion with what was done for it, and in one row those not reported."""
    language, words = teller.language, WORDS[teller.language]
    listed_, made = codelist("guide_criteria"), []
    done = rows[rows.part == "done"]
    by = {row["item"]: _said(row, language) for row in done.to_dict("records")}
    about = {*rows["item"][rows.part == "finished"], *rows["value"][rows.part == "phase"]}
    about |= set(listed_.phase[listed_.index.isin(list(by))])
    for phase in entries("guide_phases"):
        own = listed_[listed_.phase == phase][f"name_{language}"] if phase in about else {}
        name = _name("guide_phases", phase, language)
        made += [Row(label=f"{name}: {text}", cells=[Cell(text=by[code])]) for code, text in own.items() if code in by]
        if rest := [text for code, text in own.items() if code not in by]:
            count = number(len(rest), 0, language)
            made.append(Row(label=words["untold"].format(name, count), cells=[Cell(text=BETWEEN.join(rest))]))
    made += [
        Row(label=words["besides"], cells=[Cell(text=_said(row, language))])
        for row in done[done["item"] == ""].to_dict("records")
    ]
    return _table(teller, title, words["criterion"], made)


def timeline(teller: Teller, title: str, sheet: pd.DataFrame, report: pd.DataFrame) -> Chart:
    """Gates with their dates, the period of the planning, milestones of the sheet by year, and the dates of both forms."""
    language, words = teller.language, WORDS[teller.language]
    lines = [_gate(row, words, language) for row in report[report.part == "milestone"].to_dict("records")]
    periods = report[report.part == "period"].to_dict("records")
    lines += [_span(words["period"], row["planned"] or row["value"], row["value"], words, language) for row in periods]
    for row in sheet[sheet.part == "milestone"].to_dict("records"):
        first, _, last = row["item"].partition("-")
        lines.append(_span(_said(row, language), first, last or first, words, language))
    for part, name in words["dates"].items():
        for day in [*sheet["value"][sheet.part == part], *report["value"][report.part == part]]:
            if day:
                lines.append({"name": name, "text": _day(day, language), "done": pd.Period(day).start_time})
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
        notes=[f"{text[:1].upper()}{text[1:]}." for text in (_said(row, language) for row in periods) if text],
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
    facts = {row["item"]: _fact(teller, "progress", row) for row in rows[rows.part == "finance"].to_dict("records")}
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
    subtitle = words["money"].format(_day(day, language) if day else words["no money date"])
    names = [label(fact.indicator, language) for fact in facts.values()]
    strong = {place for place, item in enumerate(facts) if item == NEEDED}
    made = _amounts(teller, title, subtitle, names, list(facts.values()), starts, set(), strong)
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


def text_of(row: dict, language: str, name: str = "") -> str:
    """A text in this language, or in another where a form was written in one."""
    said = (row.get(f"{name}_{one}" if name else one, "") for one in (language, *LANGUAGES))
    return next(filter(None, said), "")


def _said(row: dict, language: str) -> str:
    """What a row says in words; its code or value where it has none."""
    return text_of(row, language) or row["item"] or row["value"]


def _amounts(teller, title, subtitle, names, facts, starts, hatched, strong) -> Chart:
    """A chart of amounts with a row a fact."""
    language = teller.language
    texts = [WORDS[language]["unknown"] if fact.unknown else figure(fact, language) for fact in facts]
    rows = [
        Row(
            label=name,
            cells=[cell(fact, language, lambda one, _, text=text: text)],
            role="total" if place in strong else "",
        )
        for place, (name, fact, text) in enumerate(zip(names, facts, texts, strict=True))
    ]
    code = facts[0].indicator
    return Chart(
        language=language,
        title=title,
        subtitle=subtitle,
        alt=WORDS[language]["alt rows"].format(
            BETWEEN.join(f"{name}: {text}" for name, text in zip(names, texts, strict=True))
        ),
        data=Data(
            stub=WORDS[language]["measure"],
            columns=[Column(label=header(code, language), decimals=indicator(code).decimals)],
            rows=rows,
        ),
        facts=ids([*teller.used, *facts]),
        pictures=[charts.pieces(names, starts, [fact.value for fact in facts], texts, hatched, strong)],
    )


def _goal(name: str, goal: str, row: dict, text: str, language: str) -> Row:
    """A goal with its horizon, or that of the list where the form says none, and what is said of it."""
    unknown = WORDS[language]["not stated"]
    horizon = row.get("horizon") or entries(name)[goal].get("horizon", "")
    cells = [Cell(text=_name("horizons", horizon, language) or unknown), Cell(text=text or unknown)]
    return Row(label=_name(name, goal, language), cells=cells)


def _level(row: dict, language: str) -> str:
    """A level of contribution in words; not stated where the form has no row of it, unknown where it is left empty."""
    if not row:
        return WORDS[language]["not stated"]
    return _name("contribution_levels", row["value"] or UNKNOWN, language) or _written(row)


def _order(language: str) -> list[str]:
    """The levels in words, from high to not stated."""
    return [*(_name("contribution_levels", one, language) for one in entries("contribution_levels")),
            WORDS[language]["not stated"]]  # fmt: skip


def _gate(row: dict, words: dict, language: str) -> dict:
    """A gate of the guide as a line of the timeline."""
    said = [words[kind].format(_day(row[kind], language)) for kind in ("planned", "actual") if row[kind]]
    line = {"name": _name("guide_gates", row["item"], language), "text": ", ".join(said) or words["no date"]}
    places = {"plan": row["planned"], "done": row["actual"]}
    return line | {key: pd.Period(text).start_time for key, text in places.items() if text}


def _span(name: str, first: str, last: str, words: dict, language: str) -> dict:
    """A period as a line of the timeline."""
    ends = [_day(text, language) for text in dict.fromkeys((first, last))]
    return {
        "name": name,
        "text": f" {words['to']} ".join(ends),
        "first": pd.Period(first).start_time,
        "last": pd.Period(last).end_time,
    }


def _day(text: str, language: str) -> str:
    """A year, month or day in words."""
    forms = {4: "y", 7: "MMMM y", 10: "d MMMM y"}
    return format_date(pd.Period(text).start_time.date(), forms[len(text)], locale=language)


def _group(code: str, language: str) -> str:
    """An SBI code with the product group that it is in."""
    group = code.partition(".")[0]
    if group not in entries("product_groups"):
        return WORDS[language]["no group"].format(code)
    return f"SBI {code} ({group} {Subject(product_group=group).name(language)})"


def _fact(teller: Teller, form: str, row: dict) -> Fact | None:
    """The fact that is the value of a row; None where that is no figure."""
    found = entries("sheet_figures").get((form, row["part"], row["item"] or row["part"]))
    return teller.facts.find(fact_id(found["indicator"], teller.about)) if found else None


def _number(teller: Teller, form: str, row: dict) -> Cell:
    """The number of a row with its unit: of a figure as figures are said, of any other as it is written."""
    if fact := _fact(teller, form, row):
        return cell(fact, teller.language, _with_unit)
    return Cell(text=_written(row))


def _written(row: dict) -> str:
    """The value of a row as it is written, with its unit."""
    return "\u00a0".join(filter(None, [row["value"], row["value"] and row["unit"]]))


def _known(teller: Teller, code: str) -> Fact | None:
    """A fact of the project that has a value."""
    fact = teller.facts.find(fact_id(code, teller.about))
    return None if fact is None or fact.unknown else fact


def _figure(fact: Fact, language: str) -> str:
    """A figure as a table prints it: a lower bound as such, a range by its ends, and what is unknown in a word."""
    if fact.at_least:
        return f"≥\u00a0{number(fact.value, fact.measure.decimals, language)}"
    if fact.unknown:
        return between(fact, language) if fact.bounded else WORDS[language]["unknown"]
    return figure(fact, language)


def _with_unit(fact: Fact, language: str) -> str:
    """A figure with its unit, where the column has none of its own."""
    noun = "one" if fact.value == 1 else "many"
    return f"{_figure(fact, language)}\u00a0{entries('units')[fact.unit][f'{noun}_{language}']}"


def _ladder(codes: str, language: str) -> str:
    """Steps of the R-ladder with their names."""
    names = {code: row[f"name_{language}"] for (_, code), row in entries("r_strategies").items()}
    return ", ".join(f"{code} {names[code]}" for code in sorted(codes.split(), key=list(names).index))


def _printed(project: dict, language: str) -> str:
    """The steps of the R-ladder, and how the documents have them."""
    codes, printed = _ladder(project["r_steps"], language), project["r_printed"]
    return WORDS[language]["printed"].format(codes=codes, printed=printed) if codes and printed else codes or printed


def _parts(form: str) -> list[str]:
    return [part for name, part in entries("form_parts") if name == form]


def _part(form: str, part: str, language: str) -> str:
    return entries("form_parts")[(form, part)][f"name_{language}"]


def _names(form: str, parts: list[str], language: str) -> str:
    return BETWEEN.join(inside(_part(form, part, language)) for part in parts)


def _name(name: str, code: str, language: str) -> str:
    """The name of a code; nothing where there is no code."""
    return entries(name).get(code, {}).get(f"name_{language}", "")


def _table(teller: Teller, title: str, heads: list[str], rows: list[Row], numbers: tuple[int, ...] = ()) -> Table:
    """A table whose columns are text, but for those that hold numbers."""
    stub, *names = heads
    columns = [Column(label=name, number=place in numbers) for place, name in enumerate(names, start=1)]
    return Table(
        language=teller.language, title=title, data=Data(stub=stub, columns=columns, rows=rows), facts=ids(teller.used)
    )
