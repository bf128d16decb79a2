"""Findings about means: one mean, differences between two groups, mean change of the same people."""

from collections.abc import Iterable, Sequence
from math import inf

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Key, Released, State, join
from rakelab.errors import UsageError, nearest
from rakelab.estimate import MeanChange, MeanComparison, MeanGap, Turn
from rakelab.instrument import Instrument, instrument
from rakelab.instrument import names as shipped
from rakelab.names import CHANGE, made_of
from rakelab.present.figures.means import mean_compared, two_groups
from rakelab.present.gate import column_key, pack, released, unpack
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences import verdicts as verdict_text
from rakelab.present.sentences.sentence import Sentence, Told, about, joined, tells
from rakelab.present.tables.means import changes_of, digits_of
from rakelab.scales import DIRECTIONS


def mean(table: Released, variable: str = "", *, column: Key | str | None = None) -> Sentence:
    """One mean with its interval and n: that of ``variable``, or of the table's only or first one."""
    found = released(table)
    return about("mean", found, row=pack(_row(found, variable)), column=pack(column_key(found, column)))


def mean_contrast(comparison: MeanComparison) -> Sentence:
    """How many means rose and fell beyond their margin of error, the largest rise and the largest fall by name."""
    return about("mean_contrast", mean_compared(comparison), **two_groups(comparison))


def change(table: Released, variable: str = "", *, better: str = "none") -> Sentence:
    """The mean change of one scale; ``better`` says which way is better: higher_better, higher_worse or none."""
    if better not in DIRECTIONS:
        raise UsageError("present.no_direction", direction=better, nearest=nearest(better, DIRECTIONS) or "–")
    found = released(table)
    first = changes_of(found)[0].row
    row = _row(found, variable) if variable else first
    return about("change", found, row=pack(row), better=better)


def changed(table: Released, instruments: Iterable[Instrument] = ()) -> Sentence:
    """How many of the measured changes are beyond chance, each with its number. An item that asks of harm to oneself
    (of the built-in instruments, and of ``instruments``) never stands without a word of what its mean does not tell."""
    found = released(table)
    used = (*map(instrument, shipped()), *instruments)
    risky = {made_of(one.column(item.number), CHANGE) for one in used for item in one.items if item.risk}
    named = [row[0][0] for row in found.view.rows if row[0][0] in risky]
    return about("changed", found, risk=named)


def extremes(table: Released) -> Sentence:
    """The highest and the lowest mean of each group, by name."""
    return about("extremes", table)


def directions(table: Released, instruments: Iterable[Instrument]) -> dict[str, str]:
    """Which way each scale's change in ``table`` is better, as the instruments say; only scales that the table has."""
    scales = ((used, scale) for used in instruments for scale in used.scales)
    known = {made_of(used.score_column(scale.name), CHANGE): scale.direction for used, scale in scales}
    return {row[0][0]: known[row[0][0]] for row in released(table).view.rows if row[0][0] in known}


def _row(found: Released, variable: str) -> Key:
    rows = {row[0][0]: row for row in found.view.rows}
    if variable and variable not in rows:
        near = nearest(variable, list(rows)) or "–"
        raise UsageError("present.no_level", table=found.view.id, level=variable, nearest=near)
    return rows[variable] if variable else found.view.rows[0]


@tells("mean")
def _mean(told: Told) -> str:
    row = unpack(told.options["row"])
    found, title = estimate.mean(told.table, told.column, row), _title(told, row)
    if not found.mean.known:
        return told.words(f"present.text.{'mean_hidden' if str(found.mean) == '··' else 'mean_none'}", title=title)
    value, interval, base = quantity.mean_of(told.table, join(row, told.column), found, told.lang)
    numbers = {"mean": value, "base": told.words("present.n", n=base)}
    word = "mean" if found.low.known else "mean_bare"
    made = told.words(f"present.text.{word}", title=title, interval=interval, **numbers)
    return joined(made, _caution(told, base) if found.indicative else "")


def _title(told: Told, row: Key) -> str:
    """The table's title where it has one mean, else the variable's; the group's name follows it."""
    if len(told.table.view.rows) == 1:
        return told.title
    made = wording.with_source(told.table, wording.line(told.table, row, told.lang), told.lang)
    if told.column == TOTAL:
        return made
    return told.words("present.place", title=made, column=wording.label(told.table, told.column, told.lang))


