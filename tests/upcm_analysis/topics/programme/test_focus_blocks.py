"""The second classification: told beside the first, and never added up."""

import pytest

from factpress.blocks import Row
from factpress.codelists import codelist
from factpress.dimensions import Subject
from factpress.wording import Teller
from upcm_analysis.registers import sources, tables
from upcm_analysis.topics.programme import focus_blocks

GROUPS = list(codelist("focus_groups").index)


@pytest.fixture(params=["nl", "en"])
def teller(edition, request):
    return lambda: Teller(edition.facts, Subject(), request.param)


def added_up(block) -> list[str]:
    """What a table says of several subjects at once: rows that are totals, and figures of the Netherlands as a whole."""
    totals = [row.label for row in block.data.rows if row.role == "total"]
    return totals + [cell.fact for row in block.data.rows for cell in row.cells if cell.fact.endswith("/nl")]


def test_the_groups_are_those_of_the_source():
    (source,) = sources.registered("2020", "classification")
    _, rows = tables.printed(source)
    assert [row[0] for row in rows] == GROUPS


def test_all_groups_stand_beside_the_first_classification_with_their_basis(teller):
    block = focus_blocks.classifications(teller(), "T")
    assert len(block.data.rows) == len(GROUPS) and added_up(block) == []
    assert all(cell.text for row in block.data.rows for cell in row.cells)
    said = focus_blocks.WORDS[teller().language]
    assert block.notes[0] == said["no sum"] and "," in block.notes[1]  # two clusters without any group


def test_no_fact_is_about_it(edition):
    assert not edition.facts.table.fact_id.str.contains("/focus-group/").any()


def test_a_total_that_is_put_in_would_be_found(teller):
    block = focus_blocks.classifications(teller(), "T")
    block.data.rows.append(Row(label="29 + 30", cells=block.data.rows[0].cells, role="total"))
    assert added_up(block) == ["29 + 30"]
