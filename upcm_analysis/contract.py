"""The contract of a topic: what it makes is refused where it names what there is not, or what another made already."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from factpress.codelists import entries, file, lists
from factpress.dimensions import dimensions, in_facts
from factpress.errors import InputError, UnknownName
from factpress.home import shown
from factpress.indicators import indicator
from factpress.methods import methods, named
from upcm_analysis import topics
from upcm_analysis.vocabulary import units
from upcm_analysis.vocabulary.results import RESULT, Made


def check_units() -> None:
    """Raise InputError for the first indicator, or form of one, in a unit that there is none of."""
    for name in ("indicators", "forms"):
        for code, row in entries(name).items():
            if not (units.known(row["unit"]) or (name == "forms" and not row["unit"])):
                raise InputError(
                    f"an indicator in a unit that there is none of: {code}",
                    file=shown(file(name)),
                    row=code,
                    column="unit",
                    found=row["unit"] or "nothing",
                    expected="a unit of data/codelists/units.txt, or one that Pint has",
                    remedy="correct the unit, or define it in data/codelists/units.txt",
                )


def check_dimensions() -> None:
    """Raise InputError for the first dimension in tables of facts whose list of codes does not go with them."""
    published = entries("published_lists")
    for one in in_facts():
        if one.list not in published and one.list in lists():
            raise InputError(
                f"the codes of a dimension do not go with the facts: {one.dimension}",
                file=shown(file("published_lists")),
                found=f"no row {one.list}",
                expected="a row for each list of a dimension with a column in tables of facts",
                remedy=f"add '{one.list}' with a title, in published_lists.csv of the topic",
            )


def check(topic: str, made: Made, others: Iterable[str] = ()) -> None:
    """Raise InputError where figures of a topic name a column, method, dimension, code or indicator that there is not.

    `others` are the tables that earlier topics made: none of them may be made again.
    """
    figures = made.figures
    for name in sorted(set(made.tables) & set(others)):
        raise InputError(
            f"two topics make one table: {name}",
            file=_file(topic),
            found=name,
            expected="a name that no earlier topic gives a table of its own",
            remedy="give the table another name",
        )
    _columns(topic, figures)
    for id_, own in figures.groupby("method", sort=False):
        method = named(id_, file=_file(topic), column="method", remedy="name the function that made them, a @method")
        at = {"file": method.file, "row": method.line}
        for name in [name for name in dimensions() if name in figures]:
            _codes(name, own[name].dropna().unique(), at)
        for code in own.indicator.unique():
            _indicator(code, at)


def check_once(facts: pd.DataFrame) -> None:
    """Raise InputError where two methods make one fact; a row of `facts` has its `fact_id` and `method`."""
    for row in facts[facts.duplicated("fact_id")].itertuples():
        first = methods()[facts.method[facts.fact_id == row.fact_id].iloc[0]]
        second = methods()[row.method]
        raise InputError(
            f"two methods make one fact: {row.fact_id}",
            file=second.file,
            row=second.line,
            found=f"{second.id}, {second.function}",
            expected=f"one method of it: {first.id}, {first.function}, makes it too ({first.file}, row {first.line})",
            remedy="give one of the two an indicator of its own, or take it out",
        )


def _file(topic: str) -> str:
    """The file in which a topic joins what it makes."""
    return shown(Path(topics.part(topic, "build").__file__))


def _columns(topic: str, figures: pd.DataFrame) -> None:
    """Raise InputError where figures lack a column, UnknownName for one that is no dimension."""
    if missing := [name for name in RESULT if name not in figures]:
        raise InputError(
            f"figures of the topic {topic} lack a column",
            file=_file(topic),
            column=missing[0],
            found=", ".join(figures),
            expected=", ".join(RESULT),
            remedy="see Made in upcm_analysis/vocabulary/results.py",
        )
    for name in figures:
        if name not in (*RESULT, "scenario", *dimensions()):
            remedy = f"add a row to {shown(file('dimensions'))}, or take the column out of the figures"
            raise UnknownName("dimension", name, dimensions(), file=_file(topic), column=name, remedy=remedy)


def _codes(name: str, codes, at: dict) -> None:
    """Raise UnknownName for a code that the list of a dimension does not have."""
    one = dimensions()[name]
    known = {one.whole, *(entries(one.list) if one.list else codes)}
    for code in codes:
        if code not in known:
            remedy = f"add a row to {shown(file(one.list))}, or correct the code"
            raise UnknownName(name, code, filter(None, known), **at, column=name, remedy=remedy)


def _indicator(code: str, at: dict) -> None:
    """Raise UnknownName for an indicator that there is none of."""
    try:
        indicator(code)
    except UnknownName:
        listed = shown(file("indicators"))
        remedy = f"add a row to {listed}, or correct the name"
        raise UnknownName("indicator", code, entries("indicators"), **at, column="indicator", remedy=remedy) from None
