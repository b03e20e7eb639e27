"""What a notebook says in words: what may be typed in it, and what stops the build."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from factpress.errors import InputError
from factpress.site import prose_checks


def cell(text, *tags):
    made = new_markdown_cell(text) if tags else new_code_cell(text)
    made.metadata = {"tags": list(tags)}
    return made


def sentence(nl, en="Words."):
    return cell(f"page.sentence(\n    nl={nl!r},\n    en={en!r},\n)")


NL, EN = cell("## Kop", "nl"), cell("## Heading", "en")


def check(*cells):
    given = new_code_cell("edition = '2020'", metadata={"tags": ["parameters"]})
    made = new_notebook(cells=[given])
    made.cells += cells
    prose_checks.check(made)


@pytest.mark.parametrize(
    "text",
    [
        "Er zijn {jobs_k} in {group.24.jobs_k}.",
        "SBI 38 en de CO₂ daarvan",
        "Hergebruik (R3) en F7, en R0 tot R9",
        "Begonnen in 2016, in 2030 klaar",
        "De jaren 2016–2020.",
        "page.overview, co2_kt en organisations_0_50",
    ],
)
def test_names_and_years_may_be_typed(text):
    check(sentence(text), sentence("Woorden.", text))
    if "{" not in text:
        check(cell(text, "nl"), cell("Words.", "en"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er zijn 17.000 banen.", "17.000"),
        ("There are 17,000 jobs.", "17,000"),
        ("Een daling van 15%.", "15"),
        ("Er zijn 2020 banen.", "2020"),
        ("Het is 2.020 meer", "2.020"),
        ("Een potentieel van 2030 kiloton CO₂", "2030"),
        ("R12 en F9", "12"),
        ("{jobs_k}, dus 3 meer", "3"),
    ],
)
def test_a_typed_figure_is_refused_in_either_language_and_in_prose(text, found):
    cells = [[sentence(text)], [sentence("Woorden.", text)]]
    cells += [] if "{" in text else [[cell(text, "nl"), EN], [NL, cell(text, "en")]]
    for made in cells:
        with pytest.raises(InputError, match="a typed figure") as refused:
            check(*made)
        assert refused.value.parts["found"] == text and found in text
        assert "{indicator}" in refused.value.parts["remedy"]
        assert refused.value.parts["row"] in ("cell [2] 'page.sentence('", f"Markdown cell {text!r}")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Kleur #ff0000", "a typed colour"),
        ("Zie data/raw/tabel.csv", "a typed path"),
        ("Zie ./plaatjes/a", "a typed path"),
        ("Er zijn {jobs_k}.", "a placeholder in prose"),
        ("Er zijn {jobs_k.", "a placeholder in prose"),
        ("Er zijn jobs_k}.", "a placeholder in prose"),
    ],
)
def test_what_else_does_not_belong_in_prose_is_refused(text, problem):
    with pytest.raises(InputError, match=problem):
        check(cell(text, "nl"), cell("Words.", "en"))


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ([NL], "not in both languages"),
        ([EN, NL], "not in both languages"),
        ([NL, EN, NL], "not in both languages"),
        ([NL, cell("## Heading", "en", "left")], "not in both languages"),
        ([cell("Woorden", "left"), EN], "not in both languages"),
        ([cell("## Kop", "nl", "shet"), cell("## Heading", "en", "shet")], "not in both languages"),
        ([NL, cell("### Heading", "en")], "differs between the languages"),
        ([NL, cell("## Heading\n\n- one", "en")], "differs between the languages"),
    ],
)
def test_prose_comes_in_pairs(cells, problem):
    with pytest.raises(InputError, match=problem):
        check(*cells)


def test_prose_comes_in_as_many_languages_as_there_are(monkeypatch):
    monkeypatch.setattr(prose_checks, "LANGUAGES", ("nl", "en", "de"))
    prose_checks._fault.cache_clear()
    check(NL, EN, cell("## Überschrift", "de"))
    with pytest.raises(InputError, match="not in both languages") as refused:
        check(NL, EN)
    assert refused.value.parts["found"] == "tags nl, and of the next en, and of the next none"
    with pytest.raises(InputError, match="the same in both languages"):
        check(cell("## Kop", "nl"), cell("## How it is made", "en"), cell("## How it is made", "de"))
    prose_checks._fault.cache_clear()


@pytest.mark.parametrize("text", ["De banen in deze provincie.", "{subject} heeft {jobs_k} en is de eerste"])
def test_the_same_words_in_both_languages_are_refused(text):
    cells = [[sentence(text, text)], [cell(f"page.note(title={{'nl': {text!r}, 'en': {text!r}}}, text=x)")]]
    cells += [] if "{" in text else [[cell(f"## {text}\n", "nl"), cell(f"## {text}", "en")]]
    for made in cells:
        with pytest.raises(InputError, match="the same in both languages") as refused:
            check(*made)
        assert text in refused.value.parts["found"] and "translate" in refused.value.parts["remedy"]


@pytest.mark.parametrize(
    "text", ["{subject}: {jobs_k}", "CO₂ per {jobs_k:name} in SBI 24", "Tata Steel", "Export per sector"]
)
def test_names_may_be_the_same_in_both_languages(text):
    check(sentence(text, text), cell(f"page.note(title={{'nl': {text!r}, 'en': {text!r}}}, text=x)"))
    if "{" not in text:
        check(cell(text, "nl"), cell(text, "en"))


def test_an_f_string_is_refused_for_what_it_prints_is_no_fact():
    with pytest.raises(InputError, match="a text that is an f-string") as refused:
        check(NL, EN, cell("page.sentence(nl=f'In {province}', en='In {subject}')"))
    assert refused.value.parts["row"].startswith("cell [2] ") and "take away the f" in refused.value.parts["remedy"]
    check(NL, EN, cell("page.ranking(f'{code}_share', nl='Aandelen', en='Shares')"))


def test_what_is_in_pairs_passes_and_what_is_no_python_is_no_text():
    check(cell("%matplotlib inline\n17"), NL, EN, cell("- een", "nl", "right"), cell("- one", "en", "right"))
