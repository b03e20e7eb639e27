"""The pipeline: evidence -> method -> checks -> regions -> facts.

The one place where the layers meet, and the only list of what is derived from what.
"""

import json
import math
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pandas as pd

from factpress import codelists, files, hashes, texts
from factpress.builder import freshness, uses
from factpress.codelists import codelist
from factpress.dimensions import Subject, fact_id
from factpress.editions import PUBLISHED as AS_PUBLISHED
from factpress.editions import parts
from factpress.errors import InputError, PartFailed, UnknownName
from factpress.facts import ALLOCATED, COLUMNS, SEPARATOR, Facts, described, schema
from factpress.home import home, shown
from factpress.indicators import base, indicator
from factpress.languages import LANGUAGES
from upcm_analysis.registers import corrections, sources, tables
from upcm_analysis.registers.assumptions import (
    ASSUMPTIONS,
    PREVAILING,
    Numbers,
    choices,
    chosen_indicator,
    chosen_numbers,
    chosen_years,
    numbers,
    oddities,
    prevailing,
    register,
)
from upcm_analysis.topics.editions import causes, released, revisions
from upcm_analysis.topics.editions.compare import CHANGES, Side
from upcm_analysis.topics.editions.record import FILE, Record, record
from upcm_analysis.topics.figures import checks, impact, potential
from upcm_analysis.topics.functions import contributions, events
from upcm_analysis.topics.functions import sources as function_sources
from upcm_analysis.topics.programme import forms
from upcm_analysis.topics.programme import sources as listed
from upcm_analysis.topics.regions import concordance, coverage, refutation
from upcm_analysis.topics.regions import sources as region_sources
from upcm_analysis.topics.scenarios import sources as scenario_sources
from upcm_analysis.vocabulary import units
from upcm_analysis.vocabulary.figures import FIGURE, SUBJECT, rounded
from upcm_analysis.vocabulary.methods import method_of, methods, named
from upcm_analysis.vocabulary.subjects import NL, clusters, grounds_of, groups_of

#: The eleven figures of the three tables.
PUBLISHED = [
    "jobs_k",
    "labour_volume_k",
    "organisations_0_50",
    "organisations_51_100",
    "organisations_over_100",
    "turnover_meur",
    "value_added_meur",
    "value_added_potential_meur",
    "co2_kt",
    "co2_reduction_kt",
    "material_mkg",
]
SIZE_CLASSES = ["organisations_0_50", "organisations_51_100", "organisations_over_100"]
ADDITIVE = [*PUBLISHED, "organisations"]
#: Each ratio: what it is called, what is divided, by what. The factor follows from the units.
RATIOS = [
    ("organisations_0_50_pct", "organisations_0_50", "organisations"),
    ("organisations_51_100_pct", "organisations_51_100", "organisations"),
    ("organisations_over_100_pct", "organisations_over_100", "organisations"),
    ("jobs_per_organisation", "jobs_k", "organisations"),
    ("value_added_per_job_keur", "value_added_meur", "jobs_k"),
    ("value_added_per_organisation_meur", "value_added_meur", "organisations"),
    ("co2_per_value_added_kg_eur", "co2_kt", "value_added_meur"),
    ("material_per_value_added_kg_eur", "material_mkg", "value_added_meur"),
]
#: Of a product group the whole percentage that fits; of all others, and where one always fits, the quotient.
PERCENTAGES = [
    ("value_added_potential_pct", "value_added_potential_meur", "value_added_meur"),
    ("co2_reduction_pct", "co2_reduction_kt", "co2_kt"),
]
#: What is also told per job, over the national figure per job.
PER_JOB = ["value_added_meur", "turnover_meur", "organisations", "organisations_over_100", "co2_kt", "material_mkg"]
RANKED = [*ADDITIVE, *(name for name, _, _ in RATIOS + PERCENTAGES)]
#: What has an order. Provinces have none: all their figures are allocated, so an order would be that of the key.
ORDERED = ("cluster", "product-group")
#: The figures that one share for each province is held against: all but the jobs, which the share is of.
SHARED_OUT = PUBLISHED[1:]
NOT_MANUFACTURING = "38"
#: What figures of the programme itself are about; other figures do not have it.
OWN = ["project", "team"]
#: The roles of the tables that the programme steers by.
STEERING = ("projects", "sheets", "progress", "roadmap")
#: The table that names the product groups and has no figures.
GROUPS = "feiten-en-cijfers/product-groups"
#: The tables of how an edition differs from one that was released, and their columns.
REVISIONS = {"changes": [*CHANGES, "why", "causes", "pct"], "causes": causes.COLUMNS, "sizes": revisions.SIZES}
#: The CO2 of the known point sources in a place, or of a cluster.
POINT_SOURCES = "co2_point_sources_kt"
#: Which part of an independent national figure the known point sources of a product group are.
COVERAGE = "co2_point_sources_coverage_pct"
#: How often the single-key test passes with most noise on one family of columns; and the families that it tells nothing of.
PASSED = "single_key_passed_"
BLIND = ("single_key_passed_co2_pct", "single_key_passed_material_pct")
HEADLINES = {
    "headline_jobs": "jobs_k",
    "headline_value_added_geur": "value_added_meur",
    "headline_material_gkg": "material_mkg",
    "dashboard_co2_reduction_mt": "co2_reduction_kt",
    "dashboard_value_added_geur": "value_added_potential_meur",
}


