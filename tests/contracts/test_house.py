"""The rules of the house hold for every module, and each is shown to fail on a seeded breach."""

import ast
import re

import pytest
from environment import ROOT
from house import House

HOUSE = House(ROOT)
RULES = ("floors", "rooms", "circles", "inside", "long", "names", "orders", "words")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_holds(rule):
    assert getattr(HOUSE, rule)() == []


def test_the_house_is_looked_at():
    assert len(HOUSE.modules) > 120 and {one.floor for one in HOUSE.modules.values()} >= {"factpress", "topics", "cli"}
    assert {one.role for one in HOUSE.modules.values() if one.topic} == {
        "method",
        "sources",
        "build",
        "blocks",
        "commands",
    }


#: A file of a small house, what is written in it, the rule that it breaks, and what the rule says.
BREACHES = [
    ("factpress/facts.py", "from upcm_analysis.vocabulary import units", "floors", "factpress.facts imports"),
    ("upcm_analysis/registers/tables.py", "import upcm_analysis.topics.a.build", "floors", "registers.tables imports"),
    (
        "upcm_analysis/topics/a/share.py",
        "def f():\n    from upcm_analysis.pipeline import build",
        "floors",
        "a.share imports",
    ),
    ("upcm_analysis/topics/a/share.py", "from upcm_analysis.registers import tables", "rooms", "(method) imports"),
    ("upcm_analysis/topics/a/share.py", "from factpress import charts", "rooms", "(method) imports factpress.charts"),
    (
        "upcm_analysis/topics/a/share.py",
        "from upcm_analysis.topics.b import rank",
        "rooms",
        "imports upcm_analysis.topics.b",
    ),
    ("upcm_analysis/topics/a/x_blocks.py", "from upcm_analysis.topics.a import share", "rooms", "(blocks) imports"),
    ("upcm_analysis/topics/a/build.py", "from upcm_analysis.topics.b.build import b", "rooms", "(build) imports"),
    ("factpress/facts.py", "from factpress import charts", "circles", "factpress.charts > factpress.facts"),
    ("factpress/long.py", "a = 1\n" * 401, "long", "factpress.long: 401 lines"),
    ("factpress/long.py", "def f():\n" + "    a = 1\n" * 60, "long", "factpress.long.f: 61 lines"),
    ("factpress/x/rank.py", "", "names", "3 modules are called rank"),
    ("factpress/facts.py", "table.sort_values('high')", "orders", "facts, line 1: sort_values without kind"),
    ("factpress/texts.nl.yml", "title: Per provincie", "words", "texts.nl.yml:1: provinc"),
    ("factpress/plan.py", "def of_cluster(): ...", "words", "plan.py:1: cluster"),
    ("factpress/catalog.py", 'AREA = "http://europa.eu/country/NLD"', "words", "catalog.py:1: /country/"),
    ("factpress/page.html.j2", '<span lang="nl">', "words", "page.html.j2:1: lang="),
    ("factpress/texts.en.yml", "bounds: by the distribution key", "words", "texts.en.yml:1: distribution key"),
]


@pytest.fixture
def small(tmp_path):
    """A small house in which every rule holds."""
    written = {
        "factpress/charts.py": "from factpress import facts",
        "factpress/facts.py": "import pandas",
        "upcm_analysis/vocabulary/units.py": "from factpress import facts",
        "upcm_analysis/registers/tables.py": "from upcm_analysis.vocabulary import units",
        "upcm_analysis/topics/a/share.py": "from upcm_analysis.vocabulary import units",
        "upcm_analysis/topics/a/blocks.py": "from factpress import charts",
        "upcm_analysis/topics/a/build.py": "from upcm_analysis.topics.a import share",
        "upcm_analysis/topics/b/build.py": "from upcm_analysis.topics.b import rank",
        "upcm_analysis/topics/b/rank.py": "from upcm_analysis.vocabulary import units",
        "upcm_analysis/topics/c/rank.py": "",
        "upcm_analysis/pipeline.py": "from upcm_analysis.topics.a import build",
    }
    for file, text in written.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    return tmp_path


def test_a_house_in_order_breaks_no_rule(small):
    assert {rule: getattr(House(small), rule)() for rule in RULES} == {rule: [] for rule in RULES}


@pytest.mark.parametrize(("file", "text", "rule", "said"), BREACHES, ids=[f"{one[2]}-{one[0]}" for one in BREACHES])
def test_a_breach_is_found(small, file, text, rule, said):
    (small / file).parent.mkdir(parents=True, exist_ok=True)
    (small / file).write_text(text)
    assert any(said in one for one in getattr(House(small), rule)()), getattr(House(small), rule)()


def test_an_import_inside_a_function_is_found_unless_it_says_why(small):
    (small / "factpress/facts.py").write_text(
        "def f():\n    import duckdb\n    import scipy  # here, because it is slow\n"
    )
    assert House(small).inside() == ["factpress.facts, line 2"]


def test_only_readers_open_raw_data():
    for one in HOUSE.modules.values():
        text = one.path.read_text(encoding="utf-8")
        opens = '"raw"' in text or "read_raw" in text or "raw_path" in text
        assert not opens or one.floor in ("registers", "intake") or one.role == "sources", one.name


def test_methods_and_blocks_open_no_files():
    for one in HOUSE.modules.values():
        if one.topic and one.role in ("method", "blocks"):
            calls = {
                getattr(n.func, "attr", getattr(n.func, "id", ""))
                for n in ast.walk(one.tree)
                if isinstance(n, ast.Call)
            }
            assert not calls & {"open", "read_csv", "read_text", "read_bytes", "to_csv", "write_text"}, one.name


def test_colours_are_in_the_theme_alone():
    """Whoever replaces theme.yml replaces every colour: none stays behind in code, templates or style sheets."""
    colour = re.compile(r"(?<![&\w])#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b", re.I)
    assert colour.search("fill:#12436D;") and colour.search("(#fff)") and not colour.search("#data &#8203; #content")
    kinds = (".py", ".css", ".j2", ".typ", ".js")
    texts = [p for name in ("factpress", "upcm_analysis") for p in (ROOT / name).rglob("*") if p.suffix in kinds]
    assert len(texts) > len(HOUSE.modules)
    for path in texts:
        assert colour.findall(path.read_text(encoding="utf-8")) == [], path


@pytest.mark.parametrize("one", HOUSE.modules.values(), ids=lambda one: one.name)
def test_what_is_public_is_documented(one):
    assert ast.get_docstring(one.tree), f"{one.name} does not say what it stands for"
    private = [node for node in ast.walk(one.tree) if isinstance(node, ast.ClassDef) and node.name.startswith("_")]
    hidden = {id(node) for whole in private for node in ast.walk(whole)}  # what overrides a base class, mostly
    for node in ast.walk(one.tree):
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and id(node) not in hidden
        ):
            inherited = node.name in ("seen", "shown", "add", "so_far", "registered")
            assert inherited or ast.get_docstring(node), f"{one.name}: {node.name}"
