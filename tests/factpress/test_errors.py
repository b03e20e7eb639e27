"""Errors name where, what was found, what was expected and the remedy; and only those that are known."""

import errno
import os

import pytest

from factpress import console
from factpress.errors import InputError, PartFailed, PressError, UnknownName


def test_an_input_error_says_what_it_knows():
    error = InputError("wrong", file="a.csv", row=0, found="", remedy="mend it")
    assert str(error).splitlines() == [
        "wrong",
        "  file:     a.csv",
        "  row:      0",
        "  found:    ",
        "  remedy:   mend it",
    ]


def test_an_unknown_name_suggests_only_what_is_near():
    near = UnknownName("solid", "cub", ["cube", "octahedron"])
    assert "did you mean cube?" in str(near) and "one of cube, octahedron" in str(near)
    assert "did you mean" not in str(UnknownName("solid", "xyz", ["cube"]))


def test_exit_statuses():
    assert (PressError.status, PartFailed.status, InputError.status, UnknownName.status) == (1, 1, 2, 2)


def test_a_full_disk_is_said_in_one_line(capsys):
    def full():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "reports/2020/index.html")

    with pytest.raises(SystemExit) as ended:
        console.run(full)
    assert ended.value.code == 1
    assert (
        capsys.readouterr().err
        == "failed: No space left on device: reports/2020/index.html; what was finished stands\n"
    )


def test_another_fault_of_the_system_is_not_hidden():
    def broken():
        raise OSError(errno.EBADF, "bad")

    with pytest.raises(OSError, match="bad"):
        console.run(broken)
