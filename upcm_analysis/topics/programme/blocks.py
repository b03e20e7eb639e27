"""The blocks of the programme: its projects and portfolios, what would measure it, its brochure and its second phase.

Rows of tables are told beside facts, and have sources of their own.
"""

from functools import cached_property

import pandas as pd
from babel.lists import format_list

from factpress.blocks import Block, Certainty, Chart, Headline, KeyFigures, Note, Sentence, Table
from factpress.codelists import codelist
from factpress.dimensions import fact_id
from factpress.languages import LANGUAGES
from factpress.page import TopicBlocks
from upcm_analysis.topics.programme import (
    brochure_blocks,
    claim_blocks,
    dashboard_blocks,
    focus_blocks,
    ladder_blocks,
    plan_blocks,
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

    def critical_materials(self, **text: str) -> Sentence:
        """Return a sentence about {materials}: those that could leave the European list, as the programme names them."""
        listed = codelist("critical_materials")
        names = {
            language: {"materials": format_list(list(listed[f"name_{language}"]), locale=language)}
            for language in LANGUAGES
        }
        return self.page.with_sources(self.page.sentence(names=names, **text), {DASHBOARD})

    # The portfolio, and the product groups of the second phase

    def ladder(self, **title: str) -> Chart:
        """Return how many projects name each step of the R-ladder; the title may hold {step}, named most, and {many}."""
        placed, rows = self.table("portfolio"), self._listed
        return self._told(ladder_blocks.ladder, title, placed, rows=rows, names=ladder_blocks.most(placed))

    def projects(self, **title: str) -> Table:
        """Return a table of all projects: team, term, steps of the R-ladder, organisations and what each claims."""
        table = self._listed.reset_index(drop=True)
        return self._told(portfolio_blocks.projects, title, table, rows=table)

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
        return self.page.headline(names=names, **project_message_blocks.headline(rule, self._project["cluster"]))

    def project_lead(self) -> Sentence:
        """Return what the project is; where it claims more than its whole cluster, how to read that, and how far it is."""
        rule, names = self._message
        begun = bool(names[self.page.language]["state"])
        block = self.page.lead(names=names, **project_message_blocks.lead(rule, self._project, begun))
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
        if not all(project_message_blocks.both(facts, self.page.about.project, cluster, claim, potential)):
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

    @cached_property
    def _message(self) -> tuple[str, dict]:
        """The rule of the message of this project, with its words."""
        return project_message_blocks.message(self.page.facts, self._project, self._of_project("project_progress"))

    def _told(self, make, title: dict | None, *arguments, rows: pd.DataFrame, names: dict | None = None) -> Block:
        """Return an exhibit of rows of a table, which its source line names beside the facts that it shows."""
        return self._with_rows(self.page.exhibit(make, title, *arguments, names=names), rows)

    def _with_rows(self, block: Block, rows: pd.DataFrame) -> Block:
        """Return a block with the sources of these rows too."""
        return self.page.with_sources(block, {source for cell in rows.source.unique() for source in cell.split()})
