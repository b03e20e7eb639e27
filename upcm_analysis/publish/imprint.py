"""The imprint: what stands around every publication in every format: title, edition, citation, signs, and the words for it."""

import datetime
from dataclasses import dataclass

from upcm_analysis.words.editions import PUBLISHED, file, parts

WORDS = {
    "nl": {
        "this": "Nederlands",
        "kicker": "Feiten & cijfers · Circulaire maakindustrie",
        "edition": "Editie {} · jaar van de cijfers niet gepubliceerd",
        "version": "Editie {edition} · code {code} · gegevens {data} · jaar en datum van de gegevens niet gepubliceerd",
        "scenario": "Scenario {}: illustratie van de methode, met aannames. Geen bevinding.",
        "scenario text": "Alleen cijfers met de naam van het scenario erbij horen bij het scenario. Alle andere "
        "cijfers op deze "
        "pagina zijn die van de gewone editie.",
        "under": "Editie {} · scenario {}, illustratie van de methode · jaar van de cijfers niet gepubliceerd",
        "made": "Versie",
        "sources": "Bronnen",
        "licence": "licentie",
        "not stated": "niet vermeld",
        "sheet": "Op één blad",
        "hint": "Wijs een cijfer aan voor bron, methode en status; klik of tik erop om het naar de gedrukte tabel te volgen.",
        "index": "Alle publicaties",
        "skip": "Naar de inhoud",
        "method": "Methode en controles",
        "cite": "Citeren",
        "citation": (
            "Feiten & cijfers circulaire maakindustrie: {title}. Bewerking van de tabellen in "
            "Werkwijze UPCM (UPCM-20201016). "
            "Editie {edition}, gegevensversie {version}."
        ),
        "data": "Gegevens",
        "files": "Alle cijfers met hun herkomst",
        "sheets": "Inhoud",
        "text": "Tekst",
        "source": "Bron",
        "facts": "Feiten",
        "page": "Bladzijde {} van {}",
        "columns": [
            "Feit",
            "Indicator",
            "Over",
            "Waarde",
            "Ondergrens",
            "Bovengrens",
            "Eenheid",
            "Status",
            "Bron",
            "Methode",
        ],
        "keyfigures": ["Kerncijfers", "Indicator", "Waarde", "Eenheid", "Toelichting"],
        "rounding": (
            "Door afronding tellen delen soms niet precies op tot het totaal. 0: minder dan de helft "
            "van de eenheid, of niet "
            "meegeteld; de bron maakt geen onderscheid. Een punt: onbekend of geheim. –: niet van toepassing. "
            "Een plaats als 9–11 is door afronding niet nader te bepalen."
        ),
        "neutral": "Deze pagina is geen uitgave van de rijksoverheid.",
        "kinds": {
            "national": "Nederland",
            "cluster": "Clusters",
            "province": "Provincies",
            "cluster-province": "Dit cluster in de provincies",
            "dashboard": "Dashboards",
            "roadmap": "Routekaart",
            "portfolio": "Portfolio’s",
            "project": "Projecten",
            "focus-group": "Productgroepen 2024–2025",
            "method": "Methode",
            "revision": "Herziening",
        },
        "related": {
            "cluster": "Dit cluster in de provincies",
            "province": "Clusters in deze provincie",
            "cluster-province": "Het hele cluster, de hele provincie",
            "project": "Cluster en portfolio van dit project",
        },
        "projects": {"cluster": "Projecten in dit cluster", "portfolio": "Projecten in dit portfolio"},
        "kind": {
            "national": "Landelijk",
            "cluster": "Cluster",
            "province": "Provincie",
            "cluster-province": "Cluster in provincie",
            "dashboard": "Dashboard",
            "roadmap": "Routekaart",
            "portfolio": "Portfolio",
            "project": "Project",
            "focus-group": "Productgroep 2024–2025",
            "method": "Methode",
            "revision": "Herziening",
        },
    },
    "en": {
        "this": "English",
        "kicker": "Facts & figures · Circular manufacturing",
        "edition": "Edition {} · year of the figures not published",
        "version": "Edition {edition} · code {code} · data {data} · year and date of the data not published",
        "scenario": "Scenario {}: illustration of the method, with assumptions. Not a finding.",
        "scenario text": "Only figures that have the name of the scenario with them belong to the scenario. All "
        "other figures on "
        "this page are those of the ordinary edition.",
        "under": "Edition {} · scenario {}, illustration of the method · year of the figures not published",
        "made": "Version",
        "sources": "Sources",
        "licence": "licence",
        "not stated": "not stated",
        "sheet": "On one sheet",
        "hint": "Point at a figure for its source, method and status; click or tap it to follow it to the printed table.",
        "index": "All publications",
        "skip": "Skip to content",
        "method": "Method and checks",
        "cite": "How to cite",
        "citation": (
            "Facts & figures circular manufacturing: {title}. Based on the tables in Werkwijze UPCM (UPCM-20201016). "
            "Edition {edition}, data version {version}."
        ),
        "data": "Data",
        "files": "All figures with their origin",
        "sheets": "Contents",
        "text": "Text",
        "source": "Source",
        "facts": "Facts",
        "page": "Page {} of {}",
        "columns": ["Fact", "Indicator", "About", "Value", "Low", "High", "Unit", "Status", "Source", "Method"],
        "keyfigures": ["Key figures", "Indicator", "Value", "Unit", "Context"],
        "rounding": (
            "Because of rounding, parts may not add up to the total. 0: less than half the unit, or "
            "not counted; the source "
            "does not tell them apart. A dot: unknown or confidential. –: not applicable. "
            "A rank such as 9–11 cannot be narrowed down because of rounding."
        ),
        "neutral": "This page is not a publication of the Dutch government.",
        "kinds": {
            "national": "The Netherlands",
            "cluster": "Clusters",
            "province": "Provinces",
            "cluster-province": "This cluster in the provinces",
            "dashboard": "Dashboards",
            "roadmap": "Roadmap",
            "portfolio": "Portfolios",
            "project": "Projects",
            "focus-group": "Product groups 2024–2025",
            "method": "Method",
            "revision": "Revision",
        },
        "related": {
            "cluster": "This cluster in the provinces",
            "province": "Clusters in this province",
            "cluster-province": "The whole cluster, the whole province",
            "project": "Cluster and portfolio of this project",
        },
        "projects": {"cluster": "Projects in this cluster", "portfolio": "Projects in this portfolio"},
        "kind": {
            "national": "National",
            "cluster": "Cluster",
            "province": "Province",
            "cluster-province": "Cluster in province",
            "dashboard": "Dashboard",
            "roadmap": "Roadmap",
            "portfolio": "Portfolio",
            "project": "Project",
            "focus-group": "Product group 2024–2025",
            "method": "Method",
            "revision": "Revision",
        },
    },
}


#: The kinds of publication that are read at A3 on its side, or projected.
WIDE = ("dashboard", "roadmap")


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
    #: Whether there is a page on the method beside it.
    method: bool = True

    @property
    def words(self) -> dict:
        """The words of its language."""
        return WORDS[self.language]

    @property
    def group(self) -> str:
        """What it and the others of its kind are called together."""
        return self.heading or self.words["kinds"][self.kind]

    @property
    def wide(self) -> bool:
        """Whether it is made to be hung up or projected: A3 on its side, where others are A4 upright."""
        return self.kind in WIDE

    @property
    def leads(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """The related publications under what they are: the projects of a subject by themselves."""
        projects = [one for one in self.related if one[0] == "project"]
        others = [one for one in self.related if one[0] != "project"]
        groups = ((self.words["related"], others), (self.words["projects"], projects))
        return [(said[self.kind], group) for said, group in groups if group]

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
