"""Questions in SQL: the worked ones of the docs with their answers, what is refused, and the tables as a file."""

import json
import re
import subprocess
import sys

import duckdb
import openpyxl
import pandas as pd
import pytest
from support import ROOT

from factpress import query
from factpress.facts import columns, described
from upcm_analysis import pipeline

DOCS = (ROOT / "docs/questions.md").read_text(encoding="utf-8")
WORKED = re.findall(r"^## \d\. (.+?)\n.*?```sql\n(.*?)```\n\n```text\n(.*?)```", DOCS, flags=re.S | re.M)
ZEELAND = "SELECT place_nl, value, low FROM named WHERE fact_id = 'jobs_k/province/zeeland'"


def parquet():
    return pipeline.refresh("2020") / "facts.parquet"


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n ").splitlines()]


def test_there_are_five_worked_questions():
    assert len(WORKED) == DOCS.count("```sql") == 5


@pytest.mark.parametrize(("title", "sql", "answer"), WORKED, ids=[title[:30] for title, _, _ in WORKED])
def test_the_answer_in_the_docs_is_the_one_that_is_given(upcm, title, sql, answer):
    status, out, _ = upcm("query", sql)
    assert status == 0 and lines(out) == lines(answer)


def test_an_answer_as_a_workbook(upcm, tmp_path):
    sql = "SELECT place_nl, value, low, '=1+1' AS said FROM named WHERE fact_id = 'jobs_k/province/zeeland'"
    status, out, _ = upcm("query", sql, "--to", str(tmp_path / "answer.xlsx"))
    assert status == 0 and "1 rows" in out
    rows = list(openpyxl.load_workbook(tmp_path / "answer.xlsx").active.values)
    assert rows == [("place_nl", "value", "low", "said"), ("Zeeland", 17, 16.5, "=1+1")]
    sheet = openpyxl.load_workbook(tmp_path / "answer.xlsx").active
    assert sheet["D2"].data_type == "s", "a text became a formula"
    status, _, err = upcm("query", sql, "--to", str(tmp_path / "answer.xls"))
    assert status == 2 and "ends in .xlsx" in err and not (tmp_path / "answer.xls").exists()


def test_an_answer_for_a_spreadsheet_and_for_machines(upcm):
    assert upcm("query", ZEELAND, "--format", "csv")[1] == "place_nl,value,low\nZeeland,17.0,16.5\n"
    assert json.loads(upcm("query", ZEELAND, "--format", "json")[1]) == [
        {"place_nl": "Zeeland", "value": 17.0, "low": 16.5}
    ]
    status, _, err = upcm("query", ZEELAND, "--format", "xml")
    assert status == 2 and "expected: one of table, csv, json" in err


def test_an_answer_that_is_too_wide_is_given_whole_row_by_row(upcm):
    status, out, _ = upcm("query", "SELECT * FROM facts WHERE fact_id IN ('co2_kt/province/zeeland', 'co2_kt/nl')")
    table = pd.read_csv(pipeline.processed("2020") / "facts.csv", dtype=str, keep_default_na=False).set_index("fact_id")
    records = re.split(r"^── \d+ ─+\n", out, flags=re.M)[1:]
    assert status == 0 and len(records) == 2 and "…" not in out
    for record in records:
        found = dict(re.findall(r"^(\w+) +(.*)$", record, flags=re.M))
        assert [line.split()[0] for line in record.splitlines()[: len(columns())]] == columns()
        assert found["inputs"] == table.inputs[found["fact_id"]]
    assert max(map(len, lines(out))) > 120, "no value is broken"
    assert lines(out)[-1].startswith("2 rows, each under the other") and "--format csv" in lines(out)[-1]


