"""The index of an edition: where to find every publication, in what form, and how the checks came out."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from factpress.blocks import CHECKS
from factpress.codelists import codelist
from factpress.dimensions import Subject, subjects
from factpress.editions import file, parts
from factpress.facts import Facts
from factpress.formats import html
from factpress.indicators import indicator
from factpress.languages import LANGUAGES
from factpress.provenance import Provenance
from factpress.publisher import publisher
from factpress.site.front_page import Bars, Cards, Lists, Parts, Tiles
from factpress.site.imprint import Imprint
from factpress.site.kinds import kinds
from factpress.site.plan import Publication
from factpress.site.provenance_pages import FOLDER, source_slug
from factpress.texts import texts
from factpress.wording import ODD, Teller, UnknownFact, figure, header, number
from factpress.wording.figures import WORDS as SAID

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
    language, words = imprint.language, {**WORDS[imprint.language], **publisher().words(imprint.language)["index"]}
    up = "" if language == LANGUAGES[0] else "../"
    there = [p for p in own if p in built]
    by_name = {p.name: up + f"{p.folder}/index.html" for p in there}
    sections = _Sections(there, by_name, {p.name for p in own if p not in built}, provenance.facts, imprint)
    others = [(other, up + html.index_address(other)) for other in imprint.others]
    return (
        html.environment()
        .get_template("index.html.j2")
        .render(
            language=language,
            printed_in=publisher().printed_in,
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
            lead=_lead(provenance.facts, language, words),
            part=_part(len(there), len(own), language) if sections.absent else "",
            sections=list(sections.all()),
            remarks=SAID[language],
            own=_own(there, by_name),
            rows=[_row(p, up, folder) for p in there],
            failed=[(p.title, reason) for p, reason in own.items() if reason],
            checks=_checks(findings, words["checks text"], language),
            checks_page=by_name.get(publisher().method),
            checks_anchor=CHECKS,
            sources=[
                (f"{row.short_title}: {row.table}", f"{up}{language}/{FOLDER}/{source_slug(row.Index)}/index.html")
                for row in provenance.sources.itertuples()
            ],
            files=[(up + name, name, text) for name, text in words["files"].items()],
        )
    )


def _lead(facts: Facts, language: str, words: Mapping[str, str]) -> str:
    """The figures of the whole in a sentence, or what this is about where one of them is not known."""
    try:
        return Teller(facts, Subject(), language).say(words["lead"])
    except UnknownFact:
        return words["description"]


def _checks(findings: pd.DataFrame, text: str, language: str) -> str:
    """How the checks came out, in a sentence; nothing where there are none."""
    if findings.empty:
        return ""
    states = findings.state.value_counts()
    counts = {
        "all": len(findings),
        "ok": states.get("pass", 0),
        "known": states.get("warn", 0),
        "new": states.get("fail", 0),
    }
    return text.format(**{name: number(n, 0, language) for name, n in counts.items()})


def _part(there: int, every: int, language: str) -> Markup:
    """That not all publications are built: how many are, and what builds the rest."""
    counts = {"there": number(there, 0, language), "all": number(every, 0, language)}
    return Markup(WORDS[language]["part"]).format(
        command=Markup(f'<code lang="en">{publisher().name} report</code>'), **counts
    )


@dataclass(frozen=True)
class _Sections:
    """The sections of the front page, for the publications that are `there`; links to others say that they are absent."""

    there: list[Publication]
    by_name: dict[str, str]
    absent: set[str]
    facts: Facts
    imprint: Imprint

    def all(self) -> Iterator[dict]:
        """Give each section as its template has it, with what it is."""
        make = {Cards: self._cards, Tiles: self._tiles, Bars: self._bars, Parts: self._parts, Lists: self._lists}
        for section in publisher().front_page(self.imprint.language):
            what = type(section).__name__.lower()
            yield {"what": what, "title": section.title, **make[type(section)](section)}

    def _cards(self, section: Cards) -> dict:
        return {"rows": [(p.title, self.by_name[p.name]) for p in self.there if p.kind in section.kinds]}

    def _link(self, kind: str, about: Subject) -> dict:
        """The name of a subject with its page, or whether that is not built yet."""
        page = f"{kind}/{about.slug}"
        name = about.name(self.imprint.language)
        return {"name": name, "href": self.by_name.get(page), "absent": page in self.absent}

    def _tiles(self, section: Tiles) -> dict:
        """Subjects where they lie in the grid of their code list."""
        rows = []
        for about in subjects(section.kind):
            ((one, code),) = about.parts
            grid = codelist(one.list).loc[code]
            place = {"row": grid.tile_row, "column": grid.tile_column, "short": grid.abbreviation}
            rows.append({**place, **self._link(section.kind, about)})
        return {"rows": rows}

    def _bars(self, section: Bars) -> dict:
        """Subjects with figures: the text, and the length of its bar as a percentage of the longest."""
        abouts, language = subjects(section.kind), self.imprint.language
        facts = {code: self.facts.of(code, abouts) for code in section.codes}
        most = {code: max((f.value for f in of if not f.unknown), default=1) for code, of in facts.items()}
        odd = publisher().odd(parts(self.imprint.edition)[0]).keys()
        rows = []
        for about in abouts:
            bars = [self.facts.get(code, about) for code in section.codes]
            shown = [
                {
                    "text": figure(fact, language) + (f" {ODD}" if fact.fact_id in odd else ""),
                    "length": "0" if fact.unknown else f"{100 * fact.value / most[fact.indicator]:.1f}",
                }
                for fact in bars
            ]
            rows.append({**self._link(section.kind, about), "bars": shown})
        return {
            "caption": section.caption,
            "stub": section.stub,
            "heads": [(indicator(code).short[language], header(code, language)) for code in section.codes],
            "odd": odd & {fact.fact_id for of in facts.values() for fact in of},
            "rows": rows,
        }

    def _parts(self, section: Parts) -> dict:
        """Parts with their pages in places, where there are any: name of the part, and of each place with its page."""
        rows: dict[str, list] = {}
        for about in subjects(section.kind):
            if page := self.by_name.get(f"{section.kind}/{about.slug}"):
                part, place = (one.name(code, self.imprint.language) for one, code in about.parts)
                rows.setdefault(part.partition(" (")[0], []).append((place, page))
        return {"text": section.text, "rows": [{"name": name, "places": found} for name, found in rows.items()]}

    def _lists(self, section: Lists) -> dict:
        """Kinds of publication, where there are any of one: name of the kind, and its pages."""
        found = [(kind, [p for p in self.there if p.kind == kind]) for kind in section.kinds]
        rows = [
            {
                "name": kinds()[kind].group(self.imprint.language),
                "places": [(p.title, self.by_name[p.name]) for p in of],
            }
            for kind, of in found
            if of
        ]
        return {"text": section.text, "rows": rows}


def _own(there: list[Publication], by_name: dict) -> list[dict]:
    """The kinds of publication that users added, where there are any: name of the kind, and its pages."""
    headings = dict.fromkeys(p.heading for p in there if p.heading)
    return [
        {"name": heading, "places": [(p.short_title, by_name[p.name]) for p in there if p.heading == heading]}
        for heading in headings
    ]


def _row(publication: Publication, up: str, folder: Path) -> dict:
    """A publication in the table of all: its page and its other forms, with their sizes."""
    place, name = up + publication.folder, publication.subject
    files = [file(one, publication.edition) for one in (f"{name}.pdf", f"{name}.xlsx", "facts.csv")]
    return {
        "title": publication.title,
        "kind": publication.heading or kinds()[publication.kind].name(publication.language),
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
