"""The blocks of scenarios: each says nothing in an edition as published, and the scenario in its title otherwise."""

from factpress.blocks import Block
from factpress.dimensions import subjects
from factpress.editions import PUBLISHED
from factpress.page import TopicBlocks
from upcm_analysis.topics.scenarios import outlook_blocks


class Blocks(TopicBlocks):
    """What an edition is under a scenario."""

    numbers = ("value", "low", "high", "median", "total", "before", "after", "difference")

    def outlook(self, *codes: str, **title: str):
        """Return a table of this subject under the scenario: of each indicator the middle, low and high."""
        block = self._under(outlook_blocks.outlook, title, list(codes))
        if block:
            drawn = outlook_blocks.drawn(self.page.language, self.table("outlook"), self.page.registers.choices())
            block.notes = [*block.notes, drawn]
        return block

    def spread(self, code: str, published: str, kind: str | None = None, **title: str):
        """Return what the scenario leaves open of an indicator for subjects of a kind, beside the figure that was published."""
        among = subjects(kind or self.page.about.kind)
        return self._under(outlook_blocks.spread, title, code, published, among)

    def drivers(self, **title: str):
        """Return what each assumption does to the reduction, and which part of its spread it explains."""
        return self._of_table(outlook_blocks.tornado, title, "drivers")

    def timeline(self, **title: str):
        """Return the way to the potential of this subject in time; nothing where its mix of product groups would be needed."""
        own = None if self._published else self.table("path")
        if own is None or not (own.subject == self.page.about.path).any():
            return None
        own = own[own.subject == self.page.about.path].reset_index(drop=True)
        term = float(self.table("parameters").set_index("parameter").value["term"])
        return self._under(outlook_blocks.timeline, title, own, term)

    def steps(self, by: str = "strategies", **title: str):
        """Return the steps to this scenario from the one that it is compared with: by strategies, or by `product_group`."""
        return self._of_table(outlook_blocks.waterfall, title, "difference", self.page.scenario, by)

    def assumed(self, **title: str):
        """Return a table of every assumption of the scenario."""
        block = self._of_table(outlook_blocks.parameters, title, "parameters")
        if block:
            block.notes = [*block.notes, outlook_blocks.grades(self.page.language)]
        return block

    @property
    def _published(self) -> bool:
        return self.page.scenario == PUBLISHED

    def _of_table(self, make, title: dict, name: str, *arguments) -> Block | None:
        """Return an exhibit of a processed table of the scenario."""
        return None if self._published else self._under(make, title, self.table(name), *arguments)

    def _under(self, make, title: dict, *arguments) -> Block | None:
        """Return an exhibit of the scenario, which its title says."""
        if self._published:
            return None
        said = {language: f"Scenario {self.page.scenario}: {text}" for language, text in title.items()}
        block = self.page.exhibit(make, said, *arguments)
        if block.facts and not block.source:  # years and assumptions are no facts; those that they are about are
            self.page.credit(block, block.facts)
        return block
