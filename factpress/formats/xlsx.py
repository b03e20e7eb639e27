"""A document as a workbook: a cover, the text, one table a sheet with real numbers, and a sheet with one row a fact."""

import io
import re
import textwrap

import xlsxwriter

from factpress.blocks import Block, Cell, Data, Note, Sentence
from factpress.codelists import entries
from factpress.facts import Facts
from factpress.formats.document import Document, printed_number, prose
from factpress.site.imprint import Imprint
from factpress.theme import theme
from factpress.wording import header

#: What Excel does not take in the name of a sheet, and how long one may be.
FORBIDDEN, LONGEST = re.compile(r"[\[\]:*?/\\']"), 31
#: What a name that had to be cut does not end in.
HANGING = re.compile(r"(\s(van|de|het|een|in|op|aan|en|of|the|a|and|by|to))+$")


def workbook(document: Document, imprint: Imprint, facts: Facts, methods: dict[str, dict]) -> bytes:
    """The workbook of a document. Text is never taken for a formula or a link; the same document gives the same bytes."""
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties(
            {
                "title": imprint.title,
                "subject": imprint.words["kicker"],
                "comments": imprint.citation,
                "created": imprint.date.replace(tzinfo=None),
            }
        )
        _Sheets(book, document, imprint, facts, methods).write()
    return content.getvalue()