def _caution(told: Told, base: str) -> str:
    return told.words("present.text.indicative", base=told.words("present.n", n=base))


@tells("changed")
def _changed(told: Told) -> str:
    every = changes_of(told.table)
    known = [one for one in every if one.verdict.known]
    beyond = [one for one in known if one.verdict.beyond]
    family = verdict_text.sentence((one.verdict for one in known), told.lang)
    names = {
        "title": wording.title(told.table, told.lang, grouped=False),
        "base": quantity.people(told.table, [one.row for one in every], TOTAL, told.lang),
    }
    if not beyond:
        return joined(told.words("present.text.changed_none", all=len(known), **names), family)
    items = i18n.listing((_changed_by(told, one) for one in beyond), told.lang)
    made = told.words("present.text.changed", n=len(beyond), all=len(known), items=items, **names)
    rest = told.words("present.text.changed_rest") if len(beyond) < len(known) else ""
    return joined(made, rest, family, _risk(told, beyond))


def _risk(told: Told, named: list[MeanChange]) -> str:
    risky = [one.row for one in named if one.row[0][0] in told.options.get("risk", ())]
    labels = (told.words("present.quoted", label=wording.line(told.table, row, told.lang)) for row in risky)
    return told.words("present.text.changed_risk", items=i18n.listing(labels, told.lang)) if risky else ""


def _changed_by(told: Told, one: MeanChange) -> str:
    label = told.words("present.quoted", label=wording.line(told.table, one.row, told.lang))
    return f"{label} {quantity.signed(one.change.mean, told.lang, quantity.decimals(told.table, one.row))}"


@tells("extremes")
def _extremes(told: Told) -> str:
    groups = (_extremes_of(told, column) for column in told.table.view.columns)
    return joined(told.words("present.text.extremes", title=wording.title(told.table, told.lang)), *groups)


def _extremes_of(told: Told, column: Key) -> str:
    table = told.table
    means = {row: table.means[join(row, column)].mean for row in table.view.rows if join(row, column) in table.means}
    known = {row: _limits(told, row, column) for row, mean in means.items() if mean.known}
    if not known:
        return ""
    hidden = [(-inf, inf)] * sum(mean.state is State.HIDDEN for mean in means.values())
    ends = {"high": estimate.largest(known, hidden), "low": estimate.smallest(known, hidden)}
    names = {name: _all_of(told, end.names, column) for name, end in ends.items()}
    group = wording.label(table, column, told.lang)
    base = quantity.people(table, list(known), column, told.lang)
    return told.words(f"present.text.extremes_of{'_shown' if hidden else ''}", group=group, base=base, **names)


def _limits(told: Told, row: Key, column: Key) -> tuple[float, float]:
    """What the mean may have been before it was rounded."""
    own = join(row, column)
    return estimate.rounded(told.table.means[own].mean.value or 0.0, quantity.decimals(told.table, own))


def _all_of(told: Told, rows: Sequence[Key], column: Key) -> str:
    return i18n.listing((_labelled(told, row, column) for row in rows), told.lang)


def _labelled(told: Told, row: Key, column: Key) -> str:
    label = told.words("present.quoted", label=wording.line(told.table, row, told.lang))
    found = estimate.mean(told.table, column, row)
    return f"{label} {quantity.mean_of(told.table, join(row, column), found, told.lang)[0]}"


# --- differences between two groups ---------------------------------------------------------------------------


@tells("mean_contrast")
def _mean_contrast(told: Told) -> str:
    title = wording.title(told.table, told.lang, grouped=False)
    if "a" not in told.options:
        return told.words("present.text.contrast_none", title=title)
    a, b = (unpack(told.options[end]) for end in "ab")
    names = {name: wording.label(told.table, key, told.lang) for name, key in (("a", a), ("b", b))}
    every = estimate.mean_differences(told.table, a[0][1], b[0][1]).rows
    known = [one for one in every if one.difference.known]
    if not known:
        return told.words("present.text.contrast_hidden", title=title, **names)
    hidden = len(every) - len(known)
    up, down = (_largest(known, sign) for sign in (1, -1))
    some = any(one.difference.state is State.HIDDEN for one in every)
    return joined(
        _counts(told, known, {"title": title, **names}),
        _named(told, "rise", up, some=some),
        _named(told, "fall", down, some=some),
        _rest(told, known),
        verdict_text.sentence((one.verdict for one in known), told.lang),
        i18n.counted("present.text.means_hidden", hidden, told.lang) if hidden else "",
        _group_caution(told, known, b if known[0].second.indicative else a),
    )  # fmt: skip


