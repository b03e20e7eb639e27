"""Figures in words: facts as numbers, amounts, intervals and places, in every language. The only place that rounds."""

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from itertools import count

from babel import Locale
from babel.numbers import NumberPattern, parse_pattern

from factpress.codelists import entries, lists
from factpress.facts import Fact
from factpress.indicators import indicator
from factpress.texts import texts

#: Beside a figure that a check found and that stands unmended; the reader is sent to the checks.
ODD = "†"
#: The part of an interval that lies between its ends as they are told, at least.
PART_TOLD = Decimal("0.9")
MINUS, NO_BREAK = "\u2212", "\u00a0"
WORDS = texts(__name__)


@cache
def number(value: float, decimals: int, language: str) -> str:
    """A number in the notation of a language: `1.234,5` in Dutch, `1,234.5` in English, halves away from zero.

    >>> number(-1234.56, 1, "nl"), number(1234.56, 1, "en")
    ('−1.234,6', '1,234.6')
    """
    rounded = _rounded(value, decimals)
    text = _pattern(decimals).apply(abs(rounded), Locale(language))
    return MINUS + text if rounded < 0 else text


@cache
def _pattern(decimals: int) -> NumberPattern:
    """How a number with so many decimals is written; the marks between the digits are those of the language."""
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def _rounded(value: float, decimals: int) -> float:
    """Rounded to decimals, halves away from zero."""
    # Fourteen digits first: 2.675 as a product of floats is 2.67499999999999, and would round down.
    return float(Decimal(f"{value:.14g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def figure(fact: Fact, language: str) -> str:
    """The value as a table prints it, in the unit of its column; a sign where there is no number, or that it is refuted."""
    if fact.unknown:
        return WORDS[language]["withheld"][fact.status] if fact.refuted else fact.sign
    if is_place(fact) and fact.low != fact.high:
        return f"{fact.low:.0f}–{fact.high:.0f}"
    text = number(fact.value, _decimals(fact), language)
    return f"> {text}" if fact.at_least else text


def amount(fact: Fact, language: str) -> str:
    """The value with its unit, in running text: `17.000 boeken`, `1 boek`, `2,8%`, `meer dan 400 lezers`."""
    words, unit = WORDS[language], entries("units")[fact.unit]
    if fact.unknown:
        return words["withheld"][fact.status] if fact.withheld else words["unknown"]
    factor, decimals = float(unit["prose_factor"]), _decimals(fact)
    tiny = fact.value == 0 and fact.high > 0
    if tiny:  # the upper end, in as many decimals as show that it is more than nothing, and rounded up
        decimals = max(0, math.ceil(-math.log10(fact.high))) if factor == 1 else 0
        text = number(math.ceil(round(fact.high * factor * 10**decimals, 9)) / 10**decimals, decimals, language)
    else:
        text = number(_rounded(fact.value, decimals) * factor, decimals if factor == 1 else 0, language)
    singular = text == number(1, 0, language)
    noun = unit[f"{'one' if singular else 'many'}_{language}"]
    said = _with_noun(text, noun)
    if tiny:
        return words["less than"].format(said)
    return words["more than"].format(said) if fact.at_least else said


def in_words(count: int, language: str) -> str:
    """How many there are, as running text says it: in a word from one to twelve, else in digits.

    >>> in_words(7, "nl"), in_words(13, "nl")
    ('zeven', '13')
    """
    words = WORDS[language]["numbers"]
    return words[count - 1] if 0 < count <= len(words) else number(count, 0, language)


def roughly(fact: Fact, language: str) -> str:
    """The value with its unit as running text rounds it, and its marks: `24 megaton CO₂`, `1,36 miljard euro~`, `17%`.

    Two digits that count, three where the first is a 1; from a thousand on in the unit of a thousand times as much, if there is
    one. Percentages are whole, and have one decimal below one. What is counted in thousands stays as it is printed.
    """
    if fact.unknown or is_place(fact) or fact.value == 0 or float(entries("units")[fact.unit]["prose_factor"]) != 1:
        return amount(fact, language) + marks(fact)
    value, unit = in_short(fact)
    if unit == "percent":
        text = number(value, 1 if abs(value) < 1 else 0, language)
    else:
        rounded = _to_digits(value)
        decimals = max(0, _digits(rounded) - 1 - math.floor(math.log10(abs(rounded))))
        text = number(rounded, 0 if _rounded(rounded, 0) == rounded else decimals, language)
    said = _with_noun(text, entries("units")[unit][f"{'one' if text == number(1, 0, language) else 'many'}_{language}"])
    return (WORDS[language]["more than"].format(said) if fact.at_least else said) + marks(fact)


def in_short(fact: Fact) -> tuple[float | None, str]:
    """The value in the unit that `roughly` says it in, and that unit."""
    thousands = entries("units")[fact.unit]["thousands"]
    if fact.unknown or not thousands or not fact.value or abs(_to_digits(fact.value)) < 1000:
        return in_prose(fact), fact.unit
    return fact.value / 1000, thousands


def _digits(value: float) -> int:
    """How many digits of a number count in running text."""
    return 3 if f"{abs(value):e}"[0] == "1" else 2


def _to_digits(value: float) -> float:
    """A number rounded to the digits that count in running text."""
    return _rounded(value, _digits(value) - 1 - math.floor(math.log10(abs(value))))


@cache
def legend() -> dict[str, dict[str, str]]:
    """The signs after figures with what they mean, from the code list `marks`; none where a publisher has no such list."""
    return entries("marks") if "marks" in lists() else {}


def marks(fact: Fact) -> str:
    """The signs after a figure that say what kind of figure it is, in the order of the code list `marks`; none if observed."""
    return "".join(
        mark
        for mark, row in legend().items()
        if fact.status in row["statuses"].split() or set(row["warnings"].split()) & set(fact.warnings)
    )


def in_prose(fact: Fact) -> float | None:
    """The value in the unit that running text has it in: books by the piece where tables count in thousands."""
    return None if fact.unknown else fact.value * float(entries("units")[fact.unit]["prose_factor"])


def band(fact: Fact, language: str) -> str:
    """The interval of a fact with its unit, never wider than it is: `77.400 tot 82.100 euro per boek`."""
    if not _has_width(fact):
        return amount(fact, language)
    return _with_noun(f" {WORDS[language]['to']} ".join(_spoken(fact, language)), _many(fact, language))


def span(fact: Fact, language: str) -> str:
    """The interval of a fact with its unit where there is little room: `77.400–82.100 euro per boek`."""
    if not _has_width(fact):
        return amount(fact, language)
    return _with_noun("–".join(_spoken(fact, language)), _many(fact, language))


def _spoken(fact: Fact, language: str) -> list[str]:
    """The ends of the interval of a fact, in the unit of running text."""
    factor = int(entries("units")[fact.unit]["prose_factor"])
    low, high, decimals = _inward(fact.low, fact.high, fact.measure.decimals)
    fewer = max(0, decimals - len(f"{factor}") + 1)  # of a thousand times as many, three decimals less
    return [number(end * factor, fewer, language) for end in (low, high)]


def _many(fact: Fact, language: str) -> str:
    return entries("units")[fact.unit][f"many_{language}"]


def between(fact: Fact, language: str) -> str:
    """The interval of a fact as a table prints it, never wider than it is, in the unit of its column: `384–726`."""
    return "–".join(ends(fact, language)) if _has_width(fact) else figure(fact, language)


def ends(fact: Fact, language: str) -> tuple[str, str]:
    """The ends of the interval of a fact in the unit of its column, with the digits that it has wherever it is told."""
    return within(fact.low, fact.high, fact.measure.decimals, language)


def within(low: float, high: float, decimals: int, language: str) -> tuple[str, str]:
    """The ends of an interval, with so many decimals or as many more as it takes to tell it and not more than it.

    >>> within(292.437, 771.82, 0, "en"), within(13.5, 14.5, 0, "en")
    (('293', '771'), ('13.5', '14.5'))
    """
    low, high, decimals = _inward(low, high, decimals)
    return number(low, decimals, language), number(high, decimals, language)


def _has_width(fact: Fact) -> bool:
    """Whether there is an interval to tell: with two ends, that differ."""
    return fact.bounded and not fact.at_least and fact.low != fact.high


def _inward(low: float, high: float, least: int) -> tuple[float, float, int]:
    """The ends of an interval as they are told, and with how many decimals.

    They are rounded inward, for what is told as possible must be: to the fewest decimals, and no fewer than `least`, that
    leave out no more than a tenth of the interval. Of an interval without width both ends are the same.
    """
    if low == high:
        return low, high, least
    first, last = (Decimal(f"{end:.12g}") for end in (low, high))
    for decimals in count(least):
        unit = Decimal(1).scaleb(-decimals)
        told = first.quantize(unit, ROUND_CEILING), last.quantize(unit, ROUND_FLOOR)
        if told[1] - told[0] >= PART_TOLD * (last - first):
            return float(told[0]), float(told[1]), decimals


def _with_noun(text: str, noun: str) -> str:
    return text + ("" if noun in ("", "%") else NO_BREAK) + noun


def _decimals(fact: Fact) -> int:
    """The decimals that a value is printed with: none where it is exactly a whole number."""
    exact = fact.low == fact.high == fact.value == round(fact.value)
    return 0 if exact else fact.measure.decimals


def is_place(fact: Fact) -> bool:
    """Whether a fact is a place in an order."""
    return fact.unit == "place_in_order"


def place(fact: Fact, language: str, count: int) -> str:
    """A place in an order, as far as rounding lets it be told: `plaats 3 van 12`, `plaats 9 tot en met 11 van 12`."""
    words = WORDS[language]
    if fact.unknown:
        return words["unknown"]
    first, last = int(fact.low), int(fact.high)
    if first != last:
        return words["places"].format(first, last, count)
    if first == 1:
        return words["first"].format(count)
    if first == count:
        return words["last"].format(count)
    return words["place"].format(first, count)


def versus(fact: Fact, other: Fact, language: str) -> str:
    """How one fact compares with another: higher or lower only where their intervals do not overlap."""
    if fact.unknown or other.unknown:
        return WORDS[language]["incomparable"]
    if fact.value > other.value and fact.low >= other.high:
        return WORDS[language]["higher"]
    if fact.value < other.value and fact.high <= other.low:
        return WORDS[language]["lower"]
    return WORDS[language]["equal"]


def inside(text: str) -> str:
    """A text as it stands inside a sentence: without its capital, unless that belongs to the word."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def header(code: str, language: str) -> str:
    """The unit of an indicator as the header of a column gives it."""
    return entries("units")[indicator(code).unit][f"header_{language}"]


def label(code: str, language: str) -> str:
    """The name of an indicator, with a capital, for headers and axes."""
    return indicator(code).label[language]
