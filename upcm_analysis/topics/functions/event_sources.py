"""Events in the history of a cluster, each coded to an innovation function, and the phase that a cluster is in."""

import pandas as pd

from factpress.codelists import codelist
from factpress.errors import InputError, UnknownName
from upcm_analysis.registers import sources
from upcm_analysis.registers.tables import listed, placed
from upcm_analysis.topics.functions.sources import refuse_synthetic

#: A row is what one coder made of one event. `sign` is +1 where it strengthens the function, -1 where it weakens it.
EVENT = ["event", "date", "cluster", "scheme", "function", "sign", "source", "coder"]
#: A row is a phase that a cluster is in; a cluster may be in several.
PHASE = ["cluster", "phase", "judged_by", "date"]
SIGNS = {"+1": 1, "-1": -1}


def events(edition: str) -> pd.DataFrame:
    """The registered events of an edition, `date` as a date and `sign` as +1 or -1; no rows where none are registered.

    Raises InputError for a row that cannot be used, for what a coder coded twice, and for an event of two dates or clusters.
    """
    found = []
    for at, row in _rows(edition, "events", EVENT, "coder"):
        _date(row["date"], at)
        listed("cluster", row["cluster"], codelist("clusters").index, at)
        if (row["scheme"], row["function"]) not in codelist("functions").index:
            codes = codelist("functions").index.get_level_values(1)
            raise UnknownName("function", row["function"], codes, **at, column="scheme, function")
        listed("sign", row["sign"], SIGNS, at)
        for column in ("event", "source", "coder"):
            if not row[column]:
                raise InputError("an event is not complete", **at, column=column, found="nothing", expected="a text")
        found.append({**row, "where": f"{at['file']} row {at['row']}"})
    table = pd.DataFrame(found, columns=[*EVENT, "where"])
    _refuse(table, table.duplicated(["event", "coder"]), "an event is coded twice by one coder")
    whole = table.groupby("event")[["date", "cluster"]].transform("nunique").max(axis=1) > 1
    _refuse(table, whole, "an event has more than one date or cluster")
    return table.assign(date=pd.to_datetime(table.date), sign=table.sign.map(SIGNS).astype(int))[EVENT]


def phases(edition: str) -> pd.DataFrame:
    """The registered phases of an edition: `cluster`, `phase`, `judged_by`, `date`; no rows where none are registered."""
    found = []
    for at, row in _rows(edition, "phases", PHASE, "judged_by"):
        _date(row["date"], at)
        listed("cluster", row["cluster"], codelist("clusters").index, at)
        listed("phase", row["phase"], codelist("phases").index, at)
        if not row["judged_by"]:
            raise InputError(
                "a phase without who judged it", **at, column="judged_by", found="nothing", expected="a role"
            )
        found.append({**row, "where": f"{at['file']} row {at['row']}"})
    table = pd.DataFrame(found, columns=[*PHASE, "where"])
    _refuse(table, table.duplicated(["cluster", "phase", "judged_by"]), "a phase is judged twice by the same")
    return table[PHASE]


def _rows(edition: str, role: str, columns: list[str], who: str):
    """Every row of the sources with a role: where it stands, and its texts."""
    for source in sources.registered(edition, role):
        rows = list(placed(source, columns))
        refuse_synthetic(source, [row[who] for _, row in rows])
        yield from rows


def _date(text: str, at: dict) -> None:
    if pd.isna(pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")):
        raise InputError("no date", **at, column="date", found=text or "nothing", expected="a date such as 2026-05-31")


def _refuse(table: pd.DataFrame, wrong: pd.Series, problem: str) -> None:
    """Raises InputError with the first row of which something is wrong."""
    for where in table["where"][wrong.astype(bool)]:
        file, _, line = where.rpartition(" row ")
        raise InputError(problem, file=file, row=line, found=f"{int(wrong.sum())} rows", expected="each once")
