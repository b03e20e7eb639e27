"""A fork: a notebook runs in a process of its own, forked from one that has the libraries loaded.

Nothing that a notebook does reaches another: not its memory, working directory, random state or settings, nor what it
leaves behind. There is no kernel to start, to wait for and to stop. Which processes may be forked: see `processes`.
"""

import contextlib
import json
import logging
import multiprocessing
import os
import random
import signal
import sys
import threading
import time
import warnings
import zlib
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from nbformat import NotebookNode

from factpress.builder import processes
from factpress.builder.processes import Beside
from factpress.errors import PartFailed
from factpress.site import template

#: How long a notebook may take, in seconds.
TIME = 120

#: Where pyplot draws: in the outputs of a cell.
INLINE = "module://matplotlib_inline.backend_inline"


@dataclass(frozen=True)
class Limits:
    """What a notebook may take: seconds, bytes of memory beyond what it was given, and characters to show."""

    seconds: float = TIME
    memory: int = 4 * 1024**3
    characters: int = 20_000_000


class NotebookEnded(PartFailed):
    """A notebook ended before its end: at a limit, by a signal, or by leaving the process."""


def run(notebook: NotebookNode, limits: Limits = Limits(), modules: tuple[str, ...] = ()) -> NotebookNode:
    """Execute a notebook in a process of its own, which is gone when this returns, with all that it started; give it back.

    Only what a notebook puts in a session of its own outlives it, as it outlives a kernel. Limits are of the whole notebook.
    A process that has threads asks one without them to do it, which has loaded the `modules` that notebooks begin with. Raises
    NotebookEnded where the notebook has no end.
    """
    answer = _forked(notebook, limits) if processes.may_fork() else _elsewhere(notebook, limits, modules)
    for index, count, outputs in json.loads(answer):
        cell = notebook.cells[index]
        cell.execution_count, cell.outputs = count, [NotebookNode(output) for output in outputs]
    return notebook


def _forked(notebook: NotebookNode, limits: Limits, around: tuple[dict, str] | None = None) -> str:
    """What the cells of a notebook showed, as JSON: of each its index, number and outputs.

    `around` is the environment and the working directory that it is run in; without it those of this process.
    """
    context = processes.context()
    ours, theirs = context.Pipe(duplex=False)
    at = context.RawValue("i")  # the cell that it is at
    process = context.Process(target=_child, args=(theirs, ours, at, notebook, limits, around))
    sys.stdout.flush()
    process.start()
    theirs.close()
    try:
        answer = _answer(ours, process, time.monotonic() + limits.seconds)
        if isinstance(answer, str):
            return answer
        said = answer or processes.ending(process.exitcode)
        raise NotebookEnded(f"{template.named(notebook.cells, at.value)}: {said}")
    except TimeoutError:
        where = template.named(notebook.cells, at.value)
        raise NotebookEnded(f"{where}: the notebook took longer than {limits.seconds:g} seconds") from None
    finally:
        process.kill()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # what it left running
        process.join(processes.END)
        with contextlib.suppress(ValueError):  # the system has not let it go yet
            process.close()
        ours.close()


def _elsewhere(notebook: NotebookNode, limits: Limits, modules: tuple[str, ...]) -> str:
    """The same by a process without threads, which is kept for the next notebook."""
    with _one_at_a_time:
        beside = _beside(os.getpid(), modules)  # a copy of this process may not share it
        try:
            beside.ask((notebook, limits, (dict(os.environ), str(Path.cwd()))), limits.seconds + processes.START)
            ran, said = beside.answer()
        except BaseException:
            beside.end()  # else the next notebook would be given the answer of this one
            raise
    if ran:
        return said
    raise NotebookEnded(said)


_one_at_a_time = threading.Lock()


@cache
def _beside(_: int, modules: tuple[str, ...]) -> Beside:
    serve, spawn = partial(_serve, modules), partial(multiprocessing.get_context, "spawn")
    return Beside("the process that runs notebooks", serve, spawn)


def _serve(modules: tuple[str, ...], asked: Connection) -> None:
    """A process without threads: runs the notebooks that are asked of it, one after another."""
    processes.end_with_parent()
    from factpress.builder.shell import Shell  # here, because a fork has it loaded already

    for name in modules:
        import_module(name)  # loaded once, not in every fork
    Shell.instance()
    processes.serve(asked, _asked)


def _asked(question: tuple) -> tuple[bool, str]:
    """Whether a notebook came to its end; what its cells showed, or why it did not."""
    try:
        return True, _forked(*question)
    except NotebookEnded as ended:
        return False, str(ended)


def _answer(ours, process, deadline: float):
    """What a process answers; None where it ends without. Raises TimeoutError where it does neither in time."""
    while (left := deadline - time.monotonic()) > 0:
        if ours.poll(min(1, left)):
            try:
                return ours.recv()
            except (EOFError, OSError):
                while process.is_alive() and time.monotonic() < deadline:
                    time.sleep(0.01)  # a notebook may close the pipe and go on; `join` would wait for it without limit
                if process.is_alive():
                    break
                return None
        elif not process.is_alive() and not ours.poll():
            return None  # what it left running may hold the pipe open
    raise TimeoutError


def _child(answers, other_end, at, notebook: NotebookNode, limits: Limits, around: tuple[dict, str] | None) -> None:
    """The process of one notebook: notes which cell it is at, and in the end says what each showed."""
    from factpress.builder.shell import Shell  # here, because a fork has it loaded already

    os.setsid()
    processes.end_with_parent()
    other_end.close()
    try:
        if around:
            os.environ.clear()
            os.environ.update(around[0])
            os.chdir(around[1])
        _settle(notebook, limits.memory)
        answer = Shell.instance().run(notebook, partial(setattr, at, "value"), limits.characters)
    except BaseException as error:  # not of a cell, which is an output
        answer = NotebookEnded(f"{type(error).__name__}: {error}")
    answers.send(answer)
    answers.close()
    os._exit(0)  # without what libraries do on leaving: this process is a copy, and what they hold is not its own


def _settle(notebook: NotebookNode, memory: int) -> None:
    """A process as a kernel would be given: nothing to read, nothing to write on, a memory limit, a random state of its own."""
    import resource  # here, because not every system has it

    import numpy as np  # here, because it is loaded already where this runs
    import pandas as pd  # here, because it takes long to load

    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.environ.setdefault("MPLBACKEND", INLINE)
    if "" not in sys.path:  # the working directory, before the packages
        sys.path.insert(next((at for at, path in enumerate(sys.path) if path.endswith("-packages")), len(sys.path)), "")
    with contextlib.suppress(OSError, ValueError):
        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    _warn()
    logging.root.handlers.clear()
    pd.set_option("display.max_columns", 20)  # as in a kernel; pandas took the process that loaded it for a terminal
    # All forks share the random state of the process that they come from; the notebook with its parameters decides its own.
    seed = zlib.crc32("\n".join(cell.source for cell in notebook.cells).encode())
    random.seed(seed)
    np.random.seed(seed)


def _warn() -> None:
    """Warnings as Python starts with them: who runs a notebook may ignore or record its own."""

    def shown(message, category, filename, lineno, file=None, line=None):
        (file or sys.stderr).write(warnings.formatwarning(message, category, filename, lineno, line))

    warnings.showwarning = shown
    warnings.resetwarnings()
    for category in (ResourceWarning, ImportWarning, PendingDeprecationWarning, DeprecationWarning):
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")
