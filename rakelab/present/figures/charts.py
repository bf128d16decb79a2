"""What each chart shows, as lines of marks in one language: titles, axes, legends, marks, order."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from math import ceil, floor, log10
from typing import Any

from rakelab import estimate, i18n
from rakelab.cells import NOTHING, TOTAL, Cell, Key, join, shown
from rakelab.present.exhibit import Scene
from rakelab.present.figures import drawing, theme
from rakelab.present.figures.drawing import Axis, Chart, Line, Look, Mark
from rakelab.present.figures.pen import ACCENT, Sheet
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences.changes import changes_of
from rakelab.present.sentences.contrasts import factor
from rakelab.present.sentences.sentence import joined
from rakelab.present.sentences.wording import MINUS
from rakelab.present.tables.contrasts import KINDS

Drawer = Callable[[Sheet], str]
Limits = tuple[Cell, ...]

#: How a number that matters is drawn, and one that does not: another shape, not only another colour.
PLAIN = (theme.COLOURS["muted"], "o")
#: What is beyond chance: everywhere a filled square against a hollow ring.
BEYOND = (ACCENT, "s")

# --- titles and readings --------------------------------------------------------------------------------------


def of_column(scene: Scene) -> str:
    """The title with the one group that is drawn."""
    return wording.placed(scene.table, scene.title(), scene.table.view.columns[0], scene.lang)


def compared(scene: Scene) -> str:
    return wording.compared(scene.table, scene.key("a"), scene.key("b"), scene.lang)


def base_reading(scene: Scene) -> str:
    """How to read the picture: what is measured, the base, the interval, and where the axis ends."""
    whole = "" if scene.table.sampled or scene.kind == "funnel" else "_whole"
    words = scene.words(f"present.figure.{scene.kind}{whole}", base=scene.base(scene.table.view.columns[0]))
    high = 1.0 if scene.kind == "funnel" else _percent_high(_share_lines(scene))
    return (
        words if high == 1 else joined(words, scene.words("present.figure.scale", high=i18n.percent(high, scene.lang)))
    )


def means_reading(scene: Scene) -> str:
    if "limits" not in scene.options:
        return joined(scene.words("present.figure.means"), scene.words("present.figure.open_scale"))
    low, high = (i18n.number(end, scene.lang, 0 if end == int(end) else 1) for end in scene.options["limits"])
    return scene.words("present.figure.means_scale", low=low, high=high)


#: What the reading of a picture of comparisons names.
_NAMED: dict[str, Callable[[Scene], dict[str, str]]] = {
    "changes": lambda scene: {end: scene.label(scene.key(end)) for end in "ab"},
    "effects": lambda scene: {"base": scene.n(scene.effects.base)},
    "mean_changes": lambda scene: {
        end: f"{scene.label(scene.key(end))} ({_people(scene, scene.key(end), scene.table.view.rows)})" for end in "ab"
    },
    "paired": lambda scene: {"base": _people(scene, TOTAL, [own.row for own in changes_of(scene.table)])},
}


def compared_reading(scene: Scene) -> str:
    whole = "_whole" if scene.kind == "changes" and not scene.table.sampled else ""
    words = scene.words(f"present.figure.{scene.kind}{whole}", **_NAMED[scene.kind](scene))
    return joined(words, scene.family(KINDS[scene.kind].compared(scene), "figure.family"))


def _people(scene: Scene, column: Key, rows: Sequence[Key]) -> str:
    return quantity.people(scene.table, rows, column, scene.lang)


# --- shares, means and counts by group ------------------------------------------------------------------------


def share_chart(scene: Scene) -> Drawer:
    table, bars = scene.table, scene.kind == "bars"
    looks, lines = _looks(table.view.columns), _share_lines(scene)
    legend = [] if bars else [
        _legend(scene, column, looks, scene.base(column), small=wording.indicative(table, column))
        for column in table.view.columns
    ]  # fmt: skip
    return _drawer(lines, partial(_percent_axis, lines, scene.lang), legend=legend, bars=bars)


def _share_lines(scene: Scene) -> list[Line]:
    table, looks = scene.table, _looks(scene.table.view.columns)

    def line(row: Key, *, quiet: bool = False) -> Line:
        return Line(scene.label(row), tuple(mark(row, column) for column in table.view.columns), quiet=quiet)

    def mark(row: Key, column: Key) -> Mark:
        part = estimate.proportion(table, row, column)
        return _mark(scene, (part.share, part.low, part.high), wording.share(part.share, scene.lang), looks[column])

    lines = list(map(line, _sorted(scene, table.view.columns[0])))
    for why, rows in wording.not_answers(table).items():
        quiet = [own for own in (line(row, quiet=True) for row in rows) if any(mark.value != 0 for mark in own.marks)]
        lines += [Line(scene.head(why), ()), *quiet] if quiet else []
    return lines


def _drawer(lines: Iterable[Line], axis: Callable[[Sheet], Axis], **how: Any) -> Drawer:
    how["legend"] = tuple(how.get("legend", ()))
    return partial(drawing.draw, Chart(tuple(lines), axis, **how))


def _mark(scene: Scene, limits: Limits, text: str, look: Look, filled: bool = True) -> Mark:
    """A number with its two limits, or a mark that says why there is none."""
    value, low, high = limits
    if not value.known:
        return Mark(wording.no_number(value, scene.lang), look=look)
    lower, upper = (end.value if end.known else None for end in (low, high))
    return Mark(text, value.value, lower, upper, look, filled)


def _looks(columns: tuple[Key, ...]) -> dict[Key, Look]:
    groups = [column for column in columns if column != TOTAL]
    return {TOTAL: theme.EVERYBODY} | {column: theme.series(i) for i, column in enumerate(groups)}


def _legend(scene: Scene, column: Key, looks: dict[Key, Look], base: str, *, small: bool) -> Mark:
    note = ", " + scene.words("present.indicative") if small else ""
    return Mark(f"{scene.label(column)} ({base}{note})", look=looks[column])


def _sorted(scene: Scene, column: Key) -> Sequence[Key]:
    """Largest first, unless the options have an order of their own; hidden ones last, in the form's order."""
    answers = wording.answers(scene.table)
    if wording.ordered(scene.table):
        return answers
    shares = {row: estimate.proportion(scene.table, row, column).share for row in answers}
    return sorted(answers, key=lambda row: -shares[row].number if shares[row].known else 1)


