"""Exhibits: facts as key figures, charts and tables, with all data, in order, and in words for who cannot see them."""

import pytest
from make import fact, facts

from factpress import exhibits
from factpress.dimensions import Subject, subject
from factpress.errors import InputError
from factpress.wording import Teller, figure
from factpress.wording.figures import WORDS
from upcm_analysis.vocabulary.subjects import NL, clusters, product_groups, provinces

SIZES = ["organisations_0_50_pct", "organisations_51_100_pct", "organisations_over_100_pct"]
ZEELAND = subject("province", "zeeland")
MATERIALEN = subject("cluster", "materialen")


#: Charts that put one subject above another, or beside the Netherlands, by their names.
COMPARING = {
    "ranking": lambda told, among: exhibits.ranking(told, "T", "jobs_k", among),
    "part_of_whole": lambda told, among: exhibits.part_of_whole(
        told, "T", "co2_kt", "co2_reduction_kt", "co2_reduction_pct", among
    ),
    "multiples": lambda told, among: exhibits.multiples(told, "T", ["jobs_k", "co2_kt"], among[0].kind),
    "profile": lambda told, _: exhibits.profile(told, "T", ["co2_kt", "turnover_meur"], "jobs_k"),
    "parts": lambda told, _: exhibits.parts(told, "T", SIZES, "S", "Sub"),
}


