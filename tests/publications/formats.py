"""The numbers of a publication read back from each of its formats, and compared."""

import csv
import io
import json
import math
import re
from functools import cache
from html import unescape
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
            self.details = dict(attributes).get("class") != "folded"  # what is folded is on paper
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
        if path.stat().st_size != resource["bytes"]:
            raise ValueError(f"{path.name} has other bytes than the data package says")
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
    return squeezed("".join(paper(path)))


def paper(path: Path) -> tuple[str, ...]:
    """The text of a PDF, page by page: read once, whoever asks."""
    return _paper(path.read_bytes())


@cache
def _paper(content: bytes) -> tuple[str, ...]:
    return tuple(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def squeezed(text: str) -> str:
    """A text without white space."""
    return re.sub(r"\s+", "", text)


def disagreements(folder: Path, facts: dict[str, float]) -> list[str]:
    """Where the formats of a publication differ from each other or from the facts: page, CSV, workbook and PDF."""
    subject = folder.name
    (shown, is_open), plain, book = html(folder), tables(folder), sheets(folder / f"{subject}.xlsx")
    paper = pdf_text(folder / f"{subject}.pdf")
    found = []
    if (
        not [[len(row) for row in t] for t in shown]
        == [[len(row) for row in t] for t in plain]
        == [[len(row) for row in t] for t in book]
    ):
        return ["the formats have tables of different shape"]
    for number, (table, there, csv_table, sheet) in enumerate(zip(shown, is_open, plain, book, strict=True), start=1):
        cells = [cell for rows in zip(table, csv_table, sheet, strict=True) for cell in zip(*rows, strict=True)]
        for (text, fact), in_csv, in_book in cells:
            at = f"table {number}, {fact or text}"
            value = numeric(in_csv)
            if value is not None and fact and not math.isclose(value, facts[fact], rel_tol=1e-9):
                found.append(f"{at}: {in_csv} in CSV is not the fact {facts[fact]}")
            if value is not None and not says(text, value):
                found.append(f"{at}: the page says {text}, the CSV {in_csv}")
            if isinstance(in_book, int | float):
                if value is None or not math.isclose(in_book, value, rel_tol=1e-9):
                    found.append(f"{at}: {in_book} in the workbook, {in_csv} in CSV")
            elif not (in_book or "") == text == in_csv:
                found.append(f"{at}: {text!r} on the page, {in_book!r} in the workbook, {in_csv!r} in CSV")
            if there and re.sub(r"\s+", "", text) not in paper:
                found.append(f"{at}: {text} is not in the PDF")
    return found


def titles(folder: Path) -> dict[str, str]:
    """What each format calls its subject, and what the facts that it comes with are about."""
    files = {path.suffix: path for path in folder.iterdir() if path.suffix in (".pdf", ".xlsx")}
    page = (folder / "index.html").read_text(encoding="utf-8")
    heading = re.sub(
        r'<span class="kind">.*?</span>|<[^>]+>', "", re.search(r"<title>.*?</title>", page).group()
    ).partition(" – ")[0]
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return {
        "page": unescape(heading).strip(),
        "pdf": pypdf.PdfReader(files[".pdf"]).metadata.title.partition(" – ")[0],
        "workbook": openpyxl.load_workbook(files[".xlsx"], read_only=True).worksheets[0]["A2"].value,
        "data package": package["title"].rpartition(": ")[2],
    }


def numeric(in_csv: str) -> float | None:
    """The number in a cell of a CSV file; None where it is text."""
    try:
        return float(in_csv)
    except ValueError:
        return None


def says(text: str, value: float) -> bool:
    """Whether a printed text, in either notation, is a rounding of a value."""
    digits = re.sub(r"[^\d.,]", "", text)
    candidates = []
    for thousands, point in ((".", ","), (",", ".")):
        whole, _, decimals = digits.replace(thousands, "").partition(point)
        if whole.isdigit() and (decimals.isdigit() or not decimals):
            candidates.append((float(f"{whole}.{decimals or 0}"), 0.5000001 * 10 ** -len(decimals)))
    return any(abs(one - value) <= slack for one, slack in candidates)
