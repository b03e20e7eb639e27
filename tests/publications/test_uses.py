"""What is said to be used is all that is executed, and what is not used makes nothing stale."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from support import ROOT

from factpress.builder import fingerprint, uses
from factpress.site import plan

#: Runs a publication's cells and writes all its formats, in a fresh process, and prints the code of ours that it executed.
EXECUTED = """
import json, pathlib, sys, tempfile
from factpress.site import plan
name, language = sys.argv[1:]
one, = plan.publications(only=name, language=language)
seen = set()
def called(frame, event, argument):
    if event == "call" and {"factpress", "upcm_analysis"} & set(pathlib.Path(frame.f_code.co_filename).parts):
        seen.add((frame.f_code.co_filename, frame.f_code.co_qualname, frame.f_code.co_firstlineno))
import nbformat
from factpress import codelists, indicators
from factpress.builder import run
from factpress.formats import pdf
from factpress.formats.document import Document
from factpress.provenance import Provenance
from factpress.site import audit
from factpress.site.imprint import Imprint
from upcm_analysis import pipeline, publication
from upcm_analysis.vocabulary import units
for cached in (codelists.codelist, codelists.entries, indicators.indicator, indicators.base, units._registry):
    cached.cache_clear()
cells = nbformat.read(one.notebook, as_version=4).cells
sys.setprofile(called)
names, parts = {}, []
for cell in cells:
    if cell.cell_type == "code" and cell.source.startswith("page."):
        block = eval(cell.source, names)
        if block is not None:
            block._repr_mimebundle_()
            parts.append(block)
    elif cell.cell_type == "code":
        exec(cell.source, names)
        names.update(dict(one.parameters))
    elif one.language in cell.metadata.get("tags", []):
        parts.append(cell.source)
imprint = Imprint(one.title, one.kind, one.subject, one.edition, one.language, "0" * 64)
said = Document(one.language, tuple(parts))
audit.audit(said, one.folder)
with tempfile.TemporaryDirectory() as room:
    run.write(pathlib.Path(room), said, imprint, Provenance.read(pipeline.processed(one.edition)))
sys.setprofile(None)
print(json.dumps(sorted(seen)))
"""


def executed(name: str) -> set[str]:
    """The definitions that a publication's cells and formats execute, by full name."""
    command = [sys.executable, "-c", EXECUTED, name, "nl"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = set()
    for file, qualified, _ in json.loads(ended.stdout):
        module = ".".join(Path(file).relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        parts = [part for part in qualified.split(".") if not part.startswith("<")]
        found |= {f"{module}.{'.'.join(parts[:2])}", f"{module}.{parts[0] if parts else ''}"}
    return found


@pytest.mark.parametrize(
    "name",
    [
        "national/nederland",
        "cluster/materialen",
        "province/zeeland",
        "cluster-province/materialen-zeeland",
        "portfolio/nederland",
        "method/methode",
    ],
)
def test_everything_that_a_publication_executes_is_among_what_it_is_said_to_use(name):
    (publication,) = plan.publications(only=name, language="nl")
    cells = [c.source for c in nbformat.read(publication.notebook, as_version=4).cells if c.cell_type == "code"]
    used, known = uses.used(fingerprint.ROOTS, cells), uses.definitions()
    done = {one for one in executed(name) if one in known and known[one].text}
    assert len(done) > 150, "the profile saw next to nothing"
    assert sorted(done - used.keys()) == []


def test_of_a_change_only_what_uses_it_is_stale():
    """One function for each reach: of all, of one kind, of none."""
    used = {
        kind: uses.used(
            fingerprint.ROOTS, [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
        )
        for kind, path in ((p.stem, p) for p in (ROOT / "notebooks/publications").glob("*.ipynb"))
    }
    reach = {
        "factpress.charts.matrix_height": {"portfolio"},
        "factpress.charts.bars": {"national", "cluster", "province", "revision"},
        "factpress.exhibits.maps": {"national", "province"},
        "upcm_analysis.topics.programme.dashboard_blocks.board": {"dashboard"},
        "upcm_analysis.topics.programme.roadmap_blocks.matrix": {"roadmap"},
        "upcm_analysis.topics.figures.check_blocks.replication": {"method"},
        "factpress.charts.gantt": {"project"},
        # Named by `exhibits`, of which these use a part.
        "factpress.charts.ranges": {"national", "cluster", "province", "cluster-province", "method"}
        | {"dashboard", "project"},
        "upcm_analysis.topics.regions.build.profile": set(),
        "factpress.formats.pdf.pdf": set(used),
        "factpress.site.index.page": set(),
        "upcm_analysis.cli.report": set(),
        "upcm_analysis.topics.figures.impact.share": set(),
        "index.html.j2": set(),
        "page.html.j2": set(used),
    }
    for name, kinds in reach.items():
        assert name in uses.definitions(), name
        found = {kind for kind, names in used.items() if name in names}
        assert found == kinds, (name, found)


def test_what_makes_the_facts_is_used_by_the_pipeline():
    used = uses.used(["upcm_analysis.pipeline.build"])
    for name in (
        "topics.figures.impact.share",
        "topics.figures.checks.judge",
        "registers.tables.cells",
        "registers.notation.read",
    ):
        found = f"upcm_analysis.{name}"
        assert found in used or found not in uses.definitions(), name
    assert "factpress.charts.bars" not in used


def test_a_hash_follows_the_text_of_a_definition_and_of_nothing_else(tmp_path, monkeypatch):
    package = tmp_path / "upcm_analysis"
    package.mkdir()
    monkeypatch.setattr(uses, "PACKAGES", (package,))
    text = "\n".join(
        [
            "LIMIT = 3",
            "def f():",
            "    return LIMIT",
            "class A:",
            "    def a(self):",
            "        return f()",
            "    def b(self):",
            "        return 1",
            "",
        ]
    )

    def found(text: str) -> dict[str, str]:
        (package / "m.py").write_text(text)
        uses.definitions.cache_clear()
        uses._file_names.cache_clear()
        return uses.used(["upcm_analysis.m.A"], ["one.a()"])

    try:
        first = found(text)
        assert list(first) == ["upcm_analysis.m.A", "upcm_analysis.m.A.a", "upcm_analysis.m.LIMIT", "upcm_analysis.m.f"]
        assert found("# a comment\n" + text) == first
        assert found(text.replace("return 1", "return 2")) == first
        changed = found(text.replace("LIMIT = 3", "LIMIT = 4"))
        assert {name for name in first if changed[name] != first[name]} == {"upcm_analysis.m.LIMIT"}
        assert found(text + "\n\nprint(f())\n")["upcm_analysis.m"]
    finally:
        uses.definitions.cache_clear()
        uses._file_names.cache_clear()
