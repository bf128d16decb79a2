"""A small form, and files written for one test each."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from rakelab import loaders
from rakelab.codebook import Codebook, codebook

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def form() -> Codebook:
    return codebook(HERE / "form.toml")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes text (lines) or bytes into a file."""

    def written(content: bytes | str | Sequence[str], name: str = "aineisto.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        if not isinstance(content, bytes):
            text = content if isinstance(content, str) else "\n".join(content) + "\n"
            content = text.encode(encoding)
        path.write_bytes(content)
        return path

    return written


@pytest.fixture
def checked(write, form) -> Callable[..., loaders.Check]:
    """Checks lines of a semicolon-separated file against the small form."""

    def run(*lines: str, **options: object) -> loaders.Check:
        return loaders.check(write(lines), form, **options)

    return run


def codes(check: loaders.Check, severity: str = "row") -> dict[str, tuple[int, ...]]:
    """``code:variable`` → rows of the findings of one severity."""
    return {
        f"{found.code}:{found.variable}".rstrip(":"): found.rows
        for found in check.findings
        if found.severity == severity
    }


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.exists():
        pytest.skip("no ../shared/data")
    return SHARED
