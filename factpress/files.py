"""Files: written whole or not at all, and folders that are put in place in one step, by one build at a time."""

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from factpress.console import err
from factpress.errors import InputError, PressError

#: How long to wait for another process before it is refused, in seconds: longer than a preview takes for its page.
PATIENCE = 5
#: The same where the other makes what is asked for: longer than the tables of an edition take on a slow and busy machine.
MAKING = 900


def write(path: Path, content: bytes) -> None:
    """Writes a file; see `write_all`."""
    write_all({path: content})


def write_all(contents: dict[Path, bytes]) -> None:
    """Writes files beside their earlier versions, and once all of them are whole puts each in its place in one step.

    Where one cannot be written, as on a full disk, all stand as they were, and no part of any is left. Raises OSError that
    says which.
    """
    places = {path.resolve() if path.is_symlink() else path: content for path, content in contents.items()}
    try:
        for path, content in places.items():
            with saying(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                room(path).write_bytes(content)
                if path.exists():
                    shutil.copymode(path, room(path))
        for path in places:
            with saying(path):
                room(path).replace(path)
    finally:
        for path in places:
            with contextlib.suppress(OSError):
                room(path).unlink(missing_ok=True)


def room(path: Path) -> Path:
    """Where this process writes a file before it is put in its place."""
    return path.with_name(f".{path.name}-{os.getpid()}")


def refuse_existing(paths: Iterable[Path], overwrite: bool) -> None:
    """Raises InputError for the first of the files of a user that is there already, unless they are to be overwritten."""
    for path in paths:
        if path.is_dir():
            raise InputError("a folder has the name of the file to write", file=path, expected="the name of a file")
        if path.exists() and not overwrite:
            raise InputError(
                "there is a file of that name already; nothing was written",
                file=path,
                found=f"a file of {path.stat().st_size} bytes",
                expected="a name that no file has",
                remedy="give another name, or replace the file with --overwrite",
            )


@contextmanager
def saying(path: Path) -> Iterator[None]:
    """Says of what a disk refuses which file or folder it was to be."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), os.fspath(path)) from error


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
    """Holds a folder: a second process that asks for it waits, and is refused with an PressError where that takes too long.

    With `refuse` it waits but a few seconds, says so, and the error says this.
    """
    from filelock import FileLock, Timeout  # here, because it loads asyncio

    patience = PATIENCE if refuse else MAKING
    place.parent.mkdir(parents=True, exist_ok=True)
    # What a notebook leaves running does not hold it, nor does a process that was killed; so never a mere file in its place.
    lock = FileLock(place.parent / f".{place.name}.lock", fallback_to_soft=False)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if refuse:
                err.print(f"waiting {PATIENCE} seconds at most: {refuse.partition(';')[0]}", markup=False)
            lock.acquire(timeout=patience)
    except Timeout:
        hangs = f"{place.name} was being made by another process for {MAKING} seconds; see whether that hangs"
        raise PressError(refuse or hangs) from None
    try:
        yield
    finally:
        lock.release()
