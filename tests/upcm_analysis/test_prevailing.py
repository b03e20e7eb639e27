"""Two tables that print different values of one figure: refused, unless one prevails or prints it less precisely."""

import csv

import pandas as pd
import pytest
from support import forget

from factpress.errors import InputError, UnknownName
from factpress.site import provenance_pages
from factpress.site.imprint import Imprint
from upcm_analysis import pipeline
from upcm_analysis.registers import assumptions, printed, tables
from upcm_analysis.registers.assumptions import numbers
from upcm_analysis.registers.corrections import corrections
from upcm_analysis.registers.sources import register
from upcm_analysis.topics.editions.causes import explained
from upcm_analysis.topics.editions.sides import Side
from upcm_analysis.topics.regions import build as region_build
from upcm_analysis.vocabulary.results import Made

FIRST, SECOND = "werkwijze-upcm-20201016/provinces", "own-count/provinces"
JOBS = "Banen (x 1.000)"


def second(repository, printed, half="0.5", place="Zeeland", name=SECOND):
    """A second table with the jobs of Zeeland, or of all, registered and named in the code lists."""
    with (repository.root / "data/codelists/published_rows.csv").open("a", encoding="utf-8", newline="") as file:
        row = tables.codelist("published_rows").loc[(FIRST, place)]
        csv.writer(file, lineterminator="\n").writerow([name, place, *row])
    with (repository.root / "data/codelists/published_columns.csv").open("a", encoding="utf-8", newline="") as file:
        specs = tables.codelist("published_columns").loc[(FIRST, JOBS, "1")].to_dict() | {"half_unit": half}
        csv.writer(file, lineterminator="\n").writerow([name, JOBS, "1", *specs.values()])
        label = dict.fromkeys(specs, "") | {"holds": "label"}
        csv.writer(file, lineterminator="\n").writerow([name, "Provincie", "1", *label.values()])
    repository.add(name, "facts", ["Provincie", JOBS], [[place, printed]])
    forget()


def prevail(repository, *pairs):
    rows = "".join(f"{one},{other},De nieuwere telling.,The newer count.\n" for one, other in pairs)
    (repository.root / assumptions.PREVAILING).write_text(f"source,over,reason_nl,reason_en\n{rows}", encoding="utf-8")
    forget()


@pytest.fixture
def quick(monkeypatch):
    """Without figures of parts of the industry in places, which take long when a table changes."""
    monkeypatch.setattr(region_build, "build", lambda so_far: Made())


def jobs(edition="2020"):
    fact = pipeline.assemble(edition).facts["jobs_k/province/zeeland"]
    return fact.value, fact.low, fact.high, {name.partition("[")[0] for name in fact.inputs}


def test_another_value_is_refused_with_both_places_and_a_remedy(repository, upcm):
    second(repository, "18")
    with pytest.raises(InputError) as error:
        pipeline.assemble("2020")
    said = error.value.parts
    assert error.value.problem == "two tables print different values of jobs_k/province/zeeland"
    assert (said["file"], said["row"], said["column"]) == (f"data/raw/{SECOND}.csv", "2 (Zeeland)", JOBS)
    assert said["found"] == "18 kjob, printed as 18"
    line = next(row.line for row in tables.read(FIRST).itertuples() if row.row == "Zeeland")
    expected = f"17 kjob, printed as 17 in data/raw/{FIRST}.csv, row {line} (Zeeland), column {JOBS}"
    assert said["expected"] == expected
    for remedy in ("data/prevailing.csv", "data/corrections.yml", "'stored' in data/sources.csv"):
        assert remedy in said["remedy"]
    before = repository.state()
    status, _, problem = upcm("data")
    assert status == 2 and "two tables print different values" in problem and repository.state() == before


def test_the_one_that_prevails_stands_and_widens_nothing(repository, quick):
    second(repository, "18")
    prevail(repository, (SECOND, FIRST))
    assert jobs() == (18, 17.5, 18.5, {SECOND})
    prevail(repository, (FIRST, SECOND))
    assert jobs() == (17, 16.5, 17.5, {FIRST})


def test_a_total_to_fewer_digits_is_no_check_that_fails(repository, quick):
    second(repository, "610", half="5", place="Totaal")
    made = pipeline.assemble("2020")
    assert (made.facts["jobs_k/nl"].low, made.facts["jobs_k/nl"].high) == (607.5, 608.5)
    assert set(made.findings.state) == {"pass", "warn"}


