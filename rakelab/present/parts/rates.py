"""Counts that have passed the wall, per 1,000 inhabitants: a funnel of municipalities, the protected ones as bands."""

from collections.abc import Callable, Sequence
from functools import partial

from markupsafe import Markup

from rakelab import estimate, i18n, regional
from rakelab.cells import TOTAL, Released
from rakelab.errors import UsageError
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, renders
from rakelab.present.figures import rate_funnel
from rakelab.present.figures.figure import framed, in_widths
from rakelab.present.figures.rate_funnel import Funnel, Spot
from rakelab.present.gate import released
from rakelab.present.markup import Column, Grid
from rakelab.present.origin import merged
from rakelab.present.parts.areas import say
from rakelab.regional import Rated

#: The funnels: what one place in twenty is outside of by chance, and what two in a thousand are.
_LEVELS = (0.95, 0.998)


def rates(table: Released, years: Released | None, *, row: str = "", lang: str = "") -> Exhibit:
    """How many of a table's people (or of those of one ``row``) there are in each municipality per 1,000 inhabitants a
    year, as a funnel. ``years`` is a table by year of the same release: its columns are the years that are counted.
    Nothing where the table has no municipality; a sentence where the population of the years does not come along."""
    shown, by_year = released(table), released(table if years is None else years)
    options = {"table": shown.view.id, "tables": [shown.view.id, by_year.view.id], "years": by_year.view.id}
    tables = merged([{shown.view.id: shown}, {by_year.view.id: by_year}])
    return Exhibit("rate_funnel", options | ({"row": row} if row else {}), tables, lang)


@renders("rate_funnel")
def _funnel(scene: Scene) -> Markup:
    row = next((key for key in scene.table.view.rows if scene.options.get("row") in [level for _, level in key]), TOTAL)
    try:
        years = _years(scene)
        rated = regional.rated(scene.table, years, row=row)
    except UsageError as fault:
        return markup.note("rate-funnel", fault.sentence(scene.lang))
    if not any(own.rate.known for own in rated):
        return markup.note("rate-funnel", say(scene, "nothing_rated")) if rated else Markup("")
    what = scene.label(row) if row else say(scene, "everybody")
    title = say(scene, "rate_title", title=what, years="–".join(dict.fromkeys(map(str, (years[0], years[-1])))))
    return markup.exhibit("rate-funnel", _figure(scene, rated, title, len(years)), _table(scene, rated))


def _years(scene: Scene) -> list[int]:
    """The years that the release counts, also where it is of one. Raises UsageError where some are told together or
    are not known."""
    levels = estimate.periods(scene.tables[scene.options["years"]])
    if not levels or not all(level.isdecimal() for level in levels):
        raise UsageError("regional.years_together")
    return sorted(map(int, levels))


def _figure(scene: Scene, rated: Sequence[Rated], title: str, n_years: int) -> Markup:
    overall, lang = _overall(rated), scene.lang
    limits = tuple(partial(regional.funnel, overall, level=level) for level in _LEVELS)
    drawn = (own for own in rated if own.rate.known or own.ceiling is not None)
    spots = tuple(_spot(scene, own, limits[-1]) for own in drawn)
    picture = rate_funnel.picture(Funnel(spots, overall, limits, lang, say(scene, "across", n=n_years)))
    hidden, rate = sum(not own.rate.known for own in rated), i18n.number(overall, lang, 1)
    n = scene.words("present.n", n=i18n.number(sum(own.count.number for own in rated if own.count.known), lang))
    alt = say(scene, "alt_funnel", title=title, hidden=hidden, places=len(rated), rate=rate, n=n)
    under = f"{title}. " + say(scene, "reading_funnel", rate=rate) + (" " + say(scene, "bands") if hidden else "")
    beyond = [spot.name for spot in spots if spot.beyond]
    head = say(scene, "funnel_beyond", names=scene.listing(beyond)) if beyond else say(scene, "funnel_within")
    return framed(scene, head, under, in_widths(picture, alt))


def _overall(rated: Sequence[Rated]) -> float:
    """The rate of the places whose counts are told."""
    told = [own for own in rated if own.rate.known]
    return 1000 * sum(own.count.number for own in told) / sum(own.people.count for own in told)


def _spot(scene: Scene, own: Rated, limit: Callable[[int], tuple[float, float]]) -> Spot:
    low, high = limit(own.people.count)
    rate = own.rate.number if own.rate.known else None
    beyond = rate is not None and not low <= rate <= high
    return Spot(scene.label(own.key), own.people.count, rate, own.ceiling or 0.0, beyond)


def _table(scene: Scene, rated: Sequence[Rated]) -> Markup:
    def rate(own: Rated) -> Markup:
        if not own.rate.known:
            return markup.cell(str(own.rate), scene.lang)
        ends = "–".join(i18n.number(end.number, scene.lang, 1) for end in (own.low, own.high))
        return markup.element("td", i18n.number(own.rate.number, scene.lang, 1), markup.interval(ends))

    columns = [
        Column(scene.variable(rated[0].key[0][0]), lambda own: scene.label(own.key)),
        Column(say(scene, "count"), lambda own: scene.count(own.count)),
        Column(say(scene, "person_years"), lambda own: i18n.number(own.people.count, scene.lang)),
        Column(say(scene, "per_thousand"), rate),
    ]
    source = regional.series("127").source[scene.lang]
    grid = Grid(scene.id, scene.lang, say(scene, "rates"), columns, [("", rated)],
                [say(scene, "key_rates", source=source)], title=scene.head("data"))  # fmt: skip
    return scene.written(grid)
