"""Charts: well-formed SVG that stands inside a page, with every text as text, the same in every run."""

import math
import re
from xml.etree import ElementTree

import pytest

from factpress import charts
from factpress.theme import WIDTH, theme

SVG = "{http://www.w3.org/2000/svg}"
LABELS, VALUES, TEXTS = ["Groningen", "CO₂ & <meer>", "Zeeland"], [17.0, 31.5, 0.0], ["17", "31,5", "0"]
NAN = math.nan
PLACES = [(1, 5, "GR"), (1, 4, "FR"), (5, 1, "ZE")]

#: Of each chart: how it is drawn, and the texts that must stand in it.
CHARTS = {
    "bars": (lambda: charts.bars(LABELS, VALUES, TEXTS, {1}), [LABELS[0], "→ " + LABELS[1], LABELS[2], *TEXTS]),
    "bars of nothing": (lambda: charts.bars(["Zeeland"], [0.0], ["0"], set()), ["Zeeland", "0"]),
    "changes": (
        lambda: charts.changes(LABELS, VALUES, [-2.0, 3.0, 0.0], ["17 (−2)", "31,5 (+3)", "0"], {0}),
        ["→ " + LABELS[0], *LABELS[1:], "17 (−2)", "31,5 (+3)", "0"],
    ),
    "columns": (lambda: charts.columns(VALUES, 1), []),
    "dots": (lambda: charts.dots(LABELS, VALUES, TEXTS, 20.0, "banen 20%"), [*LABELS, *TEXTS, "banen 20%"]),
    "dots of nothing": (lambda: charts.dots(["Zeeland"], [0.0], ["0"], 0.0, "nul"), ["Zeeland", "0", "nul"]),
    "tiles": (
        lambda: charts.tiles(PLACES, VALUES, TEXTS, 0),
        [*(short for _, _, short in PLACES), *TEXTS],
    ),
    "tiles without a highlight": (lambda: charts.tiles(PLACES[:1], [0.0], ["0"], None), ["GR", "0"]),
    "stack": (
        lambda: charts.stack(["Zeeland", "Nederland"], [[80.0, 15.0, 5.0]] * 2, [["a: 80%", "b: 15%", "c: 5%"]] * 2),
        ["Zeeland", "Nederland", *["a: 80%", "b: 15%", "c: 5%"] * 2],
    ),
    "ranges": (lambda: ranges({1}), [LABELS[0], "→ " + LABELS[1], LABELS[2], *TEXTS, "0", "20", "40"]),
    "scores": (
        lambda: scores({1}),
        [LABELS[0], "→ " + LABELS[1], LABELS[2], *TEXTS, *"12345", *["zwak", "sterk"] * 2, "niets"],
    ),
    "radar": (lambda: charts.radar(["F1", "F2", "F3"], [1.0, 5.0, NAN]), ["F1", "F2", "F3", *"2345"]),
    "heat": (
        lambda: charts.heat(
            ["Zeeland"], ["F1", "F2"], [["2", "."]], [["n=9", "n=3"]], [[3, None]], [[False, True]], [[True, False]]
        ),
        ["Zeeland", "F1", "F2", "2", ".", "n=9", "n=3"],
    ),
    "steps": (lambda: charts.steps([10, 20, 30], [1, 0, 2], (0, 40), (0, 2)), []),
    "steps of nothing": (lambda: charts.steps([], [], (0, 0), (0, 0)), []),
    "stamped": (lambda: charts.stamped(charts.columns(VALUES, 1), "SYNTHETISCH"), ["SYNTHETISCH"]),
}


def ranges(highlighted=frozenset(), bounds=((10.0, 20.0), (0.0, 40.0), (NAN, NAN))):
    """A row with everything, one with bounds alone, and one of which nothing is known."""
    values, others = [15.0, NAN, NAN], [22.0, NAN, NAN]
    return charts.ranges(LABELS, bounds, values, others, TEXTS, highlighted, [(0.0, "0"), (20.0, "20"), (40.0, "40")])


def scores(marked=frozenset()):
    """A row with everything, one whose ends are its median, and one without a score."""
    medians, intervals = [2.0, 4.0, NAN], [(1.0, 3.0), (4.0, 4.0), (NAN, NAN)]
    parts = [[10.0, 20.0, 30.0, 20.0, 20.0], [0.0, 0.0, 0.0, 100.0, 0.0], [NAN] * 5]
    return charts.scores(
        LABELS, TEXTS, ["zwak", "sterk", "niets"], medians, intervals, intervals, parts, marked, ("zwak", "sterk")
    )


