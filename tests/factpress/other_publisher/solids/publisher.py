"""What the press is told of the solids, see `factpress.publisher.Publisher`: all that a publisher needs."""

import csv
from pathlib import Path

import pandas as pd

from factpress import hashes
from factpress.dimensions import Subject
from factpress.dimensions import subjects as about
from factpress.facts import Facts
from factpress.home import home
from factpress.site import front_page as page
from factpress.texts import texts
from factpress.wording import Teller
from solids import publication
from solids import tables as made

WORDS = texts(__name__)
name, distribution = "solids", "solids"
door, preload = "solids.publication", ()
method, printed_in, area = "", "en", ""
typed, named, choices = (), (), ()


def words(language: str) -> dict[str, dict]:
    """Return what the press says of the solids."""
    return WORDS[language]["said"]


def tables(edition: str) -> Path:
    """Return the folder of the tables of an edition."""
    return made.folder(edition)


def refresh(edition: str) -> Path:
    """Make the tables of an edition; return their folder."""
    return made.write(edition)


def data_version() -> str:
    """Return a hash of the data."""
    return hashes.of_file(home() / "data" / "solids.csv")


def sealed(digest: str) -> str:
    """Return a hash of data as it is: nothing is confidential."""
    return digest


def sources(edition: str | None = None) -> pd.DataFrame:
    """Return the register of sources; every edition has the same."""
    return pd.read_csv(home() / "data" / "sources.csv", dtype=str, keep_default_na=False, index_col="source")


def register() -> bytes:
    """Return the register of sources as it is published."""
    return (home() / "data" / "sources.csv").read_bytes()


def private(role: str) -> bool:
    """Tell that every source is published."""
    return False


def printed(source: str) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of the table as printed."""
    header, *rows = csv.reader((home() / "data" / "solids.csv").read_text(encoding="utf-8").splitlines())
    return header, rows


def summary(source: str, header: list[str], language: str) -> None:
    """Return nothing: every table is as it was written."""


def corrections(source: str) -> list:
    """Return no corrections."""
    return []


def odd(edition: str) -> dict[str, dict[str, str]]:
    """Return no odd facts."""
    return {}


def prevailing() -> pd.DataFrame:
    """Return no sources that prevail."""
    return pd.DataFrame()


def files() -> dict[str, bytes]:
    """Return the register that notebooks read."""
    return {"data/sources.csv": register()}


def subjects(kind: str, edition: str, asked: str | list[str], needed: bool = False) -> list[str]:
    """Return none: every kind is about solids."""
    return []


def wholes(edition: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return none: no publication is about a part of what another is about."""
    return {}


def entrances(language: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the ways into the site: the solids on the index."""
    return [(WORDS[language]["front"]["solids"], "#solids", ("solid",))]


def message(facts: Facts, subject: Subject, language: str) -> tuple[str, str]:
    """Return what the index opens with."""
    said = WORDS[language]["front"]
    return said["headline"], Teller(facts, subject, language).say(said["lead"])


def front_page(language: str) -> list[page.Section]:
    """Return the sections of the front page."""
    said = WORDS[language]["front"]
    solids = tuple((one.name(language), f"solid/{one.slug}") for one in about("solid"))
    return [
        page.Doors(said["ways"], ((said["all"], said["all text"], ""),), said["certainty"]),
        page.News(said["solids"], solids),
    ]


def sample(edition: str, language: str) -> list:
    """Return blocks of some sorts."""
    return [publication.open("solid", edition, language, "cube").key_figures(*made.COUNTED)]


def examples() -> dict[str, str]:
    """Return what a new notebook can be about."""
    return {"solid": "cube"}


def first_cells(about: str) -> list[tuple[str, str]]:
    """Return the first cell of a new notebook."""
    return [("", 'page.key_figures("faces")')]


def exploration(edition: str) -> list[tuple[str, str]]:
    """Return no cells of an exploration."""
    return []
