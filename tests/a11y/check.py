"""Looks at every page and PDF of an edition as a reader with a disability would have it. `make a11y`.

Prints a line a fault (page, medium, width, rule, element, remedy) and what was checked with what; status 1 where there is
a fault, 2 where what is needed to look is missing.
"""

import argparse
import sys
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import browser
import pdf

sys.path.insert(0, str(browser.ROOT / "tests" / "publications"))
from accessible import html_faults, pdf_faults

from factpress.site import plan

#: Of one rule on one page so many elements are named; more are counted.
NAMED = 3


def main() -> int:
    """Prints the faults and the table of what was checked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", type=Path, nargs="?", default=browser.ROOT / "reports" / plan.matrix().edition)
    parser.add_argument("--only", default="", help="only what has this in its path")
    asked = parser.parse_args()
    found = {
        kind: sorted(p for p in asked.edition.rglob(f"*.{kind}") if is_asked(p, asked)) for kind in ("html", "pdf")
    }
    pages, papers = found["html"], found["pdf"]
    if not pages and not papers:
        print(f"nothing to check in {asked.edition}" + (f" with {asked.only} in its path" if asked.only else ""))
        return 2
    try:
        done = checks(asked.edition, pages, papers)
    except browser.Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    faults = [one for _, _, found, _ in done for one in found]
    for line in lines(asked.edition, faults):
        print(line)
    print(f"\n{len(pages)} pages, {len(papers)} PDFs, {len(faults)} faults")
    for name, what, found, seconds in done:
        print(f"  {name:34} {what:62} {len(found):5} faults {seconds:5.0f} s")
    return 1 if faults else 0


def checks(edition: Path, pages: list[Path], papers: list[Path]) -> list[tuple]:
    """Each checker: its name, what it looked at, its faults and how long it took."""
    done = []

    def run(name, what, check):
        start = time.monotonic()
        found = check()
        what = what() if callable(what) else what
        done.append((name, what, found, time.monotonic() - start))

    seen = browser.Seen()

    def look():
        seen.__dict__.update(browser.look(pages).__dict__)
        return seen.faults

    def in_browser():
        ways = f"{' and '.join(browser.MEDIA)}, {' and '.join(map(str, browser.WIDTHS))} px"
        return f"{len(pages)} pages, {ways}; {len(seen.open)} undecided"

    def structure(paths, check):
        return [(p, "-", "-", *one.split(" | ")) for p in paths for one in check(p, language(p, edition))]

    run("pictures, tables, language", f"{len(pages)} pages", lambda: structure(pages, html_faults))
    run("figures, tables, language", f"{len(papers)} PDFs", lambda: structure(papers, pdf_faults))
    run(f"page {version('page-validation')}", f"{len(papers)} PDFs, PDF/UA-1", lambda: pdf.page(papers))
    try:
        run("veraPDF", f"{len(papers)} PDFs, PDF/UA-1 and PDF/A-2a", lambda: pdf.verapdf(papers))
    except pdf.LeftOut as reason:
        done.append(("veraPDF", f"left out: {reason}", [], 0))
    run(f"axe {browser.axe()[1]}, focus, reflow", in_browser, look)
    return done


def is_asked(path: Path, asked: argparse.Namespace) -> bool:
    """Whether a file is part of the edition, and of what was asked for; folders that begin with a dot are at work."""
    inside = path.relative_to(asked.edition)
    return asked.only in inside.as_posix() and not any(part.startswith(".") for part in inside.parts)


def language(path: Path, edition: Path) -> str:
    """The language of the folder that a file stands in; empty for what is of no one language."""
    first = path.relative_to(edition).parts[0]
    return first if first in plan.matrix().languages else ""


def lines(edition: Path, faults: list[tuple]) -> list[str]:
    """A line a fault, with all media and widths it shows in; of many of one rule on one page the first, and a count."""
    where: dict[tuple, list] = {}
    for path, medium, width, rule, element, remedy in faults:
        one = (path.relative_to(edition).as_posix(), rule, " ".join(element.split()), " ".join(remedy.split()))
        where.setdefault(one, []).append((medium, str(width)))
    count, said = Counter(), []
    for one, seen in where.items():
        page, rule, element, remedy = one
        count[page, rule] += 1
        if count[page, rule] <= NAMED:
            media, widths = (", ".join(dict.fromkeys(part)) for part in zip(*seen, strict=True))
            said.append((page, media, widths, rule, element, remedy))
    said += [
        (page, "", "", rule, f"and {more - NAMED} more", "") for (page, rule), more in count.items() if more > NAMED
    ]
    return [" | ".join(filter(None, one)) for one in sorted(said, key=lambda one: (one[0], one[3]))]


if __name__ == "__main__":
    sys.exit(main())
