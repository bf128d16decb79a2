"""Quotations: the second door in the wall. A person opens it, by name, and the finder of identifiers looks first."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from unicodedata import normalize

from rakelab import identifiers
from rakelab._seal import quote
from rakelab.cells import Excerpt, Pair, Quote, Release, State, key
from rakelab.errors import UsageError, WallError
from rakelab.identifiers.clean import cleaned
from rakelab.protect.policy import is_open

#: A longer passage tells more of one person than a finding needs.
LONGEST = 600
#: ``<codebook>/<variable>=<level>``: names of the form, no words of anybody.
_ABOUT = re.compile(r"([\w-]+/([\w-]+=[\w+.-]+)?)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: So many words in a row are somebody's own; fewer are what several people say.
TELLING = 3
_SENTENCE = re.compile(r"[.!?…:;\n]+")


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
    """A quotation tells that somebody gave the answer it stands under, several that so many did: it may stand only
    under an answer whose count the release shows, whatever form it comes from, and each text only once. A blank that
    may be told however small is such an answer too. WallError."""
    _once([one.text for one in quotes])
    under = Counter(pair for one in quotes if (pair := _pair(one.about)))
    places = {pair: _Place.of(pair, release) for pair in under}
    _refuse("protect.hidden_quotes", [pair for pair, place in places.items() if not place.told])
    _refuse("protect.counted_quotes", [pair for pair, n in under.items() if n > places[pair].most])


def _refuse(key_: str, pairs: Sequence[Pair]) -> None:
    if pairs:
        raise WallError(key_, answers=", ".join("=".join(pair) for pair in pairs))


def _pair(about: str) -> Pair | None:
    """The answer that a passage stands under, of any form: variables of one name share their words on the page."""
    variable, found, level = about.rpartition("/")[2].partition("=")
    return (variable, level) if found else None


@dataclass(frozen=True)
class _Place:
    """Whether the count of an answer is told, and how many quotations may stand under it."""

    told: bool
    most: int

    @classmethod
    def of(cls, pair: Pair, release: Release) -> "_Place":
        """What the release says of one answer: by itself, or group by group where it is not counted by itself."""
        named = {one: cell for one, cell in release.cells.items() if pair in one}
        own = [named[key(pair)]] if key(pair) in named else list(named.values())
        words = {name: one for table in release.values() for name, one in table.variables.items()}
        least = 1 if is_open([pair], words) else release.rule["threshold"]
        counts = [int(one.value or 0) for one in own]
        whole = all(one.state is not State.HIDDEN for one in named.values())
        return cls(bool(counts) and min(counts) >= least, sum(counts) if whole else 1)


def _once(texts: Sequence[str]) -> None:
    """One passage under several answers would tie the answers of one person together, also in other letters, and as
    a part of another passage."""
    words = [_words(one) for one in texts]
    heard = [{" ".join(_words(one)) for one in _SENTENCE.split(text)} for text in texts]
    for i, j in combinations(range(len(texts)), 2):
        shared = any(len(one.split()) >= TELLING for one in heard[i] & heard[j])
        if words[i] == words[j] or shared or _within(words[i], words[j]) or _within(words[j], words[i]):
            raise WallError("protect.doubled_quotes")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", normalize("NFKC", cleaned(text).text).casefold())


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    return len(part) >= TELLING and f" {' '.join(part)} " in f" {' '.join(whole)} "
