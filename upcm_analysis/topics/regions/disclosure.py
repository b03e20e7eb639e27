"""Disclosure: what may be published of a product group or cluster in a province, where few organisations contribute.

A figure is sensitive where few organisations may stand behind it and it is known too precisely. What is published is made of
the published tables and of those known figures that may be released; so whoever solves the same programs finds out no more
than these tell. Of the known figures those about a sensitive figure are withheld, and further ones as long as it follows from
the rest. What already follows from the published tables alone cannot be protected here; that is reported, not hidden.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from factpress.methods import method
from upcm_analysis.topics.regions.crossing import Crossing, extremes
from upcm_analysis.topics.regions.reach import Reach
from upcm_analysis.vocabulary.figures import SUBJECT, each_row

#: What is done with a figure that is not published: it is sensitive, protects one that is, or is sensitive and follows
#: from the published tables alone.
PRIMARY, SECONDARY, EXPOSED = "primary", "secondary", "exposed"
STATES = (PRIMARY, SECONDARY, EXPOSED)
KEY = ["indicator", *SUBJECT]
PARTS = ["place", "cluster", "product_group"]


@dataclass(frozen=True)
class Rule:
    """When a figure is sensitive, and how wide an attacker's interval for it must be.

    `least`: of each size class, smallest first, the number of organisations that must contribute; fewer, unless none, is few.
    `largest_pct`: the part that one organisation may have of the figures of the largest class (dominance). What each has is not
    published: of n organisations alike it is 100 / n. `protection_pct`: how far an attacker's interval must reach to both
    sides of the middle of what is known, in percent of that middle.
    """

    least: dict[str, float]
    largest_pct: float
    protection_pct: float


@dataclass(frozen=True, eq=False)
class Gate:
    """`states`: a row a figure that is not published, with its `state`; `kept`: the known figures that may be released."""

    states: pd.DataFrame
    kept: pd.DataFrame


def few(table: pd.DataFrame, rule: Rule) -> pd.Series:
    """Of each figure whether few organisations may stand behind it.

    `table` has `low` and `high` of figures, the organisations by size class of the same subjects among them. What counts is
    the lower bound: the smallest number that is possible. Nobody is not few: where less than one half is possible there is
    none.
    """
    if not rule.least:
        return pd.Series(False, index=table.index)
    counts = table[table.indicator.isin(rule.least)].pivot_table(
        index=PARTS, columns="indicator", values=["low", "high"]
    )
    found = pd.Series(False, index=counts.index)
    for size_class, least in rule.least.items():
        found |= (counts["low"][size_class] < least) & (counts["high"][size_class] >= 0.5)
    largest = counts["low"][list(rule.least)[-1]]
    found |= (largest > 0) & (100 / largest.where(largest > 0) > rule.largest_pct)
    subjects = pd.MultiIndex.from_frame(table[PARTS])
    return pd.Series(found.reindex(subjects, fill_value=False).to_numpy(dtype=bool), index=table.index)


def sensitive(table: pd.DataFrame, rule: Rule) -> pd.Series:
    """Of each figure whether few organisations contribute and its interval is narrower than the protection."""
    return few(table, rule) & narrow(table, rule)


def narrow(table: pd.DataFrame, rule: Rule) -> pd.Series:
    """Of each figure whether its interval is narrower than the protection."""
    return pd.Series(~_protected(table, table, rule), index=table.index)


@method("suppressed", status="suppressed", nl="niet getoond", en="not shown")
def suppressed(made: Crossing, table: pd.DataFrame, rule: Rule, share: str) -> Gate:
    """What is not published, and which known figures may be released.

    `made` has all known figures and, apart from these, nothing but published ones; `table` has `low` and `high` of every figure
    of product groups (`share` among them) and clusters in places, from all of these. The known figures about a sensitive
    figure are withheld. As long as an attacker comes closer to one than the protection, so are those of the narrowest subject
    in the same place, or of the same product group or cluster; what proves not to be needed is released again.
    """
    risky = table[sensitive(table, rule)]
    if risky.empty or made.known.empty:
        return Gate(risky[KEY].assign(state=EXPOSED), made.known)
    known = made.known[~_about(made.known, risky)].reset_index(drop=True)
    middle, margin = _middle(risky, rule)
    reach = Reach(replace(made, known=known), risky.assign(low=middle - margin, high=middle + margin), share)

    def bare(kept: pd.Series, targets: pd.DataFrame) -> pd.DataFrame:
        """The targets that are not protected where these known figures are released."""
        return targets.loc[list(reach.bare(kept.to_numpy(), targets.index))]

    none = pd.Series(False, index=known.index)
    exposed = bare(none, risky)
    protect = risky.drop(exposed.index)
    # Other columns follow from these, and take longer: they are looked at once these are protected.
    first = protect.indicator.isin({share, *known.indicator})
    kept = ~none
    withheld: list[tuple] = []
    while len(open_ := bare(kept, protect[first])) or len(open_ := bare(kept, protect[~first])):
        for one in each_row(open_.drop_duplicates(PARTS)):
            near = known[kept & _near(known, *(getattr(one, name) for name in PARTS))]
            if (near := near if len(near) else known[kept]).empty:
                break
            width = (near.high - near.low) / (near.high + near.low).where(near.high > 0)
            withheld.append(tuple(near[PARTS].iloc[width.fillna(0).argmin()]))
            kept &= ~_is(known, withheld[-1])
    needed, fewer = list(withheld), kept
    for subject in withheld:
        tried = fewer | _is(known, subject)
        alike = _near(protect, *subject)  # what is most likely to be bare is looked at first
        asked = protect.index[first & alike].append(protect.index[first & ~alike])
        if next(reach.bare(tried.to_numpy(), asked), None) is None:
            fewer = tried
            needed.remove(subject)
    if len(needed) < len(withheld) and bare(fewer, protect[~first]).empty:
        withheld, kept = needed, fewer
    states = pd.Series("", index=table.index)
    for subject in withheld:
        states[_is(table, subject)] = SECONDARY
    states[protect.index] = PRIMARY
    states[exposed.index] = EXPOSED
    return Gate(table.loc[states != "", KEY].assign(state=states[states != ""]), known[kept])


def recovered(made: Crossing, released: pd.DataFrame, table: pd.DataFrame, rule: Rule, share: str) -> pd.DataFrame:
    """Which figures of `table` an attacker finds more precisely than the protection allows, with what is `released`.

    `released` has the figures of product groups (`share` among them) and clusters in places that are published, with `low` and
    `high`: they are known figures to whoever reads them.
    """
    parts = released.indicator == share
    printed = released[~parts].reset_index(drop=True)
    program = made.program
    floor, ceiling = program.floor.copy(), program.ceiling.copy()
    for row in each_row(released[parts]):
        g, p = program.groups.index(row.product_group), program.places.index(row.place)
        floor[g, p], ceiling[g, p] = max(floor[g, p], row.low / 100), min(ceiling[g, p], row.high / 100)
    seen = extremes(replace(made, program=replace(program, floor=floor, ceiling=ceiling), known=printed), table, share)
    return seen[~_protected(table, seen, rule)]


def _protected(table: pd.DataFrame, seen: pd.DataFrame, rule: Rule) -> np.ndarray:
    """Whether what is seen of each figure reaches far enough to both sides of the middle of what is known of it."""
    middle, margin = _middle(table, rule)
    return ((middle - seen.low >= margin) & (seen.high - middle >= margin)).to_numpy(dtype=bool)


def _middle(table: pd.DataFrame, rule: Rule) -> tuple[pd.Series, pd.Series]:
    """The middle of what is known of each figure, and how far an attacker must be kept from it."""
    middle = (table.low + table.high) / 2
    return middle, middle * rule.protection_pct / 100


def _about(known: pd.DataFrame, figures: pd.DataFrame) -> pd.Series:
    """Of each known figure whether it is about the place, and the product group or the cluster, of one of these figures."""
    found = pd.Series(False, index=known.index)
    for place, cluster, group in figures[PARTS].drop_duplicates().itertuples(index=False, name=None):
        part = known.product_group == group if group else known.cluster == cluster
        found |= (known.place == place) & part
    return found


def _near(table: pd.DataFrame, place: str, cluster: str, group: str) -> pd.Series:
    """Of each row whether it is about this place, or about this product group or cluster."""
    part = (table.product_group == group) & (group != "") | (table.cluster == cluster) & (cluster != "")
    return (table.place == place) | part


def _is(table: pd.DataFrame, subject: tuple) -> pd.Series:
    """Of each row whether it is about this place, cluster and product group."""
    return (table[PARTS] == list(subject)).all(axis=1)
