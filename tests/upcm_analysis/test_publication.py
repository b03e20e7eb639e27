"""The notebooks' one door: what it adds to blocks by itself, and what it refuses."""

import math
import re
import subprocess
import sys
from copy import copy

import pytest
from support import ROOT

from factpress import markup
from factpress.builder import read_log
from factpress.builder.read_log import Asked
from factpress.errors import InputError
from factpress.facts import Facts
from factpress.formats import html
from factpress.placeholders import WrongPlaceholder
from factpress.wording import UnknownFact
from factpress.wording.figures import WORDS
from upcm_analysis import pipeline, publication
from upcm_analysis.topics import TOPICS

BOTH = {"nl": "titel", "en": "title"}


@pytest.fixture(scope="module", autouse=True)
def processed(tmp_path_factory, request):
    """The processed tables of the edition, made once in a copy of the repository."""
    from support import copy, forget

    root = tmp_path_factory.mktemp("door") / "copy"
    copy(root)
    patch = pytest.MonkeyPatch()
    patch.setenv("FACTPRESS_HOME", str(root))
    forget()
    pipeline.write(pipeline.build("2020"))
    yield
    patch.undo()
    forget()


def page(kind, name="nederland", language="nl"):
    return publication.open(kind, "2020", language, name)


@pytest.mark.parametrize(
    "arguments",
    [
        ("provinces", "2020", "nl", "zeeland"),
        ("province", "2020", "fr", "zeeland"),
        ("province", "2020", "nl", "zealand"),
        ("province", "2019", "nl", "zeeland"),
    ],
)
def test_what_there_is_not_cannot_be_opened(arguments):
    with pytest.raises(InputError):
        publication.open(*arguments)


def test_a_text_in_one_language_is_refused():
    with pytest.raises(InputError, match="every language"):
        page("province", "zeeland").sentence(nl="{jobs_k}")


def test_a_note_that_needs_a_fact_is_only_there_with_it():
    note = {
        "title": BOTH,
        "text": {"nl": "{co2_kt_without_38}", "en": "{co2_kt_without_38}"},
        "needs": "co2_kt_without_38",
    }
    assert page("cluster", "materialen").note(**note).text == ["13.383\u00a0kiloton CO₂"]
    assert page("cluster", "high-tech").note(**note) is None


def test_what_checks_found_is_told_where_they_found_it():
    assert "stootte in 2020 meer uit" in page("province", "noord-holland").remarkable(BOTH).text[0]
    assert page("province", "zeeland").remarkable(BOTH) is None


def test_an_allocated_figure_has_no_place_and_says_what_it_is():
    block = page("province", "zeeland").key_figures("jobs_k", "co2_kt")
    assert [item.context[-1].text for item in block.items] == ["toegerekend", "toegerekend"]
    assert block.notes == ["Toegerekend, geen waarneming in de provincie."]
    assert not any("_rank" in name for name in block.facts)
    assert (
        page("cluster", "materialen").key_figures("co2_kt").items[0].context[-1].text == "plaats 1 van 5 (het hoogst)"
    )


def test_a_figure_that_stands_unmended_is_marked():
    block = page("national").comparison("value_added_meur", "turnover_meur", kind="product-group", nl="a", en="b")
    marked = {(row.label, cell.fact) for row in block.data.rows for cell in row.cells if cell.text.endswith("†")}
    assert marked == {("Overige industrie", "value_added_meur/product-group/32")}
    assert block.notes[-2].startswith("†") and "3.788" in block.notes[-2]
    assert block.notes[-1] == "Zie controles op de methodepagina."


def test_a_key_figure_that_stands_unmended_is_marked_and_so_is_where_it_is_repeated():
    block = page("province", "noord-holland").key_figures("jobs_k", "co2_kt")
    assert [item.figure for item in block.items] == ["79.000", "3.391 †"]
    assert block.items[1].value == 3391
    assert "Tata Steel IJmuiden" in block.notes[-2] and block.notes[-2].startswith("†")
    block = crossed("materialen", "noord-holland").key_figures("co2_kt")
    assert "†" not in block.items[0].figure
    assert [line.text for line in block.items[0].context if "†" in line.text] == [
        "hele provincie: 3.391\u00a0kiloton CO₂ †"
    ]
    assert "†" not in "".join(page("province", "zeeland").key_figures("co2_kt").notes)


