"""Blocks: what a notebook shows and what publishing reads back are the same."""

import json

import pytest
from pydantic import ValidationError

from factpress.blocks import (
    MIME,
    Block,
    Board,
    Cell,
    Chart,
    Column,
    Data,
    Item,
    KeyFigure,
    KeyFigures,
    Lane,
    Note,
    Row,
    Sentence,
    Spot,
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
    "board": Board(
        title="Titel",
        upright=True,
        places=["nu", "straks"],
        lanes=[
            Lane(label="Eén", spots=[Spot(items=[Item(label="a", text="3", state="measured")]), Spot(items=[])]),
            Lane(label="Twee", spots=[Spot(items=[Item(label="b", text=""), Item(label="c", text="?")], span=2)]),
        ],
        key={"measured": "gemeten: 1"},
        axes=("Wanneer", "Wat"),
        nothing="niets",
        **SOME,
    ),
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


def test_a_board_is_a_table_too_a_lane_a_column_where_it_stands_upright_and_else_a_row():
    upright = BLOCKS["board"]
    data = upright.data
    assert [column.label for column in data.columns] == ["Eén", "Twee"] and data.stub == "Wanneer"
    texts = [(row.label, [cell.text for cell in row.cells]) for row in data.rows]
    assert texts == [("nu", ["a: 3", "b\nc: ?"]), ("straks", ["niets", "b\nc: ?"])]
    lying = upright.model_copy(update={"upright": False}).data
    assert [(row.label, row.cells[1].text) for row in lying.rows] == [("Eén", "niets"), ("Twee", "b\nc: ?")]
    assert [column.label for column in lying.columns] == upright.places and lying.stub == "Wat"
