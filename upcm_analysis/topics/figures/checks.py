"""The checks: what must hold between published figures, and what was found.

A check gives *findings*, one row a comparison, see `vocabulary.findings`.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from factpress.errors import InputError
from factpress.indicators import indicator as named
from upcm_analysis.topics.figures.potential import replication
from upcm_analysis.vocabulary import units
from upcm_analysis.vocabulary.figures import each_group, each_row, national, of, of_subject, subject
from upcm_analysis.vocabulary.findings import finding, findings


def parts_and_totals(printed: pd.DataFrame) -> pd.DataFrame:
    """In each table the parts of each column against the total printed below them.

    Each printed number stands for an interval of half a unit to either side, so the sum of n parts may differ from the
    total by the sum of all those halves. `printed` has one row a printed number with its `source`.
    """
    rows = []
    for (source, code), column in each_group(printed, ["source", "indicator"]):
        whole = (column.place == "NL") & (column.cluster == "") & (column.product_group == "")
        if whole.sum() != 1 or (~whole).sum() == 0:
            continue
        parts, total = column[~whole], column[whole].iloc[0]
        tolerance = (total.high - total.value) + (parts.high - parts.value).sum()
        found = parts.value.sum()
        rows.append(
            finding(
                "parts-and-totals",
                f"nl ({source.rpartition('/')[2]})",
                code,
                found,
                total.value,
                tolerance,
                _unit(code),
            )
        )
    return findings(rows)


def totals_agree(printed: pd.DataFrame) -> pd.DataFrame:
    """The totals that several tables print of the same indicator are the same: largest against smallest."""
    whole = printed[(printed.place == "NL") & (printed.cluster == "") & (printed.product_group == "")]
    rows = [
        finding("totals-agree", "nl", code, column.value.max(), column.value.min(), 0.0, _unit(code))
        for code, column in each_group(whole, "indicator")
        if len(column) > 1
    ]
    return findings(rows)


def at_most(figures: pd.DataFrame, small: str, large: str, check: str, unit: str) -> pd.DataFrame:
    """One indicator is not larger than another of the same subject, within the rounding of both."""
    less, more = of(figures, small), of(figures, large)
    rows = []
    for key in less.index.intersection(more.index, sort=False):
        a, b = less.loc[key], more.loc[key]
        rows.append(
            finding(
                check,
                subject(key).path,
                small,
                a.value,
                b.value,
                b.high - b.value + a.value - a.low,
                unit,
                bound="at most",
            )
        )
    return findings(rows)


def cluster_of_product_groups(
    figures: pd.DataFrame, cluster: str, groups: list[str], indicators: Iterable[str]
) -> pd.DataFrame:
    """A cluster whose product groups are known is their sum in every column, within rounding."""
    rows = []
    for code in indicators:
        table = of(figures, code)
        whole = of_subject(table, ("NL", cluster, "", ""))
        parts = table.loc[[("NL", "", group, "") for group in groups]]
        tolerance = (whole.high - whole.value) + (parts.high - parts.value).sum()
        rows.append(
            finding(
                "cluster-of-product-groups",
                f"cluster/{cluster}",
                code,
                parts.value.sum(),
                whole.value,
                tolerance,
                _unit(code),
            )
        )
    return findings(rows)


def headline_figures(figures: pd.DataFrame, pairs: dict[str, str]) -> pd.DataFrame:
    """Each round figure of the brochure and the dashboard against the total it rounds, in the unit of that figure."""
    rows = []
    for headline, code in pairs.items():
        round_figure, total = national(figures, headline), national(figures, code)
        factor = units.factor(_unit(code), _unit(headline))
        tolerance = (round_figure.high - round_figure.low) / 2 + factor * (total.high - total.low) / 2
        rows.append(
            finding(
                "headline-figures", "nl", headline, round_figure.value, factor * total.value, tolerance, _unit(headline)
            )
        )
    return findings(rows)


def billion_kg_is_megatonne(figures: pd.DataFrame, headline: str, code: str) -> pd.DataFrame:
    """The brochure's billion kg and the table's million kg are the same number of megatonnes."""
    round_figure, total = national(figures, headline), national(figures, code)
    found = units.factor(_unit(headline), "Mt") * round_figure.value
    expected = units.factor(_unit(code), "Mt") * total.value
    tolerance = units.factor(_unit(headline), "Mt") * (round_figure.high - round_figure.low) / 2
    return findings([finding("billion-kg-is-megatonne", "nl", headline, found, expected, tolerance, "Mt")])


def same_list(check: str, found: set[str], expected: set[str]) -> pd.DataFrame:
    """Two lists of codes are equal: the number in common against the number in either."""
    return findings([finding(check, "nl", "", len(found & expected), len(found | expected), 0, "")])


def against_cbs(figures: pd.DataFrame, cbs: pd.DataFrame, tolerance_pct: float, shown: str) -> pd.DataFrame:
    """CO2 per product group against the direct CO2 that Statistics Netherlands gives for the same industry.

    `cbs` has a row per industry (`product_group`: one SBI code or a range such as 29-30) and year, in kt. The base year
    of the programme is unknown, so the comparison is with the range of the years, widened by `tolerance_pct`. `expected` is
    the figure of the year that is `shown` (an indicator), the same wherever the two stand beside each other, and the
    tolerance reaches from it to the end of that range. A range of SBI codes is compared with the sum of the product groups
    in it that the programme has.

    Raises InputError where there is no figure of the year that is shown.
    """
    own = of(figures, "co2_kt", "product-group")
    own.index = own.index.get_level_values("product_group")
    rows = []
    for industry, years in each_group(cbs, "product_group"):
        first, _, last = industry.partition("-")
        groups = [g for g in own.index if industry[0].isdigit() and int(first) <= int(g) <= int(last or first)]
        if not groups:
            continue
        of_year = years.value[years.indicator == shown]
        if of_year.empty:
            raise InputError(
                "no figure of Statistics Netherlands of the year that is shown",
                file="data/assumptions.csv",
                row="cbs_year",
                column="value",
                found=shown,
                expected=f"of SBI {industry} one of {', '.join(years.indicator)}",
            )
        found, expected = own.value[groups].sum(), of_year.iloc[0]
        low, high = years.value.min() * (1 - tolerance_pct / 100), years.value.max() * (1 + tolerance_pct / 100)
        tolerance = expected - low if found < expected else high - expected
        path = "product-group/" + "+".join(groups)
        rows.append(finding("against-cbs", path, "co2_kt", found, expected, tolerance, "ktCO2"))
    return findings(rows)


def concentration(figures: pd.DataFrame, indicators: Iterable[str], limit_pct: float) -> pd.DataFrame:
    """The largest product group of each indicator against the share of the national total that is remarkable."""
    rows = []
    for code in indicators:
        table = of(figures, f"{code}_share", "product-group")
        largest: Any = table.value.idxmax()
        value = table.value[largest]
        rows.append(
            finding("concentration", subject(largest).path, code, value, limit_pct, 0.0, "percent", bound="at most")
        )
    return findings(rows)


def one_share(figures: pd.DataFrame, indicators: Iterable[str], limit_pct: float) -> pd.DataFrame:
    """One share for each province gives each indicator back, as `impact.one_share_misfit` has it, but for so many percent."""
    rows = []
    for code in indicators:
        found = national(figures, f"{code}_one_share_misfit").value
        rows.append(finding("one-share", "nl", code, found, limit_pct, 0.0, "percent", bound="at most"))
    return findings(rows)


def at_least_known(figures: pd.DataFrame, known: pd.DataFrame, indicator: str, check: str) -> pd.DataFrame:
    """An indicator of a place is at least a known part of it. `known` has a row a known part, with `place` and `indicator`."""
    rows = []
    for part in each_row(known):
        key = (part.place, "", "", "")
        whole = of_subject(of(figures, indicator), key)
        factor = units.factor(_unit(part.indicator), _unit(indicator))
        tolerance = (whole.high - whole.value) + factor * (part.value - part.low)
        rows.append(
            finding(
                check,
                subject(key).path,
                indicator,
                whole.value,
                factor * part.value,
                tolerance,
                _unit(indicator),
                bound="at least",
            )
        )
    return findings(rows)


def at_most_known(figures: pd.DataFrame, known: pd.DataFrame, indicator: str, check: str) -> pd.DataFrame:
    """A national total is at most a known whole that it is part of. `known` has a row a known whole."""
    rows = []
    for whole in each_row(known):
        part = national(figures, indicator)
        factor = units.factor(_unit(whole.indicator), _unit(indicator))
        tolerance = (part.value - part.low) + factor * (whole.high - whole.value)
        rows.append(
            finding(
                check, "nl", indicator, part.value, factor * whole.value, tolerance, _unit(indicator), bound="at most"
            )
        )
    return findings(rows)


def one_percentage(figures: pd.DataFrame) -> pd.DataFrame:
    """Exactly one whole percentage fits each published potential of each product group: the number that fit, against 1.

    Not of those that always one fits.
    """
    table = replication(figures)
    table = table[(table.product_group != "") & ~table.always]
    rows = [
        finding("one-percentage", f"product-group/{row.product_group}", row.potential, len(row.fits), 1, 0, "")
        for row in each_row(table)
    ]
    return findings(rows)


def potential_replicated(figures: pd.DataFrame) -> pd.DataFrame:
    """The potential that follows from the whole percentages against the published one: product groups and total.

    Not of product groups that always one fits; in the total they are as published, within their rounding.
    """
    rows, table = [], replication(figures)
    for row in each_row(table[~table.always]):
        path = f"product-group/{row.product_group}" if row.product_group else "nl"
        rows.append(
            finding(
                "potential-replicated",
                path,
                row.potential,
                row.replicated,
                row.published,
                row.leeway,
                _unit(row.potential),
            )
        )
    return findings(rows)


def _unit(code: str) -> str:
    return named(code).unit
