"""Accounts: the tables in which an edition says what it rests on: its checks, oddities, replication, sources, indicators."""

from collections.abc import Callable

import pandas as pd
from babel.lists import format_list

from factpress.blocks import CHECKS, Cell, Column, Data, Row, Table
from factpress.codelists import codelist
from factpress.dimensions import Subject, fact_id, subject
from factpress.exhibits import cell
from factpress.facts import Fact, ids
from factpress.indicators import indicator
from factpress.texts import texts
from factpress.wording import Teller, amount, header, label, number, within
from upcm_analysis.vocabulary.subjects import NL

#: What the sheets of projects claim, in the order that it is read.
CLAIMS = (
    "project_co2_design_kt",
    "project_co2_life_kt",
    "project_co2_recycling_kt",
    "project_co2_unattributed_kt",
    "project_co2_kt",
    "project_value_added_meur",
)

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


def projects(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """A row a project with what its sheet claims, by group of strategies; then all of the cluster together.

    What a sheet leaves open is unknown, and so is a sum with an unknown part. Each is said to count twice with whom it may.
    """
    language, words = teller.language, WORDS[teller.language]
    codes = list(CLAIMS)
    stub, double = words["projects"]
    rows, doubled = [], False
    for row in table.to_dict("records"):
        numbers = [
            Cell(
                text="." if pd.isna(row[code]) else number(row[code], 0, language),
                value=None if pd.isna(row[code]) else row[code],
            )
            for code in codes
        ]
        name = Subject(project=row["project"]).name(language)
        with_others = twice(row, language)
        doubled = doubled or bool(with_others)
        rows.append(Row(label=name, cells=[*numbers, Cell(text=with_others or words["nobody"])]))
    facts = [teller.facts.get(code, teller.about) for code in codes]
    rows.append(
        Row(
            label=words["all projects"], cells=[*(cell(fact, language) for fact in facts), Cell(text="–")], role="total"
        )
    )
    columns = [Column(label=indicator(code).short[language], unit=header(code, language), decimals=0) for code in codes]
    made = _table(teller, title, stub, [*columns, Column(label=double, number=False)], rows)
    made.facts = ids([*teller.used, *facts])
    made.notes = [words["double"]] if doubled else []
    return made


def twice(row: dict, language: str) -> str:
    """The projects whose claim may be about the same as that of this one, by name and by why; nothing where there is none.

    `row` is one of `project_claims`. Who is a part of the other is not also said to be about the same product group.
    """
    nested = {"part_of": row["part_of"].split(), "parts": row["parts"].split()}
    known = {row["project"], *nested["part_of"], *nested["parts"]}
    named = [name for one in row["also"].split("; ") for name in one.split(", ") if name]
    groups = {"also": [name for name in dict.fromkeys(named) if name not in known], **nested}
    return "; ".join(
        WORDS[language]["why twice"][why].format(", ".join(Subject(project=name).name(language) for name in names))
        for why, names in groups.items()
        if names
    )


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


def covered_by_sources(teller: Teller, title: str, grounds: pd.DataFrame, code: str) -> Table:
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
