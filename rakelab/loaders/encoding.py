"""Bytes of a text file as UTF-8: with or without byte order mark, UTF-16 with one, or cp1252 (Finnish Excel's CSV)."""

import re
from array import array
from contextlib import suppress

from rakelab.errors import FileError

_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LINE = re.compile(rb"\r\n|\r|\n")


def utf8(data: bytes, name: str) -> tuple[bytes, str]:
    """The same text in UTF-8 without a mark, and the encoding it was in.

    Raises FileError for a file of mixed encodings, naming the lines that differ, and for bytes of no known encoding.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(data, name), "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if data.isascii() or _is_utf8(data):
        return data, "utf-8"
    lines = [(i, line) for i, line in enumerate(_LINE.split(data), 1) if not line.isascii()]
    is_utf8 = {i: _decodes(line, "utf-8") for i, line in lines}
    if _MULTIBYTE.search(data) and any(is_utf8.values()):
        wrong = [[i for i, fits in is_utf8.items() if fits == side] for side in (False, True)]
        raise _fault("mixed_encoding", name, min(wrong, key=len))
    unknown = [i for i, line in lines if not _decodes(line, "cp1252")]
    if unknown:
        raise _fault("unknown_encoding", name, unknown)
    return data.decode("cp1252").encode(), "cp1252"


def _utf16(data: bytes, name: str) -> bytes:
    text = None
    with suppress(UnicodeError):  # the decoder's error holds the whole file: ours must not follow from it
        text = data.decode("utf-16").encode()
    if text is None:
        raise FileError("loaders.file.broken_utf16", file=name)
    return text


def _is_utf8(data: bytes) -> bool:
    """Checked in place: decoding would hold a large file in memory once more."""
    import pyarrow as pa

    ends = pa.py_buffer(array("q", (0, len(data))))
    try:
        pa.LargeStringArray.from_buffers(1, ends, pa.py_buffer(data)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _fault(key: str, name: str, lines: list[int]) -> FileError:
    shown = ", ".join(map(str, lines[:5])) + (" …" if len(lines) > 5 else "")
    return FileError(f"loaders.file.{key}", file=name, lines=shown, n=len(lines))
