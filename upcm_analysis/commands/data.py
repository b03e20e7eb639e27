"""The commands that make the tables of an edition: `upcm data`, and `upcm check` of what its checks find."""

import typer
from rich.table import Table

from factpress.commands import chosen
from factpress.commands.options import Edition, Scenario
from factpress.console import out
from factpress.errors import PartFailed
from factpress.home import shown
from upcm_analysis import pipeline
from upcm_analysis.intake import adding
from upcm_analysis.intake import commands as intake_commands
from upcm_analysis.registers.assumptions import oddities

app = typer.Typer()
data = typer.Typer(invoke_without_command=True)
app.add_typer(data, name="data")
for command in (intake_commands.add, intake_commands.cbs, intake_commands.branches):
    data.command()(command)


@data.callback()
def data_(context: typer.Context, edition: Edition = None, scenario: Scenario = None) -> None:
    """Read and check the sources, and write the processed tables of an edition; 'add' and 'cbs' bring in a table."""
    adding.tidy()
    if context.invoked_subcommand:
        return
    made = pipeline.build(chosen.edition(edition, scenario))
    place = pipeline.write(made)
    out.print(f"{len(made.facts)} facts of edition {made.name} in {shown(place)}")


@app.command()
def check(edition: Edition = None) -> None:
    """Print what the checks find: every comparison that does not hold, and a count of those that do."""
    made = pipeline.assemble(chosen.edition(edition))
    reasons = oddities(made.name).reason_en
    table = Table("check", "comparisons", "pass", "known", "fail", title=f"Checks of edition {made.name}")
    for name, rows in made.findings.groupby("check", sort=False):
        counts = [str((rows.state == state).sum()) for state in ("pass", "warn", "fail")]
        table.add_row(name, str(len(rows)), *counts, style="red" if counts[2] != "0" else None)
    out.print(table)
    for row in made.findings[made.findings.state != "pass"].itertuples():
        key = (row.check, row.subject, row.indicator)
        why = reasons[key] if key in reasons.index else "not in data/oddities.csv"
        if row.state == "fail" and key in reasons.index:
            why = "known in data/oddities.csv, but not found any more: take it out"
        mark = "[yellow]known[/]" if row.state == "warn" else "[red]fail [/]"
        out.print(
            f"{mark} {row.check}: {row.subject} {row.indicator}: found {row.found:.10g}, expected {row.expected:.10g}"
            f" (tolerance {row.tolerance:g}) {row.unit}"
        )
        out.print(f"      {why}", style="dim")
    failed = int((made.findings.state == "fail").sum())
    if failed:
        raise PartFailed(f"{failed} checks fail")
