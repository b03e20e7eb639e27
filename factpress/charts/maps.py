"""Maps: values where places lie, and what there is at each place."""

from factpress.charts.canvas import Canvas, drawn, largest
from factpress.theme import WIDTH, theme


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


#: The signs of things in places: what a document says, what follows from another thing, and what is not known.
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
    canvas = Canvas(WIDTH, max(places_height(sections, legend), least))
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
