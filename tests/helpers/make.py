"""Small figures and facts to test with, and how properties are tested."""

import math

import pandas as pd
from hypothesis import settings
from hypothesis import strategies as st

from factpress.dimensions import Subject, fact_id
from factpress.facts import Fact, Facts, columns
from factpress.indicators import indicator
from factpress.methods import SEPARATOR
from upcm_analysis.vocabulary.figures import FIGURE

#: The same examples in every run, however slow the machine.
always = settings(deadline=None, derandomize=True, max_examples=60)

#: What may be printed in a table: whole numbers, and the value within half a unit that was rounded to it.
printed = st.integers(1, 300_000)
within = st.floats(-0.499, 0.499)

PROVINCES = [f"PV{number}" for number in range(20, 32)]


def figure(code, value, half=0.5, *, place="NL", cluster="", product_group="", scope=""):
    """A row of figures: a value and the interval of half a unit to either side."""
    subject = dict(place=place, cluster=cluster, product_group=product_group, scope=scope)
    return dict(indicator=code, **subject, value=value, low=max(0.0, value - half), high=value + half, inputs=("cell",))


def figures(*rows):
    """A table of figures."""
    return pd.DataFrame(rows, columns=FIGURE)


def by_province(code, values, half=0.5):
    """Rows of figures, one a province, in CBS order."""
    return [figure(code, value, half, place=place) for place, value in zip(PROVINCES, values, strict=False)]


def by_group(code, values):
    """Rows of figures from a value a product group."""
    return [figure(code, value, product_group=group) for group, value in values.items()]


def changed(table, code, by, *, place="NL", cluster="", product_group="", scope="", **more):
    """A copy of figures in which one figure, with its interval, is moved: the seeded wrong number."""
    about = dict(indicator=code, place=place, cluster=cluster, product_group=product_group, scope=scope, **more)
    found = pd.concat([table[name] == value for name, value in about.items() if name in table], axis=1).all(axis=1)
    assert found.sum() == 1, f"{found.sum()} figures of {about}"
    table = table.copy()
    table.loc[found, ["value", "low", "high"]] += by
    return table


def fact(code, value, low=None, high=None, about=Subject(), *, sign=None, unit=None):  # noqa: B008 - frozen
    """A fact; without an interval its value is exact."""
    missing = math.isnan(value)
    return Fact(
        fact_id=fact_id(code, about),
        indicator=code,
        subject=about,
        value=value,
        low=value if low is None else low,
        high=value if high is None else high,
        unit=unit or indicator(code).unit,
        status="derived",
        sign=sign if sign is not None else "." if missing else "0" if value == 0 else "",
        method="ratio",
        inputs=("cell",),
        edition="2020",
        warnings=(),
    )


def facts(*made):
    """A table of facts."""
    joined = [{**one.row, **{name: SEPARATOR.join(one.row[name]) for name in ("inputs", "warnings")}} for one in made]
    types = {name: float if name in ("value", "low", "high") else object for name in columns()}
    return Facts(pd.DataFrame(joined, columns=columns()).astype(types))


GOOD = "Provincie;Banen;Omzet (mln euro)\nGroningen;1.234.567;1,5\nDrenthe;950;.\n"
