"""Tables of CBS StatLine: fetched from a stand-in of the service, stored with signs, statuses and version, and read back."""

import csv
import datetime
import io
import re
import shlex
import socket

import openpyxl
import pandas as pd
import pytest
import statline_service
from support import ROOT, forget

from factpress.codelists import codelist
from factpress.errors import InputError
from upcm_analysis.intake import statline
from upcm_analysis.registers import sources, tables

SAID = ("--title", "Emissies naar lucht", "--publisher", "CBS")
TABLE, NAME = statline_service.TABLE, "cbs-83300ned/statline-2025-11-20"


@pytest.fixture
def service(monkeypatch):
    monkeypatch.setattr(statline, "PAUSE", 0)
    monkeypatch.setattr(statline, "today", lambda: datetime.date(2026, 1, 5))
    with statline_service.running() as made:
        monkeypatch.setenv("UPCM_CBS_SERVICE", made.address)
        yield made


def data(repository):
    """Every file of the data, as it is."""
    return {
        path: path.read_bytes()
        for path in (repository.root / "data").rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def test_a_whole_table_is_stored_with_signs_statuses_and_version(repository, service, upcm):
    status, said, _ = upcm("data", "cbs", TABLE)
    assert status == 0 and f"added: data/raw/{NAME}.csv" in said
    assert "signs: . (11×), - (11×), x (1×), blank (1×)" in said and "provisional: 2020*, 2022*, 2023*" in said
    found = statline.read(NAME)
    assert found.header == ["Bedrijfstakken", "Perioden", "CO2_1", "Zwavel_2"] and len(found.rows) == 34
    assert found.rows[0] == ["X00000", "2020JJ00", "18706", "1.5"] and found.rows[-1] == ["X99999", "2020JJ00", "x", ""]
    assert found.retrieval["modified"] == service.modified and found.retrieval["retrieved"] == "2026-01-05"
    assert found.parts["Perioden"]["2020JJ00"]["status"] == "Voorlopig"
    assert found.parts["DataProperties"]["CO2_1"]["unit"] == "mln kg"
    assert found.parts["TableInfos"]["Summary"]["title"] == "Een samenvatting"
    registered = sources.verify().loc[NAME]
    assert registered.role == "stored" and registered.section == "versie 2025-11-20, opgehaald 2026-01-05"
    assert sum("skip" in path for path in service.asked) == 4 + 1  # 34 figures and 12 branches, seven at a time


def test_columns_and_codes_are_selected_by_key_or_title(repository, service, upcm):
    chosen = [
        "--select",
        "CO2",
        "--select",
        "Bedrijfstakken=20 Chemische industrie, C Industrie",
        "--select",
        "Perioden=2022JJ00",
    ]
    status, _, _ = upcm("data", "cbs", TABLE, *chosen, "--id", "cbs-83300ned/chemistry")
    assert status == 0
    assert statline.read("cbs-83300ned/chemistry").rows == [
        ["X00000", "2022JJ00", "15843"],
        ["X00010", "2022JJ00", "41281"],
    ]
    asked = next(path for path in service.asked if "UntypedDataSet" in path)
    assert "X00000++" in asked  # the key with the spaces that CBS puts behind it


@pytest.mark.parametrize(
    ("selection", "problem"),
    [
        ("CO3_1", "unknown column of the table: 'CO3_1'"),
        ("Perioden=2020", "unknown code of Perioden: '2020'"),
        ("CO2_1=3", "codes of a column of figures"),
    ],
)
def test_a_selection_of_what_is_not_there_is_refused_by_name(repository, service, upcm, selection, problem):
    before = data(repository)
    status, _, said = upcm("data", "cbs", TABLE, "--select", selection)
    assert status == 2 and problem in said and "expected:" in said and data(repository) == before


def test_a_table_that_there_is_none_of_is_refused(repository, service, upcm):
    status, _, said = upcm("data", "cbs", "83300ned")
    assert status == 2 and "no such table" in said and "capitals count" in said
    assert upcm("data", "cbs", "../x")[0] == 2
    assert upcm("data", "cbs", TABLE, "--service", "opendata")[0] == 2


def test_what_can_be_selected_is_shown(repository, service, upcm):
    before = data(repository)
    status, said, _ = upcm("data", "cbs", TABLE, "--look")
    assert status == 0 and data(repository) == before
    assert all(text in said for text in ("CO2_1", "mln kg", "X00010", "C Industrie", "2023JJ00", "Voorlopig"))


@pytest.mark.parametrize(("faults", "times"), [(["error"], 1), (["drop", "page"], 2), (["slow"], 1)])
def test_a_fault_that_passes_is_passed_over(repository, service, upcm, monkeypatch, faults, times):
    monkeypatch.setattr(statline, "TIMEOUT", (1, 0.3))
    service.faults = list(faults)
    status, _, _ = upcm("data", "cbs", TABLE)
    assert status == 0 and sum("TableInfos" in path for path in service.asked) == times + 2
    sources.verify()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("error", "answers with an error (500)"),
        ("406", "answers with an error (406)"),
        ("drop", "cannot be reached or breaks off"),
        ("slow", "does not answer within 0.2 s"),
        ("page", "answers something else than OData 3"),
    ],
)
@pytest.mark.parametrize("after", [0, 9])
def test_a_fault_that_stays_is_said_in_one_line_and_nothing_is_written(
    repository, service, upcm, monkeypatch, fault, said, after
):
    monkeypatch.setattr(statline, "TIMEOUT", (1, 0.2))
    before = data(repository)
    service.faults = [""] * after + [fault] * 99
    status, out, problem = upcm("data", "cbs", TABLE)
    assert status == 1 and out == "" and problem.count("\n") == 1
    assert said in problem and "nothing was written" in problem and data(repository) == before


