"""Far away: publications built by the workers of a Dask scheduler that is already there.

Workers need the package and nothing else. What a build reads from this repository is sent, once; no table that is not published
is among it. What it makes comes back with the sha256 of each file. Which worker builds what, and again when one dies, is Dask's
to decide.
"""

import asyncio
import contextlib
import hashlib
import io
import logging
import os
import pickle
import shutil
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import uuid4

from factpress import codelists, files, publisher
from factpress.builder import processes
from factpress.builder.executors import dask_worker
from factpress.builder.run import Outcome, Task
from factpress.errors import InputError
from factpress.home import home
from factpress.theme import theme

#: How long a scheduler may take to answer, and then its workers to be there, in seconds.
ANSWER, WORKERS = 3, 2
#: How long a scheduler may be without any worker before what is left is given up, in seconds.
ALONE = 60
#: How often a publication is tried again whose process ended; that its worker died, Dask counts by itself.
RETRIES = 2
#: The settings that a build reads. The rest of what goes, registers, comes from the publisher.
READ = ("publications.yml", "theme.yml")
#: What a build takes from the environment.
ENVIRONMENT = ("SOURCE_DATE_EPOCH",)


def there(tasks: list[Task], meanwhile: Callable[[], object] = lambda: None, *, scheduler: str) -> Iterable[Outcome]:
    """The outcomes of tasks by the workers of a Dask scheduler, as they come; what was built is then in place here.

    The sister of `local.here`: `meanwhile` is called while they work. Raises InputError where the scheduler does not answer,
    or has no workers like this side; what goes wrong after that is the failure of a publication.
    """
    if not tasks:
        return
    with connected(scheduler) as client:

        def build(task, parcel):
            """Not of a module, for the scheduler would then have to have the package too; so Dask sends its code."""
            from factpress.builder.executors import dask_worker  # here, because only a build elsewhere needs it

            return dask_worker.build(task, parcel)

        sent = parcel(tasks)
        everywhere = client.submit(dict, sent, pure=False)  # not `scatter`: what is lost with a worker is made again
        waiting = {
            client.submit(
                build, _packed(one), everywhere, key=f"{one.publication.folder}-{uuid4()}", retries=RETRIES
            ): one
            for one in tasks
        }
        try:
            meanwhile()
            for future in _as_they_come(client, list(waiting)):
                lost = "all workers of the" if client.status == "running" else "the"
                yield _received(future, waiting.pop(future), f"{lost} Dask scheduler at {scheduler} went away")
        finally:
            if client.status == "running":
                with contextlib.suppress(Exception):
                    client.cancel(list(waiting))
                    dismiss = partial(client.run, dask_worker.dismiss, sent["key"])
                    processes.within(processes.END, "sending the workers of the Dask scheduler home", dismiss)


@contextmanager
def connected(scheduler: str) -> Iterator:
    """A client of a scheduler that answers and whose workers are like this side. Raises InputError where it is not so."""
    try:
        import distributed  # here, because only a build elsewhere needs it
    except ImportError:
        raise InputError(
            f"Dask is not installed here: pip install '{publisher.publisher().distribution}[dask]'"
        ) from None
    for name in ("distributed", "distributed.client"):  # what goes wrong is said once, by name
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions: those are looked at below
            asyncio.run(_knock(scheduler))
            client = distributed.Client(scheduler, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError, TypeError, ImportError) as error:
        reason = str(error).splitlines()[0] if isinstance(error, ValueError | TypeError) else f"within {ANSWER} seconds"
        raise InputError(f"no Dask scheduler answers at {scheduler!r}: {reason}") from None
    try:
        _look_at_workers(client, scheduler)
        yield client
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=ANSWER)


async def _knock(scheduler: str) -> None:
    """Reaches a scheduler, or fails in time: a client waits without limit for what listens there and is none to say so."""
    from distributed import Security  # here, because only a build elsewhere needs it
    from distributed.core import connect  # here, because only a build elsewhere needs it

    security = Security().get_connection_args("client")
    comm = await asyncio.wait_for(connect(scheduler, timeout=ANSWER, **security), ANSWER)
    await comm.close()


