"""What a user knows besides: read from registered files, and refused with file, row and column where it cannot be used."""

import pytest

from factpress.errors import InputError
from upcm_analysis.registers import tables
from upcm_analysis.topics.regions import sources as region_sources
from upcm_analysis.vocabulary.published import PUBLISHED

FILE, OTHER = "data/raw/own/jobs.csv", "data/raw/own/division.csv"


def figures(repository, *rows):
    repository.add("own/jobs", "known", region_sources.FIGURES, rows)
    return region_sources.figures("2020", PUBLISHED)


def divided(repository, *changes):
    """A concordance that gives every class to High Tech, or to Materialen where it belongs, but for these changes."""
    classes = region_sources.codelist("sbi_classes").product_group
    whole = region_sources.codelist("clusters").sbi["materialen"].split()
    rows = [[code, "high-tech", "100"] for code, group in classes.items() if group not in whole]
    for change in changes:
        rows = change(rows)
    repository.add("own/division", "concordance", region_sources.CONCORDANCE, rows)
    return region_sources.concordance("2020")


def test_none_is_registered_here():
    assert region_sources.figures("2020", PUBLISHED).empty and region_sources.concordance("2020") is None
    assert tables.whole("2020", region_sources.ROLES).empty


def test_known_figures_are_read_with_their_product_group_and_place_in_the_file(repository):
    table = figures(
        repository,
        ["jobs_k", "PV29", "", "24.1", "0,9", "1,1"],
        ["co2_kt", "PV29", "", "24", "1.000", "1.200"],
        ["jobs_k", "PV29", "high-tech", "", "3", "4"],
    )
    assert table.product_group.tolist() == ["24", "24", ""] and table.sbi.tolist() == ["241", "", ""]
    assert (table.low.tolist(), table.high.tolist()) == ([0.9, 1000, 3], [1.1, 1200, 4])
    assert table["where"].tolist() == [f"{FILE} row {line}" for line in (2, 3, 4)]
    assert tables.whole("2020", region_sources.ROLES).printed.tolist() == ["."]  # what is in it is not told


