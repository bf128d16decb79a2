"""What the workers of one run share: a folder that the first one fills, while the others wait."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE = 400  # seconds: a worker that waits longer for another has lost it


def shared_folder(made: pytest.TempPathFactory, name: str) -> Path:
    """A folder that all workers of this run share."""
    base = made.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    home.mkdir(exist_ok=True)
    return home


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """One worker at a time: whoever makes the folder has it."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            assert time.monotonic() < end, "another worker did not finish"
            time.sleep(0.2)
    try:
        yield
    finally:
        lock.rmdir()
