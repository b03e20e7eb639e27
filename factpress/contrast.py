"""Contrast: which colours of a theme are used together, and whether every reader can tell them apart."""

from dataclasses import dataclass
from itertools import pairwise

#: The least contrast that WCAG 2 asks of text (1.4.3, level AA) and of what a picture tells (1.4.11).
TEXT, MARK = 4.5, 3.0

#: A text and what is behind it. The row of this subject has the first shade behind it, with links in it and on a phone the
#: names of its columns; the values on a map stand in the shades.
TEXTS = [
    *[(text, ground) for ground in ("paper", "soft") for text in ("ink", "muted", "highlight")],
    ("ink", "ramp-1"),
    ("muted", "ramp-1"),
    ("highlight", "ramp-1"),
    ("ink", "ramp-2"),
    ("ink", "ramp-3"),
    ("paper", "ramp-4"),
]
#: Two colours that touch, and where.
MARKS = [
    ("highlight", "other", "bars beside each other"),
    ("part", "other", "a bar and what goes off it"),
    ("highlight", "paper", "bars on the page"),
    ("other", "paper", "bars and edges of tiles on the page"),
    ("part", "paper", "lines of reference and the frame of a tile"),
    ("accent", "paper", "the line around what the keyboard is on"),
]
#: What must be lighter than what. The sheets of a workbook are white: text darker than the page can be read there too.
ORDER = [
    *pairwise(f"ramp-{number}" for number in (1, 2, 3, 4)),
    ("paper", "ink"),
    ("paper", "muted"),
    ("paper", "highlight"),
]


@dataclass(frozen=True)
class Fault:
    """A pair of colours that falls short: which and for what, what was measured, what is asked, what would mend it."""

    pair: str
    found: str
    expected: str
    remedy: str


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2 between two colours, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def faults(colours: dict[str, str]) -> list[Fault]:
    """The pairs of these colours that fall short, and shades that are out of order."""
    texts = [_apart(colours, one, other, f"{one} on {other}: text", TEXT) for one, other in TEXTS]
    marks = [_apart(colours, one, other, f"{one} and {other}: {use}", MARK) for one, other, use in MARKS]
    order = [_in_order(colours, light, dark) for light, dark in ORDER]
    return [fault for fault in (*texts, *marks, *order) if fault]


def _apart(colours: dict[str, str], one: str, other: str, pair: str, least: float) -> Fault | None:
    ratio = contrast(colours[one], colours[other])
    if ratio >= least:
        return None
    # Cut off, not rounded: 4.496 falls short of 4.5 and must not be shown as 4.50.
    return Fault(pair, f"{int(ratio * 100) / 100:.2f}:1", f"{least}:1 or more", _remedy(colours, one, other))


def _in_order(colours: dict[str, str], light: str, dark: str) -> Fault | None:
    if _luminance(colours[light]) > _luminance(colours[dark]):
        return None
    remedy = f"make {dark} darker or {light} lighter"
    return Fault(f"{light} and {dark}: order", f"{dark} is not the darker", f"{light} lighter than {dark}", remedy)


def _remedy(colours: dict[str, str], one: str, other: str) -> str:
    """Which of two colours to move which way; white cannot be lighter, nor black darker."""
    dark, light = sorted((one, other), key=lambda name: _luminance(colours[name]))
    ways = [f"{dark} darker"] if _luminance(colours[dark]) > 0 else []
    ways += [f"{light} lighter"] if _luminance(colours[light]) < 1 else []
    return "make " + " or ".join(ways)


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2: 0 for black, 1 for white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
