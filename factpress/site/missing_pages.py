"""Absent: a small page where a publication is not built yet, so that links of others to it lead somewhere.

Pages link to each other whether or not the others are there: the bytes of one say nothing of another. So what is not there
is said in its own place, until it is built.
"""

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from factpress import files
from factpress.blocks import CHECKS
from factpress.editions import PUBLISHED, parts
from factpress.errors import UnknownName
from factpress.formats import html
from factpress.publisher import FILE, publisher
from factpress.site import plan, provenance_pages
from factpress.site.conditions import Gone
from factpress.site.imprint import Imprint
from factpress.site.plan import Publication
from factpress.texts import texts

#: The pages of a publication that others lead to; a folder with nothing else is no publication.
PAGES = {"index.html", provenance_pages.FILE}
MARK, MOVED = "absent", "moved"
WORDS = texts(__name__)


def is_one(place: Path) -> bool:
    """Whether such a page lies in the place of a publication, and nothing else."""
    pages = list(place.glob("*"))
    return {path.name for path in pages} <= PAGES and all(
        re.search(f'<body class="({MARK}|{MOVED})', path.read_text(encoding="utf-8")) for path in pages
    )


def clear(target: Path) -> None:
    """Takes all such pages of an edition away; also those of publications that left the matrix."""
    for place in target.glob("*/*/*/"):
        if is_one(place):
            shutil.rmtree(place)


def write(target: Path, missing: list[Publication], frame: Imprint) -> None:
    """Writes such a page for each of these publications in the language of the frame, where nothing lies."""
    options = _options(frame.edition)
    for p in missing:
        imprint = replace(frame, title=p.title, kind=p.kind, subject=p.subject)
        said = {
            "kind": MARK,
            "plain": True,
            "told": WORDS[p.language],
            "checks": CHECKS,
            "command": f"{publisher().name} report --only {p.name}{options}",
        }
        for name in PAGES:
            content = html.framed("missing.html.j2", imprint, name, **said)
            files.write(target / p.folder / name, content.encode())


def lead_on(target: Path, gone: Sequence[Gone], there: list[Publication], frame: Imprint) -> None:
    """Writes in the language of the frame a page at each address that is gone: why, and where its reader finds more.

    That is the index where there is no publication of that kind. Raises UnknownName where there is none of that name.
    """
    titles = {p.name: p.title for p in there if p.language == frame.language}
    for one in (one for one in gone if one.language == frame.language):
        known = any(name.startswith(one.instead.partition("/")[0] + "/") for name in titles)
        if known and one.instead not in titles:
            raise UnknownName("publication to lead on to", one.instead, titles, file=FILE, row=one.folder)
        _, kind, subject = one.folder.split("/")
        imprint = replace(frame, title=one.title or WORDS[frame.language]["moved"], kind=kind, subject=subject)
        href, name = f"../../{one.instead}/index.html", titles.get(one.instead, "")
        said = {"told": WORDS[frame.language], "kind": MOVED, "plain": True, "reason": one.reason}
        content = html.framed("moved.html.j2", imprint, href=href, name=name, **said)
        files.write(target / one.folder / "index.html", content.encode())


def _options(name: str) -> str:
    """What the command line has to be told of an edition that is not the one of the matrix, or is under a scenario."""
    edition, scenario = parts(name)
    said = f" --edition {edition}" if edition != plan.matrix().edition else ""
    return f"{said} --scenario {scenario}" if scenario != PUBLISHED else said
