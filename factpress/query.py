"""Questions: the facts of an edition in DuckDB, to be asked in SQL, and as a DuckDB file for who asks elsewhere.

A question reads and nothing else: it cannot open a file, load an extension or change a setting.
"""

import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from factpress import files
from factpress.codelists import entries
from factpress.dimensions import AND, Dimension, Subject, in_facts, whole_kind
from factpress.errors import InputError, PartFailed, nearest
from factpress.facts import described
from factpress.indicators import base, indicator
from factpress.languages import KNOWN, LANGUAGES

#: What DuckDB may not do once the tables are loaded; the last setting keeps the others as they are.
CLOSED = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "lock_configuration": "true",
}
#: How DuckDB names a table, or a column, that there is none of.
MISSING = re.compile(
    r'Table with name (\w+) does not exist|[Cc]olumn (?:named )?"([^"]+)"(?: not found| does not exist|$)'
)
EXPLAINED = "see docs/questions.md"
NAME = {f"name_{one}": f"Its name in {KNOWN[one].name}" for one in LANGUAGES}
#: What there is of an indicator besides its code and names.
OF_INDICATOR = {
    "base": "The indicator that it is a form of, such as a share or a rank; its own code where it is none",
    "additive": "Whether parts may be added up",
    **{f"explained_{one}": f"What it means, in {KNOWN[one].name}" for one in LANGUAGES},
}
SLUG, MEMBERS = "Its name in fact ids and addresses", "What it consists of, where that is published"


def tables() -> dict[str, dict[str, str]]:
    """Return the tables of names beside the facts, one of each dimension, with what stands in their columns."""
    names = {f"name_{one}": f"Its name in {KNOWN[one].name}" for one in LANGUAGES}
    found = {"indicators": {"indicator": "Code of the indicator, as in facts", **names, **OF_INDICATOR}}
    for one in in_facts():
        more = ({"slug": SLUG} if one.column else {}) | ({one.members: MEMBERS} if one.members else {})
        found[f"{one.dimension}s"] = {one.dimension: one.said("described", "en"), **names, **more}
    return found


def of_view() -> dict[str, str]:
    """Return what the view of facts with their names has besides the facts, with what stands in it."""
    kinds = ", ".join(one.path for one in in_facts())
    named = {
        "indicator": "",
        **{one.dimension: "" if one.whole else f"; empty where {one.dimension} is" for one in in_facts()},
    }
    return {
        "kind": f"What the fact is about: {whole_kind()}, {kinds}, or several with {AND} between them",
        **{
            f"{part}_{one}": f"Name of the {part.replace('_', ' ')} in {KNOWN[one].name}{empty}"
            for part, empty in named.items()
            for one in LANGUAGES
        },
    }


def _view() -> str:
    """Return the statement that makes the view of facts with their names."""
    parts = ["indicator", *(one.dimension for one in in_facts())]
    about = (f"CASE WHEN f.{one.dimension} <> '{one.whole}' THEN '{one.path}' END" for one in in_facts()[::-1])
    names = (f"coalesce({part}s.name_{one}, '') AS {part}_{one}" for part in parts for one in LANGUAGES)
    return f"""
        CREATE VIEW named AS
        SELECT
            f.*,
            coalesce(nullif(concat_ws('{AND}', {", ".join(about)}), ''), '{whole_kind()}') AS kind,
            {", ".join(names)}
        FROM facts f {" ".join(f"LEFT JOIN {part}s USING ({part})" for part in parts)}
    """


def ask(sql: str, facts: Path) -> tuple[list[str], list[tuple]]:
    """The answer to a question in SQL on a Parquet file of facts: the names of its columns, and its rows.

    Raises InputError where the question cannot be read, names something that is not there, or would do more than read.
    """
    import duckdb  # here, because no other command needs it

    with duckdb.connect() as connection:
        _fill(connection, facts)
        for name, value in CLOSED.items():
            connection.execute(f"SET {name} = {value}")
        try:
            statements = connection.extract_statements(sql)
            kinds = [statement.type.name for statement in statements]
            if kinds != ["SELECT"]:
                raise _refused(connection, sql, "a question is one SELECT", ", ".join(kinds) or "nothing")
            answer = connection.execute(statements[0])
            return [column[0] for column in answer.description], answer.fetchall()
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            raise _refused(connection, sql, "a question that cannot be answered", said) from None


def save(path: Path, facts: Path) -> None:
    """Writes a Parquet file of facts, with the tables of names, as a DuckDB file with described columns; whole or not at all.

    DuckDB gives each file a name of its own inside, so that no two are the same byte for byte.
    """
    import duckdb  # here, because few commands need it

    with tempfile.TemporaryDirectory() as room:
        made = Path(room) / path.name
        try:
            with duckdb.connect(os.fspath(made)) as connection:
                _fill(connection, facts)
        except duckdb.Error as error:
            raise PartFailed(f"{room} does not take what is to be {path}: {str(error).splitlines()[0]}") from None
        files.write(path, made.read_bytes())


