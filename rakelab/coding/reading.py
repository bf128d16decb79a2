"""A coding sheet that came back: whose marks are on which text, or everything that is wrong with it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rakelab.coding.book import Filled, digest, read_back
from rakelab.coding.faults import SheetError, stop_at
from rakelab.coding.sheet import FORMAT
from rakelab.coding.texts import parted
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
    return _Reader(read_back(path, FORMAT)).sheet()


class _Reader:
    """Reads one sheet and collects every fault."""

    def __init__(self, filled: Filled) -> None:
        self.filled, self.file = filled, filled.file
        self.faults: list[SheetError] = []
        self.labels = {values[0]: values[1] for values in filled.told.get("theme", []) if len(values) > 1}
        self.heads = [fold(cell) for cell in filled.rows[0]] if filled.rows else []

    def sheet(self) -> Sheet:
        columns = {one: self._column(label) for one, label in self.labels.items()}
        ids, texts = self._column(self.filled.one("id")), self._column(self.filled.one("text"))
        stop_at(self.faults, self.file)
        self._strangers({ids, texts, *columns.values()})
        marks: dict[str, frozenset[str]] = {}
        shown: dict[str, str] = {}
        for one, row in self._rows(ids):
            marks[one] = frozenset(theme for theme, j in columns.items() if fold(row[j]) in YES)
            shown[one] = row[texts]
        self._moved(shown)
        self._marks(ids, columns)
        self._whole(marks)
        stop_at(self.faults, self.file)
        themes = {one: label for one, label in self.labels.items() if one != NONE}
        kept = {one: given - {NONE} for one, given in marks.items()}
        return Sheet(self.file, self.filled.one("coder"), self.filled.one("field"), themes, kept, shown)

    def _column(self, heading: str) -> int:
        """Where the column is: the coder may have moved it."""
        places = [j for j, head in enumerate(self.heads) if head == fold(heading)]
        if len(places) != 1:
            code = "column_twice" if places else "column_missing"
            self.faults.append(SheetError(code, theme=heading, file=self.file))
        return places[0] if places else -1

    def _strangers(self, known: set[int]) -> None:
        """Columns with marks that are no theme of the list."""
        for j, head in enumerate(self.heads):
            if j not in known and any(fold(row[j]) in YES for row in self.filled.rows[1:]):
                near = nearest(head, self.labels.values()) or "–"
                self.faults.append(SheetError("unknown_theme", theme=near, file=self.file, column=letters(j)))

    def _rows(self, ids: int) -> Iterator[tuple[str, list[str]]]:
        """The rows that have an id of ours; the others become faults."""
        filled = [(i, row) for i, row in enumerate(self.filled.rows[1:], 2) if any(row)]
        odd = tuple(i for i, row in filled if parted(row[ids]) is None)
        if odd:
            self.faults.append(SheetError("bad_id", rows=odd, file=self.file))
        count = Counter(row[ids] for _, row in filled)
        self._fault("twice", [one for one, n in count.items() if n > 1])
        return ((row[ids].strip(), row) for i, row in filled if i not in odd)

    def _moved(self, shown: dict[str, str]) -> None:
        """Ids that stand beside another text than they did: somebody sorted one column without the others."""
        known = dict(values[:2] for values in self.filled.told.get("row", []))
        self._fault("moved", [one for one, text in shown.items() if known.get(one) != digest(text)])

    def _marks(self, ids: int, columns: dict[str, int]) -> None:
        """Marks that are neither a tick nor nothing."""
        known = YES | NO | {""}
        for theme, j in columns.items():
            odd = [row[ids] for _, row in self._given(ids) if fold(row[j]) not in known]
            self._fault("bad_mark", odd, theme=self.labels[theme])

    def _given(self, ids: int) -> Iterator[tuple[int, list[str]]]:
        return ((i, row) for i, row in enumerate(self.filled.rows[1:], 2) if parted(row[ids]))

    def _whole(self, marks: dict[str, frozenset[str]]) -> None:
        self._fault("unfinished", [one for one, given in marks.items() if not given])
        self._fault("none_and_theme", [one for one, given in marks.items() if NONE in given and len(given) > 1])
        if not marks:
            self.faults.append(SheetError("empty", file=self.file))

    def _fault(self, code: str, ids: list[str], theme: str = "") -> None:
        if ids:
            self.faults.append(SheetError(code, rows=rows_of(ids), theme=theme, file=self.file))


def rows_of(ids: list[str]) -> tuple[int, ...]:
    """Row numbers of the data file."""
    return tuple(sorted({found[0] for one in ids if (found := parted(one))}))
