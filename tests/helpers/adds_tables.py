"""What a process that adds tables does, which may be killed at any step."""

import os
import signal
from pathlib import Path

from factpress.builder import processes
from upcm_analysis.intake import adding
from upcm_analysis.registers import sources


def adds(asked):
    """Adds tables in a fork of itself, which it may be told to kill at a step; says how that ended."""
    while True:
        names, step = asked.recv()
        process = processes.context().Process(target=_add, args=(names, step))
        process.start()
        process.join(60)
        asked.send(process.exitcode)


def _add(names: list[list[str]], step: int | None) -> None:
    """Adds the tables of each list in one go, and reads the register after each."""
    if step is not None:
        _kill_at(step)
    for together in names:
        row = dict.fromkeys(sources.COLUMNS, "x") | {"role": "stored", "edition": "2020"}
        adding.add({name: b"a\n" for name in together}, [row | {"source": name} for name in together])
        if step is None:
            sources.verify()


def _kill_at(step: int) -> None:
    """Has this process kill itself at the step-th time that it writes, moves or removes something."""
    left = [step]

    def counted(call):
        def run(*arguments, **named):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return run

    for name in ("write_bytes", "replace", "unlink", "mkdir"):
        setattr(Path, name, counted(getattr(Path, name)))
