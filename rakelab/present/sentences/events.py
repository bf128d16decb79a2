"""What was reported more often than before, and what two sources say of the same matters."""

from collections.abc import Mapping, Sequence
from typing import Any

from rakelab import estimate, i18n
from rakelab.cells import Released, State
from rakelab.estimate import Together, Trend, View
from rakelab.present.gate import released
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence, Voice, about_tables, finding, joined, tells


def beside_sentence(first: Released, second: Released, view: View | None = None) -> Sentence:
    """On which matters the two sources point in different directions; of the first the ``view`` of a group."""
    options = viewed(view) if view else {}
    return about_tables("beside", tables_of(first, second, view), second=released(second).view.id, **options)


def tables_of(first: Released, second: Released, view: View | None) -> tuple[Released, ...]:
    """The released tables that a comparison rests on."""
    return (first, second, *([view.when] if view else []))


def viewed(view: View) -> dict[str, str]:
    """A view as JSON."""
    return {"view": view.group, "when": released(view.when).view.id}


def view_in(options: Mapping[str, Any], tables: Mapping[str, Released]) -> View | None:
    """The view that a specification means, if any."""
    return View(options["view"], tables[options["when"]]) if "view" in options else None


def view_words(view: View | None, first: Released, lang: str) -> dict[str, str]:
    """What the sentences of a view call it, and the beginning of their keys."""
    named = {"view": wording.label(first, view.column(first), lang)} if view else {}
    return {"key": "beside.view." if view else "beside.", **named}


@finding("rising")
def rising(voice: Voice) -> str:
    """What rose beyond chance from the period before, by name; else that nothing did."""
    trends = estimate.trends(voice.table)
    if not trends:
        return voice.words("events.one_period")
    words = {"title": voice.placed, "a": voice.label(trends[0].a), "b": voice.label(trends[0].b)}
    hidden = sum(trend.ratio.state is State.HIDDEN for trend in trends)
    rest = (
        ""
        if voice.brief
        else joined(
            uneven(voice.table, trends[0], voice.lang),
            voice.family(trends),
            voice.counted("events.hidden", hidden),
        )
    )
    items = voice.listing(_item(voice, trend) for trend in trends if trend.rises)
    if voice.brief:
        voice.aside("", f"{words['a']}, {words['b']}", uneven(voice.table, trends[0], voice.lang))
        return voice.text("rising" if items else "rising_none", title=voice.placed, items=items)
    if not items:
        return joined(voice.words("events.nothing_rises", **words), rest)
    return joined(voice.words("events.something_rises", items=items, **words), rest)


def _item(voice: Voice, trend: Trend) -> str:
    before, after = voice.count(trend.before), voice.count(trend.after)
    return voice.words("events.item", label=voice.quoted(trend.row), before=before, after=after)


def lengths(table: Released, trend: Trend, lang: str) -> list[str]:
    """How many days of each period the data cover, and that other months may have other numbers."""
    days = i18n.text("events.days", lang, **_days(table, trend, lang)) if trend.days else ""
    season = [i18n.text("events.season", lang)] if trend.seasons else []
    return [days or i18n.text("events.days_unknown", lang), *season]


def uneven(table: Released, trend: Trend, lang: str) -> str:
    """In a summary: that the periods are not as long, or not of the same months; empty where they are."""
    days = i18n.text("events.uneven", lang, **_days(table, trend, lang)) if trend.uneven else ""
    return joined(days, i18n.text("events.season", lang) if trend.seasons else "")


def _days(table: Released, trend: Trend, lang: str) -> dict[str, str]:
    first, second = (i18n.number(n, lang) for n in trend.days)
    names = {"a": wording.label(table, trend.a, lang), "b": wording.label(table, trend.b, lang)}
    return {**names, "first": first, "second": second}


@tells("beside")
def _beside(voice: Voice) -> str:
    first, second = voice.table, voice.tables[voice.options["second"]]
    view = view_in(voice.options, voice.tables)
    if told := not_compared(first, second, view, voice.lang):
        return told
    matters = estimate.beside(first, second, view)
    counts = {"n": len(matters), "unknown": sum(matter.verdict is Together.UNKNOWN for matter in matters)}
    levels = [matter.level for matter in matters if matter.verdict is Together.APART]
    names = [f"”{first.label((first.view.variable, level), voice.lang)}”" for level in levels]
    words = view_words(view, first, voice.lang)
    key, word = words.pop("key"), "said" if names else "said_none"
    if voice.brief:
        known = counts["n"] - counts["unknown"]
        if counts["unknown"]:
            voice.aside("", i18n.counted("present.news.beside_unknown", counts["unknown"], voice.lang))
        if view and names:
            return voice.words("beside.view.news", matters=voice.listing(names), **words)
        return voice.text("beside" if names else "beside_none", matters=voice.listing(names), n=known) if known else ""
    return voice.words(f"{key}{word}", **counts, **words, **({"matters": voice.listing(names)} if names else {}))


def not_compared(first: Released, second: Released, view: View | None, lang: str) -> str:
    """Why the sources cannot be compared: other areas, or no period in common; empty where they can."""
    words = view_words(view, first, lang)
    key, unsaid = words.pop("key"), i18n.text("beside.no_area", lang)
    if not estimate.same_area(first, second):
        ends = {"first": first.area or unsaid, "second": second.area or unsaid}
        return i18n.text(f"{key}other_area", lang, **ends, **words)
    if not estimate.common(first, second, view):
        ends = {"first": ", ".join(view.periods) if view else listed(first), "second": listed(second)}
        return i18n.text(f"{key}no_common", lang, **ends, **words)
    return ""


def listed(table: Released) -> str:
    """The periods of a source."""
    periods: Sequence[str] = estimate.periods(table)
    return ", ".join(periods)
