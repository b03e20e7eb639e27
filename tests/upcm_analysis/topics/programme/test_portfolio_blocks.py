"""The portfolio as it is told: unknown is said to be unknown, gaps are named, double counting is flagged."""

from xml.etree import ElementTree

import pandas as pd
import pytest
from make import fact, facts

from factpress import charts
from factpress.codelists import codelist
from factpress.dimensions import Subject
from factpress.wording import Teller
from upcm_analysis.topics.programme import claim_blocks, portfolio_blocks
from upcm_analysis.vocabulary.subjects import NL, clusters

CONSUMER = Subject(cluster="consumentenproducten")
REALISATIE = Subject(team="realisatie")


@pytest.fixture(params=["nl", "en"])
def teller(edition, request):
    """Tells of the programme, or of one of its teams, in both languages."""
    return lambda about=NL: Teller(edition.facts, about, request.param)


def words(teller):
    return portfolio_blocks.WORDS[teller().language]


def by_row(block):
    return {row.label: [cell.text for cell in row.cells] for row in block.data.rows}


def of(name, value, low=None, high=None):
    """A fact about a project."""
    return fact("project_co2_kt", value, low, high, Subject(project=name))


# Where projects are


def test_every_place_of_six_dimensions_is_shown_and_unknown_is_one_of_them(edition, teller):
    placed = edition.tables["portfolio"]
    block = portfolio_blocks.places(teller(), "T", placed)
    counts = {row.label: row.cells[0].value for row in block.data.rows}
    for dimension, listed in {name: one for half in portfolio_blocks.DIMENSIONS for name, one in half.items()}.items():
        head = words(teller)["dimension"][dimension]
        own = {name: count for name, count in counts.items() if name.startswith(f"{head}: ")}
        assert len(own) == len(codelist(listed)) + 1
        table = placed[placed.dimension == dimension]
        assert sum(own.values()) == len(table)
        assert own[f"{head}: {words(teller)['not stated']}"] == (table.code == "").sum()
        assert f"{head}: " in block.alt
    assert block.alt.count(words(teller)["alt empty"]) == sum(count == 0 for count in counts.values()) > 0


def test_the_signs_say_what_a_place_rests_on(edition, teller):
    """Read off the picture itself: the pillar of a project follows from its team, its team is in a document."""
    placed = edition.tables["portfolio"]
    expected = {
        charts.STATED: placed.basis.isin(["stated", "sheet"]).sum(),
        charts.DERIVED: (placed.basis == "team").sum(),
        charts.UNTOLD: (placed.basis == "").sum(),
    }
    pictures = [ElementTree.fromstring(one) for one in portfolio_blocks.places(teller(), "T", placed).pictures]
    kinds = [element.tag.rpartition("}")[2] for one in pictures for element in one.iter()]
    # A ring is two circles; each kind stands in the legend once.
    assert kinds.count("rect") == expected[charts.UNTOLD] + 1
    assert kinds.count("circle") == expected[charts.STATED] + 1 + 2 * (expected[charts.DERIVED] + 1)


def test_of_a_team_only_what_differs_between_its_projects_is_shown(edition, teller):
    own = edition.tables["projects"].query("team == 'realisatie'").project
    placed = edition.tables["portfolio"]
    block = portfolio_blocks.places(teller(REALISATIE), "T", placed[placed.project.isin(own)])
    heads = {row.label.partition(":")[0] for row in block.data.rows}
    assert heads == {words(teller)["dimension"][name] for name in ("cluster", "horizon", "r_step", "effect")}


def test_the_matrix_tells_four_states_apart_without_colour_and_shows_what_has_no_cluster(edition, teller):
    block = portfolio_blocks.coverage(teller(), "T", edition.tables["portfolio_coverage"])
    rows, said = by_row(block), words(teller)
    assert {text for texts in rows.values() for text in texts} >= set(said["state"].values())
    loose = [name for name in rows if name.startswith(said["no cluster"])]
    assert len(loose) == 3 and all(len(set(rows[name])) == 1 and rows[name][0][0].isdigit() for name in loose)
    assert all(name in block.alt for name in (said["no cluster"], "High Tech"))
    tiles = [charts.matrix(["F1"], [("N", [("G", [state])])], []) for state in said["state"]]
    marks = [sorted(element.tag for element in ElementTree.fromstring(one).iter()) for one in tiles]
    assert len({tuple(one) for one in marks}) == len(marks)  # other shapes, not only other fills


def test_actions_without_a_project_are_named_and_those_of_the_other_team_stand_apart(edition, teller):
    block = portfolio_blocks.actions(teller(REALISATIE), "T", edition.tables["portfolio"])
    own = [texts[2] for texts in by_row(block).values()]
    others = [texts[3] for texts in by_row(block).values()]
    none = words(teller)["no project"]
    assert len(own) == 6 and own.count(none) == 5 and others.count(none) == 5
    assert others[0] != none != own[1]  # KIA CM on ten years, this team on five


def test_a_count_of_a_team_says_how_many_it_may_be(edition, teller):
    (item,) = portfolio_blocks.key_figures(teller(Subject(team="regieteam")), ["project_count", "project_co2_kt"]).items
    assert item.figure == "0" and "0–3" in item.context[0].text and "19" in item.context[1].text


