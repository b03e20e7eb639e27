"""Where the repository is: its root holds `publications.yml`, `data/` and `reports/`."""

import os
from functools import cache
from pathlib import Path

from factpress.errors import InputError

VARIABLE = "FACTPRESS_HOME"
#: Where the packages lie.
PLACE = Path(__file__).resolve().parents[1]

#: Folders of code lists that packages have added; kept here, where adding one loads nothing.
LISTS: list[Path] = []


def home() -> Path:
    """The root of the repository: `$FACTPRESS_HOME` if set, else the folder that the packages lie in."""
    return _root(os.environ.get(VARIABLE))


@cache
def _root(named: str | None) -> Path:
    root = Path(named or Path(__file__).resolve().parents[1])
    if not (root / "publications.yml").is_file():
        raise InputError(
            "this is not a checkout of the repository",
            file=root,
            found="no publications.yml",
            expected="the folder with publications.yml and data/",
            remedy=f"run inside a clone, or set {VARIABLE}",
        )
    return root


def shown(path: Path) -> str:
    """The path as a user would type it: relative to the root of the repository, or to where the packages are installed."""
    path = Path(path)
    if path.is_relative_to(PLACE):
        return path.relative_to(PLACE).as_posix()
    return path.relative_to(home()).as_posix() if path.is_relative_to(home()) else str(path)
