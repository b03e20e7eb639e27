"""`upcm compare` of two editions, and `upcm release` of one."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from factpress import files
from factpress.commands import chosen
from factpress.commands.options import Edition, Overwrite, plain, refuse_other
from factpress.console import out
from factpress.home import shown
from upcm_analysis import pipeline
from upcm_analysis.registers import assumptions
from upcm_analysis.topics.editions import causes, release_sources

app = typer.Typer()
#: How many changes are printed; `--to` writes all.
SHOWN = 60


@app.command()
def compare(
    before: Annotated[str, typer.Argument(help="An edition, as it was released if it was; or a facts.csv.")],
    after: Annotated[str, typer.Argument(help="An edition, as it is now; or a facts.csv.")],
    to: Annotated[Path | None, typer.Option(help="A CSV to write every change to.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Compare two editions fact by fact: new, gone and changed, and why."""
    if to:
        refuse_other(to, ".csv", overwrite)
    sides = pipeline.side(before, as_released=True), pipeline.side(after)
    found, why = causes.explained(*sides, assumptions.numbers())
    table = Table("fact", "change", "before", "after", "difference", "what", "why")
    for row in found.head(SHOWN).itertuples():
        numbers = ["" if number != number else f"{number:.10g}" for number in (row.before, row.after, row.difference)]
        table.add_row(row.fact_id, row.change, *numbers, row.what, plain(row.causes))
    reasons = Table("why", "what", "was", "is", "facts")
    for row in why.head(SHOWN).itertuples():
        reasons.add_row(row.kind, *map(plain, (row.what, row.then, row.now)), str(row.facts))
    for printed, rows in ((table, found), (reasons, why)):
        if len(rows):
            out.print(printed)
        if len(rows) > SHOWN:
            out.print(f"... and {len(rows) - SHOWN} more")
    counts = found.change.value_counts()
    out.print(", ".join(f"{counts.get(kind, 0)} {kind}" for kind in ("new", "gone", "changed")))
    if to:
        files.write(to, found.to_csv(index=False, float_format="%.12g", lineterminator="\n").encode())
        out.print(f"every change: {to}", markup=False)


@app.command()
def release(edition: Edition = None) -> None:
    """Put the facts of an edition on record as released, in data/released; from then on a test guards them."""
    name = chosen.edition(edition)
    place = release_sources.write(name, pipeline.side(name))
    under = f"'{release_sources.MOVED}' of {release_sources.CHANGELOG}"
    out.print(f"released: {shown(place)}; under {under} nothing need stand any more")
