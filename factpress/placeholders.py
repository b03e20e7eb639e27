"""Placeholders: the parts of a template that stand between braces, and what is said of one that is none.

What a placeholder may be is in `wording` and, for who writes, in docs/text.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from factpress.errors import InputError, nearest
from factpress.languages import KNOWN

TOKEN = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]")
#: What of a text is still about a brace that has no other half.
HALF = re.compile(r"\{[\w.:|-]*|[\w.:|-]*\}")
#: How much of a sentence is shown to either side of a placeholder.
AROUND = 60
EXPLAINED = "docs/text.md"


@dataclass(frozen=True)
class Piece:
    """A part of a template: words as they are (`literal`), or a placeholder with its form; and where it stands."""

    start: int
    end: int
    literal: str = ""
    field: str | None = None
    form: str = ""


class Unfit(Exception):
    """What is wrong with a placeholder, what is expected in its place, and what may have been meant."""

    def __init__(self, wrong: str, expected: str, meant: str = ""):
        super().__init__(wrong)
        self.wrong, self.expected, self.meant = wrong, expected, meant


class Absent(Unfit):
    """A placeholder of which all is known, but of this subject there is no such figure."""


class WrongPlaceholder(InputError):
    """A placeholder that is none, or half a pair of braces, with the sentence that it stands in."""

    def __init__(self, unfit: Unfit, template: str, start: int, end: int, language: str):
        self.unfit = unfit
        hint = f" - did you mean {unfit.meant}?" if unfit.meant else ""
        super().__init__(
            f"{KNOWN[language].name} text: {unfit.wrong}: {template[start:end]}{hint}",
            found=shortened(template, start, end),
            expected=unfit.expected,
            remedy=f"correct it; what may stand between braces is in {EXPLAINED}",
        )


def pieces(template: str, language: str) -> list[Piece]:
    """The parts of a template in order; `{{` and `}}` are braces to be read. Raises WrongPlaceholder for half a pair."""
    found, at = [], 0
    for token in TOKEN.finditer(template):
        start, end = token.span()
        if start > at:
            found.append(Piece(at, start, template[at:start]))
        if token[0] in ("{{", "}}"):
            found.append(Piece(start, end, token[0][0]))
        elif token[0] in ("{", "}"):
            raise _half(template, start, language)
        else:
            field, _, form = token[0][1:-1].partition(":")
            found.append(Piece(start, end, field=field, form=form))
        at = end
    if at < len(template):
        found.append(Piece(at, len(template), template[at:]))
    return found


def shortened(text: str, start: int, end: int) -> str:
    """The line that a part of a text stands in, with so much to either side as is needed to find it."""
    before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
    before = before if len(before) <= AROUND else "…" + before[-AROUND:].partition(" ")[2]
    after = after if len(after) <= AROUND else after[:AROUND].rpartition(" ")[0] + " …"
    return before + text[start:end] + after


def _half(template: str, at: int, language: str) -> WrongPlaceholder:
    start, end = next(half.span() for half in HALF.finditer(template) if half.start() <= at < half.end())
    opened, name = template[at] == "{", template[start:end].strip("{}")
    unfit = Unfit(
        f"a brace that is not {'closed' if opened else 'opened'}",
        f"a pair of braces; one that is to be read is written twice, {'{{' if opened else '}}'}",
        f"{{{name}}}" if name else "",
    )
    return WrongPlaceholder(unfit, template, start, end, language)


def meant(field: str, at: int, known: Iterable[str]) -> str:
    """The placeholder with the part at a place replaced by the nearest of what is known; nothing where none is near."""
    parts = field.split(".")
    near = nearest(parts[at], known, most=1, cutoff=0.6)
    parts[at : at + 1 or None] = near
    return f"{{{'.'.join(parts)}}}" if near else ""
