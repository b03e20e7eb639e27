"""Draws against what is known exactly: quantiles of distributions, a product of lognormals, the Ishigami function."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always
from scipy import stats

from upcm_analysis.topics.scenarios import uncertainty
from upcm_analysis.topics.scenarios.uncertainty import Settings

Z = stats.norm.ppf(0.975)
SETTINGS = Settings(
    draws=200_000, seed=1, middle_pct=90, lognormal_pct=95, pert_weight=4, confidence_pct=95, bins=16384, pilot=4096
)


def settings(**other):
    return Settings(**{**vars(SETTINGS), **other})


def assumed(**rows):
    """Assumptions from (distribution, low, value, high) by name, all tied to nothing and upward."""
    made = [
        {"distribution": kind, "low": low, "value": value, "high": high, "direction": 1, "tied": ""}
        for kind, low, value, high in rows.values()
    ]
    return pd.DataFrame(made, index=pd.Index(rows, name="assumption"))


SPREADS = {"a": 0.2, "b": 0.3, "c": 0.4}
LOGNORMALS = assumed(
    **{name: ("lognormal", math.exp(-one * Z), 1.0, math.exp(one * Z)) for name, one in SPREADS.items()}
)


def product(values):
    return {"product": np.prod(list(values.values()), axis=0)}


@pytest.mark.parametrize(
    ("row", "exact"),
    [
        (("uniform", 1.0, 2.0, 3.0), stats.uniform(1, 2)),
        (("triangular", 1.0, 1.5, 3.0), stats.triang(0.25, 1, 2)),
        (("triangular", 1.0, 1.0, 3.0), stats.triang(0.0, 1, 2)),
        (("pert", 0.0, 0.25, 1.0), stats.beta(2, 4)),
        (("lognormal", 0.5, 1.0, 2.0), stats.lognorm(math.log(2) / Z)),
    ],
)
def test_a_distribution_has_the_quantiles_that_it_should(row, exact):
    points = np.linspace(0.01, 0.99, 21)
    found = uncertainty.at(next(assumed(x=row).itertuples()), points, SETTINGS)
    assert found == pytest.approx(exact.ppf(points), rel=1e-5 if row[0] == "pert" else 1e-9)


def test_a_product_of_lognormals_is_lognormal_within_the_stated_error():
    found = uncertainty.simulate(LOGNORMALS, product, SETTINGS).loc["product"]
    spread = math.sqrt(0.2**2 + 0.3**2 + 0.4**2)
    for name, part in (("low", 0.05), ("median", 0.5), ("high", 0.95)):
        exact = math.exp(spread * stats.norm.ppf(part))
        assert abs(found[name] - exact) < 1.5 * found[f"{name}_error"] + found.width, name
        assert found[f"{name}_error"] < 0.01 * exact


def test_the_stated_error_covers_the_truth_as_often_as_it_says():
    """Over 100 seeds some 95 of the intervals hold the exact median, which is 1."""
    held = 0
    for seed in range(100):
        found = uncertainty.simulate(LOGNORMALS, product, settings(draws=4000, seed=seed)).loc["product"]
        held += abs(found["median"] - 1) <= found.median_error
    assert 88 <= held <= 100


@pytest.mark.parametrize(("chunk", "workers"), [(200_000, 1), (701, 1), (1000, 2), (4096, 3)])
def test_results_do_not_depend_on_chunks_or_workers(chunk, workers):
    some = settings(draws=9001, pilot=512)
    usual = uncertainty.simulate(LOGNORMALS, product, some, chunk=9001)
    other = uncertainty.simulate(LOGNORMALS, product, some, chunk=chunk, workers=workers)
    pd.testing.assert_frame_equal(usual, other, check_exact=True)


@always
@given(st.integers(0, 10_000), st.integers(1, 50))
def test_a_draw_is_the_same_wherever_a_chunk_begins(start, count):
    whole = uncertainty.drawn(LOGNORMALS, 0, start + count, SETTINGS)
    part = uncertainty.drawn(LOGNORMALS, start, count, SETTINGS)
    for name in LOGNORMALS.index:
        assert np.array_equal(whole[name][start:], part[name])


def test_another_assumption_changes_no_draw_of_the_others():
    more = pd.concat([assumed(new=("uniform", 0.0, 0.5, 1.0)), LOGNORMALS])
    few, many = (uncertainty.drawn(one, 0, 100, SETTINGS) for one in (LOGNORMALS, more))
    assert all(np.array_equal(few[name], many[name]) for name in LOGNORMALS.index)


def test_another_seed_gives_other_draws_and_agrees_within_its_error():
    one, other = (uncertainty.simulate(LOGNORMALS, product, settings(seed=seed)).loc["product"] for seed in (1, 2))
    assert one["median"] != other["median"]
    assert abs(one["median"] - other["median"]) < 2 * (one.median_error + other.median_error)


def test_what_is_tied_goes_together_as_much_as_said_each_in_its_direction():
    two = assumed(a=("uniform", 0.0, 0.5, 1.0), b=("uniform", 0.0, 0.5, 1.0), c=("uniform", 0.0, 0.5, 1.0))
    two["tied"] = ["design", "design", ""]
    two.loc["b", "direction"] = -1
    drawn = uncertainty.drawn(two, 0, 100_000, SETTINGS, {"design": 0.6})
    normal = {name: stats.norm.ppf(values) for name, values in drawn.items()}
    assert np.corrcoef(normal["a"], normal["b"])[0, 1] == pytest.approx(-0.6, abs=0.01)
    assert np.corrcoef(normal["a"], normal["c"])[0, 1] == pytest.approx(0, abs=0.01)
    for values in drawn.values():  # each by itself as without
        assert stats.kstest(values, "uniform").statistic < 0.01


def test_what_is_fixed_has_no_range():
    found = uncertainty.simulate(assumed(a=("fixed", 2.0, 2.0, 2.0)), product, settings(draws=1000)).loc["product"]
    assert found[["low", "median", "high"]].tolist() == pytest.approx([2, 2, 2], abs=2 * found.width)


def test_a_distribution_that_there_is_none_of_is_refused():
    with pytest.raises(ValueError, match="triangle"):
        uncertainty.drawn(assumed(a=("triangle", 0, 1, 2)), 0, 1, SETTINGS)


def test_the_variance_shares_of_the_ishigami_function():
    """f = sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on [-pi, pi]: S1 = 0.314, 0.442, 0; ST = 0.558, 0.442, 0.244 (Saltelli)."""
    three = assumed(**{name: ("uniform", -math.pi, 0.0, math.pi) for name in ("x1", "x2", "x3")})

    def ishigami(v):
        return {"f": np.sin(v["x1"]) + 7 * np.sin(v["x2"]) ** 2 + 0.1 * v["x3"] ** 4 * np.sin(v["x1"])}

    found = uncertainty.variance_shares(three, ishigami, "f", SETTINGS, 2048)
    assert found["first"][["x1", "x2", "x3"]].tolist() == pytest.approx([0.3139, 0.4424, 0], abs=0.02)
    assert found.total[["x1", "x2", "x3"]].tolist() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert list(found.index) == ["x1", "x2", "x3"]  # most first


def test_the_ends_of_a_tornado_are_one_assumption_at_its_ends():
    two = assumed(a=("uniform", 1.0, 2.0, 4.0), b=("triangular", 1.0, 3.0, 5.0), c=("fixed", 10.0, 10.0, 10.0))
    found = uncertainty.variance_shares(two, product, "product", SETTINGS, 64)
    assert found.loc["a", ["at_low", "at_high"]].tolist() == [30, 120]
    assert found.loc["b", ["at_low", "at_high"]].tolist() == [20, 100]
    assert "c" not in found.index
