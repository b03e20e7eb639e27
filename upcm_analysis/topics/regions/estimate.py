"""The estimate: one matrix of shares inside the set of allocations that fit.

It has maximum entropy relative to a prior: of all matrices that fit, the one that assumes least beyond it. It does not say how
likely a value is; the bounds say what the published figures allow.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import linalg
from threadpoolctl import threadpool_limits

from factpress.methods import method
from upcm_analysis.topics.regions.allocation import Allocation
from upcm_analysis.vocabulary.figures import SUBJECT


@dataclass(frozen=True, eq=False)
class Estimate:
    """A matrix of shares [product group, place], and how far it is from satisfying the conditions of an optimum.

    `residual` is the largest of: share times gradient of the Lagrangian, violation of a constraint, price times slack (the
    conditions of Karush, Kuhn and Tucker). `steps` are those that were taken.
    """

    shares: np.ndarray
    residual: float
    steps: int


class NotConverged(ArithmeticError):
    """The optimum was not reached."""


def prior(program: Allocation, indicator: str) -> np.ndarray:
    """Of each place its part of the printed column of an indicator: the shares that are assumed without further knowledge."""
    column = program.places_as_printed[:, program.indicators.index(indicator)]
    return column / column.sum()


#: On matrices of this size threads cost more than they gain, and change the last digits from run to run.
_one_thread = threadpool_limits.wrap(limits=1, user_api="blas")


@_one_thread
def most_even(program: Allocation, expected: np.ndarray, tolerance: float = 1e-9, steps: int = 200) -> Estimate:
    """The matrix of shares that fits and diverges least from a prior.

    Minimises the sum over g and p of s[g, p] * ln(s[g, p] / prior[p]), every product group counting alike, by Newton steps
    on the conditions of Karush, Kuhn and Tucker with a vanishing barrier (a primal-dual interior-point method). Raises
    NotConverged where no such matrix is found.
    """
    free = program.ceiling.ravel() > 0
    q = np.broadcast_to(expected, program.shape).ravel()[free]
    if (q <= 0).any():
        raise ValueError("the prior is zero where a share may be more: its divergence would be infinite")
    even, ones, most, limits = (part[..., free] if part.ndim == 2 else part for part in _constraints(program))
    scale = np.abs(most).max(axis=1, initial=0)
    kept = scale > 0
    most, limits = most[kept] / scale[kept, None], limits[kept] / scale[kept]
    s, price_even = q.copy(), np.zeros(len(ones))
    slack = np.maximum(limits - most @ s, 1e-2)
    price = np.full(len(slack), 1e-2)
    taken = 0
    while True:
        gap = slack @ price / max(len(slack), 1)
        gradient = np.log(s / q) + 1 + most.T @ price + even.T @ price_even
        outside, uneven = most @ s + slack - limits, even @ s - ones
        residual = max(np.abs(part).max(initial=0) for part in (s * gradient, outside, uneven, slack * price))
        if residual < tolerance:
            break
        if taken == steps:
            raise NotConverged(f"the estimate was not reached in {steps} steps: {residual:.1e} from the optimum")
        taken += 1
        centring = price * slack - 0.1 * gap
        try:
            with np.errstate(over="ignore", invalid="ignore"):  # what is no number is refused
                curvature = np.diag(1 / s) + (most.T * (price / slack)) @ most
                right = -gradient - most.T @ ((price * outside - centring) / slack)
                ds, d_even = _newton(curvature, even, right, -uneven)
        except (np.linalg.LinAlgError, ValueError):
            raise NotConverged("the estimate was not reached: no shares fit, or hardly any") from None
        d_slack = -outside - most @ ds
        d_price = (-centring - price * d_slack) / slack
        primal = min(1.0, 0.99 * _reach(s, ds), 0.99 * _reach(slack, d_slack))
        dual = min(1.0, 0.99 * _reach(price, d_price))
        s, slack = s + primal * ds, slack + primal * d_slack
        price, price_even = price + dual * d_price, price_even + dual * d_even
    shares = np.zeros(program.floor.size)
    shares[free] = s
    return Estimate(shares.reshape(program.shape), float(residual), taken)


def rake(
    seed: np.ndarray, rows: np.ndarray, columns: np.ndarray, tolerance: float = 1e-12, rounds: int = 10_000
) -> np.ndarray:
    """The table that keeps the proportions of a seed and has these totals: iterative proportional fitting (RAS).

    The columns' totals are first scaled to the sum of the rows'. Raises NotConverged where the zeros of the seed forbid it.
    """
    columns = columns * rows.sum() / columns.sum()
    table = seed.astype(float)
    for _ in range(rounds):
        table = table * _quotient(rows, table.sum(axis=1))[:, None]
        table = table * _quotient(columns, table.sum(axis=0))
        if np.abs(table.sum(axis=1) - rows).max() <= tolerance * max(rows.max(), 1.0):
            return table
    raise NotConverged(f"no table has these totals and the zeros of its seed, after {rounds} rounds")


@method("pro-rata", status="estimated", nl="naar rato verdeeld, RAS", en="divided pro rata, RAS")
def raked(program: Allocation, expected: np.ndarray) -> np.ndarray:
    """The naive alternative [indicator, product group, place]: each column by itself, raked to its two margins.

    The seed of every column is the prior times the product group's figure; so the result is (figure of the product group) *
    (share of the place in that column), whatever else is published.
    """
    groups, places = program.groups_as_printed, program.places_as_printed
    columns = range(len(program.indicators))
    return np.array([rake(np.outer(groups[:, k], expected), groups[:, k], places[:, k]) for k in columns])


def quantities(
    program: Allocation, shares: np.ndarray, unions: dict[str, list[str]], share: str
) -> tuple[pd.DataFrame, np.ndarray]:
    """What matrices of shares make of every quantity, with the product groups' figures as printed.

    `shares` is [..., product group, place]. Gives an index (a table of `indicator` and subject: `share` in percent of each
    product group, then each figure of each product group and union, in each place) and the values [..., quantity].
    """
    names, values = [], []
    printed = program.groups_as_printed
    parts = [("", group) for group in program.groups] + [(name, "") for name in unions]
    members = [[group] for group in program.groups] + list(unions.values())
    for (cluster, group), groups in zip(parts, members, strict=True):
        which = np.isin(program.groups, groups)
        if group:
            names += [(share, place, "", group, "") for place in program.places]
            values.append(100 * shares[..., which, :].sum(axis=-2))
        for k, code in enumerate(program.indicators):
            names += [(code, place, cluster, group, "") for place in program.places]
            values.append(np.einsum("...gp,g->...p", shares[..., which, :], printed[which, k]))
    return pd.DataFrame(names, columns=["indicator", *SUBJECT]), np.concatenate(values, axis=-1)


@method("estimate-within-bounds", status="estimated", nl="schatting binnen de grenzen", en="estimate within the bounds")
def profile(
    program: Allocation, limits: pd.DataFrame, estimate: Estimate, unions: dict[str, list[str]], share: str
) -> pd.DataFrame:
    """Bounds and estimate of every quantity side by side, one row a quantity.

    `limits` as `bounds.bounds` gives them. `value` is the estimate, with the product groups' figures as printed, kept inside
    the bounds.
    """
    index, values = quantities(program, estimate.shares, unions, share)
    table = limits.merge(index.assign(value=values), on=["indicator", *SUBJECT], validate="one_to_one")
    table["value"] = table.value.clip(table.low, table.high)
    return table[["indicator", *SUBJECT, "low", "value", "high"]]


def _constraints(program: Allocation) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """E s = e, of full rank, and A s <= a: what shares must satisfy besides being positive.

    A published figure without an interval, of product groups without one, is an equation.
    """
    matrix, upper = program.rows
    below, above = matrix[0::2], -matrix[1::2]
    exact = (below == above).all(axis=1) & (upper[0::2] == -upper[1::2])
    equations, sides = np.vstack([program.sums, below[exact]]), np.r_[np.ones(len(program.groups)), upper[0::2][exact]]
    norms = np.linalg.norm(equations, axis=1)
    equations, sides = equations[norms > 0] / norms[norms > 0, None], sides[norms > 0] / norms[norms > 0]
    _, triangle, order = linalg.qr(equations.T, mode="economic", pivoting=True)
    rank = int((np.abs(np.diag(triangle)) > 1e-10).sum())
    chosen = np.sort(order[:rank])
    unit = np.eye(program.floor.size)
    raised, limited = program.floor.ravel() > 0, (program.ceiling.ravel() < 1) & (program.ceiling.ravel() > 0)
    loose = np.repeat(~exact, 2)
    rows = np.vstack([matrix[loose], -unit[raised], unit[limited]])
    limits = np.r_[upper[loose], -program.floor.ravel()[raised], program.ceiling.ravel()[limited]]
    return equations[chosen], sides[chosen], rows, limits


def _newton(
    curvature: np.ndarray, even: np.ndarray, right: np.ndarray, right_even: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Solves [H E'; E 0] [ds, de] = [right, right_even] by eliminating ds."""
    factor = linalg.cho_factor(curvature)
    across = linalg.cho_solve(factor, even.T)
    straight = linalg.cho_solve(factor, right)
    d_even = np.linalg.solve(even @ across, even @ straight - right_even)
    return straight - across @ d_even, d_even


def _reach(values: np.ndarray, steps: np.ndarray) -> float:
    """How many steps can be taken before one of the values is zero."""
    falling = steps < 0
    return float((-values[falling] / steps[falling]).min(initial=np.inf))


def _quotient(wanted: np.ndarray, found: np.ndarray) -> np.ndarray:
    return np.divide(wanted, found, out=np.zeros_like(wanted, dtype=float), where=found > 0)
