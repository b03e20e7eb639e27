"""Who may import whom: words < evidence, method, telling < the running modules < notebooks."""

import ast
import re
from pathlib import Path

import pytest
from environment import ROOT

PACKAGES = [ROOT / "factpress", ROOT / "upcm_analysis"]
LAYERS = {"words": set(), "evidence": {"words"}, "method": {"words"}, "telling": {"words"}}
#: What may stand under words: the standard library and these.
OUTSIDE_WORDS = {"pandas", "pint", "pydantic", "yaml"}
#: Of the press: what everything is said in, and what tells facts. The rest of it runs.
WORDS = {"editions", "errors", "home", "languages", "settings", "texts"}
TELLING = {"blocks", "charts", "contrast", "exhibits", "facts", "markup", "placeholders", "theme", "wording"}
#: Of the subject: what reads data, and of a topic what joins and what runs. The rest of a topic are methods and blocks.
READING = {"contributions", "events", "forms", "grids", "note_signs", "number_forms", "recognised", "recognition"}
READING |= {"sources"}
RUNNING = {"build", "causes", "commands", "compare", "filled_forms", "form_workbooks", "page", "questionnaire"}
RUNNING |= {"record", "released"}
MODULES = sorted(path for package in PACKAGES for path in package.rglob("*.py"))


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
    package, *folders, file = path.relative_to(ROOT).with_suffix("").parts
    if package == "factpress":
        own = "words" if file in WORDS else "telling" if file in TELLING else "running"
        return "running" if folders else own
    if folders == ["vocabulary"]:
        return "method" if file == "figures" else "words"
    if folders == ["registers"] or (folders and file in READING):
        return "evidence"
    if folders[:1] != ["topics"] or file in RUNNING or file.endswith("_pages"):
        return "running"
    return "telling" if file.endswith("blocks") else "method"


def module(name: str) -> Path | None:
    """The file of the module that is imported, or from which something is; None where it is a package, or not ours."""
    parts = name.split(".")
    files = [ROOT.joinpath(*parts[:end]).with_suffix(".py") for end in (len(parts), len(parts) - 1) if end]
    return next((file for file in files if file in MODULES), None)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_layer_imports_only_what_lies_below_it(path):
    own = layer(path)
    for name in imported(path):
        file = module(name)
        if file is None or own == "running":
            continue
        target = layer(file)
        assert target == own or target in LAYERS[own], f"{path.name} ({own}) imports {name} ({target})"


def test_words_stand_on_nearly_nothing():
    import sys

    for path in (path for path in MODULES if layer(path) == "words"):
        outside = (
            {name.split(".")[0] for name in imported(path)}
            - set(sys.stdlib_module_names)
            - {"factpress", "upcm_analysis"}
        )
        assert outside <= OUTSIDE_WORDS, f"{path.name}: {outside}"


def test_only_evidence_opens_raw_data():
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        opens = '"raw"' in text or "read_raw" in text or "raw_path" in text
        assert not opens or layer(path) == "evidence", path


def test_method_and_telling_open_no_files():
    # A table of facts that is passed in by path; theme.yml with the files it names; and the package's own assets.
    allowed = {"facts.py", "theme.py", "markup.py"}
    for path in MODULES:
        if layer(path) in ("method", "telling") and path.name not in allowed:
            calls = {
                getattr(node.func, "attr", getattr(node.func, "id", ""))
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Call)
            }
            assert not calls & {"open", "read_csv", "read_text", "read_bytes", "to_csv", "write_text"}, path


def test_the_theme_alone_of_telling_knows_where_the_repository_is():
    knowing = {path.name for path in MODULES if layer(path) == "telling" and "factpress.home" in imported(path)}
    assert knowing == {"theme.py"}


def test_colours_are_in_the_theme_alone():
    """Whoever replaces theme.yml replaces every colour: none stays behind in code, templates or style sheets."""
    colour = re.compile(r"(?<![&\w])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b", re.I)
    assert colour.search("fill:#12436D;") and colour.search("(#fff)") and not colour.search("#data &#8203; #content")
    texts = [
        path
        for package in PACKAGES
        for path in package.rglob("*")
        if path.suffix in (".py", ".css", ".j2", ".typ", ".js")
    ]
    assert len(texts) > len(MODULES)
    for path in texts:
        assert colour.findall(path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
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
