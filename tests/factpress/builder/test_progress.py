"""What a build says: a line each without a terminal, a bar with one, and everything in a log that stays."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from factpress.builder.progress import LOGS, Report
from factpress.builder.run import Outcome
from factpress.site.plan import Publication


def publication(subject: str) -> Publication:
    return Publication("2020", "nl", "province", subject, Path("province.ipynb"), ())


NOTE = "province.ipynb, cell [8] 'table': a DataFrame is in the notebook, not on the page"
OUTCOMES = [
    Outcome(publication("groningen"), "built", seconds=1.0, notes=(NOTE,)),
    Outcome(publication("fryslan"), "built", seconds=4.0, notes=(NOTE,)),
    Outcome(publication("drenthe"), "failed", "province.ipynb: ValueError: no", 0.5, "Traceback:\n  all of it"),
    Outcome(publication("zeeland"), "built", seconds=2.0),
    Outcome(publication("limburg"), "built", seconds=3.0),
    Outcome(publication("utrecht"), "current"),
]


def report(repository, terminal: bool) -> tuple[Report, str]:
    room = io.StringIO()
    with Report("2020", len(OUTCOMES), Console(file=room, force_terminal=terminal, width=100)) as made:
        for outcome in OUTCOMES:
            made.seen(outcome)
    made.close()
    return made, room.getvalue()


def test_without_a_terminal_there_is_a_line_for_each_that_was_not_current(repository):
    _, said = report(repository, terminal=False)
    assert said.splitlines() == [
        "1/6 built nl/province/groningen 1.0 s",
        "2/6 built nl/province/fryslan 4.0 s",
        "3/6 failed nl/province/drenthe 0.5 s",
        "4/6 built nl/province/zeeland 2.0 s",
        "5/6 built nl/province/limburg 3.0 s",
    ]


def test_in_a_terminal_there_is_a_bar_and_no_line_stays(repository):
    _, said = report(repository, terminal=True)
    assert "1/6 built" not in said and "\x1b[" in said and "1 failed" in said


def test_at_the_end_it_counts_and_names_the_slowest_and_what_failed(repository):
    made, _ = report(repository, terminal=False)
    assert made.counts == "6 publications: 4 built, 1 current, 1 failed"
    assert made.slowest == ("slowest: nl/province/fryslan 4.0 s, nl/province/limburg 3.0 s, nl/province/zeeland 2.0 s")
    assert made.failures == ["province/drenthe (nl): province.ipynb: ValueError: no"]


def test_a_note_is_told_once_for_all_publications_of_a_template(repository):
    made, _ = report(repository, terminal=False)
    assert made.notes == [NOTE] and made.log.read_text(encoding="utf-8").count(f"note: {NOTE}") == 2
    assert [one["notes"] for one in json.loads(made.json())["publications"] if "notes" in one] == [[NOTE], [NOTE]]


def failed(subject: str, language: str, reason: str) -> Outcome:
    return Outcome(Publication("2020", language, "province", subject, Path("province.ipynb"), ()), "failed", reason)


def test_what_failed_alike_is_told_once_with_its_languages(repository):
    made = Report("2020", 9, Console(file=io.StringIO()))
    made.outcomes = [failed("zeeland", "en", "a"), failed("drenthe", "nl", "b"), failed("zeeland", "nl", "a")]
    assert made.failures == ["province/zeeland (nl, en): a", "province/drenthe (nl): b"]
    made.outcomes += [failed(name, "nl", "a") for name in ("drenthe", "limburg", "utrecht", "groningen")]
    first = "province/zeeland (nl, en), province/drenthe (nl), province/limburg (nl) and 2 more: a"
    assert made.failures == [first, "province/drenthe (nl): b"]


def test_the_log_has_the_whole_of_what_went_wrong(repository):
    made, _ = report(repository, terminal=False)
    text = made.log.read_text(encoding="utf-8")
    assert (
        "failed nl/province/drenthe 0.5 s province.ipynb: ValueError: no\nTraceback:\n  all of it\n" in text
        and "current nl/province/utrecht" in text
    )
    assert made.counts in text and made.slowest in text


def test_machines_get_json(repository):
    made, _ = report(repository, terminal=False)
    found = json.loads(made.json())
    assert found["edition"] == "2020" and (repository.root / found["log"]).is_file()
    assert [one["state"] for one in found["publications"]] == [outcome.state for outcome in OUTCOMES]
    (failed,) = [one for one in found["publications"] if "reason" in one]
    assert failed["folder"] == "nl/province/drenthe" and failed["reason"] == "province.ipynb: ValueError: no"


@pytest.mark.parametrize("runs", [LOGS + 3])
def test_old_logs_go(repository, runs):
    logs = [report(repository, terminal=False)[0].log for _ in range(runs)]
    assert [log for log in logs if log.exists()] == logs[-LOGS:]
