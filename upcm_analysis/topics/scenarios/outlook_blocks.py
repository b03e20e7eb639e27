"""Outlooks: what a scenario comes to, as tables and charts. Each says in its title which scenario it is of."""

from collections.abc import Mapping

import pandas as pd

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, Row, Table
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject, fact_id
from factpress.exhibits import cell
from factpress.exhibits.cells import ticks
from factpress.facts import ids
from factpress.indicators import indicator
from factpress.texts import texts
from factpress.wording import Teller, between, figure, header, label, number, within

WORDS = texts(__name__)
#: Of so many assumptions and no more the influence is drawn; names of years on the axis stand this far apart.
MOST, APART = 8, 5
CODE = "co2_reduction_nl_kt"


def outlook(teller: Teller, title: str, codes: list[str]) -> Table:
    """A table of one subject under a scenario: a row an indicator, with low, middle and high."""
    language, words = teller.language, WORDS[teller.language]
    facts = [teller.facts.get(code, teller.about) for code in codes]
    data = Data(
        stub=words["indicator"],
        columns=[
            Column(label=words["unit"], number=False),
            Column(label=words["ends"][1]),
            Column(label=words["low to high"]),
        ],
        rows=[
            Row(
                label=label(fact.indicator, language),
                cells=[
                    Cell(text=header(fact.indicator, language)),
                    cell(fact, language),
                    Cell(text=between(fact, language), fact=fact.fact_id),
                ],
            )
            for fact in facts
        ],
    )
    # One indicator has no parts beside it.
    notes = [words["parts"]] if len(facts) > 1 else []
    return Table(language=language, title=title, data=data, facts=ids([*teller.used, *facts]), notes=notes)


def spread(teller: Teller, title: str, code: str, published: str, among: list[Subject]) -> Chart:
    """What a scenario leaves open of one indicator for all subjects of a kind, with the published figure beside it."""
    language, words = teller.language, WORDS[teller.language]
    kind, unit = among[0].kind, header(code, language)
    rows = [(teller.facts.get(code, about), teller.facts.get(published, about)) for about in among]
    names = [f"{about.product_group} {about.name(language)}".strip() for about in among]
    own = {index for index, about in enumerate(among) if about == teller.about}
    texts = [
        between(fact, language) if fact.unknown else f"{figure(fact, language)} ({between(fact, language)})"
        for fact, _ in rows
    ]
    picture = charts.ranges(
        names,
        [(max(fact.low, 0.0), fact.high) for fact, _ in rows],
        [fact.value for fact, _ in rows],
        [other.value for _, other in rows],
        texts,
        own,
        ticks([size for fact, other in rows for size in (fact.high, other.value)], rows[0][0].unit, language),
    )
    read = [
        words["spread row"].format(
            name=name, value=figure(fact, language), bounds=between(fact, language), other=figure(other, language)
        )
        for name, (fact, other) in zip(names, rows, strict=True)
    ]
    said = {"label": indicator(code).label[language], "unit": unit}
    decimals = indicator(code).decimals
    data = Data(
        stub=words["subject"][kind],
        columns=[
            Column(label=words["ends"][1], unit=unit, decimals=decimals),
            Column(label=words["low to high"], unit=unit),
            Column(label=words["published"], unit=unit, decimals=decimals),
        ],
        rows=[
            Row(
                label=name,
                cells=[
                    cell(fact, language),
                    Cell(text=between(fact, language), fact=fact.fact_id),
                    cell(other, language),
                ],
                role="own" if index in own else "",
            )
            for index, (name, (fact, other)) in enumerate(zip(names, rows, strict=True))
        ],
    )
    return Chart(
        language=language,
        title=title,
        subtitle=words["spread"].format(**said),
        alt=words["alt spread"].format(**said, rows="; ".join(read)),
        data=data,
        facts=ids([*teller.used, *(fact for row in rows for fact in row)]),
        notes=[words["parts"]],
        pictures=[picture],
    )


