"""Origins: of every figure of a publication the source, method and status, in a line to read and a page to follow it on.

A printed figure leads to the page of its source, where the table stands as printed with that cell marked. Any other
leads to the page of origins of its publication, which gives its method and leads on to every printed figure behind it.
"""

from collections import Counter

import pandas as pd

from factpress.codelists import entries
from factpress.dimensions import Subject, dimensions, fact_id
from factpress.editions import PUBLISHED, parts
from factpress.facts import Fact
from factpress.formats import html
from factpress.formats.csv import slug
from factpress.formats.document import Document
from factpress.provenance import NOT_STATED, Provenance
from factpress.publisher import publisher
from factpress.site.imprint import Imprint
from factpress.texts import texts
from factpress.wording import ODD, amount, band, ends, figure, header, label
from factpress.wording.figures import WORDS as SAID

#: The file beside a page, and the folder of the sources beside the kinds of publication.
FILE, FOLDER = "origin.html", "source"
#: Of more printed numbers than this the tables are named: nobody follows them one by one.
MANY = 60
WORDS = texts(__name__)


class Origins:
    """Where figures come from, in one language; addresses are relative to the folder of a publication."""

    def __init__(self, provenance: Provenance, language: str):
        self.provenance, self.language, self.words = provenance, language, WORDS[language]

    def of(self, names: list[str]) -> dict[str, dict]:
        """Of each fact a line that says its origin (`text`), where that can be followed (`href`), an `id` and how to `ask`."""
        return {
            name: {"text": self.line(name), "href": self.href(name), "id": f"o{at}", "ask": self.words["ask"]}
            for at, name in enumerate(names)
        }

    def line(self, name: str) -> str:
        """The origin of a fact in one line: status and method, source, rounding, warnings."""
        fact = self.provenance.facts[name]
        parts = [self.label(fact), self.how(fact)]
        if fact.printed:
            cell = self.provenance.printed(name)[0]
            parts.append(", ".join([self.document([cell["source"]]), self.words["at"].format(**cell)]))
        else:
            parts.append(self.words["from"].format(self.document(self.provenance.roots(name))))
            between = self.words["between"] | publisher().words(self.language)["between"]
            why = next((code for code in fact.warnings if code in between), fact.status)
            if why in between and self.interval(fact):
                parts.append(between[why].format(band(fact, self.language)))
        parts += [text.rstrip(".") for text in self.warnings(fact)]
        return " · ".join(parts)

    def href(self, name: str) -> str:
        """The marked cell of a printed fact, or its row on the page of origins."""
        if self.provenance.facts[name].printed:
            return cell_address(self.provenance.printed(name)[0])
        return f"{FILE}#{name}"

    def label(self, fact: Fact) -> str:
        """What a fact is about, and its value."""
        return (
            f"{label(fact.indicator, self.language)}, {fact.subject.name(self.language)}: {amount(fact, self.language)}"
        )

    def how(self, fact: Fact) -> str:
        """The status of a fact, with its method where it is not simply printed so."""
        status = entries("statuses")[fact.status][f"name_{self.language}"]
        method = self.provenance.methods[fact.method][f"name_{self.language}"]
        if fact.status == "estimated" and fact.unknown:
            return method
        if fact.scenario != PUBLISHED:
            status = f"{status}, scenario {fact.scenario}"
        return status if fact.printed else f"{status} ({method})"

    def interval(self, fact: Fact) -> str:
        """The interval of a fact in the unit of the table, as the page has it; nothing where it is exact or has no end."""
        if not fact.bounded or fact.at_least or fact.low == fact.high:
            return ""
        return self.words["to"].format(*ends(fact, self.language))

    def warnings(self, fact: Fact) -> list[str]:
        """The warnings of a fact, in words."""
        return [entries("warnings")[code][f"text_{self.language}"] for code in fact.warnings]

    def place(self, cell: dict) -> str:
        """Where a printed number stands: section, row and column."""
        return f"{self.section(cell['source'])}{cell['row']}, {cell['column']}"

    def section(self, source: str) -> str:
        """The number of the section that a table stands in, to put before its name; nothing where it has none."""
        section = self.provenance.register[source]["section"]
        return f"{section} " if section[0].isdigit() else ""

    def behind(self, name: str) -> list[dict]:
        """The printed numbers behind a fact, each with where it stands.

        Of very many the tables that they stand in, and only what is alone in its table by itself.
        """
        cells = self.provenance.printed(name)
        counts = Counter(cell["source"] for cell in cells)
        many = {source: count for source, count in counts.items() if len(cells) > MANY and count > 1}
        return [
            {"href": cell_address(cell), "name": self.place(cell), "printed": cell["printed"]}
            for cell in cells
            if cell["source"] not in many
        ] + [
            {
                "href": f"../../{FOLDER}/{source_slug(source)}/index.html",
                "name": f"{self.section(source)}{self.provenance.register[source]['table']}",
                "printed": self.words["private"]
                if publisher().private(self.provenance.register[source]["role"])
                else self.words["figures"].format(count),
            }
            for source, count in many.items()
        ]

    def document(self, sources) -> str:
        """The publications that tables stand in."""
        return "; ".join(self.provenance.documents(sources, self.language))


