"""A settings file: YAML at the root of the repository, read into a model that says what it must hold."""

from typing import Annotated, TypeVar
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, BaseModel, ValidationError

from upcm_analysis.words.errors import InputError
from upcm_analysis.words.home import home

Model = TypeVar("Model", bound=BaseModel)


def read(file: str, model: type[Model]) -> Model:
    """The settings in a file. Raises InputError that names the file and the key where they are not right."""
    remedy = f"mend it, or restore it with 'git checkout {file}'"
    try:
        content = yaml.safe_load((home() / file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("a settings file cannot be read", file=file, found=error, remedy=remedy) from None
    except (yaml.YAMLError, ValueError) as error:  # the latter for a date such as 2026-13-22
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            "a settings file is not YAML",
            file=file,
            row=mark and mark.line + 1,
            found=getattr(error, "problem", None) or error,
            expected="YAML",
            remedy=remedy,
        ) from None
    if not isinstance(content, dict):
        raise InputError(
            "a settings file has no keys",
            file=file,
            found=content or "nothing",
            expected=", ".join(model.model_fields),
            remedy=remedy,
        )
    try:
        return model(**content)
    except ValidationError as error:
        first = error.errors()[0]
        missing = first["type"] == "missing"
        raise InputError(
            "a settings file is not right",
            file=file,
            row=".".join(map(str, first["loc"])) or None,
            found="nothing" if missing else first["input"],
            expected="a value" if missing else first["msg"].removeprefix("Value error, "),
            remedy=remedy,
        ) from None


def _uri(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or any(sign in value for sign in ' \t\n<>"{}|\\^`'):
        raise ValueError("an address such as https://example.org/")
    return value


def _https(value: str) -> str:
    if not value.startswith("https://"):
        raise ValueError("an address that begins with https://")
    return value


#: An http address as RDF takes it: a string, kept as written, for https://example.org and https://example.org/ differ.
Uri = Annotated[str, AfterValidator(_uri)]
Https = Annotated[Uri, AfterValidator(_https)]
