"""The press knows nothing of what it publishes: no import of the package of the subject, and none of its words."""

import ast
import re

import pytest
from environment import ROOT

PRESS = ROOT / "factpress"
SUBJECT = "upcm_analysis"
#: Words of the subject, in code, comments and texts alike.
WORDS = re.compile(r"provinc|cluster|\bprojects?\b|\bteams?\b|product.?group|\bsbi\b|upcm", re.I)
#: Not yet parted from the subject.
NOT_YET = {"assets", "builder", "formats", "metadata", "site", "templates", "errors.py", "files.py", "home.py"}
FILES = sorted(
    path
    for path in PRESS.rglob("*")
    if path.suffix in (".py", ".yml", ".csv") and path.relative_to(PRESS).parts[0] not in NOT_YET
)


def imports(text: str) -> set[str]:
    """The packages that a module imports, also inside functions."""
    nodes = list(ast.walk(ast.parse(text)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_press_knows_nothing_of_its_subject(path):
    text = path.read_text(encoding="utf-8")
    assert sorted({word.lower() for word in WORDS.findall(text)}) == []
    assert path.suffix != ".py" or SUBJECT not in imports(text)


@pytest.mark.parametrize("word", ["by_province", "Clusters", "the projects of", "product-group", "SBI 24", "UpcmError"])
def test_a_word_of_the_subject_is_found(word):
    assert WORDS.search(word)


def test_an_import_inside_a_function_is_found():
    assert SUBJECT in imports("def f():\n    from upcm_analysis.registers import sources\n")
