"""Which questions a form has, by kind: so that a notebook serves a county's own form without being rewritten."""

from collections import Counter

from rakelab.codebook import Field
from rakelab.dataset import Dataset
from rakelab.names import CHANGE, made_of

#: An opinion has at least so many ordered options, a rating at most so many points.
FEWEST_OPTIONS, MOST_POINTS = 3, 12


def _asked(dataset: Dataset) -> list[Field]:
    return [
        field for field in dataset.codebook.fields if not field.trait and not field.weight and dataset.asked(field.name)
    ]


def _numbers(dataset: Dataset, *, rating: bool) -> tuple[str, ...]:
    """Numbers that are no items of an instrument, in the form's order."""
    items = {item.name for used in dataset.codebook.instruments for item in used.fields()}
    own = (field for field in _asked(dataset) if field.numeric and field.name not in items)
    return tuple(field.name for field in own if _is_rating(field) == rating)


def _is_rating(field: Field) -> bool:
    if field.type != "integer" or field.minimum is None or field.maximum is None:
        return False
    return field.maximum - field.minimum < MOST_POINTS


def ratings(dataset: Dataset) -> tuple[str, ...]:
    """Whole numbers on a scale (areas of competence, 1–5) that are no items of an instrument, in the form's order."""
    return _numbers(dataset, rating=True)


def quantities(dataset: Dataset) -> tuple[str, ...]:
    """Numbers that are no ratings (age, months), in the form's order."""
    return _numbers(dataset, rating=False)


def statements(dataset: Dataset) -> tuple[str, ...]:
    """Statements: ordered single choices of which several have the same options, in the form's order."""
    ordered = [field for field in _asked(dataset) if field.ordered and len(field.values) >= FEWEST_OPTIONS]
    options = [tuple((option.value, *option.label.values()) for option in field.categories) for field in ordered]
    shared = Counter(options)
    return tuple(field.name for field, own in zip(ordered, options, strict=True) if shared[own] > 1)


def choices(dataset: Dataset) -> tuple[str, ...]:
    """Every other question with options, single or select-all, in the form's order; the bands come last."""
    apart = set(statements(dataset))
    bands = [band.name for band in dataset.codebook.bands if band.of and band.name in dataset.frame]
    bands = [name for name in bands if dataset.asked(name)]
    return (*(field.name for field in _asked(dataset) if field.choice and field.name not in apart), *bands)


def derived(dataset: Dataset) -> tuple[str, ...]:
    """Variables that were added to the form's own: bands, scores, what other sheets say."""
    own = {field.name for field in dataset.codebook.fields}
    return tuple(band.name for band in dataset.codebook.bands if band.name not in own and band.name in dataset.frame)


def reflective(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    """The scales (instrument, scale) that were measured and whose items should go together, so that alpha tells."""
    return tuple(
        (used.name, scale.name)
        for used in dataset.codebook.instruments
        for scale in used.scales
        if len(scale.items) > 1 and not scale.formative
        if made_of(used.score_column(scale.name), CHANGE) in dataset.frame
    )
