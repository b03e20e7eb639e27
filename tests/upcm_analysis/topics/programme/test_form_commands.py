"""The forms of a project as a workbook: what is filled in is read back, and what cannot be used is named by file and cell."""

import shutil
import subprocess

import openpyxl
import pandas as pd
import pytest
from project_workbooks import NUMBERS, PROJECT, column, fill, place

from factpress.codelists import codelist
from factpress.errors import InputError
from factpress.indicators import indicator
from upcm_analysis.topics.programme import filled_form_commands, form_commands, form_sources
from upcm_analysis.topics.programme.form_commands import HEADER, WORDS, lines
from upcm_analysis.topics.programme.form_sources import FORMS
from upcm_analysis.vocabulary.project_forms import PROGRESS, SHEET


@pytest.fixture(scope="module")
def registered():
    """The forms of the project as they are registered."""
    tables = {form: form_sources.forms("2020", form) for form in FORMS}
    return {form: rows[rows.project == PROJECT][FORMS[form]] for form, rows in tables.items()}


@pytest.fixture
def blank(tmp_path):
    """Empty forms, with a way to save and read them."""

    def make(language="nl", name="filled.xlsx", asked=(SHEET, PROGRESS), project=PROJECT):
        path = tmp_path / name
        path.write_bytes(form_commands.workbook(project, language, list(asked)))
        return openpyxl.load_workbook(path), path

    return make


def read(book, *paths):
    book.save(paths[-1])
    return filled_form_commands.read(list(paths))


def same(found, registered):
    for form, rows in registered.items():
        both = [t.sort_values(FORMS[form]).reset_index(drop=True) for t in (found[form], rows)]
        pd.testing.assert_frame_equal(*both)


def test_the_registered_forms_come_back_also_when_libreoffice_saved_them(blank, registered, tmp_path):
    """The Dutch workbook as it is, and as LibreOffice converts it: the rows that are registered, and still protected."""
    book, path = blank()
    for form, rows in registered.items():
        fill(book, form, rows)
    made = read(book, path)
    assert made.unusable.empty, made.unusable.to_string()
    same(made.forms, registered)
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "out").mkdir()
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    call = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    after = filled_form_commands.read([tmp_path / "out" / path.name])
    assert after.unusable.empty, after.unusable.to_string()
    same(after.forms, registered)
    saved = openpyxl.load_workbook(tmp_path / "out" / path.name)
    assert all(sheet.protection.sheet for sheet in saved.worksheets)


def test_an_english_form_gives_the_same_rows_with_numbers_in_dutch_notation(blank, registered):
    book, path = blank("en")
    for form, rows in registered.items():
        fill(book, form, rows, "en")
    sheet = book["Progress report"]
    assert sheet[f"{column(PROGRESS, 'value')}{place(PROGRESS, 'finance', 'needed')}"].value == "100,000"
    made = read(book, path)
    assert made.unusable.empty, made.unusable.to_string()
    same(made.forms, registered)


def test_every_part_can_be_filled_in_codes_are_chosen_and_the_rest_is_locked(blank):
    book, _ = blank()
    for form in FORMS:
        sheet, asked = book[WORDS["nl"]["forms"][form]], lines(form)
        assert {line.part for line in asked} == {part for name, part in codelist("form_parts").index if name == form}
        for number, line in enumerate(asked, start=HEADER + 1):
            free = {cell.coordinate[0] for cell in sheet[number] if not cell.protection.locked}
            assert free == {column(form, name) for name in form_commands.open_columns(form, line)}
        chosen = {str(area) for one in sheet.data_validations.dataValidation for area in one.sqref.ranges}
        listed = {
            f"{column(form, name)}{number}"
            for number, line in enumerate(asked, start=HEADER + 1)
            for name in form_commands.open_columns(form, line)
            if form_commands.lists_of(form, line.part, name)
        }
        assert chosen == listed and listed
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "hidden"] == ["upcm-lists", "upcm"]
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert form_commands.workbook(PROJECT, "en", [SHEET]) == form_commands.workbook(PROJECT, "en", [SHEET])


