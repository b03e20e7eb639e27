"""The shell: IPython inside this process, which runs the cells of a notebook and keeps what they show as a kernel would.

Unlike in a kernel: what a process that a cell starts writes for itself is not shown (`!command` is); no event loop runs between
awaits, so that `asyncio.run` works; `exit()` is an error; a failure that a kernel only writes on standard error is named; a
stream is one output between two displays, however long the pauses in it; and there is no front end, nor one to be detected.
"""

import builtins
import getpass
import io
import json
import sys
from collections.abc import Iterable

from IPython.core import completer, magics  # noqa: F401 - loaded once, not in every fork
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.history import HistoryManager
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.jsonutil import json_clean, json_default
from nbformat import NotebookNode
from traitlets import Type

#: Where an output that is being made has its data and metadata, as the text of a JSON object.
SHOWN = "shown"


class TooMuchOutput(Exception):
    """A notebook shows more than anyone can read."""

    def __init__(self, most: int):
        super().__init__(f"the notebook shows more than {most:,} characters")


class Outputs:
    """What the cells of one notebook show, in order, with the displays that later cells may change."""

    def __init__(self):
        self.cell: list[dict] = []
        self.most = sys.maxsize  # characters: more is no report but a runaway loop
        self._displays: dict[str, list[dict]] = {}
        self._size, self._clear = 0, False

    def next_cell(self) -> None:
        """What is shown from now on belongs to another cell."""
        self.cell, self._clear = [], False

    def add(self, kind: str, at: int | None = None, **content) -> dict:
        """Adds an output to the present cell, at the end or at a place."""
        if self._clear:
            self.cell.clear()
            self._clear = False
        output = {"output_type": kind, **content}
        self.cell.insert(len(self.cell) if at is None else at, output)
        return output

    def stream(self, name: str, text: str) -> None:
        """Adds text to a stream. Between two displays each stream is one output, standard output first, as in a kernel."""
        self._grow(len(text))
        place = len(self.cell) if not self._clear else 0
        while place and self.cell[place - 1]["output_type"] == "stream":
            place -= 1
            if self.cell[place]["name"] == name:
                self.cell[place]["text"].append(text)
                return
        self.add("stream", place if name == "stdout" else None, name=name, text=[text])

    def display(self, kind: str, data: dict, metadata: dict, transient: dict | None, update: bool, **content) -> None:
        """Adds a display, as JSON of this moment, and changes all earlier ones of the same identity."""
        text = _json({"data": data, "metadata": metadata})
        self._grow(len(text))
        identity = (transient or {}).get("display_id")
        for output in self._displays.get(identity, []):
            output[SHOWN] = text
        if update:
            return
        output = self.add(kind, **content)
        output[SHOWN] = text
        if identity:
            self._displays.setdefault(identity, []).append(output)

    def _grow(self, by: int) -> None:
        self._size += by
        if self._size > self.most:
            raise TooMuchOutput(self.most)

    def clear(self, wait: bool) -> None:
        """Takes away what the present cell shows, at once or when it shows more."""
        self._clear = wait
        if not wait:
            self.cell.clear()


def _json(value: dict) -> str:
    """What is shown as a notebook holds it, at this moment: pictures as text, numbers of any library as numbers."""
    try:
        return json.dumps(value, default=json_default, allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError):
        return json.dumps(json_clean(value), default=json_default, allow_nan=False, ensure_ascii=False)


class _Hook(DisplayHook):
    """Keeps the value that a cell ends in."""

    def write_output_prompt(self):
        """None: its number is in the output."""

    def write_format_data(self, format_dict, md_dict=None):
        content = {"execution_count": self.prompt_count}
        self.shell.outputs.display("execute_result", format_dict, md_dict or {}, None, False, **content)

    def finish_displayhook(self):
        self._is_active = False


class _Publisher(DisplayPublisher):
    """Keeps what a cell displays."""

    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **kwargs):
        self.shell.outputs.display("display_data", data, metadata or {}, transient, update)

    def clear_output(self, wait=False):
        self.shell.outputs.clear(wait)


class _Stream(io.TextIOBase):
    """Standard output or error of a cell."""

    encoding = "UTF-8"

    def __init__(self, name: str, outputs: Outputs):
        self.name, self._outputs = name, outputs

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._outputs.stream(self.name, text)
        return len(text)


class Shell(InteractiveShell):
    """IPython without a terminal, a kernel, a history on disk or a thread."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, **settings):
        self.outputs, self.shown_broken = Outputs(), False
        super().__init__(**settings)

    def init_ipython_dir(self, ipython_dir):
        """A user's own settings could change what a notebook gives: none are read, and no folder is made for them."""

    def init_profile_dir(self, profile_dir):
        """None, as in `init_ipython_dir`."""

    def init_history(self):
        """A history of this notebook alone, in memory."""
        HistoryManager.enabled = False  # it would write to a database, from a thread
        self.history_manager = HistoryManager(shell=self, parent=self, hist_file=":memory:")

    def enable_gui(self, gui=None):
        """There is none."""

    def init_hooks(self):
        """Without a pager: what `name?` shows is no output of a cell."""
        super().init_hooks()
        self.set_hook("show_in_pager", lambda *_, **__: None, 99)

    def ask_exit(self):
        """What `exit()` does in IPython; a notebook that could leave would be half a notebook."""
        raise RuntimeError("exit() would end the notebook before its end")

    def _showtraceback(self, etype, evalue, stb):
        self.shown_broken |= self.displayhook.is_active
        self.outputs.add("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))

    def run(self, notebook: NotebookNode, started=lambda index: None, most: int = sys.maxsize) -> str:
        """Run the code cells of a notebook in order, up to the first that fails; it may show `most` characters.

        What they show, as JSON: of each that ran its place in the notebook, its number and its outputs.
        """
        self.outputs.most = most
        before, shown = (sys.stdout, sys.stderr, builtins.input, getpass.getpass), []
        sys.stdout, sys.stderr = (_Stream(name, self.outputs) for name in ("stdout", "stderr"))
        builtins.input = getpass.getpass = _no_input
        try:
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type == "code" and cell.source.strip():
                    started(index)
                    count = self.execution_count
                    whole = self._run(cell)
                    shown.append((index, count, self.outputs.cell))
                    if not whole:
                        break
        finally:
            sys.stdout, sys.stderr, builtins.input, getpass.getpass = before
        # At the end, for a cell may change what an earlier one displayed.
        return _list(f"[{index}, {count}, {_list(map(_whole, outputs))}]" for index, count, outputs in shown)

    def _run(self, cell: NotebookNode) -> bool:
        """Runs one cell; whether the next may follow."""
        self.outputs.next_cell()
        self.shown_broken = False
        result = self.run_cell(cell.source, store_history=True)
        failure = result.error_before_exec or result.error_in_exec
        if "raises-exception" in cell.metadata.get("tags", []):
            return True
        if failure and not any(output["output_type"] == "error" for output in self.outputs.cell):
            self.outputs.add("error", ename=type(failure).__name__, evalue=str(failure), traceback=[])
        return not failure and not self.shown_broken


def _whole(output: dict) -> str:
    """An output as a notebook holds it, as JSON."""
    if output["output_type"] == "stream":
        output = {**output, "text": "".join(output["text"])}
    shown = output.pop(SHOWN, "")
    own = json.dumps(output, ensure_ascii=False)
    return f"{own[:-1]}, {shown[1:]}" if shown else own


def _list(parts: Iterable[str]) -> str:
    """A list of JSON."""
    return f"[{', '.join(parts)}]"


def _no_input(*args, **kwargs):
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")
