"""The regions: product groups and clusters in provinces, as far as the published totals tell, as figures and tables.

Single-key test -> bounds -> estimate -> what is refused -> what sources refute -> what is suppressed, by the functions
here. All of it together takes some fifteen seconds, and is remembered. What a user knows besides makes the bounds narrower,
as far as it may be released.
"""

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from factpress import disk_cache
from factpress.dimensions import Subject, fact_id
from factpress.indicators import base
from upcm_analysis.topics.figures import checks
from upcm_analysis.topics.regions import (
    allocation,
    anchors,
    bounds,
    concordance,
    coverage,
    crossing,
    disclosure,
    estimate,
    refutation,
)
from upcm_analysis.vocabulary.figures import DIGITS, FIGURE, SUBJECT, rounded, significant
from upcm_analysis.vocabulary.methods import method_of
from upcm_analysis.vocabulary.subjects import NL, clusters, provinces

#: The share of a product group that is in a province, and the outcome of the test that all figures have one such share.
SHARE, TEST = "group_share_pct", "single_key_misfit_pct"
#: CO2 of a province with known point sources at their place, and of what.
ANCHORED, CO2 = "co2_anchored_kt", "co2_kt"
#: What is a part of another figure and divided with it: refuted where that is.
DIVIDED_WITH = {"co2_reduction_kt": CO2}
#: The form of an estimate that two totals of one column would give.
NAIVE = "naive"
#: Forms of a figure of a cluster in a province: which part of the province, and of the cluster, it is.
OF_PROVINCE, OF_CLUSTER = "of_province", "of_cluster"
#: The sets of columns that the single-key test is done for: all that are published, and pairs of them.
SETS = {"people": ["jobs_k", "labour_volume_k"], "money": ["turnover_meur", "value_added_meur"]}
#: The families of columns that the power of that test is measured for, each by itself; and what their facts are called.
FAMILIES = {
    "people": ["jobs_k", "labour_volume_k"],
    "organisations": ["organisations_0_50", "organisations_51_100", "organisations_over_100"],
    "money": ["turnover_meur", "value_added_meur", "value_added_potential_meur"],
    "co2": ["co2_kt", "co2_reduction_kt"],
    "material": ["material_mkg"],
}
PASSED = "single_key_passed_{}_pct"
#: The state of a known figure that may be released.
RELEASED = "released"


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
    alone, both = (
        _needed(published, indicators, kinds)
        for kinds in (("product-group", "province"), ("product-group", "province", "cluster"))
    )
    rule = disclosure.Rule(
        dict.fromkeys(sizes, choices["disclosure_least"]),
        choices["disclosure_largest"],
        choices["disclosure_protection"],
    )
    told, states = None, None
    if known.figures is not None:
        found = disk_cache.table(gated, both, indicators, unions, known.figures, known.parts, asdict(rule))
        told = found.loc[found.state == RELEASED, concordance.KNOWN].reset_index(drop=True)
        states = found.loc[found.state != RELEASED, [*disclosure.KEY, "state"]]
    profiles = disk_cache.table(profile, alone, indicators, unions, choices["crossing_prior"], told)
    cut = disk_cache.table(cut_finer, both, indicators, unions, told, known.parts)
    tests = disk_cache.table(single_key, both, indicators)
    passed = disk_cache.table(power, alone, indicators, *noise, int(choices["power_draws"]), int(choices["power_seed"]))
    every = pd.concat([profiles, cut], ignore_index=True)
    few = disclosure.few(every, rule)
    if states is None:
        states = every.loc[few & disclosure.narrow(every, rule), disclosure.KEY].assign(state=disclosure.EXPOSED)
    counts = states.state.value_counts()
    gate = {"figures": len(every), "few": int(few.sum())}
    gate |= {name: int(counts.get(name, 0)) for name in disclosure.STATES}
    limit = choices["crossing_spread_limit"]
    of_groups = known.cells if told is not None and len(crossing.of_groups(told)) else ()
    of_all = known.cells if known.parts or (told is not None and len(told)) else ()
    judged = crossing.judged(profiles, limit)
    made = [
        _test(alone, tests),
        _passed(passed),
        _resting(_profiled(judged, unions), of_groups),
        _resting(_bounded(crossing.judged(cut, limit)), of_all),
    ]
    made += [_positions(pd.concat(made[1:]), published, indicators, form) for form in (OF_PROVINCE, OF_CLUSTER)]
    if ratios:
        limits = disk_cache.table(ratio_bounds, alone, indicators, unions, list(ratios), told)
        made.append(_resting(_ratios(crossing.judged(limits, limit), profiles, ratios), of_groups))
    findings, refuted = checks.sources_and_key(pd.DataFrame()), {}
    if sources is not None and len(sources.figures):
        cells = sources.figures[[*SUBJECT, "value", "low", "high"]]
        anchors.require_known(allocation.allocation(alone, indicators), cells)
        if coverage.sufficient(sources.groups, choices["anchored_coverage"]):
            shares = profiles.loc[profiles.indicator == SHARE, ["product_group", "place", "unrounded"]]
            placed = disk_cache.table(anchored, alone, indicators, cells, shares, told)
            made.append(_resting(_anchored(crossing.judged(placed, limit), sources.figures, alone), of_groups))
        spoken = _spoken(judged, sources, unions, states)
        findings = checks.sources_and_key(spoken)
        refuted = _refuted(refutation.refuted(spoken[~findings.holds], sources.figures, unions))
    figures = _withheld(pd.concat(made, ignore_index=True), refuted, ratios, refutation.refuted)
    secret = dict.fromkeys(states[disclosure.KEY].itertuples(index=False, name=None), ())
    return Regions(
        _withheld(figures, secret, ratios, disclosure.suppressed),
        {"single_key": tests, "power": passed, "disclosure": pd.DataFrame([gate])},
        findings,
    )


