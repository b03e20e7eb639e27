"""New: a notebook to begin with, which already runs and holds to what a notebook may hold.

A publication of an own kind comes with its entry in the matrix. All is made and run elsewhere first: nothing is written that
does not work, and nothing is overwritten.
"""

import json
import tempfile
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from factpress import files
from factpress.builder import run
from factpress.errors import InputError, PartFailed, UnknownName
from factpress.home import home, shown
from factpress.languages import LANGUAGES
from factpress.site import plan
from factpress.texts import texts
from upcm_analysis import pipeline

#: The subject that a new notebook shows where it is opened by itself, by what it can be about.
EXAMPLE = {
    "province": ["zeeland"],
    "cluster": ["materialen"],
    "national": [],
    "product-group": ["24"],
    "cluster-province": ["materialen", "zeeland"],
}
#: The notebook parameters that take the subject.
PARAMETERS = {
    "province": ["province"],
    "cluster": ["cluster"],
    "national": [],
    "product-group": ["product_group"],
    "cluster-province": ["cluster", "province"],
}
WORDS = texts(__name__)
#: The first sentence, a chart and a table: what is called, by what the notebook can be about.
CALLS = {
    "lead": dict.fromkeys(EXAMPLE, "lead("),
    "chart": {
        "province": 'map("jobs_k", ',
        "cluster": 'ranking("jobs_k", ',
        "national": 'ranking("jobs_k", kind="cluster", ',
        "product-group": 'ranking("jobs_k", ',
        "cluster-province": 'regions.ranges("jobs_k", ',
    },
    "table": {
        "province": 'comparison("jobs_k", "labour_volume_k", "organisations", ',
        "cluster": 'comparison("jobs_k", "labour_volume_k", "organisations", ',
        "national": 'comparison("jobs_k", "labour_volume_k", "organisations", kind="cluster", ',
        "product-group": 'comparison("jobs_k", "value_added_meur", ',
        "cluster-province": 'regions.estimates("jobs_k", "value_added_meur", ',
    },
}
EXPLAINED = "What is asked here, and of which facts. An exploration may import anything and calculate freely."
EXPLORATION = """import seaborn as sns

from factpress.facts import Facts
from upcm_analysis import pipeline

facts = Facts.read(pipeline.processed("{edition}") / "facts.csv").table
jobs = facts.query("indicator == 'jobs_k' and place == 'NL' and product_group != ''")
jobs.set_index("product_group")[["value", "low", "high", "unit", "status"]]"""
PICTURE = """axes = sns.barplot(data=jobs.sort_values("value", ascending=False), y="product_group", x="value")
_ = axes.set(xlabel="jobs, thousands", ylabel="")"""


def publication(name: str, about: str, titles: dict[str, str]) -> list[plan.Publication]:
    """Makes the notebook of an own kind of publication and its entry in the matrix, and gives its publications.

    `titles` are what the kind is called by language; without one it is called by its name. Raises InputError for a name that
    cannot be used or is taken, and for subjects that there is nothing to begin with.
    """
    if about not in EXAMPLE:
        raise UnknownName("kind of subject", about, EXAMPLE)
    plan.check_name(name)
    matrix = plan.matrix()
    if name in (*plan.KINDS, *(entry.kind for entry in matrix.publications)):
        raise InputError(
            "a kind of publication with this name is there", found=name, remedy=f"another name, or edit {plan.FILE}"
        )
    path = _free("publications", name)
    entry = {
        "kind": name,
        "about": about,
        "title": {language: titles.get(language) or _as_title(name) for language in LANGUAGES},
        "notebook": path.name,
        "subjects": "all",
    }
    if own := PARAMETERS[about]:
        entry["parameter"] = own if len(own) > 1 else own[0]
    content = _with(entry)
    notebook = _run(name, [("parameters", _given(about, matrix.edition)), *_cells(about)])
    files.write_all({path: notebook, home() / plan.FILE: content})
    return plan.publications(only=name)


def example(made: list[plan.Publication]) -> plan.Publication:
    """Of the publications of a new kind the one that its notebook shows, where it is opened by itself."""
    given = EXAMPLE[made[0].on]
    return next(p for p in made if not given or p.subject == "-".join(given))


