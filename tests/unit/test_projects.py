"""Claims of projects: unknown stays unknown, and double counting is named."""

import math

import pandas as pd
import pytest
from unit.make import figure, figures

from upcm_analysis.method import projects


def claims(*rows):
    columns = ["project", "cluster", "product_groups", *projects.PARTS, projects.TOTAL, projects.VALUE_ADDED]
    return pd.DataFrame(rows, columns=columns)


BATTERIES = ("Batterijen", "consumentenproducten", "29.1 30.9 47.6", math.nan, 17.0, 3.0, 26.0, 238.0)


def test_what_no_part_claims_is_not_attributed():
    found = projects.unattributed(claims(BATTERIES)).iloc[0]
    assert found[projects.REST] == 6
    assert found.unknown == "project_co2_design_kt" and math.isnan(found.project_co2_design_kt)


def test_an_unknown_total_leaves_the_rest_unknown():
    row = ("Nieuw", "materialen", "24", math.nan, 1.0, math.nan, math.nan, math.nan)
    assert math.isnan(projects.unattributed(claims(row))[projects.REST].iloc[0])


def figures_of(total, *parts):
    about = dict(cluster="consumentenproducten")
    rows = [
        figure(projects.TOTAL, total, **about),
        *(figure(code, value, **about) for code, value in zip(projects.PARTS, parts, strict=True)),
    ]
    return figures(*rows)


def test_the_rest_has_the_rounding_of_all_that_is_known():
    rest = projects.rest(figures_of(26.0, math.nan, 17.0, 3.0)).iloc[0]
    assert (rest.value, rest.low, rest.high) == (6, 4.5, 7.5)
    assert len(rest.inputs) == 3  # the empty cell is no input
    assert projects.rest(figures_of(26.0, 6.0, 17.0, 3.0)).value.iloc[0] == 0


def test_projects_about_the_same_product_group_are_flagged_also_by_its_division():
    other = ("Fietsen", "consumentenproducten", "30.9", *[math.nan] * 5)
    cars = ("Auto's", "high-tech", "29.3", *[math.nan] * 5)
    assert projects.counted_twice(claims(BATTERIES)).empty
    found = projects.counted_twice(claims(BATTERIES, other, cars)).set_index("product_group").projects
    assert found.to_dict() == {"29": "Batterijen, Auto's", "30": "Batterijen, Fietsen", "30.9": "Batterijen, Fietsen"}
    assert pytest.approx(6) == projects.unattributed(claims(BATTERIES))[projects.REST].iloc[0]