def tornado(teller: Teller, title: str, drivers: pd.DataFrame) -> Chart:
    """What each assumption does to the reduction in the Netherlands, and how much of its spread it explains."""
    language, words = teller.language, WORDS[teller.language]
    fact = teller.facts[fact_id("co2_reduction_nl_pct", Subject())]
    shown = drivers[drivers.total > 0].head(MOST)
    names = [_name(row, language) for row in shown.itertuples()]
    percent = [[_percent(value, language) for value in (row.at_low, row.at_high)] for row in shown.itertuples()]
    parts = [_percent(100 * row.total, language, 0) for row in shown.itertuples()]
    middle = _percent(shown.at_value.iloc[0], language)
    picture = charts.tornado(
        names,
        list(zip(shown.at_low, shown.at_high, strict=True)),
        shown.at_value.iloc[0],
        parts,
        words["middle"].format(middle),
    )
    read = [
        words["tornado row"].format(name=name, low=low, high=high, share=part)
        for name, (low, high), part in zip(names, percent, parts, strict=True)
    ]
    rows = []
    for row, name, ends, part in zip(shown.itertuples(), names, percent, parts, strict=True):
        reach = f"{_plain(row.low, language)}–{_plain(row.high, language)}"
        cells = [Cell(text=reach), *(Cell(text=end) for end in ends), Cell(text=part)]
        rows.append(Row(label=name, cells=cells))
    columns = [Column(label=name) for name in (words["range"], *words["at"], words["variance"])]
    return Chart(
        language=language,
        title=title,
        subtitle=words["tornado"],
        alt=words["alt tornado"].format(middle=middle, rows="; ".join(read)),
        data=Data(stub=words["assumption"], columns=columns, rows=rows),
        facts=ids([*teller.used, fact]),
        pictures=[picture],
    )


def timeline(teller: Teller, title: str, table: pd.DataFrame, term: float) -> Chart:
    """The way to the potential of this subject, year by year, with what the assumptions leave open."""
    language, words = teller.language, WORDS[teller.language]
    fact = teller.facts.get(CODE, teller.about)
    unit, decimals = header(CODE, language), indicator(CODE).decimals
    dated = bool(table.calendar.iloc[0])
    names = [str(row.calendar) if dated else words["year n"].format(row.year) for row in table.itertuples()]
    on_axis = [
        str(row.calendar or row.year) if (row.calendar or row.year) % APART == 0 else "" for row in table.itertuples()
    ]
    at_term = table.index.get_loc(table.index[table.year == term][0])
    said = {name: [number(value, decimals, language) for value in table[name]] for name in ("annual", "cumulative")}
    reach = [within(*both, decimals, language) for both in zip(table.annual_low, table.annual_high, strict=True)]
    said["annual_low"], said["annual_high"] = map(list, zip(*reach, strict=True))
    picture = charts.timeline(
        table.annual.tolist(),
        list(zip(table.annual_low, table.annual_high, strict=True)),
        on_axis,
        [at_term],
        [f"{names[at_term]}: {said['annual'][at_term]}"],
    )
    read = [
        words["path row"].format(name=name, value=value, low=low, high=high)
        for name, value, low, high in zip(names, said["annual"], said["annual_low"], said["annual_high"], strict=True)
    ]
    rows = [
        Row(
            label=name,
            cells=[
                Cell(text=_percent(100 * row.adopted, language, 0)),
                *(
                    Cell(text=said[one][index], value=getattr(row, one))
                    for one in ("annual_low", "annual", "annual_high", "cumulative")
                ),
            ],
        )
        for index, (name, row) in enumerate(zip(names, table.itertuples(), strict=True))
    ]
    heads = [*words["annual"], words["cumulative"]]
    columns = [Column(label=words["adopted"]), *(Column(label=head, unit=unit, decimals=decimals) for head in heads)]
    return Chart(
        language=language,
        title=title,
        subtitle=words["path"].format(unit=unit, start=words["start" if dated else "no start"]),
        alt=words["alt path"].format(rows="; ".join(read)),
        data=Data(stub=words["year"], columns=columns, rows=rows),
        facts=ids([*teller.used, fact]),
        notes=[words["parts"]],
        pictures=[picture],
    )


