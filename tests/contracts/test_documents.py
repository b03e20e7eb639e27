"""What the documents say is so: the commands, the worked trace, the links, the pictures."""

import re
import subprocess
import sys

import pytest
from environment import ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "data/raw/README.md"]


def test_the_worked_trace_is_what_the_command_prints():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    fact, shown = re.search(r"\$ upcm trace (\S+)\n(.*?)```", text, re.S).groups()
    ended = subprocess.run([sys.executable, "-m", "upcm_analysis.cli", "trace", fact], capture_output=True, text=True)
    assert [line.rstrip() for line in ended.stdout.splitlines()] == shown.splitlines()


def test_the_first_thirty_lines_show_a_picture_and_the_two_commands():
    top = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:30])
    assert "make report" in top and "make test" in top and "<img" in top and "upcm trace" in top


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_named_files_exist(path):
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)|<img src=\"([^\"]+)\"", text)
    for link in filter(None, (part for pair in links for part in pair)):
        assert (path.parent / link).exists(), link
    for module in re.findall(r"`(upcm_analysis(?:\.\w+)+)`", text):
        parts = module.split(".")
        candidates = [ROOT / "/".join(parts[:n]) for n in (len(parts), len(parts) - 1)]
        assert any(c.with_suffix(".py").is_file() or c.is_dir() for c in candidates), module


def test_make_has_the_commands_that_others_rely_on():
    help_text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = set(re.findall(r"make (\S+)", help_text))
    assert {"report", "test", "lab", "data", "verify", "bench", "help"} <= targets
