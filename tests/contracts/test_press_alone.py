"""The tests of the press need no subject: none imports it, nor a helper that does, nor the repository of this one."""

import ast
import re
from pathlib import Path

import pytest
from environment import ROOT

PRESS, HELPERS = ROOT / "tests" / "factpress", ROOT / "tests" / "helpers"
SUBJECT = "upcm_analysis"
#: Fixtures of all tests that give something of the subject.
FIXTURES = {"upcm", "edition", "figures_2020"}


def needing(folder: Path, helpers: Path) -> list[str]:
    """Return what of the subject each Python file of a folder needs: by import, in code that it runs, or as a fixture."""
    of_subject = {path.stem for path in helpers.glob("*.py") if SUBJECT in path.read_text(encoding="utf-8")}
    found = []
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {name for node in ast.walk(tree) for name in _named(node, tests=path.stem.startswith("test_"))}
        needed = sorted(names & {*of_subject, *FIXTURES, SUBJECT})
        found += [f"{path.relative_to(folder).as_posix()}: {name}" for name in needed]
    return found


def _named(node: ast.AST, tests: bool) -> list[str]:
    """Return the packages that a part of code imports, also in code that is a text, and among `tests` what it takes."""
    if isinstance(node, ast.Import):
        return [one.name.partition(".")[0] for one in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").partition(".")[0]]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.findall(r"^(?:from|import) (\w+)", node.value, re.M)
    return [one.arg for one in node.args.args] if tests and isinstance(node, ast.FunctionDef) else []


def test_no_test_of_the_press_needs_the_subject():
    assert len(list(PRESS.rglob("test_*.py"))) > 10
    assert needing(PRESS, HELPERS) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from upcm_analysis.registers import tables", "upcm_analysis"),
        ("def test_it():\n    import upcm_analysis", "upcm_analysis"),
        ('CODE = """\nfrom upcm_analysis import publication\n"""', "upcm_analysis"),
        ("from second import edition_of", "second"),
        ("def test_it(edition): ...", "edition"),
    ],
)
def test_a_test_that_needs_it_is_found(tmp_path, text, said):
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "second.py").write_text("from upcm_analysis import pipeline\n")
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "test_it.py").write_text(text + "\n")
    assert needing(tmp_path / "press", tmp_path / "helpers") == [f"test_it.py: {said}"]
