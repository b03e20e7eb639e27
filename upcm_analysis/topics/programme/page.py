"""What the pages of the programme share: rows of tables are told beside facts, and have sources of their own."""

from functools import cached_property

import pandas as pd

from factpress.blocks import Block, Sentence
from upcm_analysis.publication import Page


class ProgrammePage(Page):
    """A publication about the programme being written."""

    @cached_property
    def listed(self) -> pd.DataFrame:
        """All projects, a row each, indexed by project."""
        return self._read("projects").set_index("project", drop=False)

    def _told(self, make, title: dict, *arguments, rows: pd.DataFrame, **named) -> Block:
        """An exhibit of rows of a table, which its source line names beside the facts that it shows."""
        block = self._exhibit(make, title, *arguments, **named)
        return self._sourced(block, {source for cell in rows.source.unique() for source in cell.split()})

    def _counted(self, make, text: dict, found: list) -> Sentence:
        """A sentence on how many of the indicators that were found are in which state."""
        self._both(text)
        for teller in self._silent:
            make(teller, text[teller.language], found)
        return make(self._teller(), text[self.language], found)
