"""The command line: `upcm data | check | report | list | trace | compare | survey | project`.

Exit status: 0 done; 1 something failed and is named; 2 the call or the input is wrong.
"""

import errno
import gc
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.tree import Tree

from factpress.console import err, out
from factpress.editions import PUBLISHED, named
from factpress.errors import InputError, PartFailed, UnknownName, UpcmError
from factpress.languages import LANGUAGES
from upcm_analysis.intake import commands as intake_commands
from upcm_analysis.intake.commands import Overwrite, refuse_other

app = typer.Typer(
    help="Facts and figures of the circular manufacturing programme (UPCM), from source to publication.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
survey = typer.Typer(
    help="The questionnaire on the innovation functions: make an empty one, read what came back.", no_args_is_help=True
)
app.add_typer(survey, name="survey")
new = typer.Typer(
    help="A notebook to begin with, which already runs: a publication, an exploration.", no_args_is_help=True
)
app.add_typer(new, name="new")
data = typer.Typer(invoke_without_command=True)
app.add_typer(data, name="data")
for command in (intake_commands.add, intake_commands.cbs, intake_commands.branches):
    data.command()(command)
project = typer.Typer(
    help="The forms of projects: make an empty impact sheet and progress report, read what came back.",
    no_args_is_help=True,
)
app.add_typer(project, name="project")
#: How a language is asked for.
ONE = " or ".join(LANGUAGES)
#: What options may be, where that is a choice.
CHOICES = {
    "format": ("text", "json"),
    "executor": ("here", "dask"),
    "engine": ("forked", "papermill"),
    "answer": ("table", "csv", "json"),
}
#: What a disk says that does not take more.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES}

#: How many changes are printed; `--to` writes all.
SHOWN = 60
#: How seldom to look for memory to free: a command needs most of what it makes to its end, and looking takes a tenth of it.
SELDOM = (100_000, 50, 50)

Edition = Annotated[str | None, typer.Option(help="Which edition; without it the one of publications.yml.")]
Scenario = Annotated[
    str | None, typer.Option(help="Under which scenario of data/assumptions.csv; without it as published.")
]


def main() -> None:
    """Runs the command line; what a user can mend ends in one message and a status, without a traceback."""
    gc.set_threshold(*SELDOM)
    try:
        app()
    except UpcmError as error:
        err.print(f"[bold red]{'input' if error.status == 2 else 'failed'}:[/] ", end="")
        err.print(str(error), markup=False)
        sys.exit(error.status)
    except BrokenPipeError:  # who reads this has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        err.print(f"failed: {error.strerror}: {error.filename or 'writing'}; what was finished stands", markup=False)
        sys.exit(1)


@data.callback()
def data_(context: typer.Context, edition: Edition = None, scenario: Scenario = None) -> None:
    """Read and check the sources, and write the processed tables of an edition; 'add' and 'cbs' bring in a table."""
    from upcm_analysis.intake import adding

    adding.tidy()
    if context.invoked_subcommand:
        return
    from upcm_analysis import pipeline

    made = pipeline.build(_edition(edition, scenario))
    place = pipeline.write(made)
    out.print(f"{len(made.facts)} facts of edition {made.name} in {_shown(place)}")


@app.command()
def check(edition: Edition = None) -> None:
    """Print what the checks find: every comparison that does not hold, and a count of those that do."""
    from upcm_analysis import pipeline
    from upcm_analysis.registers.assumptions import oddities

    made = pipeline.assemble(_edition(edition))
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


@app.command()
def report(
    narrowed: Annotated[
        list[str] | None, typer.Option("--only", help="A kind or a subject: province, or province/zeeland.")
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
        str, typer.Option(help="Where to build: here, or dask for a cluster, see docs/cluster.md.")
    ] = "here",
    scheduler: Annotated[
        str | None, typer.Option(envvar="DASK_SCHEDULER_ADDRESS", help="With dask: where its scheduler is, tcp://...")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="How to say what was done: text or json.")] = "text",
) -> None:
    """Build the publications that are not current, and the index."""
    from factpress.builder import freshness, warm_start

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
    if executor == "dask" and not explain:
        _connect(scheduler)
    elif not explain and freshness.has_tables(wanted):
        warm_start.ahead(wanted, many="/" not in (only or ""))
    from factpress.builder import whole_site
    from factpress.site import plan

    name = _edition(edition, scenario)
    asked = plan.publications(name, only or None, language or None)
    work = whole_site.work(name, made_of)
    if explain:
        _explain(work, asked, form)
        return
    from factpress.builder.executors import local
    from factpress.builder.progress import Report

    execute = partial(local.here, workers=workers)
    if executor == "dask":
        from factpress.builder.executors import dask_client

        execute = partial(dask_client.there, scheduler=scheduler)
    with Report(name, len(asked), err) as progress:
        whole_site.build(work, asked, execute, force, engine, progress.seen)
    progress.close()
    for note in progress.notes:
        err.print(f"note: {note}", style="yellow", markup=False)
    for failure in progress.failures:
        err.print(f"failed: {failure}", style="red", markup=False)
    if form == "json":
        print(progress.json())
    else:
        out.print(progress.counts)
        for line in filter(None, [progress.slowest, f"index: {_shown(work.target / 'index.html')}"]):
            out.print(line)
    if progress.failures:
        raise PartFailed(
            f"{progress.states.count('failed')} of {len(asked)} publications failed; their earlier pages stand; "
            f"more in {_shown(progress.log)}"
        )


