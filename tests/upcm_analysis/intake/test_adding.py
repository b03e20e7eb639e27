"""Bringing in a table: what is recognised, what is refused and where, and that it is added whole or not at all."""

import csv
import io
import os
import pty
import shutil
import signal
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from adds_tables import adds
from hypothesis import example, given
from hypothesis import strategies as st
from make import GOOD
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from support import ROOT

from factpress import files
from factpress.builder.processes import Beside
from factpress.errors import InputError
from upcm_analysis.intake import adding, grids
from upcm_analysis.intake import report as intake_report
from upcm_analysis.intake.recognition import recognise
from upcm_analysis.registers import sources

ID = "own-count/jobs-2024"
SAID = ("--id", ID, "--title", "Eigen telling", "--publisher", "Provincie")


def table(tmp_path, content, notation=None, header=None):
    """What is recognised in a CSV with this content."""
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return recognise(grids.read(path), notation, header)


def rows(found):
    return [[one.name for one in found.columns], *found.rows]


def codes(found):
    return [(one.code, one.where) for one in found.misfits]


# Notation


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.234", "5,8"], ["1.234", "5,8"]),
        (["1,234", "5.8"], ["1.234", "5,8"]),
        (["1.234.567", "1.234"], ["1.234.567", "1.234"]),
        (["1,234,567.25", "1,234"], ["1.234.567,25", "1.234"]),
        (["0.125", "1.125"], ["0,125", "1,125"]),
        (["1234", "-17"], ["1234", "-17"]),
        (["1 234,5", "12\u00a0345,6"], ["1.234,5".replace(".", ""), "12345,6"]),
        (["\u221217", "> 400"], ["-17", "> 400"]),
        (["12%", "3,5 %"], ["12", "3,5"]),
        (["€ 1.200,50", "€ 3"], ["1.200,50", "3"]),
        (["1.234,5", "", ".", "x", "-"], ["1.234,5", "", ".", "x", "-"]),
        (["18.706*", "5,1**"], ["18.706*", "5,1**"]),
    ],
)
def test_a_column_decides_its_own_notation(tmp_path, cells, expected):
    found = table(tmp_path, "naam;figuur\n" + "".join(f"r{n};{text}\n" for n, text in enumerate(cells)))
    assert codes(found) == [] and [row[1] for row in found.rows] == expected


@pytest.mark.parametrize(("notation", "expected"), [("nl", ["1.234", "2.500"]), ("en", ["1,234", "2,500"])])
def test_what_no_cell_decides_is_asked_and_never_guessed(tmp_path, notation, expected):
    content = "naam;figuur;ander\na;1.234;5,8\nb;2.500;1,2\n"
    found = table(tmp_path, content)
    assert codes(found) == [("undecided", "B2")] and found.columns[2].notation == "nl"
    said = table(tmp_path, content.replace(";5,8", ";").replace(";1,2", ";"), notation)
    assert codes(said) == [] and [row[1] for row in said.rows] == expected and said.columns[1].decided == "said"


@pytest.mark.parametrize(
    ("cells", "notation", "misfits"),
    [
        (["1.234,5", "1,234.5", "2,5"], None, [("mixed notation", "B3")]),
        (["1.234", "1,234"], None, [("mixed notation", "B2"), ("mixed notation", "B3")]),
        (["1,5", "2,5"], "en", [("other notation", "B2")]),
        (["1", "2", "drie"], None, [("no number", "B4")]),
        (["1", "5-aug", "2"], None, [("date", "B3")]),
        (["1", "08-05-2024", "2"], None, [("date", "B3")]),
        (["12", "121)", "3"], None, [("no number", "B3")]),
        (["12%", "3,5", "4"], None, [("mixed units", "B2")]),
        (["€ 12", "$ 3", "€ 4"], None, [("mixed units", "B2")]),
    ],
)
def test_what_does_not_fit_is_named_by_cell(tmp_path, cells, notation, misfits):
    found = table(tmp_path, "naam;figuur\n" + "".join(f"r{n};{text}\n" for n, text in enumerate(cells)), notation)
    assert codes(found) == misfits


