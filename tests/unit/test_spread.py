"""Spread: the estimate against its conditions and another solver, the sampler against known laws and another sampler."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polytopewalk import dense
from scipy import optimize, stats
from unit.make import always, by_group, by_province, figures

from upcm_analysis.method import bounds as extremes
from upcm_analysis.method import spread
from upcm_analysis.method.allocation import allocation
from upcm_analysis.pipeline import PUBLISHED

CODES = ["jobs_k", "co2_kt"]
TRUE = np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7], [0.3, 0.3, 0.4]])
GROUPS = np.array([[100, 20], [50, 400], [80, 90]])


def program_of(key=TRUE, groups=GROUPS, half=0.5):
    """The allocation of the figures that a key makes of those of the product groups."""
    rows = []
    for code, x in zip(CODES, groups.T, strict=False):
        rows += by_group(code, dict(zip("abcd", x, strict=False)))
        rows += by_province(code, x @ key, half)
    return allocation(figures(*rows), CODES[: groups.shape[1]])


def simplex(places):
    """One product group, and figures of places that say nothing."""
    return program_of(np.full((1, places), 1 / places), np.array([[100]]), half=200)


SMALL = program_of(half=8)
EVEN = np.full(3, 1 / 3)


def divergence(shares, expected):
    shares = np.maximum(shares, 1e-300)
    return float((shares * np.log(shares / expected)).sum())


# The estimate


def test_the_estimate_is_the_prior_where_the_prior_fits():
    found = spread.most_even(simplex(4), np.array([0.4, 0.3, 0.2, 0.1]))
    assert found.shares == pytest.approx(np.array([[0.4, 0.3, 0.2, 0.1]]), abs=1e-6)


def test_product_groups_alike_get_the_same_shares():
    """Two product groups of 50 jobs, 30 and 70 jobs in two provinces: 30 and 70 percent of each, whatever the prior."""
    program = program_of(np.array([[0.3, 0.7], [0.3, 0.7]]), np.array([[50], [50]]), half=0)
    assert spread.most_even(program, np.array([0.9, 0.1])).shares == pytest.approx(
        np.array([[0.3, 0.7], [0.3, 0.7]]), abs=0.01
    )  # within the rounding of the product groups


@pytest.mark.parametrize("expected", [EVEN, np.array([0.6, 0.3, 0.1])])
def test_the_estimate_is_that_of_another_solver(expected):
    program = SMALL
    matrix, upper = program.rows
    found = spread.most_even(program, expected)
    other = optimize.minimize(
        lambda s: divergence(s.reshape(3, 3), expected),
        np.tile(expected, 3),
        method="SLSQP",
        bounds=[(1e-9, 1)] * 9,
        constraints=[
            {"type": "eq", "fun": lambda s: program.sums @ s - 1},
            {"type": "ineq", "fun": lambda s: (upper - matrix @ s) / 100},
        ],
        options={"maxiter": 1000, "ftol": 1e-14},
    )
    assert program.misfit(found.shares) < 1e-9 and program.misfit(np.tile(expected, (3, 1))) > 1e-3
    assert divergence(found.shares, expected) == pytest.approx(other.fun, abs=1e-7)
    assert found.shares.ravel() == pytest.approx(other.x, abs=1e-4)


def test_the_estimate_moves_with_its_prior_inside_the_set():
    one, other = (spread.most_even(SMALL, prior).shares for prior in (EVEN, np.array([0.6, 0.3, 0.1])))
    assert np.abs(one - other).max() > 0.01


@always
@given(st.data())
def test_the_estimate_satisfies_its_conditions_and_fits(data):
    weight = st.integers(1, 100)
    key = np.array(data.draw(st.lists(st.lists(weight, min_size=3, max_size=3), min_size=3, max_size=3)), dtype=float)
    program = program_of(key / key.sum(axis=1, keepdims=True), half=0.5)
    expected = np.array(data.draw(st.lists(weight, min_size=3, max_size=3)), dtype=float)
    found = spread.most_even(program, expected / expected.sum())
    assert found.residual < 1e-9 and program.misfit(found.shares) < 1e-8


def test_a_prior_of_nothing_and_a_set_of_nothing_are_refused():
    with pytest.raises(ValueError, match="prior is zero"):
        spread.most_even(SMALL, np.array([0.5, 0.5, 0.0]))
    empty = program_of(groups=GROUPS * np.array([1, 5]))
    torn = allocation_with(empty, low_places=empty.low_places * 3, high_places=empty.high_places * 3)
    with pytest.raises(spread.NotConverged):
        spread.most_even(torn, EVEN)
    with pytest.raises(spread.NoInterior):
        spread.sample(torn, draws=4, chains=2, seed=1, sweeps=1)


def allocation_with(program, **parts):
    from dataclasses import replace

    return replace(program, **parts)


# The naive alternative


def test_raking_keeps_proportions_and_meets_both_margins():
    seed = np.array([[1.0, 2.0], [3.0, 4.0]])
    rows, columns = np.array([40.0, 60.0]), np.array([70.0, 30.0])
    found = spread.rake(seed, rows, columns)
    assert found.sum(axis=1) == pytest.approx(rows) and found.sum(axis=0) == pytest.approx(columns)
    assert found[0, 0] * found[1, 1] / (found[0, 1] * found[1, 0]) == pytest.approx(4 / 6)
    with pytest.raises(spread.NotConverged):
        spread.rake(np.eye(2), rows, columns)


def test_raking_one_prior_returns_the_share_of_the_column():
    """Whatever the prior: nothing of the key is left."""
    found = spread.raked(SMALL, np.array([0.7, 0.2, 0.1]))
    for k in range(2):
        y = SMALL.places_as_printed[:, k]
        assert found[k] == pytest.approx(np.outer(GROUPS[:, k], y / y.sum()))


# The sampler


def test_draws_from_a_simplex_have_the_law_of_dirichlet():
    """Each share of a uniform point of the simplex with four corners is Beta(1, 3)."""
    drawn = spread.sample(simplex(4), draws=1000, chains=8, seed=2, sweeps=4).shares[:, :, 0, :]
    assert drawn.sum(axis=-1) == pytest.approx(1)
    thinned = drawn[:, ::4].reshape(-1, 4)
    for p in range(4):
        assert stats.kstest(thinned[:, p], stats.beta(1, 3).cdf).pvalue > 0.001
    assert np.percentile(drawn[..., 0], 5) == pytest.approx(stats.beta(1, 3).ppf(0.05), abs=0.003)


def test_draws_agree_with_an_established_sampler():
    """polytopewalk (Sun and Chen, 2024), hit-and-run in the same coordinates: means and ranges within sampling error."""
    body = spread.polytope(SMALL)
    barrier = body.matrix / body.room[:, None]
    to_round = np.linalg.cholesky(np.linalg.inv(barrier.T @ barrier))
    walk, start = dense.HitAndRun(r=1.0, err=1e-6), np.zeros(len(to_round))
    theirs = walk.generateCompleteWalk(60_000, start, body.matrix @ to_round, body.room, burnin=2000, thin=20, seed=4)
    theirs = (body.centre.ravel() + theirs @ (body.basis @ to_round).T)[None]
    ours = spread.sample(SMALL, draws=1000, chains=8, seed=5, sweeps=4).shares.reshape(8, 1000, 9)
    effective = np.minimum(spread.effective_draws(theirs), spread.effective_draws(ours))
    assert effective.min() > 200
    error = ours.std(axis=(0, 1)) * np.sqrt(2 / effective)
    assert (np.abs(ours.mean(axis=(0, 1)) - theirs.mean(axis=(0, 1))) < 5 * error).all()
    ranges = [np.percentile(one.reshape(-1, 9), [5, 95], axis=0) for one in (ours, theirs)]
    assert (np.abs(ranges[0] - ranges[1]) < 10 * error).all()
    assert (ours.std(axis=(0, 1)) > 0.01).all()  # they had something to disagree about


def test_every_drawn_matrix_fits_and_lies_within_the_bounds():
    drawn = spread.sample(SMALL, draws=200, chains=4, seed=6, sweeps=5)
    assert max(SMALL.misfit(shares) for shares in drawn.shares.reshape(-1, 3, 3)) < 1e-9
    table = extremes.bounds(SMALL, {}, "share")
    _, values = spread.quantities(SMALL, drawn.shares, {}, "share")
    shares = table[table.indicator == "share"]
    for one in shares.itertuples():
        g, p = SMALL.groups.index(one.product_group), SMALL.places.index(one.place)
        mine = 100 * drawn.shares[:, :, g, p]
        assert one.low - 1e-6 <= mine.min() and mine.max() <= one.high + 1e-6
        assert mine.max() - mine.min() > 0.5 * (one.high - one.low)  # and they go about in it
    assert values.shape == (4, 200, 3 * (3 + 2 * 3))


def test_figures_without_an_interval_are_kept_exactly():
    exact = allocation_with(SMALL, low_groups=GROUPS.astype(float), high_groups=GROUPS.astype(float))
    y = exact.places_as_printed
    exact = allocation_with(exact, low_places=y, high_places=y)
    drawn = spread.sample(exact, draws=50, chains=4, seed=7, sweeps=5).shares
    assert np.einsum("cdgp,gk->cdpk", drawn, GROUPS) == pytest.approx(np.broadcast_to(y, (4, 50, 3, 2)), abs=1e-6)
    assert drawn[..., 0, 0].std() > 1e-3
    assert exact.misfit(spread.most_even(exact, EVEN).shares) < 1e-7


def test_a_seed_repeats_and_another_does_not():
    one, again, other = (spread.sample(SMALL, draws=5, chains=2, seed=s, sweeps=2).shares for s in (1, 1, 2))
    assert (one == again).all() and (one != other).any()


# Convergence


def test_split_r_hat_sees_chains_that_disagree_and_chains_that_drift():
    random = np.random.default_rng(1)
    good = random.standard_normal((4, 1000, 3))
    assert spread.split_r_hat(good) == pytest.approx(np.ones(3), abs=0.01)
    apart = good + np.array([0, 0, 0, 2.0])[:, None, None]
    drifting = good + np.linspace(0, 3, 1000)[None, :, None]
    assert (spread.split_r_hat(apart) > 1.2).all() and (spread.split_r_hat(drifting) > 1.2).all()
    assert spread.split_r_hat(np.ones((2, 10, 1))) == 1


@pytest.mark.parametrize("memory", [0.0, 0.5, 0.9])
def test_effective_draws_of_an_autoregression(memory):
    """Of a process with autocorrelation r^t they are n (1 - r) / (1 + r)."""
    random = np.random.default_rng(2)
    noise = random.standard_normal((4, 5000, 2)) * np.sqrt(1 - memory**2)
    chains = np.zeros_like(noise)
    for t in range(1, 5000):
        chains[:, t] = memory * chains[:, t - 1] + noise[:, t]
    assert spread.effective_draws(chains) == pytest.approx(20_000 * (1 - memory) / (1 + memory), rel=0.2)


# The published tables


@pytest.fixture(scope="module")
def province_table(figures_2020):
    return allocation(figures_2020, PUBLISHED)


def test_the_estimate_of_the_published_tables(province_table):
    program = province_table
    found = spread.most_even(program, spread.prior(program, "jobs_k"))
    assert found.residual < 1e-9 and program.misfit(found.shares) < 1e-9
    assert found.shares[program.groups.index("30"), program.places.index("PV21")] == pytest.approx(0.188, abs=0.001)


def test_draws_from_the_published_tables_converge(province_table):
    """A short run: all chains tell the same, and every matrix reproduces the table."""
    drawn = spread.sample(province_table, draws=100, chains=16, seed=1, sweeps=30)
    flat = drawn.shares.reshape(16, 100, -1)
    assert spread.split_r_hat(flat).max() < 1.1
    assert spread.effective_draws(flat).min() > 100
    assert max(province_table.misfit(shares) for shares in drawn.shares[:, ::10].reshape(-1, 13, 12)) < 1e-8


def test_a_profile_puts_estimate_and_spread_within_the_bounds():
    limits = extremes.bounds(SMALL, {"all": list("ab")}, "share")
    estimate = spread.most_even(SMALL, EVEN)
    drawn = spread.sample(SMALL, draws=300, chains=4, seed=8, sweeps=5)
    table = spread.profile(SMALL, limits, estimate, drawn, {"all": list("ab")}, "share", 90)
    assert len(table) == len(limits) == 3 * (3 * 3 + 2)
    order = table[["low", "likely_low", "likely_high", "high"]].to_numpy()
    assert (np.diff(order, axis=1) >= -1e-9).all()
    assert table.value.between(table.low - 1e-9, table.high + 1e-9).all()
    narrow = spread.profile(SMALL, limits, estimate, drawn, {"all": list("ab")}, "share", 50)
    assert (narrow.likely_high - narrow.likely_low < table.likely_high - table.likely_low).all()
