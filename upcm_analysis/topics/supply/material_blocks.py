"""Critical materials as they are told: on which list each is, who produces it, and what it is in."""

import pandas as pd

from factpress import charts
from factpress.blocks import Cell, Chart, Column, Data, Row, Table
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject
from factpress.exhibits import cell
from factpress.exhibits.cells import ticks
from factpress.facts import Facts, ids
from factpress.languages import LANGUAGES
from factpress.texts import texts
from factpress.wording import Teller, amount, ends, figure, in_words

WORDS = texts(__name__)
#: The list that is in force.
IN_FORCE = "2024"
HHI, LARGEST, RECYCLED = "material_hhi", "material_largest_producer_pct", "material_recycling_pct"


def standing(lists: pd.DataFrame) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the headline by language, and by language how many materials are on the list: {all}, {on}, {strategic}."""
    now = lists[lists["list"] == IN_FORCE]
    on, strategic = (int((now[column] == "yes").sum()) for column in ("critical", "strategic"))
    rule = "all" if on == len(now) else "some" if on else "none"
    counts = {"all": len(now), "on": on, "strategic": strategic}
    names = {
        language: {
            name: in_words(count, language) if count else WORDS[language]["nothing"] for name, count in counts.items()
        }
        for language in LANGUAGES
    }
    return {language: WORDS[language][rule] for language in LANGUAGES}, names


def claim(teller: Teller, title: str, lists: pd.DataFrame) -> Table:
    """A row a material: what the programme calls it, whether it is on each list, and whether it is strategic."""
    language, words = teller.language, WORDS[teller.language]
    answers = lists.set_index(["material", "list"])
    years = codelist("material_lists")
    rows = []
    for material, row in codelist("materials").iterrows():
        on = [words["answers"][answers.critical.get((material, year), "")] for year in years.index]
        strategic = words["answers"][answers.strategic.get((material, IN_FORCE), "")]
        texts = [row[f"claimed_{language}"], *on, strategic]
        rows.append(Row(label=row[f"name_{language}"], cells=[Cell(text=text) for text in texts]))
    heads = [words["claimed"], *years[f"name_{language}"], words["strategic"]]
    columns = [Column(label=head, number=False) for head in heads]
    return Table(language=language, title=title, data=Data(stub=words["stub"], columns=columns, rows=rows))


def concentration(teller: Teller, title: str, facts: Facts) -> Chart:
    """A row a material: its HHI, with what rounding and countries that are not named leave open."""
    language, words = teller.language, WORDS[teller.language]
    shown = [facts.get(HHI, Subject(material=one)) for one in codelist("materials").index]
    shown = sorted(shown, key=lambda fact: -fact.value)
    names = [fact.subject.name(language) for fact in shown]
    between = [ends(fact, language) for fact in shown]
    texts = [f"{figure(fact, language)} ({low}–{high})" for fact, (low, high) in zip(shown, between, strict=True)]
    bounds, values = [(fact.low, fact.high) for fact in shown], [fact.value for fact in shown]
    axis = ticks([1.0], shown[0].unit, language)
    picture = charts.ranges(names, [*bounds], values, [float("nan")] * len(shown), texts, set(), axis, most=1.0)
    rows = [
        Row(label=name, cells=[cell(fact, language), Cell(text=low, value=fact.low), Cell(text=high, value=fact.high)])
        for name, fact, (low, high) in zip(names, shown, between, strict=True)
    ]
    said = [
        words["row"].format(name=name, value=figure(fact, language), low=low, high=high)
        for name, fact, (low, high) in zip(names, shown, between, strict=True)
    ]
    columns = [Column(label=words[name], decimals=shown[0].measure.decimals) for name in ("column", "least", "most")]
    return Chart(
        language=language,
        title=title,
        subtitle=words["hhi"],
        alt=words["alt"].format("; ".join(said)),
        data=Data(stub=words["stub"], columns=columns, rows=rows),
        facts=ids([*teller.used, *shown]),
        pictures=[picture],
    )


def profile(teller: Teller, title: str, facts: Facts, producers: pd.DataFrame, uses: pd.DataFrame) -> Table:
    """A row a material: the country that produces most, its share, the recycled part, and what the material is in."""
    language, words = teller.language, WORDS[teller.language]
    named, said = entries("producer_countries"), entries("material_uses")
    used, rows = [], []
    for material in codelist("materials").index:
        about = Subject(material=material)
        share, recycled = facts.get(LARGEST, about), facts.get(RECYCLED, about)
        used += [share, recycled]
        country = producers.country[producers.material == material].iloc[0]
        parts = "; ".join(said[use][f"name_{language}"] for use in uses.use[uses.material == material])
        cells = [
            Cell(text=named[country][f"name_{language}"]),
            cell(share, language, amount),
            cell(recycled, language, amount),
        ]
        rows.append(Row(label=about.name(language), cells=[*cells, Cell(text=parts)]))
    columns = [
        Column(label=words["producer"], number=False),
        Column(label=words["share"]),
        Column(label=words["recycled"]),
        Column(label=words["uses"], number=False),
    ]
    data = Data(stub=words["stub"], columns=columns, rows=rows)
    return Table(language=language, title=title, data=data, facts=ids([*teller.used, *used]))
