"""Published tables, read cell by cell: every number with the place it is printed at and the interval it stands for."""

import csv
import io
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

import pandas as pd

from factpress.cells import cell_name
from factpress.codelists import codelist
from factpress.errors import InputError, UnknownName
from factpress.home import shown
from factpress.indicators import indicator
from factpress.methods import method
from upcm_analysis.registers import sources
from upcm_analysis.registers.corrections import corrections, unmatched
from upcm_analysis.registers.notation import number

CELL = [
    "source",
    "line",
    "row",
    "column",
    "part",
    "printed",
    "correction",
    "place",
    "cluster",
    "product_group",
    "indicator",
    "value",
    "low",
    "high",
    "unit",
    "project",
]
#: What stands for the row and the column of a table as a whole.
WHOLE = "(whole table)"
#: What a row of a table is about.
ABOUT = ("place", "cluster", "product_group", "project")
#: What the cells of a column hold: always a number (or several), or one that may be unknown.
NUMBER, MAYBE = "number", "number or unknown"
#: The roles of tables that numbers are read from, cell by cell.
READ = ("facts", "comparison")
#: How a source says that it does not know a number. Unknown is not zero.
UNKNOWN = ("", "Onbekend")


def cells(edition: str, role: str = "facts") -> pd.DataFrame:
    """Every number in the sources of an edition.

    A row is one printed number: where it is printed (`source`, `line` of the raw file, `row`, `column` and `part` of a
    cell that holds two numbers, `printed` text, `correction` applied to it), what it is about (`place`, `cluster`,
    `product_group`, or a `project`), its `indicator` and `unit`, its `value`, and the interval `low` to `high` of all
    values that would be printed so: half a unit of the last printed digit to either side (organisations by product
    group: 2.5). 'More than 400' has the value 400 and no upper bound. What the source does not know is missing, not zero.

    Raises InputError for whatever in a file is not as the register and the code lists say.
    """
    sources.verify()
    parts = [read(source) for source in sources.registered(edition, role)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=CELL)


def cell_names(cells: pd.DataFrame) -> list[str]:
    """The names of all these source cells."""
    return [cell_name(*cell) for cell in cells[["row", "column", "part", "source"]].itertuples(index=False, name=None)]


def cell_file(name: str) -> str:
    """Return the file of the source cell with this name."""
    return shown(sources.raw_path(name.partition("[")[0]))


@method("as-printed", status="published", nl="zo gedrukt", en="as printed")
def read(source: str) -> pd.DataFrame:
    """The cells of one source; see `cells`."""
    file = shown(sources.raw_path(source))
    check_named(source)
    header, body = _grid(source, file)
    columns = _named(header, source, "column", _columns(source), file)
    rows = _named([line[0] for line in body], source, "row", _rows(source), file)
    renamed = {c.becomes: c.id for c in corrections(source) if c.change != "cell"}
    cell_corrections = {(c.row, c.column): c for c in corrections(source) if c.change == "cell"}
    found = []
    for index, (line, row) in enumerate(zip(body, rows, strict=True)):
        texts = dict(zip(columns, line, strict=True))
        for column, specs in _columns(source).items():
            if specs[0]["holds"] not in (NUMBER, MAYBE):
                continue
            text, correction = texts[column], cell_corrections.pop((line[0], column), None)
            if correction:
                if text != correction.expect:
                    raise unmatched(correction, text, file)
                text = correction.becomes
            numbers = _numbers(text, specs, _rows(source)[row], file=file, row=f"{index + 2} ({row})", column=column)
            for spec, one in zip(specs, numbers, strict=True):
                found.append(
                    {
                        "source": source,
                        "line": index + 2,
                        "row": line[0],
                        "column": header[columns.index(column)],
                        "part": int(spec["part"]),
                        "printed": texts[column],
                        "correction": ", ".join(
                            filter(None, [renamed.get(column), renamed.get(row), correction and correction.id])
                        ),
                        **one,
                    }
                )
    for correction in cell_corrections.values():
        raise unmatched(correction, "no such cell", file)
    return pd.DataFrame(found, columns=CELL)


