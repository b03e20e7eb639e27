"""The portfolio as it is told: unknown is said to be unknown, gaps are named, double counting is flagged."""

import pandas as pd
import pytest
from make import fact, facts

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


# All projects


def test_an_organisation_under_two_names_is_one_and_the_most_named_come_first(edition, teller):
    block = portfolio_blocks.most_named(teller(), "T", edition.tables["projects"])
    counts = [row.cells[0].value for row in block.data.rows]
    names = [row.label for row in block.data.rows]
    assert counts == sorted(counts, reverse=True) and min(counts) == portfolio_blocks.OFTEN
    assert dict(zip(names, counts, strict=True))["Metaalunie"] == 7 and "KMU" not in names
    assert {"IenW", "Brainport"} <= set(names) and "42" in block.notes[0]


def test_a_team_has_its_projects_and_one_without_says_so(edition, teller):
    own = portfolio_blocks.team(teller(), "realisatie", edition.tables["projects"])
    none = portfolio_blocks.team(teller(), "regieteam", edition.tables["projects"])
    assert len(own.data.rows) == 2 and own.title.endswith(("2\u00a0projecten", "2\u00a0projects"))
    assert none.data.rows[0].label == words(teller)["no project"] and none.facts == ["project_count/team/regieteam"]


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
    block = portfolio_blocks.claims(teller(REALISATIE), "T", edition.tables["project_claims"], others=False)
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


def test_of_a_project_stays_empty_what_no_document_says(edition, teller):
    block = portfolio_blocks.projects(teller(), "T", edition.tables["projects"])
    rows = by_row(block)
    assert len(rows) == 19 and words(teller)["empty"] in block.notes
    assert rows[Subject(project="high-tech-equipment").name(teller().language)] == ["", "2021", "", "", ""]
    assert rows[Subject(project="batterijen").name(teller().language)][-1].startswith("26")
    assert block.facts == ["project_co2_kt/project/batterijen"]
    assert {row.href for row in block.data.rows} == {f"project/{name}" for name in edition.tables["projects"].project}
