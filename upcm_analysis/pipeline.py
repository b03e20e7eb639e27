"""The pipeline: an edition from its raw sources, by the topics one after another; its facts, and the files they are written to.

Nothing here is of any topic: each makes figures and tables of its own from those made so far.
"""

import json
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from factpress import code_hashes, files, hashes, parquet, texts
from factpress.builder import freshness
from factpress.codelists import codelist, file
from factpress.dimensions import Subject, dimensions, fact_id
from factpress.editions import PUBLISHED as AS_PUBLISHED
from factpress.editions import parts
from factpress.errors import InputError, PartFailed, UnknownName
from factpress.facts import ALLOCATED, Facts, columns, described, schema
from factpress.home import home, shown
from factpress.indicators import base, indicator
from factpress.languages import LANGUAGES
from factpress.methods import SEPARATOR, methods, named
from upcm_analysis import contract, topics
from upcm_analysis.registers import sources
from upcm_analysis.registers.assumptions import ASSUMPTIONS, check_used, oddities, register, require_scenario
from upcm_analysis.topics.editions import release_sources
from upcm_analysis.topics.editions.record_sources import FILE, record
from upcm_analysis.topics.editions.sides import Record, Side
from upcm_analysis.vocabulary.findings import judge, no_findings
from upcm_analysis.vocabulary.results import RESULT, Made, SoFar


@dataclass(frozen=True)
class Edition:
    """Everything that an edition rests on: `cells` as printed, `facts`, judged `findings`, `tables` by name, and the `record`.

    The name of an edition under a scenario has that in it: `2020.central`.
    """

    name: str
    cells: pd.DataFrame
    facts: Facts
    findings: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    record: Record


def build(edition: str) -> Edition:
    """An edition from its raw sources. Raises InputError for bad input and PartFailed for a check that fails unknown."""
    made = assemble(edition)
    failed = made.findings[made.findings.state == "fail"]
    if len(failed):
        first = [
            f"{row.check}: {row.subject} {row.indicator}: found {row.found:g}, expected {row.expected:g}"
            for row in failed.head(5).itertuples()
        ]
        raise PartFailed(
            f"{len(failed)} checks of edition {edition} fail and are not known oddities:\n  "
            + "\n  ".join(first)
            + "\n  see 'upcm check'; explain a real oddity in data/oddities.csv, or take out one that is no longer found"
        )
    tables = dict(made.tables)
    for topic in topics.parts("build").values():
        if hasattr(topic, "finish"):
            tables |= topic.finish(edition, made.facts.table, made.record)
    return replace(made, tables=tables)


def assemble(edition: str) -> Edition:
    """An edition with its findings, also where checks fail; topics that need them to hold then make nothing.

    Raises InputError for bad input, and where a topic names what there is not.
    """
    texts.check()
    contract.check_units()
    contract.check_dimensions()
    _require(edition)
    _require_used()
    for topic in topics.parts("sources").values():
        if hasattr(topic, "check"):
            topic.check()
    year, scenario = parts(edition)
    so_far, cells, findings = SoFar(year, scenario, _completed(Made().figures), {}), [], []
    known = oddities(year)
    for name, topic in topics.parts("build").items():
        if hasattr(topic, "build"):
            made = topic.build(so_far)
            contract.check(name, made, so_far.tables)
            findings.append(_judged(made, known))
            cells += [] if made.cells is None else [made.cells]
            so_far = replace(
                so_far,
                figures=pd.concat(filter(len, [so_far.figures, _completed(made.figures)]), ignore_index=True),
                tables={**so_far.tables, **made.tables},
                failed=so_far.failed or bool((findings[-1].state == "fail").any()),
            )
    judged = pd.concat(filter(len, findings), ignore_index=True)
    never = known[~known.index.get_level_values("check").isin(judged.check)]
    judged = pd.concat([judged, judge(no_findings(), never)], ignore_index=True) if len(never) else judged
    facts, whole = _facts(so_far.figures, year), pd.concat(cells, ignore_index=True)
    tables = {**so_far.tables, "methods": _methods(facts.table)}
    return Edition(edition, whole, facts, judged, tables, record(whole, facts.table, year))


