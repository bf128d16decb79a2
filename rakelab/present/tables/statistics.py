"""Tables of named numbers that came through the wall: reliability, agreement of coders, times until an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import NOTHING, TOTAL, Cell, Key, Quantity, Released, State, join, shown
from rakelab.errors import UsageError
from rakelab.formulas import feldt_interval
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, exhibit_of, renders
from rakelab.present.gate import released
from rakelab.present.markup import Column
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences.quantity import statistic
from rakelab.present.tables.means import mean_table
from rakelab.present.tables.shares import share_table, too_few

Text = Callable[[Scene, Key], str]


def reliability(table: Released, *, lang: str = "") -> Exhibit:
    """Cronbach's alpha of each scale with Feldt's interval, the number of items and n."""
    return _exhibit("reliability", table, lang)


def agreement(table: Released, *, lang: str = "") -> Exhibit:
    """How alike two coders coded: share coded alike, kappa and Krippendorff's alpha with intervals, what to discuss."""
    return _exhibit("agreement", table, lang)


def times(table: Released, *, lang: str = "") -> Exhibit:
    """Median days with interval, and of how many."""
    return _exhibit("times", table, lang)


def _exhibit(kind: str, table: Released, lang: str) -> Exhibit:
    needed = KINDS[kind].needed
    if needed not in {name for _, name in released(table).statistics}:
        raise UsageError("present.no_statistic", table=table.view.id, name=needed)
    return exhibit_of(kind, table, lang)


def alpha_interval(table: Released, cell_key: Key) -> tuple[Cell, Cell]:
    """Feldt's interval of a released alpha; as unknown as the alpha is."""
    alpha, items, n = statistic(table, cell_key, "alpha"), statistic(table, cell_key, "items"), table.cells[cell_key]
    if not (alpha.known and items.known and n.known):
        return alpha, alpha
    limits = feldt_interval(alpha.number, int(n.number), int(items.number))
    low, high = (NOTHING if end is None else shown(end) for end in (limits.low, limits.high))
    return low, high


def _part(scene: Scene, of: Key, name: str) -> Cell:
    """A weighted share, or how near it is; nobody's is nought, however much anybody weighs."""
    nobody = scene.table.cells[of].state is State.ZERO
    return shown(0) if nobody else statistic(scene.table, of, name)


def _points(cell: Cell, lang: str) -> str:
    """``± 2``."""
    return f"±\u202f{i18n.number(100 * cell.number, lang)}" if cell.known else str(cell)


def _design(scene: Scene) -> dict[str, str]:
    """The design effect, and how much wider intervals are by it."""
    effect = statistic(scene.table, TOTAL, "deff")
    numbers = {"deff": (effect.value or 1.0, 2), "wider": (sqrt(effect.value or 1.0), 1)}
    return {name: i18n.number(value, scene.lang, digits) for name, (value, digits) in numbers.items()}


def _number(name: str, digits: int) -> Text:
    return lambda scene, of: quantity.written(statistic(scene.table, of, name), scene.lang, digits)


def _interval(name: str) -> Text:
    low, high = f"{name}_low", f"{name}_high"
    return lambda scene, of: quantity.between(
        statistic(scene.table, of, low), statistic(scene.table, of, high), scene.lang, 1
    )


@dataclass(frozen=True)
class Kind:
    """The number that a kind of table is about, the heading of its rows, its note, and its columns before n."""

    needed: str
    first: str
    note: str
    columns: list[tuple[str, Text]]
    based: bool = False  # the title tells of how many people all of it is


