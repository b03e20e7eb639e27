"""What the press is told of the programme: the module that `publications.yml` names, see `factpress.publisher.Publisher`.

Whether an edition is current is asked here before anything is loaded that a build needs; so what this gives is imported where
it is given.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from factpress.errors import InputError, UnknownName
from factpress.home import home
from factpress.publisher import FILE
from factpress.texts import texts
from upcm_analysis.registers import private as kept
from upcm_analysis.registers.private import sealed  # noqa: F401 - a member

if TYPE_CHECKING:
    import pandas as pd

    from factpress.blocks import Block
    from factpress.dimensions import Subject
    from factpress.facts import Facts
    from factpress.publisher import Summary
    from factpress.site.front_page import Section

WORDS = texts(__name__)
name, distribution = "upcm", "upcm-analysis"
door, preload = "upcm_analysis.publication", ("upcm_analysis.cli",)
method = "method/methode"
typed, named = ("r_strategies", "functions"), (r"\bSBI \d+", r"\bco2\b")
printed_in = "nl"
area = "http://publications.europa.eu/resource/authority/country/NLD"
choices = ("data/assumptions.csv", "data/oddities.csv")
#: On the front page: the shares of clusters and the figures of provinces.
SHARES, TILES = ("jobs_k_share", "co2_kt_share"), ("jobs_k", "value_added_meur")
#: Where the doors of the front page and what is new lead, by their text; a door without a publication to all of them.
DOORS = {"deciding": "national/nederland", "analysing": ""}
NEWS = {"gain": "national/nederland", "matrix": "matrix/nederland", "projects": "portfolio/nederland"}
#: The ways into the site, by their text: a publication or a section of the index, and the kinds that it leads to.
ENTRANCES = {
    "national": ("national/nederland", ("national", "critical-materials")),
    "clusters": ("#clusters", ("cluster",)),
    "provinces": ("#provinces", ("province", "cluster-province", "matrix")),
    "projects": ("portfolio/nederland", ("portfolio", "project")),
    "plan": ("measurement-plan/nederland", ("measurement-plan",)),
    "brochure": ("brochure/nederland", ("brochure",)),
    "method": ("method/methode", ("method", "revision", "source")),
}


def words(language: str) -> dict[str, dict]:
    """Return what the press says of the programme in a language, by where it does."""
    said = WORDS[language]
    return {
        "site": said["site"],
        "index": said["index"],
        "figures": said["figures"],
        "between": said["between"],
        "origins": said["origins"],
        "themes": said["themes"],
        "metadata": said["metadata"],
    }


def tables(edition: str) -> Path:
    """Return the folder of the processed tables of an edition."""
    return home() / "data" / "processed" / edition


def refresh(edition: str) -> Path:
    """Make the processed tables of an edition current; return their folder."""
    from upcm_analysis import pipeline  # here, because the publisher is asked before every build

    return pipeline.refresh(edition)


def data_version() -> str:
    """Return a hash of the register, the corrections, the code lists and the assumptions."""
    from upcm_analysis.registers import sources  # here, because the publisher is asked before every build

    return sources.data_hash()


def sources(edition: str | None = None) -> "pd.DataFrame":
    """Return the register of sources of an edition, or all of it."""
    from upcm_analysis.registers import sources as register  # here, because the publisher is asked before every build

    return register.of_edition(edition) if edition else register.register()


def register() -> bytes:
    """Return the register of sources as it is published."""
    from upcm_analysis.registers import sources  # here, because the publisher is asked before every build

    return sources.in_use()


def private(role: str) -> bool:
    """Tell whether sources with this role are not published."""
    return role in kept.PRIVATE


def printed(source: str) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a source as printed."""
    from upcm_analysis.registers import tables  # here, because the publisher is asked before every build

    return tables.printed(source)


def summary(source: str, header: list[str], language: str) -> "Summary | None":
    """Return how a source is told that is no table of its publication; None for one that is as printed."""
    from upcm_analysis.registers import summaries  # here, because the publisher is asked before every build

    return summaries.summary(source, sources().role[source], header, language)


def corrections(source: str) -> list:
    """Return the corrections of a source."""
    from upcm_analysis.registers import corrections  # here, because the publisher is asked before every build

    return corrections.corrections(source)


def odd(edition: str) -> dict[str, dict[str, str]]:
    """Return the facts of an edition that stand though a check found them, by id, with reasons by language."""
    from upcm_analysis.registers import assumptions  # here, because the publisher is asked before every build

    return assumptions.odd_facts(edition)


