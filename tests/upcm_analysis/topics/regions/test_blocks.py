"""What is possible of parts of the industry in places: in the order given, each estimate with its bounds, in both languages."""

import math
import re

import pandas as pd
import pytest
from make import fact, facts

from factpress import exhibits
from factpress.dimensions import Subject, subject
from factpress.facts import Facts
from factpress.publisher import publisher
from factpress.wording import Teller
from factpress.wording.figures import WORDS
from upcm_analysis.topics.regions import estimate_blocks as blocks
from upcm_analysis.vocabulary.subjects import product_groups, provinces

ZEELAND = subject("province", "zeeland")
MATERIALEN = subject("cluster", "materialen")


@pytest.fixture(params=["nl", "en"])
def confidential(edition, request):
    """Tells about Zeeland, of which all figures of Materialen are suppressed in every form."""
    table = edition.facts.table.copy()
    hidden = (table.place == "PV29") & (table.cluster == "materialen")
    table.loc[hidden, ["value", "low", "high"]] = math.nan
    table.loc[hidden, ["status", "sign"]] = ["suppressed", "."]
    return lambda about=ZEELAND: Teller(Facts(table), about, request.param)


def cells(block):
    return [cell for row in block.data.rows for cell in row.cells]


def of_zeeland(teller, code="group_share_pct"):
    among = [Subject("PV29", product_group=one.product_group) for one in product_groups()]
    return blocks.ranges(teller(), "T", code, among)


def of_materialen(teller, about=ZEELAND):
    among = [Subject(one.place, "materialen") for one in provinces()]
    return blocks.ranges(teller(about), "T", "co2_kt", among, pro_rata=True)


HERE, REFUSED = Subject("PV29", "materialen"), Subject("PV29", "high-tech")


def test_ranges_keep_the_order_of_their_subjects_and_rank_nobody(teller):
    chart = of_materialen(teller)
    assert [row.label for row in chart.data.rows] == [one.name(chart.language) for one in provinces()]
    (own,) = (row.label for row in of_materialen(teller, Subject("PV29", "materialen")).data.rows if row.role == "own")
    assert own == "Zeeland" and {row.role for row in chart.data.rows} == {""}


def test_ranges_give_every_estimate_with_its_bounds_and_refused_ones_have_no_value(teller):
    for chart in (of_zeeland(teller), of_materialen(teller)):
        table = teller().facts
        told = 0
        for row in chart.data.rows:
            estimate, possible, *rest = row.cells
            fact = table[estimate.fact]
            assert possible.fact == estimate.fact and possible.value is None
            assert possible.text in chart.alt and possible.text in chart.pictures[0]
            assert row.label in chart.alt and ("–" in possible.text) == (not fact.refuted)
            if fact.refuted:
                assert {cell.text for cell in row.cells} == {WORDS[chart.language]["withheld"]["refuted"]}
            elif fact.unknown:
                assert (estimate.text, estimate.value) == (".", None)
            else:
                told += 1
                assert estimate.value == fact.value and estimate.text in chart.alt
            known = [cell for cell in rest if not table[cell.fact].unknown]
            assert [table[cell.fact].value for cell in known] == [cell.value for cell in known]
        assert chart.pictures[0].count("<circle") == told
        assert set(chart.facts) >= {cell.fact for cell in cells(chart) if cell.fact}


def test_a_range_chart_speaks_of_estimates_only_where_it_has_some(teller):
    spoken = {"nl": "schatting", "en": "estimate"}[teller().language]
    assert spoken in of_materialen(teller).subtitle
    assert spoken not in of_zeeland(teller).subtitle  # of no product group is there an estimate in Zeeland


def test_a_table_of_estimates_has_a_row_an_indicator(teller):
    table = blocks.estimates(teller(), "T", ["jobs_k", "co2_kt"], Subject("PV29", "materialen"))
    jobs, co2 = ([cell.text for cell in row.cells[1:]] for row in table.data.rows)
    assert [jobs[0], jobs[1].replace(",", ".")] == [".", "1.2–5.9"] and co2 == ["670", "384–725"]


def test_ranges_of_what_is_not_known_at_all(sparse):
    for chart in (of_zeeland(sparse), of_materialen(sparse)):
        assert "nan" not in chart.pictures[0].lower()
        assert any(cell.text == "." for cell in cells(chart)) or chart.data.rows


def test_positions_are_parts_of_the_province_or_of_the_cluster(teller):
    table = teller().facts
    for form, whole in (("of_province", "co2_kt/province/zeeland"), ("of_cluster", "co2_kt/cluster/materialen")):
        chart = blocks.positions(teller(HERE), "T", ["jobs_k", "co2_kt"], form)
        jobs, co2 = chart.data.rows
        part, amount = table[co2.cells[0].fact], table["co2_kt/cluster-province/materialen-zeeland"]
        assert part.value == pytest.approx(100 * amount.value / table[whole].value)
        assert part.low <= 100 * amount.low / table[whole].value and part.high >= 100 * amount.high / table[whole].value
        assert (jobs.cells[0].text, jobs.cells[0].value) == (".", None)
        assert chart.pictures[0].count("<circle") == 1 and "%" in chart.subtitle
    refused = blocks.positions(teller(REFUSED), "T", ["jobs_k", "co2_kt"], "of_province")
    assert "<circle" not in refused.pictures[0] and {row.cells[0].value for row in refused.data.rows} == {None}


