"""A second edition in a repository that a test may damage: what an analyst does for a new year. Nothing of it is committed."""

import csv
import io

from support import Repository

from upcm_analysis.evidence import sources

PROVINCES = "werkwijze-upcm-20201016/provinces"
OWN = f"{PROVINCES}-2021"


#: What differs between the two: figures that go from one province to another, so that the totals stay what they are.
MOVED = {
    "Drenthe,17,15,1.121,23,26,5.138,1.381 +85,602 -59,7.019": "Drenthe,16,15,1.121,23,26,5.038,1.341 +85,612 -59,6.919",
    "Zeeland,17,15,1.272,24,26,4.713,1.355 +94,770 -74,8.794": "Zeeland,18,15,1.272,24,26,4.813,1.395 +94,760 -74,8.894",
}


def add(repository: Repository, moved: dict[str, str] = MOVED) -> None:
    """Edition 2021: it has a table of provinces of its own, and everything else together with 2020."""
    path = repository.raw(OWN)
    text = repository.raw(PROVINCES).read_text(encoding="utf-8")
    for old, new in moved.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    for name in ("published_rows", "published_columns"):
        _rows(
            repository,
            f"data/codelists/{name}.csv",
            lambda row: [row, [OWN, *row[1:]]] if row[0] == PROVINCES else [row],
        )
    _rows(repository, sources.REGISTER, _registered)
    repository.register(OWN)
    _rows(repository, "data/oddities.csv", lambda row: [[*row[:3], row[3].replace("2020", "2020 2021"), *row[4:]]])


def _registered(row: list[str]) -> list[list[str]]:
    """A row of the register: of both editions, or where it is that of the provinces one for each."""
    if row[0] == PROVINCES:
        return [row, [OWN, "2021", *row[2:]]]
    return [[row[0], row[1].replace("2020", "2020 2021"), *row[2:]]]


def _rows(repository: Repository, name: str, change) -> None:
    """Writes a CSV anew, with the rows that each of its rows becomes."""
    path = repository.root / name
    header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *(one for row in rows for one in change(row))])
