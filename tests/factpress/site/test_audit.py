"""Each fault that a block can have is named, with its publication, its place and a remedy; a sound document passes."""

import pytest

from factpress.blocks import Cell, Chart, Column, Data, Row, Table
from factpress.errors import InputError
from factpress.formats.document import Document
from factpress.site.audit import audit

ALT = "Staafdiagram: banen per provincie. Zeeland 17; Flevoland 15."
DATA = Data(stub="Provincie", columns=[Column(label="Banen")], rows=[Row(label="Zeeland", cells=[Cell(text="17")])])
CHART = Chart(
    language="nl",
    title="Zeeland heeft 2,8% van de banen",
    subtitle="Banen per provincie, × 1.000",
    alt=ALT,
    data=DATA,
    facts=["jobs_k/province/zeeland"],
    source="Werkwijze UPCM",
    sources=["werkwijze/provinces"],
    pictures=["<svg></svg>"],
)
TABLE = Table(
    language="nl",
    title="Banen",
    data=DATA,
    source="Werkwijze UPCM",
    sources=["werkwijze/provinces"],
    facts=["jobs_k/province/zeeland"],
)


def document(*parts):
    return Document("nl", ("## Omvang", *parts))


def changed(block, **damage):
    return block.model_copy(update=damage)


def test_a_sound_document_passes():
    audit(document(CHART, TABLE), "nl/province/zeeland")


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        (changed(CHART, alt=""), "no alternative text"),
        (changed(CHART, alt="  "), "no alternative text"),
        (changed(CHART, alt="Grafiek."), "placeholder"),
        (changed(CHART, alt="Banen per provincie"), "placeholder"),
        (changed(CHART, alt=CHART.title), "repeats its title"),
        (changed(CHART, title=""), "no title"),
        (changed(CHART, subtitle=""), "no subtitle"),
        (changed(CHART, sources=[]), "no source"),
        (changed(CHART, pictures=[]), "no picture"),
        (changed(CHART, pictures=["<svg></svg>"] * 2, captions=["een"]), "without a caption"),
        (changed(TABLE, sources=[]), "no source"),
        (changed(TABLE, title=" "), "no title"),
        (changed(TABLE, data=changed(DATA, stub="")), "column without a header"),
        (changed(TABLE, data=changed(DATA, columns=[Column(label="")])), "column without a header"),
        (changed(TABLE, data=changed(DATA, rows=[Row(label="", cells=[Cell(text="17")])])), "row without a name"),
        (changed(TABLE, data=changed(DATA, rows=[Row(label="Zeeland", cells=[])])), "rows of different length"),
    ],
)
def test_a_fault_is_named(block, fault):
    with pytest.raises(InputError, match=fault) as error:
        audit(document(TABLE, block), "nl/province/zeeland")
    parts = error.value.parts
    assert parts["file"] == "nl/province/zeeland" and parts["row"].startswith("block 2") and parts["remedy"]


def test_a_heading_that_skips_a_level_is_named():
    with pytest.raises(InputError, match="skips a level"):
        audit(Document("nl", (CHART,)), "nl/province/zeeland")
