"""Charts of shares: of the subject in the whole, and of what it consists of."""

from factpress import charts
from factpress.blocks import Chart, Column, Data, Row
from factpress.dimensions import Subject, of_whole
from factpress.errors import InputError
from factpress.exhibits.cells import capital, cell, high_to_low, refuse_allocated
from factpress.facts import ids
from factpress.indicators import indicator
from factpress.texts import texts
from factpress.wording import Teller, amount, header, inside, label, roughly

WORDS = texts(__name__)
#: Where the axis of shares has a tick, in percent.
TICKS = (0, 25, 50, 75, 100)


def profile(teller: Teller, title: str, codes: list[str], base: str) -> Chart:
    """The shares of this subject in the whole, one dot an indicator, with its share of another (`base`) as a line."""
    facts, about, language, words = teller.facts, teller.about, teller.language, WORDS[teller.language]
    shares = sorted((facts.get(f"{code}_share", about) for code in codes), key=high_to_low)
    reference = facts.get(f"{base}_share", about)
    refuse_allocated([*shares, reference], "a comparison with another share")
    measured = inside(label(base, language))
    names = [label(fact.indicator.removesuffix("_share"), language) for fact in shares]
    texts = [amount(fact, language) for fact in shares]
    picture = charts.dots(
        [indicator(fact.indicator.removesuffix("_share")).short[language] for fact in shares],
        [fact.value for fact in shares],
        texts,
        reference.value,
        words["reference"].format(measured, amount(reference, language)),
        ticks=[(at, f"{at}%") for at in TICKS],
    )
    data = Data(
        stub=words["indicator"],
        columns=[Column(label=words["share"].format(of_whole("share_of", language)), unit="%", decimals=1)],
        rows=[Row(label=name, cells=[cell(fact, language)]) for name, fact in zip(names, shares, strict=True)],
    )
    return Chart(
        language=language,
        title=title,
        short=words["shares"],
        subtitle=words["dots"].format(of_whole("share_of_total", language), measured),
        alt=words["alt dots"].format(
            of=of_whole("share_of_full", language),
            rows="; ".join(f"{n}: {t}" for n, t in zip(names, texts, strict=True)),
        ),
        data=data,
        facts=ids([*teller.used, *shares, reference]),
        pictures=[picture],
    )


def share_bars(teller: Teller, title: str, codes: list[str]) -> Chart:
    """Bars of the shares of this subject in the whole, in the order given: one indicator is not held against another."""
    facts, language, words = teller.facts, teller.language, WORDS[teller.language]
    shown = [facts.get(f"{code}_share", teller.about) for code in codes]
    names, texts = [label(code, language) for code in codes], [amount(fact, language) for fact in shown]
    picture = charts.bars(
        [indicator(code).short[language] for code in codes], [fact.value for fact in shown], texts, set(), left=178
    )
    return Chart(
        language=language,
        title=title,
        short=words["shares"],
        subtitle=words["share"].format(of_whole("share_of_total", language)),
        alt=words["alt shares"].format(
            of=of_whole("share_of_full", language),
            rows="; ".join(f"{n}: {t}" for n, t in zip(names, texts, strict=True)),
        ),
        data=Data(
            stub=words["indicator"],
            columns=[Column(label=words["share"].format(of_whole("share_of", language)), unit="%", decimals=1)],
            rows=[Row(label=name, cells=[cell(fact, language)]) for name, fact in zip(names, shown, strict=True)],
        ),
        facts=ids([*teller.used, *shown]),
        pictures=[picture],
    )


def against(teller: Teller, title: str, codes: list[str]) -> Chart:
    """Bars of figures of this subject on one scale from zero: the others are held against the last.

    Raises InputError where they have not all one unit.
    """
    language, words = teller.language, WORDS[teller.language]
    shown = [teller.facts.get(code, teller.about) for code in codes]
    if len(units := dict.fromkeys(fact.unit for fact in shown)) > 1:
        raise InputError("figures on one scale have other units", found=", ".join(units), expected="one unit")
    names, texts = [label(code, language) for code in codes], [roughly(fact, language) for fact in shown]
    short = [indicator(code).short[language] for code in codes]
    picture = charts.bars(short, [fact.value for fact in shown], texts, {len(shown) - 1}, left=178, right=118)
    return Chart(
        language=language,
        title=title,
        short=words["against"],
        subtitle=words["one scale"].format(header(codes[0], language)),
        alt=words["alt against"].format(rows="; ".join(f"{n}: {t}" for n, t in zip(names, texts, strict=True))),
        data=Data(
            stub=words["indicator"],
            columns=[Column(label=words["value"], unit=header(codes[0], language), decimals=shown[0].measure.decimals)],
            rows=[Row(label=name, cells=[cell(fact, language)]) for name, fact in zip(names, shown, strict=True)],
        ),
        facts=ids([*teller.used, *shown]),
        pictures=[picture],
    )


def parts(teller: Teller, title: str, codes: list[str], short: str, subtitle: str) -> Chart:
    """What the subject and the whole consist of: percentages that add to 100, a bar each."""
    facts, about, language, words = teller.facts, teller.about, teller.language, WORDS[teller.language]
    among = [about] if about.is_whole else [about, Subject()]
    table = [[facts.get(code, one) for code in codes] for one in among]
    refuse_allocated(table[0], "a comparison with the whole")
    names = [indicator(code).short[language] for code in codes]
    texts = [[f"{name}: {amount(fact, language)}" for name, fact in zip(names, row, strict=True)] for row in table]
    return Chart(
        language=language,
        title=title,
        short=short,
        subtitle=subtitle,
        alt=words["alt parts"].format(
            rows=". ".join(
                f"{capital(one.name(language))}: {'; '.join(row)}" for one, row in zip(among, texts, strict=True)
            )
        ),
        data=Data(
            stub=words["indicator"],
            columns=[Column(label=capital(one.name(language)), unit="%", decimals=1) for one in among],
            rows=[
                Row(label=label(code, language), cells=[cell(row[position], language) for row in table])
                for position, code in enumerate(codes)
            ],
        ),
        facts=ids([*teller.used, *(fact for row in table for fact in row)]),
        pictures=[
            charts.stack(
                [capital(one.name(language)) for one in among], [[f.value for f in row] for row in table], texts
            )
        ],
    )
