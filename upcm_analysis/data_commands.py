"""The commands that bring in a table: `upcm data add`, `upcm data cbs`, `upcm data branches`."""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table as Listed

from upcm_analysis.console import out
from upcm_analysis.words.errors import InputError, UnknownName

NOT_STATED = "not stated"
SOURCE = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*")
#: What the register says of a table: the option, what it asks for, and whether there has to be an answer.
FIELDS = {
    "id": ("Folder and name of the table in data/raw, such as cbs-85423ned/jobs-2023", True),
    "title": ("Title of the publication", True),
    "short_title": ("Short title, as a source line has it", False),
    "table": ("Name of the table in it", False),
    "publisher": ("Publisher", True),
    "number": ("Number of the publication", False),
    "section": ("Section or page", False),
    "written_in": ("Language of the publication, nl or en", False),
    "licence": ("Licence", False),
}
REPORTED = "Where to write the page about it; without it in reports/added."


def add(
    file: Annotated[Path, typer.Argument(help="A table, as CSV or XLSX.")],
    id_: Annotated[str | None, typer.Option("--id", help=FIELDS["id"][0])] = None,
    title: Annotated[str | None, typer.Option(help=FIELDS["title"][0])] = None,
    short_title: Annotated[str | None, typer.Option(help=FIELDS["short_title"][0])] = None,
    table: Annotated[str | None, typer.Option(help=FIELDS["table"][0])] = None,
    publisher: Annotated[str | None, typer.Option(help=FIELDS["publisher"][0])] = None,
    number: Annotated[str | None, typer.Option(help=FIELDS["number"][0])] = None,
    section: Annotated[str | None, typer.Option(help=FIELDS["section"][0])] = None,
    written_in: Annotated[str | None, typer.Option(help=FIELDS["written_in"][0])] = None,
    licence: Annotated[str | None, typer.Option(help=FIELDS["licence"][0])] = None,
    edition: Annotated[str | None, typer.Option(help="Which edition; without it the one of publications.yml.")] = None,
    notation: Annotated[
        str | None, typer.Option(help="nl (1.234,5) or en (1,234.5), where no cell decides it.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Which sheet of a workbook.")] = None,
    header: Annotated[int | None, typer.Option(min=1, help="How many lines the header has.")] = None,
    hidden: Annotated[str | None, typer.Option(help="Hidden rows and columns: keep or leave.")] = None,
    language: Annotated[str, typer.Option(help="Of the page about the table: nl or en.")] = "nl",
    report: Annotated[Path | None, typer.Option(help=REPORTED)] = None,
    look: Annotated[bool, typer.Option("--look", help="Only say what is recognised; add nothing.")] = False,
) -> None:
    """Bring in a table: say what is recognised and what does not fit, and add it to the data when all is well."""
    from upcm_analysis.evidence import grids, recognition
    from upcm_analysis.publish import brought
    from upcm_analysis.words.codelists import LANGUAGES

    for what, given, known in (
        ("notation", notation, recognition.NOTATIONS),
        ("way with what is hidden", hidden, grids.HIDDEN),
        ("language", language, LANGUAGES),
        ("language", written_in, LANGUAGES),
    ):
        if given is not None and given not in known:
            raise UnknownName(what, given, known)
    given = dict(id=id_, title=title, short_title=short_title, table=table, publisher=publisher, number=number)
    given |= dict(section=section, written_in=written_in, licence=licence)
    _refuse_name(id_)
    grid = grids.read(file, sheet, hidden)
    found = recognition.recognise(grid, notation, header, written_in or LANGUAGES[0])
    if found.undecided and _asked():
        _show(found)
        answer = typer.prompt("Which notation is it, nl (1.234,5) or en (1,234.5)?").strip()
        if answer not in recognition.NOTATIONS:
            raise UnknownName("notation", answer, recognition.NOTATIONS)
        found = recognition.recognise(grid, answer, header, written_in or LANGUAGES[0])
    place = brought.write(found, file.name, language, report)
    _show(found)
    out.print(f"report: {_shown(place)}", markup=False)
    if found.misfits:
        where, what, remedy = brought.misfit(found.misfits[0], "en")
        more = f" (and {len(found.misfits) - 1} more)" if len(found.misfits) > 1 else ""
        raise InputError(
            "a table does not fit; nothing was added",
            file=file,
            row=where or None,
            found=what + more,
            remedy=remedy,
        )
    if look:
        return
    said = _fields(given, found.title)
    if _asked() and not typer.confirm("Add it?", default=True):
        out.print("nothing was added")
        return
    source = said["id"]
    tables = {source: found.csv()}
    if notes := found.notes_csv():
        tables[f"{source}-notes"] = notes
    _add(tables, [_row(said, name, edition) for name in tables])


