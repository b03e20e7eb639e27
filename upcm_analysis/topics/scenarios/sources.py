"""Scenarios: named sets of assumptions by R-strategy, each checked before anything is calculated with it.

An assumption of a scenario is a row of `data/assumptions.csv` with a `scenario`; what parameters there are, in which unit and
between which ends, is in `parameters.csv`. The scenario `published` has no assumptions: it is the tables.
"""

import math
import re

import pandas as pd

from factpress.codelists import codelist
from factpress.editions import PUBLISHED
from factpress.errors import InputError, UnknownName
from upcm_analysis.registers.assumptions import ASSUMPTIONS, register, require_scenario, scenarios

#: The distribution of an assumption without a range, and the unit of one that is a name.
FIXED, CURVE = "fixed", "curve"
#: What a scenario may be called.
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: The direction of a parameter that is of the whole scenario and has no range.
NO_RANGE = "0"
#: Distributions that reach no further than low and high.
BOUNDED = ("uniform", "triangular", "pert")
PARAMETER = [
    "id", "parameter", "strategy", "product_group", "value", "low", "high", "distribution", "unit", "direction",
]  # fmt: skip


def parameters(name: str) -> pd.DataFrame:
    """The assumptions of a scenario: `PARAMETER`, and `source`, `pedigree` and `reason` as they stand in the register.

    A row is one assumption, for one product group or (empty) for all; `value`, `low` and `high` are numbers, low and high
    equal to value where it has no range. Raises InputError, with row and column, for one that cannot be used.
    """
    require_scenario(name)
    table = register().reset_index()
    table = table.assign(row=[f"{index + 2} ({row.id})" for index, row in table.iterrows()])
    own = table[table.scenario == name]
    known = codelist("parameters")
    rows = [_checked(row, known) for row in own.itertuples()]
    found = pd.DataFrame(rows, columns=[*PARAMETER, "source", "pedigree", "reason", "row"])
    _complete(found, name, known)
    _flows(found)
    return found.drop(columns="row")


def check() -> None:
    """That every scenario of the register can be used, whichever is asked for. Raises InputError as `parameters` does."""
    for row in register().reset_index().itertuples():
        if row.scenario and (not NAME.fullmatch(row.scenario) or row.scenario == PUBLISHED):
            raise InputError(
                "a scenario cannot have this name",
                file=ASSUMPTIONS,
                row=f"{row.Index + 2} ({row.id})",
                column="scenario",
                found=row.scenario,
                expected=f"small letters, digits and hyphens; {PUBLISHED} is what has no assumptions",
                remedy="it becomes part of the names of files and facts",
            )
    for name in scenarios()[1:]:
        parameters(name)


def curve(name: str) -> str:
    """The name of the curve by which a scenario is adopted."""
    table = register()
    return table.value[(table.scenario == name) & (table.parameter == "adoption")].iloc[0]


def pedigree(text: str) -> dict[str, int]:
    """The NUSAP grades of an assumption by criterion, from the text in the register: one figure each, in their order."""
    criteria = dict.fromkeys(codelist("pedigree").index.get_level_values(0))
    return dict(zip(criteria, map(int, text.split()), strict=True))


def _checked(row, known: pd.DataFrame) -> dict:
    key = (row.parameter, row.strategy)
    if key not in known.index or row.used_in != known.used_in[key]:
        named = [f"{parameter} {strategy}" for parameter, strategy in known.index]
        if key in known.index:
            raise _wrong(row, "used_in", row.used_in, known.used_in[key], "an assumption that its formula does not use")
        error = UnknownName("assumption", f"{row.parameter} {row.strategy}", named)
        raise _wrong(
            row,
            "parameter, strategy",
            ", ".join(key),
            error.parts["expected"],
            f"an assumption that no formula uses: {str(error).splitlines()[0]}",
            "see parameters.csv, or take the row out",
        )
    about = known.loc[key]
    if row.product_group and row.product_group not in codelist("product_groups").index:
        raise _wrong(row, "product_group", row.product_group, ", ".join(codelist("product_groups").index))
    if row.unit != about.unit:
        raise _wrong(row, "unit", row.unit, about.unit, "a unit that does not fit the formula")
    _graded(row)
    if about.direction == NO_RANGE and (row.distribution != FIXED or row.product_group):
        expected = "fixed, and no product group"
        raise _wrong(row, "distribution, product_group", f"{row.distribution}, {row.product_group or 'all'}", expected)
    if about.unit == CURVE:
        return row._asdict() | {"direction": int(about.direction)} | dict.fromkeys(("value", "low", "high"), math.nan)
    return row._asdict() | {"direction": int(about.direction)} | _range(row, about)


def _graded(row) -> None:
    """That the pedigree has a grade that there is for each criterion."""
    grades = codelist("pedigree").index
    criteria = list(dict.fromkeys(grades.get_level_values(0)))
    given = row.pedigree.split()
    if len(given) != len(criteria) or any(pair not in grades for pair in zip(criteria, given, strict=True)):
        expected = f"a grade from 0 to 4 for each of {', '.join(criteria)}, with spaces between them"
        raise _wrong(row, "pedigree", row.pedigree or "nothing", expected, remedy="see pedigree.csv")


