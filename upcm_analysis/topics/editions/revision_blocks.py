"""Revisions: how an edition differs from one that was released before, how much, and why, as sentences, charts and tables.

The tables come from `causes` and `topics.editions.revisions`; a row of `changes` is a fact that is new, gone or changed.
"""

import numpy as np
import pandas as pd

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, Row, Sentence, Table
from factpress.codelists import codelist
from factpress.exhibits import cell
from factpress.indicators import base, indicator
from factpress.texts import texts
from factpress.wording import Teller, label, number

#: How many rows the tables of the largest revisions and of causes have at most, and how many causes of a group are named.
MOST, FEW = 25, 10
#: Where the bars of the chart begin: beside the longest name of an indicator.
LEFT = 236
#: Decimals of a relative revision in percent.
DECIMALS = 1
WORDS = texts(__name__)


def lead(teller: Teller, changes: pd.DataFrame, against: str) -> Sentence:
    """How many facts changed, are new and are gone, and how many of them for which kind of cause."""
    language, words = teller.language, WORDS[teller.language]
    counts = changes.change.value_counts()
    if changes.empty:
        text = words["none"].format(against=against)
    else:
        told = {kind: _many(words[kind], int(counts.get(kind, 0)), language) for kind in ("changed", "new", "gone")}
        both = number(len(teller.facts) - int(counts.get("new", 0)), 0, language)
        kinds = changes.why.str.split(", ").explode().value_counts()
        why = [
            words["of"].format(count=number(int(kinds[kind]), 0, language), kind=name)
            for kind, name in words["kinds"].items()
            if kind in kinds
        ]
        text = f"{words['lead'].format(both=both, against=against, **told)} {words['why'].format(', '.join(why))}"
    return Sentence(language=language, text=text, lead=True)


