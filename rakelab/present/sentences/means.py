"""Findings about means: one mean, the highest and the lowest, differences between two groups."""

from collections.abc import Sequence
from math import inf

from rakelab import estimate
from rakelab.cells import Key, Released, State, join
from rakelab.errors import WallError
from rakelab.estimate import MeanComparison, MeanGap, Turn
from rakelab.present.gate import column_key, pack, released
from rakelab.present.sentences import quantity, wording
from rakelab.present.sentences.changes import row_of
from rakelab.present.sentences.contrasts import ends, gaps_of
from rakelab.present.sentences.sentence import Sentence, Voice, about, finding, joined, tells


def mean(table: Released, variable: str = "", *, column: Key | str | None = None) -> Sentence:
    """One mean with its interval and n: that of ``variable``, or of the table's only or first one."""
    row = row_of(released(table), variable)
    return about("mean", table, row=pack(row), column=pack(column_key(table, column)))


def mean_contrast(comparison: MeanComparison) -> Sentence:
    """How many means rose and fell beyond their margin of error, the largest rise and the largest fall by name."""
    return about("mean_contrast", mean_compared(comparison), **ends(comparison))


def mean_compared(comparison: object) -> Released:
    """The released table that the differences were made from; refuses anything that is not made of one."""
    if not isinstance(comparison, MeanComparison):
        raise WallError("present.not_mean_differences", kind=type(comparison).__name__)
    return released(comparison.table)


@tells("mean")
def _mean(voice: Voice) -> str:
    row, table = voice.key("row"), voice.table
    estimated, written = estimate.mean(table, voice.column, row), quantity.mean_of(table, row, voice.column, voice.lang)
    title = voice.title()  # of the table where it has one mean, else of the variable; the group's name follows it
    if len(table.view.rows) > 1:
        title = wording.with_source(table, voice.line(row), voice.lang)
    title = wording.placed(table, title, voice.column, voice.lang)
    if not written.known:
        return voice.text("mean_hidden" if estimated.mean.state is State.HIDDEN else "mean_none", title=title)
    base = written.n(voice.lang)
    numbers = {"mean": written.value, "interval": written.interval, "base": base}
    words = voice.text("mean" if estimated.low.known else "mean_bare", title=title, **numbers)
    return joined(words, voice.text("indicative", base=base) if written.indicative else "")


@finding("extremes")
def extremes(voice: Voice) -> str:
    """The highest and the lowest mean of each group, by name."""
    columns = voice.table.view.columns
    groups = (_extremes_of(voice, column) for column in (columns[-1:] if voice.brief else columns))
    return joined(voice.text("extremes", title=voice.title(grouped=True)), *groups)


def _extremes_of(voice: Voice, column: Key) -> str:
    table = voice.table
    means = {row: table.means[join(row, column)].mean for row in table.view.rows if join(row, column) in table.means}
    # what the mean may have been before it was rounded
    known = {
        row: estimate.rounded(mean.number, quantity.decimals(table, join(row, column)))
        for row, mean in means.items()
        if mean.known
    }
    if not known:
        return ""
    hidden = [(-inf, inf)] * sum(mean.state is State.HIDDEN for mean in means.values())
    extremes = {"high": estimate.largest(known, hidden), "low": estimate.smallest(known, hidden)}
    names = {
        name: voice.listing(f"{voice.quote(voice.line(row))} {_value(voice, row, column)}" for row in extreme.names)
        for name, extreme in extremes.items()
    }
    base = quantity.people(table, list(known), column, voice.lang)
    return voice.text(f"extremes_of{'_shown' if hidden else ''}", group=voice.label(column), base=base, **names)


def _value(voice: Voice, row: Key, column: Key) -> str:
    return quantity.mean_of(voice.table, row, column, voice.lang).value


@tells("mean_contrast")
def _mean_contrast(voice: Voice) -> str:
    if "a" not in voice.options:
        return voice.text("contrast_none", title=voice.title())
    a, b = voice.key("a"), voice.key("b")
    names = {"title": voice.title(), "a": voice.label(a), "b": voice.label(b)}
    every = gaps_of(voice.table, voice.options)
    known = [gap for gap in every if gap.difference.known]
    if not known:
        return voice.text("contrast_hidden", **names)
    shown = "_shown" if any(gap.difference.state is State.HIDDEN for gap in every) else ""
    turns = {turn.value: sum(gap.verdict.turn is turn for gap in known) for turn in (Turn.UP, Turn.DOWN)}
    group, small = b if known[0].second.indicative else a, any(gap.indicative for gap in known)
    people = quantity.people(voice.table, [gap.row for gap in known], group, voice.lang)
    if voice.brief and not any(turns.values()):
        return voice.text("mean_contrast_still", all=len(known), **names)
    if voice.brief:
        for word, n in zip(("rise", "fall"), turns.values(), strict=True):
            voice.aside("", _largest(voice, known, word, shown) if n else "")
        alone = "" if all(turns.values()) else "_rise" if turns[Turn.UP] else "_fall"
        return voice.text(f"mean_contrast{alone}", all=len(known), **turns, **names)
    return joined(
        voice.text("mean_contrast", all=len(known), **turns, **names),
        _largest(voice, known, "rise", shown),
        _largest(voice, known, "fall", shown),
        _rest(voice, known),
        voice.family(known),
        voice.counted("present.text.means_hidden", len(every) - len(known)),
        voice.text("indicative", base=people) if small else "",
    )


def _largest(voice: Voice, known: Sequence[MeanGap], word: str, shown: str) -> str:
    """The largest rise or fall by name, and those that may be as large before the rounding."""
    sign = 1 if word == "rise" else -1
    ways = {i: gap for i, gap in enumerate(known) if sign * gap.difference.number > 0}
    limits = {i: estimate.rounded(sign * gap.difference.number, digits_of(gap)) for i, gap in ways.items()}
    items = []
    for gap in (ways[i] for i in estimate.largest(limits).names):
        numbers = {
            "from": _value(voice, gap.row, gap.a),
            "to": _value(voice, gap.row, gap.b),
            "difference": quantity.signed(gap.difference, voice.lang, digits_of(gap)),
            "interval": quantity.margin(gap.low, gap.high, voice.lang, digits_of(gap)),
        }
        items.append(voice.text("gap", label=voice.quote(voice.line(gap.row)), **numbers))
    if not items:
        return voice.text(f"no_{word}{shown}")
    return voice.text(f"{word}{shown}.{'one' if len(items) == 1 else 'other'}", items="; ".join(items))


def digits_of(gap: MeanGap) -> int:
    return quantity.of_difference(gap.table, (join(gap.row, gap.a), join(gap.row, gap.b)), gap.difference)


def _rest(voice: Voice, known: Sequence[MeanGap]) -> str:
    """Whether the others fit in chance."""
    exceeding = sum(gap.verdict.beyond for gap in known)
    if not all(gap.verdict.known for gap in known):
        return voice.text("no_margin")
    if exceeding == 0:
        return voice.text("all_within")
    return voice.text("rest_within") if exceeding < len(known) else ""
