"""Never stale, and nothing rebuilt for nothing: a change of each kind of input finds exactly the publications it touches."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest
from support import REMEMBERED, Repository, change_code, copy, forget, of_kinds

from factpress.builder import fingerprint, whole_site
from factpress.site import plan
from upcm_analysis import pipeline
from upcm_analysis.registers.sources import data_hash

PROVINCES, CLUSTERS = {"province/drenthe", "province/zeeland"}, {"cluster/high-tech", "cluster/materialen"}
NATIONAL, METHOD = {"national/nederland"}, {"method/methode"}
CROSSED = {"cluster-province/materialen-zeeland"}
ALL = PROVINCES | CLUSTERS | CROSSED | NATIONAL | METHOD
#: What rests on a cell of Drenthe: other provinces are divided by the same key; and what opens with a message that is found.
OF_DRENTHE, OPENED = {"province/drenthe"} | CROSSED | METHOD, PROVINCES | CLUSTERS | NATIONAL
TABLES = "werkwijze-upcm-20201016"
#: Changes of a cell that several tests make.
DRENTHE = (f"{TABLES}/provinces", "Drenthe,17,15,1.121", "Drenthe,17,15,1.122")
CONSUMABLES = (f"{TABLES}/clusters", "Verbruiksartikelen,42", "Verbruiksartikelen,43")


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A repository of a few publications in Dutch, built."""
    root = tmp_path_factory.mktemp("stale") / "original"
    copy(root)
    Repository(root).calculate_less()
    path = root / "publications.yml"
    kinds = ("national", "cluster", "province", "cluster-province", "method")
    text = of_kinds(path.read_text(), *kinds).replace("[nl, en]", "[nl]")
    crossed = ", ".join(name.partition("/")[2] for name in sorted(CROSSED))
    for kind, names in (
        ("cluster", "[materialen, high-tech]"),
        ("province", "[drenthe, zeeland]"),
        ("cluster-province", f"[{crossed}]"),
    ):
        text = re.sub(rf"(kind: {kind}\n.*?subjects: )all", rf"\g<1>{names}", text, flags=re.S)
    path.write_text(text)
    ended = subprocess.run(
        [sys.executable, "-m", "upcm_analysis.cli", "report"],
        env=os.environ | {"FACTPRESS_HOME": str(root)},
        capture_output=True,
        text=True,
    )
    assert f"{len(ALL)} publications: {len(ALL)} built" in ended.stdout, ended.stderr
    return root


@pytest.fixture
def built(original, tmp_path, monkeypatch):
    """A copy of it that a test may change; what one test calculates of a changed cell the next need not."""
    root = tmp_path / "copy"
    shutil.copytree(original, root)
    shutil.rmtree(root / REMEMBERED)
    (root / REMEMBERED).symlink_to(original / REMEMBERED)
    monkeypatch.setenv("FACTPRESS_HOME", str(root))
    forget()
    yield Repository(root)
    monkeypatch.undo()
    forget()


def stale(forgetting: bool = True) -> dict[str, str]:
    """Which publications are not current, and why."""
    if forgetting:
        forget()
    everything = plan.publications()
    facts = pipeline.refresh(everything[0].edition) / "facts.csv"
    work = whole_site.Work(everything, facts, data_hash())
    return {p.name: "; ".join(why) for p in everything if (why := work.changes(p))}


def test_nothing_changed(built):
    assert stale() == {}


def test_a_cell_of_a_province(built):
    built.edit_raw(*DRENTHE)
    found = stale()
    assert found.keys() == OF_DRENTHE
    assert "organisations/province/drenthe" in found["province/drenthe"]
    assert "findings" in found["method/methode"]


def test_a_cell_of_a_cluster(built):
    built.edit_raw(*CONSUMABLES)
    assert stale().keys() == CLUSTERS | NATIONAL | METHOD


def test_what_the_register_says_of_a_source(built):
    built.edit("data/sources.csv", "Directe CO2-uitstoot naar bedrijfstak (kt)", "Directe CO2-uitstoot (kt)")
    assert stale().keys() == NATIONAL | METHOD | {"cluster/materialen"}


def say_more(path) -> None:
    """Adds words to a template."""
    content = json.loads(path.read_text())
    cell = next(c for c in content["cells"] if c["cell_type"] == "markdown")
    cell["source"] = [*cell["source"], " en meer"]
    path.write_text(json.dumps(content))


def test_a_template(built):
    say_more(built.root / "notebooks/publications/cluster.ipynb")
    found = stale()
    assert found.keys() == CLUSTERS
    assert found["cluster/materialen"] == "its template: cluster.ipynb"


def test_outputs_that_are_saved_in_a_template_change_nothing(built):
    path = built.root / "notebooks/publications/cluster.ipynb"
    content = json.loads(path.read_text())
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    path.write_text(json.dumps(content))
    assert stale() == {}


def test_settings_and_lists_that_any_page_may_show(built):
    """Each of them is a part of its own of what a page is made of; what they came to is calculated once for all."""
    before = fingerprint.settings()
    for file in ("theme.yml", "requirements.lock"):
        path = built.root / file
        path.write_bytes(path.read_bytes() + b"\n# a remark\n")
    assert stale() == dict.fromkeys(ALL, "settings and code lists: theme.yml, requirements.lock")
    lists = {"data/codelists/units.csv", "data/oddities.csv", "data/assumptions.csv"}
    for file in lists:
        path = built.root / file
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert stale().keys() == ALL
    now = fingerprint.settings()
    assert {name for name in now if now[name] != before[name]} == {"theme.yml", "requirements.lock"} | lists


