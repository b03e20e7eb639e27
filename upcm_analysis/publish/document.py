"""The document: what an executed notebook says in one language, prose and blocks in order."""

from dataclasses import dataclass

from nbformat import NotebookNode

from upcm_analysis.telling import blocks
from upcm_analysis.telling.blocks import Block
from upcm_analysis.words.codelists import LANGUAGES


@dataclass(frozen=True)
class Document:
    """Prose (Markdown) and blocks in reading order."""

    language: str
    parts: tuple[str | Block, ...]

    @property
    def blocks(self) -> list[Block]:
        """The blocks alone."""
        return [part for part in self.parts if isinstance(part, Block)]

    @property
    def facts(self) -> list[str]:
        """The ids of all facts that the document shows, each once."""
        return list(dict.fromkeys(name for block in self.blocks for name in block.facts))


def read(notebook: NotebookNode, language: str) -> Document:
    """The document in an executed notebook: Markdown cells tagged with the language, and every block in an output.

    Outputs that are no blocks (warnings, a bare number) are for the analyst and do not reach the document.
    """
    parts: list[str | Block] = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown":
            if language in tags or not set(tags) & set(LANGUAGES):
                parts.append(cell.source)
        elif cell.cell_type == "code":
            for output in cell.outputs:
                block = blocks.read(output.get("data", {}))
                if block is not None:
                    parts.append(block)
    return Document(language, tuple(parts))
