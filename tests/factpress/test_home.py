"""Where the repository is."""

import pytest

from factpress.errors import InputError
from factpress.home import home, shown


def test_the_environment_may_say_where(repository):
    assert home() == repository.root
    assert shown(repository.root / "data" / "sources.csv") == "data/sources.csv"


def test_a_path_elsewhere_is_shown_whole(repository, tmp_path):
    assert shown(tmp_path / "x.csv") == str(tmp_path / "x.csv")


def test_a_folder_that_is_no_checkout_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("FACTPRESS_HOME", str(tmp_path))
    with pytest.raises(InputError, match=r"no publications\.yml"):
        home()