@dataclass(frozen=True)
class Edition:
    """Everything that an edition rests on: `cells` as printed, `facts`, judged `findings`, the `replication`, `tables`.

    `tables` are by name: the tests behind the figures of product groups and clusters in provinces, what stands beside the
    scores of innovation functions, the projects, and what is told of a scenario. The name of an edition under a scenario
    has that in it: `2020.central`.
    """

    name: str
    cells: pd.DataFrame
    facts: Facts
    findings: pd.DataFrame
    replication: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    record: Record


def build(edition: str) -> Edition:
    """An edition from its raw sources. Raises InputError for bad input and PartFailed for a check that fails unknown."""
    made = assemble(edition)
    failed = made.findings[made.findings.state == "fail"]
    if len(failed):
        first = [
            f"{row.check}: {row.subject} {row.indicator}: found {row.found:g}, expected {row.expected:g}"
            for row in failed.head(5).itertuples()
        ]
        raise PartFailed(
            f"{len(failed)} checks of edition {edition} fail and are not known oddities:\n  "
            + "\n  ".join(first)
            + "\n  see 'upcm check'; explain a real oddity in data/oddities.csv, or take out one that is no longer found"
        )
    return replace(made, tables=made.tables | _revisions(made))


def assemble(edition: str) -> Edition:
    """An edition with its findings, also where checks fail; then it tells nothing of parts of the industry in provinces.

    Raises InputError for bad input, and where the published figures of the regions cannot hold together.
    """
    texts.check()
    _require(edition)
    _require_used()
    name, (edition, scenario) = edition, parts(edition)
    others = tables.cells(edition, "comparison")
    printed = pd.concat([tables.cells(edition), _comparable(others)], ignore_index=True)
    of_projects = pd.concat([printed[printed.project != ""], forms.cells(edition)], ignore_index=True)
    cells = printed[printed.project == ""]
    published = _published(cells)
    grounds = _grounds(others)
    figures = _derive(published, grounds)
    findings = checks.judge(_check(edition, cells, figures, others), oddities(edition))
    made = [figures.assign(scenario=AS_PUBLISHED)]
    steered = _steering(edition, of_projects)
    made.append(steered.figures.assign(scenario=AS_PUBLISHED))
    told = steered.tables
    if not (findings.state == "fail").any():
        found = _regions(published, figures, grounds, edition)
        made.append(found.figures.assign(scenario=AS_PUBLISHED))
        told |= found.tables
        of_regions = pd.concat([found.findings, _power(found.figures)], ignore_index=True)
        findings = pd.concat([findings, checks.judge(of_regions, _handled(found))], ignore_index=True)
        if scenario != AS_PUBLISHED:
            under = _under(published, scenario)
            made.append(under.figures.assign(scenario=scenario))
            told |= under.tables
    scored = _functions(edition)
    told |= scored.tables
    if len(scored.figures):
        made.append(scored.figures.assign(scenario=AS_PUBLISHED))
    facts = _facts(pd.concat(made, ignore_index=True), edition)
    told["methods"] = _methods(facts.table)
    unseen = tables.whole(edition, (*sources.PRIVATE, *STEERING))
    alone = others.drop(_comparable(others).index)  # about no subject of this repository, but a ground to compare with
    alone = alone[pd.Series(tables.cell_names(alone), index=alone.index).isin(grounds.cell)]
    whole = pd.concat([cells, of_projects, alone, unseen], ignore_index=True)
    made_of = record(whole, facts.table, edition)
    return Edition(name, whole, facts, findings, potential.replication(published), told, made_of)


