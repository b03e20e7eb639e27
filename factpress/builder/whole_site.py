"""The site: all publications of an edition, its index, its facts and the manifest that says what each was made of."""

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from itertools import chain
from pathlib import Path

import pandas as pd

from factpress import code_hashes, files, hashes, metadata
from factpress.builder import fingerprint, fork, freshness, run
from factpress.builder.fingerprint import Given
from factpress.builder.run import Outcome, Task
from factpress.formats import html
from factpress.home import home
from factpress.metadata.edition import MANIFEST
from factpress.provenance import Provenance
from factpress.publisher import publisher
from factpress.site import index, missing_pages, plan, provenance_pages
from factpress.site.conditions import Gone
from factpress.site.imprint import Imprint
from factpress.site.plan import Publication
from factpress.theme import theme


@dataclass(frozen=True)
class Work:
    """An edition as it is to be built: all its publications, its processed tables, and the version of its data.

    `made_of` is the sha256 of all inputs as they were when they were read (see `freshness`); without it the next build looks
    at everything. `gone` are the addresses where there is no publication.
    """

    everything: list[Publication]
    facts: Path
    version: str
    made_of: str = ""
    gone: tuple[Gone, ...] = ()

    @property
    def edition(self) -> str:
        """Its name."""
        return self.everything[0].edition

    @property
    def target(self) -> Path:
        """Where its reports lie."""
        return folder(self.edition)

    @cached_property
    def provenance(self) -> Provenance:
        """Where its facts come from."""
        return Provenance.read(self.facts.parent)

    @cached_property
    def around(self) -> dict[Publication, dict]:
        """The other publications that the page of each leads to: those beside it, and on wholes and parts of its subject."""
        beside, related = defaultdict(list), defaultdict(list)
        for p in self.everything:
            beside[p.family].append(p)
        named = {(p.language, p.kind, p.subject): p for p in self.everything}
        wholes = publisher().wholes(self.edition)
        for p in self.everything:
            for kind, name in wholes.get((p.kind, p.subject), []):
                if whole := named.get((p.language, kind, name)):
                    related[p].append(whole)
                    related[whole].append(p)
        return {p: _around(p, beside[p.family], related[p]) | self.ways for p in self.everything}

    @cached_property
    def ways(self) -> dict:
        """Whether there is a page on the method to lead to, and which of the publications that lead into the site."""
        names = {p.name for p in self.everything}
        ways = (page for _, page, _ in publisher().entrances(self.everything[0].language))
        return {"method": publisher().method in names, "entrances": tuple(page for page in ways if page in names)}

    def given(self, publication: Publication) -> Given:
        """What is known of a publication before its notebook runs."""
        return fingerprint.given(publication, self.around[publication], self._settings)

    @cached_property
    def _settings(self) -> dict[str, str]:
        return fingerprint.settings()

    def changes(self, publication: Publication, was: dict | None = None) -> list[str]:
        """Why a publication is not current, in words; nothing where it is. `was` is what it was made of, if that was read."""
        place = self.target / publication.folder
        if was := was or fingerprint.read(place):
            return fingerprint.changes(was["of"], self.given(publication), self.provenance, self.facts.parent)
        never = not place.exists() or missing_pages.is_one(place)
        return ["not built yet" if never else "its files are not as they were written"]


def folder(edition: str) -> Path:
    """Where the reports of an edition lie."""
    return home() / "reports" / edition


def work(name: str, made_of: str = "") -> Work:
    """The edition as it is to be built. What is not right in its settings is refused here, before anything is written.

    `made_of` as in `Work`.
    """
    possible = plan.possible(name)
    for settings in (theme, metadata.organisation.read, metadata.citation.read):
        settings()
    tables = publisher().refresh(name)
    there = plan.existing(possible, tables)
    gone = tuple(plan.gone(possible, there))
    return Work(there, tables / "facts.csv", publisher().data_version(), made_of, gone)


