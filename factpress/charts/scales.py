"""Scales: scores and levels from least to most, as rows or around a middle."""

import math
from itertools import pairwise

from factpress.charts.canvas import Canvas, drawn, hatch, largest
from factpress.theme import WIDTH, theme

#: The five scores, and the width that a scale of them leaves free at both ends.
SCORES, SCALE_EDGE = 5, 22


def levels(labels, reached, texts, most) -> str:
    """A scale of `most` boxes a row, filled as far as is `reached`; where that is not known (None) all are hatched."""
    colours, row, size, gap = theme().colours, 42, 13, 4
    canvas, wide = Canvas(WIDTH, row * len(labels)), (WIDTH + gap) / most - gap
    for index, (label, level, text) in enumerate(zip(labels, reached, texts, strict=True)):
        top, known = row * index, level is not None
        canvas.text(0, top + 14, label)
        canvas.text(WIDTH, top + 14, text, end=True, strong=known, fill=None if known else colours.muted)
        for place in range(most):
            x = place * (wide + gap)
            full = known and place < level
            canvas.box(x, top + 20, wide, size, colours.highlight if full else colours.paper, colours.muted, 0.8)
            if not known:
                hatch(canvas, x, top + 20, wide, size)
    return canvas.svg()


def stages(labels, now, finished) -> str:
    """Dots on a line, a stage each: those before `now` are full, it is larger with its name in bold, those after are open.

    `now` is the place of the stage, None where it is not known; `finished` are places that are full whatever comes after.
    """
    colours, high, y = theme().colours, 74, 16
    canvas, step = Canvas(WIDTH, high), WIDTH / len(labels)
    canvas.line(step / 2, y, WIDTH - step / 2, y, colours.other, 2)
    for place, label in enumerate(labels):
        x, current = step * (place + 0.5), place == now
        canvas.dot(x, y, 10 if current else 7, colours.highlight)
        if current:
            canvas.dot(x, y, 7, colours.accent)
        elif place not in finished and (now is None or place > now):
            canvas.dot(x, y, 5, colours.paper)
        end, middle = place == len(labels) - 1, 0 < place < len(labels) - 1
        # Names of neighbours stand at other heights, for together they are wider than the line.
        side = x if middle else WIDTH if end else 0
        canvas.text(side, y + (30 if place % 2 == 0 else 50), label, middle=middle, end=end, strong=current)
    return canvas.svg()


def scores(labels, texts, judged, medians, intervals, quartiles, shares, marked, ends) -> str:
    """A score a row on a scale from 1 to 5: the interval of the median as a line, quartiles as a bar, the median as a dot.

    Beneath each a small column a score: how the answers lie, `shares` in percent. Name and text stand above, what it was
    `judged` to be under the name. Of a row whose median is NaN nothing is drawn. `marked` are the rows to look at first;
    `ends` says what the scale begins and ends with.
    """
    colours, row, head, high = theme().colours, 88, 34, 14
    step = (WIDTH - 2 * SCALE_EDGE) / (SCORES - 1)
    canvas = Canvas(WIDTH, head + row * len(labels))

    def at(score):
        """Where a score stands on the scale."""
        return SCALE_EDGE + (score - 1) * step

    for score in range(1, SCORES + 1):
        canvas.text(at(score), 27, str(score), middle=True, fill=colours.muted)
    canvas.text(0, 11, ends[0], fill=colours.muted)
    canvas.text(WIDTH, 11, ends[1], end=True, fill=colours.muted)
    rows = zip(labels, texts, judged, medians, intervals, quartiles, shares, strict=True)
    for index, (label, text, found, median, (low, high_end), (first, third), parts) in enumerate(rows):
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
        most = largest(parts)
        for score, part in enumerate(parts, start=1):
            size = drawn(part) / most * (high + 2)
            canvas.box(at(score) - 9, base - size, 18, max(size, 0.6), colours.other)
        canvas.line(at(1) - 12, base, at(SCORES) + 12, base, colours.muted, 0.8)
    return canvas.svg()


def radar(labels, values) -> str:
    """The familiar view: an axis a score from 1 in the middle to 5 at the edge. Where a value is NaN the line is broken."""
    colours, radius, room = theme().colours, 118, 26
    middle = WIDTH / 2
    canvas = Canvas(WIDTH, 2 * (radius + room))

    def at(place, score):
        """Where a score stands on an axis."""
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
