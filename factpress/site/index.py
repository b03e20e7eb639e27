"""The index of an edition: its message, ways in, and beside it the page of all publications, data, sources and checks."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from factpress.blocks import CHECKS
from factpress.codelists import codelist
from factpress.dimensions import Subject, fact_id, subjects
from factpress.editions import file
from factpress.facts import Facts
from factpress.formats import html
from factpress.indicators import base, indicator
from factpress.languages import LANGUAGES
from factpress.markup import marked
from factpress.provenance import Provenance
from factpress.publisher import publisher
from factpress.site.front_page import Doors, Messages, News, Tiles
from factpress.site.imprint import Imprint
from factpress.site.kinds import kinds
from factpress.site.plan import Publication
from factpress.site.provenance_pages import FOLDER, source_slug
from factpress.texts import texts
from factpress.wording import amount, figure, header, legend, number

WORDS = texts(__name__)


@dataclass(frozen=True)
class Site:
    """An edition in one language as its index tells of it.

    `own` are its publications, each with what went wrong if it failed, `built` which of all are there, `findings` those of the
    checks, and `folder` is that of the edition, for the sizes of files.
    """

    imprint: Imprint
    own: dict[Publication, str]
    built: set[Publication]
    provenance: Provenance
    findings: pd.DataFrame
    folder: Path

    @property
    def up(self) -> str:
        """The way from the index to the root of the edition."""
        return "" if self.imprint.language == LANGUAGES[0] else "../"

    @property
    def there(self) -> list[Publication]:
        """The publications that are built."""
        return [p for p in self.own if p in self.built]

    @property
    def by_name(self) -> dict[str, str]:
        """The addresses of those by their names."""
        return {p.name: self.up + f"{p.folder}/index.html" for p in self.there}

    @property
    def told(self) -> dict:
        """What is said on the index, by the press and by the publisher."""
        return {**WORDS[self.imprint.language], **publisher().words(self.imprint.language)["index"]}

    def framed(self, template: str, address: str, **content) -> str:
        """A page beside the index, with its frame; `address` gives the file of this page in another language."""
        language, up = self.imprint.language, self.up
        frame = {
            "language": language,
            "say": self.imprint.words,
            "told": self.told,
            "description": self.told["description"],
            "kind": "index",
            "home": "" if address == "index.html" else "index.html",
            "entrances": [(text, up + page, False) for text, page, _ in html.entrances(self.imprint)],
            "others": [(other, up + html.index_address(other, address)) for other in self.imprint.others],
            "imprint": self.imprint,
            "printed_in": publisher().printed_in,
        }
        return html.environment().get_template(template).render(**{**frame, **content})


def front(site: Site) -> str:
    """The index in one language: the message of the whole, ways in, subjects and what is new."""
    language, facts = site.imprint.language, site.provenance.facts
    headline, lead = publisher().message(facts, Subject(), language)
    sections = _Sections(site, facts)
    return site.framed(
        "index.html.j2",
        "index.html",
        title=site.told["title"],
        headline=marked(headline, language),
        lead=marked(lead, language),
        legend=[(mark, row[f"text_{language}"]) for mark, row in legend().items()],
        part=_part(len(site.there), len(site.own), language) if len(site.there) < len(site.own) else "",
        failed=[(p.title, reason) for p, reason in site.own.items() if reason],
        sections=list(sections.all()),
        own=_own(site),
        every=html.ALL,
    )


def every(site: Site) -> str:
    """The page of all publications and their files, the data of the edition, its sources and how the checks came out."""
    language, told = site.imprint.language, site.told
    return site.framed(
        "all.html.j2",
        html.ALL,
        title=told["all"],
        script=_script(),
        rows=[_row(p, site.up, site.folder) for p in site.there],
        checks=_checks(site.findings, told["checks text"], language),
        checks_page=site.by_name.get(publisher().method),
        sources=[
            (f"{row.short_title}: {row.table}", f"{site.up}{language}/{FOLDER}/{source_slug(row.Index)}/index.html")
            for row in site.provenance.sources.itertuples()
        ],
        files=[(site.up + name, name, text) for name, text in told["files"].items()],
        anchor=CHECKS,
    )


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
    """The sections of the front page, for the publications that are there; a name without a page is no link."""

    site: Site
    facts: Facts

    def all(self) -> Iterator[dict]:
        """Give each section as its template has it, with what it is."""
        make = {Doors: self._doors, Messages: self._messages, Tiles: self._tiles, News: self._news}
        for section in publisher().front_page(self.language):
            yield {"what": type(section).__name__.lower(), "title": section.title, **make[type(section)](section)}

    @property
    def language(self) -> str:
        """The language of the index."""
        return self.site.imprint.language

    def _link(self, kind: str, about: Subject) -> dict:
        """The name of a subject with its page, where that is built."""
        name = about.name(self.language).partition(" (")[0]
        return {"name": name, "href": self.site.by_name.get(f"{kind}/{about.slug}", "")}

    def _doors(self, section: Doors) -> dict:
        rows = [
            (name, text, self.site.by_name.get(page, "") if page else html.ALL) for name, text, page in section.rows
        ]
        return {"rows": rows, "certainty": section.certainty}

    def _news(self, section: News) -> dict:
        return {"rows": [(text, self.site.by_name.get(page, "")) for text, page in section.rows]}

    def _messages(self, section: Messages) -> dict:
        """Subjects with the message of their page, and percentages as the length of a bar."""
        rows = []
        for about in subjects(section.kind):
            headline, _ = publisher().message(self.facts, about, self.language)
            link = self._link(section.kind, about)
            bars = [self.facts.get(code, about) for code in section.codes]
            rows.append(
                {
                    **link,
                    "text": marked(headline.removeprefix(f"{link['name']}: "), self.language),
                    "bars": [
                        {
                            "name": indicator(base(fact.indicator)).short[self.language],
                            "text": amount(fact, self.language),
                            "length": "0" if fact.unknown else f"{fact.value:.1f}",
                        }
                        for fact in bars
                    ],
                }
            )
        return {"anchor": section.name, "text": section.text, "rows": rows}

    def _tiles(self, section: Tiles) -> dict:
        """Subjects where they lie in the grid of their code list, with their figures."""
        abouts, rows = subjects(section.kind), []
        facts = {code: {f.fact_id: f for f in self.facts.of(code, abouts)} for code in section.codes}
        most = {code: max((f.value for f in of.values() if not f.unknown), default=1) for code, of in facts.items()}
        for about in abouts:
            ((one, code),) = about.parts
            grid = codelist(one.list).loc[code]
            own = [facts[code][fact_id(code, about)] for code in section.codes]
            shown = [
                {
                    "text": figure(fact, self.language),
                    "length": "0" if fact.unknown else f"{100 * fact.value / most[fact.indicator]:.1f}",
                }
                for fact in own
            ]
            place = {"row": grid.tile_row, "column": grid.tile_column, "short": grid.abbreviation, "figures": shown}
            rows.append({**place, **self._link(section.kind, about)})
        choices = [(indicator(code).short[self.language], header(code, self.language)) for code in section.codes]
        return {"anchor": section.name, "text": section.text, "rows": rows, "choices": choices}


def _own(site: Site) -> list[dict]:
    """The kinds of publication that users added, where there are any: name of the kind, and its pages."""
    headings = dict.fromkeys(p.heading for p in site.there if p.heading)
    return [
        {"name": one, "places": [(p.short_title, site.by_name[p.name]) for p in site.there if p.heading == one]}
        for one in headings
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
