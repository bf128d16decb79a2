"""What was measured: scores of scales, items that are looked at by themselves, and what is known of both."""

from collections.abc import Iterator
from dataclasses import dataclass

from rakelab.codebook import Field
from rakelab.dataset import Dataset, state_column
from rakelab.fields import NOT_ASKED
from rakelab.instrument import Instrument
from rakelab.names import CHANGE, made_of
from rakelab.scales import Direction


@dataclass(frozen=True)
class Measure:
    """A number to follow. ``reliability`` 0: not known. ``direction`` as an instrument's."""

    field: Field
    direction: Direction = Direction.NONE
    reliability: float = 0


def measures(dataset: Dataset) -> tuple[Measure, ...]:
    """Scores that the data have, items to show beside a score, and the items of a profile, in the form's order.

    What nobody was asked is left out. After ``paired``, those that it paired.
    """
    known = {measure.field.name: measure for used in dataset.codebook.instruments for measure in _of(used)}
    if any(str(column).endswith(made_of("", CHANGE)) for column in dataset.frame):
        return tuple(measure for name, measure in known.items() if made_of(name, CHANGE) in dataset.frame)
    return tuple(measure for name, measure in known.items() if was_asked(dataset, name))


def was_asked(dataset: Dataset, name: str) -> bool:
    """Does the file have the number, or the score made of such?"""
    state = dataset.frame.get(state_column(name))
    return state is not None and not bool((state.astype(str) == NOT_ASKED).all())


def keyless(dataset: Dataset) -> tuple[str, ...]:
    """Instruments of the form whose scoring is not known (no scales, no direction): only how many gave each answer
    can be told of their items."""
    unknown = (used for used in dataset.codebook.instruments if not used.scales and used.direction is Direction.NONE)
    return tuple(used.name for used in unknown if any(item.name in dataset.frame for item in used.fields()))


def _of(used: Instrument) -> Iterator[Measure]:
    yield from (_item(used, number) for number in used.alone)
    for scale in used.scales:
        reliability = scale.reliability.value if scale.reliability else 0
        yield Measure(used.score_field(scale), scale.direction, reliability)
        yield from (_item(used, number) for number in scale.beside)
    if not used.scales and used.direction is not Direction.NONE:
        yield from (Measure(field, used.direction) for field in used.fields())


def _item(used: Instrument, number: int) -> Measure:
    """An item by itself, as answered: a reversed one is better the other way."""
    field = next(field for field in used.fields() if field.name == used.column(number))
    turned = {Direction.BETTER: Direction.WORSE, Direction.WORSE: Direction.BETTER}
    way = turned.get(used.direction, used.direction) if used.item(number).reversed else used.direction
    return Measure(field, way)


def item_names(dataset: Dataset) -> tuple[str, ...]:
    """The columns of the instruments' items (or ready scores)."""
    names = (item.name for used in dataset.codebook.instruments for item in used.fields() if not item.choice)
    return tuple(name for name in names if name in dataset.frame)
