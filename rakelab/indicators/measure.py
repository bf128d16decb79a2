"""The only module that aggregates rows: from a ``Dataset`` to counts of people by key.

Every indicator speaks through it. Beside the counts it writes down the ``Link``s: the sums that anybody can know
(options of a single choice add up to the base; nobody who left the question blank ticked an option …), because
protection must reckon with a reader who adds and subtracts.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise, product

import numpy as np
import pandas as pd

from rakelab import i18n
from rakelab.cells import TOTAL, Key, Link, Moments, Pair, Tally, Variable, View, join, key, other_than
from rakelab.codebook import MISSING_KINDS, NOT_CONCERNED, Category, Codebook, Field
from rakelab.dataset import ANSWERED, Dataset, option_column, state_column
from rakelab.errors import UsageError
from rakelab.prepare import present_levels

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
        links=(*facts(dataset, variable), *(facts(dataset, by) if by else ())),
        variables=variables(dataset.codebook, {variable: levels, **_by_levels(dataset, by)}),
        account=dataset.account,
    )


def _by_levels(dataset: Dataset, by: str) -> dict[str, tuple[str, ...]]:
    return {by: present_levels(dataset, by)} if by else {}


def group_keys(dataset: Dataset, by: str) -> tuple[Key, ...]:
    """The column keys of the groups of ``by``; empty without one, or when everybody is in one group."""
    if not by:
        return ()
    if dataset.codebook[by].multiple:
        raise UsageError("prepare.not_groups", field=by)
    levels = present_levels(dataset, by)
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
    assert isinstance(column, pd.Categorical), variable  # present_levels has told the user
    return column.codes, {name: i for i, name in enumerate(column.categories)}


def _by_group(dataset: Dataset, row: Key, has: np.ndarray, by: str) -> Counts:
    counts = {row: int(has.sum())}
    if by:
        codes, names = _codes(dataset, by)
        sums = np.bincount(codes[has].astype(np.int64) + 1, minlength=len(names) + 1)
        for level in present_levels(dataset, by):
            counts[join(row, key((by, level)))] = int(sums[names[level] + 1])
    return counts


def facts(dataset: Dataset, variable: str) -> tuple[Link, ...]:
    """What anybody can know of the counts of one variable: of itself, and beside others made of the same answers."""
    field = dataset.codebook[variable]
    return (*links(field, present_levels(dataset, variable)), *_ticked(dataset, field), *_nests(dataset, field))


def _ticked(dataset: Dataset, field: Field) -> Iterable[Link]:
    """Whoever answered a multiple choice ticked something, where that is so in these rows."""
    if field.multiple:
        ticks = np.logical_or.reduce([has for _, has in _members(dataset, field, field.values)])
        apart = [level for level in present_levels(dataset, field.name) if level not in field.values]
        missing = dataset.frame[field.name].isin(apart).to_numpy()
        if (ticks | missing).all():
            levels = (*field.values, *apart)
            yield Link(((TOTAL, 1), *((key((field.name, level)), -1) for level in levels)), "<=")


def links(field: Field, levels: Sequence[str]) -> tuple[Link, ...]:
    """What anybody can know of one variable: single choice adds up; in a multiple choice nobody is both missing
    and a ticker, and an exclusive option goes with no other. (Who answered may have ticked nothing.)"""
    ones = {level: (key((field.name, level)), 1) for level in levels}
    if not field.multiple:
        return (Link((*ones.values(), (TOTAL, -1))),)
    apart = [term for level, term in ones.items() if level not in field.values]
    lone = [ones[o.value] for o in field.categories if o.exclusive]
    ticked = [ones[value] for value in field.values]
    bounds = [Link((one, *apart, *(e for e in lone if one not in lone), (TOTAL, -1)), "<=") for one in ticked]
    return tuple(bounds)


def _nests(dataset: Dataset, field: Field) -> Iterable[Link]:
    """Sums across variables: a coarse band is the sum of finer ones; whom a question does not concern gave one of
    the answers that lead past it (unless those answers were merged with others)."""
    book = dataset.codebook
    others = [band for band in book.bands if field.of and band.of == field.of and band.name != field.name]
    for other in others:
        if other.name in dataset.frame:
            yield from (*_nested(dataset, field, other), *_same_missing(dataset, field.name, other.name))
    if field.applies and set(field.applies.values) <= set(book[field.applies.field].values):
        yield _passed_by(dataset, field)


def _nested(dataset: Dataset, field: Field, other: Field) -> Iterable[Link]:
    """Two bandings of one number: fine bands lie within coarse ones or make them up. A band nobody is in counts 0."""
    for coarse, fine in ((field, other), (other, field)):
        there = {name: present_levels(dataset, name) for name in (coarse.name, fine.name)}
        for band in coarse.categories:
            parts = [part for part in fine.categories if _within(part, band)]
            whole = _span(parts) == (band.minimum, band.maximum)
            terms = [(key((fine.name, part.value)), 1) for part in parts if part.value in there[fine.name]]
            if terms and band.value in there[coarse.name]:
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


def _span(parts: Sequence[Category]) -> tuple[float | None, float | None] | None:
    """Both ends of bands that follow each other without a gap; None where there is one, or no band."""
    gapless = all(a.maximum is not None and b.minimum == a.maximum + 1 for a, b in pairwise(parts))
    return (parts[0].minimum, parts[-1].maximum) if parts and gapless else None


def _passed_by(dataset: Dataset, field: Field) -> Link:
    assert field.applies is not None
    leading = field.applies.field
    past = [level for level in present_levels(dataset, leading) if level not in field.applies.values]
    passed = key((field.name, NOT_CONCERNED))
    led = dataset.frame[leading].isin(past)
    exactly = (led == (dataset.frame[field.name] == NOT_CONCERNED)).all()
    return Link(((passed, 1), *((key((leading, level)), -1) for level in past)), "==" if exactly else "<=")


def crossed(dataset: Dataset, pairs: Sequence[Pair], *, indicator: str) -> Tally:
    """Counts of every combination of having or not having ``pairs``: of all of them, and of the first with some.

    A reader of the finest combinations could add up the coarser ones; where a fine one is hidden, a coarser one may
    still be shown. Who does not have a pair has its ``other_than``. A level that was joined to another, or a band that
    nobody is in, is left out.
    """
    first, *rest = [(name, level) for name, level in pairs if level in present_levels(dataset, name)]
    masks = {pair: _has(dataset, pair) for pair in (first, *rest)}
    counts: Counts = {}
    for size in range(min(1, len(rest)), len(rest) + 1):
        for chosen in combinations(rest, size):
            counts |= _combinations(masks, (first, *chosen))
    return Tally(
        view=View(id=indicator, indicator=indicator, variable=first[0], rows=tuple(counts)),
        counts={TOTAL: len(dataset), **counts},
        links=tuple(Link(((key(pair), 1), (key(other_than(pair)), 1), (TOTAL, -1))) for pair in masks),
        variables=variables(dataset.codebook, {name: present_levels(dataset, name) for name, _ in masks}),
        account=dataset.account,
    )


def _has(dataset: Dataset, pair: Pair) -> np.ndarray:
    return next(has for _, has in _members(dataset, dataset.codebook[pair[0]], [pair[1]]))


def _combinations(masks: dict[Pair, np.ndarray], pairs: tuple[Pair, ...]) -> Counts:
    found: Counts = {}
    for chosen in product(*((pair, other_than(pair)) for pair in pairs)):
        has = [masks[one] if one in masks else ~masks[other_than(one)] for one in chosen]
        found[key(*chosen)] = int(np.logical_and.reduce(has).sum())
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


def missing_kinds(dataset: Dataset, variable: str) -> list[str]:
    """Which kinds of missing a number has in these rows."""
    codes, names = _codes(dataset, state_column(variable))
    return [kind for kind in MISSING_KINDS if (codes == names[kind]).any()]


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
