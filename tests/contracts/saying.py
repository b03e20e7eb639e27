"""Who says which text: the texts of a package, the code and templates that say them, and what is wrong between the two.

A text is said where its name stands by itself in the code, or in a template, of who says the section. What is under a name that
is looked up by a variable, or that is handed on whole, is said with it.
"""

import ast
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from factpress.languages import LANGUAGES
from factpress.texts import read

#: What a template says: `told.title`, `told["crossed text"]`; and by which names sections are asked, there and as a parameter.
IN_TEMPLATE = re.compile(r"(?:\b(\w+)|\])(?:\.(\w+)|\[\"([^\"]+)\"\])")
ASKED, PARAMETER = {"say", "told", "said"}, "words"
#: What says at a function what its results are called.
METHOD = "method"
#: The module that gives texts to those that are about any publisher, and how these ask for them.
PUBLISHER, FROM_PUBLISHER = ".publisher", re.compile(r"publisher\(\)\.words\([\w.]+\)\['(\w+)'\]")
PAIR = re.compile(rf"[\"']({'|'.join(LANGUAGES)})[\"']\s*:")


class Module:
    """A module of a package: its tree, the names by which it has sections of texts, and what it says."""

    def __init__(self, path: Path, package: Path):
        self.path = path
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        parts = path.relative_to(package.parent).with_suffix("").parts
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                child.parent = node

    @cached_property
    def own(self) -> str:
        """The name that it gives its texts; nothing where it has none."""
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.value) == "texts(__name__)":
                return node.targets[0].id
        return ""

    @cached_property
    def imported(self) -> dict[str, tuple[str, str]]:
        """What it has from elsewhere: by its name here the module and the name there."""
        nodes = [node for node in ast.walk(self.tree) if isinstance(node, ast.ImportFrom)]
        return {one.asname or one.name: (node.module, one.name) for node in nodes for one in node.names}

    @cached_property
    def strings(self) -> set[str]:
        """Every text in its code that is not there to document it."""
        return {
            node.value
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and not isinstance(node.parent, ast.Expr)
        }

    @cached_property
    def handed_on(self) -> set[str]:
        """Its functions and classes that give a whole section to who asks, such as `Imprint` with its property `words`."""
        nodes = [node for node in self.tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        found = {self.own} - {""}
        while more := {node.name for node in nodes if gives(node, found)} - found:
            found |= more
        return found

    @cached_property
    def attributes(self) -> set[str]:
        """What it takes of what it has by a name: `brought.WORDS`."""
        nodes = [node for node in ast.walk(self.tree) if isinstance(node, ast.Attribute)]
        return {f"{node.value.id}.{node.attr}" for node in nodes if isinstance(node.value, ast.Name)}

    @cached_property
    def looked_up(self) -> set[str]:
        """The names under which it looks something up by a variable, or that it hands on whole."""
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Subscript):
                outer = node.parent
                if not (isinstance(outer, ast.Subscript) and outer.value is node and named(outer.slice)):
                    found |= named(node.slice)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "each":
                found |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
        return found


def gives(node: ast.AST, givers: set[str]) -> bool:
    """Whether something in a function or class returns a whole section: `WORDS[language]`, `words(language)`."""
    returned = [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return) and inner.value]
    return any(set(map(start, parts(one))) & givers for one in returned)


def parts(node: ast.expr) -> list[ast.expr]:
    """What a section is put together from: `{**WORDS[language], **more}`; itself where it is not."""
    return node.values if isinstance(node, ast.Dict) and node.keys and not any(node.keys) else [node]


def start(node: ast.expr) -> str:
    """The name of what is called, or looked up by a language, and no further."""
    inner = getattr(node, "func", None) or getattr(node, "value", None)
    return inner.id if isinstance(node, ast.Call | ast.Subscript) and isinstance(inner, ast.Name) else ""


