"""Findings of one table: what is most common, how large a share is, what is missing, what is too small to show.

Each maker checks what it is given and returns a ``Sentence``; the teller of the same name says it. Every number is
drawn from the released table, so a hidden one is said to be hidden.
"""

from collections.abc import Callable
from dataclasses import replace

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Key, Released, State, join, key
from rakelab.errors import UsageError, nearest
from rakelab.estimate import Ranking
from rakelab.names import BOTH, pair_name
from rakelab.present.gate import pack, released
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences.sentence import Sentence, Voice, about_column, finding, joined, tells


def leading(table: Released, n: int = 3, *, column: Key | str | None = None) -> Sentence:
    """The most common option with its share, count, base and interval, and the ``n`` − 1 next ones."""
    return about_column("leading", table, column, n=n)


def share(table: Released, level: str, *, column: Key | str | None = None) -> Sentence:
    """The share of one option, with count, base and interval."""
    rows = released(table).view.rows
    row = next((row for row in rows if level in (own for _, own in row)), None)
    if rows and row is None:
        near = nearest(level, [own for row in rows for _, own in row]) or "–"
        raise UsageError("present.no_level", table=table.view.id, level=level, nearest=near)
    return about_column("share", table, column, row=pack(row or ()))


def small(table: Released, *, grouped: bool = True) -> Sentence:
    """Too few to show: how much would be hidden, and what can be told.

    ``grouped``: the title names the grouping too.
    """
    return about_column("small", table, None, grouped=grouped)


def together(pairs: Released, n: int = 3) -> Sentence:
    """The two needs that meet most often, and the ``n`` − 1 next pairs."""
    if released(pairs).asked and not pairs_of(pairs):
        raise UsageError("present.no_pairs", table=pairs.view.id)
    return about_column("together", pairs, TOTAL, n=n)


def pairs_of(table: Released) -> dict[tuple[str, str], Key]:
    """The pairs of options that a pair table counts: (first, second) → the key of those who have both."""
    of = table.view.variable
    levels = list(table.variables[of].levels) if of in table.variables else []
    named = {(a, b): pair_name(of, a, b) for i, a in enumerate(levels) for b in levels[i + 1 :]}
    return {two: key((name, BOTH)) for two, name in named.items() if name in table.variables}


def groups(table: Released) -> tuple[Key, ...]:
    """The groups without everybody, where there are groups."""
    return tuple(column for column in table.view.columns if column) or table.view.columns


# --- what is most common --------------------------------------------------------------------------------------

#: So many level ones are named; of more only the number is told.
MOST_NAMED = 4


@tells("leading")
def _leading(voice: Voice) -> str:
    return _superlative(voice, wording.answers(voice.table), voice.quoted)


@tells("leading_by")
def _leading_by(voice: Voice) -> str:
    """The same of each group."""
    columns = ({**voice.options, "column": column} for column in voice.options["columns"])
    return joined(*dict.fromkeys(_leading(replace(voice, kind="leading", options=own)) for own in columns))


@finding("accumulation", of_column=True)
def accumulation(voice: Voice) -> str:
    """How many at once: the most common number, and the highest class."""

    def so_many(row: Key) -> str:  # "yksi tarve", where the class has words of its own
        ((_, level),) = row
        return i18n.words(voice.lang).get(f"present.needs.{level}") or voice.quoted(row)

    def highest(ranking: Ranking) -> str:
        top = wording.answers(voice.table)[-1]
        if top in ranking.first.names and len(ranking.first.names) <= MOST_NAMED:
            return ""
        return voice.text("accumulation_top", top=so_many(top), number=voice.measured(top, briefly=True))

    return _superlative(voice, wording.answers(voice.table), so_many, last=highest)


@tells("together")
def _together(voice: Voice) -> str:
    pairs = {row: two for two, row in pairs_of(voice.table).items()}

    def name(row: Key) -> str:
        a, b = (voice.quoted(key((voice.table.view.variable, level))) for level in pairs[row])
        return voice.text("pair", a=a, b=b)

    of = voice.text("together_of", n=len({level for two in pairs.values() for level in two}))
    return _superlative(voice, tuple(pairs), name, then=of)


def _superlative(
    voice: Voice, rows: tuple[Key, ...], name: Callable[[Key], str], then: str = "",
    last: Callable[[Ranking], str] = lambda _: "",
) -> str:  # fmt: skip
    """The most common of the rows, those that come next, and whether a hidden one can be as common."""
    ranking = estimate.ranking(voice.table, rows, voice.column, voice.options.get("n", 1))
    if not ranking.first.names:
        hidden = any(voice.table.cells[join(row, voice.column)].state is State.HIDDEN for row in rows)
        word = "nothing" if hidden else "no_mentions"
        return voice.text(word, title=voice.placed, base=voice.base(voice.column))
    unsure = voice.counted("present.text.more_hidden", ranking.first.unsure)
    first = _most(voice, ranking, name)
    if voice.brief:
        return first
    following = _next(voice, ranking, name)
    return joined(first, following, then, unsure, last(ranking), voice.caution())


