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
def bars(labels, values, texts, highlighted, parts=None, part_texts=None, left=118):
    """Horizontal bars, one a row, in the order given; the value at the end of each bar.

    `highlighted` are the rows in dark with a marker; with `parts` the beginning of each bar is another colour, with
    its own text, for a part of the whole.
    """
    row, top, right = 24, 4, 62 if parts is None else 96
    figure, axes = _canvas(theme.WIDTH, top + row * len(labels) + 4)
    largest = max(values) or 1
    scale = (theme.WIDTH - left - right) / largest
    for index, (label, value, text) in enumerate(zip(labels, values, texts, strict=True)):
        y = top + row * index
        strong = index in highlighted
        weight = 600 if strong else 400
        axes.add_patch(
            Rectangle(
                (left, y + 3), max(value * scale, 0.8), row - 8, color=theme.HIGHLIGHT if strong else theme.OTHER, lw=0
            )
        )
        if parts is not None:
            axes.add_patch(Rectangle((left, y + 3), max(parts[index] * scale, 0.8), row - 8, color=theme.PART, lw=0))
        name = f"→ {label}" if strong and len(highlighted) < len(labels) else label
        axes.text(left - 7, y + row / 2 + 3.2, name, ha="right", va="baseline", fontweight=weight)
        shown = text if part_texts is None else f"{text} ({part_texts[index]})"
        axes.text(left + value * scale + 5, y + row / 2 + 3.2, shown, va="baseline", fontweight=weight)
    axes.plot([left, left], [top, top + row * len(labels)], color=theme.MUTED, lw=0.8)
    return figure


@_picture
def columns(values, texts, highlighted, width=165, height=92):
    """A small multiple: one column a subject, high to low, this one dark with its value, and no axis."""
    figure, axes = _canvas(width, height)
    order = sorted(range(len(values)), key=lambda index: (-values[index], index))
    step, base, head = width / len(values), height - 4, 20
    scale = (base - head) / (max(values) or 1)
    sizes = [values[index] * scale for index in order]
    for position, (index, size) in enumerate(zip(order, sizes, strict=True)):
        colour = theme.HIGHLIGHT if index == highlighted else theme.OTHER
        axes.add_patch(Rectangle((position * step + step * 0.12, base - size), step * 0.76, size, color=colour, lw=0))
    # The value stands over its column, and above whatever columns its text reaches over.
    mine, text = order.index(highlighted), texts[highlighted]
    half = len(text) * 0.27 * theme.SIZE
    middle = min(max((mine + 0.5) * step, half), width - half)
    under = [size for k, size in enumerate(sizes) if abs((k + 0.5) * step - middle) < half + step / 2]
    axes.text(middle, base - max(under) - 4, text, ha="center", va="baseline", fontweight=600)
    axes.plot([0, width], [base, base], color=theme.MUTED, lw=0.8)
    return figure


@_picture
def dots(labels, values, texts, reference, reference_text, left=178):
    """A dot a row on one scale from zero, with a line at the reference value."""
    row, top, right = 25, 26, 46
    figure, axes = _canvas(theme.WIDTH, top + row * len(labels) + 4)
    largest = max([*values, reference])
    scale = (theme.WIDTH - left - right) / largest
    line = left + reference * scale
    axes.plot([line, line], [top - 6, top + row * len(labels)], color=theme.PART, lw=1.5, ls=(0, (4, 2)))
    side = "right" if line > theme.WIDTH * 0.62 else "left"
    axes.text(line, top - 11, reference_text, ha=side, va="baseline", color=theme.MUTED)
    for index, (label, value, text) in enumerate(zip(labels, values, texts, strict=True)):
        y, x = top + row * (index + 0.5), left + value * scale
        axes.plot([left, x], [y, y], color=theme.RULE, lw=1.2)
        axes.add_patch(Circle((x, y), 4.5, color=theme.HIGHLIGHT, lw=0))
        axes.text(left - 8, y + 4.2, label, ha="right", va="baseline")
        axes.text(
            max(x, line if abs(x - line) < 40 and x < line else x) + 9, y + 4.2, text, va="baseline", fontweight=600
        )
    axes.plot([left, left], [top - 4, top + row * len(labels)], color=theme.MUTED, lw=0.8)
    return figure


@_picture
def tiles(places, values, texts, highlighted):
    """A tile a province: `places` are (row, column, abbreviation); shade by rate, the value printed, this one framed."""
    size, gap = 64, 5
    across, down = max(c for _, c, _ in places), max(r for r, _, _ in places)
    figure, axes = _canvas(across * (size + gap) + 6, down * (size + gap) + 6)
    bounds = _quartiles(values)
    for index, ((row, column, short), value, text) in enumerate(zip(places, values, texts, strict=True)):
        x, y = 3 + (column - 1) * (size + gap), 3 + (row - 1) * (size + gap)
        shade = sum(value > bound for bound in bounds)
        colour = theme.PAPER if shade == 3 else theme.INK
        strong = index == highlighted
        inset = 5 if strong else 0  # a white line between tile and frame, so that the frame shows beside any shade
        axes.add_patch(
            Rectangle((x + inset, y + inset), size - 2 * inset, size - 2 * inset, facecolor=theme.RAMP[shade], lw=0)
        )
        if strong:
            axes.add_patch(Rectangle((x, y), size, size, fill=False, edgecolor=theme.PART, lw=4))
        axes.text(x + 10, y + 23, short, color=colour, fontweight=600 if strong else 400, va="baseline")
        axes.text(x + size / 2, y + 46, text, color=colour, fontweight=600, va="baseline", ha="center", fontsize=16)
    return figure


def _quartiles(values):
    ordered = sorted(values)
    return [ordered[len(ordered) * k // 4 - 1] for k in (1, 2, 3)]
