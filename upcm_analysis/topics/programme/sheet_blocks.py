"""What the forms of a project say in words, and its impact sheet, as charts and tables.

What a form does not say is told as not known, never as nothing.
"""

import pandas as pd

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, Row, Table
from factpress.codelists import entries
from factpress.dimensions import Subject, fact_id
from factpress.exhibits import cell
from factpress.facts import ids
from factpress.texts import texts
from factpress.wording import Teller, number
from upcm_analysis.topics.programme.form_blocks import (
    BETWEEN,
    REST,
    TOTAL,
    amounts,
    fact_of,
    name_of,
    number_of,
    part_name,
    said_in,
    table_of,
    with_unit,
    written,
)

WORDS = texts(__name__)
#: The code of a level of contribution that is not known; the others run from high to low.
UNKNOWN = "Onbekend"


def told(teller: Teller, title: str, rows: pd.DataFrame, form: str, parts: list[str]) -> Table:
    """A row a thing that a form says in words, part by part, with its number where there is one."""
    language, words = teller.language, WORDS[teller.language]
    heads = words["part" if form == "sheet" else "told"]
    valued = any(number_of(teller, form, row).text for row in rows[rows.part.isin(parts)].to_dict("records"))
    made, used = [], []
    for part in parts:
        own, spec = rows[rows.part == part].to_dict("records"), entries("form_parts")[(form, part)]
        for row in own or [None]:
            fact = fact_of(teller, form, row) if row else None
            text = said_in(row, language) if row else words["not stated"]
            if row and spec["item"] == "year":
                text = f"{row['item'].replace('-', '–')}: {text}"
            cells = [Cell(text=text), number_of(teller, form, row) if row else Cell(text="")]
            made.append(Row(label=part_name(form, part, language), cells=cells[: 1 + valued]))
            used += [fact] if fact else []
    block = table_of(teller, title, heads[: 2 + valued], made)
    block.facts = ids([*teller.used, *used])
    return block


def listed(teller: Teller, title: str, rows: pd.DataFrame, parts: list[str]) -> Table:
    """A row a part of the sheet, with all that it names in one line; codes of product groups and materials with their names."""
    language, words = teller.language, WORDS[teller.language]
    made = []
    for part in parts:
        own = rows[rows.part == part].to_dict("records")
        names = [_group(row["item"], language) if part == "product-group" else said_in(row, language) for row in own]
        made.append(
            Row(label=part_name("sheet", part, language), cells=[Cell(text=BETWEEN.join(names) or words["not stated"])])
        )
    return table_of(teller, title, words["part"][:2], made)


def co2(teller: Teller, title: str, rows: pd.DataFrame) -> Chart:
    """The claim by group of strategies: parts one after the other up to the total, what is not attributed hatched."""
    language, words = teller.language, WORDS[teller.language]
    facts = [fact_of(teller, "sheet", row) for row in rows[rows.part == "co2"].to_dict("records")]
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
    return amounts(teller, title, words["co2"], names, shown, starts, *marks)


def effects(teller: Teller, title: str, rows: pd.DataFrame) -> Table:
    """A row an effect goal that the sheet says something of, or says nothing of; and the decrease of the supply risk."""
    language, words = teller.language, WORDS[teller.language]
    own, made = rows[rows.part == "effect"], []
    for goal in entries("effect_goals"):
        for row in own[own["item"] == goal].to_dict("records") or [{}]:
            made.append(_goal("effect_goals", goal, row, said_in(row, language) if row else "", language))
    risk = rows[rows.part == "supply-risk"].to_dict("records")
    text = said_in(risk[0], language) if risk else words["not stated"]
    made.append(Row(label=part_name("sheet", "supply-risk", language), cells=[Cell(text="–"), Cell(text=text)]))
    return table_of(teller, title, words["goal"], made)


def performance(teller: Teller, title: str, rows: pd.DataFrame) -> Table:
    """A row a performance goal with its horizon and the contribution of the project: a level, or a number."""
    language, words = teller.language, WORDS[teller.language]
    own, made, used = rows[rows.part == "performance"], [], []
    for goal in entries("performance_goals"):
        row = next(iter(own[own["item"] == goal].to_dict("records")), {})
        fact = fact_of(teller, "sheet", row) if row else None
        line = _goal("performance_goals", goal, row, _level(row, language), language)
        if fact:
            line.cells[-1] = cell(fact, language, with_unit)
            used.append(fact)
        made.append(line)
    block = table_of(teller, title, words["goal"], made)
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


def _goal(name: str, goal: str, row: dict, text: str, language: str) -> Row:
    """A goal with its horizon, or that of the list where the form says none, and what is said of it."""
    unknown = WORDS[language]["not stated"]
    horizon = row.get("horizon") or entries(name)[goal].get("horizon", "")
    cells = [Cell(text=name_of("horizons", horizon, language) or unknown), Cell(text=text or unknown)]
    return Row(label=name_of(name, goal, language), cells=cells)


def _level(row: dict, language: str) -> str:
    """A level of contribution in words; not stated where the form has no row of it, unknown where it is left empty."""
    if not row:
        return WORDS[language]["not stated"]
    return name_of("contribution_levels", row["value"] or UNKNOWN, language) or written(row)


def _order(language: str) -> list[str]:
    """The levels in words, from high to not stated."""
    return [*(name_of("contribution_levels", one, language) for one in entries("contribution_levels")),
            WORDS[language]["not stated"]]  # fmt: skip


def _group(code: str, language: str) -> str:
    """An SBI code with the product group that it is in."""
    group = code.partition(".")[0]
    if group not in entries("product_groups"):
        return WORDS[language]["no group"].format(code)
    return f"SBI {code} ({group} {Subject(product_group=group).name(language)})"
