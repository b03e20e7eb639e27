"""Time: a line over years, a running total, and periods and moments on an axis of time."""

import textwrap
from itertools import pairwise

from factpress.charts.canvas import Canvas, largest, path
from factpress.theme import WIDTH, theme

#: How many letters of a name fit on one line of a picture.
LETTERS = 52


def timeline(values, bounds, names, marked, texts) -> str:
    """A line over the years with a band around it: `values` and `bounds` a year, `names` of the years on the axis.

    `names` has an empty text where a year has no name on the axis. At each year of `marked` there is a dot with its text.
    """
    colours, left, right, top, bottom = theme().colours, 8, 34, 24, 180
    canvas = Canvas(WIDTH, bottom + 26)
    scale = (bottom - top) / largest(high for _, high in bounds)
    step = (WIDTH - left - right) / (len(values) - 1)
    places = [left + step * index for index in range(len(values))]
    upper = [(x, bottom - high * scale) for x, (_, high) in zip(places, bounds, strict=True)]
    lower = [(x, bottom - low * scale) for x, (low, _) in zip(places, bounds, strict=True)]
    canvas.shape(path([[*upper, *reversed(lower)]]), colours.ramp[1], colours.ramp[1], 0.5)
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


def steps(days, totals, span, reach, width=165, height=72) -> str:
    """A running total over time, as a line of steps; `span` are the first and last day, `reach` the least and largest total."""
    colours = theme().colours
    canvas, (first, last), (least, most) = Canvas(width, height), span, reach
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


def gantt(labels, texts, periods, planned, actual, years) -> str:
    """A row each on an axis of time from 0 to 1: its name, its text, and a bar, or a circle at what is planned (open) or done.

    `periods` are pairs of ends, `planned` and `actual` places; NaN where there is none. A row without any has no date: a dashed
    line. `years` are the names of the years with their places.
    """
    colours, edge, line = theme().colours, 6, 15
    names = [textwrap.wrap(label, LETTERS) for label in labels]
    heights = [line * len(name) + 42 for name in names]
    canvas, reach = Canvas(WIDTH, sum(heights) + 26), WIDTH - 2 * edge
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
