"""`upcm workshops`: what is counted."""

from typing import Annotated

import typer

from factpress.console import out
from upcm_analysis.topics.workshops import sources

app = typer.Typer()


@app.command()
def workshops(edition: Annotated[str, typer.Argument(help="An edition, such as 2020.")]) -> None:
    """List the workshops of each province."""
    for row in sources.counts(edition).itertuples():
        out.print(f"{row.province} {row.workshops}")
