"""Coverage: which part of the emissions of a product group its registered point sources are, by an independent figure.

Known sources put in their place move the rest of their product group. Where most sources are not registered that rest holds
them, and every place without a registered source goes down. So nothing is divided before most of it is in its place.
"""

import pandas as pd

from factpress.dimensions import Subject
from factpress.methods import method
from upcm_analysis.vocabulary.figures import FIGURE, each_row, ids


@method(
    "point-source-coverage",
    status="derived",
    nl="de bekende puntbronnen gedeeld door een onafhankelijk landelijk cijfer",
    en="the known point sources divided by an independent national figure",
)
def coverage(figures: pd.DataFrame, grounds: pd.DataFrame, sources: str, named: str) -> pd.DataFrame:
    """Of each product group with sources, these as a percentage of its independent national figure.

    `sources` is the indicator of the known sources of a product group, `grounds` has a row an independent figure: its
    `product_group`, `low`, `value` and `high` in the same unit, and the `cell` that it is printed in. A figure that counts
    more than the product group makes the coverage lower than it is, never higher. Nothing for a product group without
    sources, which is not zero, or without a ground.
    """
    known = by_group(figures, sources)
    rows = []
    for ground in each_row(grounds[grounds.product_group.isin(known.index)]):
        about, own = Subject(product_group=ground.product_group), known.loc[ground.product_group]
        sides = (own.value / ground.value, own.low / ground.high, own.high / ground.low)
        key = (about.place, about.cluster, about.product_group, about.scope)
        rows.append((named, *key, *(100 * side for side in sides), (*ids(sources, [key]), ground.cell)))
    return pd.DataFrame(rows, columns=FIGURE)


def sufficient(groups: pd.DataFrame, least_pct: float) -> bool:
    """Whether so much is in its place that the rest may be divided.

    `groups` has a row a product group: its national figure (`value`, `high`), and the lower ends of what is `known` of it and
    of its coverage (`covered`, in percent), both missing without sources. A product group is covered from `least_pct` on.
    Those that are must together hold as large a part of all, and of none may more be known than it has: then its sources are
    of another scope, and what is left of it is not known.
    """
    if (groups.known > groups.high).any():
        return False
    return bool(groups.value[groups.covered >= least_pct].sum() >= least_pct / 100 * groups.value.sum())


def by_group(figures: pd.DataFrame, code: str) -> pd.DataFrame:
    """The national figures of an indicator by product group: `value`, `low` and `high`."""
    own = figures[(figures.indicator == code) & (figures.place == "NL") & (figures.product_group != "")]
    return own.set_index("product_group")[["value", "low", "high"]]
