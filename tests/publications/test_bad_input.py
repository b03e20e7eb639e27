"""Bad input gets status 2 and one message that says where and what; nothing is written and earlier reports stand."""

import pytest
from support import copy_tables

GROUPS = "werkwijze-upcm-20201016/product-groups"
PROVINCES = "werkwijze-upcm-20201016/provinces"
RAW = f"data/raw/{GROUPS}.csv"
ZEELAND = "Zeeland,17,15,1.272,24,26,4.713,1.355 +94,770 -74,8.794"


def changed_file(repository):
    repository.edit(RAW, "12.645", "12.646")


def unregistered_file(repository):
    (repository.root / "data/raw/new.csv").write_text("a,b\n1,2\n")


def missing_column(repository):
    path = repository.raw(GROUPS)
    path.write_text("\n".join(line.rpartition(",")[0] for line in path.read_text().splitlines()) + "\n")
    repository.register(GROUPS)


def extra_column(repository):
    path = repository.raw(GROUPS)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0] + ",Extra", *(line + ",1" for line in lines[1:])]) + "\n")
    repository.register(GROUPS)


def renamed_column(repository):
    repository.edit_raw(GROUPS, "Banen (x 1.000)", "Banen (x 100)")


def missing_row(repository):
    repository.edit_raw(PROVINCES, ZEELAND + "\n", "")


def extra_row(repository):
    repository.edit_raw(PROVINCES, ZEELAND, ZEELAND + "\n" + ZEELAND.replace("Zeeland", "Curaçao"))


def renamed_row(repository):
    repository.edit_raw(PROVINCES, "Zeeland,", "Seeland,")


def duplicate_row(repository):
    repository.edit_raw(PROVINCES, ZEELAND, f"{ZEELAND}\n{ZEELAND}")


def text_for_number(repository):
    repository.edit_raw(PROVINCES, "Zeeland,17,", "Zeeland,n.b.,")


def empty_cell(repository):
    repository.edit_raw(PROVINCES, "Zeeland,17,", "Zeeland,,")


def negative_count(repository):
    repository.edit_raw(PROVINCES, "Zeeland,17,", "Zeeland,-17,")


def english_notation(repository):
    repository.edit_raw(PROVINCES, "1.272", '"1,272.0"')


def decimals_in_a_count(repository):
    repository.edit_raw(PROVINCES, "Zeeland,17,", 'Zeeland,"17,5",')


def half_of_a_cell(repository):
    repository.edit_raw(PROVINCES, "1.355 +94", "1.355")


def sign_in_a_cell(repository):
    repository.edit_raw(PROVINCES, "1.355 +94", "1.355 -94")


def wrong_encoding(repository):
    path = repository.raw(PROVINCES)
    path.write_bytes(path.read_bytes().replace(b"Zeeland", "Zeelând".encode("latin-1")))
    repository.register(PROVINCES)


def mended_source(repository):
    repository.edit_raw(GROUPS, "4.325 ++87", "4.325 +87")


def mended_header(repository):
    source = "werkwijze-upcm-20201016/clusters"
    repository.edit_raw(source, ",0-50 (aantal)", ",51-100 persons (aantal)")


def incomplete_register(repository):
    repository.edit("data/sources.csv", "De maakindustrie in cijfers: provincies", "")


def incomplete_correction(repository):
    repository.edit("data/corrections.yml", "  expect: 4.325 ++87\n", "")


def misspelt_parameter(repository):
    repository.edit("publications.yml", "    parameter: province\n", "    parameter: provinse\n")


def unknown_language_in_matrix(repository):
    repository.edit("publications.yml", "languages: [nl, en]", "languages: [nl, de]")


def matrix_that_is_not_yaml(repository):
    repository.edit("publications.yml", "languages: [nl, en]", "languages: [nl, en")


def theme_that_is_not_yaml(repository):
    repository.edit("theme.yml", "logo: null", "logo: [")


def missing_template(repository):
    (repository.root / "notebooks/publications/method.ipynb").unlink()


def figures_that_contradict(repository):
    """No check sees it, for the parts still add up within rounding; but no one key per product group fits any more."""
    repository.edit_raw(PROVINCES, "Zeeland,17,", "Zeeland,22,")


def theme_below_contrast(repository):
    repository.edit("theme.yml", "muted: '#5A6675'", "muted: '#8A96A5'")


