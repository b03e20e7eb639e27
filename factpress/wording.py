"""Wording: facts in Dutch and English. The only place that rounds.

A template is text with facts between braces; docs/text.md says the same to who writes one.
`{jobs_k}` is the fact of the subject itself as an amount with its unit,
`{nl.jobs_k}` that of the Netherlands, `{province.zeeland.jobs_k}` that of a province, `{highest.cluster.jobs_k}` the name of
the cluster that has most (`A of B` where rounding leaves several), `{group.24.jobs_k}` the fact of a product group,
`{cluster.materialen.co2_kt}` that of a cluster in this place. Of a cluster in a province `{province}` and `{cluster}` are the
names of both, `{province.jobs_k}` and `{cluster.jobs_k}` facts of them. `{subject}` is the name of the subject, `{groups}` the
SBI codes of all product groups, `{point_sources}` the names of the point sources that `co2_point_sources_kt` adds up.
After a colon comes another way to say it:

- `figure`   the number in the unit of the tables, without the unit
- `place`    the place in the order: of the rank facts, and the default for them
- `versus`   higher than, lower than, or equal to the Netherlands within rounding
- `band`     the interval that rounding leaves, or the bounds of an estimate: `77.400 tot 82.100 euro per baan`
- `name`     the name of the indicator, in running text
- `heeft|hebben`  the first word where the figure is one, the second where it is not

An allocated figure is not compared: it has no rank, no highest or lowest, is not said `versus` another, and has no `band` of
rounding. Its share of the national total can be said.
"""

import math
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from itertools import count

from babel import Locale
from babel.lists import format_list
from babel.numbers import NumberPattern, parse_pattern

from factpress.codelists import entries
from factpress.dimensions import Subject, fact_id, subject, subjects
from factpress.errors import InputError, UnknownName
from factpress.facts import ALLOCATED, INDICATOR, Fact, Facts
from factpress.indicators import indicator
from factpress.placeholders import Absent, Piece, Unfit, WrongPlaceholder, meant, pieces
from factpress.texts import texts
from upcm_analysis.vocabulary.subjects import NL

#: The first words of placeholders that say of what a fact is, and the whole of each.
SHAPES = {
    "nl": "{nl.indicator}",
    "highest": "{highest.kind.indicator}",
    "lowest": "{lowest.kind.indicator}",
    "group": "{group.SBI.indicator}",
    "province": "{province}, {province.indicator} or {province.name.indicator}",
    "cluster": "{cluster}, {cluster.indicator} or {cluster.name.indicator}",
}
#: The kinds of subject of which one can be named as that with most or least; what is allocated is refused.
RANKED = ("province", "cluster", "product-group")
#: What an allocated figure is not said to be, and why.
UNORDERED = {
    "rank": "an allocated figure has no rank",
    "place": "an allocated figure has no rank",
    "highest": "of allocated figures none is said to be the highest",
    "lowest": "of allocated figures none is said to be the lowest",
    "versus": "an allocated figure is not said to be higher or lower",
    "band": "an allocated figure has no interval to tell",
}
DIVIDED = "{}, because it was divided over places with a key and does not tell one place from another"
#: Beside a figure that a check found and that stands unmended; the reader is sent to the checks.
ODD = "†"
#: The words after a colon that say a fact in another way.
FORMS = ("figure", "place", "versus", "band", "name")
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
    """The value as a table prints it, in the unit of its column; a CBS sign where there is no number, or that it is refuted."""
    if fact.unknown:
        return WORDS[language]["withheld"][fact.status] if fact.refuted else fact.sign
    if _is_place(fact) and fact.low != fact.high:
        return f"{fact.low:.0f}–{fact.high:.0f}"
    text = number(fact.value, _decimals(fact), language)
    return f"> {text}" if fact.at_least else text


def amount(fact: Fact, language: str) -> str:
    """The value with its unit, in running text: `17.000 banen`, `1 baan`, `2,8%`, `meer dan 400 abonnees`."""
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


def in_prose(fact: Fact) -> float | None:
    """The value in the unit that running text has it in: jobs by the piece where tables count in thousands."""
    return None if fact.unknown else fact.value * float(entries("units")[fact.unit]["prose_factor"])


def band(fact: Fact, language: str) -> str:
    """The interval of a fact with its unit, never wider than it is: `77.400 tot 82.100 euro per baan`."""
    if not _has_width(fact):
        return amount(fact, language)
    return _with_noun(f" {WORDS[language]['to']} ".join(_spoken(fact, language)), _many(fact, language))


def span(fact: Fact, language: str) -> str:
    """The interval of a fact with its unit where there is little room: `77.400–82.100 euro per baan`."""
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
    """Names in a sentence of which one is meant, `Groningen, Drenthe of Zeeland`, and `marks` of which fact names each."""

    marks: tuple[tuple[int, int, str], ...]

    @classmethod
    def of(cls, facts: list[Fact], language: str) -> "Names":
        """The names of what these facts are about: of their ranks, which say why they are named."""
        names = [fact.subject.name(language, running=True) for fact in facts]
        said = cls(format_list(names, style="or", locale=language))
        starts, at = [], 0
        for name in names:
            starts.append(said.index(name, at))
            at = starts[-1] + len(name)
        said.marks = tuple(
            (start, start + len(name), fact.fact_id) for start, name, fact in zip(starts, names, facts, strict=True)
        )
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


