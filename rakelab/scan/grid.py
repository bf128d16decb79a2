"""A table found in a file: which rows are its heading, what each number is, and of how many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rakelab.loaders.numbers import reading
from rakelab.scan.document import Cells, filled, only, words

Spot = tuple[int, int]

_NUMBER = r"\d[\d \u00a0]*(?:[.,]\d+)?"
_SHARE = re.compile(
    rf"[<>~≈]?\s?({_NUMBER})\s?%\s*(?:\(\s?(?:n\s?=\s?)?(\d[\d ]*)(?:\s?/\s?(\d[\d ]*))?(?:;[^)]*)?\))?(.*)"
)
_COUNTED = re.compile(rf"(\d[\d ]*)\s?\(({_NUMBER})\s?%\)(.*)")
_OF = re.compile(r"(\d[\d ]*)\s?(?:/|of|av)\s?(\d[\d ]*)")
_HIDDEN = re.compile(
    rf"(?:{words('hidden').pattern}|(?:[01]\s?[-–]\s?|<\s?|alle |under )(?P<most>\d{{1,2}}))(?:\s+[^\W\d]+)?"
)
_BASE = re.compile(r"(?<!\w)n\s?[=:]\s?(\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|\d+)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[–/-]\s?(?:19|20)?\d\d)?\*?")
_NOTHING = re.compile(r"(?:[–-] )?\[x\]")
_WITH_INTERVAL = re.compile(r"([^(]*\d) ?\([^()]*[–…][^()]*\)")
_NOTE = re.compile(r"(?<=\d)\s?[†‡*¹²³]+$|(?<=\d)\s?\d?\)$")
#: Fewer rows than these are not taken for rows of people.
MANY = 15
#: So many rows tell what a table holds.
SAMPLE = 300
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)|\d{1,2}/\d{1,2}/\d{4}")
_CODE = re.compile(r"(?!(?:19|20)\d\d$)(?=.*[\d@])\S{1,80}")


@dataclass(frozen=True)
class Value:
    """What a cell says. ``count`` and ``base`` stand beside a share; ``most``: what a hidden number is at most."""

    kind: str = "blank"  # or text, number, share, hidden
    number: float = 0.0
    digits: int = 0
    count: int | None = None
    base: int | None = None
    most: int | None = None

    @property
    def data(self) -> bool:
        return self.kind in ("number", "share", "hidden")

    @property
    def whole(self) -> bool:
        return self.kind == "number" and self.number >= 0 and float(self.number).is_integer() and not self.digits


@lru_cache(maxsize=20_000)
def value(text: str) -> Value:
    """A cell's text as it is meant."""
    text = " ".join(text.split())
    if not text or _NOTHING.fullmatch(text):
        return Value()
    if (found := _SHARE.match(text)) and not re.search(r"[^\W\d]{3}", found[4]):
        return _share(found[1], found[2], found[3])
    if (found := _COUNTED.match(text)) and not re.search(r"[^\W\d]{3}", found[3]):
        return _share(found[2], found[1], None)
    if (found := _OF.fullmatch(text)) and not _YEAR.fullmatch(found[2]) and whole(found[1]) <= whole(found[2]):
        return Value("number", whole(found[1]), base=whole(found[2]))
    if found := _HIDDEN.fullmatch(text):
        least = found[0].startswith(("<", "alle", "under"))
        return Value("hidden", most=int(found["most"]) - least if found["most"] else None)
    between = _WITH_INTERVAL.fullmatch(text)
    return _plain(_NOTE.sub("", between[1] if between else text))


def whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def bases(text: str) -> list[int]:
    """The numbers of people that a text states: n = 25; with “2 missing” after it 27, too."""
    text, stated = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text), []  # “n = 3,651”, as English writes it
    for found in _BASE.finditer(text):
        stated.append(whole(found[1]))
        missing = re.match(rf",?\s?(?:{words('missing').pattern})\w* (\d+)", text[found.end() :])
        stated += [stated[-1] + int(missing[1])] if missing else []
    return stated


def _share(percent: str, count: str | None, base: str | None) -> Value:
    read = reading(percent)
    number = read.decimal if read.decimal is not None else float(read.grouped or 0)
    digits = len(percent.partition("," if "," in percent else ".")[2])
    return Value("share", number, digits, whole(count) if count else None, whole(base) if base else None)


def _plain(text: str) -> Value:
    read = reading(re.sub(r"^n\s?=\s?", "", text, flags=re.IGNORECASE))
    if not read.values:
        return Value("text")
    number = read.grouped if read.grouped is not None else read.values[0]
    digits = 0 if read.grouped is not None or re.search(r"\.0$|^[^.,]*$", text) else read.digits or 1
    return Value("number", number, digits)


