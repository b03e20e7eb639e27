"""A second edition in a repository that a test may damage: what an analyst does for a new year. Nothing of it is committed."""

import csv
import io

from support import Repository

from upcm_analysis.registers import sources


def add(repository: Repository, source: str, moved: dict[str, str]) -> None:
    """Edition 2021: one table is another, in which each text of `moved` has become another; all else is that of 2020."""
    own = f"{source}-2021"
    text = repository.raw(source).read_text(encoding="utf-8")
    for old, new in moved.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    repository.raw(own).write_text(text, encoding="utf-8")
    for name in ("published_rows", "published_columns"):
        _rows(
            repository, f"data/codelists/{name}.csv", lambda row: [row, [own, *row[1:]]] if row[0] == source else [row]
        )
    _rows(
        repository,
        sources.REGISTER,
        lambda row: (
            [row, [own, "2021", *row[2:]]]
            if row[0] == source
            else [[row[0], row[1].replace("2020", "2020 2021"), *row[2:]]]
        ),
    )
    repository.register(own)
    _rows(repository, "data/oddities.csv", lambda row: [[*row[:3], row[3].replace("2020", "2020 2021"), *row[4:]]])


def _rows(repository: Repository, name: str, change) -> None:
    """Writes a CSV anew, with the rows that each of its rows becomes."""
    path = repository.root / name
    header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *(one for row in rows for one in change(row))])
