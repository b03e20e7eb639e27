"""A scenario over the edition: what it comes to for each subject, its path, and what explains the difference with another."""

import math

import pandas as pd
import pytest

from factpress.errors import PartFailed
from upcm_analysis import pipeline
from upcm_analysis.registers.assumptions import numbers
from upcm_analysis.topics.scenarios import build as scenario_build
from upcm_analysis.topics.scenarios import strategy
from upcm_analysis.vocabulary.subjects import clusters, groups_of

UNIONS = {one.cluster: groups_of(one) for one in clusters() if groups_of(one)}
CHOICES = numbers() | {"potential_draws": 20_000, "potential_sobol_samples": 256, "potential_error_limit": 3}
HORIZONS = [2030, 2050]


@pytest.fixture(scope="module")
def published(figures_2020):
    return figures_2020.query("method == 'as-printed'")


@pytest.fixture(scope="module")
def central():
    return scenario_build.scenario_of("central")


@pytest.fixture(scope="module")
def made(published, central):
    return scenario_build.outlook(published, central, CHOICES, UNIONS, HORIZONS)


def changed(one, **values):
    """A scenario in which assumptions of one strategy have another value, without a range."""
    table = one.parameters.copy()
    for name, value in values.items():
        parameter, _, group = name.partition("_of_")
        rows = (table.parameter == parameter) & (table.strategy == (group.replace("_", "-") or strategy.ALL))
        assert rows.any(), name
        table.loc[rows, ["value", "low", "high"]], table.loc[rows, "distribution"] = value, "fixed"
    return scenario_build.Scenario(one.name, table, one.curve)


def with_own(one, group, parameter, strategies, value):
    """A scenario in which a product group has an assumption of its own."""
    row = one.parameters[(one.parameters.parameter == parameter) & (one.parameters.strategy == strategies)]
    row = row.assign(product_group=group, id=f"own/{group}", value=value, low=value, high=value, distribution="fixed")
    return scenario_build.Scenario(one.name, pd.concat([one.parameters, row], ignore_index=True), one.curve)


def value(figures, code, column="value", **about):
    about = {"place": "NL", "cluster": "", "product_group": ""} | about
    found = figures[(figures.indicator == code) & (figures[list(about)] == pd.Series(about)).all(axis=1)]
    assert len(found) == 1
    return found[column].iloc[0]


def test_the_range_lies_around_the_values_and_in_the_same_part_for_every_subject(made, central, published):
    base = scenario_build.baselines(published)
    exact = strategy.potential(central.parameters, base).query("measure == 'nl'").amount.sum()
    low, high = (value(made.figures, "co2_reduction_nl_kt", side) for side in ("low", "high"))
    assert low < exact < high
    for about in ({}, {"product_group": "24"}, {"cluster": "high-tech"}, {"place": "PV29"}):
        assert value(made.figures, "co2_reduction_nl_pct", **about) == value(made.figures, "co2_reduction_nl_pct")


def test_every_subject_with_emissions_has_both_ledgers_and_nothing_adds_them(made):
    counts = made.figures.indicator.value_counts()
    assert counts.nunique() == 1 and counts.iloc[0] == 1 + 5 + 12 + 13
    assert not any("total" in code for code in counts.index)


def test_net_value_added_is_gross_less_what_is_lost(made):
    gross, net = (value(made.figures, f"value_added_{kind}_meur") for kind in ("gross", "net"))
    assert 0 < net < gross


def test_drivers_explain_the_variance_and_show_both_ends(made):
    drivers = made.tables["drivers"].set_index("assumption")
    assert drivers.index[0] == "share_abroad/all"
    assert 0.9 < drivers["first"].sum() < 1.1
    assert (drivers.loc[["service_value_added/design", "production_lost/all"], "total"] == 0).all()
    abroad = drivers.loc["share_abroad/all"]
    assert abroad.at_high < abroad.at_value < abroad.at_low  # more abroad, less here


def test_the_path_begins_at_nothing_ends_at_the_potential_and_adds_up(made):
    path = made.tables["path"].query("subject == 'nl'").set_index("year")
    assert path.loc[0, ["adopted", "annual", "cumulative"]].tolist() == [0, 0, 0]
    assert path.annual[10] == pytest.approx(value(made.figures, "co2_reduction_nl_kt"), rel=1e-3)
    assert path.cumulative[10] == pytest.approx(value(made.figures, "co2_reduction_nl_cumulative_kt"), rel=1e-3)
    assert path.cumulative[10] == pytest.approx(path.annual[:11].sum(), rel=0.02)  # medians do not add up exactly
    assert path.annual.is_monotonic_increasing and (path.calendar == 0).all() and path.index.max() == 20


