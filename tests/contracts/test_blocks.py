"""Blocks of a topic stand on the press and the vocabulary: tables come to them by name, never by the method that made them."""

import ast
import importlib

import pytest
from environment import ROOT

from factpress.page import Page, TopicBlocks
from upcm_analysis.publication import BLOCKS
from upcm_analysis.topics import TOPICS

FOLDERS = ROOT / "upcm_analysis" / "topics"
MODULES = sorted(FOLDERS.glob("*/*blocks.py"))


def imported(source: str) -> set[str]:
    """Return the modules of the two packages that code imports."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    found = {
        f"{node.module}.{one.name}" if node.module.count(".") == 2 else node.module
        for node in nodes
        for one in node.names
    }
    return {name for name in found if name.startswith("upcm_analysis")}


def strangers(source: str, topic: str) -> list[str]:
    """Return what blocks of a topic import and may not: all but the vocabulary and other blocks of the topic."""
    own = f"upcm_analysis.topics.{topic}."
    return sorted(
        name
        for name in imported(source)
        if not name.startswith("upcm_analysis.vocabulary") and not (name.startswith(own) and name.endswith("blocks"))
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_blocks_import_the_press_and_the_vocabulary_alone(path):
    assert strangers(path.read_text(encoding="utf-8"), path.parent.name) == []


@pytest.mark.parametrize(
    "line",
    [
        "from upcm_analysis.topics.regions import allocation",
        "from upcm_analysis.topics.figures import check_blocks",
        "from upcm_analysis.registers import sources",
        "from upcm_analysis.pipeline import processed",
    ],
)
def test_blocks_that_import_something_else_are_found(line):
    assert len(strangers(f"from upcm_analysis.topics.regions import key_blocks\n{line}", "regions")) == 1


def test_each_topic_offers_documented_blocks_and_no_folder_is_left_out():
    assert sorted(TOPICS) == sorted(path.parent.name for path in FOLDERS.glob("*/__init__.py"))
    for topic, module in BLOCKS.items():
        offered = importlib.import_module(module).Blocks
        assert issubclass(offered, TopicBlocks) and not hasattr(Page, topic), topic
        own = {name: one for name, one in vars(offered).items() if callable(one) and not name.startswith("_")}
        assert own and all(one.__doc__ for one in own.values()), topic
