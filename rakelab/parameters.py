"""A notebook's parameters, strict: an unknown, misspelt or mistyped one stops the run and names the nearest.

A notebook declares them in its cell tagged ``parameters``, one plain line each: ``kunta = ""  # kuntanumero``.
The next cell calls ``check(globals())``, so that JupyterLab and plain papermill are as strict as ``rakelab report``.
"""

import ast
import re
import tokenize
from collections.abc import Iterator, Mapping, MutableMapping
from io import StringIO
from typing import Any

from rakelab import i18n, incell
from rakelab.errors import UsageError, nearest
from rakelab.i18n import LANGUAGES

#: How papermill begins the cell that it adds after the declared parameters.
INJECTED = "# Parameters"

#: How the comment of a parameter that chooses rows begins; only such a one's value may name a folder.
CHOOSES = re.compile(r"#\s*rajaus:")

_YES, _NO = {"true", "kyllä", "ja", "yes", "1"}, {"false", "ei", "nej", "no", "0"}


def declared(source: str) -> dict[str, Any]:
    """Names and default values of a cell that only assigns plain values; empty for any other cell."""
    try:
        values = dict(pair for line in ast.parse(source).body for pair in _assignments(line))
    except (SyntaxError, ValueError):
        return {}
    return values


def choosing(source: str) -> set[str]:
    """The parameters of the cell that choose rows: the comment on their line begins with ``rajaus:``."""
    if not declared(source):
        return set()
    tokens = tokenize.generate_tokens(StringIO(source).readline)
    marked = {token.start[0] for token in tokens if token.type == tokenize.COMMENT and CHOOSES.match(token.string)}
    return {name for line in ast.parse(source).body if line.end_lineno in marked for name, _ in _assignments(line)}


def _assignments(line: ast.stmt) -> Iterator[tuple[str, Any]]:
    match line:
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if len(names) == len(values):
            for name, value in zip(names, values, strict=True):
                yield from _assignments(ast.Assign([name], value))
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, ast.literal_eval(value)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, ast.literal_eval(value)
        case _:
            raise ValueError


def settle(given: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """``given`` with text turned into the type of each default: ``091`` stays text where the default is text.

    Raises UsageError for a name that is not declared and for a value of another type.
    """
    _known(given, defaults)
    settled = {name: _converted(name, value, defaults[name]) for name, value in given.items()}
    _language(settled)
    return settled


def check(namespace: MutableMapping[str, Any]) -> None:
    """Stop where papermill put in a parameter that the notebook does not declare, or one of another type; from here on
    what is shown is in the language ``lang``, errors as well. One value is as good as a list of it.

    ``namespace`` is the notebook's ``globals()``: the cells run so far are in its ``In``. Raises UsageError.
    """
    lang = namespace.get("lang")
    i18n.speak(lang if lang in LANGUAGES else LANGUAGES[0])
    incell.install()
    cells = [str(cell) for cell in namespace.get("In", ())]
    defaults: dict[str, Any] = next((d for c in reversed(cells) if not _injected(c) and (d := declared(c))), {})
    for cell in filter(_injected, cells):
        _known(_names(cell), defaults)
    for name in (name for name in defaults if name in namespace):
        if isinstance(defaults[name], list) and isinstance(namespace[name], str | int) and namespace[name] != "":
            namespace[name] = [namespace[name]]
        _same_type(name, namespace[name], defaults[name])
    _language({name: namespace[name] for name in defaults if name in namespace})


def _injected(source: str) -> bool:
    return source.startswith(INJECTED)


def _names(source: str) -> list[str]:
    targets = [line.targets[0] for line in ast.parse(source).body if isinstance(line, ast.Assign)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _known(given: Any, defaults: Mapping[str, Any]) -> None:
    for name in given:
        if name in defaults:
            continue
        close = nearest(name, defaults)
        if close:
            raise UsageError("parameters.misspelt", name=name, nearest=close)
        raise UsageError("parameters.unknown", name=name, known=", ".join(defaults) or "–")


def _language(values: Mapping[str, Any]) -> None:
    if values.get("lang", LANGUAGES[0]) not in LANGUAGES:
        raise UsageError("parameters.language", known=", ".join(LANGUAGES))


def _kind(default: Any) -> str:
    return type(default).__name__ if isinstance(default, bool | int | float) else "list"


def _same_type(name: str, value: Any, default: Any) -> None:
    """A whole number is fine where a decimal one is declared; anything is fine where nothing is declared."""
    if default is None or type(value) is type(default) or (type(default) is float and type(value) is int):
        return
    if isinstance(default, str):
        raise UsageError("parameters.not_text", name=name)
    raise _mistyped(name, default)


def _mistyped(name: str, default: Any) -> UsageError:
    return UsageError(f"parameters.mistyped.{_kind(default)}", name=name)


def _converted(name: str, value: Any, default: Any) -> Any:
    if not isinstance(value, str) or default is None or isinstance(default, str):
        _same_type(name, value, default)
        return value
    try:
        return _from_text(value.strip(), default)
    except ValueError:
        raise _mistyped(name, default) from None


def _from_text(value: str, default: Any) -> Any:
    if isinstance(default, bool):
        return _truth(value)
    if isinstance(default, int):
        return int(value)
    if isinstance(default, float):
        return float(value.replace(",", "."))
    items = [item.strip(" '\"") for item in value.strip("[] ").split(",") if item.strip()]
    return [_from_text(item, default[0]) if default and not isinstance(default[0], str) else item for item in items]


def _truth(value: str) -> bool:
    if value.casefold() not in _YES | _NO:
        raise ValueError
    return value.casefold() in _YES
