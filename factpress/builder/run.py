"""Running: a notebook through papermill, into a publication in its own folder, whole or not at all."""

import json
import logging
import os
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import format_exception

import nbformat

from factpress import files
from factpress.builder import fingerprint, fork, processes, read_log
from factpress.builder.fingerprint import Given
from factpress.builder.read_log import Asked
from factpress.errors import PartFailed, PressError
from factpress.formats import csv, document, html, pdf, xlsx
from factpress.home import home
from factpress.provenance import Provenance
from factpress.publisher import publisher
from factpress.site import prose_checks, provenance_pages
from factpress.site.audit import audit
from factpress.site.imprint import Imprint
from factpress.site.plan import Publication
from factpress.site.provenance_pages import Origins
from factpress.site.template import loaded, named, read

#: What executes notebooks, by the name that the command line has for it: the engine that papermill knows.
ENGINES = {"forked": "forked", "papermill": None}


#: The name of a notebook beside what was made of it.
NOTEBOOK = "notebook.ipynb"


@dataclass(frozen=True)
class Outcome:
    """How a publication ended: `built` in so many seconds, `failed` (with the reason), or `current` (nothing changed)."""

    publication: Publication
    state: str
    reason: str = ""
    seconds: float = 0.0
    #: The whole of what went wrong, for the log.
    detail: str = ""
    #: What its analyst may not expect, though nothing failed.
    notes: tuple[str, ...] = ()


class CellFailed(PartFailed):
    """A cell of a notebook ended in an error: which cell, the error, and where it is often made what to do about it."""

    def __init__(self, where: str, name: str, said: str):
        error = f"{name}: {said}"
        super().__init__("; ".join(filter(None, [f"{where}: {error}", _remedy(error)])))


def _remedy(error: str) -> str:
    """Say what to do about an error that is often made."""
    package, _, door = publisher().door.rpartition(".")
    if error not in (f"NameError: name '{one}' is not defined" for one in ("page", door)):
        return ""
    return f"above it belongs the cell with 'from {package} import {door}' and 'page = {door}.open(...)'"


@dataclass(frozen=True)
class Task:
    """A publication to build: where its edition lies (`target`), the folder of processed tables, what is known beforehand.

    `around` are the other publications that its page leads to; `engine` executes its notebook, in so many `seconds` at most.
    """

    publication: Publication
    target: Path
    data: Path
    given: Given
    around: dict
    engine: str = "forked"
    seconds: float = fork.TIME


def build(task: Task, renderer: Callable | None = None) -> Outcome:
    """Runs the notebook of a publication and puts its folder in place. A failure leaves the earlier folder as it was.

    `renderer` does what `render` does, elsewhere.
    """
    publication, start = task.publication, time.monotonic()
    place = task.target / publication.folder
    place.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=f".{publication.subject}-", dir=place.parent))
    try:
        try:
            prose_checks.check(read(publication.notebook))
            outcome = (renderer or render)(room, task, listen(room, task))
        except Exception as error:  # whatever goes wrong here is this publication's failure, not the build's
            outcome = _failed(task, error)
        if outcome.state == "built":
            files.replace(room, place)
        return replace(outcome, seconds=time.monotonic() - start)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def mend(target: Path, folder: str = "*/*/*") -> None:
    """Takes away what a process that was killed left unfinished, and puts back a page that it had moved aside."""
    parent, _, name = folder.rpartition("/")
    for left in target.glob(f"{parent}/.{name}-*"):
        place = left.with_name(left.name[1:].removesuffix("-old"))
        if left.name.endswith("-old") and not place.exists():
            left.rename(place)
        else:
            shutil.rmtree(left, ignore_errors=True)


def render(room: Path, task: Task, heard: Asked) -> Outcome:
    """Makes everything that a publication consists of beside its notebook as executed, in a folder that holds no more."""
    try:
        notebook = json.loads((room / NOTEBOOK).read_bytes())
        _fill(room, task, heard, notebook)
        notes = tuple(f"{task.publication.notebook.name}, {note}" for note in document.left_out(notebook))
        return Outcome(task.publication, "built", notes=notes)
    except Exception as error:  # said, not raised: it may be said in another process
        return _failed(task, error)


def _failed(task: Task, error: Exception) -> Outcome:
    reason = failure(task.publication.notebook, error)
    return Outcome(task.publication, "failed", reason, detail="".join(format_exception(error)))


def _fill(room: Path, task: Task, heard: Asked, notebook: dict) -> None:
    publication, provenance = task.publication, Provenance.read(task.data)
    said = document.read(notebook, publication.language)
    fingerprint.check(publication, heard, said.facts, {block.language for block in said.blocks})
    parts = task.given.whole(heard, provenance, task.data)
    data, code = fingerprint.versions(parts)
    imprint = Imprint(
        publication.title,
        publication.kind,
        publication.subject,
        publication.edition,
        publication.language,
        data,
        code=code,
        heading=publication.heading,
        **task.around,
    )
    audit(said, publication.folder)
    write(room, said, imprint, provenance)
    fingerprint.write(room, parts)


def listen(room: Path, task: Task) -> Asked:
    """Executes the notebook of a publication into a folder; what it asked for. What a kernel writes down is gone with it."""
    aside = room / ".aside"
    aside.mkdir()
    # A profile of its own: that of a user could change what a notebook gives.
    os.environ |= {read_log.VARIABLE: str(aside / "asked"), "IPYTHONDIR": str(aside), "JUPYTER_RUNTIME_DIR": str(aside)}
    try:
        notebook = execute(task.publication.notebook, dict(task.publication.parameters), task.engine, task.seconds)
        heard = Asked.read(aside / "asked")
    finally:
        del os.environ[read_log.VARIABLE]
        shutil.rmtree(aside, ignore_errors=True)
    (room / NOTEBOOK).write_text(_text(notebook), encoding="utf-8")
    return heard


