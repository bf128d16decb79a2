"""What a reader knows of select-all questions: who ticked what, how many options, and which two meet."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import comb

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