def sizes(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """A row an indicator that has changed facts: how many, the mean and mean absolute relative revision, and the largest."""
    language, words = teller.language, WORDS[teller.language]
    stub, compared, revised, mean, size, largest, which = words["sizes"]
    rows, used = [], []
    for row in table.itertuples():
        fact = teller.facts[row.largest]
        used.append(fact.fact_id)
        counts = [Cell(text=number(n, 0, language), value=n) for n in (row.compared, row.revised)]
        percentages = [_percent(one, language) for one in (row.mean_pct, row.mean_absolute_pct)]
        told = [
            Cell(text=_signed(row.largest_pct, language)),
            Cell(text=fact.subject.name(language), fact=fact.fact_id),
        ]
        rows.append(Row(label=label(row.indicator, language), cells=[*counts, *percentages, *told]))
    columns = [Column(label=compared, unit=words["count"]), Column(label=revised, unit=words["count"])]
    columns += [Column(label=name, unit="%", decimals=DECIMALS) for name in (mean, size, largest)]
    columns += [Column(label=which, number=False)]
    return Table(language=language, title=title, data=Data(stub=stub, columns=columns, rows=rows), facts=used)


def chart(teller: Teller, title: str, table: pd.DataFrame) -> Chart:
    """Bars of the mean absolute relative revision of indicators, high to low."""
    language, words = teller.language, WORDS[teller.language]
    shown = table.sort_values("mean_absolute_pct", ascending=False, kind="stable").head(MOST)
    names = [indicator(code).short[language] for code in shown.indicator]
    texts = [f"{number(value, DECIMALS, language)}%" for value in shown.mean_absolute_pct]
    cells = [_percent(value, language) for value in shown.mean_absolute_pct]
    size = words["sizes"][4]
    return Chart(
        language=language,
        title=title,
        subtitle=words["chart"],
        alt=words["alt"].format(rows="; ".join(f"{name}: {text}" for name, text in zip(names, texts, strict=True))),
        data=Data(
            stub=words["sizes"][0],
            columns=[Column(label=size, unit="%", decimals=DECIMALS)],
            rows=[Row(label=name, cells=[one]) for name, one in zip(names, cells, strict=True)],
        ),
        facts=[name for name in shown.largest if name],
        pictures=[charts.bars(names, list(shown.mean_absolute_pct), texts, set(), left=LEFT)],
    )


def largest(teller: Teller, title: str, changes: pd.DataFrame, against: str, edition: str) -> Table:
    """The changed figures with the largest relative revisions: what they were and are, and why. Estimates are left out."""
    language, words = teller.language, WORDS[teller.language]
    shown = changes[changes.change == "changed"]
    facts = {name: teller.facts[name] for name in shown.fact_id}
    known = codelist("indicators").index
    plain = [name for name, fact in facts.items() if fact.indicator in known and fact.status != "estimated"]
    shown = (
        shown[shown.fact_id.isin(plain) & (shown.pct.abs() > 0)]
        .sort_values("pct", key=abs, ascending=False, kind="stable")
        .head(MOST)
    )
    rows = []
    for row in shown.itertuples():
        fact = facts[row.fact_id]
        decimals = fact.measure.decimals
        rows.append(
            Row(
                label=f"{fact.measure.label[language]}, {fact.subject.name(language)}",
                cells=[
                    Cell(text=_kinds(row.why, language)),
                    Cell(text=number(row.before, decimals, language), value=row.before),
                    cell(fact, language),
                    Cell(text=_signed(row.pct, language)),
                ],
            )
        )
    stub, why, then, now, difference = (text.format(against=against, edition=edition) for text in words["largest"])
    columns = [Column(label=why, number=False), *(Column(label=name) for name in (then, now))]
    columns += [Column(label=difference, unit="%")]
    return _table(teller, title, stub, columns, rows, list(shown.fact_id))


def causes(teller: Teller, title: str, table: pd.DataFrame, register: pd.DataFrame, shown: list[str]) -> Table:
    """A row a thing that differs: what it was and is, and how many figures rest on it. Where a group is large it is a row.

    `register` is that of sources, whose tables are named; `shown` are facts whose sources the table is about.
    """
    language, words = teller.language, WORDS[teller.language]
    rows = []
    for (kind, group), own in table.groupby(["kind", "group"], sort=False):
        if len(own) > FEW and kind in words["members"]:
            named = words["members"][kind].format(group=_source(group, register), count=number(len(own), 0, language))
            told = [(named, "", "", own.group_facts.iloc[0])]
        else:
            told = [(_what(row, register), row.then, row.now, row.facts) for row in own.itertuples()]
        rows += [(kind, *one) for one in told]
    made = []
    for kind, what, then, now, facts in rows[:MOST]:
        texts = [what or words["nobody"], then or words["absent"], now or words["absent"]]
        if not (then or now):
            texts[1:] = [words["nobody"]] * 2
        cells = [Cell(text=text) for text in texts]
        made.append(Row(label=words["kind"][kind], cells=[*cells, Cell(text=number(facts, 0, language), value=facts)]))
    stub, *names, count = words["causes"]
    columns = [*(Column(label=name, number=False) for name in names), Column(label=count, decimals=0)]
    return _table(teller, title, stub, columns, made, shown)


def moves(teller: Teller, title: str, changes: pd.DataFrame) -> Table:
    """A row an indicator, whatever its form, that has facts that are new or gone."""
    language = teller.language
    shown = changes[changes.change != "changed"]
    codes = [base(name.partition("/")[0]) for name in shown.fact_id]
    known = codelist("indicators").index
    rows = []
    for code, own in shown.groupby(np.array(codes, dtype=object), sort=True):
        counts = [int((own.change == kind).sum()) for kind in ("new", "gone")]
        cells = [Cell(text=number(n, 0, language), value=n) for n in counts]
        rows.append(Row(label=label(code, language) if code in known else code, cells=cells))
    stub, *names = WORDS[language]["moves"]
    columns = [Column(label=name, decimals=0) for name in names]
    return _table(teller, title, stub, columns, rows, [name for name in shown.fact_id if name in teller.facts])


def _what(row, register: pd.DataFrame) -> str:
    """What differs, as its readers know it: of a cell the table, the row and the column that it is printed in."""
    if row.kind != "data" or "[" not in row.what:
        return row.what
    source, _, rest = row.what.removesuffix("]").partition("[")
    line, column, *_ = rest.split(" | ")
    return f"{_source(source, register)}: {line}, {column}"


def _source(name: str, register: pd.DataFrame) -> str:
    """The title of the table of a source; the source itself where this edition does not have it."""
    return register.table[name] if name in register.index else name


def _kinds(why: str, language: str) -> str:
    names = [WORDS[language]["kind"][kind] for kind in why.split(", ")]
    return ", ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])


def _many(forms: tuple[str, str], count: int, language: str) -> str:
    return forms[count != 1].format(number(count, 0, language))


def _percent(value: float, language: str) -> Cell:
    return Cell(text=number(value, DECIMALS, language), value=value)


def _signed(value: float, language: str) -> str:
    """A difference with its sign, which says to which side."""
    return ("+" if value > 0 else "") + number(value, DECIMALS, language)


def _table(teller: Teller, title: str, stub: str, columns: list[Column], rows: list[Row], facts: list[str]) -> Table:
    data = Data(stub=stub, columns=columns, rows=rows)
    return Table(language=teller.language, title=title, data=data, facts=facts)
