"""What a build costs, as ratios within one run, because machines are noisy. `make bench`.

The unit is the floor: making the blocks of one province as plain functions in a process that has everything loaded.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import nbformat

from upcm_analysis import pipeline
from upcm_analysis.publish import document, plan, run
from upcm_analysis.publish.imprint import Imprint
from upcm_analysis.telling.facts import Facts

ROUNDS = 3


def timed(work) -> float:
    """Seconds that some work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Prints each step as a multiple of the floor: median and range over the rounds."""
    publication = plan.publications(only="province/zeeland", language="nl")[0]
    facts = pipeline.write(pipeline.build(publication.edition)) / "facts.csv"
    notebook = nbformat.read(publication.notebook, as_version=4)
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    imprint = Imprint(publication.title, publication.kind, publication.subject, publication.edition, "nl", "")
    executed = run.execute(publication.notebook, dict(publication.parameters))

    def plain():
        names: dict = {}
        for source in sources:
            exec(source, names)

    read = Facts.read(facts)

    def formats():
        said = document.read(executed, "nl")
        with tempfile.TemporaryDirectory() as room:
            run.write(Path(room), said, imprint, read)

    def whole():
        with tempfile.TemporaryDirectory() as room:
            assert run.build(publication, Path(room), facts, "", {}).state == "built"

    def assemble():
        pipeline.assemble(publication.edition)

    steps = {
        "blocks as plain functions (the floor)": plain,
        "facts and checks from raw data": assemble,
        "all formats from an executed notebook": formats,
        "one publication through papermill": whole,
    }
    for work in steps.values():
        work()
    rounds = [{name: timed(work) for name, work in steps.items()} for _ in range(ROUNDS)]
    floor = "blocks as plain functions (the floor)"
    result = {
        name: [round(f(one[name] / one[floor] for one in rounds), 2) for f in (statistics.median, min, max)]
        for name in steps
    }
    print(f"floor: {statistics.median(one[floor] for one in rounds):.2f} s")
    for name, (middle, low, high) in result.items():
        print(f"{middle:7.2f}  ({low:.2f}-{high:.2f})  {name}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
