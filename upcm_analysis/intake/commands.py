"""The commands that bring in a table: `upcm data add`, `upcm data cbs`, `upcm data branches`."""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table as Listed

from factpress import files
from factpress.builder import freshness
from factpress.commands.options import ONE, Overwrite, refuse_other
from factpress.console import err, out
from factpress.errors import InputError, UnknownName
from factpress.home import shown
from factpress.languages import LANGUAGES
from upcm_analysis.intake import adding, grids, number_forms, recognition, statline
from upcm_analysis.intake import report as intake_report
from upcm_analysis.intake.recognised import Table, as_csv
from upcm_analysis.registers.sources import REGISTER, STORED, roles
from upcm_analysis.registers.tables import READ, check_named

NOT_STATED = "not stated"
SOURCE = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*")
#: What the register says of a table: the option, what it asks for, and whether there has to be an answer.
FIELDS = {
    "id": ("Folder and name of the table in data/raw, such as own-count/jobs-2024", True),
    "title": ("Title of the publication", True),
    "short_title": ("Short title, as a source line has it", False),
    "table": ("Name of the table in it", False),
    "publisher": ("Publisher", True),
    "number": ("Number of the publication", False),
    "section": ("Section or page", False),
    "written_in": (f"Language of the publication, {ONE}", False),
    "licence": ("Licence", False),
    "role": ("What it is to be used as, one of these roles", False),
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
    role: Annotated[
        str | None, typer.Option(help="Its role, see docs/data.md; without it 'stored', used by nothing.")
    ] = None,
    edition: Annotated[str | None, typer.Option(help="Which edition; without it the one of publications.yml.")] = None,
    notation: Annotated[
        str | None, typer.Option(help="nl (1.234,5) or en (1,234.5), where no cell decides it.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Which sheet of a workbook.")] = None,
    header: Annotated[int | None, typer.Option(min=1, help="How many lines the header has.")] = None,
    hidden: Annotated[str | None, typer.Option(help="Hidden rows and columns: keep or leave.")] = None,
    language: Annotated[str, typer.Option(help=f"Of the page about the table: {ONE}.")] = LANGUAGES[0],
    report: Annotated[Path | None, typer.Option(help=REPORTED)] = None,
    overwrite: Overwrite = False,
    look: Annotated[bool, typer.Option("--look", help="Only say what is recognised; add nothing.")] = False,
) -> None:
    """Bring in a table: say what is recognised and what does not fit, and add it to the data when all is well."""
    for what, given, known in (
        ("notation", notation, number_forms.NOTATIONS),
        ("way with what is hidden", hidden, grids.HIDDEN),
        ("language", language, LANGUAGES),
        ("language", written_in, LANGUAGES),
        ("role of a source", role, roles()),
    ):
        if given is not None and given not in known:
            raise UnknownName(what, given, known)
    given = dict(id=id_, title=title, short_title=short_title, table=table, publisher=publisher, number=number)
    given |= dict(section=section, written_in=written_in, licence=licence, role=role)
    _refuse_name(id_)
    files.refuse_existing([report] if report else [], overwrite)
    found = _recognised(grids.read(file, sheet, hidden), notation, header, written_in or LANGUAGES[0])
    place = intake_report.write(found, file.name, language, report)
    _show(found)
    out.print(f"report: {shown(place)}", markup=False)
    _refuse_misfits(file, found)
    if look:
        return
    said = _fields(given, found.title)
    if _asked() and not typer.confirm("Add it?", default=True):
        out.print("nothing was added")
        return
    source = said["id"]
    if said["role"] in READ:  # before it is there: whoever reads the data would have to stop
        check_named(source)
    tables = {source: found.csv()}
    if notes := found.notes_csv():
        tables[f"{source}-notes"] = notes
    _add(tables, [_row(said, name, edition) for name in tables])


def _recognised(grid: grids.Grid, notation: str | None, header: int | None, language: str) -> Table:
    """The table in a grid; where nothing decides its notation somebody is asked, if there is somebody."""
    found = recognition.recognise(grid, notation, header, language)
    if not (found.undecided and _asked()):
        return found
    _show(found)
    answer = typer.prompt("Which notation is it, nl (1.234,5) or en (1,234.5)?").strip()
    if answer not in number_forms.NOTATIONS:
        raise UnknownName("notation", answer, number_forms.NOTATIONS)
    return recognition.recognise(grid, answer, header, language)


