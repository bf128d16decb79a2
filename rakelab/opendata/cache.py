"""What was fetched, on disk: the answer as it came, its address, the day and its check sum."""

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

#: A folder for what is fetched; in the user's own cache where it is not set.
VARIABLE = "RAKELAB_OPENDATA"


@dataclass(frozen=True)
class Fetched:
    """One answer. ``stale``: it is older than was asked for, because the source could not be reached."""

    url: str
    text: str
    retrieved: str  # the time in UTC
    sha256: str
    stale: bool = False

    @property
    def day(self) -> str:
        return self.retrieved[:10]


def fetched(url: str, text: str) -> Fetched:
    """An answer that came just now."""
    return Fetched(url, text, datetime.now(UTC).isoformat(timespec="seconds"), check_sum(text))


def check_sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def home() -> Path:
    """The folder of the cache."""
    own = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rakelab" / "opendata"
    return Path(os.environ.get(VARIABLE) or own)


@dataclass(frozen=True)
class Cache:
    """A folder with a file for each address."""

    folder: Path

    def _file(self, url: str) -> Path:
        return self.folder / f"{check_sum(url)[:24]}.json"

    def get(self, url: str) -> Fetched | None:
        """What was kept of an address; nothing where the file is not whole or does not match its check sum."""
        with suppress(OSError, ValueError, TypeError):
            kept = Fetched(**json.loads(self._file(url).read_text(encoding="utf-8")))
            return kept if kept.url == url and kept.sha256 == check_sum(kept.text) else None
        return None

    def put(self, answer: Fetched) -> None:
        """Keep an answer, whole or not at all; a disk that refuses costs the next asking only."""
        text = json.dumps(asdict(replace(answer, stale=False)), ensure_ascii=False)
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self.folder, encoding="utf-8", delete=False) as file:
                file.write(text)
            Path(file.name).replace(self._file(answer.url))


def age(answer: Fetched) -> float:
    """How many days ago it was fetched."""
    return (datetime.now(UTC) - datetime.fromisoformat(answer.retrieved)).total_seconds() / 86_400
