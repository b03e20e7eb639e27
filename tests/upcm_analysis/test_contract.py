"""The contract of a topic: what names what there is not is refused with its place and a remedy, and nothing is written."""

import pandas as pd
import pytest

from factpress.methods import method_of
from upcm_analysis import contract
from upcm_analysis.topics.figures import impact
from upcm_analysis.topics.figures import sources as figure_sources
from upcm_analysis.topics.regions import build as region_build
from upcm_analysis.vocabulary.results import Made

SHARE = method_of(impact.share)
FIGURE = {"indicator": "jobs_k", "place": "NL", "cluster": "", "product_group": "24", "scope": "", "value": 1.0}
FIGURE |= {"low": 1.0, "high": 1.0, "inputs": ("jobs_k/nl",), "method": SHARE.id}


def planted(monkeypatch, **changes):
    """Has the topic of the regions make one figure and no more."""
    figures = pd.DataFrame([{**FIGURE, **changes}])
    monkeypatch.setattr(region_build, "build", lambda so_far: Made(figures))


def refused(upcm, repository) -> str:
    """What is said where nothing may be written."""
    before = repository.state()
    status, _, said = upcm("data")
    assert status == 2 and repository.state() == before
    for part in ("file:", "found:", "expected:", "remedy:"):
        assert part in said, said
    return " ".join(said.split())


@pytest.mark.parametrize(
    ("changes", "problem", "place", "remedy"),
    [
        ({"indicator": "jobs_kk"}, "unknown indicator: 'jobs_kk'", "impact.py", "data/codelists/indicators.csv"),
        ({"alloy": "steel"}, "unknown dimension: 'alloy'", "regions/build.py", "data/codelists/dimensions.csv"),
        ({"method": "shaer"}, "unknown method: 'shaer' - did you mean share", "regions/build.py", "@method"),
        ({"cluster": "materialn"}, "unknown cluster: 'materialn'", "impact.py", "data/codelists/clusters.csv"),
    ],
)
def test_a_name_that_there_is_not_is_refused(repository, upcm, monkeypatch, changes, problem, place, remedy):
    planted(monkeypatch, **changes)
    said = refused(upcm, repository)
    assert problem in said and place in said and remedy in said
    assert place != "impact.py" or f"row: {SHARE.line}" in said


def test_figures_without_the_method_that_made_them_are_refused(repository, upcm, monkeypatch):
    figures = pd.DataFrame([FIGURE]).drop(columns="method")
    monkeypatch.setattr(region_build, "build", lambda so_far: Made(figures))
    assert "figures of the topic regions lack a column" in refused(upcm, repository)


def test_two_topics_that_make_one_fact_are_both_named_with_their_places(repository, upcm, monkeypatch):
    planted(monkeypatch)
    said = refused(upcm, repository)
    assert "two methods make one fact: jobs_k/product-group/24" in said
    assert f"file: {SHARE.file} row: {SHARE.line} found: share" in said
    assert "as-printed" in said and "(upcm_analysis/registers/tables.py, row" in said


def test_two_topics_that_make_one_table_are_refused(repository, upcm, monkeypatch):
    monkeypatch.setattr(region_build, "build", lambda so_far: Made(tables={"replication": pd.DataFrame()}))
    assert "two topics make one table: replication" in refused(upcm, repository)


def test_an_indicator_in_a_unit_that_there_is_none_of_is_refused(repository, upcm):
    path = repository.root / "data/codelists/indicators.csv"
    line = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("jobs_k,"))
    repository.edit("data/codelists/indicators.csv", line, line.replace(",kjob,", ",kjbo,", 1))
    said = refused(upcm, repository)
    assert "a unit that there is none of: jobs_k" in said and "row: jobs_k column: unit found: kjbo" in said


def test_every_unit_that_an_indicator_has_is_known():
    contract.check_units()


def test_a_topic_reads_its_sources_before_anything_is_made(repository, upcm, monkeypatch):
    """An assumption of a scenario that cannot be used is refused whichever scenario is asked for, before any calculation."""
    monkeypatch.setattr(figure_sources, "cells", lambda edition: pytest.fail("figures were made"))
    repository.edit("data/assumptions.csv", "central/adoption,", "central/adoptoin,")
    path = repository.root / "data/assumptions.csv"
    text = path.read_text(encoding="utf-8").replace(",central,adoption,", ",central,adoptoin,")
    path.write_text(text, encoding="utf-8")
    assert "an assumption that no formula uses" in refused(upcm, repository)
