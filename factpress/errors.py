"""What can go wrong, said so that the reader can mend it."""

from difflib import get_close_matches


class PressError(Exception):
    """Something the user can mend. `status` is the exit status of the command line."""

    status = 1


class InputError(PressError):
    """The call or the input is wrong: nothing has been written.

    Says which file, row and column, what was found, what was expected and what to do about it.
    """

    status = 2

    def __init__(self, problem, *, file=None, row=None, column=None, found=None, expected=None, remedy=None):
        self.problem = problem
        self.parts = {
            "file": file,
            "row": row,
            "column": column,
            "found": found,
            "expected": expected,
            "remedy": remedy,
        }
        lines = [problem] + [f"  {name + ':':<9} {part}" for name, part in self.parts.items() if part is not None]
        super().__init__("\n".join(lines))


def nearest(name, known, most=2, cutoff=0.5) -> list[str]:
    """Of what is known the names that a name is nearest to, the nearest first; none where none is near."""
    return get_close_matches(str(name).lower(), [str(k) for k in known], n=most, cutoff=cutoff)


class UnknownName(InputError):
    """A name that is not in its list, with the nearest names that are."""

    def __init__(self, what, name, known, **where):
        known = [str(k) for k in known]
        near = nearest(name, known)
        hint = f"did you mean {' or '.join(near)}?" if near else None
        super().__init__(
            f"unknown {what}: {name!r}" + (f" - {hint}" if hint else ""),
            found=name,
            expected="one of " + ", ".join(known),
            **where,
        )


class PartFailed(PressError):
    """One or more publications, or a check, failed; the rest stands."""
