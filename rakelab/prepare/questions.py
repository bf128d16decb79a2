"""Which questions a form has, by kind: so that a notebook serves a county's own form without being rewritten."""

from collections import Counter
from collections.abc import Iterable

from rakelab.codebook import Codebook, Field
from rakelab.dataset import Dataset
from rakelab.names import CHANGE, made_of

#: An opinion has at least so many ordered options, a rating at most so many points.
FEWEST_OPTIONS, MOST_POINTS = 3, 12


def ratings(dataset: Dataset) -> tuple[str, ...]:
    """Whole numbers on a scale (areas of competence, 1–5) that are no items of an instrument, in the form's order."""
    own = (one for one in _asked(dataset.codebook) if not _item(dataset.codebook, one))
    return tuple(one.name for one in own if _is_rating(one))


def _asked(book: Codebook) -> Iterable[Field]:
    return (one for one in book.fields if not one.role)


def _is_rating(one: Field) -> bool:
    if one.type != "integer" or one.minimum is None or one.maximum is None:
        return False
    return one.maximum - one.minimum < MOST_POINTS


def statements(dataset: Dataset) -> tuple[str, ...]:
    """Statements: ordered single choices of which several have the same options, in the form's order."""
    ordered = [one for one in _asked(dataset.codebook) if one.ordered and len(one.values) >= FEWEST_OPTIONS]
    shared = Counter(_options(one) for one in ordered)
    return tuple(one.name for one in ordered if shared[_options(one)] > 1)


def _options(one: Field) -> tuple[tuple[str, ...], ...]:
    return tuple((option.value, *option.label.values()) for option in one.categories)


def choices(dataset: Dataset) -> tuple[str, ...]:
    """Every other question with options, single or select-all, in the form's order; the bands come last."""
    apart = set(statements(dataset))
    bands = [one.name for one in dataset.codebook.bands if one.of and one.name in dataset.frame]
    return (*(one.name for one in _asked(dataset.codebook) if one.choice and one.name not in apart), *bands)


def quantities(dataset: Dataset) -> tuple[str, ...]:
    """Numbers that are no ratings (age, months), in the form's order."""
    numbers = [one for one in _asked(dataset.codebook) if one.type in ("integer", "number")]
    return tuple(one.name for one in numbers if not _is_rating(one) and not _item(dataset.codebook, one))


def _item(book: Codebook, one: Field) -> bool:
    return any(one.name == item.name for used in book.instruments for item in used.fields())


def derived(dataset: Dataset) -> tuple[str, ...]:
    """Variables that were added to the form's own: bands, scores, what other sheets say."""
    own = {one.name for one in dataset.codebook.fields}
    return tuple(one.name for one in dataset.codebook.bands if one.name not in own and one.name in dataset.frame)


def reflective(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    """The scales (instrument, scale) that were measured and whose items should go together, so that alpha tells."""
    return tuple(
        (used.name, scale.name)
        for used in dataset.codebook.instruments
        for scale in used.scales
        if len(scale.items) > 1 and not scale.formative
        if made_of(used.score_column(scale.name), CHANGE) in dataset.frame
    )
