"""Wording: facts in Dutch and English. The only place that rounds.

A template is text with facts between braces. `{jobs_k}` is the fact of the subject itself as an amount with its unit,
`{nl.jobs_k}` that of the Netherlands, `{province.zeeland.jobs_k}` that of a province, `{highest.province.jobs_k}` the name of
the province that has most (all names where rounding leaves several), `{group.24.jobs_k}` the fact of a product group,
`{cluster.materialen.co2_kt}` that of a cluster in this place. Of a cluster in a province `{province}` and `{cluster}` are the
names of both, `{province.jobs_k}` and `{cluster.jobs_k}` facts of them. `{subject}` is the name of the subject, `{groups}` the
SBI codes of all product groups.
After a colon comes another way to say it:

- `figure`   the number in the unit of the tables, without the unit
- `place`    the place in the order: of the rank facts, and the default for them
- `versus`   higher than, lower than, or equal to the Netherlands within rounding
- `band`     the interval that rounding leaves, or the bounds of an estimate: `77.000 tot 83.000 euro per baan`
- `name`     the name of the indicator, in running text
- `heeft|hebben`  the first word where the placeholder says one, the second where it says several
"""

import math
import string
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel import Locale
from babel.lists import format_list
from babel.numbers import NumberPattern, parse_pattern

from upcm_analysis.telling.facts import Fact, Facts
from upcm_analysis.words.codelists import NL, Subject, entries, indicator, subject, subjects
from upcm_analysis.words.errors import InputError

MINUS, NO_BREAK = "\u2212", "\u00a0"
WORDS = {
    "nl": {
        "unknown": "onbekend",
        "suppressed": "geheim",
        "to": "tot",
        "more than": "meer dan {}",
        "less than": "minder dan {}",
        "higher": "hoger dan",
        "lower": "lager dan",
        "equal": "door afronding niet te onderscheiden van",
        "incomparable": "niet te vergelijken met",
        "place": "plaats {} van {}",
        "places": "plaats {} tot en met {} van {} (door afronding)",
        "first": "plaats 1 van {} (het hoogst)",
        "last": "plaats {0} van {0} (het laagst)",
    },
    "en": {
        "unknown": "unknown",
        "suppressed": "confidential",
        "to": "to",
        "more than": "more than {}",
        "less than": "less than {}",
        "higher": "higher than",
        "lower": "lower than",
        "equal": "not distinguishable, because of rounding, from",
        "incomparable": "not comparable with",
        "place": "rank {} of {}",
        "places": "rank {} to {} of {} (because of rounding)",
        "first": "rank 1 of {} (the highest)",
        "last": "rank {0} of {0} (the lowest)",
    },
}


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
    """The value as a table prints it, in the unit of its column; a CBS sign where there is no number."""
    if fact.unknown:
        return fact.sign
    if fact.unit == "place_in_order" and fact.low != fact.high:
        return f"{fact.low:.0f}–{fact.high:.0f}"
    text = number(fact.value, _decimals(fact), language)
    return f"> {text}" if fact.at_least else text


def amount(fact: Fact, language: str) -> str:
    """The value with its unit, in running text: `17.000 banen`, `1 baan`, `2,8%`, `meer dan 400 abonnees`."""
    words, unit = WORDS[language], entries("units")[fact.unit]
    if fact.unknown:
        return words["suppressed" if fact.suppressed else "unknown"]
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


def in_prose(fact: Fact) -> float | None:
    """The value in the unit that running text has it in: jobs by the piece where tables count in thousands."""
    return None if fact.unknown else fact.value * float(entries("units")[fact.unit]["prose_factor"])


def band(fact: Fact, language: str) -> str:
    """The interval of a fact with its unit, rounded outward: `77.000 tot 83.000 euro per baan`."""
    if not fact.bounded or fact.at_least:
        return amount(fact, language)
    return _with_noun(f" {WORDS[language]['to']} ".join(_spoken(fact, language)), _many(fact, language))


def span(fact: Fact, language: str) -> str:
    """The interval of a fact with its unit where there is little room: `77.000–83.000 euro per baan`."""
    if not fact.bounded or fact.at_least:
        return amount(fact, language)
    return _with_noun("–".join(_spoken(fact, language)), _many(fact, language))


def _spoken(fact: Fact, language: str) -> list[str]:
    """The ends of the interval of a fact, in the unit of running text."""
    factor = float(entries("units")[fact.unit]["prose_factor"])
    return [number(end * factor, fact.measure.decimals, language) for end in _ends(fact)]


def _many(fact: Fact, language: str) -> str:
    return entries("units")[fact.unit][f"many_{language}"]


def between(fact: Fact, language: str) -> str:
    """The interval of a fact as a table prints it, rounded outward, in the unit of its column: `383–726`."""
    if not fact.bounded or fact.at_least:
        return figure(fact, language)
    return "–".join(number(end, fact.measure.decimals, language) for end in _ends(fact))


def _ends(fact: Fact) -> tuple[float, float]:
    """The ends of the interval of a fact, rounded outward to the decimals of its indicator."""
    size = 10.0**fact.measure.decimals
    return math.floor(fact.low * size + 1e-9) / size, math.ceil(fact.high * size - 1e-9) / size


def _with_noun(text: str, noun: str) -> str:
    return text + ("" if noun in ("", "%") else NO_BREAK) + noun


def _decimals(fact: Fact) -> int:
    """The decimals that a value is printed with: none where it is exactly a whole number."""
    exact = fact.low == fact.high == fact.value == round(fact.value)
    return 0 if exact else fact.measure.decimals


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


