"""The tutorial, gone through as it stands: its commands run one after the other, its cells put into the notebook."""

import json
import os
import re
import shlex
import subprocess
import sys

import nbformat
import pytest
from support import ROOT, copy, copy_tables

from factpress.facts import Facts
from factpress.wording import number

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
STEPS = re.findall(r"```(sh|python)\n(.*?)```", TUTORIAL, re.S)
#: What sets up the machine of a reader, which this one is.
SET_UP = ("make ", "source ")


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """The repository of who followed the tutorial to its end, and what each command said."""
    root = tmp_path_factory.mktemp("tutorial") / "copy"
    copy(root)
    copy_tables(root)  # the first step made them
    said, notebook = [], None
    for kind, text in STEPS:
        if kind == "python":
            cells = nbformat.read(notebook, as_version=4)
            cells.cells.append(nbformat.v4.new_code_cell(text.rstrip()))
            nbformat.write(cells, notebook)
            continue
        for line in filter(None, text.splitlines()):
            if line.startswith(SET_UP):
                continue
            name, *words = shlex.split(line)
            assert name == "upcm", line
            ended = subprocess.run(
                [sys.executable, "-m", "upcm_analysis.cli", *words],
                env=os.environ | {"FACTPRESS_HOME": str(root)}, capture_output=True, text=True,
            )  # fmt: skip
            assert ended.returncode == 0, f"{line}\n{ended.stdout}{ended.stderr}"
            said.append((line, ended.stdout))
            if words[0] == "new":
                notebook = root / "notebooks" / "publications" / f"{words[2]}.ipynb"
    return root, said


def text(page):
    """The words of a page; some lead to where they are from."""
    return re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8"))


def test_every_step_ends_well_and_says_what_the_page_promises(followed):
    _, said = followed
    out = dict(said)
    assert any("Toegevoegde waarde" in text and "row 'Zeeland'" in text for line, text in said if "trace" in line)
    assert [line.split()[0] for line in out[next(line for line in out if "query" in line)].splitlines()[3:6]] == [
        "High",
        "Materialen",
        "Bouw",
    ]
    assert "24 publications" in said[-1][1]


def test_the_chart_and_the_sentence_stand_on_every_page_in_both_languages(followed):
    root, _ = followed
    facts = Facts.read(root / "data/processed/2020/facts.csv")
    of_zeeland = facts["labour_volume_k/province/zeeland"]
    for language, words in (
        ("nl", "Van het arbeidsvolume is"),
        ("en", "Of the labour volume,"),
    ):
        pages = sorted((root / f"reports/2020/{language}/arbeidsmarkt").glob("*/index.html"))
        assert len(pages) == 12 and all(words in text(page) for page in pages)
        zeeland = (root / f"reports/2020/{language}/arbeidsmarkt/zeeland/index.html").read_text(encoding="utf-8")
        assert number(1000 * of_zeeland.value, 0, language) in zeeland
        assert (root / f"reports/2020/{language}/arbeidsmarkt/zeeland/zeeland.pdf").stat().st_size > 10_000


def shown_texts():
    """What the page on text shows that a build says: that provinces are not compared, a note, and a mistake."""
    return re.findall(r"```text\n(.*?)```", (ROOT / "docs" / "text.md").read_text(encoding="utf-8"), re.S)


def test_what_does_not_reach_the_page_is_said_as_the_page_on_text_shows_it(followed):
    root, _ = followed
    _, note, _ = shown_texts()
    path = root / "notebooks" / "publications" / "arbeidsmarkt.ipynb"
    right, notebook = path.read_text(encoding="utf-8"), nbformat.read(path, as_version=4)
    page = root / "reports/2020/nl/arbeidsmarkt/zeeland/index.html"
    before = re.sub(r"(?s)<footer>.*", "", page.read_text(encoding="utf-8"))
    notebook.cells.append(nbformat.v4.new_code_cell("page.facts.table"))
    nbformat.write(notebook, path)
    ended = subprocess.run(
        [sys.executable, "-m", "upcm_analysis.cli", "report", "--only", "arbeidsmarkt/zeeland"],
        env=os.environ | {"FACTPRESS_HOME": str(root)}, capture_output=True, text=True,
    )  # fmt: skip
    path.write_text(right, encoding="utf-8")
    assert ended.returncode == 0 and ended.stderr.count("note: ") == 1, ended.stderr
    told = re.sub(r"cell \[\d+\]", "cell [6]", ended.stderr)
    assert " ".join(note.split()) in " ".join(told.split())
    assert re.sub(r"(?s)<footer>.*", "", page.read_text(encoding="utf-8")) == before


COMPARED = "Van de provincies heeft {highest.province.labour_volume_k} het grootste arbeidsvolume."


@pytest.mark.parametrize(
    ("which", "right", "wrong", "named"),
    [
        (
            0,
            "Van het arbeidsvolume is {labour_volume_k_share} aan {subject} toegerekend.",
            COMPARED,
            "none is said to be",
        ),
        (2, "is {labour_volume_k_share} aan", "is {labour_volume_k_shar} aan", "did you mean {labour_volume_k_share}"),
    ],
    ids=["provinces that are compared", "a misspelt indicator"],
)
def test_a_mistake_reads_as_the_page_on_text_shows_it(followed, which, right, wrong, named):
    root, _ = followed
    shown = shown_texts()[which]
    path = root / "notebooks" / "publications" / "arbeidsmarkt.ipynb"
    page = root / "reports/2020/nl/arbeidsmarkt/zeeland/index.html"
    whole, before = path.read_text(encoding="utf-8"), page.read_bytes()
    assert right in whole
    path.write_text(whole.replace(right, wrong), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "upcm_analysis.cli", "report", "--only", "arbeidsmarkt/zeeland"],
        env=os.environ | {"FACTPRESS_HOME": str(root)}, capture_output=True, text=True,
    )  # fmt: skip
    path.write_text(whole, encoding="utf-8")
    assert ended.returncode == 1 and page.read_bytes() == before
    told = re.sub(r"cell \[\d+\]", "cell [6]", ended.stderr)
    assert " ".join(shown.split()) in " ".join(told.split()), ended.stderr
    assert ended.stderr.count(named) == 1 and "1/2 failed" in ended.stderr and "reports/.logs/" in ended.stderr
    for index in ("index.html", "en/index.html"):
        assert named in (root / "reports/2020" / index).read_text(encoding="utf-8")
    states = json.loads((root / "reports/2020/manifest.json").read_text(encoding="utf-8"))["publications"]
    for language in ("nl", "en"):
        entry = states[f"{language}/arbeidsmarkt/zeeland"]
        assert entry["state"] == "failed" and named in entry["reason"]