def every_chart(teller):
    return {
        **{name: make(teller(MATERIALEN), clusters()) for name, make in COMPARING.items()},
        "maps": exhibits.maps(teller(), "T", "co2_reduction_pct"),
        "share_bars": exhibits.share_bars(teller(), "T", ["jobs_k", "co2_kt"]),
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
        assert len(chart.pictures) == (2 if name == "multiples" else 1)
        assert len(chart.captions) == (2 if name == "multiples" else 0)


@pytest.mark.parametrize("name", COMPARING)
def test_no_chart_compares_what_was_allocated(teller, name):
    """It names the figures, why they are not compared, and what to use instead."""
    with pytest.raises(InputError, match=r"allocated figures in a(n order|\ comparison)") as error:
        COMPARING[name](teller(), provinces())
    assert "/province/" in error.value.parts["found"] and "divided over places" in error.value.parts["expected"]
    assert "'map', 'share_bars'" in error.value.parts["remedy"]


def test_a_ranking_is_high_to_low_with_this_subject_marked(teller):
    chart = exhibits.ranking(teller(MATERIALEN), "T", "jobs_k", clusters())
    values = [cell.value for cell in cells(chart)]
    assert values == sorted(values, reverse=True) and len(values) == 5
    assert [row.label for row in chart.data.rows if row.role == "own"] == [MATERIALEN.name(chart.language)]


def test_shares_stand_in_the_order_that_was_asked_for_and_none_is_marked(teller):
    for codes in (["jobs_k", "co2_kt", "turnover_meur"], ["turnover_meur", "jobs_k", "co2_kt"]):
        chart = exhibits.share_bars(teller(), "T", codes)
        assert [cell.fact for cell in cells(chart)] == [f"{code}_share/province/zeeland" for code in codes]
        assert {row.role for row in chart.data.rows} == {""} and "→" not in chart.pictures[0]


def test_a_ranking_has_those_apart_first_and_marks_those_it_is_told_to(teller):
    waste, chemicals = (Subject(product_group=code) for code in ("38", "20"))
    apart = {"marked": [chemicals], "apart": [waste]}
    chart = exhibits.ranking(teller(NL), "T", "value_added_potential_meur", product_groups(), **apart)
    values = [cell.value for cell in cells(chart)]
    assert chart.data.rows[0].label == waste.name(chart.language) and waste.name(chart.language) in chart.subtitle
    assert values[1:] == sorted(values[1:], reverse=True) and values[0] < values[1]
    assert chart.pictures[0].count("→") == 1 and "stroke-dasharray" in chart.pictures[0]
    assert "stroke-dasharray" not in exhibits.ranking(teller(NL), "T", "co2_kt", product_groups()).pictures[0]


def test_a_ranking_of_others_marks_none(teller):
    chart = exhibits.ranking(teller(MATERIALEN), "T", "co2_kt", product_groups())
    assert {row.role for row in chart.data.rows} == {""}


@pytest.mark.parametrize(
    ("whole", "part", "pct", "shown"),
    [
        ("co2_kt", "co2_reduction_kt", "co2_reduction_pct", "(\u2212"),
        ("value_added_meur", "value_added_potential_meur", "value_added_potential_pct", "(+"),
    ],
)
def test_a_potential_comes_on_top_or_goes_off_as_in_the_source(teller, whole, part, pct, shown):
    chart = exhibits.part_of_whole(teller(MATERIALEN), "T", whole, part, pct, clusters())
    assert chart.pictures[0].count(shown) == chart.pictures[0].count("%)") == 5


def test_a_table_of_all_subjects_in_their_order_with_totals(teller):
    table = exhibits.comparison(
        teller(MATERIALEN), "T", ["jobs_k", "co2_kt"], "cluster", [NL, Subject(scope="without_38")]
    )
    assert [row.label for row in table.data.rows[:5]] == [one.name(table.language) for one in clusters()]
    assert [row.role for row in table.data.rows] == ["own", "", "", "", "", "total", "total"]
    assert [[cell.value for cell in row.cells] for row in table.data.rows[5:]] == [[608, 24_170], [583, 16_820]]
    assert "co2_kt_without_38/nl" in table.facts
    without = exhibits.comparison(teller(MATERIALEN), "T", ["jobs_k"], "cluster")
    assert [row.role for row in without.data.rows] == ["own", "", "", "", "", "total"]


def test_what_is_surest_does_not_look_the_least_sure(teller):
    """Beside exact percentages the others are told as the interval that rounding leaves; a column without exact ones is not."""
    code, group = "co2_reduction_pct", "product-group"
    wholes = ["co2_kt", "co2_reduction_kt", code]
    for block in (
        exhibits.comparison(teller(NL), "T", wholes, group),
        exhibits.part_of_whole(teller(NL), "T", *wholes, product_groups()),
    ):
        shown = {row.label: [cell.text for cell in row.cells] for row in block.data.rows if row.role != "total"}
        assert all("–" not in text for *others, _ in shown.values() for text in others)
        told = {one.product_group: shown[one.name(block.language)][-1] for one in product_groups()}
        assert {name for name, text in told.items() if "–" in text} == {"26", "30", "33"}
        assert all(text.isdigit() for text in told.values() if "–" not in text)
        assert told["26"] == {"nl": "5,1–6,2", "en": "5.1–6.2"}[block.language]
    clustered = exhibits.comparison(teller(NL), "T", [code], "cluster")
    assert not any("–" in cell.text for cell in cells(clustered))


def test_an_overview_has_value_share_and_place(teller):
    row = exhibits.overview(teller(MATERIALEN), "T", ["jobs_k"]).data.rows[0]
    assert [cell.fact for cell in row.cells] == [
        "jobs_k/cluster/materialen",
        "",
        "jobs_k_share/cluster/materialen",
        "jobs_k_rank/cluster/materialen",
    ]
    assert row.cells[3].text == "2"


def test_a_rate_has_no_share(teller):
    row = exhibits.overview(teller(), "T", ["value_added_per_job_keur"]).data.rows[0]
    assert (row.cells[2].text, row.cells[2].value) == ("–", None)


def test_what_was_allocated_is_not_ranked_nor_set_beside_the_netherlands(teller):
    table = exhibits.overview(teller(), "T", ["co2_kt", "value_added_per_job_keur"])
    assert len(table.data.columns) == 3 == len(table.data.rows[0].cells)
    strip = exhibits.key_figures(teller(), ["co2_kt", "value_added_per_job_keur"])
    assert not any("_rank/" in name or name.endswith("/nl") for name in [*strip.facts, *table.facts])
    said = {"nl": "toegerekend", "en": "allocated"}[strip.language]
    assert [item.context[-1].text for item in strip.items] == [said, said]
    assert [len(item.context) for item in strip.items] == [2, 1]  # a share of the national total may stand


def test_key_figures_stand_in_proportion(teller):
    own = exhibits.key_figures(teller(), ["jobs_k"]).items[0]
    assert own.figure in ("17.000", "17,000") and own.unit in ("banen", "jobs")
    assert own.context[0].text.startswith(("2,8%", "2.8%"))
    (second,) = exhibits.key_figures(teller(MATERIALEN), ["value_added_per_job_keur"]).items
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


def test_the_parts_of_a_subject_and_of_the_netherlands_add_up_to_a_hundred(teller):
    chart = exhibits.parts(teller(MATERIALEN), "T", SIZES, "S", "Sub")
    names = {"nl": ["Materialen", "Nederland"], "en": ["Materials", "The Netherlands"]}[chart.language]
    assert [column.label for column in chart.data.columns] == names and all(name in chart.alt for name in names)
    for column in zip(*([cell.fact for cell in row.cells] for row in chart.data.rows), strict=True):
        low, value, high = (
            sum(getattr(teller().facts[name], end) for name in column) for end in ("low", "value", "high")
        )
        assert value == pytest.approx(100) and low <= 100 <= high
    assert (
        len(exhibits.parts(teller(NL), "T", SIZES, "S", "Sub").data.columns) == 1
    )  # the country is not set beside itself


@pytest.mark.parametrize("code", ["co2_kt", "co2_reduction_pct"])
def test_a_map_has_a_tile_with_its_value_and_a_bar_for_each_province(teller, code):
    """In the order of Statistics Netherlands, and all in one colour."""
    chart = exhibits.maps(teller(), "T", code)
    (tiles,) = chart.pictures
    assert tiles.count("<rect") == 2 * len(provinces()) and "<path" not in tiles
    assert all(f">{row.cells[0].text}<" in tiles for row in chart.data.rows)
    assert [row.label for row in chart.data.rows] == [one.name(chart.language) for one in provinces()]
    assert [row.label for row in chart.data.rows if row.role == "own"] == ["Zeeland"]
    assert {row.role for row in exhibits.maps(teller(NL), "T", code).data.rows} == {""}


def test_a_chart_draws_what_is_known_and_says_what_is_not(sparse):
    unknown = WORDS[sparse().language]["unknown"]
    for name, chart in every_chart(sparse).items():
        assert not any("nan" in picture.lower() for picture in chart.pictures), name
        assert unknown in chart.alt, name
        assert any(cell.text == "." and cell.value is None for cell in cells(chart)), name
        assert name == "maps" or unknown in " ".join([*chart.pictures, *chart.captions]), name


def test_key_figures_and_tables_say_what_is_not_known(sparse):
    strip = exhibits.key_figures(sparse(MATERIALEN), ["jobs_k", "co2_kt", "value_added_per_job_keur"])
    assert [(item.figure, item.value) for item in strip.items] == [(WORDS[strip.language]["unknown"], None)] * 3
    (row,) = exhibits.overview(sparse(MATERIALEN), "T", ["jobs_k"]).data.rows
    assert [row.cells[at].value for at in (0, 2, 3)] == [None] * 3
    own = next(row for row in exhibits.comparison(sparse(), "T", ["jobs_k"], "province").data.rows if row.role == "own")
    assert own.cells[0].text == "."


HERE = Subject("PV29", "materialen")


def test_key_figures_of_a_cluster_in_a_province_are_estimates_or_bounds(teller):
    jobs, co2 = exhibits.key_figures(teller(HERE), ["jobs_k", "co2_kt"]).items
    assert (co2.figure, co2.value) == ("670", pytest.approx(670.3, abs=0.1)) and "384–725" in co2.context[0].text
    assert jobs.figure in ("1.200–5.900", "1,200–5,900") and jobs.value is None and jobs.unit in ("banen", "jobs")
    assert [line.fact for line in jobs.context[1:]] == ["jobs_k/province/zeeland", "jobs_k/cluster/materialen"]