@example([(1000, 0), (1000, 3)], "nl")  # 1.000 and 1,000: clear where the notation is said
@given(
    st.lists(st.tuples(st.integers(-2_000_000, 2_000_000), st.integers(0, 4)), min_size=1, max_size=6),
    st.sampled_from(["nl", "en"]),
)
def test_a_number_is_read_as_what_it_is_or_asked_about(tmp_path_factory, numbers, notation):
    """However numbers are printed: values come back, or the notation is asked or said to be mixed; never another value."""
    values = [Decimal(digits).scaleb(-decimals) for digits, decimals in numbers]
    texts = [f"{value:,}" for value in values]
    if notation == "nl":
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    path = tmp_path_factory.mktemp("numbers")
    found = table(path, "naam;figuur\n" + "".join(f"r{n};{text}\n" for n, text in enumerate(texts)))
    if not found.misfits:
        back = [Decimal(row[1].replace(".", "").replace(",", ".")) for row in found.rows]
        assert back == values
    else:
        assert {one.code for one in found.misfits} <= {"undecided", "mixed notation"}
    assert [one.code for one in table(path, path.joinpath("table.csv").read_bytes(), notation).misfits] == []


# Files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encoding_and_delimiter_are_recognised(tmp_path, encoding, delimiter):
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter).writerows(
        [["Provincie", "Omzet, geïndexeerd"], ["Fryslân", "1,5"], ["Zuid-Holland", "2,5"]]
    )
    found = table(tmp_path, made.getvalue().encode(encoding))
    assert rows(found) == [["Provincie", "Omzet, geïndexeerd"], ["Fryslân", "1,5"], ["Zuid-Holland", "2,5"]]
    assert ("encoding" in {one.code for one in found.remarks}) == (encoding == "cp1252")


