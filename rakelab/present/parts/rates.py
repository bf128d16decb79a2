"""Counts that have passed the wall, per 1,000 inhabitants: a funnel of municipalities, the protected ones as bands."""

from collections.abc import Callable, Sequence
from functools import partial

from markupsafe import Markup

from rakelab import i18n, regional
from rakelab.cells import Released
from rakelab.errors import UsageError
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, exhibit_of, renders
from rakelab.present.figures import rate_funnel
from rakelab.present.figures.figure import framed, in_widths
from rakelab.present.figures.rate_funnel import Funnel, Spot
from rakelab.present.markup import Column, Grid
from rakelab.present.parts.areas import say
from rakelab.regional import Rated

#: The funnels: what one place in twenty is outside of by chance, and what two in a thousand are.
_LEVELS = (0.95, 0.998)


def rates(table: Released, years: Sequence[int], *, lang: str = "") -> Exhibit:
    """How many of a table's people there are in each municipality per 1,000 inhabitants a year, as a funnel."""
    spots = [own for own in regional.rated(table, years) if own.rate.known]
    if not spots:
        raise UsageError("regional.nothing_rated")
    return exhibit_of("rate_funnel", table, lang, years=sorted(set(years)), given=sorted(set(years)))


@renders("rate_funnel")
def _funnel(scene: Scene) -> Markup:
    lang, years = scene.lang, scene.options["years"]
    rated = regional.rated(scene.table, years)
    overall = _overall(rated)
    limits = tuple(partial(regional.funnel, overall, level=level) for level in _LEVELS)
    spots = tuple(_spot(scene, own, limits[-1]) for own in rated)
    title = say(scene, "rate_title", title=scene.title(), first=years[0], last=years[-1])
    across = say(scene, "across", n=len(years))
    picture = rate_funnel.picture(Funnel(spots, overall, limits, lang, across))
    hidden = sum(not own.rate.known for own in rated)
    written = {"rate": i18n.number(overall, lang, 1), "n": len(rated)}
    alt = say(scene, "alt_funnel", title=title, hidden=hidden, **written)
    under = say(scene, "reading_funnel", **written) + (" " + say(scene, "bands") if hidden else "")
    figure = framed(scene, title, under, in_widths(picture, alt))
    return markup.exhibit("rate-funnel", figure, _table(scene, rated))


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
