"""What a reader knows of counts without being told: how answers add up, nest and exclude one another.

Everything is worked out from the cells' own names and the list of variables; the release's ``relations`` are not
used, so that a sum the release forgets to mention is still found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from math import comb, inf
from typing import Any

Context = frozenset[tuple[str, str]]
ALL: Context = frozenset()
OLDEST = 120  # nobody's age is above this
_RANGE = re.compile(r"(?:(?P<under>alle)_)?(?P<low>\d+)?(?P<dash>-)?(?P<high>\d+)?")


@dataclass(frozen=True)
class Row:
    """low <= Σ coefficient × count <= high. ``why`` is for people."""

    terms: tuple[tuple[str, float], ...]
    low: float
    high: float
    why: str


@dataclass(frozen=True)
class Names:
    """The cells of a release by what their dimensions say."""

    ids: Mapping[Context, str]
    variables: Mapping[str, Any]
    complete: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def by_variable(self) -> dict[str, dict[Context, dict[str, str]]]:
        """variable -> context without it -> level -> cell id."""
        found: dict[str, dict[Context, dict[str, str]]] = {}
        for dimensions, cell in self.ids.items():
            for pair in dimensions:
                contexts = found.setdefault(pair[0], {})
                contexts.setdefault(dimensions - {pair}, {})[pair[1]] = cell
        return found

    @cached_property
    def by_shape(self) -> dict[frozenset[str], list[Context]]:
        """The set of variables -> the cells that name exactly those."""
        found: dict[frozenset[str], list[Context]] = {}
        for dimensions in self.ids:
            found.setdefault(frozenset(name for name, _ in dimensions), []).append(dimensions)
        return found

    def levels(self, name: str) -> tuple[str, ...]:
        return tuple(self.variables.get(name, {}).get("levels", ()))

    def missing(self, name: str) -> tuple[str, ...]:
        return tuple(self.variables.get(name, {}).get("missing", ()))

    def adds_up(self, name: str) -> bool:
        """A single choice of which every level is listed."""
        about = self.variables.get(name, {})
        return bool(about) and not about.get("multiple") and tuple(about["levels"]) != ("vastattu",)


def known_without_telling(names: Names) -> Iterator[Row]:
    """Every sum and inequality that follows from the meaning of the names."""
    yield from sums(names)
    yield from nested(names)
    yield from overlaps(names)
    yield from ticks(names)
    yield from bands(names)
    yield from accumulated(names)
    yield from pairs(names)


def equal(terms: Iterable[tuple[str, float]], why: str) -> Row:
    return Row(tuple(terms), 0, 0, why)


def at_most(terms: Iterable[tuple[str, float]], why: str) -> Row:
    return Row(tuple(terms), -inf, 0, why)


def sums(names: Names) -> Iterator[Row]:
    """Every cell is the sum of its parts by one single-choice variable, or by several at once."""
    shapes = names.by_shape
    for big in shapes:
        for small in _direct_parts(big, shapes):
            extra = big - small
            if all(names.adds_up(name) for name in extra):
                yield from _sum_over(names, (big, small), extra)


def _direct_parts(big: frozenset[str], shapes: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The published shapes inside ``big`` with no published shape between."""
    inside = [shape for shape in shapes if shape < big]
    return [one for one in inside if not any(one < other for other in inside)]


def _sum_over(names: Names, shapes: tuple[frozenset[str], frozenset[str]], extra: frozenset[str]) -> Iterator[Row]:
    big, small = shapes
    parts: dict[Context, list[str]] = {}
    for dimensions in names.by_shape[big]:
        rest = frozenset(pair for pair in dimensions if pair[0] in small)
        parts.setdefault(rest, []).append(names.ids[dimensions])
    full = 1
    for name in extra:
        full *= len(names.levels(name))
    for rest, cells in parts.items():
        if rest in names.ids:
            terms = [*((cell, 1.0) for cell in cells), (names.ids[rest], -1.0)]
            make = equal if len(cells) == full else at_most
            yield make(terms, f"sum over {'×'.join(sorted(extra))}")


def nested(names: Names) -> Iterator[Row]:
    """People with more traits are among those with fewer."""
    for big, cells in names.by_shape.items():
        for small in _direct_parts(big, names.by_shape):
            for dimensions in cells:
                rest = frozenset(pair for pair in dimensions if pair[0] in small)
                if rest in names.ids:
                    yield at_most([(names.ids[dimensions], 1), (names.ids[rest], -1)], "part of")


