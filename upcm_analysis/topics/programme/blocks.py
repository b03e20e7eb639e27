"""The blocks of the programme: its projects and portfolios, its dashboard and Roadmap 2.0, and its second phase.

Rows of tables are told beside facts, and have sources of their own.
"""

from functools import cached_property

import pandas as pd

from factpress.blocks import Block, Board, Certainty, Chart, Headline, KeyFigures, Note, Sentence, Table
from factpress.codelists import codelist
from factpress.dimensions import Subject, fact_id
from factpress.facts import ids
from factpress.page import TopicBlocks
from upcm_analysis.topics.programme import (
    claim_blocks,
    dashboard_blocks,
    focus_blocks,
    ladder_blocks,
    portfolio_blocks,
    progress_blocks,
    project_blocks,
    project_message_blocks,
    roadmap_blocks,
    sheet_blocks,
)
from upcm_analysis.topics.programme.form_blocks import REST, TOTAL, known_fact
from upcm_analysis.vocabulary.project_forms import PROGRESS, SHEET, SUMS

#: The source that the indicators of the dashboard are from.
DASHBOARD = "werkwijze-upcm-20201016/dashboard-goals"
#: The tables with what the forms of projects say.
FORM_TABLES = {SHEET: "project_sheets", PROGRESS: "project_progress"}


