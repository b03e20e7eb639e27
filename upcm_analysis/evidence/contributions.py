"""What is published on the innovation functions: contributions of projects, and what a study found to be barriers.

Two quantities that may not be mixed: what a project contributes to a function, and how strong the function is in a cluster.
"""

import pandas as pd

from upcm_analysis.evidence import sources
from upcm_analysis.evidence.tables import printed
from upcm_analysis.words.codelists import codelist
from upcm_analysis.words.errors import InputError, UnknownName
from upcm_analysis.words.home import shown

#: What a row of both tables says, and where it is printed. `level` is empty where a function is named as a barrier.
CITED = ["kind", "project", "cluster", "scheme", "function", "level", "source", "line", "row", "printed"]
CONTRIBUTION, BARRIER = "contribution", "barrier"


def cited(edition: str) -> pd.DataFrame:
    """All that the sources of an edition say of innovation functions: a row a printed cell, in the columns of `CITED`.

    `level` is as printed: `Hoog`, `Middel`, `Laag` or `Onbekend`. Raises InputError for a row, function or level that there is
    none of in the code lists.
    """
    rows = [row for source in sources.registered(edition, "contributions") for row in _read(source, CONTRIBUTION)]
    rows += [row for source in sources.registered(edition, "barriers") for row in _read(source, BARRIER)]
    return pd.DataFrame(rows, columns=CITED)


def _read(source: str, kind: str) -> list[dict]:
    """The rows of one source: a function by its printed name, and for a contribution its level."""
    (header, body), file = printed(source), shown(sources.raw_path(source))
    known = codelist("published_functions")
    named = known.loc[source] if source in known.index else known.droplevel(0).iloc[:0]
    columns = 2 if kind == CONTRIBUTION else 1
    if len(header) != columns:
        raise InputError(
            "a table on innovation functions has other columns", file=file, row=1, found=", ".join(header),
            expected="the function and its level" if columns == 2 else "the function",
        )  # fmt: skip
    found = []
    for line, row in enumerate(body, start=2):
        at = {"file": file, "row": line}
        if row[0] not in named.index:
            raise UnknownName("function", row[0], named.index, **at, column=header[0])
        level = row[1] if kind == CONTRIBUTION else ""
        if kind == CONTRIBUTION and level not in codelist("contribution_levels").index:
            raise UnknownName("level", level, codelist("contribution_levels").index, **at, column=header[1])
        about = named.loc[row[0]].to_dict()
        found.append(
            {**about, "kind": kind, "level": level, "source": source, "line": line, "row": row[0], "printed": row[-1]}
        )
    missing = [name for name in named.index if name not in {row["row"] for row in found}]
    if missing:
        raise InputError("a missing row", file=file, found=f"{len(found)} rows", expected=missing[0])
    return found
