"""The document: what an executed notebook says in one language, prose and blocks in order."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel.numbers import get_decimal_symbol, get_group_symbol
from markdown_it import MarkdownIt

from factpress import blocks, markup
from factpress.blocks import MIME, Block, Cell, Certainty, Chart, Column, Data, Headline, KeyFigures, Row, Table
from factpress.codelists import entries
from factpress.languages import LANGUAGES
from factpress.placeholders import EXPLAINED
from factpress.site.imprint import WORDS
from factpress.site.template import named
from factpress.wording import legend

#: Tags of cells that stand in a column, one beside the other, or folded where a page is read on a screen.
COLUMNS, FOLDED = ("left", "right"), "folded"

#: What a cell may show that is no block, and what of the page says it to readers.
INSTEAD = {
    "a picture": "a chart of the page, such as 'ranking'",
    "a DataFrame": "a table of the page, such as 'comparison' or 'overview'",
    "a value or printed text": "a text of the page, such as 'sentence'",
}


@dataclass(frozen=True)
class Document:
    """Prose (Markdown) and blocks in reading order.

    `places` says of each whether it stands in the `left` or `right` column, or is `folded`; else nothing.
    """

    language: str
    parts: tuple[str | Block, ...]
    places: tuple[str, ...] = ()

    @property
    def headline(self) -> Headline | None:
        """The message of the page, where it has one."""
        return next((block for block in self.blocks if isinstance(block, Headline)), None)

    @property
    def sections(self) -> list[tuple[str, tuple[str | Block, ...], tuple[str | Block, ...]]]:
        """Its parts in runs: `("", parts, ())`, `("folded", parts, ())`, or `("columns", left, right)`.

        The headline is in none: it stands in place of the title.
        """
        pairs = zip(self.parts, self.places or ("",) * len(self.parts), strict=True)
        found, before = [], None
        for part, place in ((part, place) for part, place in pairs if not isinstance(part, Headline)):
            kind = "columns" if place in COLUMNS else place
            begins = not found or found[-1][0] != kind or (place == "left" and before == "right")
            if begins:
                found.append((kind, [], []))
            found[-1][2 if place == "right" else 1].append(part)
            before = place
        return [(kind, tuple(first), tuple(second)) for kind, first, second in found]

    @property
    def blocks(self) -> list[Block]:
        """The blocks alone."""
        return [part for part in self.parts if isinstance(part, Block)]

    @property
    def tables(self) -> list[tuple[Block, str, str, Data]]:
        """Each block that has numbers in rows, with its title, subtitle and data."""
        found = ((block, table_of(block)) for block in self.blocks)
        return [(block, *table) for block, table in found if table]

    @property
    def facts(self) -> list[str]:
        """The ids of all facts that the document shows, each once."""
        return list(dict.fromkeys(name for block in self.blocks for name in block.facts))

    @property
    def sources(self) -> list[str]:
        """The registered sources that the document rests on, each once."""
        return list(dict.fromkeys(source for block in self.blocks for source in block.sources))


@dataclass(frozen=True)
class Prose:
    """A heading, a paragraph or a list of the running text, as plain text."""

    kind: str
    text: str = ""
    level: int = 0
    items: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def prose(markdown: str) -> tuple[Prose, ...]:
    """The headings, paragraphs and lists of Markdown text, in order, for formats that are not HTML."""
    found: list[Prose] = []
    items: list[str] | None = None
    inside = None
    for token in MarkdownIt("commonmark", {"html": False}).parse(markdown):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            items = []
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            found.append(Prose("list", items=tuple(items or ())))
            items = None
        elif token.type == "heading_open":
            inside = int(token.tag[1])
        elif token.type == "inline":
            parts = token.children or ()
            text = "".join(" " if part.type in ("softbreak", "hardbreak") else part.content for part in parts)
            if items is not None:
                items.append(text)
            elif inside:
                found.append(Prose("heading", text, inside))
                inside = None
            else:
                found.append(Prose("paragraph", text))
    return tuple(found)


def table_of(block: Block) -> tuple[str, str, Data] | None:
    """The title, the subtitle and the data of a block that has numbers in rows; None for one that has not."""
    if isinstance(block, Chart):
        return block.title, block.subtitle, block.data
    if isinstance(block, Table):
        return block.title, "", block.data
    if isinstance(block, KeyFigures):
        title, stub, value, unit, context = WORDS[block.language]["keyfigures"]
        rows = [
            Row(
                label=item.label,
                cells=[
                    Cell(text=item.figure, value=item.value, fact=item.fact),
                    Cell(text=item.unit),
                    Cell(text="; ".join(one.text for one in item.context)),
                ],
            )
            for item in block.items
        ]
        columns = [Column(label=value), Column(label=unit, number=False), Column(label=context, number=False)]
        return title, "", Data(stub=stub, columns=columns, rows=rows)
    return None


#: Text that is a number in print, and what comes after it: `2,8%`, `117.512 †`.
PRINTED = re.compile(r"(\d[\d.,]*)([^\d]*)")


def printed_number(cell: Cell, language: str) -> tuple[int, str] | None:
    """With how many decimals the text of a cell prints its value, and what it prints after that: (1, "%").

    None where the text says more than that number, as `9–11` does of a rank, or where there is no value.
    """
    match = PRINTED.fullmatch(cell.text)
    if cell.value is None or not match:
        return None
    digits, after = match.groups()
    thousands, point = get_group_symbol(language), get_decimal_symbol(language)
    decimals = len(digits.partition(point)[2])
    printed = float(digits.replace(thousands, "").replace(point, "."))
    return (decimals, after) if abs(printed - cell.value) <= 0.5000001 * 10**-decimals else None


def read(notebook: Mapping, language: str) -> Document:
    """The document in an executed notebook, as JSON has it.

    It has the Markdown cells tagged with the language, and every block in an output. Outputs that are no blocks are for the
    analyst and do not reach the document; see `left_out`.
    """
    parts: list[str | Block] = []
    places: list[str] = []
    for cell in notebook["cells"]:
        said, tags = _said(cell, language), cell["metadata"].get("tags", [])
        parts += said
        places += [next((tag for tag in (*COLUMNS, FOLDED) if tag in tags), "")] * len(said)
    return Document(language, once(parts), tuple(places))


def once(parts: list[str | Block]) -> tuple[str | Block, ...]:
    """The parts of a page that says once how certain it is, with each caveat once and a source only where it is another.

    What the marks after figures say is not said again; a page without such a strip stays as it is.
    """
    shown = [part for part in parts if isinstance(part, Block)]
    if not any(isinstance(block, Certainty) for block in shown):
        return tuple(parts)
    told = {code for row in legend().values() for code in row["warnings"].split()}
    marked = [entries("warnings")[code][f"text_{block.language}"][1:] for code in told for block in shown[:1]]
    documents = Counter(name.partition("/")[0] for block in shown for name in block.sources)
    main = {name for name, _ in documents.most_common(1)}
    said: set[str] = set()
    for block in shown:
        block.notes = [note for note in block.notes if note not in said and not any(one in note for one in marked)]
        said |= set(block.notes)
        if {name.partition("/")[0] for name in block.sources} <= main:
            block.source = ""
    return tuple(parts)


def _said(cell: Mapping, language: str) -> list[str | Block]:
    """What one cell says in a language: prose, blocks or nothing."""
    tags = set(cell["metadata"].get("tags", []))
    if cell["cell_type"] == "markdown":
        return [cell["source"]] if language in tags or not tags & set(LANGUAGES) else []
    if cell["cell_type"] != "code":
        return []
    found = (blocks.read(output.get("data", {})) for output in cell["outputs"])
    return [block for block in found if block is not None]


def left_out(notebook: Mapping) -> tuple[str, ...]:
    """Of each cell that shows its analyst something which reaches no document: which cell, what it is, what to use instead."""
    found = ({_no_block(output) for output in cell.get("outputs", [])} for cell in notebook["cells"])
    shown = [(at, next((what for what in INSTEAD if what in kinds), None)) for at, kinds in enumerate(found)]
    return tuple(
        f"{named(notebook['cells'], at)}: {what} is in the notebook, not on the page; use {INSTEAD[what]}, see {EXPLAINED}"
        for at, what in shown
        if what
    )


def _no_block(output: Mapping) -> str:
    """What an output is, as in INSTEAD; nothing where it is a block, the page itself, or a warning."""
    data = output.get("data", {})
    as_html = data.get("text/html", "")
    if MIME in data or markup.notebook_style() in as_html:
        return ""
    if any(kind.startswith("image/") for kind in data):
        return "a picture"
    if 'class="dataframe"' in as_html:
        return "a DataFrame"
    return "a value or printed text" if data or output.get("name") == "stdout" else ""
