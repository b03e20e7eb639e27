"""The page of a project: what documents say of it, its impact sheet and its progress report."""

from functools import cached_property

import pandas as pd

from factpress.blocks import Block, Chart, KeyFigures, Note, Sentence, Table
from factpress.builder import read_log
from factpress.codelists import codelist
from factpress.dimensions import fact_id
from upcm_analysis.topics.programme import project_blocks
from upcm_analysis.topics.programme.forms import PROGRESS, SHEET, SUMS
from upcm_analysis.topics.programme.page import ProgrammePage

#: The tables with what the forms of projects say.
FORM_TABLES = {SHEET: "project_sheets", PROGRESS: "project_progress"}


class ProjectPage(ProgrammePage):
    """A page about a project being written. Without rows there is nothing."""

    def project_lead(self) -> Sentence:
        """What the project is, who leads it, its term and its step on the R-ladder."""
        return self._told(project_blocks.lead, None, self._project, rows=self._of_project("project_documents"))

    def project_key_figures(self, *codes: str) -> KeyFigures | None:
        """A strip of those of the project's figures that have a value."""
        known = project_blocks.known(self._teller(), list(codes))
        cluster = self._project["cluster"]
        return self._exhibit(project_blocks.key_figures, None, known, cluster) if known else None

    def project_short(self, **title: str) -> Table:
        """The project in short: team, horizons, organisations, effect, term, R-ladder, cluster, and which documents."""
        documents = self._of_project("project_documents")
        parts = list(self.listed.index[self.listed.part_of == self.about.project])
        named = self.provenance.documents(documents.source, self.language)
        arguments = (self._project, self._of_project("portfolio"), parts, named)
        return self._told(project_blocks.in_short, title, *arguments, rows=documents)

    def project_activities(self, **title: str) -> Table | None:
        """A row an activity that documents name, with the document; nothing where none is named."""
        documents = self._of_project("project_documents")
        named = documents[(documents.activities_nl != "") | (documents.activities_en != "")]
        if named.empty:
            return None
        return self._told(
            project_blocks.activities, title, named, self.provenance.sources.short_title.to_dict(), rows=named
        )

    def project_figures(self, **title: str) -> Table | None:
        """The published figures of the project that are on none of its forms; nothing where there are none."""
        on_forms = set(codelist("sheet_figures").indicator)
        table = self.facts.table
        own = table[(table.project == self.about.project) & (table.status == "published")]
        known = [fact_id(code, self.about) for code in own.indicator if code not in on_forms]
        return self._exhibit(project_blocks.own_figures, title, [self.facts[name] for name in known]) if known else None

    def project_missing(self, form: str, title: dict) -> Note | None:
        """What is missing to make a form (`sheet` or `progress`) of this project; nothing where it is whole."""
        heading = self._plain(title)
        rows = self._of_project(FORM_TABLES[form])
        block = project_blocks.missing(self.language, heading, form, rows, self._project)
        return block and self._sourced(block, set(self._of_project("project_documents").source) | set(rows.source))

    def project_told(self, form: str, *parts: str, **title: str) -> Table | None:
        """A row a thing that a form says in words, part by part, with the numbers beside it."""
        return self._part(form, parts, project_blocks.told, title, form, list(parts))

    def project_listed(self, *parts: str, **title: str) -> Table | None:
        """A row a part of the impact sheet, with all that it names in one line."""
        return self._part(SHEET, parts, project_blocks.listed, title, list(parts))

    def project_co2(self, unknown: dict, **title: str) -> Chart | None:
        """The claimed CO2 by group of strategies; `unknown` is its title where the total or what is left of it is not known."""
        whole = len(project_blocks.known(self._teller(), [project_blocks.TOTAL, project_blocks.REST])) > 1
        return self._part(SHEET, ["co2"], project_blocks.co2, title if whole else unknown)

    def project_potential(self, **title: str) -> Chart | None:
        """The claimed CO2 beside the published potential of the product groups and the cluster; nothing without a claim."""
        if not self.facts.find(fact_id(project_blocks.TOTAL, self.about)):
            return None
        return self._part(SHEET, ["co2"], project_blocks.potential, title, self._project["cluster"])

    def project_effects(self, **title: str) -> Table | None:
        """What the sheet says of each effect goal, and of the supply risk."""
        return self._part(SHEET, ["effect", "supply-risk"], project_blocks.effects, title)

    def project_functions(self, **title: str) -> Chart | None:
        """How much the project contributes to each innovation function, as its sheet says."""
        return self._part(SHEET, ["function"], project_blocks.functions, title)

    def project_performance(self, **title: str) -> Table | None:
        """How much the project contributes to each performance goal, with its horizon."""
        return self._part(SHEET, ["performance"], project_blocks.performance, title)

    def project_status(self) -> Sentence | None:
        """In which phase the project is, how much is ready, and of when that is."""
        return self._part(PROGRESS, ["phase", "ready"], project_blocks.status, None)

    def project_phases(self, **title: str) -> Table | None:
        """The phases of the project guide, and how many of the criteria of each are reported as done."""
        return self._part(PROGRESS, ["phase", "finished", "done"], project_blocks.phases, title)

    def project_criteria(self, **title: str) -> Table | None:
        """The criteria of the phases that the report is about, with what was done for each."""
        return self._part(PROGRESS, ["phase", "finished", "done"], project_blocks.criteria, title)

    def project_timeline(self, **title: str) -> Chart | None:
        """Gates, period, milestones and dates of both forms on one axis; nothing where no moment is told."""
        sheet, report = (self._of_project(FORM_TABLES[form]) for form in (SHEET, PROGRESS))
        if not project_blocks.dated(sheet, report):
            return None
        rows = pd.concat([sheet[["source"]], report[["source"]]])
        return self._told(project_blocks.timeline, title, sheet, report, rows=rows)

    def project_finance(self, **title: str) -> Chart | None:
        """What money is needed, granted, spent, left and lacking, with the sums that were checked."""
        return self._part(PROGRESS, ["finance"], project_blocks.finance, title, SUMS)

    @cached_property
    def _project(self) -> dict:
        """What is known of this project, as text."""
        return self._of_project("projects").to_dict("records")[0]

    def _part(self, form: str, parts: list[str], make, title: dict | None, *arguments) -> Block | None:
        """An exhibit of parts of a form; nothing where the form says nothing of them."""
        rows = self._of_project(FORM_TABLES[form])
        own = rows[rows.part.isin(parts)]
        return self._told(make, title, rows, *arguments, rows=own) if len(own) else None

    def _of_project(self, name: str) -> pd.DataFrame:
        """The rows of a table about this project, as text."""
        read_log.note("table", name)
        table = pd.read_csv(self._folder / f"{name}.csv", dtype=str, keep_default_na=False)
        return table[table.project == self.about.project].reset_index(drop=True)