def test_letters_that_were_misread_before_are_pointed_out(tmp_path):
    found = table(tmp_path, "naam;figuur\nFryslÃ¢n;1\n")
    assert [(one.code, one.said["words"]) for one in found.remarks] == [("mojibake", "FryslÃ¢n")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04rest", "no workbook"),
        (b"\x00\x01\x02\x81", "no text"),
        (b'a;b\n"1;2\n', "no CSV"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, content, problem):
    with pytest.raises(InputError, match=problem):
        table(tmp_path, content)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        grids.read(tmp_path / "none.csv")


# Shape


def test_titles_units_notes_and_the_lines_of_a_header_are_told_apart(tmp_path):
    """As StatLine writes a table to CSV."""
    found = table(
        tmp_path,
        '"Emissies naar lucht"\n"Onderwerp";"CO2";"CO2";"Methaan"\n"Perioden";"2020*";"2022*";"2020*"\n'
        '"Bedrijfstakken";"mln kg";"mln kg";"mln kg"\n"20 Chemie";"18706";"15843";"."\n"C Industrie¹";"43821";"41281";"-"\n'
        '"¹ Inclusief reparatie"\n"Bron: CBS"\n',
    )
    assert rows(found) == [
        ["Bedrijfstakken", "CO2 2020* (mln kg)", "CO2 2022* (mln kg)", "Methaan 2020* (mln kg)"],
        ["20 Chemie", "18706", "15843", "."],
        ["C Industrie", "43821", "41281", "-"],
    ]
    assert codes(found) == [] and found.title == "Emissies naar lucht" and found.columns[1].unit == "mln kg"
    assert list(csv.reader(io.StringIO(found.notes_csv().decode()))) == [
        ["row", "column", "sign", "note"],
        ["C Industrie", "Bedrijfstakken", "¹", "Inclusief reparatie"],
        ["", "", "", "Emissies naar lucht"],
        ["", "", "", "Bron: CBS"],
    ]


def test_a_last_row_without_figures_is_a_row_and_a_year_is_no_header(tmp_path):
    found = table(tmp_path, "Gebied;Jaar;Banen\nNL;2020;5\nNL;2021;6\nZeeland;;\n")
    assert found.rows == [["NL", "2020", "5"], ["NL", "2021", "6"], ["Zeeland", "", ""]] and found.notes == []
    assert [one.kind for one in found.columns] == ["label", "period", "number"]
    assert [(one.code, one.where) for one in found.remarks] == [("row without figures", "A4")]


def test_dates_are_dates_and_text_that_begins_with_digits_is_pointed_out(tmp_path):
    found = table(tmp_path, "naam;dag;klasse\na;2024-05-01;0-10 banen\nb;1-6-2024;meer\n")
    assert [one.kind for one in found.columns] == ["label", "date", "text"]
    assert [(one.code, one.where) for one in found.remarks] == [("dates", "B2"), ("as text", "C2")]


def test_a_header_over_several_columns_holds_for_each(tmp_path):
    found = table(tmp_path, ";Banen;;Omzet;\n;2020;2021;2020;2021\nNL;5;6;7;8\n")
    assert rows(found)[0] == ["rij", "Banen 2020", "Banen 2021", "Omzet 2020", "Omzet 2021"]
    assert {one.code for one in found.remarks} == {"no name", "spread"}


def test_a_total_is_recognised_and_added_up(tmp_path):
    found = table(tmp_path, "naam;a;b\nx;10;1,4\ny;20;2,4\nTotaal;31;9,9\n")
    (remark,) = found.remarks
    assert remark.code == "total off" and (remark.said["good"], remark.said["of"]) == (
        "1",
        "2",
    )  # 10 and 20 may be 10.5 and 20.5
    assert remark.said["off"] == "b: 9,9 ≠ 3,8"


@pytest.mark.parametrize(
    ("content", "misfits"),
    [
        ("naam;a;a\nx;1;2\n", [("same name", "C1")]),
        ("naam;a;\nx;1;2\n", [("no name", "C1")]),
        ("naam;a\nx;1\n;2\n", [("row without a name", "A3")]),
        ("naam;a;b\nx;1;2\ny;1;2\nz;3\n", [("ragged", "A4")]),
        ("naam\nx\ny\n", [("one column", "")]),
        ("naam;a\n0-10;1\n10-mei;2\n", [("date", "A3")]),
    ],
)
def test_a_shape_that_cannot_be_used_is_refused(tmp_path, content, misfits):
    assert codes(table(tmp_path, content)) == misfits


# Workbooks, as LibreOffice writes them


def pitfalls():
    """Workbooks with what spreadsheets do to tables, by name."""
    book = openpyxl.Workbook()
    book.remove(book.active)

    def sheet(name, lines):
        made = book.create_sheet(name)
        for line in lines:
            made.append(line)
        return made

    sheet("good", [["Provincie", "Banen", "Omzet (mln euro)"], ["Groningen", 1103, 1234.5], ["Drenthe", 602, "."]])
    sheet("points", [["naam", "figuur"], ["a", 1.103], ["b", 950], ["c", 12.345]])
    sheet("all points", [["naam", "figuur"], ["a", 1.103], ["b", 2.472]])
    chosen = sheet("decimals", [["naam", "figuur", "ander", "derde"], ["a", 1.103, 0.125, 1.5], ["b", 2.472, 3.125, 2]])
    chosen["B2"].number_format = chosen["B3"].number_format = "0.000"
    sheet("dates", [["naam", "figuur"], ["a", 5.1], ["b", date(2026, 8, 5)], ["c", 3.2]])["B3"].number_format = "d-mmm"
    sheet("codes", [["klasse", "aantal"], ["0-10", 1], [date(2026, 10, 20), 2]])
    merged = sheet("merged", [["", "Banen", None, "Omzet", None], ["", 2020, 2021, 2020, 2021], ["NL", 1, 2, 3, 4]])
    merged.merge_cells("B1:C1"), merged.merge_cells("D1:E1")
    number = sheet("number", [["naam", "a", "b"], ["x", 7, None], ["y", 1, 2]])
    number.merge_cells("B2:C2")
    hidden = sheet("hidden", [["naam", "a", "b"], ["x", 1, 2], ["y", 3, 4], ["z", 5, 6]])
    hidden.row_dimensions[3].hidden = True
    hidden.column_dimensions["C"].hidden = True
    notes = sheet("notes", [["Titel van de tabel"], ["naam", "Banen", "Aandeel"], ["x", 12, 0.125], ["y", 0, 0.5], [],
                            ["1) Voorlopig"], ["Bron: eigen telling"]])  # fmt: skip
    notes["B4"] = CellRichText("34", TextBlock(InlineFont(vertAlign="superscript"), "1)"))
    notes["C3"].number_format = notes["C4"].number_format = "0.0%"
    sheet("error", [["naam", "figuur"], ["x", 1], ["y", "=1/0"]])
    formula = sheet("formula", [["naam", "figuur"], ["x", 1.25], ["y", "=B2*2"]])
    formula["B2"].number_format = formula["B3"].number_format = "0"
    return book


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """The workbook with pitfalls, once as LibreOffice writes it, without a window."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    place = tmp_path_factory.mktemp("office")
    pitfalls().save(place / "pitfalls.xlsx")
    call = [office, f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", "xlsx",
            "--outdir", str(place / "out"), str(place / "pitfalls.xlsx")]  # fmt: skip
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    return place / "out" / "pitfalls.xlsx"


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (
            "good",
            [["Provincie", "Banen", "Omzet (mln euro)"], ["Groningen", "1103", "1234,5"], ["Drenthe", "602", "."]],
        ),
        ("merged", [["rij", "Banen 2020", "Banen 2021", "Omzet 2020", "Omzet 2021"], ["NL", "1", "2", "3", "4"]]),
        ("notes", [["naam", "Banen", "Aandeel (%)"], ["x", "12", "12,5"], ["y", "34", "50,0"]]),
        ("formula", [["naam", "figuur"], ["x", "1,25"], ["y", "2,5"]]),
        (
            "decimals",
            [["naam", "figuur", "ander", "derde"], ["a", "1,103", "0,125", "1,5"], ["b", "2,472", "3,125", "2"]],
        ),
    ],
)
def test_a_sheet_that_fits_is_read(workbook, sheet, expected):
    found = recognise(grids.read(workbook, sheet))
    assert codes(found) == [] and rows(found) == expected


@pytest.mark.parametrize(
    ("sheet", "misfits"),
    [
        ("points", [("eaten", "B2")]),
        ("all points", [("eaten", "B2")]),
        ("dates", [("date", "B3")]),
        ("codes", [("date", "A3")]),
        ("number", [("merged number", "B2:C2")]),
        ("hidden", [("hidden rows", ""), ("hidden columns", "")]),
        ("error", [("error", "B3")]),
    ],
)
def test_a_sheet_with_a_pitfall_is_refused_by_cell(workbook, sheet, misfits):
    assert codes(recognise(grids.read(workbook, sheet))) == misfits


def test_what_was_said_of_a_pitfall_is_done(workbook):
    assert recognise(grids.read(workbook, "points"), "en").rows[0] == ["a", "1,103"]
    assert codes(recognise(grids.read(workbook, "points"), "nl")) == [("eaten", "B2")]  # a point in 2.000 left no trace
    assert rows(recognise(grids.read(workbook, "hidden", "leave"))) == [["naam", "a"], ["x", "1"], ["z", "5"]]
    assert len(recognise(grids.read(workbook, "hidden", "keep")).rows) == 3
    found = recognise(grids.read(workbook, "notes"))
    assert found.marked == [("B4", "y", "Banen", "¹⁾")] and found.title == "Titel van de tabel"
    assert b"y,Banen,\xc2\xb9\xe2\x81\xbe,Voorlopig" in found.notes_csv()


def test_which_sheet_is_asked_where_there_are_several(workbook):
    with pytest.raises(InputError, match="which sheet"):
        grids.read(workbook)
    with pytest.raises(InputError, match="did you mean good"):
        grids.read(workbook, "goed")


# Adding


def add(upcm, tmp_path, content=GOOD, *arguments, said=SAID):
    path = tmp_path / "eigen telling.csv"
    path.write_text(content, encoding="utf-8")
    return upcm("data", "add", str(path), *said, *arguments)


def data(repository):
    """Every file of the data, as it is."""
    folder = repository.root / "data"
    made = folder / "processed"
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and not p.is_relative_to(made)}


def test_a_table_that_fits_is_added_with_its_row_and_checksum(repository, upcm, tmp_path):
    before = sources.register()
    status, said, _ = add(upcm, tmp_path, GOOD + "\nBron: eigen telling\n", "--section", "blz. 3")
    assert status == 0 and f"added: data/raw/{ID}.csv" in said
    assert (
        repository.raw(ID).read_text() == 'Provincie,Banen,Omzet (mln euro)\nGroningen,1.234.567,"1,5"\nDrenthe,950,.\n'
    )
    assert repository.raw(f"{ID}-notes").read_text() == "row,column,sign,note\n,,,Bron: eigen telling\n"
    row = sources.verify().loc[ID]
    assert (row.role, row.edition, row.title, row.section, row.licence) == (
        "stored", "2020", "Eigen telling", "blz. 3", "not stated",
    )  # fmt: skip
    assert sources.used().equals(before) and list(sources.register().index[-2:]) == [ID, f"{ID}-notes"]
    page = (repository.root / "reports/added/eigen telling.html").read_text(encoding="utf-8")
    assert "De tabel past" in page and "beslist door B2" in page


def test_a_table_that_does_not_fit_is_reported_and_nothing_is_added(repository, upcm, tmp_path):
    before = data(repository)
    status, said, problem = add(upcm, tmp_path, "naam;figuur\na;1.234\nb;drie\nc;2\n")
    assert status == 2 and "misfit B2" in said and "misfit B3" in said
    for part in ("file:", "row:      B3", "found:    ‘drie’", "(and 1 more)", "remedy:   mend the cell"):
        assert part in problem, part
    assert data(repository) == before
    page = (repository.root / "reports/added/eigen telling.html").read_text(encoding="utf-8")
    assert "Er is niets toegevoegd" in page and "--notation nl (1 234)" in page


@pytest.mark.parametrize(
    ("said", "arguments", "problem"),
    [
        (SAID[2:], (), "no --id"),
        ((), (), "no --id, --title, --publisher"),
        (("--id", "../x", *SAID[2:]), (), "not the name of a table"),
        (("--id", "own", *SAID[2:]), (), "not the name of a table"),
        (("--id", "cbs-83300ned/direct-co2", *SAID[2:]), (), "a table of that name already"),
        (("--id", ID, "--title", " ", *SAID[4:]), (), "an empty cell in the register"),
        (SAID, ("--notation", "de"), "unknown notation"),
        (SAID, ("--hidden", "show"), "unknown way"),
        (SAID, ("--language", "fr"), "unknown language"),
        (SAID, ("--role", "knwn"), "did you mean known"),
        (SAID, ("--role", "facts"), "no column is named"),
        (SAID, ("--role", "comparison"), "until that is done its role is 'stored'"),
    ],
)
def test_a_call_that_is_wrong_adds_nothing(repository, upcm, tmp_path, said, arguments, problem):
    before = data(repository)
    status, _, found = add(upcm, tmp_path, GOOD, *arguments, said=said)
    assert status == 2 and problem in found and data(repository) == before


def test_a_table_is_added_with_the_role_that_it_is_given(repository, upcm, tmp_path):
    """Its notes are stored; and a check reads it, and says what does not fit that role."""
    status, said, _ = add(upcm, tmp_path, GOOD + "\nBron: eigen telling\n", "--role", "known")
    assert status == 0 and "registered in data/sources.csv; as known: see what 'upcm check' says" in said
    assert list(sources.register().role[[ID, f"{ID}-notes"]]) == ["known", "stored"]
    status, _, problem = upcm("check")
    assert status == 2 and f"data/raw/{ID}.csv" in problem and "indicator" in problem


def test_a_table_that_is_made_facts_before_it_is_named_is_named_with_what_to_do(repository, upcm, tmp_path):
    add(upcm, tmp_path)
    repository.edit("data/sources.csv", f"{ID},2020,stored", f"{ID},2020,facts")
    status, _, problem = upcm("check")
    assert status == 2 and f"data/raw/{ID}.csv" in problem and "published_columns.csv" in problem
    assert "until that is done its role is 'stored', in data/sources.csv" in problem


def test_looking_adds_nothing(repository, upcm, tmp_path):
    before = data(repository)
    status, said, _ = add(
        upcm, tmp_path, GOOD, "--look", "--language", "en", "--report", str(tmp_path / "page.html"), said=()
    )
    assert status == 0 and "Dutch (1.234,5), decided by B2" in said and data(repository) == before
    assert "The table fits" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_in_a_terminal_it_asks_what_is_not_said(repository, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("Banen per provincie\nnaam;figuur\na;1.234\nb;2.500\n", encoding="utf-8")
    answers = ["nl", ID, "", "", "", "Provincie", "", "", "", "", "", "y"]
    outer, inner = pty.openpty()
    call = [sys.executable, "-m", "upcm_analysis.cli", "data", "add", str(path)]
    made = subprocess.Popen(
        call, stdin=inner, stdout=inner, stderr=inner, cwd=ROOT, env={**os.environ, "COLUMNS": "120"}
    )
    os.close(inner)
    os.write(outer, "".join(f"{one}\n" for one in answers).encode())
    said = b""
    while True:
        try:
            part = os.read(outer, 10_000)
        except OSError:  # so a terminal ends
            break
        said += part
    os.close(outer)
    assert made.wait(timeout=60) == 0, said.decode()
    assert b"Which notation is it" in said and b"Publisher" in said and b"Add it?" in said
    assert all(f"{role}: {means}".encode() in said for role, means in sources.roles().items())
    row = sources.verify().loc[ID]
    assert (row.title, row.short_title, row.publisher) == ("Banen per provincie", "Banen per provincie", "Provincie")
    assert repository.raw(ID).read_text() == "naam,figuur\na,1.234\nb,2.500\n"


@pytest.fixture
def apart(repository):
    """Has a process of its own make a call: adding tables of these names, until it is killed at a step."""
    made = [Beside("what adds tables", adds) for _ in "ab"]

    def call(names, step=None, by=0):
        made[by].ask((names, step), 60)

    def ended(by=0):
        """How it ended: its status, or the signal that ended it as a negative number."""
        return made[by].answer()

    yield call, ended
    for one in made:
        one.end()


def test_an_addition_that_is_killed_at_any_step_leaves_the_data_as_they_were_or_whole(repository, apart):
    before, whole, steps = data(repository), False, 0
    call, ended = apart
    while not whole:
        call([["own/a", "own/b"]], steps)
        status = ended()
        assert status in (0, -signal.SIGKILL), steps
        registered = set(sources.verify().index)  # reads as if nothing had happened, before anything is tidied
        assert len(registered & {"own/a", "own/b"}) in (0, 2)
        whole = "own/a" in registered
        adding.tidy()
        sources.verify()
        if not whole:
            assert data(repository) == before, steps
        steps += 1
    assert steps > 8
    assert not (repository.root / sources.PENDING).exists() and repository.raw("own/b").read_bytes() == b"a\n"


def test_a_write_that_fails_leaves_the_data_as_they_were(repository, upcm, tmp_path, monkeypatch):
    before, write = data(repository), files.write

    def full(path, content):
        if path.name == "sources.csv":
            raise OSError(28, "No space left on device", str(path))
        write(path, content)

    monkeypatch.setattr(files, "write", full)
    status, _, said = add(upcm, tmp_path)
    assert status == 1 and "No space left" in said
    assert data(repository) == before


def test_two_additions_at_once_are_both_there(repository, apart):
    call, ended = apart
    for by, name in enumerate("ab"):
        call([[f"own/{name}{n}"] for n in range(5)], by=by)
    assert [ended(by) for by in range(2)] == [0, 0]
    assert {f"own/{name}{n}" for name in "ab" for n in range(5)} <= set(sources.verify().index)


def test_everything_that_can_be_found_is_said_in_both_languages():
    """Each code that is used has words, and each of the words is used."""
    names = ("grids.py", "number_forms.py", "note_signs.py", "recognition.py")
    text = "".join((ROOT / "upcm_analysis/intake" / name).read_text() for name in names)
    for language in ("nl", "en"):
        for code in [*intake_report.WORDS[language]["misfit texts"], *intake_report.WORDS[language]["remark texts"]]:
            start = code.rpartition(" ")[0] if code.startswith("hidden") else code
            assert f'"{code}"' in text or f'f"{start.split()[0]} ' in text, code


def test_the_page_is_whole_accessible_and_asks_nothing_of_anybody(tmp_path):
    from accessible import html_faults

    found = table(tmp_path, "naam;a;<b>\nx¹;1.234;2\ny;3;drie\n\n1) Noot & bron\n")
    for language in ("nl", "en"):
        page = intake_report.page(found, "table.csv", language)
        assert f'<html lang="{language}">' in page and "&lt;b&gt;" in page and "<b>" not in page
        assert "http" not in page.replace('http-equiv="', "").replace("http://www.w3.org", "")
        path = Path(tmp_path / f"{language}.html")
        path.write_text(page, encoding="utf-8")
        assert list(html_faults(path)) == []