@dataclass(frozen=True)
class Table:
    """A table with its values, of which rows from ``top`` and columns from ``stub`` are data."""

    cells: Cells
    values: list[list[Value]]

    @classmethod
    def of(cls, cells: Cells) -> "Table":
        width = max(map(len, cells.rows), default=0)
        rows = [[value(text) for text in row] + [Value()] * (width - len(row)) for row in cells.rows]
        return cls(cells, rows)

    def text(self, i: int, j: int) -> str:
        row = self.cells.rows[i]
        return " ".join(row[j].split()) if j < len(row) else ""

    @property
    def width(self) -> int:
        return len(self.values[0]) if self.values else 0

    @cached_property
    def top(self) -> int:
        """How many heading rows there are: up to the first number that is no year, or the name of a group above it."""
        rows = range(len(self.values))
        top = next((i for i in rows if any(self._figure(i, j) for j in range(1, self.width))), len(self.values))
        while 1 < top < len(self.values) and filled(self.cells.rows[top - 1]) == 1:
            top -= 1
        return top

    def _figure(self, i: int, j: int) -> bool:
        return self.values[i][j].data and not _YEAR.fullmatch(self.text(i, j))

    @cached_property
    def heads(self) -> list[str]:
        """The heading of each column, with what stands over several."""
        rows = []
        for i in range(self.top):
            row = [self.text(i, j) for j in range(self.width)]
            for j in range(1, self.width) if i < self.top - 1 and filled(row) > 1 else ():
                row[j] = row[j] or row[j - 1]
            rows.append(row)
        columns = zip(*rows, strict=True) if rows else [()] * self.width
        return [" ".join(dict.fromkeys(filter(None, column))) for column in columns]

    @cached_property
    def stub(self) -> int:
        """How many columns at the left are labels."""
        for j in range(self.width - 1):
            column = [row[j] for row in self.values[self.top :] if row[j].kind != "blank"]
            labels = self._years(j) or bool(only("label").fullmatch(self.heads[j]))
            if j and not labels and 2 * sum(one.data for one in column) >= len(column):
                return j
        return max(self.width - 1, 1)

    def _years(self, j: int) -> bool:
        texts = [self.text(i, j) for i in range(self.top, len(self.values))]
        return all(_YEAR.fullmatch(text) for text in texts if text) and not words("count").search(self.heads[j])

    @cached_property
    def labels(self) -> list[tuple[str, ...]]:
        """What heads each row: the columns of its label, blanks filled from above but for the last."""
        made, above = [], [""] * self.stub
        for i in range(len(self.values)):
            row = [self.text(i, j) for j in range(self.stub)]
            above = [*(cell or old for cell, old in zip(row[:-1], above[:-1], strict=True)), row[-1]]
            made.append(tuple(above))
        return made

    def label(self, i: int) -> str:
        return " ".join(self.labels[i])

    @cached_property
    def _uncounted(self) -> set[int]:
        """Columns in which most numbers are no number of people: parts of one, or below nothing."""
        columns = ([row[j] for row in self.values[self.top :] if row[j].kind == "number"] for j in range(self.width))
        return {j for j, column in enumerate(columns) if 2 * sum(cell.whole for cell in column) < len(column)}

    def role(self, i: int, j: int) -> str:
        """``count``, ``share`` or ``other``: what the heading, the label or the caption says that the number is."""
        if words("coding").search(f"{self.cells.caption} {self.label(i)}"):
            return "other"
        if self.values[i][j].kind == "share":
            return "share"
        said = [_said(text) for text in (self.heads[j], self.label(i), self.cells.caption)]
        told = next((word for k, word in enumerate(said) if word and (k != 1 or word != "count")), "count")
        return "other" if told == "count" and j in self._uncounted else told

    def spots(self) -> Iterator[tuple[Spot, Value]]:
        """The data cells."""
        for i in range(self.top, len(self.values)):
            yield from (((i, j), self.values[i][j]) for j in range(self.stub, self.width) if self.values[i][j].data)

    @cached_property
    def of_rows(self) -> bool:
        """Does it hold a row for each person or event, instead of numbers of them? Most columns have few answers, and a
        column tells each row apart, or has days, or what heads the rows comes again."""
        body = range(self.top, min(len(self.values), self.top + SAMPLE))
        counted = any(only("counter").fullmatch(head) for head in self.heads)
        grouped = any(filled(self.cells.rows[i]) == 1 or words("total").match(self.label(i)) for i in body)
        if len(body) < MANY or self.width < 3 or counted or grouped:
            return False
        columns = [list(filter(None, (self.text(i, j) for i in body))) for j in range(self.width)]
        columns = [column for column in columns if column]
        coded = sum(len(set(column)) <= max(7, len(column) / 4) for column in columns)
        distinct = (column for column in columns if len(column) == len(set(column)) == len(body))
        apart = any(all(map(_CODE.fullmatch, column)) for column in distinct)
        dated = any(2 * sum(map(bool, map(_DAY.match, column))) > len(body) for column in columns)
        again = len({self.labels[i] for i in body}) < 0.9 * len(body)
        return 2 * coded >= len(columns) and (apart or dated or again)


@lru_cache(maxsize=20_000)
def _said(text: str) -> str:
    """What a heading says that its numbers are; nothing where it does not tell."""
    lists = {"statistic": "other", "share": "share", "count": "count"}
    told = next((role for name, role in lists.items() if words(name).search(text)), "")
    return told or ("other" if text and only("label").fullmatch(text) else "")
