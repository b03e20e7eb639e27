"""The portfolio as a chart and tables: all projects, who takes part, what they claim, and what is not known.

Each takes rows of the tables of the programme and gives one block. What no document says is an empty place.
"""

import pandas as pd

from factpress.blocks import Cell, Column, Data, Row, Table
from factpress.codelists import entries
from factpress.dimensions import Subject, fact_id
from factpress.exhibits import cell
from factpress.exhibits.cells import capital, short
from factpress.facts import Fact, ids
from factpress.indicators import indicator
from factpress.texts import texts
from factpress.wording import Teller, amount, figure, header, number
from upcm_analysis.topics.programme.claim_blocks import CLAIMS, twice
from upcm_analysis.topics.programme.claim_blocks import WORDS as COUNTED
from upcm_analysis.topics.programme.form_blocks import organisations, text_of
from upcm_analysis.vocabulary.subjects import NL, clusters

#: What is claimed, and the potential that it stands beside.
CLAIMED, POTENTIAL = "project_co2_kt", "co2_reduction_kt"
#: In how many projects an organisation is named at least, to be among those that are named most.
OFTEN = 2

WORDS = texts(__name__)


def claims(teller: Teller, title: str, table: pd.DataFrame, others: bool) -> Table:
    """A row a project with what its sheet claims and with what that may count twice; then all together, and who claims nothing.

    `table` are rows of `project_claims`, `others` says whether there are projects beside them. Only of the programme as a
    whole there is a total. What nobody says is unknown, in words.
    """
    language, words = teller.language, WORDS[teller.language]
    stub, double = words["claims"]
    rows, used, doubled = [], [], False
    for row in table.to_dict("records"):
        about = Subject(project=row["project"])
        found = [teller.facts.find(fact_id(code, about)) for code in CLAIMS]
        used += [fact for fact in found if fact]
        with_others = twice(row, language)
        doubled = doubled or bool(with_others)
        said = Cell(text=with_others or words["nobody"])
        rows.append(Row(label=about.name(language), cells=[*(_known(fact, language) for fact in found), said]))
    if teller.about == NL:
        found = [teller.facts.get(code, NL) for code in CLAIMS]
        used += found
        cells = [*(_known(fact, language) for fact in found), Cell(text="–")]
        rows.append(Row(label=words["together"], cells=cells, role="total"))
    if others:
        rows.append(Row(label=words["others"], cells=[*(Cell(text=words["unknown"]) for _ in CLAIMS), Cell(text="–")]))
    columns = [
        Column(label=head, unit=header(code, language), decimals=0)
        for head, code in zip(words["claim"], CLAIMS, strict=True)
    ]
    return Table(
        language=language,
        title=title,
        data=Data(stub=stub, columns=[*columns, Column(label=double, number=False)], rows=rows),
        facts=ids([*teller.used, *used]),
        notes=[COUNTED[language]["double"]] if doubled else [],
    )


def _known(fact: Fact | None, language: str) -> Cell:
    """A fact in a cell; in a word where it is not known, for a lone sign would be overlooked here."""
    if fact is None:
        return Cell(text=WORDS[language]["unknown"])
    return cell(fact, language, amount if fact.unknown else figure)


def beside_potential(teller: Teller, title: str, loose: bool) -> Table:
    """A row a cluster: its published potential, what projects claim, and what that says; neither is a part of the other.

    A claim above the potential is said to be that, in words. `loose` says whether there are projects of no known cluster.
    """
    language, words = teller.language, WORDS[teller.language]
    stub, says = words["beside"]
    codes, rows, used = (POTENTIAL, CLAIMED), [], []
    for about in clusters():
        found = [teller.facts.find(fact_id(code, about)) for code in codes]
        used += [fact for fact in found if fact]
        said = Cell(text=words[_verdict(*found)])
        rows.append(Row(label=short(about, language), cells=[*(_known(f, language) for f in found), said]))
    if loose:
        unknown = [Cell(text="–"), Cell(text=words["unknown"])]
        rows.append(Row(label=words["no cluster"], cells=[*unknown, Cell(text=words["no potential"])]))
    # The unit stands in the name, because on a phone a row is a list and has no header.
    columns = [
        Column(
            label=f"{capital(indicator(code).short[language])} ({header(code, language)})",
            decimals=indicator(code).decimals,
        )
        for code in codes
    ]
    return Table(
        language=language,
        title=title,
        data=Data(stub=stub, columns=[*columns, Column(label=says, number=False)], rows=rows),
        facts=ids([*teller.used, *used]),
    )


