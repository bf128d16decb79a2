"""A coding sheet that came back: whose marks are on which text, or everything that is wrong with it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rakelab.coding.book import Filled, digest, read_back
from rakelab.coding.faults import SheetError, faults_by_row, stop_at
from rakelab.coding.sheet import FORMAT
from rakelab.coding.texts import digests, parted
from rakelab.coding.themes import NONE
from rakelab.errors import nearest
from rakelab.loaders.columns import letters
from rakelab.loaders.spelling import NO, YES, fold


@dataclass(frozen=True, repr=False)
class Sheet:
    """One coder's marks. ``marks`` gives the theme ids of each text by the text's id; ``labels`` the themes' headings.

    ``texts`` are the masked texts as the sheet shows them, for the talk about disagreements only.
    """

    file: str
    coder: str
    field: str
    labels: dict[str, str]
    marks: dict[str, frozenset[str]]
    texts: dict[str, str]

    def __repr__(self) -> str:
        return f"<Sheet {self.file}: {len(self.marks)} texts, {len(self.labels)} themes>"

    @property
    def themes(self) -> tuple[str, ...]:
        return tuple(self.labels)


def read_sheet(path: str | Path) -> Sheet:
    """A filled-in coding sheet. Raises CodingError with every fault, FileError for a file that is no coding sheet."""
    filled = read_back(path, FORMAT)
    labels = {values[0]: values[1] for values in filled.hidden.get("theme", []) if len(values) > 1}
    wanted = [*labels.values(), filled.value("id"), filled.value("text")]
    stop_at([fault for heading in wanted for fault in _lost(filled, heading)], filled.file)
    *places, ids, texts = (filled.heads.index(fold(heading)) for heading in wanted)
    columns = dict(zip(labels, places, strict=True))
    rows = {row[ids].strip(): row for row in filled.rows[1:] if parted(row[ids])}
    marks = {
        text_id: frozenset(theme for theme, j in columns.items() if fold(row[j]) in YES)
        for text_id, row in rows.items()
    }
    shown = {text_id: row[texts] for text_id, row in rows.items()}
    faults = [
        *_unknown(filled, {ids, texts, *places}, labels),
        *_bad_rows(filled, ids),
        *_moved(filled, shown),
        *(fault for theme, j in columns.items() for fault in _bad_marks(filled, (ids, j), labels[theme])),
        *_unfinished(filled, marks),
    ]
    stop_at(faults, filled.file)
    own = {theme: label for theme, label in labels.items() if theme != NONE}
    kept = {text_id: ticked - {NONE} for text_id, ticked in marks.items()}
    return Sheet(filled.file, filled.value("coder"), filled.value("field"), own, kept, shown)


def _of_ids(code: str, ids: Iterable[str], filled: Filled, theme: str = "") -> Iterator[SheetError]:
    """A fault of texts, with their rows of the data file."""
    return faults_by_row(code, digests(ids), theme=theme, file=filled.file)


def _lost(filled: Filled, heading: str) -> Iterator[SheetError]:
    """A column that is not there once. The coder may have moved it."""
    times = filled.heads.count(fold(heading))
    if times != 1:
        yield SheetError("column_twice" if times else "column_missing", theme=heading, file=filled.file)


def _unknown(filled: Filled, known: set[int], labels: dict[str, str]) -> Iterator[SheetError]:
    """Columns with marks that are no theme of the list."""
    for j, head in enumerate(filled.heads):
        if j not in known and any(fold(row[j]) in YES for row in filled.rows[1:]):
            closest = nearest(head, labels.values()) or "–"
            yield SheetError("unknown_theme", theme=closest, file=filled.file, column=letters(j))


def _bad_rows(filled: Filled, ids: int) -> Iterator[SheetError]:
    """Rows without an id of ours, and ids that stand twice."""
    given = [(i, row[ids]) for i, row in enumerate(filled.rows[1:], 2) if any(row)]
    if bad := tuple(i for i, text_id in given if parted(text_id) is None):
        yield SheetError("bad_id", rows=bad, file=filled.file)
    times = Counter(text_id for _, text_id in given)
    yield from _of_ids("twice", [text_id for text_id, n in times.items() if n > 1], filled)


def _moved(filled: Filled, shown: dict[str, str]) -> Iterator[SheetError]:
    """Ids that stand beside another text than they did: somebody sorted one column without the others."""
    known = dict(values[:2] for values in filled.hidden.get("row", []))
    yield from _of_ids(
        "moved", [text_id for text_id, text in shown.items() if known.get(text_id) != digest(text)], filled
    )


def _bad_marks(filled: Filled, places: tuple[int, int], label: str) -> Iterator[SheetError]:
    """Marks that are neither a tick nor nothing."""
    ids, j = places
    bad = [row[ids] for row in filled.rows[1:] if parted(row[ids]) and fold(row[j]) not in YES | NO | {""}]
    yield from _of_ids("bad_mark", bad, filled, label)


def _unfinished(filled: Filled, marks: dict[str, frozenset[str]]) -> Iterator[SheetError]:
    yield from _of_ids("unfinished", [text_id for text_id, ticked in marks.items() if not ticked], filled)
    both = [text_id for text_id, ticked in marks.items() if NONE in ticked and len(ticked) > 1]
    yield from _of_ids("none_and_theme", both, filled)
    if not marks:
        yield SheetError("empty", file=filled.file)
