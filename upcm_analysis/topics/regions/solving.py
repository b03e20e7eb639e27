"""What the published figures, and what is known besides, leave possible: the tables that take long to calculate.

Each function here takes tables and gives one, so that it can be remembered from one edition to the next.
"""

import numpy as np
import pandas as pd

from upcm_analysis.topics.regions import allocation, anchors, bounds, crossing, disclosure, estimate
from upcm_analysis.topics.regions import single_key as key_test
from upcm_analysis.vocabulary.figures import DIGITS, SUBJECT, rounded, significant

#: The share of a product group that is in a province.
SHARE = "group_share_pct"
#: The CO2 that point sources are a part of.
CO2 = "co2_kt"
#: The sets of columns that the single-key test is done for: all that are published, and pairs of them.
SETS = {"people": ["jobs_k", "labour_volume_k"], "money": ["turnover_meur", "value_added_meur"]}
#: The families of columns that the power of that test is measured for, each by itself.
FAMILIES = {
    "people": ["jobs_k", "labour_volume_k"],
    "organisations": ["organisations_0_50", "organisations_51_100", "organisations_over_100"],
    "money": ["turnover_meur", "value_added_meur", "value_added_potential_meur"],
    "co2": ["co2_kt", "co2_reduction_kt"],
    "material": ["material_mkg"],
}
#: The state of a known figure that may be released.
RELEASED = "released"


def gated(
    figures: pd.DataFrame, indicators: list[str], unions: dict, known: pd.DataFrame, parts: dict | None, rule: dict
) -> pd.DataFrame:
    """What may not be published once everything known is used, and the known figures that may be released, by `state`.

    Raises InputError with the known figures that cannot hold together with the published ones.
    """
    program = allocation.allocation(figures, indicators)
    made = crossing.crossing(figures, program, unions, known, parts)
    crossing.require_known(made)
    tight = crossing.tightened(made)
    table = pd.concat(
        [bounds.bounds(tight.program, unions, SHARE), crossing.bounds(tight, _finer(tight, unions))], ignore_index=True
    )
    gate = disclosure.suppressed(made, table, disclosure.Rule(**rule), SHARE)
    return pd.concat([gate.states, gate.kept.assign(state=RELEASED)], ignore_index=True)


def profile(
    figures: pd.DataFrame, indicators: list[str], unions: dict, prior: str, known: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Bounds, estimate and naive figure of product groups and unions of them in provinces, one row a quantity.

    `prior` is the indicator whose shares are assumed without further knowledge; `unrounded` is `value` before it was rounded.
    `known` as in `cut_finer`.
    """
    program = allocation.allocation(figures, indicators, known=crossing.of_groups(known))
    limits = bounds.bounds(program, unions, SHARE)
    expected = estimate.prior(program, prior)
    found = estimate.profile(program, limits, estimate.most_even(program, expected), unions, SHARE)
    naive, keys = _naive(program, expected, unions), ["indicator", *SUBJECT]
    found = _rounded(found.assign(unrounded=found.value).merge(naive, on=keys, how="left", validate="one_to_one"))
    return found.assign(high=found.high.where(found.indicator != SHARE, found.high.clip(upper=100)))


def ratio_bounds(
    figures: pd.DataFrame, indicators: list[str], unions: dict, named: list, known: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Bounds of ratios of unions of product groups in provinces, one row a ratio; `named` as in `regions`."""
    program = allocation.allocation(figures, indicators, known=crossing.of_groups(known))
    return _rounded(bounds.ratios(program, unions, named))


def anchored(
    figures: pd.DataFrame,
    indicators: list[str],
    sources: pd.DataFrame,
    shares: pd.DataFrame,
    known: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """CO2 of provinces with point sources at their place, and the rest as the estimate divides it, one row a province.

    `shares` are the estimated ones of `profile`, in percent.
    """
    program = allocation.allocation(figures, indicators, known=crossing.of_groups(known))
    percent = shares.pivot(index="product_group", columns="place", values="unrounded")
    percents = percent.loc[list(program.groups), list(program.places)].to_numpy()
    return _rounded(anchors.anchored(program, sources, percents / 100, CO2))


def cut_finer(
    figures: pd.DataFrame,
    indicators: list[str],
    unions: dict,
    known: pd.DataFrame | None = None,
    parts: dict | None = None,
) -> pd.DataFrame:
    """Bounds of the clusters that do not consist of whole product groups, in provinces, one row a figure.

    `known` are figures of product groups and clusters in places besides, `parts` as in `Known`.
    """
    program = allocation.allocation(figures, indicators)
    made = crossing.tightened(crossing.crossing(figures, program, unions, known, parts))
    return _rounded(crossing.bounds(made, _finer(made, unions)))


def single_key(figures: pd.DataFrame, indicators: list[str]) -> pd.DataFrame:
    """The single-key test of the province table and of the cluster table, for all columns and for pairs of them."""
    sets = {"all": indicators, **{name: codes for name, codes in SETS.items() if set(codes) <= set(indicators)}}
    tests = [key_test.single_key(figures, sets, over) for over in ("province", "cluster")]
    return rounded(pd.concat(tests, ignore_index=True))


def power(
    figures: pd.DataFrame, indicators: list[str], noise: list[float], of_family: list[float], draws: int, seed: int
) -> pd.DataFrame:
    """How often the single-key test passes for a province table with so much noise: one row a set of columns and a level.

    The set `all` is every figure with noise of its own; the others are the families, each alone and with levels `of_family`.
    """
    program = allocation.allocation(figures, indicators)
    made = [key_test.power(program, noise, draws, seed).assign(set="all")]
    for name, codes in FAMILIES.items():
        if set(codes) & set(indicators):
            made.append(key_test.power(program, of_family, draws, seed, codes).assign(set=name))
    return pd.concat(made, ignore_index=True)[["set", "noise_pct", "draws", "passed", "passed_pct"]]


def _finer(made: crossing.Crossing, unions: dict) -> list[str]:
    """The clusters that do not consist of whole product groups."""
    return [cluster for cluster in made.clusters if cluster not in unions]


def _naive(program: allocation.Allocation, expected: np.ndarray, unions: dict) -> pd.DataFrame:
    """What two totals of one column give for unions, without looking at the other columns."""
    raked = estimate.raked(program, expected)
    rows = [
        (code, place, union, "", "", raked[k][np.isin(program.groups, groups)].sum(axis=0)[p])
        for union, groups in unions.items()
        for k, code in enumerate(program.indicators)
        for p, place in enumerate(program.places)
    ]
    return pd.DataFrame(rows, columns=["indicator", *SUBJECT, "naive"])


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """To so many digits that every machine finds the same: bounds outward, and everything else kept within them."""
    table = table.copy()
    table["low"] = [
        _outward(low, -1) if low > 1e-6 * high else 0.0 for low, high in zip(table.low, table.high, strict=True)
    ]
    table["high"] = [_outward(high, 1) for high in table.high]
    for name in {"value", "naive"} & set(table):
        table[name] = [significant(value) for value in table[name]]
    if "value" in table:
        table["value"] = table.value.clip(table.low, table.high)
    return table


def _outward(value: float, side: int) -> float:
    """The next number of so many digits on this side of a value that is not negative, and of all that is as good as it."""
    if not 0 < value < np.inf:
        return max(value, 0.0)
    size = 10.0 ** (np.floor(np.log10(value)) + 1 - DIGITS)
    moved = value * (1 + side * 1e-6) / size
    return significant((np.floor(moved) if side < 0 else np.ceil(moved)) * size)
