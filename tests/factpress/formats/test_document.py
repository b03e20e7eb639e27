"""The document in an executed notebook: prose of its language and blocks, in columns or folded, in the order it is read."""

import nbformat
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from factpress import markup
from factpress.blocks import MIME, Headline, Sentence
from factpress.formats.document import Document, left_out, read


def words(text, *tags, language="nl"):
    return new_markdown_cell(text, id=text, metadata={"tags": [language, *filter(None, tags)]})


def block(text, *tags):
    output = new_output("execute_result", data={MIME: Sentence(language="nl", text=text).model_dump(mode="json")})
    return new_code_cell("page", id=text, outputs=[output], metadata={"tags": [*filter(None, tags)]})


def notebook(*cells):
    made = new_notebook(cells=list(cells))
    nbformat.validate(made)
    return made


def texts(parts):
    return [part if isinstance(part, str) else part.text for part in parts]


def sections(made):
    return [(kind, texts(left), texts(right)) for kind, left, right in read(made, "nl").sections]


def test_what_has_no_place_is_one_section():
    assert sections(notebook(words("kop"), block("zin"))) == [("", ["kop", "zin"], [])]


def test_columns_stand_beside_each_other_and_what_is_folded_apart():
    made = notebook(
        block("begin"),
        words("kop", "left"),
        block("links", "left"),
        words("rechts", "right"),
        block("tabel", "folded"),
        block("einde"),
    )
    assert sections(made) == [
        ("", ["begin"], []),
        ("columns", ["kop", "links"], ["rechts"]),
        ("folded", ["tabel"], []),
        ("", ["einde"], []),
    ]


def test_a_left_column_after_a_right_one_begins_another_section():
    made = notebook(block("a", "left"), block("b", "right"), block("c", "left"), block("d", "right"))
    assert sections(made) == [("columns", ["a"], ["b"]), ("columns", ["c"], ["d"])]


def test_prose_of_the_other_language_and_a_cell_that_says_nothing_have_no_place():
    """Such as a note that this subject does not need."""
    silent = new_code_cell("page.note()", id="x", metadata={"tags": ["right"]})
    made = notebook(block("a", "left"), words("heading", "left", language="en"), silent, block("b", "right"))
    assert sections(made) == [("columns", ["a"], ["b"])]


def test_the_headline_stands_in_no_section():
    headline = Headline(language="nl", text="Boodschap")
    said = Document("nl", ("a", headline, "b"))
    assert said.headline == headline and said.sections == [("", ("a", "b"), ())]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["", "left", "right", "folded"]), max_size=8))
def test_every_part_stands_once_in_the_order_it_is_read(tags):
    names = [f"b{number}" for number in range(len(tags))]
    made = notebook(*(block(name, tag) for name, tag in zip(names, tags, strict=True)))
    found = sections(made)
    assert sorted(name for _, left, right in found for name in (*left, *right)) == names
    assert [name for _, left, _ in found for name in left] == [
        n for n, t in zip(names, tags, strict=True) if t != "right"
    ]


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


def test_a_document_has_the_facts_and_sources_of_all_its_columns():
    one = Sentence(language="nl", text="a", facts=["x"], sources=["s"])
    assert Document("nl", (one, "b"), ("left", "")).facts == ["x"] and Document("nl", (one,), ("left",)).sources == [
        "s"
    ]
