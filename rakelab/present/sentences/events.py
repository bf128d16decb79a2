"""What was reported more often than before, and what two sources say of the same matters."""

from collections.abc import Sequence

from rakelab import estimate, i18n
from rakelab.cells import Released, State
from rakelab.estimate import Together, Trend
from rakelab.present.gate import released
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence, Voice, about_tables, finding, joined, tells


def beside_sentence(first: Released, second: Released) -> Sentence:
    """On which matters the two sources point in different directions."""
    return about_tables("beside", (first, second), second=released(second).view.id)


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
    if not estimate.same_area(first, second):
        return elsewhere(first, second, voice.lang)
    if not estimate.common(first, second):
        return apart(first, second, voice.lang)
    matters = estimate.beside(first, second)
    counts = {"n": len(matters), "unknown": sum(matter.verdict is Together.UNKNOWN for matter in matters)}
    levels = [matter.level for matter in matters if matter.verdict is Together.APART]
    names = [f"”{first.label((first.view.variable, level), voice.lang)}”" for level in levels]
    if voice.brief:
        known = counts["n"] - counts["unknown"]
        if counts["unknown"]:
            voice.aside("", i18n.counted("present.news.beside_unknown", counts["unknown"], voice.lang))
        return voice.text("beside" if names else "beside_none", matters=voice.listing(names), n=known) if known else ""
    if not names:
        return voice.words("beside.said_none", **counts)
    return voice.words("beside.said", matters=voice.listing(names), **counts)


def elsewhere(first: Released, second: Released, lang: str) -> str:
    """That the sources are of different areas."""
    unsaid = i18n.text("beside.no_area", lang)
    return i18n.text("beside.other_area", lang, first=first.area or unsaid, second=second.area or unsaid)


def apart(first: Released, second: Released, lang: str) -> str:
    """That the sources have no period in common."""
    return i18n.text("beside.no_common", lang, first=listed(first), second=listed(second))


def listed(table: Released) -> str:
    """The periods of a source."""
    periods: Sequence[str] = estimate.periods(table)
    return ", ".join(periods)
