"""Files: written whole or not at all, and folders that are put in place in one step, by one build at a time."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from upcm_analysis.console import err
from upcm_analysis.words.errors import UpcmError

#: How long to wait for another process before it is refused, in seconds: longer than a preview takes for its page.
PATIENCE = 5
#: The same where the other makes what is asked for: longer than the tables of an edition take on a slow and busy machine.
MAKING = 900


def write(path: Path, content: bytes) -> None:
    """Writes a file beside its earlier version, and puts it in its place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    room(path).write_bytes(content)
    room(path).replace(path)


def room(path: Path) -> Path:
    """Where a file is written before it is put in its place."""
    return path.with_name(f".{path.name}-new")


def replace(room: Path, place: Path) -> None:
    """Puts a finished folder in the place of an earlier one."""
    old = place.with_name(f".{place.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    room.chmod(0o755)
    if place.exists():
        place.rename(old)
    room.rename(place)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def alone(place: Path, refuse: str = "") -> Iterator[None]:
    """Holds a folder: a second process that asks for it waits, and is refused with an UpcmError where that takes too long.

    With `refuse` it waits but a few seconds, says so, and the error says this.
    """
    patience = PATIENCE if refuse else MAKING
    because = refuse or f"{place.name} was being made by another process for {MAKING} seconds; see whether that hangs"
    try:
        import fcntl
    except ImportError:  # not on Windows; there a second build at the same time is the user's own risk
        yield
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / f".{place.name}.lock").open("w") as lock:
        os.register_at_fork(after_in_child=lock.close)  # what a notebook leaves running would hold it for ever
        for left in range(10 * patience, -1, -1):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not left:
                    raise UpcmError(because) from None
                if refuse and left == 10 * patience:
                    err.print(f"waiting {PATIENCE} seconds at most: {refuse.partition(';')[0]}", markup=False)
                time.sleep(0.1)
        yield
