"""The tables of means: by group, differences between two groups, mean change of the same people."""

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup

from rakelab.cells import MARKERS, TOTAL, Key, Released, State, key
from rakelab.estimate import MeanChange
from rakelab.fields import ANSWERED
from rakelab.names import CHANGE, END, START, made_of, source_of
from rakelab.present import markup
from rakelab.present.exhibit import Scene
from rakelab.present.markup import Column
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences.changes import changes_of
from rakelab.present.sentences.quantity import WrittenMean, statistic
from rakelab.present.tables.contrasts import KINDS

Means = dict[tuple[Key, Key], WrittenMean]


def mean_table(scene: Scene) -> Markup:
    """Groups × mean, interval and n where there is one variable; else variables × the same, or × groups."""
    view = scene.table.view
    alone, means = len(view.rows) == 1, _means(scene, view.columns)
    if not alone and len(view.columns) > 1:
        return _by_group(scene, means)
    columns = [
        Column(
            scene.head("group" if alone else "variable"),
            lambda place: scene.label(place[1]) if alone else scene.line(place[0]),
        ),
        Column(scene.head("mean"), lambda place: means[place].value),
        Column(scene.head("interval"), lambda place: means[place].interval),
        Column(scene.head("base"), lambda place: _base(scene, means[place].base, indicative=means[place].indicative)),
    ]
    keys = scene.notes(small=any(mean.indicative for mean in means.values()))
    return scene.grid(scene.title(grouped=True), columns, list(means), keys)


def _means(scene: Scene, columns: Iterable[Key]) -> Means:
    places = ((row, column) for column in columns for row in scene.table.view.rows)
    return {place: quantity.mean_of(scene.table, *place, scene.lang) for place in places}


def _by_group(scene: Scene, means: Means) -> Markup:
    """Variables × groups; in each cell the mean, how many, and the interval."""

    def text(mean: WrittenMean, indicative: str) -> str:
        return markup.measured(mean.value, mean.n(scene.lang), markup.interval(mean.interval), indicative)

    columns = [Column(scene.head("variable"), scene.line), *_crossed(scene, means, lambda row: row, text)]
    keys = scene.notes("means", small=_any(means))
    return scene.grid(scene.title(grouped=True), columns, scene.table.view.rows, keys)


def _crossed(
    scene: Scene, means: Means, row: Callable[[Any], Key], write: Callable[[WrittenMean, str], str]
) -> list[Column]:
    """A column for each group; that its means are indicative is said in its head where all are, else in the cells."""
    small, note = _small(means), markup.indicative(scene.lang)

    def text(column: Key, item: Any) -> str:
        mean = means[row(item), column]
        return write(mean, note if mean.indicative and column not in small else "") if mean.known else mean.value

    def head(column: Key) -> str:
        return markup.together(scene.label(column), note if column in small else "")

    return markup.crossed(dict.fromkeys(column for _, column in means), head, text)


def _small(means: Means) -> set[Key]:
    """Columns in which every mean is of few people: their heads say so, and not every cell."""
    loose = {column for (_, column), mean in means.items() if mean.known and not mean.indicative}
    return {column for (_, column), mean in means.items() if mean.indicative} - loose


def _any(means: Means) -> bool:
    return bool(_small(means)) or any(mean.known and mean.indicative for mean in means.values())


def _base(scene: Scene, base: str, *, indicative: bool) -> str:
    return markup.element("td", base, markup.indicative(scene.lang)) if indicative else base


def gap_table(scene: Scene) -> Markup:
    """Variables × mean in each group, difference, interval, and whether it exceeds its margin."""
    kind, ends = KINDS["mean_changes"], (scene.key("a"), scene.key("b"))
    gaps, means = kind.compared(scene), _means(scene, ends)

    def text(mean: WrittenMean, indicative: str) -> str:
        n = markup.small("count", mean.n(scene.lang))
        return markup.element("td", mean.value, markup.LINE_BREAK, n, indicative)

    heads = _crossed(scene, means, lambda gap: gap.row, text)
    columns = [Column(scene.head("variable"), lambda gap: scene.line(gap.row)), *heads, *kind.columns(scene)]
    keys = [*scene.notes("welch"), scene.family(gaps, "key.holm"), *scene.notes(small=_any(means))]
    return scene.grid(wording.compared(scene.table, *ends, scene.lang), columns, gaps, keys)


def paired_table(scene: Scene) -> Markup:
    """Scales × mean before and after, change, interval, pairs, standardised change, and Wilcoxon's p if released."""
    table, lang, every = scene.table, scene.lang, changes_of(scene.table)

    def pairs(own: MeanChange) -> str:
        return _base(scene, scene.count(own.change.base), indicative=own.change.indicative)

    columns = [
        Column(scene.head("scale"), lambda own: scene.line(own.row)),
        Column(scene.head("before"), lambda own: _at(scene, own, START)),
        Column(scene.head("after"), lambda own: _at(scene, own, END)),
        *KINDS["paired"].columns(scene),
        Column(scene.head("pairs"), pairs),
        Column(scene.head("standardised"), lambda own: quantity.signed(own.standardised, lang, 1)),
    ]
    ranked = any(name == "p" for _, name in table.statistics)
    if ranked:
        columns.append(
            Column(scene.head("wilcoxon"), lambda own: quantity.p_class(statistic(table, own.row, "p"), lang))
        )
    small = scene.notes(small=any(own.change.indicative for own in every))
    keys = [*scene.notes("paired", *(("wilcoxon", "exact") if ranked else ())), scene.family(every, "key.holm"), *small]
    return scene.grid(scene.title(grouped=True), columns, every, keys)


def _at(scene: Scene, change: MeanChange, end: str) -> str:
    """The mean before or after, from the table that holds it; with its n where others than the pairs are in it."""
    variable = change.row[0][0]
    row = key((made_of(source_of(variable, CHANGE) or variable, end), ANSWERED))
    tables = (scene.tables[scene.options["ends"]] if "ends" in scene.options else scene.table, scene.table)
    table: Released | None = next((table for table in tables if row in table.means), None)
    if table is None:
        return MARKERS[State.MISSING]
    mean = quantity.mean_of(table, row, TOTAL, scene.lang)
    same = mean.base == scene.count(change.change.base)
    return f"{mean.value} ({mean.n(scene.lang)})" if mean.known and not same else mean.value
