"""How many repair workshops there are, as a register of workshops has it."""

import pandas as pd

from factpress.codelists import codelist
from upcm_analysis.registers import sources, tables

ROLE = "workshops"
#: A row is a province.
COUNT = ["province", "workshops"]


def cells(edition: str) -> pd.DataFrame:
    """Return a cell for each table of workshops."""
    return tables.whole(edition, (ROLE,))


def counts(edition: str) -> pd.DataFrame:
    """Return the workshops of provinces: rows of `COUNT`. Raises UnknownName for a province that there is not."""
    found = []
    for source in sources.registered(edition, ROLE):
        for at, row in tables.placed(source, COUNT):
            tables.listed("province", row["province"], codelist("provinces").index, at)
            found.append({"province": row["province"], "workshops": int(row["workshops"])})
    return pd.DataFrame(found, columns=COUNT)
