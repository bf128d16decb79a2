"""Figures of released numbers. Each is a picture in two widths with an alt text, and its data table."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import Cell, Key, Released, State, join
from rakelab.errors import UsageError
from rakelab.estimate import MeanComparison
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Renderer, Scene, alternative, figure_of, renders, scene_of
from rakelab.present.figures import charts, matrices, pen, stacked
from rakelab.present.figures.charts import Drawer
from rakelab.present.gate import column_key, groups_of, pack, released
from rakelab.present.sentences import wording
from rakelab.present.sentences.contrasts import Differences, compared_table, ends, model_table, outcome
from rakelab.present.sentences.means import mean_compared
from rakelab.present.sentences.sentence import Options, Sentence, Tables
from rakelab.present.sentences.shares import pairs_of
from rakelab.present.sentences.spoken import briefly, of_groups
from rakelab.present.tables import contrasts, shares
from rakelab.present.tables import means as mean_tables

Limits = tuple[float, float]


def bars(table: Released, *, alt: Sentence, lang: str = "", column: Key | str | None = None) -> Exhibit:
    """Horizontal bars of percentages of one column (the total by default) with Wilson intervals."""
    return figure_of("bars", table, alt, lang, columns=[pack(column_key(released(table), column))])


def dots(table: Released, *, alt: Sentence, lang: str = "", columns: Any = None) -> Exhibit:
    """Several columns (years, groups) side by side: a marker and a colour each, with intervals."""
    drawn = groups_of(released(table), columns)
    return figure_of("dots", table, of_groups(alternative(alt), drawn), lang, columns=drawn)


def changes(differences: Differences, *, alt: Sentence, lang: str = "") -> Exhibit:
    """Differences between two columns with Newcombe intervals; filled where beyond chance (Holm)."""
    table = compared_table(differences)
    return figure_of("changes", table, briefly(alternative(alt), "changes"), lang, **ends(differences))


def grid(pairs: Released, *, alt: Sentence, lang: str = "") -> Exhibit:
    """Which needs meet: a matrix of pairs, with the numbers in its squares."""
    if released(pairs).asked and not pairs_of(pairs):
        raise UsageError("present.no_pairs", table=pairs.view.id)
    return figure_of("grid", pairs, briefly(alternative(alt), "grid"), lang)


def effects(effects: Any, *, alt: Sentence, lang: str = "") -> Exhibit:
    """Average marginal effects of a model with their intervals."""
    return figure_of("effects", model_table(effects), alt, lang)


def means(
    table: Released, *, alt: Sentence, lang: str = "", columns: Sequence[Key | str] | None = None,
    limits: Limits | None = None,
) -> Exhibit:  # fmt: skip
    """Many means by group, in the form's order; ``limits`` are the ends of the scale, where they are known."""
    scale = {"limits": list(limits)} if limits else {}
    return figure_of("means", table, alt, lang, columns=groups_of(released(table), columns), **scale)


def mean_changes(comparison: MeanComparison, *, alt: Sentence, lang: str = "") -> Exhibit:
    """Differences of means between two groups around zero, in the form's order, falls and rises alike."""
    return figure_of("mean_changes", mean_compared(comparison), alt, lang, **ends(comparison))


def paired(table: Released, *, alt: Sentence, lang: str = "", ends: Released | None = None) -> Exhibit:
    """Mean changes of the same people around zero, in standard deviations of the changes, because scales differ.
    ``ends`` holds the means before and after."""
    other = {} if ends is None else {"others": [released(ends)], "ends": ends.view.id}
    return figure_of("paired", table, alt, lang, **other)


def funnel(table: Released, *, alt: Sentence, lang: str = "", column: Key | str | None = None) -> Exhibit:
    """How many have come to each stage, in the order of the stages; first all whose stage is known."""
    return figure_of("funnel", table, alt, lang, columns=[pack(column_key(released(table), column))])


@dataclass(frozen=True)
class Figure:
    """One kind of figure: its words, its picture, its data table, and the numbers of which half must be known for a
    picture; where none are named, the table must show more than it hides. ``kept``: the table stands there anyway."""

    title: Callable[[Scene], str]
    reading: Callable[[Scene], str]
    picture: Callable[[Scene], Drawer]
    data: Renderer
    cells: Callable[[Scene], Iterable[Cell]] | None = None
    kept: bool = False

    def instead(self, scene: Scene) -> Markup:
        """What stands in the place of a picture of too few numbers; empty where there are enough."""
        if self.cells is not None:
            return in_words(scene, self.cells(scene), self.data if self.kept else None)
        hidden = wording.mostly_hidden(scene.table)
        return shares.too_few(scene, grouped=scene.kind == "dots") if hidden else Markup("")


