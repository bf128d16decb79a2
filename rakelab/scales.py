"""What a measuring instrument is made of: items, what their answers count, and the scales made of them.

Numbers of items, not their texts. An instrument's items become fields of a codebook (``core10_1`` …), its scales
derived variables (``prepare.score``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from rakelab.errors import UsageError, nearest
from rakelab.fields import Category, Field, Label
from rakelab.i18n import LANGUAGES, composed, label

#: What a form holds of an instrument: its items, or scores that were computed elsewhere.
KINDS = ("items", "ready score")


class Direction(StrEnum):
    """Which way a score is better, if any."""

    NONE = "none"
    BETTER = "higher_better"
    WORSE = "higher_worse"


DIRECTIONS = tuple(Direction)

#: How a scale is made of its items' points: from their sum, how many were answered and how many there are.
#: Each works on numbers and on arrays. A sum is prorated: the mean of what was answered, times all items.
RULES: Mapping[str, Callable[..., Any]] = {
    "sum": lambda points, answered, items: points * items / answered,
    "mean": lambda points, answered, _: points / answered,
    "mean4_100": lambda points, answered, _: (4 * points / answered - 4) * 6.25,
}
#: The T-score of goal attainment scaling; not a sum of points, so it stands apart from ``RULES``.
GAS = "gas"
_RHO = 0.3


def gas(attained: Any, squares: Any, weights: Any) -> Any:
    """T = 50 + 10·Σwx / √((1−ρ)Σw² + ρ(Σw)²), ρ = 0.3: Σwx, Σw² and Σw, numbers or arrays."""
    return 50 + 10 * attained / ((1 - _RHO) * squares + _RHO * weights**2) ** 0.5


@dataclass(frozen=True)
class Item:
    """One question. An answer is a whole number on the form; ``points`` says what it counts."""

    number: int
    minimum: int
    maximum: int
    label: Label | None = None
    values: tuple[int, ...] = ()  # where not every whole number between the limits is an answer
    reversed: bool = False
    recode: tuple[tuple[int, int], ...] = ()
    risk: bool = False  # of harm to oneself: shown by itself, never only in a sum
    sensitivity: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def allowed(self) -> tuple[int, ...]:
        return self.values or tuple(range(self.minimum, self.maximum + 1))

    @cached_property
    def points(self) -> Mapping[int, int]:
        """Answer -> points; rising answers."""
        if self.recode:
            return dict(sorted(self.recode))
        both = self.minimum + self.maximum
        return {answer: both - answer if self.reversed else answer for answer in self.allowed}

    def title(self, instrument: Label) -> Label:
        """“CORE-10: kohta 3”: a field's name among all fields of a form."""
        own = self.label or label("instrument.item", number=self.number)
        return composed(lambda lang: f"{instrument[lang]}: {own[lang]}", instrument, own)


@dataclass(frozen=True)
class Reliability:
    """How much of the variance is not error (0–1), and who found that, where."""

    value: float
    source: Label


@dataclass(frozen=True)
class Cutoff:
    """``value`` or more (less, if higher is better) means what ``title`` says."""

    value: float
    title: Label


@dataclass(frozen=True)
class Scale:
    """A number made of items. ``minimum`` and ``maximum`` are its floor and ceiling."""

    name: str
    title: Label
    items: tuple[int, ...]
    rule: str = "sum"
    direction: Direction = Direction.NONE
    minimum: float = 0
    maximum: float = 0
    allowed_missing: int = 0
    reliability: Reliability | None = None
    cutoffs: tuple[Cutoff, ...] = ()
    unit: Label | None = None
    formative: bool = False  # the items make the thing up; they need not go together, so no alpha
    beside: tuple[int, ...] = ()  # items to show by themselves wherever the scale is shown
    weights: bool = False  # gas: each goal may have a weight, in a column of its own
    aliases: tuple[str, ...] = ()  # of a ready score: other headings


@dataclass(frozen=True)
class Edition:
    """A version of the form whose numbers mean other than another version's; ``reversed``: the items it turns."""

    value: str
    reversed: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Skip:
    """Where all of ``when`` are answered 0, the form leads past ``items``: left blank, they count 0."""

    when: tuple[int, ...]
    items: tuple[int, ...]


