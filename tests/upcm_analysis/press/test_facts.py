"""Facts: one row a fact, what a table of them must be, and the same from a file as into it."""

import math

import pandas as pd
import pytest
from make import fact, facts
from pandera.errors import SchemaError, SchemaErrors

from factpress.dimensions import Subject
from factpress.errors import InputError
from factpress.facts import Facts, columns, schema
from upcm_analysis.vocabulary.subjects import NL, provinces

NAN = math.nan
SOME = facts(
    fact("co2_kt", 24_170, 24_169.5, 24_170.5),
    fact("co2_kt", 770, 769.5, 770.5, Subject(place="PV29")),
    fact("material_mkg", 0, 0, 0.5, Subject(product_group="33")),
    fact("newsletter_subscribers", 400, 400, NAN),
    fact("jobs_k", NAN),
)


def test_a_fact_is_found_by_its_id_or_by_indicator_and_subject():
    zeeland = Subject(place="PV29")
    one = SOME["co2_kt/province/zeeland"]
    assert one == SOME.get("co2_kt", zeeland) == SOME.of("co2_kt", [NL, zeeland])[1] == SOME.find(one.fact_id)
    assert (one.value, one.subject, one.measure.unit, one.inputs) == (770, zeeland, "ktCO2", ("cell",))
    assert len(SOME) == 5 and "co2_kt/nl" in SOME and "co2_kt/province/limburg" not in SOME
    assert SOME.find("co2_kt/province/limburg") is None


@pytest.mark.parametrize("name", ["co2_kt/province/zeelnd", "co2_ktt/province/zeeland"])
def test_an_unknown_id_is_refused_with_the_nearest(name):
    with pytest.raises(InputError, match="did you mean co2_kt/province/zeeland"):
        SOME[name]


def test_an_indicator_of_other_subjects_is_refused_with_what_it_is_known_of():
    with pytest.raises(InputError, match="not known of this subject: 'material_mkg'") as error:
        SOME.get("material_mkg", Subject(place="PV29"))
    assert error.value.parts["found"] == "province/zeeland" and error.value.parts["expected"] == "product-group"


@pytest.mark.parametrize(
    ("name", "at_least", "unknown"),
    [
        ("co2_kt/nl", False, False),
        ("material_mkg/product-group/33", False, False),  # zero is known
        ("newsletter_subscribers/nl", True, False),
        ("jobs_k/nl", False, True),  # an unknown number is not a lower bound
    ],
)
def test_unknown_zero_and_more_than_are_different_things(name, at_least, unknown):
    assert (SOME[name].at_least, SOME[name].unknown) == (at_least, unknown)


def test_every_fact_of_the_edition_is_as_the_schema_says(edition):
    schema().validate(edition.facts.table)
    assert list(edition.facts.table.columns) == columns()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("fact_id", "co2_kt/province/zeeland"),  # twice
        ("place", "PV19"),
        ("cluster", "material"),
        ("product_group", "21"),
        ("low", 24_171.0),  # above the value
        ("high", 24_169.0),  # below the value
        ("value", NAN),  # without the sign of an unknown value
        ("status", "measured"),
        ("sign", "?"),
        ("method", "a guess"),
        ("inputs", ""),
        ("unit", None),
    ],
)
def test_one_wrong_cell_is_caught(column, value):
    schema().validate(SOME.table)
    wrong = SOME.table.copy()
    wrong.loc[0, column] = value
    with pytest.raises((SchemaError, SchemaErrors), match=column):
        schema().validate(wrong)


@pytest.mark.parametrize("damage", [lambda table: table.drop(columns="sign"), lambda table: table.assign(note="")])
def test_other_columns_are_caught(damage):
    with pytest.raises((SchemaError, SchemaErrors)):
        schema().validate(damage(SOME.table))


def test_a_file_gives_back_what_was_written(edition, tmp_path):
    for given in (SOME, edition.facts):
        given.write(tmp_path / "facts.csv")
        read = Facts.read(tmp_path / "facts.csv")
        pd.testing.assert_frame_equal(read.table, given.table, rtol=1e-11)
        schema().validate(read.table)
        read.write(tmp_path / "again.csv")
        assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "facts.csv").read_bytes()


def test_no_file_no_facts(tmp_path):
    with pytest.raises(InputError, match="no facts yet"):
        Facts.read(tmp_path / "facts.csv")


def test_a_file_of_something_else_is_refused(tmp_path):
    (tmp_path / "facts.csv").write_text("province,jobs\nZeeland,17\n")
    with pytest.raises(InputError, match="does not hold facts"):
        Facts.read(tmp_path / "facts.csv")


@pytest.mark.parametrize("missing", [["scenario", "project", "team"], ["project", "team"], ["scenario"]])
def test_facts_of_before_there_were_scenarios_and_projects_are_read(edition, tmp_path, missing):
    old = edition.facts.table[edition.facts.table.project == ""].drop(columns=missing)
    old.to_csv(tmp_path / "facts.csv", index=False)
    read = Facts.read(tmp_path / "facts.csv").table
    assert set(read.scenario) == {"published"} and set(read.project) == {""}


def test_every_fact_has_an_interval_that_holds_its_value(edition):
    table = edition.facts.table
    table = table[table.value.notna() | table.low.notna()]  # of what a source calls unknown there are no bounds either
    assert (table.low <= table.value.fillna(table.high)).all()
    lower_bounds = table[table.high.isna()]
    assert set(lower_bounds.indicator) == {
        *("newsletter_subscribers", "website_visitors", "linkedin_followers", "cesi_companies"),
        *("scanner_users_growth_pct", "scanner_sessions_growth_pct", "website_visitors_growth_ratio"),
        *("project_target_pilots", "project_target_chain_projects"),
        *("project_co2_life_kt", "project_co2_recycling_kt", "project_co2_unattributed_kt"),
        *("project_co2_kt", "project_value_added_meur"),
    }
    bounded = table[table.high.notna()]
    assert (bounded.high >= bounded.value.fillna(bounded.low)).all()


def test_an_indicator_has_a_fact_about_every_province(edition):
    assert [one.place for one in edition.facts.of("co2_kt_share", provinces())] == [f"PV{n}" for n in range(20, 32)]
