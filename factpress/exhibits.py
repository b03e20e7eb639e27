"""Exhibits: facts put together as key figures, charts and tables. Each function gives one block, without its source line.

To add a chart: draw it in `charts`, put facts into it here, offer it to notebooks in `publication`.
"""

import math

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, KeyFigure, KeyFigures, Row, Table
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject, fact_id, subjects
from factpress.errors import InputError
from factpress.facts import Fact, ids
from factpress.indicators import base, indicator
from factpress.texts import texts
from factpress.wording import (
    Teller,
    amount,
    between,
    figure,
    header,
    in_prose,
    inside,
    label,
    number,
    place,
    span,
)
from upcm_analysis.vocabulary.subjects import CROSSINGS, NL, provinces

WORDS = texts(__name__)


def key_figures(teller: Teller, codes: list[str]) -> KeyFigures:
    """A strip of the subject's facts, each with its share of the Netherlands (or the national value) and its place.

    What was allocated stands beside no national value and has no place: it says that it was allocated. A cluster in a
    province has what is possible instead, and the figures of the province and of the cluster.
    """
    facts, about, language, words = teller.facts, teller.about, teller.language, WORDS[teller.language]
    items, used = [], []
    for code in codes:
        fact = facts.get(code, about)
        used.append(fact)
        context = []
        if about.kind in CROSSINGS:
            wholes = facts.of(code, [Subject(about.place), Subject(cluster=about.cluster)])
            used += wholes
            known = words["only bounds"] if fact.unknown else words["possible is"].format(between(fact, language))
            known = words["withheld"][fact.status] if fact.withheld else known
            context.append(_line(known, fact))
            for whole, one in zip(("in province", "in cluster"), wholes, strict=True):
                context.append(_line(words[whole].format(amount(one, language)), one))
        elif about != NL:
            share = facts.find(f"{code}_share/{about.path}")
            if share:
                used.append(share)
                context.append(_line(words["share"].format(amount(share, language)), share))
            elif not fact.allocated:
                whole = facts.get(code, NL)
                used.append(whole)
                context.append(_line(words["national"].format(figure(whole, language)), whole))
            if fact.allocated:
                context.append(Cell(text=words["allocated"]))
            elif order := facts.find(fact_id(f"{code}_rank", about)):
                used.append(order)
                context.append(_line(place(order, language, len(subjects(about.kind))), order))
        text = span(fact, language) if fact.unknown else amount(fact, language)
        head, _, tail = text.partition("\u00a0")
        if fact.at_least:
            head = figure(fact, language)
        items.append(
            KeyFigure(
                label=label(code, language),
                figure=head,
                unit=tail,
                context=context,
                fact=fact.fact_id,
                value=in_prose(fact),
            )
        )
    return KeyFigures(language=language, facts=ids(used), items=items)


def ranking(teller: Teller, title: str, code: str, among: list[Subject]) -> Chart:
    """A bar chart of one indicator over subjects of one kind, high to low, this subject in dark."""
    facts, language, words = teller.facts, teller.language, WORDS[teller.language]
    kind = among[0].kind
    shown = sorted(facts.of(code, among), key=_high_to_low)
    _refuse_allocated(shown, "an order from high to low")
    own = {index for index, fact in enumerate(shown) if fact.subject == teller.about}
    texts = [_text(fact, language) for fact in shown]
    picture = charts.bars(
        [_short(fact.subject, language) for fact in shown],
        [fact.value for fact in shown],
        texts,
        own,
        left=_left(kind),
    )
    return Chart(
        language=language,
        title=title,
        short=_named(code, language),
        subtitle=words["subtitle"].format(
            label=label(code, language), per=words["per"][kind], unit=header(code, language)
        ),
        alt=_alt(
            "alt bars", teller, code, kind, [(f.subject.name(language), t) for f, t in zip(shown, texts, strict=True)]
        ),
        data=_by_subject(teller, kind, [[fact] for fact in shown], [code]),
        facts=ids([*teller.used, *shown]),
        pictures=[picture],
    )


