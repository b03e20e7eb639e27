"""What a user has stays: no command overwrites a file unasked, and on a full disk the earlier file stands whole."""

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from make import GOOD
from questionnaires import WHO

from upcm_analysis.topics.functions import survey_commands
from upcm_analysis.topics.programme import form_commands
from upcm_analysis.topics.programme.form_commands import HEADER, lines
from upcm_analysis.topics.programme.form_sources import FORMS
from upcm_analysis.vocabulary.project_forms import SHEET

MINE = b"what somebody filled in\n"
#: Each command that writes where a user says: what it is called with, and the files that it writes.
COMMANDS = {
    "survey new": (["survey", "new", "to.xlsx"], ["to.xlsx"]),
    "survey read": (["survey", "read", "to.csv", "answered.xlsx"], ["to.csv", "to-unusable.csv"]),
    "project new": (["project", "new", "to.xlsx", "--project", "batterijen"], ["to.xlsx"]),
    "project read": (["project", "read", "filled.xlsx"], ["impact-sheets.csv", "unusable.csv"]),
    "compare": (["compare", "2020", "2020", "--to", "to.csv"], ["to.csv"]),
    "query --to": (["query", "SELECT fact_id FROM facts", "--to", "to.xlsx"], ["to.xlsx"]),
    "query --save": (["query", "--save", "to.duckdb"], ["to.duckdb"]),
    "data add": (["data", "add", "table.csv", "--look", "--report", "to.html"], ["to.html"]),
}
#: What a process may write to a file, in bytes, where the disk is said to be full: less than any of these files.
LIMIT = 40
FULL = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT},) * 2)"


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A folder with what commands read: a questionnaire and a form that somebody filled in, and a table."""
    (tmp_path / "answered.xlsx").write_bytes(survey_commands.questionnaire("en", ["high-tech"]))
    book = openpyxl.load_workbook(tmp_path / "answered.xlsx")
    book[WHO["en"][0]]["B3"], book[WHO["en"][0]]["B4"] = "one", WHO["en"][1]
    book["High Tech"].cell(HEADER + 1, survey_commands.SCORE).value = 4
    book.save(tmp_path / "answered.xlsx")
    (tmp_path / "filled.xlsx").write_bytes(form_commands.workbook("batterijen", "en", [SHEET]))
    book = openpyxl.load_workbook(tmp_path / "filled.xlsx")
    goal = next(number for number, line in enumerate(lines(SHEET), start=HEADER + 1) if line.part == "goal")
    book["Impact sheet"].cell(goal, FORMS[SHEET].index("nl")).value = "Een doel"
    book.save(tmp_path / "filled.xlsx")
    (tmp_path / "table.csv").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def content(room):
    return {path.name: path.read_bytes() for path in room.iterdir()}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_that_is_there_is_overwritten_only_when_that_is_asked(room, upcm, name):
    call, files = COMMANDS[name]
    for one in files:
        (room / one).write_bytes(MINE)
        before = content(room)
        status, _, said = upcm(*call)
        assert status == 2 and "there is a file of that name already" in said and one in said, said
        assert "--overwrite" in said.partition("remedy:")[2] and content(room) == before
        (room / one).unlink()
    (room / files[0]).write_bytes(MINE)
    status, _, said = upcm(*call, "--overwrite")
    assert status == 0 and (room / files[0]).read_bytes() != MINE, said
    assert {path.name for path in room.iterdir()} <= {*before, *files}


@pytest.mark.parametrize("name", COMMANDS)
def test_on_a_full_disk_the_earlier_file_stands_and_no_part_is_left(room, name):
    """The system itself takes part of the file and then no more."""
    call, (first, *_) = COMMANDS[name]
    (room / first).write_bytes(MINE)
    before = content(room)
    ended = full(room, FULL, *call, "--overwrite")
    assert ended.returncode == 1, ended.stderr
    said = ended.stderr.strip().splitlines()
    assert len(said) == 1 and said[0].startswith("failed: ") and first in said[0], ended.stderr
    assert content(room) == before


def test_a_disk_that_is_really_full(room, tmp_path):
    """A disk of 64 kB, where that can be made, on which no more than a few bytes are left."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    filled = f"mount -t tmpfs -o size=64k none '{disk}' && cd '{disk}' && echo mine > to.xlsx && chmod 600 to.xlsx"
    script = f"{filled} && head -c 56k /dev/zero > rest && ! \"$@\" && cat to.xlsx && stat -c '%a %n' * .t*"
    command = [sys.executable, "-m", "upcm_analysis.cli", "survey", "new", "to.xlsx", "--overwrite"]
    try:
        subprocess.run([*made, filled], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be made here")
    ended = subprocess.run([*made, script, "sh", *command], capture_output=True, text=True)
    assert ended.stdout.splitlines() == ["mine", "644 rest", "600 to.xlsx"], ended.stdout + ended.stderr
    assert ended.stderr.startswith("failed: No space left on device: to.xlsx; ")


def full(room: Path, limit: str, *call: str) -> subprocess.CompletedProcess:
    """The command line in a process that may write no more than so much to any file."""
    code = f"import sys; {limit}; from upcm_analysis import cli; cli.main()"
    return subprocess.run([sys.executable, "-c", code, *call], cwd=room, capture_output=True, text=True)


def test_who_may_read_a_file_stays_as_it_was_and_a_link_stays_one(room, upcm):
    (room / "to.xlsx").write_bytes(MINE)
    (room / "to.xlsx").chmod(0o600)
    (room / "link.xlsx").symlink_to("to.xlsx")
    assert upcm("survey", "new", "link.xlsx", "--overwrite")[0] == 0
    assert (room / "link.xlsx").is_symlink() and (room / "to.xlsx").read_bytes()[:2] == b"PK"
    assert (room / "to.xlsx").stat().st_mode & 0o777 == 0o600


def test_a_folder_of_that_name_is_refused(room, upcm):
    (room / "to.xlsx").mkdir()
    status, _, said = upcm("survey", "new", "to.xlsx", "--overwrite")
    assert status == 2 and "a folder has the name" in said
