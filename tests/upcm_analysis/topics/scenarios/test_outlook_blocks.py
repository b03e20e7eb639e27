"""What a scenario comes to, as tables and charts: the numbers are there, and those that are not known are not drawn as zero."""

import math
import re
from dataclasses import replace

import pandas as pd
import pytest
from make import fact

from factpress import charts
from factpress.dimensions import Subject
from factpress.facts import Facts, columns
from factpress.methods import SEPARATOR
from factpress.wording import Teller
from upcm_analysis.topics.scenarios import outlook_blocks
from upcm_analysis.vocabulary.subjects import NL

CODE, WAS = "co2_reduction_nl_kt", "co2_reduction_kt"
ZEELAND = Subject("PV29")


def under(one):
    """A fact as it is under a scenario."""
    return replace(one, fact_id=f"{one.fact_id}@central", scenario="central", status="assumed")


def teller(*made, about=NL, language="nl"):
    joined = [{**one.row, **{name: SEPARATOR.join(one.row[name]) for name in ("inputs", "warnings")}} for one in made]
    types = {name: float if name in ("value", "low", "high") else object for name in columns()}
    return Teller(Facts(pd.DataFrame(joined, columns=columns()).astype(types)), about, language)


FACTS = [
    under(fact(CODE, 670.3, 348.2, 1196.2)),
    under(fact("co2_reduction_nl_pct", 2.8, 1.4, 5.0)),
    under(fact(CODE, math.nan, 11.1, 38.1, ZEELAND)),
    fact(WAS, 74, 73.5, 74.5, ZEELAND),
]


def test_a_name_without_a_scenario_finds_the_figure_of_the_scenario_and_never_the_other_way():
    facts = teller(*FACTS).facts
    assert facts[f"{CODE}/nl"].fact_id == f"{CODE}/nl@central" == facts.get(CODE, NL).fact_id
    assert facts.find(f"{WAS}/province/zeeland").scenario == "published"
    assert facts.find(f"{WAS}/province/zeeland@central") is None


def test_a_table_has_the_middle_and_both_ends():
    table = outlook_blocks.outlook(teller(*FACTS), "Scenario central: ...", [CODE, "co2_reduction_nl_pct"])
    assert [[one.text for one in row.cells] for row in table.data.rows] == [
        ["kiloton CO₂", "670", "349–1.196"],
        ["%", "2,8", "1,4–5,0"],
    ]
    assert all(name.endswith("@central") for name in table.facts)


def test_medians_beside_each_other_are_said_not_to_add_up():
    both = outlook_blocks.outlook(teller(*FACTS), "Scenario central: ...", [CODE, "co2_reduction_nl_pct"])
    alone = outlook_blocks.outlook(teller(*FACTS), "Scenario central: ...", [CODE])
    spread = outlook_blocks.spread(teller(*FACTS, about=ZEELAND), "Scenario central: ...", CODE, WAS, [ZEELAND])
    assert "tellen niet op" in both.notes[0] and "tellen niet op" in spread.notes[0] and not alone.notes


def test_where_only_bounds_are_known_no_middle_is_drawn_or_told():
    chart = outlook_blocks.spread(teller(*FACTS, about=ZEELAND), "Scenario central: ...", CODE, WAS, [ZEELAND])
    assert chart.data.rows[0].cells[0].text == "." and chart.data.rows[0].cells[1].text == "12–38"
    assert "<circle" not in chart.pictures[0] and "gepubliceerd 74" in chart.alt


DRIVERS = pd.DataFrame(
    {
        "parameter": ["share_abroad", "life_ratio", "output"],
        "strategy": ["all", "life-extension", "recycling"],
        "product_group": ["", "24", ""],
        "low": [0.3, 1.1, 0.6],
        "high": [0.7, 1.4, 0.9],
        "total": [0.5, 0.1, 0.0],
        "at_low": [4.1, 2.2, 2.9],
        "at_high": [1.8, 4.0, 2.9],
        "at_value": 2.9,
    }
)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_tornado_tells_both_ends_and_leaves_out_what_explains_nothing(language):
    chart = outlook_blocks.tornado(teller(*FACTS, language=language), "Scenario central: ...", DRIVERS)
    assert len(chart.data.rows) == 2 and chart.data.rows[1].label.endswith("(SBI 24)")
    comma = "," if language == "nl" else "."
    assert [one.text for one in chart.data.rows[0].cells] == [
        f"0{comma}3–0{comma}7",
        f"4{comma}1%",
        f"1{comma}8%",
        "50%",
    ]
    assert f"4{comma}1%" in chart.alt and f"2{comma}9%" in chart.pictures[0]


def path(start=0):
    years = range(21)
    annual = [min(year, 10) * 67.0 for year in years]
    columns = {"subject": "nl", "year": years, "calendar": [start + year if start else 0 for year in years]}
    numbers = {"annual": annual, "annual_low": [one / 2 for one in annual], "annual_high": [one * 2 for one in annual]}
    return pd.DataFrame({**columns, "adopted": [min(year, 10) / 10 for year in years], **numbers, "cumulative": annual})


def test_years_are_counted_from_the_start_unless_one_is_chosen():
    counted, dated = (
        outlook_blocks.timeline(teller(*FACTS), "Scenario central: ...", path(start), 10) for start in (0, 2021)
    )
    assert counted.data.rows[10].label == "jaar 10" and "niet gepubliceerd" in counted.subtitle
    assert dated.data.rows[9].label == "2030" and ">2030<" in dated.pictures[0] and "gekozen" in dated.subtitle
    assert [one.text for one in counted.data.rows[10].cells] == ["100%", "335", "670", "1.340", "670"]


STEPS = pd.DataFrame(
    {
        "product_group": [20, 20, 24],
        "strategies": ["design", "recycling", "recycling"],
        "strategy": [400.0, 61.0, 10.0],
        "rebound": [-50.0, 0.0, 0.0],
        "share_abroad": 0.0,
        "policy_overlap": 0.0,
        "before": [40.0, 20.0, 5.0],
        "after": [390.0, 81.0, 15.0],
        "other": "low",
    }
)


def test_a_waterfall_goes_from_the_one_to_the_other_by_strategies():
    chart = outlook_blocks.waterfall(teller(*FACTS), "Scenario central: ...", STEPS, "central", "strategies")
    assert [row.cells[0].text for row in chart.data.rows] == ["65", "+400", "+71", "−50", "+0", "+0", "486"]
    assert (
        chart.data.rows[0].label == "Volgens scenario low" and chart.data.rows[-1].label == "Volgens scenario central"
    )


def test_a_waterfall_by_product_group():
    chart = outlook_blocks.waterfall(teller(*FACTS), "Scenario central: ...", STEPS, "central", "product_group")
    assert [row.cells[0].text for row in chart.data.rows] == ["65", "+411", "+10", "486"]
    assert [row.label[:2] for row in chart.data.rows[1:-1]] == ["20", "24"]


def test_bars_of_a_waterfall_begin_where_the_last_one_ended():
    svg = charts.waterfall(["a", "b", "c", "d"], [0, 10, 30, 0], [10, 20, -5, 25], ["10", "+20", "−5", "25"])
    boxes = [
        (float(x), float(width)) for x, width in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)
    ]
    (_, _), (rise, up), (fall, down), (_, _) = boxes
    assert rise + up == pytest.approx(fall + down, abs=0.1) and down < up
