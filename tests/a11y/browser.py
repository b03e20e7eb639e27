"""Pages as a browser shows them, origins shown and not: axe, reflow, cut-off text, requests, errors and the focus."""

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = {1280: 900, 375: 800}
MEDIA = ("screen", "print")
#: WCAG 1.4.10: what 1280 pixels are at four times the size.
NARROWEST = 320
TABS = 15
PROCESSES = 2
#: What shows the origins of figures on a page.
SWITCH = "#origins"
#: A page with faults, and the rules that find them: a check that finds nothing anywhere may be one that looks at nothing.
FAULTS = HERE / "faults.html"
FOUND = {"axe color-contrast", "axe scrollable-region-focusable", "reflow", "cut-off", "contrast", "focus"}
FOUND |= {"request", "policy", "console error"}


class Missing(Exception):
    """What is needed is not there."""


@dataclass
class Seen:
    """What was found on pages: (page, medium, width, rule, element, remedy), and at how many widths axe could not tell."""

    faults: list[tuple] = field(default_factory=list)
    unsure: Counter = field(default_factory=Counter)

    @property
    def open(self) -> list[tuple]:
        """What axe could tell at no width, for a human eye: (page, medium, rule, element)."""
        return [one for one, widths in self.unsure.items() if widths == len(WIDTHS) and one[0] != FAULTS]


def chromium() -> str:
    """The browser of this system."""
    names = (os.environ["CHROMIUM"],) if os.environ.get("CHROMIUM") else BROWSERS
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise Missing(
            f"no browser ({', '.join(names)}): install chromium, or say where it is: make a11y CHROMIUM=/path/to/it"
        )
    return found


def axe() -> tuple[str, str]:
    """axe-core and its version; its hash is that in package.json."""
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))
    path = ROOT / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha512(content).hexdigest() != wanted["sha512"]:
        state = "is not the file that tests/a11y/package.json names" if content else "is not installed"
        raise Missing(f"axe-core {state}: rm .venv/.a11y, then make a11y")
    return content.decode(), wanted["dependencies"]["axe-core"]


def look(pages: list[Path]) -> Seen:
    """What is wrong with the pages, seen in several processes, each with a browser of its own."""
    pages = [FAULTS, *pages]
    work = [(pages[at::PROCESSES], chromium(), axe()[0]) for at in range(PROCESSES)]
    together = Seen()
    with get_context("spawn").Pool(PROCESSES) as pool:
        for seen in pool.starmap(look_at_some, work):
            together.faults += seen.faults
            together.unsure += seen.unsure
    missed = FOUND - {rule for path, _, _, rule, *_ in together.faults if path == FAULTS}
    if missed:
        raise RuntimeError(f"of the faults in {FAULTS.name} these are not found: {', '.join(sorted(missed))}")
    together.faults = [one for one in together.faults if one[0] != FAULTS]
    return together


def look_at_some(pages: list[Path], executable: str, script: str) -> Seen:
    """The same in this process: each page at each width, on screen and on paper."""
    seen = Seen()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable)
        for width, height in WIDTHS.items():
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
            context.add_init_script(script)
            context.add_init_script(path=HERE / "page.js")
            tab = context.new_page()
            for path in pages:
                look_at_one(tab, path, width, height, seen)
            context.close()
        browser.close()
    return seen


def look_at_one(tab: Page, path: Path, width: int, height: int, seen: Seen) -> None:
    """A page at one width."""

    def note(medium: str, at: int, found: list) -> None:
        seen.faults += [(path, medium, at, *one) for one in found]

    outside: list[list[str]] = []
    listeners = {
        "request": lambda request: outside.append(["request", request.url]),
        "console": lambda said: outside.append([f"console {said.type}", said.text]),
        "pageerror": lambda error: outside.append(["console error", str(error)]),
    }
    for event, listener in listeners.items():
        tab.on(event, listener)
    tab.emulate_media(media="screen")
    tab.goto(path.resolve().as_uri())
    # A table behind a chart is part of the page.
    tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    note("screen", width, tab.evaluate("upcm.cut()"))
    note("screen", width, tab.evaluate("upcm.contrast()"))
    note("screen", width, focus(tab))
    for medium in MEDIA:
        tab.emulate_media(media=medium)
        result = tab.evaluate("([tags, onScreen]) => upcm.audit(tags, onScreen)", [TAGS, medium == "screen"])
        note(medium, width, result["faults"])
        seen.unsure.update((path, medium, *one) for one in result["unsure"])
    tab.emulate_media(media="screen")
    if width == min(WIDTHS):
        for narrow in (width, NARROWEST):
            tab.set_viewport_size({"width": narrow, "height": height})
            note("screen", narrow, tab.evaluate("upcm.reflow()"))
        note("screen", NARROWEST, tab.evaluate("upcm.cut()"))
        tab.set_viewport_size({"width": width, "height": height})
    if tab.locator(SWITCH).count():
        with_origins(tab, width, height, note)
    outside += tab.evaluate("window.upcmRefused")
    for event, listener in listeners.items():
        tab.remove_listener(event, listener)
    note("screen", width, [(*one, remedy(one[0])) for one in outside if not allowed(*one)])


def with_origins(tab: Page, width: int, height: int, note: Callable[[str, int, list], None]) -> None:
    """The same page with its origins shown, and the window of the first of them open."""
    tab.keyboard.press("Escape")
    tab.locator(SWITCH).check()
    note("origins", width, tab.evaluate("upcm.cut()"))
    note("origins", width, tab.evaluate("upcm.contrast()"))
    note("origins", width, tab.evaluate("([tags]) => upcm.audit(tags, true)", [TAGS])["faults"])
    if width == min(WIDTHS):
        tab.set_viewport_size({"width": NARROWEST, "height": height})
        note("origins", NARROWEST, tab.evaluate("upcm.reflow()"))
        tab.set_viewport_size({"width": width, "height": height})
    tab.locator("button.origin:visible").first.click()
    if not tab.locator(".window:popover-open").count():
        note("origins", width, [("window", "the first button of an origin", "let it open the window that it names")])
    note("origins", width, tab.evaluate("([tags]) => upcm.audit(tags, true)", [TAGS])["faults"])
    tab.keyboard.press("Escape")
    tab.locator(SWITCH).uncheck()


def focus(tab: Page) -> list:
    """What the keyboard meets first, and whether it can be seen where it is."""
    found, met = [], 0
    takes_it = tab.evaluate("upcm.rest()")
    for _ in range(TABS):
        tab.keyboard.press("Tab")
        here = tab.evaluate("upcm.focused()")
        if here is None:
            break
        found, met = found + here, met + 1
    if takes_it and not met:
        found.append(["focus", "the first Tab", "let the keyboard reach what can be worked"])
    return found


def allowed(kind: str, said: str) -> bool:
    """Whether a page may do this: read itself, and say what is no error."""
    if kind == "request":
        return said.startswith(("file:", "data:"))
    return kind.startswith("console") and kind != "console error"


def remedy(kind: str) -> str:
    """What to do about something that reaches outside the page."""
    return "put it into the page itself" if kind == "request" else "mend what the browser refuses"
