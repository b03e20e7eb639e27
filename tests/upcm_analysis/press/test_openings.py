"""What opens a page: rounded figures with their marks, a message in place of the title, lines of key figures, one caveat."""

import pytest

from factpress.blocks import Certainty, Chart, Column, Data, Headline, KeyFigure, KeyFigures, Line, Row, Sentence
from factpress.dimensions import Subject
from factpress.facts import Fact
from factpress.formats.document import Document, once
from factpress.markup import marked
from factpress.wording import marks, roughly


def fact(value, indicator="co2_kt", unit="ktCO2", status="published", warnings=(), **more):
    ends = {"low": value, "high": value} | more
    return Fact(
        f"{indicator}/nl", indicator, Subject(), value, ends["low"], ends["high"], unit, status, "", "as-printed", (), "2020",
        tuple(warnings),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (24170, "ktCO2", "24 megaton CO₂"),
        (1993, "ktCO2", "1,99 megaton CO₂"),
        (999.6, "ktCO2", "1 megaton CO₂"),
        (770, "ktCO2", "770 kiloton CO₂"),
        (74, "ktCO2", "74 kiloton CO₂"),
        (51125, "MEUR", "51 miljard euro"),
        (1355, "MEUR", "1,36 miljard euro"),
        (42720, "organisation", "43.000 organisaties"),
        (1, "organisation", "1 organisatie"),
        (608, "kjob", "608.000 banen"),
        (17.1, "percent", "17%"),
        (0.7, "percent", "0,7%"),
        (-0.04, "kgCO2/EUR", "−0,040 kg CO₂ per euro"),
    ],
)
def test_running_text_has_two_digits_and_three_after_a_one(value, unit, said):
    assert roughly(fact(value, unit=unit), "nl").replace("\u00a0", " ") == said


def test_what_is_zero_or_unknown_is_not_rounded():
    assert roughly(fact(0.0), "nl").startswith("0")
    unknown = fact(float("nan"))
    assert roughly(unknown, "nl") == "onbekend"


def test_a_mark_says_what_kind_of_figure_it_is():
    assert marks(fact(1.0)) == "" and marks(fact(1.0, status="derived")) == ""
    assert marks(fact(1.0, status="estimated")) == "≈"
    assert marks(fact(1.0, status="allocated", warnings=["allocated", "programme-estimate"])) == "~^"
    assert roughly(fact(770.0, warnings=["allocated"]), "nl").endswith("CO₂~")


def test_a_mark_is_told_to_who_listens_and_nothing_else_is_taken_for_one():
    html = marked("74 kiloton~^ & ~ los", "nl")
    assert '<sup class="mark" aria-hidden="true">~^</sup>' in html and "; schatting van het programma)" in html
    assert html.endswith(" &amp; ~ los") and marked("niets < hier", "nl") == "niets &lt; hier"


STRIP = Certainty(language="nl", title="Hoe zeker?", text="Toegerekend.", legend=[("~", "toegerekend")])
ALLOCATED = "Toegerekend, geen waarneming in de provincie."


def chart(*notes, sources=("a/t",)):
    data = Data(stub="x", columns=[Column(label="y")], rows=[Row(label="z", cells=[])])
    return Chart(
        language="nl",
        title="t",
        subtitle="s",
        alt="a",
        data=data,
        notes=list(notes),
        source="Boek A",
        sources=list(sources),
    )


def test_a_caveat_stands_once_on_a_page_that_says_how_certain_it_is():
    first, second, other = chart(ALLOCATED, "Let op."), chart("Let op.", "Nog iets."), chart(sources=("b/t",))
    parts = once([STRIP, first, second, other])
    assert [part.notes for part in parts[1:]] == [["Let op."], ["Nog iets."], []]
    assert [part.source for part in parts[1:]] == ["", "", "Boek A"], "of another document than the page"


def test_without_that_every_block_keeps_its_own():
    first = chart(ALLOCATED)
    assert once([first])[0].notes == [ALLOCATED] and first.source == "Boek A"


def test_a_page_is_in_runs_of_columns_and_its_message_is_its_title():
    parts = (Headline(language="nl", text="Kop"), "## A", "## B", "## C", "## D", "## E")
    document = Document("nl", parts, ("", "", "left", "right", "left", "folded"))
    assert document.headline.text == "Kop"
    assert document.sections == [
        ("", ("## A",), ()), ("columns", ("## B",), ("## C",)), ("columns", ("## D",), ()), ("folded", ("## E",), ()),
    ]  # fmt: skip


def test_key_figures_stand_in_their_lines():
    items = [KeyFigure(label=one, figure="1", unit="", context=[], fact=f"{one}/nl") for one in ("a", "b", "c")]
    block = KeyFigures(language="nl", items=items, lines=[Line(label="Nu", count=2), Line(label="Straks", count=1)])
    assert [(name, [one.label for one in of]) for name, of in block.by_line] == [("Nu", ["a", "b"]), ("Straks", ["c"])]
    assert Sentence(language="nl", text="x").lead is False
