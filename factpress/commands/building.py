"""Building the publications that `report` asks for, and saying what was done."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from factpress.builder import whole_site
from factpress.builder.executors import local
from factpress.builder.progress import Report
from factpress.commands import chosen
from factpress.console import err, out
from factpress.errors import InputError, PartFailed
from factpress.home import shown
from factpress.site import plan


@dataclass(frozen=True)
class Asked:
    """What is asked for: the `publications` of an edition, and the `work` that knows which of them are current."""

    edition: str
    work: whole_site.Work
    publications: list


def connected(scheduler: str | None) -> str:
    """Reach a Dask scheduler and its workers, so that what is wrong with them is said before anything is written."""
    if not scheduler:
        raise InputError("where is the scheduler? --executor dask needs --scheduler tcp://host:port")
    with _dask().connected(scheduler):
        return scheduler


def execution(executor: str, workers: int | None, scheduler: str | None) -> Callable:
    """Return what builds: this machine with so many workers, or the machines of Dask."""
    if executor == "dask":
        return partial(_dask().there, scheduler=scheduler)
    return partial(local.here, workers=workers)


def _dask():
    from factpress.builder.executors import dask_client  # here, because Dask is an extra, and slow to load

    return dask_client


def asked(edition: str | None, scenario: str | None, only: str | None, language: str | None, made_of: str) -> Asked:
    """Return the publications asked for. Raises UnknownName for an edition, a publication or a language there is none of."""
    name = chosen.edition(edition, scenario)
    possible = plan.possible(name, only or None, language or None)
    work = whole_site.work(name, made_of)
    return Asked(name, work, plan.existing(possible, work.facts.parent, only))


def explain(asked: Asked, form: str) -> None:
    """Print why publications are not current."""
    found = {p.folder: why for p in asked.publications if (why := asked.work.changes(p))}
    if form == "json":
        print(json.dumps(found, indent=1, ensure_ascii=False))
        return
    for folder, why in found.items():
        out.print(f"{folder}: {'; '.join(why)}", markup=False)
    count = len(asked.publications)
    out.print(f"{count} publications: {len(found)} to build, {count - len(found)} current")


def build(asked: Asked, execute: Callable, force: bool, engine: str, form: str) -> None:
    """Build what is not current, and print what was done. Raises PartFailed where publications failed."""
    with Report(asked.edition, len(asked.publications), err) as progress:
        whole_site.build(asked.work, asked.publications, execute, force, engine, progress.seen)
    progress.close()
    for note in progress.notes:
        err.print(f"note: {note}", style="yellow", markup=False)
    for failure in progress.failures:
        err.print(f"failed: {failure}", style="red", markup=False)
    if form == "json":
        print(progress.json())
    else:
        out.print(progress.counts)
        for line in filter(None, [progress.slowest, f"index: {shown(asked.work.target / 'index.html')}"]):
            out.print(line)
    if progress.failures:
        raise PartFailed(
            f"{progress.states.count('failed')} of {len(asked.publications)} publications failed; their earlier pages stand; "
            f"more in {shown(progress.log)}"
        )
