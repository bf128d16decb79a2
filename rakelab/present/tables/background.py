"""Who people are, in one compact table: a section for each variable, everybody in one column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from rakelab import estimate
from rakelab.cells import TOTAL, Key, Quantity, Released
from rakelab.errors import UsageError
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, renders
from rakelab.present.gate import flat, released
from rakelab.present.markup import Column, Grid
from rakelab.present.origin import merged
from rakelab.present.sentences import quantity, wording
from rakelab.present.tables.shares import percent


@dataclass(frozen=True)
class Line:
    """One row: an answer of a table, or its mean."""

    table: Released
    row: Key
    mean: bool = False


def background(*tables: Released | Iterable[Released], lang: str = "") -> Exhibit:
    """Background variables as sections of one table: share, interval and count of everybody, and the mean of a number.
    Of a table by group only everybody is shown."""
    given = [released(table) for table in flat(tables, Released, "present.not_released")]
    kept = [table for table in given if TOTAL in table.view.columns]
    if not kept:
        raise UsageError("present.nothing_given")
    named = [table.view.id for table in kept]
    return Exhibit("background", {"tables": named}, merged({table.view.id: table} for table in kept), lang)


@renders("background")
def _background(scene: Scene) -> Markup:
    tables = [scene.tables[name].only(TOTAL) for name in scene.options["tables"]]
    shown = [table for table in tables if not _hidden(table)]
    if not shown:
        titles = scene.listing(wording.title(table, scene.lang, grouped=False) for table in tables)
        return markup.note("background", scene.words("present.text.nothing", title=titles))
    texts = (("share", _number), ("interval", _interval), ("count", _count))
    head = Column(scene.head("background"), lambda line: _name(scene, line))
    columns = [head, *(Column(scene.head(name), partial(text, scene)) for name, text in texts)]
    base = wording.base(shown[0], TOTAL, scene.lang)
    sections = [(_heading(scene, table, base), _lines(table)) for table in shown]
    left = scene.listing(wording.title(table, scene.lang, grouped=False) for table in tables if table not in shown)
    counts = [table for table in shown if table.view.measure == Quantity.COUNT]
    keys = [
        *scene.notes(*dict.fromkeys(percent(table) for table in counts)),
        *([scene.words("present.key.too_small", titles=left)] if left else []),
    ]
    caption = markup.titled(scene.words("present.table.who"), base)
    grid = Grid(scene.id, scene.lang, caption, columns, sections, keys, quiet=_quiet)
    return markup.exhibit("background", scene.written(grid, *(table.view.id for table in shown)))


def _hidden(table: Released) -> bool:
    if table.view.measure == Quantity.MEAN:
        return not any(estimate.mean(table, TOTAL, row).mean.known for row in table.view.rows)
    return wording.mostly_hidden(table)


def _heading(scene: Scene, table: Released, base: str) -> str:
    """The variable; its n where it is another than that of the table."""
    title, own = wording.title(table, scene.lang, grouped=False), wording.base(table, TOTAL, scene.lang)
    return title if own == base or table.view.measure == Quantity.MEAN else markup.titled(title, own)


def _lines(table: Released) -> Sequence[Line]:
    means = table.view.measure == Quantity.MEAN
    return [Line(table, row, means) for row in table.view.rows]


def _name(scene: Scene, line: Line) -> str:
    return scene.head("mean") if line.mean else wording.label(line.table, line.row, scene.lang)


def _number(scene: Scene, line: Line) -> str:
    if line.mean:
        return quantity.mean_of(line.table, line.row, TOTAL, scene.lang).value
    return wording.share(estimate.proportion(line.table, line.row).share, scene.lang)


def _interval(scene: Scene, line: Line) -> str:
    if line.mean:
        return quantity.mean_of(line.table, line.row, TOTAL, scene.lang).interval
    part = estimate.proportion(line.table, line.row)
    return wording.interval(part.low, part.high, scene.lang)


def _count(scene: Scene, line: Line) -> str:
    if line.mean:
        return quantity.mean_of(line.table, line.row, TOTAL, scene.lang).base
    return wording.count(estimate.proportion(line.table, line.row).count, scene.lang)


def _quiet(line: Line) -> bool:
    return not line.mean and wording.is_missing(line.table, line.row)
