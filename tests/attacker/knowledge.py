"""What a reader knows of counts without being told: how answers add up and nest.

Everything is worked out from the cells' own names and the list of variables; the release's ``relations`` are not
used, so that a sum the release forgets to mention is still found.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import combinations
from math import inf
from pathlib import Path
from typing import Any

Context = frozenset[tuple[str, str]]
ALL: Context = frozenset()
UNIT = "yksikko"  # says that a count is not of the report's people but of something else (assignments)
ANSWERED = "vastattu"  # those who answered a question at all
AGES = ("ikaryhma", "nuori")  # the variables that band the number ``ika``
OLDEST = 120  # nobody's age is above this
#: Printed on the form: the question concerns only those who gave one of these answers to another one.
ASKED_IF = {"vakivallan_ulottuvuus": ("vakivalta", ("kokenut", "tekija", "molemmat"))}
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
        """variable -> context without it -> level -> cell id; those who answered a question at all are no level."""
        found: dict[str, dict[Context, dict[str, str]]] = {}
        for dimensions, cell in self.ids.items():
            for pair in dimensions:
                if not self.all_answers(pair):
                    contexts = found.setdefault(pair[0], {})
                    contexts.setdefault(dimensions - {pair}, {})[pair[1]] = cell
        return found

    def all_answers(self, pair: tuple[str, str]) -> bool:
        """Everybody who answered a question whose answers are counted, too."""
        return pair[1] == ANSWERED and self.levels(pair[0]) != (ANSWERED,)

    @cached_property
    def plain(self) -> "Names":
        """Without the cells of everybody *other than* a level: they are no part of the variable's own sum."""
        ids = {one: cell for one, cell in self.ids.items() if not any(level.startswith("!") for _, level in one)}
        return Names(ids, self.variables)

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
        return bool(about) and name != UNIT and not about.get("multiple") and tuple(about["levels"]) != (ANSWERED,)


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
        if any(pair[0] in extra and names.all_answers(pair) for pair in dimensions):
            continue
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


def answered(names: Names) -> Iterator[Row]:
    """Who answered and who did not are everybody; single answers are those who answered, a tick is by one of them."""
    for dimensions, cell in names.ids.items():
        for pair in filter(names.all_answers, dimensions):
            name, around = pair[0], dimensions - {pair}
            cells = {level: names.ids.get(around | {(name, level)}) for level in names.levels(name)}
            missing = [cells[level] for level in names.missing(name)]
            options = [cells[level] for level in cells if level not in names.missing(name)]
            if around in names.ids and all(missing):
                yield equal([(cell, 1), *((one, 1) for one in missing), (names.ids[around], -1)], "answered or missing")
            if names.adds_up(name) and all(options):
                yield equal([*((one, 1) for one in options), (cell, -1)], "answers")
            yield from (at_most([(one, 1), (cell, -1)], "answer") for one in options if one)


def others(names: Names) -> Iterator[Row]:
    """Those with a level and those other than it are everybody, in every context."""
    for dimensions, cell in names.ids.items():
        for name, level in dimensions:
            around = dimensions - {(name, level)}
            with_it = names.ids.get(around | {(name, level[1:])})
            if level.startswith("!") and with_it and around in names.ids:
                yield equal([(cell, 1), (with_it, 1), (names.ids[around], -1)], "others")
            if level.startswith("!") and names.adds_up(name):
                yield from _among_others(names, (name, level[1:]), around, cell)


def _among_others(names: Names, pair: tuple[str, str], around: Context, cell: str) -> Iterator[Row]:
    """Those other than a level are those of every other level of a single choice."""
    levels = [level for level in names.levels(pair[0]) if level != pair[1]]
    parts = [names.ids[around | {(pair[0], level)}] for level in levels if around | {(pair[0], level)} in names.ids]
    if parts:
        make = equal if len(parts) == len(levels) else at_most
        yield make([*((one, 1) for one in parts), (cell, -1)], "among others")


def nested(names: Names) -> Iterator[Row]:
    """People with more traits are among those with fewer."""
    for big, cells in names.by_shape.items():
        for small in _direct_parts(big, names.by_shape):
            if UNIT in big - small:
                continue
            for dimensions in cells:
                rest = frozenset(pair for pair in dimensions if pair[0] in small)
                if rest in names.ids:
                    yield at_most([(names.ids[dimensions], 1), (names.ids[rest], -1)], "part of")


