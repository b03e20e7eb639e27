"""Workbooks to fill in: protected but for what is asked, and what came back, read cell by cell. Nothing is guessed."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from factpress.errors import InputError, UnknownName
from factpress.languages import LANGUAGES
from factpress.texts import texts
from factpress.theme import theme

WORDS = texts(__name__)
#: The hidden sheet that says which workbook this is.
KEY = "upcm"
#: The same bytes whenever it is made.
CREATED = datetime(2020, 1, 1)
#: What a cell holds that is worked out: nobody filled that in.
CALCULATED = {"f": "a formula", "e": "an error"}
#: Excel does not take these in the name of a sheet.
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def blank(language: str, title: str, write: Callable) -> bytes:
    """A new workbook: `write` gets it to write its sheets. Raises UnknownName for a language that there is none of."""
    import xlsxwriter  # here, because who reads a workbook needs no writer

    if language not in LANGUAGES:
        raise UnknownName("language", language, LANGUAGES)
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": title, "created": CREATED})
        write(book)
    return content.getvalue()


def sheet_name(text: str) -> str:
    """A text as the name of a sheet."""
    return FORBIDDEN.sub("", text)[:31]


class Blank:
    """The sheets of a workbook to fill in while it is written."""

    def __init__(self, book, language: str):
        self.book, self.language, self.said, colours = book, language, WORDS[language], theme().colours
        edge = {"border": 1, "border_color": colours.rule, "valign": "top", "text_wrap": True}
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": colours.highlight})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self.asked = book.add_format(edge)
        self.first = book.add_format({**edge, "bold": True})
        free = {**edge, "locked": False, "bg_color": colours.soft}
        self.open = book.add_format(free)
        self.day = book.add_format({**free, "num_format": "yyyy-mm-dd"})
        #: What is typed stays as it is typed: no program makes a number or a date of it.
        self.typed = book.add_format({**free, "num_format": "@"})

    def sheet(self, name: str):
        """A new sheet: protected, on A4 across."""
        sheet = self.book.add_worksheet(name)
        sheet.protect("", {"format_rows": True, "format_columns": True})
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet

    def explanation(self, title: str, lines: list[str]) -> None:
        """The sheet that says how to fill it in."""
        sheet = self.sheet(self.said["explanation"])
        sheet.set_column(0, 0, 100)
        sheet.write_string(0, 0, title, self.title)
        for line, text in enumerate(lines, start=2):
            sheet.write_string(line, 0, text, self.text)
            sheet.set_row(line, 32 if len(text) > 95 else 16)

    def hidden(self, name: str, rows: list[tuple]) -> None:
        """A sheet for the reading back, not for who fills it in."""
        sheet = self.sheet(name)
        sheet.hide()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)

    def choice(self, sheet, line: int, column: int, known: list[str] | str, last: int | None = None, only=True) -> None:
        """A list to choose from in one cell, or down to the last line: names, or the cells that hold them.

        Without `only` something else may be filled in too.
        """
        rule = {"validate": "list", "source": known, "input_message": self.said["hint"], "show_error": only}
        sheet.data_validation(line, column, last or line, column, {**rule, "error_message": self.said["wrong"]})


class Filled:
    """A filled-in workbook while it is read. What cannot be used is noted: sheet, cell, found, expected."""

    def __init__(self, file: str, book, language: str):
        self.file, self.book, self.language = file, book, language
        self.unusable: list[tuple[str, str, str, str]] = []

    def refuse(self, sheet: str, cell: str, found, expected: str) -> None:
        """Notes that something cannot be used."""
        self.unusable.append((sheet, cell, "nothing" if found in (None, "") else str(found), expected))

    def has(self, name: str) -> bool:
        """Whether there is a sheet; notes it where it is gone."""
        if name not in self.book.sheetnames:
            self.refuse(name, "A1", "no such sheet", f"the sheet {name}")
        return name in self.book.sheetnames

    def as_sent(self, sheet, line: int, texts: list[str]) -> bool:
        """Whether a line of headers is as it was sent; notes the first that is not."""
        for column, expected in enumerate(texts, start=1):
            cell = sheet.cell(line, column)
            if cell.value != expected:
                self.refuse(sheet.title, cell.coordinate, cell.value, f"{expected}: the sheet as it was sent")
                return False
        return True

    def text(self, sheet: str, cell, expected: str) -> str:
        """What a cell holds as text; a formula or an error holds nothing that can be used."""
        if cell.data_type in CALCULATED:
            self.refuse(sheet, cell.coordinate, f"{CALCULATED[cell.data_type]}: {cell.value}", expected)
            return ""
        value = cell.value
        if isinstance(value, float) and value == int(value):
            value = int(value)
        return "" if value is None else str(value).strip()

    def refuse_besides(self, sheet, first: int, last: int, width: int) -> None:
        """Notes what stands beside or below what was asked: it may be an answer, and to what cannot be told."""
        for row in sheet.iter_rows(min_row=first):
            for cell in row:
                if cell.value is not None and (cell.row > last or cell.column > width):
                    self.refuse(sheet.title, cell.coordinate, cell.value, "nothing beside what is asked")


def opened(path: Path, form: str, noun: str, command: str) -> tuple[object, str, list[tuple]]:
    """A workbook that was filled in: the book, its language, and the other rows of its key.

    Raises InputError for a file that is none, or that was not made as a `form`; `noun` is what it should have been, `command`
    what makes one.
    """

    import openpyxl  # here, because only who reads workbooks needs it
    from openpyxl.utils.exceptions import InvalidFileException  # here, because it takes long to load

    expected = f"a {noun} made by '{command}'"
    if not path.is_file():
        raise InputError(f"a {noun} is missing", file=path, expected=expected)
    try:
        book = openpyxl.load_workbook(path)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InputError("a file is no workbook", file=path, found=error, expected=expected) from None
    key = [tuple(row[:2]) for row in book[KEY].iter_rows(values_only=True)] if KEY in book.sheetnames else [()]
    if len(key[0]) == 2 and key[0][0] != form and str(key[0][0]).rpartition("-")[0] == form.rpartition("-")[0]:
        raise InputError(
            f"a {noun} of another version", file=path, found=key[0][0], expected=form,
            remedy=f"make a new one with '{command}', and copy the answers into it",
        )  # fmt: skip
    if len(key[0]) != 2 or key[0][0] != form or key[0][1] not in LANGUAGES:
        raise InputError(
            f"a workbook is no {noun}", file=path, found=", ".join(book.sheetnames), expected=expected,
            remedy="ask for the file as it was sent, with its hidden sheet",
        )  # fmt: skip
    return book, key[0][1], key[1:]


def one_of(known) -> str:
    """What was expected where there is a list."""
    return "one of " + ", ".join(known)
