"""The index of an edition: where to find every publication, in what form, and how the checks came out."""

import base64
import hashlib
from collections.abc import Set
from functools import cache
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from factpress.blocks import CHECKS
from factpress.codelists import codelist
from factpress.editions import file, parts
from factpress.facts import Facts
from factpress.formats import html
from factpress.indicators import indicator
from factpress.languages import LANGUAGES
from factpress.provenance import Provenance
from factpress.site.imprint import Imprint
from factpress.site.plan import Publication
from factpress.site.provenance_pages import FOLDER, source_slug
from factpress.texts import texts
from factpress.wording import ODD, Teller, UnknownFact, figure, header, number
from factpress.wording.figures import WORDS as SAID
from upcm_analysis.registers.assumptions import odd_facts
from upcm_analysis.vocabulary.subjects import NL, clusters, provinces

#: What is shown of each cluster, as a small bar.
HEADLINES = ["jobs_k", "value_added_meur", "co2_kt", "co2_reduction_kt"]
#: The kinds of publication about the programme itself, in the order that they stand in.
PROGRAMME = ("dashboard", "roadmap", "portfolio", "project", "focus-group")
WORDS = texts(__name__)


def page(
    imprint: Imprint,
    own: dict[Publication, str],
    built: set[Publication],
    provenance: Provenance,
    findings: pd.DataFrame,
    folder: Path,
) -> str:
    """The index in one language: `own` are its publications, each with what went wrong if it failed; which of all are `built`.

    `findings` are those of the checks; `folder` is that of the edition, for the sizes of files.
    """
    language, words, facts = imprint.language, WORDS[imprint.language], provenance.facts
    up = "" if language == LANGUAGES[0] else "../"
    there = [p for p in own if p in built]
    odd = odd_facts(parts(imprint.edition)[0]).keys()
    by_name = {p.name: up + f"{p.folder}/index.html" for p in there}
    absent = {p.name for p in own if p not in built}
    states = findings.state.value_counts()
    counts = {
        "all": len(findings),
        "ok": states.get("pass", 0),
        "known": states.get("warn", 0),
        "new": states.get("fail", 0),
    }
    others = [(other, up + html.index_address(other)) for other in imprint.others]
    return (
        html.environment()
        .get_template("index.html.j2")
        .render(
            language=language,
            say=imprint.words,
            told=words,
            title=words["title"],
            description=words["description"],
            kind="index",
            home="",
            edition_line=imprint.edition_line,
            others=others,
            imprint=imprint,
            script=_script(),
            lead=_lead(facts, language),
            part=_part(len(there), len(own), language) if absent else "",
            tiles=_tiles(by_name, absent, language),
            clusters=_clusters(by_name, absent, facts, odd, language),
            odd=odd & {fact.fact_id for code in HEADLINES for fact in facts.of(code, clusters())},
            remarks=SAID[language],
            crossed=_crossed(by_name, language),
            programme=_programme(there, by_name, imprint.words["kinds"]),
            own=_own(there, by_name),
            headlines=[(indicator(code).short[language], header(code, language)) for code in HEADLINES],
            rows=[_row(p, up, folder, imprint.words["kind"]) for p in there],
            first=[(p.title, by_name[p.name]) for p in there if p.kind in ("national", "method", "revision")],
            failed=[(p.title, reason) for p, reason in own.items() if reason],
            checks=words["checks text"].format(**{name: number(n, 0, language) for name, n in counts.items()}),
            checks_page=by_name.get("method/methode"),
            checks_anchor=CHECKS,
            sources=[
                (f"{row.short_title}: {row.table}", f"{up}{language}/{FOLDER}/{source_slug(row.Index)}/index.html")
                for row in provenance.sources.itertuples()
            ],
            files=[(up + name, name, text) for name, text in words["files"].items()],
        )
    )


def _lead(facts: Facts, language: str) -> str:
    """The national figures in a sentence, or what this is about where one of them is not known."""
    try:
        return Teller(facts, NL, language).say(WORDS[language]["lead"])
    except UnknownFact:
        return WORDS[language]["description"]


