"""What an analyst works with, in a browser: JupyterLab on the start notebook, run to its end, and a preview that refreshes.

`make lab-test`. Prints what was seen; status 1 where something is not as it should be, 2 where a browser is missing. With
--pictures FOLDER it leaves a picture of each.
"""

import argparse
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "helpers"), str(ROOT / "tests" / "a11y")]
import browser as browsers  # noqa: E402
import support  # noqa: E402

START = ROOT / "notebooks" / "explore" / "start.ipynb"
#: How many seconds something may take that mostly waits for processes to start.
PATIENCE = 180
#: The code cells of the open notebook as JupyterLab has them: how often each ran, and the kinds of what it shows.
CELLS = """() => {
  const open = window.jupyterapp.shell.currentWidget;
  return [...open.content.model.cells].filter(cell => cell.type === "code").map(cell => ({
    count: cell.executionCount, state: cell.executionState, shown: cell.outputs.toJSON().map(one => one.output_type),
  }));
}"""
#: A sentence of a template, and the same changed.
SENTENCE = ("De tabellen van het programma rekenen {subject}", "De tabellen rekenen {subject}")


def main() -> int:
    """Looks at both, and prints what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, help="a folder to leave pictures in")
    pictures = parser.parse_args().pictures
    try:
        executable = browsers.chromium()
    except browsers.Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=executable)
        for look in (lab, preview):
            start = time.monotonic()
            try:
                seen = look(chromium, pictures)
            except (AssertionError, TimeoutError) as error:
                print(f"{look.__name__}: {error}", file=sys.stderr)
                return 1
            print(f"{look.__name__}: {seen}, {time.monotonic() - start:.0f} s")
    return 0


def lab(chromium: Browser, pictures: Path | None) -> str:
    """`make lab` opens JupyterLab on the start notebook; run from its menu, it comes to its end without an error."""
    before = hashlib.sha256(START.read_bytes()).hexdigest()
    with tempfile.TemporaryDirectory() as room:
        # Nothing of the user's own JupyterLab, and nothing left in it.
        own = {f"JUPYTER{name}": f"{room}/{name}" for name in ("_CONFIG_DIR", "_DATA_DIR", "_RUNTIME_DIR")}
        own |= {f"JUPYTERLAB_{name}_DIR": f"{room}/{name}" for name in ("SETTINGS", "WORKSPACES")}
        options = "--no-browser --ServerApp.port=0 --expose-app-in-browser --allow-root"
        command = ["make", "--no-print-directory", "lab", f"lab={options}"]
        with started(command, own, r"http://(?:127\.0\.0\.1|localhost):\S+") as found:
            tab = chromium.new_page(viewport={"width": 1280, "height": 1000})
            tab.set_default_timeout(PATIENCE * 1000)
            tab.goto(found[0])
            expect(tab.locator(".jp-NotebookPanel")).to_be_visible(timeout=PATIENCE * 1000)
            assert tab.evaluate("window.jupyterapp.shell.currentWidget.context.path") == "explore/start.ipynb"
            expect(tab.locator(".jp-Toolbar-kernelName")).to_contain_text("UPCM", timeout=PATIENCE * 1000)
            menu(tab, "Edit", "Clear Outputs of All Cells")
            assert not any(cell["shown"] for cell in tab.evaluate(CELLS))
            menu(tab, "Run", "Run All Cells")
            cells = until(lambda: at_end(tab.evaluate(CELLS)), "the notebook does not come to its end")
            wrong = [number for number, cell in enumerate(cells, start=1) if "error" in cell["shown"]]
            assert not wrong, f"code cells {wrong} of the start notebook fail"
            chart = tab.locator(".jp-OutputArea svg[role], .jp-OutputArea .press svg, .jp-OutputArea img").first
            chart.scroll_into_view_if_needed()
            expect(chart).to_be_visible()
            picture(tab, pictures, "lab")
            tab.close()
    assert hashlib.sha256(START.read_bytes()).hexdigest() == before, "the start notebook was changed"
    return f"start.ipynb opened, {len(cells)} cells run, no error"


def at_end(cells: list[dict]) -> list[dict] | None:
    """The cells, where all were run or one failed."""
    done = all(cell["count"] and cell["state"] != "running" for cell in cells)
    return cells if done or any("error" in cell["shown"] for cell in cells) else None


def menu(tab, name: str, item: str) -> None:
    """Chooses something from a menu."""
    tab.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{name}$")).click()
    tab.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{item}$")).click()


def preview(chromium: Browser, pictures: Path | None) -> str:
    """`upcm preview` of a copy of the repository: the open page shows a sentence as saved, and a mistake until it is mended."""
    with tempfile.TemporaryDirectory() as room:
        root = Path(room) / "copy"
        support.copy(root)
        shutil.copytree(ROOT / "data" / "processed", root / "data" / "processed", dirs_exist_ok=True)
        template = root / "notebooks" / "publications" / "province.ipynb"
        text = template.read_text(encoding="utf-8")
        command = [sys.executable, "-m", "upcm_analysis.cli", "preview", "province/zeeland"]
        with started(command, {"FACTPRESS_HOME": str(root)}, r"http://\S+") as found:
            tab = chromium.new_page(viewport={"width": 1280, "height": 800})
            tab.goto(found[0])
            lead, fault = tab.locator("p.lead").first, tab.locator("#preview-fault")
            expect(lead).to_contain_text("De tabellen van het programma rekenen Zeeland", timeout=PATIENCE * 1000)
            start = time.monotonic()
            template.write_text(text.replace(*SENTENCE), encoding="utf-8")
            expect(lead).to_contain_text("De tabellen rekenen Zeeland", timeout=PATIENCE * 1000)
            took = time.monotonic() - start
            template.write_text(text.replace("{jobs_k_share} van", "{jobs_share} van"), encoding="utf-8")
            expect(fault).to_contain_text("jobs_share", timeout=PATIENCE * 1000)
            expect(lead).to_contain_text("De tabellen rekenen Zeeland")
            picture(tab, pictures, "preview")
            template.write_text(text, encoding="utf-8")
            expect(lead).to_contain_text("De tabellen van het programma rekenen Zeeland", timeout=PATIENCE * 1000)
            expect(fault).to_have_count(0)
            tab.close()
    return f"a saved sentence in the page after {took:.1f} s, a mistake shown and mended"


@contextmanager
def started(command: list[str], environment: dict[str, str], announces: str):
    """A process with what of its output matches, as soon as it says that; ended with all that it started."""
    said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - as long as the process
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"} | environment,
        stdout=said,
        stderr=said,
        start_new_session=True,
    )

    def address() -> re.Match | None:
        said.seek(0)
        text = said.read()
        assert process.poll() is None, f"{' '.join(command)} ended: {text[-2000:]}"
        return re.search(announces, text)

    try:
        yield until(address, f"{' '.join(command)} names no address")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:  # JupyterLab asks whether to stop
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        said.close()


def until(found, otherwise: str):
    """What is found as soon as it is; raises TimeoutError after too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := found():
            return answer
        time.sleep(0.2)
    raise TimeoutError(otherwise)


def picture(tab, folder: Path | None, name: str) -> None:
    """Leaves a picture of what is seen."""
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
