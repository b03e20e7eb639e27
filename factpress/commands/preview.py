"""`preview`: a publication in the browser, built again as it is written."""

from functools import partial
from typing import Annotated

import typer

from factpress.builder import preview as previews
from factpress.commands import chosen
from factpress.commands.options import ONE, Edition, Scenario
from factpress.console import err, out

app = typer.Typer()


@app.command()
def preview(
    name: Annotated[str, typer.Argument(help="A publication: KIND/SUBJECT.")],
    language: Annotated[str | None, typer.Option(help=f"{ONE}; without it the first of publications.yml.")] = None,
    edition: Edition = None,
    scenario: Scenario = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to serve it; without it a port that is free.")] = 0,
) -> None:
    """Show a publication in the browser, and build it again whenever something that it is made of is saved."""
    say = partial(out.print, markup=False, soft_wrap=True)
    try:
        publication = previews.one(name, language, chosen.edition(edition, scenario))
        previews.preview(publication, port, say, lambda text: err.print(f"failed: {text}", style="red", markup=False))
    except KeyboardInterrupt:
        say("preview ended")
