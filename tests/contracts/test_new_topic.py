"""A topic is a folder and one line: one with a source, a method, an indicator, a unit, a block, a command and a page is added.

The table comes in and the page is made by the commands of the project; no other file of the code is touched.
"""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from environment import ROOT
from house import House
from nbformat.v4 import new_code_cell
from support import MATRIX, Repository, copy_with_code

TOPIC = "workshops"
LINE = '    "editions",\n'
#: Made up, and so is what is said of it.
TABLE = "province,workshops\nPV20,31\nPV29,12\n"
FACT = "workshops_per_k_jobs/province/zeeland"
SAID = {
    "id": "made-up/workshops",
    "title": "Made up for a test",
    "table": "Workshops",
    "publisher": "Nobody",
    "role": TOPIC,
}


def upcm(root, *arguments: str) -> str:
    """What the command line of a copy of the code prints; it has to succeed."""
    own = {"FACTPRESS_HOME": str(root), "PYTHONPATH": str(root), "COLUMNS": "200"}
    command = [sys.executable, "-m", "upcm_analysis.cli", *arguments]
    ended = subprocess.run(command, cwd=root, env=os.environ | own, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A copy of the repository with its code, a topic more, its table and a page about it."""
    root = tmp_path_factory.mktemp("topic") / "copy"
    copy_with_code(root)
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tests/contracts" / TOPIC, root / "upcm_analysis/topics" / TOPIC, ignore=without)
    Repository(root).edit("upcm_analysis/topics/__init__.py", LINE, f'{LINE}    "{TOPIC}",\n')
    (root / "publications.yml").write_text(MATRIX)
    (root / "counted.csv").write_text(TABLE)
    options = [word for name, value in SAID.items() for word in (f"--{name}", value)]
    upcm(root, "data", "add", "counted.csv", *options)
    upcm(root, "new", "publication", TOPIC, "--nl", "Werkplaatsen", "--en", "Workshops")
    path = root / f"notebooks/publications/{TOPIC}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(new_code_cell(f"page.{TOPIC}.density()"))
    nbformat.write(notebook, path)
    upcm(root, "report", "--only", f"{TOPIC}/zeeland")
    return root


def test_its_fact_is_followed_back_to_its_table(root):
    traced = upcm(root, "trace", FACT)
    assert f"{FACT} = 0.705882 workshop/kjob  derived [0.685714 to 0.727273]" in traced
    assert "data/raw/made-up/workshops.csv" in traced


@pytest.mark.parametrize(
    "language, said", [("nl", "Op elke duizend banen zijn er"), ("en", "For every thousand jobs there are")]
)
def test_its_page_says_it_in_both_languages(root, language, said):
    page = (root / f"reports/2020/{language}/{TOPIC}/zeeland/index.html").read_text(encoding="utf-8")
    sentence = page.partition(said)[2].partition("</p>")[0]
    assert {"nl": "0,71\xa0werkplaatsen", "en": "0.71\xa0workshops"}[language] in sentence


def test_its_command_runs(root):
    assert upcm(root, TOPIC, "2020").split() == ["PV20", "31", "PV29", "12"]


def test_what_was_there_stays_as_it_was(root):
    (listed,) = (root / "data/processed/2020").glob("facts.csv")
    known = (ROOT / "data/processed/2020/facts.csv").read_text(encoding="utf-8").splitlines()
    now = listed.read_text(encoding="utf-8").splitlines()
    assert set(known) < set(now) and len(now) == len(known) + 2


def test_the_rules_of_the_house_hold_with_it(root):
    house = House(root)
    rules = (house.floors, house.rooms, house.circles, house.inside, house.long, house.names, house.orders, house.words)
    assert f"upcm_analysis.topics.{TOPIC}.build" in house.modules
    assert [found for rule in rules for found in rule()] == []
