"""LMDI: exact, without a rest, also where a factor is zero or turns."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always

from upcm_analysis.topics.scenarios import decomposition

number = st.one_of(st.just(0.0), st.floats(0.001, 1000), st.floats(-10, -0.001))
tables = st.lists(st.tuples(*[number] * 6), min_size=1, max_size=5)


def table(rows):
    return pd.DataFrame(rows, columns=["activity", "share", "intensity"], dtype=float)


def test_an_example_by_hand():
    """V from 2 x 3 = 6 to 4 x 3 = 12: all of it is of the first; from 2 x 3 to 4 x 6 both doubled and share equally."""
    one = decomposition.contributions(pd.DataFrame({"a": [2.0], "b": [3.0]}), pd.DataFrame({"a": [4.0], "b": [3.0]}))
    assert one.iloc[0].tolist() == pytest.approx([6, 0])
    both = decomposition.contributions(pd.DataFrame({"a": [2.0], "b": [3.0]}), pd.DataFrame({"a": [4.0], "b": [6.0]}))
    assert both.iloc[0].tolist() == pytest.approx([9, 9])
    # L(24, 6) ln 2 = 18 / ln 4 * ln 2 = 9
    assert decomposition.logarithmic_mean(24, 6) == pytest.approx(18 / math.log(4))


@always
@given(tables)
def test_the_contributions_add_up_to_the_difference(rows):
    before, after = table([row[:3] for row in rows]), table([row[3:] for row in rows])
    found = decomposition.contributions(before, after)
    expected = after.prod(axis=1) - before.prod(axis=1)
    assert np.allclose(found.sum(axis=1), expected, rtol=1e-6, atol=1e-6)


@always
@given(tables)
def test_the_way_back_is_the_opposite(rows):
    before, after = table([row[:3] for row in rows]), table([row[3:] for row in rows])
    there, back = decomposition.contributions(before, after), decomposition.contributions(after, before)
    assert np.allclose(there, -back, rtol=1e-6, atol=1e-6)


def test_a_factor_that_comes_from_nothing_has_the_whole_difference():
    found = decomposition.contributions(table([(2, 0, 3)]), table([(4, 0.5, 3)]))
    assert found.iloc[0].tolist() == [0, 6, 0]
    near = decomposition.contributions(table([(2, 1e-12, 3)]), table([(4, 0.5, 3)]))
    assert near.iloc[0].tolist() == pytest.approx([0, 6, 0], abs=0.2)  # the limit of the formula itself


def test_two_factors_that_come_from_nothing_share_and_a_factor_that_turns_has_all():
    assert decomposition.contributions(table([(0, 0, 3)]), table([(2, 5, 3)])).iloc[0].tolist() == [15, 15, 0]
    assert decomposition.contributions(table([(1, -2, 3)]), table([(1, 2, 3)])).iloc[0].tolist() == [0, 12, 0]


def test_a_part_that_is_in_one_table_only_is_told():
    before = pd.DataFrame({"a": [2.0]}, index=["20"])
    after = pd.DataFrame({"a": [3.0, 5.0]}, index=["20", "24"])
    assert decomposition.contributions(before, after).a.tolist() == [1, 5]


def test_nothing_changed_is_nothing_explained():
    same = table([(2, 3, 4), (0, 1, 1)])
    assert (decomposition.contributions(same, same) == 0).all(axis=None)
