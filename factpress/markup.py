"""Blocks as HTML: the same markup in a notebook and on a page."""

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from factpress.texts import texts
from factpress.theme import ASSETS, theme
from factpress.wording.figures import WORDS as SAID
from factpress.wording.figures import legend

WORDS = texts(__name__)


def environment(*folders: Path) -> Environment:
    """The templates in folders: what is put in is escaped, and a name that is not there is an error."""
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def macros():
    """The blocks as templates, compiled once."""
    made = environment(ASSETS / "html")
    made.filters |= {"svg": Markup, "marked": marked}
    made.globals.update(words=WORDS, said_of=SAID)
    return made.get_template("blocks.html.j2").module


def block(one, origins: dict | None = None, checks: str = "", missing: Collection[str] = ()) -> str:
    """A block as HTML. Figures lead to where they come from: `origins` gives each fact a `text` and an `href`.

    What is said of remarkable figures leads to `checks`, the address where it is explained. Names in a table lead to no page
    that is `missing`.
    """
    return str(macros().block(one, origins or {}, checks, missing)).strip()


def words_of(one, origins: dict | None = None) -> Markup:
    """The words of a block of text as HTML, without what stands around them."""
    return Markup(str(macros().words_of(one, origins or {})).strip())


def windows(origins: dict, language: str) -> Markup:
    """Where figures come from, each in a window that its button opens; no script is needed for it."""
    return Markup(macros().windows(origins, language))


def marked(text: str, language: str) -> Markup:
    """A text with the marks after its figures small, and in words for who listens."""
    if not (signs := "".join(legend())):
        return escape(text)
    said = {mark: row[f"text_{language}"] for mark, row in legend().items()}
    found = re.split(rf"(?<=\S)([{re.escape(signs)}]+)", text)
    return Markup("").join(
        Markup('<sup class="mark" aria-hidden="true">{}</sup><span class="hidden"> ({})</span>').format(
            part, "; ".join(said[mark] for mark in part)
        )
        if at % 2
        else escape(part)
        for at, part in enumerate(found)
    )


def in_notebook(one) -> str:
    """A block as HTML that stands between other things, in a scope of its own."""
    return f'<div class="press">{block(one)}</div>'


def notebook_style() -> str:
    """The style sheet for blocks in a notebook, which leaves the rest of JupyterLab alone."""
    return f"<style>@scope (.press) {{\n{style()}}}</style>"


def style() -> str:
    """The style sheet that pages and notebooks share, with the colours and the font of the theme."""
    look = theme()
    shade = look.colours.ink + "33"  # mostly transparent: the shadow where a table goes on aside
    given = {**look.colours.named, "shade": shade, "font": f"'{look.font.family}'"}
    properties = "".join(f"--{name}:{value};" for name, value in given.items())
    rules = (ASSETS / "html" / "page.css").read_text(encoding="utf-8")
    return f":root,:scope{{{properties}color-scheme:light}}\n{rules}"
