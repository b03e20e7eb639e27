"""The matrix of clusters in provinces: what the distribution key leaves open of each, as a part of its province."""

from babel.lists import format_list

from factpress.blocks import Cell, Column, Data, Row, Table
from factpress.dimensions import Subject, subjects
from factpress.exhibits.cells import short
from factpress.facts import Fact, Facts, ids
from factpress.languages import LANGUAGES
from factpress.texts import texts
from factpress.wording import Teller, between, figure, label, number

WORDS = texts(__name__)


def extent(facts: Facts, code: str) -> dict[str, dict[str, str]]:
    """The words by language of how many cells have an estimate, of how many, and of which clusters; nothing where none has."""
    cells = facts.of(f"{code}_of_province", subjects("cluster-province"))
    known = [fact for fact in cells if not fact.unknown]
    clusters = [one for one in subjects("cluster") if one.cluster in {fact.cluster for fact in known}]
    return known and {
        language: {
            "known": number(len(known), 0, language),
            "all": number(len(cells), 0, language),
            "clusters": format_list([short(one, language) for one in clusters], locale=language),
        }
        for language in LANGUAGES
    }


def matrix(teller: Teller, title: str, code: str, linked: bool) -> Table:
    """A row a province, a column a cluster: the bounds of its part in percent, and the estimate if there is one.

    Provinces stand in the order of their code list, clusters too: nobody is ranked. What a source refutes says so. With
    `linked` the names of provinces and what is in cells lead to their own pages.
    """
    language, clusters = teller.language, subjects("cluster")
    rows, used = [], []
    for province in subjects("province"):
        crossings = [Subject(province.place, one.cluster) for one in clusters]
        facts = [teller.facts.get(f"{code}_of_province", one) for one in crossings]
        used += facts
        cells = [
            Cell(
                text=_part(fact, language),
                value=None if fact.unknown else fact.value,
                fact=fact.fact_id,
                span=None if fact.withheld else (fact.low, fact.high),
                href=f"cluster-province/{one.slug}" if linked else "",
            )
            for one, fact in zip(crossings, facts, strict=True)
        ]
        href = f"province/{province.slug}" if linked else ""
        rows.append(Row(label=province.name(language), href=href, cells=cells))
    heads = [short(one, language) for one in clusters]
    columns = [Column(label=head, unit="%") for head in heads]
    data = Data(stub=WORDS[language]["province"], columns=columns, rows=rows)
    return Table(
        language=language, title=title, short=label(code, language), data=data, facts=ids([*teller.used, *used])
    )


def _part(fact: Fact, language: str) -> str:
    """The bounds of a part; before them the estimate."""
    if fact.withheld:
        return figure(fact, language)
    return between(fact, language) if fact.unknown else f"{figure(fact, language)} ({between(fact, language)})"
