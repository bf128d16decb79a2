"""The tool's own words in Finnish, Swedish and English, and numbers written the way each language writes them.

Words live in ``locales/<lang>/<room>.toml``; the key of a word is ``room.name``. Every key and every placeholder
exists in all languages (a test compares them), so a missing word is our fault and raises ``LookupError``.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("fi", "sv", "en")
LOCALES = Path(__file__).parent / "locales"

# Finland-Swedish and Finnish share number and date habits; English pages are read in Finland too.
_BABEL = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}


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
    found: dict[str, str] = {}
    for path in sorted((LOCALES / lang).glob("*.toml")):
        found |= _flatten(tomllib.loads(path.read_text(encoding="utf-8")), f"{path.stem}.")
    return found


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
    return sentence.format(**values)


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


def label(key: str, /, **values: object) -> dict[str, str]:
    """The word or sentence ``key`` in every language; a value that is itself a label is said in the same language."""
    return {lang: text(key, lang, **_in_language(values, lang)) for lang in LANGUAGES}


def _in_language(values: Mapping[str, object], lang: str) -> dict[str, object]:
    return {name: value[lang] if isinstance(value, Mapping) else value for name, value in values.items()}


def counted(key: str, n: int, lang: str, /, **values: object) -> str:
    """``key.one`` when ``n`` is one, else ``key.other``; the placeholder ``{n}`` is the written number."""
    form = "one" if n == 1 else "other"
    return text(f"{key}.{form}", lang, n=number(n, lang), **values)


def number(value: float, lang: str, digits: int = 0) -> str:
    """``1234.5`` → ``1 234,5`` in Finnish (no-break space, decimal comma); always ``digits`` decimals."""
    from babel.numbers import format_decimal  # lazy: the command line's help must stay quick

    value = rounded(value, digits) + 0.0  # no minus before a zero
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=_BABEL[lang]).replace("\u202f", "\u00a0")


def rounded(value: float, digits: int = 0) -> float:
    """A half goes away from zero (12.5 → 13), as on paper; also one that binary holds as 14.499999999999998."""
    exact = Decimal(repr(round(float(value), digits + 9)))
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def percent(share: float, lang: str, digits: int = 0) -> str:
    """``0.523`` → ``52 %`` (``52%`` in English); ``share`` is 0–1."""
    sign = "%" if lang == "en" else "\u00a0%"
    return number(100 * share, lang, digits) + sign


def day(value: date, lang: str) -> str:
    """``2026-11-21`` → ``21.11.2026`` in Finnish and Swedish, ``21 November 2026`` in English."""
    if lang != "en":
        return f"{value.day}.{value.month}.{value.year}"
    from babel.dates import format_date

    return format_date(value, format="d MMMM y", locale=_BABEL[lang])


def listing(items: Iterable[str], lang: str) -> str:
    """``a, b ja c``."""
    listed = [str(item) for item in items]
    if len(listed) < 2:
        return "".join(listed)
    return ", ".join(listed[:-1]) + f" {text('common.and', lang)} " + listed[-1]
