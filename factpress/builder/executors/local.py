"""Here: publications built by processes of this machine, each one after another.

A worker comes from the server of forks (see `warm_start`) and has papermill run notebooks, each in a fork of its own. What was
executed goes to its renderer, forked from it once: that stays warm, and may have threads, which a process that forks may not.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from multiprocessing.connection import Connection, wait

from factpress.builder import fork, processes, run, warm_start
from factpress.builder.processes import Beside, Ended
from factpress.builder.run import Outcome, Task


def here(
    tasks: list[Task], meanwhile: Callable[[], object] = lambda: None, *, workers: int | None = None
) -> Iterable[Outcome]:
    """The outcomes of tasks, as they come: as many at a time as there are workers, or cores.

    Whatever ends a worker, its publication fails by name and the others go on. `meanwhile` is called whenever all are at work.
    """
    if not tasks:
        return
    starts = warm_start.context(tasks[0].publication.edition)
    waiting, busy = deque(tasks), {}
    count = min(workers or os.cpu_count() or 1, len(tasks))
    idle = [Beside("the worker that builds the publication", _build, starts) for _ in range(count)]
    everyone = tuple(idle)
    try:
        while waiting or busy:
            while waiting and idle:
                worker, task = idle.pop(), waiting.popleft()
                worker.ask(task, task.seconds + _longest(task) + processes.START)  # its parts say first what took long
                busy[worker.connection] = worker, task
            meanwhile()
            ready = wait(busy, min(worker.left for worker, _ in busy.values()))
            for connection in ready or [one for one, (worker, _) in busy.items() if not worker.left]:
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
    renderer = Beside("what renders the publication", _render)
    processes.serve(asked, lambda task: run.build(task, partial(_rendered, renderer)))


def _rendered(renderer: Beside, *given) -> Outcome:
    """Return what `run.render` gives, by the renderer."""
    renderer.ask(given, _longest(given[1]))
    return renderer.answer()


def _render(asked: Connection) -> None:
    """A renderer: makes publications of notebooks that were executed."""
    processes.end_with_parent()
    processes.serve(asked, lambda given: run.render(*given))


def _longest(task: Task) -> float:
    """Return how long a publication may be rendered, in seconds: as long as its notebook, but no less than `fork.TIME`."""
    return max(task.seconds, fork.TIME)
