"""The publisher is found by the name in the settings, and refused where it cannot be had."""

import pytest

from factpress import publisher
from factpress.errors import InputError


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Writes settings of a repository, in which this process then is."""

    def write(text: str) -> None:
        (tmp_path / publisher.FILE).write_text(text)
        monkeypatch.setenv("FACTPRESS_HOME", str(tmp_path))
        publisher._name.cache_clear()

    yield write
    publisher._name.cache_clear()


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
    settings("publisher: json.decoder\n")
    assert publisher.publisher().__name__ == "json.decoder"