#: In the order in which they are looked for.
KINDS = {
    "agreement": Kind("kappa", "theme", "agreement", [
        ("agreement", lambda scene, of: wording.share(statistic(scene.table, of, "agreement"), scene.lang)),
        ("kappa", _number("kappa", 1)), ("interval", _interval("kappa")),
        ("krippendorff", _number("alpha", 1)), ("interval", _interval("alpha")),
        ("disagreements", _number("disagreements", 0)),
    ]),
    "times": Kind("median", "group", "times", [
        ("median", lambda scene, of: quantity.days(statistic(scene.table, of, "median"), scene.lang)),
        ("interval", lambda scene, of: quantity.day_range(
            statistic(scene.table, of, "low"), statistic(scene.table, of, "high"), scene.lang)),
    ]),
    "reliability": Kind("alpha", "scale", "alpha", [
        ("items", _number("items", 0)), ("alpha", _number("alpha", 2)),
        ("interval", lambda scene, of: quantity.between(*alpha_interval(scene.table, of), scene.lang, 2)),
    ]),
    "weighted": Kind("weighted", "answer", "weighted", [
        ("weighted", lambda scene, of: wording.share(_part(scene, of, "weighted"), scene.lang)),
        ("within", lambda scene, of: _points(_part(scene, of, "within"), scene.lang)),
        ("unweighted", lambda scene, of: wording.share(estimate.proportion(scene.table, of).share, scene.lang)),
    ], based=True),
}  # fmt: skip


def statistic_table(scene: Scene, kind: Kind) -> Markup:
    """A line for each base with the numbers of its kind, and n."""
    table, view = scene.table, scene.table.view
    bases = {of for of, _ in table.statistics}
    places = [(row, column) for row in view.rows for column in view.columns if join(row, column) in bases]

    def head(place: tuple[Key, Key]) -> str:
        """The row's words, the group's, or both."""
        if place[1] == TOTAL and len(view.columns) == 1:
            return scene.line(place[0])
        group = scene.label(place[1])
        return group if len(view.rows) == 1 else f"{scene.line(place[0])} · {group}"

    def column(heading: str, text: Text) -> Column:
        return Column(scene.head(heading), lambda place: text(scene, join(*place)))

    columns = [Column(scene.head(kind.first), head), *(column(*pair) for pair in kind.columns)]
    columns.append(column("base", lambda scene, of: scene.count(table.cells[of])))
    small = quantity.indicative(table.cells[TOTAL if kind.based else join(*place)] for place in places)
    title = markup.titled(scene.title(), scene.base(view.base(TOTAL)), "") if kind.based else scene.title(grouped=True)
    return scene.grid(title, columns, places, scene.notes(kind.note, small=small, **_design(scene)))


def _plain(scene: Scene) -> Markup:
    """Numbers that no kind knows, a line each."""
    columns = [
        Column(scene.head("statistic"), lambda item: f"{scene.label(item[0][0])}: {item[0][1]}"),
        Column(scene.head("value"), lambda item: quantity.written(item[1], scene.lang, 2)),
    ]
    return scene.grid(scene.title(grouped=True), columns, list(scene.table.statistics.items()))


@renders("table")
def _table(scene: Scene) -> Markup:
    """The table of whatever numbers there are; a sentence where too few of them can be shown."""
    table, measure = scene.table, scene.table.view.measure
    if measure == Quantity.STATISTIC:
        names = {name for _, name in table.statistics}
        kind = next((kind for kind in KINDS.values() if kind.needed in names), None)
        return markup.exhibit("table", statistic_table(scene, kind) if kind else _plain(scene))
    if measure != Quantity.MEAN:
        hidden = wording.mostly_hidden(table)
        return markup.exhibit("table", too_few(scene) if hidden else share_table(scene, table))
    if any(table.means[of].mean.known for of, _ in table.view.cells() if of in table.means):
        return markup.exhibit("table", mean_table(scene))
    words = scene.words("present.text.mean_hidden", title=scene.title(grouped=True))
    return markup.exhibit("table", markup.paragraph(words, "too-few"))


def _drawn(scene: Scene) -> Markup:
    return markup.exhibit(scene.kind, statistic_table(scene, KINDS[scene.kind]))


for _kind in KINDS:
    renders(_kind)(_drawn)
