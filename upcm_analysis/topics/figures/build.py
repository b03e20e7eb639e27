"""The published figures of an edition, what follows from them by adding, dividing and ordering, and the checks of both."""

from itertools import chain

import pandas as pd

from factpress.codelists import codelist
from factpress.methods import method_of
from upcm_analysis.registers import printed, tables
from upcm_analysis.registers.assumptions import chosen_indicator, numbers
from upcm_analysis.topics.figures import checks, impact, potential
from upcm_analysis.topics.figures.sources import cells, comparisons, named_groups
from upcm_analysis.vocabulary import units
from upcm_analysis.vocabulary.published import PERCENTAGES, POINT_SOURCES, PUBLISHED, RATIOS, SIZE_CLASSES
from upcm_analysis.vocabulary.results import Made, SoFar
from upcm_analysis.vocabulary.subjects import NL, clusters, groups_of, unions

ADDITIVE = [*PUBLISHED, "organisations"]
#: What is also told per job, over the national figure per job.
PER_JOB = ["value_added_meur", "turnover_meur", "organisations", "organisations_over_100", "co2_kt", "material_mkg"]
RANKED = [*ADDITIVE, *(name for name, _, _ in RATIOS + PERCENTAGES)]
#: What has an order. Provinces have none: all their figures are allocated, so an order would be that of the key.
ORDERED = ("cluster", "product-group")
#: The figures that one share for each province is held against: all but the jobs, which the share is of.
SHARED_OUT = PUBLISHED[1:]
NOT_MANUFACTURING = "38"
#: The round figures of the brochure and the dashboard, and what each rounds.
HEADLINES = {
    "headline_jobs": "jobs_k",
    "headline_value_added_geur": "value_added_meur",
    "headline_material_gkg": "material_mkg",
    "dashboard_co2_reduction_mt": "co2_reduction_kt",
    "dashboard_value_added_geur": "value_added_potential_meur",
}


def build(so_far: SoFar) -> Made:
    """Make the figures of the published tables, and all that follows from them alone."""
    found = cells(so_far.edition)
    published = printed.figures(found)
    figures = derive(published)
    replication = potential.replication(published)
    told = replication.assign(fits=[" ".join(map(str, fits)) for fits in replication.fits])
    return Made(figures, {"replication": told}, check(so_far.edition, found, figures), cells=found)


def derive(published: pd.DataFrame) -> pd.DataFrame:
    """All figures: the published ones and everything that follows from them, each with the function that made it."""
    parts = [published]

    def add(function, *arguments, **named):
        result = function(*arguments, **named)
        parts.append(result.assign(method=method_of(function).id))

    def made():
        """Return all figures made so far."""
        return pd.concat(parts, ignore_index=True)

    add(impact.total, published, SIZE_CLASSES, "organisations")
    source = chosen_indicator("anchored_sources")
    add(impact.by_place, published, source, POINT_SOURCES, units.conversion(POINT_SOURCES, source), unions())
    holding = [cluster for cluster in clusters() if NOT_MANUFACTURING in groups_of(cluster)]
    add(impact.without, made(), NOT_MANUFACTURING, ADDITIVE, [NL, *holding])
    base = made()
    for name, over, under in RATIOS:
        add(impact.ratio, base, over, under, name, units.conversion(name, over, under))
    add(potential.whole_percentages, published)
    whole = parts[-1]
    for name, over, under in PERCENTAGES:
        rest = base[~base.product_group.isin(whole.product_group[whole.indicator == name])]
        add(impact.ratio, rest, over, under, name, units.conversion(name, over, under))
    plain = base[base.scope == ""]
    for code in ADDITIVE:
        add(impact.share, plain, code)
    for code in PER_JOB:
        add(impact.per_job_relative, plain, code)
    for code in SHARED_OUT:
        add(impact.one_share_misfit, plain, code)
    everything = made()
    for code in RANKED:
        for kind in ORDERED:
            add(impact.rank, everything, code, kind)
    return made()


def check(edition: str, cells: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Return every finding of every check on the published figures and what follows from them."""
    limits, others = numbers(), comparisons(edition)
    co2 = others[others.indicator.str.startswith("co2_cbs_")]
    material = others[others.indicator.str.startswith("direct_material_input_")]
    eleven = cells[cells.indicator.isin(PUBLISHED)]
    found = [
        checks.parts_and_totals(eleven),
        checks.totals_agree(_used(eleven, figures)),
        checks.at_most(figures, "labour_volume_k", "jobs_k", "labour-at-most-jobs", "kjob"),
        checks.at_most(figures, "value_added_meur", "turnover_meur", "value-added-at-most-turnover", "MEUR"),
        checks.headline_figures(figures, HEADLINES),
        checks.billion_kg_is_megatonne(figures, "headline_material_gkg", "material_mkg"),
        checks.against_cbs(figures, co2, limits["cbs_tolerance"], chosen_indicator("cbs_year")),
        checks.concentration(figures, PUBLISHED, limits["concentration_limit"]),
        checks.one_share(figures, SHARED_OUT, limits["one_share_limit"]),
        checks.at_least_known(figures, _in_provinces(figures, POINT_SOURCES), "co2_kt", "point-sources"),
        checks.at_most_known(figures, material, "material_mkg", "material-of-the-economy"),
        checks.at_most(figures, "co2_reduction_kt", "co2_kt", "potential-at-most-emissions", "ktCO2"),
        checks.one_percentage(figures),
        checks.potential_replicated(figures),
    ]
    national = figures[figures.place == NL.place]
    if POINT_SOURCES in set(national.indicator):
        found.append(checks.at_most(national, POINT_SOURCES, "co2_kt", "sources-and-national", "ktCO2"))
    if (named := named_groups(edition)) is not None:
        found.append(checks.same_list("product-group-list", named, set(codelist("product_groups").index)))
    for cluster in clusters():
        if groups_of(cluster):
            found.append(checks.cluster_of_product_groups(figures, cluster.cluster, groups_of(cluster), PUBLISHED))
    return pd.concat(found, ignore_index=True)


def _in_provinces(figures: pd.DataFrame, code: str) -> pd.DataFrame:
    """The figures of an indicator for provinces, all product groups together."""
    return figures[(figures.indicator == code) & (figures.place != NL.place) & (figures.cluster == "")]


def _used(cells: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The cells that figures rest on: not those that another source prevails over, or prints more precisely."""
    inputs = set(chain.from_iterable(figures.inputs))
    return cells[[name in inputs for name in tables.cell_names(cells)]]