def _connect(scheduler: str | None) -> None:
    """Reaches a Dask scheduler and its workers, so that what is wrong with them is said before anything is written."""
    from factpress.builder.executors import dask_client

    if not scheduler:
        raise InputError("where is the scheduler? --executor dask needs --scheduler tcp://host:port")
    with dask_client.connected(scheduler):
        pass


def _explain(work, asked: list, form: str) -> None:
    """Prints why publications are not current."""
    found = {p.folder: why for p in asked if (why := work.changes(p))}
    if form == "json":
        print(json.dumps(found, indent=1, ensure_ascii=False))
        return
    for folder, why in found.items():
        out.print(f"{folder}: {'; '.join(why)}", markup=False)
    out.print(f"{len(asked)} publications: {len(found)} to build, {len(asked) - len(found)} current")


@app.command()
def preview(
    name: Annotated[str, typer.Argument(help="A publication, such as province/zeeland.")],
    language: Annotated[str | None, typer.Option(help=f"{ONE}; without it the first of publications.yml.")] = None,
    edition: Edition = None,
    scenario: Scenario = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to serve it; without it a port that is free.")] = 0,
) -> None:
    """Show a publication in the browser, and build it again whenever something that it is made of is saved."""
    from factpress.builder import preview as shown

    say = partial(out.print, markup=False, soft_wrap=True)
    try:
        publication = shown.one(name, language, _edition(edition, scenario))
        shown.preview(publication, port, say, lambda text: err.print(f"failed: {text}", style="red", markup=False))
    except KeyboardInterrupt:
        say("preview ended")


@app.command(name="list")
def list_() -> None:
    """List the publications of the matrix."""
    from factpress.site import plan

    table = Table("publication", "languages", "title", "notebook")
    rows: dict[str, list] = {}
    for publication in plan.publications():
        rows.setdefault(publication.name, []).append(publication)
    for name, versions in rows.items():
        languages = ", ".join(p.language for p in versions)
        table.add_row(name, languages, versions[0].title, _shown(versions[0].notebook))
    out.print(table)


@app.command()
def trace(
    fact: Annotated[str, typer.Argument(help="A fact id, such as co2_reduction_pct/province/zeeland.")],
    edition: Edition = None,
    scenario: Scenario = None,
) -> None:
    """Walk from a fact through its method to the printed numbers it rests on."""
    from factpress.provenance import Provenance
    from upcm_analysis import pipeline
    from upcm_analysis.registers import sources

    name = _edition(edition, scenario)
    try:
        provenance = Provenance.read(pipeline.refresh(name))
    except PartFailed:  # a check fails, so no tables are written; where a number comes from is then asked all the more
        made = pipeline.assemble(name)
        provenance = Provenance(made.facts, made.cells, sources.register(), made.tables["methods"])
    out.print(_branch(provenance.trace(fact), provenance, set()))