def named(node: ast.expr) -> set[str]:
    """The names in a subscript: `["a"]`, or `["a" if b else "c"]`."""
    if isinstance(node, ast.IfExp):
        return named(node.body) | named(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


class Package:
    """A package, or several that say texts of each other."""

    def __init__(self, *roots: Path):
        self.root, self.roots = roots[0], roots
        files = [path for root in roots for path in sorted(root.rglob("*"))]
        self.modules = [Module(path, self.root) for path in files if path.suffix == ".py"]
        self.templates = {p.name: p.read_text(encoding="utf-8") for p in files if p.suffix in (".j2", ".typ")}

    @cached_property
    def folders(self) -> list[Path]:
        """The folders that have texts in a language."""
        return sorted({path.parent for root in self.roots for path in root.rglob("texts.*.yml")})

    @cached_property
    def sections(self) -> dict[str, dict]:
        """The texts of each module by full name, in the first language: the others have the same names."""
        found = {}
        for folder in self.folders:
            start = ".".join(folder.relative_to(self.root.parent).parts)
            found |= {f"{start}.{name}": section for name, section in read(folder)[LANGUAGES[0]].items()}
        return found

    @cached_property
    def extended(self) -> dict[str, dict]:
        """The same with what a module has from the publisher: `publisher().words(language)["site"]`."""
        given = {
            part: said for name, one in self.sections.items() if name.endswith(PUBLISHER) for part, said in one.items()
        }
        code = {one.name: ast.unparse(one.tree) for one in self.modules}
        more = {name: [given.get(part, {}) for part in FROM_PUBLISHER.findall(code[name])] for name in self.sections}
        return {
            name: dict(said for part in (*more[name], section) for said in part.items())
            for name, section in self.sections.items()
        }

    @cached_property
    def properties(self) -> dict[str, list[dict]]:
        """The properties that give a whole section, such as `words` of an imprint."""
        return {
            node.name: [self.extended[one.name]]
            for one in self.modules
            for node in ast.walk(one.tree)
            if isinstance(node, ast.FunctionDef)
            and isinstance(node.parent, ast.ClassDef)
            and gives(node, one.handed_on)
        }

    def sayers(self, name: str) -> tuple[list[Module], list[str]]:
        """The modules and the templates that may say the texts of a module."""
        (own,) = [one for one in self.modules if one.name == name]
        modules = [own]
        for one in self.modules:
            has = {there for module, there in one.imported.values() if module == name}
            reached = {here for here, (module, there) in one.imported.items() if f"{module}.{there}" == name}
            if has & own.handed_on or {f"{here}.{own.own}" for here in reached} & one.attributes:
                modules.append(one)
        names = {text for one in modules for text in one.strings if text in self.templates}
        while more := {two for one in names for two in self.templates if f'"{two}"' in self.templates[one]} - names:
            names |= more
        return modules, sorted(names)

    # What is wrong

    def without_a_counterpart(self) -> list[str]:
        """Modules that have no section of their own, and sections of no module."""
        saying = {one.name for one in self.modules if one.own}
        return sorted(saying ^ self.sections.keys())

    def unused(self) -> list[str]:
        """Texts that nobody says."""
        found = []
        for name, section in self.sections.items():
            modules, templates = self.sayers(name)
            said = {text for one in modules for text in one.strings}
            whole = {text for one in modules for text in one.looked_up}
            for one in templates:
                mentioned = {a or b for _, a, b in IN_TEMPLATE.findall(self.templates[one])}
                said, whole = said | mentioned, whole | mentioned
            found += [f"{name}: {key}" for key in _unsaid(section, said, whole)]
        return found

    def missing(self) -> list[str]:
        """Texts that code or a template asks for by name, and that are not there."""
        return [fault for one in self.modules for fault in _Asked(self, one).missing()] + list(
            self._missing_in_templates()
        )

    def in_code(self) -> list[str]:
        """Texts in several languages that stand in code or in a template, and code that is about one language."""
        found = [
            f"{one.name}: line {node.lineno}"
            for one in self.modules
            for node in ast.walk(one.tree)
            if of_languages(node)
        ]
        return found + [name for name, text in self.templates.items() if PAIR.search(text)]

    def _missing_in_templates(self) -> Iterator[str]:
        own: dict[str, list[dict]] = {}
        for name, section in self.extended.items():
            for one in self.sayers(name)[1]:
                own.setdefault(one, []).append(section)
        for template, sections in own.items():
            known = {key for section in sections for key in section}
            for start, dotted, quoted in IN_TEMPLATE.findall(self.templates[template]):
                if start in ASKED and (key := dotted or quoted) not in known:
                    yield f"{template}: {start}.{key}"


def of_languages(node: ast.AST) -> bool:
    """Whether code holds texts by language, gives them as `nl=`, `en=`, or asks whether a language is a certain one."""
    if isinstance(node, ast.Dict):
        keys = [key.value if isinstance(key, ast.Constant) else key for key in node.keys]
        return set(keys) == set(LANGUAGES) and all(_is_text(value) for value in node.values)
    if isinstance(node, ast.Call) and ast.unparse(node.func) != METHOD:
        given = {one.arg: one.value for one in node.keywords}
        return given.keys() >= set(LANGUAGES) and all(_is_text(given[one]) for one in LANGUAGES)
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        language = any("lang" in ast.unparse(side) for side in sides if not isinstance(side, ast.Constant))
        return language and any(isinstance(side, ast.Constant) and side.value in LANGUAGES for side in sides)
    return False


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant | ast.JoinedStr | ast.Dict | ast.List | ast.Tuple)


