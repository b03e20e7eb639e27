"""Which language a text is in, as far as its small words tell; what a publication says in each; and texts in pairs.

A publication quotes its sources as printed, and those are Dutch. What is quoted is taken out of a text before it is read.
"""

import csv
import json
import re
import string
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import formats
import openpyxl
import pypdf

from factpress.languages import LANGUAGES
from factpress.publisher import packages
from factpress.texts import read
from upcm_analysis.registers import sources
from upcm_analysis.registers.tables import printed

#: Small words of each language that the other does not have. Not `in`, `is`, `of`, `was`, `over`, `die`, `men`, `as`, `had`.
SMALL = {
    "nl": "de het een van voor niet wordt worden zijn naar bij met door zonder deze dat uit geen aan op te als dan om waar "
    "waarom hoe elk elke alle volgens tussen tot ook maar hier heeft hebben kan staat komt onder meer er zo dus nog ze",
    "en": "the and with not from which are were without by this that these those for its it where has have because at on to "
    "or than be been into between each every all same their there how what when only also more less here can could",
}  # fmt: skip
SMALL = {language: frozenset(words.split()) for language, words in SMALL.items()}
#: Texts that are the same in both languages: words that both have, names and units.
SAME = {
    "Symposia", "track", "tracks", "Indicator", "Cluster", "Clusters", "cluster", "Status", "Percentage",
    "Excel", "PDF", "CSV", "RO-Crate", "DCAT-AP-NL 3.0 (JSON-LD)", "kg per euro", "kg CO₂ per euro",
    "{label} {per}, {unit}", "{} in {}", "{name}, {about}: {why}", "Teams",
    "Score", "Score {}: {}", "Interval", "Motor", "respondent",
    "Portfolio {}", "Cluster {}", "Recycling", "Team", "R-ladder", "euro", "Dashboard", "Dashboards", "Dashboard {}",
    "Brochure", "Mineral Commodity Summaries", "dashboard", 
    "Project", "project", "Horizon", "Moment", "Portfolio", "Stakeholders", "Planning", "Kick-off",
}  # fmt: skip
#: Attributes that are read out or shown.
SHOWN = {"alt", "aria-label", "title", "data-origin", "data-label", "data-count", "placeholder"}
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "use"}


def other(language: str) -> str:
    """The other language."""
    return next(one for one in LANGUAGES if one != language)


@cache
def quoted() -> re.Pattern:
    """What publications quote as printed: of the register, and the names of rows and columns of every source."""
    register = sources.register()
    texts = set(register[["short_title", "title", "table", "publisher", "section"]].to_numpy().ravel())
    for name in register.index:
        header, body = printed(name)
        cells = {cell for row in body for cell in row}
        texts |= {*header, *cells, *(part.strip() for cell in cells for part in cell.split(";"))}
    telling = [text for text in texts if words(text) & (SMALL["nl"] | SMALL["en"])]
    spaced = (r"\s+".join(map(re.escape, text.split())) for text in sorted(telling, key=len, reverse=True))
    return re.compile("|".join(spaced))


def words(text: str) -> set[str]:
    """The words of a text. A code such as `jobs_k` or `not-manufacturing` is one word; `ZE` and the `de` of `5de2` are none."""
    found = re.findall(r"\b[^\W\d]+(?:[-_.'/][^\W\d]+)*\b", text)
    return {word.lower() for word in found if len(word) == 1 or not word.isupper()}


def strange(text: str, language: str) -> set[str]:
    """The small words of the other language in a text, or a template, that should be in this one."""
    found = words(text) & SMALL[other(language)]
    return found and found & words(bare(text))


def bare(text: str) -> str:
    """A text without what is quoted in it and without placeholders."""
    return quoted().sub(" ", re.sub(r"\{[^}]*\}", " ", text))


class Texts(HTMLParser):
    """What a page says and reads out, by the language that it says it is in."""

    def __init__(self, page: str):
        super().__init__()
        self.stack: list[tuple[str, str]] = []
        self.said: dict[str, list[str]] = {language: [] for language in LANGUAGES}
        self.feed(page)

    @property
    def language(self) -> str:
        """The language where the parser is."""
        return self.stack[-1][1] if self.stack else LANGUAGES[0]

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        language = given.get("lang", self.language)
        self.said[language] += [text for name, text in attributes if name in SHOWN and text]
        if given.get("name") == "description":
            self.said[language].append(given["content"])
        if tag not in VOID:
            self.stack.append((tag, language))

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not {"style", "script"} & {tag for tag, _ in self.stack}:
            self.said[self.language].append(data)


def of_page(path: Path) -> Iterator[tuple[str, str]]:
    """Each text of a page, with its language. A page says it in its language, and marks what is in another."""
    for language, texts in Texts(path.read_text(encoding="utf-8")).said.items():
        yield language, " ".join(texts)


