"""Conditions: a publication exists where it has something to say; a gone address leads on; what is wrong is refused by name."""

import pandas as pd
import pytest
from pydantic import ValidationError

import upcm_analysis  # noqa: F401 - its code lists
from factpress import parquet
from factpress.dimensions import Subject
from factpress.errors import UnknownName
from factpress.site import conditions
from factpress.site.conditions import When

WORDS = {"reason": {"nl": "Te weinig bekend.", "en": "Too little known."}, "instead": "national/nederland"}
CODES = ["jobs_k", "co2_kt", "turnover_meur"]
ABOUT = Subject("PV29")


@pytest.fixture
def tables(tmp_path):
    """Tables of an edition in which two of three figures of a subject are known, and a table with a row for it."""
    facts = pd.DataFrame({"fact_id": [f"{code}/{ABOUT.path}" for code in CODES], "value": [1.0, 0.0, None]})
    parquet.write(facts, tmp_path / "facts.parquet")
    pd.DataFrame({"place": ["PV29"], "a": ["x"], "b": [""]}).to_csv(tmp_path / "parts.csv", index=False)
    return tmp_path


@pytest.mark.parametrize(("known", "met"), [(1, True), (2, True), (3, False)])
def test_so_many_figures_must_be_known_and_zero_is_known(tables, known, met):
    assert conditions.met("province", When(known=known, figures=CODES, **WORDS), ABOUT, tables) is met


@pytest.mark.parametrize(("known", "met"), [(1, True), (2, False)])
def test_so_many_columns_of_its_row_must_be_filled(tables, known, met):
    when = When(known=known, table="parts", columns=["a", "b"], **WORDS)
    assert conditions.met("province", when, ABOUT, tables) is met
    assert not conditions.met("province", when, Subject("PV20"), tables), "without a row nothing is known"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"figures": ["jobs_kk"]}, "figure in a condition"),
        ({"table": "partz", "columns": ["a"]}, "table in a condition"),
        ({"table": "parts", "columns": ["aa"]}, "column in a condition"),
    ],
)
def test_what_a_condition_names_and_there_is_none_of_is_refused(tables, when, said):
    when = When(known=1, **when, **WORDS)
    with pytest.raises(UnknownName, match=said) as refused:
        conditions.check("province", when)
        conditions.met("province", when, ABOUT, tables)
    assert refused.value.parts["file"] == "publications.yml" and refused.value.parts["row"] == "province"


@pytest.mark.parametrize(
    "wrong",
    [
        {"known": 2, "figures": ["jobs_k"]},
        {"known": 1},
        {"known": 1, "figures": ["jobs_k"], "table": "parts", "columns": ["a"]},
        {"known": 0, "figures": ["jobs_k"]},
        {"known": 1, "figures": ["jobs_k"], "reason": {"nl": "Alleen Nederlands."}},
    ],
)
def test_a_condition_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValidationError):
        When(**{**WORDS, **wrong})
