"""What a build withstands: hundreds of publications of which many fail, and kills at random moments. `make stress`."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "helpers"))

from support import REMEMBERED, Repository, copy

from factpress.builder import fingerprint, run, whole_site
from factpress.builder.executors import local
from factpress.site import plan
from upcm_analysis import pipeline
from upcm_analysis.registers.sources import data_hash

PUBLICATIONS, KILLS, SEED = 500, 50, 20201016
#: One in so many of the kills comes in a build that also calculates the regions.
CALCULATED = 10
#: What is planted in a notebook, and what its failure then says; where that is empty it is built.
PLANTED = {
    "raise ValueError('planted')": "ValueError: planted",
    "import os\nos._exit(3)": "its process left with status 3",
    "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)": "ended by SIGKILL",
    "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)": "ended by SIGKILL",
    "while True: pass": "took longer than",
    "import time\ntime.sleep(1000)": "took longer than",
    "held = bytearray(50 * 1024**3)": "MemoryError",
    "print('x' * 100_000_000)": "TooMuchOutput",
    "page = publication.open('province', edition, 'en' if language == 'nl' else 'nl', province)": "not about what it was",
    "import os\nif not os.fork(): __import__('time').sleep(1000)": "",
    "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,)).start()": "",
    "import os, random\nos.chdir('/')\nrandom.seed(1)": "",
}
SECONDS = 8
#: In the environment of a part.
INSIDE = "UPCM_STRESS"


def failures(place: str) -> list[str]:
    """Hundreds of publications, a third with something planted: every good one right, every bad one named, nothing left."""
    draw, wrong = random.Random(SEED), []
    root, room = Path(place) / "copy", Path(place) / "built"
    copy(root)
    os.environ["FACTPRESS_HOME"] = str(root)
    everything = [p for p in plan.publications() if p.kind == "province"]
    work = whole_site.Work(everything, pipeline.refresh("2020") / "facts.csv", data_hash())
    planted = _plant(root / "notebooks/publications/province.ipynb")
    tasks = []
    for number, one in enumerate(islice(cycle(everything), PUBLICATIONS)):
        task = run.Task(one, room / str(number), work.facts.parent, work.given(one), {}, seconds=SECONDS)
        if draw.random() < 1 / 3:
            task = replace(task, publication=replace(one, notebook=planted[draw.choice(list(PLANTED))]))
        tasks.append(task)
    start = time.monotonic()
    outcomes = list(local.here(tasks))
    print(f"{len(outcomes)} publications in {time.monotonic() - start:.0f} s")
    sources = {path: source for source, path in planted.items()}
    for outcome in outcomes:
        source = sources.get(outcome.publication.notebook, "")
        reason = PLANTED.get(source, "")
        if (outcome.state == "failed") != bool(reason) or reason not in outcome.reason:
            wrong.append(
                f"{outcome.publication.folder}: {outcome.state}: {outcome.reason}; planted: {source or 'nothing'}"
            )
    first: dict = {}
    for task in tasks:
        built, folder = fingerprint.read(task.target / task.publication.folder), task.publication.folder
        source = sources.get(task.publication.notebook, "")
        if (built is None) != bool(PLANTED.get(source, "")):
            wrong.append(f"{folder}: {'not there' if built is None else 'there'}; planted: {source or 'nothing'}")
        if built and not source and built["files"] != first.setdefault(folder, built["files"]):
            wrong.append(f"{folder} differs from one built before")
    print(f"  {dict(Counter(outcome.state for outcome in outcomes))}, {len(first)} compared with the same built before")
    wrong += [f"left in a folder: {path}" for path in room.rglob(".*")]
    wrong += _left(place)
    return wrong


def _plant(template: Path) -> dict[str, Path]:
    """Copies of a template, each with something planted after its page is opened."""
    found = {}
    for number, source in enumerate(PLANTED):
        content = json.loads(template.read_text(encoding="utf-8"))
        cell = {"cell_type": "code", "execution_count": None, "id": "planted", "metadata": {}, "outputs": []}
        content["cells"].insert(2, cell | {"source": source})
        found[source] = template.with_name(f"planted-{number}.ipynb")
        found[source].write_text(json.dumps(content), encoding="utf-8")
    return found


def kills(place: str) -> list[str]:
    """Kills at random moments while a build brings one edition to the next; then a build that is left alone."""
    draw, wrong, caught = random.Random(SEED), [], Counter()
    after = _edited(Path(place) / "after", "Drenthe,17,15,1.121", "Drenthe,17,15,1.122")
    work = _edited(Path(place) / "work", "", "")
    calculating, building = _report(after.root), _report(after.root, "--force")
    expected, older = _published(after.root), Path(place) / "older"
    _report(work.root)
    shutil.copytree(work.root, older)
    for number in range(KILLS):
        shutil.rmtree(work.root)
        shutil.copytree(older, work.root)
        longest = calculating
        if number % CALCULATED:  # else most kills would come while the regions are calculated
            shutil.copytree(after.root / REMEMBERED, work.root / REMEMBERED, dirs_exist_ok=True)
            longest = building
        work.edit_raw("werkwijze-upcm-20201016/provinces", "Drenthe,17,15,1.121", "Drenthe,17,15,1.122")
        how = draw.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
        running = subprocess.Popen(
            _command(), env=_environment(work.root), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        time.sleep(draw.uniform(0.5, longest))
        caught[f"{how.name} {'too late' if running.poll() is not None else 'in time'}"] += 1
        running.send_signal(how)
        running.communicate()
        for folder in (work.root / "reports/2020").glob("*/*/*"):
            if (
                not folder.name.startswith(".")
                and fingerprint.FILE in {p.name for p in folder.iterdir()}
                and not fingerprint.read(folder)
            ):
                wrong.append(f"half a publication after {how.name}: {folder.relative_to(work.root)}")
        _report(work.root)
        if found := _difference(expected, _published(work.root)):
            wrong.append(f"after {how.name}: {', '.join(found[:5])}")
        time.sleep(0.2)
        wrong += [f"after {how.name} {one}" for one in _left(place)]
    print(f"{KILLS} kills: {dict(caught)}")
    return wrong


def _edited(root: Path, old: str, new: str) -> Repository:
    """A copy of the repository with nine publications, and a cell changed."""
    copy(root)
    made_here = Repository(root)
    path = root / "publications.yml"
    text = path.read_text().replace("[nl, en]", "[nl]")
    for kind, names in (
        ("cluster", "[materialen, high-tech]"),
        ("province", "[drenthe, zeeland, limburg]"),
        ("cluster-province", "[materialen-drenthe, high-tech-zeeland]"),
    ):
        text = re.sub(rf"(kind: {kind}\n.*?subjects: )all", rf"\g<1>{names}", text, flags=re.S)
    path.write_text(text)
    if old:
        made_here.edit_raw("werkwijze-upcm-20201016/provinces", old, new)
    return made_here


def _command() -> list[str]:
    return [sys.executable, "-m", "upcm_analysis.cli", "report"]


def _environment(root: Path) -> dict[str, str]:
    return os.environ | {"FACTPRESS_HOME": str(root)}


def _report(root: Path, *how: str) -> float:
    """Builds, and says how many seconds that took."""
    start = time.monotonic()
    subprocess.run([*_command(), *how], env=_environment(root), check=True, capture_output=True)
    return time.monotonic() - start


def _published(root: Path) -> dict[str, bytes]:
    """Every file that a build leaves, its logs, its own notes and what it remembers aside."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("reports/2020", "data/processed")
        for path in (root / folder).rglob("*")
        if path.is_file() and REMEMBERED.name not in path.parts
    }


