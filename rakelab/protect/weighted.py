"""Which weighted shares go out, and how coarsely.

Whoever knows how much everybody weighs (women 1.2, men 0.8) can work out of an exact weighted share how many of those
who gave an answer are women. So a weighted share goes out only where its count and its base do, in whole percents that
are off by at most the accuracy told with it; and the exact share, with as many people as the rule hides in the places
of others, is always as near. Which of the whole percents that allow that is told is drawn from the county's secret.
"""

from collections.abc import Mapping
from math import ceil, floor

from rakelab.cells import HIDDEN, TOTAL, Cell, Key, Tally, Weighted, name_of, shown
from rakelab.protect.policy import Policy, is_sensitive
from rakelab.protect.weights import uniform

#: Of everybody's share these are told: the whole percent, and how far away the exact one can be, in percent.
SHARE, WITHIN = "weighted", "within"
ACCURACIES = (1, 2, 5)
_SLIGHT = 1e-9


def accuracy(swap: float, limit: int) -> int:
    """The finest that leaves room for ``limit`` − 1 people in the places of others, twice; 0 where none does."""
    return next((within for within in ACCURACIES if within >= 200 * (limit - 1) * swap), 0)


def coarse(exact: Weighted, limit: int, draw: float) -> tuple[int, int]:
    """The percent that is told of an exact share, and its accuracy; both 0 where nothing can be. ``draw``: a number
    from 0 to 1, of the secret."""
    within, percent, moved = accuracy(exact.swap, limit), 100 * exact.share, 100 * (limit - 1) * exact.swap
    if not within:
        return 0, 0
    if exact.swap < _SLIGHT:
        return round(percent), within
    near = range(max(0, ceil(percent - within + moved)), min(100, floor(percent + within - moved)) + 1)
    return near[int(draw * len(near))] if near else round(percent), within


def weighted(tally: Tally, cells: Mapping[Key, Cell], policy: Policy, secret: bytes) -> dict[tuple[Key, str], Cell]:
    """The weighted shares of a table, and their accuracy."""
    told: dict[tuple[Key, str], Cell] = {}
    for one, exact in tally.weighted.items():
        limit, base = _limit(one, tally, policy), tally.view.base(TOTAL, one)
        enough = cells[one].known and cells[base].known and tally.counts[one] >= limit
        percent, within = coarse(exact, limit, uniform(f"w {name_of(one)}", secret)) if enough else (0, 0)
        told[one, SHARE] = shown(percent / 100) if within else HIDDEN
        told[one, WITHIN] = shown(within / 100) if within else HIDDEN
    return told


def _limit(one: Key, tally: Tally, policy: Policy) -> int:
    """That of the cell; weights may be by region, so of health, violence and crime the stricter one."""
    limit = policy.of(one, tally.variables, tally.account.population)
    strict = any(is_sensitive(tally.variables[name]) for name, _ in one)
    return max(limit, policy.sensitive_threshold) if strict else limit
