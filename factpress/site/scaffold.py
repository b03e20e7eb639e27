"""New: a notebook to begin with, which already runs and holds to what a notebook may hold.

A publication of an own kind comes with its entry in the matrix. All is made and run elsewhere first: nothing is written that
does not work, and nothing is overwritten.
"""

import json
import tempfile
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from factpress import files
from factpress.builder import run
from factpress.dimensions import Subject, subject
from factpress.errors import InputError, PartFailed, UnknownName
from factpress.home import home, shown
from factpress.languages import LANGUAGES
from factpress.publisher import publisher
from factpress.site import plan
from factpress.site.kinds import kinds

EXPLAINED = "What is asked here, and of which facts. An exploration may import anything and calculate freely."


def publication(name: str, about: str, titles: dict[str, str]) -> list[plan.Publication]:
    """Makes the notebook of an own kind of publication and its entry in the matrix, and gives its publications.

    `titles` are what the kind is called by language; without one it is called by its name. Raises InputError for a name that
    cannot be used or is taken, and for subjects that there is nothing to begin with.
    """
    if about not in (examples := publisher().examples()):
        raise UnknownName("kind of subject", about, examples)
    plan.check_name(name)
    matrix = plan.matrix()
    if name in (*kinds(), *(entry.kind for entry in matrix.publications)):
        raise InputError(
            "a kind of publication with this name is there", found=name, remedy=f"another name, or edit {plan.FILE}"
        )
    path = _free("publications", name)
    entry = {
        "kind": name,
        "about": about,
        "title": {language: titles.get(language) or _as_title(name) for language in LANGUAGES},
        "notebook": path.name,
        "subjects": "all",
    }
    first = _example(about)
    if own := list(plan.parameters_of(first)):
        entry["parameter"] = own if len(own) > 1 else own[0]
    content = _with(entry)
    notebook = _run(name, [("parameters", _given(first, matrix.edition)), *_cells(about, own)])
    files.write_all({path: notebook, home() / plan.FILE: content})
    return plan.publications(only=name)


def example(made: list[plan.Publication]) -> plan.Publication:
    """Of the publications of a new kind the one that its notebook shows, where it is opened by itself."""
    about = _example(made[0].on)
    return next(p for p in made if p.about == about)


def _example(about: str) -> Subject:
    """The subject that a new notebook shows where it is opened by itself."""
    return subject(about, publisher().examples()[about])


def exploration(name: str) -> Path:
    """Makes the notebook of an exploration. Raises InputError for a name that cannot be used or is taken."""
    plan.check_name(name)
    path = _free("explore", name)
    cells = [
        ("text", f"# {_as_title(name)}\n\n{EXPLAINED}"),
        *publisher().exploration(plan.matrix().edition),
    ]
    files.write(path, _run(name, cells))
    return path


def _free(folder: str, name: str) -> Path:
    """Where a notebook of this name is to lie. Raises InputError where one lies there."""
    path = home() / "notebooks" / folder / f"{name}.ipynb"
    if path.exists():
        raise InputError(
            "a notebook with this name is there", file=shown(path), remedy="another name, or edit this one"
        )
    return path


def _as_title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _given(about: Subject, edition: str) -> str:
    """The parameters cell."""
    given = {"edition": edition, "language": LANGUAGES[0], **plan.parameters_of(about)}
    return "\n".join(f"{parameter} = {json.dumps(value)}" for parameter, value in given.items())


def _cells(about: str, own: list[str]) -> list[tuple[str, str]]:
    """The cells after the parameters: the tag of each and what it holds."""
    names = ", ".join([json.dumps(about), "edition", "language", *own])
    package, _, door = publisher().door.rpartition(".")
    opened = f"from {package} import {door}\n\npage = {door}.open({names})\npage"
    return [("", opened), *publisher().first_cells(about)]


def _run(name: str, cells: list[tuple[str, str]]) -> bytes:
    """A notebook of these cells with what they show, as a file. Raises PartFailed with the cell that fails."""
    made = new_notebook()
    for number, (tag, text) in enumerate(cells):
        cell = (new_markdown_cell if tag in ("text", *LANGUAGES) else new_code_cell)(text)
        cell.id = f"{name}-{number:02}"
        cell.metadata = {"tags": [tag]} if tag not in ("", "text") else {}
        made.cells.append(cell)
    publisher().refresh(plan.matrix().edition)
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / f"{name}.ipynb"
        nbformat.write(made, path)
        try:
            run.refresh(path)
        except Exception as error:  # of any cell
            raise PartFailed(f"the new notebook does not run: {run.failure(path, error)}") from None
        return path.read_bytes()


def _with(entry: dict) -> bytes:
    """The matrix with one more entry at its end, as a file. Raises InputError where that is not the end of the list."""
    path = home() / plan.FILE
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    lines = [f"{key}: {_plain(value)}" for key, value in entry.items()]
    block = f"  - {lines[0]}\n" + "".join(f"    {line}\n" for line in lines[1:])
    before = yaml.safe_load(text)
    try:
        whole = yaml.safe_load(text + block)
    except yaml.YAMLError:
        whole = None
    if whole != {**before, "publications": [*before["publications"], entry]}:
        raise InputError(
            "an entry cannot be added at the end of the matrix",
            file=plan.FILE,
            expected="the list 'publications' as its last part, its entries indented by two spaces",
            remedy=f"mend that, and try again; this would be added:\n{block}",
        )
    return (text + block).encode()


def _plain(value) -> str:
    """A value as the matrix has it: a name, or a list or table of such on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {json.dumps(one, ensure_ascii=False)}" for key, one in value.items()) + "}"
    return f"[{', '.join(value)}]" if isinstance(value, list) else value
