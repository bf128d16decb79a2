"""Accessible tables of released numbers: percentages with their counts, intervals and bases."""

from typing import Any

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Key, Released, State
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, exhibit_of, renders
from rakelab.present.gate import columns_of, released
from rakelab.present.markup import Grid, Row, Section
from rakelab.present.sentences import wording
from rakelab.present.sentences.shares import small
from rakelab.present.tables.means import mean_table
from rakelab.present.tables.statistics import statistic_table

#: More groups than this make narrow columns: ``DAGGER`` stands for the words that a group is small.
MANY = 5
DAGGER = "†"


def table(table: Released, *, lang: str = "", columns: Any = None) -> Exhibit:
    """The released table; ``columns`` chooses some of its columns, by key or by the group's level."""
    found = released(table)
    return exhibit_of("table", found, lang, columns=columns_of(found, columns))


@renders("table")
def _table(scene: Scene) -> Markup:
    found = scene.table
    if found.view.measure == "mean":
        return markup.exhibit("table", _no_mean(scene) or mean_table(scene))
    if found.view.measure == "statistic":
        return markup.exhibit("table", statistic_table(scene))
    return markup.exhibit("table", too_few(scene) if wording.thin(found) else share_table(scene, found))


def too_few(scene: Scene, *, grouped: bool = True) -> Markup:
    """A sentence instead of a page of hidden cells, and the total, where that can be shown."""
    found = scene.table
    said = markup.paragraph(small(found, grouped=grouped).text(scene.lang), "too-few")
    total = found.only(TOTAL)
    if found.view.columns == (TOTAL,) or not wording.has(found, TOTAL) or wording.thin(total):
        return said
    return said + share_table(scene, total)


def _no_mean(scene: Scene) -> Markup:
    """A sentence where no group's mean can be shown; empty where some can."""
    found, lang = scene.table, scene.lang
    if any(found.means[one].mean.known for one, _ in found.view.cells() if one in found.means):
        return Markup("")
    return markup.paragraph(i18n.text("present.text.mean_hidden", lang, title=wording.title(found, lang)), "too-few")


def share_table(scene: Scene, found: Released) -> Markup:
    """Options × groups. One group: a column each for share, interval and count; several: all three in one cell."""
    one = len(found.view.columns) == 1
    corner = wording.variable_title(found, found.view.variable, scene.lang)
    names = ("share", "interval", "count") if found.sampled else ("share", "count")
    heads = markup.heads(names, scene.lang) if one else _groups(found, scene.lang)
    grid = Grid(
        id=scene.id,
        lang=scene.lang,
        caption=_caption(found, scene.lang),
        headers=(corner, *heads),
        sections=_sections(found, scene.lang),
        keys=_keys(found, scene.lang),
    )
    return markup.table(grid)


def _groups(found: Released, lang: str) -> tuple[Markup, ...]:
    return tuple(group_head(found, column, lang) for column in found.view.columns)


def _caption(found: Released, lang: str) -> str:
    title = wording.title(found, lang, grouped=len(found.view.columns) > 1)
    if len(found.view.columns) != 1:
        return title
    column = found.view.columns[0]
    place = "" if column == TOTAL else ", " + wording.label(found, column, lang)
    return markup.titled(title + place, wording.base(found, column, lang), _indicative(found, column, lang))


def group_head(found: Released, column: Key, lang: str) -> Markup:
    base = markup.small("n", wording.base(found, column, lang))
    return markup.together(
        wording.label(found, column, lang), markup.LINE_BREAK, base, _indicative(found, column, lang)
    )


def _indicative(found: Released, column: Key, lang: str) -> Markup:
    if not wording.few(found, column):
        return Markup("")
    words = i18n.text("present.indicative", lang)
    return " " + markup.small("indicative", markup.marked(DAGGER, words) if _many(found) else words)


def _many(found: Released) -> bool:
    """So many groups that their heads have no room for words."""
    return len(found.view.columns) > MANY


def _sections(found: Released, lang: str) -> tuple[Section, ...]:
    of = list(dict.fromkeys(row[0][0] for row in found.view.rows if len(row) == 1))
    if len(of) > 1:
        return tuple(_section(found, variable, lang) for variable in of)
    answers, _ = wording.rows_by_kind(found)
    apart = {i18n.text(f"present.table.{why}", lang): rows for why, rows in wording.not_answers(found).items()}
    every = {"": answers, **apart}
    return tuple(Section(head, tuple(_row(found, row, lang) for row in rows)) for head, rows in every.items())


def _section(found: Released, variable: str, lang: str) -> Section:
    """The rows of one of several variables, under its title."""
    rows = (row for row in found.view.rows if row[0][0] == variable)
    return Section(wording.variable_title(found, variable, lang), tuple(_row(found, row, lang) for row in rows))


def _row(found: Released, row: Key, lang: str) -> Row:
    columns = found.view.columns
    if len(columns) == 1:
        cells = _three(found, row, columns[0], lang)
    else:
        cells = tuple(_together(found, row, column, lang) for column in columns)
    return Row(wording.label(found, row, lang), cells, wording.is_missing(found, row))


def _three(found: Released, row: Key, column: Key, lang: str) -> tuple[str, ...]:
    one = estimate.proportion(found, row, column)
    interval = (wording.interval(one.low, one.high, lang),) if found.sampled else ()
    return wording.share(one.share, lang), *interval, wording.count(one.count, lang)


def _together(found: Released, row: Key, column: Key, lang: str) -> str:
    one = estimate.proportion(found, row, column)
    if not one.share.known:
        return str(one.share)
    share, count = wording.share(one.share, lang), wording.count(one.count, lang)
    interval = (markup.interval(wording.interval(one.low, one.high, lang)),) if found.sampled else ()
    return markup.measured(share, count, *interval)


def _keys(found: Released, lang: str) -> list[str]:
    """What the reader must know, and only of what occurs in this table."""
    occurring = wording.states(found)
    said = ["percent_answered" if found.view.answered else "percent"]
    said += ["multiple"] if found.view.multiple else []
    said += ["intervals" if found.sampled else "counts"] if len(found.view.columns) > 1 else []
    said += ["hidden"] if State.HIDDEN in occurring else []
    lines = [i18n.text(f"present.key.{name}", lang) for name in said]
    if any(wording.few(found, column) for column in found.view.columns):
        word = "indicative_mark" if _many(found) else "indicative"
        lines.append(i18n.text(f"present.key.{word}", lang, n=estimate.INDICATIVE_BASE))
    return lines