#: The form, the part with its item, the column, what is filled in, and what is then expected, with which remedy.
CELLS = [
    (SHEET, ("goal", ""), "nl", "=1+1", "typed", "correct the cell"),
    (SHEET, ("result", ""), "nl", "<b>Vet</b>", "without markup", "without formula"),
    (SHEET, ("cluster", ""), "value", "Hightech", "High Tech (kapitaalgoederen)", "choose from the list"),
    (SHEET, ("function", "F1"), "value", "Heel hoog", "hoog, middel, laag, onbekend", "choose from the list"),
    (SHEET, ("effect", ""), "item", "Milieu", "Milieudruk verlagen", "choose from the list"),
    (SHEET, ("milestone", ""), "item", "ooit", "a year", "choose from the list"),
    (SHEET, ("co2", "life"), "value", "1.7.1", "a number in Dutch notation", "correct the value"),
    (SHEET, ("status-date", ""), "value", "15-10-2020", "a date such as 2020-10-15", "correct the value"),
    (SHEET, ("co2", "total"), "unit", "ton", "kiloton CO₂", "in the unit that stands on the form"),
    (SHEET, ("value-added", ""), "unit", "euro", "mln euro", "in the unit that stands on the form"),
    (SHEET, ("volume", ""), "unit", "stuks", "one of Mkg, Gkg, kg", "in the unit that stands on the form"),
    (PROGRESS, ("finance", "needed"), "unit", "k€", "euro", "in the unit that stands on the form"),
    (PROGRESS, ("ready", ""), "value", "110", "a percentage from 0 to 100", "correct the value"),
    (PROGRESS, ("finished", ""), "item", "Ooit", "Projectdefinitie, Stakeholdercommitment", "choose from the list"),
]
BETWEEN = [
    (SHEET, ("co2", "total"), "value", "19", "at least 20", "correct the value"),
    (PROGRESS, ("finance", "granted"), "value", "90.000", "80000, which is Toegekend via RVO +", "correct the value"),
    (PROGRESS, ("milestone", "evaluation"), "actual", "2020-01", "before that of Uitvoering gereed (2020-02)", "dates"),
    (PROGRESS, ("phase", ""), "value", "Evaluatie", "Uitvoering, until that is finished or its", "correct the value"),
]


@pytest.mark.parametrize("wrong", [CELLS, BETWEEN], ids=["cells", "between"])
def test_what_cannot_be_used_is_named_with_its_cell_and_a_remedy(blank, registered, wrong):
    book, path = blank()
    for form, rows in registered.items():
        fill(book, form, rows)
    book["Voortgangsrapportage"][f"{column(PROGRESS, 'actual')}{place(PROGRESS, 'milestone', 'execution')}"] = "2020-02"
    cells = [f"{column(form, name)}{place(form, *at)}" for form, at, name, *_ in wrong]
    for cell, (form, _, _, value, *_) in zip(cells, wrong, strict=True):
        book[WORDS["nl"]["forms"][form]][cell] = value
    report = read(book, path).unusable
    assert set(report.file) == {"filled.xlsx"}
    for cell, (form, _, _, value, expected, remedy) in zip(cells, wrong, strict=True):
        (row,) = report[(report.cell == cell) & (report.sheet == WORDS["nl"]["forms"][form])].itertuples()
        assert expected in row.expected and remedy in row.remedy and value in row.found, row
    if wrong is CELLS:
        assert len(report) == len(wrong)


def test_every_number_has_its_unit_on_the_form_locked_or_open(blank):
    """Whatever is a figure is asked in the unit of that figure; of any other number the unit is asked."""
    for language in ("nl", "en"):
        book, _ = blank(language)
        for form in FORMS:
            sheet, locked = book[WORDS[language]["forms"][form]], 0
            for number, line in enumerate(lines(form), start=HEADER + 1):
                cell = sheet[f"{column(form, 'unit')}{number}"]
                if line.part in NUMBERS:
                    own = form_sources.unit(form, line.part, line.item)
                    said = codelist("units").at[own, f"header_{language}"] if own else None
                    assert (cell.value, cell.protection.locked) == (said, bool(own)), cell.coordinate
                    locked += bool(own)
                else:
                    assert cell.protection.locked and not cell.value
            assert locked > 5
    figures = {form: set() for form in FORMS}
    for form, part, item in codelist("sheet_figures").index:
        figures[form].add(part)
        assert (
            form_sources.unit(form, part, item) == indicator(codelist("sheet_figures").indicator[form, part, item]).unit
        )
    assert figures[SHEET] | figures[PROGRESS] <= NUMBERS