def _unsaid(section: dict, said: set[str], whole: set[str]) -> Iterator[str]:
    """The names in a section that are not said, nor are under a name that is said whole."""
    for name, value in section.items():
        if name not in said and name not in whole:
            yield name
        elif isinstance(value, dict) and name not in whole:
            yield from (f"{name}.{inner}" for inner in _unsaid(value, said, whole))
        elif isinstance(value, dict):
            inner = {key: one for part in value.values() if isinstance(part, dict) for key, one in part.items()}
            yield from (f"{name}.*.{key}" for key in _unsaid(inner, said, whole))


class _Asked:
    """What a module asks of texts by name."""

    def __init__(self, package: Package, module: Module):
        self.package, self.module = package, module
        here = {module.own: module.name} if module.own else {}
        named_ = {one.name: one.own for one in package.modules if one.own}
        here |= {name: there for name, (there, as_) in module.imported.items() if named_.get(there) == as_}
        #: The names that stand for all languages of a section.
        self.texts = {name: package.extended.get(there, {}) for name, there in here.items()}

    def missing(self) -> list[str]:
        found = []
        for node in ast.walk(self.module.tree):
            if isinstance(node, ast.Subscript):
                for name in named(node.slice):
                    at = self._values(node.value)
                    if at and not any(name in one for one in at):
                        found.append(f"{self.module.name}: line {node.lineno}: {name}")
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"{name}.each" for name in self.texts}:
                at = self.texts[node.func.value.id]
                if isinstance(node.args[0], ast.Constant) and node.args[0].value not in at:
                    found.append(f"{self.module.name}: line {node.lineno}: {node.args[0].value}")
        return found

    def _values(self, node: ast.expr) -> list[dict]:
        """The sections, or parts of one, that an expression may stand for; none where it stands for something else."""
        if isinstance(node, ast.Name):
            return self._variable(node)
        if isinstance(node, ast.Attribute):
            set_here = self._set(self.module.tree, f"self.{node.attr}") or []
            own = isinstance(node.value, ast.Name) and node.value.id == "self" and set_here
            return set_here if own else [*set_here, *self.package.properties.get(node.attr, [])]
        if len(parts(node)) > 1:
            return [one for part in parts(node) for one in self._values(part)]
        if isinstance(node, ast.Subscript):
            if isinstance(node.value, ast.Name) and node.value.id in self.texts:
                return [self.texts[node.value.id]]
            names = named(node.slice)
            inner = [one[key] for one in self._values(node.value) for key in one if not names or key in names]
            return [one for one in inner if isinstance(one, dict)]
        return []

    def _variable(self, node: ast.Name) -> list[dict]:
        """What a variable is set to in the functions around it, or the texts of the module where it is their parameter."""
        around = node
        while around is not self.module.tree:
            around = around.parent
            if isinstance(around, ast.FunctionDef):
                if (found := self._set(around, node.id)) is not None:
                    return found
                if node.id == PARAMETER and PARAMETER in {one.arg for one in around.args.args}:
                    return [self.texts[self.module.own]] if self.module.own else []
        return []

    def _set(self, place: ast.AST, name: str) -> list[dict] | None:
        """What a variable, or `self.words`, is set to somewhere in a place; None where it is not, or to one of its own name."""
        for node in ast.walk(place):
            if isinstance(node, ast.Assign):
                for target, value in _pairs(node.targets[0], node.value):
                    if ast.unparse(target) == name and name.rpartition(".")[2] != getattr(value, "attr", ""):
                        return self._values(value)
        return None


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]
