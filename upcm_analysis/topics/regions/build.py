"""The regions: product groups and clusters in provinces, as far as the published totals tell, as figures and tables.

Single-key test -> bounds -> estimate -> what is refused -> what sources refute -> what is suppressed. All of it together takes
some fifteen seconds, and is remembered. What a user knows besides makes the bounds narrower, as far as it may be released.
"""

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from factpress import disk_cache
from factpress.dimensions import Subject, fact_id
from factpress.methods import PRINTED, method_of
from upcm_analysis.registers.assumptions import Numbers, chosen_indicator, chosen_numbers, numbers
from upcm_analysis.topics.regions import (
    allocation,
    anchors,
    as_figures,
    concordance,
    coverage,
    crossing,
    disclosure,
    refutation,
    region_checks,
    solving,
    withholding,
)
from upcm_analysis.topics.regions import sources as region_sources
from upcm_analysis.topics.regions.solving import CO2, RELEASED, SHARE
from upcm_analysis.vocabulary import units
from upcm_analysis.vocabulary.figures import SUBJECT
from upcm_analysis.vocabulary.findings import KEYS, no_findings
from upcm_analysis.vocabulary.published import COVERAGE, PERCENTAGES, POINT_SOURCES, PUBLISHED, RATIOS, SIZE_CLASSES
from upcm_analysis.vocabulary.results import RESULT, Made, SoFar
from upcm_analysis.vocabulary.subjects import unions

#: The families of columns that the single-key test tells nothing of, by their fact of how often it passes.
BLIND = tuple(as_figures.PASSED.format(family) for family in ("co2", "material"))


@dataclass(frozen=True)
class Regions:
    """The figures of product groups and clusters in provinces, and `tables`: the tests that they rest on.

    `findings` are what a check of the figures against point sources found; those that do not hold are withheld.
    """

    figures: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    findings: pd.DataFrame


@dataclass(frozen=True)
class Sources:
    """The known point sources: `figures` of each product group in a province, in the unit of CO2.

    `groups` is what is known of each product group, as `coverage.sufficient` takes it, and the `largest` figure there is of it.
    """

    figures: pd.DataFrame
    groups: pd.DataFrame


@dataclass(frozen=True)
class Known:
    """What is known besides the published tables: `figures` as `concordance.rolled_up` gives them, and `parts`, of each
    cluster that is cut finer the product groups that may have a part in it. `cells` are the names of the tables it is from.
    """

    figures: pd.DataFrame | None = None
    parts: dict[str, list[str]] | None = None
    cells: tuple[str, ...] = ()


def build(so_far: SoFar) -> Made:
    """Make the figures of product groups and clusters in provinces; nothing where a check of the published ones fails."""
    if so_far.failed:
        return Made()
    covered = coverage.coverage(so_far.figures, region_sources.grounds(so_far.edition), POINT_SOURCES, COVERAGE).assign(
        method=method_of(coverage.coverage).id
    )
    figures = pd.concat([so_far.figures, covered], ignore_index=True)[RESULT]
    found = regions(
        figures[figures.method == PRINTED],
        PUBLISHED,
        unions(),
        Numbers({**numbers(), "crossing_prior": chosen_indicator("crossing_prior")}),
        (chosen_numbers("power_noise"), chosen_numbers("power_family_noise")),
        [(*one, units.conversion(*one)) for one in (*RATIOS, *PERCENTAGES) if {*one[1:]} <= {*PUBLISHED}],
        registered(figures, region_sources.grounds(so_far.edition)),
        tuple(SIZE_CLASSES),
        known(so_far.edition),
    )
    return Made(
        pd.concat([covered, found.figures], ignore_index=True),
        found.tables,
        pd.concat([found.findings, _power(found.figures)], ignore_index=True),
        _handled(found),
        region_sources.cells(so_far.edition),
    )


