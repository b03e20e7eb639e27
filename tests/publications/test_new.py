"""New notebooks: they pass the contract as they are made, build, and stand on the site; what cannot be made leaves nothing."""

import json
import re
import subprocess
import sys

import nbformat
import pytest
import test_notebooks as contract
from environment import ROOT
from support import MATRIX, copy, copy_tables, forget
from test_built import lost, upcm

from factpress.errors import InputError
from factpress.site import plan, scaffold

SUBJECTS = {"province": "zeeland", "cluster": "high-tech", "national": "nederland", "product-group": "30"}
SUBJECTS["cluster-province"] = "high-tech-drenthe"
#: Which publication of each new kind is suggested for a preview.
SUGGESTED = {}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A repository with a new publication about each kind of subject, one of them of each built, and an exploration."""
    root = tmp_path_factory.mktemp("new") / "copy"
    copy(root)
    copy_tables(root)
    (root / plan.FILE).write_text(MATRIX)
    ended = upcm(
        root, "new", "publication", "arbeidsmarkt", "--nl", "Arbeidsmarkt", "--en", "Labour market", COLUMNS="200"
    )
    assert ended.returncode == 0, ended.stderr
    assert "notebooks/publications/arbeidsmarkt.ipynb" in ended.stdout and "24 publications" in ended.stdout
    assert "look at it while you write: upcm preview arbeidsmarkt/zeeland\n" in ended.stdout
    patch = pytest.MonkeyPatch()
    patch.setenv("FACTPRESS_HOME", str(root))
    forget()
    for about in SUBJECTS:
        if about != "province":
            SUGGESTED[f"own-{about}"] = scaffold.example(scaffold.publication(f"own-{about}", about, {})).name
    scaffold.exploration("a-question")
    path = root / plan.FILE
    whole = path.read_text()
    names = {"arbeidsmarkt": "zeeland", **{f"own-{about}": name for about, name in SUBJECTS.items()}}
    for kind, name in names.items():
        whole = re.sub(rf"(kind: {kind}\n.*?subjects: )all", rf'\g<1>["{name}"]', whole, count=1, flags=re.S)
    path.write_text(whole)
    ended = upcm(root, "report", COLUMNS="200")
    assert ended.returncode == 0 and "12 publications: 12 built" in ended.stdout, ended.stderr
    yield root
    patch.undo()
    forget()


NAMES = ["arbeidsmarkt", *(f"own-{about}" for about in SUBJECTS if about != "province")]


@pytest.mark.parametrize("name", NAMES)
def test_a_new_publication_passes_the_contract(made, name):
    path = made / "notebooks" / "publications" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    contract.test_parameters_are_plain_assignments(notebook)
    contract.test_there_is_one_import_and_it_is_the_door(notebook)
    contract.test_cells_hold_nothing_but_calls(notebook)
    contract.test_prose_comes_in_pairs_and_no_number_colour_or_path_is_typed(notebook)
    contract.test_notebooks_are_committed_with_their_outputs_and_nothing_of_a_machine(path)
    blocks = [cell for cell in contract.code(notebook) if any("image/svg+xml" in o.data for o in cell.outputs)]
    assert len(blocks) == 1 and "<table" in str(contract.code(notebook)[-1].outputs)


def test_a_new_exploration_passes_the_contract(made):
    path = made / "notebooks" / "explore" / "a-question.ipynb"
    contract.test_notebooks_are_committed_with_their_outputs_and_nothing_of_a_machine(path)
    assert any("image/png" in o.data for cell in contract.code(nbformat.read(path, 4)) for o in cell.outputs)


def test_new_notebooks_are_as_ruff_would_have_them(made):
    own = [made / "notebooks" / "publications" / f"{name}.ipynb" for name in NAMES]
    own.append(made / "notebooks" / "explore" / "a-question.ipynb")
    for command in (["check"], ["format", "--check"]):
        options = ["--config", str(ROOT / "pyproject.toml")]
        ruff = [sys.executable, "-m", "ruff", *command, "--no-cache", *options, *own]
        ended = subprocess.run(ruff, capture_output=True, text=True)
        assert ended.returncode == 0, ended.stdout


def test_pages_of_a_new_publication_say_what_they_are(made):
    reports = made / "reports" / "2020"
    for language, heading, of_jobs in (
        ("nl", "Arbeidsmarkt: Zeeland", "van de banen in de Nederlandse maakindustrie"),
        ("en", "Labour market: Zeeland", "of the jobs in Dutch manufacturing"),
    ):
        page = (reports / language / "arbeidsmarkt" / "zeeland" / "index.html").read_text()
        assert f"<h1>{heading}</h1>" in page and of_jobs in page
        assert f'<nav aria-label="{heading.partition(":")[0]}">' in page
        assert {"nl": "De provincietabel van het programma", "en": "The programme&#39;s table of provinces"}[
            language
        ] in page


def test_a_preview_is_suggested_of_what_the_notebook_shows(made):
    for name in NAMES[1:]:
        given = plan.template.parameters(made / "notebooks" / "publications" / f"{name}.ipynb")
        shown = [json.loads(value) for parameter, value in given.items() if parameter not in ("edition", "language")]
        assert SUGGESTED[name] == f"{name}/{'-'.join(shown) or 'nederland'}"


def test_new_publications_stand_on_the_index(made):
    index = (made / "reports" / "2020" / "index.html").read_text()
    assert "Meer publicaties" in index
    assert '<a href="nl/arbeidsmarkt/zeeland/index.html"><span class="hidden">Arbeidsmarkt </span>Zeeland</a>' in index
    every = (made / "reports" / "2020" / "all.html").read_text()
    assert "<td>Arbeidsmarkt</td>" in every and "Own cluster: High Tech" in every


def test_another_title_builds_the_publications_again(made, monkeypatch):
    path = made / plan.FILE
    before = path.read_text()
    path.write_text(before.replace('en: "Labour market"', 'en: "Jobs"'))
    ended = upcm(made, "report", "--explain", COLUMNS="200")
    path.write_text(before)
    assert ended.stdout.splitlines()[0].startswith("en/arbeidsmarkt/zeeland: its parameters: title")
    assert ended.stdout.splitlines()[-1] == "12 publications: 1 to build, 11 current"


def test_a_title_that_is_not_given_is_said(upcm, monkeypatch):
    english = plan.Publication("2020", "en", "markt", "nederland", ROOT / "markt.ipynb", (), "national", "Markt")
    monkeypatch.setattr(scaffold, "publication", lambda name, about, titles: [english])
    _, out, _ = upcm("new", "publication", "markt", "--about", "national", "--nl", "De markt")
    assert "no --en: its title in en is now 'Markt'; another is set in publications.yml\n" in out
    assert "no --" not in upcm("new", "publication", "markt", "--en", "The market")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["publication", "Arbeidsmarkt"], ["a name that cannot be used", "found:    Arbeidsmarkt", "a-z, 0-9"]),
        (["publication", "../elders"], ["a name that cannot be used"]),
        (["publication", "source"], ["a name that cannot be used", "not source"]),
        (["publication", "x" * 41], ["a name that cannot be used", "at most 40"]),
        (["publication", "province"], ["a kind of publication with this name is there", "remedy:"]),
        (["publication", "measurement-plan"], ["a kind of publication with this name is there"]),
        (["publication", "markt", "--about", "provnce"], ["unknown kind of subject", "did you mean province"]),
        (["publication", "taken"], ["a notebook with this name is there", "notebooks/publications/taken.ipynb"]),
        (["exploration", "facts"], ["a notebook with this name is there", "notebooks/explore/facts.ipynb"]),
        (["exploration", "a b"], ["a name that cannot be used"]),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(repository, upcm, arguments, said):
    (repository.root / "notebooks" / "publications" / "taken.ipynb").write_text("somebody's")
    before = written(repository)
    status, out, err = upcm("new", *arguments)
    assert status == 2 and out == "" and all(part in err for part in said), err
    assert written(repository) == before


def test_an_entry_that_would_not_stand_in_the_matrix_is_refused(repository):
    path = repository.root / plan.FILE
    path.write_text(
        "publications:\n"
        + MATRIX.partition("publications:\n")[2]
        + 'edition: "2020"\npublisher: upcm_analysis.publisher\nlanguages: [nl]\n'
    )
    before = written(repository)
    with pytest.raises(InputError, match="cannot be added") as refused:
        scaffold.publication("arbeidsmarkt", "province", {})
    assert "    about: province\n" in str(refused.value)
    assert written(repository) == before


def written(repository) -> dict:
    """The notebooks and the matrix."""
    paths = [repository.root / plan.FILE, *(repository.root / "notebooks").rglob("*")]
    return {path: path.read_bytes() for path in paths if path.is_file()}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("kind: provnce", ["unknown kind of publication", "did you mean province", "needs 'about' and 'title'"]),
        (
            "kind: markt\n    about: province",
            ["does not say what it is about, or what it is called", "found:    about"],
        ),
        ("kind: national\n    about: province", ["a kind that is known", "row:      national"]),
        ("kind: Markt\n    about: province\n    title: {nl: Markt, en: Market}", ["a name that cannot be used"]),
        ("kind: markt\n    about: provinces\n    title: {nl: Markt, en: Market}", ["row:      publications.1.about"]),
        ("kind: markt\n    about: province\n    title: {nl: Markt}", ["row:      publications.1.title.en", "a value"]),
    ],
)
def test_an_entry_of_an_own_kind_that_is_not_right_is_named(repository, upcm, entry, said):
    (repository.root / plan.FILE).write_text(MATRIX.replace("kind: national", entry))
    status, _, err = upcm("list")
    assert status == 2 and all(part in err for part in said), err


def test_without_a_method_page_nothing_leads_to_one(made):
    assert lost(made / "reports" / "2020") == []


def test_a_kind_that_leaves_the_matrix_leaves_no_folder(made):
    path, kind = made / plan.FILE, made / "reports" / "2020" / "nl" / "arbeidsmarkt"
    assert kind.is_dir()
    path.write_text(re.sub(r"  - kind: arbeidsmarkt\n(    .*\n)+", "", path.read_text()))
    ended = upcm(made, "report")
    assert ended.returncode == 0 and "10 publications: 10 current" in ended.stdout
    assert not kind.exists() and (kind.parent / "own-cluster").is_dir()
