"""The bytes of a data file: is it there, and is what it unpacks to safe to open."""

import io
import re
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zlib import error as ZlibError  # noqa: N812 - zlib names it so

from rakelab.errors import FileError
from rakelab.loaders.encoding import wide_encoding

#: A zip may unpack to this much, and when it is large not to more than this many times its own size.
UNPACKED_LIMIT = 1 << 30
LARGE = 100 << 20
RATIO_LIMIT = 200
_CHUNK = 1 << 20
_SOMETHING = re.compile(rb"[^ \t\r\n\0;,|\xef\xbb\xbf\xff\xfe]")
_ENCRYPTED = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"
_WEB_PAGE = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta")


@dataclass(frozen=True, repr=False)
class Opened:
    """The bytes of a file and its kind: ``text``, ``book``, ``sav``, ``dta`` or ``parquet``."""

    path: Path
    data: bytes
    kind: str = ""

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()

    def __repr__(self) -> str:
        return f"<Opened {self.name}: {self.kind}>"


def bytes_of(path: Path) -> bytes:
    """The bytes of a file that is not empty. Raises FileError."""
    data, key = b"", "loaders.file.empty"
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        key = "loaders.file.missing"
    except (IsADirectoryError, NotADirectoryError):
        key = "loaders.file.folder"
    except (OSError, ValueError):
        key = "loaders.file.folder" if path.is_dir() else "loaders.file.unreadable"
    if not _SOMETHING.search(data):
        raise FileError(key, file=path.name)
    return data


def zip_fault(data: bytes) -> str:
    """Why a zip cannot be opened as a workbook; empty where it can."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _archive_fault(archive, len(data))
    except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, OSError, ValueError):
        return "broken_zip"  # the bytes themselves must not travel in a chain of errors


def _archive_fault(archive: zipfile.ZipFile, packed: int) -> str:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_LIMIT or (unpacked > LARGE and unpacked > RATIO_LIMIT * packed):
        return "zip_bomb"
    names = {entry.filename for entry in entries}
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    if any(entry.flag_bits & 1 for entry in entries) or b"encryption-data" in manifest:
        return "encrypted"
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return "not_a_workbook"
    for entry in entries:  # raises where one is damaged or larger than the directory says: its check sum fails
        with archive.open(entry) as stream:
            while stream.read(_CHUNK):
                pass
    return ""


def ole_fault(data: bytes) -> str:
    """The same of an old workbook, or an encrypted one."""
    import msoffcrypto

    try:
        encrypted = msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted()
    except Exception:  # the parser raises whatever the bytes make it raise
        encrypted = _ENCRYPTED in data
    return "encrypted" if encrypted else ""


def text_fault(data: bytes) -> str:
    """The same of what begins like no other format."""
    head = data[:2048].lstrip()
    if head.startswith(b"%PDF"):
        return "pdf"
    if head[:200].lower().startswith(_WEB_PAGE):
        return "web_page"
    return "unknown_format" if b"\0" in data[:4096] and not wide_encoding(data) else ""