#: Of each chart: how it is drawn where some of its values, or all, are unknown.
UNKNOWN = {
    "bars": lambda values: charts.bars(LABELS, values, TEXTS, {1}),
    "changes of the unknown": lambda values: charts.changes(LABELS, values, [-2.0, 3.0, 0.0], TEXTS, {1}),
    "changes by the unknown": lambda values: charts.changes(LABELS, VALUES, values, TEXTS, {1}),
    "columns": lambda values: charts.columns(values, 1),
    "dots": lambda values: charts.dots(LABELS, values, TEXTS, 20.0, "20%"),
    "dots beside the unknown": lambda values: charts.dots(LABELS, VALUES, TEXTS, values[1], "onbekend"),
    "stack": lambda values: charts.stack(["Zeeland"], [values], [TEXTS]),
    "tiles": lambda values: charts.tiles(PLACES, values, TEXTS, 1),
}


def parsed(svg):
    return ElementTree.fromstring(svg)


@pytest.fixture(params=CHARTS)
def name(request):
    return request.param


def test_one_text_for_every_label_and_value(name):
    draw, texts = CHARTS[name]
    root = parsed(draw())
    assert root.tag == SVG + "svg"
    assert sorted(text.text for text in root.iter(SVG + "text")) == sorted(texts)


def test_nothing_that_clashes_with_a_page_or_leads_out_of_it(name):
    svg = CHARTS[name][0]()
    root = parsed(svg)
    names = {key.rpartition("}")[2] for element in root.iter() for key in element.attrib}
    assert not names & {"id", "href", "clip-path"}
    assert "viewBox" in root.attrib and not {"width", "height"} & set(root.attrib)  # sized by the page
    assert not re.search(r"url\(|@import|<image|<script", svg)
    assert re.findall(r"https?://[^\"]*", svg) == ["http://www.w3.org/2000/svg"]  # the name space alone


def test_the_same_picture_twice(name):
    draw, _ = CHARTS[name]
    assert draw() == draw()


@pytest.mark.parametrize("name", ["bars", "changes", "dots", "ranges", "stack"])
def test_as_wide_as_a_phone(name):
    assert parsed(CHARTS[name][0]()).attrib["viewBox"].split()[2] == str(WIDTH)


def fills(svg, colour):
    """Left edge and width of every shape in a colour."""
    shapes = [one for one in parsed(svg).iter() if one.get("fill") == colour and one.tag != SVG + "text"]
    xs = [
        [float(one.get("x")), float(one.get("x")) + float(one.get("width"))]
        if one.tag == SVG + "rect"
        else [float(x) for x in re.findall(r"[ML]([\d.]+) ", one.get("d"))]
        for one in shapes
    ]
    return [(min(x), max(x) - min(x)) for x in xs]


def test_bars_are_as_long_as_their_values():
    svg = charts.bars(["a", "b", "c"], [10.0, 20.0, 40.0], ["10", "20", "40"], {2})
    (_, ten), (_, twenty) = fills(svg, theme().colours.other)
    ((_, forty),) = fills(svg, theme().colours.highlight)
    assert (twenty / ten, forty / ten) == pytest.approx((2, 4), rel=1e-3)


def test_a_dashed_line_stands_below_the_bars_that_are_apart():
    def dashed(apart):
        lines = parsed(charts.bars(LABELS, VALUES, TEXTS, set(), apart=apart)).iter(SVG + "line")
        return [float(line.get("y1")) for line in lines if line.get("stroke-dasharray")]

    assert dashed(0) == []
    assert 0 < dashed(1)[0] < dashed(2)[0]


def test_what_goes_off_ends_where_the_bar_ended_and_what_comes_on_top_begins_there():
    svg = charts.changes(["a", "b"], [40.0, 40.0], [-10.0, 10.0], ["", ""], set(), left=100)
    (_, rest), (_, whole) = fills(svg, theme().colours.other)
    (off_at, off), (on_at, on) = fills(svg, theme().colours.paper)
    assert (rest / whole, off / on) == pytest.approx((0.75, 1), rel=1e-2)
    assert (off_at + off, on_at) == pytest.approx((100 + whole, 100 + whole), abs=0.1)


def test_what_goes_off_is_hatched_and_what_comes_on_top_is_an_outline():
    def hatching(delta):
        lines = parsed(charts.changes(["a"], [40.0], [delta], [""], set())).iter(SVG + "line")
        return [line for line in lines if line.get("stroke") == theme().colours.part]

    assert len(hatching(-20.0)) > 5
    assert not hatching(20.0) and not hatching(0.0)


