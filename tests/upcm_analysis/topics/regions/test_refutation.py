"""Refutation: what sources leave possible, which cells that contradicts, and nothing else."""

import math

import pandas as pd
import pytest
from make import figure, figures

from upcm_analysis.topics.regions import refutation, region_checks
from upcm_analysis.vocabulary.figures import SUBJECT

COUNTED = "co2_point_source_2020_mt"
WHOLES = {"20": 18706.5, "22": 321.5, "24": 6966.5, "38": 7350.5}
UNIONS = {"materialen": ["20", "22", "24", "38"]}


def works(place, group, value, half=50.0):
    return figure(COUNTED, value, half, place=place, product_group=group)


def cell(code, low, high, value=math.nan, **about):
    return figure(code, 0, **about) | {"low": low, "high": high, "value": value}


def found(cells, *sources):
    """What the sources leave possible of each cell, and what the check says of it."""
    spoken = refutation.possible(figures(*cells), figures(*sources), WHOLES, UNIONS, "co2_kt", "group_share_pct")
    return spoken, region_checks.sources_and_key(spoken)


def test_the_steelworks_by_hand():
    """At least 5,750 of 6,966.5 kt of basic metals are in Noord-Holland; a key that puts 29% there is no picture of it."""
    cells = [
        cell("group_share_pct", 0, 29.09, place="PV27", product_group="24"),
        cell("co2_kt", 0, 2026, place="PV27", product_group="24"),
        cell("co2_kt", 1478, 3177, 2913, place="PV27", cluster="materialen"),
        cell("group_share_pct", 0, 44.1, place="PV30", product_group="24"),
    ]
    spoken, findings = found(cells, works("PV27", "24", 5800))
    assert list(spoken.least) == pytest.approx([100 * 5750 / 6966.5, 5750, 5750, 0])
    assert list(spoken.most) == pytest.approx([100, 6966.5, sum(WHOLES.values()), 100 * 1216.5 / 6966.5])
    assert list(findings.holds) == [False, False, False, True]
    assert list(findings.found) == [29.09, 2026, 3177, 0]  # the end of the bounds that is nearest
    refuted = refutation.refuted(spoken[~findings.holds], figures(works("PV27", "24", 5800)), UNIONS)
    assert set(refuted.inputs) == {(f"{COUNTED}/product-group-province/24-noord-holland",)}


def test_a_source_says_nothing_of_other_figures_places_and_product_groups():
    cells = [
        cell("jobs_k", 4, 25, place="PV27", cluster="materialen"),
        cell("material_mkg", 7238, 17043, place="PV27", product_group="24"),
        cell("co2_kt", 0, 1913, place="PV27", cluster="high-tech"),  # cut finer: nothing is known of its product groups
        cell("co2_kt", 0, 900, place="PV27", product_group="38"),
    ]
    assert found(cells, works("PV27", "24", 5800))[0].empty


def test_bounds_that_reach_what_is_possible_are_not_contradicted():
    cells = [cell("co2_kt", 100, 5750, place="PV27", product_group="24")]
    assert found(cells, works("PV27", "24", 5800))[1].holds.all()
    cells = [cell("co2_kt", 100, 5749, place="PV27", product_group="24")]
    assert not found(cells, works("PV27", "24", 5800))[1].holds.any()


def test_an_estimate_is_contradicted_where_its_bounds_are_not():
    cells = [cell("co2_kt", 2500, 7000, 3000, place="PV27", product_group="24")]
    spoken, findings = found(cells, works("PV27", "24", 5800))
    assert (findings.holds.item(), findings.found.item(), findings.expected.item()) == (False, 3000, 5750)
    refuted = refutation.refuted(spoken, figures(works("PV27", "24", 5800)), UNIONS)
    assert refuted[SUBJECT].to_numpy().tolist() == [["PV27", "", "24", ""]]


def test_what_is_elsewhere_cannot_be_here():
    """Two works hold 6,900 of 6,966.5 kt; where a key must have put 5% of it there is at most one percent."""
    sources = [works("PV27", "24", 5800), works("PV28", "24", 1200)]
    spoken, findings = found([cell("group_share_pct", 5, 40, place="PV29", product_group="24")], *sources)
    assert spoken.most.item() == pytest.approx(100 * 66.5 / 6966.5) and not findings.holds.item()
    refuted = refutation.refuted(spoken, figures(*sources), UNIONS)
    assert [len(inputs) for inputs in refuted.inputs] == [2]


def test_a_national_figure_that_counts_more_makes_a_share_harder_to_contradict():
    """Of chemicals the largest national figure is three times that of the programme: the share is of that one."""
    cells = [
        cell("group_share_pct", 0, 30, place="PV31", product_group="20"),
        cell("co2_kt", 0, 1829, place="PV31", product_group="20"),
    ]
    spoken, findings = found(cells, works("PV31", "20", 4652))
    assert list(spoken.least) == pytest.approx([100 * 4602 / 18706.5, 4602])
    assert list(findings.holds) == [True, False]  # an amount that was counted is there all the same


def test_without_sources_nothing_is_spoken_of():
    cells = figures(cell("co2_kt", 0, 1, place="PV27", product_group="24"))
    nothing = refutation.possible(cells, figures(), WHOLES, UNIONS, "co2_kt", "group_share_pct")
    assert nothing.empty and region_checks.sources_and_key(nothing).empty
    assert isinstance(refutation.refuted(nothing, figures(), UNIONS), pd.DataFrame)
