"""Comparing two editions, or two builds of one, fact by fact: what is new, gone or changed. Why is in `causes`."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

#: What says which fact it is, not what it is.
IDENTITY = ("fact_id", "indicator", "place", "cluster", "product_group", "edition", "scenario")
NUMBERS = ("value", "low", "high")
#: What a released edition keeps of each fact.
RELEASED = ["fact_id", "value", "low", "high", "unit", "status", "sign"]
#: The columns of what `compare` gives.
CHANGES = ["fact_id", "change", "before", "after", "unit_before", "unit_after", "what", "difference"]


def compare(before: pd.DataFrame, after: pd.DataFrame, choices: Mapping[str, float]) -> pd.DataFrame:
    """What changed between two tables of facts: one row a fact that is new, gone or changed.

    Columns: fact_id, change (`new`, `gone`, `changed`), before and after (values), unit_before and unit_after, difference
    (after - before; missing where there is no such thing), and `what`: the columns of the fact that changed, of those that
    both tables have. Numbers that are written the same, or that calculating elsewhere can make as
    different as they are, are the same (`tolerances`, by the `choices` that no source makes).
    """
    compared = [name for name in before if name not in IDENTITY and name in after]
    both = before[["fact_id", *compared]].merge(
        after[["fact_id", *compared]], on="fact_id", how="outer", suffixes=("_before", "_after"), indicator=True
    )
    change = both._merge.map({"left_only": "gone", "right_only": "new", "both": "changed"}).astype(object)
    leeway = tolerances(both.status_before, both.status_after, choices)
    changed = pd.DataFrame({name: ~_same(both[f"{name}_before"], both[f"{name}_after"], leeway) for name in compared})
    what = [", ".join(changed.columns[row]) for row in changed.to_numpy()]
    same = (both._merge == "both") & ~changed.any(axis=1)
    table = pd.DataFrame(
        {
            "fact_id": both.fact_id,
            "change": change,
            "before": both.value_before,
            "after": both.value_after,
            "unit_before": both.unit_before,
            "unit_after": both.unit_after,
            "what": [names if kind == "changed" else "" for names, kind in zip(what, change, strict=True)],
            "difference": (both.value_after - both.value_before).where(both.unit_before == both.unit_after),
        }
    )
    return table[~same].sort_values("fact_id", kind="stable", ignore_index=True)


def tolerances(before: Iterable[str], after: Iterable[str], choices: Mapping[str, float]) -> np.ndarray:
    """By which part of itself a fact with these statuses may differ and be the same still: nothing where it is published.

    Calculated figures can differ in their last digits from machine to machine. Estimates are rounded to six digits, so that
    they seldom do; where they do it is by one in the last.
    """
    calculated, estimated = (choices[f"same_{name}"] for name in ("calculated", "estimated"))
    by_status = {"published": 0.0, "estimated": estimated, "assumed": estimated}
    return np.array(
        [
            min(by_status.get(one, calculated), by_status.get(other, calculated))
            for one, other in zip(before, after, strict=True)
        ]
    )


def _same(before: pd.Series, after: pd.Series, leeway: np.ndarray) -> pd.Series:
    """Whether what stands in a column of both is the same, or missing in both."""
    missing = before.isna() & after.isna()
    if str(before.name).removesuffix("_before") not in NUMBERS:
        return (before == after) | missing
    largest = np.maximum(before.abs(), after.abs())
    near = (before - after).abs() <= leeway * largest
    written = [f"{one:.12g}" == f"{other:.12g}" for one, other in zip(before, after, strict=True)]  # as files have them
    return near | missing | np.array(written)
