"""What is wrong with a coding sheet: every fault at once, with the rows of the file and the theme, never a text."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from rakelab import i18n
from rakelab.errors import FileError, RakelabError
from rakelab.loaders.findings import rows_text


class SheetError(RakelabError):
    """One fault. ``rows`` are row numbers of the data file that was coded, as they stand in the first column."""

    def __init__(self, key: str, /, *, rows: tuple[int, ...] = (), theme: str = "", **values: object) -> None:
        super().__init__(f"coding.fault.{key}", **values)
        self.code = key
        self.rows = rows
        self.theme = theme

    def sentence(self, lang: str) -> str:
        n = i18n.counted("loaders.rows", len(self.rows), lang)
        return i18n.text(self.key, lang, rows=rows_text(self.rows, lang), n=n, theme=self.theme, **self.values)


class CodingError(FileError):
    """A coding sheet, or the two of two coders, cannot be used. ``faults`` holds all that is wrong."""

    def __init__(self, *faults: SheetError, file: str) -> None:
        super().__init__("coding.unusable", file=file)
        self.faults = faults

    def __reduce__(self) -> tuple[object, ...]:
        """It crosses from the process that runs the notebook."""
        return partial(CodingError, file=str(self.values["file"])), self.faults

    def sentence(self, lang: str) -> str:
        return "\n".join([super().sentence(lang), *(f"– {fault.sentence(lang)}" for fault in self.faults)])


def faults_by_row(code: str, rows: Iterable[int], **values: Any) -> Iterator[SheetError]:
    """One fault for all of ``rows``, if there are any."""
    if listed := tuple(sorted(rows)):
        yield SheetError(code, rows=listed, **values)


def stop_at(faults: list[SheetError], file: str) -> None:
    """Raises CodingError where there are faults."""
    if faults:
        raise CodingError(*faults, file=file)