def test_who_reads_only_the_first_lines_of_an_answer_gets_no_error():
    command = [sys.executable, "-m", "upcm_analysis.cli", "query", "SELECT * FROM facts", "--format", "csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as asked:
        assert asked.stdout.readline().startswith("fact_id,indicator")
        asked.stdout.close()
        assert asked.stderr.read() == ""


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT plac FROM facts", "plac"),
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM fact", "fact"),
        ("", "nothing"),
        ("SELECT 1; SELECT 2", "SELECT, SELECT"),
        ("SELECT 1; COPY facts TO 'stolen.csv'", "SELECT, COPY"),
        ("COPY facts TO 'stolen.csv'", "COPY"),
        ("CREATE TABLE mine AS SELECT 1", "CREATE"),
        ("DELETE FROM facts", "DELETE"),
        ("ATTACH 'stolen.db'", "ATTACH"),
        ("INSTALL httpfs", "LOAD"),
        ("LOAD httpfs", "LOAD"),
        ("SET enable_external_access = true", "SET"),
        ("PRAGMA enable_profiling", "PRAGMA"),
        ("SELECT * FROM read_csv('/etc/hostname')", "disabled"),
        ("SELECT * FROM read_text('README.md')", "disabled"),
        ("SELECT * FROM 'README.md'", "README.md"),
        ("SELECT * FROM glob('*')", "disabled"),
        ("SELECT * FROM connection", "connection"),  # a variable of this program is no table
    ],
)
def test_what_is_no_question_is_refused_with_the_tables_that_there_are(upcm, tmp_path, monkeypatch, sql, said):
    monkeypatch.chdir(tmp_path)
    status, out, err = upcm("query", sql)
    assert status == 2 and not out
    found, expected = err.partition("expected:")[::2]
    assert said in found
    assert "facts" in expected and "see docs/questions.md" in expected
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("sql", "meant"),
    [
        ("SELECT vlaue FROM named", "value"),
        ("SELECT f.plac FROM facts f JOIN places p USING (place)", "place"),
        ("SELECT value FROM facts JOIN places USING (plase)", "place"),
        ("SELECT value FROM fact", "facts"),
        ("SELECT value FROM facts WHERE Indicatr = 'jobs_k'", "indicator"),
    ],
)
def test_a_name_that_there_is_not_is_answered_with_the_nearest_that_there_is(upcm, sql, meant):
    _, _, err = upcm("query", sql)
    assert f"did you mean {meant}" in err.splitlines()[0], err
    listed = {name for name in ("facts", "named", *query.tables()) if f"    {name}: " in err}
    assert listed == {name for name in ("facts", "named", "places") if re.search(rf"\b{name}\b", sql)}
    for name in listed & {"facts"}:
        assert f"{name}: {', '.join(columns())}\n" in err


@pytest.mark.parametrize("sql", ['place_nl = "Zeeland"', "place_nl = Zeeland", 'kind = "project" OR kind = "province"'])
def test_text_between_the_wrong_quotes_is_told_which_are_right(upcm, sql):
    _, _, err = upcm("query", f"SELECT value FROM named WHERE {sql}")
    assert re.search("text to look for stands between single quotes, '(Zeeland|province)'", err), err


def test_settings_that_close_it_cannot_be_opened_again():
    with duckdb.connect() as connection:
        for name, value in query.CLOSED.items():
            connection.execute(f"SET {name} = {value}")
        for name in query.CLOSED:
            with pytest.raises(duckdb.Error):
                connection.execute(f"SET {name} = true")


def test_the_view_has_each_fact_once_with_names_and_what_is_unknown_is_null():
    (row,) = query.ask(
        "SELECT count(*), count(DISTINCT fact_id), count(indicator_nl), count(place_en), count(value), "
        "count(*) FILTER (cluster <> '' AND cluster_nl = ''), (SELECT count(*) FROM facts WHERE sign = '.') FROM named",
        parquet(),
    )[1]
    facts = len(pipeline.side("2020").facts)
    assert row[:4] == (facts,) * 4 and row[4] + row[6] == facts and row[5] == 0
    kinds = query.ask("SELECT kind, count(*) FROM named WHERE indicator = 'co2_kt' GROUP BY kind", parquet())[1]
    assert dict(kinds) == {
        "national": 1,
        "province": 12,
        "cluster": 5,
        "product-group": 13,
        "cluster-province": 60,
        "product-group-province": 156,
    }


def test_a_file_for_elsewhere_has_the_same_facts_and_says_what_is_in_each_column(upcm, tmp_path):
    path = tmp_path / "facts.duckdb"
    status, out, _ = upcm("query", "--save", str(path))
    assert status == 0 and "facts of edition 2020" in out and [one.name for one in tmp_path.iterdir()] == [path.name]
    with duckdb.connect(str(path), read_only=True) as connection:
        comments = connection.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
        )
        said = {(table, column): comment for table, column, comment in comments.fetchall()}
        count = connection.execute("SELECT count(*) FROM named").fetchone()[0]
    assert count == len(pipeline.side("2020").facts)
    assert None not in said.values() and {table for table, _ in said} == {"facts", "named", *query.tables()}
    assert {column: said["facts", column] for column in columns()} == described("en")
    status, _, err = upcm("query", "--save", str(tmp_path / "facts.csv"))
    assert status == 2 and "a name that ends in .duckdb" in err


def test_the_parquet_file_says_what_is_in_each_column():
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(parquet())]).fetchall()
    assert described("en").items() <= {key.decode(): value.decode() for key, value in rows}.items()


def test_an_edition_that_there_is_none_of(upcm):
    status, _, err = upcm("query", "SELECT 1", "--edition", "1999")
    assert status == 2 and "unknown edition: '1999'" in err


def test_no_other_command_loads_it():
    code = "import sys, factpress.builder.freshness, upcm_analysis.cli; sys.exit('duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
