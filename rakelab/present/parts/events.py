"""What was reported more often than before, and what became of it: for the working group and for the reporters."""

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Key, Quote, Release, Released, join
from rakelab.errors import WallError
from rakelab.estimate import Trend, Turn
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, exhibit_of, renders
from rakelab.present.gate import released
from rakelab.present.markup import Grid, Row
from rakelab.present.origin import merged
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences import verdicts as verdict_text
from rakelab.present.sentences.sentence import Sentence, Told, about, joined, tells


def trends(table: Released, *, lang: str = "") -> Exhibit:
    """How many times more often each answer came up than in the period before, with exact intervals and a flag."""
    return exhibit_of("trends", table, lang)


def rising(table: Released) -> Sentence:
    """What rose beyond chance from the period before, by name; else that nothing did."""
    return about("rising", table)


def answer(release: Release, table: Released, *, of: str, lang: str = "") -> Exhibit:
    """The answer to the reporters: for each theme of ``table`` how many notifications came and what was done.

    What was done are the approved quotations about the theme from the codebook ``of``. Ready to send as it is.
    """
    if not isinstance(release, Release):
        raise WallError("present.not_released", kind=type(release).__name__)
    name = released(table).view.id
    merged([release, {name: table}])
    return Exhibit("answer", {"table": name, "of": of}, release, lang)


@renders("trends")
def _trends(scene: Scene) -> Markup:
    found, lang = scene.table, scene.lang
    made = estimate.trends(found)
    if not made:
        return markup.note("trends", i18n.text("events.one_period", lang))
    rows = tuple(_row(found, one, lang) for one in made)
    words = ("before", "after", "ratio", "interval", "flag")
    values = {"a": wording.label(found, made[0].a, lang), "b": wording.label(found, made[0].b, lang)}
    heads = [wording.variable_title(found, found.view.variable, lang)]
    heads += [i18n.text(f"events.head.{name}", lang, **values) for name in words]
    keys = [i18n.text("events.key", lang), *lengths(found, made[0], lang)]
    keys += verdict_text.key((one.verdict for one in made), lang)
    caption = wording.title(found, lang, grouped=False)
    return markup.exhibit("trends", markup.table(Grid(scene.id, lang, caption, heads, rows, keys=keys)))


def lengths(found: Released, one: Trend, lang: str) -> list[str]:
    """How many days of each period the data cover, and that other months may have other numbers."""
    season = [i18n.text("events.season", lang)] if one.seasons else []
    if not one.days:
        return [i18n.text("events.days_unknown", lang), *season]
    return [i18n.text("events.days", lang, **_days(found, one, lang)), *season]


def _days(found: Released, one: Trend, lang: str) -> dict[str, str]:
    names = {"a": wording.label(found, one.a, lang), "b": wording.label(found, one.b, lang)}
    first, second = (i18n.number(n, lang) for n in one.days)
    return {**names, "first": first, "second": second}


def uneven(found: Released, one: Trend, lang: str) -> str:
    """In a summary: that the periods are not as long, or not of the same months; empty where they are."""
    said = i18n.text("events.uneven", lang, **_days(found, one, lang)) if one.uneven else ""
    return joined(said, i18n.text("events.season", lang) if one.seasons else "")


_FLAGS = {Turn.UP: "rises", Turn.DOWN: "falls", Turn.STILL: "no"}


def _row(found: Released, one: Trend, lang: str) -> Row:
    flag = i18n.text(f"events.{_FLAGS[one.verdict.turn]}", lang) if one.verdict.known else str(one.ratio)
    texts = (
        wording.count(one.before, lang),
        wording.count(one.after, lang),
        quantity.written(one.ratio, lang, 1),
        quantity.between(one.low, one.high, lang, 1),
        flag,
    )
    return Row(wording.line(found, one.row, lang), texts)


def counted(table: Released) -> Sentence:
    """How many there were in each row of a table, and in all."""
    return about("counted", table)


@tells("counted")
def _counted(told: Told) -> str:
    answers, _ = wording.rows_by_kind(told.table)
    numbers = ((row, wording.count(told.table.cells[join(row, TOTAL)], told.lang)) for row in answers)
    items = i18n.listing((f"{wording.label(told.table, row, told.lang)} {n}" for row, n in numbers), told.lang)
    return told.words(
        "events.counted", title=told.title, items=items, n=wording.count(told.table.cells[TOTAL], told.lang)
    )


@tells("rising")
def _rising(told: Told) -> str:
    made = estimate.trends(told.table)
    if not made:
        return told.words("events.one_period")
    periods = {
        name: wording.label(told.table, column, told.lang) for name, column in (("a", made[0].a), ("b", made[0].b))
    }
    up = [one for one in made if one.rises]
    hidden = sum(not one.ratio.known and one.ratio.state.value == "hidden" for one in made)
    family = verdict_text.sentence((one.verdict for one in made), told.lang)
    rest = joined(
        uneven(told.table, made[0], told.lang),
        family,
        i18n.counted("events.hidden", hidden, told.lang) if hidden else "",
    )
    if not up:
        return joined(told.words("events.nothing_rises", title=told.title, **periods), rest)
    items = i18n.listing((_item(told, one) for one in up), told.lang)
    return joined(told.words("events.something_rises", title=told.title, items=items, **periods), rest)


def _item(told: Told, one: Trend) -> str:
    before, after = (wording.count(cell, told.lang) for cell in (one.before, one.after))
    return told.words("events.item", label=told.quoted(one.row), before=before, after=after)


@renders("answer")
def _answer(scene: Scene) -> Markup:
    found, lang = scene.table, scene.lang
    answers, _ = wording.rows_by_kind(found)
    parts = [_part(scene, row) for row in answers]
    intro = markup.paragraph(i18n.text("events.answer.intro", lang, base=wording.base(found, TOTAL, lang)))
    return markup.exhibit("answer", intro, markup.element("dl", *parts, class_="answers"))


def _part(scene: Scene, row: Key) -> Markup:
    found, lang = scene.table, scene.lang
    cell = found.cells[join(row, TOTAL)]
    if cell.known and not cell.value:
        return Markup("")
    n = (
        i18n.counted("events.answer.came", int(cell.value or 0), lang)
        if cell.known
        else i18n.text("events.answer.few", lang)
    )
    done = [one for one in scene.tables.quotes if one.about == _about(scene, row)]  # type: ignore[attr-defined]
    term = markup.element("dt", wording.label(found, row, lang))
    return term + markup.element("dd", markup.paragraph(n), _done(done, lang))


def _about(scene: Scene, row: Key) -> str:
    ((variable, level),) = row
    return f"{scene.options['of']}/{variable}={level}"


def _done(done: list[Quote], lang: str) -> Markup:
    if not done:
        return markup.paragraph(i18n.text("events.answer.open", lang))
    texts = dict.fromkeys(one.text for one in done)
    items = (markup.element("li", text, lang="fi") for text in texts)
    return markup.paragraph(i18n.text("events.answer.done", lang)) + markup.element("ul", *items)
