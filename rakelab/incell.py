"""An error in a notebook's cell as one sentence that says what to do; the technical message is one click away.

For a person who has never programmed. An IPython extension: ``parameters.check`` loads it, so that every notebook has
it; in a report the cells run without it, and nothing of an error is published.
"""

import builtins
import traceback
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from rakelab import i18n
from rakelab.errors import RakelabError, nearest

#: Where the code of a cell is said to be.
_CELLS = ("ipykernel_", "<ipython-input", "<cell")


def load_ipython_extension(shell: Any) -> None:
    """Errors of this kernel are told by ``explain``; a shell that is no kernel stays as it is."""
    if type(shell).__name__ == "ZMQInteractiveShell":
        shell.set_custom_exc((Exception,), _show)


def install() -> None:
    """Loads the extension into the kernel that runs this, if one does."""
    from IPython.core.getipython import get_ipython  # lazy: the command line does not need it

    load_ipython_extension(get_ipython())


def _show(shell: Any, kind: type[BaseException], error: BaseException, tb: Any, tb_offset: Any = None) -> None:
    lang = i18n.spoken()
    names = [name for name in shell.user_ns if not name.startswith("_")]
    said = explain(error, names, str((shell.user_ns.get("In") or [""])[-1]), lang)
    # the kernel's clients learn of the stop by this message; JupyterLab shows its text at the cell
    shell._showtraceback(kind, said, [said])
    _technical("".join(traceback.format_exception(error)), lang)


def _technical(text: str, lang: str) -> None:
    from IPython.display import HTML, display

    title = escape(i18n.text("incell.technical", lang))
    display(HTML(f"<details><summary>{title}</summary><pre>{escape(text)}</pre></details>"))  # type: ignore[no-untyped-call]


def explain(error: BaseException, names: Iterable[str], cell: str, lang: str) -> str:
    """What went wrong, where, and what to do. ``names`` are those that the notebook has, ``cell`` the code that ran.

    Says no value: only names and code that stand in the cell itself.
    """
    if isinstance(error, RakelabError):
        said = error.sentence(lang)
    else:
        said = next((tell(error, names, cell, lang) for kind, tell in _KINDS if isinstance(error, kind)), "")
    place = "" if isinstance(error, RakelabError | SyntaxError) else _place(error, cell, lang)
    return "\n".join(filter(None, (said or _other(error, lang), place, i18n.text("incell.again", lang))))


def _other(error: BaseException, lang: str) -> str:
    return i18n.text("incell.unknown", lang, kind=type(error).__name__)


def _place(error: BaseException, cell: str, lang: str) -> str:
    """The line of the cell on which it stopped."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_cell(frame.filename)]
    lines = cell.splitlines()
    if not frames or not 0 < (frames[-1].lineno or 0) <= len(lines):
        return ""
    number = frames[-1].lineno or 0
    return i18n.text("incell.line", lang, n=number, code=lines[number - 1].strip())


def _is_cell(filename: str) -> bool:
    return any(mark in filename for mark in _CELLS)


def _name(error: Any, names: Iterable[str], cell: str, lang: str) -> str:
    return _missing("name", error.name or "", [*names, *dir(builtins)], lang)


def _attribute(error: Any, names: Iterable[str], cell: str, lang: str) -> str:
    known = [] if error.obj is None else [name for name in dir(error.obj) if not name.startswith("_")]
    return _missing("attribute", error.name or "", known, lang) if _written(error.name, cell) else ""


def _key(error: Any, names: Iterable[str], cell: str, lang: str) -> str:
    wanted = str(error.args[0]) if error.args else ""
    return i18n.text("incell.key", lang, name=wanted) if _written(wanted, cell) else ""


def _module(error: Any, names: Iterable[str], cell: str, lang: str) -> str:
    return i18n.text("incell.module", lang, name=error.name or "–")


def _missing(word: str, name: str, known: Iterable[str], lang: str) -> str:
    close = nearest(name, known)
    key = f"incell.{word}.{'near' if close else 'none'}"
    return i18n.text(key, lang, name=name, nearest=close)


def _written(name: object, cell: str) -> bool:
    """Does the cell itself hold this text? What it does not hold may be a value of a row."""
    return bool(name) and str(name) in cell


def _syntax(error: Any, names: Iterable[str], cell: str, lang: str) -> str:
    open_ = any(sign in str(error.msg) for sign in ("never closed", "EOF", "unterminated", "incomplete input"))
    code = (error.text or "").strip()
    return i18n.text(f"incell.syntax.{'open' if open_ else 'mistyped'}", lang, n=error.lineno or 1, code=code)


def _type(error: Any, names: Iterable[str], cell: str, lang: str) -> str:
    unknown = str(error).partition("unexpected keyword argument '")[2].partition("'")[0]
    if unknown and _written(unknown, cell):
        return i18n.text("incell.argument", lang, name=unknown)
    return i18n.text("incell.type", lang)


_Teller = Callable[[Any, Iterable[str], str, str], str]
_KINDS: tuple[tuple[type[BaseException], _Teller], ...] = (
    (NameError, _name), (AttributeError, _attribute), (KeyError, _key), (ImportError, _module), (SyntaxError, _syntax),
    (TypeError, _type),
)  # fmt: skip
