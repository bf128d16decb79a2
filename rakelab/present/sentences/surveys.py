"""Findings about surveys and coding: response, statements, moves between classes, agreement, waiting."""

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Any

from rakelab import estimate, i18n
from rakelab.cells import NOTHING, TOTAL, Cell, Key, Released, State, join, shown
from rakelab.errors import UsageError
from rakelab.names import DECISION_DAYS
from rakelab.present.gate import pack, released, unpack
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences.quantity import statistic
from rakelab.present.sentences.sentence import Sentence, Voice, about, about_tables, finding, joined, tells

Invited = int | tuple[int, int]


def response(table: Released, invited: Invited | Sequence[Invited] | Mapping[str, Invited]) -> Sentence:
    """The response rate: how many of the ``invited`` answered.

    ``invited`` is one number for everybody, or one for each group of the table (its rows, where it has no groups) in
    order or by name; 0 where it is not known, and a pair where it is known within limits: ``[(98, 99), 98]``.
    """
    places = {TOTAL: invited} if isinstance(invited, int) else _by_group(released(table), invited)
    groups = [{"place": pack(place), "invited": _limits(n)} for place, n in places.items()]
    return about("response", table, groups=groups)


def _by_group(table: Released, invited: object) -> dict[Key, Any]:
    groups = [column for column in table.view.columns if column] or list(wording.answers(table))
    if isinstance(invited, Mapping):
        named = {level: group for group in groups for _, level in group}
        unknown = next((str(level) for level in invited if str(level) not in named), None)
        if unknown is not None:
            raise UsageError("present.no_column", table=table.view.id, column=unknown, known=", ".join(named))
        return {named[str(level)]: n for level, n in invited.items()}
    given = list(invited) if isinstance(invited, Sequence) else [None]
    if not any(given):
        return dict.fromkeys(groups, 0)
    if len(given) != len(groups):
        raise UsageError("present.no_invited")
    return dict(zip(groups, given, strict=True))


def _limits(invited: object) -> list[int]:
    given = [invited] if isinstance(invited, int) else invited
    if isinstance(given, Sequence) and len(given) in (1, 2) and all(isinstance(n, int) and n >= 0 for n in given):
        return sorted(dict.fromkeys(given))
    raise UsageError("present.no_invited")


def statements(tables: Sequence[Released]) -> Sentence:
    """Which statement has the largest share of answers on the upper side of the middle, and which the smallest."""
    if not tables:
        raise UsageError("present.nothing_given")
    return about_tables("statements", tables, tables=[released(table).view.id for table in tables])


@tells("response")
def _response(voice: Voice) -> str:
    groups = voice.options["groups"]
    asked = [group for group in groups if 0 not in group["invited"]]
    items = [_responded(voice, unpack(group["place"]), group["invited"]) for group in asked or groups]
    if not asked:
        return voice.text("responses_only", items=voice.listing(items))
    return voice.text("response" if len(items) == 1 else "responses", items="; ".join(items))


def _responded(voice: Voice, place: Key, invited: Sequence[int]) -> str:
    answered = voice.table.cells[place]
    if 0 in invited:
        item = voice.n(answered)
    else:
        shares = "–".join(dict.fromkeys(wording.share(answered / n, voice.lang) for n in reversed(invited)))
        limits = "–".join(i18n.number(n, voice.lang) for n in invited)
        item = voice.text("responded", share=shares, count=voice.count(answered), invited=limits)
    return item if place == TOTAL else voice.text("of_group", group=voice.label(place), item=item)


# --- statements -----------------------------------------------------------------------------------------------


@tells("statements")
def _statements(voice: Voice) -> str:
    items = [voice.tables[name] for name in voice.options["tables"]]
    told = filter(_drawn, items) if voice.options.get("told") == "bars" else items
    known = {item.view.id: above for item in told if (above := _above(item)).known}
    labels = voice.listing(voice.quoted(row) for row in _upper(voice.table))
    if not known:
        hidden = any(wording.base_cell(item, TOTAL).state is not State.ZERO for item in items)
        return voice.text("statements_hidden" if hidden else "statements_none", labels=labels)
    small = any(wording.indicative(item, TOTAL) for item in items if item.view.id in known)
    return joined(
        _most_and_least(voice, items, known, labels),
        voice.counted("present.text.statements_left_out", len(items) - len(known)),
        voice.text("statements_few") if small else "",
    )


