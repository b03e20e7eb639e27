"""What the pages with commands say is run as it stands there: here surveys and forms of projects.

Others are run where there is what they need: the tutorial in `test_tutorial`, questions in `test_query`, new data in
`test_statline`, editions in `test_revision`, the measurement plan in `test_built`, a build on a cluster in `test_remote`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from project_workbooks import PROJECT
from project_workbooks import fill as fill_form
from questionnaires import WHO
from questionnaires import fill as fill_answers
from support import ROOT, copy

from upcm_analysis.topics.programme import form_sources
from upcm_analysis.topics.programme.form_sources import FORMS


def lines(page: str) -> list[str]:
    """The commands in the blocks of a page."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    found = [line for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.splitlines() if line]
    assert found, page
    return found


def run(root: Path, room: Path, line: str) -> subprocess.CompletedProcess:
    """A line as a shell runs it, in a folder of the user, on a copy of the repository."""
    command = f"'{sys.executable}' -m upcm_analysis.cli"
    line = re.sub(r"^upcm\b", lambda _: command, line)
    return subprocess.run(
        ["bash", "-c", line], cwd=room, env=os.environ | {"FACTPRESS_HOME": str(root)}, capture_output=True, text=True
    )


def done(root: Path, room: Path, *lines: str) -> None:
    """The same of several lines, each of which has to end well."""
    for line in lines:
        ended = run(root, room, line)
        assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("howto") / "copy"
    copy(root)
    return root


def test_a_survey_goes_out_and_comes_back(root, tmp_path):
    new, english, read = lines("survey.md")
    done(root, tmp_path, new, english)
    book = openpyxl.load_workbook(tmp_path / "vragenlijst.xlsx")
    sheet, kind = WHO["nl"]
    book[sheet]["B3"], book[sheet]["B4"] = "deelnemer-1", kind
    fill_answers(book["High Tech"], [3] * 24)
    (tmp_path / "returned").mkdir()
    book.save(tmp_path / "returned/vragenlijst.xlsx")
    done(root, tmp_path, read)
    assert (tmp_path / "answers.csv").read_text(encoding="utf-8").count("deelnemer-1") == 24


def test_the_forms_of_a_project_go_out_and_come_back(root, tmp_path):
    new, english, read = lines("programme.md")
    done(root, tmp_path, new, english)
    book = openpyxl.load_workbook(tmp_path / "batterijen.xlsx")
    for form in FORMS:
        rows = form_sources.forms("2020", form)
        fill_form(book, form, rows[rows.project == PROJECT][FORMS[form]])
    (tmp_path / "returned").mkdir()
    book.save(tmp_path / "returned/batterijen.xlsx")
    done(root, tmp_path, read)
    assert sorted(path.name for path in (tmp_path / "collected").iterdir()) == [
        "impact-sheets.csv",
        "progress-reports.csv",
    ]
