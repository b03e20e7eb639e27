"""Canvas: what charts are drawn on, and what several of them share."""

import re
from collections.abc import Iterable
from xml.etree import ElementTree

from factpress.theme import SIZE, theme


class Canvas:
    """A picture of so many CSS pixels, from the top left, that can stand inside a page: no identifiers, sized by it."""

    def __init__(self, width: float, height: float):
        box = f"0 0 {pixels(width)} {pixels(height)}"
        family = theme().font.family
        names = {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": box,
            "font-family": family,
            "font-size": pixels(SIZE),
        }
        self.root = ElementTree.Element("svg", names)

    def _add(self, kind: str, **attributes) -> ElementTree.Element:
        given = {name.replace("_", "-"): value for name, value in attributes.items() if value is not None}
        made = {name: value if isinstance(value, str) else pixels(value) for name, value in given.items()}
        return ElementTree.SubElement(self.root, kind, made)

    def box(self, x, y, width, height, fill: str, edge: str | None = None, line: float | None = None) -> None:
        """A rectangle, filled with a colour or `none`, with or without an edge."""
        self._add("rect", x=x, y=y, width=width, height=height, fill=fill, stroke=edge, stroke_width=line)

    def line(self, x1, y1, x2, y2, colour: str, width: float, dash: str | None = None) -> None:
        """A straight line."""
        self._add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, stroke_dasharray=dash)

    def dot(self, x, y, radius: float, fill: str) -> None:
        """A filled circle."""
        self._add("circle", cx=x, cy=y, r=radius, fill=fill)

    def shape(self, path: str, fill: str, edge: str, width: float) -> None:
        """An area within a path."""
        self._add("path", d=path, fill=fill, stroke=edge, stroke_width=width, stroke_linejoin="round")

    def text(
        self, x, y, text: str, *, end=False, middle=False, strong=False, size=None, fill: str | None = None
    ) -> None:
        """A text whose base line is at `y`, and that begins, ends or has its middle at `x`."""
        anchor = "end" if end else "middle" if middle else None
        fill, weight = fill or theme().colours.ink, "600" if strong else None
        self._add("text", x=x, y=y, text_anchor=anchor, font_weight=weight, font_size=size, fill=fill).text = text

    def svg(self) -> str:
        """The picture."""
        return ElementTree.tostring(self.root, encoding="unicode")


def path(rings) -> str:
    """A path through the points of one or more rings."""
    return "".join(f"M{'L'.join(f'{pixels(x)} {pixels(y)}' for x, y in ring)}Z" for ring in rings)


def pixels(number: float) -> str:
    """A number of pixels, as fine as can be seen."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def drawn(value: float) -> float:
    """A value as it is drawn: one that is unknown has no length, and its text says that it is unknown."""
    return 0.0 if value != value else value


def largest(values: Iterable[float]) -> float:
    """The largest value to be drawn, and never nothing, for it sets the scale."""
    return max((value for value in values if value == value), default=0) or 1.0


def hatch(canvas, x, y, width, height, gap=7, colour: str | None = None) -> None:
    """Slanting lines across a tile: this may not be told; in a bar, this goes off."""
    reach = width + height
    for start in range(gap, int(reach), gap):
        canvas.line(
            x + min(start, width), y + max(0, start - width), x + max(0, start - height), y + min(start, height),
            colour or theme().colours.other, 1,
        )  # fmt: skip


def stamped(svg: str, word: str) -> str:
    """A picture with a word across it that nobody misses, also where the picture is used without its title."""
    wide, high = (float(number) for number in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    size = 1.5 * wide / len(word)
    text = ElementTree.Element(
        "text",
        {"x": pixels(wide / 2), "y": pixels(high / 2 + size / 3), "text-anchor": "middle", "font-size": pixels(size)}
        | {"font-weight": "600", "fill": theme().colours.part, "fill-opacity": "0.22"},
    )
    text.text = word
    return svg.removesuffix("</svg>") + ElementTree.tostring(text, encoding="unicode") + "</svg>"
