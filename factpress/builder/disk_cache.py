"""Remembered: tables that take long to calculate, kept on disk under the hash of all that they are made of.

They are no output: whoever removes them waits longer next time, and gets the same.
"""

from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from factpress import files, hashes
from factpress.builder import uses
from factpress.home import home

#: Under the processed tables, beside the editions.
FOLDER = ".remembered"
#: How many tables are kept: those of a few states of data and code.
KEPT = 24
#: What calculates, besides our own code: another version may give other last digits.
CALCULATING = ("highspy", "numpy", "pandas", "scipy")
#: The columns that hold text.
TEXTS = ("indicator", "place", "cluster", "product_group", "scope", "set", "over", "most_missed", "state", "where")


def table(make: Callable[..., pd.DataFrame], *of) -> pd.DataFrame:
    """What `make` gives for these arguments: as it was read from disk, where it was calculated before.

    Tables among the arguments count by their content, others must be such as JSON can write. Numbers come back as
    `%.12g` writes them.
    """
    place = home() / "data" / "processed" / FOLDER / f"{make.__name__}-{_key(make, of)}.csv"
    if not place.is_file():
        _keep(make(*of), place)
    else:
        place.touch()  # the ones that are used last are kept
    return _read(place)


def _read(place: Path) -> pd.DataFrame:
    """A table as it was kept: in a column of text an empty cell is an empty text, in any other a missing number."""
    numbers = [name for name in pd.read_csv(place, nrows=0) if name not in TEXTS]
    return pd.read_csv(
        place,
        dtype=dict.fromkeys(TEXTS, object),
        keep_default_na=False,
        na_values={name: [""] for name in numbers},
    )


def _key(make: Callable, of: tuple) -> str:
    """The hash of the arguments, of the code that is used, and of the packages that calculate."""
    given = [one.to_csv(index=False, float_format="%.12g") if isinstance(one, pd.DataFrame) else one for one in of]
    return hashes.of_value([given, _code(f"{make.__module__}.{make.__qualname__}")])[:16]


@cache
def _code(function: str) -> list:
    return [uses.used([function]), {name: version(name) for name in CALCULATING}]


def _keep(made: pd.DataFrame, place: Path) -> None:
    """Writes a table, and removes the ones that were used longest ago."""
    files.write(place, made.to_csv(index=False, float_format="%.12g", lineterminator="\n").encode())
    kept = sorted(place.parent.glob("[!.]*.csv"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in kept[KEPT:]:
        old.unlink(missing_ok=True)
