"""Looks for the planted identity codes, names and sentence in everything a run leaves behind."""

import base64
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from rakelab.demo import CANARIES

_EMBEDDED = re.compile(r"data:[\w/+.-]+;base64,([A-Za-z0-9+/=]+)")


def found(text: str) -> list[str]:
    """The canaries in a text, however it is spelt: escaped, composed otherwise, in capitals."""
    plain = _folded(f"{text} {unescape(text)} {unquote(text)} {_unescaped(text)}")
    return [canary for canary in CANARIES if _folded(canary) in plain]


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _unescaped(text: str) -> str:
    r"""JSON's and Python's ``\u00e4`` as the letter itself."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)


def leaks(folder: Path) -> list[str]:
    """``file: canary`` for every canary in a file, a member of a zip, or a picture embedded in a page."""
    told = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for name, text in texts(str(path.relative_to(folder)), path.read_bytes()):
            told += [f"{name}: {canary}" for canary in found(text)]
    return told + [f"{path.name}: a name" for path in folder.rglob("*") if found(path.name)]


def texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """The texts inside a file, those inside what it embeds as well."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from texts(f"{name}!{member}", archive.read(member))
        return
    text = data.decode("utf-8", errors="replace")
    yield name, text
    yield name, data.decode("cp1252", errors="replace")
    for embedded in _EMBEDDED.findall(text):
        yield f"{name} (embedded)", base64.b64decode(embedded + "==").decode("utf-8", errors="replace")
    if name.endswith((".json", ".ipynb")):
        yield name, json.dumps(json.loads(text), ensure_ascii=False)
