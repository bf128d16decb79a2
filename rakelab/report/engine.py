"""papermill's engine ``rakelab``: runs a notebook in a warm process instead of a kernel, with the same outputs.

``papermill --engine rakelab in.ipynb out.ipynb`` works, and ``rakelab report`` uses nothing else. The class does not
derive from papermill's, so that papermill can load it while papermill itself is still being imported.
"""

import os
from typing import Any

from rakelab.errors import RakelabError
from rakelab.report.notebook import Place, places
from rakelab.report.warm import Job


class WarmEngine:
    """The interface of ``papermill.engines.Engine``."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, output_path: str | None = None, **options: Any) -> Any:
        """Run every code cell of ``nb`` into its outputs. Raises RakelabError where a cell stops.

        With the option ``draw=False`` exhibits are kept as specifications only: the report draws them itself. A list
        ``losses`` gets what became of the rows of every table read.
        """
        from papermill.engines import NotebookExecutionManager

        known = {name: options[name] for name in ("progress_bar", "log_output") if name in options}
        manager = NotebookExecutionManager(nb, output_path=output_path, **known)
        manager.notebook_start()
        try:
            options.get("losses", []).extend(_run(manager, draw=options.get("draw", True)))
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        return name or nb.metadata.get("kernelspec", {}).get("name", "python3")

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        return language or "python"


def _run(manager: Any, *, draw: bool) -> list[Any]:
    from rakelab.report.shell import run_cells

    cells = manager.nb.cells
    code = [(i, cell.source) for i, cell in enumerate(cells) if cell.cell_type == "code" and cell.source.strip()]
    where = places(manager.nb)
    with Job(run_cells, code, os.getcwd(), draw) as job:
        for ran in job.messages():
            cell, index = cells[ran["cell"]], ran["cell"]
            manager.cell_start(cell, index)
            cell.outputs, cell.execution_count = _outputs(ran), ran["count"]
            if "name" in ran:
                manager.cell_exception(cell, index)
                raise _error(ran, where[index]) from None
            manager.cell_complete(cell, index)
        return list(job.returned)


def _outputs(ran: dict[str, Any]) -> list[Any]:
    from nbformat import from_dict

    outputs = ran["outputs"]
    if "name" in ran:
        error = ran["error"]
        sentence = str(error) if error is not None else ""
        outputs = [*outputs, {"output_type": "error", "ename": ran["name"], "evalue": sentence, "traceback": []}]
    return [from_dict(output) for output in outputs]


def _error(ran: dict[str, Any], place: Place) -> RakelabError:
    error: RakelabError | None = ran["error"]
    if error is not None:
        return error
    return place.error("report.failed", error=ran["name"], line=ran["line"])
