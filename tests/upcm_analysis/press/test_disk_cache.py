"""The cache on disk: what was calculated once is read with its types, until what it is made of changes."""

import numpy as np
import pandas as pd
import pytest
from support import change_code

from factpress import disk_cache

TABLE = pd.DataFrame(
    {"text": ["", "a", "12"], "number": [0.1 + 0.2, np.nan, 1e-9], "whole": [1, 2, 3], "holds": [True, False, True]}
)
MADE = []


def make(*of) -> pd.DataFrame:
    MADE.append(of)
    return TABLE


@pytest.fixture(autouse=True)
def made():
    MADE.clear()
    return MADE


def test_a_table_is_read_as_it_was_made(repository, made):
    first, second = (disk_cache.table(make, 1, TABLE) for _ in range(2))
    assert len(made) == 1
    pd.testing.assert_frame_equal(first, TABLE)
    pd.testing.assert_frame_equal(second, TABLE)


def test_other_arguments_other_code_of_the_topic_and_other_packages_make_it_anew(repository, made, monkeypatch):
    make.__module__ = "upcm_analysis.topics.regions.crossing"
    try:
        for change in (
            lambda: None,
            lambda: change_code(monkeypatch, "upcm_analysis/topics/regions/linear.py"),
            lambda: change_code(monkeypatch, "upcm_analysis/vocabulary/figures.py"),
            lambda: monkeypatch.setattr(disk_cache, "version", lambda name: "0"),
        ):
            change()
            count = len(made)
            disk_cache.table(make, 1)
            disk_cache.table(make, 1)
            assert len(made) == count + 1
        change_code(monkeypatch, "upcm_analysis/topics/scenarios/build.py", "factpress/facts.py")
        disk_cache.table(make, 1)
        assert len(made) == 4
        disk_cache.table(make, 2)
        disk_cache.table(make, TABLE)
        disk_cache.table(make, TABLE.assign(number=1))
        assert len(made) == 7
    finally:
        make.__module__ = __name__


def test_the_tables_that_were_used_longest_ago_go(repository, monkeypatch):
    monkeypatch.setattr(disk_cache, "KEPT", 3)
    folder = repository.root / "data/processed" / disk_cache.FOLDER
    for number in range(5):
        disk_cache.table(make, number)
    assert len(list(folder.iterdir())) == 3


def test_nothing_half_written_is_left(repository, monkeypatch):
    def fail(table, path):
        path.write_bytes(b"half")
        raise OSError

    monkeypatch.setattr(disk_cache.parquet, "write", fail)
    with pytest.raises(OSError):
        disk_cache.table(make, "half")
    folder = repository.root / "data/processed" / disk_cache.FOLDER
    assert not [path for path in folder.iterdir() if path.read_bytes() == b"half"]
