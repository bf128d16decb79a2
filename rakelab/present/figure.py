"""Figures of released numbers. Each is a picture in two widths with an alt text, and its data table."""

from base64 import b64encode
from html import escape
from typing import Any

from rakelab import i18n
from rakelab.cells import TOTAL, Key, Released
from rakelab.errors import UsageError
from rakelab.present import charts, compared_tables, markup, pen, tables, wording
from rakelab.present.compared import Differences, compared_table, differences_of, ends, model_table
from rakelab.present.exhibit import Exhibit, Options, Renderer, Scene, Tables, alternative, renders, scene_of
from rakelab.present.gate import column_key, columns_of, pack, released
from rakelab.present.sentence import Sentence
from rakelab.present.text import pairs_of


def bars(table: Released, *, alt: Sentence, lang: str = "fi", column: Key | str | None = None) -> Exhibit:
    """Horizontal bars of percentages of one column (the total by default) with Wilson intervals."""
    found = released(table)
    return _exhibit("bars", found, alt, lang, columns=[pack(column_key(found, column))])


def dots(table: Released, *, alt: Sentence, lang: str = "fi", columns: Any = None) -> Exhibit:
    """Several columns (years, groups) side by side: a marker and a colour each, with intervals."""
    found = released(table)
    if columns is None and len(found.view.columns) > 2:
        columns = [one for one in found.view.columns if one != TOTAL]
    return _exhibit("dots", found, alt, lang, columns=columns_of(found, columns))


def changes(differences: Differences, *, alt: Sentence, lang: str = "fi") -> Exhibit:
    """Differences between two columns with Newcombe intervals; filled where beyond chance (Holm)."""
    return _exhibit("changes", compared_table(differences), alt, lang, **ends(differences))


def grid(pairs: Released, *, alt: Sentence, lang: str = "fi") -> Exhibit:
    """Which needs meet: a matrix of pairs, with the numbers in its squares."""
    found = released(pairs)
    if not pairs_of(found):
        raise UsageError("present.no_pairs", table=found.view.id)
    return _exhibit("grid", found, alt, lang)


def effects(effects: Any, *, alt: Sentence, lang: str = "fi") -> Exhibit:
    """Average marginal effects of a model with their intervals."""
    return _exhibit("effects", model_table(effects), alt, lang)


def _exhibit(kind: str, found: Released, alt: Sentence, lang: str, **options: Any) -> Exhibit:
    spoken = alternative(alt)
    chosen = {"table": found.view.id, **options, "alt": spoken.spec}
    return Exhibit(kind, chosen, {**spoken.tables, found.view.id: found}, lang)


def _drawn(kind: str) -> Renderer:
    def draw(scene: Scene) -> str:
        return markup.exhibit(kind, _instead(scene, kind) or _figure(scene, kind))

    return draw


_DATA: dict[str, Renderer] = {
    "bars": lambda scene: tables.share_table(scene, scene.table),
    "dots": lambda scene: tables.share_table(scene, scene.table),
    "changes": compared_tables.change_table,
    "effects": compared_tables.effect_table,
    "grid": compared_tables.pair_table,
}
for _kind in _DATA:
    renders(_kind)(_drawn(_kind))


def _instead(scene: Scene, kind: str) -> str:
    """A sentence where there is too little to draw; empty where there is enough."""
    if kind in ("bars", "dots"):
        return tables.too_few(scene, grouped=kind == "dots") if wording.thin(scene.table) else ""
    known = {
        "changes": lambda: (one.difference for one in differences_of(scene.table, scene.options)),
        "effects": lambda: (one.effect for one in scene.effects.rows),
        "grid": lambda: (scene.table.cells[both] for both in pairs_of(scene.table).values()),
    }[kind]()
    told = [cell.known for cell in known]
    return markup.paragraph(scene.alt, "too-few") if 2 * sum(told) < max(1, len(told)) else ""


def svg(spec: Options, release: Tables, lang: str) -> str:
    """The bare wide picture of a figure, with ``<title>`` and ``<desc>``; empty where ``spec`` draws none."""
    kind = str(spec.get("kind"))
    if kind not in _DATA:
        return ""
    scene = scene_of(spec, release, lang)
    if _instead(scene, kind):
        return ""
    return pen.named(charts.PICTURES[kind](scene)(pen.ALONE), charts.title(scene, kind), scene.alt)


def _figure(scene: Scene, kind: str) -> str:
    """Title and how to read it, the picture in two widths, and its numbers."""
    lang = scene.lang
    caption = f"<strong>{escape(charts.title(scene, kind))}</strong> {escape(charts.reading(scene, kind))}"
    words = escape(i18n.text("present.table.data", lang))
    return (
        f"<figure><figcaption>{caption}</figcaption>{_two_widths(scene, kind)}</figure>"
        f"<details open><summary>{words}</summary>{_DATA[kind](scene)}</details>"
    )


def _two_widths(scene: Scene, kind: str) -> str:
    draw = charts.PICTURES[kind](scene)
    narrow, wide = draw(pen.NARROW), draw(pen.WIDE)
    return (
        f'<picture><source media="(max-width: 40rem)" srcset="{_data(narrow)}" {_size(narrow)}>'
        f'<img alt="{escape(scene.alt)}" src="{_data(wide)}" {_size(wide)}></picture>'
    )


def _data(picture: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()


def _size(picture: str) -> str:
    """Width and height in CSS pixels, so that the page does not jump."""
    points = (float(picture.split(f'{name}="', 1)[1].split("pt", 1)[0]) for name in ("width", "height"))
    width, height = (round(size * 4 / 3) for size in points)
    return f'width="{width}" height="{height}"'
