"""The data tables of figures that compare: differences between two groups, effects of a model, pairs of needs."""

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Released, key
from rakelab.estimate import Difference, Effect, Effects
from rakelab.present import markup
from rakelab.present.exhibit import Scene
from rakelab.present.gate import unpack
from rakelab.present.markup import Grid, Row
from rakelab.present.sentences import verdicts as verdict_text
from rakelab.present.sentences import wording
from rakelab.present.sentences.contrasts import differences_of, factor, outcome
from rakelab.present.sentences.shares import pairs_of
from rakelab.present.tables.shares import group_head


def change_table(scene: Scene) -> Markup:
    """Options × share in each of two groups, difference, interval, and whether it is beyond chance."""
    found, lang = scene.table, scene.lang
    a, b = (unpack(scene.options[end]) for end in "ab")
    heads = markup.heads(("difference", "interval", "beyond"), lang)
    rows = tuple(_change_row(found, one, lang) for one in differences_of(found, scene.options))
    said = verdict_text.key((one.verdict for one in differences_of(found, scene.options)), lang)
    corner = wording.variable_title(found, found.view.variable, lang)
    grid = Grid(
        id=scene.id,
        lang=lang,
        caption=wording.compared(found, a, b, lang),
        headers=(corner, group_head(found, a, lang), group_head(found, b, lang), *heads),
        rows=rows,
        keys=[i18n.text("present.key.difference", lang), *said],
    )
    return markup.table(grid)


def _change_row(found: Released, one: Difference, lang: str) -> Row:
    shares = (estimate.proportion(found, one.row, column).share for column in (one.a, one.b))
    texts = (
        *(wording.share(share, lang) for share in shares),
        wording.points(one.difference, lang),
        wording.points_interval(one.low, one.high, lang),
        verdict_text.yes_or_no(one.verdict, one.difference, lang),
    )
    return Row(wording.label(found, one.row, lang), texts)


_EFFECT = ("factor", "effect", "interval", "beyond")


def effect_table(scene: Scene) -> Markup:
    """Factors × average marginal effect and interval."""
    found, lang = scene.effects, scene.lang
    rows = tuple(_effect_row(found, one, lang) for one in found.rows)
    said = verdict_text.key((one.verdict for one in found.rows), lang)
    base = i18n.text("present.n", lang, n=wording.count(found.base, lang))
    grid = Grid(
        id=scene.id,
        lang=lang,
        caption=markup.titled(outcome(found, lang), base),
        headers=markup.heads(_EFFECT, lang),
        rows=rows,
        keys=[i18n.text("present.key.effects", lang), *said, *_out(found, lang)],
    )
    return markup.table(grid)


#: So few left out are told in words: protection has looked at each side of the model, not at their sum.
FEW_OUT = 10


def _who_is_in(found: Effects, lang: str) -> list[str]:
    """Of whom the model is, how many are left out, and what it would say if they were in."""
    if not found.rows or not found.out.value:
        return [i18n.text("present.key.model_all", lang)] if found.rows and found.out.known else []
    kind = "model_of" if (found.out.value or 0) >= FEW_OUT else "model_of_most"
    told = i18n.text(f"present.key.{kind}", lang, n=wording.count(found.out, lang), limit=i18n.number(FEW_OUT, lang))
    if not found.everybody:
        return [told, i18n.text("present.key.model_everybody_hidden", lang)]
    effects = [_briefly(found, one, lang) for one in found.everybody]
    return [told, i18n.text("present.key.model_everybody", lang, effects="; ".join(effects))]


def _briefly(found: Effects, one: Effect, lang: str) -> str:
    interval = wording.points_interval(one.low, one.high, lang)
    return f"{factor(found, one, lang)[0]} {wording.points(one.effect, lang)} ({interval})"


def _out(found: Effects, lang: str) -> list[str]:
    """What is left out of the model: factors, and people."""
    return [*_left_out(found, lang), *_who_is_in(found, lang)]


def _left_out(found: Effects, lang: str) -> list[str]:
    names = [wording.variable_title(found.table, name, lang) for name in found.left_out]
    return [i18n.text("present.key.left_out", lang, names=i18n.listing(names, lang))] if names else []


def _effect_row(found: Effects, one: Effect, lang: str) -> Row:
    named, reference = factor(found, one, lang)
    texts = (
        wording.points(one.effect, lang),
        wording.points_interval(one.low, one.high, lang),
        verdict_text.yes_or_no(one.verdict, one.effect, lang),
    )
    return Row(f"{named} ({reference})", texts)


def pair_table(scene: Scene) -> Markup:
    """Needs × needs: the share and the count of those who have both."""
    found, lang = scene.table, scene.lang
    options = pair_options(found)
    rows = tuple(_pair_row(found, a, options, lang) for a in options)
    heads = (found.label((found.view.variable, option), lang) for option in options)
    grid = Grid(
        id=scene.id,
        lang=lang,
        caption=markup.titled(wording.title(found, lang), wording.base(found, TOTAL, lang)),
        headers=(wording.variable_title(found, found.view.variable, lang), *heads),
        rows=rows,
        keys=[i18n.text("present.key.together", lang)],
    )
    return markup.table(grid)


def pair_options(found: Released) -> tuple[str, ...]:
    """The options that the pairs are made of, in the form's order."""
    used = {option for two in pairs_of(found) for option in two}
    return tuple(option for option in found.variables[found.view.variable].levels if option in used)


def pair_count(found: Released, a: str, b: str) -> Cell:
    """How many have both options; of one option with itself, how many have it, as the pair's cells tell."""
    pairs = pairs_of(found)
    if a != b:
        return found.cells[pairs[(a, b) if (a, b) in pairs else (b, a)]]
    sums = [_alone(found, two.index(a), both) for two, both in pairs.items() if a in two]
    return next((one for one in sums if one.known), HIDDEN)


def _alone(found: Released, place: int, both: Key) -> Cell:
    """Both + only this one."""
    ((name, _),) = both
    only = key((name, f"vain_{place + 1}"))
    return found.cells[both] + found.cells[only] if only in found.cells else HIDDEN


def _pair_row(found: Released, a: str, options: tuple[str, ...], lang: str) -> Row:
    cells = tuple(_pair_cell(found, pair_count(found, a, b), lang) for b in options)
    return Row(found.label((found.view.variable, a), lang), cells)


def _pair_cell(found: Released, count: Cell, lang: str) -> str:
    share = count / found.cells[TOTAL]
    if not share.known:
        return str(share)
    return markup.measured(wording.share(share, lang), wording.count(count, lang))
