"""A process beside this one: it answers, and what ends it is said once."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from upcm_analysis.publish.local import Beside, Ended


def adding(asked):
    """Adds what it is asked, and says who did so; leaves at zero, waits at less."""
    while True:
        one, other = asked.recv()
        if one == 0:
            os._exit(other)
        if one < 0:
            time.sleep(60)
        asked.send((one + other, os.getpid()))


@pytest.fixture
def beside():
    """A process that adds."""
    made = Beside(multiprocessing.get_context("fork"), adding)
    yield made
    made.end()


def test_one_process_answers_everything(beside):
    (four, first), (five, second) = beside(2, 2), beside(2, 3)
    assert (four, five) == (4, 5)
    assert first == second != os.getpid()


def test_what_ends_it_is_said_and_the_next_question_is_answered(beside):
    _, first = beside(1, 1)
    with pytest.raises(Ended, match="status 3"):
        beside(0, 3)
    three, second = beside(1, 2)
    assert (three, second != first) == (3, True)
    beside.ask((-1, 0))
    os.kill(second, signal.SIGKILL)
    with pytest.raises(Ended, match="SIGKILL"):
        beside.answer()


def test_one_that_ended_while_nothing_was_asked_is_started_anew(beside):
    _, first = beside(1, 1)
    os.kill(first, signal.SIGKILL)
    time.sleep(0.1)
    assert beside(1, 2)[0] == 3


def test_it_can_be_ended_whatever_it_does(beside):
    _, process = beside(1, 1)
    beside.ask((-1, 0))
    start = time.monotonic()
    beside.end()
    assert time.monotonic() - start < 5
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    beside.end()  # twice is once


def test_where_no_process_can_be_started_that_is_said_and_the_next_may_be(beside, monkeypatch):
    def refused(self):
        raise EOFError("unexpected EOF")  # as a server of forks that ended while it was loading

    with monkeypatch.context() as broken:
        broken.setattr(multiprocessing.context.ForkProcess, "start", refused)
        with pytest.raises(Ended, match=r"could not be started \(EOFError\)"):
            beside(1, 1)
        beside.end()
    assert beside(1, 2)[0] == 3


STARTER = """
import multiprocessing, os, sys, time
from upcm_analysis.publish import fork

def endless(answers):
    fork.end_with_parent()
    answers.send(os.getpid())
    while True: pass

if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])
    answer, theirs = context.Pipe(duplex=False)
    context.Process(target=endless, args=(theirs,)).start()
    print(answer.recv(), flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_a_process_is_gone_with_the_one_that_asked_for_it(method, tmp_path):
    (tmp_path / "starter.py").write_text(STARTER)
    command = [sys.executable, str(tmp_path / "starter.py"), method]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as starter:
        process = psutil.Process(int(starter.stdout.readline()))
        assert process.status() != psutil.STATUS_ZOMBIE
        starter.kill()
    deadline = time.monotonic() + 20
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
