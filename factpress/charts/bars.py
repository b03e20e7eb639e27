"""Bars: amounts side by side, with what comes on or goes off, and wholes with their parts."""

from factpress.charts.canvas import Canvas, drawn, hatch, largest
from factpress.theme import WIDTH, theme

#: Height of a row of bars and the room above the first, in pixels.
ROW, HEAD = 24, 4


def _top(index):
    return HEAD + ROW * index


def bars(labels, values, texts, highlighted, left=118) -> str:
    """Horizontal bars, one a row, in the order given; the value at the end of each bar.

    `highlighted` are the rows in dark, with an arrow before their name.
    """
    colours = theme().colours
    canvas, scale = _rows(labels, highlighted, left, right=62, largest=largest(values))
    for index, (value, text) in enumerate(zip(map(drawn, values), texts, strict=True)):
        _bar(canvas, index, left, value * scale, colours.highlight if index in highlighted else colours.other)
        _beside(canvas, index, left + value * scale, text, index in highlighted)
    return canvas.svg()


def changes(labels, values, deltas, texts, highlighted, left=118) -> str:
    """Horizontal bars with what goes off their end (negative `deltas`, hatched) or comes on top (positive, an outline)."""
    colours = theme().colours
    values, deltas = [*map(drawn, values)], [*map(drawn, deltas)]
    reach = largest(value + max(delta, 0) for value, delta in zip(values, deltas, strict=True))
    canvas, scale = _rows(labels, highlighted, left, right=96, largest=reach)
    for index, (value, delta, text) in enumerate(zip(values, deltas, texts, strict=True)):
        strong = index in highlighted
        start, size = left + min(value, value + delta) * scale, max(abs(delta) * scale, 1)
        _bar(canvas, index, left, start - left, colours.highlight if strong else colours.other)
        canvas.box(start, _top(index) + 3, size, ROW - 8, colours.paper, colours.part, 1)
        if delta < 0:
            hatch(canvas, start, _top(index) + 3, size, ROW - 8, gap=4, colour=colours.part)
        _beside(canvas, index, start + size, text, strong)
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


def columns(values, highlighted, width=165, height=72) -> str:
    """A small multiple: one column a subject, high to low, this one dark; its value stands in the caption."""
    colours = theme().colours
    canvas = Canvas(width, height)
    values = [*map(drawn, values)]
    order = sorted(range(len(values)), key=lambda index: (-values[index], index))
    step, base = width / len(values), height - 4
    scale = (base - 4) / largest(values)
    for position, index in enumerate(order):
        size, colour = values[index] * scale, colours.highlight if index == highlighted else colours.other
        canvas.box(position * step + step * 0.12, base - size, step * 0.76, size, colour)
        if index == highlighted:  # a mark below the base line too, for a column that is too low to be seen
            at = (position + 0.5) * step
            canvas.line(at - step * 0.3, height - 1.5, at + step * 0.3, height - 1.5, colours.highlight, 2.5)
    canvas.line(0, base, width, base, colours.muted, 0.8)
    return canvas.svg()


def stack(names, parts, texts) -> str:
    """A bar a row of 100 percent, divided into `parts`; above it its name, below it what each part is, `texts`."""
    colours = theme().colours
    row, high = 74, 20
    canvas = Canvas(WIDTH, row * len(names))
    shades = (colours.highlight, colours.other, colours.part)
    for index, (name, values, said) in enumerate(zip(names, parts, texts, strict=True)):
        top, start = row * index, 0.0
        canvas.text(0, top + 14, name, strong=index == 0)
        for value, shade in zip(map(drawn, values), shades, strict=False):
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


def pieces(labels, starts, sizes, texts, hatched, strong) -> str:
    """Amounts on one scale, a row each: where each begins and how long it is, its name and its text above it.

    A size of NaN is unknown: it has no length, and a dashed line stands for it. `hatched` rows are known amounts of which it
    is not known what they are; `strong` rows are wholes.
    """
    colours, row, size = theme().colours, 42, 14
    canvas = Canvas(WIDTH, row * len(labels))
    scale = (WIDTH - 2) / largest(start + length for start, length in zip(starts, sizes, strict=True))
    for index, (label, start, length, text) in enumerate(zip(labels, starts, sizes, texts, strict=True)):
        top, known, whole = row * index, length == length, index in strong
        canvas.text(0, top + 14, label, strong=whole)
        canvas.text(WIDTH, top + 14, text, end=True, strong=known, fill=None if known else colours.muted)
        canvas.line(0, top + 20 + size, WIDTH, top + 20 + size, colours.rule, 0.8)
        if not known:
            canvas.line(1, top + 20 + size / 2, WIDTH - 1, top + 20 + size / 2, colours.muted, 1.5, dash="3 5")
        elif index in hatched:
            canvas.box(1 + start * scale, top + 20, length * scale, size, colours.paper, colours.muted, 1)
            hatch(canvas, 1 + start * scale, top + 20, length * scale, size)
        else:
            colour = colours.highlight if whole else colours.other
            canvas.box(1 + start * scale, top + 20, max(length * scale, 0.8), size, colour)
    return canvas.svg()


def _rows(labels, highlighted, left, right, largest) -> tuple[Canvas, float]:
    """The canvas of a bar chart with its names and base line, and pixels per unit."""
    canvas = Canvas(WIDTH, _top(len(labels)) + 4)
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