def _verdict(potential: Fact, claimed: Fact | None) -> str:
    """What a claim says beside a potential: that it is larger only where rounding leaves no doubt."""
    if claimed is None or claimed.unknown:
        return "nothing"
    if claimed.low > potential.high:
        return "more"
    return "at least" if pd.isna(claimed.high) else "claimed"


def projects(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """A row a project: its team, term, steps of the R-ladder, how many organisations, what it claims; empty where unsaid.

    The name leads to the card of a project that has one.
    """
    language, words = teller.language, WORDS[teller.language]
    rows, used = [], []
    for row in table.to_dict("records"):
        if claim := teller.facts.known(CLAIMED, Subject(project=row["project"])):
            used.append(claim)
            said = cell(claim, language, amount)
        else:
            said = Cell(text="")
        named = len(parties(row))
        cells = [
            Cell(text=Subject(team=row["team"]).name(language) if row["team"] else ""),
            Cell(text=str(row["term"])),
            Cell(text=", ".join(row["r_steps"].split())),
            Cell(text=number(named, 0, language), value=named) if named else Cell(text=""),
            said,
        ]
        rows.append(
            Row(label=Subject(project=row["project"]).name(language), href=f"project/{row['project']}", cells=cells)
        )
    made = _table(teller, title, words["projects"], rows)
    made.facts, made.notes = ids([*teller.used, *used]), [words["empty"]]
    return made


def of_cluster(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """A row a project of a cluster: what it is about, and what documents say that it does."""
    language, words = teller.language, WORDS[teller.language]
    rows = []
    for row in table.to_dict("records"):
        said = (row[f"about_{language}"], row[f"activities_{language}"])
        cells = [Cell(text=text or words["not stated"]) for text in said]
        rows.append(Row(label=Subject(project=row["project"]).name(language), cells=cells))
    return _table(teller, title, words["of cluster"], rows)


def parties(row: dict) -> list[str]:
    """The organisations that documents name with a project, each once and by one name."""
    known = entries("organisation_names")
    return list(dict.fromkeys(known[name]["organisation"] if name in known else name for name in organisations(row)))


def most_named(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """The organisations that documents name with most projects: a row each, with those projects."""
    language, words = teller.language, WORDS[teller.language]
    found = {}
    for row in table.to_dict("records"):
        for name in parties(row):
            found.setdefault(name, []).append(Subject(project=row["project"]).name(language))
    most = sorted((one for one in found.items() if len(one[1]) >= OFTEN), key=lambda one: (-len(one[1]), one[0]))
    rows = [
        Row(
            label=name,
            cells=[Cell(text=number(len(among), 0, language), value=len(among)), Cell(text="; ".join(among))],
        )
        for name, among in most
    ]
    stub, count, which = words["organisations"]
    columns = [Column(label=count, decimals=0), Column(label=which, number=False)]
    rest = number(len(found) - len(most), 0, language)
    return Table(
        language=language,
        title=title,
        data=Data(stub=stub, columns=columns, rows=rows),
        facts=ids(teller.used),
        notes=[words["others named"].format(rest)] if len(found) > len(most) else [],
    )


def team(teller: Teller, code: str, table: pd.DataFrame) -> Table:
    """What a team is for, how many projects it leads, and what each of those is about; a team without one says so."""
    language, words = teller.language, WORDS[teller.language]
    own, count = entries("teams")[code], teller.facts.get("project_count", Subject(team=code))
    rows = [
        Row(label=Subject(project=row["project"]).name(language), cells=[Cell(text=text_of(row, language, "about"))])
        for row in table[table.team == code].to_dict("records")
    ]
    said = words["leads"] if rows else words["leads none"]
    title = said.format(team=own[f"name_{language}"], projects=amount(count, language))
    made = _table(teller, title, words["team"], rows or [Row(label=words["no project"], cells=[Cell(text="–")])])
    made.facts, made.notes = ids([count]), [own[f"task_{language}"]]
    return made


def _table(teller: Teller, title: str, heads: list[str], rows: list[Row]) -> Table:
    """A table of words."""
    stub, *names = heads
    columns = [Column(label=name, number=False) for name in names]
    return Table(language=teller.language, title=title, data=Data(stub=stub, columns=columns, rows=rows))