def _refuse_misfits(file: Path, found: Table) -> None:
    """Raise InputError with the first thing in a table that does not fit."""
    if not found.misfits:
        return
    where, what, remedy = intake_report.misfit(found.misfits[0], "en")
    more = f" (and {len(found.misfits) - 1} more)" if len(found.misfits) > 1 else ""
    raise InputError(
        "a table does not fit; nothing was added", file=file, row=where or None, found=what + more, remedy=remedy
    )


def _refuse_name(source: str | None) -> None:
    if source is not None and not SOURCE.fullmatch(source):
        raise InputError(
            "not the name of a table",
            found=source,
            expected="a folder and a name of small letters, digits and -, such as own-count/jobs-2024",
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
        usual = {"written_in": "nl", "role": STORED}.get(name, NOT_STATED)
        default = default.get(name) or (None if needed else usual)
        answer = given[name]
        if answer is None and name == "role" and _asked():
            for known, means in roles().items():
                out.print(f"  {known}: {means}", markup=False)
        if answer is None:
            answer = typer.prompt(question, default=default) if _asked() else default
        said[name] = " ".join(str(answer).split())
        if name == "id":
            _refuse_name(said["id"])
    if said["role"] not in roles():
        raise UnknownName("role of a source", said["role"], roles())
    return said


def _row(said: dict[str, str], source: str, edition: str | None) -> dict[str, str]:
    """What the register says of one table of an addition."""
    part = source.removeprefix(said["id"]).strip("-")
    return {
        "source": source,
        "edition": edition or freshness.edition(),
        "role": STORED if part else said["role"],
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
    for path in adding.add(tables, rows):
        out.print(f"added: {shown(path)}", markup=False)
    role = rows[0]["role"]
    told = (
        "nothing uses it yet: docs/data.md says how to" if role == STORED else f"as {role}: see what 'upcm check' says"
    )
    out.print(f"registered in {REGISTER}; {told}", markup=False)


def _show(found) -> None:
    """Prints what was recognised, what to look at, and what does not fit."""
    words = intake_report.WORDS["en"]
    out.print(", ".join(f"{name.lower()} {text}" for name, text in intake_report.read_as(found, "en")), markup=False)
    listed = Listed(*words["column"])
    for row in intake_report.columns(found, "en"):
        listed.add_row(*map(escape, row))
    out.print(listed)
    for one in found.remarks:
        where, text = intake_report.remark(one, "en")
        out.print(f"[yellow]look[/] {escape(f'{where}: {text}' if where else text)}")
    for where, sign, text in found.notes:
        out.print(f"[dim]note[/] {escape(' '.join(filter(None, [f'{where}:', sign, text])))}")
    for one in found.misfits:
        where, text, _ = intake_report.misfit(one, "en")
        out.print(f"[red]misfit[/] {escape(f'{where}: {text}' if where else text)}")


def cbs(
    table: Annotated[str, typer.Argument(help="The identifier of a table of StatLine, such as 83300NED.")],
    select: Annotated[
        list[str] | None,
        typer.Option(help="A column, or codes of a dimension: CO2_1, Perioden=2020JJ00,2022JJ00. May be repeated."),
    ] = None,
    id_: Annotated[str | None, typer.Option("--id", help=FIELDS["id"][0])] = None,
    licence: Annotated[str, typer.Option(help=FIELDS["licence"][0])] = NOT_STATED,
    edition: Annotated[str | None, typer.Option(help="Which edition; without it the one of publications.yml.")] = None,
    look: Annotated[bool, typer.Option("--look", help="Only show the columns and codes; store nothing.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Use what is stored, without asking CBS.")] = False,
    service: Annotated[str, typer.Option(envvar="UPCM_CBS_SERVICE", help="Where the service is.")] = "",
) -> None:
    """Fetch a table of CBS StatLine and store it with its signs, statuses and version; without a connection, what is stored."""
    if not re.fullmatch(r"\w+", table):
        raise InputError("not the identifier of a table", found=table, expected="one such as 83300NED")
    _refuse_name(id_)
    service, selection = service or statline.SERVICE, select or []
    if look:
        _columns(table, service)
        return
    kept = next(reversed(statline.stored(table, selection)), None)
    if offline:
        if kept is None:
            raise InputError(
                "nothing is stored of this selection", found=table, remedy="leave out --offline, with a connection"
            )
        _told(kept)
        return
    try:
        about = statline.info(table, service)
    except statline.Unreachable as problem:
        if kept is None:
            raise
        err.print(f"{problem}", markup=False)
        _told(kept)
        return
    if kept and kept.retrieval["modified"] == about["Modified"]:
        out.print("CBS has not changed it since", markup=False)
        _told(kept)
        return
    figures, metadata = statline.fetch(table, selection, about, service)
    version = about["Modified"][:10]
    source = id_ or f"cbs-{table.lower()}/statline-{version}"
    said = {
        "id": source,
        "title": about.get("Title") or table,
        "short_title": f"CBS StatLine {table}",
        "table": about.get("ShortTitle") or about.get("Title") or table,
        "publisher": "Centraal Bureau voor de Statistiek",
        "number": table,
        "section": f"versie {version}, opgehaald {statline.today().isoformat()}",
        "written_in": (about.get("Language") or "nl").strip(),
        "licence": licence,
        "role": STORED,
    }
    said = {name: " ".join(str(text).split()) for name, text in said.items()}
    tables = {source: figures, f"{source}-metadata": metadata}
    _add(tables, [_row(said, name, edition) for name in tables])
    _told(statline.read(source))


def branches(
    source: Annotated[str, typer.Argument(help="A stored table, such as cbs-83300ned/statline-2025-11-20.")],
    to: Annotated[Path, typer.Argument(help="The table to write, a CSV.")],
    topic: Annotated[str, typer.Option(help="The column of figures: its key or its title.")],
    overwrite: Overwrite = False,
) -> None:
    """Make of a stored table of CBS a comparison by product group: a row a branch of industry, a column a period."""
    refuse_other(to, ".csv", overwrite)
    header, rows, told = statline.branches(source, topic)
    files.write(to, as_csv(header, rows))
    listed = Listed("branch", "title at CBS", "product groups")
    for row in told:
        listed.add_row(*map(escape, row))
    out.print(listed)
    stored = statline.read(source)
    unit = next(row["unit"] for key, row in stored.parts[statline.PROPERTIES].items() if topic in (key, row["title"]))
    out.print(
        f"{to}: {len(rows)} branches, {len(header) - 1} periods, in {unit or 'a unit that CBS does not say'}",
        markup=False,
    )


def _columns(table: str, service: str) -> None:
    """Prints what can be selected of a table."""
    about, columns = statline.info(table, service), statline.properties(table, service)
    out.print(f"{table}: {about.get('Title', '')}, version {about['Modified'][:10]}", markup=False)
    listed = Listed("key", "title", "unit")
    for one in columns.values():
        if one["Type"] == "Topic":
            listed.add_row(*(escape(" ".join(str(one.get(n) or "").split())) for n in ("Key", "Title", "Unit")))
    out.print(listed)
    for key, one in columns.items():
        if "Dimension" in one["Type"]:
            listed = Listed(key, "title", "status")
            for code in statline.codes(table, key, service):
                texts = (" ".join(str(code.get(name) or "").split()) for name in ("Key", "Title", "Status"))
                listed.add_row(*map(escape, texts))
            out.print(listed)


def _told(stored) -> None:
    """Prints what a stored table is: its version, figures, signs and statuses."""
    retrieval = stored.retrieval
    out.print(
        f"{stored.source}: version {stored.version} of CBS table {retrieval['table']}, retrieved {retrieval['retrieved']}, "
        f"{len(stored.rows)} rows, {len(stored.topics)} columns of figures; selection: {retrieval['selection']}",
        markup=False,
    )
    if stored.signs:
        out.print("signs: " + ", ".join(f"{sign} ({count}×)" for sign, count in stored.signs.items()), markup=False)
    for key in stored.dimensions:
        used = {row[stored.header.index(key)] for row in stored.rows}
        open_ = [
            one["title"]
            for code, one in stored.parts[key].items()
            if code in used and one["status"] not in ("", "Definitief")
        ]
        if open_:
            out.print(f"provisional: {', '.join(open_)}", markup=False)