def part_of_whole(teller: Teller, title: str, whole: str, part: str, percentage: str, among: list[Subject]) -> Chart:
    """A bar chart of a whole over subjects of one kind, with the part of it that is the potential."""
    facts, language, words = teller.facts, teller.language, WORDS[teller.language]
    kind = among[0].kind
    abouts = sorted(among, key=lambda about: _high_to_low(facts.get(whole, about)))
    rows = [[facts.get(code, about) for code in (whole, part, percentage)] for about in abouts]
    _refuse_allocated([fact for row in rows for fact in row], "an order from high to low")
    own = {index for index, about in enumerate(abouts) if about == teller.about}
    signs = [-1 if row[1].indicator == "co2_reduction_kt" else 1 for row in rows]
    picture = charts.changes(
        [_short(about, language) for about in abouts],
        [row[0].value for row in rows],
        [sign * row[1].value for sign, row in zip(signs, rows, strict=True)],
        [f"{_text(row[0], language)} ({_signed(row[1], language)})" for row in rows],
        own,
        left=_left(kind),
    )
    subtitle = words["parts"].format(
        whole=label(whole, language),
        per=words["per"][kind],
        unit=header(whole, language),
        part=inside(label(part, language)),
    )
    texts = [
        (about.name(language), f"{_text(row[0], language)} ({_text(row[1], language)})")
        for about, row in zip(abouts, rows, strict=True)
    ]
    return Chart(
        language=language,
        title=title,
        short=_named(part, language),
        subtitle=subtitle,
        alt=_alt("alt bars", teller, whole, kind, texts),
        data=_by_subject(teller, kind, rows, [whole, part, percentage]),
        facts=ids([*teller.used, *(fact for row in rows for fact in row)]),
        pictures=[picture],
    )


def ranges(
    teller: Teller,
    title: str,
    code: str,
    among: list[Subject],
    pro_rata: bool = False,
    published: str = "",
) -> Chart:
    """What is possible of one indicator for product groups or clusters in places, in the order given: nobody is ranked.

    Where there is no estimate, the bounds alone. Beside it stands what two totals alone would give (`pro_rata`), or the
    indicator that was `published`.
    """
    language, kind = teller.language, _varies(among)
    beside = f"{code}_naive" if pro_rata else published
    names = [_varying(about, kind) for about in among]
    return _ranges(
        teller,
        title,
        [_estimate(teller, code, about, beside) for about in among],
        [name.name(language) for name in names],
        [_row_name(name, language) for name in names],
        stub=WORDS[language]["subject"][kind],
        measure=label(code, language),
        short=_named(code, language),
        own={index for index, about in enumerate(among) if about == teller.about},
        mark="pro rata" if pro_rata else "published" if published else "",
    )


def positions(teller: Teller, title: str, codes: list[str], form: str) -> Chart:
    """Which part of its province, or of its cluster (`form`), a cluster in a province may be, by one indicator a row."""
    language, about, words = teller.language, teller.about, WORDS[teller.language]
    names = [indicator(code).short[language] for code in codes]
    wholes = {"province": Subject(about.place), "cluster": Subject(cluster=about.cluster)}
    return _ranges(
        teller,
        title,
        [_estimate(teller, f"{code}_{form}", about) for code in codes],
        names,
        names,
        stub=words["indicator"],
        measure=words["part of"][form].format(**{name: whole.name(language) for name, whole in wholes.items()}),
        short=words["short"][form],
    )


