"""The blocks of innovation functions: what respondents say of a cluster, or what is published where nobody was asked."""

from factpress.blocks import Note, Table
from factpress.page import TopicBlocks
from upcm_analysis.topics.functions import event_blocks, score_blocks

#: The tables that stand beside scores.
BESIDE = ("function_reliability", "function_model", "function_diagnostics", "function_groups")


class Blocks(TopicBlocks):
    """How strong innovation functions are in a cluster, and what happens there."""

    numbers = (
        *("median", "lower_quartile", "upper_quartile", "low", "high"),
        *("barrier_pct", "unknown_pct", "respondents", "asked", *score_blocks.SHARES),
        *("alpha", "undrawn_pct"),
        *("model_median", "model_barrier_pct", "fair", "fair_low", "fair_high", "difference"),
        *("weakest_pct", "geometric_pct", "arithmetic_pct", "low_pct", "high_pct"),
        *("total", "pairs", "expected", "p"),
    )

    def profile(self, **title: str):
        """Return how strong each innovation function is according to respondents; nothing where nobody was asked."""
        scores = self._own("function_scores")
        if scores.empty:
            return None
        beside = {name: self.table(name) for name in BESIDE}
        interval = self.page.registers.choices()["function_interval"]
        return self.page.exhibit(score_blocks.profile, title, scores, beside, interval)

    def heat(self, **title: str):
        """Return all clusters and innovation functions beside each other; nothing where nobody was asked."""
        scores = self.table("function_scores")
        return self.page.exhibit(score_blocks.heat, title, scores) if len(scores) else None

    def dialogue(self, **title: str):
        """Return what respondents wrote of functions that are weak or undecided, and what to ask; nothing without these."""
        scores = self._own("function_scores")
        weak = scores.judgement.isin([score_blocks.BARRIER, score_blocks.UNDECIDED]).any()
        return self.page.exhibit(score_blocks.dialogue, title, scores, self.table("function_notes")) if weak else None

    def motor(self, **title: str):
        """Return the phases of this cluster, how mature their functions are, and which are stimulated; nothing without one."""
        phases = self._own("function_motor")
        if phases.empty:
            return None
        return self._from("phases", self.page.exhibit(event_blocks.motor, title, phases))

    def events(self, **title: str):
        """Return events of this cluster added up by function; nothing where none are registered."""
        events = self._own("function_events")
        if events.empty:
            return None
        return self._from(
            "events", self.page.exhibit(event_blocks.events, title, events, self.table("function_coding"))
        )

    def motors(self, **title: str):
        """Return whether events of this cluster follow one another as in a motor; nothing where there are too few to tell."""
        found = self._own("function_motors")
        if found.empty:
            return None
        return self._from("events", self.page.exhibit(event_blocks.motors, title, found))

    def cited(self, **title: str) -> Table:
        """Return a table of what is published of innovation functions: of each what projects contribute, and the barriers."""
        cited = self.table("function_cited")
        block = self.page.exhibit(event_blocks.cited, title, cited)
        shown = cited[cited.cluster.isin(["", self.page.about.cluster])]
        return self.page.with_sources(block, set(shown.source))

    def not_asked(self, title: dict, text: dict) -> Note | None:
        """Return what is missing where nobody was asked about this cluster; nothing where somebody was."""
        return None if len(self._own("function_scores")) else self.page.note(title, text)

    def _own(self, name: str):
        """Return the rows of a table about this cluster."""
        return self.rows_of(name, "cluster")

    def _from(self, role: str, block):
        """Return the block with the sources of a role beside those of its facts."""
        return self.page.with_sources(block, self.page.registers.registered(role))
