"""Figures of means: by group, differences between two groups, mean change of the same people."""

from collections.abc import Iterable, Sequence

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Key, Released, join
from rakelab.errors import WallError
from rakelab.estimate import MeanChange, MeanComparison, MeanGap, Verdict
from rakelab.present.exhibit import Exhibit, Scene, figure_of
from rakelab.present.figures import drawing, theme
from rakelab.present.figures.chart_parts import PLAIN, Drawer, Figure, Ticks, axis, ends, looks, number_mark, told
from rakelab.present.figures.drawing import Chart, Legend, Line, Mark
from rakelab.present.figures.pen import Sheet
from rakelab.present.gate import columns_of, pack, released, unpack
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences import verdicts as verdict_text
from rakelab.present.sentences.sentence import Sentence, joined
from rakelab.present.tables import means as mean_tables
from rakelab.present.tables.means import changes_of, gaps_of

Limits = tuple[float, float]
#: What a change that matters looks like: a filled square against a hollow ring.
BEYOND = (theme.SERIES[1][0], "s")


def means(
    table: Released, *, alt: Sentence, lang: str = "", columns: Sequence[Key | str] | None = None,
    limits: Limits | None = None,
) -> Exhibit:  # fmt: skip
    """Many means by group, in the form's order; ``limits`` are the ends of the scale, where they are known."""
    found = released(table)
    if columns is None and len(found.view.columns) > 2:
        columns = [one for one in found.view.columns if one != TOTAL]
    scale = {"limits": list(limits)} if limits else {}
    return figure_of("means", found, alt, lang, columns=columns_of(found, columns), **scale)


def mean_changes(comparison: MeanComparison, *, alt: Sentence, lang: str = "") -> Exhibit:
    """Differences of means between two groups around zero, in the form's order, falls and rises alike."""
    return figure_of("mean_changes", mean_compared(comparison), alt, lang, **two_groups(comparison))


def paired(
    table: Released, *, alt: Sentence, lang: str = "", ends: Released | None = None
) -> Exhibit:  # fmt: skip
    """Mean changes of the same people around zero, in standard deviations of the changes, because scales differ.
    ``ends`` holds the means before and after."""
    if ends is None:
        return figure_of("paired", released(table), alt, lang)
    other = released(ends)
    return figure_of("paired", released(table), alt, lang, others=[other], ends=other.view.id)


def mean_compared(comparison: object) -> Released:
    """The released table that the differences were made from; refuses anything that is not made of one."""
    if not isinstance(comparison, MeanComparison):
        raise WallError("present.not_mean_differences", kind=type(comparison).__name__)
    return released(comparison.table)


def two_groups(comparison: MeanComparison) -> dict[str, list[list[str]]]:
    """The two columns compared, as JSON; empty where there were no two groups to compare."""
    return {"a": pack(comparison[0].a), "b": pack(comparison[0].b)} if len(comparison) else {}


# --- many means by group --------------------------------------------------------------------------------------


def _means_title(scene: Scene) -> str:
    return wording.title(scene.table, scene.lang, grouped=len(scene.table.view.columns) > 1)


def _means_reading(scene: Scene) -> str:
    if "limits" not in scene.options:
        return i18n.text("present.figure.means", scene.lang)
    low, high = (i18n.number(end, scene.lang, 0 if end == int(end) else 1) for end in scene.options["limits"])
    return i18n.text("present.figure.means_scale", scene.lang, low=low, high=high)


def _means_chart(scene: Scene) -> Drawer:
    found, lang = scene.table, scene.lang
    known = looks(found.view.columns)

    def line(row: Key) -> Line:
        return Line(wording.line(found, row, lang), tuple(_mean_mark(scene, row, c, known[c]) for c in known_columns))

    known_columns = found.view.columns
    lines = tuple(line(row) for row in found.view.rows)
    legend = tuple(Legend(_group(found, c, lang), known[c]) for c in known_columns if c or len(known_columns) > 1)

    def draw(sheet: Sheet) -> str:
        low, high, ticks = _scale_axis(scene, lines, sheet)
        return drawing.draw(Chart(lines, ticks, low, high, _means_reading(scene), legend), sheet)

    return draw


def _mean_mark(scene: Scene, row: Key, column: Key, look: tuple[str, str]) -> Mark:
    one = estimate.mean(scene.table, column, row)
    text = quantity.written(one.mean, scene.lang, quantity.decimals(scene.table, join(row, column)))
    return number_mark((one.mean, one.low, one.high), text, look, scene.lang)


def _group(found: Released, column: Key, lang: str) -> str:
    bases = [found.cells[join(row, column)] for row in found.view.rows]
    few = ", " + i18n.text("present.indicative", lang) if quantity.few(bases) else ""
    return f"{wording.label(found, column, lang)} ({quantity.people(found, found.view.rows, column, lang)}{few})"


