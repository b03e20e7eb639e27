"""Sentences: templates with facts between braces, said about one subject in one language.

docs/text.md says to who writes what may stand between the braces. `{indicator}` is the fact of the subject itself as an amount
with its unit, and before a dot comes of what else a fact is:

- the path of the whole: `{whole.indicator}`
- the placeholder of a dimension with a name: `{place.here.indicator}`; without a name of what the page is about in it,
  `{place.indicator}`, and alone the name of that, `{place}`
- `{highest.kind.indicator}` and `{lowest.kind.indicator}`: the name of what has most or least, `A or B` where rounding leaves
  several

`{subject}` is the name of the subject; a dimension can have a placeholder for all its codes, and a publication some of its own.
After a colon comes another way to say it:

- `figure`   the number in the unit of the tables, without the unit
- `about`    the amount as running text rounds it, with its marks: `24 megaton CO₂`
- `place`    the place in the order: of the rank facts, and the default for them
- `versus`   higher than, lower than, or equal to the whole within rounding
- `band`     the interval that rounding leaves, or the bounds of an estimate: `77.400 tot 82.100 euro per boek`
- `name`     the name of the indicator, in running text
- `heeft|hebben`  the first word where the figure is one, the second where it is not

An allocated figure is not compared: it has no rank, no highest or lowest, is not said `versus` another, and has no `band` of
rounding. Its share of the whole can be said.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from babel.lists import format_list

from factpress.dimensions import Dimension, Subject, fact_id, of_whole, subject, subjects
from factpress.errors import InputError, UnknownName
from factpress.facts import ALLOCATED, INDICATOR, Fact, Facts
from factpress.placeholders import Absent, Piece, Unfit, WrongPlaceholder, meant, pieces
from factpress.wording.figures import amount, band, figure, in_prose, inside, is_place, place, roughly, versus
from factpress.wording.shapes import EXTREMES, all_codes, in_templates, shapes

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
#: The words after a colon that say a fact in another way.
FORMS = ("about", "figure", "place", "versus", "band", "name")


class Names(str):
    """Names in a sentence of which one is meant, `A, B of C`, and `marks` of which fact names each."""

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
    """Says templates about one subject in one language, and remembers which facts it used.

    `names` are placeholders of names that only the publication knows: each gives them, or nothing where there are none here.
    """

    def __init__(
        self, facts: Facts, about: Subject, language: str, names: Mapping[str, Callable[[], str]] = MappingProxyType({})
    ):
        self.facts, self.about, self.language, self.names = facts, about, language, names
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

    def check(self, template: str, needed: bool = True, extra: Mapping[str, str] = MappingProxyType({})) -> None:
        """That every placeholder of a template is one, also after a fact without a value. Raises WrongPlaceholder.

        Figures that there are not of this subject are only looked for where it comes to them: where the template is `needed`,
        and before a fact without a value, for which other words are said.
        """
        for piece in pieces(template, self.language):
            try:
                value = self._filled(piece, template, extra)
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
        if field in all_codes():
            return format_list(all_codes()[field].codes(), locale=self.language)
        if field == "subject":
            return self.about.name(self.language)
        if field in self.names:
            if named := self.names[field]():
                return named
            raise Absent(
                f"no {field.replace('_', ' ').removesuffix('s')} is registered here",
                'a page with one, as in a note that needs="..." its figure',
            )
        known = shapes()
        if first not in known:
            if rest:
                raise Unfit(
                    "unknown placeholder", f"before the first dot one of {', '.join(known)}", meant(field, 0, known)
                )
            return self._fact(field, self.about, ["subject", *all_codes(), *self.names, *extra])
        if len(rest) not in known[first].parts:
            raise Unfit("unknown placeholder", known[first].said)
        if first == of_whole("path"):
            return self._fact(field, Subject())
        if first in EXTREMES:
            return self._extreme(field)
        return self._of_dimension(field, known[first].dimension, rest)

    def _of_dimension(self, field: str, one: Dimension, rest: list[str]) -> Fact | str:
        """The fact of what a placeholder of a dimension names, or of what the page is about in it; or the name of that."""
        if len(rest) == 2:
            codes = {one.dimension: self._named(one.path, field).codes[one.dimension]}
            here = {one.within: self.about.codes[one.within]} if one.within else {}
            return self._fact(field, Subject(**here, **codes))
        own = Subject(**{one.dimension: self.about.codes[one.dimension]})
        if own.is_whole:
            raise Unfit(
                f"this page is not about a {one.placeholder}", f"{{{one.placeholder}.name.indicator}}, or {{subject}}"
            )
        return self._fact(field, own) if rest else own.name(self.language).partition(" (")[0]

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
        """Why this is not said of an allocated figure, and what is: the figure itself, or its share of the total."""
        instead = f"the figure, {{{field}}}"
        if fact_id(f"{fact.indicator}_share", fact.subject) in self.facts:
            instead += f", or its share of the total, {{{field}_share}}"
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
        if form == "place" and not is_place(value):
            raise Unfit("only a rank is said as a place", "an indicator that ends in _rank")
        if form == "versus" and fact_id(value.indicator, Subject()) not in self.facts:
            raise Absent(f"no such figure of {of_whole('name', 'en')} to compare with", "another way to say it")

    def _words(self, value: Fact | str, form: str) -> str:
        """A value in the form that the placeholder asks for."""
        if "|" in form:
            return form.split("|")[0 if in_prose(value) == 1 else 1]
        if not isinstance(value, Fact):
            return str(value)
        if form in ("about", "figure"):
            return (roughly if form == "about" else figure)(value, self.language)
        if form == "versus":
            return versus(value, self._use(self.facts.get(value.indicator, Subject())), self.language)
        if form == "band":
            return band(value, self.language)
        if form == "name":
            return inside(value.measure.label[self.language])
        if is_place(value):
            return place(value, self.language, len(subjects(value.subject.kind)))
        return amount(value, self.language)

    def _use(self, fact: Fact) -> Fact:
        self.used.append(fact)
        return fact

    def _extreme(self, field: str) -> Fact | Names:
        """The names of what has most or least; where none of it is known, a fact that says so."""
        which, kind, code = field.split(".")
        ranked = [one.path for one in in_templates()]
        if kind not in ranked:
            raise Unfit("unknown kind of subject", f"one of {', '.join(ranked)}", meant(field, 1, ranked))
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
