"""Who may import whom, and how long modules and functions may be.

The press imports nothing of the subject; of that vocabulary < registers < intake < topics < pipeline < publication < cli.
"""

import ast
import re
from pathlib import Path

import pytest
from environment import ROOT

PACKAGES = [ROOT / "factpress", ROOT / "upcm_analysis"]
MODULES = sorted(path for package in PACKAGES for path in package.rglob("*.py"))
#: The floors of the subject, lowest first; the commands of a topic, and of what brings tables in, stand with the command line.
FLOORS = ["vocabulary", "registers", "intake", "topics", "pipeline", "publication", "cli"]
ABOVE = {"contract": "pipeline", "commands": "cli", "__init__": "vocabulary"}
#: Modules of a topic that read data or write files, through registers and intake; the rest are methods, blocks and `build`.
READING = {"contributions", "events", "filled_forms", "form_workbooks", "forms", "questionnaire", "sources"}
READING |= {"causes", "compare", "record", "released"}
#: What methods may have of the press.
OF_METHODS = {"codelists", "dimensions", "errors", "indicators", "methods"}
#: Of the press: what tells facts.
TELLING = {"blocks", "charts", "contrast", "exhibits", "facts", "markup", "placeholders", "theme", "wording"}


def imported(path: Path) -> set[str]:
    """The modules that a file imports, also inside functions."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def parts(path: Path) -> tuple[str, ...]:
    """A module by the names of its folders and its own."""
    return path.relative_to(ROOT).with_suffix("").parts


def module(name: str) -> Path | None:
    """The file of the module that is imported, or from which something is; None where it is a package, or not ours."""
    names = name.split(".")
    files = [ROOT.joinpath(*names[:end]).with_suffix(".py") for end in (len(names), len(names) - 1) if end]
    return next((file for file in files if file in MODULES), None)


def floor(path: Path) -> int:
    """The floor that a module of the subject stands on."""
    _, *folders, file = parts(path)
    name = ABOVE.get(file) or (folders or [file])[0]
    return FLOORS.index(ABOVE.get(name, name))


def role(path: Path) -> str:
    """What a module of a topic is: `build`, `reading`, `blocks` or a `method`."""
    name = path.stem
    return "build" if name == "build" else "reading" if name in READING else "blocks" if is_blocks(name) else "method"


def is_blocks(name: str) -> bool:
    return name.endswith("blocks")


def layer(path: Path) -> str:
    """The layer of a module: `evidence`, `method`, `telling`, or `running`."""
    package, *folders, file = parts(path)
    if package == "factpress":
        return "telling" if (file in TELLING and not folders) or folders[:1] == ["charts"] else "running"
    if folders[:1] in (["registers"], ["intake"]):
        return "evidence"
    kind = role(path) if folders[:1] == ["topics"] and len(folders) > 1 and file != "commands" else "build"
    return {"reading": "evidence", "blocks": "telling", "method": "method", "build": "running"}[kind]


SUBJECT = [path for path in MODULES if parts(path)[0] == "upcm_analysis"]
TOPICS = [path for path in SUBJECT if parts(path)[1] == "topics" and len(parts(path)) > 3 and path.stem != "commands"]


@pytest.mark.parametrize("path", SUBJECT, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_only_what_lies_below_it(path):
    for name in imported(path):
        file = module(name)
        if file and parts(file)[0] == "upcm_analysis":
            assert floor(file) <= floor(path), f"{path.name} imports {name}"


def test_the_press_imports_nothing_of_the_subject():
    for path in set(MODULES) - set(SUBJECT):
        found = [name for name in imported(path) if name.startswith("upcm_analysis")]
        assert not found, f"{path.name} imports {found}"


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_topic_imports_no_other_and_in_it_each_module_only_what_it_may(path):
    topic, own = parts(path)[2], role(path)
    for name in imported(path):
        file = module(name)
        if file is None:
            continue
        package, *folders, stem = parts(file)
        if package == "factpress":
            assert own != "method" or (stem in OF_METHODS and not folders), f"{path.name} (a method) imports {name}"
        elif folders[:1] == ["topics"] and len(folders) > 1:
            assert folders[1] == topic, f"{topic}/{path.name} imports {name}, of another topic"
            allowed = {"method": {"method"}, "blocks": {"blocks"}, "reading": {"reading", "method"}}
            assert own == "build" or role(file) in allowed[own], f"{path.name} ({own}) imports {name} ({role(file)})"
        elif own in ("method", "blocks"):
            assert folders == ["vocabulary"], f"{path.name} ({own}) imports {name}"


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
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
    # What overrides a base class, mostly, and what is inside a function.
    hidden = {
        id(one) for whole in private + functions for one in ast.walk(whole) if one is not whole or whole in private
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and id(node) not in hidden
        ):
            inherited = node.name in ("seen", "shown")
            assert inherited or ast.get_docstring(node), f"{path.name}: {node.name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_and_no_function_is_long(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400, path.name
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 60, f"{path.name}: {node.name}"


@pytest.mark.parametrize("path", SUBJECT, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_an_import_inside_a_function_says_why(path):
    """Only what is slow to load, and seldom needed where its function is, is loaded there."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for function in [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]:
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert "# here" in lines[node.lineno - 1], f"{path.name}, line {node.lineno}"