def _ranges(
    teller: Teller,
    title: str,
    rows: list[tuple[Fact, Fact | None]],
    names: list[str],
    beside: list[str],
    stub: str,
    measure: str,
    short: str,
    own: set[int] = frozenset(),
    mark: str = "",
) -> Chart:
    """A chart of what is possible: a row of `_estimate` each, with its name in the table and in the picture.

    `mark` is the word for what stands beside it.
    """
    language, words = teller.language, WORDS[teller.language]
    first = rows[0][0]
    bounds = [(amount if row[0].withheld else between)(row[0], language) for row in rows]
    texts = [
        ends if row[0].unknown else f"{figure(row[0], language)} ({ends})"
        for row, ends in zip(rows, bounds, strict=True)
    ]
    picture = charts.ranges(
        beside,
        [(row[0].low, row[0].high) for row in rows],
        [row[0].value for row in rows],
        [row[1].value if row[1] else math.nan for row in rows],
        texts,
        own,
    )
    read, placed = [], " placed" if mark == "published" else ""
    for name, row, ends in zip(names, rows, bounds, strict=True):
        form = words[("alt bounds" if row[0].unknown else "alt range") + placed]
        told = form.format(name=name, value=figure(row[0], language), bounds=ends)
        told = f"{name}: {ends}" if row[0].withheld else told
        known = row[1] and not row[1].unknown
        read.append(told + (words["beside"][mark]["alt"].format(figure(row[1], language)) if known else ""))
    drawn = [words[f"ranges{placed}"]]
    drawn += [] if all(row[0].unknown for row in rows) else [words["ranges value"]]
    drawn += [words["beside"][mark]["ranges"]] if mark else []
    unit = header(first.indicator, language)
    said = {"label": measure, "unit": unit}
    return Chart(
        language=language,
        title=title,
        short=short,
        subtitle="; ".join(part.format(**said) for part in drawn),
        alt=words["alt ranges"].format(**said, rows="; ".join(read)),
        data=Data(
            stub=stub,
            columns=_estimate_columns(language, unit, first.measure.decimals, mark),
            rows=[
                Row(label=name, cells=_estimate_cells(row, language, mark), role="own" if index in own else "")
                for index, (name, row) in enumerate(zip(names, rows, strict=True))
            ],
        ),
        facts=ids([*teller.used, *(fact for row in rows for fact in row if fact)]),
        pictures=[picture],
    )


def estimates(teller: Teller, title: str, codes: list[str], about: Subject) -> Table:
    """A table of a part of the industry in a place: a row an indicator, with its estimate and what is possible."""
    language, words = teller.language, WORDS[teller.language]
    rows = [_estimate(teller, code, about) for code in codes]
    data = Data(
        stub=words["indicator"],
        columns=[Column(label=words["unit"], number=False), *_estimate_columns(language)],
        rows=[
            Row(
                label=label(code, language),
                cells=[Cell(text=header(code, language)), *_estimate_cells(row, language)],
            )
            for code, row in zip(codes, rows, strict=True)
        ],
    )
    used = ids([*teller.used, *(fact for row in rows for fact in row if fact)])
    return Table(language=language, title=title, short=words["short"]["estimates"], data=data, facts=used)


def _estimate(teller: Teller, code: str, about: Subject, beside: str = "") -> tuple[Fact, Fact | None]:
    """A fact that has bounds, and what stands beside it; None where there is not."""
    return teller.facts.get(code, about), teller.facts.find(fact_id(beside, about)) if beside else None


def _estimate_columns(language: str, unit="", decimals=None, mark="") -> list[Column]:
    words = WORDS[language]
    possible = words["possible placed" if mark == "published" else "possible"]
    names = [words["estimate"], possible, *([words["beside"][mark]["name"]] if mark else [])]
    return [Column(label=name, unit=unit, decimals=decimals) for name in names]


def _estimate_cells(row: tuple[Fact, Fact | None], language: str, mark: str = "") -> list[Cell]:
    fact, beside = row
    cells = [cell(fact, language), Cell(text=between(fact, language), fact=fact.fact_id)]
    return [*cells, cell(beside, language)] if mark else cells


def _row_name(about: Subject, language: str) -> str:
    """A name with a line to itself: of a product group its code too."""
    return f"{about.product_group} {about.name(language)}".strip()


def _varies(among: list[Subject]) -> str:
    """What differs between product groups or clusters in places: the kind of subject that tells their names apart."""
    return (
        "province"
        if len({about.place for about in among}) > 1
        else "product-group"
        if among[0].product_group
        else "cluster"
    )


