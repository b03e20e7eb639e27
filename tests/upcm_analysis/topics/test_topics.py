"""The topics: one line a folder, and of each only the parts that are asked for are loaded."""

import subprocess
import sys

from environment import ROOT

from upcm_analysis import topics


def test_a_topic_is_one_folder_and_one_line():
    folders = {path.parent.name for path in (ROOT / "upcm_analysis/topics").glob("*/__init__.py")}
    assert folders == set(topics.TOPICS) and len(folders) == len(topics.TOPICS)


def test_a_part_that_a_topic_does_not_have_is_none():
    assert topics.part("regions", "commands") is None
    assert topics.part("functions", "commands").__name__ == "upcm_analysis.topics.functions.commands"
    assert list(topics.parts("build")) == list(topics.TOPICS)


def loaded(code: str) -> set[str]:
    """The modules that are loaded after some code."""
    said = subprocess.run(
        [sys.executable, "-c", f"{code}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(said.stdout.split())


def test_the_pipeline_loads_what_calculates_only_to_calculate():
    modules = loaded("import sys, upcm_analysis.pipeline")
    assert not modules & {"highspy", "scipy", "SALib", "pint", "upcm_analysis.topics.regions.build"}


def test_a_command_loads_no_module_of_another():
    names = "upcm_analysis.commands.data", "upcm_analysis.topics.programme.commands", "upcm_analysis.pipeline"
    ask = "app.get_command(None, 'report')"
    code = f"import sys, typer; from upcm_analysis import cli; app = typer.main.get_group(cli.app); assert {ask}"
    assert not loaded(code) & {*names, "pandas"}


def test_the_command_line_has_the_commands_of_every_topic(upcm):
    status, said, _ = upcm("--help")
    assert status == 0 and all(f" {name} " in said for name in ("data", "report", "compare", "survey", "project"))


def test_a_command_that_there_is_not_suggests_the_nearest(upcm):
    status, _, said = upcm("comparre")
    assert status == 2 and "No such command 'comparre'. Did you mean 'compare'?" in said