@pytest.mark.parametrize(
    ("row", "column", "parts"),
    [
        (["jobs", "PV29", "", "24", "1", "2"], "indicator", ["unknown indicator: 'jobs'", "jobs_k"]),
        (["jobs_k", "PV32", "", "24", "1", "2"], "place", ["unknown place: 'PV32'", "PV31"]),
        (["jobs_k", "PV29", "hightech", "", "1", "2"], "cluster", ["did you mean high-tech"]),
        (["jobs_k", "PV29", "", "24.9", "1", "2"], "sbi", ["unknown SBI code: '249'"]),
        (["jobs_k", "PV29", "", "24", "1.5", "2"], "low", ["English notation", "1.234,5"]),
        (["jobs_k", "PV29", "", "24", "", "2"], "low", ["an empty cell", "nothing"]),
        (["jobs_k", "PV29", "", "24", "1", "-2"], "high", ["a negative number"]),
        (["jobs_k", "PV29", "", "24", "3", "2"], "low, high", ["without a usable interval", "3 to 2"]),
        (["jobs_k", "PV29", "", "", "1", "2"], "place, cluster, sbi", ["of no part"]),
        (["jobs_k", "NL", "", "24", "1", "2"], "place, cluster, sbi", ["that is published"]),
        (["jobs_k", "PV29", "materialen", "", "1", "2"], "place, cluster, sbi", ["whole product groups", "20, 22, 24, 38"]),
        (["jobs_k", "PV29", "high-tech", "28.1", "1", "2"], "place, cluster, sbi", ["class in a cluster", "leave"]),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_is_refused(repository, row, column, parts):
    with pytest.raises(InputError) as raised:
        figures(repository, ["jobs_k", "PV20", "", "24", "1", "2"], row)
    assert (raised.value.parts["file"], raised.value.parts["row"]) == (FILE, 3)
    assert raised.value.parts["column"] == column and raised.value.parts["found"] is not None
    assert [part for part in parts if part not in str(raised.value)] == []


def test_a_figure_that_is_given_twice_is_refused(repository):
    rows = [["jobs_k", "PV20", "", code, "1", "2"] for code in ("24.1", "24.2", "241")]
    with pytest.raises(InputError, match=r"given twice[\s\S]*row:      4[\s\S]*jobs.csv row 2"):
        figures(repository, *rows)


def test_other_columns_and_no_rows_are_refused(repository):
    repository.add(
        "own/jobs", "known", [*region_sources.FIGURES[:-1], "most"], [["jobs_k", "PV20", "", "24", "1", "2"]]
    )
    with pytest.raises(InputError, match=r"other columns[\s\S]*jobs.csv[\s\S]*low, high"):
        region_sources.figures("2020", PUBLISHED)
    repository.add("own/none", "concordance", region_sources.CONCORDANCE, [])
    with pytest.raises(InputError, match="has no rows"):
        region_sources.concordance("2020")


def test_classes_of_whole_clusters_need_not_be_in_a_concordance(repository):
    table = divided(repository).set_index(["sbi", "cluster"])
    assert table.share_pct["241", "materialen"] == 100 and table.product_group["281", "high-tech"] == "28"
    assert set(table.groupby("sbi").share_pct.sum()) == {100} and len(table) == 67


def split(share):
    """Class 28.1 for one half in another cluster."""
    return lambda rows: [
        *(row for row in rows if row[0] != "281"),
        ["28.1", "high-tech", "50"],
        ["28.1", "bouw-en-constructie", share],
    ]


def test_a_class_may_be_divided(repository):
    assert len(divided(repository, split("50"))) == 68


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        (split("40"), ["shares of a class do not add to 100", "share_pct", "90 in all for class 281", "expected: 100"]),
        (split("1/2"), ["does not hold a number", "1/2"]),
        (lambda rows: [row for row in rows if row[0] not in ("259", "281")], ["leaves out 2 classes", "expected: 259, 281"]),
        (lambda rows: [*rows, rows[0]], ["given twice for a cluster", "once"]),
        (lambda rows: [*rows, ["24.1", "high-tech", "100"]], ["another cluster than its whole product group", "materialen"]),
        (lambda rows: [*rows[1:], ["23.1", "materialen", "100"]], ["another cluster than its whole product group"]),
        (lambda rows: [*rows, ["10.1", "high-tech", "100"]], ["unknown SBI class: '101'"]),
        (lambda rows: [["28.1", "high tech", "100"], *rows], ["unknown cluster", "did you mean high-tech"]),
    ],
)  # fmt: skip
def test_a_concordance_that_cannot_be_used_is_refused(repository, change, parts):
    with pytest.raises(InputError) as raised:
        divided(repository, change)
    assert raised.value.parts["file"] == OTHER
    assert [part for part in parts if part not in str(raised.value)] == [], str(raised.value)


def test_there_is_one_concordance(repository):
    divided(repository)
    repository.add("own/second", "concordance", region_sources.CONCORDANCE, [["28.1", "high-tech", "100"]])
    with pytest.raises(InputError, match=r"more than one concordance[\s\S]*data/sources.csv"):
        region_sources.concordance("2020")


def test_figures_that_contradict_the_published_ones_are_named_and_nothing_is_written(repository, upcm):
    """Half of all jobs in machinery cannot be in Flevoland, whatever the rest."""
    rows = [["jobs_k", "PV24", "", "28", "40", "41"], ["jobs_k", "PV29", "", "24", "0", "2"]]
    repository.add("own/jobs", "known", region_sources.FIGURES, rows)
    before = repository.state()
    status, _, said = upcm("data")
    assert status == 2 and repository.state() == before
    assert "1 known figures cannot hold together" in said and f"{FILE} row 2" in said and f"{FILE} row 3" not in said
