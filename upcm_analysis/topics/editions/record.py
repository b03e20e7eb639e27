"""The record: what the facts of an edition were made of, part by part, so that a later edition can say why its own differ.

It stands beside the facts as `record.json`, and beside those of a released edition. What is in it: every printed cell, every
correction, assumption and row of a code list as far as figures can depend on it, and a hash of every function.
"""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from factpress import codelists, hashes
from factpress.builder import uses
from factpress.codelists import codelist, entries
from factpress.dimensions import Subject, fact_id
from factpress.errors import InputError
from factpress.home import home, shown
from factpress.languages import LANGUAGES
from upcm_analysis.registers import assumptions, corrections, sources
from upcm_analysis.registers.private import PRIVATE, keyed
from upcm_analysis.registers.tables import cell_name
from upcm_analysis.vocabulary.methods import named

FILE = "record.json"
#: Where a fact is made that is made together with others, by full name; what such a place uses counts for all of them.
TOGETHER = (
    "upcm_analysis.topics.regions.build.regions",
    "upcm_analysis.topics.functions.build.innovation",
    "upcm_analysis.topics.scenarios.build.outlook",
)
#: What turns cells into figures and figures into facts, whatever their method. Of these the pipeline's own code counts.
PIPELINE = tuple(f"upcm_analysis.pipeline.{name}" for name in ("_published", "_derive", "_comparable", "_facts"))
#: What no figure depends on: words of messages, where the repository is, and how files are written.
NOT = tuple(
    f"upcm_analysis.{name}."
    for name in ("factpress.errors", "factpress.home", "factpress.texts", "factpress.languages", "files")
)
#: Of an assumption what figures can depend on, and of a correction.
ASSUMED = ["value", "unit", "scenario", "low", "high", "distribution"]
CORRECTED = ("source", "change", "row", "column", "expect", "becomes")
#: How code names the code lists that it takes rows of.
LISTED = re.compile(r"(?:codelist|entries)\(\"(\w+)\"")
#: The code lists that a fact, or the cell that it was read from, takes its own row of: another row does not touch it.
OWN = {"indicators", "forms", "units", "published_rows", "published_columns", "warning_rules"}
#: The length of a hash that tells one version of something from another.
SHORT = 8


@dataclass(frozen=True)
class Record:
    """What the facts of an edition were made of, each part by name.

    `sources`: hash of each raw file, keyed where that is not published. `cells`: of each cell of a source [what is printed,
    what it is about, hash of how it was read, names of corrections]. `corrections`, `assumptions` (with the function each is
    used in) and `lists` (by list and row): their content, without words and reasons. `code`: hash of each definition.
    `methods`: of each method the definitions and the code lists that it rests on. `packages`: hash of the versions of all.
    """

    sources: dict[str, str]
    cells: dict[str, list]
    corrections: dict[str, dict]
    assumptions: dict[str, dict]
    lists: dict[str, dict]
    code: dict[str, str]
    methods: dict[str, dict]
    packages: str

    @classmethod
    def read(cls, path: Path) -> "Record | None":
        """The record in a file; None where there is no such file. Raises InputError where it holds something else."""
        if not path.is_file():
            return None
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            return cls(**content | {"methods": dict(_by_id(*one) for one in content["methods"].items())})
        except (ValueError, TypeError, KeyError):
            raise InputError(
                "a file does not hold the record of an edition",
                file=shown(path),
                expected="what 'upcm data' or 'upcm release' writes",
                remedy="make it again, or restore it from git",
            ) from None

    def text(self) -> str:
        """The record as a file: a line an entry, so that a difference between two can be read."""
        parts = []
        for part, content in asdict(self).items():
            if isinstance(content, dict):
                lines = (f"{_json(name)}: {_json(entry)}" for name, entry in sorted(content.items()))
                parts.append(f"{_json(part)}: {{\n" + ",\n".join(lines) + "\n}")
            else:
                parts.append(f"{_json(part)}: {_json(content)}")
        return "{" + ",\n".join(parts) + "}\n"


def _by_id(method: str, entry: dict) -> tuple[str, dict]:
    """A method of a record by its id. Until November 2026 records named methods by their functions."""
    id_ = entries("method_names").get(method, {}).get("method", method)
    return id_, {"function": method, **entry}


