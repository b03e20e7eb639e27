"""Assumptions of scenarios: what can be used, and what is refused before anything is calculated."""

import pytest

from factpress.errors import InputError
from upcm_analysis import pipeline
from upcm_analysis.registers import assumptions
from upcm_analysis.registers.assumptions import scenarios
from upcm_analysis.topics.scenarios import sources as scenario_sources

FILE = "data/assumptions.csv"


def rewrite(repository, name, **cells):
    """Changes cells of one row of the register."""
    table = assumptions.register().reset_index().astype(object)
    for column, text in cells.items():
        table.loc[table.id == name, column] = text
    table[list(assumptions.COLUMNS)].to_csv(repository.root / FILE, index=False, lineterminator="\n")
    assumptions._read.cache_clear()


def add(repository, **cells):
    """Adds a row to the register."""
    usual = dict(source="not stated", reason="a reason", scenario="central", distribution="fixed", pedigree="0 0 0 0")
    table = assumptions.register().reset_index().astype(object)
    table.loc[len(table)] = {name: "" for name in table.columns} | usual | cells
    table[list(assumptions.COLUMNS)].to_csv(repository.root / FILE, index=False, lineterminator="\n")
    assumptions._read.cache_clear()


def remove(repository, name):
    """Takes a row out of the register."""
    table = assumptions.register().reset_index()
    table[table.id != name][list(assumptions.COLUMNS)].to_csv(repository.root / FILE, index=False, lineterminator="\n")
    assumptions._read.cache_clear()


def test_the_scenarios_that_are_shipped():
    assert scenarios() == ["published", "low", "central", "high"]
    for name in scenarios()[1:]:
        table = scenario_sources.parameters(name)
        assert (table.low <= table.value)[table.unit != "curve"].all()
        assert (table.product_group == "").all()


def test_every_assumption_of_a_shipped_scenario_says_that_it_is_an_illustration():
    for name in scenarios()[1:]:
        table = scenario_sources.parameters(name)
        own = table[table.parameter != "term"]
        assert (own.source == "not stated").all() and own.reason.str.startswith("Illustration of the method").all()
        assert set(own.pedigree) == {"0 0 0 0"}


def test_the_central_scenario_lies_between_the_other_two():
    low, central, high = (
        scenario_sources.parameters(name).set_index(["parameter", "strategy"]) for name in ("low", "central", "high")
    )
    about = low.direction[low.direction != 0]
    for key, direction in about.items():
        values = [direction * table.value[key] for table in (low, central, high)]
        assert values == sorted(values), key


def test_the_pedigree_has_a_grade_with_a_meaning_for_each_criterion():
    assert scenario_sources.pedigree("4 1 1 0") == {"proxy": 4, "empirical": 1, "method": 1, "validation": 0}


def test_a_product_group_may_have_its_own_assumption(repository):
    add(
        repository, id="central/life_ratio/24", parameter="life_ratio", strategy="life-extension", product_group="24",
        value="1.3", unit="ratio", used_in="scenarios",
    )  # fmt: skip
    scenario_sources.check()
    assert (scenario_sources.parameters("central").product_group == "24").sum() == 1


LIFE = "central/life_ratio/life-extension"