def _varying(about: Subject, kind: str) -> Subject:
    """The part of a subject that differs."""
    return Subject(about.place) if kind == "province" else Subject("NL", about.cluster, about.product_group)


def multiples(teller: Teller, title: str, codes: list[str], kind: str) -> Chart:
    """Small multiples: for each indicator all subjects of the kind, high to low, with this one marked."""
    facts, about, language, words = teller.facts, teller.about, teller.language, WORDS[teller.language]
    abouts = subjects(kind)
    table = [[facts.get(code, one) for code in codes] for one in abouts]
    _refuse_allocated([fact for row in table for fact in row], "an order from high to low")
    mine = abouts.index(about)
    pictures, captions, texts = [], [], []
    for position, code in enumerate(codes):
        column = [row[position] for row in table]
        pictures.append(charts.columns([fact.value for fact in column], mine))
        captions.append(f"{indicator(code).short[language]}\n{amount(column[mine], language)}")
        texts.append((label(code, language), f"{amount(column[mine], language)}"))
    return Chart(
        language=language,
        title=title,
        short=words["short"]["side by side"].format(words["short"][kind]),
        subtitle=words["multiples"].format(kind=words["kind"][kind], name=about.name(language)),
        alt=words["alt columns"].format(
            per=words["per"][kind], name=about.name(language), rows="; ".join(f"{a}: {b}" for a, b in texts)
        ),
        data=_by_subject(teller, kind, table, codes),
        facts=ids([*teller.used, *(fact for row in table for fact in row)]),
        captions=captions,
        pictures=pictures,
    )


def profile(teller: Teller, title: str, codes: list[str], base: str = "jobs_k") -> Chart:
    """The shares of this subject in the Netherlands, one dot an indicator, with its share of jobs as a line."""
    facts, about, language, words = teller.facts, teller.about, teller.language, WORDS[teller.language]
    shares = sorted((facts.get(f"{code}_share", about) for code in codes), key=_high_to_low)
    reference = facts.get(f"{base}_share", about)
    _refuse_allocated([*shares, reference], "a comparison with the share of jobs")
    names = [label(fact.indicator.removesuffix("_share"), language) for fact in shares]
    texts = [amount(fact, language) for fact in shares]
    picture = charts.dots(
        [indicator(fact.indicator.removesuffix("_share")).short[language] for fact in shares],
        [fact.value for fact in shares],
        texts,
        reference.value,
        words["reference"].format(amount(reference, language)),
    )
    data = Data(
        stub=words["indicator"],
        columns=[Column(label=words["share of"], unit="%", decimals=1)],
        rows=[Row(label=name, cells=[cell(fact, language)]) for name, fact in zip(names, shares, strict=True)],
    )
    return Chart(
        language=language,
        title=title,
        short=words["short"]["shares"],
        subtitle=words["dots"],
        alt=words["alt dots"].format(rows="; ".join(f"{n}: {t}" for n, t in zip(names, texts, strict=True))),
        data=data,
        facts=ids([*teller.used, *shares, reference]),
        pictures=[picture],
    )


def share_bars(teller: Teller, title: str, codes: list[str]) -> Chart:
    """Bars of the shares of this subject in the Netherlands, in the order given: one indicator is not held against another."""
    facts, language, words = teller.facts, teller.language, WORDS[teller.language]
    shown = [facts.get(f"{code}_share", teller.about) for code in codes]
    names, texts = [label(code, language) for code in codes], [amount(fact, language) for fact in shown]
    picture = charts.bars(
        [indicator(code).short[language] for code in codes], [fact.value for fact in shown], texts, set(), left=178
    )
    return Chart(
        language=language,
        title=title,
        short=words["short"]["shares"],
        subtitle=words["shares bars"],
        alt=words["alt shares"].format(rows="; ".join(f"{n}: {t}" for n, t in zip(names, texts, strict=True))),
        data=Data(
            stub=words["indicator"],
            columns=[Column(label=words["share of"], unit="%", decimals=1)],
            rows=[Row(label=name, cells=[cell(fact, language)]) for name, fact in zip(names, shown, strict=True)],
        ),
        facts=ids([*teller.used, *shown]),
        pictures=[picture],
    )


