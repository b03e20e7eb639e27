"""Running: a notebook through papermill, into a publication in its own folder, whole or not at all."""

import atexit
import logging
import os
import shutil
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

import nbformat

from upcm_analysis.pipeline import replace
from upcm_analysis.provenance import Provenance
from upcm_analysis.publish import as_csv, as_html, as_pdf, as_xlsx, document, origin
from upcm_analysis.publish.audit import audit
from upcm_analysis.publish.imprint import Imprint
from upcm_analysis.publish.origin import Origins
from upcm_analysis.publish.plan import Publication
from upcm_analysis.words.errors import PartFailed
from upcm_analysis.words.home import home

#: What executes notebooks, by the name that the command line has for it: the engine that papermill knows.
ENGINES = {"forked": "forked", "papermill": None}


@dataclass(frozen=True)
class Outcome:
    """How a publication ended: `built`, `failed` (with the reason), or `current` (nothing that it is made of changed)."""

    publication: Publication
    state: str
    reason: str = ""


def build(
    publication: Publication, target: Path, data: Path, version: str, code: str, around: dict, engine: str
) -> Outcome:
    """Runs the notebook of a publication and puts its folder in place. A failure leaves the earlier folder as it was.

    `data` is the folder of processed tables, `version` and `code` say what it is made from; `around` are the other
    publications that its page leads to, and `engine` executes it.
    """
    place = target / publication.folder
    place.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=f".{publication.subject}-", dir=place.parent))
    try:
        try:
            notebook = execute(publication.notebook, dict(publication.parameters), engine)
            said = document.read(notebook, publication.language)
            imprint = Imprint(
                publication.title,
                publication.kind,
                publication.subject,
                publication.edition,
                publication.language,
                version,
                code=code,
                **around,
            )
            audit(said, publication.folder)
            write(room, said, imprint, Provenance.read(data))
        except Exception as error:  # whatever goes wrong here is this publication's failure, not the build's
            return Outcome(publication, "failed", failure(publication.notebook, error))
        nbformat.write(notebook, room / "notebook.ipynb")
        replace(room, place)
        return Outcome(publication, "built")
    finally:
        shutil.rmtree(room, ignore_errors=True)


def write(room: Path, said: document.Document, imprint: Imprint, provenance: Provenance) -> None:
    """A document in every format, from the same blocks, with where each of its figures comes from."""
    own = provenance.facts.only(said.facts)
    origins = Origins(provenance, imprint.language)
    cited = origins.document(said.sources)
    page = as_html.page(said, imprint, origins.of(said.facts), cited)
    (room / "index.html").write_text(page, encoding="utf-8")
    (room / origin.FILE).write_text(origin.page(said, imprint, origins), encoding="utf-8")
    (room / f"{imprint.subject}.pdf").write_bytes(as_pdf.pdf(said, imprint, provenance.sources, cited))
    (room / f"{imprint.subject}.xlsx").write_bytes(as_xlsx.workbook(said, imprint, own))
    own.write(room / "facts.csv")
    as_csv.package(room, said, imprint)


def settle() -> None:
    """Prepares a worker process: kernels get an IPython profile of their own and no place to chatter.

    A user's own profile could change what a notebook gives. What goes wrong comes back as an outcome, not on stderr,
    where kernels write how they were started and stopped.
    """
    profile = tempfile.mkdtemp(prefix="upcm-ipython-")
    atexit.register(shutil.rmtree, profile, ignore_errors=True)
    os.environ["IPYTHONDIR"] = profile
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def execute(template: Path, parameters: dict, engine: str = "forked") -> nbformat.NotebookNode:
    """The notebook as papermill executes it with these parameters, tidied so that each run gives the same bytes.

    `engine` is `forked` (see `fork`) or `papermill`, which starts a kernel; both give the same.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of papermill's own dependencies; those of the notebook are in its outputs
        import papermill

        logging.getLogger("papermill").setLevel(logging.ERROR)
        executed = papermill.execute_notebook(
            str(template),
            None,  # not into a file: what it gives is enough
            parameters=parameters,
            kernel_name="python3",
            engine_name=ENGINES[engine],
            cwd=str(home()),
            progress_bar=False,
            log_output=False,
            autosave_cell_every=0,
            request_save_on_cell_execute=False,
        )
    for cell in executed.cells:  # papermill takes `exit()` for success, and half a publication is none
        if cell.cell_type == "code" and cell.source.strip() and not cell.execution_count:
            raise PartFailed(f"the notebook stopped before the cell {cell.source.splitlines()[0]!r}")
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
    """The failing cell and the error, in one line."""
    if hasattr(error, "exec_count"):
        cell = error.source.strip().splitlines()
        return f"{template.name}, cell [{error.exec_count}] {cell[0] if cell else ''!r}: {error.ename}: {error.evalue}"
    return f"{template.name}: {type(error).__name__}: {error}"


def refresh(notebook: Path) -> None:
    """Runs a notebook as committed, with the values in its parameters cell, and saves its outputs in it."""
    executed = execute(notebook, {})
    executed.cells = [cell for cell in executed.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    nbformat.write(executed, notebook)


if __name__ == "__main__":  # make notebooks
    settle()
    failed = False
    for name in map(Path, sys.argv[1:]):
        try:
            refresh(name)
            print(name)
        except Exception as error:  # said on standard output: standard error is closed, see `settle`
            print("failed:", failure(name, error))
            failed = True
    sys.exit(failed)
