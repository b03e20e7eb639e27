"""Currency: whether an edition is as its inputs make it, asked before anything that a build needs is loaded.

After a build in which nothing failed a file beside the edition says what it was made of and what it came to. While both
are the same there is nothing to build, and nothing but this is read.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from upcm_analysis.words.home import home

#: What an edition is made of, from the root of the repository, besides the package and what the theme names.
INPUTS = ["publications.yml", "theme.yml", "organisation.yml", "CITATION.cff", "requirements.lock", "data", "notebooks"]
#: Under those, what is no input: made by a build, or by an editor.
NOT = {"processed", ".ipynb_checkpoints", "__pycache__"}


def inputs() -> str:
    """One sha256 over everything that an edition is made of: data, templates, settings, packages, code and Python itself."""
    total = hashlib.sha256(sys.version.encode())
    for path in _input_files():
        total.update(path.as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def edition() -> str:
    """The edition of the publication matrix; empty where the matrix says none, which others find fault with."""
    content = yaml.safe_load((home() / "publications.yml").read_text(encoding="utf-8"))
    return str(content.get("edition", "")) if isinstance(content, dict) else ""


def unchanged(edition: str, made_of: str) -> list[str] | None:
    """The folders of all publications of an edition that is whole and made of inputs of that sha256; else None."""
    try:
        was = json.loads(_file(edition).read_text(encoding="utf-8"))
        processed = home() / "data" / "processed" / edition / "facts.csv"
        whole = was["inputs"] == made_of and processed.is_file() and was["files"] == files(_folder(edition))
        return was["publications"] if whole else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # no such file, or not one of ours: then nothing is known to be current


def remember(edition: str, made_of: str, publications: list[str]) -> None:
    """Notes that an edition is whole, and made of inputs of which that is the sha256."""
    content = {"inputs": made_of, "publications": publications, "files": files(_folder(edition))}
    room = _file(edition).with_suffix(".new")
    room.write_text(json.dumps(content), encoding="utf-8")
    room.replace(_file(edition))


def forget(edition: str) -> None:
    """Notes nothing: the edition is being changed, or is not whole."""
    _file(edition).unlink(missing_ok=True)


def files(place: Path) -> dict[str, str]:
    """The sha256 of each file in a folder, by its path from there; nothing where there is no such folder."""
    found = sorted(path for path in place.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def _folder(edition: str) -> Path:
    return home() / "reports" / edition


def _file(edition: str) -> Path:
    return home() / "reports" / f".{edition}.json"


def _input_files() -> Iterator[Path]:
    """The files that an edition is made of, in a fixed order."""
    root, package = home(), Path(__file__).resolve().parents[1]
    named = [root / name for name in _strings(yaml.safe_load((root / "theme.yml").read_text(encoding="utf-8")))]
    for place in [*(root / name for name in INPUTS), *named, package]:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and not NOT & set(path.parts):
                yield path


def _strings(content) -> Iterable[str]:
    """The texts in the settings of the theme, some of which name files."""
    if isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from _strings(part)
    elif isinstance(content, str) and "." in content:
        yield content
