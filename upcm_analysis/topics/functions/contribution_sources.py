"""What is published on the innovation functions: contributions of projects, and what a study found to be barriers.

Two quantities that may not be mixed: what a project contributes to a function, and how strong the function is in a cluster.
"""

import pandas as pd

from factpress.codelists import codelist
from factpress.errors import InputError, UnknownName
from factpress.home import shown
from upcm_analysis.registers import sources
from upcm_analysis.registers.tables import printed

#: What a row of both tables says, and where it is printed. `level` is empty where a function is named as a barrier.
CITED = ["kind", "project", "cluster", "scheme", "function", "level", "source", "line", "row", "printed"]
CONTRIBUTION, BARRIER = "contribution", "barrier"
#: The scheme by which impact sheets number the functions.
SCHEME = "hekkert-mis"


def cited(edition: str, sheets: pd.DataFrame) -> pd.DataFrame:
    """All that the sources of an edition say of innovation functions: a row a printed cell, in the columns of `CITED`.

    `sheets` are the impact sheets of projects, a row a `part` of one. `level` is as printed: `Hoog`, `Middel`, `Laag` or
    `Onbekend`. Raises InputError for a row, function or level that there is none of in the code lists.
    """
    rows = [
        *_contributions(sheets),
        *(row for one in sources.registered(edition, "barriers") for row in _barriers(one)),
    ]
    return pd.DataFrame(rows, columns=CITED)


def _contributions(sheets: pd.DataFrame) -> list[dict]:
    """What projects contribute to functions, from their impact sheets; of a project without a cluster that is empty."""
    clusters = sheets[sheets.part == "cluster"].set_index("project")["value"]
    return [
        {
            "kind": CONTRIBUTION,
            "project": row.project,
            "cluster": clusters.get(row.project, ""),
            "scheme": SCHEME,
            "function": row.item,
            "level": row.value,
            "source": row.source,
            "line": row.line,
            "row": row.item,
            "printed": row.value,
        }
        for row in sheets[sheets.part == "function"].itertuples()
    ]


def _barriers(source: str) -> list[dict]:
    """The functions that a source names as barriers, by their printed name."""
    (header, body), file = printed(source), shown(sources.raw_path(source))
    known = codelist("published_functions")
    named = known.loc[source] if source in known.index else known.droplevel(0).iloc[:0]
    if len(header) != 1:
        raise InputError(
            "a table on innovation functions has other columns", file=file, row=1, found=", ".join(header),
            expected="the function",
        )  # fmt: skip
    found = []
    for line, (name,) in enumerate(body, start=2):
        if name not in named.index:
            raise UnknownName("function", name, named.index, file=file, row=line, column=header[0])
        at = {"source": source, "line": line, "row": name, "printed": name}
        found.append({**named.loc[name].to_dict(), "kind": BARRIER, "level": "", **at})
    missing = [name for name in named.index if name not in {row["row"] for row in found}]
    if missing:
        raise InputError("a missing row", file=file, found=f"{len(found)} rows", expected=missing[0])
    return found
