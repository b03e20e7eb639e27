"""Errors name where, what was found, what was expected and the remedy; and only those that are known."""

import errno
import os

import pytest

from factpress.errors import InputError, PartFailed, PressError, UnknownName
from upcm_analysis import cli


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
    near = UnknownName("province", "Zeland", ["zeeland", "limburg"])
    assert "did you mean zeeland?" in str(near) and "one of zeeland, limburg" in str(near)
    assert "did you mean" not in str(UnknownName("province", "xyz", ["zeeland"]))


def test_exit_statuses():
    assert (PressError.status, PartFailed.status, InputError.status, UnknownName.status) == (1, 1, 2, 2)


def test_a_full_disk_is_said_in_one_line(monkeypatch, upcm):
    def full():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "reports/2020/index.html")

    monkeypatch.setattr(cli, "app", full)
    status, _, said = upcm("report")
    assert status == 1
    assert said == "failed: No space left on device: reports/2020/index.html; what was finished stands\n"


def test_another_fault_of_the_system_is_not_hidden(monkeypatch):
    def broken():
        raise OSError(errno.EBADF, "bad")

    monkeypatch.setattr(cli, "app", broken)
    with pytest.raises(OSError, match="bad"):
        cli.main()