def gated(
    figures: pd.DataFrame, indicators: list[str], unions: dict, known: pd.DataFrame, parts: dict | None, rule: dict
) -> pd.DataFrame:
    """What may not be published once everything known is used, and the known figures that may be released, by `state`.

    Raises InputError with the known figures that cannot hold together with the published ones.
    """
    program = allocation.allocation(figures, indicators)
    made = crossing.crossing(figures, program, unions, known, parts)
    crossing.require_known(made)
    tight = crossing.tightened(made)
    table = pd.concat(
        [bounds.bounds(tight.program, unions, SHARE), crossing.bounds(tight, _finer(tight, unions))], ignore_index=True
    )
    gate = disclosure.suppressed(made, table, disclosure.Rule(**rule), SHARE)
    return pd.concat([gate.states, gate.kept.assign(state=RELEASED)], ignore_index=True)


def profile(
    figures: pd.DataFrame, indicators: list[str], unions: dict, prior: str, known: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Bounds, estimate and naive figure of product groups and unions of them in provinces, one row a quantity.

    `prior` is the indicator whose shares are assumed without further knowledge; `unrounded` is `value` before it was rounded.
    `known` as in `cut_finer`.
    """
    program = allocation.allocation(figures, indicators, known=crossing.of_groups(known))
    limits = bounds.bounds(program, unions, SHARE)
    expected = estimate.prior(program, prior)
    found = estimate.profile(program, limits, estimate.most_even(program, expected), unions, SHARE)
    naive, keys = _naive(program, expected, unions), ["indicator", *SUBJECT]
    found = _rounded(found.assign(unrounded=found.value).merge(naive, on=keys, how="left", validate="one_to_one"))
    return found.assign(high=found.high.where(found.indicator != SHARE, found.high.clip(upper=100)))


def ratio_bounds(
    figures: pd.DataFrame, indicators: list[str], unions: dict, named: list, known: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Bounds of ratios of unions of product groups in provinces, one row a ratio; `named` as in `regions`."""
    program = allocation.allocation(figures, indicators, known=crossing.of_groups(known))
    return _rounded(bounds.ratios(program, unions, named))


def anchored(
    figures: pd.DataFrame,
    indicators: list[str],
    sources: pd.DataFrame,
    shares: pd.DataFrame,
    known: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """CO2 of provinces with point sources at their place, and the rest as the estimate divides it, one row a province.

    `shares` are the estimated ones of `profile`, in percent.
    """
    program = allocation.allocation(figures, indicators, known=crossing.of_groups(known))
    percent = shares.pivot(index="product_group", columns="place", values="unrounded")
    percent = percent.loc[list(program.groups), list(program.places)].to_numpy()
    return _rounded(anchors.anchored(program, sources, percent / 100, CO2))


def cut_finer(
    figures: pd.DataFrame,
    indicators: list[str],
    unions: dict,
    known: pd.DataFrame | None = None,
    parts: dict | None = None,
) -> pd.DataFrame:
    """Bounds of the clusters that do not consist of whole product groups, in provinces, one row a figure.

    `known` are figures of product groups and clusters in places besides, `parts` as in `Known`.
    """
    program = allocation.allocation(figures, indicators)
    made = crossing.tightened(crossing.crossing(figures, program, unions, known, parts))
    return _rounded(crossing.bounds(made, _finer(made, unions)))


def single_key(figures: pd.DataFrame, indicators: list[str]) -> pd.DataFrame:
    """The single-key test of the province table and of the cluster table, for all columns and for pairs of them."""
    sets = {"all": indicators, **{name: codes for name, codes in SETS.items() if set(codes) <= set(indicators)}}
    tests = [allocation.single_key(figures, sets, over) for over in ("province", "cluster")]
    return rounded(pd.concat(tests, ignore_index=True))


def power(
    figures: pd.DataFrame, indicators: list[str], noise: list[float], of_family: list[float], draws: int, seed: int
) -> pd.DataFrame:
    """How often the single-key test passes for a province table with so much noise: one row a set of columns and a level.

    The set `all` is every figure with noise of its own; the others are the families, each alone and with levels `of_family`.
    """
    program = allocation.allocation(figures, indicators)
    made = [allocation.power(program, noise, draws, seed).assign(set="all")]
    for name, codes in FAMILIES.items():
        if set(codes) & set(indicators):
            made.append(allocation.power(program, of_family, draws, seed, codes).assign(set=name))
    return pd.concat(made, ignore_index=True)[["set", "noise_pct", "draws", "passed", "passed_pct"]]


def _finer(made: crossing.Crossing, unions: dict) -> list[str]:
    """The clusters that do not consist of whole product groups."""
    return [cluster for cluster in made.clusters if cluster not in unions]


def _resting(figures: pd.DataFrame, cells: tuple[str, ...]) -> pd.DataFrame:
    """Figures that rest on tables besides; what is divided pro rata does not."""
    naive = figures.indicator.str.endswith(f"_{NAIVE}")
    inputs = [own if skip else (*own, *cells) for own, skip in zip(figures.inputs, naive, strict=True)]
    return figures.assign(inputs=inputs)


def _spoken(judged: pd.DataFrame, sources: Sources, unions: dict, states: pd.DataFrame) -> pd.DataFrame:
    """What sources leave possible of the cells that they speak of; what is confidential is not spoken of."""
    secret = set(states[disclosure.KEY].itertuples(index=False, name=None))
    open_ = [about not in secret for about in judged[disclosure.KEY].itertuples(index=False, name=None)]
    cells = judged.assign(value=judged.value.where(judged.told))[open_]
    return refutation.possible(cells, sources.figures, sources.groups.largest.to_dict(), unions, CO2, SHARE)


def _refuted(refuted: pd.DataFrame) -> dict[tuple, tuple[str, ...]]:
    """The cells that sources refute, and those that are divided with them, each with the facts of these sources."""
    found = {tuple(row[:-1]): row[-1] for row in refuted.itertuples(index=False)}
    parts = {
        (part, *about): inputs
        for part, whole in DIVIDED_WITH.items()
        for (code, *about), inputs in found.items()
        if code == whole
    }
    return found | parts


def _withheld(figures: pd.DataFrame, hidden: dict[tuple, tuple[str, ...]], ratios: list, why) -> pd.DataFrame:
    """Figures without the value and bounds of those that are `hidden`, in whatever form, and of ratios of them.

    `why` is the function that found them, and becomes their method; the facts that it found them by come before their inputs.
    """
    hidden = hidden | {
        (name, *about): inputs
        for name, over, under, _ in ratios
        for (code, *about), inputs in hidden.items()
        if code in (over, under)
    }
    keys = zip(map(base, figures.indicator), *(figures[name] for name in SUBJECT), strict=True)
    # A share is no form of another indicator, though its name ends as one does.
    plain = figures[disclosure.KEY].itertuples(index=False, name=None)
    found = [own if own in hidden else key if key in hidden else None for key, own in zip(keys, plain, strict=True)]
    which = np.array([key is not None for key in found], dtype=bool)
    made = figures.copy()
    made.loc[which, ["value", "low", "high"]] = np.nan
    made.loc[which, "method"] = method_of(why).id
    made["inputs"] = [(*hidden.get(key, ()), *inputs) for key, inputs in zip(found, made.inputs, strict=True)]
    return made


def _needed(published: pd.DataFrame, indicators: list[str], kinds: tuple[str, ...]) -> pd.DataFrame:
    """The published figures of some kinds of subject."""
    abouts = [Subject(*key) for key in published[SUBJECT].itertuples(index=False, name=None)]
    wanted = published.indicator.isin(indicators) & np.array([about.kind in kinds for about in abouts])
    return published.loc[wanted, ["indicator", *SUBJECT, "value", "low", "high"]].reset_index(drop=True)


def _naive(program: allocation.Allocation, expected: np.ndarray, unions: dict) -> pd.DataFrame:
    """What two totals of one column give for unions, without looking at the other columns."""
    raked = estimate.raked(program, expected)
    rows = [
        (code, place, union, "", "", raked[k][np.isin(program.groups, groups)].sum(axis=0)[p])
        for union, groups in unions.items()
        for k, code in enumerate(program.indicators)
        for p, place in enumerate(program.places)
    ]
    return pd.DataFrame(rows, columns=["indicator", *SUBJECT, "naive"])


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """To so many digits that every machine finds the same: bounds outward, and everything else kept within them."""
    table = table.copy()
    table["low"] = [
        _outward(low, -1) if low > 1e-6 * high else 0.0 for low, high in zip(table.low, table.high, strict=True)
    ]
    table["high"] = [_outward(high, 1) for high in table.high]
    for name in {"value", "naive"} & set(table):
        table[name] = [significant(value) for value in table[name]]
    if "value" in table:
        table["value"] = table.value.clip(table.low, table.high)
    return table


def _outward(value: float, side: int) -> float:
    """The next number of so many digits on this side of a value that is not negative, and of all that is as good as it."""
    if not 0 < value < np.inf:
        return max(value, 0.0)
    size = 10.0 ** (np.floor(np.log10(value)) + 1 - DIGITS)
    moved = value * (1 + side * 1e-6) / size
    return significant((np.floor(moved) if side < 0 else np.ceil(moved)) * size)


def _test(alone: pd.DataFrame, tests: pd.DataFrame) -> pd.DataFrame:
    """The outcome of the single-key test of the province table as a figure, made of every figure that it looked at."""
    worst = tests.worst_pct[(tests.over == "province") & (tests["set"] == "all")].item()
    row = dict(zip(SUBJECT, (NL.place, NL.cluster, NL.product_group, NL.scope), strict=True))
    row |= {"indicator": TEST, "value": worst, "low": worst, "high": worst, "inputs": tuple(_ids(alone))}
    return pd.DataFrame([row])[FIGURE].assign(method=method_of(allocation.fit).id)


def _passed(passed: pd.DataFrame) -> pd.DataFrame:
    """How often the test passes with most noise on one family of columns, as a figure of each family."""
    families = passed[passed["set"] != "all"].sort_values("noise_pct").groupby("set", sort=False).tail(1)
    return pd.DataFrame(
        {
            "indicator": [PASSED.format(name) for name in families["set"]],
            **dict(zip(SUBJECT, (NL.place, NL.cluster, NL.product_group, NL.scope), strict=True)),
            **dict.fromkeys(("value", "low", "high"), families.passed_pct.to_numpy()),
            "inputs": [(fact_id(TEST, NL),)] * len(families),
            "method": method_of(allocation.power).id,
        }
    )[[*FIGURE, "method"]]


def _profiled(table: pd.DataFrame, unions: dict[str, list[str]]) -> pd.DataFrame:
    """Figures of a profile that was judged: an estimate where it tells something, else the bounds alone."""
    own = table.assign(
        value=table.value.where(table.told),
        inputs=[(fact_id(TEST, NL),)] * len(table),
        method=np.where(table.told, method_of(estimate.profile).id, method_of(bounds.bounds).id),
    )
    naive = own[own.cluster != ""]
    margins = [
        (*(Subject(product_group=group) for group in unions[row.cluster]), *provinces()) for row in naive.itertuples()
    ]
    naive = naive.assign(
        indicator=naive.indicator + f"_{NAIVE}",
        value=naive.naive,
        low=naive.naive,
        high=naive.naive,
        inputs=[
            tuple(fact_id(code, one) for one in abouts) for code, abouts in zip(naive.indicator, margins, strict=True)
        ],
        method=method_of(estimate.raked).id,
    )
    return pd.concat([own, naive], ignore_index=True)[[*FIGURE, "method"]]


def _bounded(table: pd.DataFrame) -> pd.DataFrame:
    """Figures that have bounds and no estimate, made of the figures of all clusters besides."""
    inputs = [(fact_id(TEST, NL), *(fact_id(code, one) for one in clusters())) for code in table.indicator]
    made = table.assign(value=np.nan, inputs=inputs, method=method_of(crossing.bounds).id)
    return made[[*FIGURE, "method"]]


def _positions(figures: pd.DataFrame, published: pd.DataFrame, indicators: list[str], form: str) -> pd.DataFrame:
    """Which part of the province, or of the cluster, each figure of a cluster in a province is."""
    parts = figures[(figures.cluster != "") & figures.indicator.isin(indicators)].reset_index(drop=True)
    abouts = [
        Subject(place=row.place) if form == OF_PROVINCE else Subject(cluster=row.cluster) for row in parts.itertuples()
    ]
    names = [fact_id(code, about) for code, about in zip(parts.indicator, abouts, strict=True)]
    wholes = published.set_index(pd.Index(_ids(published)))[["value", "low", "high"]].loc[names]
    made = crossing.part_of(parts, wholes.reset_index(drop=True)).assign(
        indicator=parts.indicator + f"_{form}",
        inputs=list(zip(_ids(parts), names, strict=True)),
        method=method_of(crossing.part_of).id,
    )
    return made[[*FIGURE, "method"]]


def _ratios(table: pd.DataFrame, profiles: pd.DataFrame, named: list) -> pd.DataFrame:
    """Figures of ratios that were judged: that of the two estimates where it tells something, else the bounds alone."""
    made = crossing.ratio_of(table, profiles.set_index(["indicator", *SUBJECT]).value, named)
    return made.assign(
        value=made.value.where(made.told),
        high=made.high.where(np.isfinite(made.high)),
        inputs=[(fact_id(TEST, NL),)] * len(made),
        method=np.where(made.told, method_of(crossing.ratio_of).id, method_of(bounds.ratios).id),
    )[[*FIGURE, "method"]]


def _anchored(table: pd.DataFrame, sources: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Figures of provinces with point sources at their place, made of these sources and of all that is divided."""
    divided = parts[(parts.indicator == CO2) & (parts.product_group != "")]
    inputs = (*_ids(sources), *_ids(divided), fact_id(TEST, NL))
    return table.assign(
        indicator=ANCHORED,
        **dict.fromkeys(SUBJECT[1:], ""),
        value=table.value.where(table.told),
        inputs=[inputs] * len(table),
        method=np.where(table.told, method_of(anchors.anchored).id, method_of(bounds.weighted_extremes).id),
    )[[*FIGURE, "method"]]


def _ids(figures: pd.DataFrame) -> list[str]:
    return [
        fact_id(row.indicator, Subject(row.place, row.cluster, row.product_group, row.scope))
        for row in figures.itertuples()
    ]
