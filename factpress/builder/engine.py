"""The engine: what papermill executes a notebook with when it is asked for `engine_name="forked"`.

Loaded by papermill itself, from its list of engines in pyproject.toml; nothing else imports it.
"""

import os

from papermill.engines import Engine, NBClientEngine

from factpress.builder import fork


class Forked(Engine):
    """Executes a notebook in a fork of this process. Where there is no fork, in a kernel as papermill itself does."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, execution_timeout=None, modules=(), **others):
        """Executes the notebook of a papermill manager; `modules` are loaded for it beforehand.

        Raises NotebookEnded where it does not come to its end.
        """
        if not hasattr(os, "fork"):
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, execution_timeout=execution_timeout, **others)
            return
        executed = fork.run(nb_man.nb, fork.Limits(seconds=execution_timeout or fork.TIME), modules)
        # Papermill is told of no cell that it started or ended: it would note the time of the telling.
        for cell in executed.cells:
            if cell.cell_type == "code":
                may_fail = "raises-exception" in cell.metadata.get("tags", [])
                if not may_fail and any(output.output_type == "error" for output in cell.outputs):
                    nb_man.cell_exception(cell)