@pytest.mark.parametrize(
    ("row", "cells", "column", "says"),
    [
        (LIFE, {"low": "1.3"}, "low, value, high", "low <= value <= high"),
        (LIFE, {"value": "1.5"}, "low, value, high", "low <= value <= high"),
        (LIFE, {"value": "half"}, "value", "a number"),
        (LIFE, {"value": "nan"}, "low, value, high", "low <= value <= high"),
        (LIFE, {"high": "inf"}, "high", "outside its ends"),
        (LIFE, {"low": "0.5"}, "low", "outside its ends"),
        (LIFE, {"unit": "year"}, "unit", "does not fit the formula"),
        (LIFE, {"distribution": "normal"}, "distribution", "triangular"),
        (LIFE, {"distribution": "fixed"}, "distribution", "no low and high"),
        (LIFE, {"low": "1.2", "high": "1.2"}, "low, high", "low < high"),
        (LIFE, {"distribution": "lognormal"}, "low, value, high", "square root"),
        (LIFE, {"pedigree": "0 0 0"}, "pedigree", "validation"),
        (LIFE, {"pedigree": "0 0 0 5"}, "pedigree", "from 0 to 4"),
        (LIFE, {"strategy": "recycling"}, "parameter, strategy", "no formula uses"),
        (LIFE, {"parameter": "life_ration"}, "parameter, strategy", "did you mean life_ratio"),
        (LIFE, {"product_group": "99"}, "product_group", "38"),
        (LIFE, {"used_in": "simulated"}, "used_in", "its formula does not use"),
        ("central/displacement/recycling", {"high": "1.5"}, "high", "from 0 to 1"),
        ("central/displacement/recycling", {"low": "-0.1"}, "low", "from 0 to 1"),
        ("central/displacement/recycling", {"distribution": "lognormal"}, "distribution", "without an upper end"),
        ("central/factor_ratio/recycling", {"low": "0"}, "low, value, high", "0 < low < high"),
        ("central/penetration/design", {"high": "0.5"}, "high", "sum past the whole"),
        ("central/term", {"distribution": "uniform"}, "distribution, product_group", "fixed"),
        ("central/adoption", {"value": "sigmoid"}, "value", "logistic"),
        ("central/adoption", {"value": "linear"}, "parameter", "the curve linear does not take it"),
    ],
)  # fmt: skip
def test_an_assumption_that_cannot_be_used_is_refused(repository, row, cells, column, says):
    rewrite(repository, row, **cells)
    with pytest.raises(InputError) as error:
        scenario_sources.check()
    assert error.value.parts["file"] == FILE and str(error.value.parts["row"]).find(row.split("/")[0]) >= 0
    assert error.value.parts["column"] == column and says in str(error.value)


def test_penetration_may_not_pass_the_whole_of_a_product_group_s_own_flow(repository):
    add(
        repository, id="central/penetration/design/24", parameter="penetration", strategy="design", product_group="24",
        value="0.5", unit="share", used_in="scenarios",
    )  # fmt: skip
    with pytest.raises(InputError, match="in product group 24"):
        scenario_sources.check()


@pytest.mark.parametrize(
    "name", ["central/rebound", "central/logistic_rate", "central/adoption", "high/bass_imitation"]
)
def test_a_formula_whose_assumption_is_missing_is_refused(repository, name):
    remove(repository, name)
    with pytest.raises(InputError, match="a formula lacks its assumption") as error:
        scenario_sources.check()
    assert name in str(error.value)


def test_a_choice_that_is_missing_is_refused(repository):
    remove(repository, "cbs_tolerance")
    with pytest.raises(InputError, match="a formula lacks its assumption") as error:
        pipeline.assemble("2020")
    assert "cbs_tolerance" in str(error.value)


def test_an_assumption_is_there_once(repository):
    known = assumptions.register().loc[LIFE]
    add(repository, id=LIFE, **known.to_dict())
    with pytest.raises(InputError, match="double"):
        scenario_sources.check()


def test_an_assumption_is_there_once_under_whatever_id(repository):
    add(repository, id="another", **assumptions.register().loc[LIFE].to_dict())
    with pytest.raises(InputError, match="there twice") as error:
        scenario_sources.check()
    assert "another" in error.value.parts["row"]


@pytest.mark.parametrize("used_in", ["upcm_analysis.topics.figures.checks", "against-everyone", "against-cbs shares"])
def test_an_assumption_that_nothing_uses_is_refused_by_every_command(repository, upcm, used_in):
    rewrite(repository, "cbs_tolerance", used_in=used_in)
    status, _, said = upcm("data")
    said = " ".join(said.split())
    assert status == 2 and "nothing uses" in said and "assumptions.csv" in said and "cbs_tolerance" in said
    assert "used_in" in said and used_in in said and "of a method, of a check or of a topic" in said
    assert not repository.state()


def test_a_parameter_that_nothing_uses_is_refused(repository):
    repository.edit("data/codelists/parameters.csv", ",yes,scenarios,Intensiever", ",yes,use,Intensiever")
    with pytest.raises(InputError, match="nothing uses") as error:
        pipeline.assemble("2020")
    assert (
        error.value.parts["file"] == "data/codelists/parameters.csv" and error.value.parts["row"] == "use_ratio design"
    )


def test_a_scenario_that_there_is_none_of_is_refused_and_nothing_is_written(repository, upcm):
    status, _, said = upcm("report", "--scenario", "centraal")
    assert status == 2 and "did you mean central" in said and "assumptions.csv" in said
    assert not repository.state()


def test_a_wrong_assumption_of_any_scenario_stops_also_the_published_edition(repository, upcm):
    rewrite(repository, LIFE, low="1.3")
    status, _, said = upcm("check")
    assert status == 2 and "life_ratio" in said and "low <= value <= high" in said
