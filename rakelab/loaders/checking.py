"""``check``: read and validate a file, and tell what became of every row. Never raises for a fault of the data."""

from dataclasses import dataclass
from pathlib import Path

from rakelab.codebook import Codebook
from rakelab.dataset import Dataset, Finding, RawTable
from rakelab.errors import FileError
from rakelab.identifiers import shown
from rakelab.loaders.matching import known_headings
from rakelab.loaders.reading import read
from rakelab.loaders.validation import Examined, examine


@dataclass(frozen=True, repr=False)
class Check:
    """``read == used + set_aside`` rows. ``dataset`` is None and ``error`` is not where the file cannot be used."""

    file: str
    codebook: Codebook
    read: int
    used: int
    set_aside: int
    findings: tuple[Finding, ...] = ()
    dataset: Dataset | None = None
    error: FileError | None = None
    raw: RawTable | None = None

    def __repr__(self) -> str:
        return f"<Check {self.file}: {self.read} read, {self.used} used, {self.set_aside} set aside>"

    @property
    def exit_code(self) -> int:
        """0: every row is usable; 1: some were set aside; 2: the file cannot be used."""
        if self.error is not None:
            return 2
        return 1 if self.set_aside else 0


def check(path: str | Path, codebook: Codebook, *, source: str | Path | None = None) -> Check:
    """What is right and wrong in a file. Raises CodebookError for a broken source map only."""
    error = None
    try:
        raw = read(path, source=source, known=known_headings(codebook))
    except FileError as fault:
        error = fault.with_traceback(None)
    if error is not None:
        return Check(shown(Path(path).absolute().name), codebook, 0, 0, 0, error=error)
    return _checked(raw, examine(raw, codebook), codebook)


def _checked(raw: RawTable, found: Examined, codebook: Codebook) -> Check:
    return Check(
        file=raw.origin.file,
        codebook=codebook,
        read=found.read,
        used=found.read - found.set_aside,
        set_aside=found.set_aside,
        findings=found.findings,
        dataset=found.dataset,
        error=found.error,
        raw=raw,
    )
