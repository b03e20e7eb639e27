"""The second classification: told beside the first, and never added up."""

import pytest

from factpress.blocks import Row
from factpress.codelists import codelist
from factpress.dimensions import Subject, subjects
from factpress.wording import Teller
from upcm_analysis.registers import sources, tables
from upcm_analysis.topics.programme import focus_blocks
from upcm_analysis.vocabulary.subjects import product_groups

GROUPS = [about.focus for about in subjects("focus-group")]
CODES = ["jobs_k", "co2_kt"]


@pytest.fixture(params=["nl", "en"])
def teller(edition, request):
    return lambda group: Teller(edition.facts, Subject(focus=group), request.param)


def added_up(block) -> list[str]:
    """What a table says of several subjects at once: rows that are totals, and figures of the Netherlands as a whole."""
    totals = [row.label for row in block.data.rows if row.role == "total"]
    return totals + [cell.fact for row in block.data.rows for cell in row.cells if cell.fact.endswith("/nl")]


def test_the_groups_are_those_of_the_source():
    (source,) = sources.registered("2020", "classification")
    _, rows = tables.printed(source)
    assert [row[0] for row in rows] == GROUPS == list(codelist("focus_groups").index)


@pytest.mark.parametrize(
    ("group", "kind", "among"),
    [("basismetalen", focus_blocks.WHOLE, [Subject(product_group="24")]),
     ("capital-equipment", focus_blocks.WHOLE, [Subject(cluster="high-tech")]),
     ("batterijen", focus_blocks.PART, [Subject(product_group="29"), Subject(product_group="30")]),
     ("windparken", focus_blocks.NONE, [])],
)  # fmt: skip
def test_there_are_figures_only_as_far_as_a_source_gives_a_place(group, kind, among):
    assert focus_blocks.extent(group) == (kind, among)


def test_parts_of_product_groups_are_shown_as_less_than_the_whole_and_what_is_outside_is_refused(edition, teller):
    block = focus_blocks.figures(teller("batterijen"), "T", CODES)
    assert [column.label[:2] for column in block.data.columns] == ["29", "30"]
    assert all("SBI" in column.label for column in block.data.columns)
    inside, outside = block.notes
    assert "29.1, 30.9" in inside and "47.6" not in inside and "47.6" in outside
    assert block.data.rows[0].cells[0].fact == "jobs_k/product-group/29"


def test_figures_under_the_same_name_come_with_that_caveat(teller):
    for group in ("basismetalen", "capital-equipment"):
        (note,) = focus_blocks.figures(teller(group), "T", CODES).notes
        assert ("name" if teller(group).language == "en" else "naam") in note


def test_all_groups_stand_beside_the_first_classification_with_their_basis(teller):
    block = focus_blocks.classifications(teller("batterijen"), "T")
    assert len(block.data.rows) == len(GROUPS) and [row.role for row in block.data.rows].count("own") == 1
    assert all(cell.text for row in block.data.rows for cell in row.cells)
    said = focus_blocks.WORDS[teller("batterijen").language]
    assert block.notes[0] == said["no sum"] and "," in block.notes[1]  # two clusters without any group


def test_nothing_of_it_is_added_up(edition, teller):
    """No fact is about it, no table has a total, and every figure beside it is that of one product group or cluster."""
    assert not edition.facts.table.fact_id.str.contains("/focus-group/").any()
    for group in GROUPS:
        assert added_up(focus_blocks.classifications(teller(group), "T")) == []
        kind, among = focus_blocks.extent(group)
        if kind == focus_blocks.NONE:
            continue
        block = focus_blocks.figures(teller(group), "T", CODES)
        assert added_up(block) == [] and len(block.data.columns) == len(among)
        about = [
            {cell.fact.partition("/")[2] for cell in cells}
            for cells in zip(*(row.cells for row in block.data.rows), strict=True)
        ]
        assert about == [{one.path} for one in among]


def test_a_total_that_is_put_in_would_be_found(teller):
    block = focus_blocks.figures(teller("batterijen"), "T", CODES)
    block.data.rows.append(Row(label="29 + 30", cells=block.data.rows[0].cells, role="total"))
    assert added_up(block) == ["29 + 30"]


def test_why_it_is_not_added_up_it_neither_covers_the_industry_nor_is_free_of_overlap():
    covered = {
        about.product_group for group in GROUPS for about in focus_blocks.extent(group)[1] if about.product_group
    }
    assert covered < {about.product_group for about in product_groups()}
    assert [group for group in GROUPS if focus_blocks.extent(group)[0] == focus_blocks.NONE]
