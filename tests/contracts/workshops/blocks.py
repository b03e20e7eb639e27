"""The blocks of workshops: how many there are in a province."""

from factpress.blocks import Sentence
from factpress.page import TopicBlocks
from factpress.texts import texts

WORDS = texts(__name__)


class Blocks(TopicBlocks):
    """How well a province is served by repair workshops."""

    numbers = ("workshops",)

    def density(self) -> Sentence:
        """Return how many workshops there are for the jobs of this province."""
        return self.page.sentence(**{language: said["density"] for language, said in WORDS.items()})
