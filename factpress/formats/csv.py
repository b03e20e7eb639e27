"""A document as CSV: one file a table, described in a Frictionless data package."""

import csv
import hashlib
import json
import re
import unicodedata
from functools import cache
from pathlib import Path

from factpress.blocks import Cell, Column, Data
from factpress.facts import described
from factpress.formats.document import Document, printed_number
from factpress.site.imprint import Imprint

FACTS = "facts.csv"
NUMBERS = {"value", "low", "high"}
LICENCE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}


def package(room: Path, document: Document, imprint: Imprint) -> None:
    """Writes the tables of a document into `tables/`, and `datapackage.json`, which describes them and `facts.csv`."""
    (room / "tables").mkdir()
    resources = []
    for number, (block, title, subtitle, data) in enumerate(document.tables, start=1):
        name = f"{number:02d}-{slug(title)}"
        path = room / "tables" / imprint.file(f"{name}.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([data.stub, *(_header(column) for column in data.columns)])
            writer.writerows([row.label, *(_value(one, imprint.language) for one in row.cells)] for row in data.rows)
        described = {
            "title": title,
            "description": " ".join([subtitle, *block.notes]).strip(),
            "sources": [block.source],
        }
        resources.append(resource(path, room, name, _fields(data, imprint.language), described))
    facts = room / imprint.file(FACTS)
    fields = fact_fields(facts, imprint.language)
    resources.append(resource(facts, room, "facts", fields, {"title": imprint.words["files"], "sources": []}))
    content = {
        "profile": "tabular-data-package",
        "name": f"{imprint.kind}-{imprint.subject}-{imprint.language}-{imprint.edition}",
        "title": f"{imprint.words['kicker']}: {imprint.title}",
        "description": f"{imprint.citation} {imprint.words['rounding']}",
        "version": imprint.short_version,
        "licenses": [LICENCE],
        "resources": resources,
    }
    (room / "datapackage.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def fact_fields(path: Path, language: str) -> list[dict]:
    """The fields of a table of facts: the type of each column and what stands in it."""
    said = described(language)
    return [
        {"name": name, "type": "number" if name in NUMBERS else "string", "description": said[name]}
        for name in header(path)
    ]


def header(path: Path) -> list[str]:
    """The names of the columns of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


@cache
def slug(text: str) -> str:
    """A text as part of a file name: lower case letters and digits, at most 48 characters, cut between words.

    >>> slug("CH₄ per euro: één rangorde!")
    'ch4-per-euro-een-rangorde'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    parts = re.findall(r"[a-z0-9]+", plain)
    name = ""
    for part in parts:
        if len(name) + len(part) > 48:
            break
        name = f"{name}-{part}" if name else part
    return name or "table"


def _header(column: Column) -> str:
    return f"{column.label} ({column.unit})" if column.unit else column.label


def _value(one: Cell, language: str) -> str:
    """A number at full precision with a decimal point; anything else as it is printed."""
    return one.text if printed_number(one, language) is None else f"{one.value:.12g}"


def _fields(data: Data, language: str) -> list[dict]:
    fields = [{"name": data.stub, "type": "string"}]
    for index, column in enumerate(data.columns):
        cells = [row.cells[index] for row in data.rows]
        number = column.number and all(printed_number(one, language) or not one.text for one in cells)
        fields.append({"name": _header(column), "type": "number" if number else "string"})
    return fields


def resource(path: Path, room: Path, name: str, fields: list[dict], described: dict) -> dict:
    """A table in the folder `room` as a resource of its data package."""
    content = path.read_bytes()
    sources = [{"title": source} for source in described.pop("sources") if source]
    return {
        "name": name,
        **described,
        **({"sources": sources} if sources else {}),
        "path": path.relative_to(room).as_posix(),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
    }
