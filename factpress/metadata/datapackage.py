"""The data package of an edition: all its facts and the code lists that their codes are in, as Frictionless describes it."""

import json
from pathlib import Path

from factpress import files
from factpress.codelists import content as content_of
from factpress.codelists import entries
from factpress.dimensions import dimensions
from factpress.formats.csv import FACTS, fact_fields, header, resource
from factpress.metadata.edition import Edition
from factpress.publisher import publisher

FILE = "datapackage.json"
LISTS = "codelists"
#: The code list of the lists that go with the facts, with what is in them. The first column of each is its key.
PUBLISHED = "published_lists"
#: The columns of the facts whose codes are all in one list, besides those of dimensions.
KEYS = {"method": "methods", "sign": "signs", "status": "statuses", "unit": "units"}
#: The columns that always hold something, besides those of dimensions of which the whole has a code.
NEEDED = ("fact_id", "indicator", "unit", "status", "method", "inputs", "edition")


def lists(target: Path, edition: str) -> None:
    """Put the code lists, the methods and the register of sources beside the facts: it may not point outside itself."""
    for name in entries(PUBLISHED):
        if name == "sources":
            content = publisher().register()
        else:
            methods = publisher().tables(edition) / "methods.csv"
            content = methods.read_bytes() if name == "methods" else content_of(f"{name}.csv")
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
            for field, name in sorted(_keys(target).items())
        ],
    }
    known = dimensions()
    for field in facts["schema"]["fields"]:
        if field["name"] in NEEDED or (field["name"] in known and known[field["name"]].whole):
            field["constraints"] = {"required": True}
    organisation = edition.organisation
    content = {
        "profile": "tabular-data-package",
        "name": f"{publisher().name}-{edition.name}",
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
        "resources": [facts, *(_list(target, name) for name in entries(PUBLISHED))],
    }
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _keys(target: Path) -> dict[str, str]:
    """The columns of the facts whose codes are all in one list: of a dimension also its whole, or that has no code."""
    columns = header(target / FACTS)
    return KEYS | {
        name: one.list for name, one in dimensions().items() if name in columns and one.list and not one.whole
    }


def _list(target: Path, name: str) -> dict:
    path = target / LISTS / f"{name}.csv"
    fields = [{"name": column, "type": "string"} for column in header(path)]
    made = resource(
        path, target, name.replace("_", "-"), fields, {"title": entries(PUBLISHED)[name]["title"], "sources": []}
    )
    made["schema"]["primaryKey"] = fields[0]["name"]
    return made


def _key(target: Path, name: str) -> str:
    return header(target / LISTS / f"{name}.csv")[0]
