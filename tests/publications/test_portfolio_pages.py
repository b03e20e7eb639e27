"""Pages of the portfolio and of the product groups of the second phase, as they are written in both languages."""

import json
from functools import cache

import papermill  # noqa: F401  it loads its engines itself, ours among them
import pytest
from language import strange

from factpress.blocks import Chart, Note, Sentence, Table
from factpress.builder import run
from factpress.formats import document
from factpress.site import plan
from upcm_analysis.topics.programme import focus_blocks, portfolio_blocks

PAGES = [
    *("portfolio/nederland", "portfolio/realisatie", "portfolio/regieteam"),
    *("focus-group/basismetalen", "focus-group/batterijen", "focus-group/elektrolysers"),
]
FOCUS = [name for name in PAGES if name.startswith("focus")]


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
def test_a_page_has_a_lead_sources_and_its_own_language(written, name):
    said = written(name)
    lead = of(said, Sentence)[0]
    assert lead.lead and said.sources and strange(lead.text, said.language) == set()
    assert [strange(one.title + " ".join(one.notes), said.language) for one in of(said, Table | Chart)].count(
        set()
    ) == len(of(said, Table | Chart))
    assert all(cell.text for block in of(said, Table) for row in block.data.rows for cell in row.cells)


@pytest.mark.parametrize("name", PAGES)
def test_no_heading_stands_above_nothing(written, name):
    parts = [part for part in written(name).parts]
    for above, below in zip(parts, [*parts[1:], "#"], strict=True):
        if isinstance(above, str) and above.strip().startswith("#") and "\n" not in above.strip():
            assert not isinstance(below, str), above


def test_the_portfolio_of_the_programme_says_how_much_of_it_is_unknown(written):
    said = written("portfolio/nederland")
    matrix = next(one for one in of(said, Chart) if "project_cluster_count/nl" in one.facts)
    assert "2" in matrix.title and "19" in matrix.title
    assert {"project_count/nl", "project_claim_count/nl", "project_co2_kt/nl"} <= set(said.facts)
    assert portfolio_blocks.WORDS[said.language]["more"] in texts(said)
    assert len(of(said, Chart)) == 2 and len(of(said, Table)) == 4


def test_a_team_has_its_actions_and_one_without_projects_says_so(written):
    team, none = written("portfolio/realisatie"), written("portfolio/regieteam")
    assert len(of(team, Chart)) == 1 and not of(none, Chart)
    assert len(of(none, Table)) == 2 and len(of(team, Table)) == 3  # task, actions; and the projects
    (note,) = of(none, Note)
    assert note.title == {"nl": "Geen projecten", "en": "No projects"}[none.language]
    assert "project_count/team/regieteam" in none.facts


@pytest.mark.parametrize("name", FOCUS)
def test_nothing_of_the_second_classification_is_added_up(written, name):
    """No total on the page, no figure of the whole industry, and each figure is of one subject that the page may tell of."""
    said, group = written(name), name.rpartition("/")[2]
    tables = of(said, Table)
    assert not [row.label for one in tables for row in one.data.rows if row.role == "total"]
    paths = {about.path for about in focus_blocks.extent(group)[1]} | {
        f"project/{one}" for one in focus_blocks.projects(group)
    }
    assert {fact.partition("/")[2] for fact in said.facts} <= paths
    classification = next(one for one in tables if len(one.data.rows) == 7 and one.data.columns[0].label == "SBI")
    assert focus_blocks.WORDS[said.language]["no sum"] in classification.notes


def test_a_product_group_without_a_place_has_no_figure_and_says_what_it_would_take(written):
    said = written("focus-group/elektrolysers")
    assert said.facts == [] and "SBI" in of(said, Note)[0].text[0]


def test_the_claim_of_a_project_stands_beside_the_groups_that_contain_more(written):
    said = written("focus-group/batterijen")
    assert {"project_co2_kt/project/batterijen", "co2_kt/product-group/29", "co2_kt/product-group/30"} <= set(
        said.facts
    )
    assert not [fact for fact in said.facts if "/cluster/" in fact]
