"""The register of a plan: texts of public record, no persons. They pass a gate all the same, as quotations do."""

import re
from collections.abc import Iterable, Mapping, Sequence

from rakelab import i18n, identifiers
from rakelab._seal import entry
from rakelab.cells import Entry, Filled, Record
from rakelab.errors import WallError
from rakelab.protect.quotes import signed

#: What is free text in an entry, by the roles of its fields; every one goes through the finder of identifiers.
TEXTS = ("goal", "action", "responsible", "indicator", "source", "evidence")
#: A longer text is no entry of a register.
LONGEST = 2000
_LEVEL, _DAY = re.compile(r"\w{1,40}", re.ASCII), re.compile(r"\d{4}-\d{2}-\d{2}")
#: What the other cells look like: no text fits into them.
_FORMS: Mapping[str, re.Pattern[str]] = {
    "period": re.compile(r"\d{4}"),
    "value": re.compile(r"\d{1,12}(\.\d{1,6})?"),
    "date": _DAY,
    "state": _LEVEL,
    "measure": _LEVEL,
    "origin": _LEVEL,
}
_FOLDER_HOLDS = (identifiers.IDENTITY_CODE, identifiers.EMAIL)


class TellingError(WallError):
    """Texts that point at a person. ``found``: kind of identifier → rows of the file."""

    def sentence(self, lang: str) -> str:
        found: Mapping[str, Sequence[int]] = self.values["found"]  # type: ignore[assignment]
        told = (_told(kind, rows, lang) for kind, rows in found.items())
        return i18n.text(self.key, lang, found="; ".join(told))


def _told(kind: str, rows: Sequence[int], lang: str) -> str:
    many = i18n.counted(f"identifiers.{kind}", len(rows), lang)
    listed = ", ".join(map(str, dict.fromkeys(rows)))
    return i18n.text("protect.register.kind", lang, kind=many, rows=listed)


def release_register(records: Sequence[Record], *, approved_by: str, date: str) -> tuple[Entry, ...]:
    """The rows as entries, under the name of who has read and approved them and the day (YYYY-MM-DD).

    Raises UsageError without a name or a day, WallError for something that is no record, for a cell that is not what
    its field is, and where the finder finds an identifier: the sentence tells rows and kinds, never the text.
    """
    for one in records:
        if not isinstance(one, Record):
            raise WallError("protect.register.not_record", kind=type(one).__name__)
    if not records:
        return ()
    signed(approved_by, date, no_name="protect.register.no_approver", no_day="protect.register.no_day")
    _formed(records)
    _silent(records)
    name = approved_by.strip()
    return tuple(entry(cells=dict(one.cells), filled=one.filled, approved_by=name, date=date) for one in records)


def known(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries, looked at again: a sealed one may have been altered since. Raises as ``release_register``."""
    entries = tuple(entries)
    for i, one in enumerate(entries, 1):
        if not isinstance(one, Entry):
            raise WallError("protect.register.not_record", kind=type(one).__name__)
        release_register([Record(i, one.cells, one.filled)], approved_by=one.approved_by, date=one.date)
    return entries


def _formed(records: Sequence[Record]) -> None:
    strange = [str(one.row) for one in records if not all(_fits(name, text) for name, text in one.cells.items())]
    if strange:
        raise WallError("protect.register.strange", rows=", ".join(strange), longest=LONGEST)


def _fits(name: str, text: str) -> bool:
    if name in TEXTS:
        return len(text) <= LONGEST
    return name in _FORMS and bool(_FORMS[name].fullmatch(text))


def _silent(records: Sequence[Record]) -> None:
    found: dict[str, list[int]] = {}
    for one in records:
        for kind in _kinds(one):
            found.setdefault(kind, []).append(one.row)
    if found:
        raise TellingError("protect.register.telling", found={kind: tuple(rows) for kind, rows in found.items()})


def _kinds(one: Record) -> Iterable[str]:
    for name in TEXTS:
        yield from (hit.kind for hit in identifiers.find(one.cells.get(name, "")))
    sources = one.filled.sources if isinstance(one.filled, Filled) else ()
    for folder, title in sources:
        for text in (folder, *title.values()):
            yield from (hit.kind for hit in identifiers.find(text, _FOLDER_HOLDS))
