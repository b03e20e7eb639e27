"""The questionnaire: what is filled in is read back, by whatever program; what cannot be used is named by sheet and cell."""

import shutil
import subprocess
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter
from pandas.testing import assert_frame_equal
from questionnaires import WHO, fill

from factpress.codelists import codelist
from factpress.errors import InputError
from upcm_analysis.topics.functions import survey_commands
from upcm_analysis.topics.functions.sources import SYNTHETIC
from upcm_analysis.topics.functions.survey_commands import HEADER, NOTE

SHEET = {"nl": "High Tech", "en": "High Tech"}


@pytest.fixture
def blank(tmp_path):
    """A questionnaire on High Tech with who answers filled in, and how to save it."""

    def make(language="nl", who=f"{SYNTHETIC}-01", name="filled.xlsx", clusters=("high-tech",)):
        path = tmp_path / name
        path.write_bytes(survey_commands.questionnaire(language, list(clusters)))
        book = openpyxl.load_workbook(path)
        sheet, kind = WHO[language]
        book[sheet]["B3"], book[sheet]["B4"], book[sheet]["B5"] = who, kind, datetime(2026, 5, 31)
        return book, path

    return make


def read(book, path):
    book.save(path)
    return survey_commands.read([path])


def full(unknown):
    return [[1, 2, 3, 4, 5, unknown, None][number % 7] for number in range(24)]


@pytest.mark.parametrize(("language", "unknown", "sure"), [("nl", "Onbekend", "hoog"), ("en", "Unknown", "high")])
def test_what_is_filled_in_is_read(blank, language, unknown, sure):
    book, path = blank(language)
    sheet = book[SHEET[language]]
    fill(sheet, full(unknown))
    sheet["E5"], sheet["F5"] = sure, "Zie <b>het</b> rapport & de cijfers"
    made = read(book, path)
    assert made.unusable.empty and len(made.answers) == 24
    assert made.answers.question.tolist() == list(codelist("diagnostic_questions").index)
    expected = [float(one) if isinstance(one, int) else None for one in full(unknown)]
    assert [None if score != score else score for score in made.answers.score] == expected
    first = made.answers.iloc[0]
    assert (first.confidence, first.note, first.date) == ("high", "Zie <b>het</b> rapport & de cijfers", "2026-05-31")
    assert (first.stakeholder_type, first.cluster) == ("company", "high-tech")


def test_both_languages_ask_the_same_questions_and_the_same_bytes_come_each_time():
    assert [one[0] for one in survey_commands.questions("nl")] == [one[0] for one in survey_commands.questions("en")]
    assert survey_commands.questionnaire("nl", []) == survey_commands.questionnaire("nl", [])
    with pytest.raises(InputError, match="did you mean high-tech"):
        survey_commands.questionnaire("nl", ["hightech"])


def test_all_but_the_answers_is_protected_and_answers_are_chosen_from_lists(blank):
    book, _ = blank()
    for sheet in book.worksheets:
        assert sheet.protection.sheet, sheet.title
    sheet = book["High Tech"]
    locked = {
        (cell.row, cell.column) for row in sheet.iter_rows(min_row=HEADER + 1) for cell in row if cell.protection.locked
    }
    assert locked == {(line, column) for line in range(5, 29) for column in (1, 2, 3)}
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists == {"D5:D28": '"1,2,3,4,5,Onbekend"', "E5:E28": '"laag,middel,hoog"'}


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("D7", 6, "1, 2, 3, 4, 5, Onbekend, nothing"),
        ("D7", 0, "Onbekend"),
        ("D7", 3.5, "Onbekend"),
        ("D7", "veel", "Onbekend"),
        ("D7", "Unknown", "Onbekend"),
        ("D7", True, "Onbekend"),
        ("D7", "=1+1", "Onbekend"),
        ("D7", datetime(2026, 3, 5), "Onbekend"),
        ("C7", "Een andere vraag", "Hoe goed wordt duidelijk"),
        ("A7", "F9-1", "F1-3"),
    ],
)
def test_an_answer_that_cannot_be_used_is_named_and_the_others_are_kept(blank, cell, value, expected):
    book, path = blank()
    fill(book["High Tech"], [3] * 24)
    book["High Tech"][cell] = value
    made = read(book, path)
    (row,) = made.unusable.itertuples()
    assert (row.sheet, row.cell) == ("filled.xlsx: High Tech", cell) and expected in row.expected
    assert str(value).removeprefix("=") in row.found and len(made.answers) == 23
    assert "F1-3" not in set(made.answers.question)


@pytest.mark.parametrize(("cell", "value"), [("E7", "high"), ("F7", "=HYPERLINK(1)")])
def test_a_wrong_confidence_or_note_leaves_the_score(blank, cell, value):
    book, path = blank()
    fill(book["High Tech"], [3] * 24)
    book["High Tech"][cell] = value
    made = read(book, path)
    assert made.unusable.cell.tolist() == [cell] and (made.answers.score == 3).all()
    assert made.answers.confidence[2] == "" and made.answers.note[2] == ""


