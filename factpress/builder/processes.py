"""Processes: how another process is started, and how long one is waited for.

A process that has threads is never forked. Threads of libraries (linear algebra, the PDF compiler) do not come along in a
fork, which then waits for them for ever; a process that has any is asked for a fresh one instead. Whoever waits for another
process does so for a limited time, and says what it waited for.
"""

import atexit
import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext

from factpress.errors import PartFailed

#: How long a process may take to be there, and to be gone once it is killed, in seconds: on a busy machine too.
START, END = 120, 20
#: How many threads linear algebra takes where it is loaded: with one, a process can be forked.
BLAS = "OPENBLAS_NUM_THREADS"


class Ended(PartFailed):
    """A process ended, or was ended, before it answered."""


def threads() -> int:
    """Count the threads of this process, those of libraries included; 0 where the system does not tell."""
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - ten times faster, and asked at every fork
    except OSError:
        return 0


def may_fork() -> bool:
    """Tell whether this process can be forked: on Linux, with no thread but this one."""
    return sys.platform == "linux" and threads() == 1


def context() -> BaseContext:
    """Return how to start a process from this one: a fork where that is safe, else a fresh one."""
    return multiprocessing.get_context("fork" if may_fork() else "spawn")


def within(seconds: float, what: str, call: Callable):
    """Return what a call returns. Raises Ended, which names `what`, where it takes longer, and leaves it to itself."""
    future = Future()
    threading.Thread(target=_fulfil, args=(future, call), daemon=True).start()
    try:
        return future.result(seconds)
    except TimeoutError:
        if future.done():  # its own
            raise
        raise Ended(f"{what} took longer than {seconds:g} seconds") from None


def _fulfil(future: Future, call: Callable) -> None:
    try:
        future.set_result(call())
    except BaseException as error:
        future.set_exception(error)


def ending(status: int | None) -> str:
    """Say how a process ended that did not answer."""
    if status is not None and status < 0:
        return f"its process was ended by {signal.Signals(-status).name}"
    return f"its process left with status {status}"


def end_with_parent() -> None:
    """End this process, on Linux, with the one that asked for it, however that ends. Elsewhere nothing."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # with the one that it was forked from
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    with contextlib.suppress(ImportError, AttributeError, OSError):
        from fcntl import F_SETFL, F_SETOWN, F_SETSIG, fcntl  # here, because not every system has it

        # Nobody writes into this pipe: the one event that there can be is that its other end is gone.
        fcntl(parent.sentinel, F_SETOWN, os.getpid())
        fcntl(parent.sentinel, F_SETSIG, signal.SIGKILL)
        fcntl(parent.sentinel, F_SETFL, os.O_ASYNC)
        if not parent.is_alive():
            os._exit(1)


class Beside:
    """A process beside this one that answers one question after another. Where it has ended, the next question starts it anew.

    `name` is what it is called where it does not answer; `work` is what it does: take questions from a connection and send
    their answers into it. `starts` says how to start it, each time that it is; without it that is `context`.
    """

    def __init__(self, name: str, work: Callable[[Connection], None], starts: Callable[[], BaseContext] | None = None):
        self.name, self._work, self._starts = name, work, starts or context
        self._process = self.connection = None
        self._seconds = self._until = 0.0

    def ask(self, question, seconds: float) -> None:
        """Ask it something that can be pickled, which is to be answered within so many seconds.

        Raises Ended where it does not take the question, and then ends it.
        """
        started = self._process is None
        if started:
            self._start()
        try:
            # A question that is more than the pipe holds is taken only once the process reads it.
            within(START, f"handing {self.name} a question", partial(self.connection.send, question))
        except Ended:
            self.end()
            raise
        except OSError:
            if started:
                raise Ended(self._lost()) from None
            self.end()  # it ended while nothing was asked of it
            self.ask(question, seconds)
        else:
            self._seconds, self._until = seconds, time.monotonic() + seconds

    @property
    def left(self) -> float:
        """How many seconds there are left to answer what was asked."""
        return max(0.0, self._until - time.monotonic())

    def answer(self):
        """Return its answer to what was asked. Raises Ended where none comes in time, and then ends it."""
        try:
            if self.connection.poll(self.left):
                return self.connection.recv()
        except (EOFError, OSError):
            raise Ended(self._lost()) from None
        self.end()
        raise Ended(f"{self.name} did not answer within {self._seconds:g} seconds, and was ended")

    def _lost(self) -> str:
        """Say how it ended, and leave nothing of it."""
        self._process.join(END)
        reason = ending(self._process.exitcode)
        self.end()
        return reason

    def end(self) -> None:
        """End it, whatever it is doing."""
        atexit.unregister(self.end)
        if self._process is not None:
            self._process.kill()
            self._process.join(END)
            with contextlib.suppress(ValueError):  # the system has not let it go yet
                self._process.close()
            self.connection.close()
            self._process = self.connection = None

    def _start(self) -> None:
        starts = self._starts()
        ours, theirs = starts.Pipe()
        process = starts.Process(target=self._work, args=(theirs,))
        sys.stdout.flush()
        threads_of_blas, os.environ[BLAS] = os.environ.get(BLAS), "1"
        try:
            if starts.get_start_method() == "forkserver":  # which answers when it has loaded what it begins with
                within(START, f"the server of forks that starts {self.name}", process.start)
            else:
                process.start()
        except (OSError, EOFError) as error:  # of the server of forks, where that ended while it was loading
            ours.close()
            raise Ended(
                f"a process could not be started ({type(error).__name__}): what it loads first failed, as said above, or "
                "there is no memory left for it"
            ) from None
        except Ended:
            ours.close()
            raise
        finally:
            theirs.close()
            os.environ.pop(BLAS)
            os.environ |= {} if threads_of_blas is None else {BLAS: threads_of_blas}
        self._process, self.connection = process, ours
        atexit.register(self.end)  # before Python waits for it to end, which it does not by itself


def serve(asked: Connection, answer: Callable) -> None:
    """Answer questions until nobody asks."""
    while True:
        try:
            asked.send(answer(asked.recv()))
        except (EOFError, OSError):
            return