def _range(row, about) -> dict[str, float]:
    """The three numbers of an assumption, checked against each other, its distribution and the ends of its parameter."""
    fixed = row.distribution == FIXED
    if row.distribution not in (FIXED, *BOUNDED, "lognormal"):
        raise _wrong(row, "distribution", row.distribution or "nothing", ", ".join((FIXED, *BOUNDED, "lognormal")))
    texts = {"value": row.value, "low": row.low, "high": row.high}
    if fixed:
        texts = {name: text or row.value for name, text in texts.items()}
    found = {}
    for name, text in texts.items():
        try:
            found[name] = float(text)
        except ValueError:
            raise _wrong(row, name, text or "nothing", "a number") from None
    low, value, high = found["low"], found["value"], found["high"]
    if not low <= value <= high:
        raise _wrong(row, "low, value, high", _said(low, value, high), "low <= value <= high")
    least, most = (float(end) if end else None for end in (about.least, about.most))
    for name, number in found.items():
        if not math.isfinite(number) or (least is not None and number < least) or (most is not None and number > most):
            ends = f"from {about.least}" + (f" to {about.most}" if most is not None else "")
            raise _wrong(row, name, texts[name], ends, f"a {about.unit} outside its ends")
    _shaped(row, low, value, high, most)
    return found


def _shaped(row, low: float, value: float, high: float, most: float | None) -> None:
    """That the distribution can have these bounds."""
    bounds = _said(low, value, high)
    if row.distribution == FIXED and low < high:
        raise _wrong(row, "distribution", f"fixed, {bounds}", "no low and high", remedy="choose another distribution")
    if row.distribution in BOUNDED and low == high:
        raise _wrong(row, "low, high", bounds, "low < high", remedy="or the distribution fixed")
    if row.distribution == "lognormal":
        if most is not None:
            expected = ", ".join(BOUNDED)
            raise _wrong(
                row, "distribution", "lognormal", expected, "a distribution without an upper end, of what has one"
            )
        if low <= 0 or low == high or not math.isclose(low * high, value**2, rel_tol=1e-3):
            raise _wrong(
                row, "low, value, high", bounds, "0 < low < high, and value the square root of low times high",
                remedy=f"low {value**2 / high:.6g} goes with this value and high" if high > value > 0 else None,
            )  # fmt: skip


def _complete(found: pd.DataFrame, name: str, known: pd.DataFrame) -> None:
    """That no assumption is there twice, and that every formula has those that it needs."""
    keys = ["parameter", "strategy", "product_group"]
    for row in found[found.duplicated(keys)].itertuples():
        what = " ".join(filter(None, (row.parameter, row.strategy, row.product_group)))
        raise _wrong(row, ", ".join(keys), what, "each once in a scenario", "an assumption that is there twice")
    adoption = curve(name) if (found.parameter == "adoption").any() else ""
    curves = [*sorted(set(known.needed) - {"yes", "no"}), "linear"]
    if adoption and adoption not in curves:
        raise UnknownName("curve", adoption, curves, file=ASSUMPTIONS, row=f"{name}/adoption", column="value")
    general = set(found[found.product_group == ""].set_index(["parameter", "strategy"]).index)
    for key, row in known.iterrows():
        if row.needed in ("yes", adoption) and key not in general:
            what = " ".join(key)
            raise InputError(
                "a formula lacks its assumption",
                file=ASSUMPTIONS,
                column="parameter, strategy",
                found=f"no row {what} for all product groups in scenario {name}",
                expected=f"one, used in {row.used_in}",
                remedy=f"add the row {'/'.join(filter(None, (name, *key)))}",
            )
        if row.needed not in ("yes", "no", adoption) and key in general:
            at = found[(found.parameter == key[0]) & (found.strategy == key[1])].iloc[0]
            raise _wrong(
                at,
                "parameter",
                key[0],
                f"a parameter of the adoption that is chosen; the curve {adoption} does not take it",
                "an assumption that no formula uses",
                "take the row out, or choose another curve",
            )


def _flows(found: pd.DataFrame) -> None:
    """That no more than the whole of a flow is reached: the highest penetrations of all strategies together are at most 1."""
    reach = found[found.parameter == "penetration"]
    for group in sorted({"", *reach.product_group}):
        own = reach[reach.product_group.isin(["", group])]
        own = own.sort_values("product_group", ascending=False, kind="stable").drop_duplicates("strategy")
        if own.high.sum() > 1 + 1e-9:
            last = own.sort_values("high", kind="stable").iloc[-1]
            parts = " + ".join(f"{row.high:g} {row.strategy}" for row in own.itertuples())
            raise _wrong(
                last,
                "high",
                f"{parts} = {own.high.sum():g}" + (f" in product group {group}" if group else ""),
                "at most 1 together",
                "penetrations sum past the whole of one flow",
                "a product that one strategy serves is not there for another: lower one of them",
            )


def _said(low: float, value: float, high: float) -> str:
    return f"low {low:g}, value {value:g}, high {high:g}"


def _wrong(row, column: str, found, expected: str, problem="an assumption cannot be used", remedy=None) -> InputError:
    return InputError(
        problem, file=ASSUMPTIONS, row=row.row, column=column, found=found, expected=expected, remedy=remedy
    )
