"""Reading a declaration in TOML (a codebook, an instrument, a theme list, a source map): every key is known, and all
faults are collected before any is told.

The sentences of these general faults are in the words of the codebook; the others are a part of one or go with one.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from rakelab.errors import CodebookError, RakelabError, nearest
from rakelab.i18n import LANGUAGES, Written

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
_UNSEEN = re.compile(r"[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_FORBIDDEN = frozenset("!:=|\n")  # they part the names of columns and cells


class Entry:
    """One table of a declaration. What does not fit ``keys`` (key → type) becomes a fault with its place."""

    def __init__(
        self, raw: Any, keys: Mapping[str, Any], place: str, faults: list[RakelabError], first: str = LANGUAGES[0]
    ) -> None:
        self.place, self.prefix, self.faults, self.first = place, f"{place}.", faults, first
        self.values: dict[str, Any] = {}
        self._fill(raw, keys)

    def _fill(self, raw: Any, keys: Mapping[str, Any]) -> None:
        if not isinstance(raw, dict):
            self.fault("wrong_type", kind="table")
            return
        self.values = {key: value for key, value in raw.items() if self._fits(key, value, keys)}

    def _fits(self, key: str, value: Any, keys: Mapping[str, Any]) -> bool:
        if key not in keys:
            self.fault("unknown_key", key=key, nearest=near(key, keys))
            return False
        kind = keys[key]
        fits = isinstance(value, kind) and isinstance(value, bool) == (kind is bool)  # Python calls True an int
        if not fits:
            self.fault("wrong_type", key, kind=_KINDS.get(kind, "string"))
        return fits

    def fault(self, sentence: str, at: str = "", /, **values: object) -> None:
        """``sentence`` is one of the codebook, or with its room (``instrument.no_items``) another one; ``at`` is the
        key that it is about."""
        key = sentence if "." in sentence else f"codebook.{sentence}"
        self.faults.append(RakelabError(key, **{"place": f"{self.prefix}{at}" if at else self.place, **values}))

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def plain(self, *keys: str) -> dict[str, Any]:
        """The values of those keys that are there: what is not there is as the class says."""
        return {key: self.values[key] for key in keys if key in self}

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(map(str, self.get(key, ())))

    def name(self, key: str = "name", default: str = "") -> str:
        """A name that can stand in the name of a column or a cell."""
        name = str(self.get(key, default))
        if not name or _FORBIDDEN & set(name):
            self.fault("bad_name")
        return name

    def label(self, key: str) -> Mapping[str, str]:
        """A text in the first language of the file, and in others; a fault where the first has none."""
        given = self.entry(key, dict.fromkeys(LANGUAGES, str)).values if isinstance(self.get(key), dict) else {}
        written = {lang: given[lang] for lang in (self.first, *given) if given.get(lang, "").strip()}
        if self.first not in written:
            self.fault("no_label", key, lang=self.first)
        return Written(written or {self.first: f"{self.prefix}{key}"})

    def optional_label(self, key: str) -> Mapping[str, str] | None:
        return self.label(key) if key in self else None

    def one_of(self, key: str, known: tuple[Any, ...]) -> Any:
        """The value of ``key``, or the first of ``known``; anything else is a fault."""
        value = self.get(key, known[0])
        if value not in known:
            self.fault("not_one_of", key, known=", ".join(map(str, filter(None, known))))
        return value

    def entry(self, key: str, keys: Mapping[str, Any]) -> "Entry":
        """The table ``key``; an empty one where it is not there."""
        return Entry(self.get(key, {}), keys, f"{self.prefix}{key}", self.faults, self.first)

    def entries(self, key: str, keys: Mapping[str, Any], called: str = "name") -> list["Entry"]:
        """The tables of the list ``key``: “field ika” for “field 5”, where the fifth is ``called`` so."""
        places = ((raw, f"{self.prefix}{key} {_called(raw, called, i)}") for i, raw in enumerate(self.get(key, []), 1))
        return [Entry(raw, keys, place, self.faults, self.first) for raw, place in places]

    def unique(self, values: Iterable[str], at: str = "") -> None:
        for value in sorted(value for value, n in Counter(values).items() if n > 1):
            self.fault("twice", at, value=value)


class Declaration(Entry):
    """A whole file. ``done`` raises what was collected."""

    def __init__(self, path: Path, keys: Mapping[str, Any]) -> None:
        self.path = path
        raw = _loaded(path)
        super().__init__({}, keys, path.name, [], _first_language(raw))
        self.prefix = ""
        self._fill(raw, keys)

    def done(self, sentence: str) -> None:
        if self.faults:
            raise CodebookError(sentence, file=self.path.name, faults=tuple(self.faults))


@cache
def names_in(folder: Path) -> tuple[str, ...]:
    """The declarations that come along."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def path_of(name: str | Path, folder: Path, unknown: str) -> Path:
    """The file of the declaration ``name`` of ``folder``, or ``name`` itself where it is the path of a TOML file.

    Raises CodebookError (``unknown``), naming the nearest.
    """
    path = Path(name)
    if path.suffix.lower() == ".toml":
        return path
    if str(name) not in names_in(folder):
        raise CodebookError(unknown, name=str(name), nearest=near(str(name), names_in(folder)))
    return folder / f"{name}.toml"


def _loaded(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise CodebookError("codebook.too_large", file=path.name, limit=MOST_BYTES // 1000)
        text = data.decode("utf-8-sig")
        if not _DEEP.search(_TEXTS.sub("x", text)):
            with suppress(RecursionError):  # brackets within brackets
                return tomllib.loads(text)
    except FileNotFoundError:
        raise CodebookError("codebook.no_file", file=path.name) from None
    except OSError:
        raise CodebookError("codebook.unreadable", file=path.name) from None
    except UnicodeDecodeError:
        raise CodebookError("codebook.not_utf8", file=path.name) from None
    except tomllib.TOMLDecodeError as fault:
        raise CodebookError("codebook.not_toml", file=path.name, place=_place(str(fault))) from None
    raise CodebookError("codebook.too_deep", file=path.name)


def _first_language(raw: Mapping[str, Any]) -> str:
    """The first language of the file's title (of its first label): every text of the file is in it."""
    lists = (entry for listed in raw.values() if isinstance(listed, list) for entry in listed)
    tables = (table for table in (raw, *raw.values(), *lists) if isinstance(table, dict))
    texts = (table[key] for table in tables for key in ("title", "label") if isinstance(table.get(key), dict))
    return next((lang for text in texts for lang in text if lang in LANGUAGES), LANGUAGES[0])


def near(word: str, known: Collection[str]) -> str:
    """The known name closest to ``word``, or a dash."""
    return (nearest(word, known) if len(known) <= _MANY else "") or "–"


def _called(raw: Any, key: str, place: int) -> object:
    return raw[key] if isinstance(raw, dict) and key in raw else place


def _place(message: str) -> str:
    """“line 3, column 7” out of a TOML error, without the text of the file."""
    start = message.find("(at ")
    return message[start + 4 : -1] if start >= 0 else ""


# --- and writing one ------------------------------------------------------------------------------------------


def quoted(text: str) -> str:
    """``text`` as a TOML string; what nobody can see is written by its number."""
    whole = json.dumps(normalize("NFC", text.encode("utf-8", "replace").decode()), ensure_ascii=False)
    return _UNSEEN.sub(lambda mark: f"\\u{ord(mark[0]):04x}", whole)


def listed(texts: Iterable[str]) -> str:
    """Texts as a TOML array; nothing where there is none."""
    strings = ", ".join(map(quoted, texts))
    return f"[{strings}]" if strings else ""
