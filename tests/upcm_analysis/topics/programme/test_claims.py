"""Claims of projects: unknown stays unknown, and double counting is named."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upcm_analysis.topics.programme import claims as project_claims

PARTS = [*project_claims.PARTS, project_claims.TOTAL]
BATTERIES = (None, 17.0, 3.0, 26.0)


def figures(**claims):
    """Figures of projects: design, life, recycling and total, each half a unit to either side."""
    rows = [
        {
            "indicator": code,
            "project": name,
            "value": value,
            "low": value and value - 0.5,
            "high": value and value + 0.5,
        }
        for name, values in claims.items()
        for code, value in zip(PARTS, values, strict=True)
    ]
    return pd.DataFrame(rows).astype({"value": float, "low": float, "high": float})


def test_what_no_part_claims_is_not_attributed_with_the_rounding_of_all_that_is_known():
    (rest,) = project_claims.rest(figures(a=BATTERIES)).itertuples()
    assert (rest.value, rest.low, rest.high, rest.project) == (6, 4.5, 7.5, "a")
    assert rest.inputs == (
        "project_co2_kt/project/a",
        "project_co2_life_kt/project/a",
        "project_co2_recycling_kt/project/a",
    )


def test_an_unknown_total_leaves_the_rest_unknown():
    assert math.isnan(project_claims.rest(figures(a=(None, 1.0, None, None))).value.iloc[0])


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e6)), min_size=3, max_size=3), st.floats(0, 1e6))
def test_the_parts_and_the_rest_are_the_total(parts, left):
    total = sum(value or 0 for value in parts) + left
    rest = project_claims.rest(figures(a=(*parts, total))).value.iloc[0]
    assert rest == pytest.approx(left, abs=1e-6 * (1 + total))


def test_claims_of_a_cluster_add_up_and_what_is_unknown_is_no_zero():
    other = (1.0, None, 2.0, 5.0)
    found = project_claims.by_cluster(figures(a=BATTERIES, b=other), {"a": "high-tech", "b": "high-tech"})
    found = found.set_index("indicator")
    assert (found.value[project_claims.TOTAL], found.high[project_claims.TOTAL]) == (31, 32)
    assert found.value["project_co2_life_kt"] == 17 and pd.isna(found.high["project_co2_life_kt"])  # at least
    alone = project_claims.by_cluster(figures(a=BATTERIES), {"a": "high-tech", "silent": "high-tech"}).set_index(
        "indicator"
    )
    assert alone.value[project_claims.TOTAL] == 26 and pd.isna(alone.high[project_claims.TOTAL])
    assert pd.isna(alone.value["project_co2_design_kt"])
    assert project_claims.by_cluster(figures(a=BATTERIES), {"b": "high-tech"}).empty


def test_projects_about_the_same_product_group_are_flagged_also_by_its_division():
    claims = pd.DataFrame(
        [("Batterijen", "29.1 30.9 47.6"), ("Fietsen", "30.9"), ("Auto's", "29.3"), ("Nergens", "")],
        columns=["project", "product_groups"],
    )
    assert project_claims.counted_twice(claims[:1]).empty
    found = project_claims.counted_twice(claims).set_index("product_group").projects
    assert found.to_dict() == {"29": "Batterijen, Auto's", "30": "Batterijen, Fietsen", "30.9": "Batterijen, Fietsen"}


def test_of_several_documents_the_first_that_says_it_counts_and_steps_are_taken_together():
    documents = pd.DataFrame(
        [("a", "", "R1", "environment", "one"), ("a", "nsp", "R8 R1", "", "two"), ("b", "nsp", "", "", "two")],
        columns=["project", "team", "r_steps", "effects", "source"],
    )
    found = project_claims.merged(documents).set_index("project")
    assert found.loc["a"].to_dict() == {
        "team": "nsp",
        "r_steps": "R1 R8",
        "effects": "environment",
        "source": "one two",
    }
    assert list(found.index) == ["a", "b"]


def test_projects_whose_team_is_unknown_may_be_of_any_team():
    found = project_claims.counted(
        pd.DataFrame({"team": ["nsp", "", "nsp"]}), "project_count", ["nsp", "regieteam"], ("a",)
    )
    assert found[["team", "low", "value", "high"]].to_numpy().tolist() == [
        ["", 3, 3, 3],
        ["nsp", 2, 2, 3],
        ["regieteam", 0, 0, 1],
    ]


def test_what_all_projects_claim_has_no_upper_end_where_one_says_nothing():
    found = project_claims.of_all(figures(a=BATTERIES, b=(1.0, None, 2.0, 5.0)), ["a", "b"]).set_index("indicator")
    assert (found.value[project_claims.TOTAL], found.low[project_claims.TOTAL], found.high[project_claims.TOTAL]) == (
        31,
        30,
        32,
    )
    alone = project_claims.of_all(figures(a=BATTERIES), ["a", "silent"]).set_index("indicator")
    assert alone.value[project_claims.TOTAL] == 26 and pd.isna(alone.high[project_claims.TOTAL])
    assert pd.isna(alone.value["project_co2_design_kt"]) and set(alone.cluster) == {""}


def test_a_claim_may_count_twice_with_that_of_the_project_that_it_is_a_part_of():
    part_of = {"part": "whole", "deeper": "part", "other": "silent"}
    found = project_claims.nested(["whole", "part", "deeper", "other"], part_of)
    assert list(found.part_of) == ["", "whole", "whole part", ""]
    assert list(found.parts) == ["part deeper", "deeper", "", ""]
    assert list(project_claims.nested(["part", "deeper"], part_of).parts) == ["deeper", ""]  # the whole claims nothing
    circle = project_claims.nested(["a", "b"], {"a": "b", "b": "a"})
    assert list(circle.part_of) == list(circle.parts) == ["b", "a"]  # a circle ends
