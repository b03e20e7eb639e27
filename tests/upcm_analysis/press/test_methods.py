"""Methods: an id that stays, a status and a label in each language at the function; what lacks one is refused by its place."""

from pathlib import Path

import pytest

from factpress import methods
from factpress.errors import InputError, UnknownName
from factpress.methods import method, method_of, named
from upcm_analysis.topics.figures import impact

LABELS = {"nl": "de helft", "en": "half"}


@pytest.fixture(autouse=True)
def apart(monkeypatch):
    """What a test registers is forgotten after it."""
    monkeypatch.setattr(methods, "_METHODS", dict(methods._METHODS))


def half(figures):
    """Halve figures: value = value / 2.

    More is not its formula.
    """


def test_a_method_says_what_its_results_are():
    assert method("half", status="derived", **LABELS)(half) is half
    made = method_of(half)
    assert (made.id, made.status, made.label) == ("half", "derived", LABELS)
    assert made.formula == "Halve figures: value = value / 2."
    assert named("half") is made and methods.methods()["half"] is made


@pytest.mark.parametrize(
    ("said", "message", "found"),
    [
        (LABELS, "without a status", "none"),
        ({**LABELS, "status": "guessed"}, "without a status", "guessed"),
        ({"status": "derived", "nl": "de helft"}, "without a label in every language", "nl"),
        ({"status": "derived", "nl": "de helft", "en": ""}, "without a label in every language", "nl"),
        ({"status": "derived"}, "without a label in every language", "none"),
    ],
)
def test_a_method_that_does_not_say_it_is_refused_by_its_place(said, message, found):
    with pytest.raises(InputError, match=message) as error:
        method("half", **said)(half)
    parts = error.value.parts
    assert Path(str(parts["file"])).name == "test_methods.py" and parts["row"] == half.__code__.co_firstlineno
    assert parts["found"] == found and parts["expected"] and parts["remedy"]


def test_two_functions_with_one_id_are_refused():
    with pytest.raises(InputError, match="two methods with one id") as error:
        method("share", status="derived", **LABELS)(half)
    assert impact.share.__name__ in error.value.parts["expected"]


def test_facts_of_a_function_that_is_no_method_are_refused():
    with pytest.raises(InputError, match="no method") as error:
        method_of(lambda figures: figures)
    assert "@method(" in error.value.parts["remedy"]


def test_an_unknown_method_is_named_with_the_nearest():
    with pytest.raises(UnknownName, match="shares") as error:
        named("shares", file="rules.csv", row="one", column="method")
    assert "share" in str(error.value)
