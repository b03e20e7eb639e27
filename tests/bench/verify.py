"""Builds every publication twice, from nothing, and compares the two byte by byte. `make verify`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from support import copy


def build(root: Path) -> dict[str, bytes]:
    """Every file that a whole build writes."""
    copy(root)
    command = [sys.executable, "-m", "upcm_analysis.cli", "report"]
    subprocess.run(command, env=os.environ | {"UPCM_HOME": str(root)}, check=True)
    folders = (root / "reports", root / "data" / "processed")
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")  # the lock of a build, and its note of what it made
    }


def main() -> int:
    """Prints what differs; 0 where nothing does."""
    with tempfile.TemporaryDirectory() as room:
        # Two places of different length, so that a path that leaks into a file is seen.
        first, second = build(Path(room) / "a"), build(Path(room) / "another-place")
    differ = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    for name in differ:
        print(f"differs: {name}")
    print(f"{len(first)} files, {len(differ)} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
