"""The document in an executed notebook: prose of its language and blocks, and first the sheet, in the order it is read."""

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from factpress import markup
from factpress.blocks import MIME, Sentence
from factpress.errors import InputError
from factpress.formats.document import Document, left_out, read

#: Tags of the sheet in the order in which they are read; no tag for the details.
PLACES = ["sheet", "sheet-left", "sheet-right", ""]


def words(text, *tags, language="nl"):
    return new_markdown_cell(text, id=text, metadata={"tags": [language, *filter(None, tags)]})


def block(text, *tags):
    output = new_output("execute_result", data={MIME: Sentence(language="nl", text=text).model_dump(mode="json")})
    return new_code_cell("page", id=text, outputs=[output], metadata={"tags": [*filter(None, tags)]})


def notebook(*cells):
    made = new_notebook(cells=list(cells))
    nbformat.validate(made)
    return made


SHEET = [
    block("lead", "sheet"),
    words("kop", "sheet-left"),
    block("links", "sheet-left"),
    words("rechts", "sheet-right"),
]


def texts(parts):
    return [part if isinstance(part, str) else part.text for part in parts]


def test_the_sheet_comes_first_and_the_details_after_it():
    said = read(notebook(new_code_cell("import", id="x"), *SHEET, words("meer"), block("einde")), "nl")
    assert [texts(said.on_sheet(where)) for where in ("top", "left", "right")] == [
        ["lead"],
        ["kop", "links"],
        ["rechts"],
    ]
    assert texts(said.details) == ["meer", "einde"]
    assert texts(said.parts) == ["lead", "kop", "links", "rechts", "meer", "einde"]


def test_without_a_sheet_everything_is_details():
    said = read(notebook(words("kop"), block("zin")), "nl")
    assert said.sheet == said.on_sheet("top") == () and said.details == said.parts


def test_prose_of_the_other_language_is_on_no_sheet():
    said = read(notebook(words("heading", "sheet", language="en"), *SHEET), "nl")
    assert texts(said.on_sheet("top")) == ["lead"]
    only_dutch = [words("heading", "sheet-right", language="en"), block("x", "sheet")]
    assert texts(read(notebook(*only_dutch), "nl").on_sheet("top")) == ["x"]


def test_a_cell_that_says_nothing_has_no_place():
    """A note that this subject does not need."""
    said = read(
        notebook(block("lead", "sheet"), new_code_cell("page.note()", id="x", metadata={"tags": ["sheet"]})), "nl"
    )
    assert said.sheet == ("top",)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PLACES), max_size=6))
def test_the_sheet_is_laid_out_in_the_order_it_is_read_and_else_refused(tags):
    made = notebook(*(block(f"b{number}", tag) for number, tag in enumerate(tags)))
    if tags == sorted(tags, key=PLACES.index):
        said = read(made, "nl")
        assert len(said.sheet) == sum(map(bool, tags)) and len(said.parts) == len(tags)
    else:
        with pytest.raises(InputError, match="does not stand where it is read") as error:
            read(made, "nl")
        assert error.value.parts["row"].endswith(" 'page'") and "left column" in error.value.parts["expected"]


def shown(source, kind="execute_result", **content):
    return new_code_cell(source, id=f"c{len(source)}", outputs=[new_output(kind, **content)])


def test_what_a_cell_shows_that_is_no_block_is_named_with_what_to_use():
    """By the number that Jupyter gives the cell where all are run; what papermill puts in is not counted."""
    page = markup.notebook_style() + "<p>province · 2020 · nl</p>"
    frame = {"text/plain": "   a\n0  1", "text/html": '<table border="1" class="dataframe">'}
    drawn = new_output("display_data", data={"image/png": "x", "text/plain": "<Figure>"})
    plotted = shown("plot()", data={"text/plain": "[<Line2D>]"})
    plotted.outputs.append(drawn)
    made = notebook(
        new_code_cell("edition = '2020'", id="p", metadata={"tags": ["injected-parameters"]}),
        shown("publication.open()", data={"text/html": page, "text/plain": "<province>"}),
        words("kop"),
        block("zin"),
        shown("page.facts.table\n", data=frame),
        plotted,
        shown("'Er zijn banen'", data={"text/plain": "'Er zijn banen'"}),
        shown("print(1)", "stream", name="stdout", text="1"),
        shown("warning()", "stream", name="stderr", text="careful"),
    )
    said = left_out(made)
    assert [one.partition(":")[0] for one in said] == [
        "cell [3] 'page.facts.table'",
        "cell [4] 'plot()'",
        "cell [5] \"'Er zijn banen'\"",
        "cell [6] 'print(1)'",
    ]
    assert "a DataFrame" in said[0] and "'comparison'" in said[0] and "a picture" in said[1]
    assert all("not on the page" in one and "docs/text.md" in one for one in said)


def test_a_document_has_its_sheet_in_facts_and_sources_too():
    one = Sentence(language="nl", text="a", facts=["x"], sources=["s"])
    assert Document("nl", (one, "b"), ("top",)).facts == ["x"] and Document("nl", (one,), ("top",)).sources == ["s"]
