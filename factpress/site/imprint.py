"""The imprint: what stands around every publication in every format: title, edition, citation, signs, and the words for it."""

import datetime
from dataclasses import dataclass
from functools import cache

from factpress.editions import PUBLISHED, file, parts
from factpress.publisher import publisher
from factpress.site.kinds import kinds, leads
from factpress.texts import texts

WORDS = texts(__name__)


@cache
def words(language: str) -> dict:
    """Return the words around publications in a language, with those of the publisher."""
    return {**WORDS[language], **publisher().words(language)["site"]}


@dataclass(frozen=True)
class Imprint:
    """What a publication is, where it stands among the others, and which data it was made from."""

    title: str
    kind: str
    subject: str
    edition: str
    language: str
    #: The hash of the data that it rests on.
    version: str
    #: (slug, title) of all subjects of its kind, in order, and the other languages that it comes in.
    neighbours: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()
    #: (kind, slug, title) of the publications about a part of its subject, or about a whole that its subject is part of.
    related: tuple[tuple[str, str, str], ...] = ()
    #: The version of the code, with a hash of it.
    code: str = ""
    #: What its kind is called where that is one of your own.
    heading: str = ""
    #: Whether there is a page on the method beside it, and the publications that lead into the site and are there.
    method: bool = True
    entrances: tuple[str, ...] = ()

    @property
    def words(self) -> dict:
        """The words of its language."""
        return words(self.language)

    @property
    def label(self) -> str:
        """What one of its kind is called, where that stands before its title."""
        known = kinds().get(self.kind)
        return known.name(self.language) if known and known.with_kind else ""

    @property
    def method_page(self) -> str:
        """The folder of the publication about methods and checks, from that of its language."""
        return publisher().method

    @property
    def is_method(self) -> bool:
        """Whether it is that publication, or another of its kind."""
        return self.kind == self.method_page.partition("/")[0]

    @property
    def group(self) -> str:
        """What it and the others of its kind are called together."""
        return self.heading or kinds()[self.kind].group(self.language)

    @property
    def leads(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """The related publications under what leads to them."""
        groups: dict[str, list] = {}
        for other, said in leads(self.kind, self.language).items():
            groups.setdefault(said, []).extend(one for one in self.related if one[0] == other)
        return [(said, group) for said, group in groups.items() if group]

    @property
    def short_version(self) -> str:
        """As much of the version as tells it from others."""
        return self.version[:12]

    @property
    def date(self) -> datetime.datetime:
        """The date in the properties of files: the year of the edition, for the day of the build would differ each time."""
        return datetime.datetime(int(parts(self.edition)[0]), 1, 1, tzinfo=datetime.UTC)

    @property
    def citation(self) -> str:
        """How to cite it."""
        return self.words["citation"].format(title=self.title, edition=self.edition, version=self.short_version)

    @property
    def version_line(self) -> str:
        """Everything that tells what it was made of: edition, code, data, and what is not known of their date."""
        return self.words["version"].format(edition=self.edition, code=self.code, data=self.short_version)

    @property
    def edition_line(self) -> str:
        """The edition, the scenario if it is under one, and that it is not the year of the figures."""
        edition, scenario = parts(self.edition)
        form = "edition" if scenario == PUBLISHED else "under"
        return self.words[form].format(edition, scenario)

    @property
    def banner(self) -> str:
        """What is said above a publication under a scenario; nothing above what is published."""
        scenario = parts(self.edition)[1]
        return "" if scenario == PUBLISHED else self.words["scenario"].format(scenario)

    def file(self, name: str) -> str:
        """The name of one of its files, which says its scenario."""
        return file(name, self.edition)
