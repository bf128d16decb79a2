"""``review.html`` and ``review.xlsx``: what a reviewer goes through before a report is published.

They are made from the release alone: what is hidden, every comparison, and every number that any page could show,
with its base and its limit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from rakelab import archive, estimate, i18n
from rakelab.cells import Key, Quantity, Release, Released, State, join
from rakelab.present import markup
from rakelab.present.markup import Column, Grid
from rakelab.present.sentences import quantity, wording
from rakelab.report import page, tables

SHEET, WORKBOOK = "review.html", "review.xlsx"
#: So many numbers under their limit are named.
SEVERAL = 20


@dataclass(frozen=True)
class Number:
    """One number of a table: whose it is, the number itself, what it is of, and the rule's limit for it."""

    table: str
    row: str
    group: str
    number: str
    share: str
    base: str
    limit: str


@dataclass(frozen=True)
class Comparison:
    """One verdict in words."""

    table: str
    row: str
    groups: str
    verdict: str
    family: str
    method: str


@dataclass(frozen=True)
class States:
    """How many numbers of a table are in each state."""

    table: str
    shown: str
    hidden: str
    zero: str


#: The parts of the sheet.
KINDS = {"hidden": States, "verdicts": Comparison, "numbers": Number}
Row = Number | Comparison | States


@dataclass(frozen=True)
class Look:
    """One table as it is looked at: with the limits of the release that it comes from, in one language."""

    table: Released
    limits: Mapping[Key, int]
    lang: str

    @property
    def title(self) -> str:
        return wording.title(self.table, self.lang)

    @property
    def inner(self) -> list[tuple[Key, Key]]:
        """Every row with every column."""
        return [(row, column) for column in self.table.view.columns for row in self.table.view.rows]

    def word(self, name: str, **values: object) -> str:
        return i18n.text(f"review.{name}", self.lang, **values)

    def small(self, row: Key, column: Key) -> bool:
        """A count is shown that is below its limit, or leaves so small a rest."""
        cell, base = self.table.cells[join(row, column)], self.table.cells[self.table.view.base(column, row)]
        rest = base.number - cell.number if cell.known and base.known else 0
        return any(0 < n < self.limits[join(row, column)] for n in (cell.value or 0, rest))

    def unfounded(self, row: Key, column: Key) -> bool:
        """A share or an interval is shown though its count or its base is hidden."""
        share = estimate.proportion(self.table, row, column)
        return (share.share.known or share.low.known) and not (share.count.known and share.base.known)

    def named(self, row: Key, column: Key) -> str:
        place = wording.placed(self.table, self.title, column, self.lang)
        return f"{place}: {wording.line(self.table, row, self.lang)}"

    # --- its rows ---------------------------------------------------------------------------------------------

    def hidden(self) -> Iterator[States]:
        many = Counter(self.table.cells[join(*place)].state for place in self.inner)
        yield States(
            self.title, *(i18n.number(many[state], self.lang) for state in (State.SHOWN, State.HIDDEN, State.ZERO))
        )

    def verdicts(self) -> Iterator[Comparison]:
        for said in estimate.verdicts(self.table):
            a, b = (wording.label(self.table, key, self.lang) for key in (said.a, said.b))
            yield Comparison(
                self.title,
                wording.line(self.table, said.row, self.lang),
                a if a == b else self.word("compared", a=a, b=b),
                self.word(f"verdict.{said.verdict.turn.value}"),
                i18n.number(said.verdict.family, self.lang),
                self.word(f"method.{said.verdict.method.value}"),
            )

    def numbers(self) -> Iterator[Number]:
        if self.table.view.measure == Quantity.COUNT:
            yield from (self._counted(*place) for place in self.inner)
        for base, mean in self.table.means.items():
            digits = quantity.decimals(self.table, base)
            ends = quantity.between(*quantity.outwards(mean.low, mean.high, digits), self.lang, digits)
            value = quantity.written(mean.mean, self.lang, digits)
            yield self._of(base, "mean", f"{value} ({ends})" if mean.low.known else value)
        for (base, name), cell in self.table.statistics.items():
            p = name == "p"
            value = quantity.p_class(cell, self.lang) if p else quantity.written(cell, self.lang, quantity.MOST)
            yield self._of(base, name, value)

    def _counted(self, row: Key, column: Key) -> Number:
        share = estimate.proportion(self.table, row, column)
        ends = wording.interval(share.low, share.high, self.lang)
        written = wording.share(share.share, self.lang) + (f" ({ends})" if share.low.known else "")
        names = (wording.line(self.table, row, self.lang), wording.label(self.table, column, self.lang))
        count, base = (wording.count(cell, self.lang) for cell in (share.count, share.base))
        return Number(self.title, *names, count, written, base, self._limit(join(row, column)))

    def _of(self, base: Key, name: str, value: str) -> Number:
        """A statistic of the people of a key."""
        names = (wording.line(self.table, base, self.lang), i18n.text(f"report.workbook.statistic.{name}", self.lang))
        people = wording.count(self.table.cells[base], self.lang)
        return Number(self.title, *names, value, "", people, self._limit(base))

    def _limit(self, cell_key: Key) -> str:
        return i18n.number(self.limits[cell_key], self.lang)


