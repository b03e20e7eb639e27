"""Revisions: how large the differences between two editions are, by indicator."""

from typing import Any

import numpy as np
import pandas as pd

#: What is told of the revisions of one indicator; see `sizes`.
SIZES = ["indicator", "estimated", "compared", "revised", "mean_pct", "mean_absolute_pct", "largest_pct", "largest"]


def sizes(pairs: pd.DataFrame) -> pd.DataFrame:
    """Size of the revisions of each indicator: relative revision r = 100 * (after - before) / |before|, in percent.

    A row of `pairs` is a fact that is in both editions: `fact_id`, `indicator`, `estimated`, `before`, `after`, and `same`,
    whether it counts as unchanged. Gives a row an indicator, estimates apart: how many facts were `compared` (both values
    known, and the earlier one not zero), how many of them `revised`, the mean of r (`mean_pct`: to one side or the other),
    the mean of |r| (`mean_absolute_pct`: how large), and the r and the fact that are `largest`. Unchanged facts count with
    r = 0.
    """
    r = relative(pairs.before, pairs.after).where(~pairs.same | (pairs.before == 0), 0.0)
    known = pairs[r.notna()]
    r = r[r.notna()]
    rows = []
    for (indicator, estimated), own in r.groupby([known.indicator, known.estimated], sort=False):
        largest: Any = own.abs().idxmax()
        revised = int((own != 0).sum())
        rows.append(
            {
                "indicator": indicator,
                "estimated": bool(estimated),
                "compared": len(own),
                "revised": revised,
                "mean_pct": own.mean(),
                "mean_absolute_pct": own.abs().mean(),
                "largest_pct": own[largest],
                "largest": known.fact_id[largest] if revised else "",
            }
        )
    return pd.DataFrame(rows, columns=SIZES)


def relative(before: pd.Series, after: pd.Series) -> pd.Series:
    """The relative revision r of each fact in percent; missing where there is no earlier value, or where it is zero."""
    return 100 * (after - before) / before.abs().replace(0, np.nan)
