"""The command line: joins the commands on editions and publications with those that each topic brings.

Exit status: as `factpress.console` says.
"""

import gc
from importlib import import_module
from types import ModuleType

import click
import typer
from typer.core import TyperGroup

from factpress import console
from upcm_analysis import topics

#: Which module each command is in that is of no topic. It is loaded when one of its commands is asked for, and those of topics
#: when another is: a command starts quickly, and its module may import at its top whatever it needs.
COMMANDS = {
    "data": "upcm_analysis.commands.data",
    "check": "upcm_analysis.commands.data",
    "report": "factpress.commands.report",
    "preview": "factpress.commands.preview",
    "list": "factpress.commands.listing",
    "trace": "upcm_analysis.commands.trace",
    "query": "upcm_analysis.commands.query",
    "new": "upcm_analysis.commands.new",
}
#: How seldom to look for memory to free: a command needs most of what it makes to its end, and looking takes a tenth of it.
SELDOM = (100_000, 50, 50)


class Joined(TyperGroup):
    """All commands, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands; for this every module of commands is loaded."""
        of_topics = [name for module in topics.parts("commands").values() for name in _commands(module)]
        self.commands = {name: self.get_command(ctx, name) for name in (*COMMANDS, *of_topics)}
        return list(self.commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name; None where there is no such command."""
        if cmd_name in COMMANDS:
            return _commands(import_module(COMMANDS[cmd_name]))[cmd_name]
        found: dict[str, click.Command] = {}
        for module in topics.parts("commands").values():
            found |= _commands(module)
        return found.get(cmd_name)

    def resolve_command(self, ctx: click.Context, args: list[str]):
        """Return what is to be run; where there is no such command the error has the nearest of all names."""
        if self.get_command(ctx, args[0]) is None:
            self.list_commands(ctx)
        return super().resolve_command(ctx, args)


def _commands(module: ModuleType) -> dict[str, click.Command]:
    """The commands of a module, by name: those of its `app`."""
    return typer.main.get_group(module.app).commands


app = typer.Typer(cls=Joined, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def joined() -> None:
    """Facts and figures of the circular manufacturing programme (UPCM), from source to publication."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(*SELDOM)
    console.run(app)


if __name__ == "__main__":
    main()