def _revisions(made: Edition) -> dict[str, pd.DataFrame]:
    """How an edition differs from those released until then, its own release among them, and why: see `causes`, `revisions`.

    The column `against` says from which release. Under a scenario an edition is compared with none.
    """
    now, found = Side(made.facts.table, made.record), {name: [] for name in REVISIONS}
    for name in released.names():
        if name <= made.name and parts(made.name)[1] == AS_PUBLISHED:
            then = Side.read(released.path(name))
            changes, why = causes.explained(then, now)
            changes["pct"] = revisions.relative(changes.before, changes.after).where(changes.difference.notna())
            sizes = revisions.sizes(_pairs(then.facts, now.facts, set(changes.fact_id)))
            for kind, table in zip(REVISIONS, (changes, why, sizes), strict=True):
                found[kind].append(table.assign(against=name))
    return {
        kind: pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=[*REVISIONS[kind], "against"])
        for kind, tables in found.items()
    }


def _pairs(then: pd.DataFrame, now: pd.DataFrame, moved: set[str]) -> pd.DataFrame:
    """The facts that two editions both have in one unit, of indicators themselves and not of a form such as their rank."""
    plain = now[now.indicator.isin(codelist("indicators").index)]
    both = then.merge(plain, on=["fact_id", "unit"], suffixes=("_then", "_now"))
    return both.assign(
        before=both.value_then,
        after=both.value_now,
        estimated=both.status_now == "estimated",
        same=~both.fact_id.isin(moved),
    )


def _require(name: str) -> None:
    """That there is an edition, and a scenario, of this name."""
    edition, scenario = parts(name)
    if edition not in sources.editions():
        raise UnknownName("edition", edition, sources.editions(), file=sources.REGISTER, column="edition")
    scenario_sources.require(scenario)


def _require_used() -> None:
    """That every assumption can be used, and that there is the function that each, and each rule of a warning, names."""
    from upcm_analysis.topics.functions import build as function_build  # noqa: F401 - here, because their methods are theirs
    from upcm_analysis.topics.programme import build as programme_build  # noqa: F401 - here, because their methods are theirs
    from upcm_analysis.topics.regions import build as region_build  # noqa: F401 - here, because their methods are theirs
    from upcm_analysis.topics.scenarios import build as scenario_build  # noqa: F401 - here, because their methods are theirs

    for name, row in codelist("warning_rules").iterrows():
        if row.method:
            named(row.method, file=shown(codelists.file("warning_rules")), row=name, column="method")
    for name, row in register().iterrows():
        if row.used_in not in uses.definitions():
            raise InputError(
                "an assumption that nothing uses",
                file=ASSUMPTIONS,
                row=name,
                column="used_in",
                found=row.used_in,
                expected="a function of this package, by its full name",
                remedy="name the function that uses it, or take the row out",
            )
    scenario_sources.check()


def scenario_of(name: str):
    """The assumptions of a scenario, as `scenarios.build.outlook` takes them."""
    from upcm_analysis.topics.scenarios import (
        build as scenario_build,  # here, because the tables as published need none
    )

    return scenario_build.Scenario(name, scenario_sources.parameters(name), scenario_sources.curve(name))


def _under(published: pd.DataFrame, name: str):
    """What is told of a scenario: its figures, and tables with its assumptions and how it differs from another."""
    from upcm_analysis.topics.scenarios import build as scenario_build

    own = scenario_of(name)
    found = scenario_build.outlook(published, own, numbers(), _whole_clusters(), chosen_years("potential_horizons"))
    others = [one for one in scenario_sources.names()[1:] if one != name]
    if others:
        other = scenario_of(_beside(name))
        told = scenario_build.difference(other, own, scenario_build.baselines(published))
        found.tables["difference"] = rounded(told).assign(other=other.name)
    found.tables["parameters"] = own.parameters.assign(
        name=[own.curve if one == "adoption" else "" for one in own.parameters.parameter]
    )
    return found