def test_of_several_figures_that_stand_unmended_it_is_said_once_what_the_mark_means():
    block = page("national").comparison("co2_kt", "material_mkg", kind="product-group", nl="a", en="b")
    marked = {cell.fact for row in block.data.rows for cell in row.cells if cell.text.endswith(" †")}
    assert marked == {"co2_kt/product-group/20", "co2_kt/product-group/26", "material_mkg/product-group/30"}
    assert [note for note in block.notes if "†" in note] == ["†\u00a0Opvallend bij een controle, en niet verbeterd."]


def test_the_mark_of_a_remarkable_figure_leads_to_its_explanation_on_the_page_of_the_method():
    marked = markup.block(page("province", "noord-holland").key_figures("co2_kt"), checks=html.checks_address())
    assert f'<a href="{html.checks_address()}">Zie controles op de methodepagina.</a>' in marked
    explained = markup.block(page("method").figures.known_oddities(**BOTH))
    assert f'id="{html.checks_address().partition("#")[2]}"' in explained and "Tata Steel IJmuiden" in explained


def test_the_gain_by_group_is_shown_where_it_is_known_and_refused_in_words_where_not():
    codes = ("co2_kt", "co2_reduction_kt", "co2_reduction_pct")
    arguments = {"unknown": {"nl": "Van {subject} niet.", "en": "Not of {subject}."}, "nl": "a", "en": "b"}
    known = page("cluster", "materialen").figures.gains(*codes, **arguments)
    assert [row.cells[0].fact.rpartition("/")[2] for row in known.data.rows] == ["38", "24", "20", "22"]
    refused = page("cluster", "verbruiksartikelen").figures.gains(*codes, **arguments)
    assert refused.kind == "sentence" and refused.text == "Van Verbruiksartikelen niet."


def test_groups_stand_beside_cbs_only_where_they_are_known():
    known = page("cluster", "materialen").figures.beside_cbs()
    assert "ongeveer drie keer zoveel" in known.title
    assert {row.label: row.cells[1].text for row in known.data.rows}[
        "Afvalbehandeling en recycling"
    ] == "niet opgenomen"
    assert page("cluster", "high-tech").figures.beside_cbs() is None


def test_projects_stand_on_the_page_of_the_cluster_that_documents_give():
    known = page("cluster", "high-tech").programme.projects_of_cluster(**BOTH)
    assert len(known.data.rows) == 1
    assert page("cluster", "materialen").programme.projects_of_cluster(**BOTH) is None


def test_the_source_line_names_the_tables_of_what_is_shown():
    tiles = page("province", "zeeland").map("jobs_k", nl="{jobs_k_share}", en="{jobs_k_share}")
    assert tiles.source == "Werkwijze UPCM (UPCM-20201016), par. 1.2.2"  # allocated, and yet printed so
    english = page("province", "zeeland", "en").map("co2_per_value_added_kg_eur", nl="a", en="b")
    assert english.source == "Werkwijze UPCM (UPCM-20201016), sec. 1.2.2; own calculation"


def test_of_sources_that_are_compared_with_nothing_there_is_no_table(monkeypatch):
    assert len(page("method").regions.coverage(**BOTH).data.rows) == 13
    monkeypatch.setattr(publication.assumptions, "chosen_indicator", lambda name: "co2_point_source_2021_with_power_mt")
    assert page("method").regions.coverage(**BOTH) is None


def test_accounts_count_every_comparison():
    table = page("method").figures.checks(**BOTH).data
    counts = [[cell.value for cell in row.cells[1:]] for row in table.rows]
    assert all(total == sum(rest) > 0 for total, *rest in counts)
    known, refuted = (
        page("method").figures.known_oddities(**BOTH).data.rows,
        page("method").regions.refutations(**BOTH).data.rows,
    )
    assert (len(known), len(refuted)) == (7, 3) and sum(known for _, _, known, _ in counts) == 10
    assert sum(new for *_, new in counts) == 0
    assert "25%" in next(row for row in table.rows if "CBS" in row.label).cells[0].text


