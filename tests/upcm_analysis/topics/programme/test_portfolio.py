"""The portfolio: unknown is not empty, and a project is where its own documents say."""

import pandas as pd

from upcm_analysis.topics.programme import portfolio

PROJECTS = pd.DataFrame(
    [("a", "realisatie", "high-tech", "R1", "environment supply"), ("b", "", "", "", "")],
    columns=["project", "team", "cluster", "r_steps", "effects"],
)
TEAMS = pd.DataFrame({"pillar": ["realisatie"], "horizon": ["0-5"]}, index=["realisatie"])
SHEETS = pd.DataFrame([("a", "0-2"), ("a", ""), ("a", "0-10")], columns=["project", "horizon"])


def places(sheets=SHEETS):
    found = portfolio.placed(PROJECTS, sheets, TEAMS)
    return {(row.dimension, row.code, row.project): row.basis for row in found.itertuples()}


def test_a_project_is_on_the_horizons_of_its_sheet_and_else_on_that_of_its_team():
    assert places()[("horizon", "0-2", "a")] == portfolio.SHEET and ("horizon", "0-5", "a") not in places()
    assert places(SHEETS[:0])[("horizon", "0-5", "a")] == portfolio.TEAM


def test_every_project_is_somewhere_in_every_dimension_and_unknown_is_a_place():
    found = portfolio.placed(PROJECTS, SHEETS, TEAMS)
    assert set(found.dimension) == set(portfolio.DIMENSIONS)
    assert (found.groupby("dimension").project.nunique() == len(PROJECTS)).all()
    assert places()[("cluster", "", "b")] == "" and places()[("effect", "supply", "a")] == portfolio.STATED


def test_a_gap_is_told_from_what_is_unknown_and_from_what_is_little():
    given = pd.DataFrame(
        [("a", "F1", "Hoog"), ("a", "F2", "Laag"), ("a", "F3", "Onbekend")], columns=["project", "function", "level"]
    )
    groups = pd.DataFrame([("a", "design")], columns=["project", "r_group"])
    found = portfolio.coverage(PROJECTS, given, groups, ["Hoog", "Middel"], "Onbekend")
    states = found[found.cluster == "high-tech"].set_index(["function", "r_group"]).state
    assert states["F1", "design"] == portfolio.COVERED and states["F2", "design"] == portfolio.LOW
    assert states["F3", "design"] == portfolio.UNKNOWN == states["F4", "design"]
    assert states["F1", "recycling"] == portfolio.EMPTY
    assert (found.state[~found.cluster.isin(["high-tech", ""])] == portfolio.EMPTY).all()


def test_what_is_not_known_is_a_place_of_its_own_in_the_matrix():
    """Of b neither cluster nor group is known; of c the cluster is, of d the group."""
    more = pd.DataFrame([("c", "high-tech"), ("d", "")], columns=["project", "cluster"])
    groups = pd.DataFrame([("a", "design"), ("d", "recycling")], columns=["project", "r_group"])
    given = pd.DataFrame(columns=["project", "function", "level"])
    found = portfolio.coverage(pd.concat([PROJECTS, more]), given, groups, ["Hoog"], "Onbekend")
    there = found[found.projects != ""].groupby(["cluster", "r_group"]).projects.agg(set)
    assert there.to_dict() == {
        ("high-tech", "design"): {"a"},
        ("high-tech", ""): {"c"},
        ("", "recycling"): {"d"},
        ("", ""): {"b"},
    }
    assert set(found.state[found.projects != ""]) == {portfolio.UNKNOWN}
    assert not found.duplicated(["cluster", "function", "r_group"]).any()
