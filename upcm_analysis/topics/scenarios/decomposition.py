"""Decomposition: what each factor and each part contributes to the difference between two states (LMDI-I, additive).

Ang (2015), LMDI decomposition approach: a guide for implementation. With V = x1 x2 ... of a part, before and after,

    contribution of factor k = L(V1, V0) ln(x1_k / x0_k),   L(a, b) = (a - b) / ln(a / b), L(a, a) = a

The contributions add up to V1 - V0 exactly. Where a factor goes from or to zero, or changes sign, the formula has a limit
(Ang, Liu 2007): that factor has the whole difference; if several do so they have it in equal parts.
"""

import math

import numpy as np
import pandas as pd


def logarithmic_mean(a: float, b: float) -> float:
    """L(a, b) of two numbers of the same sign: between the geometric and the arithmetic mean.

    >>> round(logarithmic_mean(2, 1), 4), logarithmic_mean(3, 3)
    (1.4427, 3.0)
    """
    ratio = a / b
    # Near one the quotient loses its digits; there L is the arithmetic mean up to the square of what they differ.
    return (a + b) / 2 if abs(ratio - 1) < 1e-7 else (a - b) / math.log(ratio)


def contributions(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What each factor of each part contributes to the difference between two states.

    Both tables have a row a part (such as a product group and strategy) and a column a factor; the amount of a part is the
    product of its factors. The result has the same shape, in the unit of that product, and adds up to the difference
    of the amounts, in each row and in total. A part that is in one table only has factors of zero in the other.
    """
    parts = before.index.union(after.index, sort=False)
    before, after = before.reindex(parts, fill_value=0.0), after.reindex(parts, fill_value=0.0)[before.columns]
    rows = [_of_part(old, new) for old, new in zip(before.to_numpy(), after.to_numpy(), strict=True)]
    return pd.DataFrame(rows, index=parts, columns=before.columns, dtype=float)


def _of_part(old: np.ndarray, new: np.ndarray) -> list[float]:
    start, end = math.prod(old), math.prod(new)
    turning = [a * b <= 0 and a != b for a, b in zip(old, new, strict=True)]
    if any(turning):
        return [(end - start) / sum(turning) if turned else 0.0 for turned in turning]
    if start == 0 or end == 0:  # a factor is zero in both: there is no difference to explain
        return [0.0] * len(turning)
    mean = logarithmic_mean(end, start)
    return [mean * math.log(b / a) for a, b in zip(old, new, strict=True)]
