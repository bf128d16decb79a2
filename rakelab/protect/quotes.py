"""Quotations: the second door in the wall. A person opens it, by name, and the finder of identifiers looks first."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rakelab import identifiers
from rakelab._seal import quote
from rakelab.cells import Excerpt, Quote, Release, State, key
from rakelab.errors import UsageError, WallError

#: A longer passage tells more of one person than a finding needs.
LONGEST = 600
#: ``<codebook>/<variable>=<level>``: names of the form, no words of anybody.
_ABOUT = re.compile(r"([\w-]+/([\w-]+=[\w+.-]+)?)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def release_quotes(excerpts: Sequence[Excerpt], *, approved_by: str, date: str) -> tuple[Quote, ...]:
    """The passages as quotations, under the name of who read and approved them and the day (YYYY-MM-DD).

    Raises UsageError without a name or a day, WallError for something that is no excerpt, and where a passage is empty
    or too long or the finder finds an identifier in it: the sentence tells rows and how many, never the text.
    """
    for one in excerpts:
        if not isinstance(one, Excerpt):
            raise WallError("protect.not_excerpt", kind=type(one).__name__)
    if not excerpts:
        return ()
    signed(approved_by, date)
    _readable(excerpts)
    return tuple(
        quote(text=one.text.strip(), about=one.about, approved_by=approved_by.strip(), date=date) for one in excerpts
    )


def signed(approved_by: str, day: str, *, no_name: str = "protect.no_approver", no_day: str = "protect.no_day") -> None:
    """Raises UsageError, in the words given, where nobody answers by name or the day is none."""
    letters = sum(letter.isalpha() for letter in approved_by)
    if letters < 2 or identifiers.find(approved_by, identifiers.CODES):
        raise UsageError(no_name)
    try:
        late = datetime.date.fromisoformat(day) > datetime.date.today() + datetime.timedelta(days=1)
    except ValueError:
        late = True
    if late or not _DAY.fullmatch(day):
        raise UsageError(no_day)


def _readable(excerpts: Sequence[Excerpt]) -> None:
    long = [str(one.row) for one in excerpts if not 0 < len(one.text.strip()) <= LONGEST]
    if long:
        raise WallError("protect.long_quote", rows=", ".join(long), longest=LONGEST)
    telling = [str(one.row) for one in excerpts if not (identifiers.passes(one.text) and _ABOUT.fullmatch(one.about))]
    if telling:
        raise WallError("protect.telling_quote", rows=", ".join(telling), n=len(telling))


def checked(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """The quotations, looked at again: a sealed one may have been altered since. Raises as ``release_quotes``."""
    quotes = tuple(quotes)
    for i, one in enumerate(quotes, 1):
        if not isinstance(one, Quote):
            raise WallError("protect.not_excerpt", kind=type(one).__name__)
        signed(one.approved_by, one.date)
        _readable([Excerpt(i, one.text, one.about)])
    return quotes


def not_counted_by(quotes: Sequence[Quote], release: Release) -> None:
    """Several quotations under an answer whose count is hidden would tell that it is at least so many, and one
    passage under several answers ties the answers of one person together. WallError."""
    of = f"{release.account.codebook}/"
    under = Counter(one.about.removeprefix(of) for one in quotes if one.about.startswith(of))
    hidden = {one for one, cell in release.cells.items() if cell.state is State.HIDDEN}
    told = Counter(one.text for one in quotes if one.about.startswith(of))
    if any(n > 1 for n in told.values()):
        raise WallError("protect.doubled_quotes")
    crowded = [name for name, n in under.items() if n > 1 and key(tuple(name.split("=", 1))) in hidden]
    if crowded:
        raise WallError("protect.counted_quotes", answers=", ".join(crowded))