def registered(figures: pd.DataFrame, grounds: pd.DataFrame) -> Sources:
    """Return the known point sources, and what is known of each product group that they are parts of."""
    code, sides = chosen_indicator("anchored_sources"), ["value", "low", "high"]
    printed, factor = figures[figures.indicator == code], units.conversion(POINT_SOURCES, code)
    groups = coverage.by_group(figures, CO2)
    largest = groups.high.combine(grounds.set_index("product_group").high, max, fill_value=0)
    listed, covered = (coverage.by_group(figures, name).low for name in (POINT_SOURCES, COVERAGE))
    return Sources(
        printed.assign(**{side: factor * printed[side] for side in sides}),
        groups.assign(known=listed, covered=covered, largest=largest),
    )


def known(edition: str) -> Known:
    """Return what a user knows besides the published tables."""
    found, classes = region_sources.figures(edition, PUBLISHED), region_sources.concordance(edition)
    return Known(
        concordance.rolled_up(found, region_sources.classes(), classes) if len(found) else None,
        None if classes is None else concordance.parts(classes),
        region_sources.named(edition),
    )


def regions(
    published: pd.DataFrame,
    indicators: list[str],
    unions: dict[str, list[str]],
    choices: dict,
    noise: tuple[list[float], list[float]],
    ratios: list[tuple[str, str, str, float]] = (),
    sources: Sources | None = None,
    sizes: tuple[str, ...] = (),
    known: Known = Known(),
) -> Regions:
    """What the published figures, and what is known besides, tell of product groups and clusters in provinces.

    `unions` are the clusters that consist of whole product groups. `choices` are the named choices of `data/assumptions.csv`,
    `noise` the levels of the test's power, for all columns and for one family of them. `ratios` are those of unions, each
    (name, over, under, factor); `sizes` are the indicators of organisations by size class. Raises InputError, with the figures
    concerned, where no shares fit, or sources do not fit their product group.
    """
    alone = needed(published, indicators, ("product-group", "province"))
    both = needed(published, indicators, ("product-group", "province", "cluster"))
    rule = disclosure.Rule(
        dict.fromkeys(sizes, choices["disclosure_least"]),
        choices["disclosure_largest"],
        choices["disclosure_protection"],
    )
    told, states = _released(both, indicators, unions, known, rule)
    profiles = disk_cache.table(solving.profile, alone, indicators, unions, choices["crossing_prior"], told)
    cut = disk_cache.table(solving.cut_finer, both, indicators, unions, told, known.parts)
    tests = disk_cache.table(solving.single_key, both, indicators)
    drawn = int(choices["power_draws"]), int(choices["power_seed"])
    passed = disk_cache.table(solving.power, alone, indicators, *noise, *drawn)
    states, gate = _gate(pd.concat([profiles, cut], ignore_index=True), rule, states)
    limit = choices["crossing_spread_limit"]
    judged = crossing.judged(profiles, limit)
    of_groups, of_all = _besides(known, told)
    made = [
        as_figures.tested(alone, tests),
        as_figures.passed(passed),
        as_figures.resting(as_figures.profiled(judged, unions), of_groups),
        as_figures.resting(as_figures.bounded(crossing.judged(cut, limit)), of_all),
    ]
    for form in (as_figures.OF_PROVINCE, as_figures.OF_CLUSTER):
        made.append(as_figures.positions(pd.concat(made[1:4]), published, indicators, form))
    if ratios:
        limits = disk_cache.table(solving.ratio_bounds, alone, indicators, unions, list(ratios), told)
        of_ratios = as_figures.ratios(crossing.judged(limits, limit), profiles, ratios)
        made.append(as_figures.resting(of_ratios, of_groups))
    findings, refuted = no_findings(), {}
    if sources is not None and len(sources.figures):
        placed = _placed(alone, indicators, profiles, sources, told, choices)
        made += [as_figures.resting(one, of_groups) for one in placed]
        findings, refuted = _refuted(judged, sources, unions, states)
    figures = withholding.withheld(pd.concat(made, ignore_index=True), refuted, ratios, refutation.refuted)
    secret = dict.fromkeys(states[disclosure.KEY].itertuples(index=False, name=None), ())
    return Regions(
        withholding.withheld(figures, secret, ratios, disclosure.suppressed),
        {"single_key": tests, "power": passed, "disclosure": gate},
        findings,
    )


