"""What is compared: the facts of an edition, and the record of what they were made of."""

import json
from dataclasses import asdict, dataclass
from functools import cached_property

import pandas as pd

from factpress.methods import SEPARATOR


@dataclass(frozen=True)
class Record:
    """What the facts of an edition were made of, each part by name.

    `sources`: hash of each raw file, keyed where that is not published. `cells`: of each cell of a source [what is printed,
    what it is about, hash of how it was read, names of corrections]. `corrections`, `assumptions` (with what each is used in)
    and `lists` (by list and row): their content, without words and reasons. `methods`: of each method the topic, or other part
    of the code, that it is of. `topics`: of each of these the hash of its code, and the code lists that it takes rows of.
    `shared`: the hash of what all methods rest on: the packages that calculate, and the code outside of topics.
    """

    sources: dict[str, str]
    cells: dict[str, list]
    corrections: dict[str, dict]
    assumptions: dict[str, dict]
    lists: dict[str, dict]
    methods: dict[str, str]
    topics: dict[str, dict]
    shared: dict[str, str]

    def text(self) -> str:
        """The record as a file: a line an entry, so that a difference between two can be read."""
        parts = []
        for part, content in asdict(self).items():
            lines = (f"{_json(name)}: {_json(entry)}" for name, entry in sorted(content.items()))
            parts.append(f"{_json(part)}: {{\n" + ",\n".join(lines) + "\n}")
        return "{" + ",\n".join(parts) + "}\n"


@dataclass(frozen=True)
class Side:
    """One of two editions: its facts, at least the columns of a release, and the record of what they were made of."""

    facts: pd.DataFrame
    record: Record | None = None

    @cached_property
    def inputs(self) -> dict[str, tuple[str, ...]]:
        """What each fact was made of: cells and other facts; nothing where that is not known."""
        if "inputs" not in self.facts:
            return {}
        split = (tuple(text.split(SEPARATOR)) for text in self.facts.inputs)
        return dict(zip(self.facts.fact_id, split, strict=True))

    @cached_property
    def methods(self) -> dict[str, str]:
        """The function that made each fact; nothing where that is not known."""
        return dict(zip(self.facts.fact_id, self.facts.method, strict=True)) if "method" in self.facts else {}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
