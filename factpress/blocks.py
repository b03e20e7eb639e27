"""Blocks: what a publication is made of. A block shows itself in a notebook as its readers will see it, and carries its data.

The same output that a notebook shows holds the block as JSON (`MIME`), so that every format of a publication is made from the
same words and numbers. The pictures of a chart travel beside it as SVG; nbval compares the data and leaves the pictures.
"""

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from factpress import markup
from factpress.languages import LANGUAGES

MIME = "application/vnd.factpress.block+json"
#: The table that says of each remarkable figure why it stands: its anchor on the page of the method.
CHECKS = "checks"
#: Between the pictures of one chart in an SVG output.
BETWEEN = "\n<!-- next picture -->\n"


class Cell(BaseModel):
    """One cell of a table: the text as printed, the value at full precision, and the fact that it shows.

    `href` is the publication that its text leads to on a page of the site, as `kind/subject`. `span` is the part of a whole
    that its text gives the ends of, in percent: it is drawn as a strip.
    """

    model_config = ConfigDict(extra="forbid")
    text: str
    span: tuple[float, float] | None = None
    value: float | None = None
    fact: str = ""
    href: str = ""


class Column(BaseModel):
    """A column: its header, the unit under it, and the decimals of its numbers; `number` aligns it right."""

    model_config = ConfigDict(extra="forbid")
    label: str
    unit: str = ""
    decimals: int | None = None
    number: bool = True


class Row(BaseModel):
    """A row: its name and cells; `role` tells this subject (`own`) and the total (`total`) from others, `href` as of a cell."""

    model_config = ConfigDict(extra="forbid")
    label: str
    href: str = ""
    cells: list[Cell]
    role: Literal["", "own", "total"] = ""


class Data(BaseModel):
    """A table as data: the header of the names of its rows, its columns and its rows."""

    model_config = ConfigDict(extra="forbid")
    stub: str
    columns: list[Column]
    rows: list[Row]


class Mark(BaseModel):
    """Which characters of a text print which fact; `line` is the paragraph of a text of several."""

    model_config = ConfigDict(extra="forbid")
    fact: str
    start: int
    end: int
    line: int = 0


class Block(BaseModel):
    """What all blocks share: the language, the facts they show, their sources, and what the reader must know about those.

    `sources` are the registered sources (`folder/table`) that the facts rest on in the end, `source` says them in words.
    """

    model_config = ConfigDict(extra="forbid")
    language: Literal[LANGUAGES]
    facts: list[str] = []
    source: str = ""
    sources: list[str] = []
    notes: list[str] = []
    #: Where the text of a sentence or note, or the title of a chart or table, prints facts.
    marks: list[Mark] = []

    def __repr__(self) -> str:
        return f"<{self.kind} block, {len(self.facts)} facts>"

    __str__ = __repr__

    def _repr_mimebundle_(self, include=None, exclude=None):
        """HTML to look at and JSON to publish from; for a chart its pictures too."""
        pictures = getattr(self, "pictures", [])
        bundle = {
            "text/plain": repr(self),
            "text/html": markup.in_notebook(self),
            MIME: json.loads(self.model_dump_json(exclude={"pictures"} if pictures else None)),
        }
        if pictures:
            bundle["image/svg+xml"] = BETWEEN.join(pictures)
        return bundle


class Sentence(Block):
    """A sentence or paragraph whose numbers are facts; `lead` is the one that a hurried reader reads.

    Where it is a list of `tags`, short names of what a page is about, its text has them in one line.
    """

    kind: Literal["sentence"] = "sentence"
    text: str
    lead: bool = False
    tags: list[str] = []


class Headline(Block):
    """The message of a page, in place of its title."""

    kind: Literal["headline"] = "headline"
    text: str


class KeyFigure(BaseModel):
    """One key figure: its name, the number, its unit, and lines that put it in proportion, each with its own fact."""

    model_config = ConfigDict(extra="forbid")
    label: str
    figure: str
    unit: str
    context: list[Cell]
    fact: str
    #: The number as `figure` says it, in `unit`.
    value: float | None = None


class Line(BaseModel):
    """A line of key figures: what it is called, and how many there are."""

    model_config = ConfigDict(extra="forbid")
    label: str
    count: int


class KeyFigures(Block):
    """A strip of key figures, or several `lines` of them, each with a name."""

    kind: Literal["keyfigures"] = "keyfigures"
    items: list[KeyFigure]
    lines: list[Line] = []

    @property
    def by_line(self) -> list[tuple[str, list[KeyFigure]]]:
        """The figures of each line, with its name."""
        found, at = [], 0
        for line in self.lines:
            found.append((line.label, self.items[at : at + line.count]))
            at += line.count
        return found


class Certainty(Block):
    """How certain the figures of a page are: once, beneath its key figures, with what the marks after figures mean."""

    kind: Literal["certainty"] = "certainty"
    title: str
    text: str
    legend: list[tuple[str, str]]


class Chart(Block):
    """A chart: the message as title, measure and unit as subtitle, one or more pictures, and the data behind them.

    Pictures of different things have a caption each, of two lines: what it shows, and the value of this subject. Pictures
    of the same thing, such as two maps, have none. `short` is a name of a word or two, for where there is no room.
    """

    kind: Literal["chart"] = "chart"
    title: str
    short: str = ""
    subtitle: str
    alt: str
    data: Data
    captions: list[str] = []
    pictures: list[str] = []


class Table(Block):
    """A table with a title. Other pages lead to it by its `anchor`, where it has one; `short` as of a chart."""

    kind: Literal["table"] = "table"
    title: str
    short: str = ""
    data: Data
    anchor: str = ""


class Note(Block):
    """A remark that the reader must not miss: a title and one or more paragraphs."""

    kind: Literal["note"] = "note"
    title: str
    text: list[str]


Any = Annotated[Sentence | Headline | KeyFigures | Certainty | Chart | Table | Note, Field(discriminator="kind")]
_adapter = TypeAdapter(Any)


def read(output: dict) -> Block | None:
    """The block in the data of a notebook output, pictures included; None where there is none."""
    if MIME not in output:
        return None
    content = dict(output[MIME])
    if "image/svg+xml" in output:
        svg = output["image/svg+xml"]
        content["pictures"] = (svg if isinstance(svg, str) else "".join(svg)).split(BETWEEN)
    return _adapter.validate_python(content)
