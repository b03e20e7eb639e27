"""Disclosure: few organisations and a narrow interval, and an attacker who solves the same programs."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from make import PROVINCES, by_province, figure, figures

from upcm_analysis.topics.regions import bounds as limits
from upcm_analysis.topics.regions import crossing as crossings
from upcm_analysis.topics.regions import disclosure
from upcm_analysis.topics.regions.allocation import allocation
from upcm_analysis.topics.regions.crossing import crossing
from upcm_analysis.topics.regions.disclosure import Rule
from upcm_analysis.topics.regions.reach import Reach

SHARE = "share"
CODES = ["organisations_over_100", "co2_kt"]
RULE = Rule(least={"organisations_over_100": 3}, largest_pct=50, protection_pct=20)
X, KEY = np.array([[30, 300], [12, 900], [20, 500]]), np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7], [0.4, 0.4, 0.2]])
GROUPS = ["20", "24", "38"]
WHOLE = {"materialen": GROUPS}


def published(groups, places, half=0.5):
    """A table of product groups and provinces, and one cluster that is all of them."""
    return figures(
        *(
            figure(code, x, half, product_group=group)
            for k, code in enumerate(CODES)
            for group, x in zip(GROUPS, groups[:, k], strict=False)
        ),
        *[row for k, code in enumerate(CODES) for row in by_province(code, places[k], half)],
        *(figure(code, groups[:, k].sum(), half * len(groups), cluster="materialen") for k, code in enumerate(CODES)),
    )


TABLE = published(X, [np.round(X[:, k] @ KEY) for k in range(2)])
PROGRAM = allocation(TABLE, CODES)


def known(half_pct):
    """The true figure of each product group in each province, with an interval of so many percent to both sides."""
    rows = []
    for (g, group), (p, place) in ((a, b) for a in enumerate(GROUPS) for b in enumerate(PROVINCES[:3])):
        for k, code in enumerate(CODES):
            value = X[g, k] * KEY[g, p]
            rows.append(figure(code, value, value * half_pct / 100 + 1e-6, place=place, product_group=group))
    return figures(*rows)


def crossed(rows):
    return crossing(TABLE, PROGRAM, WHOLE, rows)


def everything(rows):
    """The bounds of every share and figure of product groups, from the published tables and what is known."""
    return limits.bounds(crossings.tightened(crossed(rows)).program, {}, SHARE)


def subjects(table):
    return set(zip(table.place, table.product_group, strict=True))


def test_few_organisations_make_a_narrow_figure_sensitive():
    narrow, wide = known(5), known(50)
    named = narrow[disclosure.sensitive(narrow, RULE)]
    # Over 100 people: group 24 has 1.2 and 2.4 organisations in the first two provinces, nowhere else fewer than 3.
    assert subjects(named) == {("PV20", "24"), ("PV21", "24")}
    assert not disclosure.sensitive(wide, RULE).any()  # nobody learns anything from it
    assert not disclosure.sensitive(narrow, Rule({"organisations_over_100": 1}, 100, 20)).any()
    dominated = narrow[disclosure.sensitive(narrow, Rule({"organisations_over_100": 1}, 30, 20))]
    assert ("PV20", "24") in subjects(dominated)


def test_the_smallest_number_that_is_possible_counts():
    """Of 38 in the third province 4 organisations: with 5 percent to either side surely 3, with 30 percent perhaps not."""
    third = lambda table: table[(table.place == "PV22") & (table.product_group == "38")]  # noqa: E731
    assert not disclosure.few(known(5), RULE)[third(known(5)).index].any()
    assert disclosure.few(known(30), RULE)[third(known(30)).index].all()


def test_nobody_is_not_few():
    table = known(5)
    none = (table.place == "PV20") & (table.product_group == "24")
    table.loc[none & (table.indicator == "organisations_over_100"), ["value", "low", "high"]] = 0.0
    assert not disclosure.few(table, RULE)[none].any()


def test_where_no_size_class_is_given_nothing_is_sensitive():
    assert not disclosure.sensitive(known(5), Rule({}, 50, 20)).any()


def test_an_attacker_with_nothing_but_the_published_tables_finds_the_bounds():
    seen = crossings.extremes(crossed(None), limits.bounds(PROGRAM, {}, SHARE), SHARE)
    both = seen.merge(limits.bounds(PROGRAM, WHOLE, SHARE), on=disclosure.KEY)
    assert len(both) == len(seen) == 27
    # The cluster's own total is known besides, and that of the province is divided among amounts: never wider.
    assert (both.low_x >= both.low_y - 1e-6).all() and (both.high_x <= both.high_y + 1e-6).all()
    shares = both[both.indicator == SHARE]
    assert shares.low_x.to_numpy() == pytest.approx(shares.low_y, abs=0.5)


def test_a_suppressed_figure_that_is_only_left_out_is_recovered():
    """All but one figure of a column released: the last is the published total less the others."""
    table = known(1)
    hidden = (table.place == "PV20") & (table.product_group == "24") & (table.indicator == "co2_kt")
    found = disclosure.recovered(crossed(None), table[~hidden], table[hidden], RULE, SHARE)
    true = 900 * 0.1
    assert found.low.item() <= true <= found.high.item() and found.high.item() - found.low.item() < 2 * 0.2 * true


def test_a_released_share_gives_its_figures_away():
    share = figures(figure(SHARE, 10, 0.1, place="PV20", product_group="24"))
    targets = known(1)[(known(1).place == "PV20") & (known(1).product_group == "24")]
    assert len(disclosure.recovered(crossed(None), share, targets, RULE, SHARE)) == 2
    assert disclosure.recovered(crossed(None), share.iloc[:0], targets, RULE, SHARE).empty


def test_what_is_withheld_keeps_every_attacker_out_of_the_protection_interval():
    rows = known(1)
    table = everything(rows)
    gate = disclosure.suppressed(crossed(rows), table, RULE, SHARE)
    assert set(gate.states.state) == {disclosure.PRIMARY, disclosure.SECONDARY}
    hidden = gate.states.merge(table, on=disclosure.KEY)
    primary = hidden[hidden.state == disclosure.PRIMARY].reset_index(drop=True)
    assert subjects(primary) == {("PV20", "24"), ("PV21", "24")}
    seen = crossings.extremes(crossed(gate.kept), primary, SHARE)
    middle = (primary.low + primary.high) / 2
    margin = middle * RULE.protection_pct / 100
    assert (seen.low <= middle - margin + 1e-6).all() and (seen.high >= middle + margin - 1e-6).all()
    # And so against what is published, which is made of nothing else.
    released = everything(gate.kept)
    released = released.merge(gate.states, on=disclosure.KEY, how="left")
    shown = released[released.state.isna()]
    assert disclosure.recovered(crossed(None), shown, primary, RULE, SHARE).empty
    one = table.merge(gate.states[gate.states.state == disclosure.SECONDARY][disclosure.KEY]).head(3)
    leak = pd.concat([shown, table.merge(one[disclosure.KEY])])
    assert len(disclosure.recovered(crossed(None), leak, primary, RULE, SHARE)) > 0


def test_no_more_is_withheld_than_is_needed():
    rows = known(1)
    gate = disclosure.suppressed(crossed(rows), everything(rows), RULE, SHARE)
    primary = everything(rows).merge(gate.states[gate.states.state == disclosure.PRIMARY][disclosure.KEY])
    for subject in subjects(gate.states[gate.states.state == disclosure.SECONDARY]):
        again = rows[(rows.place == subject[0]) & (rows.product_group == subject[1])]
        made = replace(crossed(None), known=pd.concat([gate.kept, again], ignore_index=True))
        seen = crossings.extremes(made, primary, SHARE)
        middle = (primary.low + primary.high) / 2
        margin = middle * RULE.protection_pct / 100
        assert ((middle - seen.low < margin) | (seen.high - middle < margin)).any(), subject


def test_points_that_are_kept_answer_as_programs_do():
    """Whatever is released after whatever else: the same figures are bare as by the bounds of each."""
    rows = known(30)
    target = everything(None)
    narrow = target.assign(low=target.low * 0.9 + target.high * 0.1, high=target.low * 0.4 + target.high * 0.6)
    reach = Reach(crossed(rows), narrow, SHARE)
    random, counts = np.random.default_rng(3), set()
    for part in (0.0, 0.1, 0.2, 1.0, 0.3, 0.05, 0.15):
        released = random.random(len(rows)) < part
        seen = crossings.extremes(crossed(rows[released]), target, SHARE)
        bare = set(target.index[(seen.low > narrow.low) | (seen.high < narrow.high)])
        assert set(reach.bare(released, narrow.index)) == bare
        counts.add(len(bare))
    assert 0 in counts and len(counts) > 3, counts  # and there was something to tell apart


def test_what_follows_from_the_published_tables_alone_is_reported():
    """Two product groups in two provinces, printed exactly: every share is known to whoever solves two equations."""
    x = np.array([[10, 30], [20, 10]])
    exact = published(x, [[6, 24], [13, 27]], half=0)
    program = allocation(exact, CODES)
    made = crossing(exact, program, {"materialen": GROUPS[:2]})
    table = limits.bounds(program, {}, SHARE)
    gate = disclosure.suppressed(made, table, RULE, SHARE)
    assert set(gate.states.state) == {disclosure.EXPOSED}
    assert (
        subjects(gate.states) == {("PV20", "24")} and len(gate.states) == 3
    )  # 2 organisations: both figures, the share
    more = figures(figure("co2_kt", 5, 1, place="PV20", product_group="24"))
    again = disclosure.suppressed(replace(made, known=more), table, RULE, SHARE)
    assert again.states.equals(gate.states) and again.kept.empty


def test_where_nothing_is_sensitive_everything_is_published():
    gate = disclosure.suppressed(crossed(known(50)), known(50), RULE, SHARE)
    assert gate.states.empty and len(gate.kept) == 18


def test_released_figures_that_cannot_be_are_refused():
    table = known(1)
    wrong = table.assign(low=table.low * 3, high=table.high * 3)
    with pytest.raises(ValueError, match="cannot hold together"):
        disclosure.recovered(crossed(None), wrong, table.head(1), RULE, SHARE)


def test_a_cluster_is_attacked_as_one():
    target = figures(figure("co2_kt", 0, place="PV20", cluster="materialen"))
    (seen,) = crossings.extremes(crossed(None), target, SHARE).itertuples()
    expected = limits.figure_extremes(PROGRAM, "co2_kt", GROUPS, "PV20")
    assert (seen.low, seen.high) == pytest.approx((expected.low, expected.high), abs=1e-3)
