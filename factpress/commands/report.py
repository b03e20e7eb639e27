"""`report`: the publications that are not current. Where nothing has changed it says so and loads no more than this."""

from typing import Annotated

import typer

from factpress.builder import freshness, warm_start
from factpress.commands.options import ONE, Edition, Scenario
from factpress.console import out
from factpress.editions import named
from factpress.errors import InputError, UnknownName

app = typer.Typer()
#: What options may be, where that is a choice.
CHOICES = {"format": ("text", "json"), "executor": ("here", "dask"), "engine": ("forked", "papermill")}


@app.command()
def report(
    narrowed: Annotated[
        list[str] | None, typer.Option("--only", help="A kind of publication, or one: KIND or KIND/SUBJECT.")
    ] = None,
    language: Annotated[str | None, typer.Option(help=f"{ONE}; without it all.")] = None,
    edition: Edition = None,
    scenario: Scenario = None,
    workers: Annotated[int | None, typer.Option(min=1, help="How many at a time; without it one a core.")] = None,
    force: Annotated[bool, typer.Option(help="Build also what is current.")] = False,
    explain: Annotated[bool, typer.Option(help="Say what is not current and why, and build nothing.")] = False,
    engine: Annotated[
        str, typer.Option(help="What executes notebooks: forked, or papermill with its kernels.")
    ] = "forked",
    executor: Annotated[
        str, typer.Option(help="Where to build: here, or dask for many machines, see docs/cluster.md.")
    ] = "here",
    scheduler: Annotated[
        str | None, typer.Option(envvar="DASK_SCHEDULER_ADDRESS", help="With dask: where its scheduler is, tcp://...")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="How to say what was done: text or json.")] = "text",
) -> None:
    """Build the publications that are not current, and the index."""
    for what, name in (("format", form), ("executor", executor), ("engine", engine)):
        if name not in CHOICES[what]:
            raise UnknownName(what, name, CHOICES[what])
    if len(narrowed or []) > 1:
        raise InputError("--only is given twice", found=", ".join(narrowed), expected="one kind or subject at a time")
    only = narrowed[0] if narrowed else None
    wanted, made_of = named(edition or freshness.edition(), scenario), freshness.inputs()
    if not (force or explain or form == "json") and (count := _unchanged(wanted, only, language, made_of)):
        out.print(f"{count} publications: {count} current")
        out.print(f"index: reports/{wanted}/index.html")
        return
    if executor == "here" and not explain and freshness.has_tables(wanted):
        warm_start.ahead(wanted, many="/" not in (only or ""))
    from factpress.commands import building  # here, because where nothing has changed none of it is needed

    at = scheduler if executor == "here" or explain else building.connected(scheduler)
    asked = building.asked(edition, scenario, only, language, made_of)
    if explain:
        building.explain(asked, form)
        return
    building.build(asked, building.execution(executor, workers, at), force, engine, form)


def _unchanged(edition: str, only: str | None, language: str | None, made_of: str) -> int:
    """How many of the publications asked for there are, where nothing of the edition has changed; else 0.

    Looks at names of folders only: loading the plan would take longer than all the rest.
    """
    folders = freshness.unchanged(edition, made_of) or []
    asked = [folder.split("/") for folder in folders]
    return sum(
        (language or spoken) == spoken and (only or kind).strip("/") in (kind, f"{kind}/{name}")
        for spoken, kind, name in asked
    )