def _part(there: int, every: int, language: str) -> Markup:
    """That not all publications are built: how many are, and what builds the rest."""
    counts = {"there": number(there, 0, language), "all": number(every, 0, language)}
    return Markup(WORDS[language]["part"]).format(command=Markup('<code lang="en">upcm report</code>'), **counts)


def _tiles(by_name: dict, absent: set[str], language: str) -> list[dict]:
    """The provinces as tiles: where each stands, its name, and its page where there is one, or that it is not built yet."""
    grid = codelist("provinces")
    return [
        {
            "row": grid.tile_row[about.place],
            "column": grid.tile_column[about.place],
            "short": grid.abbreviation[about.place],
            "name": about.name(language),
            "href": by_name.get(f"province/{about.slug}"),
            "absent": f"province/{about.slug}" in absent,
        }
        for about in provinces()
    ]


def _clusters(by_name: dict, absent: set[str], facts: Facts, odd: Set[str], language: str) -> list[dict]:
    """The clusters with their headline figures: the text, and the length of its bar as a percentage of the longest.

    What is `odd` has its mark.
    """
    abouts = clusters()
    most = {code: max((f.value for f in facts.of(code, abouts) if not f.unknown), default=1) for code in HEADLINES}
    rows = []
    for about in abouts:
        bars = [facts.get(code, about) for code in HEADLINES]
        rows.append(
            {
                "name": about.name(language),
                "href": by_name.get(f"cluster/{about.slug}"),
                "absent": f"cluster/{about.slug}" in absent,
                "bars": [
                    {
                        "text": figure(fact, language) + (f" {ODD}" if fact.fact_id in odd else ""),
                        "length": "0" if fact.unknown else f"{100 * fact.value / most[fact.indicator]:.1f}",
                    }
                    for fact in bars
                ],
            }
        )
    return rows


def _crossed(by_name: dict, language: str) -> list[dict]:
    """The clusters with their pages in provinces, where there are any: name of the province, and its page."""
    rows = []
    for about in clusters():
        pages = [(place.name(language), f"cluster-province/{about.slug}-{place.slug}") for place in provinces()]
        found = [(name, by_name[page]) for name, page in pages if page in by_name]
        if found:
            rows.append({"name": about.name(language).partition(" (")[0], "places": found})
    return rows


def _programme(there: list[Publication], by_name: dict, kinds: dict) -> list[dict]:
    """The kinds of publication about the programme itself, where there are any: name of the kind, and its pages."""
    found = [(kind, [p for p in there if p.kind == kind]) for kind in PROGRAMME]
    return [
        {"name": kinds[kind], "places": [(p.title, by_name[p.name]) for p in pages]} for kind, pages in found if pages
    ]


def _own(there: list[Publication], by_name: dict) -> list[dict]:
    """The kinds of publication that users added, where there are any: name of the kind, and its pages."""
    headings = dict.fromkeys(p.heading for p in there if p.heading)
    return [
        {"name": heading, "places": [(p.short_title, by_name[p.name]) for p in there if p.heading == heading]}
        for heading in headings
    ]


def _row(publication: Publication, up: str, folder: Path, kinds: dict) -> dict:
    """A publication in the table of all: its page and its other forms, with their sizes."""
    place, name = up + publication.folder, publication.subject
    files = [file(one, publication.edition) for one in (f"{name}.pdf", f"{name}.xlsx", "facts.csv")]
    return {
        "title": publication.title,
        "kind": publication.heading or kinds[publication.kind],
        "href": f"{place}/index.html",
        "files": [(f"{place}/{one}", _size(folder / publication.folder / one, publication.language)) for one in files],
    }


def _size(path: Path, language: str) -> str:
    """The size of a file in words."""
    return f"{number(max(1, round(path.stat().st_size / 1000)), 0, language)} kB"


@cache
def _script() -> dict:
    """The one script of the site, which filters the table of publications, and its hash for the security policy."""
    text = Path(__file__).parents[1].joinpath("templates", "search.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return {"text": Markup(text), "hash": f"sha256-{digest}"}