class Blocks(TopicBlocks):
    """What the programme itself steers by."""

    numbers = (*claim_blocks.CLAIMS, "weakest_pct", "geometric_pct", "arithmetic_pct", "low_pct", "high_pct")

    # The dashboard, of the programme or of a cluster

    def dashboard_measured(self, **text: str) -> Sentence:
        """Return how many indicators are measured: a template with {indicators}, {measured}, {potential} and {open}."""
        return self.page.counted(dashboard_blocks.summary, text, self._readings)

    def dashboard(self, **title: str) -> Board:
        """Return the dashboard as the programme draws it: pillars and goals side by side, a row a decision horizon."""
        return self._of_dashboard(self.page.exhibit(dashboard_blocks.board, title, self._readings, self._made_up))

    def dashboard_indicators(self, **title: str) -> Table:
        """Return a table of every indicator of the dashboard: formula, value, source, date, and what it takes to measure it."""
        known = ids(reading.fact for reading in self._readings if reading.fact)
        credits = {name: self.page.provenance.credit([name], self.page.language) for name in known}
        table = self.page.exhibit(dashboard_blocks.indicators, title, self._readings, credits, self._made_up)
        return self._of_dashboard(table)

    def reach(self, **title: str) -> Table | None:
        """Return whom the programme reaches, at the two dates that its documents give; nothing for a cluster."""
        return None if self.page.about.cluster else self.page.exhibit(dashboard_blocks.reach, title)

    # Roadmap 2.0: goals by decision horizon, and of each what data there are

    def roadmap_measured(self, **text: str) -> Sentence:
        """Return how many goals have a value: a template with {indicators}, {measured} and {data}, how many data are known."""
        return self.page.counted(roadmap_blocks.summary, text, self._goals)

    def roadmap_matrix(self, **title: str) -> Chart:
        """Return decision horizons by kinds of goals: how many there are, and of how many a value or data status is known."""
        return self._told(roadmap_blocks.matrix, title, self._goals, rows=self._roadmap)

    def roadmap_totals(self, **title: str) -> Table:
        """Return a table of how many actions, goals and projects there are at each decision horizon."""
        return self._told(roadmap_blocks.totals, title, self._goals, self._placed, rows=self._roadmap)

    def roadmap(self, **title: str) -> Board:
        """Return the roadmap as lanes, from goals in the long term back to actions now, with the projects in their lanes."""
        rows = pd.concat([self._roadmap[["source"]], self._listed[["source"]]])
        return self._told(roadmap_blocks.lanes, title, self._roadmap, self._goals, self._placed, rows=rows)

    def roadmap_indicators(self, **title: str) -> Table:
        """Return a table of every goal of the roadmap: whether there are raw data, its value, and what is near it."""
        return self._told(roadmap_blocks.indicators, title, self._goals, rows=self._roadmap)

    # The portfolio, and the product groups of the second phase

    def ladder(self, **title: str) -> Chart:
        """Return how many projects name each step of the R-ladder; the title may hold {step}, named most, and {many}."""
        placed, rows = self.table("portfolio"), self._listed
        return self._told(ladder_blocks.ladder, title, placed, rows=rows, names=ladder_blocks.most(placed))

    def projects(self, **title: str) -> Table:
        """Return a table of all projects: team, term, steps of the R-ladder, organisations and what each claims."""
        return self._of_portfolio(portfolio_blocks.projects, title)

    def organisations(self, **title: str) -> Table:
        """Return a table of the organisations that are named with most projects."""
        return self._of_portfolio(portfolio_blocks.most_named, title)

    def team(self, code: str) -> Table:
        """Return what a team is for and which projects it leads."""
        table = self._listed.reset_index(drop=True)
        return self._told(portfolio_blocks.team, None, code, table, rows=table)

    def claims(self, **title: str) -> Table | None:
        """Return a table of what projects claim, what may count twice and who claims nothing; nothing without a claim."""
        table = self.table("project_claims")
        if table.empty:
            return None
        return self._told(portfolio_blocks.claims, title, table, len(table) < len(self._listed), rows=self._listed)

    def claims_beside_potential(self, **title: str) -> Table:
        """Return a table of what projects claim beside the potential of each cluster."""
        return self.page.exhibit(portfolio_blocks.beside_potential, title, bool((self._listed.cluster == "").any()))

    def projects_of_cluster(self, **title: str) -> Table | None:
        """Return a table of the projects that documents place in this cluster; nothing where they place none there."""
        own = self.rows_of("projects", "cluster")
        return self._told(portfolio_blocks.of_cluster, title, own, rows=own) if len(own) else None

    def claims_of_cluster(self, **title: str) -> Table | None:
        """Return a table of what projects of this cluster claim, by group of strategies; nothing where there is none."""
        own = self.rows_of("project_claims", "cluster")
        return self.page.exhibit(claim_blocks.claims, title, own) if len(own) else None

    def classifications(self, **title: str) -> Table:
        """Return the product groups of the second phase beside the clusters of the first classification."""
        block = self.page.exhibit(focus_blocks.classifications, title)
        return self.page.with_sources(block, self.page.registers.registered("classification"))

    # A project: what documents say of it, its impact sheet and its progress report. Without rows there is nothing

    def project_headline(self) -> Headline:
        """Return the message of this project, in place of a title."""
        rule, names = self._message
        return self.page.headline(names=names, **project_message_blocks.headline(rule))

    def project_lead(self) -> Sentence:
        """Return what the project is, and where it claims more than its whole cluster that the two cannot be netted."""
        rule, names = self._message
        block = self.page.lead(names=names, **project_message_blocks.lead(rule, self._project))
        return self._with_rows(block, self._of_project("project_documents"))

    def project_tags(self) -> Sentence | None:
        """Return what this project is placed at, a tag each."""
        documents = self._of_project("project_documents")
        block = project_blocks.tags(self.page.teller(), self._project)
        return block and self._with_rows(block, documents)

    def project_card(self) -> KeyFigures:
        """Return what is known of the project in a line or two: who, when, money, how far it is and what it claims."""
        documents, report = self._of_project("project_documents"), self._of_project("project_progress")
        block = project_blocks.card(self.page.teller(), self._project, report)
        return self._with_rows(self.page.credited(block, None, warn=False), documents)

    def project_certainty(self, claimed: dict, other: dict) -> Certainty:
        """Return how certain this page is: where the project claims what it yields, and where it does not."""
        return self.page.certainty(**(claimed if known_fact(self.page.teller(), TOTAL) else other))

    def project_stages(self, **title: str) -> Chart | None:
        """Return in which phase of the project guide the project is; nothing without a report that says so."""
        rows = self._of_project("project_progress")
        if not len(rows[rows.part == "phase"]):
            return None
        return self._told(project_blocks.stages, title, rows, rows=rows)

    def project_beside(self, claim: str, potential: str, beyond: dict, other: dict) -> Chart | None:
        """Return a claim beside the potential of the cluster, titled by whether it is `beyond` that; nothing without both.

        In the titles `{cluster_...}` is a figure of the cluster of this project.
        """
        cluster, facts = self._project["cluster"], self.page.facts
        names = [fact_id(claim, self.page.about), fact_id(potential, Subject(cluster=cluster)) if cluster else ""]
        if not all(name and facts.find(name) and not facts.find(name).unknown for name in names):
            return None
        more = project_message_blocks.beyond(facts, self.page.about.project, cluster, claim, potential)
        title = {
            language: project_message_blocks.template(text, cluster)
            for language, text in (beyond if more else other).items()
        }
        return self._told(
            project_blocks.beside, title, claim, potential, cluster, rows=self._of_project("project_sheets")
        )

    def project_todo(self, title: dict, text: dict) -> Note | None:
        """Return what to do about a project without an impact sheet; nothing where there is one."""
        return None if len(self._of_project("project_sheets")) else self.page.note(title, text)

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

    def project_effects(self, **title: str) -> Table | None:
        """Return what the sheet says of each effect goal, and of the supply risk."""
        return self._part(SHEET, ["effect", "supply-risk"], sheet_blocks.effects, title)

    def project_functions(self, **title: str) -> Chart | None:
        """Return how much the project contributes to each innovation function, as its sheet says."""
        return self._part(SHEET, ["function"], sheet_blocks.functions, title)

    def project_performance(self, **title: str) -> Table | None:
        """Return how much the project contributes to each performance goal, with its horizon."""
        return self._part(SHEET, ["performance"], sheet_blocks.performance, title)

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
    def _readings(self) -> list[dashboard_blocks.Reading]:
        """What is known of every indicator of the dashboard."""
        return dashboard_blocks.readings(self.page.teller(), self._motors)

    @property
    def _motors(self) -> pd.DataFrame:
        """The phases of this cluster, or of all of them."""
        return self.rows_of("function_motor", "cluster") if self.page.about.cluster else self.table("function_motor")

    @property
    def _made_up(self) -> bool:
        """Whether scores that the maturity rests on are of made-up respondents."""
        scores = self.table("function_scores")
        return bool(scores[scores.cluster.isin(self._motors.cluster)].synthetic.any())

    def _of_dashboard(self, block: Block) -> Block:
        """Return the block with the sources of what it shows beside facts: the dashboard itself, and what phases rest on."""
        shown = {reading.item for reading in self._readings if reading.state != dashboard_blocks.OPEN}
        of_motor = shown & {dashboard_blocks.STIMULATED, dashboard_blocks.MATURITY}
        roles = ["phases", "answers", "sheets"] if of_motor else []
        named = {DASHBOARD}.union(*(self.page.registers.registered(role) for role in roles))
        return self.page.with_sources(block, named)

    @cached_property
    def _roadmap(self) -> pd.DataFrame:
        return self.table("roadmap")

    @cached_property
    def _goals(self) -> list[roadmap_blocks.Reading]:
        return roadmap_blocks.readings(self.page.teller(), self._roadmap)

    @cached_property
    def _placed(self) -> pd.DataFrame:
        """At which decision horizon each project is, and on what that rests."""
        portfolio = self.table("portfolio")
        return portfolio[portfolio.dimension == "horizon"]

    @cached_property
    def _listed(self) -> pd.DataFrame:
        """All projects, a row each, indexed by project."""
        return self.table("projects").set_index("project", drop=False)

    def _of_portfolio(self, make, title: dict | None) -> Block:
        """Return an exhibit of all projects."""
        table = self._listed.reset_index(drop=True)
        return self._told(make, title, table, rows=table)

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

    @property
    def _message(self) -> tuple[str, dict]:
        """The rule of the message of this project, with its words."""
        return project_message_blocks.message(self.page.facts, self._project, self._of_project("project_progress"))

    def _told(self, make, title: dict | None, *arguments, rows: pd.DataFrame, names: dict | None = None) -> Block:
        """Return an exhibit of rows of a table, which its source line names beside the facts that it shows."""
        return self._with_rows(self.page.exhibit(make, title, *arguments, names=names), rows)

    def _with_rows(self, block: Block, rows: pd.DataFrame) -> Block:
        """Return a block with the sources of these rows too."""
        return self.page.with_sources(block, {source for cell in rows.source.unique() for source in cell.split()})
