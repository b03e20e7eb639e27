"""A preview from the outside: a process that serves a page, builds it again when something is saved, and says what is wrong."""

import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.request import urlopen

import psutil
import pytest
from support import Repository, copy, copy_tables

PATIENCE = 90
MATRIX = """edition: "2020"
publisher: upcm_analysis.publisher
languages: [nl]
publications:
  - kind: province
    notebook: province.ipynb
    subjects: [zeeland]
    parameter: province
"""
TEMPLATE = "notebooks/publications/province.ipynb"
#: The colour of running text, and another.
THEME, ANOTHER = "#1B2430", "#1B2431"


class Preview:
    """A running preview, and a page that listens to it."""

    def __init__(self, root):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "upcm_analysis.cli", "preview", "province/zeeland"],
            env=os.environ | {"FACTPRESS_HOME": str(root), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Where the tests run in the background, Ctrl-C is ignored in them, and so in all that they start.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        first = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", first)
        assert found, self.process.communicate(timeout=5)
        self.address, self.page = found[0], re.search(r"http://\S+", first)[0]
        self.told = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        with urlopen(f"{self.address}/.preview/events", timeout=PATIENCE) as events:
            for line in events:
                if line.startswith(b"data: "):
                    self.told.put(json.loads(line[6:]))

    def until(self, **expected):
        """What the page is told next that is so."""
        end = time.monotonic() + PATIENCE
        while True:
            told = self.told.get(timeout=end - time.monotonic())
            if all(told[name] == value for name, value in expected.items()):
                return told

    def builders(self) -> set[int]:
        """The processes that build, which others come from; beside them is one that Python has for itself."""
        children = psutil.Process(self.process.pid).children()
        return {one.pid for one in children if "spawn_main" in " ".join(one.cmdline())}

    def read(self) -> str:
        """The page as it is served."""
        with urlopen(self.page) as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            return answer.read().decode()


@pytest.fixture
def root(tmp_path):
    """A repository with two publications, of which nothing is built."""
    made = tmp_path / "copy"
    copy(made)
    copy_tables(made)
    (made / "publications.yml").write_text(MATRIX)
    return made


def test_a_saved_template_comes_into_the_page_and_a_mistake_leaves_it(root):
    repository = Repository(root)
    built = root / "reports/2020/nl/province/zeeland/index.html"
    running = Preview(root)
    try:
        assert running.until()["built"] == 0
        assert running.until(built=1)["fault"] == ""
        page = running.read()
        assert "De tabel geeft Zeeland" in page
        script = '<script src="/.preview/page.js" data-built="1"></script>'
        assert script in page and page.replace(script, "").count("<script") == 0
        assert "script-src 'self'" in page and "connect-src 'self'" in page
        assert "<script" not in built.read_text() and "script-src" not in built.read_text()
        assert b"EventSource" in urlopen(f"{running.address}/.preview/page.js").read()

        first = running.builders()
        title = " tabel geeft {subject} {jobs_k_share} van de banen en"
        repository.edit(TEMPLATE, f"De{title}", f"Deze{title}")
        assert running.until(built=2)["fault"] == ""
        assert "Deze tabel geeft Zeeland" in running.read()

        repository.edit(TEMPLATE, f"Deze{title}", f"Deze{title.replace('jobs_k', 'jobs_q')}")
        fault = running.until(built=2)["fault"]
        assert "province.ipynb, cell [" in fault and "{jobs_q_share} - did you mean {jobs_k_share}?" in fault
        assert "Deze tabel geeft Zeeland" in running.read()

        repository.edit(TEMPLATE, "{jobs_q_share}", "{jobs_k_share}")
        assert running.until(built=3)["fault"] == ""
        assert len(first) == 1 and running.builders() == first, "the builder did not stay warm between templates"

        repository.edit("publications.yml", "subjects: [zeeland]", "subjects: [zeelnad]")
        assert "did you mean zeeland" in running.until(built=3)["fault"]
        repository.edit("publications.yml", "subjects: [zeelnad]", "subjects: [zeeland]")
        assert running.until(built=4)["fault"] == ""
        assert running.builders() == first

        # What is loaded may be what changed: another builder takes its place.
        repository.edit("theme.yml", THEME, ANOTHER)
        assert running.until(built=5)["fault"] == ""
        assert ANOTHER in running.read()
        assert len(running.builders()) == 1 and running.builders() != first
    finally:
        left = psutil.Process(running.process.pid).children(recursive=True)
        running.process.send_signal(signal.SIGINT)
        out, err = running.process.communicate(timeout=20)
    assert running.process.returncode == 0 and out.endswith("preview ended\n"), out + err
    said = [re.sub(r"[\d.]+ s", "", line) for line in out.splitlines()]  # the address was read before
    because = "(notebooks/publications/province.ipynb)"
    assert said == [
        "built in ",
        f"built in  {because}",
        f"current in  {because}",
        "current in  (publications.yml)",
        "built in  (theme.yml)",
        "preview ended",
    ]
    assert "jobs_q" in err and "Traceback" not in err
    assert not psutil.wait_procs(left, timeout=5)[1]


def test_the_first_page_is_awaited_and_other_pages_are_served(root, tmp_path):
    from factpress.builder.preview_server import Told, served

    index = tmp_path / "site/index.html"
    index.parent.mkdir()
    index.write_text("<head><meta content=\"default-src 'none'; script-src 'sha256-x'\"></head><body>Alle</body>")
    with served(index.parent, Told()) as address:
        with urlopen(address + "/") as answer:
            text = answer.read().decode()
        assert "default-src 'none'; connect-src 'self'; script-src 'self' 'sha256-x'" in text
        with pytest.raises(OSError, match="404") as missing:
            urlopen(address + "/nl/province/zeeland/")
        assert b"not built yet" in (body := missing.value.read()) and b"page.js" in body


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["province/zeelnad"], ["did you mean zeeland"]),
        (["province"], ["a preview is of one publication", "province: 12 publications", "such as province/groningen"]),
        (["province/zeeland", "--language", "de"], ["unknown language"]),
    ],
)
def test_what_is_no_publication_is_refused(repository, upcm, arguments, said):
    status, out, err = upcm("preview", *arguments)
    assert status == 2 and out == "" and all(part in err for part in said), err


def test_a_port_that_is_taken_is_refused(repository, upcm):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        status, _, err = upcm("preview", "province/zeeland", "--port", str(other.getsockname()[1]))
    assert status == 2 and "a port cannot be had" in err and "remedy:" in err
