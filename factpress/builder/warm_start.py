"""Warmth: processes that are forked from one in which everything is loaded that every publication needs, see `preload`.

The edition to load the facts of goes in the environment: the server of forks takes nothing but names of modules.
"""

import multiprocessing
import os
from collections.abc import Callable
from functools import partial
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

from factpress.builder import processes
from factpress.home import home
from factpress.publisher import publisher

EDITION = "FACTPRESS_WARM_EDITION"
#: Whether many publications are built, for which all is loaded, or a few, for which only what each begins with is.
MANY = "FACTPRESS_WARM_MANY"

_served: list[tuple] = []  # of what the server of forks of this process has the facts loaded; there is one at most


def context(edition: str) -> Callable[[], BaseContext]:
    """Return how to start processes that build: from a server of forks, which starts no thread and does nothing else.

    For a few publications from this process, where it may be forked: they do not wait until everything is loaded once more
    elsewhere. Where there is no such server, or it has loaded something else, processes start cold.
    """
    if os.environ.get(MANY) == "False":
        if not processes.may_fork():
            return processes.context
        os.environ[EDITION] = edition
        from factpress.builder import preload  # noqa: F401 - here, because it loads all that it warms

        return processes.context
    served = _serve(edition)
    return partial(multiprocessing.get_context, "forkserver" if served else "spawn")


def ahead(edition: str, many: bool = True) -> None:
    """Say what is to be built, before anything is loaded.

    For many publications the server of forks then warms up by itself while this process does something else.
    """
    os.environ[MANY] = str(many)
    os.environ.setdefault(processes.BLAS, "1")
    if many:
        _serve(edition)


def _serve(edition: str) -> bool:
    """Start the server of forks; whether there is one that has the facts of this edition loaded, or is about to."""
    wanted = str(home()), edition
    if "forkserver" not in multiprocessing.get_all_start_methods() or _served not in ([], [wanted]):
        return False
    if not _served:
        _served.append(wanted)
        os.environ |= {EDITION: edition, processes.BLAS: "1"}
        made = multiprocessing.get_context("forkserver")
        made.set_forkserver_preload([*publisher().preload, "factpress.builder.preload"])
        forkserver.ensure_running()
    return True
