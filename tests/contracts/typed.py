"""The files that a type checker looks at: the public names, the publisher, the vocabulary and all method files.

Run as a script it says what is wrong in them.
"""

import subprocess
import sys
from pathlib import Path

from environment import ROOT
from house import House

#: Of the press: what it asks of a publisher, and what facts are.
PRESS = ("codelists", "dimensions", "facts", "indicators", "methods", "provenance", "publisher")
#: Of the subject, besides the vocabulary and the methods: where its public names are, and the door of notebooks.
PUBLIC = ("upcm_analysis", "upcm_analysis.publication")


def checked() -> list[Path]:
    """Return the files that are checked."""
    names = {f"factpress.{one}" for one in PRESS} | {*PUBLIC}
    return [
        one.path
        for one in House(ROOT).modules.values()
        if one.name in names or one.floor == "vocabulary" or (one.topic and one.role == "method")
    ]


def wrong(*besides: Path) -> list[str]:
    """Return what the type checker finds in these files, and in others `besides`: a line each, that begins with the file."""
    settings = ["--config-file", "pyproject.toml", "--no-error-summary", "--hide-error-context"]
    command = [sys.executable, "-m", "mypy", *settings, *map(str, [*checked(), *besides])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode > 1:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout.splitlines()


if __name__ == "__main__":
    lines = wrong()
    print("\n".join(lines))
    sys.exit(bool(lines))
