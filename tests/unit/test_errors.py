"""Errors name where, what was found, what was expected and the remedy; and only those that are known."""

from upcm_analysis.words.errors import InputError, PartFailed, UnknownName, UpcmError


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
    assert (UpcmError.status, PartFailed.status, InputError.status, UnknownName.status) == (1, 1, 2, 2)
