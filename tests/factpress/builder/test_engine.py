"""The engine: a notebook in a fork gives what a kernel gives, and leaves nothing behind whatever it does."""

import os
import random
import re
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import papermill
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from factpress.builder import fork
from factpress.builder import run as run_of_notebooks
from factpress.builder.run import ENGINES, execute, tidy

KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}

#: All that a notebook may show.
SHOWN = [
    "import asyncio, datetime, logging, pickle, sys, warnings\nimport numpy as np\nfrom IPython.display import *\nx + 1",
    "_ + Out[3], In[2], _i2, __name__",
    "5;",
    "_",
    "",
    "# nothing",
    "print('no newline', end='')",
    "print('a')\nprint('b', file=sys.stderr)\nprint('c')\n7",
    "print('b', file=sys.stderr)\nprint('a')\ndisplay(1)\nprint('a')",
    "display('one', 2)\ndisplay(HTML('<b>x</b>'), metadata={'text/html': {'isolated': True}})\nprint('between')\n"
    "display({'text/plain': 'raw'}, raw=True)\ndisplay(Image(data=b'PNG', format='png'), SVG('<svg></svg>'))",
    "handle = display('first', display_id='shown')\ndisplay('second', display_id='shown')",
    "handle.update(HTML('later'))\nprint('updated')",
    "print('gone')\nclear_output()\nprint('stays')",
    "print('gone')\nclear_output(wait=True)\nprint('stays')",
    "print('stays')\nclear_output(wait=True)",
    "class Rich:\n    def _repr_html_(self): return '<i>h</i>', {'a': 1}\n    def _repr_svg_(self): return '<svg/>'\n"
    "    def _repr_png_(self): return b'PNG'\n    def _repr_json_(self): return {'n': [1, (2, 3)]}\n"
    "    def _repr_latex_(self): return '$x$'\n    def __repr__(self): return 'rich'\nRich()",
    "held = {'n': np.int64(3), 'f': np.float32(0.5), 'd': datetime.date(2020, 1, 2), 'b': b'b'}\n"
    "class Bundle:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'text/plain': 'x', 'application/x+json': held}, {'m': 1}\n"
    "display(Bundle())\nheld['n'] = 4\nBundle()",
    "%%capture kept\nprint('captured')\n9",
    "kept.stdout",
    "%precision 2",
    "3.14159",
    "len?",
    "await asyncio.sleep(0, 'awaited')",
    "!echo shell",
    "%%bash\necho bash",
    "warnings.warn('mind')\nwarnings.warn('old', DeprecationWarning)\nwarnings.warn('soon', PendingDeprecationWarning)",
    "logging.warning('log')",
    "class Own: pass\npickle.loads(pickle.dumps(Own()))",
    "try:\n    input('name? ')\nexcept Exception as error:\n    print(type(error), error)",
    "try:\n    sys.stdout.write(b'x')\nexcept Exception as error:\n    print(type(error), error)",
    "import pandas as pd\npd.DataFrame({f'column {n}': range(100) for n in range(30)})",
    "pd.Series([1, 2])",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
    "%matplotlib inline\nfig, ax = plt.subplots()\nax.plot([1, 3])\nplt.show()\nprint('shown')",
    "import seaborn as sns\nsns.set_theme()\nsns.barplot(x=['a', 'b'], y=[1, 2]);",
]

#: Ways to fail, with the name of the error.
FAILURES = {
    "1 / 0": "ZeroDivisionError",
    "def f():\n    raise ValueError('two\\nlines')\ntry:\n    1 / 0\nfinally:\n    f()": "ValueError",
    "def f(:": "SyntaxError",
    "import sys\nsys.exit('why')": "SystemExit",
    "raise KeyboardInterrupt": "KeyboardInterrupt",
    "class Broken:\n    def __repr__(self):\n        raise KeyError('b')\nBroken()": "KeyError",
}

#: Failures that a kernel shows on standard error only, or not at all.
SILENT = {
    "%nosuch": "UsageError",
    "raise ExceptionGroup('several', [ValueError(1)])": "ExceptionGroup",
    "exit()": "RuntimeError",
}


