"""Comparing two editions, or two builds of one, fact by fact."""

from pathlib import Path

import pandas as pd

from upcm_analysis.telling.facts import COLUMNS, Facts
from upcm_analysis.words.errors import InputError
from upcm_analysis.words.home import home


def compare(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What changed between two tables of facts: one row a fact that is new, gone or changed.

    Columns: fact_id, change (`new`, `gone`, `changed`), before and after (values), unit_before and unit_after, difference
    (after - before; missing where there is no such thing), and `what`: the columns of the fact that changed.
    """
    columns = [name for name in COLUMNS if name not in ("indicator", "place", "cluster", "product_group", "edition")]
    both = before[columns].merge(
        after[columns], on="fact_id", how="outer", suffixes=("_before", "_after"), indicator=True
    )
    change = both._merge.map({"left_only": "gone", "right_only": "new", "both": "changed"}).astype(object)
    changed = pd.DataFrame(
        {
            name: (both[f"{name}_before"] != both[f"{name}_after"])
            & ~(both[f"{name}_before"].isna() & both[f"{name}_after"].isna())
            for name in columns[1:]
        }
    )
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
    return table[~same].sort_values("fact_id", ignore_index=True)


def facts_of(name: str) -> pd.DataFrame:
    """The facts of an edition by its name, or from a `facts.csv`."""
    path = Path(name)
    if not path.is_file():
        path = home() / "reports" / name / "facts.csv"
    if not path.is_file():
        known = sorted(p.parent.name for p in (home() / "reports").glob("*/facts.csv"))
        raise InputError(
            "there are no facts to compare",
            found=name,
            expected="a facts.csv, or an edition with reports: " + (", ".join(known) or "none yet"),
            remedy="build them with 'make report'",
        )
    return Facts.read(path).table
