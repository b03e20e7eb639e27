"""Provenance: from a fact through its method to the table, row and column of the document it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

from factpress import hashes
from factpress.cells import cell_name
from factpress.editions import parts
from factpress.errors import InputError
from factpress.facts import Fact, Facts
from factpress.publisher import publisher
from factpress.texts import texts

WORDS = texts(__name__)
#: What the register says where a publication does not.
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Origin:
    """A step on the way back: a fact with what it was made from, or (`cell`) the printed number where it ends."""

    name: str
    fact: Fact | None
    cell: dict | None
    inputs: tuple["Origin", ...] = ()


class Provenance:
    """The way from facts to sources, over the facts, the cells as read, the register of sources and the `methods`.

    `methods` are those that made the facts: a row a method by its id, with `name_nl`, `name_en` and `formula`.
    """

    def __init__(self, facts: Facts, cells: pd.DataFrame, sources: pd.DataFrame, methods: pd.DataFrame):
        self.facts, self.sources = facts, sources
        self.methods = methods.set_index("method").to_dict("index")
        self.register = sources.to_dict("index")
        self._cells = {cell_name(c["row"], c["column"], c["part"], c["source"]): c for c in cells.to_dict("records")}
        self._known: dict[str, tuple[str, ...]] = {}
        self._roots: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._digests: dict[str, str] = {}

    @classmethod
    def read(cls, folder: Path) -> "Provenance":
        """Read the provenance of the facts in a folder of processed tables. Raises InputError where there are none."""
        facts = folder / "facts.csv"
        return _read(folder, facts.stat().st_mtime_ns if facts.is_file() else 0)

    def trace(self, name: str) -> Origin:
        """The tree of inputs below a fact, down to source cells. Raises InputError for a name that is neither."""
        if name in self._cells:
            return Origin(name, None, self._cells[name])
        if name not in self.facts and "[" in name:
            raise InputError(
                "an input of a fact is no cell of any source",
                found=name,
                remedy="make the facts anew, with the command 'data'",
            )
        fact = self.facts[name]
        return Origin(name, fact, None, tuple(self.trace(part) for part in fact.inputs))

    def printed(self, name: str) -> tuple[dict, ...]:
        """The printed numbers that a fact rests on in the end, each once: rows of `cells`."""
        return tuple(self._cells[cell] for cell in self._leaves(name))

    def read_from(self, source: str) -> list[dict]:
        """The printed numbers that were read from a source: rows of `cells`."""
        return self._by_source.get(source, [])

    @cached_property
    def _by_source(self) -> dict[str, list[dict]]:
        found: dict[str, list[dict]] = {}
        for cell in self._cells.values():
            found.setdefault(cell["source"], []).append(cell)
        return found

    def _leaves(self, name: str) -> tuple[str, ...]:
        if name not in self._known:
            parts = (name,) if name in self._cells else self.facts[name].inputs
            if parts == (name,):
                self._known[name] = parts
            elif len(parts) == 1:  # thousands of facts rest on one other
                self._known[name] = self._leaves(parts[0])
            else:
                self._known[name] = tuple(dict.fromkeys(leaf for part in parts for leaf in self._leaves(part)))
        return self._known[name]

    def digest(self, name: str) -> str:
        """Enough of the sha256 of a fact with its method, its inputs and theirs down to the printed cells, and their sources.

        What there is no fact of has the digest `none`.
        """
        if name not in self._digests:
            self._digests[name] = self._digest(name)
        return self._digests[name]

    def _digest(self, name: str) -> str:
        if name in self._cells:
            cell = self._cells[name]
            return hashes.of_value([cell, self.source_digest(cell["source"])])[:12]
        fact = self.facts.find(name)
        if fact is None:
            return "none"
        row = {key: str(value) for key, value in fact.row.items()}
        return hashes.of_value([row, self.methods[fact.method], [self.digest(part) for part in fact.inputs]])[:12]

    def source_digest(self, name: str) -> str:
        """Enough of the sha256 of what the register says of a source, but for its file: its cells have digests of their own."""
        row = self.register.get(name, {})
        return hashes.of_value({key: value for key, value in row.items() if key != "sha256"})[:12]

    def roots(self, name: str) -> tuple[str, ...]:
        """The sources (`folder/table`) that a fact rests on in the end, each once."""
        leaves = self._leaves(name)
        if leaves not in self._roots:
            self._roots[leaves] = tuple(dict.fromkeys(self._cells[cell]["source"] for cell in leaves))
        return self._roots[leaves]

    def credit(self, names: list[str], language: str) -> str:
        """The source line under a block that shows these facts: documents with their sections, and whether we calculated."""
        parts = self.documents({root for name in names for root in self.roots(name)}, language)
        if not all(self.facts[name].printed for name in names):
            parts.append(WORDS[language]["derived"])
        return "; ".join(parts)

    def documents(self, sources: Iterable[str], language: str) -> list[str]:
        """The publications that tables stand in, each once, with the sections: `A report, sec. 1.2.1, 1.2.2`."""
        sections: dict[str, list[str]] = {}
        for source in sorted(sources):
            row = self.register[source]
            stated = [row["section"]] if row["section"] != NOT_STATED else []
            sections.setdefault(row["short_title"], []).extend(stated)
        parts = []
        for title, found in sections.items():
            numbered = sorted({section for section in found if section[0].isdigit()})
            named = sorted({section for section in found if not section[0].isdigit()})
            if numbered:
                named.insert(0, WORDS[language]["section"].format(", ".join(numbered)))
            parts.append(", ".join([title, *named]))
        return parts


@cache
def _read(folder: Path, changed: int) -> Provenance:
    """The provenance of a folder as it was when its facts were last written: read once, whoever asks."""
    facts = Facts.read(folder / "facts.csv")
    cells, methods = (pd.read_csv(folder / f"{name}.csv", keep_default_na=False) for name in ("cells", "methods"))
    return Provenance(facts, cells, publisher().sources(parts(folder.name)[0]), methods)
