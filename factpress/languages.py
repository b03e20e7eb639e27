"""The languages that everything is said in, from `languages.csv` beside this file; the first is that of the front page."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Language:
    """A language: its code, its name in English, and its code in the EU list of languages."""

    language: str
    name: str
    authority: str


def _read() -> dict[str, Language]:
    with Path(__file__).with_name("languages.csv").open(encoding="utf-8", newline="") as file:
        return {row["language"]: Language(**row) for row in csv.DictReader(file)}


#: By code, in their order.
KNOWN = _read()
LANGUAGES = tuple(KNOWN)
