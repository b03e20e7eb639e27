"""Dutch notation is read, whatever else it might be is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always

from factpress import wording
from upcm_analysis.registers.notation import number


@pytest.mark.parametrize(
    ("text", "decimals", "value"),
    [
        ("0", 0, 0),
        ("1.103", 0, 1103),
        ("277.366", 0, 277_366),
        ("1.234.567", 0, 1_234_567),
        ("1900", 0, 1900),  # printed without its point
        ("5,8", 1, 5.8),
        ("1.234,56", 2, 1234.56),
        ("1,234", 3, 1.234),
    ],
)
def test_dutch_notation(text, decimals, value):
    assert number(text, decimals) == value


@pytest.mark.parametrize(
    ("text", "decimals", "problem"),
    [
        ("", 0, "empty"),
        ("1,103", 0, "English"),
        ("1,234.5", 1, "English"),
        ("5.8", 1, "English"),
        ("1.2345", 4, "English"),
        ("0.500", 0, "English"),  # no thousands begin with 0
        ("٣", 0, "not a number"),  # a digit of another script
        ("-5", 0, "negative"),
        ("−1.103", 0, "negative"),
        ("17,5", 0, "decimals"),
        ("17", 1, "decimals"),
        ("5,80", 1, "decimals"),
        ("n.b.", 0, "not a number"),
        ("1.23.456", 0, "not a number"),
        ("1e3", 0, "not a number"),
        ("+87", 0, "not a number"),
        ("> 400", 0, "not a number"),
        ("17 ", 0, "not a number"),
        ("1.103\n", 0, "not a number"),
        ("nan", 0, "not a number"),
    ],
)
def test_anything_else_is_refused_with_what_is_the_matter(text, decimals, problem):
    with pytest.raises(ValueError, match=problem):
        number(text, decimals)


@always
@given(st.integers(0, 10**9), st.integers(0, 3))
def test_what_wording_prints_notation_reads(units, decimals):
    value = units / 10**decimals
    assert number(wording.number(value, decimals, "nl"), decimals) == value


@always
@given(st.integers(1000, 10**9), st.integers(0, 3))
def test_english_print_is_refused(units, decimals):
    with pytest.raises(ValueError):
        number(wording.number(units / 10**decimals, decimals, "en"), decimals)
