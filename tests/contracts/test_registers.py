"""The registers and code lists: whole, in agreement with each other, and used."""

import importlib
import re
import subprocess

import pytest
from environment import ROOT

from factpress import code_hashes, codelists, methods
from factpress.publisher import packages
from upcm_analysis import pipeline
from upcm_analysis.registers import corrections, sources
from upcm_analysis.registers.assumptions import choices, oddities, register
from upcm_analysis.vocabulary import units

LISTS = sorted(codelists.lists())


def test_every_raw_file_is_registered_and_unchanged():
    assert len(sources.verify()) == len(list((ROOT / "data/raw").rglob("*.csv")))


@pytest.mark.parametrize("name", LISTS)
def test_a_code_list_is_complete_in_both_languages(name):
    table = codelists.codelist(name)
    for column in table.columns:
        if column.endswith(("_nl", "_en")) and not column.startswith(("one_", "many_", "short_", "formula_", "sbi_")):
            assert (table[column].str.strip() != "").all(), column
            assert column[:-2] + {"nl": "en", "en": "nl"}[column[-2:]] in table.columns


def test_places_are_those_of_cbs_in_its_order():
    provinces = codelists.codelist("provinces")
    assert list(provinces.index) == [f"PV{number}" for number in range(20, 32)]
    assert provinces.nuts2.is_unique and set(provinces.nuts_vintage) == {"2021"}
    tiles = list(zip(provinces.tile_row, provinces.tile_column, strict=True))
    assert len(set(tiles)) == 12


def test_every_scheme_is_stored_with_its_codes():
    assert [code for _, code in codelists.codelist("functions").index] == [f"F{n}" for n in range(1, 9)]
    assert [code for _, code in codelists.codelist("r_strategies").index] == [f"R{n}" for n in range(10)]


def test_every_unit_of_an_indicator_can_be_calculated_with_and_said():
    for code in [*codelists.codelist("indicators").index, *codelists.codelist("forms").index]:
        table = "indicators" if code in codelists.codelist("indicators").index else "forms"
        unit = codelists.codelist(table).at[code, "unit"]
        if unit:
            assert units.registry()(unit) is not None
            assert unit in codelists.codelist("units").index


def test_codes_in_one_list_are_in_the_other():
    rows, columns = codelists.codelist("published_rows"), codelists.codelist("published_columns")
    register = sources.register()
    registered = set(register.index[register.role.isin(["facts", "comparison"])])
    assert {source for source, _ in rows.index} == {source for source, *_ in columns.index} == registered
    assert set(rows.place) <= {"NL", *codelists.codelist("provinces").index}
    assert set(rows.cluster) <= {"", *codelists.codelist("clusters").index}
    known = {"", *codelists.codelist("indicators").index}
    assert set(rows.indicator) | set(columns.indicator) <= known
    assert set(codelists.codelist("warning_rules").warning) == set(codelists.codelist("warnings").index)


def test_corrections_and_oddities_have_reasons():
    assert len({c.id for c in corrections.corrections()}) == len(corrections.corrections()) == 6
    assert all(len(c.reason_nl) > 20 and len(c.reason_en) > 20 for c in corrections.corrections())
    assert (oddities().reason_nl.str.len() > 40).all() and (oddities().reason_en.str.len() > 40).all()


def test_every_check_is_described_and_every_description_is_of_a_check():
    assert set(pipeline.assemble("2020").findings.check) == set(codelists.codelist("checks").index)


#: Checks run where the tables of an edition are joined.
CHECKED_IN = ("figures", "pipeline")
#: A choice that no code takes, for a code list holds it: see the last test here.
IN_A_CODE_LIST = "steelworks_product_group"


def users(used_in: str, checks: set[str]) -> list[str]:
    """The parts of the code that an assumption says it is used in: topics, those of methods, and those that check."""
    known = methods.methods()
    found = []
    for name in used_in.split():
        if name in known:
            found.append(code_hashes.part_of(known[name].function))
        else:
            found += CHECKED_IN if name in checks else [name]
    return found


def test_an_assumption_is_mentioned_in_the_code_that_it_says_uses_it(edition):
    """By its name, or by its prefix where a text is put together: `f"same_{name}"`. What joins topics may hand it to them."""
    checks = set(codelists.codelist("checks").index)
    for name, row in register().iterrows():
        called = row.parameter or name
        prefix, _, _ = called.rpartition("_")
        mentioned = re.compile(rf"\b{called}\b" + (rf"|\b{prefix}_\{{|\"{prefix}_\"" if prefix else ""))
        parts = {*users(row.used_in, checks), "pipeline"}
        texts = [(ROOT / file).read_text() for part in parts for file in code_hashes.files_of_tables(part)]
        assert name == IN_A_CODE_LIST or any(map(mentioned.search, texts)), f"{name} is not used in {row.used_in}"


def test_no_row_of_data_names_code():
    """Code can move, for data names methods, checks and topics by ids that stay; but for the names that methods once had."""
    named = re.compile(rf"\b(?:{'|'.join(package.name for package in packages())})\.\w+")
    files = [path for kind in ("csv", "json", "yml") for path in (ROOT / "data").rglob(f"*.{kind}")]
    ours = [path for path in files if not {"raw", "processed"} & set(path.relative_to(ROOT / "data").parts)]
    ours += codelists.lists().values()
    assert len(ours) > 50
    assert [path.name for path in ours if named.search(path.read_text(encoding="utf-8"))] == ["method_names.csv"]


def test_the_method_of_every_fact_exists():
    """What is told of each method is all that a reader of facts needs, without loading what calculates."""
    made = pipeline.assemble("2020")
    told = made.tables["methods"].set_index("method")
    assert set(made.facts.table.method) == set(told.index)
    assert (told.map(len) > 0).all(axis=None)
    for function in told.function:
        module, _, name = function.rpartition(".")
        assert callable(getattr(importlib.import_module(module), name))


def test_nothing_in_the_repository_is_a_persons_address():
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    for name in files:
        path = ROOT / name
        if path.suffix in {".csv", ".yml", ".md", ".py", ".ipynb", ".toml", ".txt", ".cff"}:
            found = re.findall(r"[\w.+-]+@(?!example\.org)[\w-]+\.[a-z]{2,}", path.read_text(encoding="utf-8"))
            assert not found, f"{name}: {found}"


def test_the_product_group_of_a_point_source_is_the_one_that_was_chosen():
    """One choice, in two places: what the row stands for, and the register of assumptions."""
    rows = codelists.codelist("published_rows").loc["nea-emissions/point-sources"]
    assert rows.product_group["Tata Steel IJmuiden"] == choices().value["steelworks_product_group"]
    chosen = choices().value["anchored_sources"]
    assert (rows.indicator == chosen).any() and (rows.product_group[rows.indicator == chosen] != "").all()
