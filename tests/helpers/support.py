"""A copy of the repository that a test may damage."""

import csv
import hashlib
import re
import shutil
from pathlib import Path

from factpress import code_hashes, codelists, dimensions, disk_cache, indicators, theme
from factpress.formats import html, pdf
from upcm_analysis.registers import assumptions, sources, summaries, tables

ROOT = Path(__file__).resolve().parents[2]


#: What was calculated before and takes long; no output, so it is not looked at.
REMEMBERED = Path("data/processed") / disk_cache.FOLDER


#: A matrix of as little as there can be.
MATRIX = """edition: "2020"
publisher: upcm_analysis.publisher
languages: [nl, en]
publications:
  - kind: national
    notebook: national.ipynb
    subjects: all
"""


def copy(root: Path) -> None:
    """Copies what a build needs, and what takes long to calculate."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("processed", ".ipynb_checkpoints"))
    own = root / codelists.OWN  # lists of its own stand before those of the packages, so that a test may damage them
    own.mkdir()
    for name, content in codelists.contents().items():
        (own / name).write_bytes(content)
    with (own / "keys.csv").open("w", encoding="utf-8") as keys:
        keys.write("list,columns\n" + "".join(f"{name},{columns}\n" for name, columns in codelists._keys().items()))
    for name in ("publications.yml", "requirements.lock", "theme.yml", "organisation.yml", "CITATION.cff"):
        shutil.copy(ROOT / name, root / name)
    if (ROOT / REMEMBERED).is_dir():
        shutil.copytree(ROOT / REMEMBERED, root / REMEMBERED)


def copy_with_code(root: Path) -> None:
    """Copies that with the packages, whose code lists are then read, so that a test may add to the code."""
    copy(root)
    shutil.rmtree(root / codelists.OWN)
    for name in ("factpress", "upcm_analysis"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))


def copy_tables(root: Path) -> None:
    """Copies the processed tables of the edition where there are any, for who changes nothing that they are made of."""
    for place in (ROOT / "data" / "processed").glob("[0-9]*"):
        shutil.copytree(place, root / "data" / "processed" / place.name)


def of_kinds(matrix: str, *kinds: str) -> str:
    """The publication matrix with these kinds of publication alone."""
    return re.sub(rf"  - kind: (?!({'|'.join(kinds)})\n).*?(?=  - kind|\Z)", "", matrix, flags=re.S)


def unconditional(matrix: str) -> str:
    """The publication matrix with a publication of every subject, whatever is known of it."""
    return re.sub(r"    when:\n(?:      .*\n)+", "", matrix)


class Repository:
    """A copy of the repository without what is built."""

    def __init__(self, root: Path):
        self.root = root

    def raw(self, source: str) -> Path:
        """The raw file of a source."""
        return self.root / "data" / "raw" / f"{source}.csv"

    def register(self, source: str) -> None:
        """Registers a raw file as it is now."""
        path = self.root / sources.REGISTER
        rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
        now = hashlib.sha256(self.raw(source).read_bytes()).hexdigest()
        lines = [",".join([*row[:-1], now]) if row[0] == source else ",".join(row) for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def add(self, source: str, role: str, header: list[str], rows: list) -> None:
        """A raw file of a user, registered with a role. Numbers come in Dutch notation."""
        path = self.raw(source)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
        register = self.root / sources.REGISTER
        said = "A table of a user,Statistics,A table,A user,not stated,not stated,en,not published,new"
        register.write_text(register.read_text(encoding="utf-8") + f"{source},2020,{role},{said}\n", encoding="utf-8")
        self.register(source)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replaces text that occurs once in a file."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def calculate_less(self) -> None:
        """Fewer trials of the single-key test, where a test changes figures and does not look at them."""
        self.edit("data/assumptions.csv", "power_draws,100", "power_draws,5")

    def edit_raw(self, source: str, old: str, new: str) -> None:
        """Replaces text that occurs once in a raw file, and registers the file anew."""
        self.edit(f"data/raw/{source}.csv", old, new)
        self.register(source)

    def state(self) -> dict:
        """The hash of everything that the commands may write."""
        return {
            path.relative_to(self.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for folder in ("data/processed", "reports")
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file() and path.parent != self.root / REMEMBERED and path.suffix != ".lock"
        }


def change_code(monkeypatch, *names: str) -> None:
    """Has the packages seem to have other files: as `factpress/charts.py`, or new ones of such names."""
    changed = code_hashes._files() | dict.fromkeys(names, "changed")
    monkeypatch.setattr(code_hashes, "_files", lambda: changed)
    forget_code()


def forget_code() -> None:
    """Empties what was read of the packages."""
    for cached in (code_hashes.of_packages, code_hashes.of_topics, code_hashes.of_tables):
        cached.cache_clear()


def forget():
    """Empties what the package has read of one repository, before it reads another."""
    lists = (codelists.codelist, codelists.entries, codelists._keys, indicators.indicator, indicators.base)
    subjects = (dimensions.dimensions, dimensions._wholes, dimensions.whole_kind, dimensions.by_slug)
    for cached in (*lists, *subjects):
        cached.cache_clear()
    forget_code()
    tables._columns.cache_clear()
    summaries._named.cache_clear()
    assumptions._read.cache_clear()
    assumptions.assumptions.cache_clear()
    tables._rows.cache_clear()
    for cached in (theme.theme, html.environment, pdf.compiler):
        cached.cache_clear()
