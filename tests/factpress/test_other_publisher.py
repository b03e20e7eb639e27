"""The press stands alone: it publishes another subject, in a process that cannot import the one of this repository.

`other_publisher` is a whole repository of that: the publisher of the five Platonic solids, its code lists, data, settings and
template. Whoever writes a publisher of their own can begin with it.
"""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import openpyxl
import pypdf
import pytest
from house import SUBJECT

from factpress import publisher

OTHER, PRESS = Path(__file__).with_name("other_publisher"), Path(publisher.__file__).parent
SOLIDS = {"tetrahedron": (4, 6, 4), "cube": (6, 12, 8), "octahedron": (8, 12, 6)} | {
    "dodecahedron": (12, 30, 20),
    "icosahedron": (20, 30, 12),
}
LANGUAGES = ("nl", "en")
#: What is said of the faces, edges and vertices of a solid, and of Euler's number.
SAID = {
    "nl": r"(\d+) vlakken , (\d+) ribben en (\d+) hoekpunten",
    "en": r"(\d+) faces , (\d+) edges and (\d+) vertices",
}
EULER = {"nl": r"Hoekpunten min ribben plus vlakken is (\d+)", "en": r"Vertices minus edges plus faces is (\d+)"}


class Alone:
    """A repository of another subject, and a place that has the press and the publisher of that subject, and nothing else."""

    def __init__(self, place: Path):
        self.root, self.packages = place / "repository", place / "packages"
        self.reports = self.root / "reports" / "2026"

    def make(self) -> "Alone":
        """Put everything in its place; what a wheel of the publisher would say of itself too."""
        shutil.copytree(OTHER, self.root, ignore=shutil.ignore_patterns("solids", "__pycache__"))
        for package in (PRESS, OTHER / "solids"):
            shutil.copytree(package, self.packages / package.name, ignore=shutil.ignore_patterns("__pycache__"))
        metadata = self.packages / "solids-1.0.0.dist-info" / "METADATA"
        metadata.parent.mkdir()
        metadata.write_text("Metadata-Version: 2.1\nName: solids\nVersion: 1.0.0\n")
        (self.packages / "upcm_analysis.py").write_text("raise ImportError('the subject is not here')\n")
        return self

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run Python there."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FACTPRESS_")}
        there = kept | {"FACTPRESS_HOME": str(self.root), "PYTHONPATH": str(self.packages)}
        return subprocess.run(
            [sys.executable, *arguments], cwd=self.root, env=there, capture_output=True, text=True, timeout=300
        )

    def text(self, file: str) -> str:
        """What a page says, without its pictures."""
        page = (self.reports / file).read_text(encoding="utf-8").partition("<body")[2]
        words = re.sub(r"<svg.*?</svg>|<script.*?</script>|<[^>]+>", " ", f"<body{page}", flags=re.S)
        return " ".join(unescape(words).split())


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    made = Alone(tmp_path_factory.mktemp("alone")).make()
    ended = made.run("-m", "factpress.cli", "report", "--workers", "1")
    assert ended.returncode == 0, ended.stderr
    assert "10 publications: 10 built" in ended.stdout
    return made


def test_the_subject_of_this_repository_is_not_there(alone):
    assert "the subject is not here" in alone.run("-m", "upcm_analysis").stderr
    assert alone.run("-c", "import factpress; print(factpress.__file__)").stdout.startswith(str(alone.packages))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("solid", SOLIDS)
def test_a_page_says_the_numbers_and_they_obey_euler(alone, solid, language):
    said = alone.text(f"{language}/solid/{solid}/index.html")
    faces, edges, vertices = map(int, re.search(SAID[language], said).groups())
    assert (faces, edges, vertices) == SOLIDS[solid]
    assert vertices - edges + faces == 2 == int(re.search(EULER[language], said)[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_is_followed_to_the_table_that_it_was_counted_in(alone, language):
    folder = alone.reports / language / "solid" / "cube"
    page = (folder / "index.html").read_text(encoding="utf-8")
    counted = re.search(r'href="(../../source/counted-solids/index\.html)#([^"]+)"[^>]*>6', page)
    table = (folder / counted[1]).read_text(encoding="utf-8")
    assert re.search(rf'id="{re.escape(counted[2])}">6<', table) and '<div class="scroll" lang="en"' in table
    derived = re.search(r'href="(origin\.html)#(euler/solid/cube)"', page)
    row = re.search(rf'<tr id="{derived[2]}">.*?</tr>', (folder / derived[1]).read_text(encoding="utf-8"), re.S)[0]
    assert [f"r3-{column}" in row for column in ("faces", "edges", "vertices")] == [True] * 3


def test_every_form_of_a_publication_has_the_numbers(alone):
    folder = alone.reports / "en" / "solid" / "cube"
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(folder / "cube.pdf").pages)
    assert "6 faces, 12 edges and 8 vertices" in " ".join(printed.replace("\xa0", " ").split())
    cells = {cell for sheet in openpyxl.load_workbook(folder / "cube.xlsx") for row in sheet.values for cell in row}
    assert {6, 12, 8, "Edges", "Cube"} <= cells
    package = json.loads((folder / "datapackage.json").read_text())
    assert all((folder / one["path"]).is_file() for one in package["resources"]) and len(package["resources"]) > 3


def test_the_edition_has_an_index_and_describes_itself(alone):
    assert "50 vlakken, 90 ribben en 50 hoekpunten" in alone.text("index.html")
    assert "50 faces, 90 edges and 50 vertices" in alone.text("en/index.html")
    assert "Checks" not in alone.text("en/index.html")  # there are none
    facts = list(csv.DictReader(io.StringIO((alone.reports / "facts.csv").read_text())))
    assert {row["fact_id"] for row in facts} >= {"faces/all", "euler/solid/cube", "edges_share/solid/icosahedron"}
    package = json.loads((alone.reports / "datapackage.json").read_text())
    assert package["name"] == "solids-2026"
    graph = json.loads((alone.reports / "catalog.jsonld").read_text())["@graph"]
    (dataset,) = (one for one in graph if one["type"] == "dcat:Dataset")
    assert "spatial" not in dataset and [one.rpartition("/")[2] for one in dataset["theme"]] == ["EDUC"]
    crate = json.loads((alone.reports / "ro-crate-metadata.json").read_text())["@graph"]
    assert next(one for one in crate if one["@id"] == "./")["name"] == "Solids counted, edition 2026"


def test_nothing_says_a_word_of_the_subject_of_this_repository(alone):
    kinds = (".html", ".json", ".jsonld", ".yml", ".csv", ".ipynb")
    files = [path for path in alone.reports.rglob("*") if path.suffix in kinds]
    assert len(files) > 80
    for path in files:
        name = path.relative_to(alone.reports).as_posix()
        said = alone.text(name) if path.suffix == ".html" else path.read_text(encoding="utf-8")
        assert not SUBJECT.search(said), name


def test_what_is_current_is_not_built_again(alone):
    assert "10 publications: 10 current" in alone.run("-m", "factpress.cli", "report").stdout
    listed = alone.run("-m", "factpress.cli", "list").stdout
    assert all(f"solid/{solid}" in listed for solid in SOLIDS)


def test_what_is_wrong_with_its_settings_is_said(alone, tmp_path):
    other = Alone(tmp_path).make()
    settings = other.root / "publications.yml"
    settings.write_text(settings.read_text().replace("subjects: all", "subjects: [sphere]"))
    ended = other.run("-m", "factpress.cli", "report")
    assert ended.returncode == 2 and "sphere" in ended.stderr and "Traceback" not in ended.stderr
