"""A publication that a screen reader can read, and faults put into it: each is caught without a browser."""

import re

import pikepdf
import pytest
from accessible import elements, html_faults, pdf_faults

from factpress.blocks import Cell, Chart, Column, Data, Row, Table
from factpress.formats import html as as_html
from factpress.formats import pdf as as_pdf
from factpress.formats.document import Document
from factpress.site.imprint import Imprint

DATA = Data(stub="Provincie", columns=[Column(label="Banen")], rows=[Row(label="Zeeland", cells=[Cell(text="4.713")])])
SAID = {"language": "nl", "source": "Werkwijze UPCM"}
CHART = Chart(
    title="Zeeland heeft de minste banen",
    subtitle="Banen, per provincie",
    alt="Staafdiagram van de banen per provincie: Zeeland 4.713.",
    data=DATA,
    pictures=['<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><path d="M 0 0 L 9 9"/></svg>'],
    **SAID,
)


@pytest.fixture
def built(tmp_path):
    """The folder of a page and a PDF in Dutch with a chart and a table."""
    document = Document("nl", ("## Banen", CHART, Table(title="Banen per provincie", data=DATA, **SAID)))
    imprint = Imprint("Zeeland", "province", "zeeland", "2020", "nl", "0" * 64)
    (tmp_path / "index.html").write_text(as_html.page(document, imprint), encoding="utf-8")
    (tmp_path / "zeeland.pdf").write_bytes(as_pdf.pdf(document, imprint))
    return tmp_path


def test_a_publication_as_it_is_made_has_no_faults(built):
    assert html_faults(built / "index.html", "nl") == []
    assert pdf_faults(built / "zeeland.pdf", "nl") == []


def picture_without_alternative_text(html):
    return re.sub(r'(role="img") aria-label="[^"]*"', r"\1", html, count=1)


def picture_with_a_placeholder(html):
    return re.sub(r'(role="img" aria-label=")[^"]*"', r'\1Grafiek"', html, count=1)


def picture_that_is_no_picture(html):
    return html.replace('role="img"', "", 1)


def picture_hidden_with_its_alternative_text(html):
    return html.replace('role="img"', 'role="img" aria-hidden="true"', 1)


def table_without_header_cells(html):
    start, end = html.index("<thead>"), html.index("</thead>")
    return html[:start] + re.sub(r"(</?)th\b", r"\1td", html[start:end]) + html[end:]


def table_without_names_of_rows(html):
    return re.sub(r'<th scope="row">(.*?)</th>', r"<td>\1</td>", html, count=1)


def page_without_language(html):
    return html.replace('<html lang="nl">', "<html>")


def page_in_another_language(html):
    return html.replace('<html lang="nl">', '<html lang="en">')


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (picture_without_alternative_text, "picture"),
        (picture_with_a_placeholder, "picture"),
        (picture_that_is_no_picture, "picture"),
        (picture_hidden_with_its_alternative_text, "picture"),
        (table_without_header_cells, "table"),
        (table_without_names_of_rows, "table"),
        (page_without_language, "language"),
        (page_in_another_language, "language"),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_fault_in_a_page_is_caught(built, damage, rule):
    path = built / "index.html"
    whole = path.read_text(encoding="utf-8")
    damaged = damage(whole)
    assert damaged != whole
    path.write_text(damaged, encoding="utf-8")
    assert [one.split(" | ")[0] for one in html_faults(path, "nl")] == [rule]


def header_cells_as_data_cells(pdf):
    for cell in of_kind(pdf, "/TH"):
        cell.S = pikepdf.Name.TD


def document_without_language(pdf):
    del pdf.Root.Lang


def document_in_another_language(pdf):
    pdf.Root.Lang = pikepdf.String("en")


def figure_without_alternative_text(pdf):
    del of_kind(pdf, "/Figure")[0].Alt


def figure_with_a_placeholder(pdf):
    of_kind(pdf, "/Figure")[0].Alt = pikepdf.String("Grafiek")


def document_without_tags(pdf):
    del pdf.Root.StructTreeRoot


def of_kind(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    found = [element for element in elements(pdf.Root.StructTreeRoot) if kind == element.S]
    assert found
    return found


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (header_cells_as_data_cells, "table"),
        (document_without_language, "language"),
        (document_in_another_language, "language"),
        (figure_without_alternative_text, "picture"),
        (figure_with_a_placeholder, "picture"),
        (document_without_tags, "tags"),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_fault_in_a_pdf_is_caught(built, damage, rule):
    path = built / "damaged.pdf"
    with pikepdf.open(built / "zeeland.pdf") as pdf:
        damage(pdf)
        pdf.save(path)
    assert [one.split(" | ")[0] for one in pdf_faults(path, "nl")] == [rule]


def test_what_only_a_browser_or_a_validator_sees():
    pytest.skip(
        "left out: contrast, focus, reflow, cut-off text, requests (browser) and PDF/UA (validators): run make a11y"
    )
