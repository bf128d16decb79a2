"""Runs a notebook's code cells in this process, with IPython and without a kernel; outputs as a kernel would give them.

Only used in a process of its own (``warm.Job``). An error keeps its class name and line, and its sentence where it is
one of ours: no message of another library and no traceback leaves, since those may hold a cell's value.
"""

import json
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from rakelab.errors import RakelabError
from rakelab.report.notebook import MIME
from rakelab.report.warm import class_of

Output = dict[str, Any]
Send = Callable[[dict[str, Any]], None]


class _Publisher(DisplayPublisher):
    """``display(...)`` becomes an output."""

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **_: Any) -> None:
        self.shell.keep("display_data", data=data, metadata=metadata or {})

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear()


class _Hook(DisplayHook):
    """The value of a cell's last line becomes an output."""

    shell: Any

    def start_displayhook(self) -> None: ...

    def write_output_prompt(self) -> None: ...

    def finish_displayhook(self) -> None: ...

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.shell.keep("execute_result", data=format_dict, metadata=md_dict or {}, execution_count=self.prompt_count)


class _Stream:
    """Standard output or error of the cells."""

    def __init__(self, shell: "Shell", name: str) -> None:
        self.shell, self.name, self.encoding = shell, name, "utf-8"

    def write(self, text: str) -> int:
        if text:
            self.shell.keep("stream", name=self.name, text=text)
        return len(text)

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return False


class Shell(InteractiveShell):
    """IPython that collects outputs and prints nothing."""

    outputs: list[Output]

    def keep(self, kind: str, **parts: Any) -> None:
        last = self.outputs[-1] if self.outputs else {}
        if kind == "stream" and last.get("name") == parts["name"]:
            last["text"] += parts["text"]
            return
        self.outputs.append({"output_type": kind, **parts})

    def showtraceback(self, *_: Any, **__: Any) -> None: ...

    def showsyntaxerror(self, *_: Any, **__: Any) -> None: ...

    def cell(self, source: str) -> BaseException | None:
        """Run one cell into ``outputs``; the error it raised, if any."""
        self.outputs = []
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream(self, "stdout"), _Stream(self, "stderr")
        try:
            done = self.run_cell(source, store_history=True)
        finally:
            sys.stdout, sys.stderr = before
        _open_figures(self)
        error: BaseException | None = done.error_before_exec or done.error_in_exec
        return error


def _open_figures(shell: Shell) -> None:
    """A figure left open is shown by the inline backend of a kernel: here it is an output too, without its content."""
    plots = sys.modules.get("matplotlib.pyplot")
    if plots is not None and plots.get_fignums():
        plots.close("all")
        shell.keep("display_data", data={"text/plain": "Figure"}, metadata={})


def shell(folder: str, *, draw: bool = True) -> Shell:
    """A fresh shell that writes no history. ``folder``: where IPython may keep its files."""
    config = Config({"HistoryManager": {"enabled": False}})
    made = Shell.instance(config=config, ipython_dir=folder, display_pub_class=_Publisher, displayhook_class=_Hook)
    made.outputs = []
    if not draw:
        formatter: Any = made.display_formatter
        formatter.mimebundle_formatter.for_type_by_name("rakelab.present.exhibit", "Exhibit", _undrawn)
    return made


def _undrawn(exhibit: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """An exhibit's bundle without its HTML, which the report draws later from the specification anyway."""
    return {"text/plain": repr(exhibit), MIME: {**exhibit.spec, **exhibit.extra}}, exhibit.stamp


def run_cells(send: Send, sources: Sequence[tuple[int, str]], folder: str, draw: bool = True) -> list[Any]:
    """Run the cells in order until one stops, and send after each its ``cell``, ``count`` and ``outputs``.

    After an error also its class ``name``, its ``line``, and the ``error`` itself where it is one of ours. Returns what
    became of the rows of every table that they read, as the loaders tell it.
    """
    os.chdir(folder)
    with tempfile.TemporaryDirectory() as place:
        session = shell(place, draw=draw)
        for count, (index, source) in enumerate(sources, 1):
            error = session.cell(source)
            fault = {} if error is None else _fault(error, session)
            send({"cell": index, "count": count, "outputs": _plain(session.outputs), **fault})
            if error is not None:
                break
    return list(getattr(sys.modules.get("rakelab.loaders.validation"), "LOSSES", ()))


def _plain(outputs: list[Output]) -> list[Output]:
    """Outputs as they look after their way through a kernel's JSON."""
    return list(json.loads(json.dumps(outputs, default=lambda thing: type(thing).__name__)))


def _fault(error: BaseException, session: Shell) -> dict[str, Any]:
    """What may be told of an error: one of ours whole, of any other the class and the line of the cell."""
    name = class_of(error)
    if isinstance(error, RakelabError) and type(error).__module__.startswith("rakelab.") and _carried(error):
        return {"error": error, "name": name, "line": 0}
    return {"error": None, "name": name, "line": _line(error, session)}


def _carried(error: RakelabError) -> bool:
    try:
        pickle.dumps(error)
    except Exception:
        return False
    return True


def _line(error: BaseException, session: Shell) -> int:
    if isinstance(error, SyntaxError):
        return error.lineno or 0
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals is session.user_ns:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
