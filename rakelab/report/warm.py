"""Warm processes: each job runs in a fork of a process that has imported everything and seen no data.

Where the system cannot fork, a job runs in a fresh process. A job sees nothing of another: that is the privacy of it.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

from rakelab.errors import NotebookError, RakelabError
from rakelab.report import process

#: Imported once by the warm process, by name: the report itself knows nothing of rows.
PRELOAD = (
    "rakelab.report.warmth",
    "rakelab.report.jobs",
    "rakelab.report.shell",
)

Send = Callable[[Any], None]


def context() -> Any:
    """The multiprocessing context, with the warm process told what to import."""
    import multiprocessing

    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    made = multiprocessing.get_context(method)
    if method == "forkserver":
        made.set_forkserver_preload(list(PRELOAD))
    return made


def warm_up() -> None:
    """Start warming up, and return at once."""
    made = context()
    if made.get_start_method() == "forkserver":
        from multiprocessing import forkserver, resource_tracker

        resource_tracker.ensure_running()  # the forkserver would start it, and it unblocks SIGINT
        with process.safe_path(), process.undisturbed():
            forkserver.ensure_running()


class Job:
    """One function in a process of its own. It gets ``send`` first; what it sends can be read while it runs."""

    def __init__(self, work: Callable[..., Any], *given: Any) -> None:
        warm_up()
        made = context()
        self._pipe, theirs = made.Pipe(duplex=False)
        settings = {name: value for name, value in os.environ.items() if name.startswith("RAKELAB_")}
        self._process = made.Process(target=_work, args=(theirs, settings, work, given), daemon=True)
        with process.without_main():
            self._process.start()
        theirs.close()
        self.returned: Any = None

    def messages(self) -> Iterator[Any]:
        """What the job sends, until it ends. Raises what the job raised."""
        while True:
            try:
                kind, message = self._pipe.recv()
            except EOFError:
                raise NotebookError("report.crashed") from None
            if kind == "error":
                raise message from None
            if kind == "result":
                self.returned = message
                return
            yield message

    def result(self) -> Any:
        """Wait for the job and its return value."""
        for _ in self.messages():
            pass
        return self.returned

    def __enter__(self) -> "Job":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None or issubclass(kind, RakelabError):
            self._process.join(2)  # it is about to end, and cleans up after itself
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()


def _work(pipe: Any, settings: dict[str, str], work: Callable[..., Any], given: tuple[Any, ...]) -> None:
    """In the child. Nothing but what is sent leaves it: no standard output, no traceback."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    for name in [name for name in os.environ if name.startswith("RAKELAB_")]:  # the warm process may be older
        del os.environ[name]
    os.environ.update(settings)
    _silence()
    try:
        pipe.send(("result", work(lambda message: pipe.send(("message", message)), *given)))
    except RakelabError as error:
        pipe.send(("error", error))
    except BaseException as error:
        pipe.send(("error", NotebookError("report.bug", error=class_of(error), place=place_of(error))))


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for the life of the process


def class_of(error: BaseException) -> str:
    """The class of an error, where it is one that a module defines: a name made on the way could be a row's text."""
    kind = type(error)
    known = getattr(sys.modules.get(kind.__module__), kind.__name__, None) is kind and kind.__module__ != "__main__"
    return kind.__name__ if known else "?"


def place_of(error: BaseException) -> str:
    """``tables.py 41``: file name and line where an error was raised, without its message."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "–"
    return f"{trace.tb_frame.f_code.co_filename.replace(chr(92), '/').rpartition('/')[2]} {trace.tb_lineno}"
