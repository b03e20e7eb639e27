"""What is wrong in a source as printed: the corrections, each with its reason and a guard on what it replaces."""

from functools import cache
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from factpress.errors import InputError, UnknownName
from factpress.home import home
from factpress.languages import LANGUAGES
from upcm_analysis.registers.sources import register

FILE = "data/corrections.yml"


class _Mended(BaseModel):
    """What is corrected in a source, and into what."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    source: str
    change: Literal["cell", "row", "column"]
    expect: str
    becomes: str
    row: str | None = None
    column: str | None = None


#: One correction: of a cell, or of the printed name of a row or a column, with its reason in each language.
Correction = create_model("Correction", __base__=_Mended, **{f"reason_{one}": (str, ...) for one in LANGUAGES})


@cache
def _parsed(text: str) -> list:
    return yaml.safe_load(text) or []


def corrections(source: str | None = None) -> list[Correction]:
    """The corrections of a source, or all. Raises InputError for an entry that is not one."""
    try:
        entries = _parsed((home() / FILE).read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        raise InputError(
            "the corrections cannot be read", file=FILE, row=at and at.line + 1, found=getattr(error, "problem", error)
        ) from None
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(Correction(**entry))
        except (ValidationError, TypeError) as error:
            problems = error.errors() if isinstance(error, ValidationError) else [{"loc": (), "msg": str(error)}]
            first = problems[0]
            raise InputError(
                "a correction is not complete",
                file=FILE,
                row=f"entry {number}",
                column=".".join(map(str, first["loc"])) or None,
                found=first.get("input"),
                expected=first["msg"],
            ) from None
    known = register().index
    for number, correction in enumerate(found, start=1):
        if correction.source not in known:
            raise UnknownName("source", correction.source, known, file=FILE, row=f"entry {number}", column="source")
    return [c for c in found if source in (None, c.source)]


def unmatched(correction: Correction, found, file: str) -> InputError:
    """The error for a correction whose guard does not hold any more."""
    return InputError(
        f"the correction {correction.id!r} no longer matches its source",
        file=file,
        row=correction.row,
        column=correction.column,
        found=found,
        expected=correction.expect,
        remedy=f"if the source has been mended, remove the correction from {FILE}",
    )
