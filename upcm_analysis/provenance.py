"""Provenance: from a fact through its method to the table, row and column of the document it came from."""

import inspect
from dataclasses import dataclass
from importlib import import_module

import pandas as pd

from upcm_analysis.telling.facts import Fact, Facts
from upcm_analysis.words.errors import InputError

WORDS = {
    "nl": {"section": "par. {}", "derived": "eigen berekening"},
    "en": {"section": "sec. {}", "derived": "own calculation"},
}


@dataclass(frozen=True)
class Origin:
    """A step on the way back: a fact with what it was made from, or (`cell`) the printed number where it ends."""

    name: str
    fact: Fact | None
    cell: dict | None
    inputs: tuple["Origin", ...] = ()


class Provenance:
    """The way from facts to sources, over the facts, the cells as read and the register of sources."""

    def __init__(self, facts: Facts, cells: pd.DataFrame, sources: pd.DataFrame):
        from upcm_analysis.evidence.tables import cell_name

        self.facts, self.sources = facts, sources
        self._cells = {cell_name(c["row"], c["column"], c["part"], c["source"]): c for c in cells.to_dict("records")}
        self._roots: dict[str, tuple[str, ...]] = {}

    def trace(self, name: str) -> Origin:
        """The tree of inputs below a fact, down to source cells. Raises InputError for a name that is neither."""
        if name in self._cells:
            return Origin(name, None, self._cells[name])
        if name not in self.facts and "[" in name:
            raise InputError(
                "an input of a fact is no cell of any source", found=name, remedy="rebuild with 'upcm data'"
            )
        fact = self.facts[name]
        return Origin(name, fact, None, tuple(self.trace(part) for part in fact.inputs))

    def roots(self, name: str) -> tuple[str, ...]:
        """The sources (`folder/table`) that a fact rests on in the end, each once."""
        if name not in self._roots:
            if name in self._cells:
                self._roots[name] = (self._cells[name]["source"],)
            else:
                found = [root for part in self.facts[name].inputs for root in self.roots(part)]
                self._roots[name] = tuple(dict.fromkeys(found))
        return self._roots[name]

    def credit(self, names: list[str], language: str) -> str:
        """The source line under a block that shows these facts: documents with their sections, and whether we calculated."""
        words = WORDS[language]
        sections: dict[str, list[str]] = {}
        for root in sorted({root for name in names for root in self.roots(name)}):
            row = self.sources.loc[root]
            sections.setdefault(row.short_title, []).append(row.section)
        parts = []
        for title, found in sections.items():
            numbered = sorted({section for section in found if section[0].isdigit()})
            named = sorted({section for section in found if not section[0].isdigit()})
            if numbered:
                named.insert(0, words["section"].format(", ".join(numbered)))
            parts.append(f"{title}, {', '.join(named)}")
        if any(self.facts[name].status != "published" for name in names):
            parts.append(words["derived"])
        return "; ".join(parts)


def formula(method: str) -> str:
    """The first sentence of the documentation of the function that made a fact, which holds its formula."""
    module, _, function = method.rpartition(".")
    text = inspect.getdoc(getattr(import_module(module), function)) or ""
    return " ".join(text.split("\n\n")[0].split())
