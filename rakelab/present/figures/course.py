"""A number over time as a line from left to right, with the limits of its ordinary variation."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from rakelab import estimate
from rakelab.cells import Cell, Key, Released
from rakelab.estimate import Course, Measured, Point
from rakelab.present.exhibit import Exhibit, Scene, figure_of
from rakelab.present.figures import charts, pen, theme
from rakelab.present.figures.charts import BEYOND, PLAIN, Drawer
from rakelab.present.figures.drawing import Axis, Legend, Mark
from rakelab.present.figures.pen import INK, LETTER, LINE, MUTED, PAPER, Pen, Sheet
from rakelab.present.gate import pack
from rakelab.present.markup import Column
from rakelab.present.sentences import course as words
from rakelab.present.sentences.sentence import Sentence

#: Height of the plot in inches.
_TALL = 2.1


def kehitys(table: Released, row: Key | str = (), *, alt: Sentence, lang: str = "") -> Exhibit:
    """Counts of periods, or the share of ``row`` by period, as a line over time. From twelve periods on the limits of
    ordinary variation are drawn, and what is beyond them, or runs on one side or in one direction, is marked; of
    fewer the page says that nothing can be told of a change. A hidden period is a gap."""
    return figure_of("kehitys", table, alt, lang, row=pack(words.row_of(table, row)))


def title(scene: Scene) -> str:
    row = scene.key("row")
    return ", ".join((scene.title(), scene.label(row))) if row else scene.title()


def reading(scene: Scene) -> str:
    made = words.course_of(scene)
    unit = scene.words(f"events.course.unit.{made.measured}", days=estimate.MONTH_DAYS)
    if made.limits is None:
        few = scene.words("events.course.few", n=made.known, enough=estimate.ENOUGH_POINTS)
        return " ".join((unit, few))
    return " ".join((unit, scene.words("events.course.reading", **words.usual(made, scene.lang))))


def data(scene: Scene) -> Markup:
    """Each period, its number, and whether it is more than ordinary variation."""
    made = words.course_of(scene)

    def sign(point: Point) -> str:
        if point.sign is None:
            return scene.words("events.course.ordinary") if made.limits and point.value.known else "–"
        return scene.words(f"events.course.sign.{point.sign.signal}.{'up' if point.sign.up else 'down'}")

    columns = [
        Column(scene.words("events.course.head.period"), lambda point: scene.label(point.period)),
        Column(
            scene.words(f"events.course.head.{made.measured}", days=estimate.MONTH_DAYS),
            lambda point: _value(scene, made, point),
        ),
        Column(scene.words("events.course.head.sign"), sign),
    ]
    return scene.grid(title(scene), columns, made.points)


def cells(scene: Scene) -> Iterator[Cell]:
    return (point.value for point in words.course_of(scene).points)


def picture(scene: Scene) -> Drawer:
    made = words.course_of(scene)
    return lambda sheet: _Drawing(_Line(scene, made), sheet).svg()


def _value(scene: Scene, made: Course, point: Point) -> str:
    return words.value(point.value, made.measured, scene.lang)


@dataclass(frozen=True)
class _Line:
    """What is drawn, in the words of one language."""

    scene: Scene
    made: Course

    def axis(self, sheet: Sheet) -> Axis:
        numbers = [point.value.number for point in self.made.points if point.value.known]
        high = max([*numbers, *(self.made.ends or ())], default=1)
        if self.made.measured is Measured.SHARE:
            return charts.percent_axis_to(high, self.scene.lang, sheet)
        return charts.round_axis(0, max(1, high), self.scene.lang, sheet)

    def legend(self) -> list[Mark]:
        if self.made.limits is None:
            return []
        marked, unmarked = (self.scene.words(f"events.course.{word}") for word in ("marked", "unmarked"))
        return [Mark(marked, look=BEYOND), Mark(unmarked, look=PLAIN, filled=False)]

    def named(self) -> set[int]:
        """Which points have their number beside them: signs, the first and the last."""
        known = [i for i, point in enumerate(self.made.points) if point.value.known]
        runs = [run for run in self.made.runs if len(run) == 1]
        alone = {i for i in known if any(self.made.points[i] is run[0] for run in runs)}
        return alone | set(known[:1] + known[-1:])


class _Drawing:
    """The line on its sheet."""

    def __init__(self, line: _Line, sheet: Sheet) -> None:
        self.line, self.sheet, self.axis = line, sheet, line.axis(sheet)
        self.points = line.made.points
        self.legend = Legend(line.legend(), sheet)
        self.top = self.legend.height + 0.3
        self.bottom = self.top + _TALL
        self.left = 0.14 + max((len(text) for _, text in self.axis.ticks), default=1) * sheet.size * LETTER
        self.right = sheet.width - 0.3
        self.pen = Pen(sheet, self.bottom + 0.32)

    def svg(self) -> str:
        self.legend.draw(self.pen)
        self._limits()
        self._axes()
        self._line()
        for i in range(len(self.points)):
            self._point(i)
        return self.pen.svg()

    def across(self, i: int) -> float:
        return self.left + 0.12 + (self.right - self.left - 0.12) * i / max(1, len(self.points) - 1)

    def down(self, value: float) -> float:
        return self.bottom - (value - self.axis.low) / (self.axis.high - self.axis.low) * _TALL

    def _limits(self) -> None:
        made = self.line.made
        if made.limits is None or made.ends is None:
            return
        low, high = map(self.down, made.ends)
        self.pen.box((self.left, high), (self.right - self.left, low - high), theme.COLOURS["wash"], zorder=0.2)
        for y, width in ((high, 0.8), (low, 0.8), (self.down(made.limits.mean), 1.4)):
            self.pen.line((self.left, y), (self.right, y), LINE, lw=width, zorder=0.6)

    def _axes(self) -> None:
        for value, text in self.axis.ticks:
            y = self.down(value)
            self.pen.line((self.left, y), (self.right, y), pen.HAIR, lw=0.8, zorder=0.4)
            self.pen.words(self.left - 0.08, y, text, ha="right", color=MUTED, size=self.sheet.size - 0.5)
        labels = [self.line.scene.label(point.period) for point in self.points]
        room = (max(map(len, labels), default=1) + 2) * self.sheet.size * LETTER
        step = max(1, -(-len(labels) * room // (self.right - self.left)))
        for i, label in enumerate(labels):
            if i % step == 0:
                self.pen.words(self.across(i), self.bottom + 0.17, label, ha="center", **_quiet(self.sheet))

    def _line(self) -> None:
        for i, (one, other) in enumerate(pairwise(self.points)):
            if one.value.known and other.value.known:
                start = (self.across(i), self.down(one.value.number))
                end = (self.across(i + 1), self.down(other.value.number))
                self.pen.line(start, end, MUTED, lw=1.4, zorder=1)

    def _point(self, i: int) -> None:
        point = self.points[i]
        x = self.across(i)
        if not point.value.known:
            self.pen.words(x, self.bottom - 0.1, "··", color=MUTED, ha="center")
            return
        y = self.down(point.value.number)
        self.pen.marker(x, y, BEYOND if point.sign else PLAIN, filled=point.sign is not None)
        if i in self.line.named():
            text = _value(self.line.scene, self.line.made, point)
            width = len(text) * self.sheet.size * LETTER
            self.pen.box((x - width / 2, y - 0.28), (width, 0.16), PAPER, zorder=0.9)
            self.pen.words(x, y - 0.2, text, ha="center", color=INK, weight="bold" if point.sign else "normal")


def _quiet(sheet: Sheet) -> dict[str, Any]:
    return {"color": MUTED, "size": sheet.size - 0.5}
