"""Pages of the portfolio and of projects, as they are written in both languages."""

import json
from functools import cache

import papermill  # noqa: F401  it loads its engines itself, ours among them
import pytest
from language import strange

from factpress.blocks import Certainty, Chart, Headline, Sentence, Table
from factpress.builder import run
from factpress.codelists import entries
from factpress.formats import document
from factpress.site import plan
from upcm_analysis.topics.programme import focus_blocks

PAGES = ["portfolio/nederland", "project/batterijen", "project/cesi", "project/zonnepanelen"]


@cache
def page(name, language):
    """What the template says of a subject, run with its parameters."""
    (publication,) = plan.publications("2020", name, language)
    return document.read(run.execute(publication.notebook, dict(publication.parameters)), language)


@pytest.fixture(params=["nl", "en"])
def written(request):
    return lambda name: page(name, request.param)


def of(said, kind):
    return [block for block in said.blocks if isinstance(block, kind)]


def texts(said):
    """Everything that a page says, figures and all."""
    return json.dumps([block.model_dump(exclude={"pictures"}) for block in said.blocks], ensure_ascii=False)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_a_message_sources_and_its_own_language(written, name):
    said = written(name)
    message, lead = of(said, Headline)[0], of(said, Sentence)[0]
    assert lead.lead and said.sources and strange(lead.text, said.language) == set() and message.text
    assert len(of(said, Certainty)) == 1
    told = of(said, Table | Chart)
    assert not [one.title for one in told if strange(one.title + " ".join(one.notes), said.language)]


@pytest.mark.parametrize("name", PAGES)
def test_no_heading_stands_above_nothing(written, name):
    parts = [part for part in written(name).parts]
    for above, below in zip(parts, [*parts[1:], "#"], strict=True):
        if isinstance(above, str) and above.strip().startswith("#") and "\n" not in above.strip():
            assert not isinstance(below, str), above


def test_the_portfolio_names_all_projects_teams_and_product_groups(written):
    said = written("portfolio/nederland")
    assert {"project_count/nl", "project_claim_count/nl", "project_co2_kt/nl"} <= set(said.facts)
    tables = of(said, Table)
    assert [len(one.data.rows) for one in tables].count(19) == 1
    assert {f"project_count/team/{code}" for code in entries("teams")} <= set(said.facts)
    classification = next(one for one in tables if len(one.data.rows) == 7 and one.data.columns[0].label == "SBI")
    assert focus_blocks.WORDS[said.language]["no sum"] in classification.notes


def test_a_claim_and_the_potential_of_its_cluster_are_never_divided(written):
    said = written("project/batterijen")
    assert {"project_co2_kt/project/batterijen", "co2_reduction_kt/cluster/consumentenproducten"} <= set(said.facts)
    assert not [word for word in ("186", "185,7", "185.7") if word in texts(said)]


def test_a_project_without_a_claim_or_report_has_no_chart_of_them(written):
    said = written("project/zonnepanelen")
    assert not of(said, Chart) and not [fact for fact in said.facts if "co2" in fact]
