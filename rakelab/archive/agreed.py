"""What a file says of its own numbers must follow from them: intervals, classes of p, verdicts, sizes of families."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from rakelab.cells import Cell, Judged, Key, Mean, Release, Released
from rakelab.errors import FileError
from rakelab.formulas import MeanDifference, Summary
from rakelab.formulas.careful import largest_p
from rakelab.formulas.means import two_sided
from rakelab.protect.margins import ALPHA, P_CLASSES, Compared, families, how_large, p_below, tested

#: What each mean and deviation may have been before it was rounded.
Moments = Mapping[Key, Sequence[Summary]]
#: No mean is told more coarsely.
_COARSEST = 0.1
_CLOSE = 1e-9
#: The end of each class of p, and where it begins.
_BEGINS = dict(zip((*P_CLASSES, 1.0), (0.0, *P_CLASSES), strict=True))


def same_verdicts(said: Iterable[Mapping[str, Any]], own: Iterable[Mapping[str, Any]]) -> None:
    """Raises FileError where the verdicts of a file are not those that its numbers give."""
    if _sorted(said) != _sorted(own):
        raise FileError("archive.untrue_verdicts")


def _sorted(verdicts: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted(json.dumps(verdict, sort_keys=True) for verdict in verdicts)


def agreed(release: Release) -> Release:
    """The release as it is. Raises FileError where what it says beside its means does not follow from them."""
    try:
        follows = all(_agrees(table) for table in release.values())
    except ArithmeticError:  # numbers that nobody can have
        follows = False
    if not follows:
        raise FileError("archive.untrue_verdicts")
    return release


def _agrees(table: Released) -> bool:
    if not table.sampled:  # of what was counted whole nothing has an interval or a verdict
        return not table.judged and not any(mean.low.known or mean.high.known for mean in table.means.values())
    shown = {base: mean for base, mean in table.means.items() if mean.mean.known}
    moments = {base: _corners(mean, table.cells[base]) for base, mean in shown.items()}
    families_of = families(table.view, table.variables) if table.means else ()
    asked = [[compared for compared in family if shown.keys() >= set(compared)] for family in families_of]
    judged = {compared: table.judged.get(compared) for family in asked for compared in family}
    return (
        judged.keys() == table.judged.keys()
        and all(mean.low.known == mean.high.known == mean.mean.known for mean in table.means.values())
        and all(_around(mean, _tests((base,), moments), _step(mean)) for base, mean in shown.items())
        and all(_follows(said, k, moments, max(_step(shown[base]) for base in k)) for k, said in judged.items())
        and all(_one_family([table.judged[compared] for compared in family]) for family in asked)
    )


def _corners(mean: Mean, base: Cell) -> list[Summary]:
    """Between these are the moments that were rounded."""
    value, sd, half = float(mean.mean.value or 0), float(mean.sd.value or 0), _step(mean) / 2
    return [Summary(value + a * half, max(sd + b * half, _CLOSE), int(base.value or 0))
            for a, b in product((-1, 1), repeat=2)]  # fmt: skip


def _step(mean: Mean) -> float:
    """How finely a mean is told. 2.10 stands in the file as 2.1, but seldom do all four of its numbers."""
    decimals = (repr(float(cell.value or 0)).partition(".")[2] for cell in (mean.mean, mean.sd, mean.low, mean.high))
    return float(min(_COARSEST, 10.0 ** -max(map(len, decimals))))


def _together(compared: Compared, moments: Moments) -> Iterator[dict[Key, Summary]]:
    """Every combination of what the moments of those compared may have been."""
    return (dict(zip(compared, corner, strict=True)) for corner in product(*(moments[base] for base in compared)))


def _tests(compared: Compared, moments: Moments) -> list[MeanDifference]:
    return [tested(compared, corner) for corner in _together(compared, moments)]


def _around(said: Mean | Judged, tests: Sequence[MeanDifference], step: float) -> bool:
    """The ends are those of some of the tests, rounded outwards."""
    lows, highs = ([float(getattr(test, end) or 0) for test in tests] for end in ("low", "high"))
    low, high = float(said.low.value or 0), float(said.high.value or 0)
    return (min(lows) - step - _CLOSE <= low <= max(lows) + _CLOSE
            and min(highs) - _CLOSE <= high <= max(highs) + step + _CLOSE)  # fmt: skip


def _follows(said: Judged | None, compared: Compared, moments: Moments, step: float) -> bool:
    """An end of a class of p that some skewness gives some of the tests; below 0.05 the interval leaves out zero. The
    size is a difference, or a change in its own deviations, that some of the moments give."""
    if said is None or said.p.value not in _BEGINS or not (said.low.known and said.high.known and said.size.known):
        return False
    tests = _tests(compared, moments)
    smallest = min(two_sided(test.t or 0.0, test.df or 1.0) for test in tests)
    largest = max(largest_p(test.t or 0.0, test.df or 1.0) for test in tests)
    sizes = [how_large(compared, corner, step) for corner in _together(compared, moments)]
    return (
        p_below(smallest) <= said.p.value <= p_below(largest)
        and (said.p.value > ALPHA or not float(said.low.value or 0) < 0 < float(said.high.value or 0))
        and _around(said, tests, step)
        and min(sizes) - _CLOSE <= float(said.size.value or 0) <= max(sizes) + _CLOSE
    )


def _one_family(said: Sequence[Judged]) -> bool:
    """So many as they are, and with some p of their classes Holm finds these beyond chance and no others."""
    n, order = len(said), sorted(said, key=lambda test: (float(test.p.value or 0), not test.beyond))
    beyond = [test.beyond for test in order]
    k = sum(beyond)
    return (
        all(test.family == n for test in said)
        and all(beyond[:k])
        and all(_BEGINS[float(test.p.value or 0)] < ALPHA / (n - i) for i, test in enumerate(order[:k]))
        and all(float(test.p.value or 0) > ALPHA / (n - k) for test in order[k : k + 1])
    )
