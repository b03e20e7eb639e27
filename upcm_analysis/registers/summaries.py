"""Summaries: tables that are no table of their publication, but were made of its text: what they are and how they are told."""

from dataclasses import dataclass
from functools import cache

from factpress.codelists import entries
from factpress.languages import LANGUAGES
from upcm_analysis.registers.tables import READ

#: The form of tables of which every row was put in words here, and what stands between several codes in a cell.
SUMMARY, BETWEEN = "summary", "; "
#: A column without a name of its own: what it holds is text in a language.
TEXT = "text"


@dataclass(frozen=True)
class Summary:
    """What a table is (`lead`), and by column that is shown in a language its `names`; `cell` says a cell in words."""

    lead: str
    names: dict[str, str]
    language: str

    def cell(self, column: str, text: str) -> str:
        """Return a cell with its codes in words, as far as there are any."""
        named = _named(column, self.language)
        return BETWEEN.join(named.get(code, code) for code in text.split(BETWEEN)) if named else text


@cache
def _named(column: str, language: str) -> dict[str, str]:
    """The codes of a column of a summary in words."""
    return {
        code[-1] if isinstance(code, tuple) else code: row.get(f"name_{language}") or row[f"label_{language}"]
        for listed in entries("source_columns").get(column, {}).get("list", "").split()
        for code, row in entries(listed).items()
    }


def summary(source: str, role: str, header: list[str], language: str) -> Summary | None:
    """Return how a source is told in a language; None for a table that is as printed."""
    form = entries("source_forms").get(source, {}).get("form") or ("" if role in READ else SUMMARY)
    if not form:
        return None
    lead = entries("table_forms")[form][f"text_{language}"]
    if form != SUMMARY:
        return Summary(lead, {column: column for column in header}, language)
    said = entries("source_columns")
    names = {}
    for column in header:
        stem, _, ending = column.rpartition("_")
        own = ending if ending in LANGUAGES else ""
        if own in ("", language):
            key = (stem or TEXT) if own else column
            names[column] = said[key][f"name_{language}"] if key in said else column
    return Summary(lead, names, language)