def _difference(one: dict, other: dict) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def _left(place: str) -> list[str]:
    """What a build left: processes that were started for a repository in this folder, and temporary files.

    Of the present process the server of forks stays as long as it does itself.
    """
    found = [f"left: {path}" for path in Path(tempfile.gettempdir()).iterdir() if not path.name.startswith("pymp-")]
    for process in Path("/proc").glob("[0-9]*"):
        try:
            said = process.joinpath("environ").read_bytes().decode(errors="replace")
            called = process.joinpath("cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
        except OSError:
            continue  # ended meanwhile, or of someone else
        if f"FACTPRESS_HOME={place}" in said and int(process.name) != os.getpid() and not _is_own(process.name, called):
            found.append(f"left: process {process.name} {called[:100]}")
    return found


def _is_own(process: str, called: str) -> bool:
    """Whether a process is one of the two that multiprocessing keeps for the present one."""
    parent = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1]
    return int(parent) == os.getpid() and ("forkserver" in called or "resource_tracker" in called)


def main(parts: list[str]) -> int:
    """Prints what went wrong; 0 where nothing did. Each part has a process of its own, and its own temporary folder."""
    if INSIDE not in os.environ:
        ended = []
        for name in parts or PARTS:
            with tempfile.TemporaryDirectory() as aside:
                environment = os.environ | {"TMPDIR": aside, INSIDE: "yes"}
                ended.append(subprocess.run([sys.executable, __file__, name], env=environment).returncode)
        return max(ended)
    with tempfile.TemporaryDirectory(prefix="upcm-stress-", dir=Path(__file__).resolve().parents[2]) as place:
        wrong = PARTS[parts[0]](place)
    for one in wrong:
        print(f"wrong: {one}")
    print("all as it should be" if not wrong else f"{len(wrong)} wrong")
    return int(bool(wrong))


PARTS = {"failures": failures, "kills": kills}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