@pytest.mark.parametrize("unit", ["ton", None], ids=["another", "none"])
def test_a_number_of_another_unit_or_of_none_is_no_figure(blank, unit):
    """1.500 with 'ton' is not 1.500 kiloton, also where somebody took the protection off."""
    book, path = blank(asked=[SHEET])
    sheet, line = book["Impactsheet"], place(SHEET, "co2", "total")
    sheet[f"{column(SHEET, 'value')}{line}"] = "1.500"
    sheet[f"{column(SHEET, 'unit')}{line}"] = unit
    (row,) = read(book, path).unusable.itertuples()
    cell = f"{column(SHEET, 'unit')}{line}"
    assert (row.file, row.sheet, row.cell, row.found) == ("filled.xlsx", "Impactsheet", cell, unit or "nothing")
    assert row.expected == "kiloton CO₂" and "write the number in the unit" in row.remedy


def test_a_number_that_is_no_figure_needs_a_unit_and_keeps_its_own(blank):
    book, path = blank(asked=[SHEET])
    sheet, line = book["Impactsheet"], place(SHEET, "volume")
    sheet[f"{column(SHEET, 'value')}{line}"], sheet[f"{column(SHEET, 'nl')}{line}"] = "1.500", "Schroot"
    (row,) = read(book, path).unusable.itertuples()
    assert (row.cell, row.found, row.expected) == (
        f"{column(SHEET, 'unit')}{line}",
        "nothing",
        "the unit of the number",
    )
    sheet[f"{column(SHEET, 'unit')}{line}"] = "ton"
    made = read(book, path)
    assert made.unusable.empty and made.forms[SHEET][["value", "unit"]].to_numpy().tolist() == [["1.500", "ton"]]


@pytest.mark.parametrize(
    ("shown", "refused"), [("0%", True), ('0 "kton"', True), ("#,##0,", True), ("#,##0.00", False)]
)
def test_a_cell_may_not_show_a_number_in_a_unit_of_its_own(blank, shown, refused):
    """A tenth that is shown as 10% is no tenth of a percent."""
    book, path = blank(asked=[PROGRESS])
    cell = book["Voortgangsrapportage"][f"{column(PROGRESS, 'value')}{place(PROGRESS, 'ready')}"]
    cell.value, cell.number_format = 0.1, shown
    made = read(book, path)
    assert made.unusable.found.tolist() == ([f"0.1, shown as {shown}"] if refused else [])
    assert refused or made.forms[PROGRESS]["value"].tolist() == ["0,1"]


def test_a_form_of_an_earlier_version_is_refused(blank):
    book, path = blank()
    book["upcm"]["A1"] = "upcm-project-1"
    with pytest.raises(InputError, match="of another version") as error:
        read(book, path)
    assert error.value.parts["found"] == "upcm-project-1" and "upcm project new" in error.value.parts["remedy"]


def test_a_thing_said_twice_is_named(blank):
    book, path = blank()
    sheet = book["Impactsheet"]
    first = place(SHEET, "product-group")
    for line in (first, first + 1):
        sheet[f"{column(SHEET, 'item')}{line}"] = "29.1"
    (row,) = read(book, path).unusable.itertuples()
    assert (row.cell, row.found, row.expected) == (f"B{first + 1}", "29.1", "each once for a project")