def build(
    work: Work,
    asked: list[Publication],
    execute: Callable[[list[Task], Callable[[], object]], Iterable[Outcome]],
    force: bool = False,
    engine: str = "forked",
    seen: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Builds what is asked for and is not current; then the index, the facts and the manifest of the edition.

    `execute` gives the outcomes of tasks as they come (see `local`), and calls what it is given besides, which must be done
    some time, where it would else wait. `seen` is called with each outcome. Nothing of a publication that fails is replaced.
    """
    work.target.mkdir(parents=True, exist_ok=True)
    with files.alone(
        work.target, "another build of this edition is running, maybe of a preview; wait for it, or stop it"
    ):
        run.mend(work.target)
        freshness.forget(work.edition)
        was = {p: fingerprint.read(work.target / p.folder) for p in asked}
        stale = {p for p in asked if work.changes(p, was[p])}
        tasks = _tasks(work, asked if force else [p for p in asked if p in stale], engine)
        others = cache(partial(_others, work, set(asked)))  # once, whoever comes to it first
        outcomes = []
        for outcome in chain(_current(asked, tasks), execute(tasks, others)):
            outcomes.append(outcome)
            seen(outcome)
        for p in {outcome.publication for outcome in outcomes if outcome.state == "built"}:
            was[p] = fingerprint.read(work.target / p.folder)
            if not work.changes(p, was[p]):
                stale.discard(p)
        states = _states(work, others() | {p: _entry(was[p]) for p in asked}, outcomes)
        _finish(work, states)
        whole = all(was.values()) and not stale and len(asked) == len(work.everything)
        if work.made_of and whole and not any("reason" in state for state in states.values()):
            freshness.remember(work.edition, work.made_of, [p.folder for p in work.everything])
        return outcomes


def _tasks(work: Work, publications: list[Publication], engine: str) -> list[Task]:
    seconds, data = plan.matrix().seconds_per_notebook or fork.TIME, work.facts.parent
    return [Task(p, work.target, data, work.given(p), work.around[p], engine, seconds) for p in publications]


def _current(asked: list[Publication], tasks: list[Task]) -> Iterator[Outcome]:
    built = {task.publication for task in tasks}
    return (Outcome(p, "current") for p in asked if p not in built)


def _others(work: Work, asked: set[Publication]) -> dict[Publication, dict]:
    """What rests on no outcome: writes the pages of sources; the manifest's entries of publications that are not asked for."""
    metadata.ahead()
    for frame in _frames(work):
        _sources(work.target, frame, work.provenance)
    return {p: _entry(fingerprint.note(work.target / p.folder)) for p in work.everything if p not in asked}


def _entry(was: dict | None) -> dict:
    """The manifest's entry of a publication, by what it was made of; nothing where it is not there."""
    return {"state": "built", "inputs": hashes.of_value(was["of"]), "files": was["files"]} if was else {}


def _states(work: Work, entries: dict[Publication, dict], outcomes: list[Outcome]) -> dict[str, dict]:
    """The manifest's entry of each publication that is there or failed, in the order of the matrix.

    What failed in an earlier build, and was not asked for in this one, is still said to have failed.
    """
    now, before, states = {o.publication: o for o in outcomes}, _read(work.target), {}
    for p in work.everything:
        state = entries[p]
        failed = now[p].reason if p in now else before.get(p.folder, {}).get("reason", "")
        if failed:
            state |= {"state": "failed", "reason": failed}
        if state:
            states[p.folder] = state
    return states


def _around(publication: Publication, same: list[Publication], related: list[Publication]) -> dict:
    """The publications that the page of this one leads to, as it names them: those of the `same` family, and `related` ones."""
    return {
        "neighbours": [(p.subject, p.short_title) for p in same if p.language == publication.language],
        "others": [p.language for p in same if p.subject == publication.subject and p.language != publication.language],
        "related": [(p.kind, p.subject, p.title) for p in related],
    }


def _read(target: Path) -> dict:
    try:
        found = json.loads((target / MANIFEST).read_text(encoding="utf-8"))["publications"]
        return {name: entry for name, entry in found.items() if isinstance(entry, dict)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # no manifest, or not one of ours: then no earlier failure is known


def _finish(work: Work, states: dict[str, dict]) -> None:
    """What is about all publications, each file replaced in one step; publications that left the matrix are taken away."""
    target, everything = work.target, work.everything
    folders = {p.folder for p in everything}
    for left in target.glob(f"*/*/*/{fingerprint.FILE}"):
        if left.parent.relative_to(target).as_posix() not in folders:
            shutil.rmtree(left.parent, ignore_errors=True)
    missing_pages.clear(target)
    for kind in [place for place in target.glob("*/*/") if not any(place.iterdir())]:
        kind.rmdir()
    files.write(target / "facts.csv", work.facts.read_bytes())
    there = [p for p in everything if (target / p.folder / "index.html").is_file()]
    findings = pd.read_csv(work.facts.parent / "findings.csv")
    for frame in (frames := _frames(work)):
        own = {p: states.get(p.folder, {}).get("reason", "") for p in everything if p.language == frame.language}
        site = index.Site(frame, own, set(there), work.provenance, findings, target)
        for name, page in (("index.html", index.front), (html.ALL, index.every)):
            files.write(target / html.index_address(frame.language, name), page(site).encode())
    content = {"edition": work.edition, "data": work.version, "publications": dict(sorted(states.items()))}
    files.write(target / MANIFEST, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())
    metadata.write(target, work.edition, there, work.version)
    for frame in frames:
        missing_pages.lead_on(target, work.gone, everything, frame)
        missing = [p for p in everything if p.language == frame.language and not (target / p.folder).exists()]
        missing_pages.write(target, missing, frame)


def _frames(work: Work) -> list[Imprint]:
    """What stands around the pages that are of no publication, in each language."""
    languages = list(dict.fromkeys(p.language for p in work.everything))
    about = {one: tuple(other for other in languages if other != one) for one in languages}
    made_of = {"version": work.version, "code": code_hashes.version(), **work.ways}
    return [Imprint("", "index", "", work.edition, one, others=others, **made_of) for one, others in about.items()]


def _sources(target: Path, frame: Imprint, provenance: Provenance) -> None:
    """The page of each source, where its table stands as printed; those of sources that are gone are taken away."""
    place = target / frame.language / provenance_pages.FOLDER
    slugs = {provenance_pages.source_slug(source) for source in provenance.sources.index}
    for left in place.glob("*"):
        if left.name not in slugs:
            shutil.rmtree(left, ignore_errors=True)
    for name, source in provenance.sources.iterrows():
        imprint = replace(
            frame, title=source.table, kind=provenance_pages.FOLDER, subject=provenance_pages.source_slug(name)
        )
        cells = provenance.read_from(name)
        printed, mended = publisher().printed(name), publisher().corrections(name)
        page = provenance_pages.source_page(source, printed, cells, mended, imprint)
        files.write(place / imprint.subject / "index.html", page.encode())
