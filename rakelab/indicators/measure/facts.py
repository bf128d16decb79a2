"""What anybody can know of the counts of a variable without being told: sums, nests, who cannot have ticked."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from rakelab.cells import TOTAL, Link, Sign, key
from rakelab.codebook import MISSING_KINDS, NOT_CONCERNED, Category, Field
from rakelab.dataset import Dataset
from rakelab.fields import ANSWERED
from rakelab.indicators.measure.masks import members
from rakelab.prepare import present_levels


def facts(dataset: Dataset, variable: str) -> tuple[Link, ...]:
    """What anybody can know of the counts of one variable: of itself, and beside others made of the same answers."""
    field = dataset.codebook[variable]
    return (*links(field, present_levels(dataset, variable)), *_ticked(dataset, field), *_nests(dataset, field))


def _ticked(dataset: Dataset, field: Field) -> Iterable[Link]:
    """Whoever answered a multiple choice ticked something, where that is so in these rows: not told, but reckoned
    with."""
    if field.multiple:
        ticks = np.logical_or.reduce([has for _, has in members(dataset, field, field.values)])
        apart = [level for level in present_levels(dataset, field.name) if level not in field.values]
        missing = dataset.frame[field.name].isin(apart).to_numpy()
        if (ticks | missing).all():
            levels = (*field.values, *apart)
            yield Link(((TOTAL, 1), *((key((field.name, level)), -1) for level in levels)), Sign.AT_MOST, told=False)


def links(field: Field, levels: Sequence[str]) -> tuple[Link, ...]:
    """What anybody can know of one variable: single choice adds up; in a multiple choice nobody is both missing
    and a ticker, and an exclusive option goes with no other. (Who answered may have ticked nothing.)"""
    ones = {level: (key((field.name, level)), 1) for level in levels}
    if not field.multiple:
        return (Link((*ones.values(), (TOTAL, -1))),)
    apart = [term for level, term in ones.items() if level not in field.values]
    lone = [ones[o.value] for o in field.categories if o.exclusive]
    ticked = [ones[value] for value in field.values]
    beside = {term: () if term in lone else lone for term in ticked}
    return tuple(Link((term, *apart, *beside[term], (TOTAL, -1)), Sign.AT_MOST) for term in ticked)


def answered_links(field: Field, levels: Sequence[str]) -> Iterable[Link]:
    """Those who answered and those who did not are everybody; the answers of a single choice are those who answered
    (that a tick is by one of them follows: nobody both ticked and did not answer)."""
    answered = key((field.name, ANSWERED))
    apart = [(key((field.name, level)), 1) for level in levels if level not in field.values]
    ticked = [key((field.name, level)) for level in levels if level in field.values]
    yield Link(((answered, 1), *apart, (TOTAL, -1)))
    if not field.multiple:
        yield Link((*((cell_key, 1) for cell_key in ticked), (answered, -1)))


def _nests(dataset: Dataset, field: Field) -> Iterable[Link]:
    """Sums across variables: a coarse band is the sum of finer ones; whom a question does not concern gave one of
    the answers that lead past it (unless those answers were merged with others)."""
    book = dataset.codebook
    others = [band for band in book.bands if field.of and band.of == field.of and band.name != field.name]
    for other in others:
        if other.name in dataset.frame:
            yield from (*_nested(dataset, field, other), *_same_missing(dataset, field.name, other.name))
    if field.applies and set(field.applies.values) <= set(book[field.applies.field].values):
        yield from _passed_by(dataset, field)


def _nested(dataset: Dataset, field: Field, other: Field) -> Iterable[Link]:
    """Two bandings of one number: fine bands lie within coarse ones or make them up. A band nobody is in counts 0."""
    for wider, finer in ((field, other), (other, field)):
        there = {name: present_levels(dataset, name) for name in (wider.name, finer.name)}
        for band in wider.categories:
            parts = [part for part in finer.categories if _within(part, band)]
            whole = _span(parts) == (band.minimum, band.maximum)
            terms = [(key((finer.name, part.value)), 1) for part in parts if part.value in there[finer.name]]
            if terms and band.value in there[wider.name]:
                yield Link((*terms, (key((wider.name, band.value)), -1)), Sign.EQUAL if whole else Sign.AT_MOST)


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


def _passed_by(dataset: Dataset, field: Field) -> Iterable[Link]:
    """Whom a question does not concern gave an answer that leads past it. That all of those have no answer, and that
    whoever lacks the leading answer lacks this one likewise, may be guessed, where it is so, and is not told."""
    assert field.applies is not None
    leading = dataset.codebook[field.applies.field]
    yield from (_not_ticked if leading.multiple else _answered_past)(dataset, field, leading, field.applies.values)
    before = dataset.frame[leading.name]
    for kind in [level for level in present_levels(dataset, leading.name) if level in MISSING_KINDS]:
        lacking, likewise = before == kind, dataset.frame[field.name] == kind
        if (likewise | ~lacking).all():
            relation = Sign.EQUAL if (likewise == lacking).all() else Sign.AT_MOST
            yield Link(((key((leading.name, kind)), 1), (key((field.name, kind)), -1)), relation, told=False)


def _answered_past(dataset: Dataset, field: Field, leading: Field, values: Sequence[str]) -> Iterable[Link]:
    past = [level for level in present_levels(dataset, leading.name) if level not in (*values, *MISSING_KINDS)]
    terms = ((key((field.name, NOT_CONCERNED)), 1), *((key((leading.name, level)), -1) for level in past))
    yield Link(terms, Sign.AT_MOST)
    if (dataset.frame[leading.name].isin(past) == (dataset.frame[field.name] == NOT_CONCERNED)).all():
        yield Link(terms, Sign.EQUAL, told=False)


def _not_ticked(dataset: Dataset, field: Field, leading: Field, values: Sequence[str]) -> Iterable[Link]:
    """Of a multiple choice: whom the question does not concern ticked none of the options that lead to it."""
    outside, ticks = (key((field.name, NOT_CONCERNED)), 1), [(key((leading.name, value)), 1) for value in values]
    yield from (Link((ticked, outside, (TOTAL, -1)), Sign.AT_MOST) for ticked in ticks)
    kinds = [level for level in present_levels(dataset, leading.name) if level not in leading.values]
    ticked = np.logical_or.reduce([has for _, has in members(dataset, leading, values)])
    passed = dataset.frame[field.name] == NOT_CONCERNED
    if (ticked | passed | dataset.frame[leading.name].isin(kinds)).all():
        others = (*ticks, outside, *((key((leading.name, kind)), 1) for kind in kinds))
        yield Link(((TOTAL, 1), *((cell_key, -n) for cell_key, n in others)), Sign.AT_MOST, told=False)
