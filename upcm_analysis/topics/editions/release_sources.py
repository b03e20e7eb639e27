"""Released editions: what was published stands in `data/released`, so that no number moves unseen.

Of each fact of an edition `<edition>.csv` has the value, bounds, unit, status and sign, and `<edition>.json` is the record of
what they were made of.
"""

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pandas as pd

from factpress import files
from factpress.codelists import codelist
from factpress.editions import PUBLISHED, parts
from factpress.errors import InputError, PartFailed
from factpress.facts import Facts
from factpress.home import home
from upcm_analysis.registers.assumptions import numbers
from upcm_analysis.topics.editions import causes
from upcm_analysis.topics.editions.compare import NUMBERS, RELEASED
from upcm_analysis.topics.editions.record_sources import FILE
from upcm_analysis.topics.editions.record_sources import read as record_in
from upcm_analysis.topics.editions.sides import Side

FOLDER, CHANGELOG = "data/released", "CHANGELOG.md"
#: Under the heading of what is not released yet, the heading of the list of numbers that move.
UNRELEASED, MOVED = "## Unreleased", "### Numbers that move"
NAMED = re.compile(r"`([^`]+)`")


def names() -> list[str]:
    """The editions that have been released, oldest first."""
    return sorted(path.stem for path in (home() / FOLDER).glob("*.csv"))


def last_before(edition: str) -> str:
    """The edition that was released last before another; empty where there is none."""
    return max((name for name in names() if name < edition), default="")


def path(edition: str) -> Path:
    """Where the facts of a released edition lie."""
    return home() / FOLDER / f"{edition}.csv"


def read(path: Path) -> pd.DataFrame:
    """Read the facts in a CSV: all columns, or those of a release. Raises InputError where it holds something else.

    Until November 2026 facts named the function that made them; such names are read as the ids of these methods.
    """
    with path.open(encoding="utf-8", errors="replace") as file:
        if file.readline().strip() != ",".join(RELEASED):
            table = Facts.read(path).table
            return table.assign(method=table.method.replace(codelist("method_names").method.to_dict()))
    types = {name: float if name in NUMBERS else object for name in RELEASED}
    try:
        return pd.read_csv(path, dtype=types, keep_default_na=False, na_values={name: [""] for name in NUMBERS})
    except ValueError as error:
        raise InputError("a file does not hold the facts of a release", file=path, found=error) from None


def side(path: Path) -> Side:
    """The facts in a file, of a release or all columns, with the record that stands beside it if one does."""
    beside = path.with_name(FILE) if path.name == "facts.csv" else path.with_suffix(".json")
    return Side(read(path), record_in(beside))


def write(edition: str, now: Side) -> Path:
    """Releases an edition as it is now. Raises PartFailed where facts moved that the changelog does not name."""
    if parts(edition)[1] != PUBLISHED:
        raise InputError(
            "an edition under a scenario is an illustration and is not released",
            found=edition,
            expected=parts(edition)[0],
        )
    if missing := unnamed(edition, now):
        raise PartFailed(missing)
    target = path(edition)
    content = now.facts[RELEASED].to_csv(index=False, float_format="%.12g", lineterminator="\n")
    files.write_all({target.with_suffix(".json"): now.record.text().encode(), target: content.encode()})
    return target


def moved(edition: str, now: Side) -> pd.DataFrame:
    """The released facts of an edition that are another now, or gone, with why; none where it was never released."""
    if edition not in names():
        return causes.explained(now, now, numbers())[0]
    changes, _ = causes.explained(side(path(edition)), now, numbers())
    return changes[changes.change != "new"]


def unnamed(edition: str, now: Side, most: int = 20) -> str:
    """What moved of a released edition and is not named in the changelog, and what to do; empty where all is named."""
    named = patterns()
    found = moved(edition, now)
    found = found[[not any(fnmatchcase(name, one) for one in named) for name in found.fact_id]]
    if found.empty:
        return ""
    rows = [
        f"  {row.fact_id}: {_value(row.before)} -> {_value(row.after)} ({row.what or row.change}); {row.causes}"
        for row in found.head(most).itertuples()
    ]
    more = [f"  and {len(found) - most} more: see 'upcm compare {edition} {edition}'"] if len(found) > most else []
    facts = f"{len(found)} fact{'s' * (len(found) > 1)}"
    return "\n".join(
        [
            f"{facts} of the released edition {edition} moved that {CHANGELOG} does not name:",
            *rows,
            *more,
            f"if it is not meant, undo it; if it is, name them in {CHANGELOG} under '{MOVED}' of '{UNRELEASED}', as",
            "  - `co2_kt/province/zeeland`: 770, was 769. Why.   (or a pattern: `co2_kt_rank/*`)",
        ]
    )


def patterns() -> list[str]:
    """The ids of facts, and patterns of them, that the changelog says move before the next release."""
    text = (home() / CHANGELOG).read_text(encoding="utf-8") if (home() / CHANGELOG).is_file() else ""
    unreleased = text.partition(f"\n{UNRELEASED}\n")[2].partition("\n## ")[0]
    lines = unreleased.partition(f"\n{MOVED}\n")[2].partition("\n#")[0].splitlines()
    return [name for line in lines if line.startswith("- ") for name in NAMED.findall(line.partition(":")[0])]


def _value(number: float) -> str:
    return "none" if pd.isna(number) else f"{number:.10g}"
