"""What each figure shows, as a ``Chart`` of marks, in one language: titles, axes, legends, marks, order."""

from collections.abc import Callable, Sequence
from functools import partial
from math import ceil, floor

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Key, Released, State
from rakelab.estimate import Difference, Effect
from rakelab.present.exhibit import Scene
from rakelab.present.figures import drawing, theme
from rakelab.present.figures import matrices as heat
from rakelab.present.figures.chart_parts import PLAIN, Drawer, Ticks, looks, marks, number_mark
from rakelab.present.figures.drawing import Chart, Heading, Legend, Line, Mark
from rakelab.present.figures.pen import Sheet
from rakelab.present.gate import unpack
from rakelab.present.sentences import verdicts as verdict_text
from rakelab.present.sentences import wording
from rakelab.present.sentences.contrasts import differences_of, factor, outcome
from rakelab.present.sentences.sentence import joined


def title(scene: Scene, kind: str) -> str:
    found, lang = scene.table, scene.lang
    if kind == "changes":
        a, b = (unpack(scene.options[end]) for end in "ab")
        return wording.compared(found, a, b, lang)
    if kind == "effects":
        return outcome(scene.effects, lang)
    made = wording.title(found, lang, grouped=kind == "dots")
    column = found.view.columns[0]
    if kind != "bars" or column == TOTAL:
        return made
    return i18n.text("present.place", lang, title=made, column=wording.label(found, column, lang))


def reading(scene: Scene, kind: str) -> str:
    """How to read the picture: what is measured, the base, the interval."""
    found, lang = scene.table, scene.lang
    values = {"base": wording.base(found, found.view.columns[0], lang)}
    if kind == "effects":
        values = {"base": i18n.text("present.n", lang, n=wording.count(scene.effects.base, lang))}
    if kind == "changes":
        values |= {end: wording.label(found, unpack(scene.options[end]), lang) for end in "ab"}
    whole = kind in ("bars", "dots", "changes") and not found.sampled
    name = "together" if kind == "grid" else f"{kind}_whole" if whole else kind
    made = i18n.text(f"present.figure.{name}", lang, **values)
    return joined(made, verdict_text.reading((one.verdict for one in _compared(scene, kind)), lang))


def _compared(scene: Scene, kind: str) -> Sequence[Difference | Effect]:
    if kind == "effects":
        return scene.effects.rows
    return differences_of(scene.table, scene.options) if kind == "changes" else ()


def _share_mark(found: Released, row: Key, column: Key, how: tuple[str, tuple[str, str]]) -> Mark:
    lang, look = how
    one = estimate.proportion(found, row, column)
    return number_mark((one.share, one.low, one.high), wording.share(one.share, lang), look, lang)


def _sorted(found: Released, rows: tuple[Key, ...], column: Key) -> list[Key]:
    """Largest first, unless the options have an order of their own; hidden ones last, in the form's order."""
    if wording.ordered(found):
        return list(rows)
    shares = {row: estimate.proportion(found, row, column).share for row in rows}
    return sorted(rows, key=lambda row: -shares[row].number if shares[row].known else 1)


def _share_chart(scene: Scene, *, bars: bool) -> Drawer:
    found, lang = scene.table, scene.lang
    known = looks(found.view.columns)
    answers, _ = wording.rows_by_kind(found)

    def line(row: Key, *, quiet: bool) -> Line:
        placed = tuple(_share_mark(found, row, c, (lang, known[c])) for c in found.view.columns)
        return Line(wording.label(found, row, lang), placed, quiet=quiet)

    lines: list[Line | Heading] = [line(row, quiet=False) for row in _sorted(found, answers, found.view.columns[0])]
    for why, rows in wording.not_answers(found).items():
        quiet = [one for one in (line(row, quiet=True) for row in rows) if any(mark.value != 0 for mark in one.marks)]
        lines += [Heading(i18n.text(f"present.table.{why}", lang)), *quiet] if quiet else []
    legend = () if bars else tuple(Legend(_group(found, c, lang), known[c]) for c in found.view.columns)
    axis = reading(scene, "bars" if bars else "dots")

    def draw(sheet: Sheet) -> str:
        high, ticks = _percent_axis(lines, lang, sheet)
        return drawing.draw(Chart(tuple(lines), ticks, 0, high, axis, legend, bars), sheet)

    return draw


