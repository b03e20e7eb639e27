"""`list`: the publications there are."""

import typer
from rich.table import Table

from factpress.console import out
from factpress.home import shown
from factpress.site import plan

app = typer.Typer()


@app.command(name="list")
def list_() -> None:
    """List the publications of the matrix."""
    table = Table("publication", "languages", "title", "notebook")
    rows: dict[str, list] = {}
    for publication in plan.publications():
        rows.setdefault(publication.name, []).append(publication)
    for name, versions in rows.items():
        languages = ", ".join(p.language for p in versions)
        table.add_row(name, languages, versions[0].title, shown(versions[0].notebook))
    out.print(table)
