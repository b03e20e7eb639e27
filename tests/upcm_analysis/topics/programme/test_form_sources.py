"""Forms of projects: what may stand on them, what goes together, and which of it are figures."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factpress.errors import InputError
from upcm_analysis.topics.programme import form_sources

SHEET, PROGRESS = "werkwijze-upcm-20201016/battery-impact-sheet", "werkwijze-upcm-20201016/battery-progress"


def figures():
    table = form_sources.cells("2020").set_index("indicator")
    return {code: (row.value, row.low, row.high) for code, row in table.iterrows()}


def test_the_figures_of_the_sheet_and_the_report_are_those_printed():
    found = figures()
    assert found["project_co2_life_kt"] == (17, 16.5, 17.5) and found["project_co2_recycling_kt"][0] == 3
    assert found["project_co2_kt"][0] == 26 and found["project_value_added_meur"][0] == 238
    assert pd.isna(found["project_co2_design_kt"][0])  # an empty cell is unknown
    money = {code.removeprefix("project_"): value for code, (value, *_) in found.items() if code.endswith("_eur")}
    assert money == {
        "budget_needed_eur": 100_000,
        "budget_granted_eur": 80_000,
        "granted_rvo_eur": 60_000,
        "granted_province_eur": 20_000,
        "spent_eur": 40_000,
        "balance_eur": 40_000,
        "budget_lacking_eur": 20_000,
    }
    assert money["budget_needed_eur"] == money["budget_granted_eur"] + money["budget_lacking_eur"]
    assert found["project_ready_pct"][0] == 10


def test_every_number_of_both_forms_is_a_figure_with_its_cell():
    cells = form_sources.cells("2020")
    for form in form_sources.FORMS:
        rows = form_sources.forms("2020", form)
        numbers = rows[rows["value"].str.fullmatch(r"[>=\d.,-]*\d[\d.,]*") & ~rows.part.isin(["number"])]
        numbers = numbers[~numbers["value"].str.fullmatch(r"\d{4}-\d\d(-\d\d)?")]
        assert len(numbers) and set(numbers.line) <= set(cells.line[cells.source.isin(rows.source)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("17", (17, 17, 17)), ("100.000", (100_000,) * 3), ("0,1-10", (None, 0.1, 10)), (">=2", (2, 2, None)),
     ("", (None,) * 3), ("Onbekend", (None,) * 3)],
)  # fmt: skip
def test_an_amount_may_be_unknown_a_lower_bound_or_a_range(text, expected):
    assert form_sources.amount(text) == expected


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_of_a_range_only_the_ends_are_known(one, other):
    low, high = sorted((one, other))
    assert form_sources.amount(f"{low}-{high}") == (None, low, high)


@pytest.mark.parametrize(
    ("source", "old", "new", "column", "expected"),
    [
        (SHEET, "cluster,,,consumentenproducten", "cluster,,,consumenten", "value", "consumentenproducten"),
        (SHEET, "function,F1", "function,F9", "item", "F1"),
        (SHEET, "F1,,Onbekend", "F1,,Veel", "value", "Hoog, Middel, Laag"),
        (SHEET, "engines,0-10", "engines,0-11", "horizon", "0-10"),
        (SHEET, "co2,life,,17", "co2,life,,17.5", "value", "English notation"),
        (SHEET, "co2,total,,26", "co2,total,,19", "value", "at least 20"),
        (SHEET, "co2,total,,26,ktCO2", "co2,total,,1.500,ton", "unit", "one of ktCO2, MtCO2"),
        (SHEET, "co2,total,,26,ktCO2", "co2,total,,1.500,", "unit", "one of ktCO2, MtCO2"),
        (SHEET, "co2,total,,26,ktCO2", "co2,total,,26,Mkg", "unit", "one of ktCO2, MtCO2"),
        (SHEET, "value-added,,,238,MEUR", "value-added,,,238,percent", "unit", "MEUR, GEUR"),
        (SHEET, "vehicles-2040,,400.000,vehicle", "vehicles-2040,,400.000,EV", "unit", "one of vehicle"),
        (SHEET, "engines,0-10,Hoog,", "engines,0-10,3,", "unit", "the unit of the number"),
        (SHEET, "co2,life,,17,ktCO2", "co2,life,,27.000.000,kg", "unit", "one of ktCO2, MtCO2"),
        (SHEET, "co2,life,,17,ktCO2", "co2,life,,\"0,027\",MtCO2", "value", "at least 30"),
        (PROGRESS, "finance,needed,100.000,EUR", "finance,needed,100.000,", "unit", "EUR"),
        (PROGRESS, "ready,,10,percent", "ready,,10,score", "unit", "one of percent, ratio"),
        (SHEET, "function,F2", "function,F1", "item", "each once"),
        (SHEET, "target-group,1,,,,Ondernemers", "target-group,1,,,,<b>Ondernemers</b>", "nl", "without markup"),
        (SHEET, "target-group,1,,,,Ondernemers", "target-group,1,,,,=1+1", "nl", "formula"),
        (SHEET, "status-date,,,2020-10-15", "status-date,,,2020-13-15", "value", "a date"),
        (SHEET, "batterijen,function,F1", "baterijen,function,F1", "project", "batterijen"),
        (SHEET, "batterijen,effect,environment", "batterijen,efect,environment", "part", "effect"),
        (SHEET, "effect,environment", "effect,nature", "item", "environment"),
        (SHEET, "milestone,2021", "milestone,later", "item", "a year"),
        (PROGRESS, "ready,,10", "ready,,110", "value", "0 to 100"),
        (PROGRESS, "ready,,10,percent", "ready,,50,ratio", "value", "0 to 100"),
        (PROGRESS, "ready,,10,percent", "ready,,10-20,percent", "value", "0 to 100"),
        (PROGRESS, "phase,,commitment", "phase,,execution", "value", "commitment"),
        (PROGRESS, "finance,granted,80.000", "finance,granted,70.000", "value", "80000"),
        (PROGRESS, "finance,balance,40.000", "finance,balance,41.000", "value", "granted -spent"),
        (PROGRESS, "finance,lacking,20.000", "finance,lacking,21.000", "value", "needed -granted"),
        (PROGRESS, "milestone,start,,,,", "milestone,start,,,2021-06,", "planned", "2021-06"),
        (PROGRESS, "milestone,start,,,,", "milestone,start,,,soon,", "planned", "a month"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_row_column_and_remedy(repository, source, old, new, column, expected):
    if column == "planned" and "2021" in new:
        repository.edit_raw(source, "milestone,kickoff,,,,", "milestone,kickoff,,,2021-05,")
    repository.edit_raw(source, old, new)
    with pytest.raises(InputError) as error:
        form_sources.cells("2020")
    said = error.value.parts
    assert said["column"] == column and expected in str(said["expected"]), said
    assert said["file"].endswith(f"{source}.csv") and said["row"] > 1


def co2(**values):
    """The rows of an impact sheet that say how much CO2 each group of strategies saves, and all together."""
    same = {"project": "batterijen", "part": "co2", "horizon": "", "unit": "ktCO2", "nl": "", "en": ""}
    return pd.DataFrame([same | {"item": item, "value": value} for item, value in values.items()])


@pytest.mark.parametrize(("total", "enough"), [("0,3", True), ("0,30001", True), ("0,29999", False), ("0", False)])
def test_parts_may_be_as_much_as_their_total_whatever_binary_fractions_add_up_to(total, enough):
    assert (form_sources.wrong("sheet", co2(life="0,1", recycling="0,2", total=total)) == []) == enough


def test_a_number_in_another_unit_of_the_same_is_converted(repository):
    repository.edit_raw(SHEET, "co2,total,,26,ktCO2", 'co2,total,,"0,026",MtCO2')
    repository.edit_raw(PROGRESS, "finance,needed,100.000,EUR", 'finance,needed,"0,1",MEUR')
    found = figures()
    assert found["project_co2_kt"][0] == pytest.approx(26) and found["project_budget_needed_eur"][0] == pytest.approx(
        1e5
    )
    assert found["project_co2_kt"][1:] == pytest.approx((25.5, 26.5))
    repository.edit_raw(PROGRESS, "ready,,10,percent", 'ready,,"0,5",ratio')
    assert figures()["project_ready_pct"] == pytest.approx((50, 45, 55))
    repository.edit_raw(SHEET, '"0,026",MtCO2', '"0,03",MtCO2')
    assert figures()["project_co2_kt"] == pytest.approx((30, 25, 35))


def test_a_phase_needs_the_phase_before_finished_or_all_its_criteria(repository):
    repository.edit_raw(
        PROGRESS, "batterijen,finished,definition,,,,,Projectdefinitie afgerond,Project definition finished\n", ""
    )
    with pytest.raises(InputError, match="a form says what cannot be") as error:
        form_sources.forms("2020", form_sources.PROGRESS)
    assert "definition-scope" in str(error.value) and "definition-fingerprint" not in str(error.value)


def test_the_same_project_twice_in_one_list_is_refused(repository):
    from upcm_analysis.topics.programme import sources as programme_sources

    path = repository.raw("werkwijze-upcm-20201016/projects")
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    repository.register("werkwijze-upcm-20201016/projects")
    with pytest.raises(InputError, match="a project is listed twice"):
        programme_sources.projects("2020")


@pytest.mark.parametrize(
    ("column", "value"),
    [("team", "bestuur"), ("cluster", "hout"), ("effects", "nature"), ("r_steps", "R11"), ("term", "soon")],
)
def test_a_list_of_projects_names_what_there_is(repository, column, value):
    from upcm_analysis.topics.programme import sources as programme_sources

    path = repository.raw("werkwijze-upcm-20201016/projects")
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.loc[0, column] = value
    table.to_csv(path, index=False, lineterminator="\n")
    repository.register("werkwijze-upcm-20201016/projects")
    with pytest.raises(InputError) as error:
        programme_sources.projects("2020")
    assert error.value.parts["column"] == column and error.value.parts["row"] == 2
