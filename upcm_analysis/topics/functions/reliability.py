"""Reliability: how far respondents, or coders of events, agree: Krippendorff's alpha with a bootstrap interval.

alpha = 1 - observed / expected disagreement over all pairs of scores of a unit: 1 is full agreement, 0 what chance would give.
"""

from typing import Literal

import numpy as np
import pandas as pd

from factpress.codelists import codelist
from upcm_analysis.topics.functions.panel import resampled

#: How different two values are: ordinal for scores, nominal for codes.
Measure = Literal["ordinal", "nominal"]
ORDINAL: Measure = "ordinal"
NOMINAL: Measure = "nominal"
#: What a value means, and below which limits of `data/assumptions.csv`.
RELIABLE, TENTATIVE, UNRELIABLE, UNKNOWN = "reliable", "tentative", "unreliable", "unknown"
#: What an alpha may differ by from another for the last bits of binary fractions.
SLACK = 1e-9


def by_function(answers: pd.DataFrame, draws: int, seed: int, interval_pct: float, without_pct: float) -> pd.DataFrame:
    """Alpha of all answers, of each function over all clusters and of each cluster over all functions: `scope`, `name`, alpha.

    A unit is a question on a cluster, a rater a respondent; columns as `alpha` gives them. `answers` have `respondent`,
    `stakeholder_type`, `cluster`, `scheme`, `function`, `question` and `score` (NaN for unknown).
    """
    units = answers.assign(unit=answers.cluster + "/" + answers.question, value=answers.score)
    raters = units.drop_duplicates("respondent").set_index("respondent").stakeholder_type
    table = _compared(units, "respondent")
    about = units.drop_duplicates("unit").set_index("unit").loc[table.columns, ["cluster", "function"]]
    times = resampled(pd.factorize(raters[table.index], sort=True)[0], draws, seed)
    values = np.arange(1.0, 1 + len(codelist("function_scores")))
    # Units of different parts are no pairs, so what stands together in a whole is the sum over its parts.
    parts = {
        part: _coincidences(_given(table[list(own.index)], values), times) for part, own in about.groupby([*about])
    }
    scopes = [("all", "", about.function != "")]
    scopes += [("function", code, about.function == code) for code in sorted(about.function.unique())]
    scopes += [
        ("cluster", slug, about.cluster == slug) for slug in answers.cluster.unique() if (about.cluster == slug).any()
    ]
    made = []
    for scope, name, within in scopes:
        found = _published(table.loc[:, within.to_numpy()].dropna(how="all"), ORDINAL)
        inside = set(about[within].itertuples(index=False, name=None))
        drawn = _alphas(sum((one for part, one in parts.items() if part in inside), start=np.zeros(())), ORDINAL)
        ends = interval(drawn, found["alpha"], interval_pct, without_pct)
        made.append({"scope": scope, "name": name, **found, **ends})
    return pd.DataFrame(made)


def of_events(events: pd.DataFrame, draws: int, seed: int, interval_pct: float, without_pct: float) -> pd.DataFrame:
    """Alpha of the coding of events: of the `function` and of the `sign` that each `coder` gave an `event`; both nominal."""
    rows = []
    for name in ("function", "sign"):
        coded = events.assign(unit=events.event, value=pd.factorize(events[name], sort=True)[0].astype(float))
        found = alpha(coded, "coder", NOMINAL, draws, seed, interval_pct, without_pct)
        rows.append({"scope": "events", "name": name, **found})
    return pd.DataFrame(rows)


def alpha(
    rows: pd.DataFrame,
    rater: str,
    measure: Measure,
    draws: int,
    seed: int,
    interval_pct: float,
    without_pct: float,
    kind: str | None = None,
) -> dict[str, float]:
    """Krippendorff's alpha of values (`value`, NaN for unknown) that raters gave units (`unit`), and its interval.

    Raters are drawn with replacement within their `kind`. Two copies of one rater are no pair: they would agree by
    construction, and make the interval lie too high. `raters` and `units` are those that can be compared; NaN where there
    is nothing to compare, or nothing that differs.
    """
    table = _compared(rows, rater)
    found = _published(table, measure)
    if np.isnan(found["alpha"]):
        return {**found, **interval(np.array([]), np.nan, interval_pct, without_pct)}
    kinds = rows.drop_duplicates(rater).set_index(rater)[kind][table.index] if kind else [""] * len(table)
    times = resampled(pd.factorize(np.asarray(kinds), sort=True)[0], draws, seed)
    drawn = alphas(_given(table, np.unique(rows.value.dropna())), times, measure)
    return {**found, **interval(drawn, found["alpha"], interval_pct, without_pct)}


