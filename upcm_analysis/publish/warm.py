"""Warmth: processes that are forked from one in which everything is loaded that every publication needs, see `preload`.

The edition to load the facts of goes in the environment: the server of forks takes nothing but names of modules.
"""

import multiprocessing
import os
from multiprocessing import forkserver

EDITION = "UPCM_WARM_EDITION"
#: Whether all is loaded that many publications need, or only what each one begins with.
MANY = "UPCM_WARM_MANY"


def context(edition: str) -> multiprocessing.context.BaseContext:
    """How to start processes that are warm: from a server of forks, which starts no thread and does nothing else.

    Where there is no such server, processes start cold.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    os.environ[EDITION] = edition
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # else NumPy starts threads, and a fork has but one
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["upcm_analysis.cli", "upcm_analysis.publish.preload"])
    return made


def ahead(edition: str, many: bool = True) -> None:
    """Lets the server of forks start and warm up by itself while this process does something else.

    For few publications what they load at first use is not loaded before.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        os.environ[MANY] = str(many)
        context(edition)
        forkserver.ensure_running()
