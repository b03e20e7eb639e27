"""Publications under a scenario: built in a place of their own, and nothing in them can be taken for what is published."""

import json
import re
import shutil
from collections import Counter

import openpyxl
import pandas as pd
import pypdf
import pytest
from support import ROOT, copy
from test_built import upcm

ONLY = "cluster/consumentenproducten"
TABLES = "data/processed/2020"
#: What is built: of a cluster as published and under a scenario, of the Netherlands under a scenario.
BUILT = [("published", ONLY), ("central", ONLY), ("central", "national", "--language", "nl")]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A copy of the repository with a few publications as published and under a scenario, in both languages."""
    root = tmp_path_factory.mktemp("scenario") / "copy"
    copy(root)
    if (ROOT / TABLES).is_dir():  # made by the same data and code, they need not be made again
        shutil.copytree(ROOT / TABLES, root / TABLES)
    for scenario, only, *more in BUILT:
        made = upcm(root, "report", "--only", only, "--scenario", scenario, *more)
        assert made.returncode == 0, made.stderr
    return root


def pages(root, edition):
    return sorted(path.parent / "index.html" for path in (root / "reports" / edition).glob("*/*/*/made-of.json"))


def test_a_scenario_has_a_place_of_its_own_and_the_published_edition_says_nothing_of_it(root):
    assert {path.name for path in (root / "reports").glob("2020*")} == {"2020", "2020.central"}
    for path in (root / "reports/2020").rglob("*"):
        if path.is_file() and path.suffix in (".html", ".csv", ".json"):
            text = path.read_text(encoding="utf-8")
            assert "@central" not in text and "Scenario central" not in text, path
    facts = pd.read_csv(root / "reports/2020/facts.csv", keep_default_na=False)
    assert set(facts.scenario) == {"published"}


def test_every_page_names_the_scenario_at_its_top(root):
    every = [*(root / "reports/2020.central").rglob("*.html")]
    assert len(every) > 8  # indexes, sources, origins and publications
    for path in every:
        head = path.read_text(encoding="utf-8").partition("<h1")[0]
        assert re.search(r"Scenario central: (illustratie|illustration)", head), path
        assert "scenario central" in head.partition("<main")[0], path  # in the running head too


def test_every_file_that_is_taken_away_names_the_scenario(root):
    for path in (root / "reports/2020.central").glob("*/*/*/**/*"):
        if path.suffix in (".pdf", ".xlsx", ".csv"):
            assert ".central." in path.name, path
    for page in pages(root, "2020.central"):
        shown = set(re.findall(r'href="([^"/]+\.(?:pdf|xlsx|csv))"', page.read_text(encoding="utf-8")))
        assert len(shown) == 3 and all((page.parent / name).is_file() for name in shown)


def test_pdf_and_workbook_name_the_scenario(root):
    for path in (root / "reports/2020.central").glob("*/*/*/*.pdf"):
        for page in pypdf.PdfReader(path).pages:
            assert "scenario central" in page.extract_text(), path
    for path in (root / "reports/2020.central").glob("*/*/*/*.xlsx"):
        cover = openpyxl.load_workbook(path).worksheets[0]
        assert any("Scenario central" in str(cell.value) for cell in cover["A"]), path


def test_every_chart_and_table_with_a_figure_of_the_scenario_says_so_in_its_title(root):
    found = 0
    for path in (root / "reports/2020.central").glob("*/*/*/notebook.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                block = output["data"].get("application/vnd.factpress.block+json", {})
                if any(name.endswith("@central") for name in block.get("facts", [])):
                    found += 1
                    assert block["title"].startswith("Scenario central: "), block["title"]
                    assert any("llustrati" in note for note in block["notes"]), block["title"]
    assert found == 7 + 2 * 5  # of the Netherlands, and of a cluster in both languages


#: That the medians of parts are not the median of the whole.
PARTS = {
    "nl": "de middens van delen tellen niet op tot dat van het geheel",
    "en": "the middles of parts do not add up to that of the whole",
}


def test_medians_of_parts_are_said_not_to_add_up_on_every_page(root):
    """At least once, in both languages; where no scenario is told there are none."""
    told = Counter()
    for page in pages(root, "2020.central"):
        language = page.relative_to(root / "reports/2020.central").parts[0]
        assert PARTS[language] in page.read_text(encoding="utf-8"), page
        told[language] += 1
    assert told == {"nl": 2, "en": 1}
    assert not any(PARTS["nl"] in page.read_text(encoding="utf-8") for page in pages(root, "2020"))


def test_what_is_published_is_the_same_number_in_both(root):
    """Never mixed: no published figure changes because a scenario is told beside it."""
    for page in pages(root, "2020"):
        place = page.parent.relative_to(root / "reports/2020")
        plain = pd.read_csv(page.parent / "facts.csv", keep_default_na=False)
        under = pd.read_csv(root / "reports/2020.central" / place / "facts.central.csv", keep_default_na=False)
        same = under[under.scenario == "published"].reset_index(drop=True)
        assert set(plain.fact_id) <= set(same.fact_id)
        pd.testing.assert_frame_equal(same[same.fact_id.isin(plain.fact_id)].reset_index(drop=True), plain)
        assert (under[under.scenario == "central"].status == "assumed").all()


def test_the_claims_of_a_project_are_facts_of_its_cluster_with_what_is_not_attributed(root):
    facts = pd.read_csv(root / "reports/2020/facts.csv", keep_default_na=False).set_index("fact_id")
    about = "cluster/consumentenproducten"
    values = {
        name: facts.loc[f"project_co2_{name}kt/{about}", "value"]
        for name in ("", "life_", "recycling_", "unattributed_")
    }
    assert [float(value) for value in values.values()] == [26, 17, 3, 6]
    empty = facts.loc[f"project_co2_design_kt/{about}"]
    assert (empty["value"], empty["sign"], empty["status"]) == ("", ".", "derived")
