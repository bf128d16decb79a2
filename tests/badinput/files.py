"""Bad files, made anew: each maker writes one into a folder and returns its path."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from rakelab import demo
from rakelab.codebook import codebook
from rakelab.demo import plain

HEADER = "vuosi;kunta;sukupuoli;ika"
ROW = "2021;Kajaani;nainen;34"


def export(folder: Path, rows: int, name: str = "vienti.csv") -> Path:
    """A sound file of so many synthetic assessments."""
    path = folder / name
    path.write_bytes(plain.table(demo.kainuu_rows(n=max(rows, 16)).head(rows), codebook("palvelutarve")))
    return path


def text(name: str, content: str, encoding: str = "utf-8") -> Callable[[Path], Path]:
    return raw(name, content.encode(encoding))


def raw(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _workbook() -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for line in (HEADER, *[ROW] * 30):
        book.active.append(line.split(";"))
    book.save(out)
    return out.getvalue()


def _missing(folder: Path) -> Path:
    return folder / "puuttuu.csv"


def _locked(folder: Path) -> Path:
    """A workbook that Excel would ask a password for."""
    from msoffcrypto.format.ooxml import OOXMLFile

    path = folder / "salattu.xlsx"
    with path.open("wb") as file:
        OOXMLFile(io.BytesIO(_workbook())).encrypt("salasana", file)
    return path


def _truncated(folder: Path) -> Path:
    whole = _workbook()
    return raw("katkennut.xlsx", whole[: len(whole) // 2])(folder)


def _bomb(folder: Path) -> Path:
    """A workbook of some kilobytes that unpacks to 150 MB of blanks."""
    path = folder / "pommi.xlsx"
    with (
        zipfile.ZipFile(io.BytesIO(_workbook())) as sound,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bomb,
    ):
        for entry in sound.namelist():
            bomb.writestr(entry, sound.read(entry))
        with bomb.open("xl/media/kuva.xml", "w") as stream:
            for _ in range(150):
                stream.write(b" " * (1 << 20))
    return path


def _wide(folder: Path) -> Path:
    line = ";".join(f"kysymys {i}" for i in range(10_000))
    return text("levea.csv", f"{line}\n{';'.join(['1'] * 10_000)}\n")(folder)


def _mixed(folder: Path) -> Path:
    """Two exports pasted together: one UTF-8, one Windows."""
    lines = f"{ROW};häiriö\n" * 5
    return raw("merkistot.csv", f"{HEADER};muuta\n{lines}".encode() + lines.encode("cp1252"))(folder)


#: Case → its maker and the word of the sentence that tells it.
UNUSABLE: Mapping[str, tuple[Callable[[Path], Path], str]] = {
    "missing file": (_missing, "loaders.file.missing"),
    "empty file": (raw("tyhja.csv", b""), "loaders.file.empty"),
    "PDF renamed": (raw("raportti.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"), "loaders.file.pdf"),
    "password": (_locked, "loaders.file.encrypted"),
    "truncated zip": (_truncated, "loaders.file.broken_zip"),
    "zip bomb": (_bomb, "loaders.file.zip_bomb"),
    "no header, no rows": (text("pelkka.csv", "SYNTEETTINEN AINEISTO\n"), "loaders.file.one_column"),
    "header only": (text("otsikko.csv", HEADER + "\n"), "loaders.file.no_rows"),
    "10,000 columns": (_wide, "loaders.file.too_many_columns"),
    "wrong delimiter": (text("erotin.csv", f"{HEADER}\n{ROW}".replace(";", "~")), "loaders.file.one_column"),
    "mixed encodings": (_mixed, "loaders.file.mixed_encoding"),
    "another form": (text("muu.csv", "nimike;hinta\nomena;2\nluumu;3\n"), "loaders.file.no_columns_match"),
    "all rows unusable": (
        text("kaikki.csv", "\n".join([HEADER, *["2021;Kajaani;nainen;430"] * 20])),
        "loaders.file.no_usable_rows",
    ),
}
