"""Tables of what is possible as figures: each with the method that made it, and what it was made of."""

from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from factpress.dimensions import Subject, fact_id
from factpress.methods import method_of
from upcm_analysis.topics.regions import anchors, bounds, crossing, estimate
from upcm_analysis.topics.regions import single_key as key_test
from upcm_analysis.topics.regions.solving import CO2
from upcm_analysis.vocabulary.figures import FIGURE, SUBJECT, each_row
from upcm_analysis.vocabulary.subjects import NL, clusters, provinces

#: The outcome of the test that all figures have one share of each product group in a province.
TEST = "single_key_misfit_pct"
#: How often that test passes with most noise on one family of columns.
PASSED = "single_key_passed_{}_pct"
#: CO2 of a province with known point sources at their place.
ANCHORED = "co2_anchored_kt"
#: The form of an estimate that two totals of one column would give.
NAIVE = "naive"
#: Forms of a figure of a cluster in a province: which part of the province, and of the cluster, it is.
OF_PROVINCE, OF_CLUSTER = "of_province", "of_cluster"
#: What figures were made of, a tuple of ids for each: the types of pandas know no column of tuples.
Inputs: TypeAlias = list[Any]


def tested(alone: pd.DataFrame, tests: pd.DataFrame) -> pd.DataFrame:
    """The outcome of the single-key test of the province table as a figure, made of every figure that it looked at."""
    worst = tests.worst_pct[(tests.over == "province") & (tests["set"] == "all")].item()
    row: dict[str, object] = dict(zip(SUBJECT, (NL.place, NL.cluster, NL.product_group, NL.scope), strict=True))
    row |= {"indicator": TEST, "value": worst, "low": worst, "high": worst, "inputs": tuple(_ids(alone))}
    return pd.DataFrame([row])[FIGURE].assign(method=method_of(key_test.fit).id)


def passed(table: pd.DataFrame) -> pd.DataFrame:
    """How often the test passes with most noise on one family of columns, as a figure of each family."""
    families = table[table["set"] != "all"].sort_values("noise_pct", kind="stable").groupby("set", sort=False).tail(1)
    return pd.DataFrame(
        {
            "indicator": [PASSED.format(name) for name in families["set"]],
            **dict(zip(SUBJECT, (NL.place, NL.cluster, NL.product_group, NL.scope), strict=True)),
            **dict.fromkeys(("value", "low", "high"), families.passed_pct.to_numpy()),
            "inputs": _resting_on_test(families),
            "method": method_of(key_test.power).id,
        }
    )[[*FIGURE, "method"]]


def profiled(table: pd.DataFrame, unions: dict[str, list[str]]) -> pd.DataFrame:
    """Figures of a profile that was judged: an estimate where it tells something, else the bounds alone."""
    own = table.assign(
        value=table.value.where(table.told),
        inputs=_resting_on_test(table),
        method=np.where(table.told, method_of(estimate.profile).id, method_of(bounds.bounds).id),
    )
    naive = own[own.cluster != ""]
    margins = [
        (*(Subject(product_group=group) for group in unions[row.cluster]), *provinces()) for row in each_row(naive)
    ]
    inputs: Inputs = [
        tuple(fact_id(code, one) for one in abouts) for code, abouts in zip(naive.indicator, margins, strict=True)
    ]
    naive = naive.assign(
        indicator=naive.indicator + f"_{NAIVE}",
        value=naive.naive,
        low=naive.naive,
        high=naive.naive,
        inputs=inputs,
        method=method_of(estimate.raked).id,
    )
    return pd.concat([own, naive], ignore_index=True)[[*FIGURE, "method"]]


def bounded(table: pd.DataFrame) -> pd.DataFrame:
    """Figures that have bounds and no estimate, made of the figures of all clusters besides."""
    inputs: Inputs = [(fact_id(TEST, NL), *(fact_id(code, one) for one in clusters())) for code in table.indicator]
    made = table.assign(value=np.nan, inputs=inputs, method=method_of(crossing.bounds).id)
    return made[[*FIGURE, "method"]]


def positions(figures: pd.DataFrame, published: pd.DataFrame, indicators: list[str], form: str) -> pd.DataFrame:
    """Which part of the province, or of the cluster, each figure of a cluster in a province is."""
    parts = figures[(figures.cluster != "") & figures.indicator.isin(indicators)].reset_index(drop=True)
    abouts = [
        Subject(place=row.place) if form == OF_PROVINCE else Subject(cluster=row.cluster) for row in each_row(parts)
    ]
    names = [fact_id(code, about) for code, about in zip(parts.indicator, abouts, strict=True)]
    inputs: Inputs = list(zip(_ids(parts), names, strict=True))
    wholes = published.set_index(pd.Index(_ids(published)))[["value", "low", "high"]].loc[names]
    made = crossing.part_of(parts, wholes.reset_index(drop=True)).assign(
        indicator=parts.indicator + f"_{form}",
        inputs=inputs,
        method=method_of(crossing.part_of).id,
    )
    return made[[*FIGURE, "method"]]


def ratios(table: pd.DataFrame, profiles: pd.DataFrame, named: list) -> pd.DataFrame:
    """Figures of ratios that were judged: that of the two estimates where it tells something, else the bounds alone."""
    made = crossing.ratio_of(table, profiles.set_index(["indicator", *SUBJECT]).value, named)
    return made.assign(
        value=made.value.where(made.told),
        high=made.high.where(np.isfinite(made.high)),
        inputs=_resting_on_test(made),
        method=np.where(made.told, method_of(crossing.ratio_of).id, method_of(bounds.ratios).id),
    )[[*FIGURE, "method"]]


def anchored(table: pd.DataFrame, sources: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Figures of provinces with point sources at their place, made of these sources and of all that is divided."""
    divided = parts[(parts.indicator == CO2) & (parts.product_group != "")]
    inputs: Inputs = [(*_ids(sources), *_ids(divided), fact_id(TEST, NL))]
    return table.assign(
        indicator=ANCHORED,
        **dict.fromkeys(SUBJECT[1:], ""),
        value=table.value.where(table.told),
        inputs=inputs * len(table),
        method=np.where(table.told, method_of(anchors.anchored).id, method_of(bounds.weighted_extremes).id),
    )[[*FIGURE, "method"]]


def resting(figures: pd.DataFrame, cells: tuple[str, ...]) -> pd.DataFrame:
    """Figures that rest on tables besides; what is divided pro rata does not."""
    naive = figures.indicator.str.endswith(f"_{NAIVE}")
    inputs: Inputs = [own if skip else (*own, *cells) for own, skip in zip(figures.inputs, naive, strict=True)]
    return figures.assign(inputs=inputs)


def _resting_on_test(figures: pd.DataFrame) -> Inputs:
    """Return that figures were made of the single-key test, for each of them."""
    return [(fact_id(TEST, NL),)] * len(figures)


def _ids(figures: pd.DataFrame) -> list[str]:
    return [
        fact_id(row.indicator, Subject(row.place, row.cluster, row.product_group, row.scope))
        for row in each_row(figures)
    ]
