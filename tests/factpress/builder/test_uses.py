"""The version of the package is that of its text; what was read of the package is read again when its text changes."""

import pytest

from factpress.builder import uses


def test_compiled_files_are_no_part_of_the_version(tmp_path, monkeypatch):
    (tmp_path / "a.py").write_text("a = 1\n")
    monkeypatch.setattr(uses, "packages", lambda: (tmp_path,))
    before = uses.version()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.cpython-311.pyc").write_bytes(b"compiled")
    assert uses.version() == before
    (tmp_path / "a.py").write_text("a = 2\n")
    assert uses.version() != before


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of one file, in a repository of its own."""
    (tmp_path / "publications.yml").touch()
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "a.py").write_text("def one():\n    return 1\n")
    monkeypatch.setenv("FACTPRESS_HOME", str(tmp_path))
    monkeypatch.setattr(uses, "packages", lambda: (tmp_path / "package",))
    monkeypatch.setattr(uses, "_module", lambda path: path.stem)
    uses.definitions.cache_clear()
    yield tmp_path
    uses.definitions.cache_clear()


def test_what_is_kept_of_a_package_is_what_it_says(package):
    parsed = uses.definitions()
    assert parsed["a.one"].text == "def one():\n    return 1\n"
    uses.definitions.cache_clear()
    assert uses.definitions() == parsed


@pytest.mark.parametrize("content", ["", "{", "[]", '{"package": {}}'])
def test_what_is_kept_and_is_none_of_ours_is_not_believed(package, content):
    (package / "data/processed/.remembered").mkdir(parents=True)
    (package / "data/processed" / uses.KEPT).write_text(content)
    assert "a.one" in uses.definitions()


def test_what_is_kept_of_a_package_that_changed_is_not_used(package):
    uses.definitions()
    (package / "package" / "a.py").write_text("def two():\n    return 2\n")
    uses.definitions.cache_clear()
    assert "a.two" in uses.definitions()
    assert "a.one" not in uses.definitions()
