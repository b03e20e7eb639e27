"""The page of a project: what its forms say, and what they leave open, in both languages."""

import pandas as pd
import pytest
from make import fact, facts

from factpress import charts
from factpress.blocks import Chart
from factpress.builder.whole_site import Work
from factpress.dimensions import Subject
from factpress.languages import LANGUAGES
from factpress.site import plan
from factpress.site.imprint import Imprint
from upcm_analysis import pipeline, publication
from upcm_analysis.topics.programme import form_blocks, progress_blocks, project_blocks, sheet_blocks
from upcm_analysis.topics.programme import project_message_blocks as messages
from upcm_analysis.vocabulary.subjects import projects as all_projects

UNKNOWN = {"nl": "onbekend", "en": "unknown"}
UNSTATED = {"nl": "niet vermeld", "en": "not stated"}
TITLE = {"nl": "Titel", "en": "Title"}


@pytest.fixture(scope="module", autouse=True)
def processed(tmp_path_factory, edition):
    """The processed tables of the edition, in a copy of the repository."""
    from support import copy, forget

    root = tmp_path_factory.mktemp("projects") / "copy"
    copy(root)
    patch = pytest.MonkeyPatch()
    patch.setenv("FACTPRESS_HOME", str(root))
    forget()
    yield pipeline.write(edition)
    patch.undo()
    forget()


@pytest.fixture(params=LANGUAGES)
def page(request):
    return publication.open("project", "2020", request.param, "batterijen")


def texts(block):
    return [[row.label, *(cell.text for cell in row.cells)] for row in block.data.rows]


def test_of_26_kilotonnes_17_and_3_are_attributed_6_are_not_and_one_group_is_unknown(page):
    chart = page.programme.project_co2(unknown=TITLE, **TITLE)
    assert [row[1] for row in texts(chart)] == [UNKNOWN[page.language], "17", "3", "6", "26"]
    assert [cell.cells[0].value for cell in chart.data.rows] == [None, 17, 3, 6, 26]
    (picture,) = chart.pictures
    assert picture.count("stroke-dasharray") == 1  # the unknown group has a dashed line and no bar
    assert UNKNOWN[page.language] in picture and all(row[0] in chart.alt for row in texts(chart))


def test_three_functions_are_unknown_and_are_counted_in_words(page):
    chart = page.programme.project_functions(**TITLE)
    said = [row[1] for row in texts(chart)]
    assert said[:8].count(UNKNOWN[page.language]) == 3 and said[0] == UNKNOWN[page.language]
    total = next(row for row in chart.data.rows[8:] if row.label == UNKNOWN[page.language])
    assert (total.cells[0].text, total.cells[0].value) == ("3", 3)
    assert f"{UNKNOWN[page.language]} 3" in chart.subtitle and "8" in chart.subtitle


def test_a_level_is_as_many_boxes_and_what_is_unknown_is_hatched():
    one = charts.levels(["a"], [1], ["low"], 3)
    none = charts.levels(["a"], [None], ["unknown"], 3)
    assert one.count("<rect") == none.count("<rect") == 3 and one.count("<line") == 0 < none.count("<line")
    boxes = [part.split('fill="')[1].split('"')[0] for part in one.split("<rect")[1:]]
    assert len(set(boxes[1:])) == 1 and boxes[0] != boxes[1]  # one of three boxes is filled


BESIDE = ("project_co2_kt", "co2_reduction_kt")
TITLES = {"beyond": {"nl": "Meer", "en": "More"}, "other": {"nl": "Minder", "en": "Less"}}


def test_the_claim_stands_beside_the_potential_of_its_cluster_on_one_scale(page):
    chart = page.programme.project_beside(*BESIDE, **TITLES)
    assert [row[1] for row in texts(chart)] == ["26", "14"] and chart.title == TITLES["beyond"][page.language]
    other = publication.open("project", "2020", page.language, "cesi")
    assert other.programme.project_beside(*BESIDE, **TITLES) is None


@pytest.mark.parametrize(("claim", "rule"), [(26, "beyond"), (14.4, "begun"), (5, "begun"), (None, "begun")])
def test_a_claim_is_a_contradiction_only_beyond_rounding(page, claim, rule):
    own, whole = Subject(project="batterijen"), Subject(cluster="consumentenproducten")
    claims = [fact("project_co2_kt", claim, claim - 0.5, claim + 0.5, own)] if claim else []
    made = facts(*claims, fact("co2_reduction_kt", 14, 13.5, 14.5, whole), fact("project_ready_pct", 10, 5, 15, own))
    project, report = page.programme._project, page.programme._of_project("project_progress")
    found, names = messages.message(made, project, report)
    assert found == rule and "10%" in names[page.language]["state"]
    assert messages.message(made, project, report.iloc[:0])[0] == rule  # how much is ready is a state as well


