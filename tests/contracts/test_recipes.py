"""The recipes of docs/extend.md are followed as they stand there, in a copy of the code, and do what they say."""

import re
import shutil

import pytest
from environment import ROOT
from support import copy
from test_new_topic import upcm

PAGE = (ROOT / "docs/extend.md").read_text(encoding="utf-8")
#: Each block: its file, the line below which it goes where that is said, and what goes there.
BLOCKS = re.findall(r"```(?:python|text)\n# ([^\s,]+)(?:, after: ([^\n]+))?\n(.*?)```", PAGE, re.S)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A copy of the repository with its code, to which everything is added."""
    root = tmp_path_factory.mktemp("recipes") / "copy"
    copy(root)
    shutil.rmtree(root / "data/codelists")  # the lists of the copied packages are read
    for name in ("factpress", "upcm_analysis"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file, after, what in BLOCKS:
        path = root / file
        text = path.read_text(encoding="utf-8")
        if after:
            assert text.count(f"{after}\n") == 1, f"{file}: {after}"
            text = text.replace(f"{after}\n", f"{after}\n{what}")
        else:
            text += ("\n\n" if path.suffix == ".py" else "") + what
        path.write_text(text, encoding="utf-8")
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
