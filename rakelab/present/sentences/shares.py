"""Findings of one table: what is most common, how large a share is, what is missing, what is too small to show.

Each maker checks what it is given and returns a ``Sentence``; the teller of the same name says it. Every number is
drawn from the released table, so a hidden one is said to be hidden.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Key, Released, State, join, key
from rakelab.errors import UsageError, nearest
from rakelab.estimate import Ranking
from rakelab.names import BOTH, pair_name
from rakelab.present.gate import column_key, pack, released
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences.sentence import Sentence, Told, about, joined, tells


def _about(kind: str, table: object, column: Key | str | None = None, **options: object) -> Sentence:
    found = released(table)
    return about(kind, found, column=pack(column_key(found, column)), **options)


def leading(table: Released, n: int = 3, *, column: Key | str | None = None) -> Sentence:
    """The most common option with its share, count, base and interval, and the ``n`` − 1 next ones."""
    return _about("leading", table, column, n=n)


def share(table: Released, level: str, *, column: Key | str | None = None) -> Sentence:
    """The share of one option, with count, base and interval."""
    return _about("share", table, column, row=pack(_row(released(table), level)))


def accumulation(table: Released, *, column: Key | str | None = None) -> Sentence:
    """How many at once: the most common number, and the highest class."""
    return _about("accumulation", table, column)


def missing(table: Released, *, column: Key | str | None = None) -> Sentence:
    """How many answers are missing, each kind by itself."""
    return _about("missing", table, column)


def mean_age(table: Released, *, column: Key | str | None = None) -> Sentence:
    """The mean age with its interval and base."""
    return _about("mean_age", table, column)


def small(table: Released, *, grouped: bool = True) -> Sentence:
    """Too few to show: how much would be hidden, and what can be told.

    ``grouped``: the title names the grouping too.
    """
    return _about("small", table, grouped=grouped)


def together(pairs: Released, n: int = 3) -> Sentence:
    """The two needs that meet most often, and the ``n`` − 1 next pairs."""
    table = released(pairs)
    if not pairs_of(table):
        raise UsageError("present.no_pairs", table=table.view.id)
    return _about("together", table, TOTAL, n=n)


def _row(table: Released, level: str) -> Key:
    found = next((row for row in table.view.rows if level in (one for _, one in row)), None)
    if found is None:
        known = [one for row in table.view.rows for _, one in row]
        raise UsageError("present.no_level", table=table.view.id, level=level, nearest=nearest(level, known) or "–")
    return found


def pairs_of(table: Released) -> dict[tuple[str, str], Key]:
    """The pairs of options that a pair table counts: (first, second) → the key of those who have both."""
    of = table.view.variable
    levels = list(table.variables[of].levels) if of in table.variables else []
    named = {(a, b): pair_name(of, a, b) for i, a in enumerate(levels) for b in levels[i + 1 :]}
    return {two: key((name, BOTH)) for two, name in named.items() if name in table.variables}


def _ranked(told: Told, rows: tuple[Key, ...]) -> list[Key]:
    """Rows whose count may be told and is not zero, largest first; ties in the form's order."""
    cells = told.table.cells
    known = [row for row in rows if cells[join(row, told.column)].state is State.SHOWN]
    return sorted(known, key=lambda row: -(cells[join(row, told.column)].value or 0))


def _hidden(told: Told, rows: tuple[Key, ...]) -> int:
    return sum(told.table.cells[join(row, told.column)].state is State.HIDDEN for row in rows)


def _nothing(told: Told, rows: tuple[Key, ...]) -> str:
    word = "nothing" if _hidden(told, rows) else "no_mentions"
    return told.words(f"present.text.{word}", title=told.title, base=told.base)


@tells("leading")
def _leading(told: Told) -> str:
    answers, _ = wording.rows_by_kind(told.table)
    found = estimate.ranking(told.table, answers, told.column, told.options["n"])
    if not found.first.names:
        return _nothing(told, answers)
    return joined(
        _superlative(told, "leading", found, told.quoted),
        _following(told, found),
        _caveat(told, found),
        told.caution(),
    )


@tells("leading_by")
def _leading_by(told: Told) -> str:
    """The same of each group."""
    columns = ({**told.options, "column": column} for column in told.options["columns"])
    return joined(*dict.fromkeys(_leading(replace(told, options=own)) for own in columns))


#: So many level ones are named; of more only the number is told.
MOST_NAMED = 4


def _superlative(told: Told, word: str, found: Ranking, name: Callable[[Key], str]) -> str:
    """The most common, all that are level with it, and whether that is so of those shown only."""
    first = found.first.names
    briefly = told.options.get("told") == "counts"  # the figure has no intervals
    words = {"title": told.title, "number": told.measured(first[0], briefly=briefly)}
    some = "_shown" if found.first.unsure else ""
    if len(first) > MOST_NAMED:
        return told.words(f"present.text.level{some}", n=len(first), **words)
    if len(first) > 1:
        return told.words(f"present.text.{word}_tied{some}", labels=i18n.listing(map(name, first), told.lang), **words)
    return told.words(f"present.text.{word}{some}", label=name(first[0]), **words)


