"""Code lists: CSVs in which what is counted, measured and named has a code that stays, and its names in every language.

A list is a file of a folder that a package has added, or of the repository's own `data/codelists`, which stands before one of a
package with that name. Reading it gives a table of strings indexed by its first column, or by as many as `keys.csv` of its
folder says.
"""

import contextlib
from functools import cache
from pathlib import Path
from typing import cast

import pandas as pd

from factpress.errors import InputError, UnknownName
from factpress.home import LISTS, home, shown

#: In the repository: lists of its own, which stand before those of packages with the same name.
OWN = Path("data") / "codelists"
#: In a folder of lists: which of them have a key of more than one column.
KEYS = "keys"


def folders() -> list[Path]:
    """Return the folders that code lists are read from; what is in an earlier one stands before the same in a later."""
    with contextlib.suppress(InputError):  # a library has no repository
        return [home() / OWN, *LISTS]
    return list(LISTS)


def file(name: str) -> Path:
    """Return where a code list is. Raises UnknownName with the lists that there are."""
    for folder in folders():
        if (path := folder / f"{name}.csv").is_file():
            return path
    raise UnknownName("code list", name, lists(), file=", ".join(shown(one) for one in folders()))


def files() -> dict[str, Path]:
    """Return every file of the folders of code lists, by its name there; of those that say keys the path from the packages."""
    found = {}
    for folder in folders()[::-1]:
        for path in sorted(folder.glob("*")):
            found[path.name if path.stem != KEYS else shown(path)] = path
    return dict(sorted(found.items()))


def lists() -> dict[str, Path]:
    """Return every code list by name, with where it is read from."""
    return {path.stem: path for path in files().values() if path.suffix == ".csv" and path.stem != KEYS}


@cache
def codelist(name: str) -> pd.DataFrame:
    """Return a code list as a table, a row a code. Raises InputError on a duplicate or empty code."""
    path = file(name)
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    keys = list(table.columns[: _keys().get(name, 1)])
    made = table.set_index(keys)
    if made.index.is_unique and not any("" in set(table[key]) for key in keys):
        return made
    wrong = table[table.duplicated(keys) | (table[keys] == "").any(axis=1)]
    raise InputError(
        f"{len(wrong)} duplicate or empty codes in a code list",
        file=shown(path),
        row=int(wrong.index[0]) + 2,
        column=", ".join(keys),
        found=tuple(wrong.iloc[0][keys]),
        expected="each code once",
    )


@cache
def entries(name: str) -> dict[str, dict[str, str]]:
    """Return the same code list as a dict of rows by code: a row is looked up a hundred times as fast as in a table."""
    return cast("dict[str, dict[str, str]]", codelist(name).to_dict("index"))


@cache
def _keys() -> dict[str, int]:
    """Return how many columns are the key of each list that has more than one."""
    found: dict[str, int] = {}
    for folder in folders():
        if (path := folder / f"{KEYS}.csv").is_file():
            columns = pd.read_csv(path, index_col="list")["columns"]
            found |= {str(name): int(count) for name, count in columns.items()}
    return found
