"""Hashes: files and values by their content."""

import hashlib
import json
from pathlib import Path


def of_file(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def of_files(place: Path, without: str = "") -> dict[str, str]:
    """The sha256 of each file in a folder, by its path from there; nothing where there is no such folder.

    `without` is the name of a file or folder that is left out.
    """
    found = {path.relative_to(place): path for path in sorted(place.rglob("*")) if path.is_file()}
    return {name.as_posix(): of_file(path) for name, path in found.items() if without not in name.parts}


def of_value(value) -> str:
    """The sha256 of a value that JSON can write, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
