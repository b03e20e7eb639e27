"""The potential as published: the whole percentage of the baseline that lies behind each published figure.

Per product group the Werkwijze gives extra value added and CO2 reduction after ten years. Each is one whole percentage
of the baseline: potential = round(percentage * baseline / 100), halves rounded up. The totals are the rounded sums of the
unrounded parts. Nobody published where the percentages come from.
"""

import math

import pandas as pd

from upcm_analysis.method.figures import FIGURE, SUBJECT, ids, national, of

#: Of each potential the baseline that it is a percentage of, and the name of that percentage.
POTENTIALS = {
    "value_added_potential_meur": ("value_added_meur", "value_added_potential_pct"),
    "co2_reduction_kt": ("co2_kt", "co2_reduction_pct"),
}


def half_up(value: float) -> int:
    """The nearest whole number, halves up, as the tables are rounded.

    >>> half_up(1102.5), half_up(31.32)
    (1103, 31)
    """
    return math.floor(value + 0.5)


def fitting_percentages(baseline, potential) -> list[int]:
    """All whole percentages from 0 to 100 for which the published potential follows from the published baseline.

    Both are intervals (`low`, `high`): a percentage fits when some baseline in its interval gives a potential in its own.
    """
    (low, high), (least, most) = (baseline.low, baseline.high), (potential.low, potential.high)
    return [p for p in range(101) if p * low / 100 <= most and p * high / 100 >= least]


def replication(figures: pd.DataFrame) -> pd.DataFrame:
    """The percentages behind the published potentials, and the potentials that follow from them.

    A row is one potential of one product group, or of the Netherlands (empty `product_group`): `potential`, `percentage` and
    `baseline_indicator` (indicators), `baseline` and `published` (values), `fits` (all whole percentages that fit, as a
    tuple), `pct` (the percentage; missing unless exactly one fits), `unrounded` (pct * baseline / 100; for the Netherlands
    the sum of its parts) and `replicated` (rounded).
    """
    rows = []
    for potential, (baseline, percentage) in POTENTIALS.items():
        names = {"potential": potential, "percentage": percentage, "baseline_indicator": baseline}
        bases, published = of(figures, baseline, "product-group"), of(figures, potential, "product-group")
        total = 0.0
        for key in bases.index:
            fits = fitting_percentages(bases.loc[key], published.loc[key])
            pct = fits[0] if len(fits) == 1 else math.nan
            unrounded = pct * bases.value[key] / 100
            total += unrounded
            rows.append(
                names
                | {"product_group": key[2], "baseline": bases.value[key], "published": published.value[key]}
                | {"fits": tuple(fits), "pct": pct, "unrounded": unrounded}
            )
        whole = {"baseline": national(figures, baseline).value, "published": national(figures, potential).value}
        rows.append(names | whole | {"product_group": "", "fits": (), "pct": math.nan, "unrounded": total})
    table = pd.DataFrame(rows)
    return table.assign(replicated=[math.nan if math.isnan(x) else half_up(x) for x in table.unrounded])


def whole_percentages(figures: pd.DataFrame) -> pd.DataFrame:
    """Whole percentages p with round(p * baseline / 100) = published potential; see `replication`."""
    rows = []
    for row in replication(figures).itertuples():
        if row.product_group and not math.isnan(row.pct):
            key = ("NL", "", row.product_group, "")
            rows.append(
                {"indicator": row.percentage, **dict(zip(SUBJECT, key, strict=True))}
                | dict.fromkeys(("value", "low", "high"), float(row.pct))
                | {"inputs": (*ids(row.potential, [key]), *ids(row.baseline_indicator, [key]))}
            )
    return pd.DataFrame(rows, columns=FIGURE)
