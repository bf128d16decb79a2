"""Numbers and dates as people write them, decided value by value, with the column's other values as evidence.

``6,956`` is six or six thousand: it is read only when the codebook's limits, the source map or the other values of the
column leave one reading. A percentage ``52 %`` is the number 52.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rakelab.codebook import Field

_SIGN = r"(?P<sign>[-+]?)"
_PLAIN = re.compile(rf"^{_SIGN}(?P<whole>\d+)$")
_SPACED = re.compile(rf"^{_SIGN}(?P<whole>\d{{1,3}}(?: \d{{3}})+)(?:[.,](?P<rest>\d+))?$")
_ONE_MARK = re.compile(rf"^{_SIGN}(?P<whole>\d*)(?P<mark>[.,])(?P<rest>\d+)$")
_GROUPED = re.compile(rf"^{_SIGN}(?P<whole>\d{{1,3}}(?P<mark>[.,])\d{{3}}(?:(?P=mark)\d{{3}})+)$")
_BOTH = re.compile(
    rf"^{_SIGN}(?P<whole>\d{{1,3}}(?:(?P<group>[.,])\d{{3}})(?:(?P=group)\d{{3}})*)(?P<mark>[.,])(?P<rest>\d+)$"
)
_UNIT = re.compile(r"\s*(?:%|€|eur)$", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")

_FINNISH = re.compile(
    r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:,?\s*(?:klo|kl\.?|at)?\s*(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?)?$",
    re.IGNORECASE,
)
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$")
_SLASHED = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_SERIALS = range(20_000, 60_000)  # 1954–2064
_EPOCH = datetime(1899, 12, 30)
_MONTHS = (
    "tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu"
    "|jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec"
)
_DAMAGED = re.compile(
    rf"^\d{{1,4}}[. -]{{1,2}}(?:{_MONTHS})[a-zä]*\.?(?:[. -]{{0,2}}\d{{2,4}})?$|^(?:{_MONTHS})[a-zä]*[. -]\d{{2,4}}$"
)


@dataclass(frozen=True)
class Reading:
    """What one text can mean: the ``decimal`` and the ``grouped`` reading; both: ambiguous, neither: no number."""

    decimal: float | None = None
    grouped: float | None = None
    mark: str = ""
    digits: int = 0  # after the decimal mark
    group: str = ""  # the thousands mark beside a decimal mark

    @property
    def values(self) -> tuple[float, ...]:
        return tuple(value for value in (self.decimal, self.grouped) if value is not None)


def reading(text: str) -> Reading:
    """Every number that ``text`` can be."""
    text = _SPACES.sub(" ", _UNIT.sub("", text.strip())).replace("\u2212", "-").strip()
    if found := _PLAIN.match(text):
        return Reading(decimal=_value(found, ""))
    if found := _GROUPED.match(text):
        return Reading(grouped=_value(found, ""), mark=found["mark"])
    if found := _SPACED.match(text) or _BOTH.match(text):
        groups = found.groupdict()
        if groups.get("group") == groups.get("mark") is not None:
            return Reading()
        mark, group = groups.get("mark") or "", groups.get("group") or ""
        return Reading(_value(found, groups["rest"] or ""), mark=mark, digits=3, group=group)
    if found := _ONE_MARK.match(text):
        return _one_mark(found)
    return Reading()


def _one_mark(found: re.Match[str]) -> Reading:
    whole, mark, rest = found["whole"], found["mark"], found["rest"]
    decimal = _value(found, rest)
    if len(rest) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0":
        return Reading(decimal, float(f"{found['sign']}{whole}{rest}"), mark, 3)
    return Reading(decimal, mark=mark, digits=len(rest))


def _value(found: re.Match[str], rest: str) -> float:
    whole = re.sub(r"\D", "", found["whole"]) or "0"
    return float(f"{found['sign']}{whole}.{rest or 0}")


def numbers(texts: Iterable[str], field: Field, decimal: str = "") -> list[float | str]:
    """Each text of a column as a number, or the code of its fault.

    ``decimal`` is the source map's decimal mark. Faults: not_a_number, not_whole, out_of_range, ambiguous_number,
    date_damage.
    """
    found = {text: reading(text) for text in texts}
    trusted = _decimal_marks(found.values(), decimal)
    return [_chosen(text, one, field, trusted) for text, one in found.items()]


def _decimal_marks(found: Iterable[Reading], decimal: str) -> Mapping[str, str]:
    """Mark → ``decimal`` or ``grouped``, for the marks whose meaning the clear values (or the source map) settle."""
    if decimal:
        return {decimal: "decimal", {",": ".", ".": ","}[decimal]: "grouped"}
    clear = [one for one in found if one.mark and len(one.values) == 1]
    # money has two decimals and a thousands mark beside them: only three decimals speak for three decimals
    fine = {one.mark for one in clear if one.decimal is not None and one.digits >= 3}
    coarse = {one.mark for one in clear if one.decimal is not None}
    grouped = {one.mark for one in clear if one.grouped is not None} | {one.group for one in clear if one.group}
    settled = dict.fromkeys(fine - grouped, "decimal")
    return settled | dict.fromkeys(grouped - coarse, "grouped")


def _chosen(text: str, one: Reading, field: Field, trusted: Mapping[str, str]) -> float | str:
    if not one.values:
        return "date_damage" if damaged_date(text) else "not_a_number"
    fitting = [value for value in one.values if not _fault(value, field)]
    if len(one.values) == 1:
        return _fault(one.values[0], field) or one.values[0]
    if len(set(fitting)) == 1:
        return fitting[0]
    settled = getattr(one, trusted.get(one.mark, ""), None) if one.mark in trusted else None
    return settled if settled is not None else "ambiguous_number"


def _fault(value: float, field: Field) -> str:
    if field.type == "integer" and not value.is_integer():
        return "not_whole"
    low = field.minimum if field.minimum is not None else float("-inf")
    high = field.maximum if field.maximum is not None else float("inf")
    return "" if low <= value <= high else "out_of_range"


def damaged_date(text: str) -> bool:
    """Does the text look like what a spreadsheet makes of “1–2”: a date where none was meant?"""
    text = text.strip().casefold()
    return bool(_ISO.match(text) or _FINNISH.match(text) or _DAMAGED.match(text))


def day(text: str) -> datetime | str:
    """A date or moment, or the code of its fault: not_a_date, ambiguous_date."""
    text = _SPACES.sub(" ", text.strip())
    if found := _FINNISH.match(text):
        d, m, y, *clock = found.groups()
        return _moment(y, m, d, clock)
    if found := _ISO.match(text):
        y, m, d, *clock = found.groups()
        return _moment(y, m, d, clock)
    if found := _SLASHED.match(text):
        return _slashed(*found.groups())
    if (found := _SERIAL.match(text)) and int(found[1]) in _SERIALS:
        return _EPOCH + timedelta(days=int(found[1]))
    return "not_a_date"


def _slashed(first: str, second: str, year: str) -> datetime | str:
    readings = {_moment(year, second, first, []), _moment(year, first, second, [])} - {"not_a_date"}
    if len(readings) > 1:
        return "ambiguous_date"
    return readings.pop() if readings else "not_a_date"


def _moment(year: str, month: str, day: str, clock: list[str | None]) -> datetime | str:
    try:
        hour, minute, second = (int(part or 0) for part in [*clock, "", "", ""][:3])
        return datetime(int(year), int(month), int(day), hour, minute, second)
    except ValueError:
        return "not_a_date"
