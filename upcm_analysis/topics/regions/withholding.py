"""What is not told of parts of the industry in provinces: what sources refute, and what would give somebody away."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from factpress.indicators import base
from factpress.methods import method_of
from upcm_analysis.topics.regions import disclosure, refutation
from upcm_analysis.topics.regions.solving import CO2, SHARE
from upcm_analysis.vocabulary.figures import SUBJECT

#: What is a part of another figure and divided with it: refuted where that is.
DIVIDED_WITH = {"co2_reduction_kt": CO2}


def spoken(
    judged: pd.DataFrame, sources: pd.DataFrame, largest: dict, unions: dict, states: pd.DataFrame
) -> pd.DataFrame:
    """What sources leave possible of the cells that they speak of; what is confidential is not spoken of."""
    secret = set(states[disclosure.KEY].itertuples(index=False, name=None))
    open_ = [about not in secret for about in judged[disclosure.KEY].itertuples(index=False, name=None)]
    cells = judged.assign(value=judged.value.where(judged.told))[open_]
    return refutation.possible(cells, sources, largest, unions, CO2, SHARE)


def refuted(cells: pd.DataFrame) -> dict[tuple, tuple[str, ...]]:
    """The cells that sources refute, and those that are divided with them, each with the facts of these sources."""
    found = {tuple(row[:-1]): row[-1] for row in cells.itertuples(index=False)}
    parts = {
        (part, *about): inputs
        for part, whole in DIVIDED_WITH.items()
        for (code, *about), inputs in found.items()
        if code == whole
    }
    return found | parts


def withheld(figures: pd.DataFrame, hidden: dict[tuple, tuple[str, ...]], ratios: list, why: Callable) -> pd.DataFrame:
    """Figures without the value and bounds of those that are `hidden`, in whatever form, and of ratios of them.

    `why` is the function that found them, and becomes their method; the facts that it found them by come before their inputs.
    """
    hidden = hidden | {
        (name, *about): inputs
        for name, over, under, _ in ratios
        for (code, *about), inputs in hidden.items()
        if code in (over, under)
    }
    keys = zip(map(base, figures.indicator), *(figures[name] for name in SUBJECT), strict=True)
    # A share is no form of another indicator, though its name ends as one does.
    plain = figures[disclosure.KEY].itertuples(index=False, name=None)
    found = [own if own in hidden else key if key in hidden else None for key, own in zip(keys, plain, strict=True)]
    which = np.array([key is not None for key in found], dtype=bool)
    made = figures.copy()
    made.loc[which, ["value", "low", "high"]] = np.nan
    made.loc[which, "method"] = method_of(why).id
    made["inputs"] = [
        (*(hidden.get(key, ()) if key else ()), *inputs) for key, inputs in zip(found, made.inputs, strict=True)
    ]
    return made
