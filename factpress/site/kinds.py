"""Kinds of publication, in the order that they are read, from the code list `kinds`; and what leads from one to another.

A kind is about kinds of subject (`about`), or about none: then the publisher says which publications there are of it. Its
name stands before the title of its pages where it is `with_kind`.
"""

from dataclasses import dataclass
from functools import cache

from factpress.codelists import entries
from factpress.dimensions import KINDS


@dataclass(frozen=True)
class Kind:
    """A kind of publication, with the row of its code list."""

    kind: str
    row: dict[str, str]

    @property
    def about(self) -> list[str]:
        """The kinds of subject that it is about."""
        return self.row["about"].split()

    @property
    def with_kind(self) -> bool:
        """Whether its name stands before the title of its pages."""
        return self.row["with_kind"] == "yes"

    def name(self, language: str) -> str:
        """Return what one of the kind is called."""
        return self.row[f"name_{language}"]

    def group(self, language: str) -> str:
        """Return what those of the kind are called together."""
        return self.row[f"group_{language}"]

    def title(self, language: str, whole: bool) -> str:
        """Return the title of a page, which leaves the subject open; of the whole with the name of the publication."""
        return self.row[f"whole_{language}" if whole else f"title_{language}"]


@cache
def kinds() -> dict[str, Kind]:
    """Return all kinds by name, in their order."""
    return {name: Kind(name, row) for name, row in entries(KINDS).items()}


def of_subjects(kind: str) -> bool:
    """Tell whether publications of a kind are about subjects of figures, as those of a kind of a user are."""
    return kind not in kinds() or bool(kinds()[kind].about)


def leads(kind: str, language: str) -> dict[str, str]:
    """Return under what a page of a kind leads to publications, by the kind of those, in the order to name them in."""
    return {other: row[f"text_{language}"] for (one, other), row in entries("leads").items() if one == kind}