def test_what_the_key_allows_is_headed_so_wherever_it_is_shown(teller):
    key = {"nl": "volgens de verdeelsleutel van het programma", "en": "by the programme's distribution key"}
    shown = [
        of_zeeland(teller),
        of_materialen(teller),
        blocks.positions(teller(HERE), "T", ["jobs_k", "co2_kt"], "of_cluster"),
        blocks.estimates(teller(), "T", ["jobs_k"], HERE),
    ]
    for block in shown:
        said = key[block.language]
        assert any(column.label.lower() == said for column in block.data.columns)
        assert getattr(block, "subtitle", said).endswith(said) or said in block.subtitle
        assert said in getattr(block, "alt", said)
        assert not re.search(r"\b(mogelijk|possible) [\d.,]", getattr(block, "alt", ""))
    assert {"nl": "volgens de sleutel 384–725", "en": "by the key 384–725"}[shown[1].language] in shown[1].alt
    strip = exhibits.key_figures(teller(HERE), ["jobs_k", "co2_kt"])
    short = {"nl": "volgens de verdeelsleutel", "en": "by the distribution key"}[
        strip.language
    ]  # the note has all of it
    assert all(item.context[0].text.startswith(short) for item in strip.items)


def test_provinces_with_point_sources_in_place_stand_beside_what_was_published(teller):
    """Made-up figures: of this edition there is no such estimate."""
    made_up = [fact("co2_anchored_kt", 900 + 10 * n, 500, 1500, about) for n, about in enumerate(provinces())]
    table = Facts(pd.concat([teller().facts.table, facts(*made_up).table], ignore_index=True))
    chart = blocks.ranges(
        Teller(table, ZEELAND, teller().language), "T", "co2_anchored_kt", provinces(), published="co2_kt"
    )
    assert [row.label for row in chart.data.rows] == [one.name(chart.language) for one in provinces()]
    assert [column.label for column in chart.data.columns][-1] == blocks.WORDS[chart.language]["beside"]["published"][
        "name"
    ]
    for row, about in zip(chart.data.rows, provinces(), strict=True):
        estimate, possible, published = row.cells
        assert (estimate.fact, published.fact) == (f"co2_anchored_kt/{about.path}", f"co2_kt/{about.path}")
        assert (
            published.value == table[published.fact].value
            and published.text in chart.alt
            and possible.text in chart.alt
        )
    words = blocks.WORDS[chart.language]
    assert words["beside"]["published"]["ranges"] in chart.subtitle and "%" not in chart.subtitle
    assert chart.data.columns[1].label == words["placed"]["possible"]
    assert {"nl": "mogelijk 500–1.500", "en": "possible 500–1,500"}[chart.language] in chart.alt  # sources are no key


def test_what_is_suppressed_has_no_bar_and_is_a_word_in_a_chart_and_a_sign_in_a_table(confidential):
    among = [Subject(one.place, "materialen") for one in provinces()]
    chart = blocks.ranges(confidential(), "T", "co2_kt", among, pro_rata=True)
    word, row = WORDS[chart.language]["withheld"]["suppressed"], [one.place for one in among].index("PV29")
    assert {cell.text for cell in chart.data.rows[row].cells} == {"."}
    refuted = exhibits.key_figures(confidential(Subject("PV27", "materialen")), ["co2_kt"]).items[0]
    assert refuted.figure == WORDS[chart.language]["withheld"]["refuted"] and refuted.value is None
    assert refuted.context[0].text == publisher().words(chart.language)["figures"]["refuted"]
    assert all(cell.value is None for cell in chart.data.rows[row].cells)
    assert f"Zeeland: {word};" in chart.alt and f">{word}<" in chart.pictures[0] and "nan" not in chart.pictures[0]
    table = blocks.estimates(confidential(), "T", ["co2_kt", "jobs_k"], among[row])
    assert all({cell.text for cell in one.cells[1:]} <= {".", "–"} for one in table.data.rows)
    about = Subject("PV29", "materialen")
    parts = blocks.positions(confidential(about), "T", ["co2_kt", "jobs_k"], "of_province")
    assert parts.alt.count(word) == 2 and "nan" not in parts.pictures[0]
    strip = exhibits.key_figures(confidential(about), ["co2_kt"])
    assert strip.items[0].figure == word and strip.items[0].value is None and len(strip.items[0].context) == 3
