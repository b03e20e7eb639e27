"""The register of sources: whole, and raw files as registered."""

import pytest

from factpress.errors import InputError
from upcm_analysis.registers import sources

PROVINCES = "werkwijze-upcm-20201016/provinces"
ROW = f"{PROVINCES},2020,facts,"


def problem_of(call, *arguments):
    with pytest.raises(InputError) as error:
        call(*arguments)
    return error.value


@pytest.mark.parametrize(
    ("old", "new", "problem", "column"),
    [
        (ROW, f"{PROVINCES},2020,fact,", "unknown role of a source: 'fact' - did you mean facts?", "role"),
        (ROW, f"{PROVINCES}, ,facts,", "an empty cell in the register of sources", "edition"),
        (ROW, "werkwijze-upcm-20201016/product-groups,2020,facts,", "a source is registered twice", "source"),
        ("source,edition,role", "source,year,role", "the register of sources has other columns", None),
    ],
)
def test_a_register_that_is_not_whole_is_refused(repository, old, new, problem, column):
    repository.edit("data/sources.csv", old, new)
    error = problem_of(sources.register)
    assert (error.problem, error.parts["column"]) == (problem, column)
    assert (error.parts["file"], error.parts["row"]) == ("data/sources.csv", 3 if column else 1)


def test_a_missing_register_is_refused(repository):
    (repository.root / "data/sources.csv").unlink()
    assert "missing" in problem_of(sources.register).problem


def test_a_raw_file_is_read_only_as_registered(repository):
    assert sources.read_raw(PROVINCES) == repository.raw(PROVINCES).read_bytes()
    repository.raw(PROVINCES).write_bytes(b"changed")
    assert "has changed" in problem_of(sources.read_raw, PROVINCES).problem
    repository.raw(PROVINCES).unlink()
    assert "is missing" in problem_of(sources.read_raw, PROVINCES).problem
    assert "did you mean" in problem_of(sources.read_raw, "werkwijze-upcm-20201016/province").problem


@pytest.mark.parametrize("name", ["new.csv", "werkwijze-upcm-20201016/provinces.txt"])
def test_a_file_beside_the_registered_ones_is_refused(repository, name):
    (repository.root / "data/raw" / name).write_text("a,b\n")
    assert problem_of(sources.verify).parts["file"] == f"data/raw/{name}"


def test_a_readme_beside_raw_files_is_not_a_source(repository):
    (repository.root / "data/raw/README.md").write_text("about these files")
    assert list(sources.verify().index) == list(sources.register().index)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/sources.csv", "not stated,not stated,nl", "not stated,unknown,nl"),
        ("data/corrections.yml", "misspelt-basismetaal", "misspelt-base"),
        ("data/assumptions.csv", "cbs_tolerance,25", "cbs_tolerance,26"),
        ("data/codelists/provinces.csv", "PV20", "PV19"),
        ("data/codelists/units.txt", "kEUR = 1000 EUR", "kEUR = 1001 EUR"),
    ],
)
def test_the_data_hash_changes_with_everything_an_edition_rests_on(repository, file, old, new):
    before = sources.data_hash()
    assert sources.data_hash() == before
    path = repository.root / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert sources.data_hash() != before
