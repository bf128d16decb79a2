"""Counts of answers: of one variable by groups, of combinations, of two options together."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

import numpy as np

from rakelab.cells import TOTAL, Key, Link, Pair, Sign, Tally, View, key, other_than
from rakelab.dataset import Dataset, option_column
from rakelab.errors import UsageError
from rakelab.fields import ANSWERED, MISSING_KINDS, NOT_CONCERNED, Field
from rakelab.indicators.measure.facts import answered_links, facts
from rakelab.indicators.measure.masks import Counts, by_group, members
from rakelab.indicators.measure.words import open_levels, variables
from rakelab.names import BOTH, FIRST_ONLY, NEITHER, SECOND_ONLY
from rakelab.prepare import present_levels


def distribution(dataset: Dataset, variable: str, *, by: str = "", of_answered: bool = False) -> Tally:
    """Counts of every level of ``variable`` (single or multiple choice), in total and in each group of ``by``;
    ``of_answered`` makes those who answered the base where the form does not say so."""
    field = dataset.codebook[variable]
    levels, groups = present_levels(dataset, variable), group_keys(dataset, by)
    counts: Counts = {}
    for level, has in members(dataset, field, levels):
        counts |= by_group(dataset, key((variable, level)), has, by)
    counts |= by_group(dataset, TOTAL, np.ones(len(dataset), dtype=bool), by)
    answered = of_answered or ANSWERED in open_levels(dataset.codebook, field)
    if answered:
        counts |= by_group(dataset, key((variable, ANSWERED)), answered_by(dataset, field), by)
    return Tally(
        view=View(
            variable=variable,
            rows=tuple(key((variable, level)) for level in levels),
            columns=(TOTAL, *groups),
            by=by,
            banded=bool(by and dataset.codebook[by].of),
            multiple=field.multiple,
            answered=answered,
            apart=tuple(key((variable, level)) for level in levels if level not in field.values),
        ),
        counts=counts,
        links=(
            *facts(dataset, variable),
            *(facts(dataset, by) if by else ()),
            *(answered_links(field, levels) if answered else ()),
        ),
        variables=variables(dataset.codebook, {variable: levels, **by_levels(dataset, by)}),
        account=dataset.account,
    )


def answered_by(dataset: Dataset, field: Field) -> np.ndarray:
    """Who answered the question at all."""
    return ~dataset.frame[field.name].isin([*MISSING_KINDS, NOT_CONCERNED]).to_numpy()


def by_levels(dataset: Dataset, by: str) -> dict[str, tuple[str, ...]]:
    return {by: present_levels(dataset, by)} if by else {}


def group_keys(dataset: Dataset, by: str) -> tuple[Key, ...]:
    """The column keys of the groups of ``by``; empty without one, or when everybody is in one group."""
    if not by:
        return ()
    if dataset.codebook[by].multiple:
        raise UsageError("prepare.not_groups", field=by)
    levels = present_levels(dataset, by)
    return tuple(key((by, level)) for level in levels) if len(levels) > 1 else ()


def crossed(dataset: Dataset, sides: Sequence[Sequence[Pair]]) -> Tally:
    """Counts of every combination of the sides of the first with those of some or all of the others.

    A side is a pair and what it is compared with: another pair, or everybody without it (``other_than``), which is
    counted of the first in any case. Those on no side of a combination are protected as a rest. A reader of the finest
    combinations could add up the coarser ones; where a fine one is hidden, a coarser one may still be shown. A side
    with a level that was joined to another, or a band that nobody is in, is left out.
    """
    first, *rest = [
        tuple(side) for side in sides if all(level in present_levels(dataset, name) for name, level in side)
    ]
    sides = (
        (*first, other_than(first[0])),
        *(side if len(side) > 1 else (side[0], other_than(side[0])) for side in rest),
    )
    masks = {pair: _has(dataset, pair) for side in (first, *rest) for pair in side}
    masks |= {other_than(pair): ~has for pair, has in masks.items()}
    counts: Counts = {}
    for size in range(min(1, len(rest)), len(rest) + 1):
        for chosen in combinations(sides[1:], size):
            counts |= _combinations(masks, (sides[0], *chosen))
    names = tuple(side[0][0] for side in sides)
    return Tally(
        view=View(variable=names[0], rows=tuple(counts)),
        counts={TOTAL: len(dataset), **counts},
        links=tuple(link for side in sides for link in (*facts(dataset, side[0][0]), *_sided(side))),
        variables=variables(dataset.codebook, {name: present_levels(dataset, name) for name in names}),
        account=dataset.account,
    )


def _sided(side: Sequence[Pair]) -> Iterator[Link]:
    """Those who have a pair and those who do not are everybody; who has another of one choice does not have it."""
    pair, *compared = side
    for against in compared:
        if against == other_than(pair):
            yield Link(((key(pair), 1), (key(against), 1), (TOTAL, -1)))
        else:
            yield Link(((key(pair), 1), (key(against), 1), (TOTAL, -1)), Sign.AT_MOST, rest=True)
            yield Link(((key(against), 1), (key(other_than(pair)), -1)), Sign.AT_MOST)


def _has(dataset: Dataset, pair: Pair) -> np.ndarray:
    return next(has for _, has in members(dataset, dataset.codebook[pair[0]], [pair[1]]))


def _combinations(masks: dict[Pair, np.ndarray], sides: Sequence[Sequence[Pair]]) -> Counts:
    counts: Counts = {}
    for chosen in product(*sides):
        counts[key(*chosen)] = int(np.logical_and.reduce([masks[pair] for pair in chosen]).sum())
    return counts


def both(dataset: Dataset, variable: str, first: str, second: str) -> dict[str, int]:
    """The four cells of two options of a multiple choice: both, only the first, only the second, neither."""
    a = dataset.frame[option_column(variable, first)].to_numpy(dtype=bool)
    b = dataset.frame[option_column(variable, second)].to_numpy(dtype=bool)
    four = {BOTH: a & b, FIRST_ONLY: a & ~b, SECOND_ONLY: ~a & b, NEITHER: ~a & ~b}
    return {name: int(has.sum()) for name, has in four.items()}
