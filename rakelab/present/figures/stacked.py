"""Statements with ordered answers as stacked bars around the middle answer, each with its own n."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Key, Released, State, join
from rakelab.errors import UsageError
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, figure_of
from rakelab.present.figures import theme
from rakelab.present.figures.chart_parts import Drawer, Figure, no_number, told
from rakelab.present.figures.pen import HAIR, INK, LETTER, LINE, MUTED, Pen, Sheet, lines_of, reading_of
from rakelab.present.gate import column_key, pack, released, unpack
from rakelab.present.markup import Grid, Row
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence

#: Height of a bar in inches.
BAR = 0.3
#: What stands under the sides of the middle.
_SIDES = ("warm", "cool")


def likert(tables: Sequence[Released], *, alt: Sentence, lang: str = "", column: Key | str | None = None) -> Exhibit:
    """Single-choice statements with the same ordered answers, a bar each, the middle answer in the middle.

    A statement with a hidden answer has no bar, because no length of it would be true; its row says so and its table
    tells what can be told. ``column`` is one group of the tables; without it everybody. Raises UsageError where the
    statements do not have the same answers.
    """
    items = [released(table) for table in _listed(tables)]
    if len({options_of(item) for item in items}) > 1:
        raise UsageError("present.unlike_items", tables=", ".join(item.view.id for item in items))
    first, *others = items
    return figure_of("likert", first, alt, lang, others=others, column=pack(column_key(first, column)))


def _listed(tables: object) -> list[object]:
    given = [tables] if isinstance(tables, Released) else list(tables)  # type: ignore[call-overload]
    if not given:
        raise UsageError("present.nothing_given")
    return given


def options_of(item: Released) -> tuple[str, ...]:
    """The answers of a statement in the form's order, without the kinds of missing."""
    answers, _ = wording.rows_by_kind(item)
    return tuple(level for row in answers for _, level in row)


@dataclass(frozen=True)
class Item:
    """One statement: its words, its n, and the share of each answer, which may be hidden."""

    title: str
    base: str
    shares: tuple[Cell, ...]

    @property
    def told(self) -> bool:
        return all(one.known for one in self.shares)


def _tables(scene: Scene) -> list[Released]:
    return [scene.tables[name] for name in scene.options.get("tables", [scene.options["table"]])]


def _column(scene: Scene) -> Key:
    return unpack(scene.options["column"])


def _items(scene: Scene) -> list[Item]:
    return [_item(table, _column(scene), scene.lang) for table in _tables(scene)]


def _item(table: Released, column: Key, lang: str) -> Item:
    answers, _ = wording.rows_by_kind(table)
    shares = tuple(estimate.proportion(table, row, column).share for row in answers)
    few = ", " + i18n.text("present.indicative", lang) if wording.few(table, column) else ""
    title = wording.variable_title(table, table.view.variable, lang)
    return Item(title, wording.base(table, column, lang) + few, shares)


def _names(scene: Scene) -> list[str]:
    table = scene.table
    return [table.label((table.view.variable, level), scene.lang) for level in options_of(table)]


# --- the picture ----------------------------------------------------------------------------------------------


def shades(n: int) -> list[str]:
    """``n`` fills from one end to the other; an odd number has a grey middle."""
    half = n // 2
    left, right = (_side(theme.DIVERGING[name], half) for name in _SIDES)
    return [*left, *([theme.DIVERGING["middle"][0]] if n % 2 else []), *reversed(right)]


def _side(colours: Sequence[str], n: int) -> list[str]:
    """Strongest first."""
    if n <= len(colours):
        return list(colours[:n])
    return [colours[round(i * (len(colours) - 1) / (n - 1))] for i in range(n)]


def offsets(shares: Sequence[float]) -> list[float]:
    """Where each answer begins, so that the middle of the scale is at zero."""
    half = len(shares) // 2
    start = -sum(shares[:half]) - (shares[half] / 2 if len(shares) % 2 else 0)
    begun = [start]
    for share in shares[:-1]:
        begun.append(begun[-1] + share)
    return begun