def say(columns: list[str], rows: list[tuple], form: str, width: int) -> str:
    """An answer as CSV; as JSON, a list of an object a row; or as a table.

    A table that is wider than `width` is given row by row, each value whole on a line of its own.
    """
    if form == "json":
        return json.dumps(
            [dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1, default=str
        )
    if form == "csv":
        made = io.StringIO()
        csv.writer(made, lineterminator="\n").writerows([columns, *rows])
        return made.getvalue().rstrip("\n")
    count = f"{len(rows)} row{'s' * (len(rows) != 1)}"
    lines = _table(columns, rows)
    if max(map(len, lines)) <= width:
        return "\n".join(["", *lines, "", count])
    wide = "each under the other, for side by side they do not fit: select fewer columns, or give --format csv"
    return "\n".join([*_records(columns, rows, width), f"{count}, {wide}"])


def workbook(columns: list[str], rows: list[tuple]) -> bytes:
    """An answer as a workbook of one sheet. Text stays text, also where it begins as a formula does."""
    made, as_text = io.BytesIO(), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with pd.ExcelWriter(made, engine="xlsxwriter", engine_kwargs={"options": as_text}) as file:
        pd.DataFrame(rows, columns=columns).to_excel(file, sheet_name="answer", index=False)
    return made.getvalue()


def _table(columns: list[str], rows: list[tuple]) -> list[str]:
    """The lines of a table: numbers to the right, text to the left."""
    texts = [[_shown(value) for value in row] for row in rows]
    aligned = []
    for number, name in enumerate(columns):
        right = any(isinstance(row[number], int | float) for row in rows)
        column = [name, *(row[number] for row in texts)]
        wide = max(map(len, column))
        aligned.append([text.rjust(wide) if right else text.ljust(wide) for text in column])
    head, *body = ("  " + "   ".join(row) for row in zip(*aligned, strict=True))
    return [head.rstrip(), " " + "─" * len(head), *(line.rstrip() for line in body)]


def _records(columns: list[str], rows: list[tuple], width: int) -> Iterator[str]:
    """The lines of rows one after another: under the number of each its values, with the names of the columns before them."""
    wide = max(map(len, columns))
    for number, row in enumerate(rows, 1):
        yield f"── {number} ".ljust(width, "─")
        yield from (f"{name.ljust(wide)}  {_shown(value)}".rstrip() for name, value in zip(columns, row, strict=True))


def _shown(value) -> str:
    """A value on one line: a number with ten digits at most, nothing where there is none."""
    return "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value).replace("\n", " ")


def _fill(connection, facts: Path) -> None:
    """Makes the tables of facts and names, and the view of both, each column with what stands in it."""
    connection.execute("SET threads = 1")  # the rows in the same order each time
    connection.execute("CREATE TABLE facts AS SELECT * FROM read_parquet(?)", [os.fspath(facts)])
    codes = [code for (code,) in connection.execute("SELECT DISTINCT indicator FROM facts ORDER BY 1").fetchall()]
    rows = {"indicators": map(_indicator, codes), **{f"{one.dimension}s": _names(one) for one in in_facts()}}
    for name, columns in tables().items():
        connection.from_df(pd.DataFrame(rows[name], columns=list(columns), dtype=object)).create(name)
    connection.execute(_view())
    columns_of = {"facts": described("en"), **tables(), "named": described("en") | of_view()}
    connection.execute(
        ";".join(
            f"COMMENT ON COLUMN {table}.{column} IS '{text.replace(chr(39), chr(39) * 2)}'"
            for table, columns in columns_of.items()
            for column, text in columns.items()
        )
    )


def _indicator(code: str) -> tuple[str, ...]:
    """The row of an indicator in the table of their names."""
    one = indicator(code)
    return *(code, *one.label.values(), base(code), "yes" if one.additive else "no"), *one.explained.values()


def _names(one: Dimension) -> list[tuple[str, ...]]:
    """The rows of the table of names of a dimension, that of the whole first where it has a code."""
    whole, rows = Subject(), []
    if one.whole:
        rows.append((one.whole, *map(whole.name, LANGUAGES), *([whole.slug] if one.column else [])))
    for code, row in entries(one.list).items():
        more = ([one.slug(code)] if one.column else []) + ([row[one.members]] if one.members else [])
        rows.append((code, *(one.name(code, language) for language in LANGUAGES), *more))
    return rows


def _refused(connection, sql: str, problem: str, found: str) -> InputError:
    """The error for a question: what may have been meant, and the columns of the tables that it names, or which there are."""
    listed = (
        "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() WHERE NOT internal GROUP BY 1"
    )
    tables = dict(connection.execute(f"{listed} ORDER BY table_name = 'named', table_name").fetchall())
    named = {name: columns for name, columns in tables.items() if re.search(rf"\b{name}\b", sql, re.I)}
    table, column = match.groups() if (match := MISSING.search(found)) else (None, None)
    known = tables if table else {one for columns in named.values() for one in columns}
    near = nearest(table or column, known, cutoff=0.6) if match else []
    quoted = column and (not near or f'"{column}"' in sql)
    expected = "".join(f"\n    {name}: {', '.join(columns)}" for name, columns in named.items())
    return InputError(
        problem + (f" - did you mean {' or '.join(near)}?" if near else ""),
        found=found,
        expected=f"SQL of DuckDB on {', '.join(tables)}" if table or not named else f"SQL of DuckDB on{expected}",
        remedy=f"text to look for stands between single quotes, '{column}'; {EXPLAINED}" if quoted else EXPLAINED,
    )