def of_publication(folder: Path, language: str) -> Iterator[tuple[str, str, str]]:
    """Every text of a publication in all its formats: its file, its language, and the text."""
    for path in sorted(folder.glob("*.html")):
        yield from ((path.name, *said) for said in of_page(path))
    for path in sorted(folder.glob("*.pdf")):
        said = pypdf.PdfReader(path).metadata
        texts = [*formats.paper(path), said.title, said.subject or ""]
        yield path.name, language, " ".join(" ".join(texts).split())
    for path in sorted(folder.glob("*.xlsx")):
        book = openpyxl.load_workbook(path, read_only=True)
        names = (name if len(name) < 29 else name.rpartition(" ")[0] for name in book.sheetnames)  # Excel cuts at 31
        cells = (str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
        yield path.name, language, " | ".join([*names, *cells])
    for path in sorted(folder.glob("tables/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield f"tables/{path.name}", language, " | ".join(cell for row in csv.reader(file) for cell in row)
    for path in sorted(folder.glob("datapackage.json")):
        yield path.name, language, " | ".join(described(json.loads(path.read_text(encoding="utf-8"))))


def of_edition(reports: Path) -> Iterator[tuple[str, str, str]]:
    """Every text about a whole edition: the index, its metadata, of which only the catalogue is in both languages."""
    for path in (reports / "index.html", reports / "en/index.html"):
        yield from ((path.relative_to(reports).as_posix(), *said) for said in of_page(path))
    yield "datapackage.json", "en", " | ".join(described(json.loads((reports / "datapackage.json").read_text())))
    for name, pair in pairs(json.loads((reports / "catalog.jsonld").read_text(encoding="utf-8")), "catalog.jsonld"):
        for language, text in pair.items():
            yield name, language, text if isinstance(text, str) else " | ".join(text)


def described(content) -> Iterator[str]:
    """The titles, descriptions and names of fields in a data package."""
    if isinstance(content, list):
        for one in content:
            yield from described(one)
    if isinstance(content, dict):
        yield from (content[key] for key in ("title", "description") if isinstance(content.get(key), str))
        yield from (field["name"] for field in content.get("fields", ()) if isinstance(field, dict))
        for one in content.values():
            yield from described(one)


def left_over(texts: Iterator[tuple[str, str, str]]) -> list[str]:
    """Where texts hold words of the other language."""
    return [
        f"{name}: {', '.join(sorted(found))} in {near(text, found)!r}"
        for name, language, text in texts
        if (found := strange(text, language))
    ]


def near(text: str, found: set[str]) -> str:
    """The text around the first of these words that stands in it."""
    text = bare(text)
    at = min(match.start() for word in found if (match := re.search(rf"\b{word}\b", text, re.I)))
    return text[max(0, at - 60) : at + 60]


# Texts in pairs


def pairs(value, name: str) -> Iterator[tuple[str, dict]]:
    """Everything in a value that is by language, with where it stands."""
    if isinstance(value, dict):
        if value and set(value) <= set(LANGUAGES):
            yield name, value
        else:
            for key, one in value.items():
                yield from pairs(one, f"{name}[{key!r}]")
    if isinstance(value, list):
        for at, one in enumerate(value):
            yield from pairs(one, f"{name}[{at}]")


def of_package() -> dict[str, dict]:
    """What each module of the package says, by language."""
    found = {}
    for folder in {path.parent for package in packages() for path in package.rglob("texts.*.yml")}:
        said = read(folder)
        found |= {f"{folder.name}.{name}": {one: said[one][name] for one in LANGUAGES} for name in said[LANGUAGES[0]]}
    return found


def unequal(pair: dict, name: str) -> list[str]:
    """What one language of a pair of texts has and the other has not; or what is no text in one of them."""
    if set(pair) != set(LANGUAGES):
        return [f"{name}: only in {', '.join(pair)}"]
    return list(_unequal(pair["nl"], pair["en"], name))


def _unequal(nl, en, name: str) -> Iterator[str]:
    if isinstance(nl, dict) and isinstance(en, dict):
        yield from (f"{name}[{key!r}]: only in one language" for key in sorted(set(nl) ^ set(en)))
        for key in set(nl) & set(en):
            yield from _unequal(nl[key], en[key], f"{name}[{key!r}]")
    elif isinstance(nl, list | tuple) and isinstance(en, list | tuple):
        if len(nl) != len(en):
            yield f"{name}: {len(nl)} in Dutch, {len(en)} in English"
        for at, both in enumerate(zip(nl, en, strict=False)):
            yield from _unequal(*both, f"{name}[{at}]")
    elif not (isinstance(nl, str) and isinstance(en, str)):
        yield f"{name}: {type(nl).__name__} in Dutch, {type(en).__name__} in English"
    else:
        if not (nl.strip() and en.strip()):
            yield f"{name}: empty in a language"
        if nl == en and nl not in SAME and words(re.sub(r"\{[^}]*\}", " ", nl)):
            yield f"{name}: {nl!r} in both languages"
        if placeholders(nl) != placeholders(en):
            yield f"{name}: {sorted(placeholders(nl))} in Dutch, {sorted(placeholders(en))} in English"
        for language, text in (("nl", nl), ("en", en)):
            if found := strange(text, language):
                yield f"{name}: {sorted(found)} in {text!r}"


def placeholders(text: str) -> set[tuple[str, str]]:
    """What a template holds: each fact and how it is said. Which word goes with one or several is up to a language."""
    fields = ((field, form) for _, field, form, _ in string.Formatter().parse(text) if field is not None)
    return {(field, "" if "|" in form else form) for field, form in fields}