def _beside(name: str) -> str:
    """The scenario that another is compared with: the one before it in the register, and of the first the one after it."""
    known = scenario_sources.names()[1:]
    at = known.index(name)
    return known[at - 1 if at else 1]


def _steering(edition: str, cells: pd.DataFrame):
    """What the programme steers by; `cells` are those of projects."""
    from upcm_analysis.topics.programme import build as programme_build

    named = tuple(tables.cell_names(tables.whole(edition, STEERING)))
    evidence = programme_build.Evidence(
        listed.projects(edition),
        forms.forms(edition, forms.SHEET),
        forms.forms(edition, forms.PROGRESS),
        listed.roadmap(edition),
        contributions.cited(edition),
        named,
    )
    own = cells.groupby("project", sort=False)
    published = [_published(part).assign(project=name, team="") for name, part in own]
    counts = choices().value["function_stimulating"].split()
    return programme_build.steering(pd.concat(published, ignore_index=True), evidence, counts)


def _comparable(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of comparisons that are about a subject of this repository, and so can be facts beside the edition's own."""
    return cells[cells.product_group.isin(["", *codelist("product_groups").index])]


def _published(cells: pd.DataFrame) -> pd.DataFrame:
    """Figures from cells: one row a figure; what several tables print has the cells of all that stand as inputs.

    Where they print the same value and round it differently the widest interval stands. Rows of one table about the same,
    such as two point sources, are parts of it. Raises InputError where tables print different values; see `_standing`.
    """
    keys = ["indicator", *SUBJECT]
    cells = cells.assign(
        scope="",
        inputs=tables.cell_names(cells),
    )
    one_table = cells.groupby([*keys, "source"], sort=False).agg(
        value=("value", lambda value: value.sum(skipna=False)),  # with an unknown part the whole is unknown
        low=("low", lambda low: low.sum(skipna=False)),
        high=("high", lambda high: high.sum(skipna=False)),
        inputs=("inputs", tuple),
    )
    several = one_table[one_table.index.droplevel("source").duplicated(keep=False)]
    standing = {name for _, rows in several.groupby(keys, sort=False) for name in _standing(rows, cells)}
    figures = (
        one_table[~one_table.index.isin(several.index) | one_table.index.isin(list(standing))]
        .groupby(keys, sort=False)
        .agg(
            value=("value", "first"),
            low=("low", "min"),
            high=("high", lambda high: high.max(skipna=False)),
            inputs=("inputs", lambda parts: tuple(chain.from_iterable(parts))),
        )
        .reset_index()
    )
    figures["method"] = method_of(tables.read).id
    return figures[[*FIGURE, "method"]]


def _standing(rows: pd.DataFrame, cells: pd.DataFrame) -> list[tuple]:
    """Of what several tables print of one figure, a row a table, the index of those that stand.

    Not those that do not know it, that another prevails over, or that print the same less precisely. Raises InputError where
    two that are left print different values: that is no rounding.
    """
    told = rows[rows[["value", "low", "high"]].notna().any(axis=1)]
    rows = told if len(told) else rows
    there = rows.index.get_level_values("source")
    rows = rows[~there.isin([over for source, over in prevailing().index if source in there])]
    ends = rows.assign(low=rows.low.fillna(-math.inf), high=rows.high.fillna(math.inf))
    ends["wide"] = ends.high - ends.low
    first, standing = ends.loc[ends.wide.idxmin()], []
    for name, other in ends.iterrows():
        same = other.value == first.value and math.isinf(other.high) == math.isinf(first.high)
        same = same or (other.low, other.high) == (first.low, first.high)
        within = [first.low, first.high] if pd.isna(first.value) else [first.value]
        if same:
            standing.append(name)
        elif other.wide <= first.wide * (1 + 1e-9) or not all(other.low <= end <= other.high for end in within):
            raise _contradicting(first.name, name, cells)
    return standing


def _contradicting(first: tuple, second: tuple, cells: pd.DataFrame) -> InputError:
    """The error of a figure of which two tables, each the last of a row's keys, print different values."""
    keys = ["indicator", *SUBJECT, "source"]
    found = cells.set_index(keys, append=True).reset_index(level=0, names="at").sort_index()
    one, other = sorted((found.loc[[name]].iloc[0] for name in (first, second)), key=lambda cell: cell["at"])

    def said(cell) -> str:
        """What a cell prints, and what that is."""
        value = "unknown" if pd.isna(cell["value"]) else f"{cell['value']:.12g}"
        return f"{value} {cell.unit}, printed as {cell.printed}"

    file, there = (tables.cell_file(cell.inputs) for cell in (other, one))
    code, *about = other.name[:-1]
    return InputError(
        f"two tables print different values of {fact_id(code, Subject(*about, other.project))}",
        file=file,
        row=f"{other.line} ({other['row']})",
        column=other["column"],
        found=said(other),
        expected=f"{said(one)} in {there}, row {one.line} ({one['row']}), column {one['column']}",
        remedy=f"say in {PREVAILING} which of the two prevails and why; correct a misprint in {corrections.FILE}; "
        f"or give the one that is not to be used the role '{sources.STORED}' in {sources.REGISTER}",
    )


def _derive(published: pd.DataFrame, grounds: pd.DataFrame) -> pd.DataFrame:
    """All figures: the published ones and everything that follows from them, each with the function that made it.

    `grounds` are the independent national figures that point sources are compared with.
    """
    parts = [published]

    def add(function, *arguments, **named):
        result = function(*arguments, **named)
        parts.append(result.assign(method=method_of(function).id))

    def so_far():
        return pd.concat(parts, ignore_index=True)

    add(impact.total, published, SIZE_CLASSES, "organisations")
    source = chosen_indicator("anchored_sources")
    add(impact.by_place, published, source, POINT_SOURCES, _factor(POINT_SOURCES, source), _whole_clusters())
    add(coverage.coverage, so_far(), grounds, POINT_SOURCES, COVERAGE)
    holding = [cluster for cluster in clusters() if NOT_MANUFACTURING in groups_of(cluster)]
    add(impact.without, so_far(), NOT_MANUFACTURING, ADDITIVE, [NL, *holding])
    base = so_far()
    for name, over, under in RATIOS:
        add(impact.ratio, base, over, under, name, _factor(name, over, under))
    add(potential.whole_percentages, published)
    whole = parts[-1]
    for name, over, under in PERCENTAGES:
        rest = base[~base.product_group.isin(whole.product_group[whole.indicator == name])]
        add(impact.ratio, rest, over, under, name, _factor(name, over, under))
    plain = base[base.scope == ""]
    for code in ADDITIVE:
        add(impact.share, plain, code)
    for code in PER_JOB:
        add(impact.per_job_relative, plain, code)
    for code in SHARED_OUT:
        add(impact.one_share_misfit, plain, code)
    everything = so_far()
    for code in RANKED:
        for kind in ORDERED:
            add(impact.rank, everything, code, kind)
    return so_far()


def _in_provinces(figures: pd.DataFrame, code: str) -> pd.DataFrame:
    """The figures of an indicator for provinces, all product groups together."""
    return figures[(figures.indicator == code) & (figures.place != NL.place) & (figures.cluster == "")]


def _whole_clusters() -> dict[str, list[str]]:
    """The clusters that consist of whole product groups, and which these are."""
    return {one.cluster: groups_of(one) for one in clusters() if groups_of(one)}


def _grounds(others: pd.DataFrame) -> pd.DataFrame:
    """The independent national figures that point sources may be compared with, in the unit of CO2, from all comparisons.

    One that no table of the edition has is no ground, nor is there one for sources of which none is listed: what is not known
    to be covered is not.
    """
    rows = []
    for group, ground in grounds_of(chosen_indicator("anchored_sources")).iterrows():
        found = others[(others.indicator == ground.national) & (others.product_group == ground.industry)]
        for name, row in zip(tables.cell_names(found), found.itertuples(), strict=True):
            factor = _factor(POINT_SOURCES, ground.national)
            rows.append((group, factor * row.low, factor * row.value, factor * row.high, name))
    return pd.DataFrame(rows, columns=coverage.GROUND)


def _registered(figures: pd.DataFrame, grounds: pd.DataFrame, regional):
    """The known point sources, and what is known of each product group that they are parts of."""
    groups = coverage.by_group(figures, regional.CO2)
    largest = groups.high.combine(grounds.set_index("product_group").high, max, fill_value=0)
    known, covered = (coverage.by_group(figures, code).low for code in (POINT_SOURCES, COVERAGE))
    return regional.Sources(_point_sources(figures), groups.assign(known=known, covered=covered, largest=largest))


def _power(figures: pd.DataFrame) -> pd.DataFrame:
    """Check what is told of the power of the single-key test; `figures` are those of the regions."""
    limits, passed = numbers(), figures[figures.indicator.str.startswith(PASSED)]
    return checks.power_families(passed, BLIND, limits["power_blind_least"], limits["power_sharp_most"])


def _handled(found) -> pd.DataFrame:
    """What the check of the regions found and is withheld, as known oddities are: by check, subject and indicator."""
    wrong = found.findings[~found.findings.holds]
    own = found.figures[found.figures.method == method_of(refutation.refuted).id]
    names = {fact_id(row.indicator, Subject(row.place, row.cluster, row.product_group)) for row in own.itertuples()}
    return wrong[(wrong.indicator + "/" + wrong.subject).isin(names)].set_index(["check", "subject", "indicator"])


def _regions(published: pd.DataFrame, figures: pd.DataFrame, grounds: pd.DataFrame, edition: str):
    """Product groups and clusters in provinces."""
    from upcm_analysis.topics.regions import (
        build as region_build,  # here, because who only reads the tables need not load a solver
    )

    whole = _whole_clusters()
    choices = Numbers({**numbers(), "crossing_prior": chosen_indicator("crossing_prior")})
    noise, sizes = (chosen_numbers("power_noise"), chosen_numbers("power_family_noise")), tuple(SIZE_CLASSES)
    ratios = [(*one, _factor(*one)) for one in (*RATIOS, *PERCENTAGES) if {*one[1:]} <= {*PUBLISHED}]
    placed, besides = _registered(figures, grounds, region_build), _known(edition, region_build)
    return region_build.regions(published, PUBLISHED, whole, choices, noise, ratios, placed, sizes, besides)


def _functions(edition: str):
    """The innovation functions of clusters."""
    from upcm_analysis.topics.functions import (
        build as function_build,  # here, because who only reads the tables need not load what it needs
    )

    named = tuple(tables.cell_names(tables.whole(edition, ("answers",))))
    evidence = function_build.Evidence(
        function_sources.answers(edition),
        contributions.cited(edition),
        events.events(edition),
        events.phases(edition),
        named,
    )
    return function_build.innovation(evidence, choices().value)


def _point_sources(published: pd.DataFrame) -> pd.DataFrame:
    """The point sources that are put at their place, in the unit of CO2."""
    code, sides = chosen_indicator("anchored_sources"), ["value", "low", "high"]
    found, factor = published[published.indicator == code], _factor(POINT_SOURCES, code)
    return found.assign(**{side: factor * found[side] for side in sides})


def _known(edition: str, regional):
    """What a user knows besides the published tables."""
    found, classes = region_sources.figures(edition, PUBLISHED), region_sources.concordance(edition)
    return regional.Known(
        concordance.rolled_up(found, codelist("sbi_classes").product_group, classes) if len(found) else None,
        None if classes is None else concordance.parts(classes),
        tuple(tables.cell_names(tables.whole(edition, region_sources.ROLES))),
    )


def _factor(name: str, over: str, under: str | None = None) -> float:
    unit = {code: indicator(code).unit for code in (name, over, under) if code}
    return units.factor(f"({unit[over]}) / ({unit[under]})" if under else unit[over], unit[name])


def _facts(figures: pd.DataFrame, edition: str) -> Facts:
    """The table of facts of an edition, checked against its schema."""
    table = figures.copy()
    table[OWN] = table[OWN].fillna("")
    keys = table[[*SUBJECT, *OWN]].itertuples(index=False, name=None)
    abouts = [Subject(*key) for key in keys]
    rows = zip(table.indicator, abouts, table.scenario, strict=True)
    table["fact_id"] = [fact_id(code, about, scenario) for code, about, scenario in rows]
    table["indicator"] = [name.partition("/")[0] for name in table.fact_id]
    table["unit"] = [indicator(code).unit for code in table.indicator]
    table["sign"] = ["." if pd.isna(value) else "0" if value == 0 else "" for value in table.value]
    table["edition"] = edition
    table["warnings"] = _warnings(table, abouts)
    table["status"] = _statuses(table)
    table["inputs"] = [SEPARATOR.join(inputs) for inputs in table.inputs]
    table = table.sort_values("fact_id", kind="stable", ignore_index=True)[COLUMNS]
    numbers = ["value", "low", "high"]
    table[numbers] = table[numbers].astype(float)
    table = table.astype({name: object for name in COLUMNS if name not in numbers})
    return Facts(schema().validate(table))


def _methods(facts: pd.DataFrame) -> pd.DataFrame:
    """What is told of the methods that made the facts, so that who reads them need not load what calculates."""
    used = [methods()[name] for name in sorted(facts.method.unique())]
    return pd.DataFrame(
        [
            {
                "method": one.id,
                **{f"name_{language}": one.label[language] for language in LANGUAGES},
                "status": one.status,
                "formula": one.formula,
                "function": one.function,
            }
            for one in used
        ]
    )


def _statuses(table: pd.DataFrame) -> list[str]:
    """Of each fact its status: what was printed, or follows from that, is allocated where its warnings say so."""
    made = [methods()[method].status for method in table.method]
    return [
        ALLOCATED if status in ("published", "derived") and ALLOCATED in warnings.split(SEPARATOR) else status
        for status, warnings in zip(made, table.warnings, strict=True)
    ]


def _warnings(table: pd.DataFrame, abouts: list[Subject]) -> list[str]:
    """Of each fact the warnings: by rule, and those of the facts of the same subject that it was calculated from."""
    rules = list(codelist("warning_rules").itertuples())
    found = {}
    columns = (table.fact_id, map(base, table.indicator), abouts, table.method, table.inputs)
    for name, code, about, method, inputs in zip(*columns, strict=True):
        own = [
            rule.warning
            for rule in rules
            if rule.indicator in ("", code)
            and rule.method in ("", method)
            and rule.kind in ("", about.kind)
            and rule.product_group in ("", about.product_group)
        ]
        inherited = [w for part in inputs if part.endswith("/" + about.path) for w in found.get(part, [])]
        found[name] = list(dict.fromkeys([*own, *inherited]))
    return [SEPARATOR.join(found[name]) for name in table.fact_id]


def _check(edition: str, cells: pd.DataFrame, figures: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Every finding of every check on an edition; `others` are the cells of its comparisons."""
    limits = numbers()
    tables_of_eleven = cells[cells.indicator.isin(PUBLISHED)]
    findings = [
        checks.parts_and_totals(tables_of_eleven),
        checks.totals_agree(_used(tables_of_eleven, figures)),
        checks.at_most(figures, "labour_volume_k", "jobs_k", "labour-at-most-jobs", "kjob"),
        checks.at_most(figures, "value_added_meur", "turnover_meur", "value-added-at-most-turnover", "MEUR"),
        checks.headline_figures(figures, HEADLINES),
        checks.billion_kg_is_megatonne(figures, "headline_material_gkg", "material_mkg"),
        checks.against_cbs(
            figures,
            others[others.indicator.str.startswith("co2_cbs_")],
            limits["cbs_tolerance"],
            chosen_indicator("cbs_year"),
        ),
        checks.concentration(figures, PUBLISHED, limits["concentration_limit"]),
        checks.one_share(figures, SHARED_OUT, limits["one_share_limit"]),
        checks.at_least_known(figures, _in_provinces(figures, POINT_SOURCES), "co2_kt", "point-sources"),
        checks.at_most_known(
            figures,
            others[others.indicator.str.startswith("direct_material_input_")],
            "material_mkg",
            "material-of-the-economy",
        ),
        checks.at_most(figures, "co2_reduction_kt", "co2_kt", "potential-at-most-emissions", "ktCO2"),
        checks.one_percentage(figures),
        checks.potential_replicated(figures),
    ]
    national = figures[figures.place == NL.place]
    if POINT_SOURCES in set(national.indicator):
        findings.append(checks.at_most(national, POINT_SOURCES, "co2_kt", "sources-and-national", "ktCO2"))
    if GROUPS in sources.of_edition(edition).index:
        named, known = set(tables.rows(GROUPS).product_group), set(codelist("product_groups").index)
        findings.append(checks.same_list("product-group-list", named, known))
    for cluster in clusters():
        if groups_of(cluster):
            findings.append(checks.cluster_of_product_groups(figures, cluster.cluster, groups_of(cluster), PUBLISHED))
    return pd.concat(findings, ignore_index=True)


def _used(cells: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The cells that figures rest on: not those that another source prevails over, or prints more precisely."""
    inputs = set(chain.from_iterable(figures.inputs))
    return cells[[name in inputs for name in tables.cell_names(cells)]]


def processed(edition: str) -> Path:
    """Where the processed tables of an edition lie."""
    return home() / "data" / "processed" / edition


def refresh(edition: str) -> Path:
    """The folder of the processed tables of an edition, made anew where what they are made of has changed.

    Of two processes that ask for it at once, one makes it and the other waits.
    """
    _require(edition)
    target = processed(edition)
    with files.alone(target):
        try:
            note = json.loads((target / freshness.NOTE).read_text(encoding="utf-8"))
            whole = note == {**_made_of(), "files": hashes.of_files(target, without=freshness.NOTE)}
        except (OSError, ValueError):
            whole = False
        return target if whole else _written(build(edition))


def side(name: str, as_released: bool = False) -> Side:
    """An edition to compare, by its name or from its facts (`.../facts.csv`, or that of a release), with its record.

    With `as_released` an edition by name is as it was released, if it was; else it is as it would be built now.
    """
    for path in (Path(name), Path(name) / "facts.csv"):
        if path.is_file():
            return Side.read(path)
    if as_released and name in released.names():
        return Side.read(released.path(name))
    if parts(name)[0] not in sources.editions():
        raise InputError(
            "there are no facts to compare",
            found=name,
            expected=f"a facts.csv, or one of the editions {', '.join(sources.editions())}",
            remedy=f"name the edition as {sources.REGISTER} does",
        )
    return Side.read(refresh(name) / "facts.csv")


def write(made: Edition) -> Path:
    """The tables of an edition as CSV and Parquet in `data/processed/<edition>`, all at once or not at all."""
    with files.alone(processed(made.name)):
        return _written(made)


def _written(made: Edition) -> Path:
    target = processed(made.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    parts = {
        "facts": made.facts.table,
        "cells": made.cells,
        "findings": made.findings,
        "replication": made.replication.assign(fits=[" ".join(map(str, fits)) for fits in made.replication.fits]),
        **made.tables,
    }
    for left in target.parent.glob(f".{made.name}-*"):
        shutil.rmtree(left, ignore_errors=True)  # of a run that was killed
    room = Path(tempfile.mkdtemp(prefix=f".{made.name}-", dir=target.parent))
    try:
        with files.saying(target):
            for name, table in parts.items():
                table.to_csv(room / f"{name}.csv", index=False, float_format="%.12g", lineterminator="\n")
                _write_parquet(table, room / f"{name}.parquet")
            (room / FILE).write_text(made.record.text(), encoding="utf-8")
            note = {**_made_of(), "files": hashes.of_files(room)}
            (room / freshness.NOTE).write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")
            files.replace(room, target)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return target


def _made_of() -> dict[str, str]:
    """What the tables of an edition are made of: the data, and the code that makes them of it."""
    code = uses.used([f"{__name__}.build", f"{__name__}.write"])
    return {"data": freshness.data(), "code": hashes.of_value(code)}


def _write_parquet(table: pd.DataFrame, path: Path) -> None:
    """Writes a table; what stands in the columns of facts goes with it as metadata."""
    import duckdb  # here, because only `upcm data` writes Parquet

    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")  # one row group after another: the same bytes each time
        connection.register("written", table)
        known = {name: text for name, text in described("en").items() if path.stem == "facts"}
        said = ", ".join(f"{name}: '{text.replace(chr(39), chr(39) * 2)}'" for name, text in known.items())
        form = f"FORMAT parquet, KV_METADATA {{{said}}}" if said else "FORMAT parquet"
        target = os.fspath(path).replace("'", "''")
        try:
            connection.execute(f"COPY written TO '{target}' ({form})")
        except duckdb.Error as error:  # as of a full disk
            raise PartFailed(f"{path} cannot be written: {str(error).splitlines()[0]}") from None
