"""The words and the traits of the variables of a table, from the codebook."""

from collections.abc import Sequence

from rakelab.cells import Variable
from rakelab.codebook import MISSING_KINDS, NOT_CONCERNED, Codebook, Field
from rakelab.fields import ANSWERED


def variables(book: Codebook, used: dict[str, tuple[str, ...]]) -> dict[str, Variable]:
    """The words and the traits of the variables of a table."""
    return {name: variable(book, name, levels) for name, levels in used.items()}


def variable(book: Codebook, name: str, levels: Sequence[str]) -> Variable:
    field = book[name]
    return Variable(
        title=field.title,
        levels={level: book.words(name, level) for level in levels},
        ordered=field.ordered,
        multiple=field.multiple,
        sensitivity=field.sensitivity,
        role=field.trait,
        threshold=field.threshold,
        missing=tuple(level for level in levels if level in (*MISSING_KINDS, NOT_CONCERNED)),
        open=open_levels(book, field),
        lengths={level: field.lengths[level] for level in levels if level in field.lengths},
        counted="all" if counted_whole(book, field) else "sample",
    )


def counted_whole(book: Codebook, field: Field) -> bool:
    """Nothing was sampled: the form says so; or it is how many rows a period has, or a remark on the handling."""
    return book.counted == "all" or field.role == "period" or (field.choice and set(field.values) <= set(field.open))


def open_levels(book: Codebook, field: Field) -> tuple[str, ...]:
    """The levels whose counts may be told however small: leaving a survey's question blank is no fact about anybody."""
    unanswered = (ANSWERED, *MISSING_KINDS) if book.nonresponse == "open" and not field.sensitivity else ()
    return (*field.open, *unanswered)
