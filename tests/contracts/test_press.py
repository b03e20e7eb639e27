"""The press knows no subject: it imports nothing of what it publishes, and has none of its words."""

import re

import pytest
from environment import ROOT

PRESS = ROOT / "factpress"
#: What is apart from its subject; of the builder not yet what remembers tables and says what code is used.
PARTS = [PRESS / name for name in ("site", "builder", "formats", "metadata", "templates")]
FILES = [PRESS / f"{name}.py" for name in ("publisher", "home", "files", "texts", "settings", "errors")]
LATER = {"uses.py", "disk_cache.py"}
#: Words of the subject; in names too, where underscores stand between them.
WORDS = (
    "upcm|provinces?|provincies?|clusters?|projects?|projecten|projected|teams?|product[ _-]?groups?|productgroep(?:en)?"
    "|programmes?|programma|portfolios?|dashboards?|roadmaps?|national|landelijk|jobs|co2"
)
SUBJECT = re.compile(rf"(?<![a-z])(?:{WORDS})(?![a-z])", re.I)


def files() -> list:
    """The code, texts and templates of these parts."""
    found = [*FILES, *(path for part in PARTS for path in sorted(part.rglob("*")))]
    return [path for path in found if path.suffix in (".py", ".yml", ".j2", ".typ", ".js") and path.name not in LATER]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(PRESS).as_posix())
def test_the_press_has_no_word_of_its_subject(path):
    assert [found[0] for found in SUBJECT.finditer(path.read_text(encoding="utf-8"))] == []


def test_words_of_a_subject_are_found_in_names_and_sentences():
    assert SUBJECT.search("def by_province(): ...") and SUBJECT.search('"Clusters"') and SUBJECT.search("UPCM_HOME")
    assert not SUBJECT.search("projection, clustered, steam, programmed")
