"""Uses: which code of the packages some code uses in the end, found by reading it.

So a changed function rebuilds what uses it and nothing else. Code counts as used wherever its name is mentioned: sometimes
too much is taken for used, never too little. `tests/publications/test_uses.py` holds that to what is really executed.
"""

import ast
import contextlib
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version as version_of
from pathlib import Path

from factpress import files, hashes, texts
from factpress.home import home
from factpress.publisher import packages

#: Under the processed tables: the definitions of the package as it was last read.
KEPT = ".remembered/definitions.json"
WORD = re.compile(r"[A-Za-z_]\w*")
#: What may be a name: a word that comes after no dot and is not by itself between quotes.
NAME = re.compile(r"(?<![\w.'\"])([A-Za-z_]\w*)(?![\w'\"])")
#: What may be a method: a word after a dot.
CALLED = re.compile(r"\.([A-Za-z_]\w*)")
DOTTED = re.compile(r"([A-Za-z_]\w*)\.([A-Za-z_]\w*)")
#: Decorators that leave a method to be called by its name; others hand it to someone else.
PLAIN = {"property", "cached_property", "staticmethod", "classmethod", "cache", "contextmanager"}


@dataclass
class Definition:
    """A function, class, method or constant of the package, or a file of it that is no code: its text and what it mentions."""

    text: str
    #: Full names of other definitions.
    names: set[str] = field(default_factory=set)
    #: Names after a dot, which may be those of methods.
    attributes: set[str] = field(default_factory=set)
    #: Its methods, by name, where it is a class.
    methods: dict[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Enough of the sha256 of its text to tell it from another."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]


def used(roots: Iterable[str], cells: Iterable[str] = ()) -> dict[str, str]:
    """Every definition that roots (full names) and cells (source text) use in the end, with its hash, in order of name."""
    known = definitions()
    start = Definition("", names=set(roots))
    for cell in cells:
        start.text = cell
        try:
            _mentions(start, _imports(ast.parse(cell).body, "cell"))
        except SyntaxError:  # a magic, or a mistake: what it uses cannot be told
            start.names |= known.keys()
    found: set[str] = set()
    attributes, waiting = set(start.attributes), set(start.names)
    while waiting:
        for name in waiting & known.keys():
            attributes |= known[name].attributes
        found |= waiting
        mentioned = {name for one in waiting & known.keys() for name in known[one].names}
        methods = {
            method
            for one in found & known.keys()
            for called, method in known[one].methods.items()
            if called in attributes
        }
        waiting = (mentioned | methods) - found
    return {name: known[name].sha256 for name in sorted(found & known.keys()) if known[name].text}


def version(code: str = "") -> str:
    """The version of the package, and enough of a hash of code to tell it from another: without one, of both packages whole."""
    code = code or hashes.of_value(_hashed())
    return f"{version_of('upcm-analysis')} ({code[:8]})"


@cache
def definitions() -> dict[str, Definition]:
    """Everything that is defined in the packages, by full name: `factpress.charts.bars`; files by file name.

    Kept on disk until a file of the package changes: to parse all of them takes most of a second.
    """
    place, package = home() / "data" / "processed" / KEPT, _hashed()
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):  # none, or not one of ours
        kept = json.loads(place.read_text(encoding="utf-8"))
        if kept["package"] == package:
            return {
                name: Definition(text, set(names), set(attributes), methods)
                for name, (text, names, attributes, methods) in kept["definitions"].items()
            }
    found = _definitions_of_package()
    kept = {name: [one.text, sorted(one.names), sorted(one.attributes), one.methods] for name, one in found.items()}
    with contextlib.suppress(OSError):  # who may not write there parses again
        files.write(place, json.dumps({"package": package, "definitions": kept}).encode())
    return found


def _hashed() -> dict[str, str]:
    """The sha256 of each file of the packages, by package and path."""
    return {
        f"{package.name}/{name}": sha
        for package in packages()
        for name, sha in hashes.of_files(package, without="__pycache__").items()
    }


def _paths() -> list[Path]:
    """The files of the packages, in a fixed order."""
    return sorted(path for package in packages() for path in package.rglob("*"))


