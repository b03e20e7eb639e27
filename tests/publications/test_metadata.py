"""The metadata of an edition: valid in each of its formats, true to the files, the same each time; seeded faults are caught."""

import csv
import hashlib
import json
import re
import shutil
import socket
from pathlib import Path

import pyshacl
import pytest
import requests
import requests_cache
import yaml
from rdflib import DCAT, DCTERMS, SH, Graph, Literal, URIRef
from rocrate import vocabs
from rocrate_validator import models, services
from support import copy_tables
from urllib3 import HTTPResponse

from factpress import metadata
from factpress.facts import columns
from factpress.formats.csv import header
from factpress.metadata import catalog, codecheck, crate, datapackage, organisation
from factpress.site import plan

VERSION = "0123456789abcdef" * 4
SHAPES = Path(__file__).with_name("dcat-ap-nl.ttl")
FACTS = [
    "jobs_k/nl,jobs_k,NL,,,608,607.5,608.5,kjob,published,,as-printed,a/b[c | d],2020,,published,,",
    "co2_kt/cluster/materialen,co2_kt,NL,materialen,,,,,ktCO2,published,.,as-printed,a/b[c | e],2020,,published,,",
]


def publications() -> list[plan.Publication]:
    return [p for p in plan.publications() if p.subject in ("zeeland", "methode")]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def lay(target: Path) -> Path:
    """An edition made by hand: four publications, and a fifth that failed and has no folder."""
    entries = {"nl/province/limburg": {"state": "failed", "reason": "a notebook that raises"}}
    for p in publications():
        place = target / p.folder
        (place / "tables").mkdir(parents=True)
        names = [
            "index.html",
            f"{p.subject}.pdf",
            f"{p.subject}.xlsx",
            "datapackage.json",
            "facts.csv",
            "tables/01-a.csv",
        ]
        for name in names:
            (place / name).write_text(f"{p.folder} {name}")
        entries[p.folder] = {"state": "built", "files": {name: sha256(place / name) for name in names}}
    whole = [
        line + "," * (len(columns()) - len(next(csv.reader([line])))) for line in FACTS
    ]  # about no other dimension
    (target / "facts.csv").write_text("\n".join([",".join(columns()), *whole]) + "\n")
    (target / "index.html").write_text("<!doctype html>")
    (target / "manifest.json").write_text(json.dumps({"edition": "2020", "data": VERSION, "publications": entries}))
    return target


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """The edition with its metadata; tests that change it take a copy."""
    target = lay(tmp_path_factory.mktemp("edition") / "2020")
    metadata.write(target, "2020", publications(), VERSION)
    return target


@pytest.fixture
def copy(edition, tmp_path):
    shutil.copytree(edition, tmp_path / "2020")
    return tmp_path / "2020"


def read(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))


def described(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """By path: where a file is described, and with which sha256."""
    found = {}
    for entity in read(folder / crate.FILE)["@graph"]:
        if entity["@type"] == "File":
            found.setdefault(entity["@id"], []).append((crate.FILE, entity["sha256"]))
    for entity in read(folder / catalog.FILE)["@graph"]:
        if entity["type"] == "dcat:Distribution":
            path = entity["downloadURL"].removeprefix(f"{organisation.read().home}2020/")
            found.setdefault(path, []).append((catalog.FILE, entity["checksum"]["checksumValue"]))
    for item in yaml.safe_load((folder / codecheck.FILE).read_text(encoding="utf-8"))["manifest"]:
        found.setdefault(item["file"], []).append((codecheck.FILE, item["comment"].rpartition(" ")[2]))
    for resource in read(folder / datapackage.FILE)["resources"]:
        found.setdefault(resource["path"], []).append((datapackage.FILE, resource["hash"].removeprefix("sha256:")))
    return found


def untrue(folder: Path) -> set[tuple[str, str]]:
    """Which file is not there, or not as described, and by which description."""
    return {
        (path, where)
        for path, descriptions in described(folder).items()
        for where, sha in descriptions
        if not (folder / path).is_file() or sha256(folder / path) != sha
    }


def test_every_file_is_described_as_it_is(edition):
    assert untrue(edition) == set()
    files = {p.relative_to(edition).as_posix() for p in edition.rglob("*") if p.is_file()}
    in_crate = {e["@id"]: e for e in read(edition / crate.FILE)["@graph"] if e["@type"] == "File"}
    assert set(in_crate) == files - {crate.FILE}
    assert all(int(entity["contentSize"]) == (edition / path).stat().st_size for path, entity in in_crate.items())


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("facts.csv", {crate.FILE, catalog.FILE, codecheck.FILE, datapackage.FILE}),
        ("nl/province/zeeland/zeeland.pdf", {crate.FILE, catalog.FILE, codecheck.FILE}),
        ("codelists/units.csv", {crate.FILE, datapackage.FILE}),
    ],
)
def test_a_changed_byte_and_a_missing_file_are_caught(copy, path, where):
    content = (copy / path).read_bytes()
    (copy / path).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert untrue(copy) == {(path, one) for one in where}
    (copy / path).unlink()
    assert untrue(copy) == {(path, one) for one in where}


