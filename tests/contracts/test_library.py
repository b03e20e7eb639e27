"""The package as a library: installed from its wheel, outside any checkout, the lines of the README run as they stand there."""

import os
import re
import subprocess
import sys
import sysconfig
import zipfile

import pytest
from environment import ROOT

import upcm_analysis

README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = re.search(r"## As a library\n\n```python\n(.*?)```", README, re.S)[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, as anyone builds it, from a copy of what is versioned."""
    room = tmp_path_factory.mktemp("wheel")
    source = room / "source"
    for name in ("factpress", "upcm_analysis"):
        copytree(ROOT / name, source / name)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    command = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", command, str(room)], cwd=source, check=True, capture_output=True)
    (made,) = room.glob("*.whl")
    return made


def copytree(source, target):
    """Copy a folder without what is compiled."""
    for path in source.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())


@pytest.fixture(scope="module")
def outside(wheel, tmp_path_factory):
    """Runs code with the installed wheel and its dependencies, in an empty folder, with no checkout in sight."""
    room = tmp_path_factory.mktemp("outside")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(room / "site")
    dependencies = sysconfig.get_paths()["purelib"]
    environment = {name: text for name, text in os.environ.items() if name not in ("FACTPRESS_HOME", "PYTHONPATH")}
    (room / "empty").mkdir()

    def run(code: str) -> str:
        """Give what code prints; -S leaves out the editable checkout that the environment of the tests has."""
        start = f"import sys; sys.path[:0] = {[str(room / 'site'), dependencies]!r}\n"
        command = [sys.executable, "-S", "-c", start + code]
        done = subprocess.run(command, cwd=room / "empty", env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_the_lines_of_the_readme_run_outside_a_checkout(outside):
    said = outside(LINES)
    (row,) = [line.split() for line in said.splitlines() if "PV29" in line]
    told = [float(one) for one in row[2:]]
    assert told == pytest.approx([100 * 17 / 608, 100 * 16.5 / 608.5, 100 * 17.5 / 607.5], rel=1e-4)
    shown = re.search(r"# (.*)%, between (.*) and (.*)", LINES).groups()
    assert [f"{one:.2f}" for one in told] == list(shown)


def test_every_public_name_is_there_outside_a_checkout(outside):
    names = outside(
        "import upcm_analysis\nfor name in dir(upcm_analysis):\n    print(name, getattr(upcm_analysis, name))"
    )
    assert [line.split()[0] for line in names.splitlines()] == upcm_analysis.__all__
    assert "ROOT" not in names and str(ROOT) not in names


def test_the_wheel_holds_every_text_list_and_template(wheel):
    with zipfile.ZipFile(wheel) as packed:
        held = set(packed.namelist())
    for package in ("factpress", "upcm_analysis"):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".md":
                assert path.relative_to(ROOT).as_posix() in held


def test_an_unknown_name_is_no_public_name():
    with pytest.raises(AttributeError, match="impacts"):
        _ = upcm_analysis.impacts