def maps(teller: Teller, title: str, code: str) -> Chart:
    """An indicator by province as tiles where the provinces lie, each with its value and a bar; this province is framed."""
    facts, language, words = teller.facts, teller.language, WORDS[teller.language]
    shown = facts.of(code, provinces())
    grid = codelist("provinces").loc[[fact.place for fact in shown]]
    places = list(zip(grid.tile_row.astype(int), grid.tile_column.astype(int), grid.abbreviation, strict=True))
    texts = [figure(fact, language) for fact in shown]
    own = next((index for index, fact in enumerate(shown) if fact.subject == teller.about), None)
    unit = header(code, language)
    return Chart(
        language=language,
        title=title,
        short=_named(code, language),
        subtitle=words["tiles"].format(label=label(code, language), unit=unit),
        alt=_alt(
            "alt tiles",
            teller,
            code,
            "province",
            [(fact.subject.name(language), _text(fact, language)) for fact in shown],
        ),
        data=_by_subject(teller, "province", [[fact] for fact in shown], [code]),
        facts=ids([*teller.used, *shown]),
        pictures=[charts.tiles(places, [fact.value for fact in shown], texts, own)],
    )


def parts(teller: Teller, title: str, codes: list[str]) -> Chart:
    """What the subject and the Netherlands consist of: percentages that add to 100, a bar each."""
    facts, about, language, words = teller.facts, teller.about, teller.language, WORDS[teller.language]
    among = [about] if about == NL else [about, NL]
    table = [[facts.get(code, one) for code in codes] for one in among]
    _refuse_allocated(table[0], "a comparison with the Netherlands")
    names = [indicator(code).short[language] for code in codes]
    texts = [[f"{name}: {amount(fact, language)}" for name, fact in zip(names, row, strict=True)] for row in table]
    return Chart(
        language=language,
        title=title,
        short=words["short"]["sizes"],
        subtitle=words["size classes"],
        alt=words["alt parts"].format(
            rows=". ".join(
                f"{_capital(one.name(language))}: {'; '.join(row)}" for one, row in zip(among, texts, strict=True)
            )
        ),
        data=Data(
            stub=words["indicator"],
            columns=[Column(label=_capital(one.name(language)), unit="%", decimals=1) for one in among],
            rows=[
                Row(label=label(code, language), cells=[cell(row[position], language) for row in table])
                for position, code in enumerate(codes)
            ],
        ),
        facts=ids([*teller.used, *(fact for row in table for fact in row)]),
        pictures=[
            charts.stack(
                [_capital(one.name(language)) for one in among], [[f.value for f in row] for row in table], texts
            )
        ],
    )


def comparison(teller: Teller, title: str, codes: list[str], kind: str, without: bool = False) -> Table:
    """A table of several indicators over all subjects of a kind, with the total below, and without SBI 38."""
    facts, language, words = teller.facts, teller.language, WORDS[teller.language]
    table = [[facts.get(code, about) for code in codes] for about in subjects(kind)]
    data = _by_subject(teller, kind, table, codes)
    below = [(words["total"], [facts.get(code, NL) for code in codes])]
    if without:
        below.append((words["without"], [facts[f"{code}_without_38/nl"] for code in codes]))
    for name, row in below:
        data.rows.append(Row(label=name, cells=[cell(fact, language) for fact in row], role="total"))
    used = [fact for row in [*table, *(row for _, row in below)] for fact in row]
    return Table(
        language=language, title=title, short=words["short"][kind], data=data, facts=ids([*teller.used, *used])
    )


