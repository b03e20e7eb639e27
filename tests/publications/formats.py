"""The numbers of a publication read back from each of its formats."""

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pypdf


class Tables(HTMLParser):
    """The tables of a page: rows of (text, fact id) for every cell but the name of the row."""

    def __init__(self, html: str):
        super().__init__()
        self.tables: list[list[list[tuple[str, str]]]] = []
        self.open: list[bool] = []  # whether a table stands open on the page, and not behind a chart
        self.details = False
        self.cell: list[str] | None = None
        self.fact = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "details":
            self.details = True
        elif tag == "tbody":
            self.tables.append([])
            self.open.append(not self.details)
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag == "td":
            self.cell, self.fact = [], dict(attributes).get("data-fact", "")

    def handle_endtag(self, tag):
        if tag == "details":
            self.details = False
        elif tag == "td":
            self.tables[-1][-1].append(("".join(self.cell), self.fact))
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)


def html(folder: Path) -> tuple[list[list[list[tuple[str, str]]]], list[bool]]:
    """The tables of the page, as texts with their facts, and of each whether it stands open (on paper too)."""
    page = Tables((folder / "index.html").read_text(encoding="utf-8"))
    return [[row for row in table if row] for table in page.tables], page.open


def tables(folder: Path) -> list[list[list[str]]]:
    """The same tables as CSV, from the data package; without the key figures, which are no table on the page."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    found = []
    for resource in package["resources"]:
        path = folder / resource["path"]
        assert path.stat().st_size == resource["bytes"]
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        if resource["name"] != "facts" and resource["title"] not in ("Kerncijfers", "Key figures"):
            found.append([row[1:] for row in rows])
    return found


def sheets(path: Path) -> list[list[list]]:
    """The same tables from the workbook, in order: its sheets whose name begins with a number."""
    book = openpyxl.load_workbook(path)
    found = []
    for sheet in book.worksheets:
        if re.match(r"\d+ ", sheet.title) and sheet["A1"].value not in ("Kerncijfers", "Key figures"):
            rows = []
            for row in sheet.iter_rows(min_row=5):
                if row[0].value is None or (len(row) > 1 and all(cell.value is None for cell in row)):
                    break
                rows.append([cell.value for cell in row[1:]])
            found.append(rows)
    return found


def pdf_text(path: Path) -> str:
    """The text of the PDF without white space, because lines break where they like."""
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pypdf.PdfReader(path).pages))