def nowhere():
    """The address of a port at which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_without_a_connection_the_stored_version_stands(repository, service, upcm):
    arguments = ("data", "cbs", TABLE, "--select", "CO2_1")
    away = ("--service", nowhere())
    status, _, said = upcm(*arguments, *away)
    assert status == 1 and said.count("\n") == 1 and "see to the connection" in said
    assert upcm(*arguments, "--offline")[0] == 2
    assert upcm(*arguments)[0] == 0
    before, asked = data(repository), len(service.asked)
    for how in (away, ("--offline",)):
        status, said, _ = upcm(*arguments, *how)
        assert status == 0 and f"{NAME}: version 2025-11-20" in said and "retrieved 2026-01-05" in said
    assert data(repository) == before and len(service.asked) == asked
    assert upcm("data", "cbs", TABLE, *away)[0] == 1  # another selection is another table


def test_a_new_version_is_stored_beside_the_earlier_one_and_the_same_is_not_stored_twice(repository, service, upcm):
    assert upcm("data", "cbs", TABLE)[0] == 0
    before = data(repository)
    status, said, _ = upcm("data", "cbs", TABLE)
    assert status == 0 and "not changed it" in said and data(repository) == before
    service.modified = "2026-11-19T02:00:00"
    assert upcm("data", "cbs", TABLE)[0] == 0
    assert [one.version for one in statline.stored(TABLE)] == ["2025-11-20", "2026-11-19"]
    status, _, said = upcm("data", "cbs", TABLE, "--select", "CO2_1")
    assert status == 2 and "--id" in said  # the name is taken by the whole table


def test_a_table_that_changes_while_it_is_fetched_is_not_stored(repository, service, upcm, monkeypatch):
    first = statline.info

    def later(*arguments):
        found = first(*arguments)
        service.modified = "2026-11-19T02:00:00"
        return found

    monkeypatch.setattr(statline, "info", later)
    status, _, said = upcm("data", "cbs", TABLE)
    assert status == 1 and "changed table" in said


def test_branches_become_the_comparison_that_the_repository_has(repository, service, upcm, tmp_path):
    """From the service to the raw shape that the pipeline reads: the same figures that were taken over by hand."""
    assert upcm("data", "cbs", TABLE)[0] == 0
    status, said, _ = upcm("data", "branches", NAME, str(tmp_path / "co2.csv"), "--topic", "CO2_1")
    assert status == 0 and "31-33 Overige industrie en reparatie" in said and "mln kg" in said
    header, *made = csv.reader(io.StringIO((tmp_path / "co2.csv").read_text()))
    expected = tables.printed("cbs-83300ned/direct-co2")
    assert (header, [[text.replace(".", "") for text in row] for row in expected[1]]) == (expected[0], made)
    status, _, _ = upcm(
        "data",
        "add",
        str(tmp_path / "co2.csv"),
        "--id",
        "cbs-83300ned/direct-co2-again",
        "--title",
        "Emissies",
        "--publisher",
        "CBS",
    )
    assert status == 0 and tables.printed("cbs-83300ned/direct-co2-again") == (header, made)


def test_the_branches_take_the_place_of_the_comparison_as_the_document_says(repository, service, upcm, tmp_path):
    """The role, and the rows and columns under the new id: then the pipeline reads the same figures from it."""
    before = tables.cells("2020", "comparison")
    new, old = "cbs-83300ned/direct-co2-2025", "cbs-83300ned/direct-co2"
    made = str(tmp_path / "co2.csv")
    for call in (("cbs", TABLE), ("branches", NAME, made, "--topic", "CO2_1"), ("add", made, "--id", new, *SAID)):
        assert upcm("data", *call)[0] == 0
    repository.edit("data/sources.csv", f"{old},2020,comparison,", f"{old},2020,stored,")
    repository.edit("data/sources.csv", f"{new},2020,stored,", f"{new},2020,comparison,")
    for name in ("published_rows", "published_columns"):
        path = repository.root / f"data/codelists/{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(f"{old},", f"{new},"), encoding="utf-8")
    forget()
    after = tables.cells("2020", "comparison")
    keys = ["product_group", "indicator"]
    now = after[after.source == new].set_index(keys)
    was = before[before.source == old].set_index(keys)
    pd.testing.assert_frame_equal(now[["value", "low", "high", "unit"]], was[["value", "low", "high", "unit"]])


def test_the_branches_are_the_product_groups_that_the_comparison_is_read_as():
    listed = codelist("cbs_branches").loc["83300NED"]
    read = codelist("published_rows").loc["cbs-83300ned/direct-co2"]
    assert list(listed.index) == list(read.index)
    groups = set(codelist("product_groups").index)
    for branch, row in listed.iterrows():
        assert set(row.product_groups.split()) <= groups and not set(row.other_sbi.split()) & groups
        low, _, high = branch.partition("-")
        if branch != "C":
            covered = {part for part in [*row.product_groups.split(), *row.other_sbi.split()]}
            assert covered == {str(number) for number in range(int(low), int(high or low) + 1)}
            assert read.product_group[branch] == branch


@pytest.mark.parametrize(
    ("selection", "topic", "problem"),
    [
        (["Bedrijfstakken=X00000"], "CO2_1", "10 branches are not once"),
        ([], "CO3_1", "unknown column of figures"),
        ([], "Zwavel_2", ""),
    ],
)
def test_branches_that_are_not_all_there_are_refused(repository, service, upcm, tmp_path, selection, topic, problem):
    chosen = [part for one in selection for part in ("--select", one)]
    assert upcm("data", "cbs", TABLE, *chosen)[0] == 0
    status, _, said = upcm("data", "branches", NAME, str(tmp_path / "made.csv"), "--topic", topic)
    if problem:
        assert status == 2 and problem in said and not (tmp_path / "made.csv").exists()
    else:
        assert status == 0 and (tmp_path / "made.csv").read_text().splitlines()[1] == '20,"1,5",.,-'


def test_a_stored_table_that_is_none_is_refused(repository):
    with pytest.raises(InputError, match="unknown stored table"):
        statline.branches("cbs-83300ned/direct-co2", "CO2_1")


def test_an_edition_is_what_it_was_with_a_stored_table_beside_it(repository, service, upcm):
    before = sources.used()
    assert upcm("data", "cbs", TABLE)[0] == 0
    pd.testing.assert_frame_equal(sources.used(), before)
    assert sources.in_use().decode().count("\n") == len(before) + 1


def test_the_commands_of_the_document_do_what_it_says(repository, service, upcm, tmp_path, monkeypatch):
    """All of docs/data.md, one after the other."""
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    for line in (["Provincie", "Banen"], ["Zeeland", 17000], ["Drenthe", 17]):
        book.active.append(line)
    book.save("tabel.xlsx")
    text = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    calls = [shlex.split(one, comments=True) for one in re.findall(r"^upcm (.*)$", text, re.M)]
    assert len(calls) == 7
    for call in calls:
        status, _, said = upcm(*call)
        assert status == 0, (call, said)
    added = {"eigen-telling/banen-2024", NAME, f"{NAME}-metadata", "cbs-83300ned/direct-co2-2025"}
    assert added <= set(sources.verify().index)