def test_the_metadata_is_the_same_each_time(edition, tmp_path):
    again = lay(tmp_path / "other" / "2020")
    for _ in range(2):  # the second time with all files of the first in place
        metadata.write(again, "2020", list(reversed(publications())), VERSION)
        for name in metadata.NAMES:
            assert (again / name).read_bytes() == (edition / name).read_bytes(), name
    assert not list(again.rglob(".*"))


def test_the_hash_of_a_publication_is_taken_from_the_manifest(copy):
    manifest = read(copy / "manifest.json")
    manifest["publications"]["nl/province/zeeland"]["files"]["index.html"] = "0" * 64
    (copy / "manifest.json").write_text(json.dumps(manifest))
    metadata.write(copy, "2020", publications(), VERSION)
    assert {path for path, _ in untrue(copy)} == {"nl/province/zeeland/index.html"}


def test_a_publication_that_failed_is_left_out(edition):
    for name in metadata.NAMES:
        assert "limburg" not in (edition / name).read_text(encoding="utf-8").lower(), name


def test_the_organisation_is_in_all_metadata(repository, edition, tmp_path):
    copy_tables(repository.root)
    repository.edit(
        "organisation.yml", "base: https://example.org/feiten-en-cijfers/", "base: https://cijfers.example/"
    )
    target = tmp_path / "2020"
    shutil.copytree(edition, target)
    metadata.write(target, "2020", publications(), VERSION)
    for name in metadata.NAMES:
        text = (target / name).read_text(encoding="utf-8")
        assert "https://cijfers.example/2020/" in text and "feiten-en-cijfers/2020" not in text, name


# The catalogue


def graph(folder: Path) -> Graph:
    return Graph().parse(folder / catalog.FILE, format="json-ld")


def violations(data: Graph) -> list[tuple]:
    """What the shapes find, warnings too: node and property."""
    _, report, _ = pyshacl.validate(data, shacl_graph=str(SHAPES), inference="none", advanced=False)
    return [
        (report.value(one, SH.focusNode), report.value(one, SH.resultPath)) for one in report.subjects(SH.resultMessage)
    ]


@pytest.fixture
def offline(monkeypatch):
    """No test may need a network: one that tries is seen, also where the try is caught."""
    tried = []

    def connect(self, address):
        tried.append(address)
        raise OSError("no network in a test")

    monkeypatch.setattr(socket.socket, "connect", connect)
    yield
    assert tried == []


def test_the_catalogue_has_what_the_profile_asks(edition, offline):
    data = graph(edition)
    assert violations(data) == []
    home = organisation.read().home
    dataset = URIRef(f"{home}2020/")
    assert data.value(dataset, DCTERMS.identifier) == Literal(f"{home}2020/")
    assert data.value(dataset, DCTERMS.issued).toPython().isoformat() == "2026-11-22"
    assert {title.language for title in data.objects(dataset, DCTERMS.title)} == {"nl", "en"}
    assert {str(theme)[-4:] for theme in data.objects(dataset, DCAT.theme)} == {"ECON", "ENVI", "TECH"}
    assert len(list(data.objects(dataset, DCAT.distribution))) == 2 + 3 * len(publications())
    assert all("@context" not in str(o) for o in data.objects())


def drop(predicate):
    def fault(data, dataset):
        data.remove((dataset, predicate, None))

    return fault


def theme_that_is_not_in_the_list(data, dataset):
    data.set((dataset, DCAT.theme, URIRef("http://publications.europa.eu/resource/authority/data-theme/SCIE")))


def address_without_a_scheme(data, dataset):
    data.set((next(data.objects(dataset, DCAT.distribution)), DCAT.accessURL, URIRef("example.org/facts.csv")))


def address_as_text(data, dataset):
    data.set(
        (next(data.objects(dataset, DCAT.distribution)), DCAT.downloadURL, Literal("https://example.org/facts.csv"))
    )