def prevailing() -> "pd.DataFrame":
    """Return which source prevails over which other, indexed by both, with reasons by language."""
    from upcm_analysis.registers import assumptions  # here, because the publisher is asked before every build

    return assumptions.prevailing()


def files() -> dict[str, bytes]:
    """Return the registers that notebooks read, as they may leave this machine, by path."""
    there = [path for path in choices if (home() / path).is_file()]
    return {kept.REGISTER: register(), **{path: (home() / path).read_bytes() for path in there}}


def subjects(kind: str, edition: str, asked: str | list[str], needed: bool = False) -> list[str]:
    """Return the names of the pages on the method, or the releases that an edition is compared with.

    Of releases that is the last before the edition; asked for, any of which the edition itself may be one.
    """
    if kind == "method":
        return list(asked)
    from factpress.editions import PUBLISHED, parts  # here, because the publisher is asked before every build
    from upcm_analysis.topics.editions import release_sources  # here, because the publisher is asked before every build

    if parts(edition)[1] != PUBLISHED:
        found = []
    elif asked == "all":
        found = [one for one in [release_sources.last_before(edition)] if one]
    else:
        known = [one for one in release_sources.names() if one <= edition]
        for one in asked:
            if one not in known:
                raise UnknownName("released edition", one, known, file=FILE)
        found = asked
    if needed and not found:
        raise InputError(
            "there is no earlier edition that was released, to compare this one with",
            found=f"edition {edition}",
            expected=f"a release before it in {release_sources.FOLDER}",
            remedy="put an edition on record with 'upcm release --edition ...'",
        )
    return found


def wholes(edition: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return of a cluster in a province the pages of both, of a project those of its cluster and all; and where all stand."""
    import pandas as pd  # here, because the publisher is asked before every build

    from factpress.dimensions import Subject  # here, because the publisher is asked before every build
    from factpress.dimensions import subjects as about  # here, because the publisher is asked before every build

    every = ("matrix", "nederland")
    found = {
        ("cluster-province", one.slug): [("cluster", one.cluster), ("province", Subject(one.place).slug), every]
        for one in about("cluster-province")
    }
    found[("critical-materials", "nederland")] = [("national", "nederland")]
    found |= {(kind, one.slug): [every] for kind in ("cluster", "province") for one in about(kind)}
    table = pd.read_csv(tables(edition) / "projects.csv", dtype=str, keep_default_na=False)
    projects = {
        ("project", row.project): [("cluster", row.cluster), ("portfolio", "nederland")] for row in table.itertuples()
    }
    return found | projects


def entrances(language: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the ways into the site: what each is called, its publication or section of the index, and its kinds."""
    return [(WORDS[language]["entrances"][name], *where) for name, where in ENTRANCES.items()]


def message(facts: "Facts", about: "Subject", language: str) -> tuple[str, str]:
    """Return the headline and the lead of the page about a subject."""
    from upcm_analysis.topics.figures import message_blocks  # here, because the publisher is asked before every build

    return message_blocks.said(facts, about, language)


def front_page(language: str) -> list["Section"]:
    """Return the sections of the front page: doors, clusters, provinces and what is new."""
    from factpress.site import front_page as page  # here, because the publisher is asked before every build

    said = WORDS[language]["front"]
    doors = tuple((name, text, DOORS[key]) for key, (name, text) in said["doors"].items())
    news = tuple((text, NEWS[key]) for key, text in said["news"].items())
    return [
        page.Doors(said["ways"], doors, said["certainty"]),
        page.Messages("clusters", said["clusters"], said["clusters text"], "cluster", SHARES),
        page.Tiles("provinces", said["provinces"], said["provinces text"], "province", TILES),
        page.News(said["new"], news),
    ]


def sample(edition: str, language: str) -> list["Block"]:
    """Return blocks of every sort, having loaded for them what pages load at first use."""
    from upcm_analysis import sample_blocks  # here, because the publisher is asked before every build

    return sample_blocks.of(edition, language)


def examples() -> dict[str, str]:
    """Return what a new notebook can be about, with the subject that it shows at first."""
    from upcm_analysis import starters  # here, because the publisher is asked before every build

    return starters.EXAMPLE


def first_cells(about: str) -> list[tuple[str, str]]:
    """Return the cells of a new notebook after its page is opened: the tag and the text of each."""
    from upcm_analysis import starters  # here, because the publisher is asked before every build

    return starters.first_cells(about)


def exploration(edition: str) -> list[tuple[str, str]]:
    """Return the cells of a new exploration, after its title."""
    from upcm_analysis import starters  # here, because the publisher is asked before every build

    return starters.exploration(edition)
