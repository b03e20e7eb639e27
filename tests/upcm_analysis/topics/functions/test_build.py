"""Innovation functions from answers to blocks: what is unknown stays unknown, and what is made up says so everywhere."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from synthetic_panel import simulated

from factpress.codelists import codelist
from factpress.dimensions import Subject
from factpress.facts import Facts, columns
from factpress.formats import xlsx
from factpress.wording import Teller
from upcm_analysis import pipeline, publication
from upcm_analysis.registers.assumptions import choices
from upcm_analysis.topics.functions import build as function_build
from upcm_analysis.topics.functions import contribution_sources, event_blocks, score_blocks, severity
from upcm_analysis.topics.functions.build import Evidence
from upcm_analysis.topics.functions.event_sources import EVENT, PHASE
from upcm_analysis.topics.functions.sources import ANSWER, SYNTHETIC
from upcm_analysis.topics.programme import form_sources
from upcm_analysis.topics.regions import build as region_build
from upcm_analysis.vocabulary.results import Made

CLUSTERS = list(codelist("clusters").index)
EFFECTS = np.random.default_rng(4).normal(-0.2, 1.3, (5, 8))
UGLY = '<script>alert("x")</script> =1+1'


@pytest.fixture(scope="module")
def synthetic():
    """A synthetic panel on all clusters; of one too few answered, and of another some wrote notes."""
    table, _ = simulated(EFFECTS, 26, 2, clusters=CLUSTERS, missing=0.12)
    few = (table.cluster == "bouw-en-constructie") & (table.respondent > f"{SYNTHETIC}-0006")
    table = table[~few].reset_index(drop=True)
    noted = table.index[table.cluster == "high-tech"][::30]
    table.loc[noted, "note"] = UGLY
    return table


def test_notes_that_no_page_tells_are_in_no_table(synthetic, made):
    """A note is told of a function that is a barrier or undecided; those of others stay with the answers."""
    wrote = synthetic[synthetic.note != ""].function.unique()
    judged = own(made, "function_scores").set_index("function").judgement
    told = {code for code in wrote if judged[code] in (score_blocks.BARRIER, score_blocks.UNDECIDED)}
    assert set(made.tables["function_notes"].function) == told and told < set(wrote) and told
    assert list(made.tables["function_notes"]) == function_build.NOTE


def cited():
    """What is published of the functions, by the registered sources and impact sheets."""
    return contribution_sources.cited("2020", form_sources.forms("2020", form_sources.SHEET))


def history():
    rows = [(f"e{n}", pd.Timestamp("2015-01-01") + pd.Timedelta(days=40 * n), "high-tech", "hekkert-mis", f"F{1 + n % 3}",
             -1 if n % 5 == 4 else 1, "Report", f"{SYNTHETIC}-coder") for n in range(20)]  # fmt: skip
    return pd.DataFrame(rows, columns=EVENT)


@pytest.fixture(scope="module")
def made(synthetic):
    quick = choices().value.copy()
    quick["function_draws"] = quick["sequence_draws"] = "200"
    phases = pd.DataFrame([("high-tech", "development", "panel", "2026-01-01")], columns=PHASE)
    return function_build.innovation(Evidence.of(answers=synthetic, phases=phases, events=history()), quick)


def teller(cluster="high-tech", language="nl"):
    return Teller(Facts(pd.DataFrame(columns=columns())), Subject(cluster=cluster), language)


def own(made, name, cluster="high-tech"):
    table = made.tables[name]
    return table[table.cluster == cluster].reset_index(drop=True)


def blocks(made, language):
    """Every kind of block on a cluster."""
    about, scores = teller(language=language), own(made, "function_scores")
    return [
        score_blocks.profile(about, "Functies", scores, made.tables, 90),
        score_blocks.heat(about, "Clusters", made.tables["function_scores"]),
        score_blocks.dialogue(about, "Gesprek", scores, made.tables["function_notes"]),
        event_blocks.motors(about, "Motoren", own(made, "function_motors")),
        event_blocks.motor(about, "Fase", own(made, "function_motor")),
        event_blocks.events(about, "Gebeurtenissen", own(made, "function_events"), made.tables["function_coding"]),
    ]


def test_without_answers_there_are_no_scores_and_no_figures():
    made = function_build.innovation(Evidence.of(cited=cited()), choices().value)
    assert made.figures.empty and made.tables["function_scores"].empty and len(made.tables["function_cited"]) == 11


def test_the_tables_are_the_same_with_and_without_answers(made):
    without = function_build.innovation(Evidence.of(), choices().value).tables
    assert list(without) == list(made.tables)


def test_of_each_function_there_is_a_score_a_number_and_a_chance(made):
    figures = made.figures.set_index(["indicator", "cluster"])
    assert len(figures) == 3 * 40
    row = own(made, "function_scores").set_index("function").loc["F2"]
    assert figures.value["function_f2", "high-tech"] == row["median"]
    assert figures.value["function_f2_respondents", "high-tech"] == row.respondents
    assert figures.value["function_f2_barrier", "high-tech"] == row.barrier_pct
    few = figures.loc[[("function_f2", "bouw-en-constructie")]].iloc[0]
    assert np.isnan([few.value, few.low, few.high]).all()


def test_nobody_is_named_in_what_is_told(made):
    for name in ("function_notes", "function_flips", "function_scores", "function_groups"):
        assert "respondent" not in made.tables[name].columns, name
        assert (
            not made.tables[name].astype(str).apply(lambda column: column.str.contains(f"{SYNTHETIC}-")).any(axis=None)
        )


@pytest.mark.parametrize(("language", "word"), [("nl", "SYNTHETISCH"), ("en", "SYNTHETIC")])
def test_every_chart_of_made_up_data_says_so_in_its_title_its_alternative_and_each_picture(made, language, word):
    for block in blocks(made, language):
        pictures = getattr(block, "pictures", [])
        if block.title in ("Fase", "Motoren"):
            continue  # tables of phases and sequences; what is drawn is above them
        assert block.title.startswith(word) and all(word in one for one in pictures)
        assert not pictures or block.alt.startswith(word)


def test_too_few_and_undecided_are_hatched_and_have_no_median(made):
    chart = score_blocks.heat(teller(), "Clusters", made.tables["function_scores"])
    row = next(row for row in chart.data.rows if row.label == "Bouw en constructie")
    assert all("te weinig antwoorden" in one.text and one.value is None for one in row.cells)


def test_a_radar_is_broken_where_a_function_has_no_score(made):
    about, scores = teller("bouw-en-constructie"), own(made, "function_scores", "bouw-en-constructie")
    dots, radar = score_blocks.profile(about, "Functies", scores, made.tables, 90).pictures
    assert "<circle" not in dots and "<circle" not in radar


def test_the_model_and_agreement_are_told_beside_the_scores(made):
    notes = " ".join(score_blocks.profile(teller(), "Functies", own(made, "function_scores"), made.tables, 90).notes)
    assert "alfa van Krippendorff" in notes and "strenge en milde respondenten gecorrigeerd" in notes


@pytest.mark.parametrize(
    ("low", "high", "undrawn", "nl", "en"),
    [
        (0.201, 0.399, 0, "(0,21 tot 0,39)", "(0.21 to 0.39)"),
        (0.2, 0.4, 2.5, "(0,20 tot 0,40; zonder 2,5% van de trekkingen", "(0.20 to 0.40; without 2.5% of the draws"),
        (np.nan, np.nan, 41, "(geen interval: 41,0% van de trekkingen", "(no interval: 41.0% of the draws"),
        (np.nan, np.nan, np.nan, "(interval niet te bepalen)", "(interval cannot be told)"),
    ],
)
def test_draws_without_a_value_are_told_beside_the_agreement(made, low, high, undrawn, nl, en):
    agreement = made.tables["function_reliability"].assign(low=low, high=high, undrawn_pct=undrawn)
    tables = {**made.tables, "function_reliability": agreement}
    for language, said in (("nl", nl), ("en", en)):
        about = teller(language=language)
        notes = score_blocks.profile(about, "Functies", own(made, "function_scores"), tables, 90).notes
        assert said in " ".join(notes), notes


def test_why_there_is_no_model_is_told_in_both_languages(synthetic):
    split = synthetic[synthetic.cluster.isin(["high-tech", "materialen"])]
    even = split.respondent.str[-1].isin(list("02468"))
    split = split[even == (split.cluster == "high-tech")]
    quick = choices().value.copy()
    quick["function_draws"] = "50"
    made = function_build.innovation(Evidence.of(answers=split), quick)
    scores = own(made, "function_scores")
    assert "verbindt alle clusters" in " ".join(score_blocks.profile(teller(), "F", scores, made.tables, 90).notes)
    assert "links all clusters" in " ".join(
        score_blocks.profile(teller(language="en"), "F", scores, made.tables, 90).notes
    )


def test_every_reason_of_the_model_has_its_text():
    text, reasons = Path(severity.__file__).read_text(encoding="utf-8"), score_blocks.WORDS["nl"]["reasons"]
    assert [reason for reason in reasons if reason not in text] == []
    assert text.count('return "') + text.count("_none(") - 2 == len(reasons) + 1  # with one for no reason


def test_what_is_published_is_told_and_unknown_is_not_low():
    about = teller("consumentenproducten")
    block = event_blocks.cited(about, "Gepubliceerd", cited())
    said = [[one.text for one in row.cells] for row in block.data.rows]
    assert (
        said[0] == ["onbekend", "niet genoemd"]
        and said[4] == ["laag", "niet genoemd"]
        and said[7] == ["onbekend", "ja"]
    )
    other = event_blocks.cited(teller("materialen"), "Gepubliceerd", cited())
    assert [len(row.cells) for row in other.data.rows] == [1] * 8  # no project of this cluster is published


# Through the pipeline. Only here, in a copy that is thrown away, are made-up answers without their mark.


@pytest.fixture
def asked(repository, synthetic, monkeypatch):
    """A copy of the repository in which people answered: the synthetic panel without its mark."""
    table = synthetic.assign(respondent=synthetic.respondent.str.removeprefix(f"{SYNTHETIC}-"))
    table["score"] = [f"{one:.0f}" if one == one else "unknown" for one in table.score]
    repository.edit("data/assumptions.csv", "function_draws,2000", "function_draws,200")
    repository.add("own/panel", "answers", ANSWER, table[ANSWER].to_numpy().tolist())
    repository.add("own/phase", "phases", PHASE, [["high-tech", "take-off", "panel", "2026-01-01"]])
    rows = history().assign(coder="a", date="2016-01-01", sign="+1")
    repository.add("own/history", "events", EVENT, rows.to_numpy().tolist())
    monkeypatch.setattr(region_build, "build", lambda so_far: Made())
    pipeline.write(pipeline.build("2020"))
    return repository


def test_answers_become_facts_and_blocks_with_their_source(asked):
    page = publication.open("cluster", "2020", "nl", "high-tech")
    fact = page.facts["function_f2/cluster/high-tech"]
    assert fact.status == "estimated" and fact.warnings == ("opinion",) and fact.low <= fact.value <= fact.high
    assert page.facts["function_f2/cluster/bouw-en-constructie"].sign == "."
    assert page.provenance.roots(fact.fact_id) == ("own/panel",)
    chart = page.functions.profile(nl="{subject}: functies", en="{subject}: functions")
    assert chart.source.startswith("A table of a user") and "Oordeel van respondenten" in " ".join(chart.notes)
    assert fact.fact_id in chart.facts and SYNTHETIC not in chart.model_dump_json()
    both = {"nl": "x", "en": "x"}
    for block in (page.functions.events(**both), page.functions.motors(**both), page.functions.motor(**both)):
        assert "A table of a user" in block.source
    others = [
        page.functions.heat(**both),
        page.functions.dialogue(**both),
        page.functions.motor(**both),
        page.functions.events(**both),
    ]
    assert None not in others and page.functions.not_asked(both, both) is None
    assert page.functions.cited(**both).source.startswith("Universiteit Utrecht")
    dialogue = others[1]
    assert any(UGLY in one.text for row in dialogue.data.rows for one in row.cells)
    shown = dialogue._repr_mimebundle_()["text/html"]
    assert "<script>" not in shown and "&lt;script&gt;" in shown
    assert {xlsx.number_format(one, "nl") for row in dialogue.data.rows for one in row.cells} == {None}  # no formula


def test_the_real_edition_says_what_is_missing():
    page = publication.open("cluster", "2020", "nl", "high-tech")
    both = {"nl": "Wat ontbreekt in {subject}", "en": "What is missing in {subject}"}
    assert (
        page.functions.profile(**both) is None
        and page.functions.heat(**both) is None
        and page.functions.dialogue(**both) is None
    )
    assert page.functions.motor(**both) is None and page.functions.events(**both) is None
    assert "High Tech" in page.functions.not_asked({"nl": "Wat ontbreekt", "en": "What is missing"}, both).text[0]


def test_synthetic_answers_do_not_reach_a_publication(repository, synthetic, upcm):
    table = synthetic.assign(score="3")[ANSWER].head(50)
    repository.add("own/panel", "answers", ANSWER, table.to_numpy().tolist())
    before = repository.state()
    status, _, problem = upcm("report", "--only", "cluster/high-tech")
    assert status == 2 and "synthetic answers may not be registered" in problem and repository.state() == before
