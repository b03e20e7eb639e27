"""The publisher is found by the name in the settings, in whatever process."""

import inspect
import os
import subprocess
import sys

import pytest
from support import ROOT

from factpress import publisher
from factpress.errors import InputError
from factpress.publisher import Publisher

NAMED = "publisher: upcm_analysis.publisher\n"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Writes settings of a repository, in which this process then is."""

    def write(text: str) -> None:
        (tmp_path / publisher.FILE).write_text(text)
        monkeypatch.setenv("FACTPRESS_HOME", str(tmp_path))
        publisher._name.cache_clear()

    yield write
    publisher._name.cache_clear()


def test_the_publisher_of_this_repository_has_every_member():
    found = publisher.publisher()
    members = {name: one for name, one in vars(Publisher).items() if inspect.isfunction(one) and name[0] != "_"}
    assert len(members) > 10
    for name, member in members.items():
        given, expected = inspect.signature(getattr(found, name)), inspect.signature(member)
        assert list(given.parameters) == list(expected.parameters)[1:], name
    for name in Publisher.__annotations__:
        assert isinstance(getattr(found, name), str | tuple), name


def test_the_packages_are_those_of_the_press_and_of_the_publisher():
    assert publisher.packages() == (ROOT / "factpress", ROOT / "upcm_analysis")


def test_a_process_that_is_in_no_repository_is_told_in_the_environment(tmp_path):
    say = "from factpress import publisher; print(publisher.publisher().name, len(publisher.packages()))"
    environment = os.environ | {"FACTPRESS_HOME": str(tmp_path), publisher.VARIABLE: "upcm_analysis.publisher"}
    ended = subprocess.run([sys.executable, "-c", say], env=environment, capture_output=True, text=True, check=True)
    assert ended.stdout == "upcm 2\n"


def test_asking_who_publishes_loads_nothing_that_takes_long():
    say = (
        "import sys; from factpress import publisher; publisher.publisher().sealed(''); print('pandas' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", say], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"


@pytest.mark.parametrize(
    ("text", "problem", "found"),
    [
        ("edition: '2020'\n", "the settings name no publisher", "nothing"),
        ("publisher: 2020\n", "the settings name no publisher", "2020"),
        ("publisher: ../here\n", "the settings name no publisher", "../here"),
        ("publisher: nowhere.publisher\n", "the publisher is not installed", "nowhere.publisher"),
    ],
)
def test_a_publisher_that_cannot_be_had_is_refused(settings, text, problem, found):
    settings(text)
    with pytest.raises(InputError, match=problem) as refused:
        publisher.publisher()
    said = refused.value.parts
    assert (said["file"], said["row"], str(said["found"])) == (publisher.FILE, publisher.KEY, found)


def test_another_repository_may_have_another_publisher(settings):
    settings("publisher: json.tool\n")
    assert publisher.publisher().__name__ == "json.tool"
    settings(NAMED)
    assert publisher.publisher().name == "upcm"
