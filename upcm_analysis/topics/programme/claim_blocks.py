"""What projects claim together: the claims of a cluster, and which may count the same thing twice."""

import pandas as pd

from factpress.blocks import Cell, Column, Data, Row, Table
from factpress.dimensions import Subject
from factpress.exhibits import cell
from factpress.facts import ids
from factpress.indicators import indicator
from factpress.texts import texts
from factpress.wording import Teller, header, number

#: What the sheets of projects claim, in the order that it is read.
CLAIMS = (
    "project_co2_design_kt",
    "project_co2_life_kt",
    "project_co2_recycling_kt",
    "project_co2_unattributed_kt",
    "project_co2_kt",
    "project_value_added_meur",
)
WORDS = texts(__name__)


def claims(teller: Teller, title: str, table: pd.DataFrame) -> Table:
    """A row a project with what its sheet claims, by group of strategies; then all of the cluster together.

    What a sheet leaves open is unknown, and so is a sum with an unknown part. Each is said to count twice with whom it may.
    """
    language, words = teller.language, WORDS[teller.language]
    codes = list(CLAIMS)
    stub, double = words["projects"]
    rows, doubled = [], False
    for row in table.to_dict("records"):
        numbers = [
            Cell(
                text="." if pd.isna(row[code]) else number(row[code], 0, language),
                value=None if pd.isna(row[code]) else row[code],
            )
            for code in codes
        ]
        name = Subject(project=row["project"]).name(language)
        with_others = twice(row, language)
        doubled = doubled or bool(with_others)
        rows.append(Row(label=name, cells=[*numbers, Cell(text=with_others or words["nobody"])]))
    facts = [teller.facts.get(code, teller.about) for code in codes]
    rows.append(
        Row(
            label=words["all projects"], cells=[*(cell(fact, language) for fact in facts), Cell(text="–")], role="total"
        )
    )
    columns = [Column(label=indicator(code).short[language], unit=header(code, language), decimals=0) for code in codes]
    return Table(
        language=language,
        title=title,
        data=Data(stub=stub, columns=[*columns, Column(label=double, number=False)], rows=rows),
        facts=ids([*teller.used, *facts]),
        notes=[words["double"]] if doubled else [],
    )


def twice(row: dict, language: str) -> str:
    """The projects whose claim may be about the same as that of this one, by name and by why; nothing where there is none.

    `row` is one of `project_claims`. Who is a part of the other is not also said to be about the same product group.
    """
    nested = {"part_of": row["part_of"].split(), "parts": row["parts"].split()}
    known = {row["project"], *nested["part_of"], *nested["parts"]}
    named = [name for one in row["also"].split("; ") for name in one.split(", ") if name]
    groups = {"also": [name for name in dict.fromkeys(named) if name not in known], **nested}
    return "; ".join(
        WORDS[language]["why twice"][why].format(", ".join(Subject(project=name).name(language) for name in names))
        for why, names in groups.items()
        if names
    )
