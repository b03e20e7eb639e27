"""Answers: read where they can be used, reported by cell where not, and never made up."""

import pytest

from factpress.errors import InputError
from upcm_analysis.topics.functions import contribution_sources, event_sources
from upcm_analysis.topics.functions import sources as function_sources
from upcm_analysis.topics.functions.sources import ANSWER
from upcm_analysis.topics.programme import form_sources

GOOD = ["r1", "company", "high-tech", "hekkert-mis", "F1", "F1-1", "3", "high", "Zie het rapport.", "2026-05-31"]
FILE = "data/raw/own/panel.csv"


def changed(**cells):
    return [cells.get(column, text) for column, text in zip(ANSWER, GOOD, strict=True)]


def registered(repository, *rows):
    repository.add("own/panel", "answers", ANSWER, rows)
    return function_sources.answers("2020")


def test_none_are_registered_here():
    assert (
        function_sources.answers("2020").empty
        and event_sources.events("2020").empty
        and event_sources.phases("2020").empty
    )


def test_answers_are_read_and_unknown_and_empty_have_no_score(repository):
    table = registered(repository, GOOD, changed(question="F1-2", score="unknown"), changed(question="F1-3", score=""))
    assert table.score.tolist()[0] == 3 and table.score.isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"score": "6"}, "score", "1 to 5"),
        ({"score": "0"}, "score", "1 to 5"),
        ({"score": "3.5"}, "score", "whole number"),
        ({"score": "3,5"}, "score", "whole number"),
        ({"score": "veel"}, "score", "unknown"),
        ({"score": "Onbekend"}, "score", "unknown, or nothing"),
        ({"function": "F9"}, "function", "F8"),
        ({"scheme": "bergek"}, "scheme", "hekkert-mis"),
        ({"question": "F1-9"}, "question", "diagnostic_questions.csv"),
        ({"question": "F2-1"}, "question", "a question on F1"),
        ({"cluster": "hightech"}, "cluster", "high-tech"),
        ({"stakeholder_type": "bedrijf"}, "stakeholder_type", "company"),
        ({"confidence": "hoog"}, "confidence", "high"),
        ({"respondent": "j.jansen@example.org"}, "respondent", "no name or e-mail"),
        ({"respondent": ""}, "respondent", "a pseudonym"),
        ({"date": "31-05-2026"}, "date", "2026-05-31"),
        ({"date": "2026-02-30"}, "date", "2026-05-31"),
    ],
)
def test_an_answer_that_cannot_be_used_is_named_by_file_row_and_column(repository, cells, column, expected):
    with pytest.raises(InputError) as raised:
        registered(repository, changed(question="F1-2"), changed(**cells))
    parts = raised.value.parts
    assert (parts["file"], parts["row"], parts["column"]) == (FILE, "3", column)
    assert parts["found"] == (next(iter(cells.values())) or "nothing") and expected in parts["expected"]


def test_a_question_answered_twice_counts_for_neither(repository):
    with pytest.raises(InputError, match=r"2 answers cannot be used[\s\S]*row:      2[\s\S]*question once"):
        registered(repository, GOOD, changed(score="4"))


def test_a_respondent_of_two_types_is_refused(repository):
    with pytest.raises(InputError, match="one type for a respondent"):
        registered(repository, GOOD, changed(question="F1-2", stakeholder_type="finance"))


@pytest.mark.parametrize(
    ("source", "name"), [("own/panel", "synthetic-01"), ("own/synthetic-panel", "r1"), ("synthetic/panel", "r1")]
)
def test_synthetic_answers_are_refused_by_their_respondents_and_by_their_file(repository, source, name):
    repository.add(source, "answers", ANSWER, [changed(respondent=name)])
    with pytest.raises(InputError, match="synthetic answers may not be registered"):
        function_sources.answers("2020")


def test_other_columns_are_refused(repository):
    repository.add("own/panel", "answers", [*ANSWER[:-1], "day"], [GOOD])
    with pytest.raises(InputError, match=r"other columns[\s\S]*panel.csv"):
        function_sources.answers("2020")


def test_the_battery_sheet_says_of_three_functions_that_its_contribution_is_unknown():
    cited = contribution_sources.cited("2020", form_sources.forms("2020", form_sources.SHEET))
    sheet = cited[cited.kind == contribution_sources.CONTRIBUTION].set_index("function").level
    said = ["Onbekend", "Hoog", "Hoog", "Hoog", "Laag", "Hoog", "Onbekend", "Onbekend"]
    assert sheet.to_dict() == {f"F{number}": level for number, level in enumerate(said, start=1)}
    found = cited[cited.kind == contribution_sources.BARRIER]
    assert found.function.tolist() == ["F4", "F7", "F8"] and (found.level == "").all() and (found.cluster == "").all()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [("Coordination\n", "Steering\n", "unknown function"), ("Coordination\n", "", "a missing row")],
)
def test_a_changed_list_of_barriers_is_refused(repository, old, new, found):
    repository.edit_raw("uu-circular-manufacturing/largest-barriers", old, new)
    with pytest.raises(InputError, match=found):
        contribution_sources.cited("2020", form_sources.forms("2020", form_sources.SHEET))


EVENT = ["e1", "2019-03-01", "high-tech", "hekkert-mis", "F2", "+1", "Report X", "coder-1"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([EVENT, EVENT], "coded twice"),
        ([EVENT, [*EVENT[:1], "2019-03-02", *EVENT[2:7], "coder-2"]], "more than one date"),
        ([[*EVENT[:5], "1", *EVENT[6:]]], "unknown sign: '1'"),
        ([[*EVENT[:4], "F9", *EVENT[5:]]], "unknown function: 'F9'"),
        ([["e1", "1 maart 2019", *EVENT[2:]]], "no date"),
        ([[*EVENT[:6], "", "coder-1"]], "not complete"),
        ([[*EVENT[:7], "synthetic-coder"]], "may not be registered"),
    ],
)
def test_events_that_cannot_be_used_are_refused(repository, rows, found):
    repository.add("own/history", "events", event_sources.EVENT, rows)
    with pytest.raises(InputError, match=found):
        event_sources.events("2020")


def test_events_and_phases_are_read(repository):
    repository.add("own/history", "events", event_sources.EVENT, [EVENT, [*EVENT[:5], "-1", "Report X", "coder-2"]])
    judged = [["high-tech", phase, "panel", "2020-01-01"] for phase in ("development", "take-off")]
    repository.add("own/phase", "phases", event_sources.PHASE, judged)
    assert event_sources.events("2020").sign.tolist() == [1, -1]
    assert event_sources.phases("2020").phase.tolist() == ["development", "take-off"]  # more than one for a cluster
