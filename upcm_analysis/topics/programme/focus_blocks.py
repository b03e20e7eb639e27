"""The product groups of the programme's second phase: a second classification beside that of the published figures.

It does not cover the industry and its groups may overlap, so nothing of it is ever added up: no table here has a total.
"""

from factpress.blocks import Cell, Column, Data, Row, Table
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject
from factpress.exhibits.cells import short
from factpress.texts import texts
from factpress.wording import Teller
from upcm_analysis.vocabulary.subjects import clusters

NOT_STATED = "not stated"

WORDS = texts(__name__)


def projects(group: str) -> list[str]:
    """The projects that are about a product group of the second phase."""
    return _codes(entries("focus_groups")[group]["projects"])


def classifications(teller: Teller, title: str) -> Table:
    """The two classifications side by side: a row a product group of the second phase, with SBI, cluster, project and basis."""
    language, words = teller.language, WORDS[teller.language]
    listed, rows = codelist("focus_groups"), []
    for group, row in listed.iterrows():
        named = [Subject(project=name).name(language) for name in projects(group)]
        cluster = row["cluster"] if row["cluster"] != NOT_STATED else ""
        said = [
            ", ".join(_codes(row["sbi"])) or words["not stated"],
            short(Subject(cluster=cluster), language) if cluster else words["not stated"],
            "; ".join(named) or words["no project"],
            row[f"basis_{language}"],
        ]
        rows.append(Row(label=row[f"name_{language}"], cells=[Cell(text=text) for text in said]))
    stub, *names = words["columns"]
    left = [short(one, language) for one in clusters() if one.cluster not in set(listed.cluster)]
    return Table(
        language=language,
        title=title,
        data=Data(stub=stub, columns=[Column(label=name, number=False) for name in names], rows=rows),
        notes=[words["no sum"], *([words["without"].format(", ".join(left))] if left else [])],
    )


def _codes(text: str) -> list[str]:
    """The codes in a cell, apart by semicolons; none where nothing is stated."""
    return [] if text == NOT_STATED else [code.strip() for code in text.split(";") if code.strip()]