def mean_chart(scene: Scene) -> Drawer:
    table, columns = scene.table, scene.table.view.columns
    looks = _looks(columns)

    def mark(row: Key, column: Key) -> Mark:
        mean = estimate.mean(table, column, row)
        text = quantity.written(mean.mean, scene.lang, quantity.decimals(table, join(row, column)))
        return _mark(scene, (mean.mean, mean.low, mean.high), text, looks[column])

    def entry(column: Key) -> Mark:
        small = quantity.indicative(table.cells[join(row, column)] for row in table.view.rows)
        return _legend(scene, column, looks, _people(scene, column, table.view.rows), small=small)

    def axis(sheet: Sheet) -> Axis:
        """The whole scale where it is known, and farther where an interval reaches over its end."""
        known = [*_ends(lines), *scene.options.get("limits", ())]
        return round_axis(min(known), max(known) if max(known) > min(known) else min(known) + 1, scene.lang, sheet)

    lines = [Line(scene.line(row), tuple(mark(row, column) for column in columns)) for row in table.view.rows]
    lines.sort(key=lambda line: -_or_last(line.marks[-1].value))
    return _drawer(lines, axis, legend=map(entry, columns if columns != (TOTAL,) else ()))


def funnel_chart(scene: Scene) -> Drawer:
    """How many have come to each stage; a count of everybody has no interval."""
    table, column = scene.table, scene.table.view.columns[0]
    every = wording.base_cell(table, column)

    def line(label: str, cell: Cell) -> Line:
        share = cell / every
        part = f" ({wording.share(share, scene.lang)})" if share.known and cell != every else ""
        return Line(label, (_mark(scene, (cell, NOTHING, NOTHING), scene.count(cell) + part, (ACCENT, "o")),))

    def axis(sheet: Sheet) -> Axis:
        drawn = round_axis(0, max(1, *_ends(lines)), scene.lang, sheet)
        whole = tuple((value, text) for value, text in drawn.ticks if float(value).is_integer())
        return Axis(drawn.low, drawn.high, whole)

    stages = (line(scene.label(row), table.cells[join(row, column)]) for row in wording.answers(table))
    lines = [line(scene.words("common.total"), every), *stages]
    return _drawer(lines, axis, bars=True)


# --- around zero ----------------------------------------------------------------------------------------------


