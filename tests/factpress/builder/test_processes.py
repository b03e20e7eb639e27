"""A process beside this one: it answers, and what ends it is said once."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
from beside import counting, deaf, gone, sums

from factpress.builder import processes
from factpress.builder.processes import Beside, Ended


class Asked:
    """A process beside this one, and a question and its answer in one call."""

    def __init__(self, beside):
        self.ask, self.answer, self.end = beside.ask, beside.answer, beside.end

    def __call__(self, *question):
        self.ask(question, 60)
        return self.answer()


@pytest.fixture
def beside():
    """A process that adds."""
    made = Beside("what adds", sums)
    yield Asked(made)
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
    beside.ask((-1, 0), 60)
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
    beside.ask((-1, 0), 60)
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
        broken.setattr(processes.context().Process, "start", refused)
        with pytest.raises(Ended, match=r"could not be started \(EOFError\)"):
            beside(1, 1)
        beside.end()
    assert beside(1, 2)[0] == 3


STARTER = """
import multiprocessing, os, sys, time
from factpress.builder import processes

def endless(answers):
    processes.end_with_parent()
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


def test_what_does_not_answer_in_time_is_ended_and_named(beside):
    _, process = beside(1, 1)
    beside.ask((-1, 0), 0.2)
    with pytest.raises(Ended, match=r"what adds did not answer within 0\.2 seconds, and was ended"):
        beside.answer()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert beside(1, 2)[0] == 3


#: A question that is more than a pipe holds: it is taken only as far as somebody reads it.
LARGE = b"?" * 4 * 1024**2


@pytest.mark.timeout(60)
def test_what_does_not_take_a_question_in_time_is_ended_and_named(monkeypatch):
    monkeypatch.setattr(processes, "START", 0.5)
    made = Beside("what is deaf", deaf)
    with pytest.raises(Ended, match=r"handing what is deaf a question took longer than 0\.5 seconds"):
        made.ask(LARGE, 60)
    assert made.connection is None


@pytest.mark.timeout(60)
def test_what_leaves_before_it_takes_its_first_question_is_not_started_again_and_again():
    made = Beside("what is gone", gone)
    with pytest.raises(Ended, match="status 4"):
        made.ask(LARGE, 60)
    assert made.connection is None


def test_a_call_that_takes_too_long_is_named():
    assert processes.within(60, "adding", lambda: 1 + 1) == 2
    with pytest.raises(ZeroDivisionError):
        processes.within(60, "dividing", lambda: 1 / 0)
    with pytest.raises(Ended, match=r"sleeping took longer than 0\.1 seconds"):
        processes.within(0.1, "sleeping", lambda: time.sleep(5))


#: What starts threads in a process, and whether it may then be forked.
STARTS = {
    "pass": True,
    "import threading; threading.Thread(target=time.sleep, args=(9,), daemon=True).start()": False,
    "from factpress.builder import preload; preload.load('2020', many=True)": True,
}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")
@pytest.mark.parametrize("code", STARTS)
def test_a_process_that_has_threads_is_not_forked(code):
    script = (
        f"import time; from factpress.builder import processes; {code}\nprint(processes.context().get_start_method())"
    )
    environment = os.environ | {processes.BLAS: "1"}
    ended = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=120)
    assert ended.stdout.split() == ["fork" if STARTS[code] else "spawn"], ended.stderr


def test_a_process_beside_has_linear_algebra_in_one_thread(monkeypatch):
    monkeypatch.setenv(processes.BLAS, "7")
    made = Beside("what counts", counting)
    made.ask(None, 60)
    assert made.answer() == ("1", 1)
    made.end()
    assert os.environ[processes.BLAS] == "7"
