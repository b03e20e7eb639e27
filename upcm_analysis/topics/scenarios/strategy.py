"""The potential by R-strategy: which part of emissions and of value added each group of strategies can save or add.

A *share* here is a part of the present emissions (or value added) of a product group, as a number from 0 to 1. All functions
work on numbers and on arrays alike, so that one formula serves a scenario, a million draws and a test by hand.

The ladder is that of Potting, Hekkert, Worrell, Hanemaaijer (PBL 2016): design R0-R2, life extension R3-R7, recycling R8.
Energy recovery (R9) is no recycling and has no formula here.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

#: The groups of strategies, from the top of the ladder down: each works on what the earlier ones leave.
LADDER = ("design", "life-extension", "recycling")
#: What `shares` gives of the emissions of a product group, and of its value added.
CO2, VALUE_ADDED = ("nl", "abroad", *(f"nl {one}" for one in LADDER)), ("gross", "net")
#: What belongs to no one strategy.
ALL = "all"


def use(before: Any, after: Any) -> Any:
    """The part of production that more intensive use saves: u = 1 - U0 / U1.

    >>> use(1, 1.25)
    0.19999999999999996
    """
    return 1 - before / after


def design(used: Any, saved: Any) -> Any:
    """The part that more intensive use (`used`) and less material (`saved`) save together: f = 1 - (1 - u)(1 - m).

    >>> design(0.2, 0.5)
    0.6
    """
    return 1 - (1 - used) * (1 - saved)


def life(before: Any, after: Any, penalty: Any = 0.0) -> Any:
    """The part that a longer life saves with as many products in use: f = 1 - L0 / L1, less what keeping older ones costs.

    A life 20% longer saves a sixth of production, not a fifth. The penalty is the extra emission in use as a part of that
    of production; where it is more than what is saved f is negative.

    >>> round(life(10, 12), 4), round(life(10, 12, 0.25), 4)
    (0.1667, -0.0833)
    """
    return 1 - before / after - penalty


def recycling(collection: Any, output: Any, displacement: Any, factor_ratio: Any) -> Any:
    """The part of emissions that recycling saves: f = r y d (1 - EF_secondary / EF_primary).

    `collection` r is extra collection as a part of the flow, `output` y the part of it that comes out as material, and
    `displacement` d the part of that which takes the place of primary material: one only under special conditions, and
    possibly zero (Zink, Geyer, Startz 2016).
    """
    return collection * output * displacement * (1 - factor_ratio)


def recycled(quantity: Any, collection: Any, output: Any, displacement: Any, primary: Any, secondary: Any) -> Any:
    """The same as an amount: dE = Q r y d (EF_primary - EF_secondary), in the unit of Q times that of the factors."""
    return quantity * collection * output * displacement * (primary - secondary)


def stacked(parts: Iterable) -> list:
    """What each part takes of a whole, when each works on what the earlier ones leave.

    Together they take F = 1 - prod(1 - f_k p_k), in whatever order; how much of it is whose depends on the order.

    >>> stacked([0.5, 0.5])
    [0.5, 0.25]
    """
    left, taken = 1.0, []
    for part in parts:
        taken.append(left * part)
        left = left * (1 - part)
    return taken


def shares(given: Mapping[tuple[str, str], Any], adopted: Any = 1.0) -> dict[str, Any]:
    """All outcomes of a scenario as parts of the present emissions (`CO2`) and value added (`VALUE_ADDED`).

    `given` has a number or array by (parameter, strategy), see `parameters.csv`; `adopted` is the part of the
    penetration that is reached.

    - `nl`: F (1 - rho) (1 - a) (1 - o), less emitted in the Netherlands: rho is rebound, a the part abroad, o what other
      policy would save anyway; `nl design` and so on is what each group of strategies has in it
    - `abroad`: F (1 - rho) a. Another ledger: never to be added to the first
    - `gross`: sum of p_k v_k, the value added of repair, sharing and recycling, v_k as a part of that of what they serve
    - `net`: gross less n F' (1 - rho), the value added of new production lost; F' counts products and not emissions, so has
      neither the use-phase penalty nor the factors of recycling, and n is the part of it that is lost in the product group
    """
    p = {one: given["penetration", one] * adopted for one in LADDER}
    in_design = design(use(1.0, given["use_ratio", "design"]), given["design_saving", "design"])
    longer = life(1.0, given["life_ratio", "life-extension"])
    collection, output, displacement = (given[name, "recycling"] for name in ("collection", "output", "displacement"))
    saved = {
        "design": in_design,
        "life-extension": longer - given["use_phase_penalty", "life-extension"],
        "recycling": recycling(collection, output, displacement, given["factor_ratio", "recycling"]),
    }
    taken = dict(zip(LADDER, stacked(saved[one] * p[one] for one in LADDER), strict=True))
    left = 1 - given["rebound", ALL]
    here = left * (1 - given["share_abroad", ALL]) * (1 - given["policy_overlap", ALL])
    total = sum(taken.values())
    replaced = {
        "design": in_design,
        "life-extension": longer,
        "recycling": recycling(collection, output, displacement, 0.0),
    }
    lost = sum(stacked(replaced[one] * p[one] for one in LADDER)) * left * given["production_lost", ALL]
    gross = sum(p[one] * given["service_value_added", one] for one in LADDER)
    return {
        "nl": total * here,
        "abroad": total * left * given["share_abroad", ALL],
        **{f"nl {one}": part * here for one, part in taken.items()},
        "gross": gross,
        "net": gross - lost,
    }


def of_group(parameters: pd.DataFrame, product_group: str) -> pd.DataFrame:
    """The assumptions that hold for a product group, one row each by `parameter` and `strategy`: its own, else the general.

    A row of `parameters` is one assumption of a scenario; an empty `product_group` is all of them.
    """
    known = parameters[parameters.product_group.isin(["", product_group])]
    own = known.sort_values("product_group", ascending=False, kind="stable").drop_duplicates(["parameter", "strategy"])
    return own.sort_index()


def potential(parameters: pd.DataFrame, baselines: pd.DataFrame) -> pd.DataFrame:
    """The potential at the values of a scenario, without its ranges.

    A row is one `product_group` and `measure` (see `shares`), with its `share` and its `amount`: the share times the
    `co2_kt` or `value_added_meur` that `baselines` has by product group. In kt or million euro a year, after the term.
    """
    rows = []
    for group, base in baselines.iterrows():
        own = of_group(parameters, str(group))
        given = dict(zip(zip(own.parameter, own.strategy, strict=True), own.value, strict=True))
        for measure, share in shares(given).items():
            size = base.co2_kt if measure in CO2 else base.value_added_meur
            rows.append({"product_group": group, "measure": measure, "share": share, "amount": share * size})
    return pd.DataFrame(rows, columns=["product_group", "measure", "share", "amount"])
