"""Methods: which functions make facts, each with an id that stays, the status of its results, and what it is called.

    @method("share", status="derived", nl="deel van het totaal", en="part of the total")
    def share(figures, indicator): ...

Data names a method by its id alone, so that code can move. The first paragraph of the function's documentation is its formula.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from factpress.codelists import entries
from factpress.errors import InputError, UnknownName
from factpress.home import shown
from factpress.languages import LANGUAGES

#: The method whose facts stand so in a source, whatever becomes of their status.
PRINTED = "as-printed"
#: Between two inputs, or two warnings, of a fact.
SEPARATOR = " ; "
Function = TypeVar("Function", bound=Callable)


@dataclass(frozen=True)
class Method:
    """A function that makes facts: `status` is that of its results, `label` what it is called in each language."""

    id: str
    status: str
    label: dict[str, str]
    #: The full name of the function, such as `package.shares.share`.
    function: str
    #: The first paragraph of its documentation, on one line.
    formula: str
    #: Where the function stands.
    file: str
    line: int


_METHODS: dict[str, Method] = {}


def method(id_: str, status: str = "", **label: str) -> Callable[[Function], Function]:
    """Register a function as a method: an id, the status of its results, its name in each language.

    Raises InputError with the place of the function for an id that another function has, an unknown status, or a language
    without a label.
    """

    def registered(function: Function) -> Function:
        """Register the function, and return it as it is."""
        name = f"{function.__module__}.{function.__qualname__}"
        file, line = shown(Path(function.__code__.co_filename)), function.__code__.co_firstlineno
        other = _METHODS.get(id_)
        if other and other.function != name:
            raise InputError(
                "two methods with one id",
                file=file, row=line, found=f"{id_} of {name}", expected=f"another id: this one is of {other.function}",
                remedy="give the newer of the two an id of its own",
            )  # fmt: skip
        if status not in entries("statuses"):
            raise InputError(
                f"a method without a status that there is: {id_}",
                file=file, row=line, found=status or "none", expected=", ".join(entries("statuses")),
                remedy=f'say it at the function: @method("{id_}", status="derived", ...)',
            )  # fmt: skip
        if lacking := [one for one in LANGUAGES if not label.get(one)]:
            raise InputError(
                f"a method without a label in every language: {id_}",
                file=file, row=line,
                found=", ".join(one for one in label if label[one]) or "none", expected=", ".join(LANGUAGES),
                remedy=f'say it at the function: @method("{id_}", ..., {lacking[0]}="...")',
            )  # fmt: skip
        formula = " ".join((inspect.getdoc(function) or "").split("\n\n")[0].split())
        _METHODS[id_] = Method(id_, status, label, name, formula, file, line)
        function.method = id_  # type: ignore[attr-defined]  # Callable does not say that it has attributes
        return function

    return registered


def methods() -> dict[str, Method]:
    """Return the methods of all modules that were loaded, by id."""
    return dict(_METHODS)


def method_of(function: Callable) -> Method:
    """Return the method that a function is. Raises InputError where it is registered as none."""
    if not hasattr(function, "method"):
        raise InputError(
            "facts made by a function that is no method",
            file=shown(Path(function.__code__.co_filename)), row=function.__code__.co_firstlineno,
            found=function.__qualname__, expected="an id, a status and a label in each language",
            remedy=f'put @method("...", status="...", {", ".join(f"{one}=..." for one in LANGUAGES)}) above it',
        )  # fmt: skip
    return _METHODS[function.method]


def named(id_: str, **where: object) -> Method:
    """Return the method with this id. Raises UnknownName, at the place that names it, with the nearest ids."""
    if id_ not in _METHODS:
        raise UnknownName("method", id_, _METHODS, **where)
    return _METHODS[id_]
