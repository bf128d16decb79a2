"""What is changed for the whole process, each for a moment and for one reason. Nothing else in rakelab does that."""

import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def safe_path() -> Iterator[None]:
    """The warm process must not import a file that happens to lie in the user's folder."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = before or "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C is for the command, which then ends its jobs: the warm process is born with it blocked."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def without_main() -> Iterator[None]:
    """A job needs nothing of the user's main script, which would be run again in every process."""
    main = sys.modules["__main__"]
    kept: dict[str, Any] = {name: vars(main)[name] for name in ("__file__", "__spec__") if name in vars(main)}
    for name in kept:
        setattr(main, name, None)
    try:
        yield
    finally:
        vars(main).update(kept)


@contextmanager
def without_grammar() -> Iterator[None]:
    """jsonschema would build a grammar of web addresses, for a second, that no notebook is held against."""
    absent = "rfc3987_syntax" not in sys.modules
    if absent:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # an import of it is an ImportError
    try:
        yield
    finally:
        if absent:
            del sys.modules["rfc3987_syntax"]


@contextmanager
def quiet_papermill() -> Iterator[None]:
    """papermill logs a warning for each parameter whose comment it cannot read; ours are read already."""
    logger = logging.getLogger("papermill")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
