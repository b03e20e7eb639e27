"""The pipeline: editions, the facts of one, its findings, and the same files each time."""

import pandas as pd
import pytest
from support import change_code

from factpress import disk_cache
from factpress.errors import UnknownName
from factpress.facts import Facts
from upcm_analysis import pipeline
from upcm_analysis.registers import printed, tables
from upcm_analysis.vocabulary.published import PUBLISHED


def test_editions_are_named_by_the_year_of_their_source():
    assert pipeline.sources.editions() == ["2020"]
    with pytest.raises(UnknownName, match="unknown edition: '2019'"):
        pipeline.assemble("2019")


def test_an_edition_without_unknown_findings(edition):
    assert edition.name == "2020"
    assert set(edition.findings.state) == {"pass", "warn"}
    assert set(edition.facts.table.edition) == {"2020"}


@pytest.mark.parametrize("code", PUBLISHED)
def test_a_published_indicator_has_facts_of_every_subject(edition, code):
    table = edition.facts.table[edition.facts.table.indicator == code]
    crossed = (table.place != "NL") & (table.cluster + table.product_group != "")
    here = (table.place != "NL") & ~crossed
    assert (len(table[here]), set(table.status[here])) == (12, {"allocated"})
    rest = ~crossed & ~here
    assert (rest.sum(), set(table.status[rest])) == (1 + 5 + 13, {"published"})
    assert (crossed.sum(), set(table.status[crossed]) - {"refuted"}) == ((5 + 13) * 12, {"estimated"})
    assert (table.status == "refuted").sum() == (2 if code in ("co2_kt", "co2_reduction_kt") else 0)


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("jobs_k/nl", "as-printed"),
        ("organisations/nl", "sum-of-parts"),
        ("co2_kt_without_38/nl", "whole-less-group"),
        ("co2_kt_share/province/zeeland", "share"),
        ("co2_kt_per_job_relative/province/zeeland", "per-job-relative"),
        ("co2_kt_rank/cluster/materialen", "rank"),
        ("co2_kt_one_share_misfit/nl", "one-share-misfit"),
        ("co2_reduction_pct/province/zeeland", "ratio"),
        ("co2_reduction_pct/product-group/24", "whole-percentage"),
    ],
)
def test_the_method_of_a_fact(edition, name, method):
    assert edition.facts[name].method == method


@pytest.mark.parametrize(
    ("name", "warnings"),
    [
        ("jobs_k/province/zeeland", {"allocated"}),
        ("co2_kt/nl", set()),
        ("co2_kt/province/zeeland", {"allocated"}),
        ("co2_kt_share/province/zeeland", {"allocated"}),  # what it was made of was allocated
        ("co2_kt_per_job_relative/province/zeeland", {"allocated"}),
        ("co2_reduction_pct/province/zeeland", {"allocated", "programme-estimate"}),
        ("jobs_per_organisation/province/zeeland", {"allocated"}),
        ("value_added_meur/cluster-province/materialen-zeeland", {"allocated", "crossing", "refused"}),
        ("jobs_k_of_province/cluster-province/high-tech-zeeland", {"allocated", "crossing", "refused"}),
        ("group_share_pct/product-group-province/24-zeeland", {"allocated", "crossing", "refused"}),
        ("co2_point_sources_kt/province/noord-holland", {"emissions-trading"}),  # counted there
        ("co2_kt_one_share_misfit/nl", set()),
        ("co2_reduction_kt_without_38/nl", {"programme-estimate"}),
        ("material_per_value_added_kg_eur/product-group/38", {"counted-twice", "not-manufacturing"}),
        ("jobs_k/product-group/38", {"not-manufacturing"}),
    ],
)
def test_a_warning_goes_with_what_is_made_of_a_fact(edition, name, warnings):
    assert set(edition.facts[name].warnings) == warnings


def test_whatever_rests_on_the_table_of_provinces_says_so_in_its_status_or_its_warnings(edition):
    """Of a province the figures are allocated, and so is what follows from them; estimates of a part of it are estimates."""
    table = edition.facts.table.assign(kind=[name.split("/")[1] for name in edition.facts.table.fact_id])
    warned = table.warnings.str.split(" ; ").map(lambda found: "allocated" in found)
    assert set(table.status[warned & (table.kind == "province")]) == {"allocated"}
    assert set(table.kind[table.status == "allocated"]) == {"province"}
    assert set(table.kind[warned]) == {"province", "cluster-province", "product-group-province"}
    assert set(table.status[warned & (table.kind != "province")]) == {"estimated"}
    counted = table.indicator.str.startswith(("co2_point_source", "co2_anchored"))
    told = table.status != "refuted"
    assert not warned[counted].any() and warned[~counted & told & (table.place != "NL")].all()


