"""Builds publications several times, from nothing under different conditions, and compares every byte. `make verify`.

Of each kind the first and the last subject, in both languages and all formats; with `--all` every publication. All facts, and
all tables beside them, of the edition as published and, where everything is calculated anew, under every scenario.
"""

import csv
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "helpers"))
import processor
from support import REMEMBERED, copy

from factpress.editions import PUBLISHED, parts
from factpress.site import plan
from upcm_analysis.registers.assumptions import scenarios
from upcm_analysis.topics.editions import release_sources

#: How long one command may take, in seconds: all publications by kernels on a slow machine too.
LONGEST = 4 * 3600
#: Calculated as another processor does.
PROCESSOR = "another processor"
#: Each build: the place, of different length so that a path that leaks into a file is seen, the environment, the options
#: of each command. The reference comes first. A kernel starts with the shell's environment, so it too must not care.
BUILDS = {
    "reference": ("a", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}, [["--workers", "2"]]),
    "other place, time zone, locale, hash seed, date": (
        "another-place",
        {
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "4711",
            "SOURCE_DATE_EPOCH": "86400",
            "COLUMNS": "40",
        },
        [["--workers", "2"]],
    ),
    PROCESSOR: ("of-old", processor.environment(), [["--workers", "2"]]),
    "one worker": ("b", {"TZ": "America/St_Johns"}, [["--workers", "1"]]),
    "in parts, last first": (
        "c",
        {"PYTHONHASHSEED": "1"},
        [["--only", "method"], ["--language", "en"], ["--only", "province"], []],
    ),
    "papermill's kernels": ("d", {"TZ": "Asia/Kathmandu"}, [["--engine", "papermill"]]),
}
#: Where the tables of an edition lie, or of one under a scenario.
PROCESSED = "data/processed/"
#: What reads no table that was remembered, and makes those of all scenarios too.
AFRESH = ("reference", PROCESSOR)
#: Of a part, that only in one language: kernels take longest, and run the same notebooks in the other.
FEWER = {"papermill's kernels": [["--engine", "papermill", "--language", "nl"], []]}


def few() -> dict[str, list[str]]:
    """The first and the last subject of every kind; of revisions that of the last release, of the edition's own too."""
    found: dict[str, list[str]] = {}
    for p in plan.publications():
        found.setdefault(p.kind, []).append(p.subject)
    return {kind: list(dict.fromkeys((names[0], names[-1]))) for kind, names in found.items()} | {
        "revision": release_sources.names()[-1:]
    }


def narrow(matrix: Path, subjects: dict[str, list[str]]) -> None:
    """Leaves of each kind in the matrix these subjects alone."""
    content = yaml.safe_load(matrix.read_text(encoding="utf-8"))
    for entry in content["publications"]:
        entry["subjects"] = subjects[entry["kind"]]
    matrix.write_text(yaml.safe_dump(content), encoding="utf-8")


def build(
    root: Path,
    subjects: dict[str, list[str]] | None,
    environment: dict[str, str],
    options: list[list[str]],
    afresh: bool,
) -> dict[str, bytes]:
    """Every file that a whole build writes, of these subjects of each kind or of all."""
    copy(root)
    if afresh:
        shutil.rmtree(root / REMEMBERED, ignore_errors=True)
    if subjects:
        narrow(root / plan.FILE, subjects)
    commands = [["report", *one] for one in options]
    if afresh:
        commands += [["data", "--scenario", name] for name in scenarios()[1:]]
    for one in commands:
        command = [sys.executable, "-m", "upcm_analysis.cli", *one]
        given = {key: value for key, value in processor.own().items() if key not in ("LANG", "TZ", "SOURCE_DATE_EPOCH")}
        ended = subprocess.run(
            command,
            env=given | environment | {"FACTPRESS_HOME": str(root)},
            cwd=root,
            capture_output=True,
            text=True,
            timeout=LONGEST,
        )
        if ended.returncode:
            raise SystemExit(f"{' '.join(command)}\n{ended.stderr}")
    if afresh and not any((root / REMEMBERED).glob("*.parquet")):
        raise SystemExit(f"nothing was calculated in {root}")
    folders = (root / "reports", root / "data" / "processed")
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        # Beside an edition: the lock of a build, its note of what it made, and its logs.
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
    }


def facts(made: dict[str, bytes]) -> dict[tuple[str, str], list[str]]:
    """The facts of every edition and scenario among the files of a build."""
    found = {}
    for name, content in made.items():
        if name.startswith(PROCESSED) and name.endswith("/facts.csv"):
            found |= {(name, row[0]): row for row in csv.reader(content.decode().splitlines()[1:])}
    return found


def unlike(one: dict, other: dict) -> list:
    """The keys of which the two have something else, or which one of them lacks."""
    return [key for key in sorted(one.keys() | other.keys()) if one.get(key) != other.get(key)]


def as_published(made: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a build without those of scenarios."""
    return {
        name: content
        for name, content in made.items()
        if not name.startswith(PROCESSED) or parts(name.split("/")[2])[1] == PUBLISHED
    }


def main() -> int:
    """Prints what was compared and what differs; 0 where nothing does."""
    subjects = None if "--all" in sys.argv else few()
    if subjects:
        print("a part, 'make verify all=1' takes all: " + "; ".join(f"{k} {', '.join(v)}" for k, v in subjects.items()))
    differ: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as room:
        for name, (place, environment, options) in BUILDS.items():
            start = time.monotonic()
            if name == PROCESSOR and not (ends := processor.otherwise()):
                print("     not tried: another processor; only on x86 can a machine calculate as another does")
                continue
            options = FEWER.get(name, options) if subjects else options
            made = build(Path(room) / place, subjects, environment, options, name in AFRESH)
            if name == "reference":
                reference = made
                kinds = Counter(Path(file).suffix for file in reference)
                print(
                    f"{len(reference)} files: {', '.join(f'{count} {kind}' for kind, count in sorted(kinds.items()))}; "
                    f"{len(facts(reference))} facts"
                )
            else:
                beside = reference if name in AFRESH else as_published(reference)
                differ[name] = unlike(beside, made)
                said = f" (it ends otherwise: {', '.join(ends)})" if name == PROCESSOR else ""
                moved = len(unlike(facts(beside), facts(made)))
                print(f"{len(differ[name]):4d} files and {moved} facts differ from the reference: {name}{said}")
                for file in differ[name]:
                    print(f"     {file}")
            print(f"     {time.monotonic() - start:.0f} s", flush=True)
    return int(any(differ.values()))


if __name__ == "__main__":
    sys.exit(main())
