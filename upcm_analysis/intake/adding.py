"""Adding tables to the data: raw files, their rows in the register and checksums, in one go or not at all.

The register comes last and in one step: until then a note says which files do not count, and whoever reads the data passes
them over. So an addition that is killed leaves the data as they were; the next one takes away what it left behind.
"""

from pathlib import Path

from factpress import files
from factpress.home import home, shown
from upcm_analysis.registers import sources


def add(tables: dict[str, bytes], rows: list[dict[str, str]]) -> list[Path]:
    """Adds tables (CSV by source) with what the register says of each; gives the files. A second addition waits its turn.

    Raises InputError for a source that there is already, and for a row that is not whole.
    """
    with files.alone(home() / sources.PENDING):
        _tidy()
        content = sources.addition(tables, rows)
        try:
            note = "".join(f"{shown(one)}\n" for path in content for one in (path, files.room(path)))
            files.write(home() / sources.PENDING, note.encode())
            for path, text in content.items():
                files.write(path, text)
        finally:
            _tidy()
    return list(content)[:-1]


def tidy() -> None:
    """Takes away what an addition that was killed left behind."""
    if (home() / sources.PENDING).is_file():
        with files.alone(home() / sources.PENDING):
            _tidy()


def _tidy() -> None:
    register = home() / sources.REGISTER
    for path in sources.pending():
        if path != register:
            path.unlink(missing_ok=True)
            if path.parent.is_dir() and not any(path.parent.iterdir()):
                path.parent.rmdir()
    note = home() / sources.PENDING
    for left in [note, *note.parent.glob(f".{note.name}-*")]:
        left.unlink(missing_ok=True)
