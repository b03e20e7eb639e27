"""The whole matrix: every publication builds, and is where the index says it is."""

import json
import os
import subprocess
import sys

import formats
from support import copy

from upcm_analysis.publish import plan
from upcm_analysis.words.codelists import clusters, provinces


def test_every_publication_of_the_matrix_is_built_and_is_about_its_own_subject(tmp_path):
    root = tmp_path / "copy"
    copy(root)
    everything = plan.publications()
    command = [sys.executable, "-m", "upcm_analysis.cli", "report"]
    ended = subprocess.run(command, env=os.environ | {"UPCM_HOME": str(root)}, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    assert f"{len(everything)} publications: {len(everything)} built" in ended.stdout
    reports = root / "reports" / "2020"
    manifest = json.loads((reports / "manifest.json").read_text(encoding="utf-8"))["publications"]
    assert sorted(manifest) == sorted(p.folder for p in everything)
    assert {entry["state"] for entry in manifest.values()} == {"built"}
    crossed = [p for p in everything if p.kind == "cluster-province"]
    assert len(crossed) == len(clusters()) * len(provinces()) * 2 == 120
    for p in crossed:
        assert set(formats.titles(reports / p.folder).values()) == {p.title}, p.folder
    for index, language in (("index.html", "nl"), ("en/index.html", "en")):
        html = (reports / index).read_text(encoding="utf-8")
        assert all(f"cluster-province/{p.subject}/index.html" in html for p in crossed if p.language == language)
