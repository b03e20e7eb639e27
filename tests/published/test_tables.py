"""Every figure of the three tables of the Werkwijze, against a second reading of the document."""

from pathlib import Path

import pytest

from factpress.provenance import Provenance
from upcm_analysis.registers import sources

COLUMNS = [  # indicator and unit, in the order of print
    ("jobs_k", "kjob"),
    ("labour_volume_k", "klabour_year"),
    ("organisations_0_50", "organisation"),
    ("organisations_51_100", "organisation"),
    ("organisations_over_100", "organisation"),
    ("turnover_meur", "MEUR"),
    ("value_added_meur", "MEUR"),
    ("value_added_potential_meur", "MEUR"),
    ("co2_kt", "ktCO2"),
    ("co2_reduction_kt", "ktCO2"),
    ("material_mkg", "Mkg"),
]
SECTIONS = {"1.2.1": "product-groups", "1.2.2": "provinces", "1.2.3": "clusters"}
PATHS = {
    "Totaal": "nl",
    "Groningen": "province/groningen",
    "Friesland": "province/fryslan",
    "Drenthe": "province/drenthe",
    "Overijssel": "province/overijssel",
    "Flevoland": "province/flevoland",
    "Gelderland": "province/gelderland",
    "Utrecht": "province/utrecht",
    "Noord Holland": "province/noord-holland",
    "Zuid Holland": "province/zuid-holland",
    "Zeeland": "province/zeeland",
    "Noord Brabant": "province/noord-brabant",
    "Limburg": "province/limburg",
    "Materialen": "cluster/materialen",
    "Verbruiksartikelen": "cluster/verbruiksartikelen",
    "Bouw- en constructie": "cluster/bouw-en-constructie",
    "High Tech (kapitaalgoederen)": "cluster/high-tech",
    "Consumentenproducten": "cluster/consumentenproducten",
}


def second_reading():
    """The rows of `werkwijze_tables.txt`: source, name as printed, and eleven texts as printed."""
    source = None
    for line in Path(__file__).with_name("werkwijze_tables.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            source = "werkwijze-upcm-20201016/" + SECTIONS[line[3:8]]
        elif "\t" in line:
            name, *cells = line.split("\t")
            yield source, name, " ".join(cells).split()


ROWS = list(second_reading())


@pytest.fixture(scope="module")
def origins(edition):
    """The printed cells that a fact was read from, by the source of each."""
    provenance = Provenance(edition.facts, edition.cells, sources.register(), edition.tables["methods"])

    def of(name):
        return {origin.cell["source"]: origin.cell for origin in provenance.trace(name).inputs}

    return of


def path_of(name):
    return PATHS.get(name) or f"product-group/{name[:2]}"


def value_of(text):
    """`+` and `-` are operators of the column's header, `++87` is `+87` with its plus typed twice."""
    return float(text.lstrip("+-").replace(".", ""))


def test_the_second_reading_is_whole():
    assert [sum(source.endswith(table) for source, _, _ in ROWS) for table in SECTIONS.values()] == [14, 13, 6]
    assert {len(texts) for _, _, texts in ROWS} == {11}


@pytest.mark.parametrize(("source", "name", "texts"), ROWS, ids=[f"{s.rpartition('/')[2]}-{n}" for s, n, _ in ROWS])
def test_every_figure_of_a_row(facts, origins, source, name, texts):
    path = path_of(name)
    expected, found = [], []
    for (indicator, unit), text in zip(COLUMNS, texts, strict=True):
        fact = facts[f"{indicator}/{path}"]
        cells = origins(fact.fact_id)
        assert source in cells, f"{fact.fact_id} rests on {list(cells)}"
        cell = cells[source]
        status = "allocated" if source.endswith("provinces") and name != "Totaal" else "published"
        expected.append((indicator, value_of(text), unit, status, name, text))
        printed = cell["printed"].split()[cell["part"] - 1]
        found.append((indicator, fact.value, fact.unit, fact.status, cell["row"], printed))
    assert found == expected


def test_a_total_rests_on_all_three_tables_and_a_part_on_one(origins):
    for indicator, _ in COLUMNS:
        for source, name, _ in ROWS:
            cells = origins(f"{indicator}/{path_of(name)}")
            assert len(cells) == 3 if name == "Totaal" else list(cells) == [source]


@pytest.mark.parametrize(("source", "name", "texts"), ROWS, ids=[f"{s.rpartition('/')[2]}-{n}" for s, n, _ in ROWS])
def test_a_figure_stands_for_half_a_printed_unit_to_either_side(facts, source, name, texts):
    """Organisations by product group are multiples of 5; of a total printed three times the widest interval stands."""
    for (indicator, unit), text in zip(COLUMNS, texts, strict=True):
        fives = unit == "organisation" and (source.endswith("product-groups") or name == "Totaal")
        half, value = 2.5 if fives else 0.5, value_of(text)
        fact = facts[f"{indicator}/{path_of(name)}"]
        assert (fact.low, fact.high) == (max(0, value - half), value + half), fact.fact_id


def test_there_are_no_other_published_figures_of_these_indicators(facts):
    table = facts.table[facts.table.indicator.isin([indicator for indicator, _ in COLUMNS])]
    assert len(table[table.status == "published"]) == len(COLUMNS) * (13 + 5 + 1)
    assert len(table[table.status == "allocated"]) == len(COLUMNS) * 12
    assert set(table.status) == {
        "published",
        "allocated",
        "estimated",
        "refuted",
    }  # the last two: not in the tables