def page(document: Document, imprint: Imprint, origins: Origins) -> str:
    """The page of origins of a publication: a row for each of its facts."""
    rows, lead = [], publisher().words(imprint.language)["origins"]["lead"]
    for name in document.facts:
        fact = origins.provenance.facts[name]
        rows.append(
            {
                "fact": name,
                "label": label(fact.indicator, imprint.language),
                "about": fact.subject.name(imprint.language),
                "value": figure(fact, imprint.language),
                "unit": header(fact.indicator, imprint.language),
                "interval": origins.interval(fact),
                "how": origins.how(fact),
                "warnings": origins.warnings(fact),
                "cells": origins.behind(name),
            }
        )
    return html.framed("provenance.html.j2", imprint, file=FILE, rows=rows, told=origins.words, lead=lead)


def cell_address(cell: dict) -> str:
    """Where a cell stands on the page of its source, from the folder of a publication; of a whole table that page."""
    page = f"../../{FOLDER}/{source_slug(cell['source'])}/index.html"
    return f"{page}#{anchor(cell['line'], cell['column'])}" if cell["line"] else page


def source_slug(source: str) -> str:
    """The folder of the page of a source."""
    return source.replace("/", "-")


def anchor(line: int, column: str) -> str:
    """The name of a cell on the page of its source: its line in the raw file, and its column."""
    return f"r{line}-{slug(column)}"


def source_page(
    source: pd.Series, table: tuple[list[str], list[list[str]]], cells: list[dict], corrections: list, imprint: Imprint
) -> str:
    """The page of a source: what is registered of it, and its table as printed, with what was corrected or is odd in it.

    `source` is its row in the register, `table` its header and rows, `cells` what was read from it; of a table that is not
    published, nothing is shown. One that was made of a text says so, and has the columns and words of this language. Where it
    prevails over another table, or the other way round, that is said.
    """
    header, body = table
    private = publisher().private(source.role)
    if private:
        header, body = [], []
    language, words = imprint.language, WORDS[imprint.language]
    summary = publisher().summary(source.name, header, language)
    names = summary.names if summary else {column: column for column in header}
    renamed = {one.expect for one in corrections if one.change != "cell"}
    mended = {(one.row, one.column) for one in corrections if one.change == "cell"}
    odd = _odd(cells, parts(imprint.edition)[0], language) if source.role == "facts" else {}
    rows = [
        [
            {
                "text": summary.cell(column, text) if summary else text,
                "id": anchor(line, column),
                "signs": [
                    *(["‡"] if (row[0], column) in mended else []),
                    *([ODD] if (line, column) in odd else []),
                ],
            }
            for column, text in zip(header, row, strict=True)
            if column in names
        ]
        for line, row in enumerate(body, start=2)
    ]
    said = [source.title, source.publisher, source.publication_number, source.section, source.licence]
    said.append("" if private else source.sha256)
    instead = {NOT_STATED: imprint.words["not stated"], "": words["private"]}
    register = [
        (name, instead[text], language) if text in instead else (name, text, publisher().printed_in)
        for name, text in zip(words["register"], said, strict=True)
    ]
    return html.framed(
        "source.html.j2",
        imprint,
        source=source,
        register=register,
        header=list(names.values()),
        lead=summary.lead if summary else words["source"],
        own=any(name != column for column, name in names.items()),
        table=rows,
        renamed=renamed,
        corrected=[(one.expect, one.becomes, getattr(one, f"reason_{language}")) for one in corrections],
        odd=[(body[line - 2][0], column, reason) for (line, column), reason in odd.items()],
        prevails=_prevails(source.name, language),
        checks=html.checks_address(),
        see=SAID[language]["see checks"],
        told=words,
    )


def _prevails(source: str, language: str) -> list[tuple[str, str, str]]:
    """Over which tables a source prevails and which prevail over it: in words, the name of the other, and why."""
    register, said = publisher().sources(), WORDS[language]["prevails"]
    return [
        (words, f"{register.short_title[other]}, {register.table[other]}", row[f"reason_{language}"])
        for pair, row in publisher().prevailing().to_dict("index").items()
        for words, one, other in zip(said, pair, pair[::-1], strict=True)
        if one == source
    ]


def _odd(cells: list[dict], edition: str, language: str) -> dict[tuple[int, str], str]:
    """Why the printed numbers that a check found stand as they are, by line and column."""
    odd, found = publisher().odd(edition), {}
    for cell in cells:
        about = Subject(**{one: cell[one] for one in dimensions() if cell.get(one)})
        name = fact_id(cell["indicator"], about)
        if name in odd:
            found[cell["line"], cell["column"]] = odd[name][f"reason_{language}"]
    return found
