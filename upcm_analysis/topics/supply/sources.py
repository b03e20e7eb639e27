"""What is published of critical materials: the lists that they are on, who produces them, recycling and uses."""

import pandas as pd

from factpress.codelists import codelist, entries
from factpress.errors import InputError
from upcm_analysis.registers import sources, tables

#: The columns of a table of each role.
COLUMNS = {
    "material-lists": ["material", "list", "critical", "strategic", "citation"],
    "producers": ["material", "country", "share_pct"],
    "recycling": ["material", "eol_rir"],
    "material-uses": ["material", "use"],
}
YES, NO = "yes", "no"
#: How the name of a row begins that is several countries.
OTHERS = "other "


def cells(edition: str, *roles: str) -> pd.DataFrame:
    """Return a cell for each table of materials as a whole, of all roles or of some."""
    return tables.whole(edition, roles or tuple(COLUMNS))


def lists(edition: str) -> pd.DataFrame:
    """Return whether each material is on each list: rows of `material`, `list`, `critical` and `strategic` (yes, no, or empty).

    Raises InputError for an answer that is neither, and for a material that one list has twice.
    """
    table = _rows(edition, "material-lists")
    for row in table.itertuples():
        if row.list not in entries("material_lists"):
            raise _wrong(row, "list", ", ".join(entries("material_lists")))
        if row.critical not in (YES, NO):
            raise _wrong(row, "critical", f"{YES} or {NO}")
    twice = table[table.duplicated(["material", "list"])]
    for row in twice.itertuples():
        raise _wrong(row, "material", "each material once on a list")
    strategic = table.strategic.str.partition(" ")[0]  # a remark may follow: yes (magnesium metal)
    return table.assign(strategic=strategic)[["material", "list", "critical", "strategic", "citation"]]


def producers(edition: str) -> pd.DataFrame:
    """Return the share of world production of each country by material, in whole percents, the largest first.

    Raises InputError for a share that is no whole percent, and for shares of a material that add up to more than all.
    """
    table = _rows(edition, "producers")
    for row in table.itertuples():
        if not row.share_pct.isdigit() or not 0 < int(row.share_pct) <= 100:
            raise _wrong(row, "share_pct", "a whole percentage from 1 to 100")
    table = table.assign(share_pct=table.share_pct.astype(int))
    for material, own in table.groupby("material", sort=False):
        least = own.share_pct.sum() - 0.5 * len(own)
        if least > 100:
            last = next(own.tail(1).itertuples())
            raise InputError(
                "shares of world production add up to more than all", **last.at, column="share_pct",
                found=f"{own.share_pct.sum()} of {material}", expected="at most 100, but for rounding",
            )  # fmt: skip
    return table.sort_values("share_pct", ascending=False, kind="stable", ignore_index=True)


def recycling(edition: str) -> pd.DataFrame:
    """Return the recycled part of the input of each material, from 0 to 1.

    Raises InputError for a part outside that, such as 28 where 0.28 is meant.
    """
    table = _rows(edition, "recycling")
    for row in table.itertuples():
        try:
            part = float(row.eol_rir)
        except ValueError:
            part = -1.0
        if not 0 <= part <= 1:
            raise _wrong(row, "eol_rir", "a part from 0 to 1, such as 0.28 for 28 percent")
    return table.assign(eol_rir=table.eol_rir.astype(float))


def uses(edition: str) -> pd.DataFrame:
    """Return the sectors and technologies that each material is used in: rows of `material` and `use`."""
    return _rows(edition, "material-uses")[["material", "use"]]


def _rows(edition: str, role: str) -> pd.DataFrame:
    """The rows of the tables of a role, each material by its code, with where it stands."""
    known = {
        name.strip().lower(): code
        for code, row in codelist("materials").iterrows()
        for name in row.listed_as.split(";")
    }
    found = []
    for source in sources.registered(edition, role):
        for at, row in tables.placed(source, COLUMNS[role]):
            tables.listed("material", row["material"].lower(), known, at)
            found.append({**row, "material": known[row["material"].lower()], "at": at})
    return pd.DataFrame(found, columns=[*COLUMNS[role], "at"])


def _wrong(row, column: str, expected: str) -> InputError:
    """What is said of a cell that cannot be used."""
    return InputError(
        f"a cell of critical materials cannot be used: {row.material}", **row.at, column=column,
        found=getattr(row, column) or "nothing", expected=expected,
    )  # fmt: skip
