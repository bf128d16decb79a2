"""Headings and options, which are no running Finnish: a capital in them makes a name only where no dictionary knows the
word, or where a list of names does."""

import re
from functools import cache
from importlib import import_module

from rakelab.identifiers.lexicon import lexicon

#: Of people from elsewhere; a full name of theirs may be made of ordinary words.
_WORD = re.compile(r"[^\W\d_]+")
_ELSEWHERE = ("en_GB", "en_IN", "en_US")


def explained(name: str, text: str) -> bool:
    """Is what was taken for a name in ``text`` ordinary words of English or Swedish? Listed names are no such words,
    unless they stand in small letters as well."""
    words = [word for word in _WORD.findall(name) if len(word) > 1]
    given = set(_WORD.findall(text))
    small = [word.casefold() for word in words]
    listed = [word for word in small if lexicon().is_name(word) and word not in given]
    if listed or (len(words) > 1 and _elsewhere() >= set(small)):
        return False
    return all(map(_known, small))


@cache
def _known(word: str) -> bool:
    from simplemma import is_known

    return bool(is_known(word, lang="en") or is_known(word, lang="sv"))


@cache
def _elsewhere() -> frozenset[str]:
    """First and last names from elsewhere, in small letters."""
    homes = (import_module(f"faker.providers.person.{place}").Provider for place in _ELSEWHERE)
    return frozenset(name.casefold() for home in homes for name in (*home.first_names, *home.last_names))
