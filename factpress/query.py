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
from factpress.errors import InputError, PartFailed, nearest
from factpress.facts import described
from factpress.indicators import base, indicator
from factpress.languages import KNOWN, LANGUAGES
from upcm_analysis import pipeline
from upcm_analysis.vocabulary.subjects import NL, clusters, groups_of, product_groups, projects, provinces, teams

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
#: The columns of the tables beside the facts, and what stands in them.
TABLES = {
    "indicators": {
        "indicator": "Code of the indicator, as in facts",
        **NAME,
        "base": "The indicator that it is a form of, such as a share or a rank; its own code where it is none",
        "additive": "Whether parts may be added up",
        **{f"explained_{one}": f"What it means, in {KNOWN[one].name}" for one in LANGUAGES},
    },
    "places": {
        "place": "NL, or the code of a province as Statistics Netherlands has it",
        **NAME,
        "slug": "Its name in fact ids and addresses",
    },
    "clusters": {
        "cluster": "Cluster of product groups, as in facts",
        **NAME,
        "sbi": "The product groups that it consists of, where that is published",
    },
    "product_groups": {"product_group": "SBI 2008 at two digits", **NAME},
    "projects": {"project": "Project of the programme, as in facts", **NAME},
    "teams": {"team": "Team of the programme, as in facts", **NAME},
}
#: What each table of names is of in the view of facts, with what is said where a fact has none.
OF = {
    "indicator": "",
    "place": "",
    "cluster": "; empty: all",
    "product_group": "; empty: all",
    "project": "; empty: about no project",
    "team": "; empty: about no team",
}
#: The view of facts with their names, and what its columns have besides those of the facts.
VIEW = {
    "kind": "What the fact is about: national, province, cluster, product-group, cluster-province, product-group-province, "
    "project or team",
    **{
        f"{part}_{one}": f"Name of the {part.replace('_', ' ')} in {KNOWN[one].name}{empty}"
        for part, empty in OF.items()
        for one in LANGUAGES
    },
}
NAMED = f"""
    CREATE VIEW named AS
    SELECT
        f.*,
        CASE
            WHEN f.project <> '' THEN 'project'
            WHEN f.team <> '' THEN 'team'
            WHEN f.place = 'NL' AND f.cluster <> '' THEN 'cluster'
            WHEN f.place = 'NL' AND f.product_group <> '' THEN 'product-group'
            WHEN f.place = 'NL' THEN 'national'
            WHEN f.cluster <> '' THEN 'cluster-province'
            WHEN f.product_group <> '' THEN 'product-group-province'
            ELSE 'province'
        END AS kind,
        {", ".join(f"coalesce({part}s.name_{one}, '') AS {part}_{one}" for part in OF for one in LANGUAGES)}
    FROM facts f
    JOIN indicators USING (indicator)
    JOIN places USING (place)
    LEFT JOIN clusters USING (cluster)
    LEFT JOIN product_groups USING (product_group)
    LEFT JOIN projects USING (project)
    LEFT JOIN teams USING (team)
"""


def ask(sql: str, edition: str) -> tuple[list[str], list[tuple]]:
    """The answer to a question in SQL: the names of its columns, and its rows.

    Raises InputError where the question cannot be read, names something that is not there, or would do more than read.
    """
    import duckdb  # here, because no other command needs it

    with duckdb.connect() as connection:
        _fill(connection, _tables(edition))
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


def save(path: Path, edition: str) -> None:
    """Writes the facts of an edition, with the tables of names, as a DuckDB file with described columns; whole or not at all.

    DuckDB gives each file a name of its own inside, so that no two are the same byte for byte.
    """
    import duckdb  # as above

    with tempfile.TemporaryDirectory() as room:
        made = Path(room) / path.name
        try:
            with duckdb.connect(os.fspath(made)) as connection:
                _fill(connection, _tables(edition))
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


def _tables(edition: str) -> Path:
    """The facts of an edition as Parquet, made anew where they are not current."""
    return pipeline.refresh(edition) / "facts.parquet"


def _fill(connection, facts: Path) -> None:
    """Makes the tables of facts and names, and the view of both, each column with what stands in it."""
    connection.execute("SET threads = 1")  # the rows in the same order each time
    connection.execute("CREATE TABLE facts AS SELECT * FROM read_parquet(?)", [os.fspath(facts)])
    codes = [code for (code,) in connection.execute("SELECT DISTINCT indicator FROM facts ORDER BY 1").fetchall()]
    for name, rows in _names(codes).items():
        connection.from_df(pd.DataFrame(rows, columns=list(TABLES[name]), dtype=object)).create(name)
    connection.execute(NAMED)
    columns_of = {"facts": described("en"), **TABLES, "named": described("en") | VIEW}
    connection.execute(
        ";".join(
            f"COMMENT ON COLUMN {table}.{column} IS '{text.replace(chr(39), chr(39) * 2)}'"
            for table, columns in columns_of.items()
            for column, text in columns.items()
        )
    )


def _names(codes: list[str]) -> dict[str, list[tuple]]:
    """The rows of the tables of names; `codes` are the indicators that there are facts of."""
    measures, places = [indicator(code) for code in codes], [NL, *provinces()]

    def named(one) -> tuple[str, ...]:
        """Its name in each language."""
        return tuple(map(one.name, LANGUAGES))

    return {
        "indicators": [
            (
                *(one.code, *one.label.values(), base(one.code), "yes" if one.additive else "no"),
                *one.explained.values(),
            )
            for one in measures
        ],
        "places": [(one.place, *named(one), one.slug) for one in places],
        "clusters": [(one.cluster, *named(one), " ".join(groups_of(one))) for one in clusters()],
        "product_groups": [(one.product_group, *named(one)) for one in product_groups()],
        "projects": [(one.project, *named(one)) for one in projects()],
        "teams": [(one.team, *named(one)) for one in teams()],
    }


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
