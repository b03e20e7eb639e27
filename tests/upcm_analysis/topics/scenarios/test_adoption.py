"""Curves of adoption: where they begin and end, and how they go."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always

from upcm_analysis.topics.scenarios import adoption

PARAMETERS = {"logistic_rate": 0.6, "logistic_midpoint": 0.5, "bass_innovation": 0.03, "bass_imitation": 0.4}
curves = pytest.mark.parametrize("curve", adoption.CURVES)


@curves
def test_a_curve_goes_from_nothing_to_all_and_stays_there(curve):
    at = [adoption.adopted(curve, year, 10, PARAMETERS) for year in (-1, 0, 10, 11, 40)]
    assert at == [0, 0, 1, 1, 1]
    steps = [adoption.adopted(curve, year / 10, 10, PARAMETERS) for year in range(101)]
    assert steps == sorted(steps) and steps[50] not in (0, 1)


def test_the_curves_by_hand():
    assert adoption.linear(3, 12) == 0.25
    assert adoption.logistic(5, 10, 0.6, 0.5) == pytest.approx(0.5)
    # e = exp(-0.43 t): B = (1 - e) / (1 + 40/3 e), over that of the term.
    ends = [(1 - e) / (1 + 0.4 / 0.03 * e) for e in (math.exp(-0.43 * 4), math.exp(-4.3))]
    assert adoption.bass(4, 10, 0.03, 0.4) == pytest.approx(ends[0] / ends[1])


@always
@given(st.floats(0.05, 3), st.floats(0.2, 0.8))
def test_a_logistic_curve_is_slow_at_its_ends_whatever_its_rate(rate, midpoint):
    year = midpoint * 10
    step = [
        adoption.logistic(at + 0.1, 10, rate, midpoint) - adoption.logistic(at, 10, rate, midpoint)
        for at in (0, year, 9.9)
    ]
    assert step[1] >= step[0] - 1e-12 and step[1] >= step[2] - 1e-9
