"""Tables as others deliver them, CSV or workbook, read cell by cell: what each prints and where it stands.

Nothing is interpreted here but what the file itself says: that a cell is a number or a date, is hidden, merged or superscript.
"""

import csv
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from factpress.errors import InputError, UnknownName

TEXT, NUMBER, DATE = "text", "number", "date"
DELIMITERS = {";": "semicolon", "\t": "tab", "|": "bar", ",": "comma"}
#: The first bytes of files that are no CSV, and what to do with them.
OTHERS = {
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook (.xls)", "open it and save it as .xlsx"),
    b"%PDF": ("a PDF", "take the table over into a spreadsheet, and check it"),
}
#: So many lines of a file say what parts its cells.
MANY = 1000
#: Excel holds fifteen digits of a number; what comes after is noise.
DIGITS = 15
SUPERSCRIPT = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
#: What to do with hidden rows and columns.
HIDDEN = ("keep", "leave")


@dataclass(frozen=True)
class Cell:
    """A cell: its text, a number in Dutch notation without points; what kind it is; its address; decimals that it prints."""

    text: str = ""
    kind: str = TEXT
    where: str = ""
    #: Of a number that is printed with decimals that somebody chose.
    shown: bool = False
    #: The sign behind a number that only its format prints, such as %.
    unit: str = ""


@dataclass(frozen=True)
class Finding:
    """Something to say about a table: a code that stands for the words, where, and what goes into the words."""

    code: str
    where: str = ""
    said: dict[str, str] = field(default_factory=dict)


@dataclass
class Grid:
    """A file as rows of cells, of the same length each, with how it was read.

    `lengths` says of each row how many cells the file gives it. `misfits` cannot be used as they are; `remarks` can.
    """

    rows: list[list[Cell]]
    lengths: list[int]
    read_as: dict[str, str]
    misfits: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)


def read(path: Path, sheet: str | None = None, hidden: str | None = None) -> Grid:
    """A CSV or an XLSX as a grid. Raises InputError for a file that is neither, or of which it is not clear which sheet."""
    expected = "a table as CSV or XLSX"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError("a table cannot be read", file=path, found=error.strerror, expected=expected) from None
    if not content.strip():
        raise InputError("a table is empty", file=path, expected=expected)
    for begin, (found, remedy) in OTHERS.items():
        if content.startswith(begin):
            raise InputError("a file of another kind", file=path, found=found, expected=expected, remedy=remedy)
    made = _workbook(path, content, sheet, hidden) if content.startswith(b"PK") else _csv(path, content)
    if not any(cell.text for row in made.rows for cell in row):
        raise InputError("a table is empty", file=path, expected=expected)
    return made


def address(row: int, column: int) -> str:
    """The address of a cell as spreadsheets write it, counted from 0: `B7`."""
    letters = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        letters = chr(ord("A") + left) + letters
    return f"{letters}{row + 1}"


# CSV


def _csv(path: Path, content: bytes) -> Grid:
    text, encoding = _decoded(path, content)
    remarks = []
    if encoding == "Windows-1252":
        strange = sorted({word for word in re.findall(r"[^\s;,\t|\"]+", text) if not word.isascii()})
        remarks.append(Finding("encoding", "", {"words": ", ".join(strange[:5])}))
    elif found := re.search(r"[^\s;,|\"]*(?:[ÃÂ][\u0080-\u00bf]|â€)[^\s;,|\"]*", text):
        remarks.append(Finding("mojibake", "", {"words": found[0]}))
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r"sep=(.)", first.strip())
    if said:
        text = "\n" + rest  # an empty line in its place: addresses stay those of the file
    delimiter = said[1] if said else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        raise InputError(
            "a file is no CSV", file=path, row=reader.line_num, found=error, expected="quotes in pairs"
        ) from None
    width = max(map(len, lines), default=0)
    rows = [
        [Cell(_clean(text), TEXT, address(r, c)) for c, text in enumerate([*line, *[""] * (width - len(line))])]
        for r, line in enumerate(lines)
    ]
    as_read = {"format": "CSV", "encoding": encoding, "delimiter": DELIMITERS.get(delimiter, delimiter)}
    return Grid(rows, [len(line) for line in lines], as_read, [], remarks)


