"""The list of themes that texts are coded with: a TOML file with closed keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rakelab.declared import Reader, named, near
from rakelab.errors import CodebookError
from rakelab.fields import ANSWERED, MISSING_KINDS, NOT_CONCERNED, SENSITIVITIES, Category, Label

LISTS = Path(__file__).parent / "lists"
#: The option of a text that has none of the themes.
NONE = "ei_teemaa"
_RESERVED = frozenset((*MISSING_KINDS, NOT_CONCERNED, ANSWERED, NONE))
_FILE = {"themes": dict, "theme": list}
_HEAD = {"name": str, "source": str, "sensitivity": str}
_THEME = {"id": str, "label": dict, "words": list}


@dataclass(frozen=True)
class Theme:
    """One theme. ``words`` are base forms that suggest it; a compound with one of them suggests it too."""

    id: str
    label: Label
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Themes:
    """A theme list. ``sensitivity`` is that of the themes' counts (health, violence, crime), if any."""

    name: str
    themes: tuple[Theme, ...]
    source: str = ""
    sensitivity: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(theme.id for theme in self.themes)

    def label(self, one: str, lang: str) -> str:
        return next(theme.label[lang] for theme in self.themes if theme.id == one)

    @property
    def options(self) -> tuple[Category, ...]:
        """The themes as options of a multiple choice, and “none of these” as one that goes with no other."""
        return (*(Category(theme.id, theme.label) for theme in self.themes), Category(NONE, _none(), exclusive=True))


def _none() -> Label:
    from rakelab.i18n import LANGUAGES, text

    return {lang: text("coding.none", lang) for lang in LANGUAGES}


@cache
def names() -> tuple[str, ...]:
    """The built-in theme lists."""
    return tuple(sorted(path.stem for path in LISTS.glob("*.toml")))


def themes(name: str | Path) -> Themes:
    """The built-in list ``name``, or the one in a TOML file when ``name`` is a path.

    Raises CodebookError with every fault in the file, each with its place.
    """
    path = Path(name)
    if path.suffix.lower() != ".toml":
        if str(name) not in names():
            raise CodebookError("coding.unknown_list", name=str(name), nearest=near(str(name), names()))
        path = LISTS / f"{name}.toml"
    return _Reader(path).themes()


class _Reader(Reader):
    """Reads one list and collects every fault before it gives up."""

    def themes(self) -> Themes:
        data = self._table(self._load(), _FILE, self.path.name)
        head = self._table(data.get("themes", {}), _HEAD, "themes")
        found = tuple(self._theme(raw, f"theme {i}") for i, raw in enumerate(data.get("theme", []), 1))
        sensitivity = self._one_of(head, "sensitivity", ("", *SENSITIVITIES), "themes")
        if not found:
            self._fault("coding.no_themes", file=self.path.name)
        self._unique([theme.id for theme in found], self.path.name)
        self._headings(found)
        if self.faults:
            raise CodebookError("coding.broken_list", file=self.path.name, faults=tuple(self.faults))
        return Themes(head.get("name", self.path.stem), found, head.get("source", ""), sensitivity)

    def _theme(self, raw: Any, place: str) -> Theme:
        place = named(place, raw, "id")
        entry = self._table(raw, _THEME, place)
        name = self._name(entry.get("id", ""), place)
        if name in _RESERVED:
            self._fault("coding.reserved", place=place)
        return Theme(name, self._label(entry.get("label"), f"{place}.label"), self._words(entry, place))

    def _words(self, entry: Mapping[str, Any], place: str) -> tuple[str, ...]:
        words = entry.get("words", [])
        if not all(isinstance(word, str) and word.strip() for word in words):
            self._fault("coding.bad_word", place=f"{place}.words")
        return tuple(str(word).strip().casefold() for word in words)

    def _headings(self, found: tuple[Theme, ...]) -> None:
        """Two themes of one label could not be told apart in a sheet."""
        for lang in ("fi", "sv", "en"):
            self._unique([theme.label[lang].strip().casefold() for theme in found], f"theme.label.{lang}")
