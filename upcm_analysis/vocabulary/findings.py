"""Findings: what a check found, a row a comparison, and whether that was known.

`check`, `subject` (path, as in fact ids), `indicator`, `found` compared with `expected` (both in `unit`), the `tolerance` it
deserves, and `holds`. `judge` turns them into pass, warn or fail by the list of known oddities.
"""

import math
from typing import Literal

import pandas as pd

FINDING = ["check", "subject", "indicator", "found", "expected", "tolerance", "unit", "holds"]
#: How what is found is compared with what is expected.
Bound = Literal["equal", "at most", "at least"]
#: What a finding and a known oddity are matched by.
KEYS = ["check", "subject", "indicator"]


def finding(
    check: str,
    path: str,
    indicator: str,
    found: float,
    expected: float,
    tolerance: float,
    unit: str,
    bound: Bound = "equal",
) -> dict[str, object]:
    """One comparison: `equal`, `at most` or `at least` what is expected, within the tolerance. A missing number never holds."""
    difference = found - expected
    # The slack is for the last bits of binary fractions such as 16.5 * 0.1, not for the figures.
    excess = {"equal": abs(difference), "at most": difference, "at least": -difference}[bound]
    holds = bool(excess <= tolerance + 1e-9) and not math.isnan(difference)
    values = [check, path, indicator, float(found), float(expected), float(tolerance), unit, holds]
    return dict(zip(FINDING, values, strict=True))


def findings(rows: list[dict]) -> pd.DataFrame:
    """Return comparisons as a table."""
    return pd.DataFrame(rows, columns=FINDING).astype({"holds": bool})


def no_findings() -> pd.DataFrame:
    """Return a table without comparisons."""
    return findings([])


def judge(findings: pd.DataFrame, oddities: pd.DataFrame) -> pd.DataFrame:
    """The findings with their `state`, compared with the known oddities both ways.

    pass: it holds and nothing else was expected; warn: it does not hold, and that is a known oddity with a reason; fail:
    it does not hold and is not known, or it is known and yet was not found. `oddities` is indexed by check, subject and
    indicator; an oddity of a check that was not made at all becomes a row of its own.
    """
    known = set(oddities.index)
    judged = findings.copy()
    names = list(findings[KEYS].itertuples(index=False, name=None))
    judged["state"] = [
        ("warn" if name in known else "fail") if not holds else ("fail" if name in known else "pass")
        for name, holds in zip(names, findings.holds, strict=True)
    ]
    missed = [
        dict(zip(KEYS, name, strict=True)) | {"state": "fail"} for name in oddities.index if name not in set(names)
    ]
    if missed:
        judged = pd.concat([judged, pd.DataFrame(missed)], ignore_index=True)
    return judged
