"""The tests of the press have a repository of another subject: none of them needs the subject of this one."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

OTHER = Path(__file__).with_name("other_publisher")
#: Its notebooks are run by a test that builds it, and none by itself.
collect_ignore = [OTHER.name]


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository of another subject, which the press then takes for its own; only its files, not its publisher."""
    root = tmp_path / "copy"
    shutil.copytree(OTHER, root, ignore=shutil.ignore_patterns("solids"))
    monkeypatch.setenv("FACTPRESS_HOME", str(root))
    return SimpleNamespace(root=root)
