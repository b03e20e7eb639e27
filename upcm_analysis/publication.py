"""The one door for notebooks: open a publication, and make its blocks from facts.

    from upcm_analysis import publication
    page = publication.open("province", edition, language, province)
    page.sentence(nl="In {subject} zijn {jobs_k}.", en="There are {jobs_k} in {subject}.")
    page.regions.ranges("co2_kt", nl="Wat in {subject} kan.", en="What is possible in {subject}.")

The general blocks are those of `factpress.page`; each topic has its own in its `blocks` module.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd
from babel.lists import format_list

from factpress import writing
from factpress.builder import read_log
from factpress.dimensions import fact_id, subject
from factpress.editions import parts
from factpress.errors import UnknownName
from factpress.facts import Fact, Facts
from factpress.languages import LANGUAGES
from factpress.page import Page
from factpress.texts import texts
from upcm_analysis.pipeline import processed
from upcm_analysis.registers import assumptions, sources
from upcm_analysis.topics import TOPICS
from upcm_analysis.topics.editions import release_sources
from upcm_analysis.vocabulary.published import POINT_SOURCES
from upcm_analysis.vocabulary.subjects import NL

WORDS = texts(__name__)
#: Where the blocks of each topic are.
BLOCKS = {name: f"upcm_analysis.topics.{name}.blocks" for name in TOPICS}


def open(kind: str, edition: str, language: str, *names: str) -> Page:
    """Open a publication to make blocks for: `names` are that of its subject, of a cluster in a province those of both.

    Of a revision it is the released edition that this one is compared with. Raises InputError for a kind, language, subject
    or release that there is none of.
    """
    name = "-".join(names) or "nederland"
    if language not in LANGUAGES:
        raise UnknownName("language", language, LANGUAGES)
    read_log.note("page", f"{kind} {edition} {language} {name}")
    against = ""
    if kind == "revision":
        known = [one for one in release_sources.names() if one <= edition]
        if name not in known:
            raise UnknownName("released edition", name, known, file=release_sources.FOLDER)
        against = name
    about = NL if kind in ("revision", "method") else subject(kind, name)
    registers = Registers(edition)
    return Page(kind, edition, language, about, processed(edition), registers, against, topics=BLOCKS)


class Registers(writing.Registers):
    """What the registers of the programme say of the facts of an edition, and the choices that no source makes."""

    measure = "jobs_k"

    def __init__(self, edition: str):
        self.edition = edition

    def odd_facts(self) -> dict[str, dict[str, str]]:
        """Return the facts that stand unmended, by id, with why in each language."""
        return assumptions.odd_facts(parts(self.edition)[0])

    def parts(self, language: str) -> tuple[str, str]:
        """Return what the size classes of organisations are called: in short, and below the title."""
        return WORDS[language]["sizes"], WORDS[language]["size classes"]

    def names(self, writer: writing.Writer, facts: Facts) -> dict[str, Callable[[], str]]:
        """Return the placeholder of the known point sources of a subject."""
        return {"point_sources": partial(self._point_sources, writer, facts)}

    def _point_sources(self, writer: writing.Writer, facts: Facts) -> str:
        """Return the known point sources of a subject, by the names that their source gives them."""
        known = facts.find(fact_id(POINT_SOURCES, writer.about))
        named = [cell["row"] for cell in writer.provenance.printed(known.fact_id)] if known else []
        return format_list(list(dict.fromkeys(named)), locale=writer.language)

    def refuting(self, writer: writing.Writer, facts: list[Fact]) -> str:
        """Return the sources that refute figures, by the names that their register gives them."""
        chosen = self.anchored()
        found = [name for fact in facts for name in fact.inputs if name.partition("/")[0] == chosen]
        named = [cell["row"] for name in found for cell in writer.provenance.printed(name)]
        return format_list(list(dict.fromkeys(named)), locale=writer.language)

    def refuted_by(self, writer: writing.Writer, facts: list[Fact]) -> str:
        """Return in a sentence by what figures are refuted."""
        return WORDS[writer.language]["refuted by"].format(sources=self.refuting(writer, facts))

    def misfit(self, writer: writing.Writer, fact: Fact) -> str:
        """Return the same with what it does not fit with."""
        return WORDS[writer.language]["misfit"].format(why=self.refuted_by(writer, [fact]))

    def anchored(self) -> str:
        """Return the indicator of the point sources that figures are compared with."""
        return assumptions.chosen_indicator("anchored_sources")

    def choices(self) -> assumptions.Numbers:
        """Return the choices that no source makes and that are a number, by name."""
        return assumptions.numbers()

    def oddities(self) -> pd.DataFrame:
        """Return the findings that are known in this edition, with reasons."""
        return assumptions.oddities(parts(self.edition)[0])

    def registered(self, role: str) -> set[str]:
        """Return the sources of this edition with a role."""
        return set(sources.registered(self.edition, role))
