"""What the documents say is so: the commands, the worked trace, the links, the pictures."""

import re
import shlex
import subprocess
import sys
from collections import Counter

import click
import pytest
import typer
from environment import ROOT

from upcm_analysis import cli

#: What is written by hand; the reference is made from the code.
MADE = {"reference", "_build"}
PAGES = [
    path for path in sorted((ROOT / "docs").rglob("*.md")) if not MADE & set(path.relative_to(ROOT / "docs").parts)
]
DOCUMENTS = [ROOT / "README.md", *PAGES, ROOT / "data/raw/README.md"]


def commands(path):
    """The commands of `upcm` and `make` that a document gives, in blocks and in running text, without what stands behind #."""
    text = path.read_text(encoding="utf-8")
    lines = [line for body in re.findall(r"```(?:sh|console)\n(.*?)```", text, re.S) for line in body.splitlines()]
    lines += re.findall(r"`((?:upcm|make) [^`]+)`", text)
    for line in lines:
        line = re.sub(r"^\$ |^\.venv/bin/", "", re.split(r"\s{2,}|\s#", line.strip())[0])
        if line.startswith(("upcm ", "make ")) and "..." not in line:
            yield line


COMMANDS = sorted({(path.relative_to(ROOT).as_posix(), line) for path in DOCUMENTS for line in commands(path)})


@pytest.mark.parametrize(("path", "line"), COMMANDS)
def test_every_command_in_a_document_is_one(path, line):
    """That there is such a command, with these arguments and options; one that stands alone is only named."""
    name, *words = shlex.split(line)
    if name == "make":
        goals = [word for word in words if "=" not in word]
        assert goals and all(re.search(rf"^{goal}:", (ROOT / "Makefile").read_text(), re.M) for goal in goals)
        return
    command, context = typer.main.get_command(cli.app), None
    while hasattr(command, "commands"):
        context = click.Context(command, parent=context, info_name=name)
        if not words or words[0] not in command.list_commands(context):
            assert getattr(command, "invoke_without_command", False), f"{line}: no such command"
            break
        name, *words = words
        command = command.get_command(context, name)
    if words:
        command.make_context(name, list(words), parent=context)


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
        assert link.startswith("reference/") or (path.parent / link).exists(), link
    for module in re.findall(r"`((?:factpress|upcm_analysis)(?:\.\w+)+)`", text):
        parts = module.split(".")
        candidates = [ROOT / "/".join(parts[:n]) for n in (len(parts), len(parts) - 1)]
        assert any(c.with_suffix(".py").is_file() or c.is_dir() for c in candidates), module


def test_each_decision_has_a_number_of_its_own():
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs/decisions").glob("*.md"))]
    numbers = Counter(number for text in texts for number in re.findall(r"^## (\d+)\. ", text, re.M))
    assert len(numbers) > 60 and [number for number, count in numbers.items() if count > 1] == []
    assert not [text for text in texts if re.search(r"[^\n]\n## ", text)]  # a blank line before each
    named = re.findall(r"\[decision (\d+)\]", " ".join(path.read_text(encoding="utf-8") for path in DOCUMENTS))
    assert named and set(named) <= set(numbers)


def test_make_has_the_commands_that_others_rely_on():
    help_text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = set(re.findall(r"make (\S+)", help_text))
    assert {"report", "test", "lab", "data", "verify", "bench", "help"} <= targets
