"""A document as PDF: tagged, PDF/UA-1 and PDF/A-2a, made by Typst from the blocks as data.

The template takes everything as JSON, so nothing in a text can be taken for Typst markup. Typst refuses a picture without
alternative text, a missing title and headings out of order; a missing language it does not, so that is refused here.
"""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pandas as pd
import typst

from factpress.blocks import Block, Chart
from factpress.formats.document import Document, prose
from factpress.provenance import NOT_STATED
from factpress.site.imprint import Imprint
from factpress.theme import theme

TEMPLATE = Path(__file__).parents[1] / "templates" / "page.typ"
STANDARDS = ["a-2a", "ua-1"]


def pdf(document: Document, imprint: Imprint, register: pd.DataFrame | None = None) -> bytes:
    """The PDF of a document; the same document gives the same bytes.

    `register` are the registered sources, for the numbered notes at the end.
    """
    if not imprint.language:
        raise ValueError("a PDF without a language cannot be read aloud")
    sources = document.sources if register is not None else []
    words = imprint.words
    content = {
        "title": imprint.title,
        "kicker": imprint.words["kicker"],
        "edition": imprint.edition_line,
        "banner": imprint.banner,
        "banner-text": words["scenario text"],
        "language": imprint.language,
        "year": imprint.date.year,
        "page": imprint.words["page"],
        "version": imprint.short_version,
        "closing": [imprint.citation, imprint.version_line, words["rounding"], words["neutral"]],
        "sources": [_note(register.loc[source], words) for source in sources],
        "words-sources": words["sources"],
        "source": imprint.words["source"],
        "colours": theme().colours.named,
        "font": theme().font.family,
        "logo": _logo(imprint.language),
        "headline": document.headline.text if document.headline else imprint.title,
        "sections": [
            {"kind": kind, "left": _parts(left, sources), "right": _parts(right, sources)}
            for kind, left, right in document.sections
        ],
    }
    return compiler().compile(
        sys_inputs={"document": json.dumps(content)},
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=imprint.date,
    )


def _parts(parts: Iterable[str | Block], sources: list[str]) -> list[dict]:
    """Parts of a document as the template takes them; `refs` are the numbers of their source notes."""
    found = []
    for one in parts:
        if isinstance(one, str):
            found += [{"kind": p.kind, "text": p.text, "level": p.level, "items": list(p.items)} for p in prose(one)]
            continue
        part = one.model_dump(mode="json")
        part["refs"] = [number for number, source in enumerate(sources, start=1) if source in one.sources]
        if isinstance(one, Chart):
            part["captions"] = [caption.split("\n") for caption in one.captions]
        found.append(part)
    return found


def _note(source: pd.Series, words: dict) -> str:
    """A registered source as a note: who published what, where it stands, under which licence."""
    stated = [
        source.publisher,
        source.title,
        source.publication_number,
        source.section,
        source.table,
        f"{words['licence'].capitalize()}: {words['not stated'] if source.licence == NOT_STATED else source.licence}",
    ]
    return ". ".join(dict.fromkeys(text for text in stated if text != NOT_STATED)) + "."


def _logo(language: str) -> dict | None:
    """The logo of the theme as the template takes it: its bytes as numbers, for JSON has no others."""
    logo = theme().logo
    return logo and {
        "content": list(logo.path.read_bytes()),
        "format": logo.format,
        "alt": getattr(logo.alt, language),
    }


@cache
def compiler() -> typst.Compiler:
    """The compiler, with the font of the theme and those that lie beside it."""
    folders = sorted({theme().font.path(weight, "ttf").parent for weight in ("regular", "semibold")})
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts)
