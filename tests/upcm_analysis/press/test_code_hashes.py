"""Hashes of code follow the files of a folder, and of no other."""

import pytest
from support import change_code, forget_code

from factpress import code_hashes


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of two topics, in place of ours."""
    for name in ("__init__.py", "words.py", "cli.py", "topics/__init__.py", "topics/a/build.py", "topics/a/blocks.py"):
        path = tmp_path / "subject" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "subject/topics/b").mkdir()
    (tmp_path / "subject/topics/b/method.py").write_text("b")
    monkeypatch.setattr(code_hashes, "packages", lambda: (tmp_path / "subject",))
    code_hashes._files.cache_clear()
    forget_code()
    yield tmp_path / "subject"
    monkeypatch.undo()
    code_hashes._files.cache_clear()
    forget_code()


def now() -> tuple[dict, dict, dict]:
    """The hashes of packages, topics and what makes tables, as the files now are."""
    code_hashes._files.cache_clear()
    forget_code()
    return code_hashes.of_packages(), code_hashes.of_topics(), code_hashes.of_tables()


def moved(then: tuple, after: tuple) -> list[set]:
    """The folders whose hash differs: of packages, topics, and what makes tables."""
    return [{k for k in one | other if one.get(k) != other.get(k)} for one, other in zip(then, after, strict=True)]


@pytest.mark.parametrize(
    ("file", "packages", "topics", "tables"),
    [
        ("words.py", {"subject"}, set(), {"words"}),
        ("topics/a/build.py", set(), {"a"}, {"a"}),
        ("topics/a/new.py", set(), {"a"}, {"a"}),
        ("topics/a/blocks.py", set(), {"a"}, set()),
        ("topics/a/texts.nl.yml", set(), {"a"}, set()),
        ("topics/c/build.py", set(), {"c"}, {"c"}),
        ("cli.py", set(), set(), set()),
        ("topics/b/commands.py", set(), set(), set()),
        ("__pycache__/words.pyc", set(), set(), set()),
    ],
)
def test_a_file_moves_the_hash_of_its_folder(package, file, packages, topics, tables):
    then = now()
    assert then[1].keys() == {"a", "b"}
    (package / file).parent.mkdir(exist_ok=True)
    (package / file).write_text("other")
    assert moved(then, now()) == [packages, topics, tables]


def test_the_version_is_that_of_all_code_but_of_compiled_files(package):
    before = code_hashes.version()
    (package / "__pycache__").mkdir()
    (package / "__pycache__/words.pyc").write_bytes(b"compiled")
    assert code_hashes.version() == before
    (package / "cli.py").write_text("other")
    assert code_hashes.version() != before


def test_what_a_module_is_of():
    assert (
        code_hashes.topic_of("subject.topics.regions.blocks") == "regions" == code_hashes.part_of("s.topics.regions.x")
    )
    assert code_hashes.topic_of("subject/topics/__init__.py") == code_hashes.topic_of("factpress.facts") == ""
    assert code_hashes.part_of("factpress/site/plan.py") == "factpress"
    assert code_hashes.part_of("subject.registers.tables.read") == "registers"
    assert code_hashes.part_of("subject/pipeline.py") == "pipeline"


def test_a_seeded_change_is_seen(monkeypatch):
    then = code_hashes.of_topics()
    change_code(monkeypatch, "upcm_analysis/topics/figures/impact.py")
    seeded = code_hashes.of_topics()
    monkeypatch.undo()
    forget_code()
    assert {name for name in then if then[name] != seeded[name]} == {"figures"}
