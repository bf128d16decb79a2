"""Findings that compare: the largest difference between two groups or years, and the clearest effect of a model."""

from collections.abc import Sequence
from typing import Any

from rakelab import estimate, i18n
from rakelab.cells import Released, other_than
from rakelab.errors import UsageError, WallError
from rakelab.estimate import Comparison, Difference, Effect, Effects
from rakelab.present.gate import pack, released, unpack
from rakelab.present.sentences import verdicts as verdict_text
from rakelab.present.sentences import wording
from rakelab.present.sentences.sentence import Sentence, Told, about, joined, tells

Differences = Comparison | Sequence[Difference]

#: Levels whose words say nothing without the title of their variable.
AMBIGUOUS = ("kylla", "ei", "muu")


def compared_table(differences: Differences) -> Released:
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


def ends(differences: Differences) -> dict[str, list[list[str]]]:
    """The two columns compared, as JSON; empty where there were no two groups to compare."""
    return {"a": pack(differences[0].a), "b": pack(differences[0].b)} if len(differences) else {}


def contrast(differences: Differences | Released, level: str = "") -> Sentence:
    """The largest difference between two columns, or that of one ``level``, and whether it is more than chance. Of a
    table: between its groups as ``estimate.compare`` takes them."""
    if isinstance(differences, Released):
        differences = estimate.compare(differences)
    table = compared_table(differences)
    chosen = {"level": level} if level else {}
    return Sentence("contrast", {"table": table.view.id, **ends(differences), **chosen}, {table.view.id: table})


def effects_sentence(effects: Any) -> Sentence:
    """The clearest average marginal effect of the model, and that it is not a cause."""
    return about("effects", model_table(effects))


def model_table(effects: Any) -> Released:
    """The released counts that the model was fitted on; refuses anything else."""
    if not isinstance(effects, estimate.Effects):
        raise WallError("present.not_effects", kind=type(effects).__name__)
    return released(effects.table)


def differences_of(table: Released, options: Any) -> tuple[Difference, ...]:
    """The differences that a specification means; none where there were no two groups."""
    if "a" not in options:
        return ()
    return estimate.differences(table, unpack(options["a"]), unpack(options["b"]))


@tells("contrast")
def _contrast(told: Told) -> str:
    title = wording.title(told.table, told.lang, grouped=False)
    if "a" not in told.options:
        return told.words("present.text.contrast_none", title=title)
    a, b = (wording.label(told.table, unpack(told.options[end]), told.lang) for end in "ab")
    every = differences_of(told.table, told.options)
    level = told.options.get("level")
    known = [one for one in every if one.difference.known and level in (None, *(own for _, own in one.row))]
    if not known:
        return told.words("present.text.contrast_hidden", title=title, a=a, b=b)
    largest, made = _largest(told, every, known, {"title": title, "a": a, "b": b})
    if not told.table.sampled:
        return joined(made, _caution(told, largest))
    marked = sum(one.marked for one in known)
    counts = {"all": len(known), "marked": marked} if marked else {"all": len(known)}
    return joined(
        made,
        told.words(f"present.text.{'beyond' if largest.marked else 'within'}"),
        ""
        if level or told.options.get("told") == "shares"
        else told.words(f"present.text.{'marked' if marked else 'marked_none'}", **counts),
        _caution(told, largest),
    )


def _largest(
    told: Told, every: Sequence[Difference], known: Sequence[Difference], names: dict[str, str]
) -> tuple[Difference, str]:
    """The largest difference in words, with those that are level with it; of one level where that is asked for."""
    if told.options.get("level"):
        return known[0], told.words(f"present.text.contrast_of{_form(told)}", **names, **_difference(told, known[0]))
    limits = {one.row: estimate.sizes((one.difference.number, one.difference.number)) for one in known}
    hidden = (one for one in every if one.row not in limits)
    found = estimate.largest(
        limits, [estimate.sizes(estimate.difference_limits(told.table, one.row, one.a, one.b)) for one in hidden]
    )
    first = next(one for one in known if one.row == found.names[0])
    some = "_shown" if found.unsure else ""
    made = told.words(f"present.text.contrast{_form(told)}{some}", **names, **_difference(told, first))
    level = i18n.listing((told.quoted(row) for row in found.names[1:]), told.lang)
    return first, joined(made, told.words("present.text.contrast_level", labels=level) if level else "")


def _form(told: Told) -> str:
    """``_shares`` where the figure shows the shares and not their difference, or nothing was sampled."""
    return "_shares" if told.options.get("told") == "shares" or not told.table.sampled else ""


def _difference(told: Told, one: Difference) -> dict[str, str]:
    start, end = (estimate.proportion(told.table, one.row, column) for column in (one.a, one.b))
    write = _share if told.options.get("told") == "differences" else _briefly
    return {
        "label": told.quoted(one.row),
        "points": wording.points_unit(one.difference, told.lang),
        "from": write(start, told.lang),
        "to": write(end, told.lang),
        "interval": wording.points_interval(one.low, one.high, told.lang),
    }


def _share(one: estimate.Proportion, lang: str) -> str:
    return wording.share(one.share, lang)


def _briefly(one: estimate.Proportion, lang: str) -> str:
    counts = {"count": wording.count(one.count, lang), "base": wording.count(one.base, lang)}
    return i18n.text("present.briefly", lang, share=wording.share(one.share, lang), **counts)


def _caution(told: Told, one: Difference) -> str:
    if not one.indicative:
        return ""
    smaller = min((one.a, one.b), key=lambda column: wording.base_cell(told.table, column).value or 0)
    return told.words("present.text.indicative", base=wording.base(told.table, smaller, told.lang))


def outcome(found: Effects, lang: str) -> str:
    """``Erityisen tuen tarve (Kyllä)``: what the model explains."""
    level = found.table.label((found.outcome, found.level), lang)
    title = wording.variable_title(found.table, found.outcome, lang)
    return i18n.text("present.figure.outcome", lang, outcome=title, level=level)


def factor(found: Effects, one: Effect, lang: str) -> tuple[str, str]:
    """A factor of the model and what it is compared with: (``Nainen``, ``vrt. muut``), (``Asunnoton: Kyllä``, …)."""
    title = wording.variable_title(found.table, one.variable, lang)
    level, reference = (found.table.label((one.variable, level), lang) for level in (one.level, one.reference))
    alone = one.level not in AMBIGUOUS or level.casefold() in title.casefold()
    named = level if alone else i18n.text("present.figure.factor", lang, variable=title, level=level)
    if one.reference == other_than((one.variable, one.level))[1]:
        return named, i18n.text("present.figure.others", lang)
    return named, i18n.text("present.figure.reference", lang, level=reference)


@tells("effects")
def _effects(told: Told) -> str:
    found = estimate.effects(told.table)
    base = told.words("present.n", n=wording.count(found.base, told.lang))
    names = {"outcome": outcome(found, told.lang), "base": base}
    known = [one for one in found.rows if one.effect.known]
    if not known:
        return told.words("present.text.effects_hidden", **names)
    family = verdict_text.sentence((one.verdict for one in known), told.lang)
    clear = sorted((one for one in known if one.verdict.beyond), key=lambda one: -abs(one.effect.number))
    if not clear:
        return joined(told.words("present.text.effects_none", **names), family)
    named, reference = factor(found, clear[0], told.lang)
    numbers = {
        "points": wording.points_unit(clear[0].effect, told.lang),
        "interval": wording.points_interval(clear[0].low, clear[0].high, told.lang),
    }
    made = told.words("present.text.effects", factor=named, reference=reference, **names, **numbers)
    return joined(made, family, told.words("present.text.no_cause"))
