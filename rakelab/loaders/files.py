"""Opens a data file: is it there, what is it really (by its first bytes), and is it safe to open."""

import io
import re
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zlib import error as ZlibError  # noqa: N812 - zlib names it so

from rakelab.errors import FileError

#: A zip may unpack to this much, and when it is large not to more than this many times its own size.
UNPACKED_LIMIT = 1 << 30
LARGE = 100 << 20
RATIO_LIMIT = 200
_CHUNK = 1 << 20

_SOMETHING = re.compile(rb"[^ \t\r\n\0;,|\xef\xbb\xbf\xff\xfe]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, repr=False)
class Opened:
    """The bytes of a file and its kind: ``text``, ``book``, ``sav`` or ``parquet``."""

    path: Path
    data: bytes
    kind: str

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()

    def __repr__(self) -> str:
        return f"<Opened {self.name}: {self.kind}>"


def opened(path: str | Path) -> Opened:
    """Reads the file and decides its kind. Raises FileError for what cannot be a table."""
    path = Path(path).absolute()
    data = _bytes(path)
    if not _SOMETHING.search(data):
        raise FileError("loaders.file.empty", file=path.name)
    return Opened(path, data, _kind(path.name, data))


def _bytes(path: Path) -> bytes:
    key = ""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        key = "loaders.file.missing"
    except (IsADirectoryError, NotADirectoryError):
        key = "loaders.file.folder"
    except (OSError, ValueError):
        key = "loaders.file.folder" if path.is_dir() else "loaders.file.unreadable"
    raise FileError(key, file=path.name)


def _kind(name: str, data: bytes) -> str:
    head = data[:2048].lstrip()
    if data.startswith(b"PK\x03\x04"):
        return _zip(name, data)
    if data.startswith(_OLE):
        return _ole(name, data)
    if data.startswith((b"$FL2", b"$FL3")):
        return "sav"
    if data.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"%PDF"):
        raise FileError("loaders.file.pdf", file=name)
    if head[:200].lower().startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta")):
        raise FileError("loaders.file.web_page", file=name)
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError("loaders.file.unknown_format", file=name)
    return "text"


def _zip(name: str, data: bytes) -> str:
    key = "loaders.file.broken_zip"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            key = _zip_fault(archive, len(data))
    except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, OSError, ValueError):
        pass  # the key says it: the bytes themselves must not travel in a chain of errors
    if key:
        raise FileError(key, file=name)
    return "book"


def _zip_fault(archive: zipfile.ZipFile, packed: int) -> str:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_LIMIT or (unpacked > LARGE and unpacked > RATIO_LIMIT * packed):
        return "loaders.file.zip_bomb"
    if any(entry.flag_bits & 1 for entry in entries):
        return "loaders.file.encrypted"
    held = {entry.filename for entry in entries}
    if "META-INF/manifest.xml" in held and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        return "loaders.file.encrypted"
    if not held & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return "loaders.file.not_a_workbook"
    _read_through(archive, entries)
    return ""


def _read_through(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Raises where an entry is damaged or larger than the directory says: its check sum fails."""
    for entry in entries:
        with archive.open(entry) as stream:
            while stream.read(_CHUNK):
                pass


def _ole(name: str, data: bytes) -> str:
    import msoffcrypto

    encrypted = None
    try:
        encrypted = msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted()
    except Exception:  # the parser raises whatever the bytes make it raise
        encrypted = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0" in data or None
    if encrypted:
        raise FileError("loaders.file.encrypted", file=name)
    return "book"
