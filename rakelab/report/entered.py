"""When files are written, the release is entered in the ledger: by ``rakelab report``, and by the exporter."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rakelab import ledger
from rakelab.protect.weights import PUBLISHED, secret_of
from rakelab.report import notebook


def enter(executed: notebook.Notebook, data: str, where: Path) -> None:
    """Enter the release of an executed notebook, made from the file ``data``, before its files are written at
    ``where``. A release without rows of its own has nothing to enter. Raises OutputError where it cannot be."""
    released = _read(notebook.release(executed))
    name = released.get("ledger", "")
    if name:
        book = ledger.home(Path(data).absolute().parent)
        key = secret_of(synthetic=released["account"]["synthetic"])
        ledger.opened(book, key, PUBLISHED).enter(name, _from(where.absolute(), book.absolute()))


def _read(released: Any) -> Mapping[str, Any]:
    import json

    return json.loads(released) if isinstance(released, str) else released  # type: ignore[no-any-return]


def _from(where: Path, book: Path) -> str:
    """The place as seen from the data, so that both can be moved together."""
    import os

    try:
        return Path(os.path.relpath(where, book.parent)).as_posix()
    except ValueError:  # another drive
        return where.as_posix()
