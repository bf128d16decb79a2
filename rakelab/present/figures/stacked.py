"""Statements with ordered answers as stacked bars around the middle answer, each with its own n."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Key, Released, join
from rakelab.errors import UsageError
from rakelab.present.exhibit import Exhibit, Scene, alternative, figure_of
from rakelab.present.figures import pen, theme
from rakelab.present.figures.pen import HAIR, INK, LETTER, LINE, MUTED, Pen, Sheet, lines_of
from rakelab.present.gate import column_key, pack, released
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence
from rakelab.present.sentences.spoken import briefly
from rakelab.present.tables.shares import likert_table

#: Height of a bar in inches.
BAR = 0.3


def likert(tables: Sequence[Released], *, alt: Sentence, lang: str = "", column: Key | str | None = None) -> Exhibit:
    """Single-choice statements with the same ordered answers, a bar each, the middle answer in the middle.

    A statement with a hidden answer has no bar, because no length of it would be true; its row says so and its table
    tells what can be told. ``column`` is one group of the tables; without it everybody. Raises UsageError where the
    statements do not have the same answers.
    """
    items = [released(table) for table in ([tables] if isinstance(tables, Released) else tables)]
    if not items:
        raise UsageError("present.nothing_given")
    if len({tuple(level for row in wording.answers(item) for _, level in row) for item in items}) > 1:
        raise UsageError("present.unlike_items", tables=", ".join(item.view.id for item in items))
    first, *others = items
    told = briefly(alternative(alt), "likert")
    return figure_of("likert", first, told, lang, others=others, column=pack(column_key(first, column)))


def _tables(scene: Scene) -> list[Released]:
    return [scene.tables[name] for name in scene.options.get("tables", [scene.options["table"]])]


def title(scene: Scene) -> str:
    tables, column = _tables(scene), scene.key("column")
    if len(tables) == 1:
        return scene.title()
    named = scene.words("present.figure.statements", n=len(tables))
    return named if column == TOTAL else f"{named}, {scene.label(column)}"


def reading(scene: Scene) -> str:
    answers = wording.answers(scene.table)
    word = "likert" if len(answers) % 2 else "likert_even"
    return scene.words(f"present.figure.{word}", middle=scene.label(answers[len(answers) // 2]))


def data(scene: Scene) -> Markup:
    return likert_table(scene, _tables(scene), title(scene))


def cells(scene: Scene) -> Iterable[Cell]:
    """One cell of each statement: its first answer that cannot be told, else its first."""
    for table in _tables(scene):
        every = [table.cells[join(row, scene.key("column"))] for row in wording.answers(table)]
        yield next((cell for cell in every if not cell.known), every[0])


@dataclass(frozen=True)
class Item:
    """One statement: its words, its n, the share of each answer, and why there is no bar where one is hidden."""

    title: str
    base: str
    shares: tuple[Cell, ...]
    numbers: Sequence[str]
    no_bar: str

    @property
    def above(self) -> float:
        """The share on the upper side of the middle, by which statements are sorted; those without a bar come last."""
        return sum(self.sizes[(len(self.sizes) + 1) // 2 :]) if self.sizes else -1.0

    @property
    def sizes(self) -> list[float]:
        """The shares as numbers; none where one is hidden."""
        return [share.number for share in self.shares] if all(share.known for share in self.shares) else []


def _item(scene: Scene, table: Released) -> Item:
    column, lang = scene.key("column"), scene.lang
    shares = tuple(estimate.proportion(table, row, column).share for row in wording.answers(table))
    small = ", " + scene.words("present.indicative") if wording.indicative(table, column) else ""
    title = wording.variable_title(table, table.view.variable, lang)
    unknown = next((share for share in shares if not share.known), None)
    no_bar = wording.no_number(unknown, lang) if unknown else ""
    numbers = [i18n.number(100 * share.number, lang) for share in shares if share.known]
    return Item(title, wording.base(table, column, lang) + small, shares, numbers, no_bar)


def shades(n: int) -> list[str]:
    """``n`` fills from one end to the other; an odd number has a grey middle."""
    left, right = (_side(theme.DIVERGING[name], n // 2) for name in ("warm", "cool"))
    return [*left, *([theme.DIVERGING["middle"][0]] if n % 2 else []), *reversed(right)]


def _side(colours: Sequence[str], n: int) -> list[str]:
    """Strongest first."""
    if n <= len(colours):
        return list(colours[:n])
    return [colours[round(i * (len(colours) - 1) / (n - 1))] for i in range(n)]


def offsets(shares: Sequence[float]) -> list[float]:
    """Where each answer begins, so that the middle of the scale is at zero."""
    half = len(shares) // 2
    begun = [-sum(shares[:half]) - (shares[half] / 2 if len(shares) % 2 else 0)]
    for share in shares[:-1]:
        begun.append(begun[-1] + share)
    return begun


def picture(scene: Scene) -> Callable[[Sheet], str]:
    items = sorted((_item(scene, table) for table in _tables(scene)), key=lambda item: -item.above)
    names = [scene.label(row) for row in wording.answers(scene.table)]
    return lambda sheet: _Drawing(items, names, sheet).svg()


class _Drawing:
    """The statements on a sheet: the key above, then a row for each."""

    def __init__(self, items: Sequence[Item], names: Sequence[str], sheet: Sheet) -> None:
        self.items, self.sheet = items, sheet
        self.key = [lines_of(name, sheet, sheet.width - 0.4) for name in names]
        self.places = pen.flowing(self.key, sheet, 0.06, 0.42)
        self.top = self.places[-1][1] * sheet.leading * 1.25 + 0.42
        self.heights = [self._height(item) for item in items]
        self.bottom = self.top + sum(self.heights)
        self.pen = Pen(sheet, self.bottom + 0.12)
        self.left, self.right = sheet.gutter + 0.1 if sheet.gutter else 0.05, sheet.width - 0.1
        # the longest way to the left and to the right of the middle, shares
        starts = [(-offsets(item.sizes)[0], sum(item.sizes)) for item in items if item.sizes]
        self.low = max((start for start, _ in starts), default=0.5)
        self.high = max((whole - start for start, whole in starts), default=0.5)

    def across(self, value: float) -> float:
        """A share from the middle in inches."""
        return self.left + (value + self.low) / (self.low + self.high) * (self.right - self.left)

    def svg(self) -> str:
        y = self.top
        self._key()
        for item, height in zip(self.items, self.heights, strict=True):
            self._row(item, y, height)
            y += height
        return self.pen.svg()

    def _key(self) -> None:
        step = self.sheet.leading * 1.25
        for text, colour, (x, line) in zip(self.key, shades(len(self.key)), self.places, strict=False):
            y = 0.14 + line * step
            self.pen.box((x, y - 0.08), (0.18, 0.16), LINE)
            self.pen.box((x + 0.01, y - 0.07), (0.16, 0.14), colour)
            self.pen.text(x + 0.24, y, text, step)

    def _label(self, item: Item) -> list[tuple[str, str]]:
        """The statement and its n in lines, each with its colour."""
        room = self.sheet.gutter - 0.08 if self.sheet.gutter else self.sheet.width - 0.16
        words = ((item.title, INK), (item.base, MUTED))
        return [(line, colour) for text, colour in words for line in lines_of(text, self.sheet, room)]

    def _height(self, item: Item) -> float:
        words = len(self._label(item)) * self.sheet.leading
        return words + BAR + 0.26 if self.sheet.narrow else max(words, BAR) + 0.18

    def _row(self, item: Item, top: float, height: float) -> None:
        sheet, label = self.sheet, self._label(item)
        self.pen.line((0.04, top), (sheet.width - 0.04, top), HAIR, lw=0.8)
        words = len(label) * sheet.leading
        start = top + 0.06 if sheet.narrow else top + (height - words) / 2
        for i, (text, colour) in enumerate(label):
            self.pen.words(0.04, start + (i + 0.5) * sheet.leading, text, color=colour)
        bar = top + words + 0.13 if sheet.narrow else top + (height - BAR) / 2
        if item.sizes:
            self._bar(item, bar)
        else:
            self.pen.no_number(self.left, bar + BAR / 2, item.no_bar)
        for end in (bar - 0.06, bar + BAR):  # not through the number in the middle
            self.pen.line((self.across(0), end), (self.across(0), end + 0.06), INK, lw=1.2, zorder=3)

    def _bar(self, item: Item, top: float) -> None:
        parts = zip(offsets(item.sizes), item.sizes, item.numbers, shades(len(item.sizes)), strict=True)
        for begin, share, text, fill in parts:
            if not share:
                continue
            left, right = self.across(begin), self.across(begin + share)
            self.pen.box((left, top), (right - left, BAR), LINE)
            self.pen.box((left + 0.008, top + 0.008), (max(right - left - 0.016, 0.004), BAR - 0.016), fill)
            if right - left > (len(text) + 0.6) * self.sheet.size * LETTER:
                self.pen.words((left + right) / 2, top + BAR / 2, text, ha="center", color=theme.on(fill))
