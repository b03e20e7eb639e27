"""Currency: an edition is current while nothing that it is made of, and nothing that it came to, has changed."""

import subprocess
import sys

import pytest

from factpress.builder import freshness

EDITION, FOLDERS = "2020", ["nl/province/zeeland", "en/province/zeeland"]


@pytest.fixture
def whole(repository):
    """A repository whose edition is as a build left it."""
    for name in (
        "reports/2020/index.html",
        "reports/2020/nl/province/zeeland/index.html",
        "data/processed/2020/facts.csv",
    ):
        path = repository.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    freshness.remember(EDITION, freshness.inputs(), FOLDERS)
    assert found() == FOLDERS
    return repository


def found():
    return freshness.unchanged(EDITION, freshness.inputs())


@pytest.mark.parametrize(
    "name",
    [
        "publications.yml",
        "theme.yml",
        "organisation.yml",
        "CITATION.cff",
        "requirements.lock",
        "data/sources.csv",
        "data/corrections.yml",
        "data/codelists/units.csv",
        "data/raw/werkwijze-upcm-20201016/provinces.csv",
        "notebooks/publications/province.ipynb",
    ],
)
def test_every_kind_of_input_that_changes_is_seen(whole, name):
    path = whole.root / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert found() is None


def test_a_new_file_among_the_inputs_is_seen(whole):
    (whole.root / "data/raw/new.csv").write_text("a\n")
    assert found() is None


def test_a_file_that_the_theme_names_is_an_input(whole):
    (whole.root / "logo.svg").write_text("<svg/>")
    before = freshness.inputs()
    theme = whole.root / "theme.yml"
    theme.write_text(theme.read_text().replace("logo: null", "logo: {file: logo.svg, alt: {nl: a, en: b}}"))
    named = freshness.inputs()
    (whole.root / "logo.svg").write_text("<svg></svg>")
    assert len({before, named, freshness.inputs()}) == 3


def test_what_a_build_or_an_editor_makes_is_no_input(whole):
    for name in ("data/processed/2020/cells.csv", "notebooks/publications/.ipynb_checkpoints/province.ipynb"):
        path = whole.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a")
    assert found() == FOLDERS


@pytest.mark.parametrize("damage", ["changed", "gone", "more"])
def test_a_published_file_that_changes_is_seen(whole, damage):
    page = whole.root / "reports/2020/index.html"
    if damage == "changed":
        page.write_text("other")
    elif damage == "gone":
        page.unlink()
    else:
        page.with_name("other.html").write_text("a")
    assert found() is None


def test_without_processed_tables_there_is_something_to_do(whole):
    (whole.root / "data/processed/2020/facts.csv").unlink()
    assert found() is None


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"inputs": 1}'])
def test_a_note_that_is_none_of_ours_is_not_believed(whole, content):
    (whole.root / "reports/.2020.json").write_text(content)
    assert found() is None


def test_what_is_forgotten_is_not_current(whole):
    freshness.forget(EDITION)
    assert found() is None


def test_the_question_needs_none_of_what_a_build_needs():
    """Else asking would take longer than half a build of one page."""
    code = "import sys, upcm_analysis.cli, factpress.builder.freshness; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pandas", "numpy", "papermill", "nbformat", "IPython", "pydantic"} & set(modules)
