"""The file of the ledger: one line for each release that was written and each decision on one, none ever changed.

Each line names the one before it by its check sum, so a line that is missing or changed is found. A release that was
protected waits in ``pending`` until its report is written. Who counts is kept by keyed digests; the key is elsewhere.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, BinaryIO

from rakelab.errors import OutputError, WallError
from rakelab.ledger.people import regions
from rakelab.ledger.record import Record, kept

FOLDER, BOOK, ENTRIES, PENDING = "rakelab-ledger", "ledger.jsonl", "entries", "pending"
#: Seconds after which what was protected and never written is forgotten.
FORGOTTEN = 30 * 24 * 3600

Line = dict[str, Any]


def home(folder: str | Path) -> Path:
    """The county's ledger (``RAKELAB_LEDGER``), else the one beside the data."""
    given = os.environ.get("RAKELAB_LEDGER", "")
    return Path(given) if given else Path(folder) / FOLDER


def opened(folder: Path, key: bytes, *others: bytes) -> "Ledger":
    """The ledger in ``folder``, which need not exist yet, of releases with this ``key``; those with one of the
    ``others`` are let be. Raises WallError where it was changed, is another county's, or cannot be read."""
    try:
        text = (folder / BOOK).read_bytes().decode(errors="replace") if (folder / BOOK).exists() else ""
    except OSError:
        raise WallError("ledger.unreadable", folder=folder.name) from None
    lines, cut = _lines(text, folder)
    mark, *also = (blake2b(b"rakelab", key=one[:64], digest_size=4).hexdigest() for one in (key, *others))
    if any(line.get("key", mark) not in (mark, *also) for line in lines):
        raise WallError("ledger.other_key", folder=folder.name)
    return Ledger(folder, mark, tuple(lines), cut)


def _lines(text: str, folder: Path) -> tuple[list[Line], tuple[int, ...]]:
    """The lines in order, and the numbers of those that were never finished: nothing went out for these."""
    lines: list[Line] = []
    cut: list[int] = []
    last = ""
    for number, written in enumerate(filter(None, text.split("\n")), 1):
        try:
            line = json.loads(written)
        except ValueError:
            cut.append(number)
            continue
        if not isinstance(line, dict) or line.get("previous") != last:
            raise WallError("ledger.changed", folder=folder.name, line=number)
        lines.append(line)
        last = _sum(written)
    return lines, tuple(cut)


