"""What every writer gets and gives: a report's page read back, and files by name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rakelab.errors import OutputError, UsageError
from rakelab.export.content import Content

Files = dict[str, bytes]


@dataclass(frozen=True)
class Source:
    """The page as it lies in the folder of a report, what was chosen of it, and a template of the county's own."""

    folder: Path
    html: str = field(repr=False)
    content: Content
    template: Path | None = None
    whole: bool = True

    @property
    def name(self) -> str:
        """What the files are called after."""
        return f"{self.folder.resolve().name}.{self.content.lang}"


Writer = Callable[[Source], Files]


@contextmanager
def needing(package: str) -> Iterator[None]:
    """A package of the extra ``export``: OutputError where it is not installed."""
    try:
        yield
    except (ImportError, OSError):  # OSError: a library of the system that the package needs
        raise OutputError("export.package", package=package) from None


def opened(make: Callable[..., Any], source: Source) -> Any:
    """A new document, or one from the county's own template. Raises UsageError for a file that is none."""
    if source.template is None:
        return make()
    try:
        return make(str(source.template))
    except Exception:  # each package has its own, and a broken zip brings any
        raise UsageError("export.bad_template", file=source.template.name) from None