def test_what_is_compared_is_told_with_the_digits_in_which_it_differs():
    rows = {
        row.label: [cell.text for cell in row.cells] for row in page("method").figures.known_oddities(**BOTH).data.rows
    }
    value_added = next(texts for label, texts in rows.items() if "dashboard" in label)
    assert value_added[:2] == ["3,1 mld euro", "3,157 mld euro"]
    chemicals = next(texts for label, texts in rows.items() if "Chemische" in label)
    assert chemicals[:2] == ["6.096 kiloton CO₂", "18.706 kiloton CO₂"] and "over 2020" in chemicals[2]


def test_where_always_a_percentage_fits_the_table_has_what_rounding_leaves_and_says_so():
    table = page("method").figures.replication("co2_reduction_kt", **BOTH)
    shown = {row.label[:2]: [cell.text for cell in row.cells] for row in table.data.rows}
    assert [shown[group][1] for group in ("26", "30", "33")] == ["5,1–6,2%", "11,45–12,56%", "14,43–15,57%"]
    assert {shown[group][2] for group in ("26", "30", "33")} == {"–"} and shown["20"][1:3] == ["5%", "304,80"]
    assert any("SBI 26, 30 en 33" in note for note in table.notes)
    other = page("method").figures.replication("value_added_potential_meur", **BOTH)
    assert not any("altijd" in note for note in other.notes)


JOBS = {"nl": "Er zijn {jobs_k}.", "en": "There are {jobs_k}."}
NOT_KNOWN = {"nl": "Van {subject} is het aantal niet bekend.", "en": "The number for {subject} is not known."}


@pytest.fixture(params=["nl", "en"])
def without_jobs(request):
    """The publication on Zeeland, whose jobs are confidential."""
    made = page("province", "zeeland", request.param)
    table = made.facts.table.copy()
    table.loc[table.fact_id == "jobs_k/province/zeeland", ["value", "low", "high", "sign"]] = [*[math.nan] * 3, "."]
    made.provenance = copy(made.provenance)
    made.facts = made.provenance.facts = Facts(table)
    return made


def test_a_sentence_has_other_words_for_what_is_not_known(without_jobs):
    said = {"nl": "Van Zeeland is het aantal niet bekend.", "en": "The number for Zeeland is not known."}
    for block in (
        without_jobs.sentence(unknown=NOT_KNOWN, **JOBS),
        without_jobs.lead(unknown=NOT_KNOWN, **JOBS),
        without_jobs.note(title=BOTH, text=JOBS, unknown=NOT_KNOWN),
    ):
        assert block.text in (said[block.language], [said[block.language]])
        assert block.facts == [] and block.marks == []


def test_a_sentence_without_other_words_fails_and_names_what_is_not_known(without_jobs):
    for tell in (lambda: without_jobs.sentence(**JOBS), lambda: without_jobs.note(title=BOTH, text=JOBS)):
        with pytest.raises(UnknownFact, match="jobs_k/province/zeeland") as failed:
            tell()
        assert failed.value.parts["found"] == f"{JOBS['nl']} / {JOBS['en']}"  # alike in both, to be told once


def test_what_a_page_has_not_is_told_with_what_it_has():
    with pytest.raises(AttributeError, match=r"has no 'rankng' - did you mean page\.ranking"):
        page("province", "zeeland").rankng("jobs_k")
    with pytest.raises(AttributeError, match=r"has no '_nothing'$"):
        page("province", "zeeland")._nothing  # noqa: B018
    with pytest.raises(AttributeError, match=r"the page has no 'outlook' - did you mean page\.scenarios\.outlook\?"):
        page("province", "zeeland").outlook("co2_kt")
    with pytest.raises(AttributeError, match=r"page\.regions has no 'rangs' - did you mean page\.regions\.ranges"):
        page("province", "zeeland").regions.rangs("co2_kt")


def test_a_page_lists_its_blocks_and_its_topics_and_a_topic_its_blocks():
    made = page("province", "zeeland")
    listed = set(dir(made))
    assert {"sentence", "map", *TOPICS} <= listed and not listed & {"exhibit", "table", "registers", "topics"}
    for topic in TOPICS:
        blocks = dir(getattr(made, topic))
        assert len(blocks) >= 5 and not {"page", "table", "numbers", "called"} & set(blocks), topic


