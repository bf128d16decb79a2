"""A file that cannot be used, with everything else that was found in it."""

from rakelab.dataset import Finding
from rakelab.errors import FileError


class UnusableFileError(FileError):
    """Raised by ``validate``. ``findings`` holds every fault of the file: codes, variables, row numbers, no values."""

    def __init__(self, key: str, /, *, findings: tuple[Finding, ...] = (), **values: object) -> None:
        super().__init__(key, **values)
        self.findings = findings

    def sentence(self, lang: str) -> str:
        from rakelab.loaders.report import finding_sentence

        told = {"file"} if any(finding.severity == "file" for finding in self.findings) else {"row"}
        worst = [finding for finding in self.findings if finding.severity in told]
        lines = [super().sentence(lang), *(f"– {finding_sentence(finding, lang)}" for finding in worst)]
        return "\n".join(lines)
