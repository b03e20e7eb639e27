"""Charts: numbers with their printed texts in, SVG out. Each is as wide as a phone; text is text, labels are direct.

Figures are made without pyplot and without seaborn: the same picture in half the time (docs/decisions).
"""

import io
import re
from functools import wraps

import matplotlib
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from upcm_analysis.telling import theme


def _picture(draw):
    """Draws under the theme and gives SVG that can stand inside a page."""

    @wraps(draw)
    def drawn(*arguments, **named) -> str:
        with matplotlib.rc_context(theme.matplotlib_settings()):
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


@_picture
def bars(labels, values, texts, highlighted, left=118):
    """Horizontal bars, one a row, in the order given; the value at the end of each bar.

    `highlighted` are the rows in dark, with an arrow before their name.
    """
    figure, axes, scale = _rows(labels, highlighted, left, right=62, largest=max(values))
    for index, (value, text) in enumerate(zip(values, texts, strict=True)):
        colour = theme.HIGHLIGHT if index in highlighted else theme.OTHER
        _bar(axes, index, left, value * scale, colour)
        _beside(axes, index, left + value * scale, text, index in highlighted)
    return figure


@_picture
def changes(labels, values, deltas, texts, highlighted, left=118):
    """Horizontal bars with what goes off their end (negative `deltas`, in dark red) or comes on top of it (positive)."""
    reach = max(value + max(delta, 0) for value, delta in zip(values, deltas, strict=True))
    figure, axes, scale = _rows(labels, highlighted, left, right=96, largest=reach)
    for index, (value, delta, text) in enumerate(zip(values, deltas, texts, strict=True)):
        start, size = left + min(value, value + delta) * scale, abs(delta) * scale
        _bar(axes, index, left, start - left, theme.OTHER)
        _bar(axes, index, start, max(size, 1), theme.PART)
        # A white line between the two, so that they part in grey print as well.
        axes.plot([start, start], [_top(index) + 3, _top(index) + ROW - 5], color=theme.PAPER, lw=1.2)
        _beside(axes, index, start + size, text, index in highlighted)
    return figure


#: Height of a row of bars and the room above the first, in pixels.
ROW, HEAD = 24, 4


def _top(index):
    return HEAD + ROW * index


def _rows(labels, highlighted, left, right, largest):
    """The canvas of a bar chart with its names and base line, and pixels per unit."""
    figure, axes = _canvas(theme.WIDTH, _top(len(labels)) + 4)
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
    axes.plot([left, left], [HEAD, _top(len(labels))], color=theme.MUTED, lw=0.8)
    return figure, axes, (theme.WIDTH - left - right) / (largest or 1)


def _bar(axes, index, start, size, colour):
    axes.add_patch(Rectangle((start, _top(index) + 3), max(size, 0.8), ROW - 8, color=colour, lw=0))


def _beside(axes, index, end, text, strong):
    axes.text(end + 5, _top(index) + ROW / 2 + 3.2, text, va="baseline", fontweight=600 if strong else 400)


@_picture
def columns(values, highlighted, width=165, height=72):
    """A small multiple: one column a subject, high to low, this one dark; its value stands in the caption."""
    figure, axes = _canvas(width, height)
    order = sorted(range(len(values)), key=lambda index: (-values[index], index))
    step, base = width / len(values), height - 4
    scale = (base - 4) / (max(values) or 1)
    for position, index in enumerate(order):
        size, colour = values[index] * scale, theme.HIGHLIGHT if index == highlighted else theme.OTHER
        axes.add_patch(Rectangle((position * step + step * 0.12, base - size), step * 0.76, size, color=colour, lw=0))
        if index == highlighted:  # a mark below the base line too, for a column that is too low to be seen
            at = (position + 0.5) * step
            axes.plot([at - step * 0.3, at + step * 0.3], [height - 1.5] * 2, color=theme.HIGHLIGHT, lw=2.5)
    axes.plot([0, width], [base, base], color=theme.MUTED, lw=0.8)
    return figure


@_picture
def dots(labels, values, texts, reference, reference_text, left=178):
    """A dot a row on one scale from zero, with a line at the reference value."""
    row, top, right = 25, 26, 46
    figure, axes = _canvas(theme.WIDTH, top + row * len(labels) + 4)
    scale = (theme.WIDTH - left - right) / (max([*values, reference]) or 1)
    line = left + reference * scale
    axes.plot([line, line], [top - 6, top + row * len(labels)], color=theme.PART, lw=1.5, ls=(0, (4, 2)))
    side = "right" if line > theme.WIDTH * 0.62 else "left"
    axes.text(line, top - 11, reference_text, ha=side, va="baseline", color=theme.MUTED)
    for index, (label, value, text) in enumerate(zip(labels, values, texts, strict=True)):
        y, x = top + row * (index + 0.5), left + value * scale
        axes.plot([left, x], [y, y], color=theme.RULE, lw=1.2)
        axes.add_patch(Circle((x, y), 4.5, color=theme.HIGHLIGHT, lw=0, zorder=3))
        axes.text(left - 8, y + 4.2, label, ha="right", va="baseline")
        axes.text(
            max(x, line if abs(x - line) < 40 and x < line else x) + 9, y + 4.2, text, va="baseline", fontweight=600
        )
    axes.plot([left, left], [top - 4, top + row * len(labels)], color=theme.MUTED, lw=0.8)
    return figure


@_picture
def tiles(places, shades, texts, highlighted, legend):
    """A tile a province: `places` are (row, column, abbreviation), `shades` index `legend`, the texts of its classes.

    The value is printed in each tile; `highlighted` is framed.
    """
    size, gap = 64, 5
    across, down = max(c for _, c, _ in places), max(r for r, _, _ in places)
    figure, axes = _canvas(across * (size + gap) + 6, down * (size + gap) + 44)
    for index, ((row, column, short), shade, text) in enumerate(zip(places, shades, texts, strict=True)):
        x, y = 3 + (column - 1) * (size + gap), 3 + (row - 1) * (size + gap)
        colour = theme.PAPER if shade == len(theme.RAMP) - 1 else theme.INK
        strong = index == highlighted
        inset = 5 if strong else 0  # a white line between tile and frame, so that the frame shows beside any shade
        _tile(axes, x + inset, y + inset, size - 2 * inset, theme.RAMP[shade])
        if strong:
            axes.add_patch(Rectangle((x, y), size, size, fill=False, edgecolor=theme.PART, lw=4))
        axes.text(x + 10, y + 23, short, color=colour, fontweight=600 if strong else 400, va="baseline")
        axes.text(x + size / 2, y + 46, text, color=colour, fontweight=600, va="baseline", ha="center", fontsize=16)
    for shade, text in enumerate(legend):
        x, y = 3 + shade * 87, down * (size + gap) + 18
        _tile(axes, x, y, 14, theme.RAMP[shade])
        axes.text(x + 19, y + 11.5, text, va="baseline", fontsize=12)
    return figure


def _tile(axes, x, y, size, colour):
    axes.add_patch(Rectangle((x, y), size, size, facecolor=colour, edgecolor=theme.OTHER, lw=0.8))
