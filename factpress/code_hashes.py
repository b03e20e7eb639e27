"""Hashes of code by folder: of the press, of the package of a subject, and of each of its topics.

A topic is a folder under `topics`. Pages count the code outside of topics by package. Tables count it by part, which is a
folder or a module right under the package, and leaves out what only shows.
"""

import re
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from functools import cache
from importlib.metadata import version as version_of
from itertools import groupby

from factpress import hashes
from factpress.publisher import packages, publisher

TOPICS = "topics"
#: Files that neither pages nor tables depend on: they run commands, or bring raw tables in.
COMMANDS = ("*/cli.py", "*/*commands.py", "*/commands/*", "*/intake/*")
#: Files that show tables, and on which none depends.
SHOWING = (
    *("*/*blocks.py", "*/*page.py", "*/*pages.py", "*/publication.py", "*/texts.*.yml"),
    *(
        f"{__package__}/{folder}/*"
        for folder in ("assets", "builder", "charts", "formats", "metadata", "site", "templates")
    ),
)
#: Enough of a sha256 to tell one state of a folder from another.
SHORT = 12


def topic_of(name: str) -> str:
    """Return the topic that a module or a file of a package is of; empty for one outside of topics."""
    _, folder, topic, *_ = [*re.split("[./]", name), "", ""]
    return topic if folder == TOPICS and not topic.startswith("_") else ""


def part_of(name: str) -> str:
    """Return the topic or other part that a module or a file is of: `regions`, `registers`, `pipeline`, or the press."""
    package, *names = re.split("[./]", name)
    names = names[1:] if names[:1] == [TOPICS] else names
    return package if package == __package__ else names[0]


@cache
def of_packages() -> dict[str, str]:
    """Return the hash of each package without its topics and commands, as pages depend on it."""
    return _by(lambda file: "" if topic_of(file) else file.partition("/")[0], _without(COMMANDS))


@cache
def of_topics() -> dict[str, str]:
    """Return the hash of each topic without its commands, as pages depend on it."""
    return _by(topic_of, _without(COMMANDS))


@cache
def of_tables() -> dict[str, str]:
    """Return the hash of the code that makes tables, by part."""
    return _by(part_of, files_of_tables())


def files_of_tables(part: str = "") -> list[str]:
    """Return the files of code that tables depend on, by package and path; those of one part, or all."""
    return [file for file in _without((*COMMANDS, *SHOWING)) if part in ("", part_of(file))]


def version(code: str = "") -> str:
    """Return the version of the packages, and enough of a hash of code to tell it from another: by default of all files now."""
    return f"{version_of(publisher().distribution)} ({(code or hashes.of_value(_read()))[:8]})"


def _without(patterns: Iterable[str]) -> list[str]:
    """Return the files of the packages that fit none of some patterns."""
    return [file for file in _files() if not any(fnmatchcase(file, one) for one in patterns)]


def _by(group: Callable[[str], str], files: Iterable[str]) -> dict[str, str]:
    """Return the hash of files by the group that each is in; those that are in none are left out."""
    files = sorted((file for file in files if group(file)), key=group)
    return {name: _hash(own) for name, own in groupby(files, group)}


def _hash(files: Iterable[str]) -> str:
    return hashes.of_value({file: _files()[file] for file in files})[:SHORT]


@cache
def _files() -> dict[str, str]:
    """Return the sha256 of each file of the packages, as they were at first."""
    return _read()


def _read() -> dict[str, str]:
    """Return the sha256 of each file of the packages, by package and path: `factpress/errors.py`."""
    return {
        f"{package.name}/{name}": sha
        for package in packages()
        for name, sha in hashes.of_files(package, without="__pycache__").items()
    }
