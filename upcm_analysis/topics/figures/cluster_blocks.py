"""A cluster beside its share of the jobs, and its product groups beside another registered source."""

from factpress.blocks import Cell, Column, Data, Row, Table
from factpress.dimensions import Subject
from factpress.exhibits import cell
from factpress.facts import Fact, Facts, ids
from factpress.languages import LANGUAGES
from factpress.texts import texts
from factpress.wording import Names, Teller, header, inside, label, number
from upcm_analysis.topics.figures.message_blocks import DENOMINATOR, furthest
from upcm_analysis.vocabulary.subjects import groups_of

WORDS = texts(__name__)
#: What the programme gives of a product group, and what Statistics Netherlands does.
OWN, OTHER = "co2_kt", "co2_cbs_2020_kt"
#: A ratio is said as a whole number, or a part of one, where it is that within so much of it.
NEAR = 0.05
#: Two sources differ where the one is more than so many times the other.
DIFFERS = 1.25


def deviation(facts: Facts, about: Subject) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the title of the shares of a cluster and its words: how far the share that stands out is from that of the jobs."""
    jobs, other = facts.get("jobs_k_share", about), furthest(facts, about)
    if not other:
        return {language: WORDS[language]["even"] for language in LANGUAGES}, {one: {} for one in LANGUAGES}

    def said(language: str) -> Names:
        """Return the title in a language, which prints the share that stands out."""
        words, form = WORDS[language], "more" if other.value > jobs.value else "less"
        bounds = (other.low / jobs.high, other.value / jobs.value, other.high / jobs.low)
        what = words["what"][other.indicator.removesuffix("_share")]
        found = Names(words[form].format(what=what, times=times(bounds, language)))
        found.marks = ((0, len(found), other.fact_id),)
        return found

    return dict.fromkeys(LANGUAGES, "{deviation}"), {language: {"deviation": said(language)} for language in LANGUAGES}


def times(bounds: tuple[float, float, float], language: str) -> str:
    """Return a ratio (lowest, itself, highest) in words: `vijf keer`, `ongeveer een twaalfde`, else `2,4 keer` or `34%`."""
    words, (low, value, high) = WORDS[language], bounds
    inverse = value < 1
    if inverse:
        low, high = 1 / high, 1 / low
    size = 1 / value if inverse else value
    whole = round(size)
    if 2 <= whole <= DENOMINATOR and abs(size - whole) <= NEAR * whole:
        exact = words["parts" if inverse else "times"][whole - 2]
        return exact if low <= whole <= high else words["about"].format(exact)
    if inverse:
        return f"{number(100 * value, 0 if value >= 0.01 else 1, language)}%"
    return words["some times"].format(number(value, 1, language))


def compared(facts: Facts, about: Subject) -> list[tuple[Fact, Fact | None]]:
    """Return what the two sources give of each product group of a cluster; none where no group of it is known to both."""
    groups = [Subject(product_group=group) for group in groups_of(about)]
    pairs = [(facts.get(OWN, group), facts.known(OTHER, group)) for group in groups]
    pairs = [pair for pair in pairs if not pair[0].unknown]
    return pairs if any(other for _, other in pairs) else []


def title_beside(pairs: list[tuple[Fact, Fact | None]]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the title of that comparison and its words: of which group the sources differ most, if they differ at all."""
    both = [(own, other) for own, other in pairs if other and own.value and other.value]
    most = max(both, key=lambda pair: max(_ratio(*pair), 1 / _ratio(*pair)), default=None)
    if not most or max(_ratio(*most), 1 / _ratio(*most)) <= DIFFERS:
        return {language: WORDS[language]["alike"] for language in LANGUAGES}, {one: {} for one in LANGUAGES}
    own, other = most
    rule = "source more" if _ratio(*most) > 1 else "source less"
    bounds = (other.low / own.high, other.value / own.value, other.high / own.low)

    names = {
        language: {"group": own.subject.name(language, running=True), "times": times(bounds, language)}
        for language in LANGUAGES
    }
    return {language: WORDS[language][rule] for language in LANGUAGES}, names


def beside(teller: Teller, title: str, pairs: list[tuple[Fact, Fact | None]]) -> Table:
    """A row a product group: what the programme gives, and what Statistics Netherlands does."""
    language, words = teller.language, WORDS[teller.language]
    rows = [
        Row(
            label=own.subject.name(language),
            cells=[cell(own, language), cell(other, language) if other else Cell(text=words["not there"])],
        )
        for own, other in pairs
    ]
    columns = [
        Column(label=name, unit=header(code, language), decimals=0)
        for name, code in zip(words["sources"], (OWN, OTHER), strict=True)
    ]
    return Table(
        language=language,
        title=title,
        short=inside(label(OWN, language)),
        data=Data(stub=words["group"], columns=columns, rows=rows),
        facts=ids([*teller.used, *(fact for pair in pairs for fact in pair if fact)]),
    )


def _ratio(own: Fact, other: Fact) -> float:
    return other.value / own.value
