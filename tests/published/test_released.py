"""What was released stands: no number moves by a change of code or data until the changelog names it."""

import shutil

import pandas as pd
import pytest
from support import ROOT

from factpress.builder import freshness
from factpress.errors import InputError, PartFailed
from upcm_analysis.topics.editions import release_sources
from upcm_analysis.topics.editions.compare import RELEASED
from upcm_analysis.topics.editions.sides import Side

NAMES = sorted(path.stem for path in (ROOT / release_sources.FOLDER).glob("*.csv"))
MOVED = {"co2_kt/province/zeeland": 771.0, "co2_kt_share/province/zeeland": 2.5}


@pytest.fixture
def now(edition) -> Side:
    return Side(edition.facts.table, edition.record)


@pytest.fixture
def root(repository):
    """A repository with a changelog that names nothing."""
    shutil.copy(ROOT / release_sources.CHANGELOG, repository.root)
    return repository.root


@pytest.fixture
def other(now) -> Side:
    """The edition with two figures that moved."""
    facts = now.facts.set_index("fact_id", drop=False)
    for name, value in MOVED.items():
        facts.loc[name, ["value", "low", "high"]] = value
    return Side(facts.reset_index(drop=True), now.record)


def name_in_changelog(root, text: str) -> None:
    path = root / release_sources.CHANGELOG
    log = path.read_text(encoding="utf-8").replace(release_sources.MOVED, "### Earlier")
    path.write_text(
        log.replace("## Unreleased\n", f"## Unreleased\n\n{release_sources.MOVED}\n\n{text}\n", 1), encoding="utf-8"
    )


@pytest.mark.parametrize("name", NAMES)
def test_no_released_number_moves_that_the_changelog_does_not_name(name, now):
    assert name == "2020", "build this edition here too"
    assert not (said := release_sources.unnamed(name, now)), said


def test_the_edition_of_the_matrix_was_released():
    assert "2020" in NAMES


def test_a_number_that_moves_is_told_with_what_to_do(root, other):
    name_in_changelog(root, "")  # whatever it names now
    said = release_sources.unnamed("2020", other)
    assert said.startswith("2 facts of the released edition 2020 moved that CHANGELOG.md does not name:")
    assert "co2_kt/province/zeeland: 770 -> 771 (value, low, high); " in said
    assert "under '### Numbers that move' of '## Unreleased'" in said
    with pytest.raises(PartFailed, match="2 facts of the released edition"):
        release_sources.write("2020", other)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("- `co2_kt/province/zeeland`: 771, was 770. Why.", 1),
        ("- `co2_kt/province/zeeland`, `co2_kt_share/province/zeeland`: a better figure.", 0),
        ("- `co2_kt*/province/zeeland`: both.", 0),
        ("- `co2_kt`: no fact has this name.", 2),
        ("- Text: `co2_kt/province/zeeland` after the colon is why, not what.", 2),
        ("- `co2_kt/province/zeeland`\n\n### Other\n\n- `co2_kt_share/*`", 1),
        ("\n## 0.0.9\n\n### Numbers that move\n\n- `co2_kt*/province/zeeland`", 2),
    ],
)
def test_the_changelog_names_facts_or_patterns_under_its_heading(root, other, text, left):
    name_in_changelog(root, text)
    said = release_sources.unnamed("2020", other)
    assert said.startswith(f"{left} fact") if left else said == ""


def test_a_number_that_is_gone_moved_and_a_new_one_did_not(root, now):
    without = Side(now.facts[now.facts.fact_id != "jobs_k/nl"], now.record)
    assert "jobs_k/nl: 608 -> none (gone)" in release_sources.unnamed("2020", without)
    more = pd.concat([now.facts, now.facts[:1].assign(fact_id="jobs_k/new")])
    assert release_sources.unnamed("2020", Side(more, now.record)) == ""


def test_a_release_is_what_it_was_made_of_and_then_nothing_moves(root, other):
    name_in_changelog(root, "- `co2_kt*/province/zeeland`: both.")
    place = release_sources.write("2020", other)
    name_in_changelog(root, "")
    table = pd.read_csv(place)
    assert list(table.columns) == RELEASED and len(table) == len(other.facts)
    assert table.set_index("fact_id").value["co2_kt/province/zeeland"] == 771
    assert release_sources.unnamed("2020", other) == "" and release_sources.names() == ["2020"]
    assert (release_sources.last_before("2021"), release_sources.last_before("2020")) == ("2020", "")


def test_a_scenario_is_not_released(root, now):
    with pytest.raises(InputError, match="not released"):
        release_sources.write("2020.central", now)


def test_tables_are_made_anew_where_a_release_is_another(root):
    before = freshness.data()
    path = release_sources.path("2020")
    path.write_text(path.read_text(encoding="utf-8").replace("jobs_k/nl,608", "jobs_k/nl,609"), encoding="utf-8")
    assert freshness.data() != before
