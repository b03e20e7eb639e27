"""Code that a publication executes is all among the folders that it is said to be made with, and tables likewise."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

from factpress import code_hashes
from factpress.builder.read_log import VARIABLE, Asked

#: Runs the cells of a publication in a fresh process, and prints the files of topics of which it executed something.
PAGE = """
import json, sys
import nbformat
from factpress import code_hashes
from factpress.site import plan
from upcm_analysis import publication
one, = plan.publications(only=sys.argv[1], language="nl")
cells = [c for c in nbformat.read(one.notebook, as_version=4).cells if c.cell_type == "code"]
names, seen = {}, set()
def called(frame, event, argument):
    if event == "call" and frame.f_code.co_name != "<module>":
        seen.add(frame.f_code.co_filename)
sys.setprofile(called)
for cell in cells:
    exec(cell.source, names)
    if not cell.source.startswith("page."):
        names.update(dict(one.parameters))
sys.setprofile(None)
print(json.dumps(sorted(seen)))
"""
#: Makes the tables of an edition in a fresh process, nothing remembered, and prints the files of all modules that it loaded.
TABLES = """
import json, sys
from upcm_analysis import pipeline
pipeline._require_used()
print(json.dumps([m.__file__ for m in list(sys.modules.values()) if getattr(m, "__file__", None)]))
"""
#: What the tables load of the press and do not depend on: it tells whether they are as they should be.
TELLING = {"factpress/builder/freshness.py", "factpress/builder/__init__.py"}


def ours(files: list[str]) -> set[str]:
    """Of these files those of the packages, by package and path."""
    found = {Path(file).relative_to(ROOT).as_posix() for file in files if Path(file).is_relative_to(ROOT)}
    return found & code_hashes._files().keys()


def ended(code: str, *arguments: str, **environment) -> set[str]:
    """The files of the packages that a process prints."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ | environment)
    return ours(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("name", "topics"),
    [
        ("national/nederland", None),
        ("cluster/materialen", None),
        ("province/zeeland", None),
        ("cluster-province/materialen-zeeland", None),
        ("project/cesi", {"programme"}),
        ("portfolio/nederland", {"programme"}),
        ("measurement-plan/nederland", {"programme"}),
        ("brochure/nederland", {"programme"}),
        ("matrix/nederland", None),
        ("method/methode", {"figures"}),
    ],
)
def test_every_topic_that_a_publication_executes_is_noted(tmp_path, name, topics):
    log = tmp_path / "asked"
    executed = {code_hashes.topic_of(file) for file in ended(PAGE, name, **{VARIABLE: str(log)})} - {""}
    noted = set(Asked.read(log).topics)
    assert executed <= noted <= set(code_hashes.of_topics())
    assert (topics or set()) <= executed, "the profile saw next to nothing"


def test_every_module_that_tables_load_is_among_what_they_are_made_of():
    loaded = ended(TABLES)
    assert len(loaded) > 50
    assert loaded - set(code_hashes.files_of_tables()) == TELLING


def test_no_table_depends_on_texts_of_a_topic():
    """Words are no part of what tables are made of, for no module of a topic that makes them asks for any."""
    making = [file for file in ended(TABLES) if file.startswith("upcm_analysis/")]
    assert not [file for file in making if "texts(__name__)" in (ROOT / file).read_text(encoding="utf-8")]
