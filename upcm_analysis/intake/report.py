"""What was recognised in a delivered table: in words, for the terminal, and as a page of its own."""

from pathlib import Path

from factpress import files
from factpress.formats import html
from factpress.home import home
from factpress.languages import LANGUAGES
from factpress.site.imprint import Imprint
from factpress.texts import texts
from upcm_analysis.intake.grids import Finding
from upcm_analysis.intake.recognised import Table

#: So many rows of the table are shown.
SHOWN = 12
WORDS = texts(__name__)


def misfit(one: Finding, language: str) -> tuple[str, str, str]:
    """What does not fit, in words: the cell, what was found, and what to do."""
    found, remedy = WORDS[language]["misfit texts"][one.code]
    return one.where, found.format(**one.said), remedy.format(**one.said)


def remark(one: Finding, language: str) -> tuple[str, str]:
    """What to look at, in words, with its cell."""
    return one.where, WORDS[language]["remark texts"][one.code].format(**one.said)


def read_as(table: Table, language: str) -> list[tuple[str, str]]:
    """How the file was read: each name with what was found."""
    words = WORDS[language]
    found = {**table.read_as, "rows": str(len(table.rows)), "columns": str(len(table.columns))}
    return [(words["facts"][name], words["delimiters"].get(text, text)) for name, text in found.items()]


def columns(table: Table, language: str) -> list[list[str]]:
    """A row a column: its name, kind, unit, notation with what decided it, filled and empty cells, and its signs."""
    words = WORDS[language]
    rows = []
    for one in table.columns:
        notation = words["notations"].get(one.notation, "")
        if one.decided:
            form = words["decided"]["said" if one.decided == "said" else "cell"]
            notation = form.format(notation, one.decided)
        unit = one.unit or (words["unknown unit"] if one.kind == "number" else "")
        signs = ", ".join(f"{sign} ({count}×)" for sign, count in one.signs.items())
        rows.append([one.name, words["kinds"][one.kind], unit, notation, str(one.filled), str(one.empty), signs])
    return rows


def write(table: Table, name: str, language: str, place: Path | None = None) -> Path:
    """Writes the page about a table, in `reports/added` where no place is given; gives its path."""
    place = place or home() / "reports" / "added" / f"{Path(name).stem}.html"
    files.write(place, page(table, name, language).encode())
    return place


def page(table: Table, name: str, language: str) -> str:
    """The page about a table: self-contained, one language."""
    words, imprint = WORDS[language], Imprint("", "brought", "", "", language, "")
    count, shown = len(table.rows), min(SHOWN, len(table.rows))
    return (
        html.environment(Path(__file__).with_name("templates"))
        .get_template("report.html.j2")
        .render(
            language=language,
            said=words,
            say=imprint.words,
            title=words["title"].format(name),
            description=words["kicker"],
            kind="brought",
            home="",
            edition_line=words["report"],
            others=[],
            imprint=imprint,
            name=name,
            quoted=LANGUAGES[0],
            verdict=words["refused" if table.misfits else "fits"],
            shown=words["so far" if table.misfits else "table"],
            misfits=[misfit(one, language) for one in table.misfits],
            remarks=[remark(one, language) for one in table.remarks],
            read_as=read_as(table, language),
            columns=columns(table, language),
            kinds=[one.kind for one in table.columns],
            header=[one.name for one in table.columns],
            notes=table.notes,
            rows=table.rows[:shown],
            count=words["more" if count > shown else "all"].format(shown=shown, count=count),
        )
    )
