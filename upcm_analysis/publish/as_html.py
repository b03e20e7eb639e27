"""A document as a self-contained page: no request leaves it and it needs no script."""

import base64
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment
from markdown_it import MarkdownIt
from markupsafe import Markup

from upcm_analysis.publish.document import Document
from upcm_analysis.publish.imprint import WORDS, Imprint
from upcm_analysis.telling import html, theme
from upcm_analysis.telling.blocks import Chart


@cache
def environment() -> Environment:
    """The templates of pages."""
    made = html.environment(Path(__file__).with_name("templates"))
    made.globals.update(style=Markup(html.style()), fonts=Markup(_fonts()), words=WORDS)
    return made


def page(document: Document, imprint: Imprint) -> str:
    """The HTML page of a document."""
    name, files = imprint.subject, imprint.words["files"]
    listed = [
        (f"{name}.pdf", "PDF"),
        (f"{name}.xlsx", "Excel"),
        ("datapackage.json", "CSV"),
        ("facts.csv", f"{files} (CSV)"),
    ]
    template = environment().get_template("page.html.j2")
    return template.render(body=_body(document), imprint=imprint, say=imprint.words, files=listed)


def _body(document: Document) -> list[Markup]:
    """The parts of a document as HTML; charts that follow each other stand side by side where there is room."""
    markdown = MarkdownIt("commonmark", {"html": False})
    body = []
    for beside, parts in groupby(document.parts, key=lambda part: isinstance(part, Chart) and len(part.pictures) == 1):
        said = [markdown.render(part) if isinstance(part, str) else html.block(part) for part in parts]
        body += [Markup('<div class="charts">\n' + "\n".join(said) + "\n</div>")] if beside else map(Markup, said)
    return body


@cache
def _fonts() -> str:
    """The shipped fonts as part of the page."""
    faces = []
    for weight, name in ((400, "Regular"), (600, "Semibold")):
        content = base64.b64encode((theme.ASSETS / "fonts" / f"FeitenSans-{name}.woff2").read_bytes()).decode()
        faces.append(
            f"@font-face{{font-family:'{theme.FONT}';font-weight:{weight};font-display:block;"
            f"src:url(data:font/woff2;base64,{content}) format('woff2')}}"
        )
    return "".join(faces)
