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
    words = (set(_WORD.findall(text.casefold())) for text in texts)
    suggested = (set().union(*map(matcher.themes_of, of_text)) for of_text in words)
    return tuple(tuple(theme for theme in themes.ids if theme in ids) for ids in suggested)


class _Matcher:
    def __init__(self, themes: Themes, base: Lemmas) -> None:
        self.base = base
        self.words: dict[str, set[str]] = defaultdict(set)
        for theme in themes.themes:
            for word in theme.words:
                self.words[word].add(theme.id)
        self.parts = tuple(word for word in self.words if len(word) >= _PART)
        self.slips = {word[:-1]: word for word in self.words if len(word) >= _SLIP}
        self.themes_of = cache(self._themes_of)

    def _themes_of(self, word: str) -> frozenset[str]:
        base = self.base(word)
        matched = {listed for form in {word, *base} for listed in self._matches(form)}
        # a lemmatiser leaves what it does not know as it was, or makes it much shorter for want of something better
        if not any(form != word and len(form) >= len(word) - _PART for form in base):
            matched |= set(self._endings(word))
        matched |= {whole for start, whole in self.slips.items() if word.startswith(start)}
        return frozenset(theme for listed in matched for theme in self.words[listed])

    def _matches(self, form: str) -> Iterator[str]:
        """Theme words that ``form`` is, begins with or ends with."""
        yield from (piece for piece in (form, *form.split("-")) if piece in self.words)
        yield from (word for word in self.parts if form.startswith(word) or form.endswith(word))
        for i in range(_PART - 1, len(form) - _REST):  # “nälän|hätä”, “vuokran|maksu”
            if form[i] == "n":
                yield from (word for word in self.base(form[: i + 1]) if word in self.parts)

    def _endings(self, word: str) -> Iterator[str]:
        """Theme words in the last part of a word that no dictionary knows: “välinensodat”."""
        parts = (word[i:] for i in range(_REST, len(word) - _PART))
        yield from (form for part in parts for form in self.base(part) if form in self.parts)