class Names(str):
    """Names of subjects in a sentence, `Groningen, Drenthe en Zeeland`, and how many they are."""

    count: int

    @classmethod
    def of(cls, abouts: list[Subject], language: str) -> "Names":
        """The names of these subjects."""
        said = cls(format_list([about.name(language, running=True) for about in abouts], locale=language))
        said.count = len(abouts)
        return said


def header(code: str, language: str) -> str:
    """The unit of an indicator as the header of a column gives it."""
    return entries("units")[indicator(code).unit][f"header_{language}"]


def label(code: str, language: str) -> str:
    """The name of an indicator, with a capital, for headers and axes."""
    return indicator(code).label[language]


class Said(str):
    """What a template says, and which parts of the text print which fact: `marks` of (start, end, fact id)."""

    marks: tuple[tuple[int, int, str], ...] = ()


def _is_said(fact: Fact, form: str) -> bool:
    """Whether there are words in this form for a fact without a value."""
    return form in ("versus", "name") or (form == "band" and fact.bounded)


class UnknownFact(InputError):
    """A template needs a fact of which there is no value; a sentence can have other words for that."""

    def __init__(self, fact: Fact, template: str):
        self.fact = fact
        super().__init__(
            f"a sentence needs a fact that is unknown or confidential: {fact.fact_id}",
            found=template,
            expected="a value",
            remedy="give the sentence words for it, unknown={'nl': ..., 'en': ...}, or leave the fact out",
        )


class Teller:
    """Says templates about one subject in one language, and remembers which facts it used."""

    def __init__(self, facts: Facts, about: Subject, language: str):
        self.facts, self.about, self.language = facts, about, language
        self.used: list[Fact] = []

    def say(self, template: str, **extra: str) -> Said:
        """The template with its facts filled in and a capital at the start.

        Raises UnknownFact where a fact has no value to print, and InputError for a placeholder that is none.
        """
        text, marks = "", []
        for literal, field, form, _ in string.Formatter().parse(template):
            text += literal
            if field is None:
                continue
            value = extra[field] if field in extra else self._value(field)
            if isinstance(value, Fact) and value.unknown and not _is_said(value, form):
                raise UnknownFact(value, template)
            words = self._words(value, form)
            if isinstance(value, Fact) and any(sign.isdigit() for sign in words):
                marks.append((len(text), len(text) + len(words), value.fact_id))
            text += words
        said = Said(text[:1].upper() + text[1:])
        said.marks = tuple(marks)
        return said

    def _value(self, field: str):
        """The fact, names or text that a placeholder stands for."""
        first, *rest = field.split(".")
        if field == "groups":
            return format_list(list(entries("product_groups")), locale=self.language)
        if field == "subject":
            return self.about.name(self.language)
        if first == "nl" and len(rest) == 1:
            return self._use(self.facts.get(rest[0], NL))
        if first in ("highest", "lowest") and len(rest) == 2:
            return self._extreme(first, *rest)
        if first == "group" and len(rest) == 2:
            return self._use(self.facts.get(rest[1], Subject(product_group=rest[0])))
        if first == "province" and len(rest) == 2:
            return self._use(self.facts.get(rest[1], subject(first, rest[0])))
        if first in ("province", "cluster") and len(rest) < 2:
            whole = Subject(self.about.place) if first == "province" else Subject(cluster=self.about.cluster)
            return self._use(self.facts.get(rest[0], whole)) if rest else whole.name(self.language).partition(" (")[0]
        if first == "cluster" and len(rest) == 2:
            return self._use(self.facts.get(rest[1], Subject(self.about.place, cluster=rest[0])))
        if not rest:
            return self._use(self.facts.get(first, self.about))
        raise InputError("a placeholder that is none", found="{" + field + "}", expected=__doc__.strip())

    def _words(self, value, form: str) -> str:
        """A value in the way that the placeholder asks for."""
        if "|" in form:
            return form.split("|")[0 if self._is_one(value) else 1]
        if not isinstance(value, Fact):
            if form:
                raise InputError("a way to say a name that is none", found=form, expected="nothing after the name")
            return str(value)
        if form == "figure":
            return figure(value, self.language)
        if form == "versus":
            return versus(value, self._use(self.facts.get(value.indicator, NL)), self.language)
        if form == "band":
            return band(value, self.language)
        if form == "name":
            return inside(value.measure.label[self.language])
        if form == "place" or (not form and value.unit == "place_in_order"):
            return place(value, self.language, len(subjects(value.subject.kind)))
        if not form:
            return amount(value, self.language)
        raise InputError(
            "a way to say a fact that is none", found=form, expected="figure, place, versus, band, name or one|several"
        )

    def _is_one(self, value) -> bool:
        if isinstance(value, Names):
            return value.count == 1
        if isinstance(value, Fact):
            return value.value * float(entries("units")[value.unit]["prose_factor"]) == 1
        raise InputError(
            "neither a fact nor names to count", found=value, expected="{highest...}, {lowest...} or a fact"
        )

    def _use(self, fact: Fact) -> Fact:
        self.used.append(fact)
        return fact

    def _extreme(self, which: str, kind: str, code: str) -> str:
        order = [self._use(fact) for fact in self.facts.of(f"{code}_rank", subjects(kind))]
        count = sum(not fact.unknown for fact in order)
        at_end = [f for f in order if (f.low == 1 if which == "highest" else f.high == count)]
        return Names.of([fact.subject for fact in at_end], self.language)
