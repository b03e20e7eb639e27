"""Files: written whole or not at all, and folders that are put in place in one step, by one build at a time."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from upcm_analysis.words.errors import UpcmError


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
    """Holds a folder: a second process that asks for it waits, or is refused with an UpcmError that says `refuse`."""
    try:
        import fcntl
    except ImportError:  # not on Windows; there a second build at the same time is the user's own risk
        yield
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / f".{place.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (fcntl.LOCK_NB if refuse else 0))
        except BlockingIOError:
            raise UpcmError(refuse) from None
        yield
