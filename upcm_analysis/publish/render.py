"""Rendering: a document as a self-contained page. No request leaves it and it needs no script."""

import base64
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markdown_it import MarkdownIt
from markupsafe import Markup

from upcm_analysis.publish.document import Document
from upcm_analysis.telling import html, theme
from upcm_analysis.telling.blocks import Chart

WORDS = {
    "nl": {
        "this": "Nederlands",
        "kicker": "Feiten & cijfers · Circulaire maakindustrie",
        "edition": "Editie {} · jaar van de cijfers niet gepubliceerd",
        "index": "Alle publicaties",
        "skip": "Naar de inhoud",
        "method": "Methode en controles",
        "cite": "Citeren",
        "citation": (
            "Feiten & cijfers circulaire maakindustrie: {title}. Bewerking van de tabellen in Werkwijze UPCM (UPCM-20201016). "
            "Editie {edition}, gegevensversie {version}."
        ),
        "data": "Gegevens",
        "files": "Alle cijfers op deze pagina met hun herkomst",
        "rounding": (
            "Door afronding tellen delen soms niet precies op tot het totaal. 0: minder dan de helft van de eenheid, of niet "
            "meegeteld; de bron maakt geen onderscheid. –: niet van toepassing. Een plaats als 9–11 is door afronding niet "
            "nader te bepalen."
        ),
        "neutral": "Deze pagina is geen uitgave van de rijksoverheid.",
        "kinds": {"national": "Nederland", "cluster": "Clusters", "province": "Provincies", "method": "Methode"},
    },
    "en": {
        "this": "English",
        "kicker": "Facts & figures · Circular manufacturing",
        "edition": "Edition {} · year of the figures not published",
        "index": "All publications",
        "skip": "Skip to content",
        "method": "Method and checks",
        "cite": "How to cite",
        "citation": (
            "Facts & figures circular manufacturing: {title}. Based on the tables in Werkwijze UPCM (UPCM-20201016). "
            "Edition {edition}, data version {version}."
        ),
        "data": "Data",
        "files": "All figures on this page with their origin",
        "rounding": (
            "Because of rounding, parts may not add up to the total. 0: less than half the unit, or not counted; the source "
            "does not tell them apart. –: not applicable. A rank such as 9–11 cannot be narrowed down because of rounding."
        ),
        "neutral": "This page is not a publication of the Dutch government.",
        "kinds": {"national": "The Netherlands", "cluster": "Clusters", "province": "Provinces", "method": "Method"},
    },
}


@cache
def environment() -> Environment:
    """The templates of pages."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(style=Markup(html.style()), fonts=Markup(_fonts()), words=WORDS)
    return made


def page(
    document: Document,
    *,
    title: str,
    kind: str,
    subject: str,
    edition: str,
    version: str,
    neighbours: list[tuple[str, str]],
    others: list[str],
) -> str:
    """The HTML page of a document.

    `neighbours` are (slug, title) of all subjects of its kind, in order; `others` the other languages that it comes in.
    """
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            body=_body(document),
            title=title,
            kind=kind,
            subject=subject,
            edition=edition,
            version=version[:12],
            language=document.language,
            others=others,
            neighbours=neighbours,
        )
    )


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