def _completed(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures with a column for each dimension, the whole of it where they are not about it, and with their scenario."""
    missing = {name: one.whole for name, one in dimensions().items() if name not in figures}
    table = figures.assign(**missing, **({} if "scenario" in figures else {"scenario": AS_PUBLISHED}))
    wholes = {name: one.whole for name, one in dimensions().items()}
    return table.fillna(wholes)[[*RESULT, "scenario", *(name for name in dimensions() if name not in RESULT)]]


def _judged(made: Made, oddities: pd.DataFrame) -> pd.DataFrame:
    """The findings of a topic, judged by the known oddities of its checks and by what it withholds itself."""
    own = oddities[oddities.index.get_level_values("check").isin(made.findings.check)]
    return judge(made.findings, pd.concat([own, made.withheld]))


def _require(name: str) -> None:
    """That there is an edition, and a scenario, of this name."""
    edition, scenario = parts(name)
    if edition not in sources.editions():
        raise UnknownName("edition", edition, sources.editions(), file=sources.REGISTER, column="edition")
    require_scenario(scenario)


def _require_used() -> None:
    """That every assumption can be used, and that there is what each, and each rule of a warning, names."""
    topics.parts("build")  # their methods are known once they are loaded
    for name, row in codelist("warning_rules").iterrows():
        if row.method:
            named(row.method, file=shown(file("warning_rules")), row=name, column="method")
    known = {*methods(), *codelist("checks").index, *topics.TOPICS}
    check_used(register(), ASSUMPTIONS, known)
    check_used(codelist("parameters"), shown(file("parameters")), known)


def _facts(figures: pd.DataFrame, edition: str) -> Facts:
    """The table of facts of an edition, checked against its schema."""
    table = figures.copy()
    abouts = [Subject(*key) for key in table[list(dimensions())].itertuples(index=False, name=None)]
    rows = zip(table.indicator, abouts, table.scenario, strict=True)
    table["fact_id"] = [fact_id(code, about, scenario) for code, about, scenario in rows]
    contract.check_once(table)
    table["indicator"] = [name.partition("/")[0] for name in table.fact_id]
    table["unit"] = [indicator(code).unit for code in table.indicator]
    table["sign"] = ["." if pd.isna(value) else "0" if value == 0 else "" for value in table.value]
    table["edition"] = edition
    table["warnings"] = _warnings(table, abouts)
    table["status"] = _statuses(table)
    table["inputs"] = [SEPARATOR.join(inputs) for inputs in table.inputs]
    table = table.sort_values("fact_id", kind="stable", ignore_index=True)[columns()]
    numbers = ["value", "low", "high"]
    table[numbers] = table[numbers].astype(float)
    table = table.astype({name: object for name in columns() if name not in numbers})
    return Facts(schema().validate(table))


def _methods(facts: pd.DataFrame) -> pd.DataFrame:
    """What is told of the methods that made the facts, so that who reads them need not load what calculates."""
    used = [methods()[name] for name in sorted(facts.method.unique())]
    return pd.DataFrame(
        [
            {
                "method": one.id,
                **{f"name_{language}": one.label[language] for language in LANGUAGES},
                "status": one.status,
                "formula": one.formula,
                "function": one.function,
            }
            for one in used
        ]
    )


def _statuses(table: pd.DataFrame) -> list[str]:
    """Of each fact its status: what was printed, or follows from that, is allocated where its warnings say so."""
    made = [methods()[method].status for method in table.method]
    return [
        ALLOCATED if status in ("published", "derived") and ALLOCATED in warnings.split(SEPARATOR) else status
        for status, warnings in zip(made, table.warnings, strict=True)
    ]


def _warnings(table: pd.DataFrame, abouts: list[Subject]) -> list[str]:
    """Of each fact the warnings: by rule, and those of the facts of the same subject that it was calculated from."""
    rules = list(codelist("warning_rules").itertuples())
    found = {}
    columns = (table.fact_id, map(base, table.indicator), abouts, table.method, table.inputs)
    for name, code, about, method, inputs in zip(*columns, strict=True):
        own = [
            rule.warning
            for rule in rules
            if rule.indicator in ("", code)
            and rule.method in ("", method)
            and rule.kind in ("", about.kind)
            and rule.product_group in ("", about.product_group)
        ]
        inherited = [w for part in inputs if part.endswith("/" + about.path) for w in found.get(part, [])]
        found[name] = list(dict.fromkeys([*own, *inherited]))
    return [SEPARATOR.join(found[name]) for name in table.fact_id]


def processed(edition: str) -> Path:
    """Where the processed tables of an edition lie."""
    return home() / "data" / "processed" / edition


def refresh(edition: str) -> Path:
    """The folder of the processed tables of an edition, made anew where what they are made of has changed.

    Of two processes that ask for it at once, one makes it and the other waits.
    """
    _require(edition)
    target = processed(edition)
    with files.alone(target):
        try:
            note = json.loads((target / freshness.NOTE).read_text(encoding="utf-8"))
            whole = note == {**_made_of(), "files": hashes.of_files(target, without=freshness.NOTE)}
        except (OSError, ValueError):
            whole = False
        return target if whole else _written(build(edition))


def side(name: str, as_released: bool = False) -> Side:
    """An edition to compare, by its name or from its facts (`.../facts.csv`, or that of a release), with its record.

    With `as_released` an edition by name is as it was released, if it was; else it is as it would be built now.
    """
    for path in (Path(name), Path(name) / "facts.csv"):
        if path.is_file():
            return release_sources.side(path)
    if as_released and name in release_sources.names():
        return release_sources.side(release_sources.path(name))
    if parts(name)[0] not in sources.editions():
        raise InputError(
            "there are no facts to compare",
            found=name,
            expected=f"a facts.csv, or one of the editions {', '.join(sources.editions())}",
            remedy=f"name the edition as {sources.REGISTER} does",
        )
    return release_sources.side(refresh(name) / "facts.csv")


def write(made: Edition) -> Path:
    """The tables of an edition as CSV and Parquet in `data/processed/<edition>`, all at once or not at all."""
    with files.alone(processed(made.name)):
        return _written(made)


def _written(made: Edition) -> Path:
    target = processed(made.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    parts = {
        "facts": made.facts.table,
        "cells": made.cells,
        "findings": made.findings,
        **made.tables,
    }
    for left in target.parent.glob(f".{made.name}-*"):
        shutil.rmtree(left, ignore_errors=True)  # of a run that was killed
    room = Path(tempfile.mkdtemp(prefix=f".{made.name}-", dir=target.parent))
    try:
        with files.saying(target):
            for name, table in parts.items():
                table.to_csv(room / f"{name}.csv", index=False, float_format="%.12g", lineterminator="\n")
                parquet.write(table, room / f"{name}.parquet", described("en") if name == "facts" else None)
            (room / FILE).write_text(made.record.text(), encoding="utf-8")
            note = {**_made_of(), "files": hashes.of_files(room)}
            (room / freshness.NOTE).write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")
            files.replace(room, target)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return target


def _made_of() -> dict:
    """What the tables of an edition are made of: the data, and the code that makes them of it."""
    return {"data": freshness.data(), "code": code_hashes.of_tables()}
