"""`upcm project`: the forms of projects."""

from pathlib import Path
from typing import Annotated

import typer

from factpress import files
from factpress.commands.options import ONE, Overwrite, refuse_other
from factpress.console import out
from factpress.errors import InputError, UnknownName
from factpress.hashes import of_file
from factpress.languages import LANGUAGES
from upcm_analysis.topics.programme.filled_form_commands import read, write
from upcm_analysis.topics.programme.form_commands import workbook
from upcm_analysis.topics.programme.form_sources import FORMS

app = typer.Typer()
project = typer.Typer(
    help="The forms of projects: make an empty impact sheet and progress report, read what came back.",
    no_args_is_help=True,
)
app.add_typer(project, name="project")


@project.command(name="new")
def project_new(
    to: Annotated[Path, typer.Argument(help="The workbook to write.")],
    about: Annotated[str, typer.Option("--project", help="A project of data/codelists/projects.csv.")],
    language: Annotated[str, typer.Option(help=f"{ONE}.")] = LANGUAGES[0],
    form: Annotated[str, typer.Option(help="sheet, progress or both.")] = "both",
    overwrite: Overwrite = False,
) -> None:
    """Write empty forms of a project: its impact sheet, its progress report, or both."""
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
