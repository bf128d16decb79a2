"""Themes that the words of a text suggest. A suggestion is a help for a person who reads, never a code by itself."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from rakelab.coding.lemmas import Lemmas, lemmas
from rakelab.coding.themes import Themes

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: A theme word this long may be a part of a compound; a shorter one (“ero”) must be the whole word.
_PART = 4
#: From a theme word this long, a word that begins with all but its last letter is taken for a slip of the pen.
_SLIP = 7
_REST = 3


def suggest(texts: Iterable[str], themes: Themes, *, base: Lemmas | None = None) -> tuple[tuple[str, ...], ...]:
    """For each text the ids of the themes whose words it has, in the order of the list.

    A word suggests a theme when its base form is one of the theme's words, or a compound that begins or ends with one
    (“nälänhätä” and “nälkä”). ``base`` gives base forms; without it, what is installed.
    """
    matcher = _Matcher(themes, base or lemmas())
    return tuple(matcher.themes_of(text) for text in texts)


class _Matcher:
    def __init__(self, themes: Themes, base: Lemmas) -> None:
        self.base, self.ids = base, themes.ids
        self.words: dict[str, set[str]] = defaultdict(set)
        for theme in themes.themes:
            for word in theme.words:
                self.words[word].add(theme.id)
        self.parts = tuple(word for word in self.words if len(word) >= _PART)
        self.slips = {word[:-1]: word for word in self.words if len(word) >= _SLIP}
        self.found = cache(self._found)

    def themes_of(self, text: str) -> tuple[str, ...]:
        words = set(_WORD.findall(text.casefold()))
        had = {one for word in words for one in self.found(word)}
        return tuple(one for one in self.ids if one in had)

    def _found(self, word: str) -> frozenset[str]:
        forms = {word, *self.base(word)}
        matched = {one for form in forms for one in self._matches(form)}
        matched |= set() if self._known(word) else set(self._endings(word))
        matched |= {whole for start, whole in self.slips.items() if word.startswith(start)}
        return frozenset(theme for one in matched for theme in self.words[one])

    def _matches(self, form: str) -> Iterator[str]:
        """Theme words that ``form`` is, begins with or ends with."""
        for piece in (form, *form.split("-")):
            if piece in self.words:
                yield piece
        yield from (word for word in self.parts if form.startswith(word) or form.endswith(word))
        for cut in self._genitives(form):
            yield from (one for one in self.base(form[:cut]) if one in self.parts)

    def _known(self, word: str) -> bool:
        """Not one that the lemmatiser left as it was, or made much shorter for want of something better."""
        return any(one != word and len(one) >= len(word) - _PART for one in self.base(word))

    def _endings(self, word: str) -> Iterator[str]:
        """Theme words in the last part of a word that no dictionary knows: “välinensodat”."""
        parts = (word[i:] for i in range(_REST, len(word) - _PART))
        yield from (one for part in parts for one in self.base(part) if one in self.parts)

    @staticmethod
    def _genitives(form: str) -> Iterator[int]:
        """Where the first part of a compound may end: “nälän|hätä”, “vuokran|maksu”."""
        return (i + 1 for i in range(_PART - 1, len(form) - _REST) if form[i] == "n")
