"""The whole percentages that fit the published potentials, and the figures that follow from them."""

import pytest

PERCENTAGES = {
    "value_added_potential_meur": {
        "20": 4, "22": 8, "23": 5, "24": 4, "25": 8, "26": 2, "27": 3,
        "28": 6, "29": 1, "30": 5, "32": 4, "33": 19, "38": 12,
    },
    "co2_reduction_kt": {
        "20": 5, "22": 9, "23": 9, "24": 8, "25": 10, "26": 6, "27": 6,
        "28": 9, "29": 12, "30": 12, "32": 9, "33": 15, "38": 15,
    },
}  # fmt: skip
BASELINES = {"value_added_potential_meur": "value_added_meur", "co2_reduction_kt": "co2_kt"}
NAMES = {"value_added_potential_meur": "value_added_potential_pct", "co2_reduction_kt": "co2_reduction_pct"}
TOTALS = {"value_added_potential_meur": 3157, "co2_reduction_kt": 2313}
#: Where some whole percentage always fits: the CO2 reduction and the CO2 of these product groups.
ALWAYS = {"26": (5, 88), "30": (12, 100), "33": (15, 100)}
EACH = [
    (potential, group)
    for potential, groups in PERCENTAGES.items()
    for group in groups
    if potential != "co2_reduction_kt" or group not in ALWAYS
]
BOTH = list(PERCENTAGES)


def rounded_potential(percentage, baseline):
    """Rounded half up, in hundredths, so that halves are exact."""
    return (percentage * int(baseline) + 50) // 100


@pytest.fixture(scope="module")
def rows(edition):
    table = edition.tables["replication"]
    fits = [tuple(map(int, one.split())) for one in table.fits]
    return table.assign(fits=fits).set_index(["potential", "product_group"])


@pytest.mark.parametrize(("potential", "group"), EACH)
def test_only_this_percentage_fits_and_gives_the_published_figure(facts, rows, potential, group):
    row, percentage = rows.loc[(potential, group)], PERCENTAGES[potential][group]
    assert row.fits == (percentage,)
    assert row.pct == facts[f"{NAMES[potential]}/product-group/{group}"].value == percentage
    baseline = facts[f"{BASELINES[potential]}/product-group/{group}"].value
    published = facts[f"{potential}/product-group/{group}"].value
    assert row.replicated == rounded_potential(percentage, baseline) == published


@pytest.mark.parametrize("group", ALWAYS)
def test_where_always_one_fits_the_percentage_is_the_interval_that_rounding_leaves(facts, rows, group):
    reduction, co2 = ALWAYS[group]
    fact = facts[f"co2_reduction_pct/product-group/{group}"]
    assert fact.value == pytest.approx(100 * reduction / co2) and fact.status == "derived"
    assert fact.low == pytest.approx(100 * (reduction - 0.5) / (co2 + 0.5))
    assert fact.high == pytest.approx(100 * (reduction + 0.5) / (co2 - 0.5))
    assert fact.high - fact.low >= 1 and fact.method == "ratio"
    assert rows.always[("co2_reduction_kt", group)]


def test_always_one_fits_of_these_alone_and_the_check_looks_at_all_others(edition, rows):
    assert set(rows.index[rows.always]) == {("co2_reduction_kt", group) for group in ALWAYS}
    looked = edition.findings[edition.findings.check == "one-percentage"]
    assert len(looked) == len(EACH) == 23 and set(looked.state) == {"pass"}


@pytest.mark.parametrize("potential", BOTH)
def test_the_total_is_the_rounded_sum_of_unrounded_parts(facts, rows, potential):
    """Those that always one fits are in it as printed; with the percentage that fits them it is the same."""
    hundredths = printed = 0
    for group, percentage in PERCENTAGES[potential].items():
        one = percentage * int(facts[f"{BASELINES[potential]}/product-group/{group}"].value)
        hundredths += (
            one if (potential, group) in EACH else 100 * int(facts[f"{potential}/product-group/{group}"].value)
        )
        printed += one
    assert (printed + 50) // 100 == TOTALS[potential]
    row = rows.loc[(potential, "")]
    assert row.unrounded == pytest.approx(hundredths / 100, abs=1e-9)
    assert row.replicated == (hundredths + 50) // 100 == facts[f"{potential}/nl"].value == TOTALS[potential]


@pytest.mark.parametrize(("potential", "total"), [("value_added_potential_meur", 3157), ("co2_reduction_kt", 2314)])
def test_rounded_parts_may_miss_the_total_by_rounding(facts, potential, total):
    """The parts of the CO2 reduction as printed add up to 2,314, not to the printed 2,313."""
    assert sum(facts[f"{potential}/product-group/{group}"].value for group in PERCENTAGES[potential]) == total


def test_halves_are_rounded_up(rows):
    """15% of 7,350 is 1,102.5: the table prints 1,103, which rounding half to even would not give."""
    row = rows.loc[("co2_reduction_kt", "38")]
    assert (row.unrounded, row.replicated) == (1102.5, 1103)


@pytest.mark.parametrize(
    ("name", "percentage"),
    [
        ("co2_reduction_pct/nl", 100 * 2313 / 24170),
        ("co2_reduction_pct/province/zeeland", 100 * 74 / 770),
        ("co2_reduction_pct/cluster/materialen", 100 * 1993 / 20733),
        ("value_added_potential_pct/nl", 100 * 3157 / 51125),
    ],
)
def test_elsewhere_the_percentage_is_that_of_the_sums(facts, name, percentage):
    assert facts[name].value == pytest.approx(percentage)