def test_a_start_year_brings_calendar_years_as_far_as_the_horizons(published, central):
    row = central.parameters[central.parameters.parameter == "term"]
    row = row.assign(parameter="start_year", value=2021.0, low=2021.0, high=2021.0)
    one = scenario_build.Scenario("central", pd.concat([central.parameters, row], ignore_index=True), central.curve)
    path = scenario_build.outlook(published, one, CHOICES, UNIONS, HORIZONS).tables["path"].query("subject == 'nl'")
    assert (path.calendar.min(), path.calendar.max()) == (2021, 2050) and 2030 in set(path.calendar)


def test_nothing_reached_is_no_reduction_for_anybody(published, central):
    reach = {f"penetration_of_{one}": 0.0 for one in ("design", "life_extension", "recycling")}
    figures = scenario_build.outlook(published, changed(central, **reach), CHOICES, UNIONS, HORIZONS).figures
    assert figures[["value", "low", "high"]].abs().to_numpy().max() < 1e-3


def test_a_product_group_s_own_assumption_is_its_own_and_others_have_bounds_only(published, central):
    one = with_own(central, "24", "penetration", "recycling", 0.0)
    found = scenario_build.outlook(published, one, CHOICES, UNIONS, HORIZONS)
    figures = found.figures
    assert value(figures, "co2_reduction_nl_recycling_kt", product_group="24") == pytest.approx(0, abs=0.5)
    assert value(figures, "co2_reduction_nl_recycling_kt", product_group="20") > 10
    # The cluster Materialen and the Netherlands are known mixes; of a province the mix is not published.
    parts = [value(figures, "co2_reduction_nl_pct", product_group=group) for group in ("20", "24")]
    for about in ({}, {"cluster": "materialen"}):
        assert min(parts) < value(figures, "co2_reduction_nl_pct", **about) < max(parts)
    assert math.isnan(value(figures, "co2_reduction_nl_pct", place="PV29"))
    ends = [value(figures, "co2_reduction_nl_pct", side, place="PV29") for side in ("low", "high")]
    assert ends[0] <= min(parts) and ends[1] >= max(parts)
    assert "province/zeeland" not in set(found.tables["path"].subject)


def test_too_few_draws_are_refused_with_both_numbers(published, central):
    with pytest.raises(PartFailed, match=r"too few draws.*at most 1% is allowed"):
        scenario_build.outlook(
            published, central, CHOICES | {"potential_draws": 500, "potential_error_limit": 1}, UNIONS, HORIZONS
        )


def test_a_potential_above_the_emissions_it_acts_on_fails_with_both_numbers(published, made):
    row = made.figures.indicator.eq("co2_reduction_nl_kt") & made.figures.product_group.eq("24")
    planted = made.figures.copy()
    planted.loc[row, ["value", "high"]] = 7000.0
    with pytest.raises(PartFailed, match=r"product-group/24 is up to 7000 kt, co2_kt/product-group/24 is 6966 kt"):
        scenario_build.at_most_emissions(planted, published)


def test_the_difference_between_scenarios_is_explained_without_a_rest(published, central):
    other, base = scenario_build.scenario_of("low"), scenario_build.baselines(published)
    table = scenario_build.difference(other, central, base)
    factors = table[["strategy", "rebound", "share_abroad", "policy_overlap"]].sum(axis=1)
    assert (factors - (table.after - table.before)).abs().max() < 1e-9
    for one, column in ((other, "before"), (central, "after")):
        exact = strategy.potential(one.parameters, base).query("measure == 'nl'").amount.sum()
        assert table[column].sum() == pytest.approx(exact)
    alone = scenario_build.difference(central, changed(central, rebound=0.5), base)
    assert alone[["strategy", "share_abroad", "policy_overlap"]].abs().to_numpy().max() < 1e-9


def test_the_published_edition_has_nothing_of_a_scenario(edition):
    table = edition.facts.table
    assert set(table.scenario) == {"published"} and not table.fact_id.str.contains("@").any()
    assert not {"outlook", "path", "drivers"} & set(edition.tables)


def test_facts_of_a_scenario_say_so_and_published_ones_stand_unchanged(edition):
    table = pipeline.assemble("2020.central").facts.table
    under = table[table.scenario == "central"]
    assert (under.status == "assumed").all() and under.fact_id.str.endswith("@central").all()
    assert under.warnings.str.contains("illustration").all() and set(under.edition) == {"2020"}
    rest = table[table.scenario == "published"].reset_index(drop=True)
    pd.testing.assert_frame_equal(rest, edition.facts.table)
