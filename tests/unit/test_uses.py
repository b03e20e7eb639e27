"""The version of the package is that of its text: what Python compiles beside it makes no difference."""

from upcm_analysis import uses


def test_compiled_files_are_no_part_of_the_version(tmp_path, monkeypatch):
    (tmp_path / "a.py").write_text("a = 1\n")
    monkeypatch.setattr(uses, "PACKAGE", tmp_path)
    before = uses.version()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.cpython-311.pyc").write_bytes(b"compiled")
    assert uses.version() == before
    (tmp_path / "a.py").write_text("a = 2\n")
    assert uses.version() != before