def test_columns_stand_high_to_low_with_one_dark():
    svg = charts.columns([1.0, 3.0, 2.0], 2)
    (own, _), *_ = fills(svg, theme().colours.highlight)
    first, last = sorted(left for left, _ in fills(svg, theme().colours.other))
    assert first < own < last


def test_a_label_for_every_value():
    with pytest.raises(ValueError):
        charts.bars(LABELS, VALUES, TEXTS[:2], set())


@pytest.mark.parametrize("values", [[17.0, NAN, 3.0], [NAN, NAN, NAN], [NAN, 0.0, NAN]], ids=["one", "all", "no sizes"])
@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_unknown_is_drawn_without_length(name, values):
    svg, nothing = UNKNOWN[name](values), UNKNOWN[name]([0.0 if math.isnan(one) else one for one in values])
    parsed(svg)
    assert "nan" not in svg.lower() and svg == nothing


def test_tiles_have_one_colour_and_bars_as_long_as_their_values():
    """No class of colours, whatever the values; one is framed, so that it can be found."""
    svg, colours = charts.tiles(PLACES, [10.0, 40.0, 20.0], ["10", "40", "20"], 1), theme().colours
    assert len(fills(svg, colours.paper)) == 3 and not any(fills(svg, shade) for shade in colours.ramp)
    sizes = [size for _, size in fills(svg, colours.other)]
    assert sizes == pytest.approx([sizes[1] / 4, sizes[1], sizes[1] / 2], abs=0.02)
    edges = [one.get("stroke") for one in parsed(svg).iter(SVG + "rect") if one.get("stroke")]
    assert edges == [colours.other, colours.part, colours.other]


def test_parts_of_a_bar_are_as_long_as_their_percentages_and_fill_it():
    svg, colours = charts.stack(["a"], [[50.0, 30.0, 20.0]], [["", "", ""]]), theme().colours
    bars = [
        max(fills(svg, colour), key=lambda one: one[1]) for colour in (colours.highlight, colours.other, colours.part)
    ]
    assert [size for _, size in bars] == pytest.approx([WIDTH * part for part in (0.5, 0.3, 0.2)], abs=0.1)
    assert [left for left, _ in bars] == pytest.approx([0, WIDTH * 0.5, WIDTH * 0.8], abs=0.1)


def test_a_range_is_drawn_to_scale_and_what_is_refused_has_its_bounds_alone():
    svg, colours = ranges(), theme().colours
    lines = [
        [float(one.get(name)) for name in ("x1", "x2")]
        for one in parsed(svg).iter(SVG + "line")
        if one.get("stroke") == colours.muted and one.get("y1") == one.get("y2")
    ]
    (first, second, *axis), zero = lines, min(x for line in lines for x in line)
    assert (second[0], second[1]) == (zero, zero + (first[1] - first[0]) * 4)
    unit = (first[1] - first[0]) / 10
    assert first[0] == pytest.approx(zero + 10 * unit, abs=0.02)
    assert [right - left for left, right in axis] == pytest.approx([0, 20 * unit, 40 * unit], abs=0.02)
    (dot,) = parsed(svg).iter(SVG + "circle")
    assert float(dot.get("cx")) == pytest.approx(zero + 15 * unit, abs=0.02)
    (across,) = (one for one in parsed(svg).iter(SVG + "line") if one.get("stroke") == colours.part)
    assert float(across.get("x1")) == pytest.approx(zero + 22 * unit, abs=0.02)
    assert "nan" not in svg.lower()


def test_the_text_of_an_estimate_is_strong_and_of_bounds_alone_is_muted():
    texts = {one.text: one for one in parsed(ranges()).iter(SVG + "text")}
    assert texts[TEXTS[0]].get("font-weight") == "600" and texts[TEXTS[1]].get("font-weight") is None
    assert texts[TEXTS[0]].get("fill") != texts[TEXTS[1]].get("fill") == theme().colours.muted


def test_ranges_of_nothing_are_no_lines():
    svg = ranges(bounds=[(0.0, 0.0)] * 3)
    parsed(svg)
    assert "nan" not in svg.lower()


def test_an_axis_is_as_long_as_its_ticks_and_says_each():
    drawn = [charts.dots(["a"], [value], ["x"], 10, "y", ticks=[(0, "0%"), (100, "100%")]) for value in (20.0, 40.0)]
    roots = [parsed(one) for one in drawn]
    assert all({"0%", "100%"} <= {text.text for text in root.iter(SVG + "text")} for root in roots)
    dots = [float(next(root.iter(SVG + "circle")).get("cx")) for root in roots]
    assert dots[1] - 178 == pytest.approx(2 * (dots[0] - 178), abs=0.2)
