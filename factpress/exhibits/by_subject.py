"""Charts of indicators over all subjects of a kind."""

from factpress import charts
from factpress.blocks import Chart
from factpress.codelists import codelist
from factpress.dimensions import Subject, dimension, dimensions, subjects
from factpress.exhibits.cells import alt, data_by_subject, high_to_low, named, refuse_allocated, short, text
from factpress.facts import Fact, ids
from factpress.indicators import indicator
from factpress.texts import texts
from factpress.wording import Teller, amount, figure, header, inside, label, number

WORDS = texts(__name__)


def ranking(teller: Teller, title: str, code: str, among: list[Subject]) -> Chart:
    """A bar chart of one indicator over subjects of one kind, high to low, this subject in dark."""
    facts, language, words = teller.facts, teller.language, WORDS[teller.language]
    kind = among[0].kind
    shown = sorted(facts.of(code, among), key=high_to_low)
    refuse_allocated(shown, "an order from high to low")
    own = {index for index, fact in enumerate(shown) if fact.subject == teller.about}
    texts = [text(fact, language) for fact in shown]
    picture = charts.bars(
        [short(fact.subject, language) for fact in shown],
        [fact.value for fact in shown],
        texts,
        own,
        left=int(dimension(kind).bar_px),
    )
    return Chart(
        language=language,
        title=title,
        short=named(code, language),
        subtitle=words["subtitle"].format(
            label=label(code, language), per=dimension(kind).said("per", language), unit=header(code, language)
        ),
        alt=alt(
            words["alt bars"],
            teller,
            code,
            kind,
            [(f.subject.name(language), t) for f, t in zip(shown, texts, strict=True)],
        ),
        data=data_by_subject(teller, kind, [[fact] for fact in shown], [code]),
        facts=ids([*teller.used, *shown]),
        pictures=[picture],
    )


def part_of_whole(teller: Teller, title: str, whole: str, part: str, percentage: str, among: list[Subject]) -> Chart:
    """A bar chart of a whole over subjects of one kind, with the part of it that is the potential."""
    facts, language, words = teller.facts, teller.language, WORDS[teller.language]
    kind = among[0].kind
    abouts = sorted(among, key=lambda about: high_to_low(facts.get(whole, about)))
    rows = [[facts.get(code, about) for code in (whole, part, percentage)] for about in abouts]
    refuse_allocated([fact for row in rows for fact in row], "an order from high to low")
    own = {index for index, about in enumerate(abouts) if about == teller.about}
    sign = -1 if indicator(whole).direction == "down" else 1  # of what had better be less, the potential goes off
    picture = charts.changes(
        [short(about, language) for about in abouts],
        [row[0].value for row in rows],
        [sign * row[1].value for row in rows],
        [f"{text(row[0], language)} ({_signed(row[2], sign, language)})" for row in rows],
        own,
        left=int(dimension(kind).bar_px),
    )
    subtitle = words["goes off" if sign < 0 else "comes on"].format(
        whole=label(whole, language),
        per=dimension(kind).said("per", language),
        unit=header(whole, language),
        part=inside(label(part, language)),
    )
    texts = [
        (about.name(language), f"{text(row[0], language)} ({text(row[1], language)})")
        for about, row in zip(abouts, rows, strict=True)
    ]
    return Chart(
        language=language,
        title=title,
        short=named(part, language),
        subtitle=subtitle,
        alt=alt(words["alt bars"], teller, whole, kind, texts),
        data=data_by_subject(teller, kind, rows, [whole, part, percentage]),
        facts=ids([*teller.used, *(fact for row in rows for fact in row)]),
        pictures=[picture],
    )


def multiples(teller: Teller, title: str, codes: list[str], kind: str) -> Chart:
    """Small multiples: for each indicator all subjects of the kind, high to low, with this one marked."""
    facts, about, language, words = teller.facts, teller.about, teller.language, WORDS[teller.language]
    about_kind, abouts = dimension(kind), subjects(kind)
    table = [[facts.get(code, one) for code in codes] for one in abouts]
    refuse_allocated([fact for row in table for fact in row], "an order from high to low")
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
        short=words["side by side"].format(about_kind.said("plural", language)),
        subtitle=words["multiples"].format(kind=inside(about_kind.said("name", language)), name=about.name(language)),
        alt=words["alt columns"].format(
            per=about_kind.said("per", language),
            name=about.name(language),
            rows="; ".join(f"{a}: {b}" for a, b in texts),
        ),
        data=data_by_subject(teller, kind, table, codes),
        facts=ids([*teller.used, *(fact for row in table for fact in row)]),
        captions=captions,
        pictures=pictures,
    )


def maps(teller: Teller, title: str, code: str) -> Chart:
    """An indicator by place as tiles where places lie, each with its value and a bar; this place is framed.

    They are the codes of the first dimension whose list says where the tile of each is.
    """
    facts, language, words = teller.facts, teller.language, WORDS[teller.language]
    mapped = next(one for one in dimensions().values() if one.path and "tile_row" in codelist(one.list))
    shown, grid = facts.of(code, subjects(mapped.path)), codelist(mapped.list)
    places = list(zip(grid.tile_row.astype(int), grid.tile_column.astype(int), grid.abbreviation, strict=True))
    texts = [figure(fact, language) for fact in shown]
    own = next((index for index, fact in enumerate(shown) if fact.subject == teller.about), None)
    unit = header(code, language)
    return Chart(
        language=language,
        title=title,
        short=named(code, language),
        subtitle=words["tiles"].format(label=label(code, language), unit=unit),
        alt=alt(
            words["alt tiles"],
            teller,
            code,
            mapped.path,
            [(fact.subject.name(language), text(fact, language)) for fact in shown],
        ),
        data=data_by_subject(teller, mapped.path, [[fact] for fact in shown], [code]),
        facts=ids([*teller.used, *shown]),
        pictures=[charts.tiles(places, [fact.value for fact in shown], texts, own)],
    )


def _signed(fact: Fact, sign: int, language: str) -> str:
    """Return a percentage that comes on top with a plus, one that goes off with a minus; with a decimal if it is not whole."""
    if fact.unknown:
        return amount(fact, language)
    whole = fact.value == round(fact.value)
    return ("−" if sign < 0 else "+") + number(fact.value, 0 if whole else 1, language) + "%"
