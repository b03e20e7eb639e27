"""Reliability: how far respondents, or coders of events, agree: Krippendorff's alpha with a bootstrap interval.

alpha = 1 - observed / expected disagreement over all pairs of scores of a unit: 1 is full agreement, 0 what chance would give.
"""

import numpy as np
import pandas as pd

from upcm_analysis.method.panel import resampled

#: How different two values are: ordinal for scores, nominal for codes.
ORDINAL, NOMINAL = "ordinal", "nominal"
#: What a value means, and below which limits of `data/assumptions.csv`.
RELIABLE, TENTATIVE, UNRELIABLE, UNKNOWN = "reliable", "tentative", "unreliable", "unknown"


def by_function(answers: pd.DataFrame, draws: int, seed: int, interval_pct: float) -> pd.DataFrame:
    """Alpha of all answers, per function over all clusters and per cluster over all functions: `scope`, `name`, alpha.

    A unit is a question on a cluster, a rater a respondent. Columns as `alpha` gives them. `answers` have `respondent`,
    `stakeholder_type`, `cluster`, `scheme`, `function`, `question` and `score` (NaN for unknown).
    """
    units = answers.assign(unit=answers.cluster + "/" + answers.question, value=answers.score)
    parts = [("all", "", units)]
    parts += [("function", code, rows) for code, rows in units.groupby("function")]
    parts += [("cluster", slug, rows) for slug, rows in units.groupby("cluster", sort=False)]
    made = [
        {
            "scope": scope,
            "name": name,
            **alpha(rows, "respondent", "stakeholder_type", ORDINAL, draws, seed, interval_pct),
        }
        for scope, name, rows in parts
    ]
    return pd.DataFrame(made)


def of_events(events: pd.DataFrame, draws: int, seed: int, interval_pct: float) -> pd.DataFrame:
    """Alpha of the coding of events: of the `function` and of the `sign` that each `coder` gave an `event`; both nominal."""
    rows = []
    for name in ("function", "sign"):
        coded = events.assign(unit=events.event, value=pd.factorize(events[name], sort=True)[0].astype(float))
        rows.append(
            {"scope": "events", "name": name, **alpha(coded, "coder", None, NOMINAL, draws, seed, interval_pct)}
        )
    return pd.DataFrame(rows)


def alpha(
    rows: pd.DataFrame, rater: str, kind: str | None, measure: str, draws: int, seed: int, interval_pct: float
) -> dict[str, float]:
    """Krippendorff's alpha of values (`value`, NaN for unknown) that raters gave units (`unit`), and its interval.

    Raters are drawn with replacement within their `kind`. Two copies of one rater are no pair: they would agree by
    construction, and make the interval lie too high. `raters` and `units` are those that can be compared; NaN where there
    is nothing to compare, or nothing that differs.
    """
    import krippendorff  # here, because few commands need it

    table = rows.dropna(subset="value").pivot_table(index=rater, columns="unit", values="value", aggfunc="first")
    table = table.loc[:, table.notna().sum() > 1].dropna(how="all")
    values = np.unique(table.to_numpy(dtype=float)[table.notna().to_numpy(dtype=bool)])
    found = {"alpha": np.nan, "low": np.nan, "high": np.nan, "raters": len(table), "units": table.shape[1]}
    if len(values) < 2:
        return found
    given = (table.to_numpy()[:, :, None] == values).astype(float)  # [rater, unit, value]
    found["alpha"] = krippendorff.alpha(
        value_counts=given.sum(axis=0), value_domain=values, level_of_measurement=measure
    )
    kinds = rows.drop_duplicates(rater).set_index(rater)[kind][table.index] if kind else [""] * len(table)
    drawn = alphas(given, resampled(pd.factorize(np.asarray(kinds), sort=True)[0], draws, seed), measure)
    tail = (100 - interval_pct) / 2
    if np.isfinite(drawn).any():
        found["low"], found["high"] = np.nanpercentile(drawn, [tail, 100 - tail])
    return found


def alphas(given: np.ndarray, times: np.ndarray, measure: str) -> np.ndarray:
    """Alpha of each draw: `given` [rater, unit, value] is 1 where a rater gave a value; each counts `times` [draw, rater].

    With n[u,c] how often unit u has value c, and q[u,c] the sum of squares of how often each rater counts,

        o[c,k] = sum over u of (n[u,c] n[u,k] - [c = k] q[u,c]) / ((m[u]^2 - q[u]) / m[u]),   m[u] = sum over c of n[u,c]

    which, when all count once, is Krippendorff's coincidence matrix. Then
    alpha = 1 - (n - 1) sum of o[c,k] d[c,k] / sum of n[c] n[k] d[c,k], n the sum of o, d the squared difference.
    """
    raters, units, values = given.shape
    flat, shape = given.reshape(raters, -1), (len(times), units, values)
    count, squares = (times @ flat).reshape(shape), (times**2 @ flat).reshape(shape)
    whole = count.sum(axis=2)
    pairs = whole**2 - squares.sum(axis=2)
    per = np.divide(whole, pairs, out=np.zeros_like(whole), where=pairs > 0)
    together = np.einsum("dua,dub,du->dab", count, count, per, optimize=True)
    diagonal = np.arange(values)
    together[:, diagonal, diagonal] -= np.einsum("dua,du->da", squares, per)
    totals = together.sum(axis=2)
    differs = _difference(totals, measure)
    size = totals.sum(axis=1)
    expected = np.einsum("da,db,dab->d", totals, totals, differs)
    observed = (size - 1) * (together * differs).sum(axis=(1, 2))
    return 1 - np.divide(observed, expected, out=np.full(len(times), np.nan), where=expected > 0)


def meaning(value: float, reliable: float, tentative: float) -> str:
    """What an alpha means by the two limits: `reliable`, `tentative`, `unreliable`, or `unknown` where there is none."""
    if value != value:
        return UNKNOWN
    return RELIABLE if value >= reliable else TENTATIVE if value >= tentative else UNRELIABLE


def _difference(totals: np.ndarray, measure: str) -> np.ndarray:
    """The squared difference of two values, ordinal: of how many values lie between them, each end counted half."""
    values = totals.shape[1]
    if measure == NOMINAL:
        return np.broadcast_to(1 - np.eye(values), (len(totals), values, values))
    middle = np.cumsum(totals, axis=1) - totals / 2
    return (middle[:, :, None] - middle[:, None, :]) ** 2
