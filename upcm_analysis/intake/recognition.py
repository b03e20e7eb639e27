"""What a delivered table holds: title, header, rows, notes, and of each column what it is and in which notation.

What is certain is taken over; what is not is a misfit, with its cell. Whether 1.234 is a thousand or one and a bit is decided
from the whole column, or asked.
"""

import re
from collections import Counter
from decimal import Decimal
from string import ascii_uppercase

from factpress.codelists import codelist
from factpress.languages import LANGUAGES
from factpress.texts import texts
from upcm_analysis.intake.grids import DATE, NUMBER, Cell, Finding, Grid
from upcm_analysis.intake.note_signs import BEHIND, MARKS, NOTE, plain_sign
from upcm_analysis.intake.number_forms import (
    DATELIKE,
    MONEY,
    NOTATIONS,
    PERCENT,
    PLAIN,
    UNIT,
    YEAR,
    classified,
    in_dutch,
    unit_of,
    value_of,
)
from upcm_analysis.intake.recognised import Column, Table

TOTAL = re.compile(r"(sub)?tota(al|l)\b|som\b|sum\b|alle \w+ samen|gezamenlijk", re.I)
WORDS = texts(__name__)
#: From so many numbers among what is filled in a column holds numbers.
MOST = 0.5


def recognise(
    grid: Grid, notation: str | None = None, header: int | None = None, language: str = LANGUAGES[0]
) -> Table:
    """The table in a grid. `notation` decides columns that could be in either, `header` says how many lines it has.

    `language` is that of the table: an unnamed first column gets a name in it.
    """
    return _Recognition(grid, notation, header, language).table()


