"""How a build behaves: the same bytes again, and whatever happens to a file, a notebook or the build itself."""

import fcntl
import json
import os
import runpy
import shutil
import signal
import subprocess
import sys
import time

import accessible
import pytest
from support import ROOT, Repository, copy, copy_tables, of_kinds
from test_built import leads_to, lost, upcm

from factpress.site import plan


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A copy of the repository whose matrix holds one cluster and the method page, built."""
    root = tmp_path_factory.mktemp("small") / "copy"
    copy(root)
    Repository(root).calculate_less()
    path = root / "publications.yml"
    text = of_kinds(path.read_text(), "cluster", "method")
    path.write_text(text.replace("subjects: all", "subjects: [materialen]").replace("[nl, en]", "[nl]"))
    ended = upcm(root, "report")
    assert "2 publications: 2 built" in ended.stdout, ended.stderr
    return root


def test_a_part_of_the_matrix_leads_only_to_what_is_there(small):
    assert lost(small / "reports/2020") == []
    # In a matrix without clusters in provinces there is none to lead to.
    assert leads_to(small / "reports/2020/nl/cluster/materialen/index.html") == set()


@pytest.fixture(scope="module")
def part(tmp_path_factory):
    """A copy of the repository of whose two provinces and method page one province is built."""
    root = tmp_path_factory.mktemp("part") / "copy"
    copy(root)
    copy_tables(root)
    path = root / "publications.yml"
    text = of_kinds(path.read_text(), "province", "method")
    path.write_text(text.replace("subjects: all", "subjects: [zeeland, utrecht]"))
    ended = upcm(root, "report", "--only", "province/zeeland", "--language", "nl")
    assert "1 publications: 1 built" in ended.stdout, ended.stderr
    return root


def test_a_part_that_is_built_has_no_dead_links_and_what_is_not_says_so(part):
    reports = part / "reports/2020"
    assert lost(reports) == []
    page = (reports / "nl/province/zeeland/index.html").read_text()
    for kind, subject, said in (("province", "utrecht", "Utrecht"), ("method", "methode", "Methode en controles")):
        assert f'{kind}/{subject}/index.html"' in page or f'href="../{subject}/index.html"' in page
        path = reports / "nl" / kind / subject / "index.html"
        absent = path.read_text()
        assert accessible.html_faults(path, "nl") == []
        assert f"<h1>{said}</h1>" in absent and "nog niet gemaakt" in absent
        assert f"upcm report --only {kind}/{subject}<" in absent
    assert "has not been built yet" in (reports / "en/province/zeeland/index.html").read_text()
    ended = upcm(part, "report", "--explain")
    assert ended.stdout.count("not built yet") == 5 and "6 publications: 5 to build, 1 current" in ended.stdout


def test_an_index_says_that_not_all_is_built(part):
    reports = part / "reports/2020"
    index = (reports / "index.html").read_text()
    assert (
        "Dit is een deel van de editie: 1 van de 3 publicaties" in index
        and '<code lang="en">upcm report</code>' in index
    )
    assert 'href="nl/province/zeeland/index.html"' in index and "province/utrecht" not in index
    for name in ("datapackage.json", "catalog.jsonld", "codecheck.yml", "ro-crate-metadata.json", "manifest.json"):
        assert "utrecht/index.html" not in (reports / name).read_text(), "it is no publication"


def test_what_was_not_built_gives_way_and_takes_no_place_of_a_page(part):
    reports = part / "reports/2020"
    zeeland = (reports / "nl/province/zeeland/index.html").read_bytes()
    assert "6 publications: 5 built, 1 current" in upcm(part, "report").stdout
    after = {p: p.read_bytes() for p in reports.rglob("*") if p.is_file()}
    assert lost(reports) == [] and not any(b'<body class="absent' in content for content in after.values())
    assert "Dit is een deel" not in (reports / "index.html").read_text()
    assert after[reports / "nl/province/zeeland/index.html"] == zeeland, "it says nothing of its neighbours"
    utrecht = reports / "nl/province/utrecht"
    (utrecht / "made-of.json").unlink()
    assert upcm(part, "report", "--only", "method").returncode == 0
    assert (utrecht / "index.html").read_bytes() == after[utrecht / "index.html"]


def test_the_part_that_is_verified_by_default_has_every_kind():
    few, everything = runpy.run_path(ROOT / "tests/bench/verify.py")["few"](), plan.publications()
    assert few.keys() == {p.kind for p in everything} | {"revision"} and all(few.values())
    known = {(p.kind, p.subject) for p in everything}
    assert {(kind, name) for kind, names in few.items() for name in names if kind != "revision"} <= known
    assert all(len(names) <= 2 for names in few.values())


def test_a_build_gives_the_same_bytes_again(small):
    reports = small / "reports"
    before = {p: p.read_bytes() for p in (reports / "2020").rglob("*") if p.is_file()}
    shutil.rmtree(reports)
    shutil.rmtree(small / "data/processed")
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "SOURCE_DATE_EPOCH": "86400"}
    assert upcm(small, "report", "--workers", "1", **elsewhere).returncode == 0
    assert {p: p.read_bytes() for p in (reports / "2020").rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    ("only", "said"),
    [((), "2 publications: 1 built, 1 current"), (("--only", "cluster/materialen"), "1 publications: 1 built")],
)
def test_a_changed_page_is_built_again(small, only, said):
    """Also where it is built alone, by forks of the command itself."""
    page = small / "reports/2020/nl/cluster/materialen/index.html"
    before = {p: p.read_bytes() for p in (small / "reports/2020").rglob("*") if p.is_file()}
    page.write_bytes(before[page][:100])
    assert said in upcm(small, "report", *only).stdout
    assert {p: p.read_bytes() for p in (small / "reports/2020").rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"publications": []}', '{"publications": {"nl/cluster/materialen": 1}}']
)
def test_a_manifest_that_is_none_of_ours_is_made_anew(small, content):
    manifest = small / "reports/2020/manifest.json"
    whole = manifest.read_bytes()
    manifest.write_text(content)
    assert "2 publications: 2 current" in upcm(small, "report").stdout
    assert manifest.read_bytes() == whole


def test_a_second_build_at_the_same_time_says_so_and_touches_nothing(small):
    before = {p: p.read_bytes() for p in (small / "reports/2020").rglob("*") if p.is_file()}
    with (small / "reports/.2020.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = upcm(small, "report", "--force")
    assert ended.returncode == 1 and "another build of this edition is running" in ended.stderr
    assert {p: p.read_bytes() for p in (small / "reports/2020").rglob("*") if p.is_file()} == before


def test_a_notebook_that_raises_fails_alone(small):
    template = small / "notebooks/publications/cluster.ipynb"
    whole, page = template.read_text(), small / "reports/2020/nl/cluster/materialen/index.html"
    before = page.read_bytes()
    template.write_text(whole.replace('"page.tiles(\\n"', '"page.tilles(\\n"'))
    assert template.read_text() != whole
    (small / "reports/2020/nl/method/methode/index.html").unlink()
    try:
        ended = upcm(small, "report")
    finally:
        template.write_text(whole)
    assert ended.returncode == 1
    assert "failed: cluster/materialen (nl): cluster.ipynb, cell [" in ended.stderr
    meant = "'page.tilles(': AttributeError: the page has no 'tilles' - did you mean page.tiles"
    assert " ".join(ended.stderr.split()).count(meant) == 1  # told once
    assert "1 built, 1 failed" in ended.stdout
    assert page.read_bytes() == before
    assert (small / "reports/2020/nl/method/methode/index.html").is_file()
    index = (small / "reports/2020/index.html").read_text(encoding="utf-8")
    assert (
        "Materialen: <span" in index
        and "AttributeError" in index
        and 'href="nl/cluster/materialen/index.html"' in index
    )
    assert (
        json.loads((small / "reports/2020/manifest.json").read_text())["publications"]["nl/cluster/materialen"]["state"]
        == "failed"
    )
    assert "2 current" in upcm(small, "report").stdout
    assert "mislukt" not in (small / "reports/2020/index.html").read_text(encoding="utf-8")


def test_a_build_that_is_killed_leaves_no_half_page_and_can_be_retried(small):
    reports = small / "reports" / "2020"
    before = {p.relative_to(reports): p.read_bytes() for p in reports.rglob("*") if p.is_file()}
    environment = os.environ | {"FACTPRESS_HOME": str(small)}
    command = [sys.executable, "-m", "upcm_analysis.cli", "report", "--force"]
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not list(reports.glob("*/*/.*-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    left = list(reports.glob("*/*/.*-*"))
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert left, "the build was not caught at work"
    after = {
        p.relative_to(reports): p.read_bytes()
        for p in reports.rglob("*")
        if p.is_file() and p.relative_to(reports) in before
    }
    assert after == before
    assert upcm(small, "report").returncode == 0
    assert {p.relative_to(reports): p.read_bytes() for p in reports.rglob("*") if p.is_file()} == before
    assert not list(reports.glob("*/*/.*"))
