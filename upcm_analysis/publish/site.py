"""The site: all publications of an edition, its index, its facts and the manifest that says what each was made of."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version as version_of
from pathlib import Path

import pandas as pd

from upcm_analysis.evidence.corrections import corrections
from upcm_analysis.evidence.tables import printed
from upcm_analysis.provenance import Provenance
from upcm_analysis.publish import as_html, current, index, origin, run, warm
from upcm_analysis.publish.imprint import Imprint
from upcm_analysis.publish.metadata import write as write_metadata
from upcm_analysis.publish.plan import Publication
from upcm_analysis.publish.run import Outcome
from upcm_analysis.telling.theme import theme
from upcm_analysis.words.errors import UnknownName, UpcmError
from upcm_analysis.words.home import home

MANIFEST = "manifest.json"


def folder(edition: str) -> Path:
    """Where the reports of an edition lie."""
    return home() / "reports" / edition


def build(
    asked: list[Publication],
    all_of_edition: list[Publication],
    facts: Path,
    version: str,
    workers: int | None = None,
    force: bool = False,
    engine: str = "forked",
    seen: Callable[[Outcome], None] = lambda outcome: None,
    made_of: str = "",
) -> list[Outcome]:
    """Builds what is asked for and is not current; then the index, the facts and the manifest of the edition.

    A publication is current when nothing that it is made of has changed and its files are as they were written.
    `seen` is called with each outcome as it is known. Nothing of a publication that fails is replaced. `made_of` is the
    sha256 of all inputs as they were when they were read (see `current`); without it the next build looks at everything.
    """
    if engine not in run.ENGINES:
        raise UnknownName("engine", engine, run.ENGINES)
    target = folder(asked[0].edition)
    target.mkdir(parents=True, exist_ok=True)
    with _alone(target):
        _mend(target)
        return _build(target, asked, all_of_edition, facts, version, workers, force, engine, seen, made_of)


def _build(target, asked, all_of_edition, facts, version, workers, force, engine, seen, made_of) -> list[Outcome]:
    manifest = _read(target)
    current.forget(target.name)
    common, code = _common(facts, version), code_version()
    keys = {p: inputs(p, common, _around(p, all_of_edition)) for p in all_of_edition}
    kept = [] if force else [p for p in asked if _is_current(p, target, manifest, keys[p])]
    outcomes = [Outcome(p, "current") for p in kept]
    for outcome in outcomes:
        seen(outcome)
    stale = [p for p in asked if p not in kept]
    arguments = [(p, target, facts.parent, version, code, _around(p, all_of_edition), engine) for p in stale]
    for outcome in outcomes_of(arguments, workers or os.cpu_count() or 1, target.name):
        outcomes.append(outcome)
        p = outcome.publication
        entry = manifest.setdefault(p.folder, {})
        if outcome.state == "built":
            manifest[p.folder] = {"state": "built", "inputs": keys[p], "files": current.files(target / p.folder)}
        else:
            manifest[p.folder] = {**entry, "state": "failed", "reason": outcome.reason}
        seen(outcome)
    _finish(target, manifest, all_of_edition, facts, version, code)
    if made_of and all(_is_current(p, target, manifest, keys[p]) for p in all_of_edition):
        current.remember(target.name, made_of, [p.folder for p in all_of_edition])
    return outcomes


@contextmanager
def _alone(target: Path):
    """Holds the edition for this build: two at once would take each other's unfinished work for leftovers."""
    try:
        import fcntl
    except ImportError:  # not on Windows; there a second build at the same time is the user's own risk
        yield
        return
    with (target.parent / f".{target.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UpcmError("another build of this edition is running; wait for it, or stop it") from None
        yield


def _mend(target: Path) -> None:
    """Takes away what a build that was killed left unfinished, and puts back a page that it had moved aside."""
    for left in target.glob("*/*/.*"):
        place = left.with_name(left.name[1:].removesuffix("-old"))
        if left.name.endswith("-old") and not place.exists():
            left.rename(place)
        else:
            shutil.rmtree(left, ignore_errors=True)


def inputs(publication: Publication, common: str, around: dict) -> str:
    """One sha256 over everything that a publication is made of: what all are, its notebook, parameters and links."""
    total = hashlib.sha256(common.encode())
    total.update(json.dumps([publication.folder, publication.parameters, around]).encode())
    total.update(publication.notebook.read_bytes())
    return total.hexdigest()


def _common(facts: Path, version: str) -> str:
    """One sha256 over what every publication is made of: the data, the tables made from it, the packages, the code."""
    total = hashlib.sha256(version.encode())
    for path in [home() / "requirements.lock", *theme().files, *_processed(facts.parent), *_code()]:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def code_version() -> str:
    """The version of the package, and enough of the sha256 of its files to tell it from one that was changed since."""
    total = hashlib.sha256()
    for path in _code():
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{version_of('upcm-analysis')} ({total.hexdigest()[:8]})"


def _processed(place: Path) -> list[Path]:
    return sorted(place.glob("*.csv"))


def _code() -> Iterable[Path]:
    package = Path(__file__).resolve().parents[1]
    return sorted(p for p in package.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def outcomes_of(arguments: list[tuple], workers: int, edition: str) -> Iterable[Outcome]:
    """The outcomes of builds, as they come. Each publication has a process of its own, forked from one that is warm."""
    if not arguments:
        return
    context = warm.context(edition)
    once = {"max_tasks_per_child": 1} if context.get_start_method() == "forkserver" else {}
    with ProcessPoolExecutor(min(workers, len(arguments)), context, run.settle, **once) as pool:
        waiting = {pool.submit(run.build, *one): one[0] for one in arguments}
        for done in as_completed(waiting):
            error = done.exception()
            yield Outcome(waiting[done], "failed", f"{type(error).__name__}: {error}") if error else done.result()


def _around(publication: Publication, everything: list[Publication]) -> dict:
    """The other publications that the page of this one leads to."""
    same = [p for p in everything if p.kind == publication.kind]
    return {
        "neighbours": [(p.subject, p.title) for p in same if p.language == publication.language],
        "others": [p.language for p in same if p.subject == publication.subject and p.language != publication.language],
    }


def _is_current(publication: Publication, target: Path, manifest: dict, made_of: str) -> bool:
    entry = manifest.get(publication.folder, {})
    return (
        entry.get("state") == "built"
        and entry.get("inputs") == made_of
        and entry.get("files") == current.files(target / publication.folder)
    )


def _read(target: Path) -> dict:
    try:
        return json.loads((target / MANIFEST).read_text(encoding="utf-8"))["publications"]
    except (OSError, ValueError, KeyError):
        return {}  # no manifest, or not one of ours: then nothing is current


def _finish(target: Path, manifest: dict, everything: list[Publication], facts: Path, version: str, code: str) -> None:
    """What is about all publications, each file replaced in one step; publications that left the matrix are taken away."""
    folders = {p.folder for p in everything}
    for name in set(manifest) - folders:
        del manifest[name]
        shutil.rmtree(target / name, ignore_errors=True)
    edition, provenance = everything[0].edition, Provenance.read(facts.parent)
    _write(target / "facts.csv", facts.read_bytes())
    there = [p for p in everything if (target / p.folder / "index.html").is_file()]
    failed = [name for name, entry in manifest.items() if entry["state"] == "failed"]
    findings = pd.read_csv(facts.parent / "findings.csv")
    languages = list(dict.fromkeys(p.language for p in everything))
    for language in languages:
        others = tuple(other for other in languages if other != language)
        frame = Imprint("", "index", "", edition, language, version, others=others, code=code)
        _sources(target, frame, provenance)
        own = [p for p in there if p.language == language]
        lost = [p.title for p in everything if p.language == language and p.folder in failed]
        _write(
            target / as_html.index_address(language),
            index.page(frame, own, lost, provenance, findings, target).encode(),
        )
    content = {"edition": edition, "data": version, "publications": dict(sorted(manifest.items()))}
    _write(target / MANIFEST, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())
    write_metadata(target, edition, there, version)


def _sources(target: Path, frame: Imprint, provenance: Provenance) -> None:
    """The page of each source, where its table stands as printed; those of sources that are gone are taken away."""
    place = target / frame.language / origin.FOLDER
    tabled = provenance.sources[provenance.sources.role != "map"]
    slugs = {origin.source_slug(source) for source in tabled.index}
    for left in place.glob("*"):
        if left.name not in slugs:
            shutil.rmtree(left, ignore_errors=True)
    for name, source in tabled.iterrows():
        imprint = replace(frame, title=source.table, kind=origin.FOLDER, subject=origin.source_slug(name))
        page = origin.source_page(source, printed(name), corrections(name), imprint)
        _write(place / imprint.subject / "index.html", page.encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    room = path.with_name(f".{path.name}-new")
    room.write_bytes(content)
    room.replace(path)