def looks(release: Release, lang: str) -> list[Look]:
    """Every table; of a gathered release with the limits of its own part."""
    own = {part.id: part.release.thresholds for part in release.parts}
    return [Look(table, own.get(name.partition("/")[0], release.thresholds), lang) for name, table in release.items()]


def rows(part: str, release: Release, lang: str) -> list[Any]:
    """The rows of a part of the sheet (of ``KINDS``)."""
    return [row for look in looks(release, lang) for row in getattr(look, part)()]


# --- what is asked ------------------------------------------------------------------------------------------------


def answers(release: Release, lang: str) -> list[tuple[str, list[str]]]:
    """The five questions on which output checkers reject most, and what this release says to each."""
    word = partial(_asked, lang)
    places = [(look, place) for look in looks(release, lang) for place in look.inner]
    small = [look.named(*place) for look, place in places if look.small(*place)]
    hidden = sum(look.table.cells[join(*place)].state is State.HIDDEN for look, place in places)
    unfounded = sum(look.unfounded(*place) for look, place in places)
    account = {name: wording.count(getattr(release.account, name), lang) for name in ("read", "used")}
    return [
        word("rounded", n=i18n.number(unfounded, lang), hidden=i18n.number(hidden, lang)),
        word("context", n=i18n.number(len(release), lang), **account),
        word("redacted", *small[:SEVERAL], n=i18n.number(len(small), lang)),
        word("underlying"),
        word("types"),
    ]


def _asked(lang: str, name: str, *named: str, **values: object) -> tuple[str, list[str]]:
    told = i18n.text(f"review.told.{name}", lang, **values)
    return i18n.text(f"review.{name}", lang), [told, *named]


# --- the sheet ----------------------------------------------------------------------------------------------------

_SAID = ("title", "intro", "questions", "decision_heading", "decide", "folder", "name", "ledger", *KINDS)


def sheet(released: str, title: str, lang: str) -> str:
    """The page of one release (the text of released.json)."""
    release = archive.loads(released)
    parts = {"questions": markup.definitions(answers(release, lang))}
    parts |= {name: _part(name, release, lang) for name in KINDS}
    return (
        page.environment()
        .get_template("review.html.j2")
        .render(
            lang=lang,
            title=Markup(title),
            synthetic=release.account.synthetic,
            parts={name: markup.exhibit("review", html) for name, html in parts.items() if html},
            said={name: i18n.text(f"review.{name}", lang) for name in _SAID},
            ledger=release.ledger,
        )
    )


def _part(name: str, release: Release, lang: str) -> Markup:
    """A part of the sheet as one table, empty where there is nothing to tell; but for what is hidden with the title of
    each table over its rows."""
    told, heads = rows(name, release, lang), _heads(name, lang)
    if not told:
        return Markup("")
    columns = [Column(head, attrgetter(field)) for field, head in heads.items()]
    sections: Iterable[tuple[str, list[Any]]] = [("", told)]
    if name != "hidden":
        columns, sections = columns[1:], ((title, list(some)) for title, some in groupby(told, attrgetter("table")))
    grid = Grid(f"review-{name}", lang, i18n.text(f"review.caption.{name}", lang), columns, list(sections))
    why = markup.paragraph(i18n.text("review.why_hidden", lang)) if name == "hidden" else Markup("")
    return why + markup.table(grid)


def _heads(name: str, lang: str) -> dict[str, str]:
    return {field.name: i18n.text(f"review.column.{field.name}", lang) for field in fields(KINDS[name])}


def workbook(released: str, lang: str) -> bytes:
    """The same rows as sheets of a workbook; nothing where there are none."""
    release = archive.loads(released)
    told = {name: rows(name, release, lang) for name in KINDS}
    made = {i18n.text(f"review.{name}", lang): _frame(name, some, lang) for name, some in told.items() if some}
    title = tables.safe(f"{i18n.text('review.title', lang)}: {release.account.title[lang]}")
    cover = tables.contents(title, [i18n.text("review.intro", lang)], lang)
    return tables.written(made, cover, lang) if made else b""


def _frame(name: str, told: list[Row], lang: str) -> Any:
    import gptables as gpt
    import pandas as pd

    heads = _heads(name, lang)
    cells = [[_cell(getattr(row, field)) for field in heads] for row in told]
    return gpt.GPTable(
        table=pd.DataFrame(cells, columns=list(heads.values()), dtype=object),
        table_name=f"review_{name}",
        title=i18n.text(f"review.caption.{name}", lang),
        instructions=i18n.text("report.workbook.sheet_help", lang),
        legend=[f"{tables.MARKS['hidden']} = {i18n.text('report.workbook.note_hidden', lang)}"],
        index_columns={1: 0},
    )


def _cell(text: str) -> str:
    return tables.MARKS["hidden"] if text == "··" else tables.safe(text or "–")