def test_a_rule_for_a_method_that_there_is_not_is_refused(repository):
    rule = "allocated-estimates,allocated,,,,estimate-within-bounds"
    repository.edit("data/codelists/warning_rules.csv", rule, rule.replace("estimate-within", "estimated-within"))
    with pytest.raises(UnknownName, match=r"did you mean estimate-within-bounds"):
        pipeline.assemble("2020")


def test_no_province_has_a_rank(edition):
    table = edition.facts.table
    ranks = table[table.indicator.str.endswith("_rank")]
    assert len(ranks) and (ranks.place == "NL").all()
    assert set(ranks.fact_id.str.split("/").str[1]) == {"cluster", "product-group"}


def test_a_figure_of_a_province_that_no_rule_calls_allocated_is_not(repository):
    """Such as one that was counted there: what follows from it alone is derived."""
    repository.edit("data/codelists/warning_rules.csv", "allocated-jobs_k,allocated,jobs_k,province,,\n", "")
    facts = pipeline.assemble("2020").facts
    assert facts["jobs_k/province/zeeland"].status == "published"
    assert facts["jobs_k_share/province/zeeland"].status == "derived"
    assert facts["value_added_per_job_keur/province/zeeland"].status == "allocated"  # for its value added


def test_zero_has_the_sign_of_less_than_half_the_unit(edition):
    assert (edition.facts["material_mkg/product-group/33"].sign, edition.facts["jobs_k/nl"].sign) == ("0", "")


def test_a_total_that_tables_round_differently_has_the_widest_interval(edition):
    """Organisations are multiples of 5 in one table: 850 ± 2.5, though the others print them to the unit."""
    total = edition.facts["organisations_51_100/nl"]
    assert (total.low, total.high) == (847.5, 852.5)


def test_the_files_are_what_was_made_and_the_same_each_time(repository, edition):
    def files():
        folder = pipeline.write(edition)
        there = {path.name for path in folder.parent.iterdir()}
        assert there <= {"2020", ".2020.lock", disk_cache.FOLDER}  # nothing half made is left
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

    once, twice = files(), files()
    assert once == twice
    names = ["cells", "facts", "findings", *edition.tables]
    tables = [f"{name}.{kind}" for name in names for kind in ("csv", "parquet")]
    assert sorted(once) == sorted([*tables, "made-of.json", "record.json"])
    assert {"disclosure", "function_cited", "power", "projects", "single_key"} <= set(names)
    read = Facts.read(pipeline.processed("2020") / "facts.csv").table
    pd.testing.assert_frame_equal(read, edition.facts.table, rtol=1e-11)


def test_the_tables_are_made_anew_only_where_something_changed(repository, edition, monkeypatch):
    folder = pipeline.write(edition)
    facts = folder / "facts.csv"
    whole = facts.read_bytes()
    made = []
    monkeypatch.setattr(pipeline, "build", lambda name: made.append(name) or edition)
    assert pipeline.refresh("2020") == folder and made == []
    facts.write_bytes(whole[:-10])
    assert pipeline.refresh("2020") == folder and made == ["2020"] and facts.read_bytes() == whole
    (folder / "made-of.json").unlink()
    pipeline.refresh("2020")
    repository.edit_raw("werkwijze-upcm-20201016/provinces", "Drenthe,17,15,1.121", "Drenthe,17,15,1.122")
    pipeline.refresh("2020")
    assert made == ["2020"] * 3
    change_code(monkeypatch, "upcm_analysis/topics/figures/impact.py")
    pipeline.refresh("2020")
    assert made == ["2020"] * 4
    change_code(monkeypatch, "factpress/facts.py")
    pipeline.refresh("2020")
    assert made == ["2020"] * 5
    change_code(
        monkeypatch, "factpress/formats/html.py", "upcm_analysis/topics/figures/blocks.py", "upcm_analysis/cli.py"
    )
    pipeline.refresh("2020")
    assert made == ["2020"] * 5


def test_two_rows_of_one_table_about_the_same_are_parts_and_two_tables_are_not():
    """Two point sources of a product group in a province add up; a total that two tables print stays what it is."""
    cells = tables.cells("2020", "comparison")
    works = cells[cells.indicator == "co2_point_source_2020_mt"]
    both = pd.concat([works, works.assign(row="Another works", value=0.3, low=0.25, high=0.35)])
    (found,) = printed.figures(both).itertuples()
    assert (found.value, found.low, found.high) == pytest.approx((6.1, 6.0, 6.2)) and len(found.inputs) == 2
    (same,) = printed.figures(pd.concat([works, works.assign(source="other", high=5.9)])).itertuples()
    assert (same.value, same.low, same.high) == (5.8, 5.75, 5.9) and len(same.inputs) == 2
