"""The blocks of the programme: its projects and portfolios, what would measure it, its brochure and its second phase.

Rows of tables are told beside facts, and have sources of their own.
"""

from functools import cached_property

import pandas as pd

from factpress.blocks import Block, Chart, Headline, KeyFigures, Note, Sentence, Table
from factpress.codelists import codelist
from factpress.dimensions import fact_id
from factpress.languages import LANGUAGES
from factpress.page import TopicBlocks
from upcm_analysis.topics.programme import (
    brochure_blocks,
    claim_blocks,
    dashboard_blocks,
    focus_blocks,
    plan_blocks,
    portfolio_blocks,
    progress_blocks,
    project_blocks,
    roadmap_blocks,
    sheet_blocks,
)
from upcm_analysis.topics.programme.form_blocks import REST, TOTAL, known_fact
from upcm_analysis.vocabulary.project_forms import PROGRESS, SHEET, SUMS
from upcm_analysis.vocabulary.subjects import NL

#: The source that the indicators of the dashboard are from.
DASHBOARD = "werkwijze-upcm-20201016/dashboard-goals"
#: The source that stands for the brochure.
BROCHURE = "feiten-en-cijfers/headline-figures"
#: The tables with what the forms of projects say.
FORM_TABLES = {SHEET: "project_sheets", PROGRESS: "project_progress"}


