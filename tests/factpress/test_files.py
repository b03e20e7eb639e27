"""Files whole or not at all, and folders held by one at a time."""

import subprocess
import sys
import threading

import pytest

from factpress import files
from factpress.errors import PressError


def test_a_file_that_cannot_be_written_leaves_the_earlier_one(tmp_path, monkeypatch):
    path = tmp_path / "folder" / "facts.csv"
    files.write(path, b"earlier")
    monkeypatch.setattr(type(path), "write_bytes", lambda self, content: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="full"):
        files.write(path, b"later")
    assert path.read_bytes() == b"earlier"


def test_a_folder_is_replaced_whole(tmp_path):
    place, room = tmp_path / "place", tmp_path / ".place-1"
    for folder, name in ((place, "old"), (room, "new")):
        folder.mkdir()
        (folder / name).touch()
    files.replace(room, place)
    assert [path.name for path in place.iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_a_second_one_that_would_be_refused_waits_a_little_and_says_so(tmp_path, capsys):
    place, held, release = tmp_path / "place", threading.Event(), threading.Event()

    def first():
        with files.alone(place):
            held.set()
            release.wait(10)

    other = threading.Thread(target=first)
    other.start()
    assert held.wait(10)
    threading.Timer(0.3, release.set).start()
    with files.alone(place, "it is held; wait for it"):
        other.join(10)
    assert capsys.readouterr().err == "waiting 5 seconds at most: it is held\n"


LEFT = """
import os, signal, sys, time
from pathlib import Path
from factpress import files
files.PATIENCE = 10
with files.alone(Path(sys.argv[1])):
    left = os.fork()
    if not left:
        time.sleep(60)
with files.alone(Path(sys.argv[1]), "it is held"):
    print("had again" if os.waitpid(left, os.WNOHANG) == (0, 0) else "nothing was left")
os.kill(left, signal.SIGKILL)
"""


def test_what_is_left_running_does_not_hold_it(tmp_path):
    script = [sys.executable, "-c", LEFT, str(tmp_path / "place")]
    ended = subprocess.run(script, capture_output=True, text=True, timeout=60)
    assert ended.stdout == "had again\n", ended.stderr


def test_who_waits_for_what_another_makes_waits_for_a_limited_time(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAKING", 0)
    with (
        files.alone(tmp_path / "2020"),
        pytest.raises(PressError, match="2020 was being made by another process for 0 seconds"),
        files.alone(tmp_path / "2020"),
    ):
        pass


def test_a_second_one_is_refused_or_waits(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 0)
    place, order = tmp_path / "place", []

    def second():
        with files.alone(place):
            order.append("second")

    with files.alone(place):
        with pytest.raises(PressError, match="wait for it"), files.alone(place, "wait for it"):
            pass
        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join(0.2)
        order.append("first")
    waiting.join(10)
    assert order == ["first", "second"]
