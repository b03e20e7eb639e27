"""The printed figures of an edition, and those of others that they are compared with."""

import pandas as pd

from factpress.codelists import codelist
from upcm_analysis.registers import sources, tables

#: The table that names the product groups and has no figures.
GROUPS = "feiten-en-cijfers/product-groups"


def cells(edition: str) -> pd.DataFrame:
    """Return the printed cells of an edition, and those of others that are about its subjects; not those of projects."""
    printed = pd.concat([tables.cells(edition), comparable(comparisons(edition))], ignore_index=True)
    return printed[printed.project == ""]


def comparisons(edition: str) -> pd.DataFrame:
    """Return the printed cells of others that an edition is compared with."""
    return tables.cells(edition, "comparison")


def comparable(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells about a subject of this repository, which so can be facts beside the edition's own."""
    return cells[cells.product_group.isin(["", *codelist("product_groups").index])]


def named_groups(edition: str) -> set[str] | None:
    """Return the product groups that a table of the edition names; None where it has no such table."""
    if GROUPS not in sources.of_edition(edition).index:
        return None
    return set(tables.rows(GROUPS).product_group)
