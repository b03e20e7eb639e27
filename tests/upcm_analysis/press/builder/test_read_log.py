"""What a notebook asks for is noted once, in order, and only where someone wants to know."""

import os
import subprocess
import sys

from support import ROOT

from factpress.builder import read_log
from factpress.builder.read_log import Asked
from factpress.facts import Facts
from upcm_analysis import publication

CELLS = """
from upcm_analysis import publication
page = publication.open("province", "2020", "nl", "zeeland")
page.sentence(nl="{jobs_k}", en="{jobs_k}")
page.sentence(nl="{jobs_k}", en="{jobs_k}")
page.note({"nl": "a", "en": "b"}, {"nl": "c", "en": "d"}, needs="co2_kt_without_38")
page.figures.checks(nl="a", en="b")
page.map("co2_reduction_pct", nl="a", en="b")
publication.open("cluster", "2020", "nl", "materialen").functions.cited(nl="a", en="b")
"""


def test_everything_that_is_asked_for_is_noted_also_what_there_is_none_of(tmp_path):
    file = tmp_path / "asked"
    environment = os.environ | {read_log.VARIABLE: str(file)}
    subprocess.run([sys.executable, "-c", CELLS], env=environment, cwd=ROOT, check=True)
    found = Asked.read(file)
    assert set(found.pages) == {"province 2020 nl zeeland", "cluster 2020 nl materialen"}
    assert (
        found.tables == ("findings", "function_cited") and "uu-circular-manufacturing/largest-barriers" in found.sources
    )
    assert "jobs_k/province/zeeland" in found.facts
    assert "co2_kt_without_38/province/zeeland" in found.facts  # there is no such fact, and one day there may be
    assert sum(name.startswith("co2_reduction_pct/province/") for name in found.facts) == 12
    assert found.topics == ("figures", "functions")
    lines = file.read_text().splitlines()
    assert len(lines) == len(set(lines)) == 2 + len(found.facts) + 2 + len(found.sources) + 2


def test_without_a_file_nothing_is_noted(tmp_path, monkeypatch):
    monkeypatch.delenv(read_log.VARIABLE, raising=False)
    publication.open("province", "2020", "nl", "zeeland")
    assert Asked.read(tmp_path / "none") == Asked()


def test_facts_tell_what_is_asked_of_them_and_stay_the_same():
    facts = Facts(publication.open("national", "2020", "nl").facts.table)
    names: list[str] = []
    told = facts.telling(names.append)
    assert told["jobs_k/nl"] == facts["jobs_k/nl"]
    assert told.find("nothing/nl") is None and "nothing/nl" not in told
    assert names == ["jobs_k/nl", "nothing/nl", "nothing/nl"]
    assert len(told) == len(facts)
