"""The pages of the programme itself: blocks on projects, portfolios, the dashboard, the roadmap and its later product groups.

`publication.open` gives a page of this kind for them; what is told of figures is told as on every other page.
"""

from functools import cached_property

import pandas as pd

from upcm_analysis.publication import Page
from upcm_analysis.telling import dashboard, focus, portfolio, roadmap
from upcm_analysis.telling.blocks import Block, Board, Chart, Note, Sentence, Table
from upcm_analysis.telling.facts import ids
from upcm_analysis.words.codelists import LANGUAGES, NL, codelist

#: The source that the indicators of the dashboard are from.
DASHBOARD = "werkwijze-upcm-20201016/dashboard-goals"


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

    # The portfolio: of the whole programme, or of one team

    @cached_property
    def _own_projects(self) -> pd.DataFrame:
        """The projects that this page is about: all, those of its team, or those of its product group."""
        table = self.listed.reset_index(drop=True)
        if self.about.team:
            return table[table.team == self.about.team]
        return table[table.project.isin(focus.projects(self.about.focus))] if self.about.focus else table

    def lead_where(self, **cases: dict) -> Sentence:
        """The lead of the case that this page is in, each a template by language.

        Of a portfolio `whole`, `team` or `none` (a team without projects); of a product group `whole` (there are figures under
        its name), `part` (of what it is a part of) or `none`.
        """
        if self.about.focus:
            case = focus.extent(self.about.focus)[0]
        else:
            case = "whole" if self.about == NL else "team" if len(self._own_projects) else "none"
        return self.lead(**cases[case])

    def portfolio_figures(self, *codes: str):
        """A strip of what is counted and claimed in the programme as a whole."""
        return self._exhibit(portfolio.key_figures, None, list(codes)) if self.about == NL else None

    def team_figures(self, *codes: str):
        """A strip of what is counted of a team, beside the programme as a whole."""
        return self._exhibit(portfolio.key_figures, None, list(codes)) if self.about.team else None

    def team(self, **title: str):
        """A table of what this team is for; nothing for the programme as a whole."""
        return self._exhibit(portfolio.team, title) if self.about.team else None

    def places(self, **title: str):
        """Where the projects are, and where none is; nothing for a team without projects."""
        own = self._own_projects
        placed = self._read("portfolio")
        return (
            self._told(portfolio.places, title, placed[placed.project.isin(own.project)], rows=own)
            if len(own)
            else None
        )

    def coverage(self, **title: str):
        """The matrix of clusters, innovation functions and groups of R-strategies; of the programme as a whole."""
        if self.about != NL:
            return None
        return self._told(portfolio.coverage, title, self._read("portfolio_coverage"), rows=self.listed)

    def actions(self, **title: str):
        """A table of the actions of this team's pillar by decision horizon, with the projects; nothing without a team."""
        if not self.about.team:
            return None
        return self._told(portfolio.actions, title, self._read("portfolio"), rows=self.listed)

    def project_table(self, **title: str):
        """A table of these projects; nothing where there is none."""
        own = self._own_projects
        return self._told(portfolio.projects, title, own, rows=own) if len(own) else None

    def no_projects(self, title: dict, text: dict) -> Note | None:
        """What to say where no project is known; nothing where one is."""
        return None if len(self._own_projects) else self.note(title, text)

    def claims(self, **title: str):
        """A table of what these projects claim, with what may count twice and who claims nothing; nothing where none does."""
        own, table = self._own_projects, self._own_claims
        return self._told(portfolio.claims, title, table, len(table) < len(own), rows=own) if len(table) else None

    def no_claims(self, title: dict, text: dict) -> Note | None:
        """What to say of projects none of which claims anything; nothing where one does, or where there is no project."""
        return self.note(title, text) if len(self._own_projects) and self._own_claims.empty else None

    @property
    def _own_claims(self) -> pd.DataFrame:
        """What the projects that this page is about claim."""
        table = self._read("project_claims")
        return table[table.project.isin(self._own_projects.project)]

    def claimed_shares(self, **title: str):
        """A table of what projects claim beside the potential of each cluster; of the programme as a whole."""
        return (
            self._exhibit(portfolio.shares, title, bool((self.listed.cluster == "").any()))
            if self.about == NL
            else None
        )

    # The second classification: product groups of the second phase

    def classifications(self, **title: str):
        """The two classifications side by side; not on the page of a team, which has no part in either."""
        if self.about.team:
            return None
        return self._sourced(self._exhibit(focus.classifications, title), self._registered("classification"))

    def basis(self, title: dict) -> Note:
        """What the place of this product group in the first classification rests on."""
        row = codelist("focus_groups").loc[self.about.focus]
        block = self.note(title, {language: row[f"basis_{language}"] for language in LANGUAGES})
        return self._sourced(block, self._registered("classification"))

    def focus_figures(self, *codes: str, **title: str):
        """Published figures to read beside this product group; nothing where no source gives its place."""
        known = focus.extent(self.about.focus)[0] != focus.NONE
        return self._exhibit(focus.figures, title, list(codes)) if known else None

    def no_figures(self, title: dict, text: dict) -> Note | None:
        """What cannot be said without a place in the first classification, and what it would take; nothing where it has one."""
        return self.note(title, text) if focus.extent(self.about.focus)[0] == focus.NONE else None

    def _counted(self, make, text: dict, found: list) -> Sentence:
        """A sentence on how many of the indicators that were found are in which state."""
        self._both(text)
        return make(self._teller(), text[self.language], found)

    # Dashboard: what is measured of the programme or of a cluster, and what is not

    def measured(self, **text: str) -> Sentence:
        """How many indicators are measured: a template with {indicators}, {measured}, {potential} and {open}."""
        return self._counted(dashboard.summary, text, self._readings)

    def board(self, **title: str) -> Board:
        """The dashboard in the layout of the programme: pillars and goals side by side, a row a decision horizon."""
        return self._of_dashboard(self._exhibit(dashboard.board, title, self._readings, self._made_up))

    def dashboard_indicators(self, **title: str) -> Table:
        """A table of every indicator of the dashboard: formula, value, source, date, and what it takes to measure it."""
        known = ids(reading.fact for reading in self._readings if reading.fact)
        credits = {name: self.provenance.credit([name], self.language) for name in known}
        table = self._exhibit(dashboard.indicators, title, self._readings, credits, self._made_up)
        return self._of_dashboard(table)

    def reach(self, **title: str) -> Table | None:
        """Whom the programme reaches, at the two dates that its documents give; nothing for a cluster."""
        return None if self.about.cluster else self._exhibit(dashboard.reach, title)

    @cached_property
    def _readings(self) -> list[dashboard.Reading]:
        return dashboard.readings(self._teller(), self._motors)

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
        shown = {reading.item for reading in self._readings if reading.state != dashboard.OPEN}
        roles = ["phases", "answers", "sheets"] if shown & {dashboard.STIMULATED, dashboard.MATURITY} else []
        named = {DASHBOARD}.union(*(self._registered(role) for role in roles))
        return self._sourced(block, named)

    # Roadmap 2.0: goals by decision horizon, and of each indicator what data there are

    def roadmap_measured(self, **text: str) -> Sentence:
        """How many goals have a value: a template with {indicators}, {measured} and {data}, of how many data are known."""
        return self._counted(roadmap.summary, text, self._goals)

    def roadmap_matrix(self, **title: str) -> Chart:
        """Decision horizons by kinds of goals: how many there are, and of how many there is a value or a data status."""
        return self._told(roadmap.matrix, title, self._goals, rows=self._roadmap)

    def roadmap_totals(self, **title: str) -> Table:
        """A table of how many actions, goals and projects there are at each decision horizon."""
        return self._told(roadmap.totals, title, self._goals, self._placed, rows=self._roadmap)

    def lanes(self, **title: str) -> Board:
        """The roadmap as lanes, from goals in the long term back to actions now, with the projects in their lanes."""
        rows = pd.concat([self._roadmap[["source"]], self.listed[["source"]]])
        return self._told(roadmap.lanes, title, self._roadmap, self._goals, self._placed, rows=rows)

    def roadmap_indicators(self, **title: str) -> Table:
        """A table of every goal of the roadmap: whether there are raw data, its value, and what is near it."""
        return self._told(roadmap.indicators, title, self._goals, rows=self._roadmap)

    @cached_property
    def _roadmap(self) -> pd.DataFrame:
        return self._read("roadmap")

    @cached_property
    def _goals(self) -> list[roadmap.Reading]:
        return roadmap.readings(self._teller(), self._roadmap)

    @cached_property
    def _placed(self) -> pd.DataFrame:
        """At which decision horizon each project is, and on what that rests."""
        portfolio = self._read("portfolio")
        return portfolio[portfolio.dimension == "horizon"]
