"""Bytes of a text file as UTF-8: UTF-8 or UTF-16 with or without a mark, cp1252 (Finnish Excel's CSV), or what old Macs
and DOS write, told by what they make of å, ä and ö inside words."""

import re
from array import array
from contextlib import suppress

from rakelab.errors import FileError

_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
#: å, ä, ö and their capitals in one byte each, between two letters.
_VOWELS = {
    "cp1252": re.compile(rb"(?<=[A-Za-z])[\xe4\xf6\xe5\xc4\xd6\xc5](?=[A-Za-z\xe4\xf6])"),
    "mac-roman": re.compile(rb"(?<=[A-Za-z])[\x8a\x9a\x8c\x80\x85\x81](?=[A-Za-z\x8a\x9a])"),
    "cp850": re.compile(rb"(?<=[A-Za-z])[\x84\x94\x86\x8e\x99\x8f](?=[A-Za-z\x84\x94])"),
}
_UTF16_SHARE = 0.4
#: Encodings that are told by the words in them only.
GUESSED = ("mac-roman", "cp850")
_LINE = re.compile(rb"\r\n|\r|\n")


def utf8(data: bytes, name: str) -> tuple[bytes, str]:
    """The same text in UTF-8 without a mark, and the encoding it was in.

    Raises FileError for a file of mixed encodings, naming the lines that differ, and for bytes of no known encoding.
    """
    if wide := wide_encoding(data):
        return _utf16(data, wide, name), wide
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if data.isascii() or _is_utf8(data):
        return data, "utf-8"
    lines = [(i, line) for i, line in enumerate(_LINE.split(data), 1) if not line.isascii()]
    is_utf8 = {i: _decodes(line, "utf-8") for i, line in lines}
    if _MULTIBYTE.search(data) and any(is_utf8.values()):
        wrong = [[i for i, fits in is_utf8.items() if fits == side] for side in (False, True)]
        raise _fault("mixed_encoding", name, min(wrong, key=len))
    words = {encoding: len(vowels.findall(data)) for encoding, vowels in _VOWELS.items()}
    encoding = max(words, key=lambda known: words[known])
    if encoding != "cp1252" and not words["cp1252"] and all(b.isascii() or _decodes(b, encoding) for _, b in lines):
        return data.decode(encoding).encode(), encoding
    unknown = [i for i, line in lines if not _decodes(line, "cp1252")]
    if unknown:
        raise _fault("unknown_encoding", name, unknown)
    return data.decode("cp1252").encode(), "cp1252"


def wide_encoding(data: bytes) -> str:
    """``utf-16`` with a mark, or in which half every other byte is nothing; else empty."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:4096]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) < _UTF16_SHARE * len(head) or min(odd, even) > len(head) // 100:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _utf16(data: bytes, encoding: str, name: str) -> bytes:
    text = None
    with suppress(UnicodeError):  # the decoder's error holds the whole file: ours must not follow from it
        text = data.decode(encoding).encode()
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
