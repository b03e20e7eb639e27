"""Builds every publication several times, from nothing under different conditions, and compares every byte. `make verify`."""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from support import copy

#: Each build: the place, of different length so that a path that leaks into a file is seen, the environment, the options.
#: The reference comes first. A kernel starts with the shell's environment, so it too must not care.
BUILDS = {
    "reference": ("a", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}, ["--workers", "2"]),
    "other place, time zone, locale, hash seed, date": (
        "another-place",
        {
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "4711",
            "SOURCE_DATE_EPOCH": "86400",
            "COLUMNS": "40",
        },
        ["--workers", "2"],
    ),
    "one worker": ("b", {"TZ": "America/St_Johns"}, ["--workers", "1"]),
    "in parts, last first": ("c", {"PYTHONHASHSEED": "1"}, None),
    "papermill's kernels": ("d", {"TZ": "Asia/Kathmandu"}, ["--engine", "papermill"]),
}
#: In parts: kinds in the other order.
PARTS = [["--only", "method"], ["--language", "en"], ["--only", "province/zeeland"], []]
#: What a short run leaves out.
LONG = {"one worker", "papermill's kernels"}


def build(root: Path, environment: dict[str, str], options: list[str] | None) -> dict[str, bytes]:
    """Every file that a whole build writes."""
    copy(root)
    for one in PARTS if options is None else [options]:
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
    """Prints what was compared and what differs; 0 where nothing does. `--part` leaves out what takes longest."""
    builds = {name: how for name, how in BUILDS.items() if "--part" not in sys.argv or name not in LONG}
    differ: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as room:
        for name, (place, environment, options) in builds.items():
            made = build(Path(room) / place, environment, options)
            if name == "reference":
                reference = made
            else:
                names = sorted(reference.keys() | made.keys())
                differ[name] = [file for file in names if reference.get(file) != made.get(file)]
    kinds = Counter(Path(file).suffix for file in reference)
    print(f"{len(reference)} files: {', '.join(f'{count} {kind}' for kind, count in sorted(kinds.items()))}")
    for name, found in differ.items():
        print(f"{len(found):4d} differ from the reference: {name}")
        for file in found:
            print(f"     {file}")
    return int(any(differ.values()))


if __name__ == "__main__":
    sys.exit(main())
