"""What a publication notebook may hold: parameters, one import, prose in pairs, and calls that return blocks."""

import ast
import re

import nbformat
import pytest
from environment import ROOT

from factpress.site import plan, prose_checks

TEMPLATES = sorted((ROOT / "notebooks/publications").glob("*.ipynb"))
NOTEBOOKS = [*TEMPLATES, *sorted((ROOT / "notebooks/explore").glob("*.ipynb"))]
FORBIDDEN = (
    ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.With, ast.Try, ast.BinOp, ast.Compare,
    ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.Subscript, ast.JoinedStr,
)  # fmt: skip


def named(path):
    return path.stem


@pytest.fixture(params=TEMPLATES, ids=named)
def template(request):
    return nbformat.read(request.param, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_matrix_uses_every_template():
    folder = ROOT / "notebooks/publications"
    assert {folder / entry.notebook for entry in plan.matrix().publications} == set(TEMPLATES)


def test_parameters_are_plain_assignments(template):
    first = code(template)[0]
    assert first.metadata.tags == ["parameters"]
    for node in ast.parse(first.source).body:
        assert isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)


def test_there_is_one_import_and_it_is_the_door(template):
    sources = "\n".join(cell.source for cell in code(template))
    imports = [node for node in ast.walk(ast.parse(sources)) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["from upcm_analysis import publication"]


def test_cells_hold_nothing_but_calls(template):
    for cell in code(template)[2:]:
        body = ast.parse(cell.source).body
        assert len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Call), cell.source
        found = [type(node).__name__ for node in ast.walk(body[0]) if isinstance(node, FORBIDDEN)]
        assert not found, f"{found} in {cell.source}"


def test_prose_comes_in_pairs_and_no_number_colour_or_path_is_typed(template):
    prose_checks.check(template)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_notebooks_are_committed_with_their_outputs_and_nothing_of_a_machine(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert [cell.execution_count for cell in code(notebook)] == list(range(1, len(code(notebook)) + 1)), (
        "run 'make notebooks'"
    )
    kinds = {output.output_type for cell in code(notebook) for output in cell.outputs}
    assert kinds and not kinds & {"error", "stream"}
    assert not re.search(r"/home/|/root/|/tmp/|/Users/|[A-Z]:\\\\", path.read_text(encoding="utf-8"))
