"""Shapes of placeholders: which first words there are before a dot, by the dimensions of figures."""

from typing import NamedTuple

from factpress.dimensions import Dimension, dimensions, of_whole

#: The first words of placeholders that name what has most or least.
EXTREMES = ("highest", "lowest")


class Shape(NamedTuple):
    """A placeholder by its first word: the whole of it `said`, and how many parts may come after the word."""

    said: str
    parts: tuple[int, ...]
    dimension: Dimension | None = None


def in_templates() -> list[Dimension]:
    """Return the dimensions that have a placeholder, which are also those of which one can be said to have most."""
    return [one for one in dimensions().values() if one.placeholder]


def all_codes() -> dict[str, Dimension]:
    """Return the dimensions of which a placeholder names all codes, by that placeholder."""
    return {one.all: one for one in dimensions().values() if one.all}


def shapes() -> dict[str, Shape]:
    """Return the shapes of placeholders by their first word."""
    found = {of_whole("path"): Shape(f"{{{of_whole('path')}.indicator}}", (1,))}
    found |= {word: Shape(f"{{{word}.kind.indicator}}", (2,)) for word in EXTREMES}
    for one in in_templates():
        word = one.placeholder
        said = f"{{{word}}}, {{{word}.indicator}} or {{{word}.name.indicator}}"
        found[word] = Shape(said, (0, 1, 2), one)
    return found
