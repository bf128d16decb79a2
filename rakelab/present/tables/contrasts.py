"""Tables that compare: differences between two groups, effects of a model, trends, two sources side by side."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import Cell, Key, Released
from rakelab.estimate import Effect, Effects, Matter, Trend, Turn
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, exhibit_of, renders
from rakelab.present.gate import released
from rakelab.present.markup import Column
from rakelab.present.origin import merged
from rakelab.present.sentences import events, quantity, verdicts, wording
from rakelab.present.sentences.contrasts import differences_of, factor, outcome
from rakelab.present.tables.shares import group_head

#: So few left out are told in words: protection has looked at each side of the model, not at their sum.
FEW_OUT = 10
_FLAGS = {Turn.UP: "rises", Turn.DOWN: "falls", Turn.STILL: "no"}


def trends(table: Released, *, lang: str = "") -> Exhibit:
    """How many times more often each answer came up than in the period before, with exact intervals and a flag."""
    return exhibit_of("trends", table, lang)


def beside(first: Released, second: Released, *, lang: str = "") -> Exhibit:
    """The matters that both tables know: the share in each, its place, where it went, and whether they agree."""
    tables = merged({table.view.id: table} for table in map(released, (first, second)))
    return Exhibit("beside", {"first": first.view.id, "second": second.view.id}, tables, lang)


# --- between two groups ---------------------------------------------------------------------------------------

Write = Callable[[Any], str]


def judged(scene: Scene, head: str, number: Write, interval: Write, cell: Callable[[Any], Cell]) -> list[Column]:
    """A difference, its interval, and whether it is beyond chance; ``cell`` is unknown where there is none."""
    return [
        Column(scene.head(head), number),
        Column(scene.head("interval"), interval),
        Column(scene.head("beyond"), lambda compared: verdicts.yes_or_no(compared, cell(compared), scene.lang)),
    ]


def change_table(scene: Scene) -> Markup:
    """Options × share in each of two groups, difference, interval, and whether it is beyond chance."""
    table, lang, differences = scene.table, scene.lang, differences_of(scene.table, scene.options)

    def share(column: Key) -> Column:
        head = group_head(table, column, lang)
        return Column(head, lambda own: wording.share(estimate.proportion(table, own.row, column).share, lang))

    columns = [
        Column(scene.variable(), lambda own: scene.label(own.row)), share(scene.key("a")), share(scene.key("b")),
        *judged(
            scene, "difference", lambda own: wording.points(own.difference, lang),
            lambda own: wording.points_interval(own.low, own.high, lang), lambda own: own.difference,
        ),
    ]  # fmt: skip
    keys = [*scene.notes("difference"), verdicts.key(differences, lang)]
    return scene.grid(wording.compared(table, scene.key("a"), scene.key("b"), lang), columns, differences, keys)


# --- the model ------------------------------------------------------------------------------------------------


def effect_table(scene: Scene) -> Markup:
    """Factors × average marginal effect and interval."""
    effects, lang = scene.effects, scene.lang

    def name(effect: Effect) -> str:
        named, reference = factor(effects, effect, lang)
        return f"{named} ({reference})"

    columns = [
        Column(scene.head("factor"), name),
        *judged(
            scene, "effect", lambda own: wording.points(own.effect, lang),
            lambda own: wording.points_interval(own.low, own.high, lang), lambda own: own.effect,
        ),
    ]  # fmt: skip
    names = scene.listing(wording.variable_title(effects.table, name, lang) for name in effects.left_out)
    left_out = scene.words("present.key.left_out", names=names) if names else ""
    keys = [*scene.notes("effects"), verdicts.key(effects.rows, lang), left_out, *_who_is_in(scene, effects)]
    caption = markup.titled(outcome(effects, lang), scene.n(effects.base))
    return scene.grid(caption, columns, effects.rows, keys)


def _who_is_in(scene: Scene, effects: Effects) -> list[str]:
    """Of whom the model is, how many are left out, and what it would say if they were in."""
    if not effects.rows or not effects.out.value:
        return scene.notes("model_all") if effects.rows and effects.out.known else []
    word = "present.key.model_of" if effects.out.number >= FEW_OUT else "present.key.model_of_most"
    left_out = scene.words(word, n=scene.count(effects.out), limit=i18n.number(FEW_OUT, scene.lang))
    if not effects.everybody:
        return [left_out, *scene.notes("model_everybody_hidden")]
    everybody = "; ".join(_briefly(effects, effect, scene.lang) for effect in effects.everybody)
    return [left_out, scene.words("present.key.model_everybody", effects=everybody)]


def _briefly(effects: Effects, effect: Effect, lang: str) -> str:
    interval = wording.points_interval(effect.low, effect.high, lang)
    return f"{factor(effects, effect, lang)[0]} {wording.points(effect.effect, lang)} ({interval})"


# --- trends ---------------------------------------------------------------------------------------------------


@renders("trends")
def _trends(scene: Scene) -> Markup:
    table, lang = scene.table, scene.lang
    made = estimate.trends(table)
    if not made:
        return markup.note("trends", scene.words("events.one_period"))

    def flag(trend: Trend) -> str:
        return scene.words(f"events.{_FLAGS[trend.verdict.turn]}") if trend.verdict.known else str(trend.ratio)

    periods = {"a": scene.label(made[0].a), "b": scene.label(made[0].b)}
    texts: dict[str, Callable[[Trend], str]] = {
        "before": lambda trend: scene.count(trend.before),
        "after": lambda trend: scene.count(trend.after),
        "ratio": lambda trend: quantity.written(trend.ratio, lang, 1),
        "interval": lambda trend: quantity.between(trend.low, trend.high, lang, 1),
        "flag": flag,
    }
    heads = (Column(scene.words(f"events.head.{name}", **periods), text) for name, text in texts.items())
    columns = [Column(scene.variable(), lambda trend: scene.line(trend.row)), *heads]
    keys = [scene.words("events.key"), *events.lengths(table, made[0], lang), verdicts.key(made, lang)]
    return markup.exhibit("trends", scene.grid(scene.title(), columns, made, keys))


# --- two sources ----------------------------------------------------------------------------------------------


@renders("beside")
def _beside(scene: Scene) -> Markup:
    first, second = (scene.tables[scene.options[name]] for name in ("first", "second"))
    lang = scene.lang
    if not estimate.same_area(first, second):
        return markup.note("beside", events.elsewhere(first, second, lang))
    matters = estimate.beside(first, second)
    if not matters:
        return markup.note("beside", scene.words("beside.nothing"))

    def share(side: str) -> Callable[[Matter], str]:
        return lambda matter: _ranked(scene, getattr(matter, side))

    def turn(side: str) -> Callable[[Matter], str]:
        return lambda matter: scene.words(f"beside.turn.{getattr(matter, side).turn.value}")

    texts = {
        "first": share("first"), "first_turn": turn("first"), "second": share("second"), "second_turn": turn("second"),
        "verdict": lambda matter: scene.words(f"beside.{matter.verdict.value}"),
    }  # fmt: skip
    variable = first.view.variable
    label = Column(
        wording.variable_title(first, variable, lang), lambda matter: first.label((variable, matter.level), lang)
    )
    columns = [label, *(Column(scene.words(f"beside.{name}"), text) for name, text in texts.items())]
    area = scene.words("beside.area" if first.area else "beside.area_unknown", area=first.area)
    keys = [scene.words("beside.key"), area, *_sources(scene, first, second)]
    return markup.exhibit("beside", scene.grid(scene.words("beside.caption"), columns, matters, keys))


def _ranked(scene: Scene, side: estimate.Side) -> str:
    part, share = side.share, wording.share(side.share.share, scene.lang)
    if not (part.share.known and side.rank):
        return share
    word = "beside.share_shown" if side.unsure else "beside.share"
    return scene.words(word, share=share, count=scene.count(part.count), rank=side.rank)


def _sources(scene: Scene, first: Released, second: Released) -> list[str]:
    """Where each source is from, and what sets their periods apart."""
    lang, lines = scene.lang, []
    for name, table in (("first", first), ("second", second)):
        title, periods = wording.title(table, lang, grouped=False), events.listed(table)
        titled = scene.words("beside.of", title=title, periods=periods) if periods else title
        lines.append(scene.words(f"beside.source.{name}", title=titled))
    lines += [] if estimate.common(first, second) else [events.apart(first, second, lang)]
    made = estimate.trends(second) if second.view.indicator in estimate.EVENTS else ()
    return [*lines, events.uneven(second, made[0], lang)] if made else lines
