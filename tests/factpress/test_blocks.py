"""Blocks: what a notebook shows and what publishing reads back are the same."""

import json

import pytest
from pydantic import ValidationError

from factpress.blocks import (
    MIME,
    Block,
    Cell,
    Chart,
    Column,
    Data,
    KeyFigure,
    KeyFigures,
    Note,
    Row,
    Sentence,
    Table,
    read,
)

DATA = Data(
    stub="Provincie",
    columns=[Column(label="Banen", unit="x 1.000", decimals=0)],
    rows=[Row(label="Zeeland", cells=[Cell(text="17", value=17.4, fact="jobs_k/province/zeeland")], role="own")],
)
SOME = dict(language="nl", facts=["jobs_k/province/zeeland"], source="Werkwijze, par. 1.2.2", notes=["Toegerekend."])
BLOCKS = {
    "sentence": Sentence(text="Zeeland heeft 17.000 banen & <meer>.", lead=True, **SOME),
    "keyfigures": KeyFigures(
        items=[
            KeyFigure(
                label="Banen", figure="17.000", unit="banen", context=[Cell(text="2,8%", value=2.8, fact="y")], fact="x"
            )
        ],
        **SOME,
    ),
    "chart": Chart(
        title="Titel", subtitle="Banen", alt="Zeeland 17", data=DATA, pictures=["<svg/>", "<svg></svg>"], **SOME
    ),
    "table": Table(title="Titel", data=DATA, **SOME),
    "note": Note(title="Titel", text=["Een.", "Twee."], **SOME),
}


def shown(block):
    """What a notebook file holds of a block's output."""
    return json.loads(json.dumps(block._repr_mimebundle_()))


@pytest.mark.parametrize("kind", BLOCKS)
def test_what_is_shown_is_what_is_read_back(kind):
    block = BLOCKS[kind]
    assert block.kind == kind
    assert read(shown(block)) == block
    assert isinstance(block, Block) and set(shown(block)) >= {"text/plain", "text/html", MIME}


def test_pictures_travel_beside_the_data():
    """nbval compares the data, and leaves the pictures."""
    output = shown(BLOCKS["chart"])
    assert "pictures" not in output[MIME] and "<svg" not in json.dumps(output[MIME])
    assert output["image/svg+xml"].count("<svg") == 2
    assert "image/svg+xml" not in shown(BLOCKS["table"])


def test_a_notebook_may_hold_pictures_line_by_line():
    output = shown(BLOCKS["chart"])
    output["image/svg+xml"] = output["image/svg+xml"].splitlines(keepends=True)
    assert read(output) == BLOCKS["chart"]


def test_another_output_is_no_block():
    assert read({"text/plain": "17"}) is None


@pytest.mark.parametrize(
    "damage",
    [{"kind": "poem"}, {"language": "fr"}, {"colour": "red"}, {"text": None}],
    ids=lambda damage: next(iter(damage)),
)
def test_an_output_that_is_no_whole_block_is_refused(damage):
    output = shown(BLOCKS["sentence"])
    with pytest.raises(ValidationError):
        read({MIME: {**output[MIME], **damage}})


def test_text_is_escaped_in_html():
    html = shown(BLOCKS["sentence"])["text/html"]
    assert "&amp; &lt;meer&gt;" in html and "<meer>" not in html


def test_a_cell_leads_to_a_publication_on_a_page_and_is_text_elsewhere():
    cell = Cell(text="Nederland", href="national/nederland")
    data = DATA.model_copy(update={"rows": [Row(label="Deel", cells=[cell])]})
    html = shown(Table(title="Titel", data=data, **SOME))["text/html"]
    assert '<a href="../../national/nederland/index.html">Nederland</a>' in html
    assert "<a " not in shown(Table(title="Titel", data=DATA, **SOME))["text/html"]
