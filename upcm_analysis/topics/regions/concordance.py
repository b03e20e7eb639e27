"""The concordance: which SBI classes belong to which cluster, and what figures of classes are of product groups and clusters.

A class has three digits, a product group two. The part of a class that belongs to a cluster counts for every place and
figure: that is what whoever made the concordance says.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from upcm_analysis.vocabulary.figures import SUBJECT, each_group

KNOWN = ["indicator", *SUBJECT, "low", "high", "where"]
#: How many rows of a table are named, of those that a figure is made of.
NAMED = 2


def parts(concordance: pd.DataFrame) -> dict[str, list[str]]:
    """Of each cluster in a concordance the product groups that have a part in it.

    A row of `concordance` is a class (`sbi`, `product_group`) with the `share_pct` of it that belongs to a `cluster`.
    """
    return {cluster: sorted(set(rows.product_group)) for cluster, rows in each_group(concordance, "cluster")}


def rolled_up(known: pd.DataFrame, classes: pd.Series, concordance: pd.DataFrame | None = None) -> pd.DataFrame:
    """Known figures of product groups and clusters, from those of these and of classes.

    A row of `known` is a figure (`low`, `high`, in the unit of its `indicator`) of a `product_group`, a class of it (`sbi`)
    or a `cluster` in a `place`, and `where` it stands. `classes` are the product groups, indexed by class. Of classes:

        of a product group      sum of low      to sum of high
        of it in a cluster      sum of share * low / 100  to  sum of share * high / 100

    without an upper end where not all classes are known. The second only with a concordance.
    """
    by_class = known[known.sbi != ""]
    made = [known[known.sbi == ""].assign(scope="")[KNOWN]]
    for (code, place, group), rows in each_group(by_class, ["indicator", "place", "product_group"]):
        about = {"indicator": code, "place": place, "cluster": "", "product_group": group, "scope": ""}
        if place != "NL":  # the national figure is a published one
            made.append(_sum(rows.assign(share_pct=100.0), classes.index[classes == group], about))
        if concordance is None:
            continue
        divided = rows.merge(concordance[["sbi", "cluster", "share_pct"]], on="sbi", suffixes=("", "_in"))
        for cluster, own in each_group(divided, "cluster_in"):
            needed = concordance.sbi[(concordance.product_group == group) & (concordance.cluster == cluster)]
            made.append(_sum(own, needed, about | {"cluster": cluster}))
    return pd.concat(made, ignore_index=True)[KNOWN]


def _sum(rows: pd.DataFrame, needed: Iterable[str], about: dict[str, str]) -> pd.DataFrame:
    """One known figure: the sum of these parts of classes, of which `needed` are all that there are."""
    share = rows.share_pct / 100
    low, high = (share * rows.low).sum(), (share * rows.high).sum() if set(needed) <= set(rows.sbi) else np.inf
    more = len(rows) - NAMED
    where = ", ".join(rows["where"][:NAMED]) + (f" and {more} more" if more > 0 else "")
    return pd.DataFrame([{**about, "low": low, "high": high, "where": where}])
