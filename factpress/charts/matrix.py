"""Matrices: tiles of states, and of shades with their numbers."""

from factpress.charts.canvas import Canvas, hatch
from factpress.theme import WIDTH, theme

#: The states of a place in a matrix.
FULL, LITTLE, UNSURE, NONE = "covered", "low", "unknown", "empty"

#: The height of a row of tiles, and of the name of a band, in a matrix.
TILE, BAND = 24, 26


def heat(names, columns, texts, counts, shades, hatched, framed) -> str:
    """A table of tiles: a line of names, and under each a tile a column with its text and, smaller, its count.

    `shades` are classes of the ramp, None for no colour; `hatched` tiles are crossed by lines, `framed` ones have a thick edge.
    """
    colours, head, row, size = theme().colours, 22, 66, 40
    step = WIDTH / len(columns)
    canvas = Canvas(WIDTH, head + row * len(names))
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
                hatch(canvas, x, y, width, size)
            if framed[line][place]:
                canvas.box(x + 1.5, y + 1.5, width - 3, size - 3, "none", colours.part, 3)
            dark = shade == len(colours.ramp) - 1
            ink = colours.paper if dark else colours.ink
            if hatched[line][place]:  # so that the lines do not run through the number
                canvas.box(x + 6, y + 5, width - 12, size - 10, _shade(shade))
            canvas.text(x + width / 2, y + 19, texts[line][place], middle=True, strong=True, fill=ink)
            canvas.text(x + width / 2, y + 33, counts[line][place], middle=True, size=11, fill=ink)
    return canvas.svg()


def _shade(shade: int | None) -> str:
    """The colour of a class of the ramp."""
    colours = theme().colours
    return colours.paper if shade is None else colours.ramp[shade]


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
    canvas = Canvas(WIDTH, max(matrix_height(bands, legend), least))
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
                hatch(canvas, left + 1.5, y, WIDTH - left - 3, row - 4)
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
        hatch(canvas, x, y, width, height)
        canvas.box(middle[0] - 6, y + 2, 12, height - 4, colours.paper)
        canvas.text(middle[0], middle[1] + 4.5, "?", middle=True, strong=True)
    elif state in (FULL, LITTLE):
        canvas.dot(*middle, 4.5, colours.paper if state == FULL else colours.ink)
        if state == LITTLE:
            canvas.dot(*middle, 3, fill)
