"""A publication being written: how facts of one subject are said in one language, with their sources, warnings and marks.

`factpress.page` makes blocks with it, and so does each topic.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from pathlib import Path

import pandas as pd

from factpress.blocks import Block, Cell, KeyFigure, KeyFigures, Mark, Table
from factpress.builder import read_log
from factpress.codelists import codelist
from factpress.dimensions import Subject, dimensions
from factpress.editions import parts
from factpress.errors import InputError
from factpress.facts import Fact, Facts, ids
from factpress.indicators import base, indicator
from factpress.languages import LANGUAGES
from factpress.provenance import Provenance
from factpress.publisher import publisher
from factpress.texts import texts
from factpress.wording import ODD, Said, Teller, UnknownFact, inside, label
from factpress.wording.figures import WORDS as SAID

WORDS = texts(__name__)


class Registers:
    """What the registers of a publisher say of facts. Here they say nothing: a publisher has its own."""

    #: The indicator that shares are held against.
    measure = ""

    def parts(self, language: str) -> tuple[str, str]:
        """Return what percentages that add to 100 are called: in short, and below the title."""
        return "", ""

    def names(self, writer: "Writer", facts: Facts) -> Mapping[str, Callable[[], str]]:
        """Return the placeholders of names that the publisher knows of a subject."""
        return {}

    def odd_facts(self) -> Mapping[str, Mapping[str, str]]:
        """Return the facts that stand unmended, by id, with why in each language."""
        return {}

    def refuted_by(self, writer: "Writer", facts: list[Fact]) -> str:
        """Return in a sentence by what figures are refuted."""
        return ""

    def misfit(self, writer: "Writer", fact: Fact) -> str:
        """Return the same with what it does not fit with."""
        return self.refuted_by(writer, [fact])


class Writer:
    """The subject, the language and the facts of the edition of a publication, and how blocks of them are finished.

    `folder` has the processed tables; `against` is the edition that a revision compares this one with.
    """

    def __init__(
        self,
        kind: str,
        edition: str,
        language: str,
        about: Subject,
        folder: Path,
        registers: Registers,
        against: str = "",
    ):
        self.kind, self.edition, self.language, self.about, self.against = kind, edition, language, about, against
        self.scenario = parts(edition)[1]
        self.provenance = Provenance.read(folder)
        self.facts = self.provenance.facts.telling(partial(read_log.note, "fact"))
        self.registers, self._folder, self._odd = registers, folder, registers.odd_facts()

    def table(self, name: str, numbers: Iterable[str] = (), text: Iterable[str] = ()) -> pd.DataFrame:
        """Return a processed table; `numbers` are columns of numbers that may be missing, `text` columns that are text."""
        table = self.as_text(name, dict.fromkeys([*dimensions(), *text], str))
        return table.assign(**{column: pd.to_numeric(table[column]) for column in numbers if column in table})

    def as_text(self, name: str, types: type | dict = str) -> pd.DataFrame:
        """Return a processed table as it is written; `types` are those of its columns, without one all are text."""
        read_log.note("table", name)
        return pd.read_csv(self._folder / f"{name}.csv", dtype=types, keep_default_na=False)

    def teller(self) -> Teller:
        """Return a teller of the facts of this subject."""
        return self._teller_of(self.facts, self.language)

    def exhibit(self, make, title: dict | None, *arguments, names: dict | None = None, **named) -> Block:
        """Return the block that `make` gives for a teller, the title in words and the arguments, with its sources."""
        teller, said = self.teller(), None
        if title is not None:
            said, teller = self.say(title, None, names=names)
            arguments = (said, *arguments)
        block = make(teller, *arguments, **named)
        block.marks = marks(said) if said else []
        return self.credited(block, teller)

    def limited(self, what: str, said: str, size: int, most: int, unit: str) -> None:
        """Raise InputError where a text that opens a page is too long for a hurried reader."""
        if size > most:
            raise InputError(
                f"the {what} of {self.kind}/{self.about.slug} is too long",
                found=f"{size} {unit}: {said}",
                expected=f"at most {most} {unit}",
                remedy="say less: what stands out, and leave the rest to the page",
            )

    def plain(self, text: dict) -> str:
        """Return a text that holds no facts, in the language of the page."""
        self._both(text)
        for one in text.values():
            if "{" in one or "}" in one:
                raise InputError(
                    "a title that holds no figures has a placeholder",
                    found=one,
                    expected="words alone",
                    remedy="say the figure in the text",
                )
        return text[self.language]

    def credited(self, block: Block, teller: Teller | None, warn: bool = True) -> Block:
        """Return the block with its source line, and with the warnings of the facts that it shows."""
        if teller and not block.facts:
            block.facts = ids(teller.used)
        if shown := self._shown(block):
            self.credit(block, shown)
        if warn:
            block.notes = [*block.notes, *self._warnings(block.facts)]
        block.notes = [*block.notes, *self._marked(block)]
        return block

    def credit(self, block: Block, facts: list[str]) -> None:
        """Give a block the source line of these facts."""
        block.source = self.provenance.credit(facts, self.language)
        block.sources = self.sources_of(facts)

    def with_sources(self, block: Block, named: set[str]) -> Block:
        """Return the block with the source line of what is no fact: these registered sources, beside those of its facts."""
        block.sources = [one for one in self.provenance.sources.index if one in named | set(block.sources)]
        for source in named:
            read_log.note("source", source)
        block.source = "; ".join(self.provenance.documents(block.sources, self.language))
        return block

    # How blocks are finished

    def _teller_of(self, facts: Facts, language: str) -> Teller:
        return Teller(facts, self.about, language, self.registers.names(self, facts))

    def say(
        self, text: dict, unknown: dict | None, refuted: dict | None = None, names: dict | None = None
    ) -> tuple[Said, Teller]:
        """Say a template, or the other words for it where a fact that it needs has no value.

        `names` are placeholders that whoever asks has words for, in each language.
        """
        self._checked(text, needed=True, names=names)
        for other in (unknown, refuted):
            if other is not None:
                self._checked(other, needed=False)
        teller = self.teller()
        try:
            return teller.say(text[self.language], **(names or {}).get(self.language, {})), teller
        except UnknownFact as lacking:
            if lacking.fact.suppressed:
                return self._confidential(lacking.fact)
            if lacking.fact.refuted:
                return self._refuted(lacking.fact, refuted)
            if unknown is None:  # told alike in each language, so that it is told once
                raise UnknownFact(lacking.fact, " / ".join(text[one] for one in LANGUAGES)) from None
        teller = self.teller()
        return teller.say(unknown[self.language]), teller

    def _confidential(self, fact: Fact) -> tuple[Said, Teller]:
        """Say that a figure is confidential, and nothing else: what a text says around it could be wrong without it."""
        teller, said = self._using(fact), publisher().words(self.language)["figures"]["confidential"]
        return teller.say(said, **self._named(fact)), teller

    def _refuted(self, fact: Fact, text: dict | None) -> tuple[Said, Teller]:
        """Say that a source refutes a figure, in other words or by the name of the source."""
        teller = self._using(fact)
        if text is not None:
            return teller.say(text[self.language]), teller
        return teller.say(
            WORDS[self.language]["refuted"], **self._named(fact), why=inside(self.registers.misfit(self, fact))
        ), teller

    def _using(self, fact: Fact) -> Teller:
        """Return a teller that has used a fact."""
        teller = self.teller()
        teller.used.append(fact)
        return teller

    def _named(self, fact: Fact) -> dict[str, str]:
        """Return what a fact measures and what it is about."""
        return {"name": label(fact.indicator, self.language), "about": fact.subject.name(self.language)}

    def _both(self, text: dict) -> None:
        """Raise InputError unless a text comes in every language, so that no publication is half translated."""
        if sorted(text) != sorted(LANGUAGES):
            raise InputError(
                "a text is not in every language",
                found="; ".join(f"{name}={said!r}" for name, said in text.items()) or "none",
                expected=", ".join(LANGUAGES),
                remedy="give it in each: " + ", ".join(f'{one}="..."' for one in LANGUAGES),
            )

    def _checked(self, text: dict, needed: bool, names: dict | None = None) -> None:
        """Check that a text is in every language and right in each, so that a run in one says what is wrong in the other."""
        self._both(text)
        for teller in self._silent:
            teller.check(text[teller.language], needed, (names or {}).get(teller.language, {}))

    @cached_property
    def _silent(self) -> list[Teller]:
        """A teller of each language that asks for no fact in the name of the page.

        What the other language alone names is no part of what this publication is made of.
        """
        return [self._teller_of(self.provenance.facts, language) for language in LANGUAGES]

    def sources_of(self, names: list[str]) -> list[str]:
        """Return the registered sources that facts rest on, in the order of the register."""
        found = {root for name in names for root in self.provenance.roots(name)}
        return [source for source in self.provenance.sources.index if source in found]

    def _shown(self, block: Block) -> list[str]:
        """Return the facts that the source line is about: those in the data where there are any, else all."""
        data = getattr(block, "data", None)
        return [c.fact for row in data.rows for c in row.cells if c.fact] or block.facts if data else block.facts

    def _marked(self, block: Block) -> list[str]:
        """Mark the figures of a block that stand unmended, and say what the mark means: where it is one figure, why."""
        odd = [one for one in _printed(block) if one.fact in self._odd]
        for one in odd:
            if isinstance(one, KeyFigure):
                one.figure += f" {ODD}"
            else:
                one.text += f" {ODD}"
        if not odd:
            return []
        words, reasons = SAID[self.language], {self._odd[one.fact][f"reason_{self.language}"] for one in odd}
        said = words["odd because"].format(*reasons) if len(reasons) == 1 else words["odd"]
        return [said, words["see checks"]]

    def _warnings(self, names: list[str]) -> list[str]:
        """Return the warnings of facts in words, each once; with what it is about where it is not about all of them."""
        facts = [self.facts[name] for name in names]
        found = []
        for code, row in codelist("warnings").iterrows():
            about = [fact for fact in facts if code in fact.warnings]
            if not about:
                continue
            bases = list(dict.fromkeys(self._short(fact) for fact in about))
            others = {self._short(fact) for fact in facts} - set(bases)
            text = self.registers.refuted_by(self, about) if code == "refuted" else row[f"text_{self.language}"]
            found.append(f"{', '.join(bases)}: {inside(text)}" if others and row.names == "yes" else text)
        return found

    def _short(self, fact: Fact) -> str:
        """Return the short name of the indicator that a fact is of, whatever its form."""
        return indicator(base(fact.indicator)).short[self.language]


def _printed(block: Block) -> list[Cell | KeyFigure]:
    """Return what a table or key figures print."""
    if isinstance(block, Table):
        return [cell for row in block.data.rows for cell in row.cells]
    if isinstance(block, KeyFigures):
        return [*block.items, *(line for item in block.items for line in item.context)]
    return []


def marks(said: Said) -> list[Mark]:
    """Return where a text prints which fact, as a block keeps it."""
    return [Mark(start=start, end=end, fact=fact) for start, end, fact in said.marks]
