"""The register of sources: what may be read, from which publication, and that it has not changed since."""

import csv
import hashlib
import io
from functools import cache
from pathlib import Path

import pandas as pd

from factpress import codelists
from factpress.errors import InputError, UnknownName
from factpress.home import home, shown
from upcm_analysis.registers.private import PRIVATE, REGISTER, STORED, WITHHELD, sealed

COLUMNS = [
    "source",
    "edition",
    "role",
    "short_title",
    "title",
    "table",
    "publisher",
    "publication_number",
    "section",
    "language",
    "licence",
    "sha256",
]
#: While tables are being added: the files that are not there before that has succeeded.
PENDING = "data/processed/adding.txt"


def roles() -> dict[str, str]:
    """Return what each role of a source means; a topic brings its own in its `roles.csv`."""
    return codelists.codelist("roles").means.to_dict()


def register() -> pd.DataFrame:
    """All registered sources: one row a raw file, indexed by source (`folder/table`), nothing left blank.

    What a publication does not say is registered as `not stated`. Raises InputError where the register is not whole.
    """
    path = home() / REGISTER
    if not path.is_file():
        raise InputError("the register of sources is missing", file=REGISTER, remedy="restore it from git")
    return _checked(path.read_bytes())


@cache
def _checked(content: bytes) -> pd.DataFrame:
    """The register in a file with this content; see `register`."""
    table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    if list(table.columns) != COLUMNS:
        raise InputError(
            "the register of sources has other columns",
            file=REGISTER,
            row=1,
            found=", ".join(table.columns),
            expected=", ".join(COLUMNS),
        )
    for column in COLUMNS:
        for row in table.index[table[column].str.strip() == ""]:
            raise InputError(
                "an empty cell in the register of sources",
                file=REGISTER,
                row=row + 2,
                column=column,
                found="nothing",
                expected="what the publication says, or 'not stated'",
            )
    for row in table.index[table.duplicated("source")]:
        raise InputError(
            "a source is registered twice",
            file=REGISTER,
            row=row + 2,
            column="source",
            found=table.source[row],
            expected="each source once",
        )
    for row in table.index[~table.edition.str.fullmatch(r"\d{4}( \d{4})*")]:
        raise InputError(
            "an edition is not named by a year",
            file=REGISTER,
            row=row + 2,
            column="edition",
            found=table.edition[row],
            expected="a year such as 2020, or several with a space between them",
        )
    for row in table.index[~table.role.isin(roles())]:
        raise UnknownName("role of a source", table.role[row], roles(), file=REGISTER, row=row + 2, column="role")
    return table.set_index("source")


def used() -> pd.DataFrame:
    """The registered sources that something rests on: all but those that are only stored."""
    table = register()
    return table[table.role != STORED]


def editions() -> list[str]:
    """The editions that there are sources for, oldest first."""
    return sorted({name for names in used().edition for name in names.split()})


def of_edition(edition: str) -> pd.DataFrame:
    """The register of one edition: a source may be of several, with spaces between their names."""
    table = used()
    return table[[edition in names.split() for names in table.edition]]


def registered(edition: str, role: str) -> list[str]:
    """The sources of an edition with this role."""
    table = of_edition(edition)
    return list(table.index[table.role == role])


def raw_path(source: str):
    """Where the file of a source lies."""
    return home() / "data" / "raw" / f"{source}.csv"


def read_raw(source: str) -> bytes:
    """The bytes of a registered raw file. Raises InputError for one that is unregistered, missing or changed."""
    sources, path = register(), raw_path(source)
    if source not in sources.index:
        raise UnknownName("source", source, sources.index, file=REGISTER)
    if not path.is_file():
        raise InputError(
            "a registered raw file is missing",
            file=shown(path),
            remedy="restore it from git, or take its row out of data/sources.csv",
        )
    content = path.read_bytes()
    found, expected = hashlib.sha256(content).hexdigest(), sources.sha256[source]
    if found != expected:
        raise InputError(
            "a raw file has changed since it was registered",
            file=shown(path),
            found=f"sha256 {found}",
            expected=f"sha256 {expected} ({REGISTER})",
            remedy=f"restore it with 'git checkout {shown(path)}'; if the change is meant, register the found sha256",
        )
    return content


def verify() -> pd.DataFrame:
    """The register, once every raw file has been seen to be registered and unchanged. Raises InputError if not."""
    folder = home() / "data" / "raw"
    # In this order, so that a table that is added meanwhile is either still pending or registered already.
    there = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "README.md")
    there = [path for path in there if path not in set(pending())]
    sources = register()
    for path in there:
        if path.relative_to(folder).with_suffix("").as_posix() not in sources.index or path.suffix != ".csv":
            raise InputError(
                "a raw file is not registered",
                file=shown(path),
                expected=f"a row in {REGISTER}",
                remedy=f"add a row to {REGISTER}, or move the file out of data/raw",
            )
    for source in sources.index:
        read_raw(source)
    return sources


def pending() -> list[Path]:
    """The files of tables that are being added; of an addition that was killed, those that it may have left behind.

    What is registered already is not among them.
    """
    note = home() / PENDING
    try:
        named = [home() / line for line in note.read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError:
        return []
    done = {raw_path(source) for source in register().index}
    return [path for path in named if path not in done]


def addition(tables: dict[str, bytes], rows: list[dict[str, str]]) -> dict[Path, bytes]:
    """What is to be written to add tables to the register: each file with its content, the register last.

    `tables` are CSVs by source, `rows` what the register says of each but its sha256. Raises InputError for a source that
    there is already, and for a row that is not whole.
    """
    known = register()
    for source in tables:
        if source in known.index or raw_path(source).exists():
            raise InputError(
                "there is a table of that name already",
                file=shown(raw_path(source)),
                found=source,
                expected="a name of its own: what is registered is never changed",
                remedy="give another --id, such as one with a year or a version",
            )
    content = (home() / REGISTER).read_bytes()
    text = io.StringIO("" if content.endswith(b"\n") else "\n")
    text.seek(0, io.SEEK_END)
    lines = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    lines.writerows({**row, "sha256": hashlib.sha256(tables[row["source"]]).hexdigest()} for row in rows)
    content += text.getvalue().encode()
    _checked(content)
    return {**{raw_path(source): table for source, table in tables.items()}, home() / REGISTER: content}


def in_use() -> bytes:
    """The register as it is published: without tables that are only stored, and without the sha256 of private ones."""
    table = register()
    private = table.role.isin(PRIVATE)
    if not (private | (table.role == STORED)).any():
        return (home() / REGISTER).read_bytes()
    published = table.assign(sha256=table.sha256.mask(private, WITHHELD))[table.role != STORED]
    return published.to_csv(lineterminator="\n").encode()


def data_hash() -> str:
    """One hash over the register, the corrections, the code lists and the assumptions: what an edition rests on.

    A sha256, or where a table is not published a keyed one (see `private`).
    """
    total = hashlib.sha256()
    data = home() / "data"
    registers = {path.name: path for kind in ("*.csv", "*.yml") for path in data.glob(kind)}
    found = {name: path.read_bytes() for name, path in registers.items()}
    found |= {f"codelists/{name}": content for name, content in codelists.contents().items()}
    for name, content in sorted(found.items()):
        total.update(f"{name}\0".encode() + content)
    return sealed(total.hexdigest())