def test_a_topic_is_loaded_when_its_blocks_are_used():
    code = "\n".join(
        [
            "import sys",
            "from upcm_analysis import publication",
            "page = publication.open('province', '2020', 'nl', 'zeeland')",
            "loaded = lambda: {name for name in sys.modules if name.endswith('.blocks') and '.topics.' in name}",
            "assert loaded() == set(), loaded()",
            "page.regions.ranges",
            "assert loaded() == {'upcm_analysis.topics.regions.blocks'}, loaded()",
        ]
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_what_goes_wrong_in_a_part_of_a_page_is_said_as_it_is(monkeypatch):
    made = page("province", "zeeland")
    monkeypatch.setattr(type(made), "part", property(lambda self: self.facts.nothing), raising=False)
    with pytest.raises(AttributeError, match="'Facts' object has no attribute 'nothing'"):
        made.part  # noqa: B018


def test_of_a_confidential_figure_a_text_says_that_and_nothing_else(without_jobs):
    """Also where it has other words for what is unknown, and in a title: they could be wrong of what is confidential."""
    table = without_jobs.facts.table
    table.loc[table.fact_id == "jobs_k/province/zeeland", "status"] = "suppressed"
    without_jobs.facts = without_jobs.provenance.facts = Facts(table)
    start = {"nl": "Banen, Zeeland: geheim.", "en": "Jobs, Zeeland: confidential."}
    for block in (without_jobs.sentence(**JOBS), without_jobs.sentence(unknown=NOT_KNOWN, **JOBS)):
        assert block.text.startswith(start[block.language]) and block.facts == ["jobs_k/province/zeeland"]
    chart = without_jobs.map("jobs_k", **JOBS)
    assert (
        chart.title.startswith(start[chart.language]) and WORDS[chart.language]["withheld"]["suppressed"] in chart.alt
    )


def test_other_words_come_in_every_language_too(without_jobs):
    with pytest.raises(InputError, match="every language"):
        without_jobs.sentence(unknown={"nl": "Niet bekend."}, **JOBS)


def test_other_words_are_for_what_is_not_known_alone():
    block = page("province", "zeeland").sentence(unknown=NOT_KNOWN, **JOBS)
    assert block.text == "Er zijn 17.000\u00a0banen." and block.facts == ["jobs_k/province/zeeland"]
    assert [block.text[mark.start : mark.end] for mark in block.marks] == ["17.000\u00a0banen"]


def test_charts_and_key_figures_say_that_a_value_is_not_known(without_jobs):
    unknown = {"nl": "onbekend", "en": "unknown"}[without_jobs.language]
    assert without_jobs.key_figures("jobs_k").items[0].figure == unknown
    chart = without_jobs.map("jobs_k", **BOTH)
    assert f"Zeeland {unknown}" in chart.alt and ">.</text>" in chart.pictures[0]


def test_a_title_marks_its_figures():
    chart = page("province", "zeeland").map("jobs_k", nl="{subject}: {jobs_k_share}", en="{subject}: {jobs_k_share}")
    assert [(chart.title[m.start : m.end], m.fact) for m in chart.marks] == [("2,8%", "jobs_k_share/province/zeeland")]


def test_ranges_and_estimates_say_that_they_are_no_observations():
    zeeland = page("province", "zeeland")
    for block in (
        zeeland.regions.ranges("group_share_pct", **BOTH),
        zeeland.regions.estimates("co2_kt", "jobs_k", cluster="materialen", **BOTH),
    ):
        assert "oegerekend, geen waarneming in de provincie." in block.notes[0]
        assert any(note.startswith("Geen waarneming") for note in block.notes)
        assert any(note.startswith("Geen schatting") for note in block.notes)
        assert block.source == "Werkwijze UPCM (UPCM-20201016), par. 1.2.1, 1.2.2; eigen berekening"
    beside = page("method", language="en").regions.ranges("co2_kt", cluster="materialen", pro_rata=True, **BOTH)
    assert any(note.startswith("Pro rata") for note in beside.notes)


def test_the_bounds_of_what_is_not_estimated_can_be_said():
    said = {"nl": "Mogelijk {cluster.materialen.jobs_k:band}.", "en": "Possible {cluster.materialen.jobs_k:band}."}
    assert page("province", "zeeland").sentence(**said).text == "Mogelijk 1.200 tot 5.900\u00a0banen."
    with pytest.raises(UnknownFact, match="jobs_k/cluster-province/materialen-zeeland"):
        page("province", "zeeland").sentence(nl="{cluster.materialen.jobs_k}", en="{cluster.materialen.jobs_k}")


def test_the_tests_of_the_regions_are_told():
    method = page("method")
    outcome = {row.label: row.cells[1].text for row in method.regions.single_key(**BOTH).data.rows}
    assert outcome["Provincies: alle kolommen"] == "past" and outcome["Clusters: alle kolommen"] == "past niet"
    assert [row.cells[1].text for row in method.regions.power(**BOTH).data.rows] == ["100%", "100%", "62%", "9%", "1%"]
    families = {row.label: [cell.text for cell in row.cells] for row in method.regions.families(**BOTH).data.rows}
    assert families["CO₂ en reductie"] == ["100%", "100%", "100%", "100%", "93%"]
    assert families["banen en arbeidsvolume"][-1] == "0%" and len(families) == 5


def test_a_cluster_in_a_province_is_opened_by_the_names_of_both_and_tells_of_both():
    crossed = publication.open("cluster-province", "2020", "nl", "high-tech", "noord-brabant")
    assert (crossed.about.cluster, crossed.about.place) == ("high-tech", "PV30")
    said = "{cluster} in {province}: {province.jobs_k} en {cluster.jobs_k}, {jobs_k:band}"
    text = crossed.sentence(nl=said, en=said).text.replace("\u00a0", " ")
    assert text == "High Tech in Noord-Brabant: 118.000 banen en 328.000 banen, 0 tot 108.000 banen"
    assert crossed.regions.estimates("co2_kt", **BOTH).data.rows[0].cells[1].value is None
    chart = crossed.regions.ranges("co2_kt", **BOTH)
    assert [row.label for row in chart.data.rows if row.role == "own"] == ["Noord-Brabant"]
    with pytest.raises(InputError, match="did you mean high-tech-noord-brabant"):
        publication.open("cluster-province", "2020", "nl", "high-tech", "noord-braband")


def crossed(name, province="limburg"):
    return publication.open("cluster-province", "2020", "nl", name, province)


def test_ratios_are_shown_of_materialen_and_of_no_cluster_that_is_cut_finer():
    named = dict(nl="a", en="b")
    codes = ("co2_per_value_added_kg_eur", "value_added_per_job_keur")
    shown = crossed("materialen").regions.rates(*codes, **named)
    assert [row.cells[1].fact.partition("/")[0] for row in shown.data.rows] == list(codes)
    assert len(shown.data.columns) == 3 and crossed("high-tech").regions.rates(*codes, **named) is None
    assert len(crossed("materialen").regions.ranges(codes[0], **named).data.rows) == 12
    assert crossed("high-tech").regions.ranges(codes[0], **named) is None
    assert len(crossed("high-tech").regions.ranges("co2_kt", **named).data.rows) == 12


def test_point_sources_are_named_where_they_are_and_where_none_is_registered_that_is_said():
    for name in ("noord-holland", "zeeland"):
        assert page("province", name).regions.anchored("co2_anchored_kt", "co2_kt", nl="a", en="b") is None
    lacking = dict(title=BOTH, text={"nl": "Niets in {subject}.", "en": ""}, lacks="co2_point_sources_kt")
    assert page("province", "zeeland").note(**lacking).text == ["Niets in Zeeland."]
    assert page("province", "noord-holland").note(**lacking) is None
    said = dict(title=BOTH, text={"nl": "{co2_point_sources_kt}", "en": ""}, needs="co2_point_sources_kt")
    assert page("province", "noord-holland").note(**said).text == ["5.800\u00a0kiloton CO₂"]
    assert page("province", "zeeland").note(**said) is None
    named = dict(said, text={"nl": "{point_sources}: {co2_point_sources_kt}.", "en": "{point_sources}"})
    for made in (
        page("province", "noord-holland"),
        page("cluster", "materialen"),
        crossed("materialen", "noord-holland"),
    ):
        block = made.note(**named)
        assert block.text == ["Tata Steel IJmuiden: 5.800\u00a0kiloton CO₂."] and "Emissieautoriteit" in block.source
    for made in (page("cluster", "high-tech"), crossed("materialen", "zeeland"), crossed("high-tech", "noord-holland")):
        assert made.note(**named) is None
    with pytest.raises(WrongPlaceholder, match="no point source"):
        page("province", "zeeland").sentence(nl="{point_sources}", en="{point_sources}")
    assert page("national").regions.anchored("co2_anchored_kt_share", "co2_kt", nl="a", en="b") is None


CO2 = {"nl": "Het kan {co2_kt:band} zijn.", "en": "It may be {co2_kt:band}."}
OTHER_WORDS = {"nl": "Van {subject} staat het er niet.", "en": "Of {subject} it is not shown."}
BY = "Weerlegd door de uitstoot van Tata Steel IJmuiden."
WHY = f"w{BY[1:]} Die past niet bij wat de verdeelsleutel van het programma hier kan geven."


def test_of_a_refuted_figure_a_text_says_so_with_the_source_or_in_other_words():
    here = crossed("materialen", "noord-holland")
    block = here.sentence(unknown=NOT_KNOWN, **CO2)
    assert block.text == f"CO₂-uitstoot, Materialen in Noord-Holland: {WHY}"
    assert block.facts == ["co2_kt/cluster-province/materialen-noord-holland"]
    assert here.lead(refuted=OTHER_WORDS, **CO2).text == "Van Materialen in Noord-Holland staat het er niet."
    assert here.note(title=BOTH, text=CO2, refuted=OTHER_WORDS).text == [
        "Van Materialen in Noord-Holland staat het er niet."
    ]
    elsewhere = crossed("materialen", "zeeland").sentence(refuted=OTHER_WORDS, **CO2)
    assert elsewhere.text.startswith("Het kan 384") and "Tata" not in elsewhere.text
    with pytest.raises(WrongPlaceholder, match="unknown indicator"):
        crossed("materialen", "zeeland").sentence(refuted=WRONG, **CO2)


def test_a_block_with_a_refuted_figure_says_by_what_and_a_block_without_does_not():
    here, zeeland = crossed("materialen", "noord-holland"), crossed("materialen", "zeeland")
    for made in (
        here.key_figures("co2_kt"),
        here.regions.estimates("co2_kt", nl="a", en="b"),
        here.regions.rates("co2_reduction_pct", nl="a", en="b"),
    ):
        assert [note for note in made.notes if note.startswith("Weerlegd")] == [BY]
    assert not any("Weerlegd" in note for note in zeeland.key_figures("co2_kt").notes)
    assert not any("Weerlegd" in note for note in here.key_figures("jobs_k").notes)


def test_the_page_of_the_method_says_what_is_refuted_by_which_source_and_how_much_is_registered():
    refuted = page("method").regions.refutations(**BOTH)
    assert [[cell.text for cell in row.cells] for row in refuted.data.rows] == [
        ["29,1%", "ten minste 82,5%", "Tata Steel IJmuiden"],
        ["2.026 kiloton CO₂", "ten minste 5.750 kiloton CO₂", "Tata Steel IJmuiden"],
        ["3.177 kiloton CO₂", "ten minste 5.750 kiloton CO₂", "Tata Steel IJmuiden"],
    ]
    covered = page("method").regions.coverage(**BOTH)
    told = {row.label[:2]: row.cells[0].text for row in covered.data.rows}
    assert len(told) == 13 and {group for group, text in told.items() if text != "geen bron geregistreerd"} == {"24"}
    assert told["24"] == "95,7%" and "CBS StatLine 83300NED" in covered.source
    (waste,) = (row for row in covered.data.rows if row.label.startswith("38"))
    assert waste.cells[1].text == "geen cijfer" and "afvalverbranding" in waste.cells[2].text


# What is wrong in one language is said in every run

WRONG = {"nl": "Er zijn {jobs_k}.", "en": "There are {jobs_kk}."}
SAID = r"English text: unknown indicator: \{jobs_kk\} - did you mean \{jobs_k\}\?"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "tell",
    [
        lambda page: page.sentence(**WRONG),
        lambda page: page.lead(**WRONG),
        lambda page: page.note(title=BOTH, text=WRONG),
        lambda page: page.map("jobs_k", **WRONG),
        lambda page: page.sentence(unknown=WRONG, **JOBS),
        lambda page: page.note(title=BOTH, text=JOBS, unknown=WRONG),
    ],
    ids=["sentence", "lead", "note", "title", "other words", "other words of a note"],
)
def test_a_wrong_placeholder_in_one_language_is_said_in_both(tell, language):
    with pytest.raises(WrongPlaceholder, match=SAID):
        tell(page("province", "zeeland", language))


