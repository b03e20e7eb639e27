"""What a process beside the one that runs the tests does."""

import os
import time

from factpress.builder import processes


def sums(asked):
    """Adds what it is asked, and says who did so; leaves at zero, waits at less."""
    while True:
        one, other = asked.recv()
        if one == 0:
            os._exit(other)
        if one < 0:
            time.sleep(60)
        asked.send((one + other, os.getpid()))


def deaf(asked):
    """Takes no question."""
    time.sleep(60)


def gone(asked):
    """Leaves before it takes a question."""
    os._exit(4)


def counting(asked):
    """Says how many threads linear algebra may have, and how many this process has once it has been used."""
    import numpy as np

    asked.recv()
    np.linalg.inv(np.random.default_rng(1).random((200, 200)))
    asked.send((os.environ[processes.BLAS], processes.threads()))
