"""Impact: what follows from the published figures by adding, dividing and ordering them.

Intervals: each function carries the interval that rounding leaves through its formula, taking the inputs as free of
each other. That is never too narrow.
"""

import math
from itertools import product
from typing import Any

import pandas as pd

from factpress.dimensions import Subject, fact_id
from factpress.methods import method
from upcm_analysis.vocabulary.figures import FIGURE, SUBJECT, each_row, ids, made, national, of, of_subject
from upcm_analysis.vocabulary.subjects import NL

#: The jobs: what figures are told per, and held against.
JOBS = "jobs_k"


@method("sum-of-parts", status="derived", nl="som van de delen", en="sum of the parts")
def total(figures: pd.DataFrame, parts: list[str], named: str) -> pd.DataFrame:
    """The sum of several indicators of the same subject: total = sum of parts. Subjects that miss a part have none."""
    tables = [of(figures, part) for part in parts]
    together = tables[0].index
    for table in tables[1:]:
        together = together[together.isin(table.index)]
    first, *others = (table.loc[together] for table in tables)
    return made(named, sum(others, start=first), *[ids(part, together) for part in parts])


@method("ratio", status="derived", nl="het ene cijfer gedeeld door het andere", en="one figure divided by the other")
def ratio(figures: pd.DataFrame, indicator: str, per: str, named: str, factor: float = 1.0) -> pd.DataFrame:
    """One indicator divided by another of the same subject: value = factor * indicator / per.

    `factor` turns the quotient of the two units into the unit of `named` (100 for a percentage). Raises
    ZeroDivisionError, with the subjects, where the denominator may be zero within rounding.
    """
    over, under = of(figures, indicator), of(figures, per)
    both = over.index[over.index.isin(under.index)]
    over, under = over.loc[both], under.loc[both]
    zero = ids(per, under.index[under.low <= 0])
    if zero:
        raise ZeroDivisionError(f"{len(zero)} denominators may be zero within rounding: {', '.join(zero[:5])}")
    table = pd.DataFrame(
        {
            "value": factor * over.value / under.value,
            "low": factor * over.low / under.high,
            "high": factor * over.high / under.low,
        }
    )
    return made(named, table, ids(indicator, both), ids(per, both))


@method(
    "sum-of-point-sources", status="derived", nl="som van de bekende puntbronnen", en="sum of the known point sources"
)
def by_place(
    figures: pd.DataFrame, indicator: str, name: str, factor: float, unions: dict[str, list[str]]
) -> pd.DataFrame:
    """What is known of an indicator in each place, product groups together: factor * their sum, in the unit of `name`.

    Also of each cluster that consists of whole product groups (`unions`), in each place and in all together, and of each
    product group in all together. Nothing where nothing is known: that is not zero.
    """
    own = figures[(figures.indicator == indicator) & (figures.place != NL.place)]
    own = own.assign(inputs=ids(indicator, own[SUBJECT].itertuples(index=False, name=None)))
    found = [own.assign(cluster="", product_group=""), own[own.product_group != ""].assign(place=NL.place)]
    for cluster, groups in unions.items():
        here = own[own.product_group.isin(groups)].assign(cluster=cluster, product_group="")
        found += [here, here.assign(place=NL.place)]
    rows = []
    for about, parts in pd.concat(found).groupby(["place", "cluster", "product_group"], sort=False):
        sides = {side: factor * parts[side].sum(skipna=False) for side in ("value", "low", "high")}
        rows.append((name, *about, "", *sides.values(), tuple(parts.inputs)))
    return pd.DataFrame(rows, columns=FIGURE)


