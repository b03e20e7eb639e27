"""The spread: one estimate inside the set of allocations that fit, and how much room that set leaves around it.

The estimate has maximum entropy relative to a prior: of all matrices that fit, the one that assumes least beyond it.
The room is shown by matrices drawn evenly from the set. Neither says how likely a value is: the set says what the published
figures allow, and an even draw is a way to describe a set, not a law of probability.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import linalg
from threadpoolctl import threadpool_limits

from upcm_analysis.method.allocation import Allocation
from upcm_analysis.method.figures import SUBJECT
from upcm_analysis.method.linear import LinearProgram


@dataclass(frozen=True, eq=False)
class Estimate:
    """A matrix of shares [product group, place], and how far it is from satisfying the conditions of an optimum.

    `residual` is the largest of: share times gradient of the Lagrangian, violation of a constraint, price times slack (the
    conditions of Karush, Kuhn and Tucker). `steps` are those that were taken.
    """

    shares: np.ndarray
    residual: float
    steps: int


@dataclass(frozen=True, eq=False)
class Sample:
    """Matrices drawn evenly from the set: `shares` [chain, draw, product group, place], `steps` between two draws."""

    shares: np.ndarray
    steps: int


@dataclass(frozen=True, eq=False)
class Polytope:
    """The set of shares in coordinates y of its own: shares = centre + basis @ y, with matrix @ y <= room."""

    centre: np.ndarray
    basis: np.ndarray
    matrix: np.ndarray
    room: np.ndarray


class NoInterior(ArithmeticError):
    """The set of allocations that fit is empty, or so thin that it has no inside to draw from."""


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
        weight = price / slack
        curvature = np.diag(1 / s) + (most.T * weight) @ most
        right = -gradient - most.T @ ((price * outside - centring) / slack)
        try:
            ds, d_even = _newton(curvature, even, right, -uneven)
        except np.linalg.LinAlgError:
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


def rake(seed: np.ndarray, rows: np.ndarray, columns: np.ndarray, tolerance=1e-12, rounds=10_000) -> np.ndarray:
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


def raked(program: Allocation, expected: np.ndarray) -> np.ndarray:
    """The naive alternative [indicator, product group, place]: each column by itself, raked to its two margins.

    The seed of every column is the prior times the product group's figure; so the result is (figure of the product group) *
    (share of the place in that column), whatever else is published.
    """
    groups, places = program.groups_as_printed, program.places_as_printed
    columns = range(len(program.indicators))
    return np.array([rake(np.outer(groups[:, k], expected), groups[:, k], places[:, k]) for k in columns])


@_one_thread
def sample(program: Allocation, draws: int, chains: int, seed: int, sweeps: int) -> Sample:
    """Matrices drawn evenly from the set, by hit-and-run (Smith 1984) along exchanges between two places.

    Shares of different places only meet in the sums of the product groups. So in a sweep the places are paired at random, and
    each pair exchanges shares along a direction that leaves those sums: one of the axes of the Dikin ellipsoid of the pair, in
    which its part of the set is about round. How far is drawn evenly from the chord through the set. All chains sweep
    together. They start far apart, near random vertices; the first third of the sweeps is thrown away. `sweeps` lie between
    two draws. Raises NoInterior where the set has no inside.
    """
    random = np.random.default_rng(seed)
    centre = polytope(program).centre
    axes = _axes(program, centre)
    shares = _starts(program, centre, chains, random)
    for _ in range(draws // 2):
        shares = _sweep(program, axes, shares, sweeps, random)
    kept = np.empty((chains, draws, *program.shape))
    for draw in range(draws):
        shares = _sweep(program, axes, shares, sweeps, random)
        kept[:, draw] = shares.transpose(0, 2, 1)
    return Sample(kept, sweeps)


def split_r_hat(chains: np.ndarray) -> np.ndarray:
    """Split R-hat (Gelman and others, Bayesian Data Analysis 3) of each quantity; `chains` is [chain, draw, quantity].

    Each chain is cut into two. 1 where all halves agree; a quantity that never varies has 1.
    """
    halves = _halves(chains)
    draws = halves.shape[1]
    within = halves.var(axis=1, ddof=1).mean(axis=0)
    between = draws * halves.mean(axis=1).var(axis=0, ddof=1)
    total = (draws - 1) / draws * within + between / draws
    return np.sqrt(np.divide(total, within, out=np.ones_like(total), where=within > 1e-30))


def effective_draws(chains: np.ndarray) -> np.ndarray:
    """The effective sample size of each quantity over all chains, by Geyer's initial monotone sequence.

    `chains` is [chain, draw, quantity]. How many independent draws tell the mean as precisely. A quantity that never
    varies counts every draw.
    """
    halves = _halves(chains)
    count, draws = halves.shape[:2]
    centred = halves - halves.mean(axis=1, keepdims=True)
    transform = np.fft.rfft(centred, n=2 * draws, axis=1)
    covariance = np.fft.irfft(np.abs(transform) ** 2, axis=1)[:, :draws].mean(axis=0) / draws
    within = covariance[0] * draws / (draws - 1)
    total = covariance[0] + halves.mean(axis=1).var(axis=0, ddof=1)
    varies = total > 1e-30
    correlation = 1 - np.divide(within - covariance, total, out=np.zeros_like(covariance), where=varies)
    correlation[0] = 1
    pairs = correlation[: draws // 2 * 2].reshape(draws // 2, 2, -1).sum(axis=1)
    positive = np.logical_and.accumulate(pairs > 0, axis=0)
    pairs = np.where(positive, np.minimum.accumulate(pairs, axis=0), 0)
    effective = count * draws / np.maximum(2 * pairs.sum(axis=0) - 1, 1 / np.log10(count * draws + 10))
    return np.where(varies, effective, count * draws)


def quantities(program: Allocation, shares: np.ndarray, unions: dict[str, list[str]], share: str):
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


def profile(
    program: Allocation,
    limits: pd.DataFrame,
    estimate: Estimate,
    drawn: Sample,
    unions: dict[str, list[str]],
    share: str,
    coverage_pct: float,
) -> pd.DataFrame:
    """Bounds, estimate and spread of every quantity side by side, one row a quantity.

    `limits` as `bounds.bounds` gives them. `value` is the estimate, `likely_low` and `likely_high` hold the middle
    `coverage_pct` percent of the drawn matrices; all with the product groups' figures as printed, kept inside the bounds.
    """
    index, values = quantities(program, estimate.shares, unions, share)
    cloud = quantities(program, drawn.shares.reshape(-1, *program.shape), unions, share)[1]
    tail = (100 - coverage_pct) / 2
    low, high = np.percentile(cloud, [tail, 100 - tail], axis=0)
    table = limits.merge(
        index.assign(value=values, likely_low=low, likely_high=high), on=["indicator", *SUBJECT], validate="one_to_one"
    )
    columns = ["value", "likely_low", "likely_high"]
    table[columns] = table[columns].clip(table.low, table.high, axis=0)
    return table[["indicator", *SUBJECT, "low", "likely_low", "value", "likely_high", "high"]]


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


def polytope(program: Allocation) -> Polytope:
    """The set of shares that fit, around its analytic centre. Raises NoInterior where it has no inside."""
    even, ones, rows, limits = _constraints(program)
    size, free = program.floor.size, program.ceiling.ravel() > 0
    unit = np.eye(size)
    even, ones = np.vstack([even, unit[~free]]), np.r_[ones, np.zeros((~free).sum())]
    rows, limits = np.vstack([rows, -unit[free]]), np.r_[limits, np.zeros(free.sum())]
    basis = linalg.null_space(even)
    lengths = np.linalg.norm(rows @ basis, axis=1)
    used = lengths > 1e-12 * np.abs(rows).max(axis=1)
    rows, limits = rows[used] / lengths[used, None], limits[used] / lengths[used]
    blocks = np.block([[even, np.zeros((len(even), 1))], [rows, np.ones((len(rows), 1))]])
    ball = LinearProgram(blocks, np.r_[ones, np.full(len(rows), -np.inf)], np.r_[ones, limits])
    widest = ball.maximise(np.r_[np.zeros(size), 1.0]) if basis.shape[1] else None
    if widest is None or widest.value < 1e-9:
        raise NoInterior("the shares that fit leave no room to draw from: every quantity is its bound, or nothing fits")
    centre = _analytic_centre(widest.point[:size], basis, rows, limits)
    return Polytope(centre.reshape(program.shape), basis, rows @ basis, limits - rows @ centre)


def _analytic_centre(point: np.ndarray, basis: np.ndarray, rows: np.ndarray, limits: np.ndarray) -> np.ndarray:
    """The point with the largest product of distances to all limits: damped Newton steps on the logarithmic barrier."""
    along = rows @ basis
    for _ in range(200):
        scaled = along / (limits - rows @ point)[:, None]
        gradient = scaled.sum(axis=0)
        step = -np.linalg.solve(scaled.T @ scaled, gradient)
        length = np.sqrt(-gradient @ step)
        if length < 1e-6:
            return point
        point = point + basis @ step / (1 + length if length > 1 / 4 else 1)
    raise NotConverged(f"the analytic centre was not reached: {length:.1e} away")


def _slacks(program: Allocation, shares: np.ndarray) -> np.ndarray:
    """Of shares [..., place, product group] the distances [..., place, limit] to all limits of each place."""
    return np.concatenate(
        [
            program.high_places - shares @ program.low_groups,
            shares @ program.high_groups - program.low_places,
            shares - program.floor.T,
            program.ceiling.T - shares,
        ],
        axis=-1,
    )


def _axes(program: Allocation, centre: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each pair of places the directions [place, place, axis, product group], and what each takes from the slacks.

    Only along directions that leave figures without an interval as they are, and shares that are known to be zero.
    """
    groups, places = program.shape
    taken = np.hstack(
        [program.low_groups, -program.high_groups, -np.eye(groups), np.eye(groups)]
    )  # [product group, limit]
    slacks = _slacks(program, centre.T)
    exact = (program.low_groups == program.high_groups).all(axis=0) & (program.low_places == program.high_places)
    if exact.any() and (program.ceiling == 0).any():
        raise NoInterior("shares that are zero and figures without an interval cannot be combined in a sample")
    count = exact.shape[1]
    axes = np.zeros((places, places, groups, groups))
    for p in range(places):
        for q in range(places):
            fixed = [program.low_groups[:, exact[p] | exact[q]].T]
            fixed.append(np.eye(groups)[(program.ceiling[:, p] == 0) | (program.ceiling[:, q] == 0)])
            fixed = np.vstack(fixed)
            basis = linalg.null_space(fixed) if len(fixed) else np.eye(groups)
            curvature = np.zeros((groups, groups))
            for place in (p, q):
                open_limits = slacks[place] > 0
                open_limits[: 2 * count] &= ~np.tile(exact[place], 2)
                scaled = taken[:, open_limits] / slacks[place][open_limits]
                curvature += scaled @ scaled.T
            if p != q and basis.shape[1]:
                values, vectors = np.linalg.eigh(basis.T @ curvature @ basis)
                found = (basis @ (vectors / np.sqrt(values))).T
                axes[p, q] = found[np.arange(groups) % len(found)]  # each axis about as often
    return axes, axes @ taken


