"""`upcm query`: the facts of an edition asked in SQL."""

from pathlib import Path
from typing import Annotated

import typer

from factpress import files
from factpress import query as asking
from factpress.builder import freshness
from factpress.commands.options import Edition, Overwrite, Scenario, refuse_other
from factpress.console import out
from factpress.editions import named
from factpress.errors import UnknownName
from upcm_analysis import pipeline

app = typer.Typer()
#: How an answer may be printed.
ANSWERS = ("table", "csv", "json")


@app.command()
def query(
    sql: Annotated[
        str, typer.Argument(help="A SELECT on facts, named, indicators, places, clusters, product_groups.")
    ] = "",
    edition: Edition = None,
    scenario: Scenario = None,
    form: Annotated[str, typer.Option("--format", help="How to print the answer: table, csv or json.")] = "table",
    to: Annotated[Path | None, typer.Option(help="An .xlsx file to write the answer to.")] = None,
    save: Annotated[Path | None, typer.Option(help="A .duckdb file to write the same tables to.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Ask the facts of an edition in SQL; 'DESCRIBE named' gives the columns. See docs/questions.md."""
    if form not in ANSWERS:
        raise UnknownName("format", form, ANSWERS)
    name = named(edition or freshness.edition(), scenario)
    for file, ending in ((to, ".xlsx"), (save, ".duckdb")):
        if file:
            refuse_other(file, ending, overwrite)
    facts = pipeline.refresh(name) / "facts.parquet"
    if save:
        asking.save(save, facts)
        out.print(f"facts of edition {name}: {save}", markup=False)
    if not sql and save:
        return
    columns, rows = asking.ask(sql, facts)
    if to:
        files.write(to, asking.workbook(columns, rows))
        out.print(f"{len(rows)} rows: {to}", markup=False)
        return
    print(asking.say(columns, rows, form, out.width))
