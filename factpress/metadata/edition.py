"""An edition as it lies in its folder: its files, with their size and hash, and what it is called and rests on."""

import hashlib
import json
import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from factpress import hashes
from factpress.editions import PUBLISHED, parts
from factpress.languages import LANGUAGES
from factpress.metadata.citation import Citation
from factpress.metadata.organisation import Organisation
from factpress.publisher import publisher
from factpress.site.imprint import words as around
from factpress.site.plan import Publication
from factpress.texts import texts

MANIFEST = "manifest.json"
INDEX = "index.html"
WORDS = texts(__name__)
#: IANA media type and code in the EU list of file types, by suffix.
TYPES = {
    ".csv": ("text/csv", "CSV"),
    ".html": ("text/html", "HTML"),
    ".ipynb": ("application/x-ipynb+json", "JSON"),
    ".json": ("application/json", "JSON"),
    ".jsonld": ("application/ld+json", "JSON_LD"),
    ".parquet": ("application/vnd.apache.parquet", "PARQUET"),
    ".pdf": ("application/pdf", "PDF"),
    ".png": ("image/png", "PNG"),
    ".svg": ("image/svg+xml", "SVG"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    ".yml": ("application/yaml", "YAML"),
}
#: What files are, by the end of their path; the first that fits.
CONTENTS = {
    "manifest.json": "Which publications there are, what each was made of, and the sha256 of its files",
    "made-of.json": "The hash of everything that the publication was made of, and of its files",
    "datapackage.json": "Description of the tables, as a Frictionless data package",
    "catalog.jsonld": "Description of the dataset and its distributions, in DCAT-AP-NL 3.0",
    "codecheck.yml": "Which files someone else must get when building the edition again, for a CODECHECK",
    "facts.csv": "Facts with their interval, status, method and origin",
    "notebook.ipynb": "The notebook as it was run",
    ".csv": "Table",
    ".html": "Page",
    ".pdf": "The page as tagged PDF (PDF/UA-1)",
    ".xlsx": "The tables and facts of the page as a workbook",
}
UNKNOWN = ("application/octet-stream", "OCTET")


def said(name: str) -> dict:
    """Return what the publisher says of all its editions under a name, by language."""
    return {language: publisher().words(language)["metadata"][name] for language in LANGUAGES}


@dataclass(frozen=True)
class File:
    """One file of an edition, by its path in the folder."""

    path: str
    size: int
    sha256: str
    publication: Publication | None = None

    @cached_property
    def suffix(self) -> str:
        """What its name ends on: `.csv`."""
        return Path(self.path).suffix

    @property
    def media_type(self) -> str:
        """Its IANA media type."""
        return TYPES.get(self.suffix, UNKNOWN)[0]

    @property
    def file_type(self) -> str:
        """Its code in the EU list of file types."""
        return TYPES.get(self.suffix, UNKNOWN)[1]

    @property
    def name(self) -> str:
        """What it is called in lists: its title and place, or its path."""
        if not self.publication:
            return self.path
        p = self.publication
        return f"{p.title} ({p.language}): {self.path.removeprefix(f'{p.folder}/')}"

    @property
    def description(self) -> str:
        """What is in it."""
        return next((text for end, text in CONTENTS.items() if self.path.endswith(end)), "File of the edition")


@dataclass(frozen=True)
class Edition:
    """An edition and who publishes it. `files` are in the order of their paths."""

    name: str
    version: str
    organisation: Organisation
    citation: Citation
    publications: tuple[Publication, ...]
    files: tuple[File, ...]

    @property
    def url(self) -> str:
        """The address of its folder, which is also its identifier."""
        return f"{self.organisation.home}{self.name}/"

    @property
    def title(self) -> dict[str, str]:
        """Its title in each language."""
        name, scenario = parts(self.name)
        titles = {one: f"{around(one)['kicker']}, {words['edition']} {name}" for one, words in WORDS.items()}
        if scenario == PUBLISHED:
            return titles
        return {one: f"{title}. {around(one)['scenario'].format(scenario)}" for one, title in titles.items()}

    @property
    def description(self) -> dict[str, str]:
        """What is in it, in each language."""
        return said("description")

    @property
    def keywords(self) -> dict[str, list[str]]:
        """What it can be found by, in each language."""
        return said("keywords")

    @property
    def short_version(self) -> str:
        """As much of the hash of its data as tells it from others."""
        return self.version[:12]

    @property
    def sources(self) -> pd.DataFrame:
        """The registered sources that it rests on, is compared with or draws."""
        return publisher().sources(parts(self.name)[0])

    @property
    def documents(self) -> list[str]:
        """The short titles of the publications that its figures come from."""
        return list(dict.fromkeys(self.sources.short_title[self.sources.role == "facts"]))

    def file(self, path: str) -> File:
        """The file with this path."""
        return next(file for file in self.files if file.path == path)

    def plus(self, path: str, content: bytes) -> "Edition":
        """The edition with one more file."""
        more = File(path, len(content), hashlib.sha256(content).hexdigest())
        return replace(self, files=tuple(sorted((*self.files, more), key=lambda file: file.path)))


def files_in(target: Path, publications: list[Publication], without: set[str]) -> tuple[File, ...]:
    """The files of an edition, except those `without`. The manifest has the hashes of publications: none is taken twice."""
    entries = json.loads((target / MANIFEST).read_text(encoding="utf-8"))["publications"]
    known = {
        f"{folder}/{name}": sha for folder, entry in entries.items() for name, sha in entry.get("files", {}).items()
    }
    of = {p.folder: p for p in publications}
    found = []
    for place, folders, names in os.walk(target):
        folders[:] = [folder for folder in folders if not folder.startswith(".")]
        folder = Path(place).relative_to(target).as_posix()
        for name in names:
            path = name if folder == "." else f"{folder}/{name}"
            if path in without or name.startswith("."):
                continue
            sha = known.get(path) or hashes.of_file(target / path)
            found.append(File(path, (target / path).stat().st_size, sha, of.get("/".join(path.split("/")[:3]))))
    return tuple(sorted(found, key=lambda file: file.path))
