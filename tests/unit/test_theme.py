"""The theme: colours that touch can be told apart, and text can be read."""

import pytest

from upcm_analysis.telling import theme


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The contrast ratio of WCAG 2, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (theme.HIGHLIGHT, theme.OTHER),  # bars beside each other
        (theme.PART, theme.OTHER),  # the change at the end of a bar
        (theme.HIGHLIGHT, theme.PAPER),
        (theme.OTHER, theme.PAPER),  # also the edge of a tile
        (theme.PART, theme.PAPER),
        (theme.MUTED, theme.PAPER),
    ],
)
def test_neighbours_can_be_told_apart(one, other):
    assert contrast(one, other) >= 3


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (theme.INK, theme.PAPER),
        (theme.MUTED, theme.PAPER),
        *[(theme.INK, shade) for shade in theme.RAMP[:-1]],
        (theme.PAPER, theme.RAMP[-1]),
    ],
)
def test_text_can_be_read(text, ground):
    assert contrast(text, ground) >= 4.5


def test_darker_is_higher():
    assert sorted(theme.RAMP, key=luminance, reverse=True) == list(theme.RAMP)