def _following(told: Told, found: Ranking) -> str:
    rows = found.then
    items = [told.words("present.text.item", label=told.quoted(r), number=told.measured(r, briefly=True)) for r in rows]
    return _next(told, found, items, i18n.listing(items, told.lang))


def _caveat(told: Told, found: Ranking) -> str:
    """A hidden option can be a large one: a superlative among those shown must say so."""
    n = found.first.unsure
    return i18n.counted("present.text.more_hidden", n, told.lang) if n else ""


@tells("share")
def _share(told: Told) -> str:
    (row,) = (r for r in told.table.view.rows if pack(r) == told.options["row"])
    known = estimate.proportion(told.table, row, told.column).share.known
    word, label = "share" if known else "share_hidden", told.quoted(row)
    return joined(
        told.words(f"present.text.{word}", title=told.title, label=label, number=told.measured(row)),
        told.caution() if known else "",
    )


@tells("accumulation")
def _accumulation(told: Told) -> str:
    answers, _ = wording.rows_by_kind(told.table)
    found = estimate.ranking(told.table, answers, told.column)
    if not found.first.names:
        return _nothing(told, answers)
    made = _superlative(told, "accumulation", found, lambda row: _so_many(told, row))
    return joined(made, _caveat(told, found), _highest(told, answers[-1], found), told.caution())


def _highest(told: Told, row: Key, found: Ranking) -> str:
    """How many are in the highest class, unless that was just told."""
    if row in found.first.names and len(found.first.names) <= MOST_NAMED:
        return ""
    number = told.measured(row, briefly=True)
    return told.words("present.text.accumulation_top", top=_so_many(told, row), number=number)


def _so_many(told: Told, row: Key) -> str:
    """``yksi tarve``, where the class has words of its own."""
    ((_, level),) = row
    return i18n.words(told.lang).get(f"present.needs.{level}") or told.quoted(row)


@tells("missing")
def _missing(told: Told) -> str:
    absent = wording.not_answers(told.table)["missing"]
    cells = [told.table.cells[join(row, told.column)] for row in absent]
    some = [row for row, cell in zip(absent, cells, strict=True) if cell.state is not State.ZERO]
    if not some:
        return told.words("present.text.missing_none", title=told.title, base=told.base)
    items = [told.words("present.text.item", label=told.quoted(r), number=told.measured(r, briefly=True)) for r in some]
    return told.words("present.text.missing", title=told.title, items=i18n.listing(items, told.lang))


@tells("mean_age")
def _mean_age(told: Told) -> str:
    found = estimate.mean(told.table, told.column)
    if not found.mean.known:
        return told.words("present.text.mean_hidden", title=told.title)
    word = "mean_age" if found.low.known and found.high.known else "mean_bare"
    numbers = {name: quantity.written(getattr(found, name), told.lang, 1) for name in ("mean", "low", "high")}
    base = told.words("present.n", n=wording.count(found.base, told.lang))
    return joined(told.words(f"present.text.{word}", title=told.title, base=base, **numbers), told.caution())


@tells("small")
def _small(told: Told) -> str:
    table = told.table
    title = wording.title(table, told.lang, grouped=told.options.get("grouped", True))
    every = len(table.view.rows) * len(table.view.columns)
    return joined(
        told.words("present.text.small", title=title, hidden=table.hidden, all=every),
        _shown_anyway(told),
    )


def _shown_anyway(told: Told) -> str:
    """What can be told of everybody, where there is not enough even for a table of everybody."""
    if not wording.has(told.table, TOTAL) or not wording.thin(told.table.only(TOTAL)):
        return ""
    rows = _ranked(told, told.table.view.rows)
    items = [told.words("present.text.item", label=told.quoted(r), number=told.measured(r, briefly=True)) for r in rows]
    return told.words("present.text.small_shown", items=i18n.listing(items, told.lang)) if items else ""


@tells("together")
def _together(told: Told) -> str:
    pairs = {row: two for two, row in pairs_of(told.table).items()}
    found = estimate.ranking(told.table, tuple(pairs), told.column, told.options["n"])
    if not found.first.names:
        return _nothing(told, tuple(pairs))
    return joined(
        _superlative(told, "together", found, lambda row: _pair(told, pairs[row])),
        _following_pairs(told, found, pairs),
        told.words("present.text.together_of", n=len({level for two in pairs.values() for level in two})),
        _caveat(told, found),
        told.caution(),
    )


def _pair(told: Told, two: tuple[str, str]) -> str:
    a, b = (told.quoted(key((told.table.view.variable, level))) for level in two)
    return told.words("present.text.pair", a=a, b=b)


def _following_pairs(told: Told, found: Ranking, pairs: Mapping[Key, tuple[str, str]]) -> str:
    items = [
        told.words("present.text.item", label=_pair(told, pairs[row]), number=told.measured(row, briefly=True))
        for row in found.then
    ]
    return _next(told, found, items, "; ".join(items))


def _next(told: Told, found: Ranking, items: Sequence[str], listed: str) -> str:
    """Those that come next; a hidden one may stand before the last of them even where none can be the first."""
    some = "_shown" if found.unsure and not found.first.unsure else ""
    return i18n.counted(f"present.text.next{some}", len(items), told.lang, items=listed) if items else ""
