"""Texts are no code: every text is in the files of texts, in each language, and said by the module that it is of."""

import ast
import shutil
import tomllib

import pytest
from environment import ROOT
from saying import Package, of_languages

from factpress import texts
from factpress.errors import InputError
from factpress.languages import LANGUAGES

PACKAGE = Package(ROOT / "upcm_analysis", ROOT / "factpress")


def test_every_module_that_says_something_has_its_texts_and_no_other_has_any():
    assert len(PACKAGE.sections) > 20 and PACKAGE.without_a_counterpart() == []


@pytest.mark.parametrize("folder", PACKAGE.folders, ids=lambda folder: folder.relative_to(ROOT).as_posix())
def test_the_languages_have_the_same_texts(folder):
    assert texts.read(folder).keys() == set(LANGUAGES)


def test_no_text_is_unused():
    assert PACKAGE.unused() == []


def test_no_text_is_missing():
    assert PACKAGE.missing() == []


def test_no_text_is_code():
    assert PACKAGE.in_code() == []


def test_the_files_of_texts_go_with_the_packages():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    data = project["tool"]["setuptools"]["package-data"]
    for root in PACKAGE.roots:
        shipped = {path for one in data[root.name] for path in root.glob(one)}
        assert set(root.rglob("texts.*.yml")) <= shipped and set(root.rglob("languages.csv")) <= shipped, root.name


# Each of these is broken in a small package, and says so.

CODE = """
from small.words import texts

WORDS = texts(__name__)


def page(language, kind):
    words = WORDS[language]
    return words["title"], words["kinds"][kind], words["rows"]["total"].format(name=1), template("page.html.j2", told=words)
"""
DUTCH = """
page:
  title: Herkomst
  kinds:
    place: Provincie
    sector: Cluster
  rows:
    total: Totaal van {name}
  heads:
    - Wat
    - Waarde
"""
ENGLISH = """
page:
  title: Origin
  kinds:
    place: Province
    sector: Cluster
  rows:
    total: Total of {name}
  heads:
    - What
    - Value
"""
TEMPLATE = "{{ told.title }} {% for one in told.heads %}{{ one }}{% endfor %}"
FILES = {"page.py": CODE, "texts.nl.yml": DUTCH, "texts.en.yml": ENGLISH, "page.html.j2": TEMPLATE}
CHECKS = ("without_a_counterpart", "unused", "missing", "in_code")


@pytest.fixture
def small(tmp_path):
    """Writes a small package, with one text of one of its files replaced by another."""

    def write(name: str = "page.py", old: str = "", new: str = "") -> Package:
        for one, content in FILES.items():
            assert one != name or old in content
            (tmp_path / "small").mkdir(exist_ok=True)
            (tmp_path / "small" / one).write_text(content.replace(old, new, 1) if one == name else content)
        texts.read.cache_clear()
        return Package(tmp_path / "small")

    yield write
    texts.read.cache_clear()


def faults(package: Package) -> dict[str, list[str]]:
    return {check: found for check in CHECKS if (found := getattr(package, check)())}


def test_a_package_that_is_right_has_no_faults(small):
    assert faults(small()) == {}


@pytest.mark.parametrize(
    ("name", "old", "new", "check", "fault"),
    [
        ("page.py", 'words["rows"]["total"]', '"Total of {name}"', "unused", "small.page: rows"),
        ("page.py", '["total"]', '["title"]', "unused", "small.page: rows.total"),
        ("page.html.j2", "told.heads", "told.title", "unused", "small.page: heads"),
        ("page.py", 'words["title"]', 'words["titel"]', "missing", "small.page: line 9: titel"),
        ("page.py", '["total"]', '["sum"]', "missing", "small.page: line 9: sum"),
        ("page.py", 'words["title"]', 'WORDS[language]["titel"]', "missing", "small.page: line 9: titel"),
        ("page.py", 'words["title"]', 'WORDS.each("titel")', "missing", "small.page: line 9: titel"),
        ("page.html.j2", "told.title", "told.titel", "missing", "page.html.j2: told.titel"),
        ("page.py", "texts(__name__)", "{}", "without_a_counterpart", "small.page"),
        ("page.py", 'words["title"]', '{"nl": "Herkomst", "en": "Origin"}[language]', "in_code", "small.page: line 9"),
        ("page.py", 'words["title"]', '{"en": {"a": "b"}, "nl": {"a": "c"}}', "in_code", "small.page: line 9"),
        ("page.py", 'words["title"]', 'page.note(nl="Herkomst", en="Origin")', "in_code", "small.page: line 9"),
        ("page.py", 'words["title"]', '"a" if language == "nl" else "b"', "in_code", "small.page: line 9"),
        ("page.html.j2", "{{ told.title }}", '{{ {"nl": "Herkomst"}[language] }}', "in_code", "page.html.j2"),
    ],
)
def test_what_is_wrong_between_texts_and_code_is_found(small, name, old, new, check, fault):
    assert fault in faults(small(name, old, new))[check]