@method("share", status="derived", nl="deel van het landelijke totaal", en="part of the national total")
def share(figures: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The share of each subject in the Netherlands, in percent: 100 * x / x_NL. The Netherlands itself has none."""
    whole, parts = national(figures, indicator), _parts(figures, indicator)
    table = pd.DataFrame(
        {
            "value": 100 * parts.value / whole.value,
            "low": 100 * parts.low / whole.high,
            "high": 100 * parts.high / whole.low,
        }
    )
    return made(f"{indicator}_share", table, ids(indicator, table.index), [fact_id(indicator, NL)] * len(table))


@method(
    "per-job-relative",
    status="derived",
    nl="cijfer per baan, gedeeld door het landelijke cijfer per baan",
    en="figure per job, divided by the national figure per job",
)
def per_job_relative(figures: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """An indicator per job, over the same of the Netherlands: value = (x / jobs) / (x_NL / jobs_NL).

    1 is the national average, 2 twice as much per job. It is no location quotient: that needs jobs of an industry in a place,
    which the published tables do not have.
    """
    x, jobs = _parts(figures, indicator), _parts(figures, JOBS)
    x_nl, jobs_nl = national(figures, indicator), national(figures, JOBS)
    both = x.index[x.index.isin(jobs.index)]
    x, jobs = x.loc[both], jobs.loc[both]
    table = pd.DataFrame(
        {
            "value": (x.value / jobs.value) / (x_nl.value / jobs_nl.value),
            "low": (x.low / jobs.high) / (x_nl.high / jobs_nl.low),
            "high": (x.high / jobs.low) / (x_nl.low / jobs_nl.high),
        }
    )
    whole = [[fact_id(code, NL)] * len(table) for code in (indicator, JOBS)]
    return made(f"{indicator}_per_job_relative", table, ids(indicator, both), ids(JOBS, both), *whole)


@method(
    "one-share-misfit",
    status="derived",
    nl="verschil met één aandeel per provincie, mediaan",
    en="difference from one share for each province, median",
)
def one_share_misfit(figures: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """How far a province is off with one share of every product group, its share of jobs b: median |x_NL * b / b_NL - x| / x.

    In percent, over the provinces. So little as this is what the table of provinces adds to the share of jobs.
    """
    x, b = of(figures, indicator, "province"), of(figures, JOBS, "province")
    x_nl, b_nl = national(figures, indicator), national(figures, JOBS)
    b = b.loc[x.index]
    off = 100 * (x_nl.value * b.value / b_nl.value / x.value - 1)
    least = 100 * (x_nl.low * b.low / b_nl.high / x.high - 1)
    most = 100 * (x_nl.high * b.high / b_nl.low / x.low - 1)
    around = (least <= 0) & (most >= 0)
    ends = pd.concat([least.abs(), most.abs()], axis=1)
    row = {
        **dict(zip(SUBJECT, (NL.place, NL.cluster, NL.product_group, NL.scope), strict=True)),
        "indicator": f"{indicator}_one_share_misfit",
        "value": off.abs().median(),
        "low": ends.min(axis=1).where(~around, 0.0).median(),
        "high": ends.max(axis=1).median(),
        "inputs": tuple(one for code in (indicator, JOBS) for one in (fact_id(code, NL), *ids(code, x.index))),
    }
    return pd.DataFrame([row])[FIGURE]


@method("rank", status="derived", nl="plaats in de rangorde, hoogste eerst", en="place in the order, highest first")
def rank(figures: pd.DataFrame, indicator: str, kind: str) -> pd.DataFrame:
    """The place of each subject among those of its kind: 1 is the highest value, equal values share the best place.

    `low` and `high` are the best and the worst place that rounding allows: a subject is surely above another only where
    their intervals do not overlap. Two subjects with overlapping intervals may not be said to differ in rank. A subject
    without a value has no place.
    """
    table = of(figures, indicator, kind)
    rows = list(each_row(table))
    known = [row for row in rows if not math.isnan(row.value)]
    places = [
        {
            "value": 1 + sum(other.value > one.value for other in known),
            "low": 1 + sum(_surely_above(other, one) for other in known),
            "high": len(known) - sum(_surely_above(one, other) for other in known),
        }
        if not math.isnan(one.value)
        else dict.fromkeys(("value", "low", "high"), math.nan)
        for one in rows
    ]
    names = ids(indicator, table.index)
    ranked = made(f"{indicator}_rank", pd.DataFrame(places, index=table.index, dtype=float), names)
    ranked["inputs"] = [(name, *(n for n in names if n != name)) for name in names]
    return ranked


@method(
    "whole-less-group", status="derived", nl="het geheel min de productgroep", en="the whole less the product group"
)
def without(figures: pd.DataFrame, product_group: str, indicators: list[str], wholes: list[Subject]) -> pd.DataFrame:
    """Totals without one of their product groups: x - x_g, in the scope `without_<product group>`.

    `wholes` are the subjects that the product group is known to be part of: the Netherlands, a cluster.
    """
    tables = []
    for code, about in product(indicators, wholes):
        table = of(figures, code)
        whole = of_subject(table, (about.place, about.cluster, about.product_group, about.scope))
        part = of_subject(table, ("NL", "", product_group, ""))
        row = {
            **dict.fromkeys(SUBJECT, ""),
            "place": about.place,
            "cluster": about.cluster,
            "scope": f"without_{product_group}",
            "indicator": code,
            "value": whole.value - part.value,
            "low": max(0.0, whole.low - part.high),
            "high": whole.high - part.low,
            "inputs": (fact_id(code, about), f"{code}/product-group/{product_group}"),
        }
        tables.append(pd.DataFrame([row])[FIGURE])
    return pd.concat(tables, ignore_index=True)


def _parts(figures: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The figures of an indicator for every subject that is a part of the Netherlands."""
    table = of(figures, indicator).reset_index()
    whole = (table.place == "NL") & (table.cluster == "") & (table.product_group == "")
    return table[~whole].set_index(SUBJECT)


def _surely_above(one: Any, other: Any) -> bool:
    return one.value > other.value and one.low >= other.high