class _Recognition:
    """One table while it is recognised."""

    def __init__(self, grid: Grid, notation: str | None, header: int | None, language: str):
        self.grid, self.notation, self.lines, self.language = grid, notation, header, language
        self.misfits, self.remarks = list(grid.misfits), list(grid.remarks)
        self.notes: list[tuple[str, str, str]] = []
        self.marked: list[tuple[str, str, str, str]] = []
        self.title = ""
        self.signs = _signs()

    def refuse(self, code: str, where: str = "", **said: str) -> None:
        """Notes what cannot be used."""
        self.misfits.append(Finding(code, where, said))

    def remark(self, code: str, where: str = "", **said: str) -> None:
        """Notes what the user should see."""
        self.remarks.append(Finding(code, where, said))

    def table(self) -> Table:
        """The table, with everything that was found on the way."""
        rows = self._body(self._without_empty(self.grid.rows))
        count = self._header_lines(rows) if self.lines is None else self.lines
        if count >= len(rows):
            self.refuse("no rows")
            count = min(count, max(0, len(rows) - 1))
        head, body = rows[:count], rows[count:]
        columns = [Column(name) for name in self._names(head, len(rows[0]) if rows else 0)]
        self._ragged(columns, body)
        labels = self._label(columns[0], [row[0] for row in body]) if columns else []
        texts = [self._column(column, [r[c] for r in body], labels) for c, column in enumerate(columns) if c]
        found = [list(row) for row in zip(labels, *texts, strict=True)]
        self._totals(columns, found, body)
        return Table(columns, found, self.grid.read_as, self.title, self.notes, self.marked, self.misfits, self.remarks)

    # Where the table begins and ends

    def _without_empty(self, rows: list[list[Cell]]) -> list[list[Cell]]:
        """The grid without columns that are empty altogether; rows are seen to later, for an empty one parts notes off."""
        width = len(rows[0])
        filled = [c for c in range(width) if any(row[c].text for row in rows)]
        between = [c for c in range(filled[0], filled[-1]) if c not in filled]
        if between:
            self.remark("empty columns", ", ".join(rows[0][c].where.rstrip("0123456789") for c in between))
        return [[row[c] for c in filled] for row in rows]

    def _body(self, rows: list[list[Cell]]) -> list[list[Cell]]:
        """The rows from the header to the last; titles above and notes below are kept apart."""
        alone = [self._alone(row) for row in rows]
        if len(rows[0]) == 1:
            self.refuse("one column")
            return [row for row in rows if row[0].text]
        first = next((r for r, row in enumerate(rows) if not alone[r] and any(c.text for c in row)), len(rows) - 1)
        for row in rows[:first]:
            if text := self._text_of(row):
                self.title = self.title or text
                self.notes.append((self._at(row), "", text))
        last = len(rows) - 1
        while last > first and (alone[last] or not self._text_of(rows[last])):
            last -= 1
        end = last + 1
        parted = False
        for r in range(last + 1, len(rows)):
            text = self._text_of(rows[r])
            if not text:
                parted = True
            elif parted or MARKS.match(text):
                parted = True
                found = NOTE.fullmatch(text)
                self.notes.append((self._at(rows[r]), found[1] if found else "", found[2] if found else text))
            else:
                end = r + 1  # a row without figures, not a note
        kept = rows[first:end]
        gaps = [self._at(row) for row in kept if not self._text_of(row)]
        if gaps:
            self.remark("empty rows", ", ".join(gaps))
        return [row for row in kept if self._text_of(row)]

    @staticmethod
    def _alone(row: list[Cell]) -> bool:
        """Whether a row says one thing only, in one cell or merged over all."""
        filled = [cell.text for cell in row if cell.text]
        return len(filled) == 1 or (
            len(filled) == len(row) > 1 and len(set(filled)) == 1 and not PLAIN.match(filled[0])
        )

    @staticmethod
    def _text_of(row: list[Cell]) -> str:
        return next((cell.text for cell in row if cell.text), "")

    @staticmethod
    def _at(row: list[Cell]) -> str:
        return next((cell.where for cell in row if cell.text), row[0].where)

    # Header

    def _header_lines(self, rows: list[list[Cell]]) -> int:
        """How many rows the header has: more than one where the first does not tell columns apart, or where units follow."""
        count = 1
        while count < len(rows) - 1 and self._goes_on(rows[:count], rows[count]):
            count += 1
        return count

    def _goes_on(self, head: list[list[Cell]], row: list[Cell]) -> bool:
        """Whether the header goes on in a row: units stand there, or what is needed to tell the columns apart."""
        said = [cell.text for cell in row[1:] if cell.text]
        if said and all(UNIT.fullmatch(text.strip("()")) for text in said):
            return True
        names = [" ".join(one[c].text for one in head) for c in range(1, len(row))]
        told_apart = len(set(names)) == len(names) and all(name.strip() for name in names)
        figures = [
            text for text in said if classified(text) in ("plain", "nl", "en", "either") and not YEAR.fullmatch(text)
        ]
        signs = [text for text in said if text in self.signs]
        return bool(said) and not told_apart and not figures and not signs

    def _names(self, head: list[list[Cell]], width: int) -> list[str]:
        """The name of each column: its lines joined, the unit in brackets."""
        lines = [list(row) for row in head]
        for n, upper in enumerate(lines[:-1]):  # a name that stands over several columns, as a CSV keeps it
            for c in range(2, width):
                if not upper[c].text and upper[c - 1].text and any(low[c].text for low in lines[n + 1 :]):
                    self.remark("spread", upper[c].where, text=upper[c - 1].text)
                    upper[c] = Cell(upper[c - 1].text, upper[c].kind, upper[c].where)
        names: list[str] = []
        for c in range(width):
            parts = list(dict.fromkeys(line[c].text for line in lines if line[c].text))
            where = lines[-1][c].where if lines else ""
            if c == 0:
                parts = parts[-1:]
            elif len(parts) > 1 and UNIT.fullmatch(parts[-1].strip("()")):
                parts[-1] = f"({parts[-1].strip('()')})"
            name = self._unmarked(" ".join(parts), where, "", None)
            if not name and c == 0:
                name = WORDS[self.language]["row"]
                self.remark("no name", where, name=name)
            elif not name:
                self.refuse("no name", where)
                name = where
            if name in names:
                self.refuse("same name", where, found=name)
            names.append(name)
        return names

    def _ragged(self, columns: list[Column], body: list[list[Cell]]) -> None:
        """Refuses rows of a CSV that have fewer or more cells than most: then a cell holds what parts cells."""
        if self.grid.read_as["format"] != "CSV" or not body:
            return
        lengths = dict(enumerate(self.grid.lengths, start=1))
        found = {row[0].where: lengths[int(row[0].where.lstrip(ascii_uppercase))] for row in body}
        usual = Counter(found.values()).most_common(1)[0][0]
        for where, length in found.items():
            if length != usual:
                self.refuse("ragged", where, found=str(length), expected=str(usual))

    # Columns

    def _label(self, column: Column, cells: list[Cell]) -> list[str]:
        """The first column: what rows are called, as it stands."""
        column.kind = "label"
        self._count(column, cells)
        made = [cell for cell in cells if cell.kind == DATE or DATELIKE.fullmatch(cell.text)]
        if made and len(made) < column.filled:
            for cell in made:
                self.refuse("date", cell.where, found=cell.text)
        texts = [self._unmarked(cell.text, cell.where, cell.text, column.name) for cell in cells]
        codes = [cell for cell in cells if cell.kind == NUMBER and "," in cell.text]
        if codes:
            self.remark("codes", codes[0].where, found=codes[0].text)
        texts = [
            text.replace(",", ".") if cell.kind == NUMBER else text for text, cell in zip(texts, cells, strict=True)
        ]
        nameless = [cell.where for cell in cells if not cell.text]
        if nameless:
            self.refuse("row without a name", ", ".join(nameless))
        return texts

    def _count(self, column: Column, cells: list[Cell]) -> None:
        column.filled = sum(bool(cell.text) for cell in cells)
        column.empty = len(cells) - column.filled

    def _column(self, column: Column, cells: list[Cell], labels: list[str]) -> list[str]:
        """Any other column: its kind, and its texts as they go into the raw file."""
        self._count(column, cells)
        column.unit = unit_of(column.name)
        bare = [self._bare(cell) for cell in cells]
        column.signs = Counter(text for text, *_ in bare if text in self.signs)
        stars = Counter(star for *_, star in bare if star)
        column.signs.update(stars)
        figures = [classified(text) for text, *_ in bare if text and text not in self.signs]
        numbers = [one for one in figures if one in ("plain", "nl", "en", "either")]
        filled = [cell for cell in cells if cell.text]
        days = [cell for cell in filled if cell.kind == DATE or DATELIKE.fullmatch(cell.text)]
        years = [cell for cell in filled if YEAR.fullmatch(cell.text)]
        if filled and len(filled) in (len(days), len(years)):
            column.kind = "date" if days else "period"
            if days:
                self.remark("dates", days[0].where, column=column.name)
            return [cell.text for cell in cells]
        if len(numbers) >= MOST * len(figures) and (numbers or column.signs):
            column.kind = "number"
            return self._numbers(column, cells, bare, labels)
        like = [cell for cell in filled if re.match(r"\W*\d", cell.text)]
        if like:
            self.remark("as text", like[0].where, column=column.name, count=str(len(like)), of=str(len(filled)))
        for cell in days:
            if cell.kind == DATE:
                self.refuse("date", cell.where, found=cell.text)
        return [cell.text for cell in cells]

    def _bare(self, cell: Cell) -> tuple[str, str, str, str]:
        """The text of a cell without unit, note sign and star, and those: text, unit, note sign, star."""
        text, unit, mark, star = cell.text, cell.unit, "", ""
        if text in self.signs or (text.isascii() and text.isdigit()):
            return text, unit, mark, star
        if found := re.fullmatch(r"(.*\d)\s*(\*{1,2})", text):
            text, star = found[1], found[2]
        if (found := BEHIND.fullmatch(text)) and re.search(r"\d", found[1] or found[3] or ""):
            text, mark = found[1] or found[3], found[2] or found[4]
        if found := PERCENT.fullmatch(text):
            text, unit = found[1], "%"
        elif (found := MONEY.fullmatch(text)) and re.search(r"\d", text):
            text, unit = found[2] or found[3], found[1] or found[4]
        return text, unit, mark, star

    def _numbers(self, column: Column, cells: list[Cell], bare: list[tuple], labels: list[str]) -> list[str]:
        """The texts of a column of numbers, in Dutch notation; what is no number is a misfit."""
        classes = [("sign" if text in self.signs else classified(text)) if text else "" for text, *_ in bare]
        for cell, (text, *_), one in zip(cells, bare, classes, strict=True):
            if cell.kind == DATE or (one == "other" and DATELIKE.fullmatch(text)):
                self.refuse("date", cell.where, found=cell.text)
            elif one == "other":
                self.refuse("no number", cell.where, found=cell.text, column=column.name)
        self._decide(column, cells, classes)
        units = {unit for (_, unit, *_), one in zip(bare, classes, strict=True) if one not in ("", "sign", "other")}
        if len(units) > 1:
            first = next(cell for cell, (_, unit, *_) in zip(cells, bare, strict=True) if unit)
            self.refuse("mixed units", first.where, column=column.name, found=first.text)
        elif (unit := "".join(units)) and column.unit != unit:
            column.name += "" if column.unit else f" ({unit})"
            column.unit = column.unit or unit
        found = []
        for cell, label, (text, _, mark, star), one in zip(cells, labels, bare, classes, strict=True):
            if mark:
                self.marked.append((cell.where, label, column.name, mark))
            made = (
                text if one in ("", "sign", "other") or cell.kind == NUMBER else in_dutch(text, column.notation or "nl")
            )
            column.decimals = max(column.decimals, len(made.partition(",")[2]) if one not in ("sign", "other") else 0)
            found.append(made + star)
        return found

    def _decide(self, column: Column, cells: list[Cell], classes: list[str]) -> None:
        """In which notation a column is: what one of its cells makes certain; else what was said; else it is undecided."""
        texts = [(cell, one) for cell, one in zip(cells, classes, strict=True) if cell.kind != NUMBER]
        certain = {name: [cell for cell, one in texts if one == name] for name in NOTATIONS}
        either = [cell for cell, one in texts if one == "either"]
        if certain["nl"] and certain["en"]:
            for cell in min(certain.values(), key=len):
                self.refuse("mixed notation", cell.where, found=cell.text, column=column.name)
        elif certain["nl"] or certain["en"]:
            column.notation = "nl" if certain["nl"] else "en"
            column.decided = certain[column.notation][0].where
            if self.notation and self.notation != column.notation:
                proof = certain[column.notation][0]
                self.refuse("other notation", proof.where, found=proof.text, said=self.notation, column=column.name)
        elif either:
            marks = {re.search("[.,]", cell.text)[0] for cell in either}
            if self.notation:
                column.notation, column.decided = self.notation, "said"
            elif len(marks) > 1:
                for cell in either:
                    self.refuse("mixed notation", cell.where, found=cell.text, column=column.name)
            else:
                self._undecided(column, either[0])
        eaten = self._eaten(cells)
        if eaten and self.notation != "en":
            self.refuse("eaten", eaten.where, found=eaten.text, column=column.name)

    def _undecided(self, column: Column, cell: Cell) -> None:
        digits = re.sub("[.,]", "", cell.text)
        thousand, less = f"{digits[:-3]} {digits[-3:]}", f"{digits[:-3]},{digits[-3:]}"
        point = "." in cell.text
        self.refuse(
            "undecided",
            cell.where,
            found=cell.text,
            column=column.name,
            nl=thousand if point else less,
            en=less if point else thousand,
        )

    @staticmethod
    def _eaten(cells: list[Cell]) -> Cell | None:
        """A number whose point of a thousand a spreadsheet seems to have taken for the mark before decimals.

        So it may be where no number is less than one, none has more than three decimals, and one has three that nobody
        chose to print.
        """
        numbers = [cell for cell in cells if cell.kind == NUMBER and not cell.shown and not cell.unit]
        parts = [cell for cell in numbers if "," in cell.text]
        long = [cell for cell in parts if len(cell.text.partition(",")[2]) == 3]
        small = all(len(cell.text.partition(",")[2]) <= 3 and re.match(r"-?[1-9]\d{0,2},", cell.text) for cell in parts)
        return long[0] if long and small else None

    # Notes and totals

    def _unmarked(self, text: str, where: str, row: str, column: str | None) -> str:
        """A name without the sign that leads to a note, where there is such a note."""
        found = BEHIND.fullmatch(text)
        if not found:
            return text
        name, mark = next((found[n], found[n + 1]) for n in (1, 3, 5) if found[n])
        if plain_sign(mark) not in {plain_sign(sign) for _, sign, _ in self.notes if sign}:
            return text
        self.marked.append((where, name if row else "", column or name, mark))
        return name

    def _totals(self, columns: list[Column], rows: list[list[str]], body: list[list[Cell]]) -> None:
        """Remarks of each row that is a total whether it is the sum of the others, as far as rounding allows."""
        total = [r for r, row in enumerate(rows) if TOTAL.match(row[0])]
        named = [one.name for one in columns[1:] if TOTAL.match(one.name)]
        if named:
            self.remark("total columns", "", names=", ".join(named))
        for r in total:
            parts = [row for n, row in enumerate(rows) if n not in total]
            off, of = [], 0
            for c, column in enumerate(columns):
                values = [value_of(row[c]) for row in [*parts, rows[r]]]
                if column.kind != "number" or None in values or column.unit == "%":
                    continue
                of += 1
                room = Decimal(len(values)) / 2 / 10**column.decimals
                if abs(sum(values[:-1]) - values[-1]) > room:
                    both = f"{values[-1]} ≠ {sum(values[:-1])}".replace(".", ",")
                    off.append(f"{column.name}: {both}")
            code = "total off" if off else "total" if of else "total unknown"
            self.remark(
                code, body[r][0].where, name=rows[r][0], good=str(of - len(off)), of=str(of), off="; ".join(off)
            )
        if bare := [body[r][0].where for r, row in enumerate(rows) if len(row) > 1 and not any(row[1:])]:
            self.remark("row without figures", ", ".join(bare))
        if loose := [where for where, *_, mark in self.marked if not self._has_note(mark)]:
            self.remark("sign without a note", ", ".join(loose))

    def _has_note(self, mark: str) -> bool:
        return plain_sign(mark) in {plain_sign(sign) for _, sign, _ in self.notes if sign}


def _signs() -> set[str]:
    """What CBS puts in place of a figure."""
    return {sign for sign in codelist("signs").index if sign.strip("*") and sign != "0"} | {"–", "—", "X"}
