"""What one sheet on a wall tells of one report: two periods side by side, what changed beyond chance, the most common.

Every number comes from the release that the report's page was made of; a hidden one has its mark here too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Key, Quantity, Release, Released, join, key
from rakelab.errors import UsageError
from rakelab.present.sentences import events, shares, wording
from rakelab.present.sentences.contrasts import contrast
from rakelab.present.sentences.sentence import Sentence

#: What a sheet can be of, the first that the report has.
OF = ("needs", "themes")
#: Rows of other tables that stand beside it.
BESIDE = 9
#: Letters of a label.
LONGEST = 80


@dataclass(frozen=True)
class Bar:
    """One number of one period: how it is written, and how long it is drawn, in per cent of the longest."""

    period: str
    number: str
    known: bool
    length: int = 0


@dataclass(frozen=True)
class Row:
    """One line of the sheet; ``turn``: ``up`` or ``down``, where that is beyond chance."""

    label: str
    bars: tuple[Bar, ...]
    turn: str
    title: str = ""


@dataclass(frozen=True)
class Poster:
    headline: str
    beside: str  # what the headline rests on
    title: str
    counted: bool  # the numbers are counts of events, not shares
    bases: tuple[Bar, ...]
    rows: tuple[Row, ...]
    others: tuple[Row, ...]
    unsure: str  # that a hidden one may be more common


def poster(release: Release, lang: str) -> Poster:
    """Raises UsageError for a report that has nothing to put on a wall."""
    table = _main(release)
    columns = _columns(table)
    sheet = _Sheet(table, columns, lang)
    rows = sheet.rows()
    ranked = estimate.ranking(table, wording.answers(table), columns[-1], n=len(rows))
    headline, beside = _headline(table, columns).news(lang)
    return Poster(
        headline=headline.removesuffix("."),
        beside=beside,
        title=wording.title(table, lang, grouped=False),
        counted=sheet.counts,
        bases=tuple(Bar(sheet.period(column), wording.count(table[column], lang), True) for column in columns),
        rows=rows,
        others=tuple(_others(release, table, lang))[:BESIDE],
        unsure=i18n.counted("present.text.more_hidden", ranked.unsure, lang) if ranked.unsure else "",
    )


def _main(release: Release) -> Released:
    """Two periods of it before everybody together; one of which most is hidden says nothing."""
    tables = [] if release.parts else [table for name in OF for table in release.of(name, enough=True)]
    sides = [table for table in tables if len(estimate.periods(table)) > 1]
    whole = [table for table in tables if TOTAL in table.view.columns]
    if not (sides or whole):
        raise UsageError("infographic.nothing")
    return (sides or whole)[0]


def _columns(table: Released) -> tuple[Key, ...]:
    """The last two periods, or everybody."""
    periods = estimate.periods(table)[-2:]
    return tuple(key((table.view.by, period)) for period in periods) if len(periods) > 1 else (TOTAL,)


def _headline(table: Released, columns: tuple[Key, ...]) -> Sentence:
    if len(columns) == 1:
        return shares.leading(table)
    if table.view.indicator in estimate.EVENTS:
        return events.rising(table)
    a, b = (column[0][1] for column in columns)
    return contrast(estimate.compare(table, a, b))


def _others(release: Release, main: Released, lang: str) -> Iterator[Row]:
    """The row of each other table of the same periods that tells most; what is beyond chance first."""
    columns, rows, told = _columns(main), [], {(main.view.indicator, main.view.variable)}
    for table in release.values():
        about, alike = (table.view.indicator, table.view.variable), set(columns) <= set(table.view.columns)
        if alike and about not in told and table.view.measure == Quantity.COUNT:
            told.add(about)
            rows += _Sheet(table, columns, lang).telling()
    yield from sorted(rows, key=lambda row: not row.turn)


@dataclass(frozen=True)
class _Sheet:
    """One table between the columns of the sheet."""

    table: Released
    columns: tuple[Key, ...]
    lang: str

    @property
    def counts(self) -> bool:
        return self.table.view.indicator in estimate.EVENTS

    def period(self, column: Key) -> str:
        return wording.label(self.table, column, self.lang)

    def turns(self) -> dict[Key, str]:
        """The rows that went up or down beyond chance between the two columns; of counts of events in periods of
        unequal length none, because the bars are of the counts."""
        if self.counts and any(trend.uneven for trend in estimate.trends(self.table)):
            return {}
        said = (own for own in estimate.verdicts(self.table) if (own.a, own.b) == (self.columns[0], self.columns[-1]))
        return {own.row: own.verdict.turn.value for own in said if own.verdict.beyond}

    def rows(self) -> tuple[Row, ...]:
        """Every answer that somebody gave, the largest first and those that are hidden last."""
        answers = [row for row in wording.answers(self.table) if self._size(row) != 0]
        turns, longest = self.turns(), max(self._longest(row) for row in wording.answers(self.table))
        ordered = sorted(answers, key=lambda row: -self._size(row))
        return tuple(self._row(row, turns.get(row, ""), longest) for row in ordered)

    def telling(self) -> list[Row]:
        """The answer that changed most beyond chance, else the largest, where both columns show it and no hidden one
        can be larger."""
        turns = self.turns()
        shown = [row for row in wording.answers(self.table) if self._size(row) > 0 and self._whole(row)]
        row = max(
            shown, key=lambda row: (row in turns, self._change(row) if row in turns else self._size(row)), default=None
        )
        unsure = estimate.ranking(self.table, wording.answers(self.table), self.columns[-1]).first.unsure
        return [self._row(row, turns.get(row, ""), 1.0)] if row and (row in turns or not unsure) else []

    def _number(self, row: Key, column: Key) -> tuple[str, float | None]:
        """As it is written, and its value: a count of events, else a share in whole per cents."""
        if self.counts:
            cell = self.table[join(row, column)]
            return wording.count(cell, self.lang), cell.value
        cell = estimate.proportion(self.table, row, column).share
        return wording.share(cell, self.lang), None if cell.value is None else i18n.rounded(100 * cell.value)

    def _size(self, row: Key) -> float:
        """The number of the last column; less than nought where that is hidden or missing."""
        last, most = self._number(row, self.columns[-1])[1], self._longest(row)
        return -1.0 if last is None else last or most / 1000

    def _whole(self, row: Key) -> bool:
        return all(self._number(row, column)[1] is not None for column in self.columns)

    def _longest(self, row: Key) -> float:
        return max(self._number(row, column)[1] or 0 for column in self.columns)

    def _change(self, row: Key) -> float:
        first, last = (self._number(row, column)[1] or 0 for column in (self.columns[0], self.columns[-1]))
        return abs(last - first)

    def _row(self, row: Key, turn: str, longest: float) -> Row:
        numbers = ((column, *self._number(row, column)) for column in self.columns)
        bars = (
            Bar(self.period(column), written, value is not None, round(100 * (value or 0) / longest) if longest else 0)
            for column, written, value in numbers
        )
        title = wording.title(self.table, self.lang, grouped=False)
        return Row(_short(wording.line(self.table, row, self.lang)), tuple(bars), turn, _short(title))


def _short(words: str) -> str:
    """A label that leaves room for others; its whole length stands in the report."""
    plain = i18n.FOREIGN.sub(r"\2", words)
    return words if len(plain) <= LONGEST else plain[: LONGEST - 1].rstrip() + "…"
