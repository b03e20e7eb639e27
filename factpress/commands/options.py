"""Options that several commands have, and what they may be."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from factpress import files
from factpress.errors import InputError
from factpress.languages import LANGUAGES

#: How a language is asked for.
ONE = " or ".join(LANGUAGES)

Edition = Annotated[str | None, typer.Option(help="Which edition; without it the one of publications.yml.")]
Scenario = Annotated[
    str | None, typer.Option(help="Under which scenario of data/assumptions.csv; without it as published.")
]
#: The option of every command that writes a file where a user says.
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there already.")]


def refuse_other(path: Path, ending: str, overwrite: bool) -> None:
    """Raise InputError for a file that cannot be written, that would not be what its name says, or that is there already."""
    if path.suffix != ending:
        raise InputError("a file of another kind", file=path, expected=f"a name that ends in {ending}")
    if not path.parent.is_dir():
        raise InputError("a folder that there is none of", file=path, expected="an existing folder")
    files.refuse_existing([path], overwrite)


def plain(text: str) -> str:
    """Return a text as it is printed, also where it could be read as markup."""
    return escape(str(text))
