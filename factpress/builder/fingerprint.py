"""Made of: what a publication was made of, so that it is made again when that changes, and only then.

`made-of.json` in the folder of a publication has the hash of each thing that it rests on (`of`, in parts) and of each file
beside it (`files`). A publication is current when both are as they were.
"""

import json
import sys
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from factpress import code_hashes, codelists, hashes
from factpress.builder.read_log import Asked
from factpress.errors import PartFailed
from factpress.home import home, shown
from factpress.provenance import Provenance
from factpress.publisher import packages, publisher
from factpress.site import template
from factpress.site.plan import Publication
from factpress.theme import theme

FILE = "made-of.json"
#: The parts that say which figures a publication holds, and those that say how it was made of them.
DATA, CODE = ("facts", "tables", "sources"), ("code", "template")
#: Part of a publication, and what it is in words.
PARTS = {
    "template": "its template",
    "parameters": "its parameters",
    "links": "the publications that it leads to",
    "settings": "settings and code lists",
    "code": "code",
    "tables": "tables of the edition",
    "sources": "sources",
    "facts": "facts",
}


@dataclass(frozen=True)
class Given:
    """What is known of a publication before its notebook runs: its parts, and the hash of each topic that it may use."""

    parts: dict[str, dict[str, str]]
    topics: dict[str, str]

    def whole(self, asked: Asked, provenance: Provenance, data: Path) -> dict[str, dict[str, str]]:
        """All parts, now that is known what its notebook asked for; `data` is the folder of processed tables."""
        topics = {name: self.topics[name] for name in asked.topics if name in self.topics}
        return self.parts | {
            "code": self.parts["code"] | topics,
            "tables": {name: _table(name, data) for name in asked.tables},
            "sources": {name: provenance.source_digest(name) for name in asked.sources},
            "facts": {name: provenance.digest(name) for name in asked.facts},
        }


def given(publication: Publication, around: dict, settings: dict[str, str]) -> Given:
    """What is known of a publication before its notebook runs; `around` are the publications that its page leads to."""
    return Given(
        {
            "template": {publication.notebook.name: _template(publication.notebook)},
            "parameters": {name: str(value) for name, value in publication.parameters}
            | ({"title": publication.heading} if publication.heading else {}),
            "links": {"around": hashes.of_value(around)[:12]},
            "settings": settings,
            "code": code_hashes.of_packages(),
        },
        code_hashes.of_topics(),
    )


def settings() -> dict[str, str]:
    """The settings and lists that any publication may show, by their path: the theme, the code lists, the packages."""
    root = home()
    lists = chain.from_iterable(codelists.paths().values())
    choices = [root / name for name in publisher().choices]
    found = {_name(path): hashes.of_file(path)[:12] for path in [*theme().files, *lists, *choices]}
    python = ".".join(map(str, sys.version_info[:2]))
    return found | {"requirements.lock": hashes.of_file(root / "requirements.lock")[:12], "Python": python}


def versions(parts: dict[str, dict[str, str]]) -> tuple[str, str]:
    """The version of the data and that of the code of a publication: both change only where what it is made of does."""
    data, code = (hashes.of_value({part: parts[part] for part in names}) for names in (DATA, CODE))
    return data, code_hashes.version(code)


def write(room: Path, parts: dict[str, dict[str, str]]) -> None:
    """Says in a finished folder what it was made of."""
    content = {"of": parts, "files": hashes.of_files(room, without=FILE)}
    (room / FILE).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(place: Path) -> dict | None:
    """What the publication in a folder was made of; None where that is not known, or its files are not as they were."""
    content = note(place)
    return content if content and content["files"] == hashes.of_files(place, without=FILE) else None


def note(place: Path) -> dict | None:
    """What the publication in a folder is said to have been made of, whatever became of its files; None where nothing is."""
    try:
        content = json.loads((place / FILE).read_text(encoding="utf-8"))
        whole = all(isinstance(content["of"][part], dict) for part in PARTS) and isinstance(content["files"], dict)
        return content if whole else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def changes(then: dict, known: Given, provenance: Provenance, data: Path) -> list[str]:
    """Which of the parts that a publication was made of are not what they were then, in words; nothing where all are."""
    asked = Asked((), *(tuple(then[part]) for part in ("facts", "tables", "sources", "code")))
    now = known.whole(asked, provenance, data)
    return [f"{words}: {_names(then[part], now[part])}" for part, words in PARTS.items() if then[part] != now[part]]


def check(publication: Publication, asked: Asked, shows: list[str], languages: set[str]) -> None:
    """That a publication is what its parameters say. Raises PartFailed for another subject, language, or facts from nowhere.

    `shows` are the facts that its document shows, `languages` those of its blocks.
    """
    given = [str(value) for _, value in publication.parameters]
    subject = publication.subject if publication.subject in given else publication.about.slug
    expected = f"{publication.opens} {publication.edition} {publication.language} {subject}"
    for found in asked.pages or ("none",):
        if found != expected:
            raise PartFailed(f"the notebook is not about what it was run for: opened {found}, expected {expected}")
    if other := languages - {publication.language}:
        raise PartFailed(f"the notebook says something in {', '.join(other)}, expected {publication.language}")
    known = set(asked.facts)
    if nowhere := [name for name in shows if name not in known]:
        raise PartFailed(f"the notebook shows facts that it did not ask its page for: {', '.join(nowhere[:5])}")


def _name(path: Path) -> str:
    """A file of the repository, or one of the package elsewhere, by a name that is the same on every machine."""
    return shown(path) if path.is_relative_to(home()) else path.relative_to(packages()[0].parent).as_posix()


def _names(then: dict, now: dict, most: int = 3) -> str:
    """Which of the things that a publication rests on differ, shortest name first: what is behind many is named shortest."""
    found = sorted((k for k in then.keys() | now.keys() if then.get(k) != now.get(k)), key=lambda k: (len(k), k))
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more


@cache
def _template(notebook: Path) -> str:
    """The hash of what a template says, its outputs left out."""
    try:
        cells = template.read(notebook).cells
    except template.NoNotebook:
        return "none"
    return hashes.of_value([[cell.cell_type, cell.source, cell.metadata.get("tags", [])] for cell in cells])[:12]


def _table(name: str, data: Path) -> str:
    """The hash of a table that a notebook asks for: of the register of sources what it says, else a processed table."""
    if name == "sources":
        return hashes.of_value(publisher().sources().drop(columns="sha256").reset_index().to_dict("list"))[:12]
    path = data / f"{name}.csv"
    return hashes.of_file(path)[:12] if path.is_file() else "none"
