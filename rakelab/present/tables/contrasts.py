"""Tables that compare: differences between two groups, effects of a model, trends, two sources side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from rakelab import estimate, i18n
from rakelab.cells import Cell, Key, Released
from rakelab.estimate import Difference, Effect, Effects, Matter, Trend, Turn, View
from rakelab.present import markup
from rakelab.present.exhibit import Exhibit, Scene, exhibit_of, renders
from rakelab.present.gate import released
from rakelab.present.markup import Column
from rakelab.present.origin import merged
from rakelab.present.sentences import events, quantity, wording
from rakelab.present.sentences.changes import changes_of
from rakelab.present.sentences.contrasts import differences_of, factor, gaps_of, outcome
from rakelab.present.sentences.means import digits_of
from rakelab.present.tables.shares import group_head

#: So few left out are told in words: protection has looked at each side of the model, not at their sum.
FEW_OUT = 10
_FLAGS = {Turn.UP: "rises", Turn.DOWN: "falls", Turn.STILL: "no"}


def trends(table: Released, *, lang: str = "") -> Exhibit:
    """How many times more often each answer came up than in the period before, with exact intervals and a flag."""
    return exhibit_of("trends", table, lang)


def beside(first: Released, second: Released, view: View | None = None, *, lang: str = "") -> Exhibit:
    """The matters that both tables know: the share in each, its place, where it went, and whether they agree; of the
    first the ``view`` of one of its groups, where one is given."""
    tables = merged({table.view.id: table} for table in map(released, events.tables_of(first, second, view)))
    named = events.viewed(view) if view else {}
    return Exhibit("beside", {"first": first.view.id, "second": second.view.id, **named}, tables, lang)


# --- one kind of comparison -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """What is compared, each comparison's number with its limits, and its decimals; percentage points have none."""

    head: str
    compared: Callable[[Scene], Sequence[Any]]
    limits: Callable[[Any], tuple[Cell, ...]]  # the number, and its limits
    decimals: Callable[[Scene, Any], int] | None = None

    def number(self, scene: Scene, own: Any) -> str:
        number, _, _ = self.limits(own)
        if self.decimals is None:
            return wording.points(number, scene.lang)
        return quantity.signed(number, scene.lang, self.decimals(scene, own))

    def interval(self, scene: Scene, own: Any) -> str:
        _, low, high = self.limits(own)
        if self.decimals is None:
            return wording.points_interval(low, high, scene.lang)
        return quantity.margin(low, high, scene.lang, self.decimals(scene, own))

    def beyond(self, scene: Scene, own: Any) -> str:
        number, low, _ = self.limits(own)
        return scene.beyond(own, number if self.decimals is None else low)

    def columns(self, scene: Scene) -> list[Column]:
        """The number, its interval, and whether it is beyond chance."""
        texts = {self.head: self.number, "interval": self.interval, "beyond": self.beyond}
        return [Column(scene.head(head), partial(text, scene)) for head, text in texts.items()]


KINDS = {
    "changes": Kind(
        "difference", lambda scene: differences_of(scene.table, scene.options),
        lambda own: (own.difference, own.low, own.high),
    ),
    "effects": Kind("effect", lambda scene: scene.effects.rows, lambda own: (own.effect, own.low, own.high)),
    "mean_changes": Kind(
        "mean_difference", lambda scene: gaps_of(scene.table, scene.options),
        lambda own: (own.difference, own.low, own.high), lambda _, own: digits_of(own),
    ),
    "paired": Kind(
        "change", lambda scene: changes_of(scene.table),
        lambda own: (own.change.mean, own.change.low, own.change.high),
        lambda scene, own: quantity.decimals(scene.table, own.row),
    ),
}  # fmt: skip


def change_table(scene: Scene) -> Markup:
    """Options × share in each of two groups, difference, interval, and whether it is beyond chance."""
    table, kind, ends = scene.table, KINDS["changes"], (scene.key("a"), scene.key("b"))

    def share(column: Key, own: Difference) -> str:
        return wording.share(estimate.proportion(table, own.row, column).share, scene.lang)

    heads = markup.crossed(ends, lambda column: group_head(table, column, scene.lang), share)
    columns = [Column(scene.variable(), lambda own: scene.label(own.row)), *heads, *kind.columns(scene)]
    differences = kind.compared(scene)
    keys = [*scene.notes("difference"), scene.family(differences, "key.holm")]
    return scene.grid(wording.compared(table, *ends, scene.lang), columns, differences, keys)


