"""A document as a self-contained page: no request leaves it and it needs no script."""

import base64
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment
from markdown_it import MarkdownIt
from markupsafe import Markup

from factpress import markup
from factpress.blocks import CHECKS, Block, Chart, Sentence, Table
from factpress.formats.document import Document
from factpress.languages import LANGUAGES
from factpress.publisher import publisher
from factpress.site.imprint import WORDS, Imprint
from factpress.theme import theme


@cache
def environment(*more: Path) -> Environment:
    """The templates of pages, and those in more folders."""
    made = markup.environment(Path(__file__).parents[1] / "templates", *more)
    made.globals.update(style=Markup(markup.style()), fonts=Markup(_fonts()), logo=_logo(), words=WORDS)
    return made


UP = "../../../"
#: Beside the index: the page of all publications and their files.
ALL = "all.html"


def checks_address() -> str:
    """Where remarkable figures are explained, from the folder of a publication."""
    return f"../../{publisher().method}/index.html#{CHECKS}"


def page(document: Document, imprint: Imprint, origins: dict | None = None, sources: str = "") -> str:
    """The HTML page of a document.

    `origins` say of each fact where it comes from and where that can be followed (see `provenance_pages`), `sources` which
    publications the document rests on.
    """
    name, files = imprint.subject, imprint.words["files"]
    listed = [
        (imprint.file(f"{name}.pdf"), "PDF"),
        (imprint.file(f"{name}.xlsx"), "Excel"),
        ("datapackage.json", "CSV"),
        (imprint.file("facts.csv"), f"{files} (CSV)"),
    ]
    origins = origins or {}
    checks = checks_address() if imprint.method else ""
    beside = origins, checks, _missing(document, imprint)
    return framed(
        "page.html.j2",
        imprint,
        description=next((block.text for block in document.blocks if isinstance(block, Sentence)), imprint.title),
        headline=document.headline and markup.words_of(document.headline, origins),
        sources=sources,
        sections=[
            {"kind": kind, "left": _body(left, *beside), "right": _body(right, *beside)}
            for kind, left, right in document.sections
        ],
        origins=origins,
        windows=markup.windows(origins, imprint.language),
        files=listed,
    )


def framed(template: str, imprint: Imprint, file: str = "index.html", **content) -> str:
    """A page of the site with its frame, for a file in the folder of a publication or a source."""
    said = {
        "language": imprint.language,
        "say": imprint.words,
        "title": imprint.title,
        "description": imprint.title,
        "kind": imprint.kind,
        "home": UP + index_address(imprint.language),
        "edition_line": imprint.edition_line,
        "entrances": [
            (text, UP + address, imprint.kind in its_kinds) for text, address, its_kinds in entrances(imprint)
        ],
        "others": [(other, f"{UP}{other}/{imprint.kind}/{imprint.subject}/{file}") for other in imprint.others],
        "imprint": imprint,
        "printed_in": publisher().printed_in,
    }
    return environment().get_template(template).render(**{**said, **content})


def entrances(imprint: Imprint) -> list[tuple[str, str, tuple[str, ...]]]:
    """The ways into the site: what each is called, its page from the root of the edition, and the kinds that it leads to."""
    language, index = imprint.language, index_address(imprint.language)
    return [
        (text, f"{index}{page}" if page.startswith("#") else f"{language}/{page}/index.html", kinds)
        for text, page, kinds in publisher().entrances(language)
        if page.startswith("#") or page in imprint.entrances
    ]


def index_address(language: str, name: str = "index.html") -> str:
    """The file of the index in a language, or of one beside it, from the root of the edition: there the first language lies."""
    return name if language == LANGUAGES[0] else f"{language}/{name}"


def _missing(document: Document, imprint: Imprint) -> set[str]:
    """The publications named in its tables that are not there: others of their kind are related to it, they are not."""
    there, known = {f"{kind}/{name}" for kind, name, _ in imprint.related}, {kind for kind, _, _ in imprint.related}
    rows = [row for one in document.blocks if isinstance(one, Chart | Table) and one.data for row in one.data.rows]
    named = {one.href for row in rows for one in (row, *row.cells)}
    return {href for href in named - there if href.partition("/")[0] in known}


def _body(parts: Iterable[str | Block], origins: dict, checks: str, missing: set[str]) -> list[Markup]:
    """Parts of a document as HTML; charts that follow each other stand side by side where there is room."""
    markdown = MarkdownIt("commonmark", {"html": False})
    body = []
    for beside, group in groupby(parts, key=lambda part: isinstance(part, Chart) and len(part.pictures) == 1):
        said = [
            markdown.render(part) if isinstance(part, str) else markup.block(part, origins, checks, missing)
            for part in group
        ]
        body += [Markup('<div class="charts">\n' + "\n".join(said) + "\n</div>")] if beside else map(Markup, said)
    return body


def _fonts() -> str:
    """The font of the theme as part of the page."""
    font = theme().font
    faces = [
        f"@font-face{{font-family:'{font.family}';font-weight:{weight};font-display:block;"
        f"src:url({_inline(font.path(name, 'woff2'), 'font/woff2')}) format('woff2')}}"
        for weight, name in ((400, "regular"), (600, "semibold"))
    ]
    return "".join(faces)


def _logo() -> dict | None:
    """The logo of the theme as part of the page, and what it says in each language; None where there is none."""
    logo = theme().logo
    kinds = {"svg": "image/svg+xml", "png": "image/png"}
    return logo and {"source": _inline(logo.path, kinds[logo.format]), "alt": logo.alt.model_dump()}


def _inline(path: Path, kind: str) -> str:
    """A file as an address that holds the file itself."""
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
