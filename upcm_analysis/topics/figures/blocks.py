"""The blocks of figures: what a subject is made up of, and what an edition says of its own figures."""

from functools import cached_property

from factpress import exhibits
from factpress.blocks import Chart, Headline, Sentence, Table
from factpress.builder import read_log
from factpress.codelists import entries
from factpress.dimensions import Subject
from factpress.page import TopicBlocks
from upcm_analysis.topics.figures import check_blocks, cluster_blocks, message_blocks
from upcm_analysis.vocabulary.subjects import groups_of, product_groups

#: The section of the classification that is manufacturing.
MANUFACTURING = "C"


class Blocks(TopicBlocks):
    """Figures by product group, and the checks, sources and indicators of an edition."""

    numbers = ("found", "expected", "tolerance", "pct", "unrounded", "low_pct", "high_pct")

    def headline(self) -> Headline:
        """Return the message that the facts of this subject carry, in place of a title."""
        return self.page.headline(names=self._message.names, **self._message.text("headline"))

    def lead(self) -> Sentence:
        """Return the sentences that go with that message."""
        return self.page.lead(names=self._message.names, **self._message.text("lead"))

    def where(self, code: str, **title: str) -> Chart | None:
        """Return in which product groups a potential sits, its largest parts in dark; nothing where they are not known.

        The title may hold {count}, how many those are, and {part}, their part. What is no manufacturing stands apart.
        """
        marked, names = message_blocks.where(self.page.facts, code)
        if not marked:
            return None
        listed = entries("product_groups")
        apart = [one for one in product_groups() if listed[one.product_group]["section"] != MANUFACTURING]
        among = {"among": product_groups(), "marked": marked, "apart": apart}
        return self.page.exhibit(exhibits.ranking, title, code, names=names, **among)

    def profile(self, *codes: str) -> Chart:
        """Return the shares of a cluster beside its share of the jobs, titled with the one that is furthest from it."""
        title, names = cluster_blocks.deviation(self.page.facts, self.page.about)
        return self.page.exhibit(exhibits.profile, title, list(codes), self.page.registers.measure, names=names)

    def gains(self, whole: str, part: str, percentage: str, unknown: dict, **title: str) -> Chart | Sentence:
        """Return bars of a whole and the potential in it by product group of this cluster, or why that is not known."""
        among = [Subject(product_group=group) for group in groups_of(self.page.about)]
        if not among:
            return self.page.sentence(**unknown)
        return self.page.exhibit(exhibits.part_of_whole, title, whole, part, percentage, among)

    def beside_cbs(self) -> Table | None:
        """Return the CO2 of each product group of this cluster in both sources; nothing where no group is in both."""
        pairs = cluster_blocks.compared(self.page.facts, self.page.about)
        if not pairs:
            return None
        title, names = cluster_blocks.title_beside(pairs)
        return self.page.exhibit(cluster_blocks.beside, title, pairs, names=names)

    def checks(self, **title: str) -> Table:
        """Return a table of all checks: how many comparisons, and how many hold, are known, fail."""
        return self.page.exhibit(check_blocks.checks, title, self.table("findings"), self.page.registers.choices())

    def known_oddities(self, **title: str) -> Table:
        """Return a table of what the checks found and is known: found, expected, and why it stands as it is."""
        return self.page.exhibit(
            check_blocks.known_oddities, title, self.table("findings"), self.page.registers.oddities()
        )

    def replication(self, potential: str, **title: str) -> Table:
        """Return a table of the whole percentage that fits each published potential, and the potential that follows from it."""
        return self.page.exhibit(check_blocks.replication, title, self.table("replication"), potential)

    def sources(self, **title: str) -> Table:
        """Return a table of all registered sources."""
        read_log.note("table", "sources")
        return self.page.exhibit(check_blocks.sources, title, self.page.provenance.sources)

    def indicators(self, **title: str) -> Table:
        """Return a table of what each indicator means."""
        return self.page.exhibit(check_blocks.indicators, title)

    @cached_property
    def _message(self) -> message_blocks.Message:
        """What the page opens with."""
        return message_blocks.message(self.page.facts, self.page.about)
