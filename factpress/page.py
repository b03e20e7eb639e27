"""A page being written: the notebooks' door to blocks made of facts.

Every method returns a block, which a notebook shows as its readers will see it. Text is a template in each language; see
`factpress.wording` for what goes between the braces. Source lines and warnings are added from the facts shown. The general
blocks are methods of the page; those of a topic are at its name, `page.<topic>.<block>`, and are loaded when first used.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib import import_module
from typing import TypeVar

import pandas as pd

from factpress import exhibits, markup
from factpress.blocks import Certainty, Headline, Note, Sentence
from factpress.builder import read_log
from factpress.dimensions import Subject, dimensions, fact_id, subjects
from factpress.errors import nearest
from factpress.facts import ids
from factpress.texts import texts
from factpress.wording import Said, Teller, legend
from factpress.writing import Writer, marks

WORDS = texts(__name__)
#: A block that is a text.
Words = TypeVar("Words", Headline, Certainty, Sentence)
#: How long a message, a caveat (in characters) and a lead (in words) may be.
HEADLINE, CERTAINTY, LEAD = 90, 220, 45

#: What blocks are made with, and is none itself.
TOOLS = ("called", "numbers", "page", "registers", "rows_of", "table", "text", "topics")


class Offering:
    """Offers blocks to a notebook by name; a name that is not there is answered with the nearest ones."""

    #: How a notebook calls it.
    called = ""

    def __dir__(self) -> Iterable[str]:
        return [name for name in super().__dir__() if not name.startswith("_")]

    def __getattr__(self, name: str):
        """Raise AttributeError with the nearest names."""
        if hasattr(type(self), name):  # a property, in which something went wrong: that is said
            return object.__getattribute__(self, name)
        near = [] if name.startswith("_") else self._near(name)
        hint = f" - did you mean {' or '.join(near)}?" if near else ""
        raise AttributeError(f"{self.called} has no {name!r}{hint}")

    def _near(self, name: str) -> list[str]:
        """Return the calls whose names are nearest."""
        return [f"{self.called.removeprefix('the ')}.{one}" for one in nearest(name, dir(self), cutoff=0.6)]


class TopicBlocks(Offering):
    """The blocks of a topic, made for a page."""

    #: Columns of its processed tables that hold numbers, which may be missing; and those of text that may look like numbers.
    numbers: tuple[str, ...] = ()
    text: tuple[str, ...] = ()

    def __init__(self, page: "Page", name: str = ""):
        self.page, self.called = page, f"page.{name}"

    def __dir__(self) -> Iterable[str]:
        return [name for name in super().__dir__() if name not in TOOLS]

    def table(self, name: str) -> pd.DataFrame:
        """Return a processed table."""
        return self.page.table(name, self.numbers, self.text)

    def rows_of(self, name: str, dimension: str) -> pd.DataFrame:
        """Return the rows of a processed table about what the page is about."""
        table = self.table(name)
        return table[table[dimension] == getattr(self.page.about, dimension)].reset_index(drop=True)


class Topic:
    """The blocks of a topic of a page, loaded when one is first used or listed."""

    def __init__(self, page: "Page", name: str, module: str):
        self._page, self._name, self._module = page, name, module

    @cached_property
    def _blocks(self) -> TopicBlocks:
        read_log.note("topic", self._name)
        return import_module(self._module).Blocks(self._page, self._name)

    def __dir__(self) -> Iterable[str]:
        return dir(self._blocks)

    def __getattr__(self, name: str):
        """Return what the blocks have by that name."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._blocks, name)


