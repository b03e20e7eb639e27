"""Settings: a YAML file at the root of the repository, read into a model that says what it must hold."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import yaml

from factpress.errors import InputError
from factpress.home import home

if TYPE_CHECKING:
    from pydantic import BaseModel

Model = TypeVar("Model", bound="BaseModel")


def load(file: str) -> dict:
    """The content of a settings file. Raises InputError that names the file, and the line, where it has no keys with values."""
    content = parsed(home() / file, "a settings file", file)
    if not isinstance(content, dict):
        found = "nothing" if content is None else content
        raise InputError(
            "a settings file has no keys",
            file=file,
            found=found,
            expected="names with their values",
            remedy=_restore(file),
        )
    return content


def parsed(path: Path, what: str, file: str, parse: Callable = yaml.safe_load):
    """What a YAML file holds. Raises InputError that names the `file`, and the line, where it cannot be read or is no YAML."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        found = "no such file" if isinstance(error, FileNotFoundError) else error
        raise InputError(f"{what} cannot be read", file=file, found=found, remedy=_restore(file)) from None
    except (yaml.YAMLError, ValueError) as error:  # the latter for a date such as 2026-13-22
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            f"{what} is not YAML",
            file=file,
            row=mark and mark.line + 1,
            found=getattr(error, "problem", None) or error,
            expected="on each line a name, a colon, a space and a value",
            remedy="mend this line, or the one above it",
        ) from None


def _restore(file: str) -> str:
    return f"mend it, or restore it with 'git checkout {file}'"


def read(file: str, model: type[Model], advice: Callable[[dict], tuple[str, str]] | None = None) -> Model:
    """The settings in a file. Raises InputError that names the file and the key where they are not right.

    `advice` gives what is expected and what to do about an error as pydantic describes it.
    """
    from pydantic import ValidationError  # here, because who only loads a file need not wait for it

    try:
        return model.model_validate(load(file))
    except ValidationError as error:
        first = error.errors()[0]
        missing = first["type"] == "missing"
        expected = "a value" if missing else first["msg"].removeprefix("Value error, ")
        remedy = _restore(file)
        if advice:
            expected, remedy = advice(first)
        raise InputError(
            "a settings file is not right",
            file=file,
            row=".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"]) or None,
            found="nothing" if missing or first["input"] is None else first["input"],
            expected=expected,
            remedy=remedy,
        ) from None
