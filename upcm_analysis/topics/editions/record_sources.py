"""The record: what the facts of an edition were made of, part by part, so that a later edition can say why its own differ.

It stands beside the facts as `record.json`, and beside those of a released edition. What is in it: every printed cell, every
correction, assumption and row of a code list as far as figures can depend on it, and a hash of the code of each topic.
"""

import hashlib
import json
import re
from pathlib import Path

import pandas as pd

from factpress import code_hashes, codelists, hashes
from factpress.cells import cell_name
from factpress.codelists import codelist
from factpress.dimensions import Subject, dimensions, fact_id
from factpress.errors import InputError
from factpress.home import home, shown
from factpress.languages import LANGUAGES
from factpress.methods import named
from factpress.publisher import packages
from upcm_analysis.registers import assumptions, corrections, sources
from upcm_analysis.registers.private import PRIVATE, keyed
from upcm_analysis.topics.editions.sides import Record

FILE = "record.json"
#: Of an assumption what figures can depend on, and of a correction.
ASSUMED = ["value", "unit", "scenario", "low", "high", "distribution"]
CORRECTED = ("source", "change", "row", "column", "expect", "becomes")
#: How code names the code lists that it takes rows of.
LISTED = re.compile(r"(?:codelist|entries)\(\"(\w+)\"")
#: The code lists that a fact, or the cell that it was read from, takes its own row of: another row does not touch it.
OWN = {"indicators", "forms", "units", "published_rows", "published_columns", "warning_rules"}
#: The part of the code in which every topic speaks.
VOCABULARY = "vocabulary"
#: The length of a hash that tells one version of something from another.
SHORT = 8


def read(path: Path) -> Record | None:
    """The record in a file; None where there is no such file. Raises InputError where it holds something else."""
    if not path.is_file():
        return None
    try:
        return Record(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise InputError(
            "a file does not hold the record of an edition",
            file=shown(path),
            expected="what 'upcm data' or 'upcm release' writes",
            remedy="make it again, or restore it from git",
        ) from None


def record(cells: pd.DataFrame, facts: pd.DataFrame, edition: str) -> Record:
    """The record of an edition: its cells as read, its facts, and everything else as it now stands in the repository."""
    register = sources.of_edition(edition)
    methods = {method: code_hashes.part_of(named(method).function) for method in sorted(facts.method.unique())}
    topics = _topics(set(methods.values()))
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
        lists=_lists(
            OWN.union(
                (one.list for one in dimensions().values() if one.list), *(entry["lists"] for entry in topics.values())
            )
        ),
        methods=methods,
        topics=topics,
        shared=_shared(topics),
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
    conversions = hashlib.sha256(codelists.content("units.txt")).hexdigest()[:SHORT]
    pairs = assumptions.prevailing().index
    order = {"prevailing": {f"{source}|{over}": {"source": source, "over": over} for source, over in pairs}}
    return found | {"units.txt": {"": {"sha256": conversions}}} | (order if len(pairs) else {})


def _topics(names: set[str]) -> dict[str, dict]:
    """Of each topic the hash of its code that makes tables, and the code lists that this takes rows of.

    The vocabulary, in which every topic speaks, takes rows for each of them.
    """
    code = code_hashes.of_tables()
    return {
        name: {"code": code[name][:SHORT], "lists": sorted((_listed(name) | _listed(VOCABULARY)) - OWN)}
        for name in sorted(names)
    }


def _listed(part: str) -> set[str]:
    """The code lists that a part of the code names."""
    folder = packages()[0].parent
    texts = [(folder / file).read_text(encoding="utf-8") for file in code_hashes.files_of_tables(part)]
    return {name for text in texts for name in LISTED.findall(text)}


def _shared(topics: dict) -> dict[str, str]:
    """The hash of what all facts rest on, whatever their topic: the code outside of topics, and the versions of packages."""
    code = code_hashes.of_tables()
    own = {part: code[part][:SHORT] for part in code.keys() - topics.keys() - set(code_hashes.of_topics())}
    return own | {"packages": hashes.of_file(home() / "requirements.lock")[:SHORT]}
