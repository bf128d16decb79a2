"""What can go wrong, said to the person who must act.

An error holds a word key and plain values (names, counts, row numbers): never a frame, never a value of a row.
"""

from collections.abc import Iterable
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

from rakelab import i18n, identifiers


class RakelabError(Exception):
    """Base of every error a user can cause. ``key`` is a word of ``locales``; ``values`` fill its placeholders."""

    exit_code = 2

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def sentence(self, lang: str) -> str:
        """The error in one language. Names from files and from the user are shown without identifiers in them."""
        return i18n.text(self.key, lang, **{name: _shown(name, value) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.sentence("fi")


def _shown(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    return identifiers.shown(value, identifiers.KINDS if name in _NAMED else identifiers.STRONG)


#: Values that are called by whoever made the file.
_NAMED = ("file", "sheet")


class UsageError(RakelabError):
    """A wrong command, option, parameter or name."""


class CodebookError(RakelabError):
    """A codebook, source map or instrument cannot be used. ``faults`` lists every fault found, as errors."""

    def __init__(self, key: str, /, *, faults: tuple[RakelabError, ...] = (), **values: object) -> None:
        super().__init__(key, **values)
        self.faults = faults

    def sentence(self, lang: str) -> str:
        lines = [super().sentence(lang), *(f"– {fault.sentence(lang)}" for fault in self.faults)]
        return "\n".join(lines)


class NoTableError(UsageError, KeyError):
    """A table that a release does not have."""


class FileError(RakelabError):
    """A data file that cannot be used at all."""


class WallError(RakelabError):
    """Something that may see a person was about to be shown."""


class NotebookError(RakelabError):
    """A notebook stopped, or produced an output that is not released."""

    exit_code = 4


class OutputError(RakelabError):
    """The result cannot be written."""

    exit_code = 3


def write_new(path: Path, data: bytes, *, exists: str, not_written: str) -> None:
    """Write a file that is not there yet: one that is may have been filled in. Raises OutputError with these keys."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise OutputError(exists, file=path.name) from None
    except OSError:
        with suppress(OSError):
            path.unlink(missing_ok=True)  # a half-written form would stop the next try
        raise OutputError(not_written, file=path.name) from None


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name closest to ``word``, or an empty string."""
    candidates = {name.casefold(): name for name in known}
    closest = get_close_matches(word.casefold(), candidates, n=1, cutoff=0.6)
    return candidates[closest[0]] if closest else ""
