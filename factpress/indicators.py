"""Indicators: what figures measure, by the code lists `indicators` and `forms`."""

from dataclasses import dataclass
from functools import cache

from factpress.codelists import codelist, entries, file
from factpress.errors import UnknownName
from factpress.home import shown
from factpress.languages import LANGUAGES


@dataclass(frozen=True)
class Indicator:
    """What a figure measures: unit, decimals in print, whether parts may be added, and its names in both languages.

    `short` is the name where there is little room and the heading says the rest; else it is the `label`.
    """

    code: str
    unit: str
    decimals: int
    additive: bool
    direction: str
    label: dict
    explained: dict
    short: dict


@cache
def indicator(code: str) -> Indicator:
    """The indicator with this code: a row of `indicators`, or one of those in a form (`books_k_share`)."""
    known, forms = entries("indicators"), entries("forms")
    if code in known:
        row = known[code]
        return Indicator(
            code,
            row["unit"],
            int(row["decimals"]),
            row["additive"] == "yes",
            row["direction"],
            {lang: row[f"label_{lang}"] for lang in LANGUAGES},
            {lang: row[f"explained_{lang}"] for lang in LANGUAGES},
            {lang: row[f"short_{lang}"] or row[f"label_{lang}"] for lang in LANGUAGES},
        )
    form = next((form for form in forms if code.endswith(f"_{form}")), None)
    if form is None:
        raise UnknownName("indicator", code, known, file=shown(file("indicators")))
    # A form of a form, such as the rank of a share, is an indicator too.
    inner = indicator(code.removesuffix(f"_{form}"))
    row = forms[form]
    return Indicator(
        code,
        row["unit"] or inner.unit,
        int(row["decimals"]) if row["decimals"] else inner.decimals,
        inner.additive if not row["unit"] else False,
        inner.direction,
        {lang: row[f"label_{lang}"].format(label=inner.label[lang]) for lang in LANGUAGES},
        {lang: f"{inner.explained[lang]} {row[f'explained_{lang}']}" for lang in LANGUAGES},
        {lang: row[f"label_{lang}"].format(label=inner.short[lang]) for lang in LANGUAGES},
    )


@cache
def base(code: str) -> str:
    """The indicator that a form such as a share or a rank is of.

    >>> base("books_k_share_rank")
    'books_k'
    """
    for form in codelist("forms").index[::-1]:
        code = code.removesuffix(f"_{form}")
    return code
