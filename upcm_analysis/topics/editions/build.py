"""What is told of an edition when all its facts are made: how it differs from the editions released until then."""

import pandas as pd

from factpress.codelists import codelist
from factpress.editions import PUBLISHED, parts
from upcm_analysis.registers.assumptions import numbers
from upcm_analysis.topics.editions import causes, release_sources, revisions
from upcm_analysis.topics.editions.compare import CHANGES
from upcm_analysis.topics.editions.sides import Record, Side

#: The tables of how an edition differs from one that was released, and their columns.
REVISIONS = {"changes": [*CHANGES, "why", "causes", "pct"], "causes": causes.COLUMNS, "sizes": revisions.SIZES}


def finish(name: str, facts: pd.DataFrame, made_of: Record) -> dict[str, pd.DataFrame]:
    """Return how an edition differs from those released until then, its own release among them, and why.

    The column `against` says from which release. Under a scenario an edition is compared with none.
    """
    now, found = Side(facts, made_of), {kind: [] for kind in REVISIONS}
    for earlier in release_sources.names():
        if earlier <= name and parts(name)[1] == PUBLISHED:
            then = release_sources.side(release_sources.path(earlier))
            changes, why = causes.explained(then, now, numbers())
            changes["pct"] = revisions.relative(changes.before, changes.after).where(changes.difference.notna())
            sizes = revisions.sizes(_pairs(then.facts, now.facts, set(changes.fact_id)))
            for kind, table in zip(REVISIONS, (changes, why, sizes), strict=True):
                found[kind].append(table.assign(against=earlier))
    return {
        kind: pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=[*REVISIONS[kind], "against"])
        for kind, tables in found.items()
    }


def _pairs(then: pd.DataFrame, now: pd.DataFrame, moved: set[str]) -> pd.DataFrame:
    """The facts that two editions both have in one unit, of indicators themselves and not of a form such as their rank."""
    plain = now[now.indicator.isin(codelist("indicators").index)]
    both = then.merge(plain, on=["fact_id", "unit"], suffixes=("_then", "_now"))
    return both.assign(
        before=both.value_then,
        after=both.value_now,
        estimated=both.status_now == "estimated",
        same=~both.fact_id.isin(moved),
    )