def _definitions_of_package() -> dict[str, Definition]:
    found: dict[str, Definition] = {}
    for path in _paths():
        if path.suffix == ".py":
            made = _of_module(_module(path), path.read_text(encoding="utf-8"))
            for one in made.values():
                one.text += _said(path) if one.text.endswith("= texts(__name__)\n") else ""
            found |= made
        elif path.name in _file_names():
            text = path.read_text(encoding="utf-8")
            called = set(CALLED.findall(text)) if path.suffix == ".j2" else set()
            found[path.name] = Definition(text, _files(text), called)
    return found


def _said(path: Path) -> str:
    """What a module says in each language, by the files of texts beside it."""
    return json.dumps([modules[path.stem] for modules in texts.read(path.parent).values()], ensure_ascii=False)


def _of_module(module: str, text: str) -> dict[str, Definition]:
    """The definitions of a module. What stands loose in it belongs to each; what it imports, others may import from it."""
    tree, lines = ast.parse(text), text.splitlines(keepends=True)
    imported = _imports(tree.body, module)
    parts = [(name, node) for node in tree.body for name in _names(node)]
    names = imported | {name: f"{module}.{name}" for name, _ in parts if name}
    found = {f"{module}.{name}": Definition("", {target}) for name, target in imported.items()}
    found[module] = loose = Definition("".join(_text(node, lines) for name, node in parts if not name))
    _mentions(loose, names)
    for name, node in parts:
        if name:
            for full, one in _definitions(f"{module}.{name}", node, names, lines):
                _mentions(one, names)
                one.names.add(module)
                found[full] = one
    return found


def _names(node: ast.stmt) -> list[str]:
    """The names that a statement of a module defines; for a loose statement an empty one, for an import or a text none."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return [name.id for one in targets for name in ast.walk(one) if isinstance(name, ast.Name)]
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return [] if text or isinstance(node, ast.Import | ast.ImportFrom) else [""]


def _definitions(full: str, node: ast.stmt, names: dict[str, str], lines: list[str]) -> Iterator[tuple]:
    """A definition; of a class of our own also its methods, each by itself, for a class is seldom used whole."""
    apart = []
    if isinstance(node, ast.ClassDef) and all(_is_ours(base, names) for base in node.bases):
        apart = [one for one in node.body if isinstance(one, ast.FunctionDef) and _is_called_by_name(one)]
    kept = set(range(_first(node), node.end_lineno + 1))
    for one in apart:
        kept -= set(range(_first(one), one.end_lineno + 1))
        yield f"{full}.{one.name}", Definition(_text(one, lines))
    text = "".join(lines[number - 1] for number in sorted(kept))
    yield full, Definition(text, methods={one.name: f"{full}.{one.name}" for one in apart})


def _is_ours(base: ast.expr, names: dict[str, str]) -> bool:
    """Whether a class is one of the package: what others derive from theirs they may call as they like."""
    return isinstance(base, ast.Name) and base.id in names


def _is_called_by_name(method: ast.FunctionDef) -> bool:
    decorators = {word for one in method.decorator_list for word in WORD.findall(ast.unparse(one))}
    return not method.name.startswith("__") and decorators <= PLAIN


def _mentions(one: Definition, names: dict[str, str]) -> None:
    """Adds to a definition what its text mentions: names that are known here, parts of modules, what may be methods, files."""
    words = set(NAME.findall(one.text))
    one.attributes |= set(CALLED.findall(one.text))
    one.names |= {names[word] for word in words & names.keys()} | _files(one.text)
    for start, part in DOTTED.findall(one.text):
        if start in names:
            one.names.add(f"{names[start]}.{part}")


def _imports(body: list[ast.stmt], module: str) -> dict[str, str]:
    """The names that a module has from elsewhere in the package, wherever in it they are imported."""
    found = {}
    for node in body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in [
            package.name for package in packages()
        ]:
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
        for inner in ("body", "orelse", "finalbody", "handlers"):
            found |= _imports(getattr(node, inner, []), module)
    return found


def _files(text: str) -> set[str]:
    """The templates, style sheets and lists of the package that a text names."""
    return {name for name in _file_names() if name in text}


@cache
def _file_names() -> list[str]:
    return sorted(p.name for p in _paths() if p.suffix in (".j2", ".js", ".typ", ".css", ".csv"))


def _module(path: Path) -> str:
    package = next(one for one in packages() if path.is_relative_to(one))
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _first(node: ast.stmt) -> int:
    """The first line of a definition, its decorators included."""
    return min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])


def _text(node: ast.stmt, lines: list[str]) -> str:
    return "".join(lines[_first(node) - 1 : node.end_lineno])