def waterfall(teller: Teller, title: str, table: pd.DataFrame, scenario: str, by: str) -> Chart:
    """The steps from another scenario to this one: what each group of strategies, rebound, the part abroad and overlap with
    other policy contribute; or, `by` "product_group", what each product group does.
    """
    language, words = teller.language, WORDS[teller.language]
    fact = teller.facts[fact_id(CODE, Subject())]
    unit, decimals = header(CODE, language), indicator(CODE).decimals
    before, after = table.before.sum(), table.after.sum()
    if by == "product_group":
        groups = table.groupby("product_group")[["before", "after"]].sum()
        steps = groups.after - groups.before
        own = [f"{group} {entries('product_groups')[str(group)][f'short_{language}']}" for group in steps.index]
    else:
        factors = table[list(words["steps"])].sum()
        steps = pd.concat([table.groupby("strategies", sort=False).strategy.sum(), factors])
        own = [*(words["ladder"][one] for one in steps.index[: -len(factors)]), *words["steps"].values()]
    names = [words["of scenario"].format(table.other.iloc[0]), *own, words["of scenario"].format(scenario)]
    sizes = [before, *steps, after]
    starts = [0.0, *(before + steps.cumsum() - steps), 0.0]
    texts = [number(size, decimals, language) for size in sizes]
    texts[1:-1] = [text if size < 0 else f"+{text}" for size, text in zip(steps, texts[1:-1], strict=True)]
    data = Data(
        stub=words["step"],
        columns=[Column(label=words["contribution"], unit=unit, decimals=decimals)],
        rows=[
            Row(label=name, cells=[Cell(text=text)], role="total" if index in (0, len(names) - 1) else "")
            for index, (name, text) in enumerate(zip(names, texts, strict=True))
        ],
    )
    return Chart(
        language=language,
        title=title,
        subtitle=words["waterfall"].format(unit=unit),
        alt=words["alt waterfall"].format(rows="; ".join(f"{n} {t}" for n, t in zip(names, texts, strict=True))),
        data=data,
        facts=ids([*teller.used, fact]),
        pictures=[charts.waterfall(names, starts, sizes, texts)],
    )


def parameters(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """Every assumption of a scenario: its value, range, distribution, source and meaning."""
    language, words = teller.language, WORDS[teller.language]
    stub, *heads = words["parameters"]
    rows = []
    for row in table.itertuples():
        about = codelist("parameters").loc[row.parameter, row.strategy]
        reach = (
            "–"
            if row.low == row.high or pd.isna(row.low)
            else f"{_plain(row.low, language)}–{_plain(row.high, language)}"
        )
        texts = [
            row.name if row.name else _plain(row.value, language),
            reach,
            words["distributions"][row.distribution],
            words["not stated"] if row.source == "not stated" else row.source,
            row.pedigree,
            about[f"explained_{language}"],
        ]
        name = about[f"name_{language}"] + (f" (SBI {row.product_group})" if row.product_group else "")
        rows.append(Row(label=name, cells=[Cell(text=text) for text in texts]))
    columns = [Column(label=head, number=index < 2) for index, head in enumerate(heads)]
    data = Data(stub=stub, columns=columns, rows=rows)
    return Table(language=language, title=title, data=data, facts=ids(teller.used))


def drawn(language: str, results: pd.DataFrame, choices: Mapping[str, float]) -> str:
    """How many draws the ends are from, which part of the draws lies between them, and how large the error is at most."""
    errors = results[["low_error", "median_error", "high_error"]].max(axis=1) / (results.high - results.low)
    return WORDS[language]["drawn"].format(
        draws=number(results.draws.max(), 0, language),
        middle=_percent(choices["potential_range"], language, 0),
        error=_percent(100 * errors.max(), language),
    )


def grades(language: str) -> str:
    """What the figures of a pedigree mean, in a sentence."""
    table = codelist("pedigree").reset_index()
    names = list(dict.fromkeys(table[f"name_{language}"]))
    ends = {"least": table.grade.min(), "most": table.grade.max()}
    return WORDS[language]["grades"].format(criteria=", ".join(names), **ends)


def _name(row, language: str) -> str:
    """The name of an assumption, with the product group that it is of if it is not of all."""
    name = codelist("parameters").loc[row.parameter, row.strategy][f"name_{language}"]
    return name + (f" (SBI {row.product_group})" if row.product_group else "")


def _percent(value: float, language: str, decimals: int = 1) -> str:
    return f"{number(value, decimals, language)}%"


def _plain(value: float, language: str) -> str:
    """A number with as many decimals as it was given with."""
    return number(value, max(0, len(f"{value:g}".partition(".")[2])), language)