CASES = {
    changed_file: (RAW, "sha256", "git checkout"),
    unregistered_file: ("data/raw/new.csv", "not registered", "data/sources.csv"),
    missing_column: (RAW, "missing column", "Materiaalstromen"),
    extra_column: (RAW, "extra or renamed column", "Extra"),
    renamed_column: (RAW, "extra or renamed column", "Banen (x 100)", "Banen (x 1.000)"),
    missing_row: ("provinces.csv", "missing row", "Zeeland"),
    extra_row: ("provinces.csv", "row:      12", "Curaçao"),
    renamed_row: ("provinces.csv", "row:      11", "Seeland", "expected: Zeeland"),
    duplicate_row: ("provinces.csv", "duplicate row", "row:      12", "Zeeland"),
    text_for_number: ("provinces.csv", "row:      11 (Zeeland)", "column:   Banen (x 1.000)", "n.b.", "not a number"),
    empty_cell: ("provinces.csv", "row:      11 (Zeeland)", "an empty cell", "nothing"),
    negative_count: ("provinces.csv", "row:      11 (Zeeland)", "negative", "-17"),
    english_notation: ("provinces.csv", "row:      11 (Zeeland)", "English notation", "1,272.0", "Dutch notation"),
    decimals_in_a_count: ("provinces.csv", "row:      11 (Zeeland)", "decimals", "17,5"),
    half_of_a_cell: ("provinces.csv", "row:      11 (Zeeland)", "expected: number +number"),
    sign_in_a_cell: ("provinces.csv", "row:      11 (Zeeland)", "no + before the number"),
    wrong_encoding: ("provinces.csv", "row:      11", "byte 0xe2", "UTF-8"),
    mended_source: (RAW, "double-plus-sbi-26", "found:    4.325 +87", "expected: 4.325 ++87", "corrections.yml"),
    mended_header: ("clusters.csv", "cluster-header-51-100", "expected: 0-50 (aantal)"),
    incomplete_register: ("data/sources.csv", "row:      3", "column:   table", "not stated"),
    incomplete_correction: ("data/corrections.yml", "entry 5", "column:   expect"),
    misspelt_parameter: ("publications.yml", "provinse", "did you mean province"),
    unknown_language_in_matrix: ("publications.yml", "languages.2", "found:    de"),
    matrix_that_is_not_yaml: ("publications.yml", "not YAML", "row:      12", "expected ',' or ']'"),
    theme_that_is_not_yaml: ("theme.yml", "not YAML", "row:      3", "mend this line, or the one above it"),
    missing_template: ("notebooks/publications/method.ipynb", "missing"),
    figures_that_contradict: (
        "2 published figures cannot hold together",
        "jobs_k/province/zeeland 22, labour_volume_k/province/zeeland 15",
        "jobs_k/province/zeeland 22 (the others allow 15.317 to 17.8492)",
    ),
    theme_below_contrast: ("theme.yml", "muted on paper: text", "3.00:1", "4.5:1 or more", "make muted darker"),
}


@pytest.mark.parametrize("damage", CASES, ids=lambda damage: damage.__name__)
def test_bad_data_is_refused_whole(repository, upcm, damage):
    earlier = repository.root / "reports/2020/nl/province/zeeland/index.html"
    earlier.parent.mkdir(parents=True)
    earlier.write_text("an earlier page")
    damage(repository)
    before = repository.state()
    status, _, said = upcm("report")
    assert status == 2
    assert [part for part in CASES[damage] if part not in said] == [], said
    assert repository.state() == before


@pytest.mark.parametrize(
    "arguments, parts",
    [
        (["report", "--only", "province/zeland"], ["unknown subject of province", "did you mean zeeland"]),
        (["report", "--only", "cluster/material"], ["unknown subject of cluster", "did you mean materialen"]),
        (["report", "--only", "zeeland"], ["unknown kind of publication", "did you mean province/zeeland"]),
        (["report", "--only", "provincie"], ["unknown kind of publication", "did you mean province"]),
        (["report", "--language", "fr"], ["unknown language", "nl, en"]),
        (["report", "--edition", "2021"], ["unknown edition", "2020", "data/sources.csv"]),
        (["compare", "2020", "1999"], ["no facts to compare"]),
        (["report", "--format", "xml"], ["unknown format", "text, json"]),
        (["report", "--engine", "papermil"], ["unknown engine", "papermill"]),
        (["report", "--executor", "cloud"], ["unknown executor", "here, dask"]),
        (["report", "--executor", "dask"], ["where is the scheduler", "--scheduler tcp://"]),
        (["report", "--executor", "dask", "--scheduler", "tcp://127.0.0.1:9"], ["no Dask scheduler answers"]),
        (["report", "--workers", "0"], ["--workers"]),
        (["report", "--onlly", "province"], ["--onlly"]),
    ],
)
def test_a_wrong_call_is_refused(repository, upcm, arguments, parts):
    status, _, said = upcm(*arguments)
    assert status == 2
    assert [part for part in parts if part not in said] == [], said
    assert repository.state() == {}


def test_a_fact_that_there_is_none_of_is_not_traced(repository, upcm):
    copy_tables(repository.root)
    before = repository.state()
    status, _, said = upcm("trace", "co2_kt/province/zeland")
    assert status == 2 and "unknown fact" in said and "co2_kt/province/zeeland" in said
    assert repository.state() == before


def test_an_unknown_oddity_stops_the_build(repository, upcm):
    """A figure that breaks a check is no bad input: the check fails, is named, and nothing is built."""
    repository.edit_raw(PROVINCES, "Zeeland,17,15,", "Zeeland,17,19,")
    status, _, said = upcm("report")
    assert status == 1
    assert "labour-at-most-jobs: province/zeeland labour_volume_k: found 19, expected 17" in said
    assert repository.state() == {}


def test_a_known_oddity_that_is_gone_stops_the_build(repository, upcm):
    repository.edit_raw(GROUPS, "3.769,3.788 +152", "3.769,3.768 +151")
    status, out, _ = upcm("check")
    assert status == 1
    assert "not found any more" in out


def test_a_fact_without_a_value_is_traced_with_its_sign_and_bounds(upcm):
    status, said, _ = upcm("trace", "jobs_k/cluster-province/materialen-zeeland")
    assert status == 0
    assert "jobs_k/cluster-province/materialen-zeeland = . (no value) kjob" in said and "nan" not in said.split("├")[0]


def test_two_kinds_at_once_are_refused_instead_of_building_the_last(repository, upcm):
    before = repository.state()
    status, _, said = upcm("report", "--only", "province/zeeland", "--only", "cluster")
    assert status == 2 and "--only is given twice" in said and "province/zeeland, cluster" in said
    assert repository.state() == before


def test_a_fact_is_traced_also_where_a_check_fails(repository, upcm):
    """Then no tables are written, and one wants to know all the more where the figure comes from."""
    repository.edit_raw(PROVINCES, "Zeeland,17,15,", "Zeeland,17,19,")
    status, said, _ = upcm("trace", "labour_volume_k/province/zeeland")
    assert status == 0 and "= 19 klabour_year" in said and "printed 19" in said