class _Sheets:
    """The sheets of one workbook while it is written."""

    def __init__(self, book, document: Document, imprint: Imprint, facts: Facts, methods: dict[str, dict]):
        self.book, self.document, self.imprint = book, document, imprint
        self.facts, self.methods = facts, methods
        self.words, self._formats = imprint.words, {}
        self.colours = theme().colours
        self._names: set[str] = set()

    def write(self) -> None:
        """Writes all sheets, in the order of the cover's contents."""
        tables = self.document.tables
        names = [self._name(f"{number} {_short(*one)}") for number, one in enumerate(tables, start=1)]
        cover = self.book.add_worksheet(self._name(self.words["sheets"]))
        text = self.book.add_worksheet(self._name(self.words["text"]))
        for name, (block, title, subtitle, data) in zip(names, tables, strict=True):
            self._table(self.book.add_worksheet(name), block, title, subtitle, data)
        facts = self.book.add_worksheet(self._name(self.words["facts"]))
        self._facts(facts)
        self._text(text)
        numbered = [f"{number}. {title}" for number, (_, title, _, _) in enumerate(tables, start=1)]
        self._cover(cover, list(zip(names, numbered, strict=True)))

    def _cover(self, sheet, contents: list[tuple[str, str]]) -> None:
        sheet.hide_gridlines(2)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 92)
        lines = [
            (self.words["kicker"], {"font_color": self.colours.muted}),
            (self.imprint.title, {"bold": True, "font_size": 20, "font_color": self.colours.highlight}),
            (self.imprint.edition_line, {"font_color": self.colours.muted}),
            *([(self.imprint.banner, {"bold": True})] if self.imprint.banner else []),
            *[
                (block.text, {"font_size": 13})
                for block in self.document.blocks
                if isinstance(block, Sentence) and block.lead
            ],
            ("", {}),
            (self.words["sheets"], {"bold": True}),
        ]
        for row, (line, style) in enumerate(lines):
            self._paragraph(sheet, row, line, 92, **style)
        row = len(lines)
        for name, title in [
            (self.words["text"], self.words["text"]),
            *contents,
            (self.words["facts"], self.words["files"]),
        ]:
            self._link(sheet, row, name, title)
            row += 1
        for line in (
            "",
            self.words["rounding"],
            self.words["neutral"],
            self.imprint.citation,
            self.imprint.version_line,
        ):
            self._paragraph(sheet, row, line, 92)
            row += 1

    def _link(self, sheet, row: int, name: str, text: str) -> None:
        """A link to another sheet; Excel takes no longer text for one."""
        look = self._format(font_color=self.colours.highlight, underline=1)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", look, text[:255])

    def _paragraph(self, sheet, row: int, text: str, width: int, **style) -> None:
        """A text over as many lines as it takes: not every program makes rows higher by itself."""
        size = style.get("font_size", 11)
        sheet.write_string(row, 0, text, self._format(text_wrap=True, valign="top", **style))
        sheet.set_row(row, size * 1.4 * _lines_of(text, width * 11 / size))

    def _text(self, sheet) -> None:
        sheet.hide_gridlines(2)
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 100)
        for row, (line, heading) in enumerate(_lines(self.document)):
            self._paragraph(sheet, row, line, 100, bold=heading)

    def _table(self, sheet, block: Block, title: str, subtitle: str, data: Data) -> None:
        head = 3
        sheet.write_string(0, 0, title, self._format(bold=True, font_size=13, font_color=self.colours.highlight))
        sheet.write_string(1, 0, subtitle, self._format(font_color=self.colours.muted))
        self._link(sheet, 2, self.words["sheets"], f"← {self.words['sheets']}")
        header = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
        sheet.write_string(head, 0, data.stub, self._format(**header))
        for number, column in enumerate(data.columns, start=1):
            text = f"{column.label}\n({column.unit})" if column.unit else column.label
            align = {"align": "right"} if column.number else {"align": "left", "indent": 1}
            sheet.write_string(head, number, text, self._format(**align, **header))
        for line, row in enumerate(data.rows, start=head + 1):
            strong = {"bold": bool(row.role)}
            sheet.write_string(line, 0, row.label, self._format(valign="top", **strong))
            for number, (one, column) in enumerate(zip(row.cells, data.columns, strict=True), start=1):
                self._cell(sheet, line, number, one, column.number, strong)
        line = head + len(data.rows) + 2
        for note in [*block.notes, block.source]:
            if note:
                sheet.write_string(line, 0, note, self._format(font_color=self.colours.muted))
                line += 1
        sheet.freeze_panes(head + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        widths = [_width([data.stub, *(row.label for row in data.rows)], 46)]
        for number, column in enumerate(data.columns):
            texts = [*column.label.split(), column.unit + "()", *(row.cells[number].text for row in data.rows)]
            widths.append(_width(texts, 60))
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        named = [(column.label, width) for column, width in zip(data.columns, widths[1:], strict=True)]
        sheet.set_row(head, 15 * (1 + max(_lines_of(label, width - 2) for label, width in named)))
        for line, row in enumerate(data.rows, start=head + 1):
            high = max(_lines_of(one.text, width) for one, width in zip(row.cells, widths[1:], strict=True))
            sheet.set_row(line, 15 * high)

    def _cell(self, sheet, line: int, column: int, one: Cell, right: bool, style: dict) -> None:
        shape = number_format(one, self.imprint.language)
        if shape:
            sheet.write_number(
                line, column, one.value, self._format(num_format=shape, align="right", valign="top", **style)
            )
        else:
            align = {"align": "right"} if right else {"align": "left", "indent": 1}
            sheet.write_string(line, column, one.text, self._format(valign="top", text_wrap=True, **align, **style))

    def _facts(self, sheet) -> None:
        language, bold = self.imprint.language, self._format(bold=True, bottom=1)
        for column, name in enumerate(self.words["columns"]):
            sheet.write_string(0, column, name, bold)
        for line, name in enumerate(self.facts.table.fact_id, start=1):
            fact = self.facts[name]
            texts = {
                0: fact.fact_id,
                1: fact.measure.label[language],
                2: fact.subject.name(language),
                6: header(fact.indicator, language),
                7: entries("statuses")[fact.status][f"name_{language}"],
                8: "; ".join(fact.inputs)[:32000],
                9: f"{self.methods[fact.method][f'name_{language}']} ({fact.method})",
            }
            for column, text in texts.items():
                sheet.write_string(line, column, text)
            for column, value in ((3, fact.value), (4, fact.low), (5, fact.high)):
                if value == value:  # an unknown number stays an empty cell
                    sheet.write_number(line, column, value)
        sheet.freeze_panes(1, 1)
        for column, width in enumerate((44, 40, 24, 14, 14, 14, 22, 14, 60, 70)):
            sheet.set_column(column, column, width)
        sheet.autofilter(0, 0, len(self.facts.table), len(self.words["columns"]) - 1)

    def _format(self, **style):
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(style)
        return self._formats[key]

    def _name(self, text: str) -> str:
        """A name for a sheet that Excel takes and that no other sheet has."""
        plain = FORBIDDEN.sub(" ", text)
        name = textwrap.shorten(plain, LONGEST, placeholder="") or plain[:LONGEST].strip()
        name = name if name == plain else HANGING.sub("", name)
        assert name.lower() not in self._names, name  # they begin with different numbers
        self._names.add(name.lower())
        return name


def _short(block: Block, title: str, _: str, data: Data) -> str:
    """A name for a table that fits on the tab of a sheet: its own, its title or the first part of it, or what its rows are."""
    room = LONGEST - len("99 ")
    names = (getattr(block, "short", ""), title, re.split(r"[,:;] ", title)[0])
    return next((name for name in names if name and len(name) <= room), data.stub)


def number_format(one: Cell, language: str) -> str | None:
    """The Excel format that shows a cell's value as its text does; None where the text is not just that number."""
    printed = printed_number(one, language)
    if printed is None:
        return None
    decimals, after = printed
    return "#,##0" + ("." + "0" * decimals if decimals else "") + (f'"{after}"' if after else "")


def _lines(document: Document) -> list[tuple[str, bool]]:
    """The running text of a document, one line a heading, paragraph, item or note; whether it is a heading."""
    lines: list[tuple[str, bool]] = []
    for part in document.parts:
        if isinstance(part, str):
            for one in prose(part):
                lines += [(f"- {item}", False) for item in one.items] or [(one.text, one.kind == "heading")]
        elif isinstance(part, Sentence):
            lines.append((part.text, False))
        elif isinstance(part, Note):
            lines += [(part.title, True), *((text, False) for text in part.text)]
    return lines


def _lines_of(text: str, width: float) -> int:
    """Over how many lines a text of words breaks in a column so wide."""
    lines = 0
    for line in text.split("\n"):
        lines, room = lines + 1, 0.0
        for word in line.split():
            if room and room + len(word) > width:
                lines, room = lines + 1, 0.0
            room += len(word) + 1
    return lines


def _width(texts: list[str], most: int) -> float:
    return min(most, max(9, max(len(text) for text in texts) * 1.05 + 2))