def notebook(*sources):
    """A notebook of code cells; a pair is a source and the tag of its cell."""
    pairs = [source if isinstance(source, tuple) else (source, None) for source in sources]
    cells = [
        new_code_cell(source, id=f"c{number}", metadata={"tags": [tag]} if tag else {})
        for number, (source, tag) in enumerate(pairs)
    ]
    return new_notebook(cells=[*cells, new_markdown_cell("*words*", id="words")], metadata=KERNEL)


def written(path, *sources):
    nbformat.write(notebook(*sources), path)
    return path


def failing(tmp_path, engine_name, *sources):
    """How papermill ends a notebook that fails, and the notebook as it leaves it."""
    path = written(tmp_path / "failing.ipynb", *sources)
    left = tmp_path / "left.ipynb"
    with pytest.raises(PapermillExecutionError) as error:
        papermill.execute_notebook(path, left, engine_name=engine_name, cwd=tmp_path, progress_bar=False)
    left = nbformat.read(left, as_version=4)
    states = [cell.metadata.papermill.get("status") for cell in left.cells if "papermill" in cell.metadata]
    return error.value, states, tidy(left)


def comparable(executed):
    """A notebook without what cannot be the same."""
    for cell in executed.cells:
        if "papermill-error-cell-tag" in cell.metadata.get("tags", []):
            cell.id = re.sub(r"\W", "", cell.source)[:60]  # random
        for output in cell.get("outputs", []):
            if output.output_type == "error":  # a kernel shows code in other colours, and fewer lines around it
                plain = [re.sub("\x1b.*?m", "", line) for line in output.traceback]
                output.traceback = [plain[0], plain[-1]]
        if cell.get("outputs"):
            cell.outputs = gathered(cell.outputs)
    text = nbformat.writes(executed)
    text = re.sub(r"at 0x[0-9a-f]+", "at 0x", text)  # where an object lies in memory
    # A cell is a temporary file to a kernel, whose name has the number of its process.
    temporary = re.escape(tempfile.gettempdir())
    return re.sub(rf"<ipython-input-[^>]*>|({temporary}/ipykernel_\d+/)?\d{{6,}}\.py", "CELL", text)


def gathered(outputs):
    """The outputs of a cell with each stream in one piece, before the rest.

    A kernel sends what is printed from a thread, when it likes: how it falls between other outputs differs from run to run.
    """
    streams = {}
    for output in outputs:
        if output.output_type == "stream":
            streams[output.name] = streams.get(output.name, "") + output.text
    made = [nbformat.v4.new_output("stream", name=name, text=streams[name]) for name in sorted(streams)]
    return made + [output for output in outputs if output.output_type != "stream"]


