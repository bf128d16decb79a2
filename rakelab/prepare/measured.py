"""What was measured: scores of scales, items that are looked at by themselves, and what is known of both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rakelab.codebook import Field
from rakelab.dataset import Dataset, state_column
from rakelab.fields import NOT_ASKED
from rakelab.instrument import Instrument, Scale
from rakelab.names import CHANGE, made_of
from rakelab.scales import DIRECTIONS


@dataclass(frozen=True)
class Measure:
    """A number to follow. ``reliability`` 0: not known. ``direction`` as an instrument's."""

    field: Field
    direction: str = "none"
    reliability: float = 0


def measures(dataset: Dataset) -> tuple[Measure, ...]:
    """Scores that the data have, items to show beside a score, and the items of a profile, in the form's order.

    What nobody was asked is left out. After ``paired``, those that it paired.
    """
    found = {}
    for used in dataset.codebook.instruments:
        for one in _of(used):
            if _asked(dataset, one.field.name):
                found[one.field.name] = one
    return tuple(found.values())


def keyless(dataset: Dataset) -> tuple[str, ...]:
    """Instruments of the form whose scoring is not known (no scales, no direction): only how many gave each answer
    can be told of their items."""
    found = (used for used in dataset.codebook.instruments if not used.scales and used.direction == "none")
    return tuple(used.name for used in found if any(one.name in dataset.frame for one in used.fields()))


def _of(used: Instrument) -> Iterator[Measure]:
    items = {one.name: one for one in used.fields()}
    yield from (_item(used, items, number) for number in used.alone)
    for scale in used.scales:
        yield _score(used, scale)
        yield from (_item(used, items, number) for number in scale.beside)
    if not used.scales and used.direction != "none":
        yield from (Measure(one, used.direction) for one in items.values())


def _item(used: Instrument, fields: Mapping[str, Field], number: int) -> Measure:
    """An item by itself, as answered: a reversed one is better the other way."""
    way = used.direction
    if used.item(number).reversed and way != DIRECTIONS[0]:
        way = next(one for one in DIRECTIONS[1:] if one != way)
    return Measure(fields[used.column(number)], way)


def _score(used: Instrument, scale: Scale) -> Measure:
    return Measure(used.score_field(scale), scale.direction, scale.reliability.value if scale.reliability else 0)


def _asked(dataset: Dataset, name: str) -> bool:
    if not any(str(column).endswith(made_of("", CHANGE)) for column in dataset.frame):
        state = state_column(name)
        return state in dataset.frame and not bool((dataset.frame[state].astype(str) == NOT_ASKED).all())
    return made_of(name, CHANGE) in dataset.frame


def item_names(dataset: Dataset) -> tuple[str, ...]:
    """The columns of the instruments' items (or ready scores)."""
    fields = [one.name for used in dataset.codebook.instruments for one in used.fields() if not one.choice]
    return tuple(name for name in fields if name in dataset.frame)