def overlaps(names: Names) -> Iterator[Row]:
    """a and b together are at least a + b − all (where no sum says so already)."""
    for dimensions, cell in names.ids.items():
        for a, b in combinations(sorted(dimensions), 2):
            if names.adds_up(a[0]) or names.adds_up(b[0]):
                continue
            around = dimensions - {a, b}
            others = [names.ids.get(around | {a}), names.ids.get(around | {b}), names.ids.get(around)]
            if all(others):
                terms = zip((cell, *others), (-1, 1, 1, -1), strict=True)
                yield at_most(terms, "overlap")  # type: ignore[arg-type]


def ticks(names: Names) -> Iterator[Row]:
    """Who is missing from a select-all question ticked no option."""
    for name, contexts in names.by_variable.items():
        if not names.variables.get(name, {}).get("multiple"):
            continue
        missing = names.missing(name)
        for around, cells in contexts.items():
            if around in names.ids and all(level in cells for level in missing):
                apart = [(cells[level], 1) for level in missing]
                for level, cell in cells.items():
                    if level not in missing:
                        yield at_most([(cell, 1), *apart, (names.ids[around], -1)], "ticked or missing")


def span(level: str) -> tuple[float, float] | None:
    """``18-24`` -> (18, 24), ``alle_18`` -> (0, 17), ``65-`` -> (65, inf); None for other words."""
    read = _RANGE.fullmatch(level)
    if read is None or not (read["low"] or read["high"]):
        return None
    if read["under"]:
        return 0, int(read["low"]) - 1
    low = int(read["low"] or 0)
    if not read["dash"]:
        return low, low
    return low, int(read["high"]) if read["high"] else inf


def banded(names: Names) -> dict[str, dict[str, tuple[float, float]]]:
    """Variables whose levels are ranges of an age -> level -> both ends."""
    found = {}
    for name in names.by_variable:
        spans = {level: span(level) for level in names.levels(name) if level not in names.missing(name)}
        wide = any(one is not None and one[0] != one[1] for one in spans.values())
        if wide and not name.endswith("_maara") and all(spans.values()):
            found[name] = spans
    return found  # type: ignore[return-value]


def bands(names: Names) -> Iterator[Row]:
    """Two ways to band one age: the same people are missing, and a narrow band lies inside a wide one."""
    spans = banded(names)
    for one, other in combinations(sorted(spans), 2):
        shared = set(names.by_variable[one]) & set(names.by_variable[other])
        for around in shared:
            mine, theirs = names.by_variable[one][around], names.by_variable[other][around]
            for level in set(names.missing(one)) & set(names.missing(other)) & set(mine) & set(theirs):
                yield equal([(mine[level], 1), (theirs[level], -1)], "same missing")
            yield from _inside(spans[one], mine, (spans[other], theirs))
            yield from _inside(spans[other], theirs, (spans[one], mine))


def _inside(spans: Mapping[str, Any], cells: Mapping[str, str], wide: tuple[Any, Mapping[str, str]]) -> Iterator[Row]:
    """A wide band holds the narrow bands inside it, and no more people than the bands that it touches."""
    for level, (low, high) in wide[0].items():
        if level not in wide[1] or not set(spans) <= set(cells):
            continue
        inner = [(cells[one], 1) for one, (a, b) in spans.items() if a >= low and b <= high]
        touched = [(cells[one], -1) for one, (a, b) in spans.items() if a <= high and b >= low]
        if inner:
            yield at_most([*inner, (wide[1][level], -1)], "bands inside a band")
        yield at_most([(wide[1][level], 1), *touched], "a band over bands")


def accumulated(names: Names) -> Iterator[Row]:
    """How many options people ticked, against the options' own counts."""
    for name in names.by_variable:
        base = name.removesuffix("_maara")
        if base == name or base not in names.by_variable:
            continue
        for around in set(names.by_variable[name]) & set(names.by_variable[base]):
            yield from _ticked(names, (name, base), around)


def _ticked(names: Names, both: tuple[str, str], around: Context) -> Iterator[Row]:
    name, base = both
    classes, cells = names.by_variable[name][around], names.by_variable[base][around]
    for level in set(names.missing(name)) & set(names.missing(base)) & set(classes) & set(cells):
        yield equal([(classes[level], 1), (cells[level], -1)], "same missing")
    some = [(classes[level], -1) for level in classes if level not in names.missing(name) and level != "0"]
    if len(classes) != len(names.levels(name)):
        return
    for option in _counted(names, base):
        if option in cells:
            yield at_most([(cells[option], 1), *some], "ticked at least one")
    options = [level for level in names.levels(base) if level not in names.missing(base)]
    if set(options) <= set(cells):
        yield from _all_ticks(names, (name, classes), {option: cells[option] for option in options})


