"""Elasticity: how emissions go with size across product groups, and how little thirteen points can say of it."""

import numpy as np
import pandas as pd


def size_emissions(table: pd.DataFrame, size: str, emissions: str, confidence_pct: float) -> tuple[dict, pd.DataFrame]:
    """The elasticity b in ln(emissions) = a + b ln(size), by least squares, and what each product group does to it.

    A row of `table` is a product group, with both columns above zero. The first result has `elasticity`, `low` and `high`
    (errors that do not need an equal spread, HC3, with the t-distribution of so few points), `r_squared`, `points`,
    `without_low` and `without_high` (the least and the most that it becomes when one point is left out) and `below_one`,
    `above_one`: whether the interval excludes one. The second has a row a product group: `without` (the elasticity with it
    left out), `cooks_distance`, `leverage` and `residual` (studentised, by a fit without it).
    """
    import statsmodels.api as sm  # here, because only an exploration fits a line, and it takes a second to load

    logs = np.log(table[[size, emissions]].astype(float))
    model = sm.OLS(logs[emissions], sm.add_constant(logs[size]))
    fit, robust = model.fit(), model.fit(cov_type="HC3", use_t=True)
    low, high = robust.conf_int(1 - confidence_pct / 100).loc[size]
    influence = fit.get_influence()
    points = pd.DataFrame(
        {
            "without": fit.params[size] - influence.dfbeta[:, 1],
            "cooks_distance": influence.cooks_distance[0],
            "leverage": influence.hat_matrix_diag,
            "residual": influence.resid_studentized_external,
        },
        index=table.index,
    )
    found = {
        "elasticity": fit.params[size],
        "low": low,
        "high": high,
        "r_squared": fit.rsquared,
        "points": len(table),
        "without_low": points.without.min(),
        "without_high": points.without.max(),
        "below_one": bool(high < 1),
        "above_one": bool(low > 1),
    }
    return found, points.sort_values("cooks_distance", kind="stable", ascending=False)