# --- the model ------------------------------------------------------------------------------------------------


def effect_table(scene: Scene) -> Markup:
    """Factors × average marginal effect and interval."""
    effects, lang = scene.effects, scene.lang

    def name(effect: Effect) -> str:
        named, reference = factor(effects, effect, lang)
        return f"{named} ({reference})"

    columns = [Column(scene.head("factor"), name), *KINDS["effects"].columns(scene)]
    names = scene.listing(wording.variable_title(effects.table, name, lang) for name in effects.left_out)
    left_out = scene.words("present.key.left_out", names=names) if names else ""
    keys = [*scene.notes("effects"), scene.family(effects.rows, "key.holm"), left_out, *_who_is_in(scene, effects)]
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
    kind, everybody = KINDS["effects"], []
    for own in effects.everybody:
        named = factor(effects, own, scene.lang)[0]
        everybody.append(f"{named} {kind.number(scene, own)} ({kind.interval(scene, own)})")
    return [left_out, scene.words("present.key.model_everybody", effects="; ".join(everybody))]


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
    keys = [scene.words("events.key"), *events.lengths(table, made[0], lang), scene.family(made, "key.holm")]
    return markup.exhibit("trends", scene.grid(scene.title(), columns, made, keys))


# --- two sources ----------------------------------------------------------------------------------------------


@renders("beside")
def _beside(scene: Scene) -> Markup:
    first, second = (scene.tables[scene.options[name]] for name in ("first", "second"))
    view, lang = events.view_in(scene.options, scene.tables), scene.lang
    if not estimate.same_area(first, second):
        return markup.note("beside", events.not_compared(first, second, view, lang))
    matters = estimate.beside(first, second, view)
    if not matters:
        return markup.note("beside", scene.words("beside.nothing"))
    named = events.view_words(view, first, lang)
    start, base = named.pop("key"), {"n": wording.base(first, view.column(first), lang)} if view else {}

    def text(name: str, matter: Matter) -> str:
        if name == "verdict":
            return scene.words(f"beside.{matter.verdict.value}")
        side = getattr(matter, name.removesuffix("_turn"))
        return scene.words(f"beside.turn.{side.turn.value}") if name.endswith("_turn") else _ranked(scene, side)

    def head(name: str) -> str:
        return scene.words(f"{start}first", **named, **base) if name == "first" else scene.words(f"beside.{name}")

    variable, turn = first.view.variable, () if view else ("first_turn",)
    columns = [
        Column(wording.variable_title(first, variable, lang), lambda own: first.label((variable, own.level), lang)),
        *markup.crossed(("first", *turn, "second", "second_turn", "verdict"), head, text),
    ]
    area = scene.words("beside.area" if first.area else "beside.area_unknown", area=first.area)
    keys = [scene.words("beside.key"), area, *_sources(scene, first, second, view)]
    return markup.exhibit("beside", scene.grid(scene.words(f"{start}caption", **named), columns, matters, keys))


def _ranked(scene: Scene, side: estimate.Side) -> str:
    part, share = side.share, wording.share(side.share.share, scene.lang)
    if not (part.share.known and side.rank):
        return share
    word = "beside.share_shown" if side.unsure else "beside.share"
    return scene.words(word, share=share, count=scene.count(part.count), rank=side.rank)


def _sources(scene: Scene, first: Released, second: Released, view: View | None) -> list[str]:
    """Where each source is from, and what sets their periods apart."""
    lang, lines = scene.lang, []
    named = events.view_words(view, first, lang)
    start = named.pop("key")
    for name, table in (("first", first), ("second", second)):
        own = view if table is first else None
        title, periods = (
            wording.title(table, lang, grouped=False),
            ", ".join(own.periods if own else ()) or events.listed(table),
        )
        titled = scene.words("beside.of", title=title, periods=periods) if periods else title
        lines.append(
            scene.words(f"{start}source" if own else f"beside.source.{name}", title=titled, **(named if own else {}))
        )
    apart = events.not_compared(first, second, view, lang)
    made = estimate.trends(second) if second.view.indicator in estimate.EVENTS else ()
    lines += [apart] if apart else []
    return [*lines, events.uneven(second, made[0], lang)] if made else lines
