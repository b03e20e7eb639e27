"""A delivered table as recognised: its columns, its rows, and what stands around it."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field

from upcm_analysis.intake.grids import Finding
from upcm_analysis.intake.note_signs import plain_sign


@dataclass
class Column:
    """A column: its name, its kind (`label`, `number`, `text`, `date`), unit, notation and who decided that, and counts."""

    name: str
    kind: str = "text"
    unit: str = ""
    notation: str = ""
    decided: str = ""
    filled: int = 0
    empty: int = 0
    decimals: int = 0
    signs: Counter = field(default_factory=Counter)


@dataclass
class Table:
    """A table as recognised: `rows` as text, numbers in Dutch notation.

    `notes` are what stands around and at the foot of it: address, sign, text. `marked` are the cells that lead to one.
    """

    columns: list[Column]
    rows: list[list[str]]
    read_as: dict[str, str]
    title: str
    notes: list[tuple[str, str, str]]
    marked: list[tuple[str, str, str, str]]
    misfits: list[Finding]
    remarks: list[Finding]

    @property
    def undecided(self) -> list[Finding]:
        """The columns of which somebody has to say in which notation they are."""
        return [one for one in self.misfits if one.code in ("undecided", "eaten")]

    def csv(self) -> bytes:
        """The table as a raw file: UTF-8, comma between cells, one line of headers."""
        return as_csv([one.name for one in self.columns], self.rows)

    def notes_csv(self) -> bytes:
        """What the cells lead to and what stands around the table, as a raw file; nothing where there is no such thing."""
        norm = {plain_sign(sign): text for _, sign, text in self.notes if sign}
        rows = [[row, column, sign, norm.get(plain_sign(sign), "")] for _, row, column, sign in self.marked]
        used = {text for *_, text in rows}
        rows += [["", "", sign, text] for _, sign, text in self.notes if text not in used]
        return as_csv(["row", "column", "sign", "note"], rows) if rows else b""


def as_csv(header: list[str], rows: list[list[str]]) -> bytes:
    """A raw file of these texts."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()
