"""What a course over time tells: a change, ordinary variation, or that there are too few periods to say."""

from collections.abc import Sequence

from rakelab import estimate, i18n
from rakelab.cells import TOTAL, Cell, Key, Released, key, shown
from rakelab.estimate import Course, Measured, Point
from rakelab.present.gate import pack, released, unpack
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Given, Sentence, Voice, about, joined, tells


def course(table: Released, row: Key | str = ()) -> Sentence:
    """Whether the counts of periods, or the share of ``row`` in them, changed by more than they ordinarily vary."""
    return about("course", table, row=pack(row_of(table, row)))


def row_of(table: object, row: Key | str) -> Key:
    """The row of a name, or of a key; none for the counts of the periods themselves."""
    if isinstance(row, str):
        return key((released(table).view.variable, row)) if row else TOTAL
    return row


def course_of(given: Given) -> Course:
    """What the specification names."""
    return estimate.course(given.table, unpack(given.options["row"]))


def value(cell: Cell, measured: Measured, lang: str, digits: int = 0) -> str:
    """A count, a count in a month with a decimal, a share as a percentage; or the word for a hidden number."""
    if not cell.known:
        return wording.no_number(cell, lang)
    if measured is Measured.SHARE:
        return wording.share(cell, lang)
    return i18n.number(cell.number, lang, max(digits, measured is Measured.RATE))


def usual(made: Course, lang: str) -> dict[str, str]:
    """The mean and the limits of ordinary variation in words."""
    if made.limits is None or made.ends is None:
        return {}
    low, high = made.ends
    named = {"mean": made.limits.mean, "low": low, "high": high}
    return {name: value(shown(number), made.measured, lang, bool(number)) for name, number in named.items()}


@tells("course")
def _course(voice: Voice) -> str:
    made = course_of(voice)
    title = joined(voice.title(), "–") if voice.titled else ""
    if made.limits is None:
        few = voice.words("events.course.few", n=made.known, enough=estimate.ENOUGH_POINTS)
        return "" if voice.brief else joined(title, few)
    runs = [_run(voice, made, run) for run in made.runs]
    said = joined(title, voice.words("events.course.change", items=voice.listing(runs)) if runs else
                  voice.words("events.course.none"))  # fmt: skip
    about_usual = voice.words("events.course.usual", **usual(made, voice.lang))
    if voice.brief:
        voice.aside("", about_usual)
        return said
    return joined(said, about_usual, voice.counted("events.course.hidden", made.hidden))


def _run(voice: Voice, made: Course, run: Sequence[Point]) -> str:
    """“11/2022 (10) was more than usual”, “3/2022–10/2022 was above the mean all the time”."""
    first, last = run[0], run[-1]
    assert first.sign is not None
    signal = first.sign.signal if len(run) > 1 or first.sign.signal != "near" else "beyond"
    words = {"period": voice.label(first.period), "value": value(first.value, made.measured, voice.lang)}
    if len(run) > 1:
        words["period"] = voice.words("events.course.span", first=words["period"], last=voice.label(last.period))
        words["value"] = voice.words(
            "events.course.to", first=words["value"], last=value(last.value, made.measured, voice.lang)
        )
    return voice.words(f"events.course.{signal}.{'up' if first.sign.up else 'down'}", **words)