@app.command()
def compare(
    before: Annotated[str, typer.Argument(help="An edition, as it was released if it was; or a facts.csv.")],
    after: Annotated[str, typer.Argument(help="An edition, as it is now; or a facts.csv.")],
    to: Annotated[Path | None, typer.Option(help="A CSV to write every change to.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Compare two editions fact by fact: new, gone and changed, and why."""
    from factpress import files
    from upcm_analysis import pipeline
    from upcm_analysis.topics.editions import causes

    if to:
        refuse_other(to, ".csv", overwrite)
    found, why = causes.explained(pipeline.side(before, as_released=True), pipeline.side(after))
    table = Table("fact", "change", "before", "after", "difference", "what", "why")
    for row in found.head(SHOWN).itertuples():
        numbers = ["" if number != number else f"{number:.10g}" for number in (row.before, row.after, row.difference)]
        table.add_row(row.fact_id, row.change, *numbers, row.what, _plain(row.causes))
    reasons = Table("why", "what", "was", "is", "facts")
    for row in why.head(SHOWN).itertuples():
        reasons.add_row(row.kind, *map(_plain, (row.what, row.then, row.now)), str(row.facts))
    for shown, rows in ((table, found), (reasons, why)):
        if len(rows):
            out.print(shown)
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
    from upcm_analysis import pipeline
    from upcm_analysis.topics.editions import released

    name = _edition(edition)
    place = released.write(name, pipeline.side(name))
    out.print(
        f"released: {_shown(place)}; under '{released.MOVED}' of {released.CHANGELOG} nothing need stand any more"
    )


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
    from factpress import files
    from factpress import query as asking
    from factpress.builder import freshness

    if form not in CHOICES["answer"]:
        raise UnknownName("format", form, CHOICES["answer"])
    name = named(edition or freshness.edition(), scenario)
    for file, ending in ((to, ".xlsx"), (save, ".duckdb")):
        if file:
            refuse_other(file, ending, overwrite)
    if save:
        asking.save(save, name)
        out.print(f"facts of edition {name}: {save}", markup=False)
    if not sql and save:
        return
    columns, rows = asking.ask(sql, name)
    if to:
        files.write(to, asking.workbook(columns, rows))
        out.print(f"{len(rows)} rows: {to}", markup=False)
        return
    print(asking.say(columns, rows, form, out.width))


@survey.command(name="new")
def survey_new(
    to: Annotated[Path, typer.Argument(help="The workbook to write.")],
    language: Annotated[str, typer.Option(help=f"{ONE}.")] = LANGUAGES[0],
    cluster: Annotated[list[str] | None, typer.Option(help="A cluster to ask about; without it all.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Write an empty questionnaire."""
    from factpress import files
    from upcm_analysis.topics.functions.questionnaire import questionnaire

    content = questionnaire(language, cluster or [])
    refuse_other(to, ".xlsx", overwrite)
    files.write(to, content)
    out.print(f"questionnaire: {to}", markup=False)


@survey.command(name="read")
def survey_read(
    to: Annotated[Path, typer.Argument(help="The table of answers to write, a CSV.")],
    filled: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Filled-in questionnaires.")],
    overwrite: Overwrite = False,
) -> None:
    """Read filled-in questionnaires into one table of answers; what cannot be used is named by sheet and cell."""
    from factpress import files
    from upcm_analysis.topics.functions import questionnaire as asked

    made = asked.read(filled)
    refuse_other(to, ".csv", overwrite)
    files.refuse_existing([asked.report(to)], overwrite)
    report = asked.write(made, to)
    known = int(made.answers.score.notna().sum())
    out.print(f"{len(made.answers)} answers, {known} with a score: {to}", markup=False)
    for row in made.unusable.itertuples():
        out.print(f"{row.sheet}, {row.cell}: found {row.found}, expected {row.expected}", markup=False)
    if len(made.unusable):
        raise PartFailed(f"{len(made.unusable)} entries cannot be used, see {report}; the others stand")


@new.command(name="publication")
def new_publication(
    name: Annotated[str, typer.Argument(help="What it is named in commands and addresses, such as arbeidsmarkt.")],
    about: Annotated[
        str, typer.Option(help="What it is about: province, cluster, national, product-group or cluster-province.")
    ] = "province",
    nl: Annotated[str, typer.Option(help="What it is called in Dutch; without it by its name.")] = "",
    en: Annotated[str, typer.Option(help="What it is called in English; without it by its name.")] = "",
) -> None:
    """Make a publication of your own: its notebook, and its entry in publications.yml."""
    from factpress.site import scaffold as made

    found = made.publication(name, about, {"nl": nl, "en": en})
    out.print(f"notebook: {_shown(found[0].notebook)}", markup=False)
    out.print(f"publications.yml: {len(found)} publications, {found[0].name} to {found[-1].name}", markup=False)
    for language, title in {one.language: one.heading for one in found}.items():
        if not {"nl": nl, "en": en}[language]:
            said = f"no --{language}: its title in {language} is now {title!r}; another is set in publications.yml"
            out.print(said, markup=False)
    out.print(f"look at it while you write: upcm preview {made.example(found).name}", markup=False)


@new.command(name="exploration")
def new_exploration(name: Annotated[str, typer.Argument(help="What its notebook is named.")]) -> None:
    """Make an exploration: a notebook that may import anything and calculate freely."""
    from factpress.site import scaffold as made

    out.print(f"notebook: {_shown(made.exploration(name))}; open it with 'make lab'", markup=False)


@project.command(name="new")
def project_new(
    to: Annotated[Path, typer.Argument(help="The workbook to write.")],
    about: Annotated[str, typer.Option("--project", help="A project of projects.csv.")],
    language: Annotated[str, typer.Option(help=f"{ONE}.")] = LANGUAGES[0],
    form: Annotated[str, typer.Option(help="sheet, progress or both.")] = "both",
    overwrite: Overwrite = False,
) -> None:
    """Write empty forms of a project: its impact sheet, its progress report, or both."""
    from factpress import files
    from upcm_analysis.topics.programme.form_workbooks import FORMS, workbook

    asked = {"both": list(FORMS), **{name: [name] for name in FORMS}}
    if form not in asked:
        raise UnknownName("form", form, asked)
    content = workbook(about, language, asked[form])
    refuse_other(to, ".xlsx", overwrite)
    files.write(to, content)
    out.print(f"forms of {about}: {to}", markup=False)


@project.command(name="read")
def project_read(
    filled: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Filled-in forms.")],
    to: Annotated[Path, typer.Option("--out", help="The folder for the tables.")] = Path(),
    overwrite: Overwrite = False,
) -> None:
    """Read filled-in forms into tables to register; where something cannot be used, say where and write no table."""
    from factpress.hashes import of_file
    from upcm_analysis.topics.programme.form_workbooks import read, write

    made = read(filled)
    if not to.parent.is_dir():
        raise InputError(
            "a folder that there is none of", file=to, expected="a folder, or a name for one in such a folder"
        )
    paths = write(made, to, overwrite)
    for row in made.unusable.itertuples():
        where = f"{row.file}: {row.sheet}, {row.cell}"
        out.print(f"{where}: found {row.found}, expected {row.expected}; {row.remedy}", markup=False)
    if len(made.unusable):
        raise InputError(
            f"{len(made.unusable)} entries cannot be used; no table was written",
            file=paths[0], remedy="correct the cells that the report names, and read the files again",
        )  # fmt: skip
    for path, rows in zip(paths, made.forms.values(), strict=True):
        out.print(
            f"{len(rows)} rows of {rows.project.nunique()} projects: {path}, sha256 {of_file(path)}", markup=False
        )


def _branch(origin, provenance, shown: set) -> Tree:
    """A step of a trace as a tree: a fact with its method, or the cell of a source where the trace ends."""
    from factpress.codelists import entries

    if origin.cell:
        cell = origin.cell
        source = provenance.sources.loc[cell["source"]]
        document = f"{source.short_title}, section {source.section}"
        tree = Tree(f"[bold]printed[/] {_plain(cell['printed'])}  [dim]{_plain(document)}[/]")
        number = f", number {cell['part']}" if cell["part"] > 1 else ""
        tree.add(f"row '{_plain(cell['row'])}', column '{_plain(cell['column'])}'{number}")
        tree.add(f"table '{source.table}', data/raw/{cell['source']}.csv, line {cell['line']}")
        if cell["correction"]:
            tree.add(f"corrected: {cell['correction']} (data/corrections.yml)")
        return tree
    fact = origin.fact
    interval = f" [{fact.low:.6g} to {fact.high:.6g}]" if fact.low != fact.high and fact.low == fact.low else ""
    value = f"{fact.sign} (no value)" if fact.unknown else f"{fact.value:.6g}"
    head = f"[bold]{fact.fact_id}[/] = {value} {fact.unit}  [dim]{fact.status}{_plain(interval)}[/]"
    tree = Tree(head)
    if not fact.printed:
        tree.add(f"[dim]{fact.method}: {_plain(provenance.methods[fact.method]['formula'])}[/]")
    if fact.scenario != PUBLISHED:
        tree.add(f"assumptions: the rows of scenario {fact.scenario} in data/assumptions.csv")
    for warning in fact.warnings:
        said = entries("warnings").get(warning, {}).get("text_en", "")
        tree.add(f"[yellow]warning: {warning}{said and f': {said}'}[/]")
    if fact.fact_id in shown:
        tree.add("[dim]as above[/]")
        return tree
    shown.add(fact.fact_id)
    for step in origin.inputs:
        tree.add(_branch(step, provenance, shown))
    return tree


def _unchanged(edition: str, only: str | None, language: str | None, made_of: str) -> int:
    """How many of the publications asked for there are, where nothing of the edition has changed; else 0.

    Looks at names of folders only: loading the plan would take longer than all the rest.
    """
    from factpress.builder import freshness

    folders = freshness.unchanged(edition, made_of) or []
    asked = [folder.split("/") for folder in folders]
    return sum(
        (language or spoken) == spoken and (only or kind).strip("/") in (kind, f"{kind}/{name}")
        for spoken, kind, name in asked
    )


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(str(text))


def _edition(name: str | None, scenario: str | None = None) -> str:
    from factpress.site import plan

    return named(name or plan.matrix().edition, scenario)


def _shown(path) -> str:
    from factpress.home import shown

    return shown(path)


if __name__ == "__main__":
    main()
