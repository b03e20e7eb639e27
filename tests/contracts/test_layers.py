"""Who may import whom: words < evidence, method, telling < the running modules < notebooks."""

import ast
import re
from pathlib import Path

import pytest
from environment import ROOT

PACKAGE = ROOT / "upcm_analysis"
LAYERS = {"words": set(), "evidence": {"words"}, "method": {"words"}, "telling": {"words"}}
#: What may stand under words: the standard library and these.
OUTSIDE_WORDS = {"pandas", "pint", "pydantic", "yaml"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The modules that a file imports, also inside functions."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def layer(path: Path) -> str:
    inside = path.relative_to(PACKAGE).parts
    return inside[0] if inside[0] in LAYERS else "running"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_layer_imports_only_what_lies_below_it(path):
    own = layer(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "upcm_analysis" or len(parts) == 1 or own == "running":
            continue
        target = parts[1] if parts[1] in LAYERS else "running"
        assert target == own or target in LAYERS[own], f"{path.name} ({own}) imports {name} ({target})"


def test_words_stand_on_nearly_nothing():
    import sys

    for path in (PACKAGE / "words").glob("*.py"):
        outside = {name.split(".")[0] for name in imported(path)} - set(sys.stdlib_module_names) - {"upcm_analysis"}
        assert outside <= OUTSIDE_WORDS, f"{path.name}: {outside}"


def test_only_evidence_opens_raw_data():
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        opens = '"raw"' in text or "read_raw" in text or "raw_path" in text
        assert not opens or layer(path) == "evidence", path


def test_method_and_telling_open_no_files():
    # A table of facts that is passed in by path; theme.yml with the files it names; and the package's own assets.
    allowed = {"facts.py", "theme.py", "html.py"}
    for path in MODULES:
        if layer(path) in ("method", "telling") and path.name not in allowed:
            calls = {
                getattr(node.func, "attr", getattr(node.func, "id", ""))
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Call)
            }
            assert not calls & {"open", "read_csv", "read_text", "read_bytes", "to_csv", "write_text"}, path


def test_the_theme_alone_of_telling_knows_where_the_repository_is():
    knowing = {
        path.name for path in MODULES if layer(path) == "telling" and "upcm_analysis.words.home" in imported(path)
    }
    assert knowing == {"theme.py"}


def test_colours_are_in_the_theme_alone():
    """Whoever replaces theme.yml replaces every colour: none stays behind in code, templates or style sheets."""
    colour = re.compile(r"(?<![&\w])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b", re.I)
    assert colour.search("fill:#12436D;") and colour.search("(#fff)") and not colour.search("#data &#8203; #content")
    texts = [path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".css", ".j2", ".typ", ".js")]
    assert len(texts) > len(MODULES)
    for path in texts:
        assert colour.findall(path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_what_is_public_is_documented(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{path} does not say what it stands for"
    private = [one for one in ast.walk(tree) if isinstance(one, ast.ClassDef) and one.name.startswith("_")]
    hidden = {id(one) for whole in private for one in ast.walk(whole)}  # what overrides a base class, mostly
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and id(node) not in hidden
        ):
            inherited = node.name in ("seen", "shown", "add", "so_far")
            assert inherited or ast.get_docstring(node), f"{path.name}: {node.name}"
