"""Here: publications built by processes of this machine, each one after another.

A worker comes from the server of forks (see `warm`) and has papermill run notebooks, each in a fork of its own. What was
executed goes to its renderer, forked from it once: that stays warm, and may have threads, which a process that forks may not.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext

from upcm_analysis.publish import fork, run, warm
from upcm_analysis.publish.run import Outcome, Task
from upcm_analysis.words.errors import PartFailed


class Ended(PartFailed):
    """A process ended before it answered."""


class Beside:
    """A process beside this one that answers one question after another. Where it has ended, the next question starts it anew.

    `work` is what it does: take questions from a connection and send their answers into it.
    """

    def __init__(self, context: BaseContext, work: Callable[[Connection], None]):
        self._context, self._work = context, work
        self._process = self.connection = None

    def ask(self, question) -> None:
        """Asks it something that can be pickled."""
        while True:
            if self._process is None:
                self._start()
            try:
                self.connection.send(question)
                return
            except OSError:  # it ended while nothing was asked of it
                self.end()

    def answer(self):
        """Its answer to what was asked. Raises Ended where it will not come."""
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            self._process.join()
            reason = fork.ending(self._process.exitcode)
            self.end()
            raise Ended(reason) from None

    def __call__(self, *question):
        """Asks it several things together, and waits for its answer. Raises Ended where it will not come."""
        self.ask(question)
        return self.answer()

    def end(self) -> None:
        """Ends it, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self.connection.close()
            self._process = self.connection = None

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=self._work, args=(theirs,))
        try:
            process.start()
        except (OSError, EOFError) as error:  # of the server of forks, where that ended while it was loading
            ours.close()
            raise Ended(
                f"a process could not be started ({type(error).__name__}): what it loads first failed, as said above, or "
                "there is no memory left for it"
            ) from None
        finally:
            theirs.close()
        self._process, self.connection = process, ours


def here(
    tasks: list[Task], meanwhile: Callable[[], object] = lambda: None, *, workers: int | None = None
) -> Iterable[Outcome]:
    """The outcomes of tasks, as they come: as many at a time as there are workers, or cores.

    Whatever ends a worker, its publication fails by name and the others go on. `meanwhile` is called whenever all are at work.
    """
    if not tasks:
        return
    context = warm.context(tasks[0].publication.edition)
    waiting, busy = deque(tasks), {}
    idle = [Beside(context, _build) for _ in range(min(workers or os.cpu_count() or 1, len(tasks)))]
    everyone = tuple(idle)
    try:
        while waiting or busy:
            while waiting and idle:
                worker, task = idle.pop(), waiting.popleft()
                worker.ask(task)
                busy[worker.connection] = worker, task
            meanwhile()
            for connection in wait(busy):
                worker, task = busy.pop(connection)
                try:
                    outcome = worker.answer()
                except Ended as ended:
                    run.mend(task.target, task.publication.folder)
                    outcome = Outcome(task.publication, "failed", str(ended))
                idle.append(worker)
                yield outcome
    finally:
        for worker in everyone:
            worker.end()


def _build(asked: Connection) -> None:
    """A worker: builds the publications that are asked of it."""
    run.settle()
    renderer = Beside(multiprocessing.get_context("fork"), _render)
    _serve(asked, lambda task: run.build(task, renderer))


def _render(asked: Connection) -> None:
    """A renderer: makes publications of notebooks that were executed."""
    fork.end_with_parent()
    _serve(asked, lambda given: run.render(*given))


def _serve(asked: Connection, answer: Callable) -> None:
    """Answers questions until nobody asks."""
    while True:
        try:
            asked.send(answer(asked.recv()))
        except (EOFError, OSError):
            return
