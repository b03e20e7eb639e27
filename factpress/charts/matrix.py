"""Matrices: tiles of shades with their numbers."""

from factpress.charts.canvas import Canvas, hatch
from factpress.theme import WIDTH, theme


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
