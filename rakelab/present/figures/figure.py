"""Figures of released numbers. Each is a picture in two widths with an alt text, and its data table."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from markupsafe import Markup, escape

from rakelab import estimate, i18n
from rakelab.cells import Cell, Key, Released, State, join
from rakelab.errors import UsageError
from rakelab.estimate import MeanComparison
from rakelab.present import markup
from rakelab.present.exhibit import STYLES, Exhibit, Renderer, Scene, alternative, draw, figure_of, renders, scene_of
from rakelab.present.figures import charts, course, matrices, pen, stacked, theme
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
    return markup.paragraph(scene.finding.text(scene.lang), "too-few") + (data(scene) if data and any(known) else "")


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
    "kehitys": Figure(course.title, course.reading, course.picture, course.data, course.cells, kept=True),
    "matrix": Figure(  # without zeros: a matrix of zeros and hidden squares tells nothing
        lambda scene: scene.title(), matrices.moves_reading, matrices.picture(matrices.moves), shares.matrix_table,
        lambda scene: (cell for cell in matrices.move_cells(scene.table).values() if cell.state is not State.ZERO),
        kept=True,
    ),
}  # fmt: skip


def _drawn(scene: Scene) -> Markup:
    """The finding as title, what is drawn and how to read it, the picture in two widths, and its numbers; or what
    stands in their place."""
    figure = FIGURES[scene.kind]
    if instead := figure.instead(scene):
        return markup.exhibit(scene.kind, instead)
    title, finding = figure.title(scene), headline(scene)
    under = " ".join(filter(None, (f"{title}." if finding else "", figure.reading(scene))))
    drawn = framed(scene, finding or title, under, _two_widths(scene, figure, title))
    return markup.exhibit(scene.kind, drawn, figure.data(replace(scene, inside=True)))


def framed(scene: Scene, title: str, under: str, pictures: Markup) -> Markup:
    """A figure of a page: numbered, with its title and how to read it above the picture."""
    n = scene.numbers.figure() if scene.numbers else 0
    label = markup.small("no", scene.words("present.figure.number", n=n) + ". ") if n else ""
    head = markup.element("h3", label, title, id=f"kuvio-{n}" if n else "")
    caption = markup.element("figcaption", head, markup.paragraph(under))
    of = str(scene.options.get("table", scene.options.get("series", "")))
    name = "-".join(re.sub(r"\W+", "-", part.casefold()) for part in (scene.kind, of))
    return markup.element("figure", caption, pictures, data_file=f"{n:02d}-{name}" if n else "")


def headline(scene: Scene) -> str:
    """The finding as news. Of two groups side by side it is how they differ; empty where there is nothing to tell."""
    finding, columns = scene.finding, scene.options.get("columns", ())
    if scene.kind == "dots" and finding.kind in ("leading", "leading_by") and len(columns) == 2 and all(columns):
        finding = Sentence(
            "contrast", {"table": scene.options["table"], "a": columns[0], "b": columns[1]}, scene.tables
        )
    return finding.news(scene.lang, titled=False)[0].removesuffix(".")


def alternative_text(scene: Scene, title: str) -> str:
    """What kind of picture it is, what it compares, and where its numbers are."""
    table, lang = scene.table, scene.lang
    names = scene.listing(scene.label(column) for column in table.view.columns)
    whole = "_whole" if scene.kind == "bars" and not table.sampled else ""
    kind = scene.words(f"present.alt.{scene.kind}{whole}", title=title, n=len(wording.answers(table)), groups=names)
    return i18n.text("present.alt.where", lang, what=kind, base=scene.base(table.view.columns[0]))


for _kind in FIGURES:
    renders(_kind)(_drawn)
STYLES.append(theme.in_jupyterlab)


def svg(spec: Options, release: Tables, lang: str) -> str:
    """The bare wide picture of a figure as a file of its own; empty where ``spec`` draws none."""
    html = draw(scene_of(spec, release, lang)) if spec.get("kind") in FIGURES else ""
    return alone(html) if "<svg" in html else ""


def _two_widths(scene: Scene, figure: Figure, title: str) -> Markup:
    """The wide and the narrow picture, of which the page's style shows one."""
    with i18n.marking(on=False):
        return in_widths(figure.picture(scene), alternative_text(scene, title))


def in_widths(draw: Drawer, alt: str) -> Markup:
    return markup.together(*(named(draw(sheet), name, alt) for name, sheet in _WIDTHS.items()))


_WIDTHS = {"wide": pen.WIDE, "narrow": pen.NARROW}


def named(svg: str, name: str, alt: str) -> Markup:
    """A picture with its class and with what it is for those who do not see it."""
    return Markup('<svg class="fig {}" role="img" aria-label="{}"{}').format(
        name, alt, Markup(svg.removeprefix("<svg"))
    )


_WHOLE = re.compile(r'<figcaption><h3[^>]*>(.*?)</h3><p>(.*?)</p>.*?<svg class="fig wide"[^>]*?aria-label="([^"]*)" '
                    r'viewBox="0 0 (\S+) (\S+)">(.*?)</svg>', re.DOTALL)  # fmt: skip


def alone(html: str) -> str:
    """The wide picture of a figure's HTML as a file: its title and how to read it are in the picture."""
    found = _WHOLE.search(html)
    assert found is not None
    texts = [unescape(re.sub("<[^>]+>", "", text)) for text in found.groups()[:2]]
    lines = [pen.lines_of(text, pen.WIDE, pen.WIDE.width) for text in texts]
    head = "".join(_line(text, i, "b") for i, text in enumerate(lines[0]))
    head += "".join(_line(text, i + len(lines[0]), "muted") for i, text in enumerate(lines[1]))
    width, height, room = float(found[4]), float(found[5]), _LEADING * sum(map(len, lines)) + 8
    box = f'viewBox="0 {-room:g} {width:g} {height + room:g}" width="{width:g}pt" height="{height + room:g}pt"'
    paper = f'<rect class="f paper" y="{-room:g}" width="{width:g}" height="{height + room:g}"/>'
    body = f'<g transform="translate(0 {-room:g})">{head}</g>{found[6]}'
    named_ = f"<title>{escape(texts[0])}</title><desc>{found[3]}</desc><style>{theme.drawing()}</style>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="fig" role="img" {box}>{named_}{paper}{body}</svg>'


_LEADING = 14


def _line(text: str, i: int, look: str) -> str:
    return f'<text x="3" y="{_LEADING * (i + 1) - 2}" font-size="11" class="{look}">{escape(text)}</text>'
