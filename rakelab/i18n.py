"""The tool's own words in each of its languages, and numbers written the way each language writes them.

A language is a folder ``locales/<lang>/`` of files ``<room>.toml``; the key of a word is ``room.name``. Every key and
every placeholder exists in all languages (a test compares them), so a missing word is our fault and raises
``LookupError``. The labels of a form are ``Written`` in the languages that the form has.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

LOCALES = Path(__file__).parent / "locales"


def _place(folder: Path) -> tuple[int, str]:
    return int(tomllib.loads((folder / "language.toml").read_text(encoding="utf-8"))["place"]), folder.name


#: Every folder of words; the first language is that of the notebooks.
LANGUAGES = tuple(lang for _, lang in sorted(map(_place, (path.parent for path in LOCALES.glob("*/language.toml")))))

_spoken = [LANGUAGES[0]]


def speak(lang: str) -> None:
    """From now on ``lang`` is spoken where no language is said; a notebook's check of its parameters sets it."""
    _spoken[0] = lang


def spoken() -> str:
    """The language that ``speak`` set."""
    return _spoken[0]


@cache
def words(lang: str) -> Mapping[str, str]:
    """All words of one language, keys ``room.name``. Raises LookupError for a language that does not exist."""
    if lang not in LANGUAGES:
        raise LookupError(lang)
    listed: dict[str, str] = {}
    for path in sorted((LOCALES / lang).glob("*.toml")):
        listed |= _flatten(tomllib.loads(path.read_text(encoding="utf-8")), f"{path.stem}.")
    return listed


def _flatten(table: Mapping[str, Any], prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def text(key: str, lang: str, /, **values: object) -> str:
    """The word or sentence ``key`` in ``lang`` with its placeholders filled."""
    try:
        sentence = words(lang)[key]
    except KeyError:
        raise LookupError(f"{lang}: {key}") from None
    if values.get("nearest") == "–":
        sentence = _NEAREST.sub("", sentence)
    return sentence.format(**values)


#: What names the nearest of what there is: left out where nothing is near.
_NEAREST = re.compile(r"(?<=[.!?]) [^.!?]*\{nearest\}[^.!?]*[.!?]")


class Word(str):
    """The key of one of the tool's own words, where any other ``str`` is a text that somebody wrote."""

    def __new__(cls, key: str) -> "Word":
        if key not in words(LANGUAGES[0]):
            raise LookupError(key)
        return super().__new__(cls, key)


def reason(given: str) -> str:
    """Why rows were chosen: a ``Word`` where ``given`` is the key of one of the tool's reasons, else a text."""
    return Word(given) if given.startswith("prepare.why.") and given in words(LANGUAGES[0]) else given


def said(given: str, lang: str) -> str:
    """A word in ``lang``; a text as it was written."""
    return text(given, lang) if isinstance(given, Word) else given


#: Around a text in another language than the page's: the language in Unicode's tags, which nothing shows.
FOREIGN = re.compile("\U000e0001([\U000e0061-\U000e007a]+)(.*?)\U000e007f", re.DOTALL)
_marking = [False]


class Written(dict[str, str]):
    """A text in the languages that somebody wrote it in. Asked for in another, it answers in its first."""

    def __missing__(self, lang: str) -> str:
        own, words_of_it = next(iter(self.items()))
        if not _marking[0]:
            return words_of_it
        return f"\U000e0001{''.join(chr(0xE0000 + ord(letter)) for letter in own)}{words_of_it}\U000e007f"


@contextmanager
def marking(on: bool = True) -> Iterator[None]:
    """Meanwhile a text that is not in the language asked for carries the mark of its own (``FOREIGN``)."""
    before, _marking[0] = _marking[0], on
    try:
        yield
    finally:
        _marking[0] = before


def composed(make: Callable[[str], str], *parts: Mapping[str, str]) -> Written:
    """What ``make`` says in each language that all ``parts`` are written in; where there is none, in the first of the
    first part."""
    shared = [lang for lang in parts[0] if all(lang in part for part in parts)] if parts else LANGUAGES
    return Written({lang: make(lang) for lang in shared or list(parts[0])[:1]})


def label(key: str, /, **values: object) -> Written:
    """The word or sentence ``key`` in every language; a value that is itself a label is said in the same language."""

    def sentence(lang: str) -> str:
        return text(key, lang, **{name: value[lang] if isinstance(value, Mapping) else value
                                  for name, value in values.items()})  # fmt: skip

    return composed(sentence, *(value for value in values.values() if isinstance(value, Mapping)))


def counted(key: str, n: int, lang: str, /, **values: object) -> str:
    """``key.one`` when ``n`` is one, else ``key.other``; the placeholder ``{n}`` is the written number."""
    form = "one" if n == 1 else "other"
    return text(f"{key}.{form}", lang, n=number(n, lang), **values)


def number(value: float, lang: str, digits: int = 0) -> str:
    """``1234.5`` → ``1 234,5`` in Finnish (no-break space, decimal comma); always ``digits`` decimals."""
    from babel.numbers import format_decimal  # lazy: the command line's help must stay quick

    value = rounded(value, digits) + 0.0  # no minus before a zero
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=text("language.locale", lang)).replace("\u202f", "\u00a0")


def rounded(value: float, digits: int = 0) -> float:
    """A half goes away from zero (12.5 → 13), as on paper; also one that binary holds as 14.499999999999998."""
    exact = Decimal(repr(round(float(value), digits + 9)))
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def percent(share: float, lang: str, digits: int = 0) -> str:
    """``0.523`` → ``52 %`` (``52%`` in English); ``share`` is 0–1."""
    return text("language.percent", lang, n=number(100 * share, lang, digits))


def day(value: date, lang: str) -> str:
    """``2026-11-21`` → ``21.11.2026`` in Finnish and Swedish, ``21 November 2026`` in English."""
    from babel.dates import format_date

    return format_date(value, format=text("language.day", lang), locale=text("language.locale", lang))


def listing(items: Iterable[str], lang: str) -> str:
    """``a, b ja c``."""
    listed = [str(item) for item in items]
    if len(listed) < 2:
        return "".join(listed)
    return ", ".join(listed[:-1]) + f" {text('common.and', lang)} " + listed[-1]
