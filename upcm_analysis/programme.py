"""The pages of the programme itself: blocks on projects, portfolios, the dashboard, the roadmap and its later product groups.

`publication.open` gives a page of this kind for them; what is told of figures is told as on every other page.
"""

from functools import cached_property

import pandas as pd

from upcm_analysis.publication import Page
from upcm_analysis.telling.blocks import Block


class ProgrammePage(Page):
    """A publication about the programme being written: beside facts it tells rows of tables, with sources of their own."""

    @cached_property
    def listed(self) -> pd.DataFrame:
        """All projects, a row each, indexed by project."""
        return self._read("projects").set_index("project", drop=False)

    def _of_project(self, name: str) -> pd.DataFrame:
        """The rows of a table about this project."""
        table = self._read(name)
        return table[table.project == self.about.project].reset_index(drop=True)

    def _told(self, make, title: dict, *arguments, rows: pd.DataFrame, **named) -> Block:
        """An exhibit of rows of a table, which its source line names beside the facts that it shows."""
        block = self._exhibit(make, title, *arguments, **named)
        return self._sourced(block, {source for cell in rows.source.unique() for source in cell.split()})
