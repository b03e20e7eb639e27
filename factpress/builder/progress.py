"""Progress: what a build says while it runs, at its end, and in a log that stays."""

import datetime
import json
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from factpress.builder.run import Outcome
from factpress.home import home, shown
from factpress.languages import LANGUAGES

#: How many logs are kept, and how many of the slowest publications, and of those that failed alike, are named.
LOGS, SLOWEST, NAMED = 10, 3, 3


class Report:
    """What a build of so many publications says: a bar in a terminal, else a line for each; and everything in the log."""

    def __init__(self, edition: str, total: int, console: Console):
        self.edition, self.total, self.console = edition, total, console
        self.outcomes: list[Outcome] = []
        self.start = time.monotonic()
        self.log = _new_log(edition)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            auto_refresh=False,  # which would be a thread, and this process may be forked
        )

    def __enter__(self) -> "Report":
        if self.console.is_terminal:
            self._bar.start()
        self._task = self._bar.add_task("publications", total=self.total)
        return self

    def __exit__(self, *ended) -> None:
        if self.console.is_terminal:
            self._bar.stop()

    def seen(self, outcome: Outcome) -> None:
        """Takes the outcome of one publication."""
        self.outcomes.append(outcome)
        failed = self.states.count("failed")
        said = outcome.publication.folder + (f", {failed} failed" if failed else "")
        self._bar.update(self._task, advance=1, description=said, refresh=self.console.is_terminal)
        line = f"{outcome.state} {outcome.publication.folder} {outcome.seconds:.1f} s"
        notes = [f"note: {note}" for note in outcome.notes]
        self._write(
            "\n".join(filter(None, [f"{line} {outcome.reason}".rstrip(), outcome.detail.rstrip(), *notes])) + "\n"
        )
        if outcome.state != "current" and not self.console.is_terminal:
            self.console.print(f"{len(self.outcomes)}/{self.total} {line}", markup=False)

    @property
    def states(self) -> list[str]:
        """How each publication ended."""
        return [outcome.state for outcome in self.outcomes]

    @property
    def failures(self) -> list[str]:
        """What failed and why, each reason once: `kind/subject (nl, en): the reason`."""
        names: dict[str, dict[str, list[str]]] = {}
        for one in self.outcomes:
            if one.state == "failed":
                found = names.setdefault(one.reason, {})
                found.setdefault(one.publication.name, []).append(one.publication.language)
        return [f"{_named(found)}: {reason}" for reason, found in names.items()]

    @property
    def notes(self) -> list[str]:
        """What is to be known of templates of which nothing failed, each once."""
        return list(dict.fromkeys(note for outcome in self.outcomes for note in outcome.notes))

    @property
    def counts(self) -> str:
        """How many were built, current and failed, in words."""
        kinds = ("built", "current", "failed")
        found = ", ".join(f"{self.states.count(kind)} {kind}" for kind in kinds if kind in self.states)
        return f"{self.total} publications: {found}"

    @property
    def slowest(self) -> str:
        """The publications that took longest, where enough were built to compare."""
        built = sorted((o for o in self.outcomes if o.state == "built"), key=lambda o: -o.seconds)
        named = ", ".join(f"{o.publication.folder} {o.seconds:.1f} s" for o in built[:SLOWEST])
        return f"slowest: {named}" if len(built) > SLOWEST else ""

    def close(self) -> None:
        """Writes the end of the log."""
        lines = [self.counts, self.slowest, f"{time.monotonic() - self.start:.1f} s"]
        self._write("\n".join(line for line in lines if line) + "\n")

    def json(self) -> str:
        """The whole as JSON, for machines."""
        publications = [
            {
                "publication": one.publication.name,
                "language": one.publication.language,
                "folder": one.publication.folder,
                "state": one.state,
                "seconds": round(one.seconds, 2),
                **({"reason": one.reason} if one.reason else {}),
                **({"notes": one.notes} if one.notes else {}),
            }
            for one in self.outcomes
        ]
        content = {"edition": self.edition, "log": shown(self.log), "publications": publications}
        return json.dumps(content, indent=1, ensure_ascii=False)

    def _write(self, text: str) -> None:
        with self.log.open("a", encoding="utf-8") as log:
            log.write(text)


def _named(found: dict[str, list[str]]) -> str:
    """Publications, each with its languages; of many the first."""
    named = [f"{name} ({', '.join(sorted(languages, key=LANGUAGES.index))})" for name, languages in found.items()]
    return ", ".join(named[:NAMED]) + (f" and {len(named) - NAMED} more" if len(named) > NAMED else "")


def _new_log(edition: str) -> Path:
    """A file for the log of this run, beside those of the runs before; the oldest go."""
    place = home() / "reports" / ".logs"
    place.mkdir(parents=True, exist_ok=True)
    now = datetime.datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    for old in sorted(place.glob("*.log"))[: -LOGS + 1]:
        old.unlink(missing_ok=True)
    log = place / f"{now}-{edition}.log"
    log.touch()
    return log
