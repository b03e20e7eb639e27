"""The audit: what every block must have before it is published, whoever reads it and however.

The formats check what they can (Typst refuses a picture without alternative text); this checks what none of them sees.
"""

from factpress.blocks import Block, Chart, KeyFigures, Table
from factpress.errors import InputError
from factpress.formats.document import Document, prose

#: Words that stand where an alternative text should be.
PLACEHOLDERS = {
    "alt",
    "alt text",
    "image",
    "picture",
    "figure",
    "chart",
    "graph",
    "afbeelding",
    "figuur",
    "grafiek",
    "todo",
}
SHORTEST = 30


def audit(document: Document, name: str) -> None:
    """Raises InputError that names the publication, the block and the remedy for the first fault in a document."""
    for number, block in enumerate(document.blocks, start=1):
        for problem, found, remedy in _faults(block):
            title = getattr(block, "title", "")
            raise InputError(
                f"a {block.kind} block {problem}",
                file=name,
                row=f"block {number}" + (f" ({title})" if title else ""),
                found=found or "nothing",
                remedy=remedy,
            )
    level = 1
    for part in document.parts:
        headings = [one.level for one in prose(part) if one.kind == "heading"] if isinstance(part, str) else []
        headings += [3] if isinstance(part, Chart | Table) else []
        for heading in headings:
            if heading > level + 1:
                raise InputError(
                    "a heading skips a level",
                    file=name,
                    found=f"level {heading} after level {level}",
                    remedy="put a heading of the level between before it",
                )
            level = heading


def _faults(block: Block):
    """The faults of a block: problem, what was found, remedy."""
    if block.facts and not block.sources and isinstance(block, Chart | Table | KeyFigures):
        yield "has no source", block.source, "make it through a method of the page, which adds the source line"
    if isinstance(block, Chart):
        yield from _chart_faults(block)
    if isinstance(block, Chart | Table):
        data = block.data
        if not block.title.strip():
            yield "has no title", block.title, "give it a title in both languages"
        if not data.stub.strip() or not all(column.label.strip() for column in data.columns):
            yield "has a column without a header", [data.stub, *(c.label for c in data.columns)], "name every column"
        if not all(row.label.strip() for row in data.rows):
            yield "has a row without a name", [row.label for row in data.rows], "name every row"
        if any(len(row.cells) != len(data.columns) for row in data.rows):
            yield (
                "has rows of different length",
                [len(row.cells) for row in data.rows],
                "give every row a cell a column",
            )


def _chart_faults(chart: Chart):
    alt = chart.alt.strip()
    remedy = "say in the alternative text what the picture shows, with its values"
    if not alt:
        yield "has no alternative text", alt, remedy
    elif alt.lower().rstrip(".") in PLACEHOLDERS or len(alt) < SHORTEST:
        yield "has a placeholder for alternative text", alt, remedy
    elif alt in (chart.title, chart.subtitle, f"{chart.title} {chart.subtitle}"):
        yield "has an alternative text that repeats its title", alt, remedy
    if not chart.subtitle.strip():
        yield "has no subtitle", chart.subtitle, "say what is measured, in which unit"
    if not chart.pictures or not all("<svg" in picture for picture in chart.pictures):
        yield "has no picture", len(chart.pictures), "run the notebook again"
    if chart.captions and len(chart.captions) != len(chart.pictures):
        yield "has pictures without a caption", chart.captions, "give every picture a caption, or none"
