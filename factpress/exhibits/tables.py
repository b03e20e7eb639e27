"""Tables: indicators of all subjects of a kind, and of one subject."""

from factpress.blocks import Cell, Column, Data, Row, Table
from factpress.dimensions import Subject, dimension, fact_id, of_whole, subjects
from factpress.exhibits.cells import cell, data_by_subject
from factpress.facts import ids
from factpress.texts import texts
from factpress.wording import Teller, amount, header, label

WORDS = texts(__name__)


def comparison(teller: Teller, title: str, codes: list[str], kind: str, totals: list[Subject] | None = None) -> Table:
    """A table of several indicators over all subjects of a kind, with the `totals` below; without any that of the whole."""
    facts, language = teller.facts, teller.language
    table = [[facts.get(code, about) for code in codes] for about in subjects(kind)]
    data = data_by_subject(teller, kind, table, codes)
    below = [(one.total(language), [facts.get(code, one) for code in codes]) for one in totals or [Subject()]]
    for name, row in below:
        data.rows.append(Row(label=name, cells=[cell(fact, language) for fact in row], role="total"))
    used = [fact for row in [*table, *(row for _, row in below)] for fact in row]
    return Table(
        language=language,
        title=title,
        short=dimension(kind).said("plural", language),
        data=data,
        facts=ids([*teller.used, *used]),
    )


def overview(teller: Teller, title: str, codes: list[str]) -> Table:
    """A table of one subject: a row an indicator with its value, unit, share of the whole and, if it has any, place."""
    facts, about, language, words = teller.facts, teller.about, teller.language, WORDS[teller.language]
    values = [facts.get(code, about) for code in codes]
    shared, ranks = ([facts.find(fact_id(f"{code}_{form}", about)) for code in codes] for form in ("share", "rank"))
    used = [one for row in zip(values, ranks, shared, strict=True) for one in row if one]
    columns = [
        Column(label=words["value"]),
        Column(label=words["unit"], number=False),
        Column(label=words["share"].format(of_whole("share_of", language)), decimals=1),
    ]
    rows = [
        [
            cell(fact, language),
            Cell(text=header(code, language)),
            cell(share, language, amount) if share else Cell(text="–"),
        ]
        for code, fact, share in zip(codes, values, shared, strict=True)
    ]
    if any(ranks):
        columns.append(Column(label=f"{words['rank']} ({words['of']} {len(subjects(about.kind))})", decimals=0))
        for row, order in zip(rows, ranks, strict=True):
            row.append(cell(order, language) if order else Cell(text="–"))
    data = Data(
        stub=words["indicator"],
        columns=columns,
        rows=[Row(label=label(code, language), cells=row) for code, row in zip(codes, rows, strict=True)],
    )
    return Table(language=language, title=title, short=words["all"], data=data, facts=ids([*teller.used, *used]))
