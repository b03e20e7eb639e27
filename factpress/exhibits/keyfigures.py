"""Key figures: facts of the subject, each in proportion."""

from factpress.blocks import Cell, KeyFigure, KeyFigures, Line
from factpress.dimensions import Subject, dimension, fact_id, of_whole, subjects
from factpress.exhibits.cells import line
from factpress.facts import Fact, ids
from factpress.publisher import publisher
from factpress.texts import texts
from factpress.wording import Teller, amount, between, figure, in_prose, in_short, label, place, roughly, span

WORDS = texts(__name__)


def key_figures(teller: Teller, codes: list[str]) -> KeyFigures:
    """A strip of the subject's facts, each with its share of the whole (or the value of that) and its place in the order.

    What was allocated does not stand beside the whole and has no place: it says that it was allocated. A part in a place has
    what is possible instead, and the figures of all of that place and of all of that part.
    """
    facts, about, language = teller.facts, teller.about, teller.language
    items, used = [], []
    for code in codes:
        fact = facts.get(code, about)
        found, context = _in_proportion(teller, fact)
        used += [fact, *found]
        said = span(fact, language) if fact.unknown else amount(fact, language)
        head, _, tail = said.partition("\u00a0")
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


def tiles(teller: Teller, lines: dict[str, dict[str, tuple | None]]) -> KeyFigures:
    """Key figures of the subject in lines, as running text rounds them; beside each the words that are said of it.

    `lines` are by name; of each indicator what is said and the teller that said it, or None.
    """
    items, used = [], []
    for code, words in (pair for of_line in lines.values() for pair in of_line.items()):
        fact = teller.facts.get(code, teller.about)
        head, _, tail = roughly(fact, teller.language).partition("\u00a0")
        context = [Cell(text=words[0])] if words else []
        used += [fact, *(words[1].used if words else [])]
        items.append(
            KeyFigure(
                label=label(code, teller.language), figure=head, unit=tail, context=context, fact=fact.fact_id,
                value=in_short(fact)[0],
            )
        )  # fmt: skip
    counts = [Line(label=name, count=len(line)) for name, line in lines.items()]
    return KeyFigures(language=teller.language, facts=ids(used), items=items, lines=counts)


def _in_proportion(teller: Teller, fact: Fact) -> tuple[list[Fact], list[Cell]]:
    """What stands beside a figure: the other facts, and the lines that give them; nothing beside one of the whole."""
    if teller.about.is_whole:
        return [], []
    return (_in_wholes if len(teller.about.parts) > 1 else _in_whole)(teller, fact)


def _in_wholes(teller: Teller, fact: Fact) -> tuple[list[Fact], list[Cell]]:
    """The figures of the place and of the part that a part in a place is of, and the lines that give what is possible."""
    language, words = teller.language, WORDS[teller.language]
    own = publisher().words(language)["figures"]
    wholes = teller.facts.of(fact.indicator, teller.about.wholes)
    known = own["only bounds"] if fact.unknown else own["possible is"].format(between(fact, language))
    known = own[fact.status] if fact.withheld else known
    context = [line(known, fact)]
    for one in wholes:
        entire = dimension(one.subject.kind).said("entire", language)
        context.append(line(words["beside"].format(entire, amount(one, language)), one))
    return wholes, context


def _in_whole(teller: Teller, fact: Fact) -> tuple[list[Fact], list[Cell]]:
    """The share of a figure in the whole, or the value of that, and its place; with the lines that give them."""
    facts, about, language, words = teller.facts, teller.about, teller.language, WORDS[teller.language]
    used, context = [], []
    share = facts.find(f"{fact.indicator}_share/{about.path}")
    if share:
        used.append(share)
        context.append(line(words["share"].format(amount(share, language), of_whole("part_of", language)), share))
    elif not fact.allocated:
        whole = facts.get(fact.indicator, Subject())
        used.append(whole)
        context.append(line(words["beside"].format(of_whole("beside", language), figure(whole, language)), whole))
    if fact.allocated:
        context.append(Cell(text=words["allocated"]))
    elif order := facts.find(fact_id(f"{fact.indicator}_rank", about)):
        used.append(order)
        context.append(line(place(order, language, len(subjects(about.kind))), order))
    return used, context
