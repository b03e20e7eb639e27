"""The blocks of supply: the materials that could leave the European list, held against that list."""

from factpress.blocks import Chart, Headline, Sentence, Table
from factpress.page import TopicBlocks
from upcm_analysis.topics.supply import material_blocks

#: The sources of the tables without facts of their own.
FOLDER = "eu-critical-materials"


class Blocks(TopicBlocks):
    """How the claim of the programme on critical materials stands beside the lists and their production."""

    text = ("list",)

    def headline(self) -> Headline:
        """Return how many of the materials are on the list in force."""
        text, names = material_blocks.standing(self._lists)
        return self.page.with_sources(self.page.headline(names=names, **text), {f"{FOLDER}/lists"})

    def standing(self, **text: str) -> Sentence:
        """Return a sentence on how many of {all} materials are {on} the list in force, and {strategic}."""
        _, names = material_blocks.standing(self._lists)
        return self.page.with_sources(self.page.sentence(names=names, **text), {f"{FOLDER}/lists"})

    def claim(self, **title: str) -> Table:
        """Return a table of what the programme names, and on which list each material is."""
        block = self.page.exhibit(material_blocks.claim, title, self._lists)
        return self.page.with_sources(block, {f"{FOLDER}/lists"})

    def concentration(self, **title: str) -> Chart:
        """Return how concentrated the world production of each material is."""
        return self.page.exhibit(material_blocks.concentration, title, self.page.facts)

    def profile(self, **title: str) -> Table:
        """Return a table of who produces each material most, how much is recycled and what it is in."""
        producers, uses = self.table("supply_producers"), self.table("supply_uses")
        block = self.page.exhibit(material_blocks.profile, title, self.page.facts, producers, uses)
        return self.page.with_sources(block, {f"{FOLDER}/{one}-2020" for one in ("sectors", "technologies")})

    @property
    def _lists(self):
        return self.table("supply_lists")