def _sum(written: str) -> str:
    return sha256(written.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Standing:
    """One release and what became of it: its line, where it lies, who withdrew it, what the reviewer decided."""

    name: str
    told: Line
    where: tuple[str, ...] = ()
    withdrawn: Line = field(default_factory=dict)
    decision: Line = field(default_factory=dict)


@dataclass(frozen=True)
class Ledger:
    """The ledger as it stood when it was opened. ``cut``: numbers of unfinished lines."""

    folder: Path
    mark: str
    lines: tuple[Line, ...]
    cut: tuple[int, ...] = ()

    @cached_property
    def standing(self) -> dict[str, Standing]:
        """Every release by name, in order."""
        return self._standing(self.lines)

    def _standing(self, lines: Sequence[Line]) -> dict[str, Standing]:
        found: dict[str, Standing] = {}
        for line in lines:
            name = line["entry"]
            if line["event"] == "released":
                found[name] = Standing(name, line, (line["where"],))
            elif line["event"] == "placed":
                found[name] = replace(found[name], where=(*found[name].where, line["where"]))
            elif line["event"] == "withdrawn":
                found[name] = replace(found[name], withdrawn=line)
            elif line["event"] == "decision":
                found[name] = replace(found[name], decision=line)
        return found

    def before(self, name: str) -> dict[str, Standing]:
        """What stands beside the release ``name``: what was released before it and not withdrawn by then."""
        places = [i for i, line in enumerate(self.lines) if line["event"] == "released" and line["entry"] == name]
        earlier = self.lines[: places[0]] if places else self.lines
        standing = self._standing(earlier).items()
        return {one: other for one, other in standing if not other.withdrawn and other.told["key"] == self.mark}

    def record(self, name: str) -> Record:
        """What is kept of a release. Raises WallError where its file is missing or was changed."""
        found = self.left(name)
        if found is None:
            raise WallError("ledger.no_record", folder=self.folder.name, entry=name)
        return found

    def left(self, name: str) -> Record | None:
        """What is still kept of a release."""
        try:
            content = (self.folder / ENTRIES / name).read_bytes()
            return kept(content) if sha256(content).hexdigest() == self.standing[name].told["content"] else None
        except (OSError, ValueError, KeyError):
            return None

    def pend(self, name: str, record: Record, told: Mapping[str, Any]) -> None:
        """Keep what was protected until it is written. Where that cannot be, writing it will be refused."""
        content = record.as_bytes()
        line = {**told, "content": sha256(content).hexdigest(), "key": self.mark, "lines": len(self.lines)}
        with suppress(OSError):
            _folder(self.folder / PENDING)
            self._forget()
            _whole(self.folder / PENDING / name, content)
            _whole(self.folder / PENDING / f"{name}.json", json.dumps(line, ensure_ascii=False).encode())

    def _forget(self) -> None:
        for path in (self.folder / PENDING).iterdir():
            if time.time() - path.stat().st_mtime > FORGOTTEN:
                path.unlink(missing_ok=True)

    def enter(self, name: str, where: str) -> None:
        """Enter the release ``name``, whose report is about to be written at ``where``; the same again adds nothing.

        Raises OutputError where the ledger cannot be written, or another report of the same people was entered since
        this one was protected.
        """
        with _writable(self.folder), _alone(self.folder) as book:
            now = replace(self, lines=tuple(_lines(_text(book), self.folder)[0]))
            if name in now.standing:
                now._not_withdrawn(name)
                if where not in now.standing[name].where:
                    _append(book, now.lines, {"event": "placed", "entry": name, "where": where})
                return
            line, content = self._pending(name)
            now._still_alone(kept(content), line.pop("lines"))
            _folder(self.folder / ENTRIES)
            _whole(self.folder / ENTRIES / name, content)
            _append(book, now.lines, {"event": "released", "entry": name, "where": where, **line})
            for left in (name, f"{name}.json"):
                (self.folder / PENDING / left).unlink(missing_ok=True)

    def _not_withdrawn(self, name: str) -> None:
        """What was released since then was not held against it."""
        if line := self.standing[name].withdrawn:
            raise OutputError("ledger.was_withdrawn", entry=name, by=line["by"], day=line["day"][:10])

    def _pending(self, name: str) -> tuple[Line, bytes]:
        try:
            line = json.loads((self.folder / PENDING / f"{name}.json").read_bytes())
            return line, (self.folder / PENDING / name).read_bytes()
        except FileNotFoundError:
            raise OutputError("ledger.not_protected_here", folder=self.folder.name) from None

    def _still_alone(self, record: Record, seen: int) -> None:
        since = [line["entry"] for line in self.lines[seen:] if line.get("key") == self.mark]
        rows = [record.rows, *(self.record(name).rows for name in since)]
        if len(regions(rows).together(0)) > 1:
            raise OutputError("ledger.meanwhile", folder=self.folder.name)

    def note(self, event: str, name: str, **told: str) -> None:
        """Enter what somebody decided of a release."""
        with _writable(self.folder), _alone(self.folder) as book:
            _append(book, _lines(_text(book), self.folder)[0], {"event": event, "entry": name, **told})


# --- files ----------------------------------------------------------------------------------------------------


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError:
        raise OutputError("ledger.not_written", folder=folder.name) from None


def _folder(path: Path) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def _whole(path: Path, content: bytes) -> None:
    """The file appears whole or not at all."""
    half = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    os.replace(half, path)


@contextmanager
def _alone(folder: Path) -> Iterator[BinaryIO]:
    """The open ledger, for one process at a time."""
    _folder(folder)
    with os.fdopen(os.open(folder / BOOK, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b", buffering=0) as book:
        try:
            import fcntl

            fcntl.flock(book, fcntl.LOCK_EX)
        except ImportError:  # Windows
            import msvcrt

            getattr(msvcrt, "locking")(book.fileno(), getattr(msvcrt, "LK_LOCK"), 1)  # noqa: B009
        yield book


def _text(book: BinaryIO) -> str:
    book.seek(0)
    return book.read().decode(errors="replace")


def _append(book: BinaryIO, lines: Sequence[Line], told: Line) -> None:
    """One line more; after an unfinished one on a line of its own."""
    text = _text(book)
    last = _sum(_written(lines[-1])) if lines else ""
    day = datetime.now(UTC).isoformat(timespec="seconds")
    line = _written({**told, "day": day, "previous": last}) + "\n"
    written = (("\n" if text and not text.endswith("\n") else "") + line).encode()
    if book.write(written) < len(written):
        raise OSError
    os.fsync(book.fileno())


def _written(line: Line) -> str:
    return json.dumps(line, ensure_ascii=False, sort_keys=True)
