"""What a reader knows of select-all questions: who ticked what, how many options, and which two meet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import inf

from .knowledge import (
    ALL,
    Context,
    Names,
    Row,
    answered,
    at_most,
    bands,
    equal,
    halves,
    listed,
    nested,
    others,
    overlaps,
    passed_by,
    span,
    sums,
)


def known_without_telling(names: Names) -> Iterator[Row]:
    """Every sum and inequality that follows from the meaning of the names."""
    yield from sums(names.plain)
    yield from answered(names)
    yield from others(names)
    yield from nested(names)
    yield from overlaps(names.plain)
    yield from bands(names)
    yield from halves(names)
    yield from passed_by(names)
    yield from ticks(names)
    yield from accumulated(names)
    yield from pairs(names)
    yield from listed(names)


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
    """Options that meet: both + only one = that option; and what the patterns of all of them allow."""
    for base in {name.partition(":")[0] for name, _, _ in pair_names(names)}:
        options = names.by_variable.get(base, {}).get(ALL, {})
        for name, first, second in pair_names(names, base):
            cells = names.by_variable[name].get(ALL, {})
            for option, only in ((first, "vain_1"), (second, "vain_2")):
                if {"molemmat", only} <= set(cells):  # the option meets others too, listed by itself or not
                    whole = options.get(option, f"~{base}={option}")
                    yield equal([(cells["molemmat"], 1), (cells[only], 1), (whole, -1)], "pair")
        yield from patterns(names, base)


def patterns(names: Names, base: str) -> Iterator[Row]:
    """Everybody who answered ticked some of the crossed options, and so many options in all: how many people have each
    such pattern is unknown, but every count of the options is a sum of them."""
    crossed = tuple(sorted({option for _, *two in pair_names(names, base) for option in two}))
    classes = names.by_variable.get(f"{base}_maara", {}).get(ALL, {})
    options = names.by_variable.get(base, {}).get(ALL, {})
    missing = names.missing(base)
    levels = [level for level in names.levels(base) if not level.startswith("ei_")]  # “none of these” is no tick
    others = [level for level in levels if level not in (*missing, *crossed)]
    numbers = [level for level in names.levels(f"{base}_maara") if level not in missing]
    whole = bool(numbers) and set(numbers) <= set(classes)
    people = [one for one in _patterns(crossed, numbers if whole else [""]) if one.fewest <= len(others)]
    yield from _crossed(names, base, people)
    unasked = [(options | classes).get(kind) for kind in missing]
    answered = [(one.name, 1.0) for one in people]
    make = equal if all(unasked) else at_most
    yield make([*answered, *((cell, 1.0) for cell in unasked if cell), (names.ids[ALL], -1)], "patterns")
    for option in crossed:
        yield equal([*_having(people, option), (options.get(option, f"~{base}={option}"), -1)], "patterns of an option")
    if whole:
        for number in numbers:
            of_it = [(one.name, 1.0) for one in people if one.number == number]
            yield equal([*of_it, (classes[number], -1)], "patterns of a number")
        if set(others) <= set(options):
            yield from _others(people, [options[one] for one in others])


@dataclass(frozen=True)
class Pattern:
    """People who ticked just these of the crossed options, and ``number`` of all options (or not known how many)."""

    ticked: frozenset[str]
    number: str
    fewest: int = 0  # of the other options
    most: float = inf

    @property
    def name(self) -> str:
        return f"~{'+'.join(sorted(self.ticked))}~{self.number}"


def _patterns(crossed: tuple[str, ...], numbers: Iterable[str]) -> Iterator[Pattern]:
    for size in range(len(crossed) + 1):
        for ticked in combinations(crossed, size):
            for number in numbers:
                low, high = span(number) or (0, inf)
                if high >= size:
                    yield Pattern(frozenset(ticked), number, max(int(low) - size, 0), high - size)


def _having(people: Iterable[Pattern], *options: str) -> list[tuple[str, float]]:
    return [(one.name, 1.0) for one in people if set(options) <= one.ticked]


def _crossed(names: Names, base: str, people: list[Pattern]) -> Iterator[Row]:
    for name, *two in pair_names(names, base):
        both = names.by_variable[name].get(ALL, {}).get("molemmat")
        if both:
            yield equal([*_having(people, *two), (both, -1)], "patterns of two options")


def _others(people: list[Pattern], cells: list[str]) -> Iterator[Row]:
    """Ticks of the options that are not crossed: each person can tick one only once."""
    fewest = [(one.name, float(one.fewest)) for one in people if one.fewest]
    yield at_most([*fewest, *((cell, -1) for cell in cells)], "ticks of the others")
    for size in range(1, len(cells) + 1):
        for some in combinations(cells, size) if size in (1, 2, len(cells) - 1, len(cells)) else ():
            most = [(one.name, -float(min(one.most, size))) for one in people if one.most]
            yield at_most([*((cell, 1) for cell in some), *most], "ticks of the others")