def second_publisher(data, dataset):
    data.add((dataset, DCTERMS.publisher, URIRef("https://example.org/another")))


def title_twice_in_a_language(data, dataset):
    data.add((dataset, DCTERMS.title, Literal("Nog een", lang="nl")))


def distribution_without_licence(data, dataset):
    data.remove((next(data.objects(dataset, DCAT.distribution)), DCTERMS.license, None))


FAULTS = {
    "no publisher": (drop(DCTERMS.publisher), DCTERMS.publisher),
    "no creator": (drop(DCTERMS.creator), DCTERMS.creator),
    "no contact point": (drop(DCAT.contactPoint), DCAT.contactPoint),
    "no identifier": (drop(DCTERMS.identifier), DCTERMS.identifier),
    "no access rights": (drop(DCTERMS.accessRights), DCTERMS.accessRights),
    "no theme": (drop(DCAT.theme), DCAT.theme),
    "no description": (drop(DCTERMS.description), DCTERMS.description),
    "no landing page": (drop(DCAT.landingPage), DCAT.landingPage),
    "theme": (theme_that_is_not_in_the_list, DCAT.theme),
    "address": (address_without_a_scheme, DCAT.accessURL),
    "text": (address_as_text, DCAT.downloadURL),
    "two publishers": (second_publisher, DCTERMS.publisher),
    "title": (title_twice_in_a_language, DCTERMS.title),
    "licence": (distribution_without_licence, DCTERMS.license),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_the_catalogue_is_caught(edition, name):
    fault, path = FAULTS[name]
    data = graph(edition)
    fault(data, URIRef(f"{organisation.read().home}2020/"))
    assert {found for _, found in violations(data)} == {path}


# The research object


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """A cache of the validator that holds the context of RO-Crate, as the package that writes the crate brings it."""
    place = tmp_path_factory.mktemp("shelf") / "http"
    body = json.dumps(vocabs.RO_CRATE).encode()
    response = requests.Response()
    response.status_code, response._content, response.url = 200, body, vocabs.RO_CRATE["@id"]
    response.headers["Content-Type"] = "application/ld+json"
    response.request = requests.Request("GET", response.url).prepare()
    response.raw = HTTPResponse(body=body, headers=response.headers, status=200, preload_content=False)
    with requests_cache.CachedSession(cache_name=str(place), backend="sqlite") as session:
        session.cache.save_response(response)
    return place


def validated(folder: Path, shelf: Path) -> models.ValidationResult:
    settings = models.ValidationSettings(
        rocrate_uri=folder, profile_identifier="ro-crate-1.3", offline=True, cache_path=shelf
    )
    return services.validate(settings)


#: What the validator has no occasion for: there is no entity on the web, no `cite-as`, and the crate is not detached.
SKIPPED = {"DetachedDataEntityChecker", "CiteAsDownloadableChecker", "WebDataEntityRequiredChecker"}


def test_the_crate_is_valid(edition, shelf, offline):
    assert read(edition / crate.FILE)["@context"] == vocabs.RO_CRATE["@id"]
    result = validated(edition, shelf)
    assert [issue.message for issue in result.get_issues()] == []
    assert len(result.executed_checks) > 50
    assert {type(check).__name__ for check in result.skipped_checks} <= SKIPPED


def test_faults_in_the_crate_are_caught(copy, shelf, offline):
    (copy / "facts.csv").unlink()
    content = read(copy / crate.FILE)
    root = next(e for e in content["@graph"] if e["@id"] == "./")
    del root["license"]
    root["publisher"] = {"@id": "#build"}
    (copy / crate.FILE).write_text(json.dumps(content))
    found = " ".join(issue.message for issue in validated(copy, shelf).get_issues())
    assert "'facts.csv'" in found and "`license`" in found and "`publisher`" in found


def test_the_crate_names_software_sources_and_the_date_of_the_release(edition):
    entities = {e["@id"]: e for e in read(edition / crate.FILE)["@graph"]}
    root, build = entities["./"], entities["#build"]
    assert root["datePublished"] == build["endTime"] == "2026-11-22"
    assert entities[build["instrument"]["@id"]]["version"] == "0.1.0"
    assert build["result"] == {"@id": "./"} and root["mentions"] == {"@id": "#build"}
    cited = [entities[source["@id"]]["name"] for source in root["citation"]]
    assert len(cited) >= 9 and any("productgroepen" in name for name in cited)
    assert entities[root["publisher"]["@id"]]["contactPoint"]["@id"] in entities
    assert len({e["@id"] for e in entities.values()}) == len(read(edition / crate.FILE)["@graph"])


# The data package


def mistakes(folder: Path) -> list[str]:
    """What is not as the specification of a tabular data package has it, version 1."""
    package = read(folder / datapackage.FILE)
    found = [key for key in ("profile", "name", "licenses", "resources") if not package.get(key)]
    resources = {r["name"]: r for r in package["resources"]}
    if len(resources) != len(package["resources"]):
        found.append("a name is given twice")
    found += [f"name {name}" for name in [package["name"], *resources] if not re.fullmatch(r"[a-z0-9._-]+", name)]
    rows = {}
    for name, r in resources.items():
        if r["path"].startswith(("/", "..")) or not (folder / r["path"]).is_file():
            found.append(f"{name}: path")
            continue
        with (folder / r["path"]).open(encoding="utf-8", newline="") as lines:
            rows[name] = list(csv.DictReader(lines))
        fields = r["schema"]["fields"]
        if [field["name"] for field in fields] != header(folder / r["path"]):
            found.append(f"{name}: fields")
        if r["bytes"] != (folder / r["path"]).stat().st_size:
            found.append(f"{name}: bytes")
        keys = [row[r["schema"]["primaryKey"]] for row in rows[name]]
        if "" in keys or (name == "facts" and len(set(keys)) != len(keys)):
            found.append(f"{name}: key")
        for field in fields if name == "facts" else []:
            values = [row[field["name"]] for row in rows[name]]
            if field["type"] == "number" and not all(re.fullmatch(r"(-?[0-9.]+(e[+-]?\d+)?)?", v) for v in values):
                found.append(f"{name}: {field['name']} is not a number")
            if field.get("constraints", {}).get("required") and "" in values:
                found.append(f"{name}: {field['name']} is empty")
    for key in resources["facts"]["schema"]["foreignKeys"]:
        known = {row[key["reference"]["fields"]] for row in rows.get(key["reference"]["resource"], [])}
        found += [
            f"{key['fields']} {row[key['fields']]}"
            for row in rows.get("facts", [])
            if row[key["fields"]] not in {"", *known}
        ]
    return found


def test_the_data_package_is_as_specified(edition):
    assert mistakes(edition) == []
    fields = read(edition / datapackage.FILE)["resources"][0]["schema"]["fields"]
    assert [f["name"] for f in fields] == columns() and all(f["description"] for f in fields)
    assert {f["name"] for f in fields if f["type"] == "number"} == {"value", "low", "high"}


@pytest.mark.parametrize(
    ("path", "old", "new", "caught"),
    [
        ("facts.csv", ",kjob,", ",banana,", "unit banana"),
        ("facts.csv", ",608,", ",n.b.,", "facts: value is not a number"),
        ("facts.csv", "co2_kt/cluster/materialen,", ",", "facts: key"),
        ("facts.csv", "fact_id,", "id,", "facts: fields"),
        ("datapackage.json", '"path": "facts.csv"', '"path": "../facts.csv"', "facts: path"),
        ("datapackage.json", '"name": "upcm-2020"', '"name": "UPCM 2020"', "name UPCM 2020"),
        ("datapackage.json", '"path": "codelists/units.csv"', '"path": "codelists/unit.csv"', "units: path"),
    ],
)
def test_a_fault_in_the_data_package_is_caught(copy, path, old, new, caught):
    text = (copy / path).read_text(encoding="utf-8")
    assert old in text
    (copy / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        found = mistakes(copy)
    except KeyError as error:  # a column that the description names is gone
        found = [f"facts: fields {error}"]
    assert any(one.startswith(caught) for one in found), found


# The CODECHECK configuration


def test_the_codecheck_configuration_is_as_authors_hand_it_over(edition):
    text = (edition / codecheck.FILE).read_text(encoding="utf-8")
    assert "\n%YAML 1.1\n---\n" in text
    content = yaml.safe_load(text)
    assert content["version"] == "https://codecheck.org.uk/spec/config/1.0/"
    files = [item["file"] for item in content["manifest"]]
    assert len(files) == len(set(files)) and all((edition / file).is_file() for file in files)
    assert {"facts.csv", "index.html", "nl/province/zeeland/zeeland.pdf", "en/method/methode/index.html"} <= set(files)
    assert content["paper"]["title"] and [set(author) for author in content["paper"]["authors"]] == [{"name"}]
    assert "codechecker" not in content and "report" not in content and "certificate" not in content