def exploration(name: str) -> Path:
    """Makes the notebook of an exploration. Raises InputError for a name that cannot be used or is taken."""
    plan.check_name(name)
    path = _free("explore", name)
    cells = [
        ("text", f"# {_as_title(name)}\n\n{EXPLAINED}"),
        ("", EXPLORATION.format(edition=plan.matrix().edition)),
        ("", PICTURE),
    ]
    files.write(path, _run(name, cells))
    return path


def _free(folder: str, name: str) -> Path:
    """Where a notebook of this name is to lie. Raises InputError where one lies there."""
    path = home() / "notebooks" / folder / f"{name}.ipynb"
    if path.exists():
        raise InputError(
            "a notebook with this name is there", file=shown(path), remedy="another name, or edit this one"
        )
    return path


def _as_title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _given(about: str, edition: str) -> str:
    """The parameters cell."""
    given = {"edition": edition, "language": LANGUAGES[0], **dict(zip(PARAMETERS[about], EXAMPLE[about], strict=True))}
    return "\n".join(f"{parameter} = {json.dumps(value)}" for parameter, value in given.items())


def _cells(about: str) -> list[tuple[str, str]]:
    """The cells after the parameters: the tag of each and what it holds."""
    names = ", ".join([json.dumps(about), "edition", "language", *PARAMETERS[about]])
    return [
        ("", f"from upcm_analysis import publication\n\npage = publication.open({names})\npage"),
        ("", _call("lead", about)),
        *_heading("jobs"),
        ("", _call("chart", about)),
        *_heading("figures"),
        ("", _call("table", about)),
    ]


def _heading(name: str) -> list[tuple[str, str]]:
    return [(language, f"## {text}") for language, text in WORDS.each(name).items()]


def _call(part: str, about: str) -> str:
    """A call of the page, one argument a line."""
    name, _, given = CALLS[part][about].partition("(")
    said = [f"{one}={json.dumps(text, ensure_ascii=False)}" for one, text in WORDS.each(part, about).items()]
    return "\n".join([f"page.{name}(", *(f"    {one}," for one in [*filter(None, given.split(", ")), *said]), ")"])


def _run(name: str, cells: list[tuple[str, str]]) -> bytes:
    """A notebook of these cells with what they show, as a file. Raises PartFailed with the cell that fails."""
    made = new_notebook()
    for number, (tag, text) in enumerate(cells):
        cell = (new_markdown_cell if tag in ("text", *LANGUAGES) else new_code_cell)(text)
        cell.id = f"{name}-{number:02}"
        cell.metadata = {"tags": [tag]} if tag not in ("", "text") else {}
        made.cells.append(cell)
    pipeline.refresh(plan.matrix().edition)
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / f"{name}.ipynb"
        nbformat.write(made, path)
        try:
            run.refresh(path)
        except Exception as error:  # of any cell
            raise PartFailed(f"the new notebook does not run: {run.failure(path, error)}") from None
        return path.read_bytes()


def _with(entry: dict) -> bytes:
    """The matrix with one more entry at its end, as a file. Raises InputError where that is not the end of the list."""
    path = home() / plan.FILE
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
    lines = [f"{key}: {_plain(value)}" for key, value in entry.items()]
    block = f"  - {lines[0]}\n" + "".join(f"    {line}\n" for line in lines[1:])
    before = yaml.safe_load(text)
    try:
        whole = yaml.safe_load(text + block)
    except yaml.YAMLError:
        whole = None
    if whole != {**before, "publications": [*before["publications"], entry]}:
        raise InputError(
            "an entry cannot be added at the end of the matrix",
            file=plan.FILE,
            expected="the list 'publications' as its last part, its entries indented by two spaces",
            remedy=f"mend that, and try again; this would be added:\n{block}",
        )
    return (text + block).encode()


def _plain(value) -> str:
    """A value as the matrix has it: a name, or a list or table of such on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {json.dumps(one, ensure_ascii=False)}" for key, one in value.items()) + "}"
    return f"[{', '.join(value)}]" if isinstance(value, list) else value
