"""Findings that compare: the largest difference between two groups or years, and the clearest effect of a model."""

from collections.abc import Mapping, Sequence
from typing import Any

from rakelab import estimate, i18n
from rakelab.cells import Released, other_than
from rakelab.errors import UsageError, WallError
from rakelab.estimate import Comparison, Difference, Effect, Effects, MeanComparison, MeanGap, Proportion
from rakelab.present.gate import pack, released, unpack
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence, Voice, about, joined, tells

Differences = Comparison | Sequence[Difference]

#: Levels whose words say nothing without the title of their variable.
AMBIGUOUS = ("kylla", "ei", "muu")


def compared_table(differences: object) -> Released:
    """The released table that the differences were made from; refuses anything that is not made of one."""
    if isinstance(differences, Comparison):
        return released(differences.table)
    if not isinstance(differences, (tuple, list)):
        raise WallError("present.not_differences", kind=type(differences).__name__)
    if not differences:
        raise UsageError("present.nothing_given")
    if not isinstance(differences[0], Difference):
        raise WallError("present.not_differences", kind=type(differences[0]).__name__)
    return released(differences[0].table)


def ends(differences: Differences | MeanComparison) -> dict[str, list[list[str]]]:
    """The two columns compared, as JSON; empty where there were no two groups to compare."""
    return {"a": pack(differences[0].a), "b": pack(differences[0].b)} if len(differences) else {}


def contrast(differences: Differences | Released, level: str = "") -> Sentence:
    """The largest difference between two columns, or that of one ``level``, and whether it is more than chance. Of a
    table: between its groups as ``estimate.compare`` takes them."""
    if isinstance(differences, Released):
        differences = estimate.compare(differences)
    return about("contrast", compared_table(differences), **ends(differences), **({"level": level} if level else {}))


def effects_sentence(effects: Any) -> Sentence:
    """The clearest average marginal effect of the model, and that it is not a cause."""
    return about("effects", model_table(effects))


def model_table(effects: object) -> Released:
    """The released counts that the model was fitted on; refuses anything else."""
    if isinstance(effects, Effects):
        return released(effects.table)
    raise WallError("present.not_effects", kind=type(effects).__name__)


def differences_of(table: Released, options: Mapping[str, Any]) -> tuple[Difference, ...]:
    """The differences that a specification means; none where there were no two groups."""
    return estimate.differences(table, unpack(options["a"]), unpack(options["b"])) if "a" in options else ()


def gaps_of(table: Released, options: Mapping[str, Any]) -> tuple[MeanGap, ...]:
    """The differences of means that a specification means; none where there were no two groups."""
    if "a" not in options:
        return ()
    a, b = (unpack(options[end])[0][1] for end in "ab")
    return estimate.mean_differences(table, a, b).rows


@tells("contrast")
def _contrast(voice: Voice) -> str:
    if "a" not in voice.options:
        return voice.text("contrast_none", title=voice.title())
    names = {"title": voice.title(), **{end: voice.label(voice.key(end)) for end in "ab"}}
    every, level = differences_of(voice.table, voice.options), voice.options.get("level")
    known = [own for own in every if own.difference.known and level in (None, *(name for _, name in own.row))]
    if not known:
        return voice.text("contrast_hidden", **names)
    if voice.brief:
        return _news(voice, every, known, names)
    largest, words = _largest(voice, every, known, names)
    smaller = min((largest.a, largest.b), key=lambda column: wording.base_cell(voice.table, column).value or 0)
    caution = voice.text("indicative", base=voice.base(smaller)) if largest.indicative else ""
    if not voice.table.sampled:
        return joined(words, caution)
    marked = sum(own.marked for own in known)
    alone = level or voice.options.get("told") == "shares"
    counts = {"all": len(known), "marked": marked} if marked else {"all": len(known)}
    family = "" if alone else voice.text("marked" if marked else "marked_none", **counts)
    return joined(words, voice.text("beyond" if largest.marked else "within"), family, caution)


def _news(voice: Voice, every: Sequence[Difference], known: Sequence[Difference], names: Mapping[str, str]) -> str:
    """The largest difference that is beyond chance; that none is. Of what was counted whole, the largest."""
    level, sampled = voice.options.get("level"), voice.table.sampled
    marked = [own for own in known if own.marked or (not sampled and own.difference.number)]
    if not marked and not level:
        shown = "_shown" if len(known) < len(every) else ""
        return voice.text(f"contrast_still{'' if sampled else '_whole'}{shown}", **names)
    largest = max(marked or known, key=lambda own: abs(own.difference.number))
    said = {**names, **_difference(voice, largest), "interval": ""}
    form = "_within" if not marked and sampled else "" if sampled and _over_time(voice.table) else "_groups"
    turn = ("_up" if largest.difference.number > 0 else "_down") if not form else ""
    words = voice.text(f"contrast_news{'_level' if level else ''}{turn}{form}", **said)
    parts = (estimate.proportion(voice.table, largest.row, column) for column in (largest.a, largest.b))
    counts = (f"{voice.count(part.count)}/{voice.count(part.base)}" for part in parts)
    points = wording.points_unit(largest.difference, voice.lang)
    spread = wording.points_interval(largest.low, largest.high, voice.lang) if sampled else ""
    voice.aside(spread, voice.words("present.news.difference", points=points, counts=", ".join(counts)))
    more = 0 if level or not sampled else len(marked) - 1
    if more:
        voice.aside("", i18n.counted("present.news.more", more, voice.lang))
    return words


