"""The front page: the sections that a publisher can give the index of an edition, by kinds of publication."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cards:
    """A row of links to the publications of some kinds."""

    title: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Tiles:
    """The subjects of a kind as tiles, each where its code list says (`tile_row`, `tile_column`, `abbreviation`)."""

    title: str
    kind: str


@dataclass(frozen=True)
class Bars:
    """The subjects of a kind with figures, each as a small bar: `stub` is what one is called."""

    title: str
    caption: str
    stub: str
    kind: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Parts:
    """Links to the publications of a kind about parts in places, a line a part."""

    title: str
    text: str
    kind: str


@dataclass(frozen=True)
class Lists:
    """Links to the publications of some kinds, a line a kind."""

    title: str
    text: str
    kinds: tuple[str, ...]


Section = Cards | Tiles | Bars | Parts | Lists
