"""The checks of figures of product groups and clusters in provinces; see `vocabulary.findings`."""

from collections.abc import Collection

import pandas as pd

from factpress.indicators import indicator
from upcm_analysis.vocabulary.figures import each_row, subject
from upcm_analysis.vocabulary.findings import Bound, finding, findings


def power_families(passed: pd.DataFrame, blind: Collection[str], least_pct: float, most_pct: float) -> pd.DataFrame:
    """How often the single-key test passes with most noise on one family of columns: often of what it cannot see, else hardly.

    `passed` has the figures of all families, see `single_key.power`; those of the indicators `blind` are at least `least_pct`
    and all others at most `most_pct`.
    """
    rows = []
    for row in each_row(passed):
        often = row.indicator in blind
        limit = least_pct if often else most_pct
        bound: Bound = "at least" if often else "at most"
        rows.append(finding("power-families", "nl", row.indicator, row.value, limit, 0.0, "percent", bound=bound))
    return findings(rows)


def sources_and_key(cells: pd.DataFrame) -> pd.DataFrame:
    """What the programme's distribution key can have given against what registered sources leave possible, cell by cell.

    `cells` as `refutation.possible` gives them. Where the bounds of the key do not reach what is possible the nearest one is
    compared, and where they do the estimate, if one is told.
    """
    rows = []
    for cell in each_row(cells):
        below = next((end for end in (cell.high, cell.value) if end < cell.least), None)
        above = next((end for end in (cell.low, cell.value) if end > cell.most), None)
        least = below is not None or (above is None and cell.least > 0)
        rows.append(
            finding(
                "sources-and-key",
                subject((cell.place, cell.cluster, cell.product_group, cell.scope)).path,
                cell.indicator,
                (below or cell.high) if least else (above or cell.low),
                cell.least if least else cell.most,
                0.0,
                indicator(cell.indicator).unit,
                bound="at least" if least else "at most",
            )
        )
    return findings(rows)
