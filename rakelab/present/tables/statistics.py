"""Tables of named numbers that came through the wall: reliability, agreement of coders, times until an answer."""

from collections.abc import Callable

from markupsafe import Markup

from rakelab import i18n
from rakelab.cells import TOTAL, Cell, Key, Released, State, join, shown
from rakelab.errors import UsageError
from rakelab.estimate import INDICATIVE_BASE
from rakelab.formulas import feldt_interval
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, exhibit_of, renders
from rakelab.present.gate import released
from rakelab.present.markup import Grid, Row
from rakelab.present.sentences import quantity, wording

_NONE = Cell(State.MISSING)


def reliability(table: Released, *, lang: str = "") -> Exhibit:
    """Cronbach's alpha of each scale with Feldt's interval, the number of items and n."""
    return _exhibit("reliability", table, "alpha", lang)


def agreement(table: Released, *, lang: str = "") -> Exhibit:
    """How alike two coders coded: share coded alike, kappa and Krippendorff's alpha with intervals, what to discuss."""
    return _exhibit("agreement", table, "kappa", lang)


def times(table: Released, *, lang: str = "") -> Exhibit:
    """Median days with interval, and of how many."""
    return _exhibit("times", table, "median", lang)


def _exhibit(kind: str, table: Released, needed: str, lang: str) -> Exhibit:
    found = released(table)
    if needed not in _names(found):
        raise UsageError("present.no_statistic", table=found.view.id, name=needed)
    return exhibit_of(kind, found, lang)


def _names(found: Released) -> dict[str, None]:
    return dict.fromkeys(name for _, name in found.statistics)


def statistic(found: Released, one: Key, name: str) -> Cell:
    """A released number by the key of its base; missing where there is none."""
    return found.statistics.get((one, name), _NONE)


def _head(found: Released, place: tuple[Key, Key], lang: str) -> str:
    """The row's words, the group's, or both."""
    row, column = place
    of = wording.line(found, row, lang)
    if column == TOTAL and len(found.view.columns) == 1:
        return of
    group = wording.label(found, column, lang)
    return group if len(found.view.rows) == 1 else f"{of} · {group}"


Cells = Callable[[Released, Key, str], list[str]]


def _grid(scene: Scene, heads: tuple[str, ...], word: str, cells: Cells) -> Markup:
    """A line for each base; the last number of ``cells`` is its count."""
    found, lang = scene.table, scene.lang
    view = found.view
    bases = {one for one, _ in found.statistics}
    places = [(row, column) for row in view.rows for column in view.columns if join(row, column) in bases]
    rows = tuple(Row(_head(found, place, lang), tuple(cells(found, join(*place), lang))) for place in places)
    keys = [i18n.text(f"present.key.{word}", lang)]
    if quantity.few(found.cells[join(*place)] for place in places):
        keys.append(i18n.text("present.key.indicative", lang, n=INDICATIVE_BASE))
    return markup.table(Grid(scene.id, lang, wording.title(found, lang), markup.heads(heads, lang), rows, keys=keys))


def reliability_table(scene: Scene) -> Markup:
    return _grid(scene, ("scale", "items", "alpha", "interval", "base"), "alpha", _alpha)


def _alpha(found: Released, one: Key, lang: str) -> list[str]:
    alpha, items = statistic(found, one, "alpha"), statistic(found, one, "items")
    interval = quantity.between(*alpha_interval(found, one), lang, 2)
    base = _count(found, one, lang)
    return [quantity.written(items, lang, 0), quantity.written(alpha, lang, 2), interval, base]


def alpha_interval(found: Released, one: Key) -> tuple[Cell, Cell]:
    """Feldt's interval of a released alpha; as unknown as the alpha is."""
    alpha, items, n = statistic(found, one, "alpha"), statistic(found, one, "items"), found.cells[one]
    if not (alpha.known and items.known and n.known):
        return alpha, alpha
    limits = feldt_interval(alpha.value or 0.0, int(n.value or 0), int(items.value or 0))
    low, high = (_NONE if end is None else shown(end) for end in (limits.low, limits.high))
    return low, high


def agreement_table(scene: Scene) -> Markup:
    heads = ("theme", "agreement", "kappa", "interval", "krippendorff", "interval", "disagreements", "base")
    return _grid(scene, heads, "agreement", _agreement)


def _agreement(found: Released, one: Key, lang: str) -> list[str]:
    texts = [wording.share(statistic(found, one, "agreement"), lang)]
    for name in ("kappa", "alpha"):
        low, high = (statistic(found, one, f"{name}_{end}") for end in ("low", "high"))
        texts += [quantity.written(statistic(found, one, name), lang, 1), quantity.between(low, high, lang, 1)]
    talk = statistic(found, one, "disagreements")
    return [*texts, quantity.written(talk, lang, 0), _count(found, one, lang)]


def times_table(scene: Scene) -> Markup:
    return _grid(scene, ("group", "median", "interval", "base"), "times", _times)


def _times(found: Released, one: Key, lang: str) -> list[str]:
    median, low, high = (statistic(found, one, name) for name in ("median", "low", "high"))
    return [days(median, lang), day_range(low, high, lang), _count(found, one, lang)]


def days(cell: Cell, lang: str) -> str:
    """Whole days, or with a decimal where there is one."""
    whole = cell.value is None or float(cell.value).is_integer()
    return quantity.written(cell, lang, 0 if whole else 1)


def day_range(low: Cell, high: Cell, lang: str) -> str:
    """``12–30``; ``12–`` where the data set no limit upwards."""
    if low.known and high.state is State.MISSING:
        return f"{days(low, lang)}–"
    return f"{days(low, lang)}–{days(high, lang)}" if low.known and high.known else str(high if low.known else low)


def _count(found: Released, one: Key, lang: str) -> str:
    return wording.count(found.cells[one], lang)


#: Which table shows a statistic, for those who ask for a table without naming its kind.
_BY_NAME: dict[str, Callable[[Scene], Markup]] = {
    "kappa": agreement_table,
    "median": times_table,
    "alpha": reliability_table,
}


def statistic_table(scene: Scene) -> Markup:
    """The table of whatever statistics there are; of unknown ones a line each."""
    names = _names(scene.table)
    drawn = next((draw for name, draw in _BY_NAME.items() if name in names), None)
    return drawn(scene) if drawn else _plain(scene)


def _plain(scene: Scene) -> Markup:
    found, lang = scene.table, scene.lang
    numbers = [(one, name, cell) for (one, name), cell in found.statistics.items()]
    rows = tuple(
        Row(f"{wording.label(found, one, lang)}: {name}", (quantity.written(cell, lang, 2),))
        for one, name, cell in numbers
    )
    headers = markup.heads(("statistic", "value"), lang)
    return markup.table(Grid(scene.id, lang, wording.title(found, lang), headers, rows))


def _drawn(kind: str, draw: Callable[[Scene], Markup]) -> None:
    renders(kind)(lambda scene: markup.exhibit(kind, draw(scene)))


for _kind, _draw in (("reliability", reliability_table), ("agreement", agreement_table), ("times", times_table)):
    _drawn(_kind, _draw)