def compared_chart(scene: Scene) -> Drawer:
    kind, means = KINDS[scene.kind], KINDS[scene.kind].decimals is not None
    every = list(kind.compared(scene))
    if scene.kind != "changes" or not wording.ordered(scene.table):
        every.sort(key=lambda own: -_or_last(_size(scene, own)))

    def line(own: Any) -> Line:
        beyond = own.verdict.beyond
        label = scene.line if means else scene.label
        named, note = factor(scene.effects, own, scene.lang) if scene.kind == "effects" else (label(own.row), "")
        limits = _in_deviations(scene, own)
        return Line(named, (_mark(scene, limits, kind.number(scene, own), BEYOND if beyond else PLAIN, beyond),), note)

    lines = list(map(line, every))
    marked, unmarked = (scene.words(f"present.figure.{word}") for word in ("marked", "unmarked"))
    axis = partial(_spread_axis if means else _point_axis, lines, scene.lang)
    legend = (Mark(marked, look=BEYOND), Mark(unmarked, look=PLAIN, filled=False))
    return _drawer(lines, axis, legend=legend, zero=True)


def _in_deviations(scene: Scene, own: Any) -> Limits:
    """The number and its limits; of changes of the same people in deviations, as on one axis 0–40 would hide 1–5."""
    limits = KINDS[scene.kind].limits(own)
    if scene.kind == "paired" and (sd := scene.table.means[own.row].sd).known and sd.value:
        return tuple(cell / sd.number for cell in limits)
    return limits


def _size(scene: Scene, own: Any) -> float | None:
    number = _in_deviations(scene, own)[0]
    return number.value if number.known else None


def _or_last(value: float | None) -> float:
    return float("-inf") if value is None else value


# --- axes -----------------------------------------------------------------------------------------------------


def _ends(lines: Sequence[Line]) -> list[float]:
    """Every place on the axis that the marks need."""
    return [
        end for line in lines for mark in line.marks for end in (mark.low, mark.high, mark.value) if end is not None
    ]


def _percent_axis(lines: Sequence[Line], lang: str, sheet: Sheet) -> Axis:
    return percent_axis_to(max(_ends(lines), default=0), lang, sheet)


def percent_axis_to(most: float, lang: str, sheet: Sheet) -> Axis:
    """Percentages from zero to the next ten above ``most``."""
    high = _tens(most)
    step = _step(high, (0.05, 0.1, 0.2, 0.25), 4 if sheet.narrow else 6)
    ticks = (i * step for i in range(floor(high / step + 1e-9) + 1))
    return Axis(0, high, tuple((tick, i18n.percent(tick, lang)) for tick in ticks))


def _percent_high(lines: Sequence[Line]) -> float:
    return _tens(max(_ends(lines), default=0))


def _tens(share: float) -> float:
    """The next ten per cent."""
    return min(1.0, max(0.1, ceil(share * 10 - 1e-9) / 10))


def _point_axis(lines: Sequence[Line], lang: str, sheet: Sheet) -> Axis:
    ends = _ends(lines) or [0.1]
    spread = max(0.05, max(ends) - min(0, *ends))
    step = _step(spread, (0.05, 0.1, 0.2, 0.5), 3 if sheet.narrow else 6)
    return _ticked(
        floor(min(0, *ends) / step + 1e-9),
        ceil(max(0, *ends) / step - 1e-9),
        step,
        lambda value: wording.points(shown(value), lang),
    )


def _step(span: float, steps: Sequence[float], most: int) -> float:
    """The smallest step that makes at most so many of the span."""
    return next((step for step in steps if span / step <= most), steps[-1])


def _spread_axis(lines: Sequence[Line], lang: str, sheet: Sheet) -> Axis:
    known = [0.0, *_ends(lines)]
    return round_axis(min(known), max(*known, min(known) + 0.2), lang, sheet)


def round_axis(low: float, high: float, lang: str, sheet: Sheet) -> Axis:
    """An axis that holds ``low`` and ``high``, with ticks at round numbers: 1, 2, 5, 10, … times a power of ten."""
    least = (high - low) / (4 if sheet.narrow else 7)
    power = 10.0 ** floor(log10(max(least, 1e-9)))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= least * (1 - 1e-9))
    digits = max(0, -floor(log10(step) + 1e-9))

    def word(value: float) -> str:
        return (MINUS if value < -1e-12 else "") + i18n.number(abs(value), lang, digits)

    return _ticked(floor(low / step + 1e-9), ceil(high / step - 1e-9), step, word)


def _ticked(first: int, last: int, step: float, word: Callable[[float], str]) -> Axis:
    ticks = tuple((i * step, word(i * step)) for i in range(first, last + 1))
    return Axis(first * step, last * step, ticks)