def in_words(scene: Scene, cells: Iterable[Cell], data: Renderer | None = None) -> Markup:
    """The finding in words where less than half of the ``cells`` are known, with the table where some are."""
    known = [cell.known for cell in cells]
    if 2 * sum(known) >= max(1, len(known)):
        return Markup("")
    return markup.paragraph(scene.alt, "too-few") + (data(scene) if data and any(known) else "")


def _means(scene: Scene) -> Iterable[Cell]:
    view = scene.table.view
    return (estimate.mean(scene.table, column, row).mean for row in view.rows for column in view.columns)


def _stages(scene: Scene) -> Iterable[Cell]:
    return (scene.table.cells[join(row, scene.table.view.columns[0])] for row in wording.answers(scene.table))


def _compared(scene: Scene) -> Iterable[Cell]:
    kind = contrasts.KINDS[scene.kind]
    return (kind.limits(own)[0] for own in kind.compared(scene))


def _shares(scene: Scene) -> Markup:
    return shares.share_table(scene, scene.table)


FIGURES: dict[str, Figure] = {
    "bars": Figure(charts.of_column, charts.base_reading, charts.share_chart, _shares),
    "dots": Figure(lambda scene: scene.title(grouped=True), charts.base_reading, charts.share_chart, _shares),
    "changes": Figure(
        charts.compared, charts.compared_reading, charts.compared_chart, contrasts.change_table, _compared
    ),
    "effects": Figure(
        lambda scene: outcome(scene.effects, scene.lang), charts.compared_reading, charts.compared_chart,
        contrasts.effect_table, _compared,
    ),
    "grid": Figure(
        lambda scene: scene.title(), matrices.pair_reading, matrices.picture(matrices.pair_matrix), shares.pair_table,
        lambda scene: (scene.table.cells[both] for both in pairs_of(scene.table).values()),
    ),
    "means": Figure(
        lambda scene: scene.title(grouped=len(scene.table.view.columns) > 1), charts.means_reading, charts.mean_chart,
        mean_tables.mean_table, _means, kept=True,
    ),
    "mean_changes": Figure(
        charts.compared, charts.compared_reading, charts.compared_chart, mean_tables.gap_table, _compared, kept=True
    ),
    "paired": Figure(
        lambda scene: scene.title(grouped=True), charts.compared_reading, charts.compared_chart,
        mean_tables.paired_table, _compared, kept=True,
    ),
    "likert": Figure(stacked.title, stacked.reading, stacked.picture, stacked.data, stacked.cells, kept=True),
    "funnel": Figure(
        charts.of_column, charts.base_reading, charts.funnel_chart, shares.funnel_table,
        _stages, kept=True,
    ),
    "matrix": Figure(  # without zeros: a matrix of zeros and hidden squares tells nothing
        lambda scene: scene.title(), matrices.moves_reading, matrices.picture(matrices.moves), shares.matrix_table,
        lambda scene: (cell for cell in matrices.move_cells(scene.table).values() if cell.state is not State.ZERO),
        kept=True,
    ),
}  # fmt: skip


def _drawn(scene: Scene) -> Markup:
    """Title and how to read it, the picture in two widths, and its numbers; or what stands in their place."""
    figure = FIGURES[scene.kind]
    if instead := figure.instead(scene):
        return markup.exhibit(scene.kind, instead)
    caption = markup.element("figcaption", markup.element("strong", figure.title(scene)), " ", figure.reading(scene))
    data = Markup("<details open><summary>{}</summary>{}</details>").format(scene.head("data"), figure.data(scene))
    return markup.exhibit(scene.kind, markup.element("figure", caption, _two_widths(scene, figure)), data)


for _kind in FIGURES:
    renders(_kind)(_drawn)


def svg(spec: Options, release: Tables, lang: str) -> str:
    """The bare wide picture of a figure, with ``<title>`` and ``<desc>``; empty where ``spec`` draws none."""
    figure = FIGURES.get(str(spec.get("kind")))
    if figure is None:
        return ""
    scene = scene_of(spec, release, lang)
    if not scene.asked or figure.instead(scene):
        return ""
    return pen.named(figure.picture(scene)(pen.ALONE), figure.title(scene), scene.alt)


_PICTURE = Markup(
    '<picture><source media="(max-width: 40rem)" srcset="{narrow}" {narrow_size}>'
    '<img alt="{alt}" src="{wide}" {wide_size}></picture>'
)


def _two_widths(scene: Scene, figure: Figure) -> Markup:
    """With width and height in CSS pixels, so that the page does not jump."""
    with i18n.marking(on=False):
        draw = figure.picture(scene)
        pictures = {"narrow": draw(pen.NARROW), "wide": draw(pen.WIDE)}
    parts = {"alt": scene.alt}
    for name, picture in pictures.items():
        points = (float(picture.split(f'{side}="', 1)[1].split("pt", 1)[0]) for side in ("width", "height"))
        parts[name] = "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()
        parts[f"{name}_size"] = Markup('width="{}" height="{}"').format(*(round(size * 4 / 3) for size in points))
    return _PICTURE.format(**parts)