def _most_and_least(voice: Voice, items: Sequence[Released], known: Mapping[str, Cell], labels: str) -> str:
    limits = {item.view.id: estimate.share_limits(item, _upper(item)) for item in items}
    hidden = [ends for name, ends in limits.items() if name not in known]
    limits = {name: limits[name] for name in known}
    extremes = {"most": estimate.largest(limits, hidden), "least": estimate.smallest(limits, hidden)}
    named = {
        end: voice.listing(_statement(voice, voice.tables[name], known[name]) for name in extreme.names)
        for end, extreme in extremes.items()
    }
    if len(known) == 1 or extremes["most"].names == extremes["least"].names:
        return voice.text("statement" if len(known) == 1 else "statements_even", labels=labels, most=named["most"])
    forms = {
        f"in_{end}": voice.text("statements_one" if len(extreme.names) == 1 else "statements_other")
        for end, extreme in extremes.items()
    }
    shown = "_shown" if any(extreme.unsure for extreme in extremes.values()) else ""
    return voice.text(f"statements{shown}", labels=labels, **named, **forms)


def _upper(table: Released) -> tuple[Key, ...]:
    """The answers on the upper side of the middle."""
    answers = wording.answers(table)
    return answers[(len(answers) + 1) // 2 :]


def _drawn(table: Released) -> bool:
    """A figure has a bar of it: none of its answers is hidden."""
    return all(table.cells[row].known for row in wording.answers(table))


def _above(table: Released) -> Cell:
    """How many gave them; missing where nobody answered."""
    base = wording.base_cell(table, TOTAL)
    return NOTHING if base.state is State.ZERO else base * 0 + _sum(table.cells[row] for row in _upper(table))


def _sum(cells: Iterable[Cell]) -> Cell:
    return sum(cells, shown(0))


def _statement(voice: Voice, table: Released, above: Cell) -> str:
    label = voice.quote(wording.variable_title(table, table.view.variable, voice.lang))
    number = wording.briefly(above, wording.base_cell(table, TOTAL), voice.lang)
    return voice.text("item", label=label, number=number)


# --- moves ----------------------------------------------------------------------------------------------------


def origins(table: Released) -> tuple[Key, ...]:
    """The classes where people were."""
    return tuple(column for column in table.view.columns if column != TOTAL and not wording.is_missing(table, column))


@finding("moved")
def moved(voice: Voice) -> str:
    """How many stayed in their class and how many moved, from a table for ``matrix``; the commonest move by name."""
    pairs = [(a, b) for a in origins(voice.table) for b in wording.answers(voice.table)]
    cells = {pair: voice.table.cells[join(*pair)] for pair in pairs}
    moves = {(a, b): cell for (a, b), cell in cells.items() if a[0][1] != b[0][1]}
    every, same = _sum(cells.values()), _sum(cell for pair, cell in cells.items() if pair not in moves)
    if every.known and (same / every).known:
        words = voice.text("moved", title=voice.title(), stayed=wording.briefly(same, every, voice.lang))
    else:
        words = voice.text("moved_hidden", title=voice.title())
    total, told = voice.table.cells[TOTAL], sum(cell.number for cell in cells.values() if cell.known)
    rest = total.number - told if total.known else inf
    return joined(words, _commonest(voice, moves, rest), voice.text("no_ranking"))


def _commonest(voice: Voice, moves: Mapping[tuple[Key, Key], Cell], rest: float) -> str:
    """The commonest move; a hidden one can be of as many as there are in the ``rest``."""
    known = {pair: (cell.number, cell.number) for pair, cell in moves.items() if cell.state is State.SHOWN}
    extreme = estimate.largest(known, [(0.0, rest) for cell in moves.values() if not cell.known])
    if not extreme.names:
        return ""
    named = [voice.text("move", a=voice.quoted(a), b=voice.quoted(b)) for a, b in extreme.names]
    word = f"commonest_move{'_shown' if extreme.unsure else ''}.{'one' if len(named) == 1 else 'other'}"
    return voice.text(word, moves=voice.listing(named), n=voice.count(moves[extreme.names[0]]))


# --- coding and waiting ---------------------------------------------------------------------------------------


@finding("agreement")
def agreement_sentence(voice: Voice) -> str:
    """How alike two coders coded, and how much there is to discuss."""
    table, title = voice.table, voice.title(grouped=True)
    known = [row for row in table.view.rows if statistic(table, row, "kappa").known]
    if not known:  # what share was coded alike, if that can be told
        alike = [row for row in table.view.rows if statistic(table, row, "agreement").known]
        said = (voice.text("agreement_share", label=voice.line(row), **_coded(voice, row)) for row in alike)
        if voice.brief:
            return next(said, "")
        return joined(*said, voice.text("agreement_few")) if alike else voice.text("agreement_hidden", title=title)
    talk = _sum(statistic(table, row, "disagreements") for row in known)
    words = voice.text("agreement", title=title, **_coded(voice, known[0]))
    if len(table.view.rows) > 1:
        words = _kappas(voice, known, title)
    return joined(words, voice.text("discuss", n=quantity.written(talk, voice.lang, 0)))


def _kappas(voice: Voice, known: Sequence[Key], title: str) -> str:
    """The lowest and the highest kappa, as they are written: those that are written alike are level."""
    limits = {row: (i18n.rounded(statistic(voice.table, row, "kappa").number, 1),) * 2 for row in known}
    hidden = [(-1.0, 1.0)] * (len(voice.table.view.rows) - len(known))
    lowest, highest = estimate.smallest(limits, hidden), estimate.largest(limits, hidden)
    low, high = (_coded(voice, extreme.names[0])["kappa"] for extreme in (lowest, highest))
    shown = "_shown" if hidden else ""
    if lowest.names == highest.names:
        return voice.text(f"agreements_even{shown}", title=title, low=low)
    label = voice.listing(voice.quote(voice.line(row)) for row in lowest.names)
    return voice.text(f"agreements{shown}", title=title, label=label, low=low, high=high)


def _coded(voice: Voice, row: Key) -> dict[str, str]:
    """All that is known of how alike a row was coded; ``n``: how many there are to discuss."""
    names = ("kappa", "alpha", "kappa_low", "kappa_high", "alpha_low", "alpha_high", "agreement", "disagreements")
    cells = {name: statistic(voice.table, row, name) for name in names}
    numbers = {
        "share": wording.share(cells["agreement"], voice.lang), "base": voice.n(voice.table.cells[row]),
        "n": quantity.written(cells["disagreements"], voice.lang, 0),
    }  # fmt: skip
    for name in ("kappa", "alpha"):
        interval = quantity.between(cells[f"{name}_low"], cells[f"{name}_high"], voice.lang, 1)
        numbers |= {name: quantity.written(cells[name], voice.lang, 1), f"{name}_interval": interval}
    return numbers


@finding("waiting", of_column=True)
def waiting(voice: Voice) -> str:
    """The median time with its interval."""
    cell_key = join(voice.table.view.rows[0], voice.column)
    median, low, high = (statistic(voice.table, cell_key, name) for name in ("median", "low", "high"))
    words = {"title": voice.placed, "base": voice.n(voice.table.cells[cell_key])}
    if not median.known:
        return voice.text("waiting_hidden" if median.state is State.HIDDEN else "waiting_none", **words)
    numbers = {"median": quantity.days(median, voice.lang), "interval": quantity.day_range(low, high, voice.lang)}
    small = quantity.indicative([voice.table.cells[cell_key]])
    said = "waiting_decision" if voice.table.view.variable == DECISION_DAYS else "waiting"
    return joined(voice.text(said, **words, **numbers), voice.text("indicative", **words) if small else "")
