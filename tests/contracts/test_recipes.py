"""The recipes of docs/extend.md are followed as they stand there, in a copy of the code, and do what they say."""

import re

import pytest
from environment import ROOT
from support import Repository, copy_with_code
from test_new_topic import upcm

PAGE = (ROOT / "docs/extend.md").read_text(encoding="utf-8")
#: Each block: its file, the line below which it goes where that is said, and what goes there.
BLOCKS = re.findall(r"```(?:python|text)\n# ([^\s,]+)(?:, after: ([^\n]+))?\n(.*?)```", PAGE, re.S)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A copy of the repository with its code, to which everything is added."""
    root = tmp_path_factory.mktemp("recipes") / "copy"
    copy_with_code(root)
    for file, after, what in BLOCKS:
        if after:
            Repository(root).edit(file, f"{after}\n", f"{after}\n{what}")
        else:
            with (root / file).open("a", encoding="utf-8") as code:
                code.write(("\n\n" if file.endswith(".py") else "") + what)
    upcm(root, "data")
    return root


def test_a_derived_figure_is_followed_back(root):
    traced = upcm(root, "trace", "purchases_meur/province/zeeland")
    assert traced.startswith("purchases_meur/province/zeeland = 3358 MEUR  allocated [3357 to 3359]\n├── difference: ")
    assert "turnover_meur/province/zeeland = " in traced and "value_added_meur/province/zeeland = " in traced


def test_a_check_looks_at_every_figure(root):
    findings = (root / "data/processed/2020/findings.csv").read_text(encoding="utf-8").splitlines()
    own = [line for line in findings if line.startswith("not-negative,")]
    assert len(own) == 31
    assert [line.split(",")[1] for line in own if not line.endswith(",pass")] == ["product-group/32"]


def test_every_block_of_the_page_is_followed():
    assert len(BLOCKS) == PAGE.count("```") // 2 == 7
