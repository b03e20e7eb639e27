"""The pages of the dashboard and of Roadmap 2.0: which of the goals of the programme are measured, and which are not."""

from functools import cached_property

import pandas as pd

from factpress.blocks import Block, Board, Chart, Sentence, Table
from factpress.facts import ids
from upcm_analysis.topics.programme import dashboard_blocks, roadmap_blocks
from upcm_analysis.topics.programme.page import ProgrammePage

#: The source that the indicators of the dashboard are from.
DASHBOARD = "werkwijze-upcm-20201016/dashboard-goals"


class DashboardPage(ProgrammePage):
    """A dashboard being written, of the programme or of a cluster."""

    def measured(self, **text: str) -> Sentence:
        """How many indicators are measured: a template with {indicators}, {measured}, {potential} and {open}."""
        return self._counted(dashboard_blocks.summary, text, self._readings)

    def board(self, **title: str) -> Board:
        """The dashboard in the layout of the programme: pillars and goals side by side, a row a decision horizon."""
        return self._of_dashboard(self._exhibit(dashboard_blocks.board, title, self._readings, self._made_up))

    def dashboard_indicators(self, **title: str) -> Table:
        """A table of every indicator of the dashboard: formula, value, source, date, and what it takes to measure it."""
        known = ids(reading.fact for reading in self._readings if reading.fact)
        credits = {name: self.provenance.credit([name], self.language) for name in known}
        table = self._exhibit(dashboard_blocks.indicators, title, self._readings, credits, self._made_up)
        return self._of_dashboard(table)

    def reach(self, **title: str) -> Table | None:
        """Whom the programme reaches, at the two dates that its documents give; nothing for a cluster."""
        return None if self.about.cluster else self._exhibit(dashboard_blocks.reach, title)

    @cached_property
    def _readings(self) -> list[dashboard_blocks.Reading]:
        return dashboard_blocks.readings(self._teller(), self._motors)

    @property
    def _motors(self) -> pd.DataFrame:
        """The phases of this cluster, or of all of them."""
        return self._own("function_motor") if self.about.cluster else self._read("function_motor")

    @property
    def _made_up(self) -> bool:
        """Whether scores that the maturity rests on are of made-up respondents."""
        scores = self._read("function_scores")
        return bool(scores[scores.cluster.isin(self._motors.cluster)].synthetic.any())

    def _of_dashboard(self, block: Block) -> Block:
        """The block with the sources of what it shows beside facts: the dashboard itself, and phases with what they rest on."""
        shown = {reading.item for reading in self._readings if reading.state != dashboard_blocks.OPEN}
        roles = (
            ["phases", "answers", "sheets"] if shown & {dashboard_blocks.STIMULATED, dashboard_blocks.MATURITY} else []
        )
        named = {DASHBOARD}.union(*(self._registered(role) for role in roles))
        return self._sourced(block, named)


class RoadmapPage(ProgrammePage):
    """The roadmap being written: goals by decision horizon, and of each what data there are."""

    def roadmap_measured(self, **text: str) -> Sentence:
        """How many goals have a value: a template with {indicators}, {measured} and {data}, of how many data are known."""
        return self._counted(roadmap_blocks.summary, text, self._goals)

    def roadmap_matrix(self, **title: str) -> Chart:
        """Decision horizons by kinds of goals: how many there are, and of how many there is a value or a data status."""
        return self._told(roadmap_blocks.matrix, title, self._goals, rows=self._roadmap)

    def roadmap_totals(self, **title: str) -> Table:
        """A table of how many actions, goals and projects there are at each decision horizon."""
        return self._told(roadmap_blocks.totals, title, self._goals, self._placed, rows=self._roadmap)

    def lanes(self, **title: str) -> Board:
        """The roadmap as lanes, from goals in the long term back to actions now, with the projects in their lanes."""
        rows = pd.concat([self._roadmap[["source"]], self.listed[["source"]]])
        return self._told(roadmap_blocks.lanes, title, self._roadmap, self._goals, self._placed, rows=rows)

    def roadmap_indicators(self, **title: str) -> Table:
        """A table of every goal of the roadmap: whether there are raw data, its value, and what is near it."""
        return self._told(roadmap_blocks.indicators, title, self._goals, rows=self._roadmap)

    @cached_property
    def _roadmap(self) -> pd.DataFrame:
        return self._read("roadmap")

    @cached_property
    def _goals(self) -> list[roadmap_blocks.Reading]:
        return roadmap_blocks.readings(self._teller(), self._roadmap)

    @cached_property
    def _placed(self) -> pd.DataFrame:
        """At which decision horizon each project is, and on what that rests."""
        portfolio = self._read("portfolio")
        return portfolio[portfolio.dimension == "horizon"]