def test_settings_that_no_page_shows(built):
    for file in ("organisation.yml", "CITATION.cff"):
        path = built.root / file
        path.write_bytes(path.read_bytes() + b"\n")
    assert stale() == {}


def test_a_subject_that_leaves_the_matrix(built):
    built.edit("publications.yml", "[drenthe, zeeland]", "[drenthe]")
    assert stale() == dict.fromkeys(
        ("province/drenthe", "cluster-province/materialen-zeeland"), "the publications that it leads to: around"
    )


def test_a_parameter(built, monkeypatch):
    everything = plan.publications()
    first = replace(everything[0], parameters=(*everything[0].parameters, ("other", "x")))
    monkeypatch.setattr(plan, "publications", lambda: [first, *everything[1:]])
    assert stale() == {first.name: "its parameters: other"}


@pytest.mark.parametrize(
    ("file", "folder", "touched"),
    [
        ("factpress/facts.py", "factpress", ALL),
        ("upcm_analysis/publication.py", "upcm_analysis", ALL),
        ("upcm_analysis/vocabulary/subjects.py", "upcm_analysis", ALL),
        ("upcm_analysis/topics/figures/blocks.py", "figures", OPENED | METHOD),
        ("upcm_analysis/topics/figures/texts.nl.yml", "figures", OPENED | METHOD),
        ("upcm_analysis/topics/functions/blocks.py", "functions", CLUSTERS),
        ("upcm_analysis/topics/regions/new.py", "regions", PROVINCES | CROSSED | METHOD),
        ("upcm_analysis/topics/editions/blocks.py", "editions", set()),
        ("upcm_analysis/cli.py", "", set()),
        ("upcm_analysis/intake/grids.py", "", set()),
    ],
)
def test_code_makes_stale_what_uses_its_folder(built, monkeypatch, file, folder, touched):
    change_code(monkeypatch, file)
    monkeypatch.setattr(pipeline, "refresh", pipeline.processed)  # of other code the tables are the same
    assert stale(forgetting=False) == dict.fromkeys(touched, f"code: {folder}")


@pytest.mark.parametrize("damage", ["cut short", "gone", "more", "no note", "older note", "broken note", "other note"])
def test_a_folder_that_is_not_as_it_was_written(built, damage):
    place = built.root / "reports/2020/nl/province/zeeland"
    page, note = place / "index.html", place / fingerprint.FILE
    content = json.loads(note.read_text())
    if damage == "cut short":
        page.write_bytes(page.read_bytes()[:100])
    elif damage == "gone":
        page.unlink()
    elif damage == "more":
        (place / "other.txt").write_text("a")
    elif damage == "no note":
        note.unlink()
    elif damage == "older note":
        note.write_text(json.dumps({"inputs": "0" * 64, "files": content["files"]}))
    elif damage == "broken note":
        note.write_bytes(note.read_bytes()[:-20])
    else:
        del content["of"]["facts"]
        note.write_text(json.dumps(content))
    assert stale() == {"province/zeeland": "its files are not as they were written"}


def test_a_publication_that_is_not_there(built):
    shutil.rmtree(built.root / "reports/2020/nl/province/zeeland")
    assert stale() == {"province/zeeland": "not built yet"}


def test_the_command_says_why_and_builds_nothing(built, upcm):
    built.edit_raw(*DRENTHE)
    before = {name: sha for name, sha in built.state().items() if name.startswith("reports")}
    status, said, _ = upcm("report", "--explain", "--format", "json")
    assert status == 0 and json.loads(said).keys() == {f"nl/{name}" for name in OF_DRENTHE}
    status, said, _ = upcm("report", "--explain", "--only", "province/drenthe")
    assert "nl/province/drenthe: facts: " in said and "1 publications: 1 to build, 0 current" in said
    assert {name: sha for name, sha in built.state().items() if name.startswith("reports")} == before


def test_a_build_of_one_does_not_pass_for_one_of_all(built, upcm):
    say_more(built.root / "notebooks/publications/province.ipynb")
    status, out, err = upcm("report", "--only", "province/drenthe")
    assert (status, out.splitlines()[0]) == (0, "1 publications: 1 built"), err
    assert set(stale()) == {"province/zeeland"}
    status, out, err = upcm("report", "--explain")
    assert f"{len(ALL)} publications: 1 to build, {len(ALL) - 1} current" in out


def test_only_what_changed_is_built_and_all_is_then_as_if_built_from_nothing(built, upcm, monkeypatch):
    built.edit_raw(*DRENTHE)
    status, said, _ = upcm("report", "--format", "json")
    states = {one["publication"]: one["state"] for one in json.loads(said)["publications"]}
    assert status == 0
    assert {name for name, state in states.items() if state == "built"} == OF_DRENTHE
    assert {name for name, state in states.items() if state == "current"} == ALL - OF_DRENTHE

    def published():
        return {name: sha for name, sha in built.state().items() if not name.startswith("reports/.")}

    partly = published()
    shutil.rmtree(built.root / "reports")
    shutil.rmtree(pipeline.processed("2020"))
    forget()
    assert upcm("report")[0] == 0
    assert published() == partly