def _scale_axis(scene: Scene, lines: Sequence[Line], sheet: Sheet) -> tuple[float, float, Ticks]:
    """The whole scale where it is known, and farther where an interval reaches over its end."""
    known = ends(lines) + list(scene.options.get("limits", ()))
    low, high = min(known), max(known)
    return axis(low, high if high > low else low + 1, sheet, scene.lang)


# --- differences and changes ----------------------------------------------------------------------------------


def _gap_columns(scene: Scene) -> tuple[Key, Key]:
    return unpack(scene.options["a"]), unpack(scene.options["b"])


def _gaps_title(scene: Scene) -> str:
    return wording.compared(scene.table, *_gap_columns(scene), scene.lang)


def _gaps_reading(scene: Scene) -> str:
    found, lang = scene.table, scene.lang
    a, b = (f"{wording.label(found, c, lang)} ({_bases(found, c, lang)})" for c in _gap_columns(scene))
    made = i18n.text("present.figure.mean_changes", lang, a=a, b=b)
    return joined(made, verdict_text.reading((one.verdict for one in gaps_of(scene)), lang))


def _bases(found: Released, column: Key, lang: str) -> str:
    return quantity.people(found, found.view.rows, column, lang)


def _gaps_chart(scene: Scene) -> Drawer:
    found, lang = scene.table, scene.lang
    lines = tuple(Line(wording.line(found, one.row, lang), (_gap_mark(scene, one),)) for one in gaps_of(scene))
    return _around_zero(scene, lines, _gaps_reading(scene))


def _gap_mark(scene: Scene, one: MeanGap) -> Mark:
    text = quantity.signed(one.difference, scene.lang, mean_tables.digits_of(one))
    return _judged_mark((one.difference, one.low, one.high), text, one.verdict, scene.lang)


def _judged_mark(cells: tuple[Cell, Cell, Cell], text: str, verdict: Verdict, lang: str) -> Mark:
    return number_mark(cells, text, BEYOND if verdict.beyond else PLAIN, lang, filled=verdict.beyond)


def _around_zero(scene: Scene, lines: tuple[Line, ...], reading: str) -> Drawer:
    named = [i18n.text(f"present.figure.{word}", scene.lang) for word in ("marked", "unmarked")]
    legend = (Legend(named[0], BEYOND), Legend(named[1], PLAIN, filled=False))

    def draw(sheet: Sheet) -> str:
        known = [0.0, *ends(lines)]
        widest = max(max(known) - min(known), 0.2)
        low, high, ticks = axis(min(known), max(*known, min(known) + widest), sheet, scene.lang)
        return drawing.draw(Chart(lines, ticks, low, high, reading, legend, zero=True), sheet)

    return draw


def _paired_title(scene: Scene) -> str:
    return wording.title(scene.table, scene.lang)


def _paired_reading(scene: Scene) -> str:
    found = scene.table
    every = changes_of(found)
    people = quantity.people(found, [one.row for one in every], TOTAL, scene.lang)
    made = i18n.text("present.figure.paired", scene.lang, base=people)
    return joined(made, verdict_text.reading((one.verdict for one in every), scene.lang))


def _paired_chart(scene: Scene) -> Drawer:
    lines = tuple(_paired_line(scene, one) for one in changes_of(scene.table))
    return _around_zero(scene, lines, _paired_reading(scene))


def _paired_line(scene: Scene, one: MeanChange) -> Line:
    text = quantity.signed(one.change.mean, scene.lang, quantity.decimals(scene.table, one.row))
    mark = _judged_mark(_in_spreads(scene.table, one), text, one.verdict, scene.lang)
    return Line(wording.line(scene.table, one.row, scene.lang), (mark,))


def _in_spreads(found: Released, one: MeanChange) -> tuple[Cell, Cell, Cell]:
    """The change and its limits in standard deviations of the changes: on one axis 0–40 would hide 1–5."""
    number, sd = (one.change.mean, one.change.low, one.change.high), found.means[one.row].sd
    low, middle, high = (cell / sd.number for cell in number) if sd.known and sd.value else number
    return low, middle, high


# --- what is known --------------------------------------------------------------------------------------------


def _mean_cells(scene: Scene) -> Iterable[Cell]:
    found = scene.table
    return (estimate.mean(found, c, row).mean for row in found.view.rows for c in found.view.columns)


def _gap_cells(scene: Scene) -> Iterable[Cell]:
    return (one.difference for one in gaps_of(scene))


def _change_cells(scene: Scene) -> Iterable[Cell]:
    return (one.change.mean for one in changes_of(scene.table))


FIGURES: dict[str, Figure] = {
    "means": Figure(
        _means_title, _means_reading, _means_chart, mean_tables.mean_table, told(_mean_cells, mean_tables.mean_table)
    ),
    "mean_changes": Figure(
        _gaps_title, _gaps_reading, _gaps_chart, mean_tables.gap_table, told(_gap_cells, mean_tables.gap_table)
    ),
    "paired": Figure(
        _paired_title, _paired_reading, _paired_chart,
        mean_tables.paired_table, told(_change_cells, mean_tables.paired_table),
    ),
}  # fmt: skip