def run(*sources, **limits):
    """The text of the last output of each cell; or how the notebook ended."""
    try:
        executed = fork.run(notebook(*sources), fork.Limits(**{"seconds": 20} | limits))
    except fork.NotebookEnded as ended:
        return str(ended)
    errors = [output for cell in executed.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    if errors:
        return f"{errors[0].ename}: {errors[0].evalue}"
    last = [cell.outputs[-1] for cell in executed.cells if cell.get("outputs")]
    return [output.get("text") or output.data["text/plain"] for output in last]


@pytest.fixture
def nothing_left(tmp_path, monkeypatch):
    """After each test there is no process, zombie, thread or open file that was not there before."""
    room = tmp_path / "room"
    room.mkdir()
    run("1")  # the process that runs notebooks for one that has threads, as this has, stays
    monkeypatch.chdir(room)  # all that a notebook starts is known by its working directory
    this = psutil.Process()

    def running():
        places = [process.info["cwd"] or "" for process in psutil.process_iter(["cwd"]) if process != this]
        return [place for place in places if place.startswith(str(room))] + this.children(recursive=True)

    before = this.num_fds(), this.num_threads(), running()
    yield
    late = time.monotonic() + 3
    while len(running()) > len(before[-1]) and time.monotonic() < late:
        time.sleep(0.02)  # killed, but not yet gone
    assert this.num_fds() <= before[0] and this.num_threads() <= before[1] and running() == before[2]


def test_a_notebook_is_the_same_as_from_a_kernel(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(run_of_notebooks, "publisher", lambda: SimpleNamespace(door="nbformat"))
    path = written(tmp_path / "shown.ipynb", ("x = 1", "parameters"), *SHOWN)
    forked, kernel = (comparable(execute(path, {"x": 4}, name)) for name in ENGINES)
    assert forked == kernel
    assert forked.count('"image/png"') == 5 and "UserWarning: mind" in forked


def test_a_failure_is_the_same_as_from_a_kernel(tmp_path, capfd):
    tagged = [(source, "raises-exception") for source in [*FAILURES, "%nosuch", "display(Broken())"]]
    ways = [
        failing(tmp_path, name, *tagged, "print('before')\nBroken()", "print('later')") for name in ENGINES.values()
    ]
    (forked, states, left), (kernel, states_by_kernel, left_by_kernel) = ways
    assert comparable(left) == comparable(left_by_kernel)
    assert states == states_by_kernel and states.count("failed") == 1 and states.count("pending") >= 1
    for part in ("cell_index", "exec_count", "source", "ename", "evalue"):
        assert getattr(forked, part) == getattr(kernel, part), part


@pytest.mark.parametrize("source", [*FAILURES, *SILENT])
def test_a_cell_that_fails_is_the_last(tmp_path, source):
    error, _, left = failing(tmp_path, "forked", "x = 1", source, "open('later', 'w')")
    assert (error.exec_count, error.source, error.ename) == (2, source, {**FAILURES, **SILENT}[source])
    assert left.cells[-2].execution_count is None and not (tmp_path / "later").exists()


SPOILS = (
    """
import logging, math, os, random, sys, warnings
import matplotlib as mpl, numpy as np, pandas as pd
from factpress import errors
def told():
    return (os.getcwd(), os.environ.get("SPOILT"), random.random(), np.random.rand(), len(warnings.filters),
            mpl.rcParams["font.size"], sys.path[-1], math.pi, pd.get_option("display.precision"), errors.spoilt
            if hasattr(errors, "spoilt") else None, logging.root.level, "left" in globals())
""",
    """
os.chdir("/"); os.environ["SPOILT"] = "yes"; random.seed(9); np.random.seed(9); warnings.simplefilter("error")
mpl.rcParams["font.size"] = 99; sys.path.append("spoilt"); math.pi = 3; pd.set_option("display.precision", 1)
errors.spoilt = True; logging.root.setLevel(1); left = 1
""",
)


def around():
    """What a notebook could change of the present process."""
    return dict(os.environ), Path.cwd(), random.getstate(), list(warnings.filters), list(sys.path), set(sys.modules)


@pytest.mark.usefixtures("nothing_left")
def test_nothing_that_a_notebook_changes_reaches_another_or_the_present_process():
    loads, spoils = SPOILS
    here = around()
    (clean,) = run(loads, "told()", "")
    before, spoilt = run(loads, "told()", spoils, "told()")
    changed = zip(eval(before), eval(spoilt), strict=True)
    assert all(old != new for old, new in changed)
    assert run(loads, "told()", "") == [clean]
    assert around() == here


def test_random_numbers_belong_to_the_notebook_and_its_parameters():
    numbers = "import random, numpy\nrandom.random(), numpy.random.rand()"
    (first,), (other,) = run("subject = 'a'", numbers), run("subject = 'b'", numbers)
    random.random(), np.random.rand()
    assert run("subject = 'a'", numbers) == [first]
    assert len({*eval(first), *eval(other)}) == 4


@pytest.mark.usefixtures("nothing_left")
def test_a_notebook_imports_from_its_working_directory(tmp_path):
    (tmp_path / "room" / "helper_of_this_notebook.py").write_text("word = 'found'")
    assert run("import helper_of_this_notebook\nhelper_of_this_notebook.word") == ["'found'"]


#: What ends a notebook that would not end, and how that is said.
ENDS = {
    "while True: pass": "cell [2] 'while True: pass': the notebook took longer than 1 seconds",
    "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)": "took longer than 1 seconds",
    "import os\nos.closerange(0, 256)\nwhile True: pass": "took longer than 1 seconds",
    "import os\nos._exit(3)": "cell [2] 'import os': its process left with status 3",
    "import os, time\nif not os.fork(): time.sleep(60)\nos._exit(3)": "its process left with status 3",
    "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)": "cell [2] 'import os, signal': its process was ended by SIGKILL",
    "import os\nos.closerange(0, 256)": "its process left with status 1",
    "while True: print('x')": "TooMuchOutput: the notebook shows more than 200,000 characters",
    "while True: display({'text/plain': '', 'application/json': ['x'] * 1000}, raw=True)": "TooMuchOutput",
    "held = []\nwhile True: held.append(bytearray(10**8))": "MemoryError",
    "import os, shutil\nshutil.rmtree(os.getcwd())\nos.getcwd()": "FileNotFoundError",
    "input()": "StdinNotImplementedError",
}


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("source", ENDS)
def test_a_hostile_notebook_ends_and_says_why(source):
    limit = 1 if "took longer" in ENDS[source] else 20
    began = time.monotonic()
    assert ENDS[source] in run("x = 1", source, "x", seconds=limit, memory=500 * 1024**2, characters=200_000)
    assert time.monotonic() - began < 30


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize(
    "source",
    [
        "import subprocess\nsubprocess.Popen(['sleep', '60'])",
        "import multiprocessing, time\nmultiprocessing.Process(target=time.sleep, args=(60,)).start()",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()",
        "import os\nif not os.fork():\n    while True: pass",
    ],
)
def test_what_a_notebook_leaves_running_ends_with_it(source):
    began = time.monotonic()
    assert run(source + "\nprint('done')") == ["done\n"]
    assert time.monotonic() - began < 30


RUNS = """
import sys
from nbformat.v4 import new_code_cell, new_notebook
from factpress.builder import fork
from factpress.builder import run as run_of_notebooks
fork.run(new_notebook(cells=[new_code_cell(sys.argv[1])]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process outlives the one that it was forked from")
@pytest.mark.usefixtures("nothing_left")
def test_a_notebook_ends_with_the_process_that_runs_it(tmp_path):
    sign = tmp_path / "runs"
    source = f"open({str(sign)!r}, 'w').close()\nimport time\ntime.sleep(20)"
    build = subprocess.Popen([sys.executable, "-c", RUNS, source])
    while not sign.exists() and build.poll() is None:
        time.sleep(0.02)
    build.kill()
    build.wait(20)


def test_the_command_line_offers_every_engine():
    from factpress.builder import run
    from factpress.commands import report

    assert report.CHOICES["engine"] == tuple(run.ENGINES)


ELSEWHERE = """
import sys, threading, time
import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from factpress.builder import fork
from factpress.builder import run as run_of_notebooks

if __name__ == "__main__":
    if "threads" in sys.argv:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    made = fork.run(new_notebook(cells=[new_code_cell("import sys\\n'json' in sys.modules, 6 * 7")]), modules=("json",))
    print(made.cells[0].outputs[0]["data"]["text/plain"])
"""


@pytest.mark.parametrize("how", ["alone", "threads"])
def test_the_engine_runs_where_there_is_no_repository(tmp_path, how):
    (tmp_path / "use.py").write_text(ELSEWHERE)
    environment = {name: value for name, value in os.environ.items() if name != "FACTPRESS_PUBLISHER"}
    ended = subprocess.run(
        [sys.executable, "use.py", how],
        env=environment | {"FACTPRESS_HOME": str(tmp_path), "OPENBLAS_NUM_THREADS": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ended.stdout == "(True, 42)\n", ended.stderr
