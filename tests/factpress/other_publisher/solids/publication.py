"""The door of its notebooks."""

from factpress.builder import read_log
from factpress.dimensions import subject
from factpress.page import Page
from factpress.writing import Registers
from solids import tables


def open(kind: str, edition: str, language: str, *names: str) -> Page:
    """Open a publication to make blocks for."""
    (name,) = names
    read_log.note("page", f"{kind} {edition} {language} {name}")
    return Page(kind, edition, language, subject(kind, name), tables.folder(edition), Registers(), topics={})
