"""Findings about the same people before and after: mean change, who stayed, who left, what change is reliable."""

from collections.abc import Iterable, Mapping, Sequence

from rakelab import estimate
from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Released, join, key, shown
from rakelab.errors import UsageError, nearest
from rakelab.estimate import MeanChange, Turn
from rakelab.fields import ANSWERED
from rakelab.formulas import reliable_change
from rakelab.instrument import Instrument, instrument
from rakelab.instrument import names as shipped
from rakelab.names import CHANGE, CLASS, LEFT, START, made_of, source_of
from rakelab.present.gate import pack, released, unpack
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences.quantity import statistic
from rakelab.present.sentences.sentence import (
    Sentence,
    Voice,
    about,
    about_column,
    about_tables,
    finding,
    joined,
    tells,
)
from rakelab.scales import DIRECTIONS

#: The three classes of reliable change, as ``prepare`` makes them.
IMPROVED, UNCHANGED, WORSENED = "parani", "ennallaan", "huononi"


def change(table: Released, variable: str = "", *, better: str = "none") -> Sentence:
    """The mean change of one scale; ``better`` says which way is better: higher_better, higher_worse or none."""
    if better not in DIRECTIONS:
        raise UsageError("present.no_direction", direction=better, nearest=nearest(better, DIRECTIONS) or "–")
    first = changes_of(released(table))[0].row
    return about("change", table, row=pack(row_of(table, variable) if variable else first), better=better)


def changed(table: Released, instruments: Iterable[Instrument] = ()) -> Sentence:
    """How many of the measured changes are beyond chance, each with its number. An item that asks of harm to oneself
    (of the built-in instruments, and of ``instruments``) never stands without a word of what its mean does not tell."""
    used = (*map(instrument, shipped()), *instruments)
    risky = {made_of(own.column(item.number), CHANGE) for own in used for item in own.items if item.risk}
    return about("changed", table, risk=[row[0][0] for row in released(table).view.rows if row[0][0] in risky])


def directions(table: Released, instruments: Iterable[Instrument]) -> dict[str, str]:
    """Which way each scale's change in ``table`` is better, as the instruments say; only scales that the table has."""
    scales = ((used, scale) for used in instruments for scale in used.scales)
    known = {made_of(used.score_column(scale.name), CHANGE): scale.direction for used, scale in scales}
    return {row[0][0]: known[row[0][0]] for row in released(table).view.rows if row[0][0] in known}


def stayed(table: Released, *, goal: str = "", column: Key | str | None = None) -> Sentence:
    """How many improved, stayed as they were and worsened; ``goal="ennallaan"`` where the aim was just to stay so."""
    if goal not in ("", UNCHANGED):
        raise UsageError("present.no_goal", goal=goal, nearest=nearest(goal, [UNCHANGED]) or UNCHANGED)
    return about_column("stayed", table, column, goal=goal)


def reliable(
    table: Released, ends: Released, instruments: Iterable[Instrument], alphas: Released | None = None
) -> Sentence:
    """The limit of reliable change behind a table of classes: in points, with the deviation at baseline (of ``ends``),
    the key's reliability and its source. With ``alphas`` also the limit that the data's own alpha would give."""
    classes, means = released(table), released(ends)
    scale = source_of(classes.view.variable, CLASS)
    known = {used.score_column(own.name): own.reliability for used in instruments for own in used.scales}
    reliability = known.get(scale)
    if reliability is None:
        raise UsageError("reliable.not_known", table=classes.view.id)
    chosen = {
        "ends": means.view.id, "row": pack(key((made_of(scale, START), ANSWERED))),
        "reliability": reliability.value, "source": dict(reliability.source),
    }  # fmt: skip
    if alphas is not None:
        chosen |= {"alphas": released(alphas).view.id, "scale": pack(key((scale, ANSWERED)))}
    return about_tables("reliable", (classes, means, *([] if alphas is None else [alphas])), **chosen)


def row_of(table: Released, variable: str) -> Key:
    """The row of one variable, or the first; UsageError for one that the table does not have."""
    rows = {row[0][0]: row for row in table.view.rows}
    if variable and variable not in rows:
        near = nearest(variable, list(rows)) or "–"
        raise UsageError("present.no_level", table=table.view.id, level=variable, nearest=near)
    return rows[variable] if variable else table.view.rows[0]


def changes_of(table: Released) -> tuple[MeanChange, ...]:
    """The mean changes of a table: of its rows that are changes, or of all where none is named so."""
    every = estimate.changes(table)
    return tuple(own for own in every if source_of(own.row[0][0], CHANGE)) or every


# --- mean changes ---------------------------------------------------------------------------------------------


@tells("change")
def _change(voice: Voice) -> str:
    row = voice.key("row")
    found = next(own for own in changes_of(voice.table) if own.row == row)
    mean, title = found.change, voice.line(row)
    if not mean.mean.known:
        return voice.text("change_hidden" if mean.mean == HIDDEN else "mean_none", title=title)
    digits, base = quantity.decimals(voice.table, row), voice.n(mean.base)
    numbers = {
        "change": quantity.signed(mean.mean, voice.lang, digits),
        "interval": quantity.margin(mean.low, mean.high, voice.lang, digits),
    }
    return joined(
        voice.text("change" if mean.low.known else "change_bare", title=title, base=base, **numbers),
        _direction(voice, found),
        voice.family([found]),
        voice.text("indicative", base=base) if mean.indicative else "",
    )


def _direction(voice: Voice, change: MeanChange) -> str:
    """Better or worse, where the scale has a better end and the change is beyond chance; else that it is uncertain."""
    if not change.verdict.known:
        return ""
    if not change.verdict.beyond:
        return voice.text("change_uncertain")
    if voice.options["better"] == "none":
        return voice.text("change_clear")
    rises = voice.options["better"] == "higher_better"
    return voice.text("change_better" if (change.verdict.turn is Turn.UP) == rises else "change_worse")


