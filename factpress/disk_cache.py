"""Cache on disk of tables that take long to calculate, under the hash of all that they are made of.

They are no output: whoever removes them waits longer next time, and gets the same.
"""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from factpress import code_hashes, files, hashes, parquet
from factpress.home import home

#: Under the processed tables, beside the editions.
FOLDER = ".remembered"
#: How many tables are kept: those of a few states of data and code.
KEPT = 24
#: What calculates, besides our own code: another version may give other last digits.
CALCULATING = ("duckdb", "highspy", "numpy", "pandas", "scipy")
#: The part of a package that every topic builds on.
SHARED = "vocabulary"


def table(make: Callable[..., pd.DataFrame], *of) -> pd.DataFrame:
    """Return what `make` gives for these arguments: as it was read from disk, where it was calculated before.

    Tables among the arguments count by their content in twelve digits, others must be such as JSON can write.
    """
    place = home() / "data" / "processed" / FOLDER / f"{make.__name__}-{_key(make, of)}.parquet"
    if place.is_file():
        place.touch()  # the ones that are used last are kept
    else:
        _keep(make(*of), place)
    return parquet.read(place)


def _key(make: Callable, of: tuple) -> str:
    """Return the hash of the arguments, of the topic of the function, and of the packages that calculate."""
    given = [one.to_csv(index=False, float_format="%.12g") if isinstance(one, pd.DataFrame) else one for one in of]
    code = [code_hashes.of_tables().get(part) for part in (code_hashes.part_of(make.__module__), SHARED)]
    return hashes.of_value([given, code, {name: version(name) for name in CALCULATING}])[:16]


def _keep(made: pd.DataFrame, place: Path) -> None:
    """Write a table, and remove the ones that were used longest ago."""
    place.parent.mkdir(parents=True, exist_ok=True)
    room = files.room(place)
    try:
        parquet.write(made, room)
        room.replace(place)
    finally:
        room.unlink(missing_ok=True)
    kept = sorted(place.parent.glob("[!.]*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in kept[KEPT:]:
        old.unlink(missing_ok=True)
