"""The projects of the programme, and what it would measure: tables that were taken over from its documents."""

import re

import pandas as pd

from factpress.codelists import codelist, entries
from factpress.errors import InputError
from upcm_analysis.registers import sources, tables
from upcm_analysis.registers.tables import listed, placed
from upcm_analysis.topics.programme import form_sources
from upcm_analysis.topics.programme.form_sources import UNSAFE

#: A row is what one document says of a project. Codes of several effects or R-strategies stand apart by a space, names of
#: organisations and activities by a semicolon; `r_printed` is the ladder as the document has it.
PROJECT = [
    "project",
    "team",
    "organisations",
    "effects",
    "effect_nl",
    "effect_en",
    "term",
    "r_steps",
    "r_printed",
    "cluster",
    "part_of",
    "about_nl",
    "about_en",
    "activities_nl",
    "activities_en",
]
#: A row is one thing that the programme does or would measure: the column of the roadmap, whether there are raw data, and the
#: indicator of this repository that is that very thing.
ROADMAP = ["horizon", "part", "nl", "en", "data", "indicator"]
PARTS = ("activities", "performance", "environment", "supply", "economy", "capital")
#: Whether there are raw data for an indicator.
DATA = ("available", "partly available", "not available", "not stated")
#: The roles of the tables that the programme steers by.
STEERING = ("projects", "sheets", "progress", "roadmap")
#: Columns that hold a code of a list, and those that may hold several.
ONE = {"team": "teams", "cluster": "clusters", "part_of": "projects"}
SEVERAL = {"effects": "effect_goals", "r_steps": "r_strategies"}


def cells(edition: str) -> pd.DataFrame:
    """Return the cells of an edition that are figures of projects, as printed and on their forms."""
    printed = pd.concat([tables.cells(edition), tables.cells(edition, "comparison")], ignore_index=True)
    return pd.concat([printed[printed.project != ""], form_sources.cells(edition)], ignore_index=True)


def whole(edition: str) -> pd.DataFrame:
    """Return a cell for each table that the programme steers by, as a whole."""
    return tables.whole(edition, STEERING)


def projects(edition: str) -> pd.DataFrame:
    """What each document says of each project: rows of `PROJECT` with the `source`, in the order of the code list of projects.

    Raises InputError for a project, team, cluster, effect goal or R-strategy that there is none of, and for a project twice
    in one document.
    """
    found = []
    for source in sources.registered(edition, "projects"):
        seen = set()
        for at, row in placed(source, PROJECT):
            listed("project", row["project"], entries("projects"), at)
            if row["project"] in seen:
                raise InputError(
                    "a project is listed twice", **at, column="project", found=row["project"], expected="each once"
                )
            seen.add(row["project"])
            for column, name in ONE.items():
                listed(column, row[column], ["", *entries(name)], at)
            for column, name in SEVERAL.items():
                row[column] = " ".join(row[column].replace(";", " ").split())
                for code in row[column].split():
                    listed(column, code, codelist(name).index.get_level_values(-1), at)
            if not re.fullmatch(r"(\d{4})?", row["term"]):
                raise InputError(
                    "a term is no year", **at, column="term", found=row["term"], expected="2020, or nothing"
                )
            for column in PROJECT:
                if UNSAFE.search(row[column]):
                    raise InputError(
                        "a text could be read as markup or a formula", **at, column=column, found=row[column],
                        expected="a text without markup, that does not begin with = + - or @",
                    )  # fmt: skip
            found.append({**row, "source": source})
    order = {name: number for number, name in enumerate(entries("projects"))}
    table = pd.DataFrame(found, columns=[*PROJECT, "source"])
    return table.sort_values("project", key=lambda names: names.map(order), kind="stable", ignore_index=True)


def roadmap(edition: str) -> pd.DataFrame:
    """What the programme does and would measure, by decision horizon: rows of `ROADMAP` with the `source`."""
    found = []
    for source in sources.registered(edition, "roadmap"):
        for at, row in placed(source, ROADMAP):
            listed("horizon", row["horizon"], entries("horizons"), at)
            listed("part", row["part"], PARTS, at)
            listed("data", row["data"], DATA, at)
            listed("indicator", row["indicator"], ["", *entries("indicators")], at)
            found.append({**row, "source": source})
    return pd.DataFrame(found, columns=[*ROADMAP, "source"])