def overlaps(names: Names) -> Iterator[Row]:
    """a and b together are at least a + b − all (where no sum says so already)."""
    for dimensions, cell in names.ids.items():
        for a, b in combinations(sorted(dimensions), 2):
            if names.adds_up(a[0]) or names.adds_up(b[0]) or UNIT in (a[0], b[0]):
                continue
            around = dimensions - {a, b}
            others = [names.ids.get(around | {a}), names.ids.get(around | {b}), names.ids.get(around)]
            if all(others):
                terms = zip((cell, *others), (-1, 1, 1, -1), strict=True)
                yield at_most(terms, "overlap")  # type: ignore[arg-type]


def passed_by(names: Names) -> Iterator[Row]:
    """Whom a question does not concern are those whose answer to the leading question leads past it; whoever lacks
    that answer lacks this one in the same way."""
    for name, (leading, values) in ASKED_IF.items():
        for around, cells in names.by_variable.get(name, {}).items():
            lead = names.by_variable.get(leading, {}).get(around, {})
            if lead and "ei_koske" in cells and set(lead) == set(names.levels(leading)):
                missing = names.missing(leading)
                past = [(cell, 1) for level, cell in lead.items() if level not in (*values, *missing)]
                yield equal([*past, (cells["ei_koske"], -1)], "passed by")
                yield from (
                    at_most([(lead[kind], 1), (cells[kind], -1)], "not known whether passed by")
                    for kind in missing
                    if kind in lead and kind in cells
                )


def listed(names: Names) -> Iterator[Row]:
    """A kind of missing, a year or a joined group is listed only where somebody is so; and where a form bands a number
    more finely than is listed, every listed band holds somebody."""
    for name, contexts in names.by_variable.items():
        for level, cell in contexts.get(ALL, {}).items():
            if not level.startswith("!") and _holds(names, name, level):
                yield Row(((cell, 1),), 1, inf, "listed")


def _holds(names: Names, name: str, level: str) -> bool:
    options = [one for one in names.levels(name) if one not in names.missing(name)]
    if level in names.missing(name):
        return True
    if ":" in name or level == ANSWERED or level not in options:
        return False
    if names.variables[name].get("role") == "period":
        return level not in names.variables[name].get("open", ())
    whole = [one for one in _all_levels(name) if one not in names.missing(name)]
    if "+" in level:  # opinions are joined whoever has them, groups where they are small
        return bool(whole) or names.variables[name].get("role") == "region"
    return bool(whole) and {part for one in options for part in one.split("+")} < set(whole)


def _all_levels(name: str) -> tuple[str, ...]:
    """Every level of a variable that the form bands or counts, from the form itself."""
    if name.endswith("_maara"):
        return ("0", "1", "2", "3", "4", "5-")
    return _bands().get(name, ())


@cache
def _bands() -> dict[str, tuple[str, ...]]:
    form = tomllib.loads((Path(__file__).parents[2] / "rakelab/codebooks/palvelutarve.toml").read_text("utf-8"))
    return {band["name"]: tuple(str(one["value"]) for one in band["categories"]) for band in form["bands"]}


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
    for name in filter(names.by_variable.__contains__, AGES):
        spans = {level: span(level) for level in names.levels(name) if level not in names.missing(name)}
        pure = {level: one for level, one in spans.items() if one is not None}
        if any(low != high for low, high in pure.values()):
            found[name] = pure
    return found


def halves(names: Names) -> Iterator[Row]:
    """The halves of a year make it up, in every context."""
    years, half_years = names.by_variable.get("vuosi", {}), names.by_variable.get("puolivuosi", {})
    for around in set(years) & set(half_years):
        for year, cell in years[around].items():
            parts = [half_years[around][one] for one in (f"{year}-1", f"{year}-2") if one in half_years[around]]
            if parts:
                yield equal([*((part, 1) for part in parts), (cell, -1)], "halves of a year")


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
    """A wide band holds the narrow bands inside it, and no more people than the bands that it touches (where no
    band was joined with another group)."""
    joined = any("+" in level for level in cells)
    for level, (low, high) in wide[0].items():
        if level not in wide[1]:
            continue
        inner = [(cells[one], 1) for one, (a, b) in spans.items() if a >= low and b <= high and one in cells]
        touched = [(cells[one], -1) for one, (a, b) in spans.items() if a <= high and b >= low and one in cells]
        if inner:
            yield at_most([*inner, (wide[1][level], -1)], "bands inside a band")
        if not joined:
            yield at_most([(wide[1][level], 1), *touched], "a band over bands")