def test_a_project_without_a_report_opens_with_its_partners_or_its_steps(page):
    report = page.programme._of_project("project_progress").iloc[:0]
    project = {**page.programme._project, "cluster": ""}
    found = [
        messages.message(facts(), {**project, **without}, report)[0]
        for without in ({}, {"r_steps": ""}, {"organisations": ""}, {"organisations": "", "r_steps": ""})
    ]
    assert found == ["partners", "partners alone", "lone", "plain"]


def test_every_project_has_a_message_and_no_two_are_alike():
    for language in LANGUAGES:
        pages = [publication.open("project", "2020", language, about.project) for about in all_projects()]
        said = [page.programme.project_headline().text for page in pages]
        assert len(set(said)) == len(said) and all(page.programme.project_lead().lead for page in pages)


def test_a_card_has_only_what_is_known(page):
    card = page.programme.project_card()
    assert [line.count for line in card.lines] == [3, 4] and card.items[0].figure == "11"
    assert "2020" in card.items[3].context[1].text  # of when the money is
    other = publication.open("project", "2020", page.language, "zonnepanelen")
    assert [line.count for line in other.programme.project_card().lines] == [2]
    assert other.programme.project_tags().tags == other.programme.project_tags().text.split(" · ")


def test_the_stage_where_a_project_is_stands_out(page):
    chart = page.programme.project_stages(**TITLE)
    states = project_blocks.WORDS[page.language]["states"]
    assert [row[1] for row in texts(chart)] == [states[one] for one in ("open", "finished", "now", "open", "open")]


def test_stages_before_the_current_one_are_full_and_those_after_open():
    assert (
        charts.stages(["a", "b", "c"], 1, {0}).count("<circle") == 5
    )  # full, current in two colours, open with a hole
    assert charts.stages(["a", "b", "c"], None, set()).count("<circle") == 6


def test_lower_bounds_and_ranges_are_said_as_such(page):
    said = {row[1]: row[2] for row in texts(page.programme.project_told("sheet", "target", "volume", **TITLE))}
    point, thousand = (",", ".") if page.language == "nl" else (".", ",")
    values = [text.replace("\u00a0", " ") for text in said.values()]
    assert values[0].startswith("≥ 2 ") and values[1].startswith("≥ 1 ")
    assert any(text.startswith("100–500 ") for text in values)
    assert any(text.startswith(f"0{point}1–10{point}0 ") for text in values)
    assert any(text.startswith(f"400{thousand}000 ") for text in values)


def test_a_number_that_is_no_figure_is_said_with_its_unit(page):
    rows = page.programme._of_project("project_sheets")
    own = rows[rows.part == "volume"].iloc[:1].assign(item="scrap", value="1.500", unit="ton", nl="Schroot", en="Scrap")
    (said,) = texts(sheet_blocks.told(page.teller(), "", own, "sheet", ["volume"]))
    assert said[2].replace("\u00a0", " ") == "1.500 ton"


def test_phases_say_which_criteria_are_reported_and_which_are_not(page):
    phases = {row[0]: row[1:] for row in texts(page.programme.project_phases(**TITLE))}
    words = progress_blocks.WORDS[page.language]["states"]
    states = [state for state, *_ in phases.values()]
    assert states == [words["open"], words["finished"], words["now"], words["open"], words["open"]]
    assert [row[1] for row in phases.values()] == ["0", "5", "0", "0", "0"]
    rows = texts(page.programme.project_criteria(**TITLE))
    reported = sum(int(row[1]) for row in phases.values())
    assert len(rows) == reported + 2 + 2  # two phases with the rest in one row, and two things under no criterion


def test_dates_that_are_not_told_have_a_dashed_line_and_are_no_dates(page):
    chart = page.programme.project_timeline(**TITLE)
    words = progress_blocks.WORDS[page.language]
    undated = [row for row in texts(chart) if row[1] == words["no date"]]
    assert len(undated) == 6 and chart.pictures[0].count("stroke-dasharray") == 6
    assert any("2020" in row[1] for row in texts(chart)) and chart.notes


