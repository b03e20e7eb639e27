"""The rules of the house: each looks at `factpress` and `upcm_analysis` under a root, and gives in words what breaks it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

#: Who stands on whom: a floor may import those before it, and itself.
FLOORS = (
    "factpress",
    "vocabulary",
    "registers",
    "intake",
    "topics",
    "contract",
    "pipeline",
    "publication",
    "publisher",
    "cli",
)
#: Modules that stand on a floor with others: what new notebooks begin with, the sample of all blocks, and the commands.
BESIDE = {"starters": "publisher", "sample_blocks": "publisher", "commands": "cli"}
#: What a method file may import of the press: what everything is said in.
TERMS = {"codelists", "dimensions", "editions", "errors", "indicators", "languages", "methods", "texts"}
#: The files of a topic that are no method file: what reads, what joins, what tells, what runs.
READS, JOINS, TELLS, RUNS = "sources", "build", "blocks", "commands"
#: Words of the subject, which the press does not know: what it is about, where, what it measures, and how it is divided.
SUBJECT = re.compile(
    r"provinc|(?<!docs/)cluster|(?<!under)projects?\b(?!\.(toml|scripts))|\bteams?\b|product.?group|\bsbi\b|upcm|manufactur|maakindustrie"
    r"|zeeland|groningen|nederland(?!s\b)|netherlands|landelijk|\bnational\b|/country/|\blang=.nl\b|/methode\b"
    r"|\bjobs?\b|\bjobs_k|\bbaan\b|\bbanen\b|co2|\bemissions?\b|uitstoot|organisaties|few organisations"
    r"|verdeelsleutel|distribution key|\b(ECON|ENVI|TECH)\b",
    re.I,
)
#: How a line says why it loads a module late.
LATE = re.compile(r"#.*\bhere, because\b")
#: Names that more than two modules have, since each topic has them.
SHARED = {"__init__", READS, JOINS, TELLS, RUNS}
LONGEST_MODULE, LONGEST_FUNCTION, MEDIAN_MODULE = 400, 60, 170


@dataclass(frozen=True)
class Module:
    """A file of code, by its full name."""

    name: str
    path: Path

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    @property
    def lines(self) -> int:
        return len(self.path.read_text(encoding="utf-8").splitlines())

    @property
    def floor(self) -> str:
        """The floor that it stands on."""
        first, *rest = self.name.split(".")
        own = first if first == "factpress" else "cli" if rest[-1:] == [RUNS] or not rest else rest[0]
        return BESIDE.get(own, own)

    @property
    def topic(self) -> str:
        """The topic that it is of; nothing where it is of none."""
        parts = self.name.split(".")
        return parts[2] if parts[:2] == ["upcm_analysis", "topics"] and len(parts) > 3 else ""

    @property
    def role(self) -> str:
        """What a file of a topic does: reads, joins, tells or runs by its name, else it is a method."""
        own = self.name.rpartition(".")[2]
        roles = (one for one in (READS, JOINS, TELLS, RUNS) if own == one or own.endswith(f"_{one}"))
        return next(roles, "method")

    def imported(self, tree: ast.AST | None = None) -> set[str]:
        """What it imports, by full name: modules, and names in them."""
        found = set()
        for node in ast.walk(tree or self.tree):
            if isinstance(node, ast.Import):
                found |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= {f"{node.module}.{one.name}" for one in node.names}
        return found


class House:
    """The modules of both packages under a root."""

    def __init__(self, root: Path):
        self.root = root
        paths = sorted(path for name in ("factpress", "upcm_analysis") for path in (root / name).rglob("*.py"))
        named = [
            (".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"), path) for path in paths
        ]
        self.modules = {name: Module(name, path) for name, path in named}

    def module(self, name: str) -> Module | None:
        """The module that is imported by a name, or from which something is; None where it is not ours."""
        return self.modules.get(name) or self.modules.get(name.rpartition(".")[0])

    def imports(self) -> Iterator[tuple[Module, Module]]:
        """Each module with each of ours that it imports, for types too."""
        for one in self.modules.values():
            for other in {found.name: found for name in one.imported() if (found := self.module(name))}.values():
                if other is not one:
                    yield one, other

    def floors(self) -> list[str]:
        """Modules that import one of a floor above them."""
        order = {name: number for number, name in enumerate(FLOORS)}
        return [
            f"{one.name} imports {other.name}"
            for one, other in self.imports()
            if one.name != "upcm_analysis" and order.get(one.floor, len(order)) < order.get(other.floor, len(order))
        ]

    def rooms(self) -> list[str]:
        """Files of a topic that import what their kind may not, and topics that import each other."""
        found = []
        for one, other in self.imports():
            if not one.topic:
                continue
            same = one.topic == other.topic
            may = {
                "method": other.floor == "vocabulary"
                or (other.floor == "factpress" and other.name.split(".")[1:2] and other.name.split(".")[1] in TERMS)
                or (same and other.role == "method"),
                READS: other.floor in ("vocabulary", "registers", "factpress", "intake") or same,
                TELLS: other.floor in ("vocabulary", "factpress") or (same and other.role == TELLS),
                JOINS: other.floor in ("vocabulary", "registers", "factpress") or same,
                RUNS: True,
            }[one.role]
            if (other.topic and not same and one.role != RUNS) or not may:
                found.append(f"{one.name} ({one.role}) imports {other.name}")
        return found

    def circles(self) -> list[str]:
        """Modules that import each other in a circle, when they are loaded."""
        after = {name: set() for name in self.modules}
        for one in self.modules.values():
            loaded = [node for node in one.tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
            names = set().union(*(one.imported(node) for node in loaded)) if loaded else set()
            after[one.name] = {other.name for name in names if (other := self.module(name)) and other is not one}
        found, done = [], set()

        def walk(name: str, way: tuple[str, ...]) -> None:
            if name in way:
                found.append(" > ".join([*way[way.index(name) :], name]))
            elif name not in done:
                for other in sorted(after[name]):
                    walk(other, (*way, name))
                done.add(name)

        for name in sorted(after):
            walk(name, ())
        return found

    def inside(self) -> list[str]:
        """Imports inside a function that do not say on their line why they are there."""
        found = []
        for one in self.modules.values():
            lines = one.path.read_text(encoding="utf-8").splitlines()
            inner = {
                node
                for function in ast.walk(one.tree)
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
                for node in ast.walk(function)
                if isinstance(node, ast.Import | ast.ImportFrom)
            }
            found += [f"{one.name}, line {node.lineno}" for node in inner if not LATE.search(lines[node.lineno - 1])]
        return sorted(found)

    def long(self) -> list[str]:
        """Modules and functions that are too long, and the median of modules where that is."""
        found = [f"{one.name}: {one.lines} lines" for one in self.modules.values() if one.lines > LONGEST_MODULE]
        for one in self.modules.values():
            for node in ast.walk(one.tree):
                if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION:
                    found.append(f"{one.name}.{node.name}: {node.end_lineno - node.lineno + 1} lines")
        sizes = sorted(one.lines for one in self.modules.values())
        median = sizes[len(sizes) // 2] if sizes else 0
        return found + ([f"median of modules: {median} lines"] if median > MEDIAN_MODULE else [])

    def names(self) -> list[str]:
        """Names that more than two modules have."""
        counts = Counter(name.rpartition(".")[2] for name in self.modules)
        packages = {name.rpartition(".")[0] for name in self.modules}
        shared = SHARED | {name.rpartition(".")[2] for name in packages}
        return [
            f"{count} modules are called {name}" for name, count in counts.items() if count > 2 and name not in shared
        ]

    def orders(self) -> list[str]:
        """Sorting that leaves to the processor in which order equals stand: NumPy's default does."""
        return [
            f"{one.name}, line {node.lineno}: {node.func.attr} without kind='stable'"
            for one in self.modules.values()
            for node in ast.walk(one.tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("sort_values", "argsort")
            and not any(given.arg == "kind" for given in node.keywords)
        ]

    def words(self) -> list[str]:
        """Files of the press that have a word of the subject."""
        kinds = (".py", ".yml", ".j2", ".typ", ".css", ".js", ".csv")
        found = []
        for path in sorted((self.root / "factpress").rglob("*")):
            if path.suffix in kinds:
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                    if word := SUBJECT.search(line):
                        found.append(f"{path.relative_to(self.root).as_posix()}:{number}: {word[0]}")
        return found
