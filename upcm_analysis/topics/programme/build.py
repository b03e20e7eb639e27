"""What the programme steers by: from projects, impact sheets, progress reports and the roadmap to figures and tables."""

from dataclasses import dataclass

import pandas as pd

from factpress.codelists import codelist
from factpress.methods import method_of
from upcm_analysis.registers import printed, tables
from upcm_analysis.registers.assumptions import choices
from upcm_analysis.topics.programme import claims, form_sources, portfolio
from upcm_analysis.topics.programme import sources as listed
from upcm_analysis.topics.programme.claims import STEERED
from upcm_analysis.topics.programme.form_sources import UNKNOWN
from upcm_analysis.vocabulary.results import Made, SoFar

#: Which rows of a sheet say in which group of R-strategies a project works.
SHEET_GROUPS = {"design": "design", "life": "life-extension", "recycling": "recycling"}
#: The figures that say what money there is for a project.
MONEY = ("project_budget_needed_eur", "project_budget_granted_eur")
#: How many projects there are, and of how many there is an impact sheet, a claim, a cluster that they belong to.
COUNTS = {
    "project_count": None,
    "project_sheet_count": "has_sheet",
    "project_claim_count": "has_claim",
    "project_cluster_count": "has_cluster",
}


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is known: tables as `sources` reads them, and `named`, by role, the names of the tables as a whole."""

    documents: pd.DataFrame
    sheets: pd.DataFrame
    progress: pd.DataFrame
    roadmap: pd.DataFrame
    named: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Steering:
    """`figures` of projects, teams and clusters, and `tables`: what the pages of the programme tell, by name."""

    figures: pd.DataFrame
    tables: dict[str, pd.DataFrame]


def build(so_far: SoFar) -> Made:
    """Make the figures of projects, and of teams and clusters from those; and what the pages of the programme tell."""
    edition, cells, whole = so_far.edition, listed.cells(so_far.edition), listed.whole(so_far.edition)
    evidence = Evidence(
        listed.projects(edition),
        form_sources.forms(edition, form_sources.SHEET),
        form_sources.forms(edition, form_sources.PROGRESS),
        listed.roadmap(edition),
        tuple(tables.cell_names(whole)),
    )
    own = cells.groupby("project", sort=False)
    published = [printed.figures(part).assign(project=name, team="") for name, part in own]
    counts = choices().value["function_stimulating"].split()
    made = steering(pd.concat(published, ignore_index=True), evidence, counts)
    return Made(made.figures, made.tables, cells=pd.concat([cells, whole], ignore_index=True))


def steering(published: pd.DataFrame, evidence: Evidence, stimulating: list[str]) -> Steering:
    """All that the programme steers by. `published` are the figures of projects as printed, with their `project`.

    `stimulating` are the levels of contribution to a function that count.
    """
    known = _projects(evidence, published)
    of_cluster = {name: one for name, one in zip(known.project, known.cluster, strict=True) if one}
    made = [published]

    def add(function, *arguments):
        result = function(*arguments)
        made.append(result.assign(method=method_of(function).id))

    add(claims.rest, published)
    own = pd.concat(made, ignore_index=True)
    add(claims.by_cluster, own, of_cluster)
    add(claims.of_all, own, list(known.project))
    teams = codelist("teams")
    for code, column in COUNTS.items():
        among = known if column is None else known[known[column]]
        add(claims.counted, among, code, list(teams.index), evidence.named)
    tables = {
        "projects": known,
        "project_parts": _parts(known, published),
        "project_documents": evidence.documents,
        "project_sheets": evidence.sheets,
        "project_progress": evidence.progress,
        "project_claims": _claims(known, evidence.sheets, own),
        "portfolio": portfolio.placed(known, evidence.sheets, teams),
        "portfolio_coverage": portfolio.coverage(
            known, _contributions(evidence.sheets), _groups(known, evidence.sheets), stimulating, UNKNOWN[1]
        ),
        "roadmap": evidence.roadmap,
    }
    return Steering(pd.concat(made, ignore_index=True)[[*STEERED, "method"]], tables)


def _projects(evidence: Evidence, published: pd.DataFrame) -> pd.DataFrame:
    """Each project once, with the cluster that its sheet says where no list does, and which forms there are of it."""
    known = claims.merged(evidence.documents)
    sheets = evidence.sheets
    said = sheets[sheets.part == "cluster"].set_index("project")["value"]
    claimed = published[published.indicator.isin(claims.CLAIMS) & published.value.notna()]
    clusters = known.cluster.where(known.cluster != "", known.project.map(said).fillna(""))
    return known.assign(
        cluster=clusters,
        has_cluster=clusters != "",
        has_sheet=known.project.isin(sheets.project),
        has_claim=known.project.isin(claimed.project),
        has_progress=known.project.isin(evidence.progress.project),
    )


def _parts(known: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """What is known of each project, a column a part of its card; empty where no document says it.

    `money` and `claim` name the indicator of the first figure of that sort.
    """
    told = published[published.value.notna()]
    figures = {
        part: told[told.indicator.isin(codes)].drop_duplicates("project").set_index("project").indicator
        for part, codes in (("money", MONEY), ("claim", claims.CLAIMS))
    }
    return pd.DataFrame(
        {
            "project": known.project,
            "organisations": known.organisations,
            "activities": known.activities_nl.where(known.activities_nl != "", known.activities_en),
            "r_step": known.r_steps,
            "term": known.term.astype(str),
            **{part: known.project.map(codes).fillna("") for part, codes in figures.items()},
        }
    )


def _contributions(sheets: pd.DataFrame) -> pd.DataFrame:
    """What projects contribute to innovation functions, by their sheets."""
    given = sheets[sheets.part == "function"]
    return given.rename(columns={"item": "function", "value": "level"})[["project", "function", "level"]]


def _groups(known: pd.DataFrame, sheets: pd.DataFrame) -> pd.DataFrame:
    """The groups of R-strategies that projects work on: by the ladder of their documents, and by the CO2 of their sheets."""
    group = codelist("r_strategies").droplevel(0).upcm_group.to_dict()
    rows = [(row.project, group[step]) for row in known.itertuples() for step in row.r_steps.split()]
    told = sheets[(sheets.part == "co2") & sheets.item.isin(list(SHEET_GROUPS)) & ~sheets["value"].isin(UNKNOWN)]
    rows += [(row.project, SHEET_GROUPS[row.item]) for row in told.itertuples()]
    return pd.DataFrame(rows, columns=["project", "r_group"]).drop_duplicates(ignore_index=True)


def _claims(known: pd.DataFrame, sheets: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """What projects claim, a row each: its figures, its product groups, and the projects that claim may count twice with.

    `also` are projects that name the same product groups; `part_of` and `parts` as in `claims.nested`.
    """
    codes = [*claims.CLAIMS, claims.REST]
    own = figures[figures.indicator.isin(codes)].pivot(index="project", columns="indicator", values="value")
    named = sheets[sheets.part == "product-group"].groupby("project")["item"].agg(" ".join)
    found = own.reindex(columns=codes).astype(float).join(named.rename("product_groups")).fillna({"product_groups": ""})
    found = known[["project", "cluster"]].merge(found.reset_index(), on="project")
    twice = claims.counted_twice(found).projects
    together = [[one for one in twice if name in one.split(", ")] for name in found.project]
    part_of = dict(zip(known.project, known.part_of, strict=True))
    also = ["; ".join(dict.fromkeys(one)) for one in together]
    return found.assign(also=also).join(claims.nested(list(found.project), part_of))