def test_gates_with_dates_are_drawn_open_where_planned_and_filled_where_passed(page):
    report = page.programme._of_project("project_progress")
    gates = report.index[report.part == "milestone"]
    report.loc[gates[0], ["planned", "actual"]] = ["2020-03", "2020-04-15"]
    chart = progress_blocks.timeline(page.teller(), "", report.iloc[:0], report)
    assert chart.pictures[0].count("stroke-dasharray") == 5
    (said,) = [row[1] for row in texts(chart) if "2020" in row[1] and "15" in row[1]]
    words = progress_blocks.WORDS[page.language]
    assert words["planned"].format("").strip() in said and words["actual"].format("").strip() in said


def test_amounts_continue_one_another_and_the_sums_are_said(page):
    chart = page.programme.project_finance(**TITLE)
    thousand = "." if page.language == "nl" else ","
    (said,) = [note for note in chart.notes if "=" in note]
    for sums in ("80.000 = 60.000 + 20.000", "40.000 = 80.000 − 40.000", "20.000 = 100.000 − 80.000"):
        assert sums.replace(".", thousand) in said
    facts = {"needed": 100.0, "granted": float("nan")}
    assert (
        progress_blocks._sums(facts, {"lacking": ("needed", "-granted")}, {}, "nl") == []
    )  # what is unknown adds up to nothing


def test_a_project_without_forms_says_what_to_do_and_draws_nothing():
    for language in LANGUAGES:
        page = publication.open("project", "2020", language, "urban-mining-elektronica")
        assert page.programme.project_todo(title=TITLE, text=TITLE).title == TITLE[language]
        assert page.programme.project_co2(unknown=TITLE, **TITLE) is page.programme.project_functions(**TITLE) is None
        assert page.programme.project_timeline(**TITLE) is page.programme.project_stages(**TITLE) is None


def test_a_project_with_a_sheet_is_not_told_to_fill_it_in(page):
    assert page.programme.project_todo(title=TITLE, text=TITLE) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_project_is_told_in_short_and_what_is_not_stated_says_so(language):
    for about in all_projects():
        page = publication.open("project", "2020", language, about.project)
        rows = texts(page.programme.project_short(**TITLE))
        assert all(cell for row in rows for cell in row) and len(rows) >= 8
        if not page.programme._project["team"]:
            assert rows[0][1] == UNSTATED[language]


def test_a_text_in_one_language_is_shown_in_the_other():
    row = {"nl": "", "en": "A goal"}
    assert (
        form_blocks.text_of(row, "nl") == "A goal"
        and form_blocks.text_of({"x_nl": "Doel", "x_en": ""}, "en", "x") == "Doel"
    )


def test_a_chart_of_a_project_names_its_sources(page):
    for block in (page.programme.project_co2(unknown=TITLE, **TITLE), page.programme.project_finance(**TITLE)):
        assert isinstance(block, Chart) and block.source and all("battery" in one for one in block.sources)


def test_unknown_levels_of_an_empty_cell_are_unknown_and_not_low():
    assert sheet_blocks._level({"value": ""}, "nl") == "onbekend" and sheet_blocks._level({}, "nl") == "niet vermeld"
    rows = pd.DataFrame([{"part": "function", "item": "F1", "value": "", "source": ""}])
    page = publication.open("project", "2020", "nl", "batterijen")
    chart = sheet_blocks.functions(page.teller(), "", rows)
    assert [row[1] for row in texts(chart)][:8] == ["onbekend", *["niet vermeld"] * 7]


def test_the_page_of_a_project_and_that_of_its_cluster_lead_to_each_other(processed):
    everything = plan.publications("2020", "project") + plan.publications("2020", "cluster")
    around = Work(everything, processed / "facts.csv", "").around
    links = {p.folder: {(kind, slug) for kind, slug, _ in one["related"]} for p, one in around.items()}
    assert links["nl/project/batterijen"] == {("cluster", "consumentenproducten")}
    assert links["en/cluster/consumentenproducten"] == {("project", "batterijen")}
    assert links["nl/project/cesi"] == set()  # no document says its cluster
    related = (("cluster-province", "zeeland", "Zeeland"), ("project", "batterijen", "Batterijen"))
    said = Imprint("", "cluster", "", "2020", "nl", "", related=related).leads
    assert [(words, [slug for _, slug, _ in group]) for words, group in said] == [
        ("Dit cluster in de provincies", ["zeeland"]),
        ("Projecten in dit cluster", ["batterijen"]),
    ]
