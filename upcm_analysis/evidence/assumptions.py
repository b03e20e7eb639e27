"""Choices and known oddities: numbers that no source gives, and findings that are known and explained."""

import pandas as pd

from upcm_analysis.words.errors import InputError
from upcm_analysis.words.home import home

ASSUMPTIONS, ODDITIES = "data/assumptions.csv", "data/oddities.csv"


def assumptions() -> pd.DataFrame:
    """The named choices: one row each, indexed by `id`, with `value` (number), `unit`, `source`, `reason`, `used_in`."""
    table = _read(ASSUMPTIONS, ["id", "value", "unit", "source", "reason", "used_in"], ["id"])
    numbers = pd.to_numeric(table.value, errors="coerce")
    for key in table.index[numbers.isna()]:
        raise InputError(
            "an assumption is not a number", file=ASSUMPTIONS, row=key, column="value", found=table.value[key]
        )
    return table.assign(value=numbers)


def oddities() -> pd.DataFrame:
    """Findings that are known: one row each, indexed by check, subject and indicator, with the reason in both languages."""
    keys = ["check", "subject", "indicator"]
    return _read(ODDITIES, [*keys, "reason_nl", "reason_en"], keys)


def _read(file: str, columns: list[str], keys: list[str]) -> pd.DataFrame:
    table = pd.read_csv(home() / file, dtype=str, keep_default_na=False)
    if list(table.columns) != columns:
        raise InputError(
            "a register has other columns", file=file, row=1, found=", ".join(table.columns), expected=columns
        )
    empty = (table == "").any(axis=1) | table.duplicated(keys)
    for row in table.index[empty]:
        raise InputError(
            "a row of a register is incomplete or double", file=file, row=row + 2, found=", ".join(table.loc[row, keys])
        )
    return table.set_index(keys if len(keys) > 1 else keys[0])