def needed(published: pd.DataFrame, indicators: list[str], kinds: tuple[str, ...]) -> pd.DataFrame:
    """Return the published figures of some kinds of subject."""
    abouts = [Subject(*key) for key in published[SUBJECT].itertuples(index=False, name=None)]
    wanted = published.indicator.isin(indicators) & np.array([about.kind in kinds for about in abouts])
    return published.loc[wanted, ["indicator", *SUBJECT, "value", "low", "high"]].reset_index(drop=True)


def _released(
    figures: pd.DataFrame, indicators: list[str], unions: dict, known: Known, rule: disclosure.Rule
) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
    """The known figures that may be released, and what may not be published; None of both where nothing is known besides."""
    if known.figures is None:
        return None, None
    found = disk_cache.table(solving.gated, figures, indicators, unions, known.figures, known.parts, asdict(rule))
    told = found.loc[found.state == RELEASED, concordance.KNOWN].reset_index(drop=True)
    return told, found.loc[found.state != RELEASED, [*disclosure.KEY, "state"]]


def _gate(
    figures: pd.DataFrame, rule: disclosure.Rule, states: pd.DataFrame | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What may not be published, and a table of how many figures that are."""
    few = disclosure.few(figures, rule)
    if states is None:
        states = figures.loc[few & disclosure.narrow(figures, rule), disclosure.KEY].assign(state=disclosure.EXPOSED)
    counts = states.state.value_counts()
    gate = {"figures": len(figures), "few": int(few.sum())}
    gate |= {name: int(counts.get(name, 0)) for name in disclosure.STATES}
    return states, pd.DataFrame([gate])


def _besides(known: Known, told: pd.DataFrame | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tables besides the published ones that figures of product groups, and those of all clusters, rest on."""
    there = told is not None and len(told)
    of_groups = known.cells if told is not None and len(crossing.of_groups(told)) else ()
    return of_groups, known.cells if known.parts or there else ()


def _placed(
    alone: pd.DataFrame,
    indicators: list[str],
    profiles: pd.DataFrame,
    sources: Sources,
    told: pd.DataFrame | None,
    choices: dict,
) -> list[pd.DataFrame]:
    """The CO2 of provinces with the point sources at their place; nothing where too few of these are known."""
    cells = sources.figures[[*SUBJECT, "value", "low", "high"]]
    anchors.require_known(allocation.allocation(alone, indicators), cells)
    if not coverage.sufficient(sources.groups, choices["anchored_coverage"]):
        return []
    shares = profiles.loc[profiles.indicator == SHARE, ["product_group", "place", "unrounded"]]
    found = disk_cache.table(solving.anchored, alone, indicators, cells, shares, told)
    return [as_figures.anchored(crossing.judged(found, choices["crossing_spread_limit"]), sources.figures, alone)]


def _refuted(judged: pd.DataFrame, sources: Sources, unions: dict, states: pd.DataFrame) -> tuple[pd.DataFrame, dict]:
    """What a check of the figures against point sources found, and the cells that these refute."""
    spoken = withholding.spoken(judged, sources.figures, sources.groups.largest.to_dict(), unions, states)
    findings = region_checks.sources_and_key(spoken)
    return findings, withholding.refuted(refutation.refuted(spoken[~findings.holds], sources.figures, unions))


def _power(figures: pd.DataFrame) -> pd.DataFrame:
    """Check what is told of the power of the single-key test."""
    limits, passed = numbers(), figures[figures.indicator.str.startswith(as_figures.PASSED.partition("{")[0])]
    return region_checks.power_families(passed, BLIND, limits["power_blind_least"], limits["power_sharp_most"])


def _handled(found: Regions) -> pd.DataFrame:
    """What the check against point sources found and is withheld, so that it is known."""
    wrong = found.findings[~found.findings.holds]
    own = found.figures[found.figures.method == method_of(refutation.refuted).id]
    names = {fact_id(row.indicator, Subject(row.place, row.cluster, row.product_group)) for row in own.itertuples()}
    return wrong[(wrong.indicator + "/" + wrong.subject).isin(names)].set_index(KEYS)
