"""What an edition says of its figures: its checks, known oddities, replication, sources and indicators, a table each."""

import pandas as pd
from babel.lists import format_list

from factpress.blocks import CHECKS, Cell, Column, Data, Row, Table
from factpress.codelists import codelist
from factpress.dimensions import Subject, subject
from factpress.exhibits import cell
from factpress.texts import texts
from factpress.wording import Teller, header, label, number, within
from upcm_analysis.vocabulary.subjects import NL

WORDS = texts(__name__)


def checks(teller: Teller, title: str, findings: pd.DataFrame, limits: pd.Series) -> Table:
    """A row a check: its rule (with the limits it uses), and how many comparisons hold, are known, are new."""
    language, texts = teller.language, codelist("checks")
    said = {name: number(value, 0, language) for name, value in limits.items()}
    rows = []
    for code in texts.index:
        states = findings.state[findings.check == code].value_counts()
        counts = [int(states.get(state, 0)) for state in ("pass", "warn", "fail")]
        rule = Cell(text=texts.at[code, f"rule_{language}"].format_map(said))
        numbers = [Cell(text=number(n, 0, language), value=n) for n in (sum(counts), *counts)]
        rows.append(Row(label=texts.at[code, f"title_{language}"], cells=[rule, *numbers]))
    stub, rule, *counted = WORDS[language]["checks"]
    columns = [Column(label=rule, number=False), *[Column(label=word, decimals=0) for word in counted]]
    return _table(teller, title, stub, columns, rows)


def known_oddities(teller: Teller, title: str, findings: pd.DataFrame, reasons: pd.DataFrame) -> Table:
    """A row a known oddity: what was found and compared with, and why it stands. `reasons` is indexed as the oddities."""
    language = teller.language
    found = findings.set_index(["check", "subject", "indicator"])
    rows = []
    for (check, path, code), reason in reasons.to_dict("index").items():
        row = found.loc[(check, path, code)]
        unit = codelist("units").at[row.unit, f"header_{language}"]
        numbers = [
            Cell(text=f"{number(value, _digits(value, row.unit), language)} {unit}", value=value)
            for value in (row.found, row.expected)
        ]
        kind, _, slug = path.partition("/")
        name = subject(kind, slug).name(language) if slug else NL.name(language)
        cells = [*numbers, Cell(text=reason[f"reason_{language}"])]
        rows.append(Row(label=f"{label(code, language)}: {name}", cells=cells))
    stub, first, second, why = WORDS[language]["oddities"]
    columns = [Column(label=first), Column(label=second), Column(label=why, number=False)]
    table = _table(teller, title, stub, columns, rows)
    table.anchor = CHECKS
    return table


def _digits(value: float, unit: str) -> int:
    """The decimals that what was compared is told with: all that it has, so that a difference is seen; of percentages one."""
    return 1 if unit == "percent" else len(f"{round(value, 3):.12g}".partition(".")[2])


def replication(teller: Teller, title: str, table: pd.DataFrame, potential: str) -> Table:
    """A row a product group: baseline, whole percentage, the potential that follows and the published one; then the total.

    Where some whole percentage always fits, the percentages that rounding leaves, and nothing that follows.
    """
    language, words = teller.language, WORDS[teller.language]
    rows, used, table = [], [], table[table.potential == potential]
    for row in table.to_dict("records"):
        about = Subject(product_group=row["product_group"])
        baseline = teller.facts.get(row["baseline_indicator"], about)
        published = teller.facts.get(potential, about)
        used += [baseline.fact_id, published.fact_id]
        one = bool(about.product_group)
        pct = Cell(text=f"{number(row['pct'], 0, language)}%", value=row["pct"]) if one else Cell(text="")
        follows = Cell(text=number(row["unrounded"], 2, language), value=row["unrounded"])
        if row["always"]:
            pct, follows = (
                Cell(text=f"{'–'.join(within(row['low_pct'], row['high_pct'], 1, language))}%"),
                Cell(text="–"),
            )
        rows.append(
            Row(
                label=f"{about.product_group} {about.name(language)}" if one else words["total"],
                role="" if one else "total",
                cells=[cell(baseline, language), pct, follows, cell(published, language)],
            )
        )
    stub, *names = words["replication"]
    units = [header(potential, language), "", header(potential, language), header(potential, language)]
    columns = [Column(label=name, unit=unit) for name, unit in zip(names, units, strict=True)]
    block = _table(teller, title, stub, columns, rows)
    block.facts = list(dict.fromkeys(used))
    always = list(table.product_group[table.always])
    block.notes = [words["always"].format(format_list(always, locale=language))] if always else []
    return block


def sources(teller: Teller, title: str, register: pd.DataFrame) -> Table:
    """A row a registered source, with what it says about itself."""
    words = WORDS[teller.language]
    rows = [
        Row(
            label=row.table,
            cells=[
                Cell(text=words["not stated"] if text == "not stated" else text)
                for text in (row.title, row.publisher, row.publication_number, row.section, row.licence)
            ],
        )
        for row in register.itertuples()
    ]
    stub, *names = words["sources"]
    return _table(teller, title, stub, [Column(label=name, number=False) for name in names], rows)


def indicators(teller: Teller, title: str) -> Table:
    """A row an indicator of the edition: its unit and what it means."""
    language = teller.language
    rows = [
        Row(
            label=label(code, language),
            cells=[Cell(text=header(code, language)), Cell(text=row[f"explained_{language}"])],
        )
        for code, row in codelist("indicators").to_dict("index").items()
        if row["origin"] != "comparison" and f"{code}/nl" in teller.facts
    ]
    stub, *names = WORDS[language]["indicators"]
    return _table(teller, title, stub, [Column(label=name, number=False) for name in names], rows)


def _table(teller: Teller, title: str, stub: str, columns: list[Column], rows: list[Row]) -> Table:
    return Table(language=teller.language, title=title, data=Data(stub=stub, columns=columns, rows=rows))