def record(cells: pd.DataFrame, facts: pd.DataFrame, edition: str) -> Record:
    """The record of an edition: its cells as read, its facts, and everything else as it now stands in the repository."""
    register = sources.of_edition(edition)
    code, methods = _code(sorted(facts.method.unique()))
    return Record(
        sources={
            name: (keyed(row.sha256) if row.role in PRIVATE else row.sha256)[: 2 * SHORT]
            for name, row in register.iterrows()
        },
        cells=_cells(cells),
        corrections={
            one.id: {name: value for name in CORRECTED if (value := getattr(one, name))}
            for one in corrections.corrections()
            if one.source in register.index
        },
        assumptions={
            name: {"used_in": row.used_in, **{column: row[column] for column in ASSUMED if row[column]}}
            for name, row in assumptions.register().iterrows()
        },
        lists=_lists(OWN.union(*(entry["lists"] for entry in methods.values()))),
        code=code,
        methods=methods,
        packages=hashes.of_file(home() / "requirements.lock")[:SHORT],
    )


def _cells(cells: pd.DataFrame) -> dict[str, list]:
    """Of each cell what is printed, what it is about, a hash of how it was read, and the corrections that it was read with."""
    return {
        cell_name(cell["row"], cell["column"], cell["part"], cell["source"]): [
            cell["printed"],
            fact_id(cell["indicator"], Subject(cell["place"], cell["cluster"], cell["product_group"])),
            hashes.of_value([str(cell[name]) for name in ("value", "low", "high", "unit")])[:SHORT],
            *filter(None, cell["correction"].split(", ")),
        ]
        for cell in cells.to_dict("records")
    }


def _lists(names: set[str]) -> dict[str, dict]:
    """The rows of code lists without their words, each row by its keys; of units also how they are converted.

    And which source prevails over which other, where that is registered.
    """
    found = {}
    for name in sorted(names):
        table = codelist(name)
        told = [column for column in table.columns if not column.endswith(tuple(f"_{one}" for one in LANGUAGES))]
        keys = ["|".join(key) if isinstance(key, tuple) else key for key in table.index]
        rows = table[told].to_dict("records")
        found[name] = {
            key: {column: value for column, value in row.items() if value} for key, row in zip(keys, rows, strict=True)
        }
    conversions = hashes.of_file(codelists.files()["units.txt"])[:SHORT]
    pairs = assumptions.prevailing().index
    order = {"prevailing": {f"{source}|{over}": {"source": source, "over": over} for source, over in pairs}}
    return found | {"units.txt": {"": {"sha256": conversions}}} | (order if len(pairs) else {})


def _code(methods: list[str]) -> tuple[dict[str, str], dict[str, dict]]:
    """The hash of each definition that methods rest on; and of each method which of these, and which code lists."""
    own = {name: sha for name, sha in uses.used(PIPELINE).items() if name.startswith("upcm_analysis.pipeline.")}
    together = {name: uses.used([name]) for name in TOGETHER}
    alone = uses.definitions()[PIPELINE[1]].names
    used = {}
    for method in methods:
        function = named(method).function
        reached = uses.used([function])
        for place, others in together.items():
            if function in others and function not in alone:
                reached |= others | {place: others[place]}
        reached |= own
        used[method] = {name: sha for name, sha in reached.items() if not name.startswith(NOT)}
    every = {name: sha[:SHORT] for reached in used.values() for name, sha in reached.items()}
    order = {name: number for number, name in enumerate(sorted(every))}
    return dict(sorted(every.items())), {
        method: {
            "function": named(method).function,
            "code": sorted(order[name] for name in reached),
            "lists": _listed(reached),
        }
        for method, reached in used.items()
    }


def _listed(names: dict[str, str]) -> list[str]:
    """The code lists that definitions take rows of, besides the row that each fact is about."""
    known = uses.definitions()
    words = "factpress."
    telling = {name for name in names if name.startswith((f"{words}dimensions.", f"{words}indicators."))}
    found = {one for name in names.keys() - telling for one in LISTED.findall(known[name].text)}
    return sorted(found - OWN)


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False)