@dataclass(frozen=True)
class _Place:
    """Where the bars lie, in inches: the middle line, and the length of the whole."""

    left: float
    right: float
    most: tuple[float, float]  # the longest way to the left and to the right, shares

    def __call__(self, value: float) -> float:
        low, high = self.most
        return self.left + (value + low) / (low + high) * (self.right - self.left)


def _chart(scene: Scene) -> Drawer:
    items, names = _items(scene), _names(scene)

    def draw(sheet: Sheet) -> str:
        reading = reading_of(_reading(scene), sheet)
        key = _key_lines(names, sheet)
        heights = [_height(item, sheet) for item in items]
        top = (key[-1][1] + len(_named(names[-1], sheet)) - 1) * sheet.leading * 1.25 + 0.42
        pen = Pen(sheet, top + sum(heights) + 0.12 + len(reading) * sheet.leading)
        _key(pen, names, key)
        _bars(pen, items, (top, heights), scene.lang)
        for i, text in enumerate(reading):
            y = top + sum(heights) + 0.16 + i * sheet.leading
            pen.words(0.04, y, text, color=MUTED, size=sheet.size - 0.5)
        return pen.svg()

    return draw


def _key_lines(names: Sequence[str], sheet: Sheet) -> list[tuple[float, int]]:
    """(x, line) of each answer of the key."""
    places, x, line = [], 0.06, 0
    for name in names:
        text = _named(name, sheet)
        room = 0.42 + max(map(len, text)) * sheet.size * LETTER
        if x > 0.06 and x + room > sheet.width:
            x, line = 0.06, line + 1
        places.append((x, line))
        x, line = x + room, line + len(text) - 1
    return places


def _named(name: str, sheet: Sheet) -> list[str]:
    """An answer of the key in lines that fit the sheet."""
    return lines_of(name, sheet, sheet.width - 0.4)


def _key(pen: Pen, names: Sequence[str], places: Sequence[tuple[float, int]]) -> None:
    for name, colour, (x, line) in zip(names, shades(len(names)), places, strict=True):
        y = 0.14 + line * pen.sheet.leading * 1.25
        pen.box((x, y - 0.08), (0.18, 0.16), LINE)
        pen.box((x + 0.01, y - 0.07), (0.16, 0.14), colour)
        for i, text in enumerate(_named(name, pen.sheet)):
            pen.words(x + 0.24, y + i * pen.sheet.leading * 1.25, text)


def _label(item: Item, sheet: Sheet) -> tuple[list[str], list[str]]:
    room = sheet.gutter - 0.08 if sheet.gutter else sheet.width - 0.16
    return lines_of(item.title, sheet, room), lines_of(item.base, sheet, room)


def _height(item: Item, sheet: Sheet) -> float:
    words = sum(map(len, _label(item, sheet))) * sheet.leading
    return words + BAR + 0.26 if sheet.narrow else max(words, BAR) + 0.18


def _place(items: Sequence[Item], sheet: Sheet) -> _Place:
    known = [[share.value or 0.0 for share in item.shares] for item in items if item.told]
    ways = [(-offsets(shares)[0], sum(shares) + offsets(shares)[0]) for shares in known]
    most = (max((way[0] for way in ways), default=0.5), max((way[1] for way in ways), default=0.5))
    return _Place(sheet.gutter + 0.1 if sheet.gutter else 0.05, sheet.width - 0.1, most)


def _bars(pen: Pen, items: Sequence[Item], rows: tuple[float, list[float]], lang: str) -> None:
    top, heights = rows
    place = _place(items, pen.sheet)
    y = top
    for item, height in zip(items, heights, strict=True):
        pen.line((0.04, y), (pen.sheet.width - 0.04, y), HAIR, lw=0.8)
        words = _words(pen, item, y, height)
        start = y + words + 0.13 if pen.sheet.narrow else y + (height - BAR) / 2
        if item.told:
            _bar(pen, item, place, start, lang)
        else:
            _no_bar(pen, item, place, start, lang)
        x = place(0)
        for end in (start - 0.06, start + BAR):  # not through the number in the middle
            pen.line((x, end), (x, end + 0.06), INK, lw=1.2, zorder=3)
        y += height