def _unsaid(value, form: str) -> bool:
    """Whether this is a fact without a value, for which there are no words in this form."""
    if not isinstance(value, Fact) or not value.unknown:
        return False
    return form not in ("versus", "name") and not (form == "band" and value.bounded)


class UnknownFact(InputError):
    """A template needs a fact of which there is no value; a sentence can have other words for that."""

    def __init__(self, fact: Fact, template: str):
        self.fact = fact
        super().__init__(
            f"a sentence needs a fact that is unknown, refuted or confidential: {fact.fact_id}",
            found=template,
            expected="a value",
            remedy="give the sentence words for it, unknown={'nl': ..., 'en': ...}, or leave the fact out",
        )


class Teller:
    """Says templates about one subject in one language, and remembers which facts it used."""

    def __init__(self, facts: Facts, about: Subject, language: str, point_sources: Callable[[], str] = str):
        self.facts, self.about, self.language, self.point_sources = facts, about, language, point_sources
        self.used: list[Fact] = []
        self._values: dict[str, Fact | str] = {}

    def say(self, template: str, **extra: str) -> Said:
        """The template with its facts filled in and a capital at the start.

        Raises UnknownFact where a fact has no value to print, and WrongPlaceholder for a placeholder that is none.
        """
        text, marks = "", []
        for piece in pieces(template, self.language):
            value = self._filled(piece, template, extra)
            if _unsaid(value, piece.form):
                raise UnknownFact(value, template)
            words = self._words(value, piece.form)
            at = len(text)
            if isinstance(value, Fact) and any(sign.isdigit() for sign in words):
                marks.append((at, at + len(words), value.fact_id))
            elif isinstance(value, Names) and not piece.form:
                marks += [(at + start, at + end, fact) for start, end, fact in value.marks]
            text += words
        said = Said(text[:1].upper() + text[1:])
        said.marks = tuple(marks)
        return said

    def check(self, template: str, needed: bool = True) -> None:
        """That every placeholder of a template is one, also after a fact without a value. Raises WrongPlaceholder.

        Figures that there are not of this subject are only looked for where it comes to them: where the template is `needed`,
        and before a fact without a value, for which other words are said.
        """
        for piece in pieces(template, self.language):
            try:
                value = self._filled(piece, template, {})
            except WrongPlaceholder as wrong:
                if needed or not isinstance(wrong.unfit, Absent):
                    raise
            else:
                needed = needed and not _unsaid(value, piece.form)

    def _filled(self, piece: Piece, template: str, extra: dict[str, str]) -> Fact | str:
        """The fact, names or text that a part of a template stands for, which can be said as it asks."""
        if piece.field is None:
            return piece.literal
        try:
            value = extra[piece.field] if piece.field in extra else self._values.get(piece.field)
            if value is None:
                value = self._values[piece.field] = self._value(piece.field, extra)
            self._fitted(value, piece.field, piece.form)
            return value
        except Unfit as unfit:
            raise WrongPlaceholder(unfit, template, piece.start, piece.end, self.language) from None

    def _value(self, field: str, extra: dict[str, str]) -> Fact | str:
        """The fact, names or text that a placeholder stands for. Raises Unfit for one that is none."""
        first, *rest = field.split(".")
        if field == "groups":
            return format_list(list(entries("product_groups")), locale=self.language)
        if field == "subject":
            return self.about.name(self.language)
        if field == "point_sources":
            if named := self.point_sources():
                return named
            raise Absent(
                "no point source is registered here", 'a page with one, as in a note that needs="..." its figure'
            )
        if first not in SHAPES:
            if rest:
                raise Unfit(
                    "unknown placeholder", f"before the first dot one of {', '.join(SHAPES)}", meant(field, 0, SHAPES)
                )
            return self._fact(field, self.about, ["subject", "groups", "point_sources", *extra])
        if len(rest) not in {"nl": (1,), "province": (0, 1, 2), "cluster": (0, 1, 2)}.get(first, (2,)):
            raise Unfit("unknown placeholder", SHAPES[first])
        if first == "nl":
            return self._fact(field, NL)
        if first in ("highest", "lowest"):
            return self._extreme(field)
        if first == "group":
            return self._fact(field, self._named("product-group", field))
        if len(rest) == 2:
            named = self._named(first, field)
            return self._fact(field, named if first == "province" else Subject(self.about.place, cluster=named.cluster))
        whole = Subject(self.about.place) if first == "province" else Subject(cluster=self.about.cluster)
        if whole == NL:
            raise Unfit(f"this page is not about a {first}", f"{{{first}.name.indicator}}, or {{subject}}")
        return self._fact(field, whole) if rest else whole.name(self.language).partition(" (")[0]

    def _fact(self, field: str, about: Subject, besides: list[str] | None = None) -> Fact:
        """The fact of the indicator that a placeholder ends in; `besides` are the words that could stand in its place."""
        code = field.rpartition(".")[2]
        fact = self.facts.find(fact_id(code, about))
        if fact is None:
            self._refuse_rank(field, about)
        if fact is None and code in self.facts.indicators:
            of = "the subject of this page" if about == self.about else about.name("en")
            raise Absent(f"no such figure of {of}", "an indicator of which there is one, see facts.csv")
        if fact is None:
            known = [*self.facts.indicators_of(about), *(besides or [])]
            raise Unfit("unknown indicator", INDICATOR, meant(field, -1, known))
        return self._use(fact)

    def _refuse_rank(self, field: str, about: Subject) -> None:
        """Raises Unfit where a placeholder asks for the rank of an allocated figure."""
        named = field.removesuffix("_rank")
        fact = self.facts.find(fact_id(named.rpartition(".")[2], about)) if named != field else None
        if fact and fact.allocated:
            raise self._unordered("rank", named, fact)

    def _unordered(self, asked: str, field: str, fact: Fact) -> Unfit:
        """Why this is not said of an allocated figure, and what is: the figure itself, or its share of the national total."""
        instead = f"the figure, {{{field}}}"
        if fact_id(f"{fact.indicator}_share", fact.subject) in self.facts:
            instead += f", or its share of the national total, {{{field}_share}}"
        return Unfit(DIVIDED.format(UNORDERED[asked]), instead)

    def _named(self, kind: str, field: str) -> Subject:
        """The subject that the second part of a placeholder names."""
        try:
            return subject(kind, field.split(".")[1])
        except UnknownName:
            known = [one.slug for one in subjects(kind)]
            raise Unfit(
                f"unknown {kind.replace('-', ' ')}", f"one of {', '.join(known)}", meant(field, 1, known)
            ) from None

    def _fitted(self, value: Fact | str, field: str, form: str) -> None:
        """That a value can be said in a form. Raises Unfit where it cannot."""
        if form.count("|") > 1:
            raise Unfit("more than two words to choose from", "two, the first for one and the second for several")
        if "|" in form and not isinstance(value, Fact):
            raise Unfit("no figure to count", "a figure before the colon; names are joined by 'or', so one is meant")
        if not form or "|" in form:
            return
        if not isinstance(value, Fact):
            raise Unfit("a name is not said in another way", "nothing after the colon")
        if form not in FORMS:
            near = meant(form, 0, FORMS).strip("{}")
            raise Unfit(
                "unknown way to say a figure",
                f"after the colon {', '.join(FORMS)}, or two words between which a | stands",
                near and f"{{{field}:{near}}}",
            )
        # An estimate has bounds that tell something; of an allocated figure itself they are its rounding.
        if form in UNORDERED and value.allocated and (form != "band" or value.status == ALLOCATED):
            raise self._unordered(form, field, value)
        if form == "place" and not _is_place(value):
            raise Unfit("only a rank is said as a place", "an indicator that ends in _rank")
        if form == "versus" and fact_id(value.indicator, NL) not in self.facts:
            raise Absent("no such figure of the Netherlands to compare with", "another way to say it")

    def _words(self, value: Fact | str, form: str) -> str:
        """A value in the form that the placeholder asks for."""
        if "|" in form:
            return form.split("|")[0 if in_prose(value) == 1 else 1]
        if not isinstance(value, Fact):
            return str(value)
        if form == "figure":
            return figure(value, self.language)
        if form == "versus":
            return versus(value, self._use(self.facts.get(value.indicator, NL)), self.language)
        if form == "band":
            return band(value, self.language)
        if form == "name":
            return inside(value.measure.label[self.language])
        if _is_place(value):
            return place(value, self.language, len(subjects(value.subject.kind)))
        return amount(value, self.language)

    def _use(self, fact: Fact) -> Fact:
        self.used.append(fact)
        return fact

    def _extreme(self, field: str) -> Fact | Names:
        """The names of what has most or least; where none of it is known, a fact that says so."""
        which, kind, code = field.split(".")
        if kind not in RANKED:
            raise Unfit("unknown kind of subject", f"one of {', '.join(RANKED)}", meant(field, 1, RANKED))
        among = subjects(kind)
        own = self.facts.find(fact_id(code, among[0]))
        if own and own.allocated:
            raise self._unordered(which, f"{kind}.{among[0].slug}.{code}", own)
        order = [self.facts.find(fact_id(f"{code}_rank", about)) for about in among]
        if not all(order):
            known = [one.removesuffix("_rank") for one in self.facts.indicators_of(among[0]) if one.endswith("_rank")]
            if code in self.facts.indicators:
                raise Unfit(
                    f"no order of kind {kind} by this indicator",
                    f"an indicator that has one, such as {', '.join(known[:3]) or 'none'}",
                )
            raise Unfit("unknown indicator", INDICATOR, meant(field, -1, known))
        for fact in order:
            self._use(fact)
        count = sum(not fact.unknown for fact in order)
        at_end = [f for f in order if (f.low == 1 if which == "highest" else f.high == count)]
        return Names.of(at_end, self.language) if at_end else order[0]


def _is_place(fact: Fact) -> bool:
    return fact.unit == "place_in_order"