# What projects claim


def claimed(*rows):
    """Rows of `project_claims`: the project, who names its product groups too, what it is a part of, and its own parts."""
    return pd.DataFrame(rows, columns=["project", "also", "part_of", "parts"])


def test_claims_are_added_up_and_who_says_nothing_is_unknown(edition, teller):
    block = portfolio_blocks.claims(teller(), "T", edition.tables["project_claims"], others=True)
    rows, said = by_row(block), words(teller)
    assert rows[said["together"]][1:6] == ["17", "3", "6", "26", "238"]
    assert rows[said["together"]][0] == said["unknown"]
    assert set(rows[said["others"]][:-1]) == {said["unknown"]} and block.notes == []


BOTH = "batterijen, cesi"


@pytest.mark.parametrize(
    ("second", "why"),
    [(claimed(("batterijen", BOTH, "", ""), ("cesi", f"{BOTH}; {BOTH}", "", "")), ["also", "also"]),
     (claimed(("batterijen", "", "cesi", ""), ("cesi", "", "", "batterijen")), ["part_of", "parts"]),
     (claimed(("batterijen", BOTH, "cesi", ""), ("cesi", BOTH, "", "batterijen")), ["part_of", "parts"])],
    ids=["the same product group", "a part of the other", "both, of which the part says more"],
)  # fmt: skip
def test_a_second_project_about_the_same_is_flagged_with_its_name_and_why(teller, second, why):
    said = claim_blocks.WORDS[teller().language]["why twice"]
    expected = [
        said[one].format(Subject(project=name).name(teller().language))
        for one, name in zip(why, ["cesi", "batterijen"], strict=True)
    ]
    made = facts(of("batterijen", 26), of("cesi", 5), *(fact(code, 31) for code in portfolio_blocks.CLAIMS))
    block = portfolio_blocks.claims(Teller(made, NL, teller().language), "T", second, others=False)
    first, other, _ = by_row(block).values()
    assert [first[-1], other[-1]] == expected
    assert block.notes == [claim_blocks.WORDS[teller().language]["double"]]


def test_a_page_of_a_cluster_names_projects_that_may_count_twice(teller):
    second = claimed(("batterijen", BOTH, "", ""), ("cesi", BOTH, "", ""), ("materiaalpaspoort", "", "", ""))
    second = second.assign(**dict.fromkeys(portfolio_blocks.CLAIMS, 5.0))
    made = facts(*(fact(code, 31) for code in portfolio_blocks.CLAIMS))
    language = teller().language
    block = claim_blocks.claims(Teller(made, NL, language), "T", second)
    first, other, third, _ = by_row(block).values()
    assert first[-1].endswith(f": {Subject(project='cesi').name(language)}") and "batterijen" not in first[-1]
    assert other[-1].endswith(f": {Subject(project='batterijen').name(language)}")
    assert third[-1] == claim_blocks.WORDS[language]["nobody"] and block.notes == [
        claim_blocks.WORDS[language]["double"]
    ]


def test_there_is_no_total_but_of_the_programme_as_a_whole(edition, teller):
    block = portfolio_blocks.claims(
        teller(Subject(focus="batterijen")), "T", edition.tables["project_claims"], others=False
    )
    assert [row.role for row in block.data.rows] == [""]


def test_a_claim_above_the_potential_is_said_to_be_that(edition, teller):
    block = portfolio_blocks.beside_potential(teller(), "T", loose=True)
    rows, said = by_row(block), words(teller)
    name = CONSUMER.name(teller().language)
    assert rows[name][:2] == ["14", "26"] and rows[name][-1] == said["more"]
    others = [texts for label, texts in rows.items() if label not in (name, said["no cluster"])]
    assert len(others) == len(clusters()) - 1
    assert all(texts[1:] == [said["unknown"], said["nothing"]] for texts in others)
    assert "%" not in str(block.data)
    assert rows[said["no cluster"]][-1] == said["no potential"]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ((13, 12.5, 13.5), "claimed"),
        ((13, 12.5, float("nan")), "at least"),
        ((15, 14.4, 15.6), "claimed"),  # which rounding may make no more than the potential
        ((15, 14.5, 15.5), "claimed"),
        ((16, 15.5, 16.5), "more"),
        ((float("nan"), float("nan"), float("nan")), "nothing"),
    ],
)
def test_what_a_claim_says_depends_on_rounding_and_on_who_is_silent(claim, verdict):
    potential = fact("co2_reduction_kt", 14, 13.5, 14.5)
    assert portfolio_blocks._verdict(potential, fact("project_co2_kt", *claim)) == verdict


def test_a_project_has_not_stated_where_no_document_says(edition, teller):
    rows = by_row(portfolio_blocks.projects(teller(), "T", edition.tables["projects"]))
    assert len(rows) == 19 and not any(text == "" for texts in rows.values() for text in texts)
    high_tech = rows[Subject(project="high-tech-equipment").name(teller().language)]
    assert high_tech[0] == high_tech[2] == words(teller)["not stated"] != high_tech[-1]
