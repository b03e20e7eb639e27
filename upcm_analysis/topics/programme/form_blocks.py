"""The forms of projects: how a row of a form is said, by what is shown of the sheet and of the report alike."""

import pandas as pd
from babel.dates import format_date

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, Row, Table
from factpress.codelists import entries
from factpress.dimensions import fact_id
from factpress.exhibits import cell
from factpress.facts import Fact, ids
from factpress.indicators import indicator
from factpress.languages import LANGUAGES
from factpress.texts import texts
from factpress.wording import Teller, between, figure, header, number

WORDS = texts(__name__)
#: What is claimed, and what of it is in no group of strategies.
TOTAL, REST, POTENTIAL = "project_co2_kt", "project_co2_unattributed_kt", "co2_reduction_kt"
VALUE_ADDED, EXTRA = "project_value_added_meur", "value_added_potential_meur"
#: How much of a project is ready.
READY = "project_ready_pct"
#: Between names or activities in one text.
BETWEEN = "; "


def text_of(row: dict, language: str, name: str = "") -> str:
    """A text in this language, or in another where a form was written in one."""
    said = (row.get(f"{name}_{one}" if name else one, "") for one in (language, *LANGUAGES))
    return next(filter(None, said), "")


def date_of(text: str, language: str) -> str:
    """A year, month or day in words."""
    forms = {4: "y", 7: "MMMM y", 10: "d MMMM y"}
    return format_date(pd.Period(text).start_time.date(), forms[len(text)], locale=language)


def said_in(row: dict, language: str) -> str:
    """What a row says in words; its code or value where it has none."""
    return text_of(row, language) or row["item"] or row["value"]


def amounts(teller, title, subtitle, names, facts, starts, hatched, strong) -> Chart:
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


def fact_of(teller: Teller, form: str, row: dict) -> Fact | None:
    """The fact that is the value of a row; None where that is no figure."""
    found = entries("sheet_figures").get((form, row["part"], row["item"] or row["part"]))
    return teller.facts.find(fact_id(found["indicator"], teller.about)) if found else None


def number_of(teller: Teller, form: str, row: dict) -> Cell:
    """The number of a row with its unit: of a figure as figures are said, of any other as it is written."""
    if fact := fact_of(teller, form, row):
        return cell(fact, teller.language, with_unit)
    return Cell(text=written(row))


def written(row: dict) -> str:
    """The value of a row as it is written, with its unit."""
    return "\u00a0".join(filter(None, [row["value"], row["value"] and row["unit"]]))


def known_fact(teller: Teller, code: str) -> Fact | None:
    """A fact of the project that has a value."""
    return teller.facts.known(code, teller.about)


def organisations(project: dict) -> list[str]:
    """The organisations that documents name with a project, as printed."""
    return [name.strip() for name in project["organisations"].split(";") if name.strip()]


def figure_of(fact: Fact, language: str) -> str:
    """A figure as a table prints it: a lower bound as such, a range by its ends, and what is unknown in a word."""
    if fact.at_least:
        return f"≥\u00a0{number(fact.value, fact.measure.decimals, language)}"
    if fact.unknown:
        return between(fact, language) if fact.bounded else WORDS[language]["unknown"]
    return figure(fact, language)


def with_unit(fact: Fact, language: str) -> str:
    """A figure with its unit, where the column has none of its own."""
    noun = "one" if fact.value == 1 else "many"
    return f"{figure_of(fact, language)}\u00a0{entries('units')[fact.unit][f'{noun}_{language}']}"


def ladder_of(codes: str, language: str) -> str:
    """Steps of the R-ladder with their names."""
    names = {code: row[f"name_{language}"] for (_, code), row in entries("r_strategies").items()}
    return ", ".join(f"{code} {names[code]}" for code in sorted(codes.split(), key=list(names).index))


def part_name(form: str, part: str, language: str) -> str:
    """The name of a part of a form."""
    return entries("form_parts")[(form, part)][f"name_{language}"]


def name_of(name: str, code: str, language: str) -> str:
    """The name of a code; nothing where there is no code."""
    return entries(name).get(code, {}).get(f"name_{language}", "")


def table_of(teller: Teller, title: str, heads: list[str], rows: list[Row], numbers: tuple[int, ...] = ()) -> Table:
    """A table whose columns are text, but for those that hold numbers."""
    stub, *names = heads
    columns = [Column(label=name, number=place in numbers) for place, name in enumerate(names, start=1)]
    return Table(
        language=teller.language, title=title, data=Data(stub=stub, columns=columns, rows=rows), facts=ids(teller.used)
    )
