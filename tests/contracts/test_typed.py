"""Public names and method files have types that hold, and each kind of mistake is shown to be found."""

import pytest
from environment import ROOT
from house import House
from typed import checked, wrong

TOPICS = ROOT / "upcm_analysis" / "topics"
#: A method file, what stands in it, what is put in its place in a copy, and what is said of that.
MISTAKES = {
    "a table where there is a name": (
        "figures/impact.py",
        'made(f"{indicator}_share", table,',
        "made(table, table,",
        '"made" has incompatible type "DataFrame"; expected "str"',
    ),
    "a text where there is a number": (
        "scenarios/decomposition.py",
        "logarithmic_mean(end, start)",
        "logarithmic_mean(end, 'start')",
        '"logarithmic_mean" has incompatible type "str"; expected "float"',
    ),
    "a column where there is a table": (
        "regions/coverage.py",
        '[["value", "low", "high"]]',
        '["value"]',
        "Incompatible return value type",
    ),
    "nothing where there is a solution": (
        "regions/conflicts.py",
        "attained(program.program",
        "(program.program",
        'Item "None" of "Solution | None"',
    ),
    "a parameter without a type": (
        "figures/potential.py",
        "half_up(value: float)",
        "half_up(value)",
        "Function is missing a type annotation",
    ),
}
#: What a user of the library may get wrong: public names have types for who imports them.
USED = """from upcm_analysis import Facts, figures, impact, open_publication

impact.share(figures.table({"jobs_k": {"nl": 608}}), 608)
open_publication("province", 2020, "nl", "zeeland")
Facts("facts.csv")
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What is found in one go, by file: in the files as they are, in copies with a mistake each, and in lines of a user."""
    room = tmp_path_factory.mktemp("typed")
    copies = {}
    for number, (name, (file, there, instead, _)) in enumerate(MISTAKES.items()):
        text = (TOPICS / file).read_text(encoding="utf-8")
        assert there in text, f"{there} stands no longer in {file}"
        copies[name] = room / f"mistaken_{number}.py"
        copies[name].write_text(text.replace(there, instead), encoding="utf-8")
    copies["used"] = room / "used.py"
    copies["used"].write_text(USED, encoding="utf-8")
    lines = wrong(*copies.values())
    by_name = {name: [line for line in lines if path.name in line.partition(":")[0]] for name, path in copies.items()}
    return by_name | {"as they are": [line for line in lines if not any(line in said for said in by_name.values())]}


def test_the_types_hold(found):
    assert found["as they are"] == []


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_found(found, name):
    said = MISTAKES[name][-1]
    assert any(said in line for line in found[name]), found[name]


def test_public_names_have_types_for_users(found):
    assert [line.rpartition("[")[2] for line in found["used"]] == ["arg-type]"] * 3, found["used"]


def test_every_method_file_and_public_function_is_looked_at():
    files = checked()
    modules = House(ROOT).modules.values()
    assert {one.path for one in modules if one.topic and one.role == "method"} < set(files)
    assert all(ROOT / "factpress" / f"{one}.py" in files for one in ("publisher", "methods", "facts", "provenance"))
    assert ROOT / "upcm_analysis" / "vocabulary" / "figures.py" in files


def test_what_is_not_checked_says_why():
    """A line that the checker passes over names what it passes over, and says why."""
    for path in checked():
        for line in path.read_text(encoding="utf-8").splitlines():
            _, ignored, rest = line.partition("# type: ignore")
            assert not ignored or (rest.startswith("[") and "  # " in rest), f"{path}: {line}"
