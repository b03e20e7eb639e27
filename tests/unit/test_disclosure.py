"""Disclosure: few organisations and a narrow interval, and an attacker who solves the same programs."""

import numpy as np
import pandas as pd
import pytest
from unit.make import PROVINCES, by_group, by_province, figure, figures

from upcm_analysis.method import bounds as extremes
from upcm_analysis.method import disclosure
from upcm_analysis.method.allocation import allocation
from upcm_analysis.method.disclosure import Rule

CODES = ["organisations_over_100", "co2_kt"]
RULE = Rule(least={"organisations_over_100": 3}, largest_pct=50, protection_pct=20)
X, KEY = np.array([[30, 300], [12, 900], [20, 500]]), np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7], [0.4, 0.4, 0.2]])
GROUPS = ["20", "24", "38"]
TABLE = figures(
    *[row for k, code in enumerate(CODES) for row in by_group(code, dict(zip(GROUPS, X[:, k], strict=True)))],
    *[row for k, code in enumerate(CODES) for row in by_province(code, np.round(X[:, k] @ KEY))],
)
PROGRAM = allocation(TABLE, CODES)


def released(half_pct):
    """The true figure of each product group in each province, with an interval of so many percent to both sides."""
    rows = []
    for (g, group), (p, place) in ((a, b) for a in enumerate(GROUPS) for b in enumerate(PROVINCES[:3])):
        for k, code in enumerate(CODES):
            value = X[g, k] * KEY[g, p]
            rows.append(figure(code, value, value * half_pct / 100 + 1e-6, place=place, product_group=group))
    return figures(*rows)


def test_few_organisations_make_a_narrow_figure_sensitive():
    narrow, wide = released(5), released(50)
    named = narrow[disclosure.sensitive(narrow, RULE)]
    # Over 100 people: group 24 has 1.2 and 2.4 organisations in the first two provinces, nowhere else fewer than 3.
    assert set(zip(named.place, named.product_group, strict=True)) == {("PV20", "24"), ("PV21", "24")}
    assert not disclosure.sensitive(wide, RULE).any()  # nobody learns anything from it
    assert not disclosure.sensitive(narrow, Rule({"organisations_over_100": 1}, 100, 20)).any()
    dominated = narrow[disclosure.sensitive(narrow, Rule({"organisations_over_100": 1}, 30, 20))]
    assert ("PV20", "24") in set(zip(dominated.place, dominated.product_group, strict=True))


def test_nobody_is_not_few():
    table = released(5)
    none = (table.place == "PV20") & (table.product_group == "24")
    table.loc[none & (table.indicator == "organisations_over_100"), ["value", "low", "high"]] = 0.0
    assert not disclosure.sensitive(table, RULE)[none].any()


def test_an_attacker_with_nothing_but_the_published_tables_finds_the_bounds():
    targets = released(5)
    seen = disclosure.attack(PROGRAM, targets.iloc[:0], targets, {})
    limits = extremes.bounds(PROGRAM, {}, "share")
    both = seen.merge(limits, on=disclosure.KEY)
    assert len(both) == len(targets)
    assert both.low_x.to_numpy() == pytest.approx(both.low_y, abs=1e-6)
    assert both.high_x.to_numpy() == pytest.approx(both.high_y, abs=1e-6)


def test_a_suppressed_figure_that_is_only_left_out_is_recovered():
    """All but one figure of a column released: the last is the published total less the others."""
    table = released(1)
    hidden = (table.place == "PV20") & (table.product_group == "24") & (table.indicator == "co2_kt")
    seen = disclosure.attack(PROGRAM, table[~hidden], table[hidden], {})
    true = 900 * 0.1
    assert seen.low.item() <= true <= seen.high.item() and seen.high.item() - seen.low.item() < 2 * 0.2 * true


def test_secondary_suppression_keeps_every_attacker_out_of_the_protection_interval():
    table = released(1)
    state = disclosure.suppressed(PROGRAM, table, RULE, {})
    assert set(state) == {disclosure.PUBLISHED, disclosure.PRIMARY, disclosure.SECONDARY}
    hidden = table[state == disclosure.PRIMARY]
    assert len(hidden) and (state == disclosure.SECONDARY).any()
    seen = disclosure.attack(PROGRAM, table[state == disclosure.PUBLISHED], hidden, {})
    margin = hidden.value * RULE.protection_pct / 100
    assert (seen.low <= hidden.value - margin + 1e-6).all() and (seen.high >= hidden.value + margin - 1e-6).all()


def test_what_follows_from_the_published_tables_alone_is_reported():
    """Two product groups, two exact columns: the key is public, whatever is suppressed."""
    exact = figures(
        *(figure("organisations_over_100", x, 0, product_group=g) for g, x in {"20": 10, "24": 20}.items()),
        *(figure("co2_kt", x, 0, product_group=g) for g, x in {"20": 30, "24": 10}.items()),
        *by_province("organisations_over_100", [6, 24], 0),
        *by_province("co2_kt", [13, 27], 0),
    )
    program = allocation(exact, CODES)
    limits = extremes.bounds(program, {}, "share")
    table = (
        limits[limits.indicator != "share"].assign(value=lambda one: (one.low + one.high) / 2).reset_index(drop=True)
    )
    state = disclosure.suppressed(program, table, RULE, {})
    few = (table.place == "PV20") & (table.product_group == "24")  # 2 organisations
    assert (state[few] == disclosure.EXPOSED).all() and few.sum() == 2
    assert disclosure.PRIMARY not in set(state)


def test_where_nothing_is_sensitive_everything_is_published():
    assert set(disclosure.suppressed(PROGRAM, released(50), RULE, {})) == {disclosure.PUBLISHED}


def test_released_figures_that_cannot_be_are_refused():
    table = released(1)
    wrong = table.assign(low=table.low * 3, high=table.high * 3)
    with pytest.raises(ValueError, match="contradict"):
        disclosure.attack(PROGRAM, wrong, table.head(1), {})


def test_a_union_is_attacked_as_one():
    target = figures(figure("co2_kt", 0, place="PV20", cluster="both"))
    seen = disclosure.attack(PROGRAM, target.iloc[:0], target, {"both": ["20", "24"]})
    expected = extremes.figure_extremes(PROGRAM, "co2_kt", ["20", "24"], "PV20")
    assert (seen.low.item(), seen.high.item()) == pytest.approx((expected.low, expected.high), abs=1e-6)
    assert isinstance(seen, pd.DataFrame) and len(seen) == 1
