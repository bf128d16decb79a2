"""Two sources side by side: clients' data and workers' reports on the same matters."""

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import Released
from rakelab.estimate import Matter, Side, Together
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, renders
from rakelab.present.gate import released
from rakelab.present.markup import Grid, Row
from rakelab.present.origin import merged
from rakelab.present.parts import events
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence, Told, tells


def beside(first: Released, second: Released, *, lang: str = "") -> Exhibit:
    """The matters that both tables know: the share in each, its place, where it went, and whether they agree."""
    tables = merged({one.view.id: one} for one in map(released, (first, second)))
    return Exhibit("beside", {"first": first.view.id, "second": second.view.id}, tables, lang)


def beside_sentence(first: Released, second: Released) -> Sentence:
    """On which matters the two sources point in different directions."""
    tables = merged({one.view.id: one} for one in map(released, (first, second)))
    return Sentence("beside", {"table": first.view.id, "second": second.view.id}, tables)


@renders("beside")
def _beside(scene: Scene) -> Markup:
    first, second = (scene.tables[scene.options[name]] for name in ("first", "second"))
    if not estimate.same_area(first, second):
        return markup.note("beside", _elsewhere(first, second, scene.lang))
    found = estimate.beside(first, second)
    if not found:
        return markup.note("beside", i18n.text("beside.nothing", scene.lang))
    grid = Grid(
        id=scene.id,
        lang=scene.lang,
        caption=i18n.text("beside.caption", scene.lang),
        headers=_headers(first, second, scene.lang),
        rows=tuple(_row(one, first, scene.lang) for one in found),
        keys=(
            i18n.text("beside.key", scene.lang),
            _area(first, scene.lang),
            *_sources(first, second, scene.lang),
            *_uneven(second, scene.lang),
        ),
    )
    return markup.exhibit("beside", markup.table(grid))


def _area(table: Released, lang: str) -> str:
    """Of which area both sources are, or that nobody has said."""
    return i18n.text("beside.area" if table.area else "beside.area_unknown", lang, area=table.area)


def _elsewhere(first: Released, second: Released, lang: str) -> str:
    unsaid = i18n.text("beside.no_area", lang)
    return i18n.text("beside.other_area", lang, first=first.area or unsaid, second=second.area or unsaid)


def _headers(first: Released, second: Released, lang: str) -> tuple[str, ...]:
    named = [i18n.text(f"beside.{name}", lang) for name in ("first", "first_turn", "second", "second_turn", "verdict")]
    return (wording.variable_title(first, first.view.variable, lang), *named)


def _sources(first: Released, second: Released, lang: str) -> list[str]:
    named = (("first", first), ("second", second))
    titles = [i18n.text(f"beside.source.{name}", lang, title=_titled(table, lang)) for name, table in named]
    return titles if estimate.common(first, second) else [*titles, _apart(first, second, lang)]


def _uneven(second: Released, lang: str) -> list[str]:
    """That the workers' periods are not as long, where they are not."""
    made = estimate.trends(second) if second.view.indicator in estimate.EVENTS else ()
    return [said] if made and (said := events.uneven(second, made[0], lang)) else []


def _titled(table: Released, lang: str) -> str:
    """The title with the periods that the table is of."""
    title, found = wording.title(table, lang, grouped=False), _listed(table)
    return i18n.text("beside.of", lang, title=title, periods=found) if found else title


def _listed(table: Released) -> str:
    return ", ".join(estimate.periods(table))


def _apart(first: Released, second: Released, lang: str) -> str:
    return i18n.text("beside.no_common", lang, first=_listed(first), second=_listed(second))


def _row(one: Matter, table: Released, lang: str) -> Row:
    label = table.label((table.view.variable, one.level), lang)
    texts = (*_side(one.first, lang), *_side(one.second, lang), i18n.text(f"beside.{one.verdict.value}", lang))
    return Row(label, texts)


def _side(side: Side, lang: str) -> tuple[str, str]:
    share = wording.share(side.share.share, lang)
    if side.share.share.known and side.rank:
        kind = "beside.share_shown" if side.unsure else "beside.share"
        share = i18n.text(kind, lang, share=share, count=wording.count(side.share.count, lang), rank=side.rank)
    return share, i18n.text(f"beside.turn.{side.turn.value}", lang)


@tells("beside")
def _told(told: Told) -> str:
    second = told.tables[told.options["second"]]
    if not estimate.same_area(told.table, second):
        return _elsewhere(told.table, second, told.lang)
    if not estimate.common(told.table, second):
        return _apart(told.table, second, told.lang)
    found = estimate.beside(told.table, second)
    apart = [one.level for one in found if one.verdict is Together.APART]
    unknown = sum(one.verdict is Together.UNKNOWN for one in found)
    if not apart:
        return told.words("beside.said_none", n=len(found), unknown=unknown)
    names = [f"”{told.table.label((told.table.view.variable, level), told.lang)}”" for level in apart]
    return told.words("beside.said", matters=i18n.listing(names, told.lang), n=len(found), unknown=unknown)
