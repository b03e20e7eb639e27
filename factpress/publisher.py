"""The publisher: the one object through which the press knows what it publishes.

The key `publisher` of `publications.yml` names a module with the members of `Publisher`. Every process looks it up for itself,
whether it was forked or spawned; one that is in no repository, such as a worker elsewhere, is told in the environment.
"""

import os
from collections.abc import Mapping
from functools import cache
from importlib import import_module, util
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from factpress import settings
from factpress.errors import InputError
from factpress.home import home

if TYPE_CHECKING:
    import pandas as pd

    from factpress.blocks import Block
    from factpress.dimensions import Subject
    from factpress.facts import Facts
    from factpress.site.front_page import Section

FILE, KEY = "publications.yml", "publisher"
VARIABLE = "FACTPRESS_PUBLISHER"


class Summary(Protocol):
    """How a table is told that was made of a text: a `lead` that says so, and by column that is shown its name."""

    lead: str
    names: dict[str, str]

    def cell(self, column: str, text: str) -> str:
        """Return a cell in words."""


class Publisher(Protocol):
    """What the press asks of what it publishes."""

    #: What its command is called; names of data packages begin with it.
    name: str
    #: The distribution that its package is installed from.
    distribution: str
    #: The module that notebooks open their page with, `from ... import ...`; and others that a build loads once.
    door: str
    preload: tuple[str, ...]
    #: The publication about methods and checks.
    method: str
    #: What has digits and may be typed in prose: the codes of code lists, and names by regular expressions.
    typed: tuple[str, ...]
    named: tuple[str, ...]
    #: The language that its register of sources, and the tables of those, are written in.
    printed_in: str
    #: The area that its figures are about, by address, for metadata; empty where they are about none.
    area: str
    #: The files of choices that any publication may rest on, from the root of the repository.
    choices: tuple[str, ...]

    def words(self, language: str) -> Mapping[str, Mapping]:
        """Return what the press says of it.

        That is `site` around pages, on the `index`, of `figures` that are withheld or of which only bounds are known, of
        `origins` and `between`, its `themes` by their codes in the EU list of data themes, and as `metadata`.
        """

    # Tables

    def tables(self, edition: str) -> Path:
        """Return the folder of the processed tables of an edition: `facts`, `cells`, `methods` and `findings`, each a CSV."""

    def refresh(self, edition: str) -> Path:
        """Make the processed tables of an edition current; return their folder."""

    def data_version(self) -> str:
        """Return a hash of the data that editions rest on."""

    def sealed(self, digest: str) -> str:
        """Return a hash of data as it may be given out. Asked before every build: loads next to nothing."""

    # Sources

    def sources(self, edition: str | None = None) -> "pd.DataFrame":
        """Return the register of sources of an edition, or of all, indexed by source."""

    def register(self) -> bytes:
        """Return the register of sources as it is published."""

    def private(self, role: str) -> bool:
        """Tell whether sources with this role are not published."""

    def printed(self, source: str) -> tuple[list[str], list[list[str]]]:
        """Return the header and the rows of a source as printed."""

    def summary(self, source: str, header: list[str], language: str) -> "Summary | None":
        """Return how a source is told whose table is not as printed; None for one that is."""

    def corrections(self, source: str) -> list:
        """Return the corrections of a source."""

    def odd(self, edition: str) -> dict[str, dict[str, str]]:
        """Return the facts of an edition that stand though a check found them, by id, with reasons by language."""

    def prevailing(self) -> "pd.DataFrame":
        """Return which source prevails over which other, indexed by both, with reasons by language."""

    def files(self) -> dict[str, bytes]:
        """Return the registers that notebooks read, as they may leave this machine, by path."""

    # Publications

    def subjects(self, kind: str, edition: str, asked: Literal["all"] | list[str], needed: bool = False) -> list[str]:
        """Return the names of the publications of a kind that is about no subject of figures: all, or those asked for.

        Raises UnknownName for one that there is none of, and InputError where one is `needed` and there is none.
        """

    def wholes(self, edition: str) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Return of publications, by kind and subject, those that are about a whole that theirs is a part of."""

    def entrances(self, language: str) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return the ways into the site, that every page has above it: name, publication or `#section` of the index, kinds."""

    def message(self, facts: "Facts", about: "Subject", language: str) -> tuple[str, str]:
        """Return the headline and the lead of the page about a subject."""

    def front_page(self, language: str) -> list["Section"]:
        """Return the sections of the front page."""

    def sample(self, edition: str, language: str) -> list["Block"]:
        """Return blocks of every sort, having loaded for them what publications load at first use."""

    # New notebooks

    def examples(self) -> dict[str, str]:
        """Return what a new notebook can be about, with the subject that it shows at first."""

    def first_cells(self, about: str) -> list[tuple[str, str]]:
        """Return the cells of a new notebook after its page is opened: the tag and the text of each."""

    def exploration(self, edition: str) -> list[tuple[str, str]]:
        """Return the cells of a new exploration, after its title."""


def publisher() -> Publisher:
    """Return the publisher of this repository. Raises InputError where there is no such module."""
    return _loaded(module())


def packages() -> tuple[Path, ...]:
    """Return the packages whose code counts, without loading them: the press and that of the publisher."""
    found = util.find_spec(module().partition(".")[0])
    return Path(__file__).parent, *map(Path, (found and found.submodule_search_locations) or [])


def module() -> str:
    """Return the name of the module of the publisher."""
    return os.environ.get(VARIABLE) or _name(home())


@cache
def _name(root: Path) -> str:
    """Return the name of the module, as the settings of the repository at `root` have it."""
    name = settings.load(FILE).get(KEY)
    if not isinstance(name, str) or not all(part.isidentifier() for part in name.split(".")):
        raise InputError(
            "the settings name no publisher",
            file=FILE,
            row=KEY,
            found=name or "nothing",
            expected="the name of a module with the members of factpress.publisher.Publisher",
            remedy=f"restore it with 'git checkout {FILE}'",
        )
    return name


@cache
def _loaded(name: str) -> Publisher:
    if util.find_spec(name.partition(".")[0]) is None:
        raise InputError(
            "the publisher is not installed",
            file=FILE,
            row=KEY,
            found=name,
            expected="a module of an installed package",
        )
    return import_module(name)
