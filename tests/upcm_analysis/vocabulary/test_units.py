"""Units: what measures the same may be added, what does not may not."""

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always

from upcm_analysis.vocabulary import units


@pytest.mark.parametrize(
    ("value", "unit", "into", "expected"),
    [
        (277, "Gkg", "Mt", 277),  # 277 billion kg is 277 megatonnes, not "277 million kilotonnes"
        (277_366, "Mkg", "Gkg", 277.366),
        (5.8, "MtCO2", "ktCO2", 5800),
        (51, "GEUR", "MEUR", 51_000),
        (600_000, "job", "kjob", 600),
        (1, "ktCO2/MEUR", "kgCO2/EUR", 1),
        (1, "MEUR/kjob", "kEUR/job", 1),
        (1, "Mkg/MEUR", "kg/EUR", 1),
        (1, "kjob/organisation", "job/organisation", 1000),
        (1, "ktCO2/ktCO2", "percent", 100),
        (0.5, "ratio", "percent", 50),
    ],
)
def test_conversions(value, unit, into, expected):
    assert value * units.factor(unit, into) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ktCO2", "Mt"),  # carbon dioxide is not material
        ("ktCO2", "Mkg"),
        ("MEUR", "kjob"),
        ("kjob", "klabour_year"),  # a job is not a labour year
        ("kjob", "organisation"),
        ("meeting", "track"),
        ("follower", "visitor/month"),
        ("ktCO2", "ktCO2/MEUR"),
        ("MEUR", "percent"),
    ],
)
@pytest.mark.parametrize("turn", [False, True])
def test_what_does_not_measure_the_same_is_not_added(one, other, turn):
    one, other = (other, one) if turn else (one, other)
    with pytest.raises(pint.DimensionalityError):
        units.add(1, one, 1, other)


def test_adding_is_in_the_first_unit():
    assert units.add(277, "Gkg", 366, "Mkg") == pytest.approx(277.366)
    assert units.add(2.3, "MtCO2", 13, "ktCO2") == pytest.approx(2.313)


def test_an_unknown_unit_is_refused():
    with pytest.raises(pint.UndefinedUnitError):
        units.factor("furlong_per_job", "kjob")


@always
@given(st.sampled_from([("Gkg", "Mkg"), ("MtCO2", "ktCO2"), ("GEUR", "MEUR"), ("kjob", "job"), ("ratio", "percent")]))
def test_there_and_back_is_one(pair):
    assert units.factor(*pair) * units.factor(*pair[::-1]) == pytest.approx(1, rel=1e-11)
