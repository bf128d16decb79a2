"""Figures of released numbers. Each is a picture in two widths with an alt text, and its data table."""

from base64 import b64encode
from collections.abc import Iterable
from functools import partial
from typing import Any

from markupsafe import Markup

from rakelab import i18n
from rakelab.cells import TOTAL, Cell, Key, Released
from rakelab.errors import UsageError
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Renderer, Scene, alternative, figure_of, renders, scene_of
from rakelab.present.figures import charts, pen, stacked, stages, transitions
from rakelab.present.figures import means as mean_figures
from rakelab.present.figures.chart_parts import Figure, told
from rakelab.present.gate import column_key, columns_of, pack, released
from rakelab.present.sentences import wording
from rakelab.present.sentences.contrasts import Differences, compared_table, differences_of, ends, model_table
from rakelab.present.sentences.sentence import Sentence
from rakelab.present.sentences.shares import pairs_of
from rakelab.present.sentences.specified import Options, Tables
from rakelab.present.sentences.spoken import briefly, of_groups
from rakelab.present.tables import contrasts as compared_tables
from rakelab.present.tables import shares as tables


def bars(table: Released, *, alt: Sentence, lang: str = "", column: Key | str | None = None) -> Exhibit:
    """Horizontal bars of percentages of one column (the total by default) with Wilson intervals."""
    found = released(table)
    return figure_of("bars", found, alt, lang, columns=[pack(column_key(found, column))])


def dots(table: Released, *, alt: Sentence, lang: str = "", columns: Any = None) -> Exhibit:
    """Several columns (years, groups) side by side: a marker and a colour each, with intervals."""
    found = released(table)
    if columns is None and len(found.view.columns) > 2:
        columns = [one for one in found.view.columns if one != TOTAL]
    drawn = columns_of(found, columns)
    return figure_of("dots", found, of_groups(alternative(alt), drawn), lang, columns=drawn)


def changes(differences: Differences, *, alt: Sentence, lang: str = "") -> Exhibit:
    """Differences between two columns with Newcombe intervals; filled where beyond chance (Holm)."""
    found = compared_table(differences)
    return figure_of("changes", found, briefly(alternative(alt), "changes"), lang, **ends(differences))


def grid(pairs: Released, *, alt: Sentence, lang: str = "") -> Exhibit:
    """Which needs meet: a matrix of pairs, with the numbers in its squares."""
    found = released(pairs)
    if not pairs_of(found):
        raise UsageError("present.no_pairs", table=found.view.id)
    return figure_of("grid", found, briefly(alternative(alt), "grid"), lang)


def effects(effects: Any, *, alt: Sentence, lang: str = "") -> Exhibit:
    """Average marginal effects of a model with their intervals."""
    return figure_of("effects", model_table(effects), alt, lang)


def _thin(kind: str, scene: Scene) -> Markup:
    return tables.too_few(scene, grouped=kind == "dots") if wording.thin(scene.table) else Markup("")


def _shares(scene: Scene) -> Markup:
    return tables.share_table(scene, scene.table)


def _differences(scene: Scene) -> Iterable[Cell]:
    return (one.difference for one in differences_of(scene.table, scene.options))


def _effects(scene: Scene) -> Iterable[Cell]:
    return (one.effect for one in scene.effects.rows)


def _pairs(scene: Scene) -> Iterable[Cell]:
    return (scene.table.cells[both] for both in pairs_of(scene.table).values())


def _figure(kind: str, data: Renderer, instead: Renderer) -> Figure:
    words = (partial(charts.title, kind=kind), partial(charts.reading, kind=kind))
    return Figure(*words, charts.PICTURES[kind], data, instead)


#: Every kind of figure by its name.
FIGURES: dict[str, Figure] = {
    "bars": _figure("bars", _shares, partial(_thin, "bars")),
    "dots": _figure("dots", _shares, partial(_thin, "dots")),
    "changes": _figure("changes", compared_tables.change_table, told(_differences)),
    "effects": _figure("effects", compared_tables.effect_table, told(_effects)),
    "grid": _figure("grid", compared_tables.pair_table, told(_pairs)),
    **mean_figures.FIGURES,
    **stacked.FIGURES,
    **stages.FIGURES,
    **transitions.FIGURES,
}


def _drawn(kind: str) -> Renderer:
    def draw(scene: Scene) -> Markup:
        figure = FIGURES[kind]
        return markup.exhibit(kind, figure.instead(scene) or _written(scene, figure))

    return draw


for _kind in FIGURES:
    renders(_kind)(_drawn(_kind))


def svg(spec: Options, release: Tables, lang: str) -> str:
    """The bare wide picture of a figure, with ``<title>`` and ``<desc>``; empty where ``spec`` draws none."""
    figure = FIGURES.get(str(spec.get("kind")))
    if figure is None:
        return ""
    scene = scene_of(spec, release, lang)
    if figure.instead(scene):
        return ""
    return pen.named(figure.picture(scene)(pen.ALONE), figure.title(scene), scene.alt)


def _written(scene: Scene, figure: Figure) -> Markup:
    """Title and how to read it, the picture in two widths, and its numbers."""
    caption = markup.element("figcaption", markup.element("strong", figure.title(scene)), " ", figure.reading(scene))
    return markup.together(
        markup.element("figure", caption, _two_widths(scene, figure)),
        Markup("<details open><summary>{}</summary>{}</details>").format(
            i18n.text("present.table.data", scene.lang), figure.data(scene)
        ),
    )


_PICTURE = Markup(
    '<picture><source media="(max-width: 40rem)" srcset="{narrow}" {narrow_size}>'
    '<img alt="{alt}" src="{wide}" {wide_size}></picture>'
)


def _two_widths(scene: Scene, figure: Figure) -> Markup:
    draw = figure.picture(scene)
    narrow, wide = draw(pen.NARROW), draw(pen.WIDE)
    sizes = {"narrow_size": _size(narrow), "wide_size": _size(wide)}
    return _PICTURE.format(narrow=_data(narrow), wide=_data(wide), alt=scene.alt, **sizes)


def _data(picture: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()


def _size(picture: str) -> Markup:
    """Width and height in CSS pixels, so that the page does not jump."""
    points = (float(picture.split(f'{name}="', 1)[1].split("pt", 1)[0]) for name in ("width", "height"))
    width, height = (round(size * 4 / 3) for size in points)
    return Markup(f'width="{width}" height="{height}"')
