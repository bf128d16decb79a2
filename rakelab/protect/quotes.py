"""Quotations: the second door in the wall. A person opens it, by name, and the finder of identifiers looks first."""

import datetime
from collections.abc import Sequence

from rakelab import identifiers
from rakelab._seal import quote
from rakelab.cells import Excerpt, Quote
from rakelab.errors import UsageError, WallError

#: A longer passage tells more of one person than a finding needs.
LONGEST = 600


def release_quotes(excerpts: Sequence[Excerpt], *, approved_by: str, date: str) -> tuple[Quote, ...]:
    """The passages as quotations, under the name of who read and approved them and the day (YYYY-MM-DD).

    Raises UsageError without a name or a day, WallError for something that is no excerpt, and where a passage is too
    long or the finder finds an identifier in it: the sentence tells rows and how many, never the text.
    """
    for one in excerpts:
        if not isinstance(one, Excerpt):
            raise WallError("protect.not_excerpt", kind=type(one).__name__)
    if not excerpts:
        return ()
    _signed(approved_by, date)
    _readable(excerpts)
    return tuple(_quoted(one, approved_by.strip(), date) for one in excerpts)


def _signed(approved_by: str, day: str) -> None:
    if not approved_by.strip():
        raise UsageError("protect.no_approver")
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        raise UsageError("protect.no_day") from None


def _readable(excerpts: Sequence[Excerpt]) -> None:
    long = [str(one.row) for one in excerpts if len(one.text) > LONGEST]
    if long:
        raise WallError("protect.long_quote", rows=", ".join(long), longest=LONGEST)
    telling = [str(one.row) for one in excerpts if not identifiers.passes(one.text)]
    if telling:
        raise WallError("protect.telling_quote", rows=", ".join(telling), n=len(telling))


def _quoted(one: Excerpt, approved_by: str, day: str) -> Quote:
    return quote(text=one.text.strip(), about=one.about, approved_by=approved_by, date=day)
