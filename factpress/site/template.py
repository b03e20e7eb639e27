"""Templates: the notebooks that publications are made of, without the outputs that are saved in them."""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from factpress.errors import InputError
from factpress.home import shown


class NoNotebook(InputError):
    """A file is no notebook; that is the failure of what would be made of it, and of nothing else."""


def read(path: Path) -> NotebookNode:
    """The notebook in a file, its outputs left out. Raises InputError without a file, NoNotebook where it holds none."""
    if not path.is_file():
        raise InputError(
            "a notebook that publications.yml names is missing",
            file=shown(path),
            expected="as in publications.yml",
            remedy="restore it from git, or take its entry out of publications.yml",
        )
    try:
        return _parsed(path.read_bytes())
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        raise NoNotebook(
            "a file is no notebook",
            file=shown(path),
            found=str(error).splitlines()[0],
            expected="JSON as Jupyter writes it, version 4",
            remedy="open and save it in JupyterLab, or restore it from git",
        ) from None


def loaded(path: Path) -> NotebookNode:
    """The notebook of `read` as papermill loads it, to do with as one likes. Raises what `read` raises."""
    read(path)
    return deepcopy(_loaded(path.read_bytes()))


def parameters(path: Path) -> dict[str, str]:
    """The parameters of a notebook with their defaults as written, from its one cell tagged `parameters`."""
    cells = [cell for cell in read(path).cells if "parameters" in cell.metadata.get("tags", [])]
    if len(cells) != 1:
        raise InputError(
            "a notebook has not one parameters cell",
            file=shown(path),
            found=f"{len(cells)} cells tagged 'parameters'",
            expected="one, with plain assignments",
            remedy="put it back: edition, language and what the page is about, as in another notebook; or take its entry out",
        )
    lines = [line.split("#")[0].strip() for line in cells[0].source.splitlines()]
    return {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines if line)}


def named(cells: Sequence[Mapping], at: int) -> str:
    """How a cell is named where something is wrong with it: its number and its first line, `cell [7] 'page.sentence('`.

    The number is the one that Jupyter gives where all cells are run in order: Markdown has none, and the parameters that
    papermill puts in are not counted.
    """
    first = cells[at]["source"].strip().partition("\n")[0]
    if cells[at]["cell_type"] != "code":
        return f"Markdown cell {first!r}"
    counted = [
        cell["cell_type"] == "code"
        and cell["source"].strip()
        and "injected-parameters" not in cell["metadata"].get("tags", [])
        for cell in cells[: at + 1]
    ]
    return f"cell [{sum(map(bool, counted))}] {first!r}"


@cache
def _parsed(content: bytes) -> NotebookNode:
    """The notebook with this content. What it was saved with can be large, and is not looked at."""
    found = json.loads(content)
    for cell in found["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    notebook = nbformat.reads(json.dumps(found), as_version=4)
    nbformat.validate(notebook)
    return notebook


@cache
def _loaded(content: bytes) -> NotebookNode:
    """The notebook with this content as papermill loads it."""
    from papermill.iorw import load_notebook_node  # here, because who only reads notebooks need not load papermill

    return load_notebook_node(_parsed(content))
