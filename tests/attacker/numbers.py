"""What a published number says of the counts behind it: percentages, interval limits, means and deviations."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from math import inf, sqrt
from typing import Any

from .knowledge import ANSWERED, OLDEST, Context, Names, Row, banded

Number = Mapping[str, Any]
Z = 1.959963984540054
KNOWN = ("shown", "zero")
PERCENTS, MEANS = ("percent", "low", "high"), ("mean", "sd")


def decimals(value: float) -> int:
    """How many decimals a published number has, as written."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def roundings(numbers: Iterable[Number]) -> dict[str, float]:
    """statistic -> how far the truth can be from the number: half a unit of the finest decimal in use."""
    finest: dict[str, int] = {}
    for number in numbers:
        if number["state"] in KNOWN and number["statistic"] in PERCENTS and number["cell"] != number["base_cell"]:
            name = number["statistic"]
            finest[name] = max(finest.get(name, 0), decimals(number["value"]))
    return {name: unit_half(places) for name, places in finest.items()}


def unit_half(places: int) -> float:
    return 0.5 * 10**-places + 1e-9


def fineness(numbers: Iterable[Number]) -> dict[tuple[Any, ...], float]:
    """(table, cell) -> how far a mean and its deviation can be from the truth: both are told to the same decimals, one
    at least; zeros at the end do not show, but the rule says how many there must be."""
    finest: dict[tuple[Any, ...], int] = {}
    for number in numbers:
        if number["state"] in KNOWN and number["statistic"] in MEANS:
            by_rule = _by_rule(number) if number["statistic"] == "sd" else 1
            finest[place(number)] = max(finest.get(place(number), 1), decimals(number["value"]), by_rule)
    return {one: unit_half(places) for one, places in finest.items()}


def _by_rule(deviation: Number) -> int:
    """The step is 0.1, and 0.01 where that is more than a quarter of the standard error."""
    n, value = deviation.get("base") or 0, deviation["value"]
    return 2 if n and (value + unit_half(2)) / sqrt(n) / 4 < 0.1 else 1


def place(number: Number) -> tuple[Any, ...]:
    """The table and the cell that a mean stands in."""
    return number.get("table"), number.get("cell")


def said_by_numbers(released: Mapping[str, Any], names: Names, hidden: set[str]) -> Iterator[Row]:
    """The constraints of every published number whose count or base is hidden."""
    numbers = [one for one in released.get("numbers", ()) if one["state"] in KNOWN]
    error, fine = roundings(numbers), fineness(numbers)
    deviations = {_place(one): one for one in numbers if one["statistic"] == "sd"}
    for number in numbers:
        statistic = number["statistic"]
        touches = {number.get("cell"), number.get("base_cell")} & hidden
        if statistic == "count" and number["cell"] in hidden:
            yield Row(((number["cell"], 1),), number["value"], number["value"], "count given")
        elif statistic == "mean" and "ika" in number["dimensions"]:
            yield from _moments(number, deviations.get(_place(number)), (names, fine[place(number)]))
        elif touches and number["cell"] != number["base_cell"] and statistic == "percent":
            yield from _percent(number, error["percent"])
        elif touches and number["cell"] != number["base_cell"] and statistic in ("low", "high"):
            yield from _limit(number, error[statistic])


def attached(released: Mapping[str, Any]) -> list[Number]:
    """Published numbers that hang on a hidden count or a hidden base: there should be none."""
    hidden = {cell["id"] for cell in released["cells"] if cell["state"] == "hidden"}
    numbers = [one for one in released.get("numbers", ()) if one["state"] in KNOWN]
    return [one for one in numbers if {one.get("cell"), one.get("base_cell")} & hidden]


def _place(number: Number) -> tuple[Any, ...]:
    return number.get("table"), *sorted(number.get("dimensions", {}).items())


def _percent(number: Number, error: float) -> Iterator[Row]:
    """|100 x − p n| <= error n, linear in count x and base n alike."""
    cell, base, p = number["cell"], number["base_cell"], number["value"]
    yield Row(((cell, 100), (base, -(p + error))), -inf, 0, "percent")
    yield Row(((cell, 100), (base, -(p - error))), 0, inf, "percent")


def wilson(x: float, n: float) -> tuple[float, float]:
    """Both ends of Wilson's 95 % interval, in percent."""
    middle, share = 1 + Z * Z / n, x / n
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / middle
    centre = (share + Z * Z / (2 * n)) / middle
    return 100 * (centre - half), 100 * (centre + half)


def _limit(number: Number, error: float) -> Iterator[Row]:
    """The counts whose interval ends where the published one does (only for a known base)."""
    n = number.get("base")
    if not n:
        return
    side = 0 if number["statistic"] == "low" else 1
    fits = [x for x in range(n + 1) if abs(wilson(x, n)[side] - number["value"]) <= error + 1e-6]
    if fits:
        yield Row(((number["cell"], 1),), min(fits), max(fits), "interval limit")


def _moments(number: Number, deviation: Number | None, known: tuple[Names, float]) -> Iterator[Row]:
    """What a mean, and with it a standard deviation, say of the bands it sums up."""
    names, error = known
    base = number["base_cell"]
    around, mean = _around(names, base), number["value"]
    for name, spans in banded(names).items():
        cells = names.by_variable[name].get(around, {})
        if not set(spans) <= set(cells) or any("+" in level for level in cells):
            continue  # a joined group holds people of other ages as well
        ends = {cells[level]: (low, min(high, OLDEST)) for level, (low, high) in spans.items()}
        yield Row((*((c, a) for c, (a, _) in ends.items()), (base, -(mean + error))), -inf, 0, "mean")
        yield Row((*((c, b) for c, (_, b) in ends.items()), (base, -(mean - error))), 0, inf, "mean")
        if deviation:
            yield from _spread(ends, (number, deviation), error)


def _around(names: Names, base: str) -> Context:
    """The context of a mean's base, without the mark that the number was given."""
    dimensions = next((one for one, cell in names.ids.items() if cell == base), frozenset())
    return frozenset(pair for pair in dimensions if pair[1] != ANSWERED)


def _spread(ends: Mapping[str, tuple[float, float]], pair: tuple[Number, Number], error: float) -> Iterator[Row]:
    """Σ of squared distances from the mean lies between what the bands allow at least and at most."""
    number, deviation = pair
    mean, base = number["value"], number["base_cell"]
    low, high = max(0.0, deviation["value"] - error), deviation["value"] + error
    slack = error
    least = {c: max(0.0, a - mean - slack, mean - slack - b) ** 2 for c, (a, b) in ends.items()}
    most = {c: max(abs(a - mean), abs(b - mean)) ** 2 + slack * OLDEST * 2 for c, (a, b) in ends.items()}
    yield Row((*least.items(), (base, -(high**2))), -inf, 0, "sd")
    # n − 1 in the divisor: Σ >= low² (n − 1)
    yield Row((*most.items(), (base, -(low**2))), -(low**2), inf, "sd")
