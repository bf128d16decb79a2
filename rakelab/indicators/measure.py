"""The only module that aggregates rows: from a ``Dataset`` to counts of people by key.

Every indicator speaks through it. Beside the counts it writes down the ``Link``s: the sums that anybody can know
(options of a single choice add up to the base; nobody who left the question blank ticked an option …), because
protection must reckon with a reader who adds and subtracts.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.cells import TOTAL, Key, Link, Moments, Pair, Tally, Variable, View, join, key
from rakelab.codebook import MISSING_KINDS, NOT_CONCERNED, Category, Codebook, Field
from rakelab.dataset import ANSWERED, Dataset, option_column, state_column

Counts = dict[Key, int]


def distribution(dataset: Dataset, variable: str, *, indicator: str, by: str = "") -> Tally:
    """Counts of every level of ``variable`` (single or multiple choice), in total and in each group of ``by``."""
    field = dataset.codebook[variable]
    levels, groups = present_levels(dataset, variable), group_keys(dataset, by)
    counts: Counts = {}
    for level, has in _members(dataset, field, levels):
        counts |= _by_group(dataset, key((variable, level)), has, by)
    counts |= _by_group(dataset, TOTAL, np.ones(len(dataset), dtype=bool), by)
    return Tally(
        view=View(
            id=f"{indicator}_{by}" if by else indicator,
            indicator=indicator,
            variable=variable,
            rows=tuple(key((variable, level)) for level in levels),
            columns=(TOTAL, *groups),
            by=by,
            multiple=field.multiple,
        ),
        counts=counts,
        links=(*links(field, levels), *_group_links(dataset, by), *_nests(dataset, [variable, *([by] if by else [])])),
        variables=variables(dataset.codebook, {variable: levels, **_by_levels(dataset, by)}),
        account=dataset.account,
    )


def _by_levels(dataset: Dataset, by: str) -> dict[str, tuple[str, ...]]:
    return {by: present_levels(dataset, by)} if by else {}


def present_levels(dataset: Dataset, variable: str) -> tuple[str, ...]:
    """The options, all of them, and those kinds of missing that somebody has. A band nobody is in is left out."""
    field = dataset.codebook[variable]
    found = set(dataset.frame[variable].unique().dropna()) if variable in dataset.frame else set()
    keep_empty = not field.of
    return tuple(level for level in field.levels if level in found or (keep_empty and level in field.values))


def group_keys(dataset: Dataset, by: str) -> tuple[Key, ...]:
    """The column keys of the groups of ``by``; empty without one, or when everybody is in one group."""
    levels = present_levels(dataset, by) if by else ()
    return tuple(key((by, level)) for level in levels) if len(levels) > 1 else ()


def _members(dataset: Dataset, field: Field, levels: Iterable[str]) -> Iterable[tuple[str, np.ndarray]]:
    """(level, who has it) for every level, without comparing strings row by row."""
    codes, names = _codes(dataset, field.name)
    for level in levels:
        if field.multiple and level in field.values:
            yield level, dataset.frame[option_column(field.name, level)].to_numpy(dtype=bool)
        else:
            yield level, codes == names.get(level, -2)


def _codes(dataset: Dataset, variable: str) -> tuple[np.ndarray, dict[str, int]]:
    column = dataset.frame[variable].array
    assert isinstance(column, pd.Categorical), variable
    return column.codes, {name: i for i, name in enumerate(column.categories)}


def _by_group(dataset: Dataset, row: Key, has: np.ndarray, by: str) -> Counts:
    counts = {row: int(has.sum())}
    if by:
        codes, names = _codes(dataset, by)
        sums = np.bincount(codes[has].astype(np.int64) + 1, minlength=len(names) + 1)
        for level in present_levels(dataset, by):
            counts[join(row, key((by, level)))] = int(sums[names[level] + 1])
    return counts


def _group_links(dataset: Dataset, by: str) -> tuple[Link, ...]:
    return links(dataset.codebook[by], present_levels(dataset, by)) if by else ()


def links(field: Field, levels: Sequence[str]) -> tuple[Link, ...]:
    """What anybody can know of one variable: single choice adds up; in a multiple choice nobody is both missing
    and a ticker, whoever answered ticked something, and an exclusive option goes with no other."""
    ones = {level: (key((field.name, level)), 1) for level in levels}
    if not field.multiple:
        return (Link((*ones.values(), (TOTAL, -1))),)
    apart = [term for level, term in ones.items() if level not in field.values]
    lone = [ones[o.value] for o in field.categories if o.exclusive]
    ticked = [ones[value] for value in field.values]
    bounds = [Link((one, *apart, *(e for e in lone if one not in lone), (TOTAL, -1)), "<=") for one in ticked]
    return (*bounds, Link(((TOTAL, 1), *((one, -1) for one, _ in (*apart, *ticked))), "<="))


def _nests(dataset: Dataset, used: Sequence[str]) -> tuple[Link, ...]:
    """Sums across variables: a coarse band is the sum of finer ones; who a question does not concern is the sum
    of the answers that lead past it."""
    found: list[Link] = []
    book = dataset.codebook
    for name in used:
        field = book[name]
        others = [band for band in book.bands if field.of and band.of == field.of and band.name != name]
        others = [band for band in others if band.name in dataset.frame]
        found += [link for other in others for link in (*_nested(field, other), *_same_missing(dataset, name, other.name))]
        if field.applies:
            found.append(_passed_by(book, field))
    return tuple(found)


def _nested(field: Field, other: Field) -> Iterable[Link]:
    """Two bandings of one number: fine bands lie within coarse ones or make them up."""
    for coarse, fine in ((field, other), (other, field)):
        for band in coarse.categories:
            parts = [part for part in fine.categories if _within(part, band)]
            whole = _span(parts) == (band.minimum, band.maximum)
            terms = [(key((fine.name, part.value)), 1) for part in parts]
            if parts:
                yield Link((*terms, (key((coarse.name, band.value)), -1)), "==" if whole else "<=")


def _same_missing(dataset: Dataset, name: str, other: str) -> Iterable[Link]:
    """Two bandings of one number: the same people lack it, unless a banding joined them to a group."""
    shared = set(present_levels(dataset, name)) & set(present_levels(dataset, other)) & set(MISSING_KINDS)
    for kind in sorted(shared):
        yield Link(((key((name, kind)), 1), (key((other, kind)), -1)))


def _within(part: Category, band: Category) -> bool:
    if part.minimum is part.maximum is None or band.minimum is band.maximum is None:
        return False  # a merged band: its ends are not known
    low = band.minimum is None or (part.minimum is not None and part.minimum >= band.minimum)
    high = band.maximum is None or (part.maximum is not None and part.maximum <= band.maximum)
    return low and high


def _span(parts: Sequence[Category]) -> tuple[float | None, float | None]:
    lows, highs = [p.minimum for p in parts], [p.maximum for p in parts]
    return (None if None in lows else min(lows, default=0)), (None if None in highs else max(highs, default=0))


def _passed_by(book: Codebook, field: Field) -> Link:
    assert field.applies is not None
    leading = book[field.applies.field]
    past = [level for level in leading.levels if level not in field.applies.values]
    asked_less = (key((field.name, NOT_CONCERNED)), -1)
    return Link((asked_less, *((key((leading.name, level)), 1) for level in past)))


def crossed(dataset: Dataset, names: Sequence[str], *, indicator: str) -> Tally:
    """Counts of every combination of single-choice variables, and nothing else; rows are the combinations."""
    levels = {name: present_levels(dataset, name) for name in names}
    shape = [dataset.frame[name].array for name in names]
    sizes = [len(column.categories) for column in shape]
    flat = np.ravel_multi_index([column.codes.astype(np.int64) for column in shape], sizes)
    sums = np.bincount(flat, minlength=int(np.prod(sizes)))
    counts: Counts = {TOTAL: len(dataset)}
    for combination in _product(levels):
        place = [list(column.categories).index(dict(combination)[name]) for name, column in zip(names, shape, strict=True)]
        counts[key(*combination)] = int(sums[np.ravel_multi_index(place, sizes)])
    rows = tuple(one for one in counts if one)
    return Tally(
        view=View(id=indicator, indicator=indicator, variable=names[0], rows=rows),
        counts=counts,
        links=(
            *(link for name in names for link in links(dataset.codebook[name], levels[name])),
            *_margins(rows, names),
        ),
        variables=variables(dataset.codebook, levels),
        account=dataset.account,
    )


def _margins(rows: Sequence[Key], names: Sequence[str]) -> Iterable[Link]:
    """Every sum over some of the crossed variables, wherever the margin is published by another table."""
    for size in range(1, len(names)):
        for kept in combinations(names, size):
            sums: dict[Key, list[tuple[Key, int]]] = {}
            for row in rows:
                sums.setdefault(tuple(pair for pair in row if pair[0] in kept), []).append((row, 1))
            yield from (Link((*terms, (margin, -1))) for margin, terms in sums.items())


def _product(levels: dict[str, tuple[str, ...]]) -> list[tuple[Pair, ...]]:
    found: list[tuple[Pair, ...]] = [()]
    for name, options in levels.items():
        found = [(*one, (name, option)) for one in found for option in options]
    return found


def moments(dataset: Dataset, variable: str, *, by: str = "") -> dict[Key, Moments]:
    """Mean and standard deviation of a number, in total and by group; missing numbers are left out."""
    numbers = dataset.frame[variable].to_numpy(dtype=float)
    known = ~np.isnan(numbers)
    found: dict[Key, Moments] = {}
    for column, has in [(TOTAL, known), *_group_masks(dataset, by, known)]:
        some = numbers[has]
        if len(some) > 1:
            base = join(column, key((variable, ANSWERED)))
            found[column] = Moments(float(some.mean()), float(some.std(ddof=1)), base)
    return found


def _group_masks(dataset: Dataset, by: str, known: np.ndarray) -> list[tuple[Key, np.ndarray]]:
    if not by:
        return []
    codes, names = _codes(dataset, by)
    return [(key((by, level)), known & (codes == names[level])) for level in present_levels(dataset, by)]


def answered_counts(dataset: Dataset, variable: str, *, by: str = "") -> Counts:
    """How many gave a number, in total and by group."""
    codes, names = _codes(dataset, state_column(variable))
    return _by_group(dataset, key((variable, ANSWERED)), codes == names[ANSWERED], by)


def both(dataset: Dataset, variable: str, first: str, second: str) -> dict[str, int]:
    """The four cells of two options of a multiple choice: both, only the first, only the second, neither."""
    a = dataset.frame[option_column(variable, first)].to_numpy(dtype=bool)
    b = dataset.frame[option_column(variable, second)].to_numpy(dtype=bool)
    four = {"molemmat": a & b, "vain_1": a & ~b, "vain_2": ~a & b, "ei_kumpaakaan": ~a & ~b}
    return {name: int(has.sum()) for name, has in four.items()}


def variables(book: Codebook, used: dict[str, tuple[str, ...]]) -> dict[str, Variable]:
    """The words and the traits of the variables of a table."""
    return {name: variable(book, name, levels) for name, levels in used.items()}


def variable(book: Codebook, name: str, levels: Sequence[str]) -> Variable:
    field = book[name]
    return Variable(
        title=dict(field.title),
        levels={level: {lang: book.label(name, level, lang) for lang in i18n.LANGUAGES} for level in levels},
        ordered=field.ordered,
        multiple=field.multiple,
        sensitivity=field.sensitivity,
        role=field.role,
        threshold=field.threshold,
        missing=tuple(level for level in levels if level in (*MISSING_KINDS, NOT_CONCERNED)),
    )