def alphas(given: np.ndarray, times: np.ndarray, measure: Measure) -> np.ndarray:
    """Alpha of each draw: `given` [rater, unit, value] is 1 where a rater gave a value; each counts `times` [draw, rater].

    With n[u,c] how often unit u has value c, and q[u,c] the sum of squares of how often each rater counts,

        o[c,k] = sum over u of (n[u,c] n[u,k] - [c = k] q[u,c]) / ((m[u]^2 - q[u]) / m[u]),   m[u] = sum over c of n[u,c]

    which, when all count once, is Krippendorff's coincidence matrix. Then
    alpha = 1 - (n - 1) sum of o[c,k] d[c,k] / sum of n[c] n[k] d[c,k], n the sum of o, d the squared difference.
    """
    return _alphas(_coincidences(given, times), measure)


def _compared(rows: pd.DataFrame, rater: str) -> pd.DataFrame:
    """Values by rater and unit, of the units that two or more raters gave a value."""
    table = rows.dropna(subset="value").pivot_table(index=rater, columns="unit", values="value", aggfunc="first")
    return table.loc[:, table.notna().sum() > 1].dropna(how="all")


def _given(table: pd.DataFrame, values: np.ndarray) -> np.ndarray:
    """[rater, unit, value]: 1 where a rater gave a value."""
    return (table.to_numpy(dtype=float)[:, :, None] == values).astype(float)


def _published(table: pd.DataFrame, measure: Measure) -> dict[str, float]:
    """Alpha as published; NaN where there is nothing that differs."""
    import krippendorff  # here, because few commands need it

    found = {"alpha": np.nan, "low": np.nan, "high": np.nan, "raters": len(table), "units": table.shape[1]}
    values = np.unique(table.to_numpy(dtype=float)[table.notna().to_numpy(dtype=bool)])
    if len(values) > 1:
        counts = _given(table, values).sum(axis=0)
        found["alpha"] = krippendorff.alpha(value_counts=counts, value_domain=values, level_of_measurement=measure)
    return found


def interval(drawn: np.ndarray, value: float, interval_pct: float, without_pct: float) -> dict[str, float]:
    """Where the middle of the draws lies, and how many percent of them have no alpha: `low`, `high`, `undrawn_pct`.

    NaN where that cannot be said. In a draw that leaves out who answered otherwise nothing differs, and there is no alpha.
    Where that is so in more than `without_pct` of the draws, the others are those with the least agreement and say nothing of
    the rest: no interval. Nor is there one where alpha itself is not in it, as of a single unit, of which alpha is nought
    whatever the answers.
    """
    none = {"low": np.nan, "high": np.nan, "undrawn_pct": np.nan}
    if np.isnan(value):
        return none
    undrawn = 100 * float(np.isnan(drawn).mean())
    if undrawn > without_pct:
        return none | {"undrawn_pct": undrawn}
    tail = (100 - interval_pct) / 2
    low, high = np.nanpercentile(drawn, [tail, 100 - tail])
    holds = low - SLACK <= value <= high + SLACK
    return {"low": low, "high": high, "undrawn_pct": undrawn} if holds else none


def _coincidences(given: np.ndarray, times: np.ndarray) -> np.ndarray:
    """How often two values stand together in a unit [draw, value, value]; see `alphas`."""
    raters, units, values = given.shape
    flat, shape = given.reshape(raters, -1), (len(times), units, values)
    count, squares = (times @ flat).reshape(shape), (times**2 @ flat).reshape(shape)
    whole = count.sum(axis=2)
    pairs = whole**2 - squares.sum(axis=2)
    per = np.divide(whole, pairs, out=np.zeros_like(whole), where=pairs > 0)
    together = np.einsum("dua,dub->dab", count * per[:, :, None], count, optimize=True)
    diagonal = np.arange(values)
    together[:, diagonal, diagonal] -= np.einsum("dua,du->da", squares, per)
    return together


def _alphas(together: np.ndarray, measure: Measure) -> np.ndarray:
    """Alpha of each draw of a coincidence matrix [draw, value, value]."""
    totals = together.sum(axis=2)
    differs = _difference(totals, measure)
    size = totals.sum(axis=1)
    expected = np.einsum("da,db,dab->d", totals, totals, differs)
    observed = (size - 1) * (together * differs).sum(axis=(1, 2))
    return 1 - np.divide(observed, expected, out=np.full(len(together), np.nan), where=expected > 0)


def meaning(value: float, reliable: float, tentative: float) -> str:
    """What an alpha means by the two limits: `reliable`, `tentative`, `unreliable`, or `unknown` where there is none."""
    if value != value:
        return UNKNOWN
    return RELIABLE if value >= reliable else TENTATIVE if value >= tentative else UNRELIABLE


def _difference(totals: np.ndarray, measure: Measure) -> np.ndarray:
    """The squared difference of two values, ordinal: of how many values lie between them, each end counted half."""
    values = totals.shape[1]
    if measure == NOMINAL:
        return np.broadcast_to(1 - np.eye(values), (len(totals), values, values))
    middle = np.cumsum(totals, axis=1) - totals / 2
    return (middle[:, :, None] - middle[:, None, :]) ** 2
