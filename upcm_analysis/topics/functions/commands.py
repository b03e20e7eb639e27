"""`upcm survey`: the questionnaire on the innovation functions."""

from pathlib import Path
from typing import Annotated

import typer

from factpress import files
from factpress.commands.options import ONE, Overwrite, refuse_other
from factpress.console import out
from factpress.errors import PartFailed
from factpress.languages import LANGUAGES
from upcm_analysis.topics.functions import survey_commands as asked

app = typer.Typer()
survey = typer.Typer(
    help="The questionnaire on the innovation functions: make an empty one, read what came back.", no_args_is_help=True
)
app.add_typer(survey, name="survey")


@survey.command(name="new")
def survey_new(
    to: Annotated[Path, typer.Argument(help="The workbook to write.")],
    language: Annotated[str, typer.Option(help=f"{ONE}.")] = LANGUAGES[0],
    cluster: Annotated[list[str] | None, typer.Option(help="A cluster to ask about; without it all.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Write an empty questionnaire."""
    content = asked.questionnaire(language, cluster or [])
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
