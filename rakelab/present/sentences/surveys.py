"""Findings about surveys and coding: response, statements, who stayed as they were, moves, agreement, waiting."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Any

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Key, Released, State, join, shown
from rakelab.errors import UsageError, nearest
from rakelab.estimate import Extreme
from rakelab.present.figures.transitions import froms, tos
from rakelab.present.gate import column_key, pack, released, unpack
from rakelab.present.origin import merged
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences.sentence import Sentence, Told, about, joined, tells
from rakelab.present.tables.statistics import day_range, days, statistic

#: The three classes of reliable change, as ``prepare`` makes them.
IMPROVED, UNCHANGED, WORSENED = "parani", "ennallaan", "huononi"
Invited = int | tuple[int, int]


def response(table: Released, invited: Invited | Sequence[Invited] | Mapping[str, Invited]) -> Sentence:
    """The response rate: how many of the ``invited`` answered.

    ``invited`` is one number for everybody, or one for each group of the table (its rows, where it has no groups) in
    order or by name; 0 where it is not known, and a pair where it is known within limits: ``[(98, 99), 98]``.
    """
    found = released(table)
    places = {TOTAL: invited} if isinstance(invited, int) else _by_group(found, invited)
    groups = [{"place": pack(one), "invited": _ends(n)} for one, n in places.items()]
    return about("response", found, groups=groups)


def _by_group(found: Released, invited: object) -> dict[Key, Any]:
    groups = [one for one in found.view.columns if one] or list(wording.rows_by_kind(found)[0])
    if isinstance(invited, Mapping):
        named = {level: one for one in groups for _, level in one}
        unknown = next((str(level) for level in invited if str(level) not in named), None)
        if unknown is not None:
            raise UsageError("present.no_column", table=found.view.id, column=unknown, known=", ".join(named))
        return {named[str(level)]: n for level, n in invited.items()}
    given = list(invited) if isinstance(invited, Sequence) else [None]
    if not any(given):
        return dict.fromkeys(groups, 0)
    if len(given) != len(groups):
        raise UsageError("present.no_invited")
    return dict(zip(groups, given, strict=True))


def _ends(invited: object) -> list[int]:
    given = [invited] if isinstance(invited, int) else invited
    if not isinstance(given, Sequence) or not 1 <= len(given) <= 2:
        raise UsageError("present.no_invited")
    if any(not isinstance(n, int) or n < 0 for n in given):
        raise UsageError("present.no_invited")
    return sorted(dict.fromkeys(given))


def statements(tables: Sequence[Released]) -> Sentence:
    """Which statement has the largest share of answers on the upper side of the middle, and which the smallest."""
    items = [released(table) for table in tables]
    if not items:
        raise UsageError("present.nothing_given")
    names = [one.view.id for one in items]
    return Sentence("statements", {"table": names[0], "tables": names}, merged({one.view.id: one} for one in items))


def stayed(table: Released, *, goal: str = "", column: Key | str | None = None) -> Sentence:
    """How many improved, stayed as they were and worsened; ``goal="ennallaan"`` where the aim was just to stay so."""
    if goal not in ("", UNCHANGED):
        raise UsageError("present.no_goal", goal=goal, nearest=nearest(goal, [UNCHANGED]) or UNCHANGED)
    found = released(table)
    return about("stayed", found, column=pack(column_key(found, column)), goal=goal)


def moved(table: Released) -> Sentence:
    """How many stayed in their class and how many moved, from a table for ``matrix``; the commonest move by name."""
    return about("moved", table)


def agreement_sentence(table: Released) -> Sentence:
    """How alike two coders coded, and how much there is to discuss."""
    return about("agreement", table)


def waiting(table: Released, *, column: Key | str | None = None) -> Sentence:
    """The median time with its interval."""
    found = released(table)
    return about("waiting", found, column=pack(column_key(found, column)))


@tells("response")
def _response(told: Told) -> str:
    groups = told.options["groups"]
    asked = [one for one in groups if 0 not in one["invited"]]
    items = [_responded(told, unpack(one["place"]), one["invited"]) for one in asked or groups]
    if not asked:
        return told.words("present.text.responses_only", items=i18n.listing(items, told.lang))
    return told.words(f"present.text.{'response' if len(items) == 1 else 'responses'}", items="; ".join(items))


def _responded(told: Told, place: Key, invited: Sequence[int]) -> str:
    answered = told.table.cells[place]
    numbers = {"count": wording.count(answered, told.lang), "invited": _range(invited, told.lang)}
    if 0 in invited:
        made = told.words("present.n", n=numbers["count"])
    else:
        shares = dict.fromkeys(wording.share(answered / n, told.lang) for n in reversed(invited))
        made = told.words("present.text.responded", share="–".join(shares), **numbers)
    if place == TOTAL:
        return made
    return told.words("present.text.of_group", group=wording.label(told.table, place, told.lang), item=made)


def _range(ends: Sequence[int], lang: str) -> str:
    return "–".join(i18n.number(n, lang) for n in ends)


# --- statements -----------------------------------------------------------------------------------------------


@tells("statements")
def _statements(told: Told) -> str:
    items = [told.tables[name] for name in told.options["tables"]]
    known = [(one, above) for one in items if (above := _above(one)).known]
    labels = i18n.listing((told.quoted(row) for row in _upper(told.table)), told.lang)
    if not known:
        any_hidden = any(wording.base_cell(one, TOTAL).state is not State.ZERO for one in items)
        return told.words(f"present.text.{'statements_hidden' if any_hidden else 'statements_none'}", labels=labels)
    hidden = len(items) - len(known)
    return joined(
        _most_and_least(told, items, dict(_named(known)), labels),
        i18n.counted("present.text.statements_left_out", hidden, told.lang) if hidden else "",
        told.words("present.text.statements_few") if any(wording.few(one, TOTAL) for one, _ in known) else "",
    )  # fmt: skip


def _named(known: Iterable[tuple[Released, Cell]]) -> Iterator[tuple[str, Cell]]:
    return ((one.view.id, above) for one, above in known)


def _most_and_least(told: Told, items: Sequence[Released], known: Mapping[str, Cell], labels: str) -> str:
    limits = {one.view.id: estimate.share_limits(one, _upper(one)) for one in items}
    shown = {name: limits[name] for name in known}
    hidden = [limits[one.view.id] for one in items if one.view.id not in known]
    most, least = estimate.largest(shown, hidden), estimate.smallest(shown, hidden)
    ends = [
        i18n.listing((_statement(told, told.tables[name], known[name]) for name in end.names), told.lang)
        for end in (most, least)
    ]
    if len(known) == 1 or most.names == least.names:
        return told.words(
            f"present.text.{'statement' if len(known) == 1 else 'statements_even'}", labels=labels, most=ends[0]
        )
    some = "_shown" if most.unsure or least.unsure else ""
    ends_in = {name: _in_statements(told, end) for name, end in (("in_most", most), ("in_least", least))}
    return told.words(f"present.text.statements{some}", labels=labels, most=ends[0], least=ends[1], **ends_in)


def _in_statements(told: Told, end: Extreme[str]) -> str:
    return told.words(f"present.text.{'statements_one' if len(end.names) == 1 else 'statements_other'}")


def _upper(table: Released) -> tuple[Key, ...]:
    """The answers on the upper side of the middle."""
    answers, _ = wording.rows_by_kind(table)
    return answers[(len(answers) + 1) // 2 :]


def _above(table: Released) -> Cell:
    """How many gave them; missing where nobody answered."""
    if wording.base_cell(table, TOTAL).state is State.ZERO:
        return Cell(State.MISSING)
    return wording.base_cell(table, TOTAL) * 0 + _sum(table.cells[row] for row in _upper(table))


def _sum(cells: Iterable[Cell]) -> Cell:
    return sum(cells, shown(0))


def _statement(told: Told, table: Released, above: Cell) -> str:
    name = told.words("present.quoted", label=wording.variable_title(table, table.view.variable, told.lang))
    return told.words(
        "present.text.item", label=name, number=_briefly(above, wording.base_cell(table, TOTAL), told.lang)
    )


def _briefly(count: Cell, base: Cell, lang: str) -> str:
    numbers = {"count": wording.count(count, lang), "base": wording.count(base, lang)}
    return i18n.text("present.briefly", lang, share=wording.share(count / base, lang), **numbers)


# --- who stayed as they were ----------------------------------------------------------------------------------


@tells("stayed")
def _stayed(told: Told) -> str:
    rows = {row[0][1]: row for row in told.table.view.rows if row[0][1] in (IMPROVED, UNCHANGED, WORSENED)}
    items = [told.words("present.text.item", label=told.quoted(r), number=told.measured(r)) for r in rows.values()]
    if not items:
        return told.words("present.text.no_mentions", title=told.title, base=told.base)
    made = told.words("present.text.stayed", title=told.title, items=i18n.listing(items, told.lang))
    return joined(made, _aim(told, rows) if told.options["goal"] else "", told.caution())


def _aim(told: Told, rows: Mapping[str, Key]) -> str:
    """The aim was to prevent worsening: to stay as one was is a success."""
    good = _sum(told.table.cells[join(rows[name], told.column)] for name in (IMPROVED, UNCHANGED) if name in rows)
    base = wording.base_cell(told.table, told.column)
    if not (good.known and (good / base).known):
        return told.words("present.text.aim_hidden")
    return told.words("present.text.aim", number=_briefly(good, base, told.lang))


@tells("moved")
def _moved(told: Told) -> str:
    cells = {(a, b): told.table.cells[join(a, b)] for a in froms(told.table) for b in tos(told.table)}
    every = _sum(cells.values())
    same = _sum(cell for (a, b), cell in cells.items() if _level(a) == _level(b))
    title = wording.title(told.table, told.lang, grouped=False)
    if not (every.known and (same / every).known):
        made = told.words("present.text.moved_hidden", title=title)
    else:
        made = told.words("present.text.moved", title=title, stayed=_briefly(same, every, told.lang))
    return joined(made, _commonest(told, cells), told.words("present.text.no_ranking"))


def _level(one: Key) -> str:
    return one[0][1]


def _commonest(told: Told, cells: Mapping[tuple[Key, Key], Cell]) -> str:
    moves = {pair: cell for pair, cell in cells.items() if _level(pair[0]) != _level(pair[1])}
    known = {pair: (cell.value or 0.0,) * 2 for pair, cell in moves.items() if cell.state is State.SHOWN}
    every = told.table.cells[TOTAL]
    left = (
        (every.value or 0.0) - sum(cell.value or 0.0 for cell in cells.values() if cell.known) if every.known else inf
    )
    found = estimate.largest(known, [(0.0, left) for cell in moves.values() if not cell.known])
    if not found.names:
        return ""
    pairs = [told.words("present.text.move", a=told.quoted(a), b=told.quoted(b)) for a, b in found.names]
    some = "_shown" if found.unsure else ""
    form = "one" if len(pairs) == 1 else "other"
    n = wording.count(moves[found.names[0]], told.lang)
    return told.words(f"present.text.commonest_move{some}.{form}", moves=i18n.listing(pairs, told.lang), n=n)


# --- coding and waiting ---------------------------------------------------------------------------------------


@tells("agreement")
def _agreement(told: Told) -> str:
    table, title = told.table, wording.title(told.table, told.lang)
    known = [row for row in table.view.rows if statistic(table, row, "kappa").known]
    if not known:
        return _alike(told)
    talk = _sum(statistic(table, row, "disagreements") for row in known)
    discuss = told.words("present.text.discuss", n=quantity.written(talk, told.lang, 0))
    if len(table.view.rows) == 1:
        return joined(told.words("present.text.agreement", title=title, **_kappa(told, known[0])), discuss)
    return joined(_kappas(told, known, title), discuss)


def _kappas(told: Told, known: Sequence[Key], title: str) -> str:
    """The lowest and the highest kappa, as they are written: those that are written alike are level."""
    shown = {row: (i18n.rounded(statistic(told.table, row, "kappa").value or 0.0, 1),) * 2 for row in known}
    hidden = [(-1.0, 1.0)] * (len(told.table.view.rows) - len(known))
    lowest, highest = estimate.smallest(shown, hidden), estimate.largest(shown, hidden)
    ends = {"low": _of(told, lowest.names[0], "kappa"), "high": _of(told, highest.names[0], "kappa")}
    some = "_shown" if hidden else ""
    if lowest.names == highest.names:
        return told.words(f"present.text.agreements_even{some}", title=title, low=ends["low"])
    rows = (told.words("present.quoted", label=wording.line(told.table, row, told.lang)) for row in lowest.names)
    return told.words(f"present.text.agreements{some}", title=title, label=i18n.listing(rows, told.lang), **ends)


def _alike(told: Told) -> str:
    """Where no coefficient can be told: what share was coded alike, if that can."""
    rows = [row for row in told.table.view.rows if statistic(told.table, row, "agreement").known]
    if not rows:
        return told.words("present.text.agreement_hidden", title=wording.title(told.table, told.lang))
    return joined(*(_shared(told, row) for row in rows), told.words("present.text.agreement_few"))


def _shared(told: Told, row: Key) -> str:
    label, share = wording.line(told.table, row, told.lang), statistic(told.table, row, "agreement")
    base = told.words("present.n", n=wording.count(told.table.cells[row], told.lang))
    talk = quantity.written(statistic(told.table, row, "disagreements"), told.lang, 0)
    numbers = {"share": wording.share(share, told.lang), "n": talk, "base": base}
    return told.words("present.text.agreement_share", label=label, **numbers)


def _of(told: Told, row: Key, name: str) -> str:
    return quantity.written(statistic(told.table, row, name), told.lang, 1)


def _kappa(told: Told, row: Key) -> dict[str, str]:
    ends = {
        name: [statistic(told.table, row, f"{name}_{end}") for end in ("low", "high")] for name in ("kappa", "alpha")
    }
    limits = {name: quantity.between(low, high, told.lang, 1) for name, (low, high) in ends.items()}
    return {
        "share": wording.share(statistic(told.table, row, "agreement"), told.lang),
        "kappa": _of(told, row, "kappa"),
        "alpha": _of(told, row, "alpha"),
        "kappa_interval": limits["kappa"],
        "alpha_interval": limits["alpha"],
        "base": told.words("present.n", n=wording.count(told.table.cells[row], told.lang)),
    }


@tells("waiting")
def _waiting(told: Told) -> str:
    one = join(told.table.view.rows[0], told.column)
    median, low, high = (statistic(told.table, one, name) for name in ("median", "low", "high"))
    base = told.words("present.n", n=wording.count(told.table.cells[one], told.lang))
    if not median.known:
        word = "waiting_hidden" if median.state is State.HIDDEN else "waiting_none"
        return told.words(f"present.text.{word}", title=told.title, base=base)
    numbers = {"median": days(median, told.lang), "interval": day_range(low, high, told.lang), "base": base}
    few = quantity.few([told.table.cells[one]])
    return joined(
        told.words("present.text.waiting", title=told.title, **numbers),
        told.words("present.text.indicative", base=base) if few else "",
    )