def _counts(told: Told, known: list[MeanGap], names: dict[str, str]) -> str:
    counts = {turn.value: sum(one.verdict.turn is turn for one in known) for turn in (Turn.UP, Turn.DOWN)}
    return told.words("present.text.mean_contrast", all=len(known), **counts, **names)


def _largest(known: list[MeanGap], sign: int) -> list[MeanGap]:
    """The largest difference upwards (1) or downwards (−1), and those that may be as large before the rounding."""
    ways = {i: one for i, one in enumerate(known) if sign * (one.difference.value or 0.0) > 0}
    limits = {i: estimate.rounded(sign * (one.difference.value or 0.0), digits_of(one)) for i, one in ways.items()}
    return [ways[i] for i in estimate.largest(limits).names]


def _named(told: Told, word: str, gaps: Sequence[MeanGap], *, some: bool) -> str:
    shown = "_shown" if some else ""
    if not gaps:
        return told.words(f"present.text.{'no_rise' if word == 'rise' else 'no_fall'}{shown}")
    items = [_gap(told, one) for one in gaps]
    form = "one" if len(items) == 1 else "other"
    return told.words(f"present.text.{word}{shown}.{form}", items="; ".join(items))


def _gap(told: Told, one: MeanGap) -> str:
    digits = digits_of(one)
    numbers = {
        "from": quantity.mean_of(told.table, join(one.row, one.a), one.first, told.lang)[0],
        "to": quantity.mean_of(told.table, join(one.row, one.b), one.second, told.lang)[0],
        "difference": quantity.signed(one.difference, told.lang, digits),
        "interval": quantity.margin(one.low, one.high, told.lang, digits),
    }
    label = told.words("present.quoted", label=wording.line(told.table, one.row, told.lang))
    return told.words("present.text.gap", label=label, **numbers)


def _rest(told: Told, known: list[MeanGap]) -> str:
    """Whether the others fit in chance."""
    exceeding = sum(one.verdict.beyond for one in known)
    if not all(one.verdict.known for one in known):
        return told.words("present.text.no_margin")
    if exceeding == 0:
        return told.words("present.text.all_within")
    return told.words("present.text.rest_within") if exceeding < len(known) else ""


def _group_caution(told: Told, known: list[MeanGap], group: Key) -> str:
    if not any(one.indicative for one in known):
        return ""
    base = quantity.people(told.table, [one.row for one in known], group, told.lang)
    return told.words("present.text.indicative", base=base)


# --- the same people before and after -------------------------------------------------------------------------


@tells("change")
def _change(told: Told) -> str:
    row = unpack(told.options["row"])
    one = next(found for found in changes_of(told.table) if found.row == row)
    title = wording.line(told.table, row, told.lang)
    if not one.change.mean.known:
        word = "change_hidden" if str(one.change.mean) == "··" else "mean_none"
        return told.words(f"present.text.{word}", title=title)
    digits, base = quantity.decimals(told.table, row), wording.count(one.change.base, told.lang)
    numbers = {
        "change": quantity.signed(one.change.mean, told.lang, digits),
        "interval": quantity.margin(one.change.low, one.change.high, told.lang, digits),
        "base": told.words("present.n", n=base),
    }
    word = "change" if one.change.low.known else "change_bare"
    return joined(
        told.words(f"present.text.{word}", title=title, **numbers),
        _direction(told, one),
        verdict_text.sentence([one.verdict], told.lang),
        _caution(told, base) if one.change.indicative else "",
    )


def _direction(told: Told, one: MeanChange) -> str:
    """Better or worse, where the scale has a better end and the change is beyond chance; else that it is uncertain."""
    if not one.verdict.known:
        return ""
    if not one.verdict.beyond:
        return told.words("present.text.change_uncertain")
    if told.options["better"] == "none":
        return told.words("present.text.change_clear")
    rises = told.options["better"] == "higher_better"
    return told.words(f"present.text.{'change_better' if (one.verdict.turn is Turn.UP) == rises else 'change_worse'}")
