"""Why facts differ between two editions: each kind of cause, seeded one at a time, is the one that is named, and no other."""

import dataclasses
from functools import wraps

import pandas as pd
import pytest
from make import fact, facts
from support import change_code

from factpress.errors import InputError
from upcm_analysis import pipeline
from upcm_analysis.registers.assumptions import numbers
from upcm_analysis.topics.editions.causes import explained
from upcm_analysis.topics.editions.record_sources import FILE, read, record
from upcm_analysis.topics.editions.sides import Side
from upcm_analysis.topics.figures import impact
from upcm_analysis.topics.regions import build as region_build
from upcm_analysis.vocabulary.results import Made

PROVINCES, GROUPS = "werkwijze-upcm-20201016/provinces", "werkwijze-upcm-20201016/product-groups"
JOBS = f"{PROVINCES}[Zeeland | Banen (x 1.000)]"
ZEELAND = "Zeeland,17,15,1.272"
#: A column that a code list says the precision of.
PRECISE = f"{PROVINCES},Huidige CO₂-impact - impact UPCM (x 1.000 ton/jaar),1,number,,co2_kt"


def side(made) -> Side:
    return Side(made.facts.table, record(made.cells, made.facts.table, "2020"))


@pytest.fixture(scope="session")
def then(edition):
    """The edition as it is."""
    return side(edition)


@pytest.fixture
def quick(monkeypatch, then):
    """The edition without figures of parts of the industry in places, which take long when a table changes; as it is."""
    monkeypatch.setattr(region_build, "build", lambda so_far: Made())
    whole = then.facts
    of_regions = whole.method.str.startswith(("single-key", "point-source-coverage"))
    others = whole.status.isin(["estimated", "refuted", "suppressed"]) | of_regions
    return Side(whole[~others], then.record)


def why(before: Side, after: Side) -> dict[str, str]:
    changes, _ = explained(before, after, numbers())
    return dict(zip(changes.fact_id, changes.causes, strict=True))


def now() -> Side:
    return side(pipeline.assemble("2020"))


def method(monkeypatch, name: str, change):
    """Another version of a function of `impact`, in a file that the package reads as another."""
    function = getattr(impact, name)
    monkeypatch.setattr(impact, name, wraps(function)(lambda *arguments: change(function(*arguments))))
    change_code(monkeypatch, "upcm_analysis/topics/figures/impact.py")


def half(figures: pd.DataFrame) -> pd.DataFrame:
    return figures.assign(**{name: figures[name] / 2 for name in ("value", "low", "high")})


def test_nothing_differs(then):
    assert why(then, then) == {}


def test_each_fact_names_what_it_rests_on_and_nothing_else(repository, quick, monkeypatch):
    """A cell, a correction, a row of a code list and a topic are changed at once, and told apart fact by fact."""
    repository.edit_raw(PROVINCES, ZEELAND, ZEELAND.replace("17", "18", 1))
    repository.edit("data/corrections.yml", "becomes: 4.325 +87", "becomes: 4.325 +88")
    repository.edit("data/codelists/published_columns.csv", f"{PRECISE},0.5", f"{PRECISE},5")
    method(monkeypatch, "share", half)
    changes, causes = explained(quick, now(), numbers())
    found = dict(zip(changes.fact_id, changes.causes, strict=True))
    cell, correction = f"data: {JOBS}", "correction: double-plus-sbi-26"
    row = "code list: published_columns/" + "|".join(PRECISE.split(",")[:3])
    topic = "method: figures"
    assert found["jobs_k/province/zeeland"] == cell
    assert found["value_added_per_job_keur/province/zeeland"] == f"{cell}; {topic}"
    assert found["value_added_potential_meur/product-group/26"] == correction
    assert found["co2_kt/province/zeeland"] == row
    assert found["co2_per_value_added_kg_eur/province/zeeland"] == f"{topic}; {row}"
    assert found["turnover_meur_share/province/zeeland"] == topic
    assert found["jobs_k_share/province/zeeland"] == f"{cell}; {topic}"
    assert found["co2_kt_share/province/zeeland"] == f"{topic}; {row}"
    # CO2 over jobs, and not through the shares
    assert found["co2_kt_per_job_relative/province/zeeland"] == f"{cell}; {topic}; {row}"
    assert not {"jobs_k/nl", "turnover_meur/province/zeeland", "co2_kt/product-group/26"} & set(found)
    told = causes.set_index("kind")
    assert told.loc["data", ["what", "then", "now"]].tolist() == [JOBS, "17", "18"]
    assert told.loc["correction", ["then", "now"]].tolist() == ["becomes 4.325 +87", "becomes 4.325 +88"]
    assert told.loc["code list", ["then", "now"]].tolist() == ["half_unit 0.5", "half_unit 5"]
    assert told.facts["method"] == sum(topic in text for text in found.values())