def printed(source: str) -> tuple[list[str], list[list[str]]]:
    """The table of a source as printed: its header and its rows, as text."""
    return _grid(source, shown(sources.raw_path(source)))


def texts(source: str, column: str) -> list[tuple[str, str]]:
    """What a column of text says, a row each: the name of the row as printed, and the text."""
    header, body = printed(source)
    return [(line[0], line[header.index(column)]) for line in body]


def records(source: str, columns: list[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table that was made for this repository, with exactly these columns: each with its line in the file."""
    file, (header, body) = shown(sources.raw_path(source)), printed(source)
    if header != columns:
        raise InputError(
            "a table has other columns",
            file=file,
            row=1,
            found=", ".join(header),
            expected=", ".join(columns),
            remedy="see data/raw/README.md",
        )
    if not body:
        raise InputError("a table has no rows", file=file, row=2, expected="a row or more")
    texts = [[text.strip() for text in line] for line in body]
    return [(number, dict(zip(columns, line, strict=True))) for number, line in enumerate(texts, start=2)]


def placed(source: str, columns: list[str]) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """The rows of such a table, each with where it stands, as errors say it: `file` and `row`."""
    file = shown(sources.raw_path(source))
    for line, row in records(source, columns):
        yield {"file": file, "row": line}, row


def listed(column: str, found: str, known, at: dict) -> None:
    """Raises UnknownName where a cell of a table made for this repository holds none of what is known."""
    if found not in known:
        raise UnknownName(column, found, [one for one in known if one], **at, column=column)


def whole(edition: str, roles: tuple[str, ...]) -> pd.DataFrame:
    """A row of `cells` for each table of these roles as a whole, where what rests on it is no single number of it."""
    named = [source for role in roles for source in sources.registered(edition, role)]
    row = {"line": 0, "row": WHOLE, "column": WHOLE, "part": 1, "printed": ".", "unit": ""}
    blank = dict.fromkeys(["correction", "indicator", *ABOUT], "")
    return pd.DataFrame([{"source": source, **row, **blank} for source in named], columns=CELL)


def _grid(source: str, file: str) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a raw file as text."""
    content = sources.read_raw(source)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            "a raw file is not in UTF-8",
            file=file,
            row=content[: error.start].count(b"\n") + 1,
            found=f"byte 0x{content[error.start]:02x}",
            expected="UTF-8",
            remedy="save it as 'CSV UTF-8'",
        ) from None
    if text.startswith("\ufeff"):
        raise InputError("a raw file begins with a byte order mark", file=file, row=1, expected="UTF-8 without one")
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header, *body = reader
    except csv.Error as error:
        raise InputError("a raw file is no CSV", file=file, row=reader.line_num, found=error) from None
    except ValueError:
        raise InputError("a raw file is empty", file=file, expected="a header and rows") from None
    for index, line in enumerate(body, start=2):
        if len(line) != len(header):
            raise InputError(
                "a row has another number of cells than the header",
                file=file,
                row=index,
                found=f"{len(line)} cells",
                expected=f"{len(header)} cells",
                remedy="quote a cell that holds a comma",
            )
    return header, body


@cache
def _columns(source: str) -> dict[str, list[dict]]:
    """Of each column of a source what its cells hold: one number or more, in order, or text, or the name of the row."""
    listed = codelist("published_columns").reset_index()
    listed = listed[listed.source == source]
    return {column: part.to_dict("records") for column, part in listed.groupby("column", sort=False)}


@cache
def _rows(source: str) -> dict[str, dict]:
    """Of each row of a source what it is about."""
    listed = codelist("published_rows")
    return listed.loc[[source]].droplevel(0).to_dict("index") if source in listed.index else {}


def check_named(source: str) -> None:
    """That the code lists name columns and rows of a source. Raises InputError where they name none."""
    for axis, known in (("column", _columns(source)), ("row", _rows(source))):
        if not known:
            raise InputError(
                f"a table of figures of which no {axis} is named",
                file=shown(sources.raw_path(source)),
                expected=f"its {axis}s in published_{axis}s.csv, as {source}",
                remedy=f"name them there; until that is done its role is '{sources.STORED}', in {sources.REGISTER}",
            )


def _named(printed: list[str], source: str, axis: str, known: dict, file: str) -> list[str]:
    """The names of rows or columns after correction, checked: each known one once, none other."""
    renames = {c.expect: c for c in corrections(source) if c.change == axis}
    for correction in renames.values():
        if correction.expect not in printed:
            raise unmatched(correction, "no " + axis + " of that name", file)
    names = [renames[name].becomes if name in renames else name for name in printed]
    for position, name in enumerate(names):
        at = {"row": position + 2} if axis == "row" else {"row": 1, "column": position + 1}
        if name in names[:position]:
            raise InputError(f"a duplicate {axis}", file=file, **at, found=name, expected=f"each {axis} once")
        if name not in known:
            near = get_close_matches(name, set(known) - set(names), n=1, cutoff=0.5)
            raise InputError(
                f"an extra or renamed {axis}",
                file=file,
                **at,
                found=name,
                expected=near[0] if near else f"no other {axis} than " + ", ".join(known),
                remedy=f"see published_{axis}s.csv",
            )
    missing = [name for name in known if name not in names]
    if missing:
        raise InputError(
            f"a missing {axis}",
            file=file,
            row=1 if axis == "column" else None,
            found=f"{len(names)} {axis}s",
            expected=missing[0],
            remedy=f"see published_{axis}s.csv",
        )
    return names


def _numbers(text: str, specs: list[dict], about: dict, **where) -> list[dict]:
    """The numbers in one cell, each with its indicator, subject and interval."""
    if specs[0]["holds"] == MAYBE and text.strip() in UNKNOWN:
        code = specs[0]["indicator"]
        place = {name: about[name] for name in ABOUT}
        return [{**place, "indicator": code, "value": None, "low": None, "high": None, "unit": indicator(code).unit}]
    words = text.split() if len(specs) > 1 else [text.strip()]
    form = " ".join(spec["operator"] + "number" for spec in specs)
    if len(words) != len(specs):
        raise InputError("a cell is not as its column says", **where, found=text or "nothing", expected=form)
    found = []
    for spec, word in zip(specs, words, strict=True):
        code = spec["indicator"] or about["indicator"]
        half = float(spec["half_unit"] or about["half_unit"])
        decimals = max(0, len(f"{2 * half:g}".partition(".")[2]))
        operator = spec["operator"]
        # Only a row that says its own precision may hold a lower bound, such as the > 400 subscribers of the brochure.
        at_least = word.startswith(">") and not spec["half_unit"]
        try:
            if operator and not word.startswith(operator):
                raise ValueError(f"no {operator} before the number")
            value = number(word[1:].strip() if at_least or operator else word, decimals)
        except ValueError as problem:
            sample = "1.234,5" if decimals else "1.234"
            raise InputError(
                f"a cell does not hold the number that its column says: {problem}",
                **where,
                found=text or "nothing",
                expected=f"{form}, in Dutch notation such as {sample}",
            ) from None
        found.append(
            {
                **{name: about[name] for name in ABOUT},
                "indicator": code,
                "value": value,
                "low": value if at_least else max(0.0, value - half),
                "high": None if at_least else value + half,
                "unit": indicator(code).unit,
            }
        )
    return found


def rows(source: str) -> pd.DataFrame:
    """What the rows of a source are about, one row each as printed (`row`), checked against the code list."""
    file = shown(sources.raw_path(source))
    header, body = _grid(source, file)
    _named(header, source, "column", _columns(source), file)
    known = _rows(source)
    names = _named([line[0] for line in body], source, "row", known, file)
    return pd.DataFrame([{"row": name, **known[name]} for name in names])
