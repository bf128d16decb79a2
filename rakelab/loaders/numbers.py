"""Numbers as people write them, decided value by value, with the column's other values as evidence.

``6,956`` is six or six thousand: it is read only when the codebook's limits, the source map or the other values of the
column leave one reading. A percentage ``52 %`` is the number 52.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rakelab.codebook import Field
from rakelab.loaders.dates import damaged_date

_SIGN = r"(?P<sign>[-+]?)"
_PLAIN = re.compile(rf"^{_SIGN}(?P<whole>\d+)$")
_SPACED = re.compile(rf"^{_SIGN}(?P<whole>\d{{1,3}}(?: \d{{3}})+)(?:[.,](?P<rest>\d+))?$")
_ONE_MARK = re.compile(rf"^{_SIGN}(?P<whole>\d*)(?P<mark>[.,])(?P<rest>\d+)$")
_GROUPED = re.compile(rf"^{_SIGN}(?P<whole>\d{{1,3}}(?P<mark>[.,])\d{{3}}(?:(?P=mark)\d{{3}})+)$")
_BOTH = re.compile(
    rf"^{_SIGN}(?P<whole>\d{{1,3}}(?:(?P<group>[.,])\d{{3}})(?:(?P=group)\d{{3}})*)(?P<mark>[.,])(?P<rest>\d+)$"
)
_POWER = re.compile(r"^[-+]?\d+(?:[.,]\d+)?E[-+]?\d{1,2}$", re.IGNORECASE)
_UNIT = re.compile(r"^(?:€|eur)\s*|\s*(?:%|€|eur|euroa|euro)$|(?<=\d)[,:][-–—]$", re.IGNORECASE)
_GROUP = re.compile(r"(?<=\d)['’](?=\d{3}(?!\d))")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")


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
    text = _GROUP.sub(" ", _SPACES.sub(" ", _UNIT.sub("", text.strip())).replace("\u2212", "-").strip())
    if _POWER.match(text):
        return Reading(decimal=float(text.replace(",", ".")))
    if match := _PLAIN.match(text):
        return Reading(decimal=_value(match, ""))
    if match := _GROUPED.match(text):
        return Reading(grouped=_value(match, ""), mark=match["mark"])
    if match := _SPACED.match(text) or _BOTH.match(text):
        groups = match.groupdict(default="")
        mark, group = groups.get("mark", ""), groups.get("group", "")
        if mark and mark == group:
            return Reading()
        return Reading(_value(match, groups["rest"]), mark=mark, digits=3, group=group)
    if match := _ONE_MARK.match(text):
        whole, rest = match["whole"], match["rest"]
        in_groups = len(rest) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0"
        grouped = float(f"{match['sign']}{whole}{rest}") if in_groups else None
        return Reading(_value(match, rest), grouped, match["mark"], len(rest))
    return Reading()


def _value(match: re.Match[str], rest: str) -> float:
    whole = re.sub(r"\D", "", match["whole"]) or "0"
    return float(f"{match['sign']}{whole}.{rest or 0}")


def numbers(texts: Iterable[str], field: Field, decimal: str = "") -> list[float | str]:
    """Each text of a column as a number, or the code of its fault.

    ``decimal`` is the source map's decimal mark. Faults: not_a_number, not_whole, out_of_range, ambiguous_number,
    date_damage.
    """
    readings = {text: reading(text) for text in texts}
    marks = _decimal_marks(readings.values(), decimal)
    return [_chosen(text, read, field, marks) for text, read in readings.items()]


def _decimal_marks(readings: Iterable[Reading], decimal: str) -> Mapping[str, str]:
    """Mark → ``decimal`` or ``grouped``, for the marks whose meaning the clear values (or the source map) settle."""
    if decimal:
        return {decimal: "decimal", {",": ".", ".": ","}[decimal]: "grouped"}
    clear = [read for read in readings if read.mark and len(read.values) == 1]
    # money has two decimals and a thousands mark beside them: only three decimals speak for three decimals. Where one
    # mark is clearly the decimal one, the other parts thousands.
    three = {read.mark for read in clear if read.decimal is not None and read.digits >= 3}
    any_decimal = {read.mark for read in clear if read.decimal is not None}
    grouped = {read.mark for read in clear if read.grouped is not None} | {read.group for read in clear if read.group}
    grouped |= {{",": ".", ".": ","}[mark] for mark in any_decimal} - any_decimal
    return dict.fromkeys(three - grouped, "decimal") | dict.fromkeys(grouped - any_decimal, "grouped")


def _chosen(text: str, read: Reading, field: Field, marks: Mapping[str, str]) -> float | str:
    if not read.values:
        return "date_damage" if damaged_date(text) else "not_a_number"
    if len(read.values) == 1:
        return _fault(read.values[0], field) or read.values[0]
    fitting = {value for value in read.values if not _fault(value, field)}
    if len(fitting) == 1:
        return fitting.pop()
    settled = getattr(read, marks[read.mark]) if read.mark in marks else None
    return "ambiguous_number" if settled is None else _fault(settled, field) or settled


def _fault(value: float, field: Field) -> str:
    if field.type == "integer" and not value.is_integer():
        return "not_whole"
    low = field.minimum if field.minimum is not None else float("-inf")
    high = field.maximum if field.maximum is not None else float("inf")
    return "" if low <= value <= high else "out_of_range"
