"""Critical materials as they are told: what is on the list is counted, and each material has its bounds."""

import pytest
from support import ROOT  # noqa: F401 - the code lists of the repository

from factpress.dimensions import Subject
from upcm_analysis.topics.supply import material_blocks

TITLE = "T"


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (set(), "Alle {all} materialen"),
        ({"magnesium"}, "Van de {all} materialen"),
        ({"magnesium", "titanium", "bauxite", "phosphate-rock", "phosphorus", "antimony"}, "Geen van de {all}"),
    ],
)
def test_the_headline_follows_the_list_in_force(edition, gone, said):
    lists = edition.tables["supply_lists"].copy()
    lists.loc[lists.material.isin(gone) & (lists["list"] == "2024"), "critical"] = "no"
    text, names = material_blocks.standing(lists)
    assert text["nl"].startswith(said)
    assert names["nl"]["all"] == "zes" and names["nl"]["strategic"] == "drie"
    assert names["en"]["on"] == {0: "six", 1: "five", 6: "none"}[len(gone)]


def test_the_claim_has_a_row_a_material_and_says_which_two_phosphorus_may_be(edition, teller):
    table = material_blocks.claim(teller(), TITLE, edition.tables["supply_lists"])
    rows = {row.label: [cell.text for cell in row.cells] for row in table.data.rows}
    yes, no = {"nl": ("ja", "nee"), "en": ("yes", "no")}[teller().language]
    name = Subject(material="titanium").name(teller().language)
    assert len(rows) == 6 and rows[name][1:] == [no, yes, yes, yes]
    assert sum("Werkwijze" in texts[0] or "brochure" in texts[0] for texts in rows.values()) == 2


def test_concentration_is_told_from_high_to_low_with_its_bounds(edition, teller):
    chart = material_blocks.concentration(teller(), TITLE, edition.facts)
    values = [row.cells[0].value for row in chart.data.rows]
    assert values == sorted(values, reverse=True) and len(values) == 6
    assert all(row.cells[1].value < row.cells[0].value < row.cells[2].value for row in chart.data.rows)


def test_the_profile_names_the_country_of_the_largest_share(edition, teller):
    tables = edition.tables
    table = material_blocks.profile(teller(), TITLE, edition.facts, tables["supply_producers"], tables["supply_uses"])
    name = Subject(material="titanium").name(teller().language)
    (cells,) = (row.cells for row in table.data.rows if row.label == name)
    assert cells[0].text == "Canada" and cells[1].text == "19%" and cells[2].text == "19%"


def test_a_material_is_followed_back_to_its_tables(edition):
    fact = edition.facts["material_hhi/material/magnesium"]
    assert fact.status == "derived" and fact.inputs[0].startswith("eu-critical-materials/producers-2020[")
