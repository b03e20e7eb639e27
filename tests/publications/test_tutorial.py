"""The tutorial, gone through as it stands: its commands run one after the other, its cells put into the notebook."""

import os
import re
import shlex
import subprocess
import sys

import nbformat
import pytest
from support import ROOT, copy

from upcm_analysis.telling.facts import Facts
from upcm_analysis.telling.wording import number

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
STEPS = re.findall(r"```(sh|python)\n(.*?)```", TUTORIAL, re.S)
#: What sets up the machine of a reader, which this one is.
SET_UP = ("make ", "source ")


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """The repository of who followed the tutorial to its end, and what each command said."""
    root = tmp_path_factory.mktemp("tutorial") / "copy"
    copy(root)
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
                env=os.environ | {"UPCM_HOME": str(root)}, capture_output=True, text=True,
            )  # fmt: skip
            assert ended.returncode == 0, f"{line}\n{ended.stdout}{ended.stderr}"
            said.append((line, ended.stdout))
            if words[0] == "new":
                notebook = root / "notebooks" / "publications" / f"{words[2]}.ipynb"
    return root, said


def test_every_step_ends_well_and_says_what_the_page_promises(followed):
    _, said = followed
    out = dict(said)
    assert any("Toegevoegde waarde" in text and "row 'Zeeland'" in text for line, text in said if "trace" in line)
    assert [line.split()[0] for line in out[next(line for line in out if "query" in line)].splitlines()[3:6]] == [
        "Noord-Brabant",
        "Zuid-Holland",
        "Gelderland",
    ]
    assert "24 publications" in said[-1][1]


def test_the_chart_and_the_sentence_stand_on_every_page_in_both_languages(followed):
    root, _ = followed
    facts = Facts.read(root / "data/processed/2020/facts.csv")
    of_zeeland = facts["labour_volume_k/province/zeeland"]
    for language, words in (
        ("nl", "heeft Noord-Brabant het grootste arbeidsvolume"),
        ("en", "Noord-Brabant has the largest labour volume"),
    ):
        pages = sorted((root / f"reports/2020/{language}/arbeidsmarkt").glob("*/index.html"))
        assert len(pages) == 12 and all(words in page.read_text(encoding="utf-8") for page in pages)
        zeeland = (root / f"reports/2020/{language}/arbeidsmarkt/zeeland/index.html").read_text(encoding="utf-8")
        assert number(1000 * of_zeeland.value, 0, language) in zeeland
        assert (root / f"reports/2020/{language}/arbeidsmarkt/zeeland/zeeland.pdf").stat().st_size > 10_000