def _most(voice: Voice, ranking: Ranking, name: Callable[[Key], str]) -> str:
    """The most common, all that are level with it, and whether that is so of those shown only."""
    first, shown = ranking.first.names, "_shown" if ranking.first.unsure else ""
    briefly = voice.options.get("told") == "counts"  # the figure has no intervals
    words = {"title": voice.placed, "number": voice.measured(first[0], briefly=briefly)}
    if len(first) > MOST_NAMED:
        return voice.text(f"level{shown}", n=len(first), **words)
    if len(first) > 1:
        return voice.text(f"{voice.kind}_tied{shown}", labels=voice.listing(map(name, first)), **words)
    return voice.text(f"{voice.kind}{shown}", label=name(first[0]), **words)


def _next(voice: Voice, ranking: Ranking, name: Callable[[Key], str]) -> str:
    """Those that come next; a hidden one may stand before the last of them even where none can be the first."""
    numbers = ((name(row), voice.measured(row, briefly=True)) for row in ranking.then)
    items = [voice.text("item", label=label, number=number) for label, number in numbers]
    shown = "_shown" if ranking.unsure and not ranking.first.unsure else ""
    listed = "; ".join(items) if voice.kind == "together" else voice.listing(items)
    return voice.counted(f"present.text.next{shown}", len(items), items=listed)


# --- other findings -------------------------------------------------------------------------------------------


@tells("share")
def _share(voice: Voice) -> str:
    (row,) = (row for row in voice.table.view.rows if row == voice.key("row"))
    known = estimate.proportion(voice.table, row, voice.column).share.known
    numbers = {"label": voice.quoted(row), "number": voice.measured(row)}
    word = "share" if known else "share_hidden"
    return joined(voice.text(word, title=voice.placed, **numbers), voice.caution() if known else "")


@finding("missing", of_column=True)
def missing(voice: Voice) -> str:
    """How many answers are missing, each kind by itself."""
    cells = {row: voice.table.cells[join(row, voice.column)] for row in wording.not_answers(voice.table)["missing"]}
    items = voice.items(row for row, cell in cells.items() if cell.state is not State.ZERO)
    if not items:
        return voice.text("missing_none", title=voice.placed, base=voice.base(voice.column))
    return voice.text("missing", title=voice.placed, items=voice.listing(items))


@finding("mean_age", of_column=True)
def mean_age(voice: Voice) -> str:
    """The mean age with its interval and base."""
    age = estimate.mean(voice.table, voice.column)
    if not age.mean.known:
        return voice.text("mean_hidden", title=voice.placed)
    word = "mean_age" if age.low.known and age.high.known else "mean_bare"
    numbers = {name: quantity.written(getattr(age, name), voice.lang, 1) for name in ("mean", "low", "high")}
    return joined(voice.text(word, title=voice.placed, base=voice.n(age.base), **numbers), voice.caution())


@tells("small")
def _small(voice: Voice) -> str:
    table, title = voice.table, voice.title(grouped=voice.options.get("grouped", True))
    every = len(table.view.rows) * len(table.view.columns)
    return joined(voice.text("small", title=title, hidden=table.hidden, all=every), _shown_anyway(voice))


def _shown_anyway(voice: Voice) -> str:
    """What can be told of everybody, largest first, where there is not enough even for a table of everybody."""
    table = voice.table
    if not wording.has(table, TOTAL) or not wording.mostly_hidden(table.only(TOTAL)):
        return ""
    cells = {row: table.cells[join(row, voice.column)] for row in table.view.rows}
    known = [row for row, cell in cells.items() if cell.state is State.SHOWN]
    items = voice.items(sorted(known, key=lambda row: -cells[row].number))
    return voice.text("small_shown", items=voice.listing(items)) if items else ""


@finding("counted")
def counted(voice: Voice) -> str:
    """How many there were in each row of a table, and in all."""
    cells = voice.table.cells
    items = (f"{voice.label(row)} {voice.count(cells[join(row, TOTAL)])}" for row in wording.answers(voice.table))
    listed = voice.listing(items)
    if voice.brief:
        voice.aside("", listed)
        return voice.text("counted", title=voice.placed, n=voice.count(cells[TOTAL])) if cells[TOTAL].known else ""
    return voice.words("events.counted", title=voice.placed, items=listed, n=voice.count(cells[TOTAL]))


@finding("progress")
def progress(voice: Voice) -> str:
    """How many of the table's rows there are in each group, the latest group first."""
    parts = []
    for column in list(reversed(groups(voice.table)))[: 1 if voice.brief else None]:
        cells = ((row, voice.table.cells[join(row, column)]) for row in voice.table.view.rows)
        numbers = ((voice.quoted(row), voice.count(cell)) for row, cell in cells if cell.state is not State.ZERO)
        items = voice.listing(voice.words("register.item", label=label, n=n) for label, n in numbers)
        parts.append(voice.words("register.group", group=voice.label(column), items=items))
    return voice.words("register.progress", title=voice.placed, items="; ".join(parts))
