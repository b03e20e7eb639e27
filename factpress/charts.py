"""Charts: numbers with their printed texts in, SVG out. Each is as wide as a phone; text is text, labels are direct.

All that is drawn is rectangles, lines, circles, outlines and text at places in pixels, so the SVG is written as such: a
plotting library would take fifty times as long to lay out axes that no chart here has (docs/decisions).
"""

import math
import re
import textwrap
from collections.abc import Iterable
from itertools import pairwise
from xml.etree import ElementTree

from factpress.theme import SIZE, WIDTH, theme


class _Canvas:
    """A picture of so many CSS pixels, from the top left, that can stand inside a page: no identifiers, sized by it."""

    def __init__(self, width: float, height: float):
        box = f"0 0 {_figure(width)} {_figure(height)}"
        family = theme().font.family
        names = {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": box,
            "font-family": family,
            "font-size": _figure(SIZE),
        }
        self.root = ElementTree.Element("svg", names)

    def _add(self, kind: str, **attributes) -> ElementTree.Element:
        given = {name.replace("_", "-"): value for name, value in attributes.items() if value is not None}
        made = {name: value if isinstance(value, str) else _figure(value) for name, value in given.items()}
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


def _path(rings) -> str:
    """A path through the points of one or more rings."""
    return "".join(f"M{'L'.join(f'{_figure(x)} {_figure(y)}' for x, y in ring)}Z" for ring in rings)


