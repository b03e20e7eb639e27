"""A document in each format: what is written comes back as it was, whatever it looks like."""

import csv
import io
import json
import re
from dataclasses import replace

import openpyxl
import pypdf
import pytest

from factpress.blocks import Cell, Chart, Column, Data, Note, Row, Sentence, Table
from factpress.facts import Facts, columns
from factpress.formats import csv as as_csv
from factpress.formats import html, pdf, xlsx
from factpress.formats.document import Document, Prose, printed_number, prose
from factpress.site.imprint import Imprint

IMPRINT = Imprint("Zeeland", "province", "zeeland", "2020", "nl", "0" * 64)
METHODS = {"ratio": {"name_nl": "het ene cijfer gedeeld door het andere"}}
#: Text that is a formula, a command, a tag or markup to some program.
NASTY = [
    "<script>alert(1)</script>",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "quote \" and ' quote",
    "#strong[x] $x^2$ `code` \\ *bold* _under_",
    "[link](http://example.org) ![x](y) ## no heading",
    "{{ 7 * 7 }} {% raw %}",
    "A very long name " * 12,
]
PICTURE = (
    '<svg viewBox="0 0 10 10" xmlns="http://www.w3.org/2000/svg"><path d="M 0 0 L 9 9" style="stroke: #000"/></svg>'
)


@pytest.fixture(scope="module")
def facts():
    import pandas as pd

    return Facts(pd.DataFrame(columns=columns()))


def document(text: str) -> Document:
    """A document that has the same text in every place where a text can stand."""
    data = Data(stub=text, columns=[Column(label=text, unit=text)], rows=[Row(label=text, cells=[Cell(text=text)])])
    common = {"language": "nl", "source": text, "notes": [text]}
    chart = Chart(title=text, subtitle=text, alt=text, data=data, pictures=[PICTURE], **common)
    blocks = [
        Sentence(text=text, **common),
        Note(title=text, text=[text], **common),
        Table(title=text, data=data, **common),
    ]
    return Document("nl", ("## Kop", *blocks, chart))


@pytest.mark.parametrize("text", NASTY)
def test_text_is_text_on_a_page(text):
    page = html.page(document(text), replace(IMPRINT, title=text))
    assert (
        "<script" not in page
        and 'href="http:' not in page
        and "49" not in re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    )


@pytest.mark.parametrize("text", NASTY)
def test_text_is_text_in_a_workbook(text, facts):
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx.workbook(document(text), replace(IMPRINT, title=text), facts, METHODS))
    )
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert sum(cell.value == text for cell in cells) >= 8
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    assert links and all(link.target is None and link.location for link in links)  # into the workbook, nowhere else


def test_the_tabs_of_a_workbook_have_names_that_are_whole_and_its_first_sheet_leads_to_all(facts):
    data = Data(
        stub="Productgroep van de vervolgfase",
        columns=[Column(label="Banen")],
        rows=[Row(label="F", cells=[Cell(text="1", value=1)])],
    )
    long = "Van de organisaties in Zeeland heeft 2,0% meer dan honderd personen"
    tables = [
        Table(language="nl", title=long, short="Organisaties: alle/groot", data=data),
        Table(language="nl", title="Clusters in cijfers", data=data),
        Table(language="nl", title=long, short="A name that is too long for a tab of it", data=data),
        Table(language="nl", title="Geheimhouding: de regel en wat die in deze editie doet", data=data),
    ]
    book = openpyxl.load_workbook(io.BytesIO(xlsx.workbook(Document("nl", tuple(tables)), IMPRINT, facts, METHODS)))
    assert book.sheetnames == [
        *("Inhoud", "Tekst", "1 Organisaties alle groot", "2 Clusters in cijfers", "3 Productgroep", "4 Geheimhouding"),
        "Feiten",
    ]
    links = {cell.value: cell.hyperlink.location for (cell,) in book["Inhoud"].iter_rows(max_col=1) if cell.hyperlink}
    assert links[f"1. {long}"] == "'1 Organisaties alle groot'!A1" and links[f"3. {long}"] == "'3 Productgroep'!A1"
    assert all(book[name]["A3"].hyperlink.location == "'Inhoud'!A1" for name in book.sheetnames[2:6])


@pytest.mark.parametrize("text", NASTY)
def test_text_is_text_on_paper(text):
    reader = pypdf.PdfReader(io.BytesIO(pdf.pdf(document(text), replace(IMPRINT, title=text))))
    # A line may break, and a hyphen or a space come with it.
    squeezed = re.sub(r"[\s\u00ad-]+", "", "".join(page.extract_text() for page in reader.pages))
    wanted = re.sub(r"[\s-]+", "", text)
    assert squeezed.count(wanted) >= 4
    assert reader.metadata.title.startswith(text)


@pytest.mark.parametrize("text", NASTY)
def test_text_is_text_in_csv(text, tmp_path):
    (tmp_path / "facts.csv").write_text("fact_id,value\n")
    as_csv.package(tmp_path, document(text), IMPRINT)
    package = json.loads((tmp_path / "datapackage.json").read_text())
    with (tmp_path / package["resources"][0]["path"]).open(newline="") as file:
        assert list(csv.reader(file))[1] == [text, text]
    assert all(re.fullmatch(r"[a-z0-9/.-]+", resource["path"]) for resource in package["resources"])


def test_a_format_gives_the_same_bytes_twice(facts):
    one = document("x")
    assert pdf.pdf(one, IMPRINT) == pdf.pdf(one, IMPRINT)
    assert xlsx.workbook(one, IMPRINT, facts, METHODS) == xlsx.workbook(one, IMPRINT, facts, METHODS)


def test_a_picture_without_alternative_text_makes_no_pdf():
    one = document("x")
    chart = one.blocks[-1].model_copy(update={"alt": ""})
    with pytest.raises(Exception, match="alt"):
        pdf.pdf(Document("nl", (*one.parts[:-1], chart)), IMPRINT)


def test_a_pdf_without_a_language_is_refused():
    with pytest.raises((KeyError, ValueError)):
        pdf.pdf(document("x"), replace(IMPRINT, language=""))


@pytest.mark.parametrize(
    ("text", "value", "language", "expected"),
    [
        ("1.103", 1102.5, "nl", (0, "")),
        ("2,8%", 2.796, "nl", (1, "%")),
        ("2.8%", 2.796, "en", (1, "%")),
        ("117.512 †", 117512, "nl", (0, " †")),
        ("9–11", 9, "nl", None),
        ("> 400", 400, "nl", None),
        (".", None, "nl", None),
        ("1,103", 1103, "nl", None),
        ("18", 17, "nl", None),  # a text that is not its value
    ],
)
def test_what_a_text_prints_of_its_value(text, value, language, expected):
    assert printed_number(Cell(text=text, value=value), language) == expected


def test_numbers_keep_their_print_in_a_workbook():
    assert xlsx.number_format(Cell(text="2,8%", value=2.796), "nl") == '#,##0.0"%"'
    assert xlsx.number_format(Cell(text="117.512 †", value=117512), "nl") == '#,##0" †"'
    assert xlsx.number_format(Cell(text="9–11", value=9), "nl") is None


def test_prose_is_headings_paragraphs_and_lists():
    assert list(prose("## Kop\n\nEen *alinea*\nop twee regels.\n\n- een\n- twee")) == [
        Prose("heading", "Kop", 2),
        Prose("paragraph", "Een alinea op twee regels."),
        Prose("list", items=("een", "twee")),
    ]
