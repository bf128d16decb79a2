"""Reading a declaration in TOML (a codebook, an instrument): every key is known, and every fault is collected.

The sentences of these general faults are in the words of the codebook; an instrument is a part of one.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from rakelab.errors import CodebookError, RakelabError, nearest
from rakelab.i18n import LANGUAGES

NUMBER, SCALAR = int | float, str | int | float
_KINDS = {int: "integer", NUMBER: "number", bool: "boolean", list: "array", dict: "table"}  # else string
#: A declaration is a form, not data: the largest that comes along has a thirtieth of this.
MOST_BYTES = 1_000_000
#: A key of so many parts (a.b.c) is no key of ours, and the parser would take minutes and gigabytes for it.
_DEEP = re.compile(r"(?<![\w-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++){16}")
_TEXTS = re.compile(
    r'"""(?:\\.|[^\\])*?"""|'
    r"'''.*?'''|"
    r'"(?:\\.|[^"\\\n])*+"|'
    r"'[^'\n]*+'|#[^\n]*+",
    re.DOTALL,
)
#: Among more names than this the nearest is not looked for.
_MANY = 300
_FORBIDDEN = frozenset("!:=|\n")  # they part the names of columns and cells


class Reader:
    """Reads one file; ``faults`` holds what is wrong in it, each with its place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[RakelabError] = []

    def _load(self) -> dict[str, Any]:
        try:
            return parsed(self.path)
        except FileNotFoundError:
            raise CodebookError("codebook.no_file", file=self.path.name) from None
        except OSError:
            raise CodebookError("codebook.unreadable", file=self.path.name) from None
        except UnicodeDecodeError:
            raise CodebookError("codebook.not_utf8", file=self.path.name) from None
        except tomllib.TOMLDecodeError as fault:
            raise CodebookError("codebook.not_toml", file=self.path.name, place=_place(str(fault))) from None

    def _fault(self, key: str, /, **values: object) -> None:
        """``key`` is a sentence of the codebook, or with its room (``instrument.no_items``) another one."""
        self.faults.append(RakelabError(key if "." in key else f"codebook.{key}", **values))

    def _table(self, table: Any, known: Mapping[str, Any], place: str) -> dict[str, Any]:
        """The keys of ``table`` that are known and of the right type; the others become faults."""
        if not isinstance(table, dict):
            self._fault("wrong_type", place=place, kind="table")
            return {}
        return {key: value for key, value in table.items() if self._fits(key, value, known, place)}

    def _fits(self, key: str, value: Any, known: Mapping[str, Any], place: str) -> bool:
        if key not in known:
            self._fault("unknown_key", place=place, key=key, nearest=near(key, known))
            return False
        kind = known[key]
        fits = isinstance(value, kind) and isinstance(value, bool) == (kind is bool)  # Python calls True an int
        if not fits:
            self._fault("wrong_type", place=f"{place}.{key}", kind=_KINDS.get(kind, "string"))
        return fits

    def _name(self, name: str, place: str) -> str:
        if not name or _FORBIDDEN & set(name):
            self._fault("bad_name", place=place)
        return name

    def _label(self, label: Any, place: str) -> Mapping[str, str]:
        if isinstance(label, dict) and all(isinstance(label.get(lang), str) and label[lang] for lang in LANGUAGES):
            return self._table(label, dict.fromkeys(LANGUAGES, str), place)
        self._fault("no_label", place=place)
        return dict.fromkeys(LANGUAGES, place)

    def _one_of(self, entry: Mapping[str, Any], key: str, known: tuple[str, ...], place: str) -> Any:
        """``entry[key]``, or the first of ``known``; anything else is a fault."""
        value = entry.get(key, known[0])
        if value not in known:
            self._fault("not_one_of", place=f"{place}.{key}", known=", ".join(filter(None, known)))
        return value

    def _unique(self, values: list[str], place: str) -> None:
        for value in sorted(value for value, n in Counter(values).items() if n > 1):
            self._fault("twice", place=place, value=value)


def parsed(path: Path) -> dict[str, Any]:
    """The TOML of a file. CodebookError for one that is too large or too deep, else as ``tomllib`` and ``open``."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise CodebookError("codebook.too_large", file=path.name, limit=MOST_BYTES // 1000)
    text, made = data.decode("utf-8-sig"), None
    if not _DEEP.search(_TEXTS.sub("x", text)):
        with suppress(RecursionError):  # brackets within brackets
            made = tomllib.loads(text)
    if made is None:
        raise CodebookError("codebook.too_deep", file=path.name)
    return made


def near(word: str, known: Collection[str]) -> str:
    """The known name closest to ``word``, or a dash."""
    return (nearest(word, known) if len(known) <= _MANY else "") or "–"


def named(place: str, raw: Any, key: str) -> str:
    """“field ika” for “field 5”, where the entry has a name."""
    return f"{place.rsplit(' ', 1)[0]} {raw[key]}" if isinstance(raw, dict) and key in raw else place


def _place(message: str) -> str:
    """“line 3, column 7” out of a TOML error, without the text of the file."""
    start = message.find("(at ")
    return message[start + 4 : -1] if start >= 0 else ""
