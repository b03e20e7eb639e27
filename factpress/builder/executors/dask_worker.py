"""A worker far away: what a Dask worker does with a publication that it is asked to build.

A Dask worker has threads, and is often a process that may have no children of `multiprocessing`. So each of its threads hands
what it gets to a process of its own, which stays warm from one publication to the next. Such a process has all its files in
one temporary folder, takes that away and ends: with its worker, when its client is done, or when nothing more is asked.
"""

import contextlib
import fcntl
import hashlib
import io
import os
import pickle
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from factpress import code_hashes, home, publisher

#: How long a process waits for something to do, in seconds: a client that was killed cannot say that it is done.
IDLE = 30
#: How long it may take to build one publication, in seconds; parts of that have limits of their own, which are shorter.
LONGEST = 1200
ROOM = "factpress-"

_lock = threading.Lock()
_all: dict[str, list[subprocess.Popen]] = {}  # by the key of the parcel that they have unpacked
_free: dict[str, list[subprocess.Popen]] = {}


def versions(module: str) -> dict[str, str]:
    """What decides the bytes of a publication besides what is sent: versions of Python, the package and what it needs.

    That of the package includes a sha256 of its files, so that one changed since is told from it. `module` is that of the
    publisher: a worker is in no repository, whose settings would name it.
    """
    os.environ[publisher.VARIABLE] = module
    package = publisher.publisher().distribution
    found = {"Python": "{}.{}".format(*sys.version_info), package: code_hashes.version()}
    needed = [line for line in metadata.requires(package) or [] if "extra ==" not in line]
    return found | {
        name: _version(name) for name in ("distributed", *(re.match(r"[\w.-]+", line)[0] for line in needed))
    }


def differences(here: dict[str, str], there: dict[str, str]) -> str:
    """Where two sides have not the same versions, in words; empty where they have."""
    names = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    return ", ".join(f"{name} {here.get(name, 'none')} here, {there.get(name, 'none')} there" for name in names)


def build(task: bytes, parcel: dict) -> bytes:
    """Builds a publication in a warm process: a pickled task in, the pickled outcome and files out.

    `parcel` is what all publications need, see `dask_client`. Raises RuntimeError where this side has other versions, or where
    the process ends before it answers; Dask then tries again.
    """
    process = _take(parcel["key"]) or _start(parcel)
    limit = threading.Timer(LONGEST, process.kill)
    limit.start()
    try:
        process.stdin.write(task)
        process.stdin.flush()
        answer = pickle.load(process.stdout)
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        with contextlib.suppress(OSError):
            process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        process.kill()
        status = process.wait(timeout=10)
        _clear(Path(process.args[-1]))
        late = "" if limit.is_alive() else f", because it did not answer within {LONGEST} seconds"
        raise RuntimeError(f"the process that builds ended with status {status}{late}") from None
    finally:
        limit.cancel()
    with _lock:
        _free.setdefault(parcel["key"], []).append(process)
    return answer


def dismiss(key: str) -> None:
    """Ends the processes that have unpacked the parcel of this key, whatever they are doing."""
    with _lock:
        _free.pop(key, None)
        processes = _all.pop(key, [])
    for process in processes:
        with contextlib.suppress(OSError):
            process.stdin.close()
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=2)


def _take(key: str) -> subprocess.Popen | None:
    """A process that is free and has not ended."""
    with _lock:
        while free := _free.get(key):
            if (process := free.pop()).poll() is None:
                return process
    return None


def _start(parcel: dict) -> subprocess.Popen:
    """A process that unpacks the parcel and waits for publications."""
    if other := differences(parcel["versions"], versions(parcel["publisher"])):
        raise RuntimeError(f"a worker has other versions: {other}")
    room = tempfile.mkdtemp(prefix=ROOM)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", __name__, room], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with _lock:
        _all.setdefault(parcel["key"], []).append(process)
    with contextlib.suppress(OSError):  # where it has ended already: then it will not answer either
        pickle.dump(parcel, process.stdin)
    return process


def main() -> None:
    """The process: reads a parcel and then tasks, and answers each with what came of it."""
    os.setsid()
    signal.signal(signal.SIGTERM, lambda *_: None)  # what it starts ends by that, see `_end`; it ends with its input
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # whatever is printed is for the log of the worker
    room, waiting = Path(sys.argv[1]), queue.SimpleQueue()
    try:
        _occupy(room)
        _settle(pickle.load(asked), room)
        threading.Thread(target=_listen, args=(asked, waiting, room), daemon=True).start()
        while True:
            answers.write(pickle.dumps(pickle.dumps(_built(waiting.get(timeout=IDLE)))))
            answers.flush()
    except (queue.Empty, EOFError, BrokenPipeError):
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        _end(room)


def _listen(asked, waiting, room: Path) -> None:
    """Passes on what is asked, and ends the process when its worker is gone, in the middle of whatever it does."""
    try:
        while True:
            waiting.put(pickle.load(asked))
    except EOFError:
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        _end(room)


def _settle(parcel: dict, room: Path) -> None:
    """Makes a temporary folder the home of this process, with everything in it that a build reads."""
    for name, value in parcel["environment"].items():
        os.environ.pop(name, None)
        os.environ.update({name: value} if value is not None else {})
    os.environ.update({home.VARIABLE: str(room / "home"), "TMPDIR": str(room)})
    tempfile.tempdir = None  # asks the environment again
    zipfile.ZipFile(io.BytesIO(parcel["zip"])).extractall(room / "home")


def _built(task):
    """The outcome of a task, and its files: by their path in the folder of the publication, the sha256 and the content."""
    from factpress.builder.executors import local  # here, because only a build elsewhere needs it

    task = moved(task, lambda path: home.home() / path)
    [outcome] = local.here([task], workers=1)
    place, files = task.target / task.publication.folder, {}
    for path in sorted(path for path in place.rglob("*") if path.is_file()):
        content = path.read_bytes()
        files[path.relative_to(place).as_posix()] = hashlib.sha256(content).hexdigest(), content
    shutil.rmtree(place, ignore_errors=True)
    return outcome, files


def moved(task, to: Callable[[Path], Path]):
    """A task with other paths."""
    publication = replace(task.publication, notebook=to(task.publication.notebook))
    return replace(task, publication=publication, target=to(task.target), data=to(task.data))


def _occupy(room: Path) -> None:
    """Locks a temporary folder while this process lives, and takes away those of which process and worker were killed."""
    _locked(room)
    for left in room.parent.glob(f"{ROOM}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > 60 and _locked(left):  # a younger one may be about to be locked
                shutil.rmtree(left, ignore_errors=True)


def _locked(room: Path) -> int:
    """A lock on a folder, held until this process ends. Raises OSError where another process holds it."""
    lock = os.open(room, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock or True


def _end(room: Path) -> None:
    """Ends this process and all that it started, and takes its folder away."""
    os.killpg(0, signal.SIGTERM)  # not SIGKILL: the tracker of shared memory has to outlive the rest, and tidies up
    _clear(room)
    os._exit(0)


def _clear(room: Path) -> None:
    """Takes away a folder in which processes that are just ending may still write."""
    for _ in range(100):
        shutil.rmtree(room, ignore_errors=True)
        if not room.exists():
            break
        time.sleep(0.02)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


if __name__ == "__main__":
    main()