def _text(notebook: nbformat.NotebookNode) -> str:
    """A notebook as a file, one line a cell: to write it as nbformat does, a line for each of a picture, takes too long."""
    cells = ",\n".join(json.dumps(cell, ensure_ascii=False, sort_keys=True) for cell in notebook.cells)
    rest = json.dumps({name: part for name, part in notebook.items() if name != "cells"}, sort_keys=True)
    return f'{{"cells": [\n{cells}\n], {rest[1:]}\n'


def write(room: Path, said: document.Document, imprint: Imprint, provenance: Provenance) -> None:
    """A document in every format, from the same blocks, with where each of its figures comes from."""
    own = provenance.facts.only(said.facts)
    origins = Origins(provenance, imprint.language)
    page = html.page(said, imprint, origins.of(said.facts), origins.document(said.sources))
    (room / "index.html").write_text(page, encoding="utf-8")
    (room / provenance_pages.FILE).write_text(provenance_pages.page(said, imprint, origins), encoding="utf-8")
    (room / imprint.file(f"{imprint.subject}.pdf")).write_bytes(pdf.pdf(said, imprint, provenance.sources))
    (room / imprint.file(f"{imprint.subject}.xlsx")).write_bytes(xlsx.workbook(said, imprint, own, provenance.methods))
    own.write(room / imprint.file(csv.FACTS))
    csv.package(room, said, imprint)


def settle() -> None:
    """Prepares a process that runs notebooks: it ends with the one that started it, and kernels get no place to chatter.

    What goes wrong comes back as an outcome, not on stderr, where kernels write how they were started and stopped.
    """
    processes.end_with_parent()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def execute(
    template: Path, parameters: dict, engine: str = "forked", seconds: float = fork.TIME
) -> nbformat.NotebookNode:
    """The notebook as papermill executes it with these parameters, tidied so that each run gives the same bytes.

    `engine` is `forked` (see `fork`) or `papermill`, which starts a kernel; both give the same. The limit in seconds is of
    the whole notebook, or in a kernel of each cell. In papermill's own parts: as a whole it loads every notebook anew, and
    writes it out for nobody.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of papermill's own dependencies; those of the notebook are in its outputs
        from papermill.engines import papermill_engines  # here, because it takes a second to load
        from papermill.exceptions import PapermillExecutionError  # here, because it takes a second to load
        from papermill.execute import raise_for_execution_errors  # here, because it takes a second to load
        from papermill.parameterize import parameterize_notebook  # here, because it takes a second to load
        from papermill.utils import chdir  # here, because it takes a second to load

        logging.getLogger("papermill").setLevel(logging.ERROR)
        own = {"engine_name": ENGINES[engine], "kernel_name": "python3"}
        notebook = loaded(template)
        if parameters:
            notebook = parameterize_notebook(notebook, parameters, **own)
        with chdir(str(home())):
            executed = papermill_engines.execute_notebook_with_engine(
                nb=notebook,
                execution_timeout=seconds,
                progress_bar=False,
                autosave_cell_every=0,
                **({"modules": (publisher().door,)} if ENGINES[engine] else {}),
                **own,
            )
        cells = list(executed.cells)  # papermill puts one before the cell that failed
        try:
            raise_for_execution_errors(executed, None)
        except PapermillExecutionError as error:
            raise CellFailed(named(cells, error.cell_index), error.ename, error.evalue) from error
    for at, cell in enumerate(executed.cells):  # papermill takes `exit()` for success, and half a publication is none
        if cell.cell_type == "code" and cell.source.strip() and not cell.execution_count:
            raise PartFailed(f"the notebook stopped before {named(executed.cells, at)}")
    return tidy(executed)


def tidy(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without what differs from run to run: times, durations, paths and random cell ids."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells):
        tags = cell.metadata.get("tags", [])
        cell.metadata = {"tags": tags} if tags else {}
        if "injected-parameters" in tags:
            cell.id = "injected-parameters"
        cell.setdefault("id", f"cell-{number}")
    return notebook


def failure(template: Path, error: Exception) -> str:
    """The failing cell and the error: in one line, but for an error that says in lines of its own what to mend."""
    if isinstance(error, CellFailed | fork.NotebookEnded):
        return f"{template.name}, {error}"
    if isinstance(error, PressError):
        return f"{template.name}: {error}"
    return " ".join(f"{template.name}: {type(error).__name__}: {error}".split())


def refresh(notebook: Path) -> None:
    """Runs a notebook as committed, with the values in its parameters cell, and saves its outputs in it."""
    executed = execute(notebook, {})
    executed.cells = [cell for cell in executed.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    text = nbformat.writes(executed)
    files.write(notebook, (text.rstrip("\n") + "\n").encode())


if __name__ == "__main__":  # make notebooks
    settle()
    failed = False
    with tempfile.TemporaryDirectory() as profile:
        os.environ["IPYTHONDIR"] = profile
        for name in map(Path, sys.argv[1:]):
            try:
                refresh(name)
                print(name)
            except Exception as error:  # said on standard output: standard error is closed, see `settle`
                print("failed:", failure(name, error))
                failed = True
    sys.exit(failed)
