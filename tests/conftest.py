"""What all tests share: a copy of the repository that a test may damage, and the command line on it."""

import os
import sys

import hypothesis
import pytest
from support import Repository, copy

from upcm_analysis import cli
from upcm_analysis.evidence import assumptions, tables
from upcm_analysis.publish import as_html, as_pdf
from upcm_analysis.telling import theme
from upcm_analysis.words import codelists, dimensions, indicators

#: Python 3.12 and newer warn of it, when a process that has threads is forked; in all processes of the tests that is an error.
FORKED = "error:This process:DeprecationWarning"
os.environ["PYTHONWARNINGS"] = ",".join(filter(None, [os.environ.get("PYTHONWARNINGS"), FORKED]))

# How long an example takes says how busy the machine is.
SLOW = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=SLOW)
hypothesis.settings.load_profile("ci")


def forget():
    """Empties what the package has read of one repository, before it reads another."""
    lists = (codelists.codelist, codelists.entries, codelists._keys, indicators.indicator, indicators.base)
    subjects = (dimensions.dimensions, dimensions._wholes, dimensions.whole_kind, dimensions.by_slug)
    for cached in (*lists, *subjects):
        cached.cache_clear()
    tables._columns.cache_clear()
    assumptions._read.cache_clear()
    assumptions.assumptions.cache_clear()
    tables._rows.cache_clear()
    for cached in (theme.theme, as_html.environment, as_pdf.compiler):
        cached.cache_clear()


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A copy of the repository, which the package then takes for its own."""
    made = Repository(tmp_path / "copy")
    copy(made.root)
    monkeypatch.setenv("UPCM_HOME", str(made.root))
    forget()
    yield made
    monkeypatch.undo()
    forget()


@pytest.fixture
def upcm(monkeypatch, capsys):
    """The command line: gives exit status, standard output and standard error."""

    def run(*arguments: str):
        monkeypatch.setattr(sys, "argv", ["upcm", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run
