"""A fork: a notebook runs in a process of its own, forked from one that has the libraries loaded.

Nothing that a notebook does reaches another: not its memory, working directory, random state or settings, nor what it
leaves behind. There is no kernel to start, to wait for and to stop.
"""

import contextlib
import ctypes
import json
import logging
import multiprocessing
import os
import random
import signal
import sys
import time
import warnings
import zlib
from functools import partial
from pathlib import Path

from nbformat import NotebookNode

from upcm_analysis.publish import template
from upcm_analysis.words.errors import PartFailed

#: How long a notebook may take, in seconds, and how much memory it may ask for beyond what it was given, in bytes.
TIME, MEMORY = 120, 4 * 1024**3

#: Where pyplot draws: in the outputs of a cell.
INLINE = "module://matplotlib_inline.backend_inline"


class NotebookEnded(PartFailed):
    """A notebook ended before its end: at a limit, by a signal, or by leaving the process."""


def run(notebook: NotebookNode, limit: float = TIME, memory: int = MEMORY) -> NotebookNode:
    """Executes a notebook in a process of its own, which is gone when this returns, with all that it started; gives it back.

    Only what a notebook puts in a session of its own outlives it, as it outlives a kernel. The limit is of the whole notebook.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    at = context.RawValue("i")  # the cell that it is at
    process = context.Process(target=_child, args=(theirs, ours, at, notebook, memory))
    sys.stdout.flush()
    process.start()
    theirs.close()
    try:
        answer = _answer(ours, process, time.monotonic() + limit)
        if isinstance(answer, str):
            for index, count, outputs in json.loads(answer):
                cell = notebook.cells[index]
                cell.execution_count, cell.outputs = count, [NotebookNode(output) for output in outputs]
            return notebook
        raise NotebookEnded(f"{template.named(notebook.cells, at.value)}: {answer or ending(process.exitcode)}")
    except TimeoutError:
        where = template.named(notebook.cells, at.value)
        raise NotebookEnded(f"{where}: the notebook took longer than {limit:g} seconds") from None
    finally:
        process.kill()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # what it left running
        process.join()
        process.close()
        ours.close()


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


def _child(answers, other_end, at, notebook: NotebookNode, memory: int) -> None:
    """The process of one notebook: notes which cell it is at, and in the end says what each showed."""
    from upcm_analysis.publish.shell import Shell

    os.setsid()
    end_with_parent()
    other_end.close()
    try:
        _settle(notebook, memory)
        answer = Shell.instance().run(notebook, started=partial(setattr, at, "value"))
    except BaseException as error:  # not of a cell, which is an output
        answer = NotebookEnded(f"{type(error).__name__}: {error}")
    answers.send(answer)
    answers.close()
    os._exit(0)  # without what libraries do on leaving: this process is a copy, and what they hold is not its own


def end_with_parent() -> None:
    """On Linux this process ends with the one that asked for it, however that ends. Elsewhere nothing."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # with the one that it was forked from
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    with contextlib.suppress(ImportError, AttributeError, OSError):
        from fcntl import F_SETFL, F_SETOWN, F_SETSIG, fcntl

        # Nobody writes into this pipe: the one event that there can be is that its other end is gone.
        fcntl(parent.sentinel, F_SETOWN, os.getpid())
        fcntl(parent.sentinel, F_SETSIG, signal.SIGKILL)
        fcntl(parent.sentinel, F_SETFL, os.O_ASYNC)
        if not parent.is_alive():
            os._exit(1)


def _settle(notebook: NotebookNode, memory: int) -> None:
    """A process as a kernel would be given: nothing to read, nothing to write on, a memory limit, a random state of its own."""
    import resource  # not everywhere

    import numpy as np
    import pandas as pd

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


def ending(status: int | None) -> str:
    """How a process ended that did not answer."""
    if status is not None and status < 0:
        return f"its process was ended by {signal.Signals(-status).name}"
    return f"its process left with status {status}"