def test_an_assumption(repository, then):
    """A stricter limit: estimates are withdrawn, and nothing else that differs is named for it."""
    repository.edit("data/assumptions.csv", "crossing_spread_limit,50", "crossing_spread_limit,40")
    changes, causes = explained(then, now(), numbers())
    assert len(changes) > 50 and set(changes.causes) == {"assumption: crossing_spread_limit"}
    assert causes[["then", "now"]].to_numpy().tolist() == [["value 50", "value 40"]]
    assert set(changes.change) == {"changed"}


def test_other_code_of_a_topic_is_no_cause_of_what_is_made_of_figures_that_did_not_move(quick):
    """A figure of the programme is made of figures. These did not move, whatever was written in their topic."""
    moved = quick.facts.assign(
        value=quick.facts.value.where(quick.facts.method != "rest-of-total", quick.facts.value + 1)
    )
    topics = {name: {**entry, "code": f"other {name}"} for name, entry in quick.record.topics.items()}
    found = why(quick, Side(moved, dataclasses.replace(quick.record, topics=topics)))
    assert found and set(found.values()) == {"method: programme"}


def test_an_assumption_is_a_cause_of_what_its_topic_or_method_made(then):
    """Of a topic in all its facts, of a method in those of that alone, of a check in none."""
    changed = {
        name: {**row, "value": "other"}
        for name, row in then.record.assumptions.items()
        if name in ("crossing_prior", "power_draws", "cbs_tolerance")
    }
    moved = then.facts.assign(sign="?")
    after = Side(moved, dataclasses.replace(then.record, assumptions=then.record.assumptions | changed))
    alone = moved.assign(inputs="")  # each for itself: what it is made of counts too
    changes, _ = explained(Side(then.facts.assign(inputs="")), Side(alone), numbers())
    found = pd.Series(why(Side(then.facts.assign(inputs=""), then.record), dataclasses.replace(after, facts=alone)))
    methods = moved.set_index("fact_id").method[found.index]
    topics = methods.map(then.record.methods)
    assert len(changes) == len(found) == len(moved)
    power, prior = found.str.contains("power_draws"), found.str.contains("crossing_prior")
    assert set(methods[power]) == {"single-key-power"} and power.sum() == (methods == "single-key-power").sum()
    assert set(topics[prior]) == {"regions"} and prior.sum() == (topics == "regions").sum()
    assert not found.str.contains("cbs_tolerance").any()


def test_new_and_gone_facts_say_why(repository, quick):
    without = quick.facts[~quick.facts.indicator.str.startswith("symposia")]
    cells = {name: cell for name, cell in quick.record.cells.items() if "Symposia" not in name}
    earlier = Side(without, dataclasses.replace(quick.record, cells=cells, sources={}))
    there, back = why(earlier, quick), why(quick, earlier)
    assert there == back and set(there) == {"symposia/nl"}
    assert there["symposia/nl"].startswith("data: feiten-en-cijfers/activities[")


def test_facts_of_a_form_that_is_gone_name_its_row(then):
    """As a release has them: without inputs and method."""
    forms = then.record.lists["forms"] | {"spread": {"unit": ""}}
    earlier = pd.concat([then.facts, then.facts[:1].assign(fact_id="co2_kt_spread/nl")])
    before = Side(
        earlier.drop(columns=["inputs", "method"]),
        dataclasses.replace(then.record, lists=then.record.lists | {"forms": forms}, shared={"packages": "others"}),
    )
    assert why(before, then) == {"co2_kt_spread/nl": "code list: forms/spread"}


def test_what_cannot_be_told_is_said(then):
    other = Side(then.facts.assign(value=then.facts.value * 2), then.record)
    assert set(why(then, other).values()) == {"unknown"}
    assert set(why(Side(then.facts), other).values()) == {"unknown"}  # no record of the earlier edition
    for name in ("packages", "pipeline"):
        shared = dataclasses.replace(then.record, shared=then.record.shared | {name: "others"})
        assert set(why(then, Side(other.facts, shared)).values()) == {f"method: {name}"}


def test_many_cells_of_a_table_are_told_by_their_number(then):
    cells = {name: ["9", *cell[1:]] if name.startswith(GROUPS) else cell for name, cell in then.record.cells.items()}
    other = Side(then.facts.assign(value=then.facts.value * 2), dataclasses.replace(then.record, cells=cells))
    found = why(then, other)
    assert found["jobs_k/product-group/24"].startswith(f"data: {GROUPS}[24 ")
    assert found["co2_kt/cluster-province/materialen-drenthe"].startswith(f"data: {GROUPS} (")


def test_the_record_is_written_as_it_is_read(tmp_path, then):
    path = tmp_path / FILE
    path.write_text(then.record.text(), encoding="utf-8")
    assert read(path) == then.record
    assert read(tmp_path / "none.json") is None
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="does not hold the record"):
        read(path)


def test_facts_that_were_made_by_hand_have_no_cause():
    before, after = facts(fact("co2_kt", 10)).table, facts(fact("co2_kt", 12)).table
    assert why(Side(before), Side(after)) == {"co2_kt/nl": "unknown"}
