"""Messages: what a page opens with, found in its facts by rules.

A rule says when it is true and gives the words that only it knows; its sentences are in `texts.<language>.yml`, a headline and
a lead for each rule. Of a kind of page the first rule that is true speaks, and the last is true of every subject.

- a cluster: with d = share of an indicator / share of the jobs, the indicator with the largest |ln d| of those whose interval
  of d does not hold 1; never material, which counts twice along a chain. The lead says what half or more of the CO2 gain
  comes from, where that is known, or that it is the largest cluster, where it is in jobs and in value added
- a province: all its figures are allocated, so none stands out; what stands out is a registered source that contradicts them
- the whole: which product groups make up most of each of two potentials, and whether they are the same ones
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from factpress.dimensions import Subject, fact_id, subjects
from factpress.facts import Fact, Facts
from factpress.languages import LANGUAGES
from factpress.texts import texts
from factpress.wording import Names, Teller, in_words, marks, number
from upcm_analysis.vocabulary.subjects import groups_of

WORDS = texts(__name__)
#: The indicators of a cluster that can stand out, in the order of who speaks where two stand out as much.
CANDIDATES = ("co2_kt", "value_added_meur", "turnover_meur", "value_added_potential_meur", "organisations")
#: How many product groups are named as the largest part of a potential, and the part that they must be.
LARGEST, MOST = 3, 0.5
#: The gain of a cluster whose main source is named.
GAIN = "co2_reduction_kt"
#: A share is said as a fraction with no larger denominator, if it is that within so many percentage points.
DENOMINATOR, NEAR = 12, 0.5
#: Large fractions are said of a share that is within so many points of them.
LARGE, AROUND = {(1, 2): "half", (1, 3): "third", (2, 3): "two thirds"}, 5.0


@dataclass(frozen=True)
class Message:
    """The rule that speaks, and its words in each language by the placeholder that stands for them."""

    rule: str
    names: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: {one: {} for one in LANGUAGES})

    def text(self, part: str) -> dict[str, str]:
        """Return the template of its `headline` or `lead` in each language."""
        return {language: WORDS[language]["rules"][self.rule][part] for language in LANGUAGES}


def message(facts: Facts, about: Subject) -> Message:
    """Return what a page about a subject opens with."""
    return next(found for rule in RULES[about.kind] if (found := rule(facts, about)))


def said(
    facts: Facts, about: Subject, language: str, names: Mapping[str, Callable[[], str]] = MappingProxyType({})
) -> tuple[str, str]:
    """Return the headline and the lead of the page about a subject, said outside it; `names` as a teller has them."""
    found = message(facts, about)
    teller = Teller(facts, about, language, names)
    return tuple(teller.say(found.text(one)[language], **found.names[language]) for one in ("headline", "lead"))


def stands_out(facts: Facts, about: Subject) -> Message | None:
    """Return that one share of a cluster is furthest from its share of the jobs, beyond what rounding can do."""
    jobs, other = facts.get("jobs_k_share", about), furthest(facts, about)
    if not other:
        return None
    words = {"jobs": lambda language: part(jobs, language), "other": lambda language: part(other, language)}
    if other.value < jobs.value:
        return Message("less, largest" if is_largest(facts, about) else "less", _named(**words))
    if not (source := main_source(facts, about)):
        return Message("more", _named(**words))
    group, percent = source
    return Message(
        "more, mostly",
        _named(
            **words,
            group=lambda language: _one_group(group, language),
            group_part=lambda language: _percent(percent, group, language),
        ),
    )


def furthest(facts: Facts, about: Subject) -> Fact | None:
    """Return the share of a cluster that is furthest from its share of the jobs; None where rounding can explain each."""
    jobs = facts.get("jobs_k_share", about)
    shares = [facts.get(f"{code}_share", about) for code in CANDIDATES]
    if jobs.unknown:
        return None
    beyond = [one for one in shares if not one.unknown and not one.low / jobs.high <= 1 <= one.high / jobs.low]
    return max(beyond, key=lambda one: abs(math.log(one.value / jobs.value)), default=None)


def main_source(facts: Facts, about: Subject) -> tuple[Fact, float] | None:
    """Return the product group that half or more of the CO2 gain of a cluster comes from, and how many percent.

    None where it is not known which groups the cluster consists of, where it is but one, or where no group is half of it.
    """
    groups = [Subject(product_group=group) for group in groups_of(about)]
    whole, gains = facts.get(GAIN, about), [facts.get(GAIN, group) for group in groups]
    if len(groups) < 2 or whole.unknown or not whole.value:
        return None
    found = [fact for fact in gains if not fact.unknown and fact.low >= MOST * whole.high]
    return (found[0], 100 * found[0].value / whole.value) if len(found) == 1 else None


def is_largest(facts: Facts, about: Subject) -> bool:
    """Return whether a cluster has most jobs and most value added, whatever rounding leaves open."""
    ranks = [facts.get(f"{code}_rank", about) for code in ("jobs_k", "value_added_meur")]
    others = [fact for rank in ranks for fact in facts.of(rank.indicator, subjects("cluster"))]
    alone = all(fact.low > 1 for fact in others if not fact.unknown and fact.subject != about)
    return alone and all(not rank.unknown and rank.high == 1 for rank in ranks)


def even(facts: Facts, about: Subject) -> Message:
    """Return that no share of a cluster stands out."""
    jobs = facts.get("jobs_k_share", about)
    return Message("even", _named(jobs=lambda language: part(jobs, language)))


def contradicted(facts: Facts, about: Subject) -> Message | None:
    """Return that registered sources emit more than the table allocates to the whole of their province."""
    known, table = facts.known("co2_point_sources_kt", about), facts.find(fact_id("co2_kt", about))
    return Message("contradicted") if known and known.low > table.high else None


def allocated(facts: Facts, about: Subject) -> Message:
    """Return what the table allocates to a province, which sets it apart from none."""
    return Message("allocated")


def apart(facts: Facts, about: Subject) -> Message | None:
    """Return that other product groups make up most of the one potential than of the other."""
    return _potentials(facts, "apart", lambda first, second: not first & second)


def together(facts: Facts, about: Subject) -> Message | None:
    """Return that the same product groups make up most of both potentials."""
    return _potentials(facts, "together", lambda first, second: first == second)


def partly(facts: Facts, about: Subject) -> Message | None:
    """Return that some of the product groups that make up most of one potential do so of the other."""
    return _potentials(facts, "partly", lambda first, second: bool(first & second))


def spread(facts: Facts, about: Subject) -> Message:
    """Return that no few product groups make up most of the potential."""
    return Message("spread")


def _potentials(facts: Facts, rule: str, holds: Callable[[set, set], bool]) -> Message | None:
    """Return the message of a rule about the product groups with the largest part of each potential, where it holds."""
    own = []
    for code in ("co2_reduction_kt", "value_added_potential_meur"):
        found, percent = largest(facts, code)
        if not found or percent <= 100 * MOST:
            return None
        own.append((found, percent))
    (first, first_part), (second, second_part) = own
    if not holds({fact.product_group for fact in first}, {fact.product_group for fact in second}):
        return None
    return Message(
        rule,
        _named(
            first=lambda language: _groups(first, language),
            second=lambda language: _groups(second, language),
            first_part=lambda language: _percent(first_part, first[0], language),
            second_part=lambda language: _percent(second_part, second[0], language),
        ),
    )


def largest(facts: Facts, code: str) -> tuple[list[Fact], float]:
    """Return the product groups that a potential is largest of, and their part of it in percent; none where not known."""
    known = (fact for fact in facts.of(code, subjects("product-group")) if not fact.unknown)
    order, whole = sorted(known, key=lambda fact: (-fact.value, fact.fact_id)), facts.get(code, Subject())
    if whole.unknown or len(order) <= LARGEST:
        return [], math.nan
    return order[:LARGEST], 100 * sum(fact.value for fact in order[:LARGEST]) / whole.value


def where(facts: Facts, code: str) -> tuple[list[Subject], dict[str, dict[str, str]]]:
    """Return whose part of a potential is largest, and words for a title by language: `{count}` of them, `{part}` of it."""
    found, percent = largest(facts, code)
    words = _named(
        count=lambda language: in_words(LARGEST, language),
        part=lambda language: _percent(percent, found[0], language) if found else "",
    )
    return [fact.subject for fact in found], words


def _percent(percent: float, of: Fact, language: str) -> str:
    """Return a part of a figure in whole percents, with the marks of that figure."""
    return f"{number(percent, 0, language)}%{marks(of)}"


def _groups(facts: list[Fact], language: str) -> str:
    """Return product groups as running text names them."""
    names = [fact.subject.name(language, running=True) for fact in facts]
    joined = f"{', '.join(names[:-1])} {WORDS[language]['and']} {names[-1]}"
    starts = [joined.index(name) for name in names]
    said = Names(joined)
    said.marks = tuple((at, at + len(name), fact.fact_id) for at, name, fact in zip(starts, names, facts, strict=True))
    return said


def _one_group(fact: Fact, language: str) -> Names:
    """Return a product group as running text names it."""
    said = Names(fact.subject.name(language, running=True))
    said.marks = ((0, len(said), fact.fact_id),)
    return said


def _named(**words: Callable[[str], str]) -> dict[str, dict[str, str]]:
    """Return words by language, from what says each in a language."""
    return {language: {name: say(language) for name, say in words.items()} for language in LANGUAGES}


def part(share: Fact, language: str) -> Names:
    """Return a share in words: `één op de zes banen`, `zes van elke zeven kilo's CO₂`, `ruim de helft van de banen`, `9%`."""
    words = WORDS[language]
    form, given = _fraction(share.value, language)
    percent = number(share.value, 1 if share.value < 1 else 0, language)
    of = words["of"][share.indicator.removesuffix("_share")]
    said = Names(form.format(percent=percent, **given, many=of["many"], all=of["all"]))
    said.marks = ((0, len(said), share.fact_id),)
    return said


def _fraction(percent: float, language: str) -> tuple[str, dict[str, str]]:
    """Return the words for a percentage: a fraction where it is one, nearly or more than a large one, else that percentage."""
    words = WORDS[language]
    for below in range(2, DENOMINATOR + 1):
        for above in range(1, below):
            if math.gcd(above, below) == 1 and abs(percent - 100 * above / below) <= NEAR:
                if large := LARGE.get((above, below)):
                    return words["exactly"][large], {}
                given = {"above": in_words(above, language), "below": in_words(below, language)}
                return words["one in" if above == 1 else "of every"], given
    for (above, below), name in LARGE.items():
        away = percent - 100 * above / below
        if abs(away) <= AROUND:
            return words["over" if away > 0 else "nearly"][name], {}
    return words["percent"], {}


#: Of each kind of subject the rules in the order that they are tried.
RULES: dict[str, tuple[Callable[[Facts, Subject], Message | None], ...]] = {
    "national": (apart, together, partly, spread),
    "cluster": (stands_out, even),
    "province": (contradicted, allocated),
}
