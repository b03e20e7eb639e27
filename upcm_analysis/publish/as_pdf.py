"""A document as PDF: tagged, PDF/UA-1 and PDF/A-2a, made by Typst from the blocks as data.

The template takes everything as JSON, so nothing in a text can be taken for Typst markup. Typst refuses a picture without
alternative text, a missing title and headings out of order; a missing language it does not, so that is refused here.
"""

import json
from functools import cache
from pathlib import Path

import typst

from upcm_analysis.publish.document import Document, prose
from upcm_analysis.publish.imprint import Imprint
from upcm_analysis.telling import theme
from upcm_analysis.telling.blocks import Block, Chart

TEMPLATE = Path(__file__).with_name("templates") / "page.typ"
STANDARDS = ["a-2a", "ua-1"]
COLOURS = {
    "ink": theme.INK,
    "muted": theme.MUTED,
    "rule": theme.RULE,
    "strong": theme.HIGHLIGHT,
    "soft": theme.SOFT,
    "accent": theme.ACCENT,
}


def pdf(document: Document, imprint: Imprint) -> bytes:
    """The PDF of a document; the same document gives the same bytes."""
    if not imprint.language:
        raise ValueError("a PDF without a language cannot be read aloud")
    content = {
        "title": imprint.title,
        "kicker": imprint.words["kicker"],
        "edition": imprint.edition_line,
        "language": imprint.language,
        "year": imprint.date.year,
        "page": imprint.words["page"],
        "version": imprint.short_version,
        "closing": [imprint.citation, imprint.words["rounding"], imprint.words["neutral"]],
        "source": imprint.words["source"],
        "colours": COLOURS,
        "parts": [part for one in document.parts for part in _parts(one)],
    }
    return _compiler().compile(
        sys_inputs={"document": json.dumps(content)},
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=imprint.date,
    )


def _parts(one: str | Block) -> list[dict]:
    """A part of a document as the template takes it."""
    if isinstance(one, str):
        return [{"kind": p.kind, "text": p.text, "level": p.level, "items": list(p.items)} for p in prose(one)]
    part = one.model_dump(mode="json")
    if isinstance(one, Chart):
        part["captions"] = [caption.split("\n") for caption in one.captions]
    return [part]


@cache
def _compiler() -> typst.Compiler:
    """The compiler, with the shipped fonts and no others."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[theme.ASSETS / "fonts"])
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts)
