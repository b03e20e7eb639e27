"""Preview: one publication, built again whenever something that it is made of is saved, in a page that loads itself again.

A builder, a process beside this one, has the libraries and facts loaded, and builds in a fork of itself. While only notebooks
or the matrix change it stays; when anything else does, another takes its place, for what it has loaded may be what changed.
"""

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from watchfiles import watch

from factpress.builder import freshness, processes, run, whole_site
from factpress.builder.preview_server import Told, served
from factpress.builder.processes import Beside, Ended
from factpress.errors import InputError, PressError
from factpress.home import shown
from factpress.site import plan
from factpress.site.plan import Publication

#: How many milliseconds to wait at most for word of a change, before looking by oneself: not every disk gives word.
LOOK = 1000
#: How long one build may take, in seconds: with a notebook that may take long, and after a change of data its tables.
LONGEST = 1200


def one(name: str, language: str | None, edition: str) -> Publication:
    """The publication to look at; without a language in the first of the matrix. Raises InputError where it is not one."""
    found = plan.publications(edition, name, language or plan.matrix().languages[0])
    if len(found) != 1:
        raise InputError(
            "a preview is of one publication",
            found=f"{name}: {len(found)} publications",
            expected=f"a kind and a subject, such as {found[0].name}",
        )
    return found[0]


def preview(publication: Publication, port: int, say: Callable[[str], None], fault: Callable[[str], None]) -> None:
    """Builds a publication, serves it and builds it again after every change, until it is interrupted.

    `say` is told the address and every build, `fault` what goes wrong; the page of before then stands. Raises InputError for
    a port that cannot be had.
    """
    told = Told()
    target = whole_site.folder(publication.edition)
    target.mkdir(parents=True, exist_ok=True)
    asked = (publication.edition, publication.name, publication.language)
    spawn = partial(multiprocessing.get_context, "spawn")
    builder = Beside("the builder of the preview", partial(_builder, publication.edition), spawn)
    try:
        with served(target, told, port) as address:
            say(f"preview: {address}/{publication.folder}/ (Ctrl-C ends it)")
            for changed in _changes():
                if not all(path.startswith("notebooks/") or path == plan.FILE for path in changed):
                    builder.end()
                _build(builder, asked, told, say, fault, changed)
    finally:
        builder.end()


def _changes() -> Iterator[list[str]]:
    """What was changed of all that an edition is made of, as it is saved; at first nothing."""
    was = _state()
    yield []
    folders = {path.parent for path in was}
    word = watch(*folders, recursive=False, yield_on_timeout=True, rust_timeout=LOOK, debounce=400)
    while True:
        now = _state()
        changed = sorted(shown(path) for path in was.keys() | now.keys() if was.get(path) != now.get(path))
        was = now
        if changed:
            yield changed  # and look again: more may have been saved since
        else:
            next(word)


def _state() -> dict[Path, tuple[int, int]]:
    """The files that an edition is made of, with when each was saved and its size."""
    state = {}
    for path in freshness.input_files():
        try:
            found = path.stat()
        except OSError:  # gone since
            continue
        state[path] = found.st_mtime_ns, found.st_size
    return state


def _build(builder: Beside, asked: tuple, told: Told, say: Callable, fault: Callable, changed: list[str]) -> None:
    """Has the builder build, and tells the terminal and the page how that went; the page as soon as it is there."""
    start = time.monotonic()
    because = f" ({', '.join(changed[:3])}{' and more' if len(changed) > 3 else ''})" if changed else ""
    try:
        _ask(builder, asked)
        while (outcome := builder.answer()) is not None:
            reason = outcome if isinstance(outcome, str) else outcome.reason
            if reason:
                fault(reason)
                told.tell(reason)
            elif outcome.state == "built" or told.fault:
                told.tell()
            if not reason:
                say(f"{outcome.state} in {time.monotonic() - start:.1f} s{because}")
                for note in outcome.notes:
                    say(f"note: {note}")
    except Ended as ended:
        reason = f"the builder ended: {ended}; the reason is in the terminal"
        fault(reason)
        told.tell(reason)


def _ask(builder: Beside, asked: tuple) -> None:
    """Asks the builder, which is started deaf to Ctrl-C: that is for this process, which then ends it. Meanwhile it waits."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        builder.ask(asked, LONGEST + processes.START)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _builder(edition: str, asked: Connection) -> None:
    """A builder: loads what publications need, and builds what is asked of it in a fork of itself."""
    processes.end_with_parent()
    warm = False
    while True:
        try:
            question = asked.recv()
        except (EOFError, OSError):
            return
        warm = warm or _warm(edition)
        process = processes.context().Process(target=_publish, args=(asked, *question))
        process.start()
        process.join(LONGEST)
        if process.is_alive():
            process.kill()
            process.join(processes.END)
            asked.send(f"building it took longer than {LONGEST} seconds, and was ended")
        elif process.exitcode:
            asked.send(processes.ending(process.exitcode))
        asked.send(None)


def _warm(edition: str) -> bool:
    """Loads what publications need, where there are tables; whether that is done."""
    if not freshness.has_tables(edition):
        return False
    try:
        from factpress.builder import preload  # here, because it takes a second or two

        preload.load(edition, many=True)
    except Exception:  # of data or code that is being written: what is wrong is said of the build
        return False
    return True


def _publish(answers: Connection, edition: str, name: str, language: str) -> None:
    """The process of one build: sends its outcome, or what went wrong, as soon as that is known."""
    run.settle()
    try:
        publication = one(name, language, edition)
        whole_site.build(
            whole_site.work(edition), [publication], lambda tasks, _: map(run.build, tasks), seen=answers.send
        )
    except PressError as error:
        answers.send(str(error))
    except Exception as error:  # of code that is being written
        answers.send(f"{type(error).__name__}: {error}")
