"""Published tables, cell by cell: where a number is printed, what it is about, what it stands for."""

import pytest

from factpress.cells import cell_name
from factpress.errors import InputError
from upcm_analysis.registers import tables

GROUPS = "werkwijze-upcm-20201016/product-groups"
PROVINCES = "werkwijze-upcm-20201016/provinces"
CLUSTERS = "werkwijze-upcm-20201016/clusters"
ACTIVITIES = "feiten-en-cijfers/activities"
VALUE_ADDED = "Toegevoegde waarde + impact UPCM (x mln euro/jaar)"


def cell(source, **where):
    found = tables.read(source)
    for name, value in where.items():
        found = found[found[name] == value]
    assert len(found) == 1
    return found.iloc[0]


def test_a_cell_knows_its_place_in_print():
    found = cell(PROVINCES, row="Zeeland", indicator="value_added_potential_meur")
    assert (found.line, found.column, found.part, found.printed) == (11, VALUE_ADDED, 2, "1.355 +94")
    assert (found.place, found.cluster, found.product_group) == ("PV29", "", "")
    assert (found.value, found.low, found.high, found.unit) == (94, 93.5, 94.5, "MEUR")
    assert cell_name(found.row, found.column, found.part, found.source) == (f"{PROVINCES}[Zeeland | {VALUE_ADDED} | 2]")
    assert cell_name("Zeeland", "Banen (x 1.000)", 1, PROVINCES) == f"{PROVINCES}[Zeeland | Banen (x 1.000)]"


@pytest.mark.parametrize(
    ("source", "where", "value", "low", "high"),
    [
        (GROUPS, dict(product_group="24", indicator="organisations_51_100"), 15, 12.5, 17.5),
        (GROUPS, dict(product_group="33", indicator="material_mkg"), 0, 0, 0.5),  # never below zero
        (PROVINCES, dict(place="PV29", indicator="organisations_51_100"), 24, 23.5, 24.5),
        ("nea-emissions/point-sources", dict(place="PV27", product_group="24"), 5.8, 5.75, 5.85),
        ("feiten-en-cijfers/headline-figures", dict(row="Banen"), 600_000, 550_000, 650_000),
    ],
)
def test_a_number_stands_for_all_that_would_be_printed_so(source, where, value, low, high):
    found = cell(source, **where)
    assert (found.value, found.low, found.high) == pytest.approx((value, low, high))


def test_more_than_has_no_upper_bound():
    found = cell(ACTIVITIES, row="Website")
    assert (found.printed, found.value, found.low) == ("> 1.000", 1000, 1000)
    assert found.isna().high


def test_a_correction_changes_the_value_and_not_the_print():
    found = cell(GROUPS, product_group="26", indicator="value_added_potential_meur")
    assert (found.value, found.printed, found.correction) == (87, "4.325 ++87", "double-plus-sbi-26")
    assert cell(GROUPS, product_group="24", indicator="jobs_k").row == "24 Basismetalaalindustrie"
    # The header of the cluster table is shifted: under '0-50' stand the organisations of 51-100.
    assert cell(CLUSTERS, cluster="materialen", indicator="organisations_51_100").column == "0-50 (aantal)"


def test_an_edition_holds_its_sources_by_role():
    facts, comparison = tables.cells("2020"), tables.cells("2020", "comparison")
    assert set(facts.source) >= {GROUPS, PROVINCES, CLUSTERS, ACTIVITIES}
    assert set(comparison.source) == {
        "cbs-83300ned/direct-co2",
        "nea-emissions/point-sources",
        "cbs-materials/direct-material-input",
    }
    assert tables.cells("1999").empty


def test_rows_of_a_table_without_numbers():
    assert sorted(tables.rows("feiten-en-cijfers/product-groups").product_group)[:3] == ["20", "22", "23"]


def test_columns_and_rows_are_known_by_name_not_by_place(repository):
    before = tables.read(PROVINCES)
    path = repository.raw(PROVINCES)
    header, *lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    turned = [",".join([line[0], *line[:0:-1]]) for line in [header, *lines[::-1]]]
    path.write_text("\n".join(turned) + "\n", encoding="utf-8")
    repository.register(PROVINCES)
    after = tables.read(PROVINCES)
    keys = ["place", "indicator", "value", "column", "part"]
    assert sorted(after[keys].itertuples(index=False)) == sorted(before[keys].itertuples(index=False))
    assert list(after.value) != list(before.value)


def test_a_byte_order_mark_is_refused(repository):
    path = repository.raw(PROVINCES)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    repository.register(PROVINCES)
    with pytest.raises(InputError, match="byte order mark"):
        tables.read(PROVINCES)


def test_a_comma_that_is_not_quoted_is_refused(repository):
    repository.edit_raw(PROVINCES, "Zeeland,17,", "Zeeland,17,0,")
    with pytest.raises(InputError, match="11 cells") as error:
        tables.read(PROVINCES)
    assert error.value.parts["row"] == 11


@pytest.mark.parametrize("content", [b"", b'Provincies,"Banen\n'], ids=["empty file", "quote that is not closed"])
def test_a_file_that_is_no_csv_is_refused(repository, content):
    repository.raw(PROVINCES).write_bytes(content)
    repository.register(PROVINCES)
    with pytest.raises(InputError) as error:
        tables.read(PROVINCES)
    assert error.value.parts["file"] == f"data/raw/{PROVINCES}.csv"


@pytest.mark.parametrize(
    ("source", "old", "new", "name"),
    [
        (GROUPS, "4.325 ++87", "4.325 +88", "double-plus-sbi-26"),
        (GROUPS, "24 Basismetalaalindustrie", "24 Basismetaalindustrie", "misspelt-basismetaal"),
        (CLUSTERS, ",51-100 (aantal)", ",51-100", "cluster-header-over-100"),
    ],
    ids=["cell", "row", "column"],
)
def test_a_correction_stops_where_the_source_says_something_else(repository, source, old, new, name):
    repository.edit_raw(source, old, new)
    with pytest.raises(InputError, match=f"the correction '{name}' no longer matches"):
        tables.read(source)


def test_a_correction_of_a_cell_that_there_is_not_stops_too(repository):
    with (repository.root / "data/corrections.yml").open("a", encoding="utf-8") as file:
        file.write(
            f"- {{id: a, source: {GROUPS}, change: cell, row: none, column: x, expect: b, becomes: c, "
            "reason_nl: d, reason_en: d}\n"
        )
    with pytest.raises(InputError, match="no such cell"):
        tables.read(GROUPS)