def _group(found: Released, column: Key, lang: str) -> str:
    few = ", " + i18n.text("present.indicative", lang) if wording.few(found, column) else ""
    return f"{wording.label(found, column, lang)} ({wording.base(found, column, lang)}{few})"


def _percent_axis(lines: Sequence[Line | Heading], lang: str, sheet: Sheet) -> tuple[float, Ticks]:
    most = max((mark.high or mark.value or 0 for mark in marks(lines)), default=0)
    high = min(1.0, max(0.1, ceil(most * 10 - 1e-9) / 10))
    step = next(one for one in (0.05, 0.1, 0.2, 0.25) if high / one <= (4 if sheet.narrow else 6) or one == 0.25)
    ticks = [i * step for i in range(floor(high / step + 1e-9) + 1)]
    return high, tuple((tick, i18n.percent(tick, lang)) for tick in ticks)


def _point_axis(lines: Sequence[Line | Heading], sheet: Sheet, lang: str) -> tuple[float, float, Ticks]:
    ends = [end for mark in marks(lines) for end in (mark.low, mark.high, mark.value) if end is not None] or [0.1]
    spread = max(0.05, max(ends) - min(0, *ends))
    step = next(one for one in (0.05, 0.1, 0.2, 0.5) if spread / one <= (3 if sheet.narrow else 6) or one == 0.5)
    low, high = floor(min(0, *ends) / step + 1e-9), ceil(max(0, *ends) / step - 1e-9)
    ticks = tuple((i * step, wording.points(Cell(State.SHOWN, i * step), lang)) for i in range(low, high + 1))
    return low * step, high * step, ticks


def _change_chart(scene: Scene) -> Drawer:
    found, lang = scene.table, scene.lang
    every = list(differences_of(found, scene.options))
    if not wording.ordered(found):
        every.sort(key=lambda one: -one.difference.number if one.difference.known else 9)
    lines = [Line(wording.label(found, d.row, lang), (_point_mark(d.difference, d, lang),)) for d in every]
    return _points_chart(scene, lines, reading(scene, "changes"))


def _effect_chart(scene: Scene) -> Drawer:
    found, lang = scene.effects, scene.lang
    lines = []
    for one in found.rows:
        named, reference = factor(found, one, lang)
        lines.append(Line(named, (_point_mark(one.effect, one, lang),), note=reference))
    return _points_chart(scene, lines, reading(scene, "effects"))


def _point_mark(cell: Cell, one: Difference | Effect, lang: str) -> Mark:
    filled = one.verdict.beyond
    look = theme.series(0) if filled else PLAIN
    return number_mark((cell, one.low, one.high), wording.points(cell, lang), look, lang, filled=filled)


def _points_chart(scene: Scene, lines: list[Line], axis: str) -> Drawer:
    named = [i18n.text(f"present.figure.{word}", scene.lang) for word in ("marked", "unmarked")]
    legend = (Legend(named[0], theme.series(0)), Legend(named[1], PLAIN, filled=False))

    def draw(sheet: Sheet) -> str:
        low, high, ticks = _point_axis(lines, sheet, scene.lang)
        return drawing.draw(Chart(tuple(lines), ticks, low, high, axis, legend, zero=True), sheet)

    return draw


#: What draws each kind of figure, once for every sheet that is asked for.
PICTURES: dict[str, Callable[[Scene], Drawer]] = {
    "bars": partial(_share_chart, bars=True),
    "dots": partial(_share_chart, bars=False),
    "changes": _change_chart,
    "effects": _effect_chart,
    "grid": lambda scene: partial(heat.draw, scene),
}
