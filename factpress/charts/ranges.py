"""Ranges: values and intervals on one scale."""

from collections.abc import Iterator

from factpress.charts.canvas import Canvas, drawn, largest
from factpress.theme import WIDTH, theme


def dots(labels, values, texts, reference, reference_text, left=178, ticks=()) -> str:
    """A dot a row on one scale from zero, with a line at the reference value; `ticks` are of an axis: where, and its text."""
    row, top, right = 25, 26, 46
    colours = theme().colours
    values, reference = [*map(drawn, values)], drawn(reference)
    bottom = top + row * len(labels)
    canvas = Canvas(WIDTH, bottom + (22 if ticks else 4))
    scale = (WIDTH - left - right) / largest([*(at for at, _ in ticks)] or [*values, reference])
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
    for x, text in _axis(canvas, left, bottom, scale, ticks):
        canvas.text(x - 4 * len(text), bottom + 17, text, fill=colours.muted)
    return canvas.svg()


def ranges(labels, bounds, values, others, texts, highlighted, ticks=(), most=None) -> str:
    """What is possible a row, on one scale from zero: a line between `bounds`, a dot at the value.

    The name and the text stand above the line, which so has the whole width. `bounds` are pairs; of a row without a value
    (NaN) the line alone is drawn. `others` are values to compare with, as a line across; NaN for none. `ticks` are of an axis
    below: where, and its text; it ends at `most`, or at the largest that is shown.
    """
    colours, row, left, mark = theme().colours, 37, 6, 5
    bottom = row * len(labels) + 4
    canvas = Canvas(WIDTH, bottom + (22 if ticks else 0))
    scale = (WIDTH - 2 * left) / largest([most] if most else [*(high for _, high in bounds), *others])
    rows = zip(labels, bounds, values, others, texts, strict=True)
    for index, (label, ends, value, other, text) in enumerate(rows):
        top, y, strong = row * index, row * index + 26, index in highlighted
        known = value == value
        canvas.text(0, top + 14, f"→ {label}" if strong else label, strong=strong)
        canvas.text(WIDTH, top + 14, text, end=True, strong=known, fill=None if known else colours.muted)
        canvas.line(left, y - 7, left, y + 7, colours.rule, 1)
        start, end = (left + drawn(size) * scale for size in ends)
        if end > start:
            canvas.line(start, y, end, y, colours.muted, 1.2)
            for x in (start, end):
                canvas.line(x, y - mark, x, y + mark, colours.muted, 1.2)
        if other == other:
            canvas.line(left + other * scale, y - 2 * mark, left + other * scale, y + 2 * mark, colours.part, 2.5)
        if known:
            canvas.dot(left + value * scale, y, mark, colours.highlight)
    for x, text in _axis(canvas, left, bottom, scale, ticks):
        ends, begins = x > WIDTH - 4 * len(text), x == left
        side = WIDTH if ends else 0 if begins else x
        canvas.text(side, bottom + 17, text, end=ends, middle=not begins, fill=colours.muted)
    return canvas.svg()


def _axis(canvas, left, bottom, scale, ticks) -> Iterator[tuple[float, str]]:
    """Draw an axis up to each of its ticks, and give where that is with its text, which stands otherwise in each chart."""
    colour = theme().colours.muted
    for at, text in ticks:
        x = left + at * scale
        canvas.line(left, bottom, x, bottom, colour, 0.8)
        canvas.line(x, bottom, x, bottom + 4, colour, 0.8)
        yield x, text


def tornado(labels, ends, middle, texts, middle_text) -> str:
    """What each of several things does to a result: a bar a row from one end to the other, around a line at `middle`.

    `ends` are pairs (at its low, at its high): the first part is light, the second dark. The name and the text stand above
    the bar, which so has the whole width.
    """
    colours, row, head, size = theme().colours, 37, 22, 14
    canvas = Canvas(WIDTH, head + row * len(labels) + 4)
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
