"""Exhibits: facts as key figures, charts and tables, with all data, in order, and in words for who cannot see them."""

import pytest
from unit.make import fact, facts

from upcm_analysis.evidence.outlines import outlines
from upcm_analysis.telling import exhibits
from upcm_analysis.telling.wording import Teller, figure
from upcm_analysis.words.codelists import NL, Subject, clusters, indicator, product_groups, provinces, subject

SIZES = ["organisations_0_50_pct", "organisations_51_100_pct", "organisations_over_100_pct"]
ZEELAND = subject("province", "zeeland")
MATERIALEN = subject("cluster", "materialen")


@pytest.fixture(params=["nl", "en"])
def teller(edition, request):
    """Tells about a subject in both languages."""
    return lambda about=ZEELAND: Teller(edition.facts, about, request.param)


def every_chart(teller):
    zeeland = teller()
    return {
        "ranking": exhibits.ranking(zeeland, "T", "jobs_k", provinces()),
        "part_of_whole": exhibits.part_of_whole(
            zeeland, "T", "co2_kt", "co2_reduction_kt", "co2_reduction_pct", provinces()
        ),
        "multiples": exhibits.multiples(zeeland, "T", ["jobs_k", "co2_kt"], "province"),
        "profile": exhibits.profile(zeeland, "T", ["co2_kt", "turnover_meur"]),
        "maps": exhibits.maps(zeeland, "T", "co2_reduction_pct", outlines()),
        "parts": exhibits.parts(zeeland, "T", SIZES),
    }


def cells(block):
    return [cell for row in block.data.rows for cell in row.cells]


def test_a_chart_carries_its_data_at_full_precision(teller):
    table = teller().facts
    for name, chart in every_chart(teller).items():
        found = [cell for cell in cells(chart) if cell.fact]
        assert found and all(cell.value == table[cell.fact].value for cell in found), name
        assert {cell.fact for cell in found} <= set(chart.facts), name
        assert len(set(chart.facts)) == len(chart.facts), name


def test_a_chart_says_in_words_what_it_shows(teller):
    """Small multiples show one value each: that of the subject itself."""
    for name, chart in every_chart(teller).items():
        rows = [row for row in chart.data.rows if name != "multiples" or row.role == "own"]
        assert all(cell.text.rstrip("%") in chart.alt for row in rows for cell in row.cells[:2]), name
        if name not in ("multiples", "parts"):
            assert all(row.label in chart.alt for row in rows), name


def test_a_picture_for_each_small_multiple_and_one_of_other_charts(teller):
    for name, chart in every_chart(teller).items():
        assert len(chart.pictures) == (2 if name in ("multiples", "maps") else 1)
        assert len(chart.captions) == (2 if name == "multiples" else 0)


@pytest.mark.parametrize("code", ["co2_kt", "jobs_k", "organisations", "co2_kt_without_38"])
def test_an_amount_does_not_go_on_a_map(teller, code):
    assert indicator(code).additive
    with pytest.raises(ValueError, match="amount"):
        exhibits.maps(teller(), "T", code, {})


def test_a_ranking_is_high_to_low_with_this_subject_marked(teller):
    chart = exhibits.ranking(teller(), "T", "jobs_k", provinces())
    values = [cell.value for cell in cells(chart)]
    assert values == sorted(values, reverse=True) and len(values) == 12
    assert [row.label for row in chart.data.rows if row.role == "own"] == ["Zeeland"]


def test_a_ranking_of_others_marks_none(teller):
    chart = exhibits.ranking(teller(MATERIALEN), "T", "co2_kt", product_groups())
    assert {row.role for row in chart.data.rows} == {""}


@pytest.mark.parametrize(
    ("whole", "part", "pct", "shown"),
    [
        ("co2_kt", "co2_reduction_kt", "co2_reduction_pct", "\u221274"),
        ("value_added_meur", "value_added_potential_meur", "value_added_potential_pct", "+94"),
    ],
)
def test_a_potential_comes_on_top_or_goes_off_as_in_the_source(teller, whole, part, pct, shown):
    chart = exhibits.part_of_whole(teller(), "T", whole, part, pct, provinces())
    assert f"({shown})" in chart.pictures[0]


def test_a_table_of_all_subjects_in_their_order_with_totals(teller):
    table = exhibits.comparison(teller(MATERIALEN), "T", ["jobs_k", "co2_kt"], "cluster", without=True)
    assert [row.label for row in table.data.rows[:5]] == [one.name(table.language) for one in clusters()]
    assert [row.role for row in table.data.rows] == ["own", "", "", "", "", "total", "total"]
    assert [[cell.value for cell in row.cells] for row in table.data.rows[5:]] == [[608, 24_170], [583, 16_820]]
    assert "co2_kt_without_38/nl" in table.facts
    without = exhibits.comparison(teller(MATERIALEN), "T", ["jobs_k"], "cluster")
    assert [row.role for row in without.data.rows] == ["own", "", "", "", "", "total"]


def test_an_overview_has_value_share_and_place(teller):
    row = exhibits.overview(teller(), "T", ["jobs_k"]).data.rows[0]
    assert [cell.fact for cell in row.cells] == [
        "jobs_k/province/zeeland",
        "",
        "jobs_k_share/province/zeeland",
        "jobs_k_rank/province/zeeland",
    ]
    assert row.cells[3].text == "9–11"


def test_a_rate_has_no_share(teller):
    row = exhibits.overview(teller(), "T", ["value_added_per_job_keur"]).data.rows[0]
    assert (row.cells[2].text, row.cells[2].value) == ("–", None)


def test_what_was_allocated_is_not_ranked(teller):
    """The CO₂ of a province was spread by the programme: its place would say nothing about the province."""
    row = exhibits.overview(teller(), "T", ["co2_kt"]).data.rows[0]
    assert (row.cells[3].text, row.cells[3].fact) == ("–", "")
    strip = exhibits.key_figures(teller(), ["co2_kt", "jobs_k"])
    assert "co2_kt_rank/province/zeeland" not in strip.facts and "jobs_k_rank/province/zeeland" in strip.facts


def test_key_figures_stand_in_proportion(teller):
    first, second = exhibits.key_figures(teller(), ["jobs_k", "value_added_per_job_keur"]).items
    assert first.figure in ("17.000", "17,000") and first.unit in ("banen", "jobs")
    assert first.context[0].text.startswith(("2,8%", "2.8%"))
    national = teller().facts["value_added_per_job_keur/nl"]
    assert figure(national, teller().language) in second.context[0].text  # a rate has no share: beside the national one


def test_key_figures_of_the_netherlands_stand_alone(teller):
    strip = exhibits.key_figures(teller(NL), ["jobs_k", "newsletter_subscribers"])
    assert [item.context for item in strip.items] == [[], []]
    assert strip.items[1].figure == "> 400"


def test_a_missing_value_is_printed_as_a_sign_and_has_no_value():
    missing = exhibits.cell(fact("jobs_k", float("nan")), "nl")
    assert (missing.text, missing.value) == (".", None)


def test_a_missing_value_comes_last():
    made = [
        fact("co2_kt", value, about=Subject(cluster=one.cluster))
        for value, one in zip([float("nan"), 3.0, 1.0, 5.0, 2.0], clusters(), strict=True)
    ]
    chart = exhibits.ranking(Teller(facts(*made), NL, "nl"), "T", "co2_kt", clusters())
    assert [cell.text for cell in cells(chart)] == ["5", "3", "2", "1", "."]
