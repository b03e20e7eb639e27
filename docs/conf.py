"""How the documentation becomes a site: `make docs`. Pages are the Markdown files here; the reference is generated."""

import inspect
import pkgutil
import re
import sys
from pathlib import Path

import papermill  # noqa: F401  # before its engine of ours, which it loads itself

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

project = "UPCM Facts and figures"
html_title = "UPCM documentation"
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
# Docstrings of the package say `name` as Markdown does.
default_role = "code"
myst_heading_anchors = 3
autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "none"
add_module_names = False
html_theme = "pydata_sphinx_theme"
html_theme_options = {
    "show_prev_next": False,
    "header_links_before_dropdown": 6,
    "navigation_depth": 2,
    "secondary_sidebar_items": ["page-toc"],
}
html_show_sphinx = False
html_copy_source = False
# What stands outside this folder is linked to where it stands in the repository.
REPOSITORY = ("../data/", "../README.md", "../CHANGELOG.md", "../notebooks/", "../publications.yml")
#: Where the reference is written before the site is made of it; no file of it is kept.
GENERATED = Path(__file__).with_name("reference")


def setup(app):
    """Writes the reference, and takes care of links out of this folder and of docstrings."""
    app.connect("builder-inited", lambda app: _reference())
    app.connect("source-read", _links)
    app.connect("autodoc-process-docstring", _docstring)
    app.connect(
        "autodoc-skip-member", lambda app, what, name, thing, skip, options: skip or not callable(thing) or None
    )


def _reference() -> None:
    """The commands, the columns and indicators of facts, and every module with what its docstrings say."""
    GENERATED.mkdir(exist_ok=True)
    (GENERATED / "commands.md").write_text(_commands(), encoding="utf-8")
    (GENERATED / "facts.md").write_text(_facts(), encoding="utf-8")
    names = [
        one.name
        for package in ("factpress", "upcm_analysis")
        for one in pkgutil.walk_packages([str(ROOT / package)], f"{package}.")
        if not one.ispkg
    ]
    pages = []
    for package in sorted({name.rpartition(".")[0] for name in names}):
        own = [name for name in names if name.rpartition(".")[0] == package]
        body = "".join(f"## {name}\n\n```{{eval-rst}}\n.. automodule:: {name}\n```\n\n" for name in own)
        (GENERATED / f"{package}.md").write_text(f"# {package}\n\n{body}", encoding="utf-8")
        pages.append(package)
    listed = "\n".join(["commands", "facts", *pages])
    (GENERATED / "index.md").write_text(
        f"# Reference\n\nMade from the code: it says what the code of this version does.\n\n```{{toctree}}\n{listed}\n```\n",
        encoding="utf-8",
    )


def _commands() -> str:
    """Every command with its arguments and options, as the command line itself says."""
    import typer
    from typer.cli import get_docs_for_click

    from upcm_analysis import cli

    command = typer.main.get_command(cli.app)
    text = get_docs_for_click(obj=command, ctx=typer.Context(command), name="upcm")
    return re.sub(r"^# `upcm`", "# Commands", text)


def _facts() -> str:
    """The columns of `facts.csv` and every indicator, in both languages."""
    from factpress.codelists import codelist
    from factpress.facts import described

    rows = [f"| `{name}` | {text} | {described('nl')[name]} |" for name, text in described("en").items()]
    columns = "\n".join(["| column | English | Dutch |", "|---|---|---|", *rows])
    listed = [
        f"| `{code}` | {row.unit} | {row.label_en}. {row.explained_en} | {row.label_nl}. {row.explained_nl} |"
        for code, row in codelist("indicators").iterrows()
    ]
    indicators = "\n".join(["| indicator | unit | English | Dutch |", "|---|---|---|---|", *listed])
    return f"# Facts\n\nThe columns of `facts.csv`.\n\n{columns}\n\n## Indicators\n\n{indicators}\n"


def _links(app, name: str, source: list[str]) -> None:
    """Names what is linked outside this folder instead of linking it: the site does not hold it."""
    outside = "|".join(map(re.escape, REPOSITORY))
    source[0] = re.sub(rf"\[([^\]]+)\]\((?:\.\./)*(?=(?:{outside}))[^)]*\)", r"\1", source[0])


def _docstring(app, what, name, thing, options, lines: list[str]) -> None:
    """Docstrings are plain text: a star or a bar in a formula is no markup."""
    lines[:] = [
        re.sub(r"(?<!`)([*|_]+)(?!`)", lambda m: m.group(0).replace("*", r"\*").replace("|", r"\|"), one)
        for one in lines
    ]
    if what == "module":
        lines[:] = inspect.cleandoc("\n".join(lines)).splitlines()