def _figure(number: float) -> str:
    """A number of pixels, as fine as can be seen."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _drawn(value: float) -> float:
    """A value as it is drawn: one that is unknown has no length, and its text says that it is unknown."""
    return 0.0 if value != value else value


def _largest(values: Iterable[float]) -> float:
    """The largest value to be drawn, and never nothing, for it sets the scale."""
    return max((value for value in values if value == value), default=0) or 1.0


def bars(labels, values, texts, highlighted, left=118) -> str:
    """Horizontal bars, one a row, in the order given; the value at the end of each bar.

    `highlighted` are the rows in dark, with an arrow before their name.
    """
    colours = theme().colours
    canvas, scale = _rows(labels, highlighted, left, right=62, largest=_largest(values))
    for index, (value, text) in enumerate(zip(map(_drawn, values), texts, strict=True)):
        _bar(canvas, index, left, value * scale, colours.highlight if index in highlighted else colours.other)
        _beside(canvas, index, left + value * scale, text, index in highlighted)
    return canvas.svg()


def changes(labels, values, deltas, texts, highlighted, left=118) -> str:
    """Horizontal bars with what goes off their end (negative `deltas`) or comes on top of it (positive)."""
    colours = theme().colours
    values, deltas = [*map(_drawn, values)], [*map(_drawn, deltas)]
    reach = _largest(value + max(delta, 0) for value, delta in zip(values, deltas, strict=True))
    canvas, scale = _rows(labels, highlighted, left, right=96, largest=reach)
    for index, (value, delta, text) in enumerate(zip(values, deltas, texts, strict=True)):
        start, size = left + min(value, value + delta) * scale, abs(delta) * scale
        _bar(canvas, index, left, start - left, colours.other)
        _bar(canvas, index, start, max(size, 1), colours.part)
        # A white line between the two, so that they part in grey print as well.
        canvas.line(start, _top(index) + 3, start, _top(index) + ROW - 5, colours.paper, 1.2)
        _beside(canvas, index, start + size, text, index in highlighted)
    return canvas.svg()


#: Height of a row of bars and the room above the first, in pixels.
ROW, HEAD = 24, 4


def _top(index):
    return HEAD + ROW * index


def _rows(labels, highlighted, left, right, largest) -> tuple[_Canvas, float]:
    """The canvas of a bar chart with its names and base line, and pixels per unit."""
    canvas = _Canvas(WIDTH, _top(len(labels)) + 4)
    for index, label in enumerate(labels):
        strong = index in highlighted
        at = _top(index) + ROW / 2 + 3.2
        canvas.text(left - 7, at, f"→ {label}" if strong else label, end=True, strong=strong)
    canvas.line(left, HEAD, left, _top(len(labels)), theme().colours.muted, 0.8)
    return canvas, (WIDTH - left - right) / largest


def _bar(canvas, index, start, size, colour) -> None:
    canvas.box(start, _top(index) + 3, max(size, 0.8), ROW - 8, colour)


def _beside(canvas, index, end, text, strong) -> None:
    canvas.text(end + 5, _top(index) + ROW / 2 + 3.2, text, strong=strong)


def columns(values, highlighted, width=165, height=72) -> str:
    """A small multiple: one column a subject, high to low, this one dark; its value stands in the caption."""
    colours = theme().colours
    canvas = _Canvas(width, height)
    values = [*map(_drawn, values)]
    order = sorted(range(len(values)), key=lambda index: (-values[index], index))
    step, base = width / len(values), height - 4
    scale = (base - 4) / _largest(values)
    for position, index in enumerate(order):
        size, colour = values[index] * scale, colours.highlight if index == highlighted else colours.other
        canvas.box(position * step + step * 0.12, base - size, step * 0.76, size, colour)
        if index == highlighted:  # a mark below the base line too, for a column that is too low to be seen
            at = (position + 0.5) * step
            canvas.line(at - step * 0.3, height - 1.5, at + step * 0.3, height - 1.5, colours.highlight, 2.5)
    canvas.line(0, base, width, base, colours.muted, 0.8)
    return canvas.svg()


def dots(labels, values, texts, reference, reference_text, left=178) -> str:
    """A dot a row on one scale from zero, with a line at the reference value."""
    row, top, right = 25, 26, 46
    colours = theme().colours
    values, reference = [*map(_drawn, values)], _drawn(reference)
    bottom = top + row * len(labels)
    canvas = _Canvas(WIDTH, bottom + 4)
    scale = (WIDTH - left - right) / _largest([*values, reference])
    line = left + reference * scale
    canvas.line(line, top - 6, line, bottom, colours.part, 1.5, dash="6 3")
    canvas.text(line, top - 11, reference_text, end=line > WIDTH * 0.62, fill=colours.muted)
    for index, (label, value, text) in enumerate(zip(labels, values, texts, strict=True)):
        y, x = top + row * (index + 0.5), left + value * scale
        canvas.line(left, y, x, y, colours.rule, 1.2)
        canvas.dot(x, y, 4.5, colours.highlight)
        canvas.text(left - 8, y + 4.2, label, end=True)
        # Right of the line, where the line would run through the number.
        canvas.text((line if x < line < x + 40 else x) + 9, y + 4.2, text, strong=True)
    canvas.line(left, top - 4, left, bottom, colours.muted, 0.8)
    return canvas.svg()


def ranges(labels, bounds, values, others, texts, highlighted) -> str:
    """What is possible a row, on one scale from zero: a line between `bounds`, a dot at the value.

    The name and the text stand above the line, which so has the whole width. `bounds` are pairs; of a row without a value
    (NaN) the line alone is drawn. `others` are values to compare with, as a line across; NaN for none.
    """
    colours, row, left, mark = theme().colours, 37, 6, 5
    canvas = _Canvas(WIDTH, row * len(labels) + 4)
    scale = (WIDTH - 2 * left) / _largest([*(high for _, high in bounds), *others])
    drawn = zip(labels, bounds, values, others, texts, strict=True)
    for index, (label, ends, value, other, text) in enumerate(drawn):
        top, y, strong = row * index, row * index + 26, index in highlighted
        known = value == value
        canvas.text(0, top + 14, f"→ {label}" if strong else label, strong=strong)
        canvas.text(WIDTH, top + 14, text, end=True, strong=known, fill=None if known else colours.muted)
        canvas.line(left, y - 7, left, y + 7, colours.rule, 1)
        start, end = (left + _drawn(size) * scale for size in ends)
        if end > start:
            canvas.line(start, y, end, y, colours.muted, 1.2)
            for x in (start, end):
                canvas.line(x, y - mark, x, y + mark, colours.muted, 1.2)
        if other == other:
            canvas.line(left + other * scale, y - 2 * mark, left + other * scale, y + 2 * mark, colours.part, 2.5)
        if known:
            canvas.dot(left + value * scale, y, mark, colours.highlight)
    return canvas.svg()


def tornado(labels, ends, middle, texts, middle_text) -> str:
    """What each of several things does to a result: a bar a row from one end to the other, around a line at `middle`.

    `ends` are pairs (at its low, at its high): the first part is light, the second dark. The name and the text stand above
    the bar, which so has the whole width.
    """
    colours, row, head, size = theme().colours, 37, 22, 14
    canvas = _Canvas(WIDTH, head + row * len(labels) + 4)
    least, most = min(min(pair) for pair in ends), max(max(pair) for pair in ends)
    left, scale = 4, (WIDTH - 8) / ((most - least) or 1.0)
    centre = left + (middle - least) * scale
    bottom = head + row * len(labels)
    canvas.text(centre, 13, middle_text, end=centre > WIDTH * 0.75, middle=WIDTH * 0.25 < centre <= WIDTH * 0.75)
    for index, (label, (low, high), text) in enumerate(zip(labels, ends, texts, strict=True)):
        top = head + row * index
        canvas.text(0, top + 12, label)
        canvas.text(WIDTH, top + 12, text, end=True, fill=colours.muted)
        for end, shade in ((low, colours.other), (high, colours.highlight)):
            x = left + (end - least) * scale
            canvas.box(min(x, centre), top + 17, max(abs(x - centre), 0.8), size, shade)
    # In pieces, for a whole line would run through the names.
    for index in range(len(labels)):
        top = head + row * index
        canvas.line(centre, top + 15, centre, min(top + 17 + size + 2, bottom), colours.part, 2)
    return canvas.svg()


def timeline(values, bounds, names, marked, texts) -> str:
    """A line over the years with a band around it: `values` and `bounds` a year, `names` of the years on the axis.

    `names` has an empty text where a year has no name on the axis. At each year of `marked` there is a dot with its text.
    """
    colours, left, right, top, bottom = theme().colours, 8, 34, 24, 180
    canvas = _Canvas(WIDTH, bottom + 26)
    scale = (bottom - top) / _largest(high for _, high in bounds)
    step = (WIDTH - left - right) / (len(values) - 1)
    places = [left + step * index for index in range(len(values))]
    upper = [(x, bottom - high * scale) for x, (_, high) in zip(places, bounds, strict=True)]
    lower = [(x, bottom - low * scale) for x, (low, _) in zip(places, bounds, strict=True)]
    canvas.shape(_path([[*upper, *reversed(lower)]]), colours.ramp[1], colours.ramp[1], 0.5)
    line = [(x, bottom - value * scale) for x, value in zip(places, values, strict=True)]
    for (x1, y1), (x2, y2) in pairwise(line):
        canvas.line(x1, y1, x2, y2, colours.highlight, 2)
    canvas.line(left, bottom, WIDTH - right, bottom, colours.muted, 0.8)
    for x, name in zip(places, names, strict=True):
        if name:
            canvas.line(x, bottom, x, bottom + 4, colours.muted, 0.8)
            canvas.text(x, bottom + 18, name, middle=True)
    for index, text in zip(marked, texts, strict=True):
        x, y = line[index]
        canvas.dot(x, y, 4.5, colours.highlight)
        canvas.text(x, y - 9, text, middle=x < WIDTH * 0.75, end=x >= WIDTH * 0.75, strong=True)
    return canvas.svg()


def waterfall(labels, starts, sizes, texts, left=150) -> str:
    """Steps from one amount to another: the first and last row begin at zero, those between are what comes on or off.

    `starts` and `sizes` are where each bar begins and how long it is; a size below zero goes back, and is of another shade.
    """
    colours = theme().colours
    reach = [start + max(size, 0) for start, size in zip(starts, sizes, strict=True)]
    lows = [min(start, start + size) for start, size in zip(starts, sizes, strict=True)]
    base = min(0.0, *lows)
    ends = {0, len(labels) - 1}
    canvas, scale = _rows(labels, set(), left, right=56, largest=max(reach) - base or 1.0)
    for index, (start, size, text) in enumerate(zip(starts, sizes, texts, strict=True)):
        x, end = sorted(left + (at - base) * scale for at in (start, start + size))
        shade = colours.highlight if index in ends else colours.other if size >= 0 else colours.part
        canvas.box(x, _top(index) + 3, max(end - x, 0.8), ROW - 8, shade)
        _beside(canvas, index, end, text, index in ends)
    return canvas.svg()


def pieces(labels, starts, sizes, texts, hatched, strong) -> str:
    """Amounts on one scale, a row each: where each begins and how long it is, its name and its text above it.

    A size of NaN is unknown: it has no length, and a dashed line stands for it. `hatched` rows are known amounts of which it
    is not known what they are; `strong` rows are wholes.
    """
    colours, row, size = theme().colours, 42, 14
    canvas = _Canvas(WIDTH, row * len(labels))
    scale = (WIDTH - 2) / _largest(start + length for start, length in zip(starts, sizes, strict=True))
    for index, (label, start, length, text) in enumerate(zip(labels, starts, sizes, texts, strict=True)):
        top, known, whole = row * index, length == length, index in strong
        canvas.text(0, top + 14, label, strong=whole)
        canvas.text(WIDTH, top + 14, text, end=True, strong=known, fill=None if known else colours.muted)
        canvas.line(0, top + 20 + size, WIDTH, top + 20 + size, colours.rule, 0.8)
        if not known:
            canvas.line(1, top + 20 + size / 2, WIDTH - 1, top + 20 + size / 2, colours.muted, 1.5, dash="3 5")
        elif index in hatched:
            canvas.box(1 + start * scale, top + 20, length * scale, size, colours.paper, colours.muted, 1)
            _hatch(canvas, 1 + start * scale, top + 20, length * scale, size)
        else:
            colour = colours.highlight if whole else colours.other
            canvas.box(1 + start * scale, top + 20, max(length * scale, 0.8), size, colour)
    return canvas.svg()


def levels(labels, reached, texts, most) -> str:
    """A scale of `most` boxes a row, filled as far as is `reached`; where that is not known (None) all are hatched."""
    colours, row, size, gap = theme().colours, 42, 13, 4
    canvas, wide = _Canvas(WIDTH, row * len(labels)), (WIDTH + gap) / most - gap
    for index, (label, level, text) in enumerate(zip(labels, reached, texts, strict=True)):
        top, known = row * index, level is not None
        canvas.text(0, top + 14, label)
        canvas.text(WIDTH, top + 14, text, end=True, strong=known, fill=None if known else colours.muted)
        for place in range(most):
            x = place * (wide + gap)
            full = known and place < level
            canvas.box(x, top + 20, wide, size, colours.highlight if full else colours.paper, colours.muted, 0.8)
            if not known:
                _hatch(canvas, x, top + 20, wide, size)
    return canvas.svg()


#: How many letters of a name fit on one line of a picture.
LETTERS = 52


def gantt(labels, texts, periods, planned, actual, years) -> str:
    """A row each on an axis of time from 0 to 1: its name, its text, and a bar, or a circle at what is planned (open) or done.

    `periods` are pairs of ends, `planned` and `actual` places; NaN where there is none. A row without any has no date: a dashed
    line. `years` are the names of the years with their places.
    """
    colours, edge, line = theme().colours, 6, 15
    names = [textwrap.wrap(label, LETTERS) for label in labels]
    heights = [line * len(name) + 42 for name in names]
    canvas, reach = _Canvas(WIDTH, sum(heights) + 26), WIDTH - 2 * edge
    bottom, top = sum(heights), 0
    for name, place in years:
        canvas.line(edge + place * reach, 0, edge + place * reach, bottom + 4, colours.rule, 1)
        canvas.text(edge + place * reach + 3, bottom + 18, name, fill=colours.muted)
    for name, height, text, (first, last), plan, done in zip(
        names, heights, texts, periods, planned, actual, strict=True
    ):
        known = any(one == one for one in (first, plan, done))
        for number, part in enumerate([*name, text]):
            y, said = top + line * (number + 1), number < len(name)
            # So that the lines of the years do not run through the words.
            canvas.box(0, y - 12, min(WIDTH, 7.2 * len(part)), line + 1, colours.paper)
            canvas.text(0, y, part, fill=None if said else colours.muted, size=None if said else 11.5)
        middle = top + height - 15
        if not known:
            canvas.line(edge, middle, WIDTH - edge, middle, colours.muted, 1.5, dash="3 5")
        if first == first:
            canvas.box(edge + first * reach, middle - 6, max((last - first) * reach, 1.5), 12, colours.other)
        if plan == plan:
            canvas.dot(edge + plan * reach, middle, 5.5, colours.highlight)
            canvas.dot(edge + plan * reach, middle, 3.5, colours.paper)
        if done == done:
            canvas.dot(edge + done * reach, middle, 4.5, colours.highlight)
        top += height
    canvas.line(edge, bottom, WIDTH - edge, bottom, colours.muted, 0.8)
    return canvas.svg()


def stack(names, parts, texts) -> str:
    """A bar a row of 100 percent, divided into `parts`; above it its name, below it what each part is, `texts`."""
    colours = theme().colours
    row, high = 74, 20
    canvas = _Canvas(WIDTH, row * len(names))
    shades = (colours.highlight, colours.other, colours.part)
    for index, (name, values, said) in enumerate(zip(names, parts, texts, strict=True)):
        top, start = row * index, 0.0
        canvas.text(0, top + 14, name, strong=index == 0)
        for value, shade in zip(map(_drawn, values), shades, strict=False):
            size = value / 100 * WIDTH
            canvas.box(start, top + 21, size, high, shade)
            if start:  # a white line between parts, so that they part in grey print as well
                canvas.line(start, top + 21, start, top + 21 + high, colours.paper, 1.5)
            start += size
        for position, (text, shade) in enumerate(zip(said, shades, strict=False)):
            x = position * WIDTH / len(said)
            canvas.box(x, top + 49, 9, 9, shade)
            canvas.text(x + 13, top + 58, text)
    return canvas.svg()


def tiles(places, values, texts, highlighted) -> str:
    """A tile a province, with its text and a bar on one scale from zero: `places` are (row, column, abbreviation).

    All tiles have one colour: what was divided over provinces does not tell one from another. `highlighted` is framed.
    """
    wide, high, gap, edge = 64, 54, 5, 9
    colours = theme().colours
    across, down = max(c for _, c, _ in places), max(r for r, _, _ in places)
    canvas = _Canvas(across * (wide + gap) + 6, down * (high + gap) + 2)
    scale = (wide - 2 * edge) / _largest(values)
    for index, ((row, column, short), value, text) in enumerate(zip(places, map(_drawn, values), texts, strict=True)):
        x, y = 3 + (column - 1) * (wide + gap), 3 + (row - 1) * (high + gap)
        strong = index == highlighted
        canvas.box(x, y, wide, high, colours.paper, colours.part if strong else colours.other, 4 if strong else 0.8)
        canvas.text(x + edge, y + 17, short, strong=strong)
        canvas.text(x + wide / 2, y + 34, text, middle=True, strong=True, size=16)
        canvas.line(x + edge, y + 38, x + edge, y + 50, colours.muted, 0.8)
        canvas.box(x + edge, y + 40, max(value * scale, 0.8), 8, colours.other)
    return canvas.svg()


def _shade(shade: int | None) -> str:
    """The colour of a class of the ramp."""
    colours = theme().colours
    return colours.paper if shade is None else colours.ramp[shade]


#: The five scores, and the width that a scale of them leaves free at both ends.
SCORES, SCALE_EDGE = 5, 22


def scores(labels, texts, judged, medians, intervals, quartiles, shares, marked, ends) -> str:
    """A function a row on a scale from 1 to 5: the interval of the median as a line, quartiles as a bar, the median as a dot.

    Beneath each a small column a score: how the answers lie, `shares` in percent. Name and text stand above, what it was
    `judged` to be under the name. Of a row whose median is NaN nothing is drawn. `marked` are the rows to look at first;
    `ends` says what the scale begins and ends with.
    """
    colours, row, head, high = theme().colours, 88, 34, 14
    step = (WIDTH - 2 * SCALE_EDGE) / (SCORES - 1)
    canvas = _Canvas(WIDTH, head + row * len(labels))

    def at(score):
        """Where a score stands on the scale."""
        return SCALE_EDGE + (score - 1) * step

    for score in range(1, SCORES + 1):
        canvas.text(at(score), 27, str(score), middle=True, fill=colours.muted)
    canvas.text(0, 11, ends[0], fill=colours.muted)
    canvas.text(WIDTH, 11, ends[1], end=True, fill=colours.muted)
    drawn = zip(labels, texts, judged, medians, intervals, quartiles, shares, strict=True)
    for index, (label, text, found, median, (low, high_end), (first, third), parts) in enumerate(drawn):
        top = head + row * index
        y, base = top + 42, top + 52 + high + 4
        known, strong = median == median, index in marked
        canvas.line(0, top, WIDTH, top, colours.rule, 0.8)
        canvas.text(0, top + 15, f"→ {label}" if strong else label, strong=strong)
        canvas.text(WIDTH, top + 15, text, end=True, strong=known, fill=None if known else colours.muted)
        canvas.text(0, top + 30, found, size=11, fill=colours.muted)
        if not known:
            continue
        canvas.line(at(1), y, at(SCORES), y, colours.rule, 1)
        for score in range(1, SCORES + 1):
            canvas.line(at(score), y - 3, at(score), y + 3, colours.rule, 1)
        canvas.box(at(first) - 3, y - 4, at(third) - at(first) + 6, 8, colours.other)
        canvas.line(at(low), y, at(high_end), y, colours.muted, 1.8)
        for end in (low, high_end):
            canvas.line(at(end), y - 6, at(end), y + 6, colours.muted, 1.8)
        canvas.dot(at(median), y, 5.5, colours.part if strong else colours.highlight)
        most = _largest(parts)
        for score, part in enumerate(parts, start=1):
            size = _drawn(part) / most * (high + 2)
            canvas.box(at(score) - 9, base - size, 18, max(size, 0.6), colours.other)
        canvas.line(at(1) - 12, base, at(SCORES) + 12, base, colours.muted, 0.8)
    return canvas.svg()


def radar(labels, values) -> str:
    """The familiar view: an axis a function from 1 in the middle to 5 at the edge. Where a value is NaN the line is broken."""
    colours, radius, room = theme().colours, 118, 26
    middle = WIDTH / 2
    canvas = _Canvas(WIDTH, 2 * (radius + room))

    def at(place, score):
        """Where a score stands on the axis of a function."""
        angle = 2 * math.pi * place / len(labels)
        size = radius * (score - 1) / (SCORES - 1)
        return middle + size * math.sin(angle), radius + room - size * math.cos(angle)

    for score in range(2, SCORES + 1):
        ring = [at(place, score) for place in range(len(labels))]
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            canvas.line(x1, y1, x2, y2, colours.rule, 1)
    for place, label in enumerate(labels):
        canvas.line(*at(place, 1), *at(place, SCORES), colours.rule, 1)
        x, y = at(place, SCORES + 0.55)
        canvas.text(x, y + 4, label, middle=True)
    points = [at(place, value) if value == value else None for place, value in enumerate(values)]
    for one, other in pairwise([*points, points[0]]):
        if one and other:
            canvas.line(*one, *other, colours.highlight, 2.2)
    for point in filter(None, points):
        canvas.dot(*point, 4, colours.highlight)
    for score in range(2, SCORES + 1):
        x, y = at(0, score)
        canvas.text(x + 5, y + 4, str(score), fill=colours.muted, size=11)
    return canvas.svg()


def heat(names, columns, texts, counts, shades, hatched, framed) -> str:
    """A table of tiles: a line of names, and under each a tile a column with its text and, smaller, its count.

    `shades` are classes of the ramp, None for no colour; `hatched` tiles are crossed by lines, `framed` ones have a thick edge.
    """
    colours, head, row, size = theme().colours, 22, 66, 40
    step = WIDTH / len(columns)
    canvas = _Canvas(WIDTH, head + row * len(names))
    for place, column in enumerate(columns):
        canvas.text((place + 0.5) * step, 14, column, middle=True, strong=True)
    for line, name in enumerate(names):
        top = head + row * line
        canvas.text(0, top + 13, name, strong=True)
        for place in range(len(columns)):
            x, y, width = place * step + 1.5, top + 20, step - 3
            shade = shades[line][place]
            canvas.box(x, y, width, size, _shade(shade), colours.other, 0.8)
            if hatched[line][place]:
                _hatch(canvas, x, y, width, size)
            if framed[line][place]:
                canvas.box(x + 1.5, y + 1.5, width - 3, size - 3, "none", colours.part, 3)
            dark = shade == len(colours.ramp) - 1
            ink = colours.paper if dark else colours.ink
            if hatched[line][place]:  # so that the lines do not run through the number
                canvas.box(x + 6, y + 5, width - 12, size - 10, _shade(shade))
            canvas.text(x + width / 2, y + 19, texts[line][place], middle=True, strong=True, fill=ink)
            canvas.text(x + width / 2, y + 33, counts[line][place], middle=True, size=11, fill=ink)
    return canvas.svg()


def _hatch(canvas, x, y, width, height, gap=7) -> None:
    """Slanting lines across a tile: this may not be told."""
    reach = width + height
    for start in range(gap, int(reach), gap):
        canvas.line(
            x + min(start, width), y + max(0, start - width), x + max(0, start - height), y + min(start, height),
            theme().colours.other, 1,
        )  # fmt: skip


#: The signs of projects in places: what a document says, what follows from the team, and what is not known.
STATED, DERIVED, UNTOLD = "stated", "derived", "untold"
#: The height of a row, and of a heading, in a picture of places.
PLACE, HEADING = 20, 30


def places_height(sections, legend) -> int:
    """How high a picture of places is."""
    return PLACE * len(legend) + sum(HEADING + PLACE * len(rows) for _, rows in sections) + 4


def places(sections, legend, least=0) -> str:
    """Where things are: a section a heading, a row a place, a sign a thing there, and at the end how many or that none is.

    A row is a label, the kinds of its signs (`STATED`, `DERIVED`, `UNTOLD`) and its text; `legend` are such signs with what
    they mean, and may be empty. The picture is `least` high, so that it can stand beside another.
    """
    colours, row, start, step = theme().colours, PLACE, 206, 7.2
    canvas = _Canvas(WIDTH, max(places_height(sections, legend), least))
    y = 0
    for sign, text in legend:
        _sign(canvas, 6, y + 8, sign)
        canvas.text(17, y + 12.5, text, size=12)
        y += row
    for heading, rows in sections:
        canvas.text(0, y + 20, heading, strong=True)
        canvas.line(0, y + 26, WIDTH, y + 26, colours.muted, 0.8)
        y += HEADING
        for label, signs, text in rows:
            muted = colours.muted if not signs else None
            canvas.text(0, y + 14, label, fill=muted, size=12)
            for place, sign in enumerate(signs):
                _sign(canvas, start + place * step, y + 10, sign)
            canvas.text(WIDTH, y + 14, text, end=True, strong=bool(signs), fill=muted)
            canvas.line(0, y + row, WIDTH, y + row, colours.rule, 0.6)
            y += row
    return canvas.svg()


def _sign(canvas, x, y, kind: str) -> None:
    """One thing at a place: a dot, a ring where its place follows from something else, a square where it is not known."""
    colours = theme().colours
    if kind == UNTOLD:
        canvas.box(x - 2.6, y - 2.6, 5.2, 5.2, colours.paper, colours.part, 1.3)
    else:
        canvas.dot(x, y, 3.3, colours.highlight)
        if kind == DERIVED:
            canvas.dot(x, y, 1.9, colours.paper)


#: The states of a place in a matrix.
FULL, LITTLE, UNSURE, NONE = "covered", "low", "unknown", "empty"


#: The height of a row of tiles, and of the name of a band, in a matrix.
TILE, BAND = 24, 26


def matrix_height(bands, legend) -> int:
    """How high a picture of a matrix is."""
    return 22 * len(legend) + 20 + sum(BAND + TILE * len(rows) for _, rows in bands) + 4


def matrix(columns, bands, legend, least=0) -> str:
    """A matrix of states: a band a name, under it rows of a label with a state a column, or with one text across all.

    States differ in shade and in sign: a dot, a ring, a question mark on slanting lines, an empty tile. `legend` are the
    states with what they mean, and may be empty. The picture is `least` high, so that it can stand beside another.
    """
    colours, row, left, head = theme().colours, TILE, 118, 20
    step = (WIDTH - left) / len(columns)
    canvas = _Canvas(WIDTH, max(matrix_height(bands, legend), least))
    y = 0
    for state, text in legend:
        _tile(canvas, 0, y + 1, step - 3, 18, state)
        canvas.text(step + 3, y + 14.5, text, size=12)
        y += 22
    for place, column in enumerate(columns):
        canvas.text(left + (place + 0.5) * step, y + 15, column, middle=True, strong=True, size=12)
    y += head
    for name, rows in bands:
        canvas.line(0, y + 3, WIDTH, y + 3, colours.rule, 0.8)
        canvas.text(0, y + 19, name, strong=True)
        y += BAND
        for label, states in rows:
            canvas.text(0, y + 15, label, size=12)
            if isinstance(states, str):
                canvas.box(left + 1.5, y, WIDTH - left - 3, row - 4, colours.paper, colours.other, 0.8)
                _hatch(canvas, left + 1.5, y, WIDTH - left - 3, row - 4)
                canvas.box(left + 40, y + 2.5, WIDTH - left - 80, row - 9, colours.paper)
                canvas.text((left + WIDTH) / 2, y + 14.5, states, middle=True, size=12)
            else:
                for place, state in enumerate(states):
                    _tile(canvas, left + place * step + 1.5, y, step - 3, row - 4, state)
            y += row
    return canvas.svg()


def _tile(canvas, x, y, width, height, state: str) -> None:
    """A tile of a matrix in one of the four states."""
    colours = theme().colours
    middle = x + width / 2, y + height / 2
    fill = {FULL: colours.ramp[-1], LITTLE: colours.ramp[1]}.get(state, colours.paper)
    canvas.box(x, y, width, height, fill, colours.rule if state == NONE else colours.other, 0.8)
    if state == UNSURE:
        _hatch(canvas, x, y, width, height)
        canvas.box(middle[0] - 6, y + 2, 12, height - 4, colours.paper)
        canvas.text(middle[0], middle[1] + 4.5, "?", middle=True, strong=True)
    elif state in (FULL, LITTLE):
        canvas.dot(*middle, 4.5, colours.paper if state == FULL else colours.ink)
        if state == LITTLE:
            canvas.dot(*middle, 3, fill)


def steps(days, totals, span, reach, width=165, height=72) -> str:
    """A running total over time, as a line of steps; `span` are the first and last day, `reach` the least and largest total."""
    colours = theme().colours
    canvas, (first, last), (least, most) = _Canvas(width, height), span, reach
    scale, tall = (width - 6) / max(last - first, 1), (height - 10) / max(most - least, 1)

    def place(day, total):
        """Where a total stands on a day."""
        return 3 + (day - first) * scale, height - 5 - (total - least) * tall

    canvas.line(0, place(first, 0)[1], width, place(first, 0)[1], colours.muted, 0.8)
    before = 0
    x_before = place(first, 0)[0]
    for day, total in zip([*days, last], [*totals, totals[-1] if totals else 0], strict=True):
        x, y = place(day, total)
        canvas.line(x_before, place(day, before)[1], x, place(day, before)[1], colours.highlight, 2)
        canvas.line(x, place(day, before)[1], x, y, colours.highlight, 2)
        before, x_before = total, x
    return canvas.svg()


def stamped(svg: str, word: str) -> str:
    """A picture with a word across it that nobody misses, also where the picture is used without its title."""
    wide, high = (float(number) for number in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    size = 1.5 * wide / len(word)
    text = ElementTree.Element(
        "text",
        {"x": _figure(wide / 2), "y": _figure(high / 2 + size / 3), "text-anchor": "middle", "font-size": _figure(size)}
        | {"font-weight": "600", "fill": theme().colours.part, "fill-opacity": "0.22"},
    )
    text.text = word
    return svg.removesuffix("</svg>") + ElementTree.tostring(text, encoding="unicode") + "</svg>"
