"""The tables of means: by group, differences between two groups, mean change of the same people."""

from collections.abc import Iterable

from markupsafe import Markup

from rakelab.cells import MARKERS, TOTAL, Key, Released, State, key
from rakelab.estimate import MeanChange, MeanGap
from rakelab.fields import ANSWERED
from rakelab.names import CHANGE, END, START, made_of, source_of
from rakelab.present import markup
from rakelab.present.exhibit import Scene
from rakelab.present.markup import Column
from rakelab.present.sentences import quantity, verdicts, wording
from rakelab.present.sentences.changes import changes_of
from rakelab.present.sentences.contrasts import gaps_of
from rakelab.present.sentences.means import digits_of
from rakelab.present.sentences.quantity import WrittenMean, statistic
from rakelab.present.tables.contrasts import judged

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
    small = _small(means)

    def group(column: Key) -> Column:
        def text(row: Key) -> str:
            mean = means[row, column]
            if not mean.known:
                return mean.value
            indicative = markup.indicative(scene.lang) if mean.indicative and column not in small else ""
            return markup.measured(mean.value, mean.n(scene.lang), markup.interval(mean.interval), indicative)

        return Column(_head(scene, column, small), text)

    columns = [Column(scene.head("variable"), scene.line), *map(group, scene.table.view.columns)]
    return scene.grid(
        scene.title(grouped=True), columns, scene.table.view.rows, scene.notes("means", small=_any(means))
    )


def _small(means: Means) -> set[Key]:
    """Columns in which every mean is of few people: their heads say so, and not every cell."""
    loose = {column for (_, column), mean in means.items() if mean.known and not mean.indicative}
    return {column for (_, column), mean in means.items() if mean.indicative} - loose


def _any(means: Means) -> bool:
    return bool(_small(means)) or any(mean.known and mean.indicative for mean in means.values())


def _head(scene: Scene, column: Key, small: set[Key]) -> str:
    return markup.together(scene.label(column), markup.indicative(scene.lang) if column in small else "")


def _base(scene: Scene, base: str, *, indicative: bool) -> str:
    return markup.element("td", base, markup.indicative(scene.lang)) if indicative else base


# --- differences between two groups ---------------------------------------------------------------------------


def gap_table(scene: Scene) -> Markup:
    """Variables × mean in each group, difference, interval, and whether it exceeds its margin."""
    lang, gaps, a, b = scene.lang, gaps_of(scene.table, scene.options), scene.key("a"), scene.key("b")
    means = _means(scene, (a, b))
    small = _small(means)

    def end(column: Key) -> Column:
        def text(gap: MeanGap) -> str:
            mean = means[gap.row, column]
            if not mean.known:
                return mean.value
            indicative = markup.indicative(lang) if mean.indicative and column not in small else ""
            return markup.element("td", mean.value, markup.LINE_BREAK, markup.small("count", mean.n(lang)), indicative)

        return Column(_head(scene, column, small), text)

    columns = [
        Column(scene.head("variable"), lambda gap: scene.line(gap.row)), end(a), end(b),
        *judged(
            scene, "mean_difference", lambda gap: quantity.signed(gap.difference, lang, digits_of(gap)),
            lambda gap: quantity.margin(gap.low, gap.high, lang, digits_of(gap)), lambda gap: gap.low,
        ),
    ]  # fmt: skip
    keys = [*scene.notes("welch"), verdicts.key(gaps, lang), *scene.notes(small=_any(means))]
    return scene.grid(wording.compared(scene.table, a, b, lang), columns, gaps, keys)


# --- the same people before and after -------------------------------------------------------------------------


def paired_table(scene: Scene) -> Markup:
    """Scales × mean before and after, change, interval, pairs, standardised change, and Wilcoxon's p if released."""
    table, lang, every = scene.table, scene.lang, changes_of(scene.table)

    def digits(own: MeanChange) -> int:
        return quantity.decimals(table, own.row)

    columns = [
        Column(scene.head("scale"), lambda own: scene.line(own.row)),
        Column(scene.head("before"), lambda own: _at(scene, own, START)),
        Column(scene.head("after"), lambda own: _at(scene, own, END)),
        *judged(
            scene, "change", lambda own: quantity.signed(own.change.mean, lang, digits(own)),
            lambda own: quantity.margin(own.change.low, own.change.high, lang, digits(own)),
            lambda own: own.change.low,
        ),
        Column(
            scene.head("pairs"),
            lambda own: _base(scene, scene.count(own.change.base), indicative=own.change.indicative),
        ),
        Column(scene.head("standardised"), lambda own: quantity.signed(own.standardised, lang, 1)),
    ]  # fmt: skip
    ranked = any(name == "p" for _, name in table.statistics)
    if ranked:
        columns.append(
            Column(scene.head("wilcoxon"), lambda own: quantity.p_class(statistic(table, own.row, "p"), lang))
        )
    small = scene.notes(small=any(own.change.indicative for own in every))
    keys = [*scene.notes("paired", *(("wilcoxon", "exact") if ranked else ())), verdicts.key(every, lang), *small]
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
