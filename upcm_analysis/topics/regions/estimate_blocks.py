"""Blocks: what is possible of parts of the industry in places, and where there is one the estimate.

Nobody is ranked: rows stand in the order given.
"""

import math

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, Row, Table
from factpress.dimensions import Subject, dimension, fact_id
from factpress.exhibits.cells import cell, named, ticks
from factpress.facts import Fact, ids
from factpress.indicators import indicator
from factpress.texts import texts
from factpress.wording import Teller, amount, between, figure, header, label

WORDS = texts(__name__)


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
        stub=dimension(kind).said("name", language),
        measure=label(code, language),
        short=named(code, language),
        own={index for index, about in enumerate(among) if about == teller.about},
        mark="pro rata" if pro_rata else "published" if published else "",
    )


def positions(teller: Teller, title: str, codes: list[str], form: str) -> Chart:
    """Which part of its province, or of its cluster (`form`), a cluster in a province may be, by one indicator a row."""
    language, about, words = teller.language, teller.about, WORDS[teller.language]
    names = [indicator(code).short[language] for code in codes]
    part = dimension(form.removeprefix("of_"))
    whole = Subject(**{part.dimension: about.codes[part.dimension]})
    return _ranges(
        teller,
        title,
        [_estimate(teller, f"{code}_{form}", about) for code in codes],
        names,
        names,
        stub=words["indicator"],
        measure=words["part of"].format(whole.name(language)),
        short=part.said("part", language),
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
    reached = [size for row in rows for fact in row if fact for size in (fact.high, fact.value)]
    picture = charts.ranges(
        beside,
        [(row[0].low, row[0].high) for row in rows],
        [row[0].value for row in rows],
        [row[1].value if row[1] else math.nan for row in rows],
        texts,
        own,
        ticks(reached, first.unit, language),
    )
    drawn = [_by(mark, language)["ranges"]]
    drawn += [] if all(row[0].unknown for row in rows) else [words["ranges value"]]
    drawn += [words["beside"][mark]["ranges"]] if mark else []
    unit = header(first.indicator, language)
    said = {"label": measure, "unit": unit}
    return Chart(
        language=language,
        title=title,
        short=short,
        subtitle="; ".join(part.format(**said) for part in drawn),
        alt=words["alt ranges"].format(**said, rows=_alt(names, rows, bounds, language, mark)),
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


def _by(mark: str, language: str) -> dict[str, str]:
    """The words for what is possible: by the key, or where point sources are in place for the rest."""
    return WORDS[language]["placed" if mark == "published" else "by key"]


def _alt(names: list[str], rows: list[tuple[Fact, Fact | None]], bounds: list[str], language: str, mark: str) -> str:
    """The rows of a chart in words."""
    words, by, said = WORDS[language], _by(mark, language), []
    for name, (fact, beside), ends in zip(names, rows, bounds, strict=True):
        told = by["alt bounds" if fact.unknown else "alt range"].format(
            name=name, value=figure(fact, language), bounds=ends
        )
        told = f"{name}: {ends}" if fact.withheld else told
        known = beside and not beside.unknown
        said.append(told + (words["beside"][mark]["alt"].format(figure(beside, language)) if known else ""))
    return "; ".join(said)


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
    return Table(language=language, title=title, short=words["estimates"], data=data, facts=used)


def _estimate(teller: Teller, code: str, about: Subject, beside: str = "") -> tuple[Fact, Fact | None]:
    """A fact that has bounds, and what stands beside it; None where there is not."""
    return teller.facts.get(code, about), teller.facts.find(fact_id(beside, about)) if beside else None


def _estimate_columns(language: str, unit="", decimals=None, mark="") -> list[Column]:
    words = WORDS[language]
    names = [words["estimate"], _by(mark, language)["possible"], *([words["beside"][mark]["name"]] if mark else [])]
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
