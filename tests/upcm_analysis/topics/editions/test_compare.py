"""Comparing two tables of facts: what is new, gone or changed, and nothing else."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import always, fact, facts

from factpress.codelists import codelist
from factpress.errors import InputError
from factpress.facts import Facts
from upcm_analysis import pipeline
from upcm_analysis.registers.assumptions import numbers
from upcm_analysis.topics.editions import release_sources
from upcm_analysis.topics.editions.compare import RELEASED, compare
from upcm_analysis.topics.editions.sides import Side
from upcm_analysis.vocabulary.subjects import clusters

BEFORE = facts(fact("co2_kt", 10), fact("jobs_k", 5), fact("turnover_meur", 7), fact("material_mkg", math.nan)).table
AFTER = facts(fact("co2_kt", 12), fact("jobs_k", 5), fact("symposia", 2), fact("material_mkg", math.nan)).table


def changes(before, after):
    return {row.fact_id: row for row in compare(before, after, numbers()).itertuples()}


def test_new_gone_and_changed():
    found = changes(BEFORE, AFTER)
    assert {name: row.change for name, row in found.items()} == {
        "co2_kt/nl": "changed",
        "symposia/nl": "new",
        "turnover_meur/nl": "gone",
    }
    assert (found["co2_kt/nl"].before, found["co2_kt/nl"].after, found["co2_kt/nl"].difference) == (10, 12, 2)
    assert math.isnan(found["symposia/nl"].before) and math.isnan(found["symposia/nl"].difference)
    assert math.isnan(found["turnover_meur/nl"].after)
    assert {name: row.what for name, row in found.items() if row.what} == {"co2_kt/nl": "value, low, high"}
    assert list(found) == sorted(found)


def test_another_unit_is_a_change_without_a_difference():
    row = changes(BEFORE, facts(fact("co2_kt", 10, unit="MtCO2")).table)["co2_kt/nl"]
    assert (row.change, row.unit_before, row.unit_after) == ("changed", "ktCO2", "MtCO2")
    assert math.isnan(row.difference)


@pytest.mark.parametrize(("before", "after"), [(5.0, math.nan), (math.nan, 5.0)])
def test_becoming_known_or_unknown_is_a_change(before, after):
    row = changes(facts(fact("jobs_k", before)).table, facts(fact("jobs_k", after)).table)["jobs_k/nl"]
    assert row.change == "changed" and math.isnan(row.difference)


NAMES = [f"jobs_k/cluster/{one.slug}" for one in clusters()]
#: Tables of at most five facts with few values, so that many are equal.
EVERY = facts(*[fact("jobs_k", 0, about=one) for one in clusters()]).table
tables = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3)).map(
    lambda values: EVERY[EVERY.fact_id.isin(values)].assign(value=lambda t: t.fact_id.map(values).astype(float))
)


@always
@given(tables, tables)
def test_comparing_the_other_way_round_turns_every_change(one, other):
    there, back = changes(one, other), changes(other, one)
    turned = {"new": "gone", "gone": "new", "changed": "changed"}
    assert {name: turned[row.change] for name, row in there.items()} == {name: row.change for name, row in back.items()}
    assert all(back[name].difference == -row.difference for name, row in there.items() if row.change == "changed")
    known = [dict(zip(table.fact_id, table.value, strict=True)) for table in (one, other)]
    assert set(there) == {name for name in NAMES if known[0].get(name) != known[1].get(name)}


@pytest.mark.parametrize(
    "damage",
    [dict(low=9.0, high=11.0), dict(status="estimated"), dict(inputs="another cell"), dict(warnings="allocated")],
    ids=lambda damage: next(iter(damage)),
)
def test_a_fact_that_became_another_kind_of_fact_has_changed(damage):
    before = facts(fact("co2_kt", 10)).table
    row = changes(before, before.assign(**damage))["co2_kt/nl"]
    assert (row.change, row.what, row.difference) == ("changed", ", ".join(damage), 0)


@pytest.mark.parametrize(
    ("code", "status", "by", "moves"),
    [
        ("co2_kt", "published", 1e-11, True),  # what is published is exactly that
        ("co2_kt", "derived", 1e-11, False),
        ("co2_kt", "derived", 1e-8, True),
        ("co2_kt", "estimated", 1e-6, False),
        ("co2_kt", "estimated", 1e-4, True),
    ],
)
def test_what_another_machine_may_calculate_otherwise_is_no_change(code, status, by, moves):
    before, after = (facts(fact(code, 10 * one)).table.assign(status=status) for one in (1, 1 + by))
    assert (len(compare(before, after, numbers())) == 1) is moves


def test_an_estimate_that_is_published_now_has_changed_however_near_it_is():
    before, after = (facts(fact("co2_kt", value)).table for value in (10, 10.000001))
    assert changes(before.assign(status="estimated"), after.assign(status="published"))["co2_kt/nl"].what == (
        "value, low, high, status"
    )


def test_an_edition_by_name_by_folder_and_by_file(repository, edition, tmp_path):
    folder = pipeline.write(edition)
    by_name, by_folder, by_file = (pipeline.side(str(one)) for one in ("2020", folder, folder / "facts.csv"))
    assert by_name.record == by_folder.record == by_file.record == edition.record
    pd.testing.assert_frame_equal(by_name.facts, by_file.facts)
    edition.facts.write(tmp_path / "facts.csv")
    assert pipeline.side(str(tmp_path)).record is None  # facts that were sent without what they were made of
    with pytest.raises(InputError, match="one of the editions 2020"):
        pipeline.side("2021")


def test_facts_that_named_functions_are_read_by_the_ids_of_these_methods(edition, tmp_path):
    was = {one.method: name for name, one in codelist("method_names").iterrows()}
    table = edition.facts.table
    table = table[table.method.isin(set(was))].reset_index(drop=True)  # methods that were added later had no other name
    assert table.method.nunique() == len(set(was) & set(edition.facts.table.method)) > 20
    Facts(table.assign(method=table.method.map(was))).write(tmp_path / "facts.csv")
    assert "upcm_analysis." in (tmp_path / "facts.csv").read_text(encoding="utf-8")
    before = pipeline.side(str(tmp_path / "facts.csv"))
    assert list(before.facts.method) == list(table.method)


def test_a_released_edition_by_name_is_as_it_was_released(repository, edition):
    release_sources.write("2020", Side(edition.facts.table, edition.record))
    then = pipeline.side("2020", as_released=True)
    assert list(then.facts.columns) == RELEASED and then.record == edition.record
    assert compare(then.facts, edition.facts.table, numbers()).empty


def test_a_file_that_is_no_facts_is_refused(tmp_path):
    path = tmp_path / "facts.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="does not hold facts"):
        pipeline.side(str(path))
    path.write_text(",".join(RELEASED) + "\nco2_kt/nl,many,1,1,ktCO2,published,\n", encoding="utf-8")
    with pytest.raises(InputError, match="does not hold the facts of a release"):
        pipeline.side(str(path))
