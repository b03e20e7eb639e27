"""The command line of the press, for a publisher that has none of its own: `python -m factpress.cli report`."""

import typer

from factpress import console
from factpress.commands import listing, preview, report
from factpress.publisher import publisher

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for module in (report, listing, preview):
    app.add_typer(module.app)


@app.callback()
def joined() -> None:
    """Make publications of facts."""
    publisher()  # has its code lists known


def main() -> None:
    """Run the command line."""
    console.run(app)


if __name__ == "__main__":
    main()