class Blocks(TopicBlocks):
    """What the programme itself steers by."""

    numbers = (*claim_blocks.CLAIMS, "weakest_pct", "geometric_pct", "arithmetic_pct", "low_pct", "high_pct")

    # The measurement plan: of every indicator of the dashboard and the roadmap what would measure it

    def plan_headline(self) -> Headline:
        """Return of how many indicators there is a value, and for how many there seems to be a public source."""
        return self.page.headline(names=self._plan_counts, **plan_blocks.text(self._plan, plan_blocks.HEADLINE))

    def plan_lead(self) -> Sentence:
        """Return how many indicators the programme would steer by, and what is known of them."""
        return self.page.lead(names=self._plan_counts, **plan_blocks.text(self._plan, plan_blocks.LEAD))

    def plan_efforts(self) -> Chart:
        """Return a bar of all indicators, divided by what must be done first to measure them."""
        said, teller = self.page.say(plan_blocks.text(self._plan, plan_blocks.CHART), None, names=self._plan_counts)
        return self._planned(plan_blocks.efforts(teller, said, self._plan))

    def plan(self, effort: str, **title: str) -> Table:
        """Return a table of the indicators that take an effort: `source`, `count` or `definition`."""
        return self._planned(self.page.exhibit(plan_blocks.proposals, title, self._plan, effort))

    def plan_reasons(self, **title: str) -> Table:
        """Return a table of why indicators are classed as they are, with how many there are."""
        return self._planned(self.page.exhibit(plan_blocks.reasons, title, self._plan))

    def plan_known(self, **title: str) -> Table:
        """Return a table of the indicators of which a value or a potential is known."""
        return self._planned(self.page.exhibit(plan_blocks.known, title, self._plan))

    # The brochure, part by part

    def brochure_headline(self) -> Headline:
        """Return how many parts of the brochure are here."""
        return self.page.headline(names=self._brochure_counts, **brochure_blocks.text("headline"))

    def brochure_lead(self) -> Sentence:
        """Return what is here of the brochure, and what is not."""
        return self.page.lead(names=self._brochure_counts, **brochure_blocks.text("lead"))

    def brochure_parts(self, **title: str) -> Table:
        """Return a table of every part of the brochure: what it had, where that is now, or why it is not."""
        return self._of_brochure(self.page.exhibit(brochure_blocks.parts, title))

    def brochure_credits(self, **title: str) -> Table:
        """Return a table of the organisations that the brochure gives credit to."""
        return self._of_brochure(self.page.exhibit(brochure_blocks.credits, title))

    def reach(self, **title: str) -> Table:
        """Return whom the programme reaches, at the two dates that its documents give."""
        return self.page.exhibit(dashboard_blocks.reach, title)

    # A portfolio, of the whole programme or of one team, and a product group of the second phase

    def lead_where(self, **cases: dict) -> Sentence:
        """Return the lead of the case that this page is in, each a template by language.

        Of a portfolio `whole`, `team` or `none` (a team without projects); of a product group `whole` (there are figures under
        its name), `part` (of what it is a part of) or `none`.
        """
        about = self.page.about
        if about.focus:
            case = focus_blocks.extent(about.focus)[0]
        else:
            case = "whole" if about == NL else "team" if len(self._projects) else "none"
        return self.page.lead(**cases[case])

    def portfolio_figures(self, *codes: str) -> KeyFigures | None:
        """Return a strip of what is counted and claimed in the programme as a whole."""
        return self.page.exhibit(portfolio_blocks.key_figures, None, list(codes)) if self.page.about == NL else None

    def team_figures(self, *codes: str) -> KeyFigures | None:
        """Return a strip of what is counted of a team, beside the programme as a whole."""
        return self.page.exhibit(portfolio_blocks.key_figures, None, list(codes)) if self.page.about.team else None

    def team(self, **title: str) -> Table | None:
        """Return a table of what this team is for; nothing for the programme as a whole."""
        return self.page.exhibit(portfolio_blocks.team, title) if self.page.about.team else None

    def places(self, **title: str) -> Chart | None:
        """Return where the projects are, and where none is; nothing for a team without projects."""
        own, placed = self._projects, self.table("portfolio")
        if own.empty:
            return None
        return self._told(portfolio_blocks.places, title, placed[placed.project.isin(own.project)], rows=own)

    def coverage(self, **title: str) -> Chart | None:
        """Return the matrix of clusters, innovation functions and groups of R-strategies; of the programme as a whole."""
        if self.page.about != NL:
            return None
        return self._told(portfolio_blocks.coverage, title, self.table("portfolio_coverage"), rows=self._listed)

    def actions(self, **title: str) -> Table | None:
        """Return a table of the actions of this team's pillar by decision horizon, with projects; nothing without a team."""
        if not self.page.about.team:
            return None
        return self._told(portfolio_blocks.actions, title, self.table("portfolio"), rows=self._listed)

    def projects(self, **title: str) -> Table | None:
        """Return a table of these projects; nothing where there is none."""
        own = self._projects
        return self._told(portfolio_blocks.projects, title, own, rows=own) if len(own) else None

    def no_projects(self, title: dict, text: dict) -> Note | None:
        """Return what to say where no project is known; nothing where one is."""
        return None if len(self._projects) else self.page.note(title, text)

    def claims(self, **title: str) -> Table | None:
        """Return a table of what these projects claim, what may count twice and who claims nothing; nothing without a claim."""
        own, table = self._projects, self._claims
        if table.empty:
            return None
        return self._told(portfolio_blocks.claims, title, table, len(table) < len(own), rows=own)

    def no_claims(self, title: dict, text: dict) -> Note | None:
        """Return what to say of projects none of which claims anything; nothing where one does, or without a project."""
        return self.page.note(title, text) if len(self._projects) and self._claims.empty else None

    def claims_beside_potential(self, **title: str) -> Table | None:
        """Return a table of what projects claim beside the potential of each cluster; of the programme as a whole."""
        if self.page.about != NL:
            return None
        return self.page.exhibit(portfolio_blocks.beside_potential, title, bool((self._listed.cluster == "").any()))

    def claims_of_cluster(self, **title: str) -> Table | None:
        """Return a table of what projects of this cluster claim, by group of strategies; nothing where there is none."""
        own = self.rows_of("project_claims", "cluster")
        return self.page.exhibit(claim_blocks.claims, title, own) if len(own) else None

    def classifications(self, **title: str) -> Table | None:
        """Return the two classifications side by side; not on the page of a team, which has no part in either."""
        if self.page.about.team:
            return None
        block = self.page.exhibit(focus_blocks.classifications, title)
        return self.page.with_sources(block, self.page.registers.registered("classification"))

    def basis(self, title: dict) -> Note:
        """Return what the place of this product group in the first classification rests on."""
        row = codelist("focus_groups").loc[self.page.about.focus]
        block = self.page.note(title, {language: row[f"basis_{language}"] for language in LANGUAGES})
        return self.page.with_sources(block, self.page.registers.registered("classification"))

    def focus_figures(self, *codes: str, **title: str) -> Table | None:
        """Return published figures to read beside this product group; nothing where no source gives its place."""
        return self.page.exhibit(focus_blocks.figures, title, list(codes)) if self._has_place else None

    def no_figures(self, title: dict, text: dict) -> Note | None:
        """Return what cannot be said without a place in the first classification; nothing where it has one."""
        return None if self._has_place else self.page.note(title, text)

    # A project: what documents say of it, its impact sheet and its progress report. Without rows there is nothing

    def project_lead(self) -> Sentence:
        """Return what the project is, who leads it, its term and its step on the R-ladder."""
        return self._told(project_blocks.lead, None, self._project, rows=self._of_project("project_documents"))

    def project_key_figures(self, *codes: str) -> KeyFigures | None:
        """Return a strip of those of the project's figures that have a value."""
        teller = self.page.teller()
        known = [code for code in codes if known_fact(teller, code)]
        return self.page.exhibit(project_blocks.key_figures, None, known, self._project["cluster"]) if known else None

    def project_short(self, **title: str) -> Table:
        """Return the project in short: team, horizons, organisations, effect, term, R-ladder, cluster, and which documents."""
        documents = self._of_project("project_documents")
        parts = list(self._listed.index[self._listed.part_of == self.page.about.project])
        named = self.page.provenance.documents(documents.source, self.page.language)
        arguments = (self._project, self._of_project("portfolio"), parts, named)
        return self._told(project_blocks.in_short, title, *arguments, rows=documents)

    def project_activities(self, **title: str) -> Table | None:
        """Return a row an activity that documents name, with the document; nothing where none is named."""
        documents = self._of_project("project_documents")
        named = documents[(documents.activities_nl != "") | (documents.activities_en != "")]
        if named.empty:
            return None
        titles = self.page.provenance.sources.short_title.to_dict()
        return self._told(project_blocks.activities, title, named, titles, rows=named)

    def project_figures(self, **title: str) -> Table | None:
        """Return the published figures of the project that are on none of its forms; nothing where there are none."""
        on_forms, about, facts = set(codelist("sheet_figures").indicator), self.page.about, self.page.facts
        own = facts.table[(facts.table.project == about.project) & (facts.table.status == "published")]
        known = [fact_id(code, about) for code in own.indicator if code not in on_forms]
        return self.page.exhibit(project_blocks.own_figures, title, [facts[name] for name in known]) if known else None

    def project_missing(self, form: str, title: dict) -> Note | None:
        """Return what is missing to make a form (`sheet` or `progress`) of this project; nothing where it is whole."""
        heading = self.page.plain(title)
        rows = self._of_project(FORM_TABLES[form])
        block = sheet_blocks.missing(self.page.language, heading, form, rows, self._project)
        named = set(self._of_project("project_documents").source) | set(rows.source)
        return block and self.page.with_sources(block, named)

    def project_told(self, form: str, *parts: str, **title: str) -> Table | None:
        """Return a row a thing that a form says in words, part by part, with the numbers beside it."""
        return self._part(form, parts, sheet_blocks.told, title, form, list(parts))

    def project_listed(self, *parts: str, **title: str) -> Table | None:
        """Return a row a part of the impact sheet, with all that it names in one line."""
        return self._part(SHEET, parts, sheet_blocks.listed, title, list(parts))

    def project_co2(self, unknown: dict, **title: str) -> Chart | None:
        """Return the claimed CO2 by group of strategies; `unknown` is its title where the total or the rest is not known."""
        teller = self.page.teller()
        whole = known_fact(teller, TOTAL) and known_fact(teller, REST)
        return self._part(SHEET, ["co2"], sheet_blocks.co2, title if whole else unknown)

    def project_potential(self, **title: str) -> Chart | None:
        """Return the claimed CO2 beside the published potential of product groups and cluster; nothing without a claim."""
        if not self.page.facts.find(fact_id(TOTAL, self.page.about)):
            return None
        return self._part(SHEET, ["co2"], sheet_blocks.potential, title, self._project["cluster"])

    def project_effects(self, **title: str) -> Table | None:
        """Return what the sheet says of each effect goal, and of the supply risk."""
        return self._part(SHEET, ["effect", "supply-risk"], sheet_blocks.effects, title)

    def project_functions(self, **title: str) -> Chart | None:
        """Return how much the project contributes to each innovation function, as its sheet says."""
        return self._part(SHEET, ["function"], sheet_blocks.functions, title)

    def project_performance(self, **title: str) -> Table | None:
        """Return how much the project contributes to each performance goal, with its horizon."""
        return self._part(SHEET, ["performance"], sheet_blocks.performance, title)

    def project_status(self) -> Sentence | None:
        """Return in which phase the project is, how much is ready, and of when that is."""
        return self._part(PROGRESS, ["phase", "ready"], progress_blocks.status, None)

    def project_phases(self, **title: str) -> Table | None:
        """Return the phases of the project guide, and how many of the criteria of each are reported as done."""
        return self._part(PROGRESS, ["phase", "finished", "done"], progress_blocks.phases, title)

    def project_criteria(self, **title: str) -> Table | None:
        """Return the criteria of the phases that the report is about, with what was done for each."""
        return self._part(PROGRESS, ["phase", "finished", "done"], progress_blocks.criteria, title)

    def project_timeline(self, **title: str) -> Chart | None:
        """Return gates, period, milestones and dates of both forms on one axis; nothing where no moment is told."""
        sheet, report = (self._of_project(FORM_TABLES[form]) for form in (SHEET, PROGRESS))
        if not progress_blocks.dated(sheet, report):
            return None
        rows = pd.concat([sheet[["source"]], report[["source"]]])
        return self._told(progress_blocks.timeline, title, sheet, report, rows=rows)

    def project_finance(self, **title: str) -> Chart | None:
        """Return what money is needed, granted, spent, left and lacking, with the sums that were checked."""
        return self._part(PROGRESS, ["finance"], progress_blocks.finance, title, SUMS)

    # What they are made of

    @cached_property
    def _plan(self) -> list[plan_blocks.Planned]:
        """Every indicator of the dashboard and the roadmap, with what is known of it and what would measure it."""
        board = dashboard_blocks.readings(self.page.teller(), self.table("function_motor"))
        return plan_blocks.planned(board, roadmap_blocks.readings(self.page.teller(), self.table("roadmap")))

    @property
    def _plan_counts(self) -> dict[str, dict[str, str]]:
        return {language: plan_blocks.counts(self._plan, language) for language in LANGUAGES}

    def _planned(self, block: Block) -> Block:
        """Return the block with the sources of its indicators beside those of its facts."""
        return self.page.with_sources(block, {DASHBOARD, *self.table("roadmap").source})

    @property
    def _brochure_counts(self) -> dict[str, dict[str, str]]:
        return {language: brochure_blocks.counts(language) for language in LANGUAGES}

    def _of_brochure(self, block: Block) -> Block:
        """Return the block with the brochure as its source beside those of its facts."""
        return self.page.with_sources(block, {BROCHURE})

    @cached_property
    def _listed(self) -> pd.DataFrame:
        """All projects, a row each, indexed by project."""
        return self.table("projects").set_index("project", drop=False)

    @cached_property
    def _projects(self) -> pd.DataFrame:
        """The projects that this page is about: all, those of its team, or those of its product group."""
        table, about = self._listed.reset_index(drop=True), self.page.about
        if about.team:
            return table[table.team == about.team]
        return table[table.project.isin(focus_blocks.projects(about.focus))] if about.focus else table

    @property
    def _claims(self) -> pd.DataFrame:
        """What the projects that this page is about claim."""
        table = self.table("project_claims")
        return table[table.project.isin(self._projects.project)]

    @property
    def _has_place(self) -> bool:
        """Whether a source gives the place of this product group in the first classification."""
        return focus_blocks.extent(self.page.about.focus)[0] != focus_blocks.NONE

    @cached_property
    def _project(self) -> dict:
        """What is known of this project, as text."""
        return self._of_project("projects").to_dict("records")[0]

    def _of_project(self, name: str) -> pd.DataFrame:
        """Return the rows of a table about this project, as text."""
        table = self.page.as_text(name)
        return table[table.project == self.page.about.project].reset_index(drop=True)

    def _part(self, form: str, parts: list[str], make, title: dict | None, *arguments) -> Block | None:
        """Return an exhibit of parts of a form; nothing where the form says nothing of them."""
        rows = self._of_project(FORM_TABLES[form])
        own = rows[rows.part.isin(parts)]
        return self._told(make, title, rows, *arguments, rows=own) if len(own) else None

    def _told(self, make, title: dict | None, *arguments, rows: pd.DataFrame) -> Block:
        """Return an exhibit of rows of a table, which its source line names beside the facts that it shows."""
        block = self.page.exhibit(make, title, *arguments)
        return self.page.with_sources(block, {source for cell in rows.source.unique() for source in cell.split()})
