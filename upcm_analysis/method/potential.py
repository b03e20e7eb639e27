"""The potential as published: the whole percentage of the baseline that lies behind each published figure.

Per product group the Werkwijze gives extra value added and CO2 reduction after ten years. Each is one whole percentage
of the baseline: potential = round(percentage * baseline / 100), halves rounded up. The totals are the rounded sums of the
unrounded parts. Nobody published where the percentages come from.
"""

import math

import pandas as pd

from upcm_analysis.method.figures import FIGURE, ids, national, of

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
    return [
        p for p in range(101) if p * baseline.low / 100 <= potential.high and p * baseline.high / 100 >= potential.low
    ]


def replication(figures: pd.DataFrame) -> pd.DataFrame:
    """The percentages behind the published potentials, and the potentials that follow from them.

    A row is one potential of one product group, or of the Netherlands (empty `product_group`): `potential` (indicator),
    `percentage` (indicator), `baseline` and `published` values, `fits` (all whole percentages that fit, as a tuple),
    `pct` (the percentage; missing unless exactly one fits), `unrounded` (pct * baseline / 100; for the Netherlands the
    sum of its parts) and `replicated` (rounded).
    """
    rows = []
    for potential, (baseline, percentage) in POTENTIALS.items():
        bases, published = of(figures, baseline, "product-group"), of(figures, potential, "product-group")
        total = 0.0
        for key in bases.index:
            fits = fitting_percentages(bases.loc[key], published.loc[key])
            pct = fits[0] if len(fits) == 1 else math.nan
            unrounded = pct * bases.value[key] / 100
            total += unrounded
            rows.append(
                _row(potential, percentage, key[2], bases.value[key], published.value[key], fits, pct, unrounded)
            )
        whole = national(figures, baseline).value, national(figures, potential).value
        rows.append(_row(potential, percentage, "", *whole, (), math.nan, total))
    return pd.DataFrame(rows)


def _row(potential, percentage, product_group, baseline, published, fits, pct, unrounded):
    return {
        "potential": potential,
        "percentage": percentage,
        "product_group": product_group,
        "baseline": baseline,
        "published": published,
        "fits": tuple(fits),
        "pct": pct,
        "unrounded": unrounded,
        "replicated": half_up(unrounded) if not math.isnan(unrounded) else math.nan,
    }


def whole_percentages(figures: pd.DataFrame) -> pd.DataFrame:
    """Whole percentages p with round(p * baseline / 100) = published potential; see `replication`."""
    table = replication(figures)
    table = table[(table.product_group != "") & table.pct.notna()]
    result = pd.DataFrame(
        {
            "indicator": table.percentage,
            "place": "NL",
            "cluster": "",
            "product_group": table.product_group,
            "scope": "",
            "value": table.pct.astype(float),
            "low": table.pct.astype(float),
            "high": table.pct.astype(float),
        }
    )
    keys = list(result[["place", "cluster", "product_group", "scope"]].itertuples(index=False, name=None))
    baselines = [ids(POTENTIALS[p][0], [key])[0] for p, key in zip(table.potential, keys, strict=True)]
    potentials = [ids(p, [key])[0] for p, key in zip(table.potential, keys, strict=True)]
    result["inputs"] = list(zip(potentials, baselines, strict=True))
    return result[FIGURE]
