"""The data package of an edition: all its facts and the code lists that their codes are in, as Frictionless describes it."""

import json
from pathlib import Path

from factpress import codelists, files
from factpress.formats.csv import FACTS, fact_fields, header, resource
from factpress.home import home
from factpress.metadata.edition import Edition
from upcm_analysis.registers.sources import in_use

FILE = "datapackage.json"
LISTS = "codelists"
#: The lists that go with the facts, and what is in them. Their first column is their key.
TITLES = {
    "clusters": "Clusters of product groups",
    "forms": "Forms that an indicator can have, such as a share; added to its code",
    "indicators": "Indicators, without their forms",
    "methods": "Methods, in words",
    "product_groups": "Product groups",
    "projects": "Projects of the programme",
    "provinces": "Provinces",
    "signs": "Signs in place of a value",
    "statuses": "Statuses, and what they mean",
    "teams": "Teams of the programme",
    "units": "Units",
    "warnings": "Warnings",
    "sources": "Register of the tables that the facts were read from",
}
#: The columns of the facts whose codes are all in one list.
KEYS = {
    "cluster": "clusters",
    "method": "methods",
    "product_group": "product_groups",
    "project": "projects",
    "sign": "signs",
    "status": "statuses",
    "team": "teams",
    "unit": "units",
}
NEEDED = ("fact_id", "indicator", "place", "unit", "status", "method", "inputs", "edition")


def lists(target: Path, edition: str) -> None:
    """Put the code lists, the methods and the register of sources beside the facts: it may not point outside itself."""
    for name in TITLES:
        path = home() / f"data/processed/{edition}/methods.csv" if name == "methods" else None
        content = in_use() if name == "sources" else (path or codelists.file(name)).read_bytes()
        files.write(target / LISTS / f"{name}.csv", content)


def package(target: Path, edition: Edition) -> bytes:
    """The description of the facts and code lists of an edition."""
    facts = resource(
        target / FACTS,
        target,
        "facts",
        fact_fields(target / FACTS, "en"),
        {"title": edition.title["en"], "sources": []},
    )
    facts["schema"] |= {
        "primaryKey": "fact_id",
        "foreignKeys": [
            {"fields": field, "reference": {"resource": name.replace("_", "-"), "fields": _key(target, name)}}
            for field, name in sorted(KEYS.items())
        ],
    }
    for field in facts["schema"]["fields"]:
        if field["name"] in NEEDED:
            field["constraints"] = {"required": True}
    organisation = edition.organisation
    content = {
        "profile": "tabular-data-package",
        "name": f"upcm-{edition.name}",
        "id": edition.url,
        "title": edition.title["en"],
        "description": edition.description["en"],
        "homepage": edition.url,
        "version": edition.short_version,
        "keywords": edition.keywords["en"],
        "licenses": [{"name": organisation.licence.name, "path": organisation.licence.uri}],
        "contributors": [
            {"title": organisation.creator.name.en, "path": organisation.creator.homepage, "role": "author"},
            {"title": organisation.publisher.name.en, "path": organisation.publisher.homepage, "role": "publisher"},
        ],
        "sources": [{"title": title} for title in edition.documents],
        "resources": [facts, *(_list(target, name) for name in TITLES)],
    }
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _list(target: Path, name: str) -> dict:
    path = target / LISTS / f"{name}.csv"
    fields = [{"name": column, "type": "string"} for column in header(path)]
    made = resource(path, target, name.replace("_", "-"), fields, {"title": TITLES[name], "sources": []})
    made["schema"]["primaryKey"] = fields[0]["name"]
    return made


def _key(target: Path, name: str) -> str:
    return header(target / LISTS / f"{name}.csv")[0]
