"""The blocks of a revision: this edition beside one that was released before; each says nothing where nothing changed."""

import pandas as pd

from factpress.blocks import Sentence, Table
from factpress.page import TopicBlocks
from upcm_analysis.topics.editions import revision_blocks


class Blocks(TopicBlocks):
    """How an edition differs from the one that it is compared with."""

    numbers = ("before", "after", "difference", "pct", "mean_pct", "mean_absolute_pct", "largest_pct")
    text = ("against", "then", "now")

    def revised(self) -> Sentence:
        """Return how many facts changed since an edition that was released, for which kinds of cause, or that none did."""
        block = revision_blocks.lead(self.page.teller(), self._revision("changes"), self.page.against)
        return self.page.credited(block, None, warn=False)

    def sizes(self, estimated: bool = False, **title: str) -> Table | None:
        """Return a table of the size of the revisions by indicator: of figures, or of estimates of parts of the industry."""
        own = self._sizes(estimated)
        return self.page.exhibit(revision_blocks.sizes, title, own) if len(own) else None

    def chart(self, **title: str):
        """Return bars of the mean absolute relative revision by indicator, without estimates."""
        own = self._sizes(estimated=False)
        return self.page.exhibit(revision_blocks.chart, title, own) if len(own) else None

    def largest(self, **title: str) -> Table | None:
        """Return a table of the figures with the largest relative revisions, and why."""
        changes = self._revision("changes")
        block = self.page.exhibit(revision_blocks.largest, title, changes, self.page.against, self.page.edition)
        return block if block.data.rows else None

    def causes(self, **title: str) -> Table | None:
        """Return a table of what differs between the two editions, and how many figures rest on it."""
        own, changes = self._revision("causes"), self._revision("changes")
        shown = [name for name in changes.fact_id if name in self.page.facts]
        register = self.page.provenance.sources
        return self._unwarned(revision_blocks.causes, title, own, register, shown) if len(own) else None

    def new_and_gone(self, **title: str) -> Table | None:
        """Return a table of how many facts are new and gone, by indicator."""
        block = self._unwarned(revision_blocks.moves, title, self._revision("changes"))
        return block if block.data.rows else None

    def _unwarned(self, make, title: dict, *arguments) -> Table:
        """Return a table about causes or numbers of facts, of which the warnings of those facts say nothing."""
        block = self.page.exhibit(make, title, *arguments)
        block.notes = []
        return block

    def _sizes(self, estimated: bool) -> pd.DataFrame:
        """Return the sizes of revisions of indicators that have any, of figures or of estimates."""
        table = self._revision("sizes")
        return table[(table.revised > 0) & (table.estimated == estimated)].reset_index(drop=True)

    def _revision(self, name: str) -> pd.DataFrame:
        """Return the rows of a table of revisions that are about the release that this edition is compared with."""
        table = self.table(name)
        return table[table.against == self.page.against].reset_index(drop=True)
