"""Warmth: processes that are forked from one in which everything is loaded that every publication needs, see `preload`.

The edition to load the facts of goes in the environment: the server of forks takes nothing but names of modules.
"""

import multiprocessing
import os
from multiprocessing import forkserver

EDITION = "UPCM_WARM_EDITION"
#: Whether many publications are built, for which all is loaded, or a few, for which only what each begins with is.
MANY = "UPCM_WARM_MANY"


def context(edition: str) -> multiprocessing.context.BaseContext:
    """How to start processes that are warm: from a server of forks, which starts no thread and does nothing else.

    For a few publications from this process: they do not wait until everything is loaded once more elsewhere. Where there is
    no such server, processes start cold.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    _say(edition)
    if os.environ.get(MANY) == "False":
        from upcm_analysis.publish import preload  # noqa: F401 - which loads

        return multiprocessing.get_context("fork")
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["upcm_analysis.cli", "upcm_analysis.publish.preload"])
    return made


def _say(edition: str) -> None:
    os.environ[EDITION] = edition
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # else NumPy starts threads, and a fork has but one


def ahead(edition: str, many: bool = True) -> None:
    """Says what is to be built, before anything is loaded.

    For many publications the server of forks then warms up by itself while this process does something else.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        os.environ[MANY] = str(many)
        _say(edition)
        if many:
            context(edition)
            forkserver.ensure_running()
