"""The publisher of this repository is found in whatever process, and is all that the press asks for."""

import inspect
import os
import subprocess
import sys

from support import ROOT

from factpress import publisher
from factpress.publisher import Publisher


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
