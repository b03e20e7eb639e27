"""The blocks of regions: what is possible in a province and of a cluster in it, and what that rests on."""

from factpress.blocks import Headline, Table
from factpress.dimensions import Subject, fact_id, subjects
from factpress.facts import Fact
from factpress.page import TopicBlocks
from upcm_analysis.topics.regions import estimate_blocks, key_blocks, matrix_blocks
from upcm_analysis.vocabulary.subjects import grounds_of

#: The check that finds what is refuted, and the indicator of how much of a product group its sources cover.
SOURCES_AND_KEY, COVERAGE = "sources-and-key", "co2_point_sources_coverage_pct"


class Blocks(TopicBlocks):
    """What provinces and clusters in provinces may have, and how the distribution key is tested."""

    numbers = ("found", "expected", "tolerance")

    def ranges(self, code: str, cluster: str = "", pro_rata: bool = False, **title: str):
        """Return what is possible of one indicator: of product groups in this province, or of a cluster in all provinces.

        Of a cluster in a province it is that cluster; nothing where there is nothing of it, such as a rate of a cluster that is
        cut finer than product groups.
        """
        place = self.page.about.place
        if cluster := cluster or self.page.about.cluster:
            among = [Subject(province.place, cluster) for province in subjects("province")]
            if not any(self.page.facts.find(fact_id(code, about)) for about in among):
                return None
        else:
            among = [Subject(place, product_group=one.product_group) for one in subjects("product-group")]
        return self.page.exhibit(estimate_blocks.ranges, title, code, among, pro_rata)

    def anchored(self, code: str, published: str, **title: str):
        """Return an indicator of provinces with point sources in place, beside the `published` one; nothing without them."""
        if not any(self.page.facts.find(fact_id(code, about)) for about in subjects("province")):
            return None
        return self.page.exhibit(estimate_blocks.ranges, title, code, subjects("province"), published=published)

    def positions(self, form: str, *codes: str, **title: str):
        """Return which part of its province (`of_province`) or cluster (`of_cluster`) this cluster in a province may be."""
        return self.page.exhibit(estimate_blocks.positions, title, list(codes), form)

    def extent(self, code: str, none: dict, **text: str) -> Headline:
        """Return the message of the matrix: {known} of {all} cells have an estimate, in {clusters}; or `none` has."""
        found = matrix_blocks.extent(self.page.facts, code)
        return self.page.headline(names=found, **text) if found else self.page.headline(**none)

    def matrix(self, code: str, linked: bool = False, **title: str) -> Table:
        """Return which part of each province every cluster may be by an indicator: a row a province, a column a cluster.

        With `linked` its cells and names lead to the pages about them.
        """
        return self.page.exhibit(matrix_blocks.matrix, title, code, linked)

    def estimates(self, *codes: str, cluster: str = "", **title: str):
        """Return a table of a cluster in this province (this one): of each indicator the estimate and what is possible."""
        about = Subject(self.page.about.place, cluster or self.page.about.cluster)
        return self.page.exhibit(estimate_blocks.estimates, title, list(codes), about)

    def rates(self, *codes: str, **title: str):
        """Return the same of ratios, of this cluster in a province; nothing where there is none of them."""
        about = self.page.about
        known = [code for code in codes if self.page.facts.find(fact_id(code, about))]
        return self.page.exhibit(estimate_blocks.estimates, title, known, about) if known else None

    def single_key(self, **title: str) -> Table:
        """Return a table of the single-key test of the province table and the cluster table, by set of columns."""
        return self.page.exhibit(key_blocks.single_key, title, self.table("single_key"))

    def power(self, **title: str) -> Table:
        """Return a table of how often the single-key test passes for tables that are nearly an allocation."""
        return self.page.exhibit(key_blocks.power, title, self.table("power"))

    def families(self, **title: str) -> Table:
        """Return a table of how often that test passes when one family of columns alone is changed."""
        return self.page.exhibit(key_blocks.families, title, self.table("power"))

    def disclosure(self, **title: str) -> Table:
        """Return a table of the rule for figures that few organisations stand behind, and of what it does in this edition."""
        return self.page.exhibit(key_blocks.disclosure, title, self.table("disclosure"), self.page.registers.choices())

    def limits(self, **title: str) -> Table:
        """Return a table of the limits that decide where a crossing has an estimate."""
        return self.page.exhibit(key_blocks.limits, title, self.page.registers.choices())

    def wanted(self, **title: str) -> Table:
        """Return a table of the data that would change the picture of a province, who has them and where they stand."""
        return self.page.exhibit(key_blocks.wanted, title)

    def refutations(self, **title: str) -> Table | None:
        """Return a table of the figures that registered sources refute, and by what; nothing where they refute none."""
        found = self.table("findings")
        wrong = found[(found.check == SOURCES_AND_KEY) & (found.state != "pass")]
        if wrong.empty:
            return None
        return self.page.exhibit(key_blocks.refutations, title, wrong, self._refuting)

    def coverage(self, **title: str) -> Table | None:
        """Return a table of how much of each product group the registered point sources are, by an independent figure.

        Nothing where no product group has a figure to compare such sources with.
        """
        own = grounds_of(self.page.registers.anchored())
        return self.page.exhibit(key_blocks.coverage, title, own, COVERAGE) if len(own) else None

    def _refuting(self, fact: Fact) -> str:
        """Return the sources that refute a figure, in words."""
        return self.page.registers.refuting(self.page, [fact])
