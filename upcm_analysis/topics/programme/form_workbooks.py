"""The forms of projects as a workbook: an empty impact sheet and progress report, and what was filled in, read back.

All but the answers is protected. What cannot be used is reported by sheet and cell, and then no table is written.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import pandas as pd
from babel.numbers import get_decimal_symbol

from factpress import files
from factpress.codelists import entries
from factpress.dimensions import subject
from factpress.errors import UnknownName
from factpress.indicators import indicator
from factpress.texts import texts
from upcm_analysis.intake import workbooks
from upcm_analysis.intake.workbooks import KEY, one_of
from upcm_analysis.topics.programme.forms import FORMS, unit, wrong
from upcm_analysis.vocabulary.project_forms import PROGRESS, SHEET

WORDS = texts(__name__)
#: What the hidden sheet begins with, and the hidden sheet with the lists to choose from.
FORMAT, LISTS = "upcm-project-2", "upcm-lists"
#: The line of the header; what is asked follows.
HEADER = 4
#: Where what is wrong with a part that stands nowhere else is said.
TOP = "A1"
#: Parts whose items are known beforehand, though they are in no list of their own: those that are figures.
FIGURES = ("co2", "finance")
#: Parts that are told by numbered texts, but for those whose items have a name of their own.
NAMED = ("target", "volume", "critical-material", *FIGURES)
#: Parts with dates, and which.
DATED = {"milestone": ("planned", "actual"), "period": ("planned",)}
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


@dataclass(frozen=True)
class Line:
    """One line of a form: its part, and what is filled in beforehand."""

    part: str
    item: str = ""
    horizon: str = ""


def lines(form: str) -> list[Line]:
    """All lines of a form: of each part those with an item that is known beforehand, then as many as the code list says."""
    found = []
    for (name, part), spec in entries("form_parts").items():
        if name == form:
            found += [Line(part, *one) for one in _given(form, part, spec)]
            found += [Line(part)] * int(spec["rows"])
    return found


def _given(form: str, part: str, spec: dict) -> list[tuple[str, str]]:
    """The items of a part that are known beforehand, with their horizon."""
    if part in FIGURES:
        return [(item, "") for name, among, item in entries("sheet_figures") if (name, among) == (form, part)]
    if int(spec["rows"]):
        return []
    return [(_code(code), row.get("horizon", "")) for code, row in entries(spec["item"]).items()]


def _code(key) -> str:
    """The code in the key of a list: of functions, whose key has their scheme too, the last."""
    return key[-1] if isinstance(key, tuple) else key


def _columns(form: str, line: Line) -> set[str]:
    """The columns of a line that are to be filled in."""
    spec = entries("form_parts")[(form, line.part)]
    found = {"nl", "en", *(DATED.get(line.part, ()) if form == PROGRESS else ())}
    if not line.item and (spec["item"] not in ("", "free") or line.part in NAMED):
        found.add("item")
    if spec["horizon"] == "yes" and not line.horizon:
        found.add("horizon")
    if spec["value"]:
        found.add("value")
    if "number" in spec["value"] and not unit(form, line.part, line.item):
        found.add("unit")
    return found


def _lists(form: str, part: str, column: str) -> list[str]:
    """The code lists that a cell chooses from; none where it is free."""
    spec = entries("form_parts")[(form, part)]
    kind = {"item": spec["item"], "horizon": "horizons", "value": spec["value"]}.get(column, "")
    plain = ("", "free", "year", "sbi", "number", "date", "month", "text")
    return [name for name in kind.split(" or ") if name not in plain]


def names(name: str, language: str) -> dict[str, str]:
    """The names of a list, as they are chosen from, by code."""
    found = {_code(key): row[f"name_{language}"] for key, row in entries(name).items()}
    if name == "functions":
        return {code: f"{code} {text}" for code, text in found.items()}
    if name == "guide_criteria":
        phase = {code: entries("guide_phases")[row["phase"]][f"name_{language}"] for code, row in entries(name).items()}
        return {code: f"{phase[code]}: {text}" for code, text in found.items()}
    return found


def _item(form: str, line: Line, language: str) -> str:
    """What an item that is known beforehand is called."""
    listed = _lists(form, line.part, "item")
    if listed:
        return names(listed[0], language)[line.item]
    return indicator(entries("sheet_figures")[(form, line.part, line.item)]["indicator"]).short[language]


def workbook(project: str, language: str, forms: list[str]) -> bytes:
    """An empty workbook with these forms of a project. Raises UnknownName for a project that there is none of."""
    about = subject("project", project)
    write = partial(_write, about=about, language=language, forms=forms)
    return workbooks.blank(language, project, write)


def _write(book, about, language: str, forms: list[str]) -> None:
    made = _Blank(book, language)
    title = about.name(language)
    made.explanation(f"{made.words['title']}: {title}", made.words["lines"])
    for form in forms:
        made.form(form, title)
    made.hidden(LISTS, made.listed())
    named = [(made.words["forms"][form], form) for form in forms]
    made.hidden(KEY, [(FORMAT, language), ("project", about.project), *named])


class _Blank(workbooks.Blank):
    """The sheets of empty forms while they are written."""

    def __init__(self, book, language: str):
        super().__init__(book, language)
        self.words, self.lists = WORDS[language], []

    def form(self, form: str, title: str) -> None:
        """The sheet of a form: a line each thing, with what can stand there beside the first of a part."""
        columns = FORMS[form][1:]
        sheet = self.sheet(self.words["forms"][form])
        for column, width in enumerate((40, 46, *[16] * (len(columns) - 4), 40, 40, 60)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, self.words["forms"][form])
        for column, text in enumerate(_header(form, self.language)):
            sheet.write_string(HEADER - 1, column, text, self.head)
        before = ""
        for number, line in enumerate(lines(form), start=HEADER):
            fixed, free = _fixed(form, line, self.language), _columns(form, line)
            for place, column in enumerate(columns):
                if column not in free:
                    first = column == "part" and line.part != before
                    sheet.write_string(number, place, fixed.get(column, ""), self.first if first else self.asked)
                    continue
                sheet.write_blank(number, place, None, self.typed)
                if listed := _lists(form, line.part, column):
                    only = column != "value" or entries("form_parts")[(form, line.part)]["value"] in listed
                    self.choice(sheet, number, place, self._range(listed[0]), only=only)
            hint = _hint(form, line, self.language) if line.part != before else ""
            sheet.write_string(number, len(columns), hint, self.text)
            before = line.part
        sheet.freeze_panes(HEADER, 1)
        sheet.repeat_rows(HEADER - 1)

    def _range(self, name: str) -> str:
        """The cells that hold the names of a list."""
        if name not in self.lists:
            self.lists.append(name)
        column = chr(ord("A") + self.lists.index(name))
        return f"='{LISTS}'!${column}$1:${column}${len(entries(name))}"

    def listed(self) -> list[tuple]:
        """The lists that were referred to, a column each."""
        columns = [list(names(name, self.language).values()) for name in self.lists]
        size = max((len(column) for column in columns), default=0)
        return [tuple(column[line] if line < len(column) else None for column in columns) for line in range(size)]


def _header(form: str, language: str) -> list[str]:
    """The header of a form."""
    words = WORDS[language]
    return [*(words["columns"][column] for column in FORMS[form][1:]), words["hint"]]


def _fixed(form: str, line: Line, language: str) -> dict[str, str]:
    """What stands on a line beforehand, by column."""
    said = {"part": entries("form_parts")[(form, line.part)][f"name_{language}"]}
    if line.item:
        said["item"] = _item(form, line, language)
    if line.horizon:
        said["horizon"] = names("horizons", language)[line.horizon]
    if own := unit(form, line.part, line.item):
        said["unit"] = entries("units")[own][f"header_{language}"]
    return said


def _hint(form: str, line: Line, language: str) -> str:
    """What can stand on the lines of a part."""
    words, spec, said = WORDS[language], entries("form_parts")[(form, line.part)], []
    for column, kinds in (("item", words["items"]), ("value", words["values"])):
        if column not in _columns(form, line):
            continue
        listed, kind = _lists(form, line.part, column), spec[column]
        parts = [words["list"]] if listed else []
        parts += [words["number"]] if "number" in kind else []
        parts = parts or [kinds.get(kind, words["free"])]
        said.append(f"{words['columns'][column]}: {', '.join(parts)}")
    if "unit" in _columns(form, line):
        said.append(f"{words['columns']['unit']}: {words['unit']}")
    if spec["text"] == "required":
        said.append(words["text"])
    return "; ".join(said)


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
            if self.has(name) and self.as_sent(self.book[name], HEADER, _header(form, self.language)):
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
        columns, fixed, free = FORMS[form][1:], _fixed(form, line, self.language), _columns(form, line)
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
        listed = [names(name, self.language) for name in _lists(form, line.part, column)]
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
            line.item: _item(form, line, language)
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
