"""The three lists of packages: what pyproject.toml asks for, requirements.lock pins, and environment.yml repeats for conda.

Run as a script it writes environment.yml from the other two.
"""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Where conda-forge has another name for a package than PyPI.
CONDA = {"duckdb": "python-duckdb", "matplotlib": "matplotlib-base"}
#: What conda-forge does not have.
PIP = {"cbsodata", "roc-validator"}
PYTHON = "3.12"


def asked() -> dict[str, str]:
    """What pyproject.toml asks for directly, with the range it allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    wanted = [*project["project"]["dependencies"], *groups["test"], *groups["lab"]]
    return dict(re.fullmatch(r"([a-z0-9-]+)(.*)", one).groups() for one in wanted)


def locked() -> dict[str, str]:
    """What requirements.lock pins."""
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    return dict(re.match(r"([a-z0-9-]+)==([^ ;]+)", line).groups() for line in lines if re.match(r"[a-z0-9]", line))


def environment() -> str:
    """The environment.yml that goes with the lock."""
    pins = locked()
    lines = [
        "# For conda users: the same versions as requirements.lock, written by 'make lock'.",
        "# Then: conda env create && conda activate upcm",
        "# It is checked against the lock; whether the channel has a build of each version is not.",
        "name: upcm",
        "channels:",
        "  - conda-forge",
        "  - nodefaults",
        "dependencies:",
        f"  - python={PYTHON}",
        "  - pip",
        *(f"  - {CONDA.get(name, name)}={pins[name]}" for name in sorted(set(asked()) - PIP)),
        "  - pip:",
        *(f"      - {name}=={pins[name]}" for name in sorted(PIP)),
        "      - -e .",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    from factpress import files

    files.write(ROOT / "environment.yml", environment().encode())
