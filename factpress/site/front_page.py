"""The front page: the sections that a publisher can give the index of an edition, by kinds of publication."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Doors:
    """A few large links: of each its name, what is behind it, and the publication; without one it is all publications.

    `certainty` is how certain the figures are, in a strip beneath.
    """

    title: str
    rows: tuple[tuple[str, str, str], ...]
    certainty: str


@dataclass(frozen=True)
class Messages:
    """The subjects of a kind with the message of their page, and a bar of a few percentages: `name` is its anchor."""

    name: str
    title: str
    text: str
    kind: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Tiles:
    """The subjects of a kind as tiles with a figure, each where its code list says (`tile_row`, `tile_column`, `abbreviation`).

    The reader chooses between the indicators; the `text` beneath says what the figures are not.
    """

    name: str
    title: str
    text: str
    kind: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class News:
    """What is new, in a line each with the publication that has it."""

    title: str
    rows: tuple[tuple[str, str], ...]


Section = Doors | Messages | Tiles | News