def test_the_same_to_fewer_digits_widens_nothing(repository, quick):
    """20, rounded to tens, is what 17 is rounded to; 30 is not."""
    second(repository, "20", half="5")
    assert jobs() == (17, 16.5, 17.5, {FIRST})
    repository.edit_raw(SECOND, "Zeeland,20", "Zeeland,30")
    with pytest.raises(InputError, match="different values"):
        jobs()


def cell(source, value, low, high, line=2):
    about = {"place": "NL", "cluster": "", "product_group": "", "indicator": "co2_kt", "unit": "ktCO2", "project": ""}
    where = {"source": source, "line": line, "row": f"row {line}", "column": "CO2", "part": 1, "printed": str(value)}
    return {**where, "correction": "", **about, "value": value, "low": low, "high": high}


def published(*cells):
    (found,) = printed.figures(pd.DataFrame(cells, columns=tables.CELL)).itertuples()
    return found.value, found.low, found.high, len(found.inputs)


EXACT, COARSE = cell("a/a", 24170.0, 24169.5, 24170.5), cell("b/b", 24200.0, 24150.0, 24250.0)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (cell("b/b", 24170.0, 24167.5, 24172.5), (24170, 24167.5, 24172.5, 2)),  # the same number, rounded otherwise
        (COARSE, (24170, 24169.5, 24170.5, 1)),
        (cell("b/b", 24000.0, 24000.0, None), (24170, 24169.5, 24170.5, 1)),  # more than
        (cell("b/b", 24170.0, 24170.0, None), (24170, 24169.5, 24170.5, 1)),  # no end to it there
        (cell("b/b", None, 24000.0, 25000.0), (24170, 24169.5, 24170.5, 1)),  # a range
        (cell("b/b", None, None, None), (24170, 24169.5, 24170.5, 1)),  # not known there
        (cell("b/b", 24171.0, 24170.5, 24171.5), None),  # a last digit is a difference
        (cell("b/b", 24300.0, 24250.0, 24350.0), None),
        (cell("b/b", 24180.0, 24180.0, None), None),
        (cell("b/b", None, 24180.0, 25000.0), None),
    ],
)
@pytest.mark.parametrize("turn", [False, True])
def test_what_agrees_with_a_printed_value(other, expected, turn):
    cells = [EXACT, {**other, "line": 3}]
    if expected is None:
        with pytest.raises(InputError, match="different values"):
            published(*(cells[::-1] if turn else cells))
    else:
        assert published(*(cells[::-1] if turn else cells)) == expected


def test_parts_in_one_table_are_added_before_they_are_compared():
    parts = [cell("b/b", 24000.0, 23999.5, 24000.5, 3), cell("b/b", 170.0, 169.5, 170.5, 4)]
    assert published(EXACT, *parts) == (24170, 24169, 24171, 3)
    with pytest.raises(InputError, match="different values"):
        published(EXACT, parts[0], {**parts[1], "value": 200.0, "low": 199.5, "high": 200.5})


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        ([("own-count/none", FIRST)], UnknownName),
        ([(FIRST, SECOND), (SECOND, FIRST)], InputError),
        ([(FIRST, FIRST)], InputError),
        ([(FIRST, SECOND)] * 2, InputError),
    ],
)
def test_a_register_that_decides_nothing_is_refused(repository, pairs, error):
    second(repository, "17")
    prevail(repository, *pairs)
    with pytest.raises(error) as raised:
        pipeline.assemble("2020")
    assert raised.value.parts["file"] == "data/prevailing.csv"


def test_the_page_of_either_table_says_which_prevails_and_why(repository):
    second(repository, "18")
    prevail(repository, (SECOND, FIRST))
    pages = {}
    for name in (FIRST, SECOND):
        row, imprint = register().loc[name], Imprint("", "source", "", "2020", "nl", "")
        pages[name] = provenance_pages.source_page(row, tables.printed(name), [], corrections(name), imprint)
    assert "Deze tabel gaat voor op" in pages[SECOND] and "De nieuwere telling." in pages[SECOND]
    assert "Voorrang heeft" in pages[FIRST] and "A table of a user" in pages[FIRST]


def test_why_a_figure_moved_is_that_another_table_prevails(repository, quick):
    second(repository, "18")
    sides = []
    for pair in ((FIRST, SECOND), (SECOND, FIRST)):
        prevail(repository, pair)
        made = pipeline.assemble("2020")
        sides.append(Side(made.facts.table, made.record))
    changes, _ = explained(*sides, numbers())
    causes = dict(zip(changes.fact_id, changes.causes, strict=True))
    assert f"prevailing/{SECOND}|{FIRST}" in causes["jobs_k/province/zeeland"]
    assert "unknown" not in causes["jobs_k_share/province/zeeland"] and "jobs_k/province/drenthe" not in causes