@dataclass(frozen=True)
class Instrument:
    """An instrument's key. ``allowed_missing``: of all items; more, and no scale counts (None: no such rule).

    ``printed``: the numbers of the items in the order of the form, where that is another one. ``alone``: items that are
    followed by themselves, in no scale. Of a ready score there are no items.
    """

    name: str
    title: Label
    items: tuple[Item, ...]
    scales: tuple[Scale, ...] = ()
    version: str = "1"
    source: str = ""
    licence: str = ""
    direction: Direction = Direction.NONE
    sensitivity: str = ""
    note: Label | None = None
    allowed_missing: int | None = None
    kind: str = KINDS[0]
    editions: tuple[Edition, ...] = ()
    skips: tuple[Skip, ...] = ()
    printed: tuple[int, ...] = ()
    alone: tuple[int, ...] = ()

    @property
    def ready(self) -> bool:
        return self.kind == KINDS[1]

    def item(self, number: int) -> Item:
        """The item ``number``; an unknown one is a UsageError."""
        known = {item.number: item for item in self.items}
        if number not in known:
            raise UsageError("instrument.no_item", instrument=self.name, item=number)
        return known[number]

    def scale(self, name: str) -> Scale:
        """The scale ``name``; an unknown one is a UsageError naming the nearest."""
        known = {scale.name: scale for scale in self.scales}
        if name not in known:
            close = nearest(name, known) or "–"
            raise UsageError("instrument.no_scale", instrument=self.name, scale=name, nearest=close)
        return known[name]

    def reflective(self, name: str) -> Scale:
        """The scale ``name``, if its items may be asked to go together (Cronbach's alpha); else a UsageError."""
        scale = self.scale(name)
        if scale.formative or len(scale.items) < 2:
            key = "instrument.formative" if scale.formative else "instrument.one_item"
            raise UsageError(key, instrument=self.name, scale=name)
        return scale

    def column(self, number: int) -> str:
        """The name of an item's field: ``core10_3``."""
        return f"{self.name}_{number}"

    def weight_column(self, number: int) -> str:
        return f"{self.column(number)}_paino"

    def score_column(self, scale: str) -> str:
        """The name of a scale's derived field: ``core10_summa``."""
        return f"{self.name}_{scale}"

    @property
    def edition_column(self) -> str:
        return f"{self.name}_versio"

    def fields(self) -> tuple[Field, ...]:
        """The items in the order of the form, the weights of goals and the form's version, as fields of a form; or the
        ready scores."""
        if self.ready:
            return tuple(self._ready(scale) for scale in self.scales)
        items = [self.item(number) for number in self.printed] or self.items
        weighted = sorted({number for scale in self.scales if scale.weights for number in scale.items})
        editions = [self._edition()] if self.editions else []
        return (*editions, *map(self._field, items), *(self._weight(self.item(n)) for n in weighted))

    def _ready(self, scale: Scale) -> Field:
        described = label("instrument.ready", span=f"{scale.minimum:g}–{scale.maximum:g}")
        return replace(self.score_field(scale), aliases=scale.aliases, description=described)

    def _edition(self) -> Field:
        options = tuple(
            Category(edition.value, dict.fromkeys(LANGUAGES, edition.value), aliases=edition.aliases)
            for edition in self.editions
        )
        title = label("instrument.edition", instrument=self.title)
        return Field(self.edition_column, "string", title, options, origin="source")

    def _described(self, item: Item) -> Label:
        """What a form says of an item: its answers, and which question it is where the numbers do not tell. Its text is
        on the instrument's own form only."""
        described = label("instrument.described", span=f"{item.minimum}–{item.maximum}")
        if not self.printed:
            return described
        place = label("instrument.printed", place=self.printed.index(item.number) + 1)
        return composed(lambda lang: f"{described[lang]} {place[lang]}")

    def _field(self, item: Item) -> Field:
        return Field(
            self.column(item.number), "integer", item.title(self.title), minimum=item.minimum, maximum=item.maximum,
            sensitivity=item.sensitivity or self.sensitivity, origin="source", aliases=item.aliases,
            description=self._described(item),
        )  # fmt: skip

    def _weight(self, item: Item) -> Field:
        title = label("instrument.weight", item=item.title(self.title))
        described = label("instrument.described", span="0–")
        name = self.weight_column(item.number)
        return Field(name, "number", title, minimum=0, origin="source", description=described)

    def score_field(self, scale: Scale) -> Field:
        """The derived field of a scale, as sensitive as its items."""
        of_items = (self.item(number).sensitivity for number in scale.items)
        return Field(
            name=self.score_column(scale.name),
            type="number",
            title=composed(lambda lang: f"{self.title[lang]}: {scale.title[lang]}", self.title, scale.title),
            minimum=scale.minimum,
            maximum=scale.maximum,
            sensitivity=self.sensitivity or next(filter(None, of_items), ""),
            origin="source",
        )
