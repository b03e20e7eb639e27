"""The lists of packages agree, and the lock can be committed."""

import re

import yaml
from environment import ROOT, asked, environment, locked
from packaging.specifiers import SpecifierSet


def test_the_lock_pins_what_is_asked_for():
    pins = locked()
    for name, allowed in asked().items():
        assert pins[name] in SpecifierSet(allowed), f"{name} {pins[name]} is not {allowed}: run 'make lock'"


def test_every_pin_has_a_hash_and_no_address():
    text = (ROOT / "requirements.lock").read_text()
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(blocks) == len(locked()) > 100
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?://|--index|--find-links|file:", text)


def test_the_conda_environment_has_the_same_versions():
    assert (ROOT / "environment.yml").read_text() == environment(), "run 'make lock'"
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pins = [line.split("=") for line in listed if isinstance(line, str) and "=" in line]
    assert all(len(pin) == 2 and re.fullmatch(r"[a-z0-9-]+", pin[0]) for pin in pins)


def test_reports_do_not_need_the_lab():
    """JupyterLab makes every import of nbformat 1.5 s slower, so what builds reports must not pull it in."""
    text = (ROOT / "pyproject.toml").read_text()
    runtime = text[: text.index("[dependency-groups]")]
    assert "jupyterlab" not in runtime and "notebook" not in runtime