@pytest.mark.parametrize(("asked", "missing"), [("by", []), ("bye", ["small.page: line 9: bye"])])
def test_what_a_publisher_says_is_asked_for_as_if_it_were_its_own(small, asked, missing):
    package = small("page.py", "WORDS[language]", '{**WORDS[language], **publisher().words(language)["site"]}')
    path = package.root / "page.py"
    path.write_text(path.read_text().replace('words["title"]', f'words["title"], words["{asked}"]'))
    (package.root / "publisher.py").write_text(
        'WORDS = texts(__name__)\n\n\ndef words():\n    return {"site": WORDS["nl"]["site"]}\n'
    )
    for file, text in (("texts.nl.yml", "Uitgave van"), ("texts.en.yml", "Published by")):
        more = f"publisher:\n  site:\n    by: {text}\n"
        (package.root / file).write_text((package.root / file).read_text() + more)
    texts.read.cache_clear()
    assert faults(Package(package.root)) == ({"missing": missing} if missing else {})


def test_a_module_without_its_section_is_found(small):
    package = small()
    shutil.copy(package.root / "page.py", package.root / "other.py")
    assert Package(package.root).without_a_counterpart() == ["small.other"]


def test_code_that_only_has_the_names_of_languages_is_no_text():
    allowed = '{"nl": nl, "en": en}', '("nl", "en")', '{"nl": "a"}', "open(nl=nl, en=en)", 'kind == "nl"'
    assert not [code for code in allowed for node in ast.walk(ast.parse(code)) if of_languages(node)]


@pytest.mark.parametrize(
    ("old", "new", "row", "found", "expected"),
    [
        ("  title: Origin\n", "", "page.title", "nothing", "a text, as in "),
        ("  rows:\n    total: Total of {name}\n", "", "page.rows", "nothing", "names with their texts, as in "),
        ("    - Value\n", "", "page.heads", "a list of 1", "a list of 2, as in "),
        ("{name}", "{names}", "page.rows.total", "a text with {names}", "a text with {name}, as in "),
        ("title: Origin", "title:\n    - Origin", "page.title", "a list of 1", "a text, as in "),
        ("Total of {name}", "Total of {", "page.rows.total", "Total of {", "a text, with its placeholders"),
        ("title: Origin", "title: ''", "page.title", "nothing", "a text, with its placeholders"),
        ("  kinds:", "  title: Source\n  kinds:", 4, "page.title", "each name once"),
        ("page:", "page: Origin\nother:", "page", "Origin", "a key for each module"),
        ("title: Origin", "title: 'Origin' of", 3, "expected key", "on each line a name"),
        (ENGLISH, "", None, "nothing", "a key for each module"),
        (ENGLISH, "- Origin", None, "['Origin']", "a key for each module"),
    ],
)
def test_a_file_of_texts_that_is_not_right_is_refused(small, old, new, row, found, expected):
    package = small("texts.en.yml", old, new)
    with pytest.raises(InputError) as refused:
        texts.read(package.root)
    said = refused.value.parts
    assert refused.value.status == 2 and said["file"] == f"{package.root}/texts.en.yml" and said["row"] == row
    assert found in str(said["found"]) and said["expected"].startswith(expected) and said["remedy"]


def test_a_text_that_one_language_has_more_is_missing_in_the_first(small):
    package = small("texts.en.yml", "  heads:", "  lead: Every figure\n  heads:")
    with pytest.raises(InputError, match=r"as in .*en\.yml") as refused:
        texts.read(package.root)
    assert (refused.value.parts["file"], refused.value.parts["row"]) == (f"{package.root}/texts.nl.yml", "page.lead")


def test_a_language_without_a_file_is_refused(small):
    package = small()
    (package.root / "texts.en.yml").unlink()
    with pytest.raises(InputError, match="a file of texts cannot be read") as refused:
        texts.read(package.root)
    assert refused.value.parts["found"] == "no such file" and refused.value.parts["remedy"]


def test_a_text_that_is_not_there_is_no_key_error(small):
    said = texts.Texts("page", small().root)
    with pytest.raises(InputError, match="unknown text: 'titel' - did you mean title") as refused:
        said["en"]["titel"]
    assert (refused.value.parts["row"], refused.value.parts["file"].endswith("texts.en.yml")) == ("page", True)
    with pytest.raises(InputError, match="unknown text: 'sector 2'"):
        said["en"]["kinds"]["sector 2"]
    with pytest.raises(InputError, match="unknown text: 'pages' - did you mean page"):
        texts.Texts("pages", small().root)["en"]
    with pytest.raises(InputError, match="unknown language"):
        said["xx"]


def test_what_is_no_text_elsewhere_is_one_here(small):
    package = small("texts.en.yml", "title: Origin", "title: no")
    assert texts.read(package.root)["en"]["page"]["title"] == "no"


def test_a_third_language_is_files_alone(small, monkeypatch):
    package = small()
    (package.root / "texts.de.yml").write_text(ENGLISH.replace("Origin", "Herkunft"))
    monkeypatch.setattr(texts, "LANGUAGES", (*LANGUAGES, "de"))
    assert texts.Texts("page", package.root).each("title") == {"nl": "Herkomst", "en": "Origin", "de": "Herkunft"}
