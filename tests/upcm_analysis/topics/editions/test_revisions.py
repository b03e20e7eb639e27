"""The size of revisions: by hand, and what holds whatever the figures."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always

from upcm_analysis.topics.editions import revisions


def pairs(*rows) -> pd.DataFrame:
    """Facts of one indicator: before, after."""
    table = pd.DataFrame(rows, columns=["before", "after"], dtype=float)
    return table.assign(
        fact_id=[f"jobs_k/{n}" for n in range(len(rows))],
        indicator="jobs_k",
        estimated=False,
        same=table.before == table.after,
    )


def test_by_hand():
    (row,) = revisions.sizes(pairs((100, 110), (200, 180), (50, 50), (0, 5), (math.nan, 3), (-10, -5))).itertuples()
    assert (row.compared, row.revised) == (4, 3)  # without the one that was zero and the one that was unknown
    assert row.mean_pct == pytest.approx((10 - 10 + 0 + 50) / 4)
    assert row.mean_absolute_pct == pytest.approx((10 + 10 + 0 + 50) / 4)
    assert (row.largest, row.largest_pct) == ("jobs_k/5", 50)


def test_estimates_are_apart_and_what_counts_as_the_same_is_no_revision():
    table = pairs((100, 110), (100, 100.0001)).assign(estimated=[False, True], same=[False, True])
    told = revisions.sizes(table).set_index("estimated")
    assert told.revised.to_dict() == {False: 1, True: 0} and told.mean_pct[True] == 0 and told.largest[True] == ""


def test_nothing_to_compare():
    assert revisions.sizes(pairs()).empty and list(revisions.sizes(pairs()).columns) == revisions.SIZES


@always
@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 200)), min_size=1, max_size=8), st.integers(2, 9))
def test_the_mean_is_no_larger_than_the_mean_size_and_the_unit_does_not_matter(rows, factor):
    (row,) = revisions.sizes(pairs(*rows)).itertuples()
    assert abs(row.mean_pct) <= row.mean_absolute_pct + 1e-9 <= abs(row.largest_pct) + 2e-9
    (other,) = revisions.sizes(pairs(*((factor * one, factor * two) for one, two in rows))).itertuples()
    assert other.mean_absolute_pct == pytest.approx(row.mean_absolute_pct)