def test_where_both_languages_are_wrong_both_runs_say_the_same():
    said = {"nl": "{jobs_k", "en": "{highst.province.jobs_k}"}
    for language in ("nl", "en"):
        with pytest.raises(WrongPlaceholder, match=r"Dutch text: a brace that is not closed: \{jobs_k"):
            page("province", "zeeland", language).sentence(**said)


@pytest.mark.parametrize("text", ["Banen: {jobs_k}", "Banen }"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_title_of_a_note_holds_no_placeholder(text, language):
    with pytest.raises(InputError, match="a title that holds no figures has a placeholder"):
        page("province", "zeeland").note(title={**BOTH, language: text}, text=JOBS)


def test_what_the_other_language_names_is_not_what_this_one_is_made_of(tmp_path, monkeypatch):
    monkeypatch.setenv(read_log.VARIABLE, str(tmp_path / "asked"))
    made = page("province", "zeeland")
    block = made.sentence(nl="{jobs_k}", en="{highest.cluster.organisations} {nl.co2_kt:versus}", unknown=NOT_KNOWN)
    assert block.facts == ["jobs_k/province/zeeland"]
    assert Asked.read(tmp_path / "asked").facts == ("jobs_k/province/zeeland",)


def test_other_words_are_not_for_figures_that_are_not_there():
    made = page("province", "zeeland")
    with pytest.raises(WrongPlaceholder, match=r"no such figure of the subject of this page: \{co2_kt_without_38\}"):
        made.sentence(unknown=NOT_KNOWN, nl="{co2_kt_without_38}", en="{jobs_k}")
    with pytest.raises(InputError, match=r"unknown indicator: 'jobs_kk' - did you mean jobs_k"):
        made.key_figures("jobs_kk")


def test_names_lead_to_the_ranks_that_they_are_named_for():
    said = "{highest.cluster.co2_kt} heeft het meest"
    block = page("province", "zeeland").sentence(nl=said, en=said)
    marks = {block.text[mark.start : mark.end]: mark.fact for mark in block.marks}
    assert marks == {"Materialen": "co2_kt_rank/cluster/materialen"}
    assert set(marks.values()) <= set(block.facts)


#: What would compare allocated figures, and the beginning of why it is refused.
COMPARED = {
    "{highest.province.jobs_k}": "of allocated figures none is said to be the highest",
    "{lowest.province.value_added_per_job_keur}": "of allocated figures none is said to be the lowest",
    "{jobs_k_rank}": "an allocated figure has no rank",
    "{province.limburg.co2_kt_rank}": "an allocated figure has no rank",
    "{co2_kt:place}": "an allocated figure has no rank",
    "{value_added_per_job_keur:versus}": "an allocated figure is not said to be higher or lower",
    "{jobs_k_share:band}": "an allocated figure has no interval to tell",
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("template", COMPARED)
def test_text_that_would_compare_provinces_is_refused_in_both_languages_with_why(template, language):
    """Also where it stands in the other language, and in words for what is unknown."""
    made, alone = page("province", "zeeland", language), {"nl": "{jobs_k}", "en": "{jobs_k}"}
    for tell in (
        lambda: made.sentence(**(alone | {"en": template})),
        lambda: made.map("jobs_k", **(alone | {"nl": template})),
        lambda: made.sentence(unknown=alone | {"en": template}, **alone),
    ):
        with pytest.raises(WrongPlaceholder, match=COMPARED[template]) as error:
            tell()
        assert "was divided over places with a key" in str(error.value)
        assert error.value.parts["expected"].startswith("the figure, {")


def test_the_share_of_the_national_total_is_named_as_what_can_be_said():
    with pytest.raises(WrongPlaceholder) as error:
        page("national").sentence(nl="{highest.province.jobs_k}", en="")
    assert "{province.groningen.jobs_k_share}" in error.value.parts["expected"]


def test_the_bounds_of_an_estimate_are_told_and_it_is_not_compared():
    made = page("province", "zeeland")
    assert made.sentence(nl="{cluster.materialen.co2_kt:band}", en="b").text.startswith("384 tot 725")
    with pytest.raises(WrongPlaceholder, match="not said to be higher or lower"):
        made.sentence(nl="{cluster.materialen.value_added_per_job_keur:versus}", en="b")


TEXT = (ROOT / "docs" / "text.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("template", dict.fromkeys(re.findall(r"`(\{[^{}`]+\})`", TEXT.replace("\\|", "|"))))
def test_every_placeholder_of_the_page_on_text_can_be_said(template):
    kind, name = "province", "zeeland"
    if template.startswith(("{cluster}", "{cluster.jobs")):
        kind, name = "cluster-province", "high-tech-zeeland"
    elif "_rank" in template or ":versus" in template:  # of a province neither is said
        kind, name = "cluster", "materialen"
    elif "point_sources" in template:
        name = "noord-holland"  # the one that has any
    said = page(kind, name).sentence(nl=template, en=template).text
    printed = re.search(rf"^\| `{re.escape(template)}` \|[^|\n]*\*([^*\n]+)\*", TEXT, re.M)
    assert said and "{" not in said and (not printed or said.replace("\u00a0", " ") == printed[1])


def test_figures_stand_beside_each_other_on_one_scale_and_in_one_unit():
    chart = page("province", "noord-holland").beside("co2_kt", "co2_point_sources_kt", **BOTH)
    table, counted = (row.cells[0].value for row in chart.data.rows)
    assert table < counted and chart.facts[-1] == "co2_point_sources_kt/province/noord-holland"
    assert "kiloton" in chart.subtitle and all(text in chart.alt for text in ("3,4\u00a0megaton", "5,8\u00a0megaton"))
    assert page("province", "drenthe").beside("co2_kt", "co2_point_sources_kt", **BOTH) is None
    with pytest.raises(InputError, match="other units"):
        page("province", "noord-holland").beside("co2_kt", "value_added_meur", **BOTH)


def test_a_headline_says_other_words_where_a_fact_has_no_value():
    said = {"nl": "Nu {co2_kt:about}", "en": "Now {co2_kt:about}"}
    other = {"nl": "Tussen grenzen", "en": "Between bounds"}
    known = page("province", "zeeland").headline(unknown=other, **said)
    assert known.text == "Nu 770\u00a0kiloton CO₂~" and known.facts == ["co2_kt/province/zeeland"]
    crossing = publication.open("cluster-province", "2020", "nl", "high-tech", "drenthe")
    assert crossing.facts.get("co2_kt", crossing.about).unknown
    assert crossing.headline(unknown=other, **said).text == "Tussen grenzen"
    with pytest.raises(UnknownFact):
        crossing.headline(**said)


def test_the_matrix_has_a_row_a_province_and_its_cells_lead_to_their_pages():
    table = page("matrix").regions.matrix("co2_kt", linked=True, **BOTH)
    assert len(table.data.rows) == 12 and all(len(row.cells) == 5 for row in table.data.rows)
    assert table.data.rows[9].href == "province/zeeland"
    assert table.data.rows[9].cells[0].href == "cluster-province/materialen-zeeland"
    plain = page("matrix").regions.matrix("jobs_k", **BOTH)
    assert {one.href for row in plain.data.rows for one in (row, *row.cells)} == {""}


def test_a_part_of_a_province_is_told_by_its_bounds_and_what_is_refuted_has_no_number():
    told = page("matrix").regions.matrix("co2_kt", **BOTH)
    words = {row.label: [cell.text for cell in row.cells] for row in told.data.rows}
    assert words["Noord-Holland"][0] == "weerlegd"
    assert all(re.fullmatch(r"weerlegd|(\d+([,.]\d+)? \()?.*\d.*", text) for texts in words.values() for text in texts)


def test_the_message_of_the_matrix_counts_what_can_be_estimated():
    none = {"nl": "Geen", "en": "None"}
    said = {"nl": "{known} van {all}, in {clusters}", "en": "{known} of {all}, in {clusters}"}
    matrix = page("matrix")
    known = [
        one
        for one in matrix.facts.table.itertuples()
        if one.indicator == "co2_kt_of_province" and one.value == one.value
    ]
    assert matrix.regions.extent("co2_kt", none, **said).text == f"{len(known)} van 60, in Materialen"
    assert matrix.regions.extent("jobs_k", none, **said).text == "Geen"


def test_data_that_would_change_a_page_have_a_holder_and_a_state():
    table = page("province", "zeeland").regions.wanted(**BOTH)
    assert len(table.data.rows) == 4
    assert all(cell.text for row in table.data.rows for cell in row.cells)