def test_merged_cells_lose_their_answers_and_no_others(blank):
    book, path = blank()
    fill(book["High Tech"], [3] * 24)
    book["High Tech"].merge_cells("D7:D9")
    made = read(book, path)
    assert made.unusable.to_numpy().tolist() == [
        ["filled.xlsx: High Tech", "D7:D9", "merged cells", "one answer in each cell"]
    ]
    assert len(made.answers) == 21


@pytest.mark.parametrize(
    ("change", "cell", "expected"),
    [
        (lambda sheet: sheet.insert_rows(2), "A4", "Nr."),
        (lambda sheet: sheet.delete_cols(2), "B4", "Functie"),
        (lambda sheet: setattr(sheet, "title", "Hightech"), "A1", "the sheet High Tech"),
    ],
)
def test_a_changed_sheet_gives_no_answers_and_says_why(blank, change, cell, expected):
    book, path = blank()
    fill(book["High Tech"], [3] * 24)
    change(book["High Tech"])
    made = read(book, path)
    assert made.answers.empty and made.unusable.cell.tolist()[0] == cell and expected in made.unusable.expected[0]


def test_what_stands_beside_the_questionnaire_is_reported(blank):
    book, path = blank()
    fill(book["High Tech"], [3] * 24)
    book["High Tech"][f"{get_column_letter(NOTE + 2)}9"] = "eigenlijk een 2"
    made = read(book, path)
    assert made.unusable.found.tolist() == ["eigenlijk een 2"] and len(made.answers) == 24


def test_a_sheet_that_is_left_empty_was_passed_over(blank):
    book, path = blank(clusters=("high-tech", "materialen"))
    fill(book["High Tech"], [3] * 24)
    made = read(book, path)
    assert set(made.answers.cluster) == {"high-tech"} and made.unusable.empty


@pytest.mark.parametrize(
    ("cell", "value"), [("B3", "Jan Jansen"), ("B3", "j@example.org"), ("B3", None), ("B4", "Company")]
)
def test_without_who_answers_no_answer_is_used_and_that_is_said_once(blank, cell, value):
    book, path = blank()
    fill(book["High Tech"], [3] * 24)
    book["Gegevens"][cell] = value
    made = read(book, path)
    assert made.answers.empty and made.unusable.cell.tolist() == [cell]


def test_a_respondent_who_answers_twice_counts_for_neither(blank, tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        book, path = blank(name=name)
        fill(book["High Tech"], [3] + [None] * 23)
        book.save(path)
    made = survey_commands.read([tmp_path / "one.xlsx", tmp_path / "two.xlsx"])
    assert made.answers.empty and set(made.unusable.cell) == {f"A{line}" for line in range(5, 29)}


def test_a_file_that_is_no_questionnaire_is_refused(tmp_path):
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(InputError, match="is no questionnaire"):
        survey_commands.read([other])
    other.write_text("no workbook")
    with pytest.raises(InputError, match="no workbook"):
        survey_commands.read([other])
    with pytest.raises(InputError, match="missing"):
        survey_commands.read([tmp_path / "none.xlsx"])


def test_libreoffice_changes_nothing(blank, tmp_path):
    """Saved anew by LibreOffice, without a window: the same answers, the same report, and still protected."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    book, path = blank()
    fill(book["High Tech"], [*full("Onbekend")[:20], 3.5, "veel", 9, 2])
    book["High Tech"]["E5"], book["High Tech"]["F5"] = "hoog", '=A1+"x" is geen formule'.replace("=", "'=")
    before = read(book, path)
    (tmp_path / "out").mkdir()
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    call = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    after = survey_commands.read([tmp_path / "out" / path.name])
    assert_frame_equal(after.answers, before.answers)
    assert_frame_equal(after.unusable, before.unusable)
    assert openpyxl.load_workbook(tmp_path / "out" / path.name)["High Tech"].protection.sheet


def test_the_command_line_makes_one_and_reads_it_back(upcm, tmp_path, blank):
    path = tmp_path / "new.xlsx"
    status, said, _ = upcm("survey", "new", str(path), "--language", "en", "--cluster", "high-tech")
    assert status == 0 and path.is_file() and str(path) in said.replace("\n", "")
    book, filled = blank()
    fill(book["High Tech"], [4] * 23 + ["veel"])
    book.save(filled)
    status, said, problem = upcm("survey", "read", str(tmp_path / "answers.csv"), str(filled))
    assert status == 1 and "D28" in said and "1 entries cannot be used" in problem
    table = pd.read_csv(tmp_path / "answers.csv", dtype=str, keep_default_na=False)
    assert len(table) == 23 and set(table.score) == {"4"}
    assert len(pd.read_csv(tmp_path / "answers-unusable.csv")) == 1
    status, _, problem = upcm("survey", "read", str(tmp_path / "answers.xlsx"), str(filled))
    assert status == 2 and "ends in .csv" in problem
    status, _, problem = upcm("survey", "new", str(path), "--language", "de")
    assert status == 2 and "unknown language" in problem