def _starts(program: Allocation, centre: np.ndarray, chains: int, random) -> np.ndarray:
    """Shares [chain, place, product group] far apart: each nine tenths of the way from the centre to a random vertex."""
    search = program.program()
    vertices = [search.minimise(random.standard_normal(centre.size)).point for _ in range(chains)]
    points = 0.1 * centre + 0.9 * np.array(vertices).reshape(chains, *centre.shape)
    return points.transpose(0, 2, 1)


def _sweep(program: Allocation, axes, shares: np.ndarray, sweeps: int, random) -> np.ndarray:
    """The shares [chain, place, product group] after some sweeps; each place has one exchange in a sweep."""
    directions, takes = axes
    chains, places, groups = shares.shape
    shares, pairs = shares.copy(), places // 2
    slack = _slacks(program, shares)  # afresh, since steps add rounding errors
    for _ in range(sweeps):
        order = random.permutation(places)
        one, other = order[:pairs], order[pairs : 2 * pairs]
        axis = random.integers(groups, size=(chains, pairs))
        take = takes[one, other, axis]
        slack_one, slack_other = np.maximum(slack[:, one], 1e-15), np.maximum(slack[:, other], 1e-15)
        rate_one, rate_other = take / slack_one, take / slack_other
        most = np.maximum(rate_one.max(axis=-1), -rate_other.min(axis=-1))
        least = np.minimum(rate_one.min(axis=-1), -rate_other.max(axis=-1))
        with np.errstate(divide="ignore", invalid="ignore"):
            length = 1 / least + (1 / most - 1 / least) * random.random((chains, pairs))
        length = np.where(np.isfinite(length), length, 0)[..., None]  # no chord where a pair has no direction
        slack[:, one], slack[:, other] = slack_one - length * take, slack_other + length * take
        step = length * directions[one, other, axis]
        shares[:, one] += step
        shares[:, other] -= step
    return np.clip(shares, 0, 1)


def _newton(curvature, even, right, right_even) -> tuple[np.ndarray, np.ndarray]:
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


def _halves(chains: np.ndarray) -> np.ndarray:
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, half : 2 * half]])


def _quotient(wanted: np.ndarray, found: np.ndarray) -> np.ndarray:
    return np.divide(wanted, found, out=np.zeros_like(wanted, dtype=float), where=found > 0)
