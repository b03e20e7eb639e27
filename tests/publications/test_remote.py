"""Publications built by the workers of a Dask scheduler, on this machine: the same bytes, whatever dies on the way."""

import contextlib
import hashlib
import logging
import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

import distributed
import nbformat
import psutil
import pytest
from support import ROOT

from factpress import code_hashes
from factpress.builder import whole_site
from factpress.builder.executors import dask_client, dask_worker
from factpress.errors import InputError
from factpress.site import plan
from upcm_analysis import pipeline
from upcm_analysis.registers.sources import data_hash

EDITION = "2020"
LOCALLY = """
from functools import partial
from test_remote import asked, work
from factpress.builder import whole_site
from factpress.builder.executors import local
whole_site.build(work(), asked(), partial(local.here, workers=2))
"""
#: A worker as it would be where the package is not installed.
WITHOUT = (
    "import sys; sys.modules['factpress'] = sys.modules['upcm_analysis'] = None; "
    "from distributed.cli.dask_worker import main; main()"
)


class Cluster:
    """A scheduler and workers, each a process, which know nothing of any repository."""

    def __init__(self):
        self.room = Path(tempfile.mkdtemp(prefix="c-"))  # a short name: that of a socket may not be long
        self.mark = self.room.name
        self.processes = {}
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", module="distributed.cli.dask_scheduler")
        until(lambda: (self.room / "scheduler.json").is_file())
        with distributed.Client(scheduler_file=str(self.room / "scheduler.json"), set_as_default=False) as client:
            self.address = client.scheduler.address

    def start(self, name, *options, module="distributed.cli.dask_worker", code=None):
        """Starts a process of the cluster."""
        command = [sys.executable, *(["-c", code] if code else ["-m", module]), *options, "--no-dashboard"]
        self.processes[name] = subprocess.Popen(
            [*command, "--scheduler-file", str(self.room / "scheduler.json")],
            env=os.environ | {"FACTPRESS_HOME": "/nowhere", "TMPDIR": str(self.room), "UPCM_TEST": self.mark},
            cwd=self.room,
            stderr=(self.room / f"{name}.log").open("w"),
        )

    def add(self, *names, nanny=False):
        """Starts workers with one thread each, and waits until they are there."""
        for name in names:
            self.start(name, "--nthreads", "1", "--name", name, "--nanny" if nanny else "--no-nanny")
        until(lambda: set(names) <= set(self.workers()))

    def workers(self):
        """The addresses of the workers by their name."""
        with distributed.Client(self.address, set_as_default=False) as client:
            return {worker["name"]: at for at, worker in client.scheduler_info(n_workers=-1)["workers"].items()}

    def busy(self):
        """The names of workers that have something to do."""
        with distributed.Client(self.address, set_as_default=False) as client:
            doing = client.processing()
        return [name for name, at in self.workers().items() if doing.get(at)]

    def kill(self, name):
        """Ends a process of the cluster as a machine that fails does. Gives the processes that it had started."""
        started = psutil.Process(self.processes[name].pid).children(recursive=True)
        self.processes[name].kill()
        self.processes[name].wait()
        return started

    def alive(self, what=""):
        """The processes of this cluster, or those with something in their command."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                marked = process.environ().get("UPCM_TEST") == self.mark and process.status() != psutil.STATUS_ZOMBIE
                found += [process] * (marked and any(what in part for part in process.cmdline()))
        return found

    def left(self):
        """What building has left behind: its processes and their temporary files."""
        ours = [path.name for path in self.room.iterdir() if path.name.startswith(("upcm", "pymp", "tmp"))]
        return self.alive(dask_worker.__name__), ours

    def close(self):
        """Ends everything, and looks whether it is gone."""
        for process in reversed(self.processes.values()):  # the scheduler last: Dask hangs when both end at once
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        try:
            until(lambda: self.alive() == [])
            until(lambda: self.left() == ([], []))
            port = int(self.address.rpartition(":")[2])
            assert socket.socket().connect_ex(("127.0.0.1", port)) != 0
        finally:
            for process in self.alive():
                process.kill()
            shutil.rmtree(self.room)


def until(true, seconds=90):
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, true
        time.sleep(0.05)


@pytest.fixture
def cluster():
    made = Cluster()
    yield made
    made.close()


@pytest.fixture
def said():
    """What Dask logs here."""
    heard, records = logging.Handler(), []
    heard.emit = records.append
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    for logger in loggers:
        logger.addHandler(heard)
    yield records
    for logger in loggers:
        logger.removeHandler(heard)


@pytest.fixture
def edition(repository):
    """A repository with processed tables, of which one template fails."""
    with contextlib.suppress(FileNotFoundError):  # refreshed where it is not there, or not of this code
        shutil.copytree(ROOT / "data" / "processed", repository.root / "data" / "processed", dirs_exist_ok=True)
    path = repository.root / "notebooks/publications/method.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("1 / 0", id="planted"))
    nbformat.write(notebook, path)
    return repository


def asked():
    """Five publications that can be built, and one that cannot."""
    of_provinces = [p for p in plan.publications(EDITION) if p.subject in ("zeeland", "drenthe", "fryslan")]
    return [*of_provinces[:5], *plan.publications(EDITION, "method", "nl")]


def work():
    return whole_site.Work(plan.publications(EDITION), pipeline.refresh(EDITION) / "facts.csv", data_hash())


def content(root):
    """The sha256 of every file of the publications and of the manifest, by path."""
    target = root / "reports" / EDITION
    files = [target / "manifest.json", *(path for p in asked() for path in (target / p.folder).rglob("*"))]
    return {
        str(path.relative_to(target)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()
    }


def test_the_bytes_are_those_of_a_local_build_though_a_worker_is_killed(edition, cluster, monkeypatch):
    root = edition.root
    paths = {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), str(ROOT / "tests" / "helpers")])}
    subprocess.run(
        [sys.executable, "-c", LOCALLY], env=os.environ | paths, check=True
    )  # its server of forks ends with it
    local = content(root)
    shutil.rmtree(root / "reports")
    cluster.add("one", "two")
    cluster.add("three", nanny=True)
    killed = []

    def sent(tasks, parcel=dask_client.parcel):
        made = parcel(tasks)
        (root / "data").rename(root / "aside")  # workers here could read what workers elsewhere could not
        (root / "notebooks").rename(root / "aside" / "notebooks")
        return made

    def execute(tasks, _):
        try:
            for outcome in dask_client.there(tasks, scheduler=cluster.address):
                if not killed:
                    killed.extend(
                        [name := next(name for name in cluster.busy() if name != "three"), cluster.kill(name)]
                    )
                yield outcome
        finally:
            (root / "aside" / "notebooks").rename(root / "notebooks")
            (root / "aside").rename(root / "data")

    monkeypatch.setattr(dask_client, "parcel", sent)
    outcomes = whole_site.build(work(), asked(), execute)
    assert sorted(outcome.state for outcome in outcomes) == ["built"] * 5 + ["failed"]
    assert next(o.reason for o in outcomes if o.state == "failed").startswith("method.ipynb, cell [")
    assert killed[0] not in cluster.workers()
    assert killed[1] and not any(process.is_running() for process in killed[1])
    assert content(root) == local
    until(lambda: cluster.left() == ([], []), 5)
    assert len(cluster.alive("dask_worker")) >= 2  # which are not taken away with what they did


def test_a_process_that_ends_is_replaced_and_a_damaged_result_is_refused(edition, cluster, monkeypatch):
    publications = asked()[:2]
    damaged, other = publications
    earlier = whole_site.folder(EDITION) / damaged.folder / "index.html"
    earlier.parent.mkdir(parents=True)
    earlier.write_text("an earlier page")

    def received(future, timeout=None, result=distributed.Future.result):
        outcome, files = pickle.loads(result(future, timeout))
        if outcome.publication.folder == damaged.folder:
            sha, page = files["index.html"]
            files["index.html"] = sha, page.replace(b"a", b"b", 1)
        return pickle.dumps((outcome, files))

    def kill_one():
        until(lambda: ended.extend(cluster.alive(dask_worker.__name__)) or ended, 30)
        ended[0].kill()

    ended = []
    monkeypatch.setattr(distributed.Future, "result", received)
    cluster.add("one")
    killer = threading.Thread(target=kill_one)
    killer.start()
    outcomes = {o.publication.folder: o for o in dask_client.there(tasks(publications), scheduler=cluster.address)}
    killer.join()
    assert ended
    assert outcomes[damaged.folder].reason == "index.html came back damaged"
    assert earlier.read_text() == "an earlier page"
    assert (outcomes[other.folder].state, outcomes[other.folder].reason) == ("built", "")


@pytest.mark.parametrize("lost", ["scheduler", "worker"])
def test_what_is_left_fails_by_name_when_the_cluster_is_lost(edition, cluster, monkeypatch, said, lost):
    monkeypatch.setattr(dask_client, "ALONE", 1)
    cluster.add("worker")
    states, started = [], time.monotonic()
    for outcome in dask_client.there(tasks(asked()[:3]), scheduler=cluster.address):
        if not states:
            cluster.kill(lost)
            started = time.monotonic()
        states.append((outcome.state, outcome.reason))
    assert time.monotonic() - started < 60
    assert states[0] == ("built", "")
    what = {"scheduler": "the Dask scheduler", "worker": "all workers of the Dask scheduler"}[lost]
    assert states[1:] == [("failed", f"{what} at {cluster.address} went away")] * 2
    assert [record.getMessage() for record in said] == []
    until(lambda: cluster.left() == ([], []), 5)


class Enough(Exception):
    """Said by what was to execute tasks, and has seen them."""


def tasks(publications):
    """What `whole_site.build` would have executed."""

    def execute(given, _):
        found.extend(given)
        raise Enough

    found = []
    with contextlib.suppress(Enough):
        whole_site.build(work(), publications, execute)
    return found


def silent():
    """The address of something that listens and never answers."""
    listening = socket.create_server(("127.0.0.1", 0))
    return listening, f"tcp://127.0.0.1:{listening.getsockname()[1]}"


def free():
    """The address of nothing."""
    listening, address = silent()
    listening.close()
    return None, address


@pytest.mark.parametrize(
    "somewhere",
    [
        silent,
        free,
        *(partial(lambda text: (None, text), text) for text in ("nonsense", "tcp://localhost", "ftp://a:1", "")),
    ],
    ids=["silent", "free", "no address", "no port", "no protocol of Dask", "empty"],
)
def test_an_address_that_does_not_answer_is_refused_within_seconds(somewhere, said, capfd):
    held, address = somewhere()
    started = time.monotonic()
    with pytest.raises(InputError) as error, dask_client.connected(address):
        pass
    assert time.monotonic() - started < 30
    assert str(error.value).startswith(f"no Dask scheduler answers at {address!r}: ")
    assert "\n" not in str(error.value)
    assert (said, capfd.readouterr()) == ([], ("", ""))
    del held


def test_workers_that_are_not_there_or_not_like_this_side_are_refused(cluster, monkeypatch):
    with pytest.raises(InputError, match="has no workers"), dask_client.connected(cluster.address):
        pass
    cluster.add("one")
    with dask_client.connected(cluster.address):
        pass
    there = dask_worker.versions("upcm_analysis.publisher")
    monkeypatch.setattr(dask_worker, "_version", lambda name: "0" if name == "pandas" else there[name].split()[0])
    with pytest.raises(InputError) as error, dask_client.connected(cluster.address):
        pass
    assert f"{cluster.workers()['one']} (pandas 0 here, {there['pandas']} there)" in str(error.value)
    assert "\n" not in str(error.value)
    monkeypatch.undo()
    cluster.start("bare", "--no-nanny", "--name", "bare", code=WITHOUT)
    until(lambda: "bare" in cluster.workers())
    with pytest.raises(InputError) as error, dask_client.connected(cluster.address):
        pass
    assert cluster.workers()["bare"] in str(error.value)
    assert "ModuleNotFoundError" in str(error.value)


def test_a_changed_file_of_the_package_is_another_version(tmp_path, monkeypatch):
    (tmp_path / "module.py").write_text("a = 1\n")
    monkeypatch.setattr(code_hashes, "packages", lambda: (tmp_path,))
    before = dask_worker.versions("upcm_analysis.publisher")
    (tmp_path / "module.py").write_text("a = 2\n")
    after = dask_worker.versions("upcm_analysis.publisher")
    assert dask_worker.differences(before, after).startswith("upcm-analysis ")
    assert before.keys() == after.keys() >= {"Python", "distributed", "matplotlib", "pandas", "typst"}


def test_without_distributed_it_is_said_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(InputError, match=r"pip install 'upcm-analysis\[dask\]'"),
        dask_client.connected("tcp://127.0.0.1:1"),
    ):
        pass


def test_what_a_killed_process_left_is_taken_away_and_what_is_in_use_is_not(tmp_path):
    left, used, young = (tmp_path / f"{dask_worker.ROOM}{name}" for name in ("left", "used", "young"))
    for room in (left, used, young):
        room.mkdir()
    for room in (left, used):
        os.utime(room, (time.time() - 3600,) * 2)
    lock = dask_worker._locked(used)
    dask_worker._occupy(young)
    assert sorted(tmp_path.iterdir()) == sorted([used, young])
    os.close(lock)


def test_a_result_is_put_in_place_whole_or_not_at_all(tmp_path):
    place = tmp_path / "nl" / "province" / "zeeland"
    dask_client._put({"index.html": ("", b"one"), "tables/a.csv": ("", b"two")}, place)
    assert {path.name: path.read_bytes() for path in place.rglob("*.*")} == {"index.html": b"one", "a.csv": b"two"}
    with pytest.raises(OSError):
        dask_client._put({"index.html": ("", b"three"), "index.html/a": ("", b"four")}, place)
    assert (place / "index.html").read_bytes() == b"one"
    assert [path.name for path in place.parent.iterdir()] == ["zeeland"]


def test_a_process_ends_with_its_input_in_the_middle_of_a_build():
    """As when its worker is killed: nothing but its input tells it."""
    room = Path(tempfile.mkdtemp(prefix="c-"))
    command = [sys.executable, "-P", "-m", dask_worker.__name__, str(room)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    time.sleep(1)
    process.send_signal(signal.SIGTERM)  # not by that
    time.sleep(0.5)
    assert process.poll() is None
    process.stdin.close()
    process.wait(timeout=60)
    assert not room.exists()
