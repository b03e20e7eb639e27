"""Builds publications several times, from nothing under different conditions, and compares every byte. `make verify`.

Of each kind the first and the last subject, in both languages and all formats; with `--all` every publication.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from support import copy

from upcm_analysis import released
from upcm_analysis.publish import plan

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
    "one worker": ("b", {"TZ": "America/St_Johns"}, [["--workers", "1"]]),
    "in parts, last first": (
        "c",
        {"PYTHONHASHSEED": "1"},
        [["--only", "method"], ["--language", "en"], ["--only", "province"], []],
    ),
    "papermill's kernels": ("d", {"TZ": "Asia/Kathmandu"}, [["--engine", "papermill"]]),
}
#: Of a part, that only in one language: kernels take longest, and run the same notebooks in the other.
FEWER = {"papermill's kernels": [["--engine", "papermill", "--language", "nl"], []]}


def few() -> dict[str, list[str]]:
    """The first and the last subject of every kind; of revisions that of the last release, of the edition's own too."""
    found: dict[str, list[str]] = {}
    for p in plan.publications():
        found.setdefault(p.kind, []).append(p.subject)
    return {kind: list(dict.fromkeys((names[0], names[-1]))) for kind, names in found.items()} | {
        "revision": released.names()[-1:]
    }


def narrow(matrix: Path, subjects: dict[str, list[str]]) -> None:
    """Leaves of each kind in the matrix these subjects alone."""
    content = yaml.safe_load(matrix.read_text(encoding="utf-8"))
    for entry in content["publications"]:
        entry["subjects"] = subjects[entry["kind"]]
    matrix.write_text(yaml.safe_dump(content), encoding="utf-8")


def build(
    root: Path, subjects: dict[str, list[str]] | None, environment: dict[str, str], options: list[list[str]]
) -> dict[str, bytes]:
    """Every file that a whole build writes, of these subjects of each kind or of all."""
    copy(root)
    if subjects:
        narrow(root / plan.FILE, subjects)
    for one in options:
        command = [sys.executable, "-m", "upcm_analysis.cli", "report", *one]
        given = {key: value for key, value in os.environ.items() if key not in ("LANG", "TZ", "SOURCE_DATE_EPOCH")}
        ended = subprocess.run(
            command, env=given | environment | {"UPCM_HOME": str(root)}, cwd=root, capture_output=True, text=True
        )
        if ended.returncode:
            raise SystemExit(f"{' '.join(command)}\n{ended.stderr}")
    folders = (root / "reports", root / "data" / "processed")
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        # Beside an edition: the lock of a build, its note of what it made, and its logs.
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
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
            options = FEWER.get(name, options) if subjects else options
            made = build(Path(room) / place, subjects, environment, options)
            if name == "reference":
                reference = made
                kinds = Counter(Path(file).suffix for file in reference)
                print(
                    f"{len(reference)} files: {', '.join(f'{count} {kind}' for kind, count in sorted(kinds.items()))}"
                )
            else:
                names = sorted(reference.keys() | made.keys())
                differ[name] = [file for file in names if reference.get(file) != made.get(file)]
                print(f"{len(differ[name]):4d} differ from the reference: {name}")
                for file in differ[name]:
                    print(f"     {file}")
            print(f"     {time.monotonic() - start:.0f} s", flush=True)
    return int(any(differ.values()))


if __name__ == "__main__":
    sys.exit(main())
