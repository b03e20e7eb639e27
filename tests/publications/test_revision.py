"""A second edition beside the first, and what its readers are told of the difference; made as its user would make it."""

import json
import re

import openpyxl
import pandas as pd
import pypdf
import pytest
from accessible import html_faults, pdf_faults
from formats import disagreements
from second import add
from support import Repository, copy, copy_tables
from test_built import upcm
from test_howto import lines, run

ACTIVITIES = "feiten-en-cijfers/activities"
MEETINGS = "branch_manager_meetings/nl"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A repository with two editions: a table of 2021, and a stricter limit for estimates than when 2020 was released."""
    root = tmp_path_factory.mktemp("revision") / "copy"
    copy(root)
    copy_tables(root)
    made = upcm(root, "release")  # by the code as it is, so that no method differs
    assert made.returncode == 0, made.stderr
    repository = Repository(root)
    add(repository, ACTIVITIES, {"Sessies voor branchemanagers,3,": "Sessies voor branchemanagers,5,"})
    repository.edit("data/assumptions.csv", "crossing_spread_limit,50", "crossing_spread_limit,45")
    made = upcm(root, "report", "--edition", "2021", "--only", "revision")
    assert made.returncode == 0, made.stderr
    return root


@pytest.fixture(scope="module")
def changes(root):
    return pd.read_csv(root / "data/processed/2021/changes.csv", keep_default_na=False, dtype=str).set_index("fact_id")


def pages(root):
    return {language: root / "reports/2021" / language / "revision/2020" for language in ("nl", "en")}


def test_what_changed_and_why(changes):
    assert changes.loc[MEETINGS, ["change", "before", "after", "why"]].tolist() == ["changed", "3", "5", "data"]
    assert changes.causes[MEETINGS] == f"data: {ACTIVITIES}-2021[Sessies voor branchemanagers | Aantal]"
    others = changes.drop(MEETINGS)
    assert len(others) > 20 and set(others.causes) == {"assumption: crossing_spread_limit"}
    assert set(changes.against) == {"2020"}


def test_the_report_says_how_many_and_which_in_both_languages(root, changes):
    counts = changes.change.value_counts()
    for language, place in pages(root).items():
        text = re.sub(r"<[^>]+>", "", (place / "index.html").read_text(encoding="utf-8"))
        assert {"nl": "Vergeleken met editie 2020", "en": "Compared with edition 2020"}[language] in text
        said = {
            "nl": f"zijn er {counts.changed} veranderd",
            "en": f"{counts.changed} have changed",
        }[language]
        assert said in text
        assert "crossing_spread_limit" in text and "value 50" in text and "value 45" in text
        assert {"nl": "Sessies voor branchemanagers, Nederland", "en": "Sessions for branch managers, the Netherlands"}[
            language
        ] in text


def test_every_format_says_the_same_and_can_be_read_by_all(root):
    facts = pd.read_csv(root / "data/processed/2021/facts.csv").set_index("fact_id").value.to_dict()
    for language, place in pages(root).items():
        assert not disagreements(place, facts)
        assert not html_faults(place / "index.html", language)
        assert not pdf_faults(place / "2020.pdf", language)
        assert len(pypdf.PdfReader(place / "2020.pdf").pages) > 1
        assert len(openpyxl.load_workbook(place / "2020.xlsx").sheetnames) > 3
        package = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
        assert {"facts"} < {one["name"] for one in package["resources"]}


def test_the_size_of_the_revisions(root):
    """By hand: of one figure from 3 to 5; the mean over all that were compared, those that stayed the same among them."""
    sizes = pd.read_csv(root / "data/processed/2021/sizes.csv").set_index("indicator")
    row = sizes.loc["branch_manager_meetings"]
    assert (row.compared, row.revised, row.largest) == (1, 1, MEETINGS)
    assert (row.mean_pct, row.mean_absolute_pct, row.largest_pct) == pytest.approx((200 / 3,) * 3)


def test_the_index_leads_to_it_and_the_first_edition_has_none(root):
    assert 'href="nl/revision/2020/index.html"' in (root / "reports/2021/all.html").read_text(encoding="utf-8")
    made = upcm(root, "report", "--edition", "2020", "--only", "revision", "--explain")
    assert made.returncode == 2 and "no earlier edition that was released" in made.stderr
    assert "upcm release" in made.stderr


def test_comparing_on_the_command_line_and_as_csv(root, tmp_path, changes):
    made = upcm(root, "compare", "2020", "2021", "--to", str(tmp_path / "changes.csv"))
    assert made.returncode == 0, made.stderr
    counts = changes.change.value_counts()
    assert f"{counts.get('new', 0)} new, {counts.get('gone', 0)} gone, {counts.changed} changed" in made.stdout
    assert "crossing_spread_limit" in made.stdout
    table = pd.read_csv(tmp_path / "changes.csv", keep_default_na=False).set_index("fact_id")
    assert table.causes.to_dict() == changes.causes.to_dict()
    refused = upcm(root, "compare", "2020", "2021", "--to", str(tmp_path / "changes.txt"))
    assert refused.returncode == 2 and "a name that ends in .csv" in refused.stderr


def test_it_is_current(root):
    again = upcm(root, "report", "--edition", "2021", "--only", "revision", "--explain")
    assert "2 publications: 0 to build, 2 current" in again.stdout


def test_the_commands_of_the_page_on_editions_run_as_they_stand(root, tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old/facts.csv").write_bytes((root / "data/released/2020.csv").read_bytes())
    for line in lines("editions.md"):
        ended = run(root, tmp_path, line)
        assert ended.returncode == 0, f"{line}\n{ended.stdout}{ended.stderr}"
    assert MEETINGS in (tmp_path / "changes.csv").read_text(encoding="utf-8")
