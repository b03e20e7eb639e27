"""What a build costs, as ratios within one run, because machines are noisy. `make bench`, or `make bench part=ratios`.

The unit is the floor: the blocks and all formats of the same publications made by plain functions, on as many workers that have
everything loaded and go on from one to the next, with nothing to keep them apart. Other ways to execute notebooks are
measured without the formats, in their favour.
"""

import contextlib
import json
import multiprocessing
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "helpers"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import papermill
from nbclient import NotebookClient
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from factpress.builder import run, warm_start, whole_site
from factpress.builder.executors import local
from factpress.formats.document import SHEET, Document
from factpress.home import home
from factpress.provenance import Provenance
from factpress.site import plan, template
from factpress.site.imprint import Imprint
from upcm_analysis import pipeline
from upcm_analysis.registers.sources import data_hash

ROUNDS, NOTEBOOKS, WORKERS, GROWTH = 5, 8, os.cpu_count() or 1, (38, 98, 400)
FLOOR = "plain functions, all formats (the floor)"


def seconds(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plainly(one: plan.Publication) -> None:
    """A publication without notebook machinery: its cells run as functions, its blocks shown, every format rendered."""
    names: dict = {}
    parts, sheet = [], []
    for cell in template.read(one.notebook).cells:
        tags = cell.metadata.get("tags", [])
        said = None
        if cell.cell_type == "code" and cell.source.startswith("page."):
            said = eval(cell.source, names)
            if said is not None:
                said._repr_mimebundle_()
        elif cell.cell_type == "code":
            exec(cell.source, names)
            names.update(dict(one.parameters))
        elif one.language in tags:
            said = cell.source
        if said is not None:
            parts.append(said)
            sheet += [SHEET[tag] for tag in tags if tag in SHEET]
    imprint = Imprint(one.title, one.kind, one.subject, one.edition, one.language, "0" * 64)
    said = Document(one.language, tuple(parts), tuple(sheet))
    with tempfile.TemporaryDirectory() as room:
        run.write(Path(room), said, imprint, Provenance.read(pipeline.processed(one.edition)))


def kernel(one: plan.Publication) -> None:
    """A publication's notebook through papermill as it comes."""
    papermill.execute_notebook(
        str(one.notebook), None, dict(one.parameters), kernel_name="python3", cwd=str(home()), progress_bar=False
    )


def client(one: plan.Publication) -> None:
    """A publication's notebook through nbclient."""
    notebook = parameterize_notebook(load_notebook_node(str(one.notebook)), dict(one.parameters))
    NotebookClient(notebook, resources={"metadata": {"path": str(home())}}).execute()


def in_pool(work: Callable, publications: list, context, apart: bool = False) -> None:
    """Some work on each publication, in as many processes as there are cores; `apart` in a process for each."""
    with ProcessPoolExecutor(WORKERS, context, run.settle, max_tasks_per_child=1 if apart else None) as pool:
        list(pool.map(work, publications))


def tasks(work: whole_site.Work, count: int, room: Path) -> list[run.Task]:
    """So many publications, the same again and again, each in a folder of its own."""
    return [
        run.Task(p, room / str(number), work.facts.parent, work.given(p), {})
        for number, p in enumerate(islice(cycle(work.everything), count))
    ]


def build(work: whole_site.Work, count: int, workers: int = WORKERS) -> None:
    """This build of so many publications, without the index and the metadata."""
    with tempfile.TemporaryDirectory() as room:
        assert {outcome.state for outcome in local.here(tasks(work, count, Path(room)), workers=workers)} == {"built"}


def memory(work: Callable[[], object]) -> float:
    """The most memory that this process and those it started had together at once, in MB; 0 where that cannot be known."""
    most, done = [0.0], threading.Event()

    def watch():
        while not done.wait(0.2):
            most[0] = max(most[0], sum(map(_megabytes, _family())))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        work()
    finally:
        done.set()
        watching.join()
    return most[0]


def _family() -> set[int]:
    """The present process and all that descend from it."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found, before = {os.getpid()}, 0
    while len(found) > before:
        before = len(found)
        found |= {process for process, parent in parents.items() if parent in found}
    return found


def _megabytes(process: int) -> float:
    """The memory of a process; what it shares with others counts for its part."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
        return int(next(line for line in text.splitlines() if line.startswith("Pss:")).split()[1]) / 1024
    except (OSError, StopIteration):
        return 0.0


def command(*arguments: str) -> None:
    """The command line in a process of its own."""
    subprocess.run([sys.executable, "-m", "upcm_analysis.cli", *arguments], check=True, capture_output=True)


def rounds(ways: dict[str, Callable], count: int) -> dict[str, list[float]]:
    """Each way as a multiple of the first, in rounds that do all of them in turn: median, least and most."""
    first = next(iter(ways))
    found = [{name: seconds(work) for name, work in ways.items()} for _ in range(ROUNDS)]
    print(f"the floor is {statistics.median(one[first] for one in found) / count:.2f} s a publication")
    return {
        name: [round(pick(one[name] / one[first] for one in found), 2) for pick in (statistics.median, min, max)]
        for name in ways
    }


def main(*parts: str) -> None:
    """Prints the parts that are asked for, or all, and in the end the same as JSON."""
    where = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{where}; {NOTEBOOKS} publications, {WORKERS} workers, {ROUNDS} rounds")
    print(json.dumps({"where": where, **{part: PARTS[part]() for part in parts or PARTS}}))


def _work() -> whole_site.Work:
    """The publications that are measured: a few of provinces, in Dutch."""
    publications = plan.publications(only="province", language="nl")[:NOTEBOOKS]
    return whole_site.Work(publications, pipeline.refresh(publications[0].edition) / "facts.csv", data_hash())


def ratios() -> dict[str, list[float]]:
    """Each way to make the same publications as a multiple of the floor: median, least and most."""
    work = _work()
    publications, cold, hot = work.everything, multiprocessing.get_context("spawn"), warm_start.context(work.edition)()
    ways = {
        FLOOR: lambda: in_pool(plainly, publications, hot),
        "the same, a fork each": lambda: in_pool(plainly, publications, hot, apart=True),
        "this build, all formats": lambda: build(work, NOTEBOOKS),
        "papermill, one process a core": lambda: in_pool(kernel, publications, cold),
        "papermill, one after the other": lambda: [kernel(one) for one in publications],
        "nbclient, one after the other": lambda: [client(one) for one in publications],
    }
    ways[FLOOR]()  # starts the server of forks
    found = rounds(ways, NOTEBOOKS)
    for name, (middle, low, high) in found.items():
        print(f"{middle:7.2f}  ({low:.2f}-{high:.2f})  {name}")
    return found


def whole() -> dict[str, float]:
    """Seconds of the command line as users wait for it."""
    calls = {
        "everything": ["report", "--force"],
        "nothing changed": ["report"],
        "one page, one language, from cold": ["report", "--force", "--only", "province/zeeland", "--language", "nl"],
    }
    found = {
        name: round(statistics.median(seconds(partial(command, *call)) for _ in range(ROUNDS)), 2)
        for name, call in calls.items()
    }
    for name, took in found.items():
        print(f"{took:7.2f} s  upcm report: {name}")
    return found


def growth() -> dict[str, list[float]]:
    """Seconds and the most memory (MB) of ever more publications, with one worker and with as many as there are cores."""
    work, found = _work(), {}
    for count in GROWTH:
        for workers in sorted({1, WORKERS}):
            took: list[float] = []
            most = memory(lambda: took.append(seconds(partial(build, work, count, workers))))  # noqa: B023
            found[f"{count} publications, {workers} workers"] = [round(took[0], 1), round(most)]
            print(f"{took[0]:7.1f} s  {took[0] / count:.3f} s each, at most {most:.0f} MB: {count} by {workers}")
    return found


def part(name: str, *arguments):
    """A part that is a module of its own, loaded when it is asked for: every process that builds loads this file anew."""
    return import_module(name).main(*arguments)


PARTS = {
    "ratios": ratios,
    "whole": whole,
    "growth": growth,
    "regions": lambda: part("regions", pipeline.sources.editions()[-1]),
    "potential": lambda: part("potential"),
    "functions": lambda: part("functions"),
}

if __name__ == "__main__":
    main(*sys.argv[1:])