def overview(teller: Teller, title: str, codes: list[str]) -> Table:
    """A table of one subject: a row an indicator with its value, unit, share of the Netherlands and, if it has any, place."""
    facts, about, language, words = teller.facts, teller.about, teller.language, WORDS[teller.language]
    values = [facts.get(code, about) for code in codes]
    shared, ranks = ([facts.find(fact_id(f"{code}_{form}", about)) for code in codes] for form in ("share", "rank"))
    used = [one for row in zip(values, ranks, shared, strict=True) for one in row if one]
    columns = [
        Column(label=words["value"]),
        Column(label=words["unit"], number=False),
        Column(label=words["share of"], decimals=1),
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
    return Table(
        language=language, title=title, short=words["short"]["all"], data=data, facts=ids([*teller.used, *used])
    )


def _refuse_allocated(facts: list[Fact], shown: str) -> None:
    """Raises InputError where a chart that compares is asked for of allocated figures, which tell no place from another."""
    if found := [fact for fact in facts if fact.allocated]:
        raise InputError(
            f"allocated figures in {shown}",
            found=f"{found[0].fact_id} and {len(found) - 1} more" if len(found) > 1 else found[0].fact_id,
            expected="figures that were not divided over places with a key, such as those of clusters or product groups",
            remedy="use 'map', 'share_bars', 'comparison' or 'overview' of the page, which put none above another",
        )


def cell(fact: Fact, language: str, say=figure) -> Cell:
    """A fact as a table cell: printed text, full value, and the fact it is."""
    return Cell(text=say(fact, language), value=None if fact.unknown else fact.value, fact=fact.fact_id)


def _line(text: str, fact: Fact) -> Cell:
    """A fact in a line of words."""
    return Cell(text=text, value=None if fact.unknown else fact.value, fact=fact.fact_id)


def _by_subject(teller: Teller, kind: str, table: list[list[Fact]], codes: list[str]) -> Data:
    """Data with a row a subject and a column an indicator.

    In a column where some figures are exact, the others are told as their interval: `12,0` would look surer than `12`.
    """
    language = teller.language
    says = [between if any(fact.low == fact.high for fact in column) else figure for column in zip(*table, strict=True)]
    return Data(
        stub=WORDS[language]["subject"][kind],
        columns=[
            Column(label=label(code, language), unit=header(code, language), decimals=indicator(code).decimals)
            for code in codes
        ],
        rows=[
            Row(
                label=row[0].subject.name(language),
                cells=[cell(fact, language, say) for fact, say in zip(row, says, strict=True)],
                role="own" if row[0].subject == teller.about else "",
            )
            for row in table
        ],
    )


def _alt(form: str, teller: Teller, code: str, kind: str, rows: list[tuple[str, str]]) -> str:
    """Alternative text that gives every value: what a reader who sees the picture could read off it."""
    language = teller.language
    words = WORDS[language]
    return words[form].format(
        label=label(code, language),
        per=words["per"][kind],
        unit=header(code, language),
        rows="; ".join(f"{name} {text}" for name, text in rows),
    )


def _high_to_low(fact: Fact) -> float:
    """Sorts the highest value first and a missing one last."""
    return math.inf if fact.unknown else -fact.value


def _text(fact: Fact, language: str) -> str:
    """A value in a chart: the number, or in a word that it is unknown, for a lone sign would be overlooked there."""
    return amount(fact, language) if fact.unknown else figure(fact, language)


def _named(code: str, language: str) -> str:
    """The short name of an indicator, whatever its form."""
    return indicator(base(code)).short[language]


def _capital(text: str) -> str:
    """A name as it begins a line."""
    return text[:1].upper() + text[1:]


def _signed(fact: Fact, language: str) -> str:
    """A potential as the source prints it: what comes on top with a plus, what goes off with a minus."""
    if fact.unknown:
        return amount(fact, language)
    sign = "−" if fact.indicator == "co2_reduction_kt" else "+"
    return sign + number(fact.value, fact.measure.decimals, language)


def _short(about: Subject, language: str) -> str:
    """A name that fits beside a bar: a product group by its code and the beginning of its name."""
    name = about.name(language)
    if about.kind == "cluster":
        return name.partition(" (")[0]
    if about.kind == "product-group":
        short = entries("product_groups")[about.product_group][f"short_{language}"]
        return f"{about.product_group} {short}"
    return name


def _left(kind: str) -> int:
    return {"province": 106, "cluster": 166, "product-group": 130}[kind]
