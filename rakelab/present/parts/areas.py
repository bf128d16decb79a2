"""Figures of areas that others have published: over time, ranks, quoted facts, a county's list, sources.

Nothing here comes from rows. A specification names an area, years and indicators; the numbers are those that come along
or lie in the cache.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup

from rakelab import i18n, regional
from rakelab.formulas import Interval, Ratio
from rakelab.opendata import Area, Number, Standing
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, renders
from rakelab.present.figures import charts, theme
from rakelab.present.figures.drawing import Chart, Line, Mark, draw
from rakelab.present.figures.figure import framed, in_widths
from rakelab.present.markup import Column, Grid
from rakelab.present.sentences import wording
from rakelab.regional import Evidence, Rank, Series, Topic
from rakelab.regional.topic import read

#: A finding, and what it rests on.
Said = tuple[str, str]
Section = tuple[str, Sequence[Any]]


def _made(kind: str) -> Callable[..., Exhibit]:
    """What a notebook calls with the topic of its page."""

    def exhibit(topic: Topic, *, lang: str = "") -> Exhibit:
        return Exhibit(kind, {"topic": topic.options, "given": topic.options["given"]}, {}, lang)

    return exhibit


area_summary, area_trend, area_ranks, area_quoted, area_people, area_list, area_sources = map(
    _made,
    ("area_summary", "area_trend", "area_ranks", "area_quoted", "area_people", "area_list", "area_sources"),
)


# --- how things are written -----------------------------------------------------------------------------------


def _topic(scene: Scene) -> Topic:
    return read(scene.options["topic"])


def say(scene: Scene, word: str, **values: object) -> str:
    return scene.words(f"regional.{word}", **values)


def _figure(figure: Number, own: Series, lang: str) -> str:
    """The number, or why there is none."""
    if figure.standing is Standing.WITHHELD:
        return i18n.text("regional.withheld", lang)
    if not regional.known(figure) or figure.value is None:
        return "–"
    if own.unit == "share":
        return i18n.percent(figure.value / 100, lang, own.decimals)
    return i18n.number(figure.value, lang, own.decimals)


def _limits(limits: Interval, own: Series, lang: str) -> str:
    if limits.low is None or limits.high is None:
        return ""
    digits = max(1, own.decimals)
    ends = (i18n.number(end, lang, digits) for end in (limits.low, limits.high))
    return "–".join(ends) + (i18n.text("regional.per_cent", lang) if own.unit == "share" else "")


def named(area: Area, lang: str) -> str:
    return area.names[lang]


def licence_of(own: Series | Evidence, lang: str) -> str:
    return own.licence or i18n.text("regional.own_terms", lang)


def table(scene: Scene, caption: str, columns: Sequence[Column], sections: Sequence[Section], key: str) -> Markup:
    """A table that stands open under its caption."""
    grid = Grid(scene.id, scene.lang, caption, columns, sections, [key], absent="regional.not_told", folded=False)
    return scene.written(grid)


# --- over time ------------------------------------------------------------------------------------------------


@renders("area_trend")
def _trends(scene: Scene) -> Markup:
    """A figure of each rate that the area has, with its table."""
    topic = _topic(scene)
    told = [own for own in topic.series if own.unit != "people" and any(_there(topic, own, topic.area))]
    if not told:
        return markup.note("area-trend", say(scene, "no_series", area=named(topic.area, scene.lang)))
    scenes = [(own, replace(scene, id=f"{scene.id}-{own.name}", options={"series": own.name})) for own in told]
    return markup.exhibit("area-trend", *(part for own, inner in scenes for part in _trend(inner, topic, own)))


def _there(topic: Topic, own: Series, area: Area) -> list[bool]:
    return [regional.known(own.at(area, year)) for year in topic.chosen(own.years)]


def _trend(scene: Scene, topic: Topic, own: Series) -> tuple[Markup, Markup]:
    lang, years, title = scene.lang, topic.chosen(own.years), own.title[scene.lang]
    drawn = [area for area in (topic.area, *topic.peers, topic.country) if any(_there(topic, own, area))]
    first, last = (_figure(own.at(topic.area, year), own, lang) for year in (years[0], years[-1]))
    count = own.count(topic.area, years[-1])
    told = {"area": named(topic.area, lang), "first": years[0], "last": years[-1]}
    n = scene.words("present.n", n=i18n.number(count.value, lang) if count.value else "–")
    alt = say(scene, "alt_trend", title=title, areas=scene.listing(named(area, lang) for area in drawn), n=n, **told)
    under = f"{title}. " + say(scene, "reading_trend", source=own.source[lang])
    under += "" if topic.country in drawn else " " + say(scene, "no_country")
    pictures = in_widths(partial(draw, _chart(own, drawn, years, lang)), alt)
    figure = framed(scene, say(scene, "headline", before=first, after=last, **told), under, pictures)

    def cell(area: Area, year: int) -> Markup:
        return _cell(own, area, year, lang)

    columns = [Column(say(scene, "year"), str), *markup.crossed(drawn, lambda area: named(area, lang), cell)]
    keys = [say(scene, "key_cell"), *_totals(scene, own, years)]
    return figure, scene.written(Grid(scene.id, lang, title, columns, [("", years)], keys, title=scene.head("data")))


def _verdict(ratio: Ratio) -> str:
    return "within" if (ratio.low or 0) <= 1 <= (ratio.high or 0) else "beyond"


def _totals(scene: Scene, own: Series, years: Sequence[int]) -> list[str]:
    told = {year: regional.total(own, year) for year in years}
    sums = [f"{i18n.number(n, scene.lang)} ({year})" for year, n in told.items() if n is not None]
    return [say(scene, "totals", sums=scene.listing(sums))] if sums else []


def _cell(own: Series, area: Area, year: int, lang: str) -> Markup:
    """The figure with the count behind it, and its margin under it."""
    text, count = _figure(own.at(area, year), own, lang), own.count(area, year)
    limits = _limits(own.margin(area, year), own, lang)
    below = [markup.interval(limits)] if limits else []
    if not regional.known(count):
        return markup.element("td", text, *below) if text != "–" else markup.cell(text, lang)
    return markup.measured(text, i18n.number(count.value or 0, lang), *below)


def _chart(own: Series, drawn: Sequence[Area], years: Sequence[int], lang: str) -> Chart:
    looks = {area: theme.series(i) for i, area in enumerate(drawn)}

    def mark(area: Area, year: int) -> Mark:
        figure, limits = own.at(area, year), own.margin(area, year)
        text = _figure(figure, own, lang)
        return Mark(text, figure.value if regional.known(figure) else None, limits.low, limits.high, looks[area])

    lines = tuple(Line(str(year), tuple(mark(area, year) for area in drawn)) for year in years)
    legend = tuple(Mark(named(area, lang), look=looks[area]) for area in drawn)
    most = max(mark.high or mark.value or 0 for line in lines for mark in line.marks) or 1
    return Chart(lines, lambda sheet: charts.round_axis(0, most, lang, sheet), legend)


# --- ranks ----------------------------------------------------------------------------------------------------


@renders("area_ranks")
def _ranks(scene: Scene) -> Markup:
    topic, lang = _topic(scene), scene.lang
    found = [(own, rank) for own in topic.ranked for rank in _ranks_of(topic, own)]
    if not found:
        return markup.note("area-ranks", say(scene, "no_ranks"))
    columns = [
        Column(say(scene, "year"), lambda item: str(item[1].year)),
        Column(say(scene, "value"), lambda item: _cell(item[0], topic.area, item[1].year, lang)),
        Column(say(scene, "place"), lambda item: say(scene, "of", place=item[1].place, of=item[1].of)),
        Column(say(scene, "tied"), lambda item: names_of(item[1].tied, scene)),
        Column(
            say(scene, "overlapping"), lambda item: "–" if item[1].overlapping is None else str(item[1].overlapping)
        ),
    ]
    sections = [(own.title[lang], [item for item in found if item[0] is own]) for own in topic.ranked]
    caption, key = say(scene, "ranks", area=named(topic.area, lang)), say(scene, "key_ranks")
    return markup.exhibit("area-ranks", table(scene, caption, columns, sections, key))


def _ranks_of(topic: Topic, own: Series) -> list[Rank]:
    ranks = (regional.rank(own, topic.area, year) for year in topic.chosen(own.years))
    return [rank for rank in ranks if rank]


def names_of(codes: Iterable[str], scene: Scene) -> str:
    own = [named(area, scene.lang) for area in regional.compared() if area.code in codes]
    return scene.listing(own) or say(scene, "nobody")


@renders("area_quoted")
def _quoted(scene: Scene) -> Markup:
    topic, lang, told = _topic(scene), scene.lang, regional.quoted()["quoted"]
    if (topic.area.kind, topic.area.code) != ("hyvinvointialue", told["area"]):
        return markup.note("area-quoted", say(scene, "no_quoted", area=named(topic.area, lang)))

    def figures(place: int, fact: Any) -> Markup:
        if not fact["told"][place]:
            return markup.cell("–", lang)
        value, rank = fact["told"][place]
        return markup.measured(say(scene, "of", place=rank, of=told["of"]), i18n.number(value, lang, 1))

    versions = [f"{version['period']} ({version['name']})" for version in told["versions"]]
    columns = [
        Column(say(scene, "matter"), lambda fact: fact["title"][lang]),
        *markup.crossed(range(len(versions)), lambda place: versions[place], figures),
    ]
    key = say(scene, "key_quoted", source=told["source"][lang], unit=told["unit"][lang], licence=told["licence"])
    caption = say(scene, "quoted", area=named(topic.area, lang), of=told["of"])
    gone = (_withdrawn(scene, own) for own in regional.quoted()["withdrawn"])
    return markup.exhibit("area-quoted", table(scene, caption, columns, [("", told["fact"])], key), *gone)


def _withdrawn(scene: Scene, own: Any) -> Markup:
    day = i18n.day(date.fromisoformat(own["day"]), scene.lang)
    return markup.paragraph(
        say(scene, "was_withdrawn", title=own["title"][scene.lang], day=day, source=own["source"][scene.lang]), "note"
    )


# --- people, list, sources ------------------------------------------------------------------------------------


@renders("area_people")
def _people(scene: Scene) -> Markup:
    topic, lang, own = _topic(scene), scene.lang, regional.series("127")
    years = [year for year in topic.chosen(own.years) if regional.known(own.at(topic.area, year))]
    if not years:
        return markup.note("area-people", say(scene, "no_series", area=named(topic.area, lang)))
    whole = regional.population([topic.area], years[-1:]).municipalities
    name = named(topic.area, lang)
    lines = [(say(scene, "whole_area", area=name, n=whole) if whole > 1 else name, [topic.area], years[-1])]
    lines += [(part.title[lang], list(regional.members(topic.area, part.without)), part.last)
              for part in regional.service_areas(topic.area)]  # fmt: skip
    lines += [(named(topic.country, lang), [topic.country], years[-1])]

    def count(year: int, line: tuple[str, list[Area], int]) -> str:
        return i18n.number(regional.population(line[1], [year]).count, lang) if year <= line[2] else "–"

    columns = [Column(say(scene, "denominator"), lambda line: line[0]), *markup.crossed(years, str, count)]
    key = " ".join([say(scene, "key_people", source=own.source[lang]), *_later(scene, topic)])
    return markup.exhibit("area-people", table(scene, say(scene, "people"), columns, [("", lines)], key))


def _later(scene: Scene, topic: Topic) -> list[str]:
    """The population of another source, which is told apart because it is of another year and maker."""
    own = regional.series("vm")
    told = [(year, own.at(topic.area, year)) for year in own.years if regional.known(own.at(topic.area, year))]
    return [
        say(scene, "later", n=_figure(figure, own, scene.lang), source=own.source[scene.lang]) for _, figure in told
    ]


@renders("area_list")
def _list(scene: Scene) -> Markup:
    topic, lang = _topic(scene), scene.lang
    lines = topic.lines

    def title(line: regional.Listed) -> Markup:
        if line.title:
            return markup.together(line.title[lang], *([markup.interval(_told(line.own, lang))] if line.own else []))
        words = markup.element("span", ", ".join(line.asked.words), lang="fi")
        return Markup(say(scene, "untitled")).format(id=line.asked.id, words=words)

    def value(line: regional.Listed) -> Markup:
        if line.why or line.own is None:
            return markup.element("td", say(scene, f"why.{line.why}"))
        return _cell(line.own, topic.area, line.year, lang)

    def place(line: regional.Listed) -> str:
        rated = line.rank and line.own and line.own.unit != "people"
        return say(scene, "of", place=line.rank.place, of=line.rank.of) if rated and line.rank else "–"

    columns = [
        Column(say(scene, "matter"), title), Column(say(scene, "year"), lambda line: str(line.year or "–")),
        Column(say(scene, "value"), value), Column(say(scene, "place"), place),
    ]  # fmt: skip
    caption = say(scene, "listed", area=named(topic.area, lang), x=_filled(topic), y=len(lines))
    return markup.exhibit("area-list", table(scene, caption, columns, [("", lines)], say(scene, "key_list")))


def _told(own: Series, lang: str) -> str:
    return f"{own.source[lang]}. {licence_of(own, lang)}"


def _filled(topic: Topic) -> int:
    return sum(not line.why for line in topic.lines)


@renders("area_sources")
def _sources(scene: Scene) -> Markup:
    topic, lang = _topic(scene), scene.lang

    def about(own: Series) -> list[str]:
        words = {"producer": own.producer[lang], "licence": licence_of(own, lang), "retrieved": own.retrieved,
                 "digest": own.sha256}  # fmt: skip
        pairs = (scene.words("present.method.pair", name=say(scene, word), value=told) for word, told in words.items())
        return [own.source[lang], *pairs]

    return markup.exhibit("area-sources", markup.definitions((own.title[lang], about(own)) for own in topic.series))


# --- in words -------------------------------------------------------------------------------------------------


@renders("area_summary")
def _summary(scene: Scene) -> Markup:
    topic = _topic(scene)
    told = [*_changes(scene, topic)[:1], *_placed(scene, topic)[:1], *_highest(scene, topic)]  # five at most
    told.append((say(scene, "filled", x=_filled(topic), y=len(topic.lines)), ""))
    items = (markup.together(said, *([markup.interval(under)] if under else [])) for said, under in told)
    return markup.exhibit("findings", markup.items(items, class_="findings"))


def _changes(scene: Scene, topic: Topic) -> list[Said]:
    lines, lang = [], scene.lang
    for own in topic.series:
        years = [year for year in topic.chosen(own.years) if regional.known(own.count(topic.area, year))]
        ratio = regional.change(own, topic.area, years[0], years[-1]) if len(years) > 1 else None
        if ratio is None or ratio.ratio is None or ratio.high is None or ratio.low is None:
            continue
        before, after = (i18n.number(own.count(topic.area, year).value or 0, lang) for year in (years[0], years[-1]))
        known = {"title": own.title[lang].partition(", %")[0], "area": named(topic.area, lang), "first": years[0]}
        said = say(scene, "change", **known, before=before, after=after, last=years[-1],
                   change=_signed(ratio.ratio - 1, lang, 2))  # fmt: skip
        low, high = (_signed(end - 1, lang, 1) for end in (ratio.low, ratio.high))
        lines.append((said, say(scene, "change_under", low=low, high=high, verdict=say(scene, _verdict(ratio)))))
    return lines


def _signed(share: float, lang: str, digits: int) -> str:
    sign = wording.MINUS if share < 0 else "+"
    return sign + i18n.percent(abs(share), lang, digits)


def _placed(scene: Scene, topic: Topic) -> list[Said]:
    lines, lang = [], scene.lang
    for own in topic.ranked:
        for rank in _ranks_of(topic, own)[-1:]:
            place = say(scene, "of", place=rank.place, of=rank.of)
            said = say(
                scene, "ranked", title=own.title[lang], area=named(topic.area, lang), place=place, year=rank.year
            )
            level = say(scene, "level", names=names_of(rank.tied, scene)) if rank.tied else ""
            over = "" if rank.overlapping is None else say(scene, "over", n=rank.overlapping)
            lines.append((said, "; ".join(filter(None, (level, over)))))
    return lines


def _highest(scene: Scene, topic: Topic) -> list[Said]:
    """In which matters the quoted publication has the area first, and in which among the last quarter."""
    told = regional.quoted()["quoted"]
    if (topic.area.kind, topic.area.code) != ("hyvinvointialue", told["area"]):
        return []
    period, last = told["versions"][-1]["period"], 3 * told["of"] / 4
    latest = [(scene.words("present.quoted", label=fact["title"][scene.lang]), fact["told"][-1][1])
              for fact in told["fact"] if fact["told"][-1]]  # fmt: skip
    high, low = [title for title, rank in latest if rank == 1], [title for title, rank in latest if rank > last]
    known = {"area": named(topic.area, scene.lang), "of": told["of"], "period": period}
    return [(say(scene, word, names=scene.listing(names), **known), told["source"][scene.lang])
            for word, names in (("first_in", high), ("last_in", low)) if names]  # fmt: skip
