"""Provenance: every fact leads back to printed cells, and a source line names their documents and sections."""

import subprocess
import sys

import pandas as pd
import pytest
from make import fact, facts
from support import ROOT

from factpress.cells import cell_name
from factpress.errors import InputError
from factpress.provenance import Provenance
from upcm_analysis import pipeline
from upcm_analysis.registers import sources

CELLS = "werkwijze-upcm-20201016"
JOBS = "Banen (x 1.000)"


@pytest.fixture(scope="module")
def way(edition):
    return Provenance(edition.facts, edition.cells, sources.register(), edition.tables["methods"])


def leaves(origin):
    return [leaf for part in origin.inputs for leaf in leaves(part)] if origin.inputs else [origin]


def test_every_fact_ends_in_printed_cells(edition, way):
    for name in edition.facts.table.fact_id:
        found = way.printed(name)
        # An empty cell is printed too, of what the source does not know.
        assert found and all(cell["printed"] or cell["value"] != cell["value"] for cell in found), name
    for name in edition.facts.table.fact_id[::20]:
        assert {leaf.name for leaf in leaves(way.trace(name))} == {
            cell_name(cell["row"], cell["column"], cell["part"], cell["source"]) for cell in way.printed(name)
        }, name


def test_the_way_back_from_a_share(way):
    origin = way.trace("jobs_k_share/province/zeeland")
    assert origin.fact.value == pytest.approx(100 * 17 / 608) and origin.cell is None
    assert [part.name for part in origin.inputs] == ["jobs_k/province/zeeland", "jobs_k/nl"]
    (cell,) = origin.inputs[0].inputs
    assert cell.name == f"{CELLS}/provinces[Zeeland | {JOBS}]"
    assert (cell.fact, cell.cell["printed"], cell.cell["line"], cell.inputs) == (None, "17", 11, ())
    assert len(origin.inputs[1].inputs) == 3  # the total is printed in three tables


def test_the_way_back_begins_at_a_cell_too(way):
    assert way.trace(f"{CELLS}/provinces[Zeeland | {JOBS}]").cell["printed"] == "17"


@pytest.mark.parametrize(
    ("name", "problem"),
    [("jobs_k/province/zeelnd", "unknown fact"), (f"{CELLS}/provinces[Zeeland | Jobs]", "no cell of any source")],
)
def test_a_name_that_is_neither_is_refused(way, name, problem):
    with pytest.raises(InputError, match=problem):
        way.trace(name)


@pytest.mark.parametrize(
    ("name", "roots"),
    [
        ("jobs_k/province/zeeland", {"provinces"}),
        ("jobs_k/nl", {"product-groups", "provinces", "clusters"}),
        ("jobs_k_rank/cluster/materialen", {"clusters"}),
        ("co2_reduction_pct/product-group/24", {"product-groups"}),
    ],
)
def test_the_sources_that_a_fact_rests_on(way, name, roots):
    found = way.roots(name)
    assert set(found) == {f"{CELLS}/{root}" for root in roots} and len(found) == len(roots)


def test_every_root_is_a_registered_source(edition, way):
    assert {root for name in edition.facts.table.fact_id for root in way.roots(name)} <= set(sources.register().index)


@pytest.mark.parametrize(
    ("names", "language", "line"),
    [
        (["jobs_k/province/zeeland"], "nl", "Werkwijze UPCM (UPCM-20201016), par. 1.2.2"),
        (["jobs_k/province/zeeland"], "en", "Werkwijze UPCM (UPCM-20201016), sec. 1.2.2"),
        (["jobs_k/nl"], "nl", "Werkwijze UPCM (UPCM-20201016), par. 1.2.1, 1.2.2, 1.2.3"),
        (
            ["jobs_k_share/cluster/materialen"],
            "nl",
            "Werkwijze UPCM (UPCM-20201016), par. 1.2.1, 1.2.2, 1.2.3; eigen berekening",
        ),
        (
            ["co2_per_value_added_kg_eur/province/zeeland"],
            "en",
            "Werkwijze UPCM (UPCM-20201016), sec. 1.2.2; own calculation",
        ),
    ],
)
def test_the_source_line(way, names, language, line):
    assert way.credit(names, language) == line


def test_a_source_line_names_each_document_once(way):
    line = way.credit(["jobs_k/nl", "symposia/nl", "circo_tracks/nl", "jobs_k/nl"], "nl")
    assert line.count("Werkwijze UPCM") == 1 and line.count("Feiten & cijfers") == 1
    assert "eigen berekening" not in line


def test_a_formula_is_the_first_paragraph_of_its_function(way):
    formula = way.methods["per-job-relative"]["formula"]
    assert formula.endswith("value = (x / jobs) / (x_NL / jobs_NL).")
    assert "\n" not in way.methods["ratio"]["formula"]


def test_an_input_that_is_lost_is_named():
    lost = Provenance(
        facts(fact("jobs_k", 1)),
        pd.DataFrame(columns=["row", "column", "part", "source"]),
        pd.DataFrame(),
        pd.DataFrame(columns=["method"]),
    )
    with pytest.raises(InputError, match="unknown fact: 'cell'"):
        lost.trace("jobs_k/nl")


def test_to_trace_a_fact_nothing_is_calculated(edition):
    """What is written is read: calculating the edition anew would take four times as long."""
    trace = [sys.executable, "-X", "importtime", "-m", "upcm_analysis.cli", "trace", "jobs_k_share/province/zeeland"]
    pipeline.refresh(edition.name)
    ended = subprocess.run(trace, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0 and "row 'Zeeland'" in ended.stdout, ended.stderr
    loaded = {line.rpartition("|")[2].strip() for line in ended.stderr.splitlines()}
    assert "upcm_analysis.pipeline" in loaded
    assert not loaded & {
        "upcm_analysis.topics.regions.build",
        "upcm_analysis.topics.functions.build",
        "pint",
        "pandera",
    }


def test_a_trace_says_what_a_warning_means(upcm):
    status, said, _ = upcm("trace", "co2_kt/province/noord-holland")
    assert status == 0 and "warning: allocated: Allocated, not an observation in the province" in " ".join(said.split())
