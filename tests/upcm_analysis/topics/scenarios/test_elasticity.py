"""The elasticity against what was put in, and one point that moves it."""

import numpy as np
import pandas as pd
import pytest

from upcm_analysis.topics.scenarios import elasticity


def thirteen(slope=0.7, noise=0.05):
    random = np.random.default_rng(3)
    size = np.exp(np.linspace(6, 10, 13))
    co2 = np.exp(1 + slope * np.log(size) + noise * random.standard_normal(13))
    return pd.DataFrame({"size": size, "co2": co2}, index=[str(number) for number in range(20, 33)])


def test_the_elasticity_is_the_one_that_was_put_in():
    found, points = elasticity.size_emissions(thirteen(), "size", "co2", 95)
    assert found["low"] < 0.7 < found["high"] and found["elasticity"] == pytest.approx(0.7, abs=0.03)
    assert found["below_one"] and not found["above_one"] and found["points"] == len(points) == 13


def test_noise_leaves_open_whether_it_is_below_one():
    found, _ = elasticity.size_emissions(thirteen(noise=1.5), "size", "co2", 95)
    assert not found["below_one"] and not found["above_one"]


def test_the_point_that_decides_is_named_and_leaving_it_out_is_told_exactly():
    table = thirteen()
    table.loc["32", "co2"] *= 50
    found, points = elasticity.size_emissions(table, "size", "co2", 95)
    assert points.index[0] == "32" and points.residual["32"] > 3
    without, _ = elasticity.size_emissions(table.drop(index="32"), "size", "co2", 95)
    assert points.without["32"] == pytest.approx(without["elasticity"])
    assert found["without_low"] == pytest.approx(without["elasticity"])
