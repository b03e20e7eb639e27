"""The pages of a portfolio, of the whole programme or of one team, and of a product group of the second phase."""

from functools import cached_property

import pandas as pd

from factpress.blocks import Note, Sentence
from factpress.codelists import codelist
from factpress.languages import LANGUAGES
from upcm_analysis.topics.programme import focus_blocks, portfolio_blocks
from upcm_analysis.topics.programme.page import ProgrammePage
from upcm_analysis.vocabulary.subjects import NL


class PortfolioPage(ProgrammePage):
    """A page about projects together being written."""

    @cached_property
    def _own_projects(self) -> pd.DataFrame:
        """The projects that this page is about: all, those of its team, or those of its product group."""
        table = self.listed.reset_index(drop=True)
        if self.about.team:
            return table[table.team == self.about.team]
        return table[table.project.isin(focus_blocks.projects(self.about.focus))] if self.about.focus else table

    def lead_where(self, **cases: dict) -> Sentence:
        """The lead of the case that this page is in, each a template by language.

        Of a portfolio `whole`, `team` or `none` (a team without projects); of a product group `whole` (there are figures under
        its name), `part` (of what it is a part of) or `none`.
        """
        if self.about.focus:
            case = focus_blocks.extent(self.about.focus)[0]
        else:
            case = "whole" if self.about == NL else "team" if len(self._own_projects) else "none"
        return self.lead(**cases[case])

    def portfolio_figures(self, *codes: str):
        """A strip of what is counted and claimed in the programme as a whole."""
        return self._exhibit(portfolio_blocks.key_figures, None, list(codes)) if self.about == NL else None

    def team_figures(self, *codes: str):
        """A strip of what is counted of a team, beside the programme as a whole."""
        return self._exhibit(portfolio_blocks.key_figures, None, list(codes)) if self.about.team else None

    def team(self, **title: str):
        """A table of what this team is for; nothing for the programme as a whole."""
        return self._exhibit(portfolio_blocks.team, title) if self.about.team else None

    def places(self, **title: str):
        """Where the projects are, and where none is; nothing for a team without projects."""
        own = self._own_projects
        placed = self._read("portfolio")
        return (
            self._told(portfolio_blocks.places, title, placed[placed.project.isin(own.project)], rows=own)
            if len(own)
            else None
        )

    def coverage(self, **title: str):
        """The matrix of clusters, innovation functions and groups of R-strategies; of the programme as a whole."""
        if self.about != NL:
            return None
        return self._told(portfolio_blocks.coverage, title, self._read("portfolio_coverage"), rows=self.listed)

    def actions(self, **title: str):
        """A table of the actions of this team's pillar by decision horizon, with the projects; nothing without a team."""
        if not self.about.team:
            return None
        return self._told(portfolio_blocks.actions, title, self._read("portfolio"), rows=self.listed)

    def project_table(self, **title: str):
        """A table of these projects; nothing where there is none."""
        own = self._own_projects
        return self._told(portfolio_blocks.projects, title, own, rows=own) if len(own) else None

    def no_projects(self, title: dict, text: dict) -> Note | None:
        """What to say where no project is known; nothing where one is."""
        return None if len(self._own_projects) else self.note(title, text)

    def claims(self, **title: str):
        """A table of what these projects claim, with what may count twice and who claims nothing; nothing where none does."""
        own, table = self._own_projects, self._own_claims
        return (
            self._told(portfolio_blocks.claims, title, table, len(table) < len(own), rows=own) if len(table) else None
        )

    def no_claims(self, title: dict, text: dict) -> Note | None:
        """What to say of projects none of which claims anything; nothing where one does, or where there is no project."""
        return self.note(title, text) if len(self._own_projects) and self._own_claims.empty else None

    @property
    def _own_claims(self) -> pd.DataFrame:
        """What the projects that this page is about claim."""
        table = self._read("project_claims")
        return table[table.project.isin(self._own_projects.project)]

    def claimed_beside_potential(self, **title: str):
        """A table of what projects claim beside the potential of each cluster; of the programme as a whole."""
        return (
            self._exhibit(portfolio_blocks.beside_potential, title, bool((self.listed.cluster == "").any()))
            if self.about == NL
            else None
        )

    # The second classification: product groups of the second phase

    def classifications(self, **title: str):
        """The two classifications side by side; not on the page of a team, which has no part in either."""
        if self.about.team:
            return None
        return self._sourced(self._exhibit(focus_blocks.classifications, title), self._registered("classification"))

    def basis(self, title: dict) -> Note:
        """What the place of this product group in the first classification rests on."""
        row = codelist("focus_groups").loc[self.about.focus]
        block = self.note(title, {language: row[f"basis_{language}"] for language in LANGUAGES})
        return self._sourced(block, self._registered("classification"))

    def focus_figures(self, *codes: str, **title: str):
        """Published figures to read beside this product group; nothing where no source gives its place."""
        known = focus_blocks.extent(self.about.focus)[0] != focus_blocks.NONE
        return self._exhibit(focus_blocks.figures, title, list(codes)) if known else None

    def no_figures(self, title: dict, text: dict) -> Note | None:
        """What cannot be said without a place in the first classification, and what it would take; nothing where it has one."""
        return self.note(title, text) if focus_blocks.extent(self.about.focus)[0] == focus_blocks.NONE else None
