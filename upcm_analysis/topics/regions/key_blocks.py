"""The distribution key and what is withheld: tests of one key, limits, disclosure, refutations and coverage, a table each."""

from collections.abc import Callable

import pandas as pd

from factpress.blocks import Cell, Column, Data, Row, Table
from factpress.codelists import entries
from factpress.dimensions import Subject, fact_id, subject
from factpress.exhibits import cell
from factpress.facts import Fact, ids
from factpress.indicators import indicator
from factpress.texts import texts
from factpress.wording import Teller, amount, header, label, number
from upcm_analysis.vocabulary.subjects import NL

WORDS = texts(__name__)


def single_key(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """A row a test: how many figures, whether one key fits, the smallest misfit, and which figure it misses most."""
    language, words = teller.language, WORDS[teller.language]
    rows = []
    for row in table.to_dict("records"):
        worst = Cell(text=f"{number(row['worst_pct'], 1, language)}%", value=row["worst_pct"])
        missed = _named(row["most_missed"], language) if row["most_missed"] else words["none"]
        cells = [
            Cell(text=number(row["figures"], 0, language), value=row["figures"]),
            Cell(text=words["fits" if row["feasible"] else "no fit"]),
            worst,
            Cell(text=number(row["missed"], 0, language), value=row["missed"]),
            Cell(text=missed),
        ]
        rows.append(Row(label=f"{words['over'][row['over']]}: {words['set'][row['set']]}", cells=cells))
    stub, figures, outcome, *rest, most = words["single key"]
    columns = [Column(label=figures), Column(label=outcome, number=False), *(Column(label=name) for name in rest)]
    return _table(teller, title, stub, [*columns, Column(label=most, number=False)], rows)


def power(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """A row a level of noise: how many trials, and how many percent of them pass the single-key test."""
    language, words = teller.language, WORDS[teller.language]
    rows = [
        Row(
            label=words["noise"].format(number(row.noise_pct, 1, language)),
            cells=[
                Cell(text=number(row.draws, 0, language), value=row.draws),
                Cell(text=f"{number(row.passed_pct, 0, language)}%", value=row.passed_pct),
            ],
        )
        for row in table[table["set"] == "all"].itertuples()
    ]
    stub, *names = words["power"]
    return _table(teller, title, stub, [Column(label=name) for name in names], rows)


def wanted(teller: Teller, title: str) -> Table:
    """The data that would change the picture of a province: who has them, what they change, where they stand."""
    language, words = teller.language, WORDS[teller.language]
    rows = [
        Row(
            label=one[f"name_{language}"],
            cells=[Cell(text=one[f"{part}_{language}"]) for part in ("holder", "changes", "state")],
        )
        for one in entries("wanted_data").values()
    ]
    stub, *heads = words["wanted"]
    data = Data(stub=stub, columns=[Column(label=head, number=False) for head in heads], rows=rows)
    return Table(language=language, title=title, data=data)


def families(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """A row a family of columns: how many percent of trials pass the single-key test at each level of noise on it alone."""
    language, words = teller.language, WORDS[teller.language]
    found = table.set_index(["set", "noise_pct"]).passed_pct
    levels = sorted(set(table.noise_pct[table["set"] != "all"]))
    rows = [
        Row(
            label=name,
            cells=[
                Cell(text=f"{number(found[code, level], 0, language)}%", value=found[code, level]) for level in levels
            ],
        )
        for code, name in words["family"].items()
    ]
    names = [words["with noise"].format(number(level, 0, language)) for level in levels]
    return _table(teller, title, words["families"], [Column(label=name) for name in names], rows)


def disclosure(teller: Teller, title: str, table: pd.DataFrame, choices: pd.Series) -> Table:
    """A row a part of the rule for figures of few organisations, then a row a number of figures that it concerns."""
    words = WORDS[teller.language]
    (found,) = table.to_dict("records")
    said = [(name, form, choices[code]) for code, (name, form) in words["rule"].items()]
    said += [(name, "{}", found[code]) for code, name in words["gate"].items()]
    return _numbers(teller, title, words["disclosure"], said)


def limits(teller: Teller, title: str, choices: pd.Series) -> Table:
    """A row a limit that decides where there is an estimate."""
    words = WORDS[teller.language]
    said = [(name, form, choices[code]) for code, (name, form) in words["estimate"].items()]
    return _numbers(teller, title, words["limits"], said)


def refutations(teller: Teller, title: str, findings: pd.DataFrame, sources: Callable[[Fact], str]) -> Table:
    """A row a cell that registered sources refute: what the key gives nearest to them, what they leave, and which they are."""
    language, words = teller.language, WORDS[teller.language]
    rows, facts = [], []
    for row in findings.itertuples():
        fact = teller.facts[f"{row.indicator}/{row.subject}"]
        unit, decimals = header(row.indicator, language), indicator(row.indicator).decimals
        unit = unit if unit == "%" else f" {unit}"
        key, known = (f"{number(value, decimals, language)}{unit}" for value in (row.found, row.expected))
        form = words["at least" if row.found < row.expected else "at most"]
        cells = [
            Cell(text=key, value=row.found),
            Cell(text=form.format(known), value=row.expected),
            Cell(text=sources(fact)),
        ]
        rows.append(Row(label=f"{label(row.indicator, language)}: {fact.subject.name(language)}", cells=cells))
        facts.append(fact)
    stub, key, known, named = words["refuted"]
    columns = [Column(label=key), Column(label=known), Column(label=named, number=False)]
    table = _table(teller, title, stub, columns, rows)
    table.facts = ids([*teller.used, *facts])
    return table


def coverage(teller: Teller, title: str, grounds: pd.DataFrame, code: str) -> Table:
    """A row a product group: how much of it the sources cover (`code`), by which figure, and why that one or none."""
    language, words = teller.language, WORDS[teller.language]
    rows, facts = [], []
    for group, ground in grounds.iterrows():
        about = Subject(product_group=group)
        fact = teller.facts.find(fact_id(code, about))
        facts += [fact] if fact else []
        against = (
            f"{label(ground.national, language)}, SBI {ground.industry}" if ground.national else words["no figure"]
        )
        cells = [
            cell(fact, language, amount) if fact else Cell(text=words["no source"]),
            Cell(text=against),
            Cell(text=ground[f"reason_{language}"]),
        ]
        rows.append(Row(label=f"{group} {about.name(language)}", cells=cells))
    stub, part, *names = words["coverage"]
    columns = [Column(label=part), *(Column(label=name, number=False) for name in names)]
    table = _table(teller, title, stub, columns, rows)
    table.facts = ids([*teller.used, *facts])
    return table


def _numbers(teller: Teller, title: str, heads: list[str], said: list[tuple]) -> Table:
    """A row a number: its name, the form that it is told in, and its value."""
    rows = [
        Row(
            label=name,
            cells=[Cell(text=form.format(number(value, 2 if value % 1 else 0, teller.language)), value=value)],
        )
        for name, form, value in said
    ]
    stub, name = heads
    return _table(teller, title, stub, [Column(label=name)], rows)


def _named(name: str, language: str) -> str:
    """What a fact is about and measures, by its id."""
    code, kind, *slug = name.split("/")
    about = subject(kind, *slug) if slug else NL
    return f"{label(code, language)}, {about.name(language)}"


def _table(teller: Teller, title: str, stub: str, columns: list[Column], rows: list[Row]) -> Table:
    return Table(language=teller.language, title=title, data=Data(stub=stub, columns=columns, rows=rows))
