"""A process that has threads builds publications all the same: in a test, in a script and in Jupyter."""

import os
import subprocess
import sys

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from support import copy, copy_tables, of_kinds

#: What an analyst does who makes a PDF to look at, and then the publication: the PDF compiler leaves threads behind.
COMPILES = """
from factpress.formats import pdf
from factpress.formats.document import Document
from factpress.site.imprint import Imprint
from upcm_analysis import publication
page = publication.open("province", "2020", "nl", "zeeland")
said = Document("nl", ("## Zeeland", page.key_figures("jobs_k", "co2_kt")))
content = pdf.pdf(said, Imprint("Zeeland", "province", "zeeland", "2020", "nl", "0"))
"""
BUILDS = """
import sys
from upcm_analysis import cli
def report(*only):
    sys.argv = ["upcm", "report", *only]
    try:
        cli.main()
    except SystemExit as ended:
        print("status", ended.code or 0)
report("--only", "province/zeeland")
report("--only", "province", "--language", "en")
"""
THREADS = "from factpress.builder import processes; assert not processes.may_fork(), 'there are no threads'"


@pytest.fixture
def root(tmp_path):
    """A repository of two provinces, with its tables."""
    root = tmp_path / "copy"
    copy(root)
    copy_tables(root)
    path = root / "publications.yml"
    path.write_text(of_kinds(path.read_text(), "province").replace("subjects: all", "subjects: [drenthe, zeeland]"))
    return root


WHOLE = ["en/drenthe", "en/zeeland", "nl/zeeland"]


def whole(root):
    """Which publications are there with their PDF."""
    found = root.glob("reports/2020/*/province/*/*.pdf")
    return sorted(f"{path.parts[-4]}/{path.parts[-2]}" for path in found)


def test_a_process_in_which_a_pdf_was_made_builds(root):
    script = COMPILES + THREADS + BUILDS
    environment = os.environ | {"FACTPRESS_HOME": str(root)}
    ended = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=300)
    assert ended.stdout.count("status 0") == 2, ended.stderr
    assert whole(root) == WHOLE


def test_a_process_with_threads_that_ran_a_notebook_ends():
    script = f"""
import threading, time
from nbformat.v4 import new_code_cell, new_notebook
from factpress.builder import fork
threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
{THREADS}
print(fork.run(new_notebook(cells=[new_code_cell("6 * 7")])).cells[0].outputs[0].data["text/plain"])
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert (ended.returncode, ended.stdout) == (0, "42\n"), ended.stderr


def test_jupyter_builds(root, monkeypatch):
    monkeypatch.setenv("FACTPRESS_HOME", str(root))
    cells = [new_code_cell(source) for source in (COMPILES, THREADS, BUILDS)]
    ran = NotebookClient(new_notebook(cells=cells), timeout=300, kernel_name="python3").execute()
    said = "".join(output.get("text", "") for output in ran.cells[-1].outputs)
    assert said.count("status 0") == 2, said
    assert whole(root) == WHOLE