def test_the_same_project_in_two_files_is_named(blank, tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        book, path = blank(name=name)
        book["Impactsheet"][f"F{place(SHEET, 'goal')}"] = "Een doel"
        book.save(path)
    made = filled_form_commands.read([tmp_path / "one.xlsx", tmp_path / "two.xlsx"])
    (row,) = made.unusable.itertuples()
    assert (row.file, row.sheet, row.found) == ("two.xlsx", "Impactsheet", "batterijen, also in one.xlsx")
    assert "once" in row.expected and "one file" in row.remedy


def test_two_projects_make_one_table_and_empty_amounts_among_others_are_unknown(blank, tmp_path):
    for name, project in (("one.xlsx", PROJECT), ("two.xlsx", "zonnepanelen")):
        book, path = blank(name=name, asked=[SHEET], project=project)
        book["Impactsheet"][f"{column(SHEET, 'value')}{place(SHEET, 'co2', 'total')}"] = 5
        book.save(path)
    made = filled_form_commands.read([tmp_path / "one.xlsx", tmp_path / "two.xlsx"])
    assert made.unusable.empty and list(made.forms) == [SHEET]
    rows = made.forms[SHEET]
    assert list(rows.columns) == FORMS[SHEET] and set(rows.project) == {PROJECT, "zonnepanelen"}
    own = rows[rows.project == "zonnepanelen"].set_index("item")["value"]
    assert own.to_dict() == {"design": "", "life": "", "recycling": "", "total": "5"}


@pytest.mark.parametrize(
    ("change", "cell", "expected"),
    [
        (lambda sheet: sheet.insert_rows(2), "A4", "Onderdeel"),
        (lambda sheet: setattr(sheet["A5"], "value", "Doelen"), "A5", "Cluster"),
        (lambda sheet: setattr(sheet["J9"], "value", "nog iets"), "J9", "nothing beside"),
        (lambda sheet: setattr(sheet, "title", "Blad"), "A1", "the sheet Impactsheet"),
        (lambda sheet: None, "A1", "at least one cell"),
    ],
)
def test_a_changed_or_empty_sheet_is_named(blank, change, cell, expected):
    book, path = blank(asked=[SHEET])
    change(book["Impactsheet"])
    made = read(book, path)
    assert made.unusable.cell.tolist() == [cell] and expected in made.unusable.expected[0]


def test_what_is_no_form_is_refused(blank, tmp_path):
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(InputError, match="is no form of a project"):
        filled_form_commands.read([other])
    with pytest.raises(InputError, match="did you mean batterijen"):
        form_commands.workbook("baterijen", "nl", [SHEET])
    book, path = blank()
    book["upcm"]["B2"] = "onbekend"
    with pytest.raises(InputError, match="unknown project"):
        read(book, path)


def test_the_command_line_writes_tables_or_a_report_and_never_both(upcm, tmp_path, blank):
    path = tmp_path / "new.xlsx"
    status, said, _ = upcm("project", "new", str(path), "--project", PROJECT, "--form", "sheet")
    assert status == 0 and path.is_file() and PROJECT in said
    book, filled = blank()
    cell = f"{column(PROGRESS, 'value')}{place(PROGRESS, 'ready')}"
    book["Voortgangsrapportage"][cell] = "200"
    book.save(filled)
    status, said, problem = upcm("project", "read", str(filled), "--out", str(tmp_path))
    assert status == 2 and cell in said and "0 to 100" in said.replace("\n", " ") and "no table was written" in problem
    assert len(pd.read_csv(tmp_path / "unusable.csv")) == 1 and not list(tmp_path.glob("*-reports.csv"))
    book["Voortgangsrapportage"][cell] = "20"
    book.save(filled)
    status, said, _ = upcm("project", "read", str(filled), "--out", str(tmp_path), "--overwrite")
    assert status == 0 and "1 rows of 1 projects" in said and not (tmp_path / "unusable.csv").exists()
    table = pd.read_csv(tmp_path / "progress-reports.csv", dtype=str, keep_default_na=False)
    assert list(table.columns) == FORMS[PROGRESS] and table["value"].tolist() == ["20"]
    for arguments, expected in (
        (("new", str(path), "--project", PROJECT, "--form", "beide"), "unknown form"),
        (("read", str(filled), "--out", str(tmp_path)), "there is a file of that name already"),
        (("new", str(path), "--project", PROJECT, "--language", "de"), "unknown language"),
        (("new", str(tmp_path / "new.csv"), "--project", PROJECT), "ends in .xlsx"),
        (("read", str(filled), "--out", str(tmp_path / "none/at/all")), "a folder that there is none of"),
    ):
        status, _, problem = upcm("project", *arguments)
        assert status == 2 and expected in problem
