"""What all tests share: a copy of the repository that a test may damage, and the command line on it.

What is of the subject is imported by the fixtures that give it: the tests of the press do without.
"""

import os
import sys

import hypothesis
import pytest

#: Python 3.12 and newer warn of it, when a process that has threads is forked; in all processes of the tests that is an error.
FORKED = "error:This process:DeprecationWarning"
os.environ["PYTHONWARNINGS"] = ",".join(filter(None, [os.environ.get("PYTHONWARNINGS"), FORKED]))

# How long an example takes says how busy the machine is.
SLOW = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=SLOW)
hypothesis.settings.load_profile("ci")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A copy of the repository, which the package then takes for its own."""
    from support import Repository, copy, forget

    made = Repository(tmp_path / "copy")
    copy(made.root)
    monkeypatch.setenv("FACTPRESS_HOME", str(made.root))
    forget()
    yield made
    monkeypatch.undo()
    forget()


@pytest.fixture
def upcm(monkeypatch, capsys):
    """The command line: gives exit status, standard output and standard error."""
    from upcm_analysis import cli

    def run(*arguments: str):
        monkeypatch.setattr(sys, "argv", ["upcm", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


@pytest.fixture(scope="session")
def edition():
    from upcm_analysis import pipeline

    return pipeline.assemble("2020")


@pytest.fixture(scope="session")
def figures_2020(edition):
    """The figures of the edition but estimates; a scope is part of the indicator in facts, and stays so here."""
    return edition.facts.table.query("status not in ['estimated', 'refuted']").reset_index(drop=True).assign(scope="")
