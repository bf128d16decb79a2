"""Texts to be coded: from a dataset's field, or a plain file. What the finder knows is masked at once."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from hashlib import sha256
from pathlib import Path

from rakelab import i18n, identifiers
from rakelab.dataset import Dataset
from rakelab.errors import FileError, UsageError, nearest
from rakelab.loaders import read
from rakelab.loaders.encoding import utf8
from rakelab.loaders.files import Opened
from rakelab.loaders.reading import opened
from rakelab.loaders.spelling import clean, fold_heading

#: Direction marks can turn what stands beside them around; and they show nothing.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARK = re.compile(r"\[\[(\w+)\]\]")
_SHORT = 40
#: A line of a file of one column: a text in quotation marks, which may hold lines, or the line as it is.
_LINE = re.compile(r'"((?:[^"]|"")*)"[ \t]*(?:\r\n|\r|\n|\Z)|([^\r\n]*)(?:\r\n|\r|\n|\Z)')


@dataclass(frozen=True, repr=False)
class Texts:
    """Masked texts of one field. ``rows`` are row numbers of the file; ``masked`` counts finds by kind.

    In a text an identifier stands as ``[[kind]]``; ``shown`` puts words in its place.
    """

    file: str
    field: str
    rows: tuple[int, ...]
    texts: tuple[str, ...]
    masked: Mapping[str, int] = default(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Texts {self.file}: {len(self.texts)} texts>"

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(text_id(row, text) for row, text in zip(self.rows, self.texts, strict=True))


def texts_of(dataset: Dataset, name: str) -> Texts:
    """The answers to a free-text field. Blank ones are left out. Raises UsageError for a field of another kind."""
    if not dataset.codebook[name].free_text or name not in dataset.frame:
        raise UsageError("coding.not_text", field=name)
    texts = dataset.frame[name].dropna()
    given = zip(texts.index.tolist(), texts.astype(str), strict=True)
    return _texts(dataset.origin.file, name, given)


def texts_in(path: str | Path, column: str = "") -> Texts:
    """The texts of one column of a file without a form, such as interviews; ``column`` is its heading.

    A file of one column needs none. Raises FileError for what is no table, UsageError for a heading that is not there.
    """
    file = opened(path)
    headings, rows = _lonely(file) or _table(path)
    place = _place(headings, column)
    given = [(row, cells[place]) for row, cells in rows if len(cells) > place]
    return _texts(file.name, _safe(headings[place]), given)


_Rows = tuple[list[str], list[tuple[int, list[str]]]]


def _table(path: str | Path) -> _Rows:
    table = read(path)
    rows = zip(table.rows.tolist(), table.frame.astype(object).fillna("").to_numpy().tolist(), strict=True)
    return [heading.shown for heading in table.headings], list(rows)


def _lonely(file: Opened) -> _Rows | None:
    """A file of one column, which is no table for the other rooms: a heading, and a text on each row."""
    rows = _lines(file) if file.kind == "text" else _first_sheet(file) if file.kind == "book" else []
    if not rows or any(any(cells[1:]) for _, cells in rows):
        return None
    return rows[0][1][:1], rows[1:]


def _lines(file: Opened) -> list[tuple[int, list[str]]]:
    text = utf8(file.data, file.name)[0].decode("utf-8")
    if any(mark in text.splitlines()[0] for mark in ";\t|,"):
        return []
    cells = (match[2] if match[1] is None else match[1].replace('""', '"') for match in _LINE.finditer(text))
    return [(i, [cell]) for i, cell in enumerate(cells, 1) if cell.strip()]


def _first_sheet(file: Opened) -> list[tuple[int, list[str]]]:
    from rakelab.coding.book import sheet_rows

    return [(i, cells) for i, cells in enumerate(sheet_rows(file, 0), 1) if any(cells)]


def _place(headings: list[str], column: str) -> int:
    known = {fold_heading(heading): i for i, heading in enumerate(headings)}
    if not column and len(headings) == 1:
        return 0
    if fold_heading(column) not in known:
        raise UsageError("coding.no_column", column=column or "–", nearest=nearest(column, headings) or "–")
    return known[fold_heading(column)]


def _safe(heading: str) -> str:
    """A heading as the name of a field."""
    name = re.sub(r"\W+", "_", heading.casefold()).strip("_")[:_SHORT]
    return name if name and identifiers.passes(heading) else "teksti"


def _texts(file: str, name: str, given: Iterable[tuple[int, str]]) -> Texts:
    rows, texts = [], []
    kinds: Counter[str] = Counter()
    for row, text in given:
        plain = _DIRECTION.sub("", clean(text))
        if plain:
            hidden, hits = masked(plain)
            rows.append(row)
            texts.append(hidden)
            kinds.update(hits)
    if not texts:
        raise FileError("coding.no_texts", file=file, field=name)
    return Texts(file, name, tuple(rows), tuple(texts), dict(kinds))


def masked(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` with ``[[kind]]`` for every identifier found, and the kinds."""
    parts, end = [], 0
    hits = identifiers.find(text)
    for hit in hits:
        parts += [text[end : hit.start], f"[[{hit.kind}]]"]
        end = hit.end
    return "".join((*parts, text[end:])), tuple(hit.kind for hit in hits)


def shown(text: str, lang: str) -> str:
    """A masked text with words in the place of what was masked."""
    words = {f"[[{kind}]]": f"[{i18n.text(f'coding.mark.{kind}', lang)}]" for kind in identifiers.KINDS}
    return _MARK.sub(lambda mark: words.get(mark[0], mark[0]), text)


def text_id(row: int, text: str) -> str:
    """``12-abcdefgh``: the row, and a digest of the masked text, so that another file is noticed.

    The digest is of the masked text: one of the whole text would let somebody try identity codes until it fits. It is
    of letters only: a spreadsheet makes a number of ``1e500123``.
    """
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{row}-{digest.translate(_LETTERS)}"


_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_ID = re.compile(r"(\d+)-([a-p]{8})")


def parted(text_id: str) -> tuple[int, str] | None:
    """Row and digest of an id; None for what is none."""
    parts = _ID.fullmatch(text_id.strip())
    return (int(parts[1]), parts[2]) if parts else None


def digests(ids: Iterable[str]) -> dict[int, str]:
    """Row → digest, of those that are ids."""
    return dict(parts for text_id in ids if (parts := parted(text_id)))
