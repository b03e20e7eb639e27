"""Currency: whether an edition is as its inputs make it, asked before anything that a build needs is loaded.

After a build in which nothing failed a file beside the edition says what it was made of and what it came to. While both
are the same there is nothing to build, and nothing but this is read.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from factpress import files, hashes, settings
from factpress.home import home, shown
from factpress.publisher import packages, publisher

#: What an edition is made of, from the root of the repository, besides the packages and what the theme names.
INPUTS = ["publications.yml", "theme.yml", "organisation.yml", "CITATION.cff", "requirements.lock", "data", "notebooks"]
#: Beside processed tables: what they were made of, and what they came to.
NOTE = "made-of.json"
#: Under the inputs, what is none: made by a build, or by an editor.
NOT = {"processed", ".ipynb_checkpoints", "__pycache__"}


def inputs() -> str:
    """One hash over everything that an edition is made of: data, templates, settings, packages, code and Python itself."""
    total = hashlib.sha256(sys.version.encode())
    for path in input_files():
        total.update(f"{path.as_posix()}\0{hashes.of_file(path)}\0".encode())
    return publisher().sealed(total.hexdigest())


def data() -> str:
    """One hash over what the tables of an edition are made of besides code: data and lists, the packages, Python itself."""
    from factpress import codelists  # here, because where nothing has changed it is not needed

    data, own = home() / "data", home() / codelists.OWN
    read = [one for one in input_files() if one.is_relative_to(data) and one.parent != own]
    found = {shown(path): hashes.of_file(path) for path in [*read, home() / "requirements.lock"]}
    found |= {name: hashlib.sha256(content).hexdigest() for name, content in codelists.contents().items()}
    return publisher().sealed(hashes.of_value([found, sys.version]))


def has_tables(edition: str) -> bool:
    """Whether there are processed tables of the data as it now is."""
    try:
        note = json.loads((publisher().tables(edition) / NOTE).read_text(encoding="utf-8"))
        return note["data"] == data()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def edition() -> str:
    """The edition of the publication matrix; empty where the matrix says none, which others find fault with."""
    return str(settings.load("publications.yml").get("edition", ""))


def unchanged(edition: str, made_of: str) -> list[str] | None:
    """The folders of all publications of an edition that is whole and made of inputs of that sha256; else None."""
    try:
        was = json.loads(_file(edition).read_text(encoding="utf-8"))
        processed = publisher().tables(edition) / "facts.csv"
        whole = was["inputs"] == made_of and processed.is_file() and was["files"] == hashes.of_files(_folder(edition))
        return was["publications"] if whole else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # no such file, or not one of ours: then nothing is known to be current


def remember(edition: str, made_of: str, publications: list[str]) -> None:
    """Notes that an edition is whole, and made of inputs of which that is the sha256."""
    content = {"inputs": made_of, "publications": publications, "files": hashes.of_files(_folder(edition))}
    files.write(_file(edition), json.dumps(content).encode())


def forget(edition: str) -> None:
    """Notes nothing: the edition is being changed, or is not whole."""
    _file(edition).unlink(missing_ok=True)


def _folder(edition: str) -> Path:
    return home() / "reports" / edition


def _file(edition: str) -> Path:
    return home() / "reports" / f".{edition}.json"


def input_files() -> Iterator[Path]:
    """The files that an edition is made of, in a fixed order."""
    root = home()
    named = [root / name for name in _strings(settings.load("theme.yml"))]
    for place in [*(root / name for name in INPUTS), *named, *packages()]:
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
