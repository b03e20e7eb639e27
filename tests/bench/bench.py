"""What a build costs, as ratios within one run, because machines are noisy. `make bench`.

The unit is the floor: the blocks and all formats of the same publications made by plain functions, on as many workers, in
processes that have everything loaded. Other ways to execute notebooks are measured without the formats, in their favour.
"""

import json
import multiprocessing
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import nbformat
from nbclient import NotebookClient
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from upcm_analysis import pipeline
from upcm_analysis.evidence.sources import data_hash
from upcm_analysis.provenance import Provenance
from upcm_analysis.publish import plan, run, site, warm
from upcm_analysis.publish.document import Document
from upcm_analysis.publish.imprint import Imprint
from upcm_analysis.words.home import home

ROUNDS, NOTEBOOKS, WORKERS = 3, 4, os.cpu_count() or 1
FLOOR = "plain functions, all formats (the floor)"


def seconds(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plainly(one: plan.Publication) -> None:
    """A publication without notebook machinery: its cells run as functions, its blocks shown and rendered."""
    names: dict = {}
    parts = []
    for cell in nbformat.read(one.notebook, as_version=4).cells:
        if cell.cell_type == "code" and cell.source.startswith("page."):
            block = eval(cell.source, names)
            if block is not None:
                block._repr_mimebundle_()
                parts.append(block)
        elif cell.cell_type == "code":
            exec(cell.source, names)
            names.update(dict(one.parameters))
        elif one.language in cell.metadata.get("tags", []):
            parts.append(cell.source)
    imprint = Imprint(one.title, one.kind, one.subject, one.edition, one.language, "0" * 64)
    with tempfile.TemporaryDirectory() as room:
        run.write(
            Path(room), Document(one.language, tuple(parts)), imprint, Provenance.read(pipeline.processed(one.edition))
        )


def kernel(one: plan.Publication) -> None:
    """A publication's notebook through papermill as it comes."""
    run.execute(one.notebook, dict(one.parameters), "papermill")


def client(one: plan.Publication) -> None:
    """A publication's notebook through nbclient."""
    notebook = parameterize_notebook(load_notebook_node(str(one.notebook)), dict(one.parameters))
    NotebookClient(notebook, resources={"metadata": {"path": str(home())}}).execute()


def in_pool(work: Callable, publications: list, context) -> None:
    """Some work on each publication, in as many processes as there are cores."""
    with ProcessPoolExecutor(WORKERS, context, run.settle) as pool:
        list(pool.map(work, publications))


def build(publications: list, data: Path) -> None:
    """This build, without the index and the metadata."""
    with tempfile.TemporaryDirectory() as room:
        arguments = [(p, Path(room), data, data_hash(), "", {}, "forked") for p in publications]
        assert {outcome.state for outcome in site.outcomes_of(arguments, WORKERS, data.name)} == {"built"}


def command(*arguments: str) -> None:
    """The command line in a process of its own."""
    subprocess.run([sys.executable, "-m", "upcm_analysis.cli", *arguments], check=True, capture_output=True)


def main() -> None:
    """Prints each way as a multiple of the floor: median and range over the rounds; then whole builds in seconds."""
    publications = plan.publications(only="province", language="nl")[:NOTEBOOKS]
    data = pipeline.write(pipeline.build(publications[0].edition))
    cold, hot = multiprocessing.get_context("spawn"), warm.context(data.name)
    ways = {
        FLOOR: lambda: in_pool(plainly, publications, hot),
        "this build, all formats": lambda: build(publications, data),
        "papermill, one process a core": lambda: in_pool(kernel, publications, cold),
        "papermill, one after the other": lambda: [kernel(one) for one in publications],
        "nbclient, one after the other": lambda: [client(one) for one in publications],
    }
    ways[FLOOR]()  # starts the server of forks
    rounds = [{name: seconds(work) for name, work in ways.items()} for _ in range(ROUNDS)]
    ratios = {
        name: [round(pick(one[name] / one[FLOOR] for one in rounds), 2) for pick in (statistics.median, min, max)]
        for name in ways
    }
    floor = statistics.median(one[FLOOR] for one in rounds) / len(publications)
    print(
        f"{platform.machine()}, {WORKERS} cores, Python {platform.python_version()}; {len(publications)} publications,"
    )
    print(f"{ROUNDS} rounds; the floor is {floor:.2f} s a publication")
    for name, (middle, low, high) in ratios.items():
        print(f"{middle:7.2f}  ({low:.2f}-{high:.2f})  {name}")
    whole = {
        "everything": [seconds(lambda: command("report", "--force")) for _ in range(ROUNDS)],
        "nothing changed": [seconds(lambda: command("report")) for _ in range(ROUNDS)],
        "one publication, both languages": [
            seconds(lambda: command("report", "--force", "--only", "province/zeeland")) for _ in range(ROUNDS)
        ],
    }
    whole = {name: round(statistics.median(found), 2) for name, found in whole.items()}
    for name, found in whole.items():
        print(f"{found:7.2f} s  upcm report: {name}")
    print(json.dumps({"floor_seconds": round(floor, 3), "ratios": ratios, "seconds": whole}))


if __name__ == "__main__":
    main()
