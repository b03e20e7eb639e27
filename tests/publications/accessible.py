"""What a reader with a screen reader needs of a page and of a PDF, as far as it can be seen without a browser.

Checkers of PDF/UA pass a table whose header cells are data cells, and axe does not look inside a picture; this does.
A fault is one line: what is wrong, with what, and what to do about it, parted by ` | `.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pikepdf

from factpress.site.audit import PLACEHOLDERS, SHORTEST

#: Elements without an end tag.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
#: A fault is found by the heading above it.
HEADINGS = {"h1", "h2", "h3"}
SAY_WHAT_IT_SHOWS = f"say what the picture shows, in {SHORTEST} characters or more"


def fault(rule: str, element: str, remedy: str) -> str:
    """A fault in one line."""
    return " | ".join(" ".join(part.split()) for part in (rule, element, remedy))


def says_something(text: str | None) -> bool:
    """Whether an alternative text is one, and no placeholder."""
    said = " ".join((text or "").split())
    return len(said) >= SHORTEST and said.lower().rstrip(".") not in PLACEHOLDERS


class Page(HTMLParser):
    """The language, the pictures and the tables of a page, and the faults in them as they come by."""

    def __init__(self, html: str):
        super().__init__()
        self.language = None
        self.faults: list[str] = []
        self.open: list[tuple[str, dict]] = []
        self.heading = ""
        self.tables = self.pictures = 0
        self.rows: list[list[tuple[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "html":
            self.language = said.get("lang")
        elif tag == "svg":
            self._picture()
        elif tag == "img" and "alt" not in said:
            self.faults.append(fault("picture", f"img {said.get('src', '')[:40]}", "give it an alt"))
        elif tag == "table":
            self.tables, self.rows = self.tables + 1, []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td") and self.rows:
            self.rows[-1].append((tag, said.get("scope")))
        if tag in HEADINGS:
            self.heading = ""
        if tag not in VOID:
            self.open.append((tag, said))

    def handle_startendtag(self, tag, attributes):
        if tag == "svg":
            self._picture()

    def handle_endtag(self, tag):
        if tag == "table":
            self._table()
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if any(tag in HEADINGS for tag, _ in self.open):
            self.heading += data

    def _picture(self):
        """A picture is hidden inside an element with the role of a picture, which says what it shows."""
        self.pictures += 1
        around = [attributes for _, attributes in self.open]
        roles = [at for at, one in enumerate(around) if one.get("role") == "img"]
        hidden = [at for at, one in enumerate(around) if one.get("aria-hidden") == "true"]
        element = f"svg {self.pictures} under '{self.heading}'"
        if not roles:
            self.faults.append(fault("picture", element, "put it in an element with role=img and an aria-label"))
        elif not says_something(around[roles[-1]].get("aria-label")):
            self.faults.append(fault("picture", element, f"aria-label of its role=img: {SAY_WHAT_IT_SHOWS}"))
        elif not hidden:
            self.faults.append(fault("picture", element, "put aria-hidden=true between it and its role=img"))
        elif hidden[0] <= roles[-1]:
            self.faults.append(fault("picture", element, "take away the aria-hidden around its alternative text"))

    def _table(self):
        """The first row of a table names the columns, the first cell of every other row names that row."""
        element = f"table {self.tables} under '{self.heading}'"
        first, *others = self.rows or [[]]
        if not first or any(cell != ("th", "col") for cell in first):
            self.faults.append(fault("table", f"{element}, first row", "make its cells <th scope=col>"))
        nameless = sum(not row or row[0] != ("th", "row") for row in others)
        if nameless:
            self.faults.append(fault("table", f"{element}, {nameless} rows", "make the first cell <th scope=row>"))


def html_faults(path: Path, language: str = "") -> list[str]:
    """The faults of a page in a language; in any language where none is given."""
    page = Page(path.read_text(encoding="utf-8"))
    return language_faults("html lang", page.language, language) + page.faults


def pdf_faults(path: Path, language: str = "") -> list[str]:
    """The faults of a PDF in a language; in any language where none is given."""
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        found = language_faults("/Lang of the document", str(root.get("/Lang", "")), language)
        if "/StructTreeRoot" not in root:
            return [*found, fault("tags", "document", "make a tagged PDF")]
        heading, tables = "", 0
        for element in elements(root.StructTreeRoot):
            kind = str(element.S)
            if kind.strip("/").lower() in HEADINGS:
                heading = str(element.get("/T", kind))
            elif kind == "/Table":
                tables += 1
                row = next((one for one in elements(element) if one.S == "/TR"), None)
                cells = [str(cell.S) for cell in children(row)] if row is not None else []
                if not cells or set(cells) != {"/TH"}:
                    found.append(fault("table", f"table {tables}, first row {cells}", "make its cells TH"))
            elif kind == "/Figure":
                alternative = str(element.get("/Alt", ""))
                if not says_something(alternative):
                    said = f"Figure after {heading}, /Alt {alternative!r}"
                    found.append(fault("picture", said, f"/Alt: {SAY_WHAT_IT_SHOWS}"))
        return found


def language_faults(where: str, found: str | None, wanted: str) -> list[str]:
    """The fault of a language that is missing, or another than wanted."""
    if not found:
        return [fault("language", f"{where} is missing", f"set it to {wanted or 'the language of the text'}")]
    return [fault("language", f"{where} is {found}", f"set it to {wanted}")] if wanted not in ("", found) else []


def children(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """The structure elements directly under one; what is left out is marked content."""
    below = node.get("/K", pikepdf.Array())
    for child in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """All structure elements under one, in reading order."""
    for child in children(node):
        yield child
        yield from elements(child)
