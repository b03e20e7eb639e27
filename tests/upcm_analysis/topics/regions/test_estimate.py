"""The estimate, against its conditions and another solver, and the naive alternative."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always, by_group, by_province, figures
from scipy import optimize

from upcm_analysis.topics.regions import bounds, estimate
from upcm_analysis.topics.regions.allocation import allocation
from upcm_analysis.vocabulary.published import PUBLISHED

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
    found = estimate.most_even(simplex(4), np.array([0.4, 0.3, 0.2, 0.1]))
    assert found.shares == pytest.approx(np.array([[0.4, 0.3, 0.2, 0.1]]), abs=1e-6)


def test_product_groups_alike_get_the_same_shares():
    """Two product groups of 50 jobs, 30 and 70 jobs in two provinces: 30 and 70 percent of each, whatever the prior."""
    program = program_of(np.array([[0.3, 0.7], [0.3, 0.7]]), np.array([[50], [50]]), half=0)
    assert estimate.most_even(program, np.array([0.9, 0.1])).shares == pytest.approx(
        np.array([[0.3, 0.7], [0.3, 0.7]]), abs=0.01
    )  # within the rounding of the product groups


@pytest.mark.parametrize("expected", [EVEN, np.array([0.6, 0.3, 0.1])])
def test_the_estimate_is_that_of_another_solver(expected):
    program = SMALL
    matrix, upper = program.rows
    found = estimate.most_even(program, expected)
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
    one, other = (estimate.most_even(SMALL, prior).shares for prior in (EVEN, np.array([0.6, 0.3, 0.1])))
    assert np.abs(one - other).max() > 0.01


@always
@given(st.data())
def test_the_estimate_satisfies_its_conditions_and_fits(data):
    weight = st.integers(1, 100)
    key = np.array(data.draw(st.lists(st.lists(weight, min_size=3, max_size=3), min_size=3, max_size=3)), dtype=float)
    program = program_of(key / key.sum(axis=1, keepdims=True), half=0.5)
    expected = np.array(data.draw(st.lists(weight, min_size=3, max_size=3)), dtype=float)
    found = estimate.most_even(program, expected / expected.sum())
    assert found.residual < 1e-9 and program.misfit(found.shares) < 1e-8


def test_a_prior_of_nothing_and_a_set_of_nothing_are_refused():
    with pytest.raises(ValueError, match="prior is zero"):
        estimate.most_even(SMALL, np.array([0.5, 0.5, 0.0]))
    empty = program_of(groups=GROUPS * np.array([1, 5]))
    torn = allocation_with(empty, low_places=empty.low_places * 3, high_places=empty.high_places * 3)
    hardly = allocation_with(SMALL, floor=TRUE * (1 + 1e-9))
    for program in (torn, hardly):
        with pytest.raises(estimate.NotConverged):
            estimate.most_even(program, EVEN)


def allocation_with(program, **parts):
    from dataclasses import replace

    return replace(program, **parts)


def test_figures_without_an_interval_are_kept_exactly():
    exact = allocation_with(SMALL, low_groups=GROUPS.astype(float), high_groups=GROUPS.astype(float))
    y = exact.places_as_printed
    exact = allocation_with(exact, low_places=y, high_places=y)
    shares = estimate.most_even(exact, EVEN).shares
    assert pytest.approx(y, abs=1e-6) == shares.T @ GROUPS and exact.misfit(shares) < 1e-7


# The naive alternative


def test_raking_keeps_proportions_and_meets_both_margins():
    seed = np.array([[1.0, 2.0], [3.0, 4.0]])
    rows, columns = np.array([40.0, 60.0]), np.array([70.0, 30.0])
    found = estimate.rake(seed, rows, columns)
    assert found.sum(axis=1) == pytest.approx(rows) and found.sum(axis=0) == pytest.approx(columns)
    assert found[0, 0] * found[1, 1] / (found[0, 1] * found[1, 0]) == pytest.approx(4 / 6)
    with pytest.raises(estimate.NotConverged):
        estimate.rake(np.eye(2), rows, columns)


def test_raking_one_prior_returns_the_share_of_the_column():
    """Whatever the prior: nothing of the key is left."""
    found = estimate.raked(SMALL, np.array([0.7, 0.2, 0.1]))
    for k in range(2):
        y = SMALL.places_as_printed[:, k]
        assert found[k] == pytest.approx(np.outer(GROUPS[:, k], y / y.sum()))


# The published tables


@pytest.fixture(scope="module")
def province_table(figures_2020):
    return allocation(figures_2020, PUBLISHED)


def test_the_estimate_of_the_published_tables(province_table):
    program = province_table
    found = estimate.most_even(program, estimate.prior(program, "jobs_k"))
    assert found.residual < 1e-9 and program.misfit(found.shares) < 1e-9
    assert found.shares[program.groups.index("30"), program.places.index("PV21")] == pytest.approx(0.188, abs=0.001)


def test_a_profile_puts_the_estimate_within_the_bounds():
    limits = bounds.bounds(SMALL, {"all": list("ab")}, "share")
    table = estimate.profile(SMALL, limits, estimate.most_even(SMALL, EVEN), {"all": list("ab")}, "share")
    assert len(table) == len(limits) == 3 * (3 * 3 + 2)
    assert table.value.between(table.low - 1e-9, table.high + 1e-9).all()
    assert (table.high > table.low).all() and table.value.notna().all()
