"""Asked: what a notebook asks for while it runs, noted in a file, so that it is run again when that changes.

The file is named by the environment, because a notebook may run in a kernel; without it nothing is noted.
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VARIABLE = "FACTPRESS_ASKED"
KINDS = ("page", "fact", "table", "source", "topic")


@dataclass(frozen=True)
class Asked:
    """What a notebook asked for: the pages that it opened, names of facts, tables and sources, topics whose blocks it used."""

    pages: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "Asked":
        """What was noted in a file, each once and in order of name; nothing where there is no such file."""
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        found = {line.partition(" ")[::2] for line in lines}
        return cls(*(tuple(sorted(name for kind, name in found if kind == one)) for one in KINDS))


def note(kind: str, name: str) -> None:
    """Notes that something is asked for: a `page` that is opened, or a `fact`, `table`, `source` or `topic` by its name."""
    if path := os.environ.get(VARIABLE):
        _write(path, f"{kind} {name}\n")


@cache
def _write(path: str, line: str) -> None:
    os.write(_file(path), line.encode())


@cache
def _file(path: str) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