def _decoded(path: Path, content: bytes) -> tuple[str, str]:
    """The text of a file, and in which encoding it is: UTF-8 where it can be, else what Excel in Western Europe writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    if b"\0" not in content:
        try:
            return content.decode("utf-8-sig"), "UTF-8"
        except UnicodeDecodeError:
            pass
        try:
            return content.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError:
            pass
    raise InputError(
        "a file is no text", file=path, found="bytes that stand for no letter", expected="a table as CSV or XLSX"
    )


def _delimiter(text: str) -> str:
    """What parts the cells: that which gives most lines the same number of them, the more seldom a sign first."""

    text = "".join(text.splitlines(keepends=True)[:MANY])

    def share(delimiter: str) -> float:
        """The share of the lines that have as many cells as most of them."""
        try:
            widths = [len(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if line]
        except csv.Error:
            return 0
        width, count = max(Counter(widths).items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        return count / len(widths) if width > 1 else 0

    return max(DELIMITERS, key=share)


def _clean(text: str) -> str:
    """The text of a cell on one line, without the spaces around it."""
    return " ".join(text.replace("\u00ad", "").split())


# Workbooks


def _workbook(path: Path, content: bytes, name: str | None, hidden: str | None) -> Grid:
    import openpyxl  # here, because only who brings in a workbook needs it
    from openpyxl.utils.exceptions import InvalidFileException  # here, because it takes long to load

    try:
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True, rich_text=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(
            "a file is no workbook",
            file=path,
            found=error,
            expected="a table as CSV or XLSX",
            remedy="save it as .xlsx",
        ) from None
    sheet = _sheet(path, values, name)
    made = _Sheet(sheet, formulas[sheet.title])
    made.read(hidden)
    others = [one for one in values.sheetnames if one != sheet.title]
    if others:
        made.grid.remarks.append(Finding("sheets", "", {"names": ", ".join(others)}))
    return made.grid


def _sheet(path: Path, book, name: str | None):
    """The sheet that was asked for, or the only one to be seen that holds a table."""
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if name:
        if name not in sheets:
            raise UnknownName("sheet", name, sheets, file=path)
        return sheets[name]
    filled = [one for one in sheets.values() if one.sheet_state == "visible" and any(one.iter_rows(values_only=True))]
    filled = [one for one in filled if any(v is not None for row in one.iter_rows(values_only=True) for v in row)]
    if len(filled) != 1:
        names = ", ".join(one.title for one in filled) or "none to be seen"
        raise InputError(
            "which sheet?", file=path, found=names, expected="one sheet with a table", remedy="say which: --sheet NAME"
        )
    return filled[0]


class _Sheet:
    """One sheet of a workbook while it is read."""

    def __init__(self, sheet, formulas):
        self.sheet, self.formulas = sheet, formulas
        self.grid = Grid([], [], {"format": "XLSX", "sheet": sheet.title})

    def read(self, hidden: str | None) -> None:
        """Reads every cell, spreads what is merged, and sees to what is hidden."""
        for row in self.sheet.iter_rows():
            self.grid.rows.append([self._cell(cell) for cell in row])
        while self.grid.rows and not any(cell.text for cell in self.grid.rows[-1]):
            self.grid.rows.pop()
        self._merged()
        self._hidden(hidden)
        self.grid.lengths = [len(row) for row in self.grid.rows]

    def _refuse(self, code: str, where: str, **said: str) -> None:
        self.grid.misfits.append(Finding(code, where, said))

    def _cell(self, cell) -> Cell:
        value, where = cell.value, cell.coordinate
        if getattr(cell, "comment", None):
            self.grid.remarks.append(Finding("comment", where, {"text": _clean(cell.comment.text)}))
        formula = self.formulas[where].data_type == "f"
        if cell.data_type == "e" or (formula and value is None):
            self._refuse("error" if value else "formula", where, found=str(value or self.formulas[where].value))
            return Cell("", TEXT, where)
        if value is None:
            return Cell("", TEXT, where)
        if isinstance(value, datetime | date | time):
            day = value.date() if isinstance(value, datetime) and value.time() == time() else value
            return Cell(day.isoformat(), DATE, where)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _number(value, cell.number_format, where)
        return Cell(_clean(_plain(value)), TEXT, where)

    def _merged(self) -> None:
        """Gives every cell of a merged area the text of the first; a number in several cells is of none of them."""
        for area in self.sheet.merged_cells.ranges:
            top, left = area.min_row - 1, area.min_col - 1
            if top >= len(self.grid.rows):
                continue
            first = self.grid.rows[top][left]
            if not first.text:
                continue
            if first.kind == NUMBER:
                self._refuse("merged number", str(area), found=first.text)
                continue
            for row in self.grid.rows[top : area.max_row]:
                for column in range(left, area.max_col):
                    row[column] = Cell(first.text, first.kind, row[column].where)
            beside = [cell.text for c, cell in enumerate(self.grid.rows[top]) if not left <= c < area.max_col]
            if any(beside) or area.max_row > area.min_row:  # else it is a title
                self.grid.remarks.append(Finding("merged", str(area), {"text": first.text}))

    def _hidden(self, hidden: str | None) -> None:
        """Sees to rows and columns that are hidden and hold something: kept or left out as was asked, else a misfit."""
        from openpyxl.utils import column_index_from_string, get_column_letter  # here, because it takes long to load

        lines = {row - 1 for row, one in self.sheet.row_dimensions.items() if one.hidden or one.height == 0}
        columns = {
            number - 1
            for letter, one in self.sheet.column_dimensions.items()
            if one.hidden
            for number in range(one.min or column_index_from_string(letter), (one.max or 0) + 1)
        }
        rows = self.grid.rows
        lines = {one for one in lines if one < len(rows) and any(cell.text for cell in rows[one])}
        columns = {one for one in columns if any(one < len(row) and row[one].text for row in rows)}
        for what, which in (("rows", [str(one + 1) for one in sorted(lines)]),
                            ("columns", [get_column_letter(one + 1) for one in sorted(columns)])):  # fmt: skip
            if which and hidden:
                self.grid.remarks.append(Finding(f"hidden {what} {hidden}", "", {"which": ", ".join(which)}))
            elif which:
                self._refuse(f"hidden {what}", "", which=", ".join(which))
        if hidden == "leave":
            kept = [[cell for c, cell in enumerate(row) if c not in columns] for row in rows]
            self.grid.rows = [row for r, row in enumerate(kept) if r not in lines]


def _plain(value) -> str:
    """The text of a cell, with what is superscript in it written so that it cannot be taken for a digit of a number."""
    parts = []
    for part in value if isinstance(value, list) else [value]:
        raised = getattr(getattr(part, "font", None), "vertAlign", None) == "superscript"
        text = str(getattr(part, "text", part))
        parts.append(text.translate(SUPERSCRIPT) if raised else text)
    return "".join(parts)


def _number(value: float, form: str, where: str) -> Cell:
    """A number as its format prints it, but with all its decimals, in Dutch notation without points."""
    exact = Decimal(f"{value:.{DIGITS}g}")
    printed = form.partition(";")[0]
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", printed)
    unit = "%" if "%" in bare else ""
    if unit:
        exact *= 100
    decimals = len((re.search(r"\.(0+)", bare) or ["", ""])[1])
    own = max(0, -exact.normalize().as_tuple().exponent)
    text = f"{exact:.{max(decimals, own)}f}".replace(".", ",")
    sign = re.search(r'"?\s*(\*{1,2})"?$', re.sub(r"\[[^\]]*\]|_.", "", printed)) if '"' in printed else None
    return Cell(text + (sign[1] if sign else ""), NUMBER, where, shown=decimals > 0, unit=unit)