def _refuse_name(source: str | None) -> None:
    if source is not None and not SOURCE.fullmatch(source):
        raise InputError(
            "not the name of a table",
            found=source,
            expected="a folder and a name of small letters, digits and -, such as cbs-85423ned/jobs-2023",
            remedy="give another --id",
        )


def _asked() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _fields(given: dict[str, str | None], title: str) -> dict[str, str]:
    """What the register is to say of a table: what was given, and the rest asked for where somebody can be asked."""
    missing = [f"--{name}" for name, (_, needed) in FIELDS.items() if needed and not given[name]]
    if missing and not _asked():
        raise InputError(
            "the register has to say where a table comes from; nothing was added",
            found=f"no {', '.join(missing)}",
            expected="--id, --title and --publisher",
            remedy="give them as options, or run this in a terminal, which asks",
        )
    said: dict[str, str] = {}
    for name, (question, needed) in FIELDS.items():
        default = {"title": title, "short_title": said.get("title"), "table": title or said.get("title")}
        default = default.get(name) or (None if needed else "nl" if name == "written_in" else NOT_STATED)
        answer = given[name]
        if answer is None:
            answer = typer.prompt(question, default=default) if _asked() else default
        said[name] = " ".join(str(answer).split())
        if name == "id":
            _refuse_name(said["id"])
    return said


def _row(said: dict[str, str], source: str, edition: str | None) -> dict[str, str]:
    """What the register says of one table of an addition."""
    from upcm_analysis import current
    from upcm_analysis.evidence.sources import STORED

    part = source.removeprefix(said["id"]).strip("-")
    return {
        "source": source,
        "edition": edition or current.edition(),
        "role": STORED,
        "short_title": said["short_title"],
        "title": said["title"],
        "table": said["table"] + (f" ({part})" if part else ""),
        "publisher": said["publisher"],
        "publication_number": said["number"],
        "section": said["section"],
        "language": said["written_in"],
        "licence": said["licence"],
    }


def _add(tables: dict[str, bytes], rows: list[dict[str, str]]) -> None:
    from upcm_analysis import adding
    from upcm_analysis.evidence.sources import REGISTER

    for path in adding.add(tables, rows):
        out.print(f"added: {_shown(path)}", markup=False)
    out.print(f"registered in {REGISTER}; nothing uses it yet: docs/data.md says how to", markup=False)


def _show(found) -> None:
    """Prints what was recognised, what to look at, and what does not fit."""
    from upcm_analysis.publish import brought

    words = brought.WORDS["en"]
    out.print(", ".join(f"{name.lower()} {text}" for name, text in brought.read_as(found, "en")), markup=False)
    listed = Listed(*words["column"])
    for row in brought.columns(found, "en"):
        listed.add_row(*map(escape, row))
    out.print(listed)
    for one in found.remarks:
        where, text = brought.remark(one, "en")
        out.print(f"[yellow]look[/] {escape(f'{where}: {text}' if where else text)}")
    for one in found.misfits:
        where, text, _ = brought.misfit(one, "en")
        out.print(f"[red]misfit[/] {escape(f'{where}: {text}' if where else text)}")


def _shown(path: Path) -> str:
    from upcm_analysis.words.home import shown

    return shown(path)