def _look_at_workers(client, scheduler: str) -> None:
    own = publisher.publisher().distribution
    here, found, wrong = dask_worker.versions(publisher.module()), {}, []
    with contextlib.suppress(OSError):  # also a timeout: where nobody answers there is nobody
        client.wait_for_workers(1, timeout=WORKERS)
        found = processes.within(
            processes.START,
            f"asking the workers of the Dask scheduler at {scheduler} what they are",
            partial(client.run, dask_worker.versions, publisher.module(), on_error="return"),
        )
    for address, there in found.items():
        other = _said(there) if isinstance(there, Exception) else dask_worker.differences(here, there)
        wrong += [f"{address} ({other})"] * bool(other)
    if not found:
        raise InputError(f"the Dask scheduler at {scheduler!r} has no workers")
    if wrong:
        others = f" and {len(wrong) - 1} more" if wrong[1:] else ""
        raise InputError(f"workers must have {own} {here[own]} as here, with what it needs: {wrong[0]}{others}")


def parcel(tasks: list[Task]) -> dict:
    """What all builds need besides their own task: the files that one reads, zipped, and what else decides bytes.

    No raw table is among them, and of registers what may leave this machine.
    """
    contents = {path.relative_to(home()).as_posix(): path.read_bytes() for path in _files(tasks)}
    contents |= publisher.publisher().files()
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(contents.items()):
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    made = {
        "publisher": publisher.module(),
        "versions": dask_worker.versions(publisher.module()),
        "environment": {name: os.environ.get(name) for name in ENVIRONMENT},
        "zip": room.getvalue(),
    }
    return {**made, "key": hashlib.sha256(repr(made).encode()).hexdigest()}


def _files(tasks: list[Task]) -> set[Path]:
    """The files of this repository that a build reads, besides registers."""
    found = {home() / name for name in READ} | set((home() / codelists.OWN).glob("*"))
    for task in tasks:
        found |= {task.publication.notebook, *task.data.glob("*.csv")}
    found |= {path for path in theme().files if path.is_relative_to(home())}  # a font of the package is there already
    return {path for path in found if path.is_file()}


def _packed(task: Task) -> bytes:
    """A task with its paths from the root of the repository."""
    return pickle.dumps(dask_worker.moved(task, lambda path: path.relative_to(home())))


def _as_they_come(client, futures: list) -> Iterator:
    """The futures as they are done; also when all workers are gone and stay away, for then they are cancelled."""
    from distributed import as_completed  # here, because only a build elsewhere needs it

    done, alone, looked = as_completed(futures, loop=client.loop), 0.0, time.monotonic()
    while not done.is_empty():
        if done.has_ready():
            yield next(done)
            continue
        time.sleep(0.05)
        if client.status == "running" and (passed := time.monotonic() - looked) > 5:
            looked, alone = time.monotonic(), 0.0 if _has_workers(client) else alone + passed
            if alone > ALONE:
                client.cancel(futures)


def _has_workers(client) -> bool:
    try:
        return bool(client.nthreads())
    except OSError:  # the scheduler is just going away, which the client says itself
        return True


def _received(future, task: Task, lost: str) -> Outcome:
    """The outcome that came back, after its files have been looked at and put in place; `lost` is why none does."""
    publication = task.publication
    try:
        if future.cancelled():
            return Outcome(publication, "failed", lost)
        outcome, sent = pickle.loads(future.result())
        if damaged := [name for name, (sha, content) in sent.items() if hashlib.sha256(content).hexdigest() != sha]:
            return Outcome(publication, "failed", f"{damaged[0]} came back damaged")
        if outcome.state == "built":
            _put(sent, task.target / publication.folder)
        return replace(outcome, publication=publication)
    except Exception as error:  # of a worker, of the way back, of the disk here: this publication's, not the build's
        return Outcome(publication, "failed", _said(error))


def _said(error: Exception) -> str:
    """What went wrong, in one line."""
    return f"{type(error).__name__}: {error}".partition("\n")[0]


def _put(sent: dict[str, tuple[str, bytes]], place: Path) -> None:
    """Puts a publication in place, whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        for name, (_, content) in sent.items():
            (room / name).parent.mkdir(parents=True, exist_ok=True)
            (room / name).write_bytes(content)
        files.replace(room, place)
    finally:
        shutil.rmtree(room, ignore_errors=True)
