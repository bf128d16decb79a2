"""The list of themes that texts are coded with: a TOML file with closed keys."""

from dataclasses import dataclass
from pathlib import Path

from rakelab import i18n
from rakelab.declared import Declaration, Entry, names_in, path_of
from rakelab.fields import RESERVED_LEVELS, SENSITIVITIES, Category, Label

LISTS = Path(__file__).parent / "lists"
#: The option of a text that has none of the themes.
NONE = "ei_teemaa"
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

    def label(self, theme_id: str, lang: str) -> str:
        return next(theme.label[lang] for theme in self.themes if theme.id == theme_id)

    @property
    def options(self) -> tuple[Category, ...]:
        """The themes as options of a multiple choice, and “none of these” as one that goes with no other."""
        none = Category(NONE, i18n.label("coding.none"), exclusive=True)
        return (*(Category(theme.id, theme.label) for theme in self.themes), none)


def names() -> tuple[str, ...]:
    """The built-in theme lists."""
    return names_in(LISTS)


def themes(name: str | Path) -> Themes:
    """The built-in list ``name``, or the one in a TOML file when ``name`` is a path.

    Raises CodebookError with every fault in the file, each with its place.
    """
    path = path_of(name, LISTS, "coding.unknown_list")
    file = Declaration(path, _FILE)
    head = file.entry("themes", _HEAD)
    listed = tuple(map(_theme, file.entries("theme", _THEME, "id")))
    sensitivity = head.one_of("sensitivity", ("", *SENSITIVITIES))
    if not listed:
        file.fault("coding.no_themes", file=path.name)
    file.unique([theme.id for theme in listed])
    for lang in i18n.LANGUAGES:  # two themes of one label could not be told apart in a sheet
        file.unique([theme.label[lang].strip().casefold() for theme in listed], f"theme.label.{lang}")
    file.done("coding.broken_list")
    return Themes(head.get("name", path.stem), listed, head.get("source", ""), sensitivity)


def _theme(entry: Entry) -> Theme:
    theme_id = entry.name("id")
    if theme_id in (*RESERVED_LEVELS, NONE):
        entry.fault("coding.reserved")
    words = entry.get("words", [])
    if not all(isinstance(word, str) and word.strip() for word in words):
        entry.fault("coding.bad_word", "words")
    return Theme(theme_id, entry.label("label"), tuple(str(word).strip().casefold() for word in words))
