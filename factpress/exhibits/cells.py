"""Cells: facts in tables and lines of words, and what the exhibits share."""

import math
from collections.abc import Iterable

from factpress.blocks import Cell, Column, Data, Row
from factpress.dimensions import Subject, dimension
from factpress.errors import InputError
from factpress.facts import Fact
from factpress.indicators import base, indicator
from factpress.wording import Teller, amount, between, figure, header, label, number


def cell(fact: Fact, language: str, say=figure) -> Cell:
    """A fact as a table cell: printed text, full value, and the fact it is."""
    return Cell(text=say(fact, language), value=None if fact.unknown else fact.value, fact=fact.fact_id)


def line(text: str, fact: Fact) -> Cell:
    """A fact in a line of words."""
    return Cell(text=text, value=None if fact.unknown else fact.value, fact=fact.fact_id)


def data_by_subject(teller: Teller, kind: str, table: list[list[Fact]], codes: list[str]) -> Data:
    """Data with a row a subject and a column an indicator.

    In a column where some figures are exact, the others are told as their interval: `12,0` would look surer than `12`.
    """
    language = teller.language
    says = [between if any(fact.low == fact.high for fact in column) else figure for column in zip(*table, strict=True)]
    return Data(
        stub=dimension(kind).said("name", language),
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


def alt(form: str, teller: Teller, code: str, kind: str, rows: list[tuple[str, str]]) -> str:
    """Alternative text that gives every value: what a reader who sees the picture could read off it."""
    language = teller.language
    return form.format(
        label=label(code, language),
        per=dimension(kind).said("per", language),
        unit=header(code, language),
        rows="; ".join(f"{name} {text}" for name, text in rows),
    )


def ticks(shown: Iterable[float], unit: str, language: str) -> list[tuple[float, str]]:
    """Return the round values of an axis from zero to the largest that is shown, three to six of them, each with its text.

    >>> ticks([1960.0, 3718.0], "kg", "nl")
    [(0.0, '0'), (1000.0, '1.000'), (2000.0, '2.000'), (3000.0, '3.000')]
    """
    most = max((size for size in shown if size == size), default=0.0)
    if not most > 0:
        return []
    power = 10.0 ** math.floor(math.log10(most / 5))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= most / 5)
    decimals = max(0, -math.floor(math.log10(step)))
    sign = "%" if unit == "percent" else ""
    return [(at * step, number(at * step, decimals, language) + sign) for at in range(int(most / step + 1e-9) + 1)]


def refuse_allocated(facts: list[Fact], shown: str) -> None:
    """Raises InputError where a chart that compares is asked for of allocated figures: they tell no place from another."""
    if found := [fact for fact in facts if fact.allocated]:
        raise InputError(
            f"allocated figures in {shown}",
            found=f"{found[0].fact_id} and {len(found) - 1} more" if len(found) > 1 else found[0].fact_id,
            expected="figures that were not divided over places with a key",
            remedy="use 'map', 'share_bars', 'comparison' or 'overview' of the page, which put none above another",
        )


def high_to_low(fact: Fact) -> float:
    """Sorts the highest value first and a missing one last."""
    return math.inf if fact.unknown else -fact.value


def text(fact: Fact, language: str) -> str:
    """A value in a chart: the number, or in a word that it is unknown, for a lone sign would be overlooked there."""
    return amount(fact, language) if fact.unknown else figure(fact, language)


def named(code: str, language: str) -> str:
    """The short name of an indicator, whatever its form."""
    return indicator(base(code)).short[language]


def short(about: Subject, language: str) -> str:
    """A name that fits beside a bar."""
    if len(about.parts) != 1:
        return about.name(language)
    ((one, code),) = about.parts
    return one.short(code, language)


def capital(text: str) -> str:
    """A name as it begins a line."""
    return text[:1].upper() + text[1:]