def _all_ticks(names: Names, counted: tuple[str, Mapping[str, str]], options: Mapping[str, str]) -> Iterator[Row]:
    """All ticks of all options are j for each person with j; an option “ei_…” may count as none."""
    name, classes = counted
    ranges = {cell: span(level) for level, cell in classes.items() if level not in names.missing(name)}
    low = [(cell, ends[0]) for cell, ends in ranges.items() if ends]
    high = [(cell, -min(ends[1], len(options))) for cell, ends in ranges.items() if ends]
    yield at_most([*((cell, -1) for cell in options.values()), *low], "all ticks")
    yield at_most([*((cell, 1) for o, cell in options.items() if not o.startswith("ei_")), *high], "all ticks")


def _counted(names: Names, base: str) -> tuple[str, ...]:
    """Options that surely count as a tick: those that meet others in the release."""
    met = {option for _, option, _ in pair_names(names, base)}
    return tuple(sorted(met | {option for _, _, option in pair_names(names, base)}))


def pair_names(names: Names, base: str = "") -> list[tuple[str, str, str]]:
    """(variable, option, option) of every variable that crosses two options: ``tuen_tarpeet:a+b``."""
    found = []
    for name in names.by_variable:
        variable, sign, two = name.partition(":")
        if sign and "+" in two and (not base or base == variable):
            first, _, second = two.partition("+")
            found.append((name, first, second))
    return found


def pairs(names: Names) -> Iterator[Row]:
    """Options that meet: both + only one = that option; and what three options allow."""
    for base in {name.partition(":")[0] for name, _, _ in pair_names(names)}:
        met = {frozenset(two): names.by_variable[name].get(ALL, {}) for name, *two in pair_names(names, base)}
        options = names.by_variable.get(base, {}).get(ALL, {})
        for name, first, second in pair_names(names, base):
            cells = names.by_variable[name].get(ALL, {})
            for option, only in ((first, "vain_1"), (second, "vain_2")):
                if option in options and {"molemmat", only} <= set(cells):
                    yield equal([(cells["molemmat"], 1), (cells[only], 1), (options[option], -1)], "pair")
        yield from _three(names, met, options)
        yield from _most_common(names, met, (base, options))
        yield from _meetings(names, met, base)


def _three(names: Names, met: Mapping[frozenset[str], Mapping[str, str]], options: Mapping[str, str]) -> Iterator[Row]:
    everybody = names.ids.get(ALL)
    for three in combinations(sorted({option for two in met for option in two}), 3):
        both = [met.get(frozenset(three) - {one}, {}).get("molemmat") for one in three]
        if not all(both) or not set(three) <= set(options) or not everybody:
            continue
        ab = [(cell, 1.0) for cell in both]
        for i, one in enumerate(three):
            terms = [(cell, -c if j == i else c) for j, (cell, c) in enumerate(ab)]
            yield at_most([*terms, (options[one], -1)], "three options")  # type: ignore[list-item]
        terms = [*((cell, -c) for cell, c in ab), *((options[one], 1.0) for one in three), (everybody, -1.0)]
        yield at_most(terms, "three options")  # type: ignore[arg-type]


def _most_common(names: Names, met: Iterable[frozenset[str]], base: tuple[str, Mapping[str, str]]) -> Iterator[Row]:
    """The table crosses the most common options: the others are not more common."""
    name, options = base
    chosen = {option for two in met for option in two}
    others = set(options) - chosen - set(names.missing(name))
    if not chosen <= set(options):
        return
    for other in others:
        if other.startswith("ei_"):
            continue  # an exclusive option is never crossed, however common
        for one in chosen:
            yield at_most([(options[other], 1), (options[one], -1)], "most common")


def _meetings(names: Names, met: Mapping[frozenset[str], Mapping[str, str]], base: str) -> Iterator[Row]:
    """People with j needs have j·(j − 1) / 2 pairs of needs at most among those that are crossed."""
    name = f"{base}_maara"
    classes = names.by_variable.get(name, {}).get(ALL, {})
    both = [cells["molemmat"] for cells in met.values() if "molemmat" in cells]
    if not both or len(classes) != len(names.levels(name)) or not classes:
        return
    chosen = {option for two in met for option in two}
    counted = [(classes[level], level) for level in classes if level not in names.missing(name)]
    most = {cell: comb(len(chosen), 2) if level.endswith("-") else comb(int(level), 2) for cell, level in counted}
    yield at_most([*((cell, 1) for cell in both), *((cell, -n) for cell, n in most.items())], "meetings")
    two = [(cell, -1) for cell, n in most.items() if n]
    for cell in both:
        yield at_most([(cell, 1), *two], "meeting needs two")