def _over_time(table: Released) -> bool:
    """The groups are periods, so that a difference is a rise or a fall."""
    return table.view.by in table.variables and table.variables[table.view.by].role == "period"


def _largest(
    voice: Voice, every: Sequence[Difference], known: Sequence[Difference], names: Mapping[str, str]
) -> tuple[Difference, str]:
    """The largest difference in words, with those that are level with it; of one level where that is asked for."""
    # the figure shows the shares and not their difference, or nothing was sampled
    form = "_shares" if voice.options.get("told") == "shares" or not voice.table.sampled else ""
    if voice.options.get("level"):
        return known[0], voice.text(f"contrast_of{form}", **names, **_difference(voice, known[0]))
    limits = {own.row: estimate.sizes((own.difference.number, own.difference.number)) for own in known}
    hidden = (estimate.difference_limits(voice.table, own.row, own.a, own.b) for own in every if own.row not in limits)
    extreme = estimate.largest(limits, [estimate.sizes(ends) for ends in hidden])
    first = next(own for own in known if own.row == extreme.names[0])
    shown = "_shown" if extreme.unsure else ""
    words = voice.text(f"contrast{form}{shown}", **names, **_difference(voice, first))
    level = voice.listing(voice.quoted(row) for row in extreme.names[1:])
    return first, joined(words, voice.text("contrast_level", labels=level) if level else "")


def _difference(voice: Voice, difference: Difference) -> dict[str, str]:
    def write(part: Proportion) -> str:
        if voice.brief or voice.options.get("told") == "differences":
            return wording.share(part.share, voice.lang)
        return wording.briefly(part.count, part.base, voice.lang)

    a, b = (estimate.proportion(voice.table, difference.row, column) for column in (difference.a, difference.b))
    return {
        "label": voice.quoted(difference.row),
        "points": wording.points_unit(difference.difference, voice.lang),
        "from": write(a),
        "to": write(b),
        "interval": wording.points_interval(difference.low, difference.high, voice.lang),
    } | {end: wording.hundredths(part.share, voice.lang) for end, part in (("start", a), ("end", b))}


def outcome(effects: Effects, lang: str) -> str:
    """``Erityisen tuen tarve (Kyllä)``: what the model explains."""
    level = effects.table.label((effects.outcome, effects.level), lang)
    title = wording.variable_title(effects.table, effects.outcome, lang)
    return i18n.text("present.figure.outcome", lang, outcome=title, level=level)


def factor(effects: Effects, effect: Effect, lang: str) -> tuple[str, str]:
    """A factor of the model and what it is compared with: (``Nainen``, ``vrt. muut``), (``Asunnoton: Kyllä``, …)."""
    title = wording.variable_title(effects.table, effect.variable, lang)
    level, reference = (effects.table.label((effect.variable, of), lang) for of in (effect.level, effect.reference))
    alone = effect.level not in AMBIGUOUS or level.casefold() in title.casefold()
    named = level if alone else i18n.text("present.figure.factor", lang, variable=title, level=level)
    if effect.reference == other_than((effect.variable, effect.level))[1]:
        return named, i18n.text("present.figure.others", lang)
    return named, i18n.text("present.figure.reference", lang, level=reference)


@tells("effects")
def _effects(voice: Voice) -> str:
    effects = estimate.effects(voice.table)
    names = {"outcome": outcome(effects, voice.lang) if voice.titled else "", "base": voice.n(effects.base)}
    known = [effect for effect in effects.rows if effect.effect.known]
    if not known:
        return voice.text("effects_hidden", **names)
    family = voice.family(known)
    clear = max((own for own in known if own.verdict.beyond), key=lambda own: abs(own.effect.number), default=None)
    if not clear:
        return joined(voice.text("effects_none", **names), family)
    named, reference = factor(effects, clear, voice.lang)
    numbers = {
        "points": wording.points_unit(clear.effect, voice.lang),
        "interval": wording.points_interval(clear.low, clear.high, voice.lang),
    }
    if voice.brief:
        voice.aside(numbers.pop("interval"), names["base"])
        numbers["interval"] = names["base"] = ""
    words = voice.text("effects", factor=named, reference=reference, **names, **numbers)
    return joined(words, family, voice.text("no_cause"))
