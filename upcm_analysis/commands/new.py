"""`upcm new`: a notebook to begin with."""

from typing import Annotated

import typer

from factpress.console import out
from factpress.home import shown
from factpress.site import scaffold

app = typer.Typer()
new = typer.Typer(
    help="A notebook to begin with, which already runs: a publication, an exploration.", no_args_is_help=True
)
app.add_typer(new, name="new")


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
    found = scaffold.publication(name, about, {"nl": nl, "en": en})
    out.print(f"notebook: {shown(found[0].notebook)}", markup=False)
    out.print(f"publications.yml: {len(found)} publications, {found[0].name} to {found[-1].name}", markup=False)
    for language, title in {one.language: one.heading for one in found}.items():
        if not {"nl": nl, "en": en}[language]:
            said = f"no --{language}: its title in {language} is now {title!r}; another is set in publications.yml"
            out.print(said, markup=False)
    out.print(f"look at it while you write: upcm preview {scaffold.example(found).name}", markup=False)


@new.command(name="exploration")
def new_exploration(name: Annotated[str, typer.Argument(help="What its notebook is named.")]) -> None:
    """Make an exploration: a notebook that may import anything and calculate freely."""
    out.print(f"notebook: {shown(scaffold.exploration(name))}; open it with 'make lab'", markup=False)
