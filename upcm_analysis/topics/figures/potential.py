"""The potential as published: the whole percentage of the baseline that fits each published figure.

Per product group the Werkwijze gives extra value added and CO2 reduction after ten years. Each fits one whole percentage
of the baseline: potential = round(percentage * baseline / 100), halves rounded up. The totals are the rounded sums of the
unrounded parts. That it fits is a finding; nobody published where the percentages come from. Where the baseline is so small
that rounding leaves a whole percentage point or more, some whole percentage always fits, which says nothing.
"""

import math

import pandas as pd

from factpress.methods import method
from upcm_analysis.vocabulary.figures import FIGURE, SUBJECT, each_row, ids, national, of

#: Of each potential the baseline that it is a percentage of, and the name of that percentage.
POTENTIALS = {
    "value_added_potential_meur": ("value_added_meur", "value_added_potential_pct"),
    "co2_reduction_kt": ("co2_kt", "co2_reduction_pct"),
}
#: An interval of percentages as wide as this, or wider, always has a whole one in it.
POINT = 1.0


def half_up(value: float) -> int:
    """The nearest whole number, halves up, as the tables are rounded.

    >>> half_up(1102.5), half_up(31.32)
    (1103, 31)
    """
    return math.floor(value + 0.5)


def fitting_percentages(baseline: pd.Series, potential: pd.Series) -> list[int]:
    """All whole percentages from 0 to 100 for which the published potential follows from the published baseline.

    Both are intervals (`low`, `high`): a percentage fits when some baseline in its interval gives a potential in its own.
    """
    (low, high), (least, most) = (baseline.low, baseline.high), (potential.low, potential.high)
    return [p for p in range(101) if p * low / 100 <= most and p * high / 100 >= least]


def possible_percentages(baseline: pd.Series, potential: pd.Series) -> tuple[float, float]:
    """The smallest and the largest percentage that a published potential can be of a published baseline, by rounding."""
    most = 100 * potential.high / baseline.low if baseline.low > 0 else math.inf
    return 100 * potential.low / baseline.high, most


def replication(figures: pd.DataFrame) -> pd.DataFrame:
    """The percentages that fit the published potentials, and the potentials that follow from them.

    A row is one potential of one product group, or of the Netherlands (empty `product_group`): `potential`, `percentage` and
    `baseline_indicator` (indicators), `baseline` and `published` (values), `low_pct` and `high_pct` (what rounding leaves),
    `fits` (all whole percentages that fit, as a tuple), `always` (rounding leaves a point or more), `pct`
    (the one that fits; missing where none does, or always), `unrounded` (pct * baseline / 100; where always one fits, what
    was published; for the Netherlands the sum of its parts), `leeway` (what the rounding of that leaves) and `replicated`.
    """
    rows = []
    for potential, (baseline, percentage) in POTENTIALS.items():
        names = {"potential": potential, "percentage": percentage, "baseline_indicator": baseline}
        bases, published = of(figures, baseline, "product-group"), of(figures, potential, "product-group")
        total = leeway = 0.0
        for key in bases.index:
            base, given = bases.loc[key], published.loc[key]
            fits, (low, high) = fitting_percentages(base, given), possible_percentages(base, given)
            always = high - low >= POINT
            pct = fits[0] if fits and not always else math.nan
            unrounded = given.value if always else pct * base.value / 100
            slack = (given.high - given.low) / 2 if always else 0.0
            total, leeway = total + unrounded, leeway + slack
            rows.append(
                names
                | {"product_group": key[2], "baseline": base.value, "published": given.value}
                | {"low_pct": low, "high_pct": high, "fits": tuple(fits), "always": always, "pct": pct}
                | {"unrounded": unrounded, "leeway": slack}
            )
        whole = {"baseline": national(figures, baseline).value, "published": national(figures, potential).value}
        none = {"product_group": "", "low_pct": math.nan, "high_pct": math.nan, "fits": (), "always": False}
        rows.append(names | whole | none | {"pct": math.nan, "unrounded": total, "leeway": leeway})
    table = pd.DataFrame(rows)
    return table.assign(replicated=[math.nan if math.isnan(x) else half_up(x) for x in table.unrounded])


@method(
    "whole-percentage",
    status="derived",
    nl="het hele percentage dat bij het gedrukte potentieel past",
    en="the whole percentage that fits the printed potential",
)
def whole_percentages(figures: pd.DataFrame) -> pd.DataFrame:
    """Whole percentages p with round(p * baseline / 100) = published potential; see `replication`."""
    rows = []
    for row in each_row(replication(figures)):
        if row.product_group and not math.isnan(row.pct):
            key = ("NL", "", row.product_group, "")
            rows.append(
                {"indicator": row.percentage, **dict(zip(SUBJECT, key, strict=True))}
                | dict.fromkeys(("value", "low", "high"), float(row.pct))
                | {"inputs": (*ids(row.potential, [key]), *ids(row.baseline_indicator, [key]))}
            )
    return pd.DataFrame(rows, columns=FIGURE)