class Page(Offering, Writer):
    """A publication being written. `topics` says in which module the `Blocks` of each topic are, by name."""

    called = "the page"

    def __init__(self, *arguments, topics: Mapping[str, str], **named):
        self.topics = {name: Topic(self, name, module) for name, module in topics.items()}
        vars(self).update(self.topics)  # each by its name, where completion finds it
        super().__init__(*arguments, **named)

    def _repr_html_(self) -> str:
        """Show in a notebook the style of the publications, and what is being written."""
        return markup.notebook_style() + f"<p>{self.kind} · {self.edition} · {self.language}</p>"

    def __repr__(self) -> str:
        return f"<{self.kind} {self.about.slug}, edition {self.edition}, {self.language}>"

    def __dir__(self) -> Iterable[str]:
        """List the blocks, the topics and what the page is about."""
        return sorted(set(super().__dir__()) - vars(Writer).keys() - set(TOOLS))

    def _near(self, name: str) -> list[str]:
        """Return the blocks of topics with that very name, or else the nearest of its own."""
        found = [f"page.{topic}.{name}" for topic, blocks in self.topics.items() if name in dir(blocks)]
        return found or super()._near(name)

    # Words

    def lead(
        self, unknown: dict | None = None, refuted: dict | None = None, names: dict | None = None, **text: str
    ) -> Sentence:
        """Return the sentence that a hurried reader reads, of at most 45 words."""
        found = self._sentence(text, unknown, refuted, lead=True, names=names)
        self.limited("lead", found.text, len(found.text.split()), LEAD, "words")
        return found

    def sentence(
        self, unknown: dict | None = None, refuted: dict | None = None, names: dict | None = None, **text: str
    ) -> Sentence:
        """Return a sentence or paragraph, from a template in each language.

        Where a fact in it has no value, `unknown` is said instead; without that the cell fails and names the fact. Where a
        source refutes a fact in it, `refuted` is said instead, or what refutes it. `names` are words of a block for
        placeholders of its own, by language.
        """
        return self._sentence(text, unknown, refuted, lead=False, names=names)

    def note(
        self,
        title: dict,
        text: dict,
        needs: str | None = None,
        lacks: str | None = None,
        unknown: dict | None = None,
        refuted: dict | None = None,
    ) -> Note | None:
        """Return a remark that the reader must not miss: a title and a template, each a dict by language.

        With `needs`, only for subjects of which there is that fact: `needs="books_k_lent"`; with `lacks`, only for those
        of which there is none. `unknown` and `refuted` as in `sentence`.
        """
        heading = self.plain(title)
        if needs and not self.facts.find(fact_id(needs, self.about)):
            return None
        if lacks and self.facts.find(fact_id(lacks, self.about)):
            return None
        said, teller = self.say(text, unknown, refuted)
        block = Note(language=self.language, title=heading, text=[said], marks=marks(said))
        return self.credited(block, teller, warn=False)

    def remarkable(self, title: dict) -> Note | None:
        """Return what the checks found about this very subject and stands unmended; nothing where they found nothing."""
        heading = self.plain(title)
        found = {name: why for name, why in self._odd.items() if name.endswith("/" + self.about.path)}
        if not found:
            return None
        reasons = [reason[f"reason_{self.language}"] for reason in found.values()]
        facts = ids(self.facts[name] for name in found)
        block = Note(language=self.language, title=heading, text=reasons, facts=facts)
        return self.credited(block, None, warn=False)

    def headline(
        self, unknown: dict | None = None, refuted: dict | None = None, names: dict | None = None, **text: str
    ) -> Headline:
        """Return the message of the page, in place of its title: a template in each language, said in at most 90 characters.

        `unknown` is said where a fact in it has no value, `refuted` where a source refutes one.
        """
        said, teller = self.say(text, unknown, refuted, names)
        self.limited("headline", said, len(said), HEADLINE, "characters")
        return self._worded(Headline, said, teller)

    def certainty(self, **text: str) -> Certainty:
        """Return how certain the figures of this page are: a template in each language, said in at most 220 characters."""
        said, teller = self.say(text, None)
        self.limited("caveat", said, len(said), CERTAINTY, "characters")
        meanings = [(mark, row[f"text_{self.language}"]) for mark, row in legend().items()]
        return self._worded(Certainty, said, teller, title=WORDS[self.language]["certainty"], legend=meanings)

    # Exhibits

    def tiles(self, *lines: tuple[dict, Mapping[str, dict | None]]):
        """Return key figures in lines: of each its name in each language, and indicators with what is said beside them.

        That is a template in each language, or None: `({"nl": "Nu", "en": "Now"}, {"size_k": {"nl": ..., "en": ...}})`.
        """
        said = {
            self.plain(name): {code: self.say(text, None) if text else None for code, text in items.items()}
            for name, items in lines
        }
        return self.credited(exhibits.tiles(self.teller(), said), None, warn=False)

    def key_figures(self, *codes: str):
        """Return a strip of key figures of this subject."""
        return self.exhibit(exhibits.key_figures, None, list(codes))

    def ranking(self, code: str, kind: str | None = None, **title: str):
        """Return bars of one indicator for all subjects of a kind (that of this subject), high to low."""
        return self.exhibit(exhibits.ranking, title, code, subjects(kind or self.about.kind))

    def part_of_whole(self, whole: str, part: str, percentage: str, kind: str | None = None, **title: str):
        """Return bars of a whole with the part of it that is the potential."""
        among = subjects(kind or self.about.kind)
        return self.exhibit(exhibits.part_of_whole, title, whole, part, percentage, among)

    def multiples(self, *codes: str, **title: str):
        """Return small multiples of several indicators, with this subject marked in each."""
        return self.exhibit(exhibits.multiples, title, list(codes), self.about.kind)

    def share_bars(self, *codes: str, **title: str):
        """Return shares of this subject in the whole, one bar an indicator, in the order given."""
        return self.exhibit(exhibits.share_bars, title, list(codes))

    def beside(self, *codes: str, **title: str):
        """Return bars of figures of this subject on one scale, the last to hold the others against; nothing without one."""
        if not all([self.facts.known(code, self.about) for code in codes]):
            return None
        return self.exhibit(exhibits.against, title, list(codes))

    def profile(self, *codes: str, **title: str):
        """Return shares of this subject in the whole beside its share of the publisher's measure, one dot an indicator."""
        return self.exhibit(exhibits.profile, title, list(codes), self.registers.measure)

    def parts(self, *codes: str, **title: str):
        """Return how this subject and the whole are made up: percentages that add to 100, a bar each."""
        return self.exhibit(exhibits.parts, title, list(codes), *self.registers.parts(self.language))

    def map(self, code: str, **title: str):
        """Return an indicator by place: a tile a place where it lies, with its value and a bar."""
        return self.exhibit(exhibits.maps, title, code)

    def comparison(self, *codes: str, kind: str | None = None, without: bool = False, **title: str):
        """Return a table of several indicators for all subjects of a kind, with the total; and totals `without` some parts."""
        left_out = [one for one in dimensions().values() if not one.path] if without else []
        totals = [Subject(), *(Subject(**{one.dimension: code}) for one in left_out for code in one.codes())]
        return self.exhibit(exhibits.comparison, title, list(codes), kind or self.about.kind, totals)

    def overview(self, *codes: str, **title: str):
        """Return a table of this subject: value, unit, share and, where it has one, place of each indicator."""
        return self.exhibit(exhibits.overview, title, list(codes))

    def _sentence(
        self, text: dict, unknown: dict | None, refuted: dict | None, lead: bool, names: dict | None = None
    ) -> Sentence:
        said, teller = self.say(text, unknown, refuted, names)
        return self._worded(Sentence, said, teller, lead=lead)

    def _worded(self, kind: type[Words], said: Said, teller: Teller, **named) -> Words:
        """Return a block of that kind with a text that was said, and the sources of its facts."""
        block = kind(language=self.language, text=said, facts=ids(teller.used), marks=marks(said), **named)
        block.sources = self.sources_of(block.facts)
        return block