@tells("changed")
def _changed(voice: Voice) -> str:
    every, risk = changes_of(voice.table), voice.options.get("risk", ())
    known = [own for own in every if own.verdict.known]
    beyond = [own for own in known if own.verdict.beyond]
    people = quantity.people(voice.table, [own.row for own in every], TOTAL, voice.lang)
    names = {"title": voice.title(), "base": people, "all": len(known)}
    if not known and voice.brief:
        return ""
    if not beyond:
        return joined(voice.text("changed_none", **names), voice.family(known))
    labels = {own.row: voice.quote(voice.line(own.row)) for own in beyond}
    risky = voice.listing(label for row, label in labels.items() if row[0][0] in risk)
    digits = {row: quantity.decimals(voice.table, row) for row in labels}
    signed = ((own.row, quantity.signed(own.change.mean, voice.lang, digits[own.row])) for own in beyond)
    items = [f"{labels[row]} {number}" for row, number in signed]
    if voice.brief:
        voice.aside("", voice.listing(items), people, *([voice.text("changed_risk", items=risky)] if risky else []))
        names["base"] = ""
    return joined(
        voice.text("changed", n=len(beyond), items=voice.listing(items), **names),
        voice.text("changed_rest") if len(beyond) < len(known) else "",
        voice.family(known),
        voice.text("changed_risk", items=risky) if risky else "",
    )


# --- who stayed and who left ----------------------------------------------------------------------------------


@tells("stayed")
def _stayed(voice: Voice) -> str:
    rows = {row[0][1]: row for row in voice.table.view.rows if row[0][1] in (IMPROVED, UNCHANGED, WORSENED)}
    if not rows:
        return voice.text("no_mentions", title=voice.placed, base=voice.base(voice.column))
    items = voice.listing(voice.items(rows.values(), briefly=False))
    aim = _aim(voice, rows) if voice.options["goal"] else ""
    return joined(voice.text("stayed", title=voice.placed, items=items), aim, voice.caution())


def _aim(voice: Voice, rows: Mapping[str, Key]) -> str:
    """The aim was to prevent worsening: to stay as one was is a success."""
    kept = (voice.table.cells[join(rows[name], voice.column)] for name in (IMPROVED, UNCHANGED) if name in rows)
    good, base = sum(kept, shown(0)), wording.base_cell(voice.table, voice.column)
    if not (good.known and (good / base).known):
        return voice.text("aim_hidden")
    return voice.text("aim", number=wording.briefly(good, base, voice.lang))


@finding("left")
def left(voice: Voice) -> str:
    """For each scale the baseline of those who left less that of those who stayed, with its interval."""
    names = {row[0][0] for row in voice.table.view.rows}
    others = ((row[0][0], made_of(source_of(row[0][0], START), LEFT)) for row in voice.table.view.rows)
    pairs = [(key((stayed, ANSWERED)), key((gone, ANSWERED))) for stayed, gone in others if gone in names]
    gaps = [estimate.rows_apart(voice.table, *pair) for pair in pairs]
    return joined(*(_apart(voice, pair, gap) for pair, gap in zip(pairs, gaps, strict=True)), voice.family(gaps))


def _apart(voice: Voice, pair: Sequence[Key], gap: estimate.MeanGap) -> str:
    bases = {name: voice.count(voice.table.cells[row]) for name, row in zip(("stayed", "left"), pair, strict=True)}
    words = {"label": voice.quote(voice.line(pair[0])), **bases}
    if not gap.verdict.known:
        return voice.words("left.hidden", **words)
    digits = quantity.of_difference(voice.table, (pair[0], pair[1]), gap.difference)
    numbers = {
        "difference": quantity.signed(gap.difference, voice.lang, digits),
        "interval": quantity.margin(gap.low, gap.high, voice.lang, digits),
    }
    return voice.words(f"left.{'beyond' if gap.verdict.beyond else 'within'}", **words, **numbers)


# --- reliable change ------------------------------------------------------------------------------------------


@tells("reliable")
def _reliable(voice: Voice) -> str:
    ends, row, reliability = voice.tables[voice.options["ends"]], voice.key("row"), voice.options["reliability"]
    sd = ends.means[row].sd if row in ends.means else HIDDEN
    if not sd.known:
        return voice.words("reliable.hidden", title=voice.placed)
    numbers = {
        "least": _points(voice, reliable_change(reliability, float(sd.number))),
        "sd": quantity.written(sd, voice.lang, quantity.decimals(ends, row)),
        "base": voice.n(ends.cells[row]),
        "reliability": _points(voice, reliability),
        "source": voice.options["source"][voice.lang],
    }
    limit = voice.words("reliable.limit", title=voice.placed, **numbers)
    return joined(limit, _own(voice, sd), voice.words("reliable.caution"))


def _own(voice: Voice, sd: Cell) -> str:
    """The same with the alpha of these people's own answers, where that was released and lies between 0 and 1."""
    if "alphas" not in voice.options:
        return ""
    alpha = statistic(voice.tables[voice.options["alphas"]], unpack(voice.options["scale"]), "alpha")
    if not alpha.known or not 0 < alpha.number < 1:
        return voice.words("reliable.no_alpha")
    least = _points(voice, reliable_change(float(alpha.number), float(sd.number)))
    return voice.words("reliable.own", alpha=_points(voice, alpha.number), least=least)


def _points(voice: Voice, value: float) -> str:
    return quantity.written(shown(value), voice.lang, quantity.MOST)