def _words(pen: Pen, item: Item, top: float, height: float) -> float:
    """The statement and its n; gives back how high they are."""
    title, base = _label(item, pen.sheet)
    words = (len(title) + len(base)) * pen.sheet.leading
    start = top + 0.06 if pen.sheet.narrow else top + (height - words) / 2
    for i, text in enumerate((*title, *base)):
        colour = INK if i < len(title) else MUTED
        pen.words(0.04, start + (i + 0.5) * pen.sheet.leading, text, color=colour)
    return words


def _bar(pen: Pen, item: Item, place: _Place, top: float, lang: str) -> None:
    shares = [share.value or 0.0 for share in item.shares]
    fills = shades(len(shares))
    for i, (begin, share) in enumerate(zip(offsets(shares), shares, strict=True)):
        if not share:
            continue
        left, right = place(begin), place(begin + share)
        pen.box((left, top), (right - left, BAR), LINE)
        pen.box((left + 0.008, top + 0.008), (max(right - left - 0.016, 0.004), BAR - 0.016), fills[i])
        text = i18n.number(100 * share, lang)
        if right - left > (len(text) + 0.6) * pen.sheet.size * LETTER:
            pen.words((left + right) / 2, top + BAR / 2, text, ha="center", color=theme.on(fills[i]))


def _no_bar(pen: Pen, item: Item, place: _Place, top: float, lang: str) -> None:
    """A hatched band over the whole axis: its length tells nothing, and the words say why there is no bar."""
    text = no_number(next(one for one in item.shares if not one.known), lang)
    words = len(text) * pen.sheet.size * LETTER + 0.1
    pen.words(place.left + 0.03, top + BAR / 2, text, color=MUTED)
    left = place.left + words
    pen.box((left, top + BAR / 2 - 0.075), (place.right - left, 0.15), LINE, hatch="////")


# --- the table ------------------------------------------------------------------------------------------------


def _title(scene: Scene) -> str:
    tables, lang = _tables(scene), scene.lang
    if len(tables) == 1:
        return wording.title(tables[0], lang, grouped=False)
    place = _column(scene)
    named = i18n.text("present.figure.statements", lang, n=len(tables))
    return named if place == TOTAL else f"{named}, {wording.label(tables[0], place, lang)}"


def _reading(scene: Scene) -> str:
    names = _names(scene)
    word = "likert" if len(names) % 2 else "likert_even"
    return i18n.text(f"present.figure.{word}", scene.lang, middle=names[len(names) // 2])


def _table(scene: Scene) -> Markup:
    """Statements × answers: share and count, and how many gave no answer."""
    lang, column = scene.lang, _column(scene)
    rows = tuple(_row(table, column, lang) for table in _tables(scene))
    heads = (i18n.text("present.table.statement", lang), *_names(scene), i18n.text("present.table.base", lang))
    return markup.table(Grid(scene.id, lang, _title(scene), heads, rows, keys=_keys(scene)))


def _keys(scene: Scene) -> list[str]:
    lines = ["percent_answered" if scene.table.view.answered else "percent", "likert"]
    lines += ["indicative"] if any(wording.few(table, _column(scene)) for table in _tables(scene)) else []
    return [i18n.text(f"present.key.{name}", scene.lang, n=estimate.INDICATIVE_BASE) for name in lines]


def _row(table: Released, column: Key, lang: str) -> Row:
    answers, _ = wording.rows_by_kind(table)
    cells = tuple(_cell(table, row, column, lang) for row in answers)
    base = wording.base(table, column, lang)
    if wording.base_cell(table, column).state is State.HIDDEN:
        base = str(wording.base_cell(table, column))
    return Row(wording.variable_title(table, table.view.variable, lang), (*cells, base))


def _cell(table: Released, row: Key, column: Key, lang: str) -> str:
    one = estimate.proportion(table, row, column)
    if not one.share.known:
        return str(one.share)
    return markup.measured(wording.share(one.share, lang), wording.count(one.count, lang))


def _cells(scene: Scene) -> Iterable[Cell]:
    """One cell of each statement: its first answer that cannot be told, else its first."""
    column = _column(scene)
    for table in _tables(scene):
        answers, _ = wording.rows_by_kind(table)
        every = [table.cells[join(row, column)] for row in answers]
        yield next((cell for cell in every if not cell.known), every[0])


FIGURES = {"likert": Figure(_title, _reading, _chart, _table, told(_cells, _table))}
