"""What was filled in on the forms of projects, read back.

What cannot be used is reported by sheet and cell, and then no table is written.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd
from babel.numbers import get_decimal_symbol

from factpress import files
from factpress.codelists import entries
from factpress.errors import UnknownName
from upcm_analysis.intake import workbooks
from upcm_analysis.intake.workbooks import one_of
from upcm_analysis.topics.programme.form_commands import (
    FORMAT,
    HEADER,
    Line,
    filled_before,
    header_of,
    item_name,
    lines,
    lists_of,
    names,
    open_columns,
)
from upcm_analysis.topics.programme.form_sources import FORMS, PROGRESS, SHEET, unit, wrong

#: Where what is wrong with a part that stands nowhere else is said.
TOP = "A1"
#: The tables that are written, by form.
FILES = {SHEET: "impact-sheets.csv", PROGRESS: "progress-reports.csv"}
REPORT, UNUSABLE = "unusable.csv", ["file", "sheet", "cell", "found", "expected", "remedy"]
#: What to do about it, by what it is about; and else.
REMEDIES = {
    "project": "send one file for a project, and read that",
    "part": "keep one of the lines, and clear the other",
    "item": "choose from the list, or clear the line",
    "value": "correct the value, or clear the cell if it is not known",
    "unit": "write the number in the unit that stands on the form; where none does, fill in the unit of the number",
    "planned": "correct the dates, or clear the cell if it is not known",
    "actual": "correct the dates, or clear the cell if it is not known",
    "nl": "write a text in one of the two languages, without formula or markup",
    "en": "write a text in one of the two languages, without formula or markup",
}
REMEDY = "correct the cell, and read the file again"
#: How a cell may show its number: as it is, without a unit, a percentage or thousands of its own.
PLAIN = re.compile(r"General|@|[#0]+([.,][#0]+)*")
#: English numbers have their points and commas the other way round than Dutch ones.
TO_DUTCH = str.maketrans(",.", ".,")


@dataclass(frozen=True, eq=False)
class Answers:
    """The rows of each form, in its columns, and what was `unusable`: file, sheet, cell, found, expected, remedy."""

    forms: dict[str, pd.DataFrame]
    unusable: pd.DataFrame


def read(paths: list[Path]) -> Answers:
    """What was filled in, in one table a form, and a report of what cannot be used.

    Raises InputError for a file that is no workbook of ours.
    """
    parts, report, seen = {form: [] for form in FORMS}, [], {}
    for path in paths:
        filled = _Filled(Path(path).name, *_opened(Path(path)))
        for form, rows in filled.read().items():
            about = (form, filled.project)
            if about in seen:
                found = f"{filled.project}, also in {seen[about]}"
                filled.note(filled.sheets[form], TOP, found, "each project once for a form", "project")
            seen[about] = filled.file
            parts[form].append(rows)
        report += filled.report()
    made = {form: pd.concat(rows, ignore_index=True) for form, rows in parts.items() if rows}
    return Answers(made, pd.DataFrame(report, columns=UNUSABLE))


def _opened(path: Path) -> tuple:
    """A workbook of ours, its language, and which project and forms it is about."""
    book, language, ((_, project), *named) = workbooks.opened(path, FORMAT, "form of a project", "upcm project new")
    if project not in entries("projects"):
        raise UnknownName("project", project, entries("projects"), file=path)
    return book, language, project, {form: name for name, form in named}


class _Filled(workbooks.Filled):
    """One filled-in workbook while it is read."""

    def __init__(self, file: str, book, language: str, project: str, sheets: dict[str, str]):
        super().__init__(file, book, language)
        self.project, self.sheets = project, sheets
        self.remedies: dict[tuple[str, str], str] = {}

    def note(self, sheet: str, cell: str, found, expected: str, column: str) -> None:
        """Notes that something cannot be used, and what to do about it."""
        self.refuse(sheet, cell, found, expected)
        self.remedies[sheet, cell] = REMEDIES.get(column, REMEDY)

    def report(self) -> list[tuple]:
        """What cannot be used, a row each; what is said of a cell twice is said once."""
        return [(self.file, *row, self.remedies.get(row[:2], REMEDY)) for row in dict.fromkeys(self.unusable)]

    def read(self) -> dict[str, pd.DataFrame]:
        """The rows of each form on which anything is filled in."""
        found = {}
        for form, name in self.sheets.items():
            if self.has(name) and self.as_sent(self.book[name], HEADER, header_of(form, self.language)):
                rows = self._form(form, self.book[name])
                if len(rows):
                    found[form] = rows
        if not found and not self.unusable:
            self.refuse(next(iter(self.sheets.values())), TOP, None, "at least one cell filled in")
        return found

    def _form(self, form: str, sheet) -> pd.DataFrame:
        """The rows of a form; what is wrong with them is noted by the cell that it stands in."""
        asked, rows, places = lines(form), [], []
        self.refuse_besides(sheet, HEADER, HEADER + len(asked), len(FORMS[form]))
        for number, line in enumerate(asked, start=HEADER + 1):
            if made := self._line(form, line, sheet[number]):
                rows.append(made)
                places.append((line, {column: sheet.cell(number, place).coordinate
                                      for place, column in enumerate(FORMS[form][1:], start=1)}))  # fmt: skip
        rows, places = _whole(form, rows, places)
        _numbered(form, rows)
        made = pd.DataFrame(rows, columns=[*FORMS[form], "begun"])
        for index, column, expected in wrong(form, made[FORMS[form]]):
            cell = places[index][1].get(column, TOP)
            if (sheet.title, cell) not in {(one, at) for one, at, *_ in self.unusable}:
                said = _spoken(form, made.at[index, "part"], expected, self.language)
                self.note(sheet.title, cell, sheet[cell].value, said, column)
        return made[FORMS[form]]

    def _line(self, form: str, line: Line, cells) -> dict | None:
        """What is filled in on a line, in codes; of a line with an item beforehand also where it is left empty (`begun`)."""
        columns, fixed, free = FORMS[form][1:], filled_before(form, line, self.language), open_columns(form, line)
        sheet, said = cells[0].parent.title, dict.fromkeys(FORMS[form], "")
        begun = False
        for cell, column in zip(cells, columns, strict=False):
            if column in free:
                said[column] = self._answer(form, line, column, sheet, cell)
                begun = begun or cell.value is not None
            elif (cell.value or "") != fixed.get(column, ""):
                self.note(sheet, cell.coordinate, cell.value, fixed.get(column) or "nothing here", column)
                return None
        if not (begun or line.item):
            return None
        given = {"project": self.project, "part": line.part, "begun": begun}
        known = {"item": line.item, "horizon": line.horizon, "unit": unit(form, line.part, line.item)}
        given |= {name: text for name, text in known.items() if text}
        return {**said, **given}

    def _answer(self, form: str, line: Line, column: str, sheet: str, cell) -> str:
        """What a cell holds: the code of what was chosen, a number in Dutch notation, a date as text."""
        listed = [names(name, self.language) for name in lists_of(form, line.part, column)]
        known = {text: code for one in listed for code, text in one.items()}
        kind = entries("form_parts")[(form, line.part)][column] if column in ("item", "value") else ""
        numeric = column == "value" and "number" in kind
        if isinstance(cell.value, datetime) and not numeric:
            return cell.value.strftime("%Y-%m" if kind == "month" else "%Y-%m-%d")
        if numeric and cell.data_type == "n" and cell.value is not None and not PLAIN.fullmatch(cell.number_format):
            found = f"{cell.value:.12g}, shown as {cell.number_format}"
            self.note(sheet, cell.coordinate, found, "the number itself, in a cell that shows it as it is", column)
            return ""
        if numeric and isinstance(cell.value, float) and cell.data_type == "n":
            return f"{cell.value:.12g}".replace(".", ",")
        text = self.text(sheet, cell, one_of(known) if known else "a text, a number or a date, typed")
        if not text or text in known:
            return known.get(text, "")
        if known and not numeric:
            self.note(sheet, cell.coordinate, text, one_of(known), "item")
            return ""
        return text.translate(TO_DUTCH) if numeric and get_decimal_symbol(self.language) == "." else text


def _spoken(form: str, part: str, expected: str, language: str) -> str:
    """What was expected, with the names that stand on the form instead of their codes."""
    named = {
        "phase": {**names("guide_phases", language), **names("guide_criteria", language)},
        "milestone": names("guide_gates", language),
        "finance": {
            line.item: item_name(form, line, language)
            for line in lines(form)
            if line.part == part == "finance" and line.item
        },
    }.get(part if form == PROGRESS else "", {})
    return re.sub(r"[a-z]+(-[a-z]+)*", lambda found: named.get(found[0], found[0]), expected)


def _whole(form: str, rows: list[dict], places: list) -> tuple[list[dict], list]:
    """The rows that count: those on which something is filled in, and of amounts that are begun also the empty ones.

    An amount that is left empty among others is unknown, and that is said.
    """
    specs = entries("form_parts")
    begun = {row["part"] for row in rows if row["begun"] and specs[(form, row["part"])]["value"] == "number"}
    kept = [place for place, row in enumerate(rows) if row["begun"] or row["part"] in begun]
    return [rows[place] for place in kept], [places[place] for place in kept]


def _numbered(form: str, rows: list[dict]) -> None:
    """Gives numbers to the items of free parts that have no name."""
    for part in dict.fromkeys(row["part"] for row in rows):
        own = [row for row in rows if row["part"] == part]
        if entries("form_parts")[(form, part)]["item"] != "free":
            continue
        unused = (
            str(number) for number in range(1, 2 * len(own) + 1) if str(number) not in {row["item"] for row in own}
        )
        for row in own:
            row["item"] = row["item"] or next(unused)


def write(made: Answers, folder: Path, overwrite: bool = False) -> list[Path]:
    """The tables, ready to be registered; where something cannot be used none of them, but the report of that.

    Raises InputError where there is such a file already, or an earlier report, and they are not to be overwritten.
    """
    tables = {folder / FILES[form]: rows for form, rows in made.forms.items()}
    report = folder / REPORT
    if len(made.unusable):
        tables = {report: made.unusable}
    files.refuse_existing([*tables, report], overwrite)
    files.write_all({place: one.to_csv(index=False, lineterminator="\n").encode() for place, one in tables.items()})
    if report not in tables:
        report.unlink(missing_ok=True)
    return list(tables)
