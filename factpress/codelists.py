"""Code lists: CSVs in which what is counted, measured and named has a code that stays, and its names in every language.

A list is a file of a folder that a package has added. Where more folders have a file of one name its rows stand after those of
the one before: so a topic brings indicators of its own. A file of that name in the repository's own `data/codelists` stands in
place of all of them. Reading a list gives a table of strings indexed by its first column, or by as many as `keys.csv` of its
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


def paths() -> dict[str, list[Path]]:
    """Return the files of each name in the folders of code lists, in the order in which their rows are read."""
    found: dict[str, list[Path]] = {}
    for folder in LISTS:
        for path in sorted(folder.glob("*")):
            found.setdefault(path.name, []).append(path)
    with contextlib.suppress(InputError):  # a library has no repository
        for path in sorted((home() / OWN).glob("*")):
            found[path.name] = [*found.get(path.name, []), path] if path.stem == KEYS else [path]
    return dict(sorted(found.items()))


def content(name: str) -> bytes:
    """Return what the files of one name hold, with the rows of all folders: `units.csv`."""
    return _joined(paths()[name])


def contents() -> dict[str, bytes]:
    """Return every code list by the name of its file, with the rows of all folders; and what else lies beside them."""
    return {name: _joined(read) for name, read in paths().items() if name != f"{KEYS}.csv"}


def _joined(read: list[Path]) -> bytes:
    """What files hold one after another: of a list after the first all below the header."""
    first, *more = (path.read_bytes() for path in read)
    return first + b"".join(one.partition(b"\n")[2] if read[0].suffix == ".csv" else one for one in more)


def lists() -> dict[str, Path]:
    """Return every code list by name, with the file that it begins with."""
    return {
        Path(name).stem: read[0] for name, read in paths().items() if name.endswith(".csv") and name != f"{KEYS}.csv"
    }


def file(name: str) -> Path:
    """Return the file that a code list begins with. Raises UnknownName with the lists that there are."""
    if name not in (found := lists()):
        raise UnknownName("code list", name, found, file=", ".join(shown(one) for one in LISTS))
    return found[name]


@cache
def codelist(name: str) -> pd.DataFrame:
    """Return a code list as a table, a row a code. Raises InputError on a duplicate or empty code, or on other columns."""
    first = file(name)
    count = _keys().get(name, 1)
    made = pd.DataFrame()
    for path in paths()[first.name]:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        if path != first and list(rows.columns) != list(made.columns):
            expected = f"the columns of {shown(first)}: {', '.join(made.columns)}"
            raise InputError("other columns than the code list that rows are added to", file=shown(path), row=1,
                             found=", ".join(rows.columns), expected=expected)  # fmt: skip
        keys = list(rows.columns[:count])
        made = pd.concat([made, rows], ignore_index=True)
        wrong = made[made.duplicated(keys) | (made[keys] == "").any(axis=1)]
        if len(wrong):
            raise InputError(
                f"{len(wrong)} duplicate or empty codes in a code list",
                file=shown(path),
                row=int(wrong.index[0]) + 2 - (len(made) - len(rows)),
                column=", ".join(keys),
                found=tuple(wrong.iloc[0][keys]),
                expected="each code once" + ("" if path == first else f", and none of {shown(first)}"),
            )
    return made.set_index(keys)


@cache
def entries(name: str) -> dict[str, dict[str, str]]:
    """Return the same code list as a dict of rows by code: a row is looked up a hundred times as fast as in a table."""
    return cast("dict[str, dict[str, str]]", codelist(name).to_dict("index"))


@cache
def _keys() -> dict[str, int]:
    """Return how many columns are the key of each list that has more than one."""
    found: dict[str, int] = {}
    for path in paths().get(f"{KEYS}.csv", []):
        columns = pd.read_csv(path, index_col="list")["columns"]
        found |= {str(name): int(count) for name, count in columns.items()}
    return found
