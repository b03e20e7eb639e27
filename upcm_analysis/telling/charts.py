"""Charts: numbers with their printed texts in, SVG out. Each is as wide as a phone; text is text, labels are direct.

Figures are made without pyplot and without seaborn: the same picture in half the time (docs/decisions).
"""

import io
import re
from functools import wraps

import matplotlib
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path

from upcm_analysis.telling.theme import WIDTH, matplotlib_settings, theme


def _picture(draw):
    """Draws under the theme and gives SVG that can stand inside a page."""

    @wraps(draw)
    def drawn(*arguments, **named) -> str:
        with matplotlib.rc_context(matplotlib_settings()):
            figure = draw(*arguments, **named)
            buffer = io.StringIO()
            figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        return _inline(buffer.getvalue())

    return drawn


def _inline(svg: str) -> str:
    """The svg element alone, without identifiers (a page holds many pictures), sized by its view box."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r' clip-path="url\([^)]*\)"', "", svg)
    svg = re.sub(r"<clipPath.*?</clipPath>", "", svg, flags=re.S)
    svg = re.sub(r' id="[^"]*"', "", svg)
    svg = re.sub(r"<defs>\s*</defs>", "", svg)
    svg = re.sub(r'(<svg[^>]*?) width="[\d.]+pt" height="[\d.]+pt"', r"\1", svg)
    svg = re.sub(r' xmlns:xlink="[^"]*"| version="[^"]*"', "", svg)
    return re.sub(r"\n\s*", "\n", svg).strip()


def _canvas(width: float, height: float):
    """A figure of so many CSS pixels with one axes over all of it, in pixels from the top left, without frame."""
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def _drawn(value: float) -> float:
    """A value as it is drawn: one that is unknown has no length, and its text says that it is unknown."""
    return 0.0 if value != value else value


def _largest(values) -> float:
    """The largest value to be drawn, and never nothing, for it sets the scale."""
    return max((value for value in values if value == value), default=0) or 1.0


@_picture
def bars(labels, values, texts, highlighted, left=118):
    """Horizontal bars, one a row, in the order given; the value at the end of each bar.

    `highlighted` are the rows in dark, with an arrow before their name.
    """
    colours = theme().colours
    figure, axes, scale = _rows(labels, highlighted, left, right=62, largest=_largest(values))
    for index, (value, text) in enumerate(zip(map(_drawn, values), texts, strict=True)):
        colour = colours.highlight if index in highlighted else colours.other
        _bar(axes, index, left, value * scale, colour)
        _beside(axes, index, left + value * scale, text, index in highlighted)
    return figure


@_picture
def changes(labels, values, deltas, texts, highlighted, left=118):
    """Horizontal bars with what goes off their end (negative `deltas`) or comes on top of it (positive)."""
    colours = theme().colours
    values, deltas = [*map(_drawn, values)], [*map(_drawn, deltas)]
    reach = _largest(value + max(delta, 0) for value, delta in zip(values, deltas, strict=True))
    figure, axes, scale = _rows(labels, highlighted, left, right=96, largest=reach)
    for index, (value, delta, text) in enumerate(zip(values, deltas, texts, strict=True)):
        start, size = left + min(value, value + delta) * scale, abs(delta) * scale
        _bar(axes, index, left, start - left, colours.other)
        _bar(axes, index, start, max(size, 1), colours.part)
        # A white line between the two, so that they part in grey print as well.
        axes.plot([start, start], [_top(index) + 3, _top(index) + ROW - 5], color=colours.paper, lw=1.2)
        _beside(axes, index, start + size, text, index in highlighted)
    return figure


#: Height of a row of bars and the room above the first, in pixels.
ROW, HEAD = 24, 4


def _top(index):
    return HEAD + ROW * index


def _rows(labels, highlighted, left, right, largest):
    """The canvas of a bar chart with its names and base line, and pixels per unit."""
    figure, axes = _canvas(WIDTH, _top(len(labels)) + 4)
    for index, label in enumerate(labels):
        strong = index in highlighted
        axes.text(
            left - 7,
            _top(index) + ROW / 2 + 3.2,
            f"→ {label}" if strong else label,
            ha="right",
            va="baseline",
            fontweight=600 if strong else 400,
        )
    axes.plot([left, left], [HEAD, _top(len(labels))], color=theme().colours.muted, lw=0.8)
    return figure, axes, (WIDTH - left - right) / largest


def _bar(axes, index, start, size, colour):
    axes.add_patch(Rectangle((start, _top(index) + 3), max(size, 0.8), ROW - 8, color=colour, lw=0))


def _beside(axes, index, end, text, strong):
    axes.text(end + 5, _top(index) + ROW / 2 + 3.2, text, va="baseline", fontweight=600 if strong else 400)


@_picture
def columns(values, highlighted, width=165, height=72):
    """A small multiple: one column a subject, high to low, this one dark; its value stands in the caption."""
    colours = theme().colours
    figure, axes = _canvas(width, height)
    values = [*map(_drawn, values)]
    order = sorted(range(len(values)), key=lambda index: (-values[index], index))
    step, base = width / len(values), height - 4
    scale = (base - 4) / _largest(values)
    for position, index in enumerate(order):
        size, colour = values[index] * scale, colours.highlight if index == highlighted else colours.other
        axes.add_patch(Rectangle((position * step + step * 0.12, base - size), step * 0.76, size, color=colour, lw=0))
        if index == highlighted:  # a mark below the base line too, for a column that is too low to be seen
            at = (position + 0.5) * step
            axes.plot([at - step * 0.3, at + step * 0.3], [height - 1.5] * 2, color=colours.highlight, lw=2.5)
    axes.plot([0, width], [base, base], color=colours.muted, lw=0.8)
    return figure


@_picture
def dots(labels, values, texts, reference, reference_text, left=178):
    """A dot a row on one scale from zero, with a line at the reference value."""
    colours = theme().colours
    row, top, right = 25, 26, 46
    figure, axes = _canvas(WIDTH, top + row * len(labels) + 4)
    values, reference = [*map(_drawn, values)], _drawn(reference)
    scale = (WIDTH - left - right) / _largest([*values, reference])
    line = left + reference * scale
    axes.plot([line, line], [top - 6, top + row * len(labels)], color=colours.part, lw=1.5, ls=(0, (4, 2)))
    side = "right" if line > WIDTH * 0.62 else "left"
    axes.text(line, top - 11, reference_text, ha=side, va="baseline", color=colours.muted)
    for index, (label, value, text) in enumerate(zip(labels, values, texts, strict=True)):
        y, x = top + row * (index + 0.5), left + value * scale
        axes.plot([left, x], [y, y], color=colours.rule, lw=1.2)
        axes.add_patch(Circle((x, y), 4.5, color=colours.highlight, lw=0, zorder=3))
        axes.text(left - 8, y + 4.2, label, ha="right", va="baseline")
        axes.text(
            max(x, line if abs(x - line) < 40 and x < line else x) + 9, y + 4.2, text, va="baseline", fontweight=600
        )
    axes.plot([left, left], [top - 4, top + row * len(labels)], color=colours.muted, lw=0.8)
    return figure


@_picture
def stack(names, parts, texts):
    """A bar a row of 100 percent, divided into `parts`; above it its name, below it what each part is, `texts`."""
    colours = theme().colours
    row, high = 74, 20
    figure, axes = _canvas(WIDTH, row * len(names))
    shades = (colours.highlight, colours.other, colours.part)
    for index, (name, values, said) in enumerate(zip(names, parts, texts, strict=True)):
        top, start = row * index, 0.0
        axes.text(0, top + 14, name, va="baseline", fontweight=600 if index == 0 else 400)
        for value, shade in zip(map(_drawn, values), shades, strict=False):
            size = value / 100 * WIDTH
            axes.add_patch(Rectangle((start, top + 21), size, high, color=shade, lw=0))
            if start:  # a white line between parts, so that they part in grey print as well
                axes.plot([start, start], [top + 21, top + 21 + high], color=colours.paper, lw=1.5)
            start += size
        for position, (text, shade) in enumerate(zip(said, shades, strict=False)):
            x = position * WIDTH / len(said)
            axes.add_patch(Rectangle((x, top + 49), 9, 9, color=shade, lw=0))
            axes.text(x + 13, top + 58, text, va="baseline")
    return figure


@_picture
def outline(shapes, shades, highlighted, legend):
    """A map: `shapes` are the rings of each area, `shades` index `legend`, the texts of its classes."""
    colours = theme().colours
    points = [point for rings in shapes for ring in rings for point in ring]
    wide, high = (max(point[axis] for point in points) for axis in (0, 1))
    scale = (WIDTH - 6) / wide
    figure, axes = _canvas(WIDTH, high * scale + 50)
    for index, (rings, shade) in enumerate(zip(shapes, shades, strict=True)):
        drawn = [[(3 + x * scale, 3 + y * scale) for x, y in [*ring, ring[0]]] for ring in rings]
        path = Path.make_compound_path(*(Path(ring, closed=True) for ring in drawn))
        fill = colours.paper if shade is None else colours.ramp[shade]
        axes.add_patch(PathPatch(path, facecolor=fill, edgecolor=colours.other, lw=0.8, zorder=1))
        if index == highlighted:
            axes.add_patch(PathPatch(path, fill=False, edgecolor=colours.part, lw=3, zorder=2))
    _legend(axes, legend, high * scale + 22)
    return figure


@_picture
def tiles(places, shades, texts, highlighted, legend):
    """A tile a province: `places` are (row, column, abbreviation), `shades` index `legend`, the texts of its classes.

    The value is printed in each tile; `highlighted` is framed.
    """
    colours = theme().colours
    size, gap = 64, 5
    across, down = max(c for _, c, _ in places), max(r for r, _, _ in places)
    figure, axes = _canvas(across * (size + gap) + 6, down * (size + gap) + 44)
    for index, ((row, column, short), shade, text) in enumerate(zip(places, shades, texts, strict=True)):
        x, y = 3 + (column - 1) * (size + gap), 3 + (row - 1) * (size + gap)
        colour = colours.paper if shade == len(colours.ramp) - 1 else colours.ink
        strong = index == highlighted
        inset = 5 if strong else 0  # a white line between tile and frame, so that the frame shows beside any shade
        fill = colours.paper if shade is None else colours.ramp[shade]
        _tile(axes, x + inset, y + inset, size - 2 * inset, fill)
        if strong:
            axes.add_patch(Rectangle((x, y), size, size, fill=False, edgecolor=colours.part, lw=4))
        axes.text(x + 10, y + 23, short, color=colour, fontweight=600 if strong else 400, va="baseline")
        axes.text(x + size / 2, y + 46, text, color=colour, fontweight=600, va="baseline", ha="center", fontsize=16)
    _legend(axes, legend, down * (size + gap) + 18)
    return figure


def _legend(axes, legend, y):
    """The classes of a map, side by side."""
    for shade, text in enumerate(legend):
        x = 3 + shade * 87
        _tile(axes, x, y, 14, theme().colours.ramp[shade])
        axes.text(x + 19, y + 11.5, text, va="baseline", fontsize=12)


def _tile(axes, x, y, size, colour):
    axes.add_patch(Rectangle((x, y), size, size, facecolor=colour, edgecolor=theme().colours.other, lw=0.8))
