"""Maps: values where places lie."""

from factpress.charts.canvas import Canvas, drawn, largest
from factpress.theme import theme


def tiles(places, values, texts, highlighted) -> str:
    """A tile a place, with its text and a bar on one scale from zero: `places` are (row, column, abbreviation).

    All tiles have one colour: what was divided over places does not tell one from another. `highlighted` is framed.
    """
    wide, high, gap, edge = 64, 54, 5, 9
    colours = theme().colours
    across, down = max(c for _, c, _ in places), max(r for r, _, _ in places)
    canvas = Canvas(across * (wide + gap) + 6, down * (high + gap) + 2)
    scale = (wide - 2 * edge) / largest(values)
    for index, ((row, column, short), value, text) in enumerate(zip(places, map(drawn, values), texts, strict=True)):
        x, y = 3 + (column - 1) * (wide + gap), 3 + (row - 1) * (high + gap)
        strong = index == highlighted
        canvas.box(x, y, wide, high, colours.paper, colours.part if strong else colours.other, 4 if strong else 0.8)
        canvas.text(x + edge, y + 17, short, strong=strong)
        canvas.text(x + wide / 2, y + 34, text, middle=True, strong=True, size=16)
        canvas.line(x + edge, y + 38, x + edge, y + 50, colours.muted, 0.8)
        canvas.box(x + edge, y + 40, max(value * scale, 0.8), 8, colours.other)
    return canvas.svg()
