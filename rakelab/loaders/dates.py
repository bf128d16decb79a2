"""Dates as people and programs write them, and what a spreadsheet makes of “1–2”: a date where none was meant."""

import re
from datetime import datetime, timedelta

from rakelab.loaders.spelling import SPELLINGS

_CLOCK = (
    r"(?:(?:,|T)?\s*(?:klo|kl\.?|at)?\s*(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ai]p\.?|[ap]\.?m\.?|[fe]m\.?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{3,4})?)?"
)
_WEEKDAY = (
    r"(?:(?:ma|ti|ke|to|pe|la|su|maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai"
    r"|(?:mån|tis|ons|tors|fre|lör|sön|mon|tue|wed|thu|fri|sat|sun)[a-z]*)(?:na)?\.?,?\s+)?(?:den |the )?"
)
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4}|\d{2})"
_WORD, _TH = r"(?P<month>[a-zåäö]{3,})", r"(?:st|nd|rd|th|\.)?"
_WRITTEN = [
    re.compile(f"^{form}{_CLOCK}$", re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}{_DAY}\.\s?{_MONTH}\.\s?{_YEAR}",
        rf"(?P<year>\d{{4}})(?P<mark>[-/.]){_MONTH}(?P=mark){_DAY}",
        rf"{_WEEKDAY}{_DAY}{_TH}[ .-]*{_WORD}\.?,?[ .-]*{_YEAR}",
        rf"{_WEEKDAY}{_WORD}\.? {_DAY}{_TH},? (?P<year>\d{{4}})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    )
]
_SLASHED = re.compile(rf"^(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}){_CLOCK}$", re.IGNORECASE)
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_SERIALS = range(20_000, 60_000)  # 1954–2064
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
#: Nothing that a form asks of somebody alive lies outside of these years; Excel's zero is 1900.
LIFE = range(1906, 2101)
#: Two digits that may be of either century.
_EITHER = range(31, 41)

_NAMES = {lang: list(enumerate(words, 1)) for lang, words in SPELLINGS["month"].items()}
_MONTHS = {stem + end: i for i, stem in _NAMES["fi"] for end in ("", "k", "kuu", "kuuta", "kuun")}
_MONTHS |= {word[:cut]: i for i, word in _NAMES["sv"] + _NAMES["en"] for cut in (3, None)}
_MONTHS["sept"] = 9
_STEMS = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAMAGED = re.compile(rf"^\d{{1,4}}[. -]{{1,2}}(?:{_STEMS})\.?(?:[. -]{{0,2}}\d{{2,4}})?$|^(?:{_STEMS})[. -]\d{{2,4}}$")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")


def damaged_date(text: str) -> bool:
    """Does the text look like what a spreadsheet makes of “1–2”?"""
    text = text.strip().casefold()
    return any(form.match(text) for form in _WRITTEN[:2]) or bool(_DAMAGED.match(text))


def day(text: str, since_1904: bool = False) -> datetime | str:
    """A date or moment, or the code of its fault: not_a_date, ambiguous_date, date_outside."""
    text = _SPACES.sub(" ", text.strip())
    if match := next(filter(None, (form.match(text) for form in _WRITTEN)), None):
        return _moment(**match.groupdict())
    if match := _SLASHED.match(text):
        first, second, year = match.groups()[:3]
        clock = match.groupdict()
        moments = {_moment(year, *pair, **clock) for pair in ((second, first), (first, second))} - {"not_a_date"}
        return "ambiguous_date" if len(moments) > 1 else moments.pop() if moments else "not_a_date"
    if (match := _SERIAL.match(text)) and int(match[1]) in _SERIALS:
        return (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=int(match[1]))
    return "not_a_date"


def _moment(year: str, month: str, day: str, **clock: str | None) -> datetime | str:
    number = int(month) if month.isdigit() else _MONTHS.get(month.casefold(), 0)
    hour, minute, second = (int(clock.get(part) or 0) for part in ("hour", "minute", "second"))
    half = (clock.get("half") or "").casefold()[:1]
    if half:  # twelve hours twice: am, fm and ap are the first
        hour = hour % 12 + (12 if half in "pie" else 0)
    if len(year) == 2 and int(year) in _EITHER:
        return "ambiguous_date"
    full = int(year) + (0 if len(year) == 4 else 2000 if int(year) < _EITHER.start else 1900)
    try:
        made = datetime(full, number, int(day), hour, minute, second)
    except ValueError:
        return "not_a_date"
    return made if full in LIFE else "date_outside"
